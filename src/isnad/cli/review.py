"""`isnad review`: decisions upon what the machine found, each written down with user and reason."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isnad.cli.open_store import Db, To, format_of, opened
from isnad.errors import UsageError

if TYPE_CHECKING:
    from isnad.store.incident_records import Decision

User = Annotated[str, typer.Option("--user", "-u", help="Who decides.")]
Reason = Annotated[str | None, typer.Option("--reason", "-r", help="Why.")]
Version = Annotated[
    int | None, typer.Option("--version", help="Decide only if the incident still has this version.", min=1)
]
Target = Annotated[str, typer.Argument(metavar="TARGET", help="An incident's id, or ARTICLE#EVENT.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Incidents.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    group = typer.Typer(
        help="Decide upon what the machine found; nothing is lost, and everything can be taken back.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command("accept")(accept)
    group.command("reject")(reject)
    group.command("correct")(correct)
    group.command("merge")(merge)
    group.command("split")(split)
    group.command("same")(same)
    group.command("not-same")(not_same)
    group.command("undo")(undo)
    group.command("log")(log)
    group.command("next")(next_)
    group.command("gold")(gold)
    app.add_typer(group, name="review")


def accept(target: Target, user: User, reason: Reason = None, version: Version = None, db: Db = None) -> int:
    """Accept an incident, or an event as coded.

    \b
    Examples:
      isnad review accept inc-5b67aded259f -u nour
      isnad review accept 12#1 -u nour
    """
    return _decide(db, user, reason, kind="accept", target=target, version=version)


def reject(target: Target, user: User, reason: Reason = None, version: Version = None, db: Db = None) -> int:
    """Reject an incident, or an event that is none.

    \b
    Examples:
      isnad review reject inc-5b67aded259f -u nour -r "an exercise"
    """
    return _decide(db, user, reason, kind="reject", target=target, version=version)


def correct(
    target: Target,
    field: Annotated[str, typer.Argument(help="type, mode, place, date, actors, recipients, killed, ...")],
    value: Annotated[str, typer.Argument(help="The value in JSON, or plain words.")],
    user: User,
    reason: Reason = None,
    version: Version = None,
    db: Db = None,
) -> int:
    """Correct a field of an incident's summary, or of an event; all claims stay as they were read.

    \b
    Examples:
      isnad review correct inc-5b67aded259f killed '[4, 5]' -u nour -r "list of the hospital"
      isnad review correct 12#1 actors '["SYR.mil"]' -u nour
    """
    return _decide(db, user, reason, kind="correct", target=target, version=version, field=field, value=_value(value))


def merge(ids: Ids, user: User, reason: Reason = None, db: Db = None) -> int:
    """Make several incidents one; it keeps the id of the first.

    \b
    Examples:
      isnad review merge inc-5b67aded259f inc-e9fccaa3d1c3 -u nour
    """
    if len(ids) < 2:
        raise UsageError("which incidents are to be one? name two or more")
    return _decide(db, user, reason, kind="merge", target=ids[0], members=tuple(ids[1:]))


def split(
    id: Annotated[str, typer.Argument(metavar="ID", help="The incident.")],
    events: Annotated[list[str], typer.Argument(metavar="ARTICLE#EVENT...", help="What is of another incident.")],
    user: User,
    reason: Reason = None,
    version: Version = None,
    db: Db = None,
) -> int:
    """Take events out of an incident into one of their own, with a new id.

    \b
    Examples:
      isnad review split inc-5b67aded259f 12#1 14#2 -u nour
    """
    return _decide(db, user, reason, kind="split", target=id, version=version, members=tuple(events))


def same(one: str, two: str, user: User, reason: Reason = None, db: Db = None) -> int:
    """Say that two incidents are one.

    \b
    Examples:
      isnad review same inc-5b67aded259f inc-e9fccaa3d1c3 -u nour
    """
    return _decide(db, user, reason, kind="same", target=f"pair:{one}|{two}")


def not_same(one: str, two: str, user: User, reason: Reason = None, db: Db = None) -> int:
    """Say that two incidents are not one, whatever the machine thinks later.

    \b
    Examples:
      isnad review not-same inc-5b67aded259f inc-e9fccaa3d1c3 -u nour
    """
    return _decide(db, user, reason, kind="not-same", target=f"pair:{one}|{two}")


def undo(
    decision: Annotated[int, typer.Argument(help="The decision's number, as isnad review log shows it.", min=1)],
    user: User,
    reason: Reason = None,
    db: Db = None,
) -> int:
    """Take a decision back; both stay in the log.

    \b
    Examples:
      isnad review undo 7 -u nour
    """
    return _decide(db, user, reason, kind="undo", undoes=decision)


def log(
    target: Annotated[str | None, typer.Argument(help="Only upon this incident or ARTICLE#EVENT.")] = None,
    user: Annotated[str | None, typer.Option("--user", "-u", help="Only of this user.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 50,
    after: Annotated[str | None, typer.Option(help="Continue after this decision.")] = None,
    to: To = "table",
    db: Db = None,
) -> int:
    """List decisions, the latest first.

    \b
    Examples:
      isnad review log
      isnad review log inc-5b67aded259f --to jsonl
    """
    import msgspec

    format_of(to)
    with opened(db) as store:
        targets = [_target(store, target)] if target else []
        for decision in store.decisions.log(targets=targets, user=user, after=after, limit=limit):
            print(msgspec.json.encode(decision).decode() if to == "jsonl" else _line(decision))
    return 0


def next_(db: Db = None, skip: Annotated[list[str] | None, typer.Option(help="Put off: a target.")] = None) -> int:
    """Show what to look at next, as JSON: an unsure pair with its explained score, or an incident.

    \b
    Examples:
      isnad review next
    """
    import msgspec

    from isnad.review.queue import next_card

    with opened(db) as store:
        card = next_card(store, skip=skip or ())
    if card is None:
        print("isnad: nothing is waiting", file=sys.stderr)
    else:
        print(msgspec.json.encode(card).decode())
    return 0


def gold(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write here.")] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="Only articles of which every event was looked at.")
    ] = False,
    db: Db = None,
) -> int:
    """Write the decisions upon events as gold, JSONL in the form of the codebook.

    It can be scored against (isnad evaluate) and learned from (isnad train GOLD --with FILE).

    \b
    Examples:
      isnad review gold -o ours.jsonl
    """
    from isnad.export.atomic import atomic_text
    from isnad.review.gold import gold_lines

    with opened(db) as store:
        if output is None:
            for line in gold_lines(store, complete=complete):
                print(line.decode(), end="")
            return 0
        count = 0
        with atomic_text(output) as stream:
            for line in gold_lines(store, complete=complete):
                stream.write(line.decode())
                count += 1
    print(f"isnad: {count:,} article{'' if count == 1 else 's'} in {output}", file=sys.stderr)
    return 0


def _decide(
    db: str | None,
    user: str,
    reason: str | None,
    *,
    kind: str,
    target: str | None = None,
    version: int | None = None,
    field: str | None = None,
    value: Any = None,
    members: tuple[str, ...] = (),
    undoes: int | None = None,
) -> int:
    from isnad.review import Ask, decide

    with opened(db) as store:
        upon = None if target is None else _target(store, target)
        expected = {upon.removeprefix("incident:"): version} if upon and version is not None else {}
        ask = Ask(
            kind=kind,
            target=upon,
            field=field,
            value=value,
            members=members,
            reason=reason,
            undoes=undoes,
            expected=expected,
        )
        made = decide(store, ask, user=user)
    print(_line(made.decision))
    for id_, now in made.affected.items():
        print(f"  {id_}  {'gone' if now is None else f'version {now}'}")
    return 0


def _target(store: Any, given: str) -> str:
    """Return a target as decisions name it: an incident's id, ARTICLE#EVENT, or one that is spelled out."""
    article, sign, event = given.partition("#")
    if sign and article.isdecimal() and event.isdecimal():
        coded = store.article(int(article)).coded
        found = [one for one in coded.events if one.id == int(event)] if coded else []
        if not found:
            raise UsageError(f"article {article} has no event {event}")
        return f"event:{article}:{found[0].trigger.start}-{found[0].trigger.end}"
    return given if ":" in given else f"incident:{given}"


def _value(given: str) -> Any:
    import msgspec

    try:
        return msgspec.json.decode(given)
    except msgspec.DecodeError:
        return given  # plain words need no quotes


def _line(decision: Decision) -> str:
    import msgspec

    from isnad.cli.incident_text import apart

    parts = [str(decision.id), decision.at, apart(decision.user), decision.kind, decision.target]
    if decision.kind == "correct":
        parts.append(f"{decision.field} = {apart(msgspec.json.encode(decision.after).decode())}")
    parts += [f"of decision {decision.undoes}"] if decision.undoes else []
    parts += [apart(decision.reason)] if decision.reason else []
    parts += [f"(taken back by {decision.undone_by})"] if decision.undone_by else []
    return "  ".join(parts)


__all__ = ["register"]
