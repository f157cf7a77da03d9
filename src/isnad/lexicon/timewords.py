"""Time words: names of days, months, units and the small words of dates, from data/time.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from isnad.text import fold, read_words

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Tag(msgspec.Struct, frozen=True):
    """What a phrase is to a reader: its role, value (number, name or pair) and whether it needs support."""

    role: str
    value: Any = None
    weak: bool = False


class Node(msgspec.Struct, eq=False):
    """A state of the phrase tree: tags of the phrase that ends here, and the words that may follow.

    `open`: bit 1 where reading may start at the phrase, bit 2 where it is a cue.
    """

    tags: list[Tag] = []
    next: dict[str, Node] = {}
    open: int = 0


class TimeWords(msgspec.Struct, frozen=True, eq=False):
    """The compiled table: `root` is the phrase tree over folded keys; the sets guard against look-alikes."""

    root: Node
    today_not_before: frozenset[str]
    today_not_after: frozenset[str]
    weekday_not_after: frozenset[str]
    year_after: frozenset[str]
    after_midnight: frozenset[str]


def load(name: str, package: str = "isnad.lexicon") -> dict[str, Any]:
    """Return a YAML table from the data folder of a package."""
    text = (files(package) / "data" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=_LOADER)
    return loaded


@cache
def time_words() -> TimeWords:
    """Return the time words, read once a process."""
    data = load("time.yaml")
    root = Node()
    _add_names(root, data)
    _add_grammar(root, data)
    return TimeWords(
        root,
        _keys(data["today_not_before"]),
        _keys(data["today_not_after"]),
        _keys(data["weekday_not_after"]),
        _keys(data["words"]["in"]),
        _keys(data["parts"]["after_midnight"]),
    )


def _add_names(root: Node, data: dict[str, Any]) -> None:
    for role, section in (
        ("weekday", "weekdays"),
        ("month", "months"),
        ("hijri", "hijri_months"),
        ("day", "days"),
        ("now", "now"),
        ("third", "thirds"),
    ):
        for entry in data[section].values():
            for form in entry.get("forms", ()):
                add(root, form, Tag(role, entry["value"]))
            for form in entry.get("weak", ()):
                add(root, form, Tag(role, entry["value"], weak=True))


def _add_grammar(root: Node, data: dict[str, Any]) -> None:
    for form in data["parts"]["forms"]:
        add(root, form, Tag("part", fold(form)))
    for form in data["parts"]["adverbs"]:
        add(root, form, Tag("adverb"))
    for form in data["first_hours"]:
        add(root, form, Tag("first_hours"))
    for shift, forms in data["shifts"].items():
        for form in forms:
            add(root, form, Tag("shift", shift))
    for role, forms in data["words"].items():
        for form in forms if role != "in" else ():
            add(root, form, Tag(role))
    for unit, numbers in data["units"].items():
        for number, forms in numbers.items():
            for form in forms:
                add(root, form, Tag("unit", (unit, number)))
                add(root, _DEFINITE + form, Tag("the_unit", (unit, number)))
    ordinals = data["ordinals"]
    for value, forms in (ordinals["units"] | ordinals["tens"]).items():
        for form in forms:
            add(root, form, Tag("ordinal", value))
    for form in ordinals["teen"]:
        add(root, form, Tag("teen"))
    for form in data["vague"]:
        add(root, form, Tag("vague"))


_DEFINITE = "ال"  # the


def add(root: Node, form: str, tag: Tag) -> None:
    """Add a phrase in any spelling to the tree."""
    node = root
    for key in read_words(form).key:
        node = node.next.setdefault(key, Node())
    if tag not in node.tags:
        node.tags.append(tag)
        node.open |= _OPEN.get(tag.role, 1)


#: Roles at which no reading starts (0), and cues (3); any other role opens (1).
_OPEN = dict.fromkeys(
    ("from", "until", "shift", "adverb", "few", "teen", "running", "future", "negation", "with"), 0
) | {"cue": 3, "pronoun": 3, "split": 3}


def _keys(forms: list[str]) -> frozenset[str]:
    return frozenset(fold(form) for form in forms)
