"""An explanation as text for a human: what was read, what was weighed, what came of it, in aligned columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.cells import cell_len

Tree = dict[str, Any]
Row = tuple[str, ...]

_LABEL = 12  # columns of the first cell, the same in every section
_WIDEST = 34  # a mention longer than this does not push the columns to the right
_RIVALS = 2  # candidates shown of those not taken,
_LIKELY = 0.05  # and only from this probability; --all shows every one
_FEATURES = 3
_NAMES = {"O": "no event", "-": "null"}  # answers of the models in words
_VALUES = (("place", "place", "places"), ("time", "date", "dates"), ("source", "source", "sources"))
_TOLLS = ("killed", "injured", "detained")


def as_report(tree: Tree) -> list[str]:
    """Return an `Explanation` (as dicts and lists) as lines; what is unlikely or empty is left out."""
    day = tree["published"] or "unknown, so that no relative date is resolved"
    lines = [f"«{tree['text'].strip()}»", f"published: {day}"]
    if tree["note"]:
        return [*lines, "", f"nothing is coded ({tree['note']})"]
    lines += ["", "READ", *_columns(_read(tree))]
    lines += ["", "WEIGHED AS TRIGGERS", *_columns(_triggers(tree["triggers"]))]
    for event in tree["events"]:
        lines += ["", f"EVENT {event['id']}: «{event['trigger']['text']}» {event['type']}", *_columns(_event(event))]
    return lines if tree["events"] else [*lines, "", "no event"]


def _read(tree: Tree) -> Iterator[Row]:
    words = tree["words"]
    furniture = sum(word["mark"] == "furniture" for word in words)
    yield "words", f"{len(words)}", f"{furniture} of them page furniture" if furniture else ""
    for party in tree["parties"]:
        framing = f", framed «{party['framing']['text']}»" if party["framing"] else ""
        known = f"{party['id'] or 'id unknown'} ({party['form']}, {party['kind']})"
        yield "party", _quoted(party["text"]), known + framing
    for place in tree["places"]:
        known = ", ".join(str(x) for x in (place["name"], place["country"], place["level"]) if x)
        yield "place", _quoted(place["text"]), known + (f" [{place['source_id']}]" if place["source_id"] else "")
    for date in tree["dates"]:
        days = _days(date["day_from"], date["day_to"]) or date["reason"]
        yield "time", _quoted(date["text"]), f"{days} (rule: {date['rule']})"
    for count in tree["counts"]:
        sense = f", {count['sense']}" if count["sense"] else ""
        yield "count", _quoted(count["text"]), _range((count["least"], count["most"])) + sense
    for said in tree["statements"]:
        verb = f", «{said['verb']}»" if said["verb"] else ""
        says = _short(said["says"]["text"])
        yield "speaker", _quoted(said["speaker"]["text"]), f"{said['kind']}{verb}, vouches for: {says}"
    for cue in tree["status_cues"]:
        covers = _short(cue["covers"]["text"])
        yield "status cue", _quoted(cue["cue"]["text"]), f"{cue['status']} ({cue['rule']}), covers: {covers}"


def _triggers(triggers: Sequence[Tree]) -> Iterator[Row]:
    for trigger in triggers:
        senses = [f"{s['lemma']} ‘{s['gloss']}’ {' | '.join(s['types'])}" for s in trigger["readings"]]
        told = "; ".join(dict.fromkeys(senses))  # senses that differ in form alone are told once
        yield "taken" if trigger["taken"] else "left", _quoted(trigger["word"]["text"]), told
        if trigger["event"] is None:
            yield "", "", trigger["why"]
            continue
        chances = _chances(trigger["chances"])
        verdict = f"{trigger['why']} (an event {trigger['event']:.2f}, threshold {trigger['threshold']})"
        yield "", "", f"{chances}: {verdict}"
        yield "", "", _because(trigger["features"])


def _event(event: Tree) -> Iterator[Row]:
    record = event["event"]
    yield "mode", _null(record["mode"]), _choice(event["mode"])
    status = ", ".join(f"{_quoted(c['text'])} {c['rule']}" for c in record["cues"] if c["field"] == "status")
    yield "status", record["status"], _choice(event["status"]) + (f"; cue {status}" if status else "")
    for role, named in (("actor", "actors"), ("recipient", "recipients")):
        yield from _role(event["parties"], role, none=record["reasons"].get(named))
    yield from _rivals([p for p in event["parties"] if p["role"] == "none"])
    yield from _castings(event["castings"])
    for label, field, weighed in _VALUES:
        yield from _values(label, event[weighed], none=record["reasons"].get(field))
    for field in _TOLLS:
        if record[field] is not None:
            cue = next((f"{_quoted(c['text'])} {c['rule']}" for c in record["cues"] if c["field"] == field), "")
            yield field, _range(record[field]), cue
    if record["same_as"] is not None:
        yield "same as", f"event {record['same_as']}", ""
    yield "ACLED", event["acled"]
    yield "CAMEO", event["cameo"]


def _role(parties: Sequence[Tree], role: str, *, none: str | None) -> Iterator[Row]:
    found = [p for p in parties if p["role"] == role]
    for party in found:
        yield role, _quoted(party["party"]["text"]), f"{party['id'] or 'id unknown'}; {_looks(party)}"
        yield "", "", _because(party["first"]["features"])
    if not found:
        yield role, "none", none or ""


def _looks(party: Tree) -> str:
    first, second = party["first"], party["second"]
    return (
        f"actor {party['mean_actor']:.2f} (looks {first['actor']:.2f}, {second['actor']:.2f}), "
        f"recipient {party['mean_recipient']:.2f} (looks {first['recipient']:.2f}, {second['recipient']:.2f})"
    )


def _rivals(parties: Sequence[Tree]) -> Iterator[Row]:
    likely = [(max(p["mean_actor"], p["mean_recipient"]), p) for p in parties]
    for chance, party in sorted(likely, key=lambda pair: -pair[0])[:_RIVALS]:
        if chance >= _LIKELY:
            yield "not a part", _quoted(party["party"]["text"]), _looks(party)


def _castings(castings: Sequence[Tree]) -> Iterator[Row]:
    """Tell what was taken as a whole and against what; nothing where there was no choice (--all tells why)."""
    if len(castings) < 2:
        return
    for casting in castings[:_RIVALS]:
        who, whom = (" + ".join(casting[slot]) or "nobody" for slot in ("actors", "recipients"))
        chance = f"{casting['chance']:.2f} (each party alone {casting['alone']:.2f})"
        yield "together" if casting["taken"] else "not so", f"{who} > {whom}", chance


def _values(label: str, weighed: Sequence[Tree], *, none: str | None) -> Iterator[Row]:
    taken = [w for w in weighed if w["taken"]]
    for w in taken:
        why = f"{w['value'] or 'unknown'}; {w['chance']:.2f}, {_because(w['features'])}"
        yield label, _quoted(w["mention"]["text"]), why
    if not taken:
        yield label, "none", none or ""
    for w in [w for w in weighed if not w["taken"] and w["chance"] >= _LIKELY][:_RIVALS]:
        yield f"not {label}", _quoted(w["mention"]["text"]), f"{w['value'] or 'unknown'}; {w['chance']:.2f}"


def _choice(choice: Tree) -> str:
    chances = _chances(choice["chances"])
    return f"{chances}; {_because(choice['features'])}" if choice["features"] else chances


def _because(features: Iterable[Tree]) -> str:
    told = "  ".join(f"{f['feature']} {f['weight']:+.2f}" for f in list(features)[:_FEATURES])
    return f"features {told}" if told else ""


def _chances(chances: Iterable[Tree]) -> str:
    return ", ".join(f"{_NAMES.get(c['answer'], c['answer'])} {c['probability']:.2f}" for c in chances)


def _null(value: str | None) -> str:
    return "null" if value is None else value


def _days(first: str | None, last: str | None) -> str:
    return " to ".join(dict.fromkeys(day for day in (first, last) if day))


def _range(count: Sequence[int | None]) -> str:
    least, most = count
    if least == most:
        return str(least)
    return f"{'?' if least is None else least} to {'?' if most is None else most}"


def _quoted(text: str) -> str:
    return f"«{' '.join(text.split())}»"


def _short(text: str, *, most: int = 8) -> str:
    words = text.split()
    return _quoted(text if len(words) <= most else " ".join(words[: most - 2]) + " … " + words[-1])


def _columns(rows: Iterable[Row]) -> list[str]:
    """Return rows as lines, the second cell of each as wide as the widest of a usual width."""
    kept = [row for row in rows if any(row)]
    width = max((cell_len(row[1]) for row in kept if len(row) > 2 and cell_len(row[1]) <= _WIDEST), default=0)
    return [_line(row, width) for row in kept]


def _line(row: Row, width: int) -> str:
    label, *rest = row
    if len(rest) > 1:
        rest[0] += " " * max(0, width - cell_len(rest[0]))
    return f"  {label:{_LABEL}}{'  '.join(rest)}".rstrip()


__all__ = ["as_report"]
