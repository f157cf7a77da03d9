"""One incident on a terminal: the claims table, voices, disputes, chains of transmission, thread and history."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from isnad.cli.incident_text import Lines, apart, days, grade_words, place, safe, span, value_words
from isnad.export.names import Names
from isnad.model.incidents import Claim, Incident
from isnad.review import Evidence, evidence_of
from isnad.store import Store
from isnad.store.incident_records import StoredIncident
from isnad.store.incident_rows import card_of
from isnad.weigh.chain import Node, tree_of

_FIELDS = ("happening", "type", "actor", "recipient", "place", "date", "killed", "injured", "detained")
_WIDEST, _LEAST, _LABEL = 46, 26, 12  # columns of a source, and of the names of fields
_NARROW = 120  # columns where nobody watches
_AROUND = 24  # letters of the text on each side of the words a claim rests on


def print_incident(store: Store, found: StoredIncident, *, asked: str, field: str) -> None:
    """Print everything of one incident; `field` is the one whose chains of transmission are shown."""
    console = Console(width=None if sys.stdout.isatty() else _NARROW, highlight=False, markup=False, soft_wrap=False)
    page = _Page(store, found)
    if asked != found.id:
        console.print(f"{safe(asked)} was merged into {found.id}")
    for line in page.head():
        console.print(line, soft_wrap=True)
    for table in page.claims(console.width):
        console.print()
        console.print(table)
    for title, lines in (
        ("voices", page.voices()),
        ("disputes", page.disputes()),
        ("thread", page.thread()),
        ("history", page.history()),
    ):
        listed = list(lines)
        if listed:
            console.print(f"\n{title}")
            for line in listed:
                console.print(f"  {line}", soft_wrap=True)
    for tree in page.chains(field):
        console.print()
        console.print(tree)


class _Page:
    def __init__(self, store: Store, found: StoredIncident) -> None:
        self._store, self._found = store, found
        self._incident: Incident = found.incident
        self._names = Names.load()
        self._lines = Lines(colour=False)
        self._evidence: Evidence = evidence_of(store, [found.incident])

    def head(self) -> Iterator[str]:
        body, found = card_of(self._incident), self._found
        yield f"incident {found.id}  {body.type}{f' ({body.mode})' if body.mode else ''}  {found.state}"
        yield f"  {days(body)}  {place(body)}"
        for name, ids in (("by", body.actors), ("upon", body.recipients)):
            if ids:
                yield f"  {name} " + ", ".join(f"{self._lines.party(id_)} ({id_})" for id_ in ids)
        counts = [f"{n} {span(v)}" for n in ("killed", "injured", "detained") if (v := getattr(body, n)) is not None]
        if counts:
            yield f"  {', '.join(counts)}"
        yield f"  {grade_words(body.grade, body.reasons)}"
        rules = [f"{name}: {v.rule}" for name, v in self._incident.summary.items() if v.value not in (None, [], ())]
        yield f"  chosen by  {', '.join(rules)}"

    # ---- claims -------------------------------------------------------------------------------------------------

    def claims(self, width: int) -> Iterator[Table]:
        """Yield tables with fields as rows and sources as columns, as many columns in one as are wide enough."""
        sources = list(dict.fromkeys(claim.outlet or claim.doc_id for claim in self._incident.claims))
        fitting = max(1, (width - _LABEL - 4) // (_LEAST + 3))
        for start in range(0, len(sources), fitting):
            some = sources[start : start + fitting]
            table = Table(show_lines=True, expand=False)
            table.add_column("", width=_LABEL, no_wrap=True)
            for source in some:
                table.add_column(Text(self._outlet(source)), min_width=_LEAST, max_width=_WIDEST)
            for field in _FIELDS:
                cells = [self._cell(field, source) for source in some]
                if any(cells):
                    table.add_row(field, *(Text(cell) for cell in cells))
            yield table

    def _outlet(self, source: str) -> str:
        return apart(self._names.outlet_arabic(source) or source)

    def _cell(self, field: str, source: str) -> str:
        claims = [c for c in self._incident.claims if c.field == field and (c.outlet or c.doc_id) == source]
        return "\n".join(line for claim in _each_once(claims) for line in self._claim(claim))

    def _claim(self, claim: Claim) -> Iterator[str]:
        status = "" if claim.status in ("actual", "denied") else f" [{claim.status}]"
        said = value_words(claim.field, claim.value, self._names)
        yield said if claim.says == "denies" and claim.field == "happening" else f"{claim.says}{status}: {said}"
        yield f"«{self._quote(claim)}»"
        speakers = [s for s in (claim.speaker, claim.via) if s is not None and s.kind != "self"]
        if speakers:
            yield "— " + " ← ".join(apart(s.text) for s in reversed(speakers))

    def _quote(self, claim: Claim) -> str:
        article = self._evidence.articles.get(claim.doc_id)
        if article is None or article.text[claim.span.start : claim.span.end] != claim.span.text:
            return apart(claim.span.text)
        first = max(0, claim.span.start - _AROUND)
        last = min(len(article.text), claim.span.end + _AROUND)
        first = article.text.find(" ", first, claim.span.start) + 1 or first if first else 0
        cut = article.text.rfind(" ", claim.span.end, last) if last < len(article.text) else last
        text = article.text
        last = cut if cut >= claim.span.end else last
        return apart(f"{text[first : claim.span.start]}[{claim.span.text}]{text[claim.span.end : last]}")

    # ---- whose word ---------------------------------------------------------------------------------------------

    def voices(self) -> Iterator[str]:
        voices = self._incident.voices
        if voices is None:
            return
        yield f"{len(voices.outlets)} outlets: " + ", ".join(self._outlet(one) for one in voices.outlets)
        copies = [group for group in voices.texts if len(group) > 1]
        told = (
            f", of which printed several times: {'; '.join(', '.join(map(apart, g)) for g in copies)}" if copies else ""
        )
        yield f"{len(voices.texts)} texts{told}"
        yield f"{len(voices.speakers)} speakers: " + ", ".join(apart(one) for one in voices.speakers)
        for witness in voices.witnesses:
            yield f"{apart(witness.speaker)} stands on the side of {witness.side} ({witness.source})"
        for agreement in voices.agreements:
            yield f"{agreement.sides[0]} and {agreement.sides[1]} agree on {agreement.field}"

    def disputes(self) -> Iterator[str]:
        for dispute in self._incident.disputes:
            sides: dict[str, list[str]] = {}
            for n in dispute.claims:
                claim = self._incident.claims[n]
                said = "denies it" if claim.says == "denies" else value_words(claim.field, claim.value, self._names)
                sides.setdefault(said, []).append(self._outlet(claim.outlet or claim.doc_id))
            told = " | ".join(f"{said}: {', '.join(dict.fromkeys(who))}" for said, who in sides.items())
            yield f"{dispute.field} ({dispute.kind})  {told}"

    def chains(self, field: str) -> Iterator[Tree]:
        """Yield for each value of a field who had it from whom: from the innermost speaker to the outlets."""
        by_value: dict[str, list[int]] = {}
        for n, claim in enumerate(self._incident.claims):
            if claim.field == field:
                by_value.setdefault(value_words(field, claim.value, self._names), []).append(n)
        for said, indexes in by_value.items():
            root = Tree(Text(f"{field} {said}: who had it from whom"))
            for node in tree_of(self._incident.claims, indexes, origins=self._evidence.origins):
                _branch(root, node)
            yield root

    # ---- around it ----------------------------------------------------------------------------------------------

    def thread(self) -> Iterator[str]:
        links = self._incident.links
        cards = {card.id: card for card in self._store.incidents.cards_of([link.incident for link in links])}
        for link in links:
            card = cards.get(link.incident)
            told = f"  {card.body.type} {days(card.body)} {place(card.body)}" if card else ""
            why = f"  «{apart(link.span.text)}»" if link.span else ""
            score = f" {link.score:.2f}" if link.score is not None else ""
            yield f"{link.kind}{score}  {link.incident}{told}{why}"

    def history(self) -> Iterator[str]:
        targets = [f"incident:{id_}" for id_ in (self._found.id, *self._incident.merged)]
        for d in self._store.decisions.log(targets=targets, limit=20):
            after = f" = {msgspec.json.encode(d.after).decode()}" if d.field else ""
            field = f" {d.field}{after}" if d.field else ""
            undone = f"  (taken back by {d.undone_by})" if d.undone_by else ""
            reason = f"  {apart(d.reason)}" if d.reason else ""
            yield f"{d.id}  {d.at}  {apart(d.user)}  {d.kind}{field}{reason}{undone}"


def _branch(tree: Tree, node: Node) -> None:
    label = f"{apart(node.hop.text)} ({node.hop.role}{', ' + node.hop.kind if node.hop.role == 'speaker' else ''})"
    branch = tree.add(Text(label))
    for after in node.passed_to:
        _branch(branch, after)


def _each_once(claims: Sequence[Claim]) -> Iterable[Claim]:
    """Return claims, one of each value, speaker and article."""
    seen: dict[tuple[Any, ...], Claim] = {}
    for claim in claims:
        speaker = claim.speaker.text if claim.speaker else None
        seen.setdefault((msgspec.json.encode(_plain(claim.value)), claim.says, speaker, claim.doc_id), claim)
    return seen.values()


def _plain(value: Any) -> Any:
    """Return a value without where its words stand: two mentions of one place are one value."""
    return (
        {k: v for k, v in value.items() if k not in ("start", "end", "text")}
        if isinstance(value, dict) and "lat" in value
        else value
    )


__all__ = ["print_incident"]
