"""`isnad incidents`, `isnad incident`: what happened, whose word it is, and who says otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from isnad.cli.browse import After, From, Limit, Outlet, Party, Place, Status, Type, Until, names_of
from isnad.cli.choices import chosen, several
from isnad.cli.open_store import Db, To, format_of, opened
from isnad.cli.weighing import weigh
from isnad.errors import UsageError
from isnad.ingest.jsonl import Refusal, day_of
from isnad.model.plover import STATUSES, TYPES

if TYPE_CHECKING:
    from isnad.store import Store
    from isnad.store.incident_records import IncidentCard, IncidentFilter

_PAGE = 200


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("incidents")(incidents)
    app.command("incident")(incident)


def incidents(
    day_from: From = None,
    day_to: Until = None,
    type: Type = None,
    party: Party = None,
    place: Place = None,
    outlet: Outlet = None,
    status: Status = None,
    grade: Annotated[
        str | None, typer.Option(help="confirmed, fair, weak, contested or discounted; several with commas.")
    ] = None,
    dispute: Annotated[str | None, typer.Option(help="Disputed field such as killed, or any.")] = None,
    state: Annotated[str | None, typer.Option(help="Of review: candidate, accepted, rejected.")] = None,
    box: Annotated[str | None, typer.Option("--bbox", help="West,south,east,north in degrees.")] = None,
    no_place: Annotated[bool, typer.Option("--no-place", help="Only those without a place.")] = False,
    text: Annotated[str | None, typer.Option(help="Words that a report must hold, as for isnad search.")] = None,
    update: Annotated[
        bool, typer.Option("--update/--no-update", help="Weigh what came in since, or show the incidents as they are.")
    ] = True,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Weigh all articles anew; ids stay.")] = False,
    workers: Annotated[int, typer.Option(help="Processes that weigh; 0 for one a core.", min=0)] = 0,
    cluster: Annotated[
        str | None,
        typer.Option(help="Weigh on a Dask cluster: the scheduler's tcp://HOST:8786, or its scheduler file (.json)."),
    ] = None,
    limit: Limit = 50,
    after: After = None,
    to: To = "table",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No bar and no summary.")] = False,
    db: Db = None,
) -> int:
    """Group the coded reports of the store into incidents, and list them, the newest day first.

    What is new or changed is weighed first; the same incidents come of it in whatever order reports were added.  It
    can be interrupted at any time: the incidents are then as they were, and the next run does the work.

    \b
    Examples:
      isnad incidents
      isnad incidents --place حلب --from 2015-07-01 --grade confirmed,fair
      isnad incidents --dispute killed --to jsonl --limit 0
      isnad incidents --rebuild -q
      isnad incidents --cluster tcp://head:8786
    """
    from isnad.store.incident_records import STATES
    from isnad.weigh.grade import GRADES

    format_of(to)
    wanted = _filter(
        day_from=_day(day_from, "--from"),
        day_to=_day(day_to, "--until"),
        types=chosen(type, TYPES, "--type"),
        parties=several(party),
        place=names_of(place),
        outlets=several(outlet),
        statuses=chosen(status, STATUSES, "--status"),
        grades=chosen(grade, GRADES, "--grade"),
        dispute=dispute,
        states=chosen(state, STATES, "--state"),
        bbox=_box(box),
        noplace=no_place,
        text=text,
    )
    with opened(db) as store:
        if update or rebuild:
            weigh(store, quiet=quiet, force=rebuild, workers=workers, cluster=cluster)
        _list(store, wanted, after=after, limit=limit, to=to, quiet=quiet)
    return 0


def _filter(**given: object) -> IncidentFilter:
    from isnad.store.incident_records import IncidentFilter

    return IncidentFilter(**given)  # type: ignore[arg-type]


def _day(value: str | None, option: str) -> str | None:
    try:
        return day_of(value)
    except Refusal as refusal:
        raise UsageError(f"{option}: {refusal}") from None


def _box(value: str | None) -> tuple[float, float, float, float] | None:
    if value is None:
        return None
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        raise UsageError(f"--bbox: not west,south,east,north in degrees: {value!r}") from None
    return west, south, east, north


def _list(store: Store, wanted: IncidentFilter, *, after: str | None, limit: int, to: str, quiet: bool) -> None:
    import msgspec

    from isnad.cli.incident_text import Lines
    from isnad.weigh.record import record_of

    shown, last = 0, ""
    lines = Lines(colour=sys.stdout.isatty())
    for cards in _pages(store, wanted, after, limit):
        shown, last = shown + len(cards), cards[-1].cursor
        if to == "jsonl":
            whole = {one.id: one for one in store.incidents.several([card.id for card in cards])}
            for card in cards:
                if card.id in whole:
                    record = record_of(whole[card.id].incident) | {"state": card.state, "version": card.version}
                    print(msgspec.json.encode(record).decode())
        else:
            print("\n".join(line for card in cards for line in lines.card(card)))
    if to != "jsonl" and not quiet:
        more = f"; for more: --after {last}" if limit and shown == limit else ""
        print(f"isnad: {shown:,} shown{more}", file=sys.stderr)


def _pages(store: Store, wanted: IncidentFilter, after: str | None, limit: int) -> Iterator[list[IncidentCard]]:
    left = limit
    while cards := store.incidents.cards(wanted, after=after, limit=min(left, _PAGE) if limit else _PAGE):
        yield cards
        after, left = cards[-1].cursor, left - len(cards)
        if limit and left <= 0:
            return


def incident(
    id: Annotated[str, typer.Argument(metavar="ID", help="The incident's id, or one that was merged into it.")],
    field: Annotated[
        str, typer.Option("--chain", help="Show who had it from whom for the values of this field.")
    ] = "happening",
    to: To = "table",
    db: Db = None,
) -> int:
    """Show one incident: who says, repeats or denies what, in which words, and from whom they have it.

    \b
    Examples:
      isnad incident inc-5b67aded259f
      isnad incident inc-5b67aded259f --chain killed
      isnad incident inc-5b67aded259f --to jsonl
    """
    format_of(to)
    with opened(db) as store:
        found = store.incidents.get(id)
        if to == "jsonl":
            import msgspec

            from isnad.weigh.record import record_of

            record = record_of(found.incident) | {"state": found.state, "version": found.version}
            print(msgspec.json.encode(record).decode())
            return 0
        from isnad.cli.incident_page import print_incident

        print_incident(store, found, asked=id, field=field)
    return 0


__all__ = ["incident", "incidents", "register"]
