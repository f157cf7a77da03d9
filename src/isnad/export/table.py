"""A table for the terminal: who did what to whom, where, when, on whose word.  Arabic is shown whole."""

from __future__ import annotations

import io
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from isnad.model import CodedArticle, DateValue, Event, Party, Place, Source

#: Width where there is no terminal to ask.
WIDTH = 160
_COLUMNS = ("#", "who", "did what", "to whom", "where", "when", "toll", "on whose word", "status")
_STATUS = {"actual": "green", "denied": "red", "planned": "yellow", "hypothetical": "magenta"}


class TableWriter:
    """One small table an article; articles without events get a line."""

    def __init__(self, *, width: int | None = None, colour: bool = False) -> None:
        self._width = width or WIDTH
        self._colour = colour

    def begin(self) -> str:
        """Nothing stands before the first table."""
        return ""

    def article(self, coded: CodedArticle) -> str:
        """Return the table of one article."""
        out = io.StringIO()
        console = Console(
            file=out,
            width=self._width,
            force_terminal=self._colour,
            color_system="standard" if self._colour else None,
            highlight=False,
        )
        console.print(_heading(coded))
        if coded.events:
            rows = [_cells(event) for event in coded.events]
            widths = _widths(rows, self._width)
            if widths is None:
                console.print(_list(rows), soft_wrap=True)
            else:
                console.print(_table(rows, widths))
        else:
            console.print(f"  no events{f': {escape(coded.note)}' if coded.note else ''}\n", style="dim")
        return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))

    def end(self) -> str:
        """Nothing stands after the last table."""
        return ""


def _heading(coded: CodedArticle) -> Text:
    headline = coded.title or coded.text.strip().partition("\n")[0][:120]
    facts = " · ".join(x for x in (coded.outlet, coded.published or "day unknown", coded.doc_id) if x)
    return Text.assemble((headline, "bold"), "\n", (facts, "dim"))


def _widths(rows: list[tuple[Text, ...]], width: int) -> list[int] | None:
    """Return how wide each column is, so that no word is cut; None when the whole does not fit into `width`."""
    columns = [[Text(name), *(row[i] for row in rows)] for i, name in enumerate(_COLUMNS)]
    least = [max(max(map(cell_len, cell.plain.split()), default=0) for cell in cells) for cells in columns]
    widths = [
        max(max(map(cell_len, cell.plain.split("\n")), default=0) for cell in cells) for cells in columns
    ]
    room = width - 3 * len(_COLUMNS) - 1
    if sum(least) > room:
        return None
    while sum(widths) > room:
        spare, widest = max(
            (wide - need, i) for i, (wide, need) in enumerate(zip(widths, least, strict=True))
        )
        widths[widest] -= max(1, spare // 4)
    return widths


def _table(rows: list[tuple[Text, ...]], widths: list[int]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name, width in zip(_COLUMNS, widths, strict=True):
        justify: Literal["left", "right"] = "right" if name == "#" else "left"
        table.add_column(name, overflow="fold", justify=justify, width=width)
    for row in rows:
        table.add_row(*row)
    return table


def _list(rows: list[tuple[Text, ...]]) -> Text:
    """For narrow terminals: one value a line."""
    out = Text()
    for number, *values in rows:
        margin = f"{number.plain:>3}  "
        for name, value in zip(_COLUMNS[1:], values, strict=True):
            if value.plain:
                out.append(margin).append(f"{name:14}", style="dim").append(_one_line(value)).append("\n")
                margin = " " * len(margin)
        out.append("\n")
    return out


def _one_line(value: Text) -> Text:
    return Text("  ").join(value.split("\n"))


def _cells(event: Event) -> tuple[Text, ...]:
    return (
        Text(str(event.id)),
        _parties(event.actors),
        _what(event),
        _parties(event.recipients),
        _where(event.place),
        _when(event.date),
        Text(toll(event)),
        _whose(event.source),
        Text(event.status, style=_STATUS.get(event.status, "")),
    )


def _what(event: Event) -> Text:
    kind = event.type if event.mode is None else f"{event.type} {event.mode}"
    same = "" if event.same_as is None else f" (= {event.same_as})"
    return Text.assemble((event.trigger.text, "bold"), "\n", kind, (same, "dim"))


def _parties(parties: tuple[Party, ...]) -> Text:
    out = Text()
    for i, party in enumerate(parties):
        out.append("\n" if i else "").append(party.text)
        out.append(f"\n{party.id or '?'}", style="cyan")
        if party.framing:
            out.append(f" «{party.framing}»", style="yellow")
    return out


def _where(place: Place | None) -> Text:
    if place is None:
        return Text()
    name = ", ".join(x for x in (place.name, place.country) if x)
    return Text.assemble(place.text, (f"\n{name}" if name else "", "cyan"))


def _when(date: DateValue | None) -> Text:
    return (
        Text() if date is None else Text.assemble(date.text, (f"\n{days(date) or 'day not settled'}", "cyan"))
    )


def _whose(source: Source | None) -> Text:
    if source is None:
        return Text()
    via = f" via {source.via.text}" if source.via else ""
    return Text.assemble(source.text, (f"\n{source.kind}{via}", "cyan"))


def days(date: DateValue) -> str | None:
    """Return the day or the span of days, None when not settled."""
    if date.start is None:
        return None
    return date.start if date.start == date.end else f"{date.start} – {date.end or '?'}"


def count(value: tuple[int | None, int | None]) -> str:
    """Return a count as people write it: 7, 20-99, 61+, up to 5."""
    least, most = value
    if least == most:
        return str(least)
    if most is None:
        return f"{least}+"
    return f"up to {most}" if least is None else f"{least}-{most}"


def toll(event: Event) -> str:
    """Return killed, injured and detained in words."""
    named = (("killed", event.killed), ("injured", event.injured), ("detained", event.detained))
    return "\n".join(f"{count(value)} {name}" for name, value in named if value is not None)


__all__ = ["WIDTH", "TableWriter", "count", "days", "toll"]
