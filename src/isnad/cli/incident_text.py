"""Words for incidents on a terminal: names, values, and Arabic that cannot move what stands around it."""

from __future__ import annotations

import re
from typing import Any

from isnad.export.names import Names
from isnad.store.incident_records import CardBody, IncidentCard
from isnad.weigh.grade import load_labels

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_DIM, _PLAIN = "\033[2m", "\033[0m"
_COUNTS = ("killed", "injured", "detained")


def safe(text: str) -> str:
    """Return text without control letters and without what could turn other text around."""
    return _UNSEEN.sub("\ufffd", " ".join(text.split()))


def apart(text: str) -> str:
    """Return text that a terminal orders by itself, whatever stands beside it: Arabic is set apart."""
    clean = safe(text)
    return clean if clean.isascii() else f"{_FIRST_STRONG}{clean}{_POP}"


class Lines:
    """Incidents as lines of a list."""

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour
        self._names = Names.load()

    def party(self, id_: str) -> str:
        """Return the neutral name of a party."""
        return apart(self._names.arabic(id_))

    def card(self, card: IncidentCard) -> list[str]:
        """Return the lines of an incident in a list: what is known of it, and the parties by name."""
        body = card.body
        facts = [f"{body.type}{f' ({body.mode})' if body.mode else ''}", days(body), place(body)]
        facts += [f"{name} {span(value)}" for name in _COUNTS if (value := getattr(body, name)) is not None]
        facts += [f"disputed: {', '.join(body.disputes)}"] if body.disputes else []
        voices = ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for n, name in (
            (body.outlets, "outlet"), (body.texts, "text"), (body.speakers, "speaker"),
        ))  # fmt: skip
        head = "  ".join(x for x in (card.id, body.grade or "", voices, self._review(card)) if x)
        who = " → ".join(
            side for ids in (body.actors, body.recipients) if (side := " و ".join(self.party(i) for i in ids))
        )
        return [self._dim(head), "  " + "  ".join(fact for fact in facts if fact), *([f"  {who}"] if who else [])]

    @staticmethod
    def _review(card: IncidentCard) -> str:
        if card.state != "candidate":
            return card.state
        return "corrected" if card.reviewed else ""

    def _dim(self, text: str) -> str:
        return f"{_DIM}{text}{_PLAIN}" if self._colour else text


def days(body: CardBody) -> str:
    """Return the day or days, or when it was reported."""
    if body.date:
        return _between(body.date)
    return f"day not told (reported {_between(body.reported)})" if body.reported else "day unknown"


def _between(value: dict[str, str]) -> str:
    start, end = value.get("start"), value.get("end")
    return str(start or end) if start == end or not end or not start else f"{start} to {end}"


def place(body: CardBody) -> str:
    """Return the place with its precision."""
    if body.place is None:
        return "place unknown"
    radius = f" ±{body.place.precision:g} km" if body.place.precision is not None else ""
    return apart(body.place.name or body.place.text) + radius


def span(count: Any) -> str:
    """Return a count as a number or a range."""
    least, most = count
    if least == most:
        return str(least)
    return f"{'?' if least is None else least} to {'?' if most is None else most}"


def grade_words(grade: str | None, reasons: tuple[str, ...]) -> str:
    """Return a grade with its Arabic term and the reasons in words."""
    if grade is None:
        return "not graded"
    labels = load_labels()
    label = labels.grades.get(grade)
    because = [known.en if (known := labels.reasons.get(code)) else code for code in reasons]
    return f"{grade}{f' {apart(label.ar)}' if label else ''}{': ' if because else ''}{'; '.join(because)}"


def value_words(field: str, value: Any, names: Names) -> str:
    """Return what a claim says of a field, in few words."""
    if value is None:
        return "not known"
    if field in ("actor", "recipient"):
        return f"{apart(names.arabic(str(value)))} ({value})"
    if field in _COUNTS:
        return span(value)
    if field == "place" and isinstance(value, dict):
        return apart(str(value.get("name") or value.get("text") or ""))
    if field == "date" and isinstance(value, dict):
        return _between(value)
    if field == "type" and isinstance(value, dict):
        return f"{value.get('type')}{f' ({mode})' if (mode := value.get('mode')) else ''}"
    if field == "happening":
        return "it happened" if value else "it did not happen"
    return apart(str(value))


__all__ = ["Lines", "apart", "days", "grade_words", "place", "safe", "span", "value_words"]
