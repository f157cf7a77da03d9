"""What the events so far were given, as names that can be compared (a place's name, a span of days)."""

from __future__ import annotations

from collections.abc import Sequence

from isnad.coding.attach import Pair
from isnad.coding.draft import Draft
from isnad.coding.ground import Ground
from isnad.coding.groups import Group


class Past:
    """Notes what each event was given, and tells of the one before, of the same type, of the same word."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._last: tuple[Draft, str | None] | None = None
        self._typed: dict[str, tuple[Draft, str | None]] = {}
        self._worded: dict[str, tuple[Draft, str | None]] = {}
        self._uses: dict[str, int] = {}
        self._given = 0

    def note(self, draft: Draft, name: str | None) -> None:
        """Note what an event was given."""
        self._last = self._typed[draft.type] = self._worded[self._word(draft)] = (draft, name)
        if name is not None:
            self._given += 1
            self._uses[name] = self._uses.get(name, 0) + 1

    def groups(self, draft: Draft, name: str, pair: Pair, tag: str) -> list[Group]:
        """Return what the event before, the one of the same type and the one of the same word were given."""
        side, shapes = pair.side, self._ground.shapes
        shape = shapes[id(draft)]
        last = self._last
        out: list[Group] = [(_uses, min(self._uses.get(name, 0), 4), side, min(self._given, 4))]
        befores = (
            ("last", last),
            ("type", self._typed.get(draft.type)),
            ("word", self._worded.get(self._word(draft))),
        )
        for label, past in befores:
            said = "none" if past is None else "null" if past[1] is None else "same" if past[1] == name else "else"
            near = "n" if past is not None and past[0].sentence == draft.sentence else ""
            far = pair.far if label == "last" and past is not None else None
            out += ((_told, label, said, near, side, tag, far), (_shaped, label, said, near, side, shape))
        if last is not None:  # `said` and `near` of what came last
            said = "null" if last[1] is None else "same" if last[1] == name else "else"
            near = "n" if last[0].sentence == draft.sentence else ""
            out += (
                (_latest, said, near, side, last[0].type, draft.type),
                (_latest_shape, said, near, side, shapes[id(last[0])]),
            )
        return out

    def _word(self, draft: Draft) -> str:
        return draft.form.lemma if draft.form else self._ground.forms[draft.head].stem


def _told(label: str, said: str, near: str, side: str, tag: str, far: int | None) -> Sequence[str]:
    head = f"{label}={said}{near}|{side}"
    return (head, head + tag) if far is None else (head, head + tag, f"{head}{far}")  # a tag may be a number too


def _shaped(label: str, said: str, near: str, side: str, shape: str) -> Sequence[str]:
    return (f"{label}={said}{near}|{side}{shape}",)


def _latest(said: str, near: str, side: str, type_: str, own: str) -> Sequence[str]:
    return (f"last={said}{near}|{side}|{type_}|{own}",)


def _latest_shape(said: str, near: str, side: str, shape: str) -> Sequence[str]:
    return (f"last={said}{near}|{side}|{shape}",)


def _uses(uses: int, side: str, given: int) -> Sequence[str]:
    return f"uses{uses}|{side}", f"uses{uses}of{given}|{side}"
