"""The features of a casting of an event, by what they hang on (see `role_groups`).

Values: `size` how many actors and recipients («2.0»), `shape` part of speech and voice of the trigger, chances as
`step`s, `order` the mentions and the trigger as they stand: A R in the event's sentence, a r before it, T the trigger,
x a likely party that is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

_Names = Sequence[str]
_STEPS = (0.03, 0.07, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.94, 0.97, 0.99)


def step(chance: float | None) -> int:
    """Return the step of a chance, -1 for none."""
    return -1 if chance is None else bisect_left(_STEPS, chance)


def likely(chance: int, size: str, type_: str) -> _Names:
    """How likely the casting is when each party is weighed alone."""
    return f"p={chance}", f"p={chance}|{size}", f"p={chance}|{type_}"


def place(rank: int, behind: int) -> _Names:
    """Its rank among the castings, and how far it is behind the likeliest."""
    return f"rank={rank}", f"d={behind}", f"d={behind}|{rank == 0}"


def size(size_: str, type_: str, mode: str | None, status: str) -> _Names:
    """How many parties an event of a type takes."""
    return f"n={size_}", f"n={size_}|{type_}", f"n={size_}|{type_}.{mode}", f"n={size_}|{status}|{type_}"


def size_by_shape(actors: int, recipients: int, type_: str, shape: str, definite: bool | None) -> _Names:
    """How many parties an inflection of the trigger takes."""
    both = f"{actors}.{recipients}"
    return (
        f"nA={actors}|{type_}|{shape}", f"nR={recipients}|{type_}|{shape}",
        f"n={both}|{shape}.{definite}", f"n={both}|{shape}.{definite}|{type_}",
    )  # fmt: skip


def size_by_lemma(actors: int, recipients: int, lemma: str | None) -> _Names:
    """How many parties a trigger takes."""
    return f"nA={actors}|L={lemma}", f"nR={recipients}|L={lemma}", f"n={actors}.{recipients}|L={lemma}"


def edges(slot: str, least: int, left_out: int, count: int, type_: str) -> _Names:
    """The least likely party that is in a slot, and the likeliest that is not."""
    return (
        f"m{slot}={least}", f"mo{slot}={least}.{left_out}", f"o{slot}={left_out}|{count}",
        f"o{slot}={left_out}|{count}|{type_}", f"m{slot}={least}|{count}|{type_}",
    )  # fmt: skip


def several(least: int, most: int, type_: str, mode: str | None) -> _Names:
    """The least and the most likely of several actors."""
    return f"2A={least}.{most}", f"2A={least}|{type_}.{mode}"


def headline(in_headline: bool, size_: str) -> _Names:
    """In the headline."""
    return (f"hl={in_headline}|{size_}",)


def kinds(actors: str, recipients: str, type_: str, mode: str | None, size_: str) -> _Names:
    """The kinds of the parties that face each other."""
    both = f"{actors}>{recipients}"
    return (
        f"k={both}", f"k={both}|{type_}", f"k={both}|{type_}.{mode}",
        f"ka={actors}|{size_}|{type_}", f"kr={recipients}|{size_}|{type_}",
    )  # fmt: skip


def one(slot: str, id_: str, type_: str, count: int) -> _Names:
    """One party in a slot."""
    return f"{slot}={id_}|{type_}", f"{slot}={id_}|{count}"


def all_ids(actors: str, recipients: str) -> _Names:
    """All parties."""
    return f"ids={actors}>{recipients}", f"idsA={actors}", f"idsR={recipients}"


def facing(actors: Sequence[str], recipients: Sequence[str], type_: str) -> _Names:
    """Every actor and every recipient."""
    out: list[str] = []
    for actor in actors:
        for recipient in recipients:
            alike = f"sc={actor[:3] == recipient[:3]}|{type_}"
            out += (f"same={actor == recipient}", alike, f"pair={actor}>{recipient}")
    return out


def lonely(which: str) -> _Names:
    """There is no such other event."""
    return (f"{which}=0",)


def beside(which: str, relation: str, definite: bool | None, type_: str, swapped: str) -> _Names:
    """How the casting relates to what was first chosen for another event."""
    return (
        f"{which}={relation}", f"{which}={relation}|{definite}", f"{which}={relation}|{type_}",
        f"{which}sw={swapped}|{type_}",
    )  # fmt: skip


def carried(count: str, size_: str, definite: bool | None, type_: str) -> _Names:
    """How many parties are carried over from sentences before."""
    return f"c={count}", f"c={count}|{size_}|{definite}", f"c={count}|{type_}"


def order(order_: str, shape: str, type_: str, lemma: str | None, in_headline: bool) -> _Names:
    """The order of the parties and the trigger."""
    return (
        f"o={order_}", f"o={order_}|{shape}", f"o={order_}|{type_}", f"o={order_}|L={lemma}",
        f"o={order_}|hl{in_headline}",
    )  # fmt: skip


def order_of_all(order_: str, shape: str) -> _Names:
    """The same with the likely parties that are left out."""
    return f"O={order_}", f"O={order_}|{shape}"
