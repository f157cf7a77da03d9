"""Counted people and the words that bring a toll, from data/counts.yaml and data/people.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from isnad.lexicon.timewords import Node, Tag, add, load
from isnad.text import fold

_ARTICLE = "ال"  # the


class Person(msgspec.Struct, frozen=True):
    """A form of a noun of people.

    `number` is one | two | many | either (ـين of a sound plural).  `sense` is what the noun
    says of them.  `title`: stands before names; `nisba`: mostly an adjective; `counted`: counts only after
    a number.
    """

    unit: str
    number: str
    definite: bool
    sense: str | None = None
    title: bool = False
    nisba: bool = False
    other: bool = False
    counted: bool = False


class CountWords(msgspec.Struct, frozen=True, eq=False):
    """The phrase tree of counting, and the word lists its rules ask (glossed in the YAML files)."""

    root: Node
    things: frozenset[str]
    sized: frozenset[str]
    fallen: frozenset[str]
    objects: frozenset[str]
    attempts: frozenset[str]
    before_nouns: frozenset[str]
    none_within: int


@cache
def count_words() -> CountWords:
    """Return the words of counting, read once a process."""
    data, people = _counts(), load("people.yaml")
    root = Node()
    for unit, noun in people["nouns"].items():
        for form, person in _forms(unit, noun):
            add(root, form, Tag("person", person))
    for form in _numerals():
        add(root, form, Tag("number"))
    for entry in data["quantities"].values():
        for form in entry["forms"]:
            add(root, form, Tag("quantity", tuple(entry["range"])))
    for role, forms in data["modifiers"].items():
        _all(root, forms, Tag(role))
    _all(root, data["parts"], Tag("part"))
    _all(root, data["none"]["negations"], Tag("negation"))
    for field, forms in data["none"]["casualties"].items():
        _all(root, forms, Tag("casualty", field))
    for field, by_form in data["cues"].items():
        for form, forms in by_form.items():
            _all(root, forms, Tag("cue", (field, form)))
    _all(root, data["split"], Tag("split"))
    _all(root, data["with"], Tag("with"))
    _relations(root, people["relations"])
    return CountWords(
        root,
        _keys(people["things"]),
        _keys(data["sized"]),
        _keys(data["fallen"]),
        _keys(data["objects"]),
        _keys(data["attempts"]),
        _keys(data["before_nouns"]),
        data["none"]["within"],
    )


def _numerals() -> list[str]:
    """Return the forms with which a number in words may start, from the numerals of the text layer."""
    data = load("numerals.yaml", package="isnad.text")
    forms = list(data["hundred"]) + list(data["two_hundred"]) + list(data["vague"]) + list(data["fractions"])
    for section in ("units", "units_in_compound", "tens"):
        for value, several in data[section].items():
            forms += several
            forms += [
                _ARTICLE + form for form in several if value > 2
            ]  # not الأحد «Sunday», الاثنين «Monday»
    for scale in data["scales"].values():
        forms += [form for several in scale.values() for form in several]
        forms += [_ARTICLE + form for form in scale["many"]]
    for stems in data["hundred_stems"].values():
        forms += [stem + hundred for stem in stems for hundred in data["hundred"]]
    return forms + [_ARTICLE + form for form in data["vague"]]


def _keys(forms: list[str]) -> frozenset[str]:
    return frozenset(map(fold, forms))


def _relations(root: Node, relations: dict[str, list[str]]) -> None:
    """Add kin with a pronoun: والده «his father», شقيقيه «his two brothers»."""
    for one in relations["one"]:
        stem = fold(one)
        stem = stem[:-1] + "ت" if stem.endswith("ه") else stem
        for pronoun in relations["pronouns"]:
            add(root, stem + pronoun, Tag("person", Person("kin", "one", False)))
            add(root, stem + "ي" + pronoun, Tag("person", Person("kin", "two", False)))


@cache
def _counts() -> dict[str, Any]:
    return load("counts.yaml")


def _all(root: Node, forms: list[str], tag: Tag) -> None:
    for form in forms:
        add(root, form, tag)


def _forms(unit: str, noun: dict[str, Any]) -> list[tuple[str, Person]]:
    """Return every form of a noun with what it is; duals and sound plurals are made by rule."""
    flags = {name: bool(noun.get(name)) for name in ("title", "nisba", "other", "counted")}
    many = noun["many"]
    sound = many == "sound"
    forms: dict[str, str] = {}
    for form in [] if sound else many:
        forms[fold(form)] = "many"
    for form in noun.get("two", ()):
        forms[fold(form)] = "two"
    for one in noun.get("one", ()):
        key = fold(one)
        forms[one] = "one"
        stem = key[:-1] + "ت" if key.endswith("ه") else key
        if key == stem and not noun.get("nisba"):  # an accusative nisba may be a country: سوريا, روسيا, ليبيا
            forms[key + "ا"] = "one"  # accusative
        if sound:
            forms[key + "ون"], forms[key + "ين"] = "many", "either"
            if not noun.get("nisba"):
                forms.setdefault(key + "ي", "many")  # in construct: مقاتلي «fighters of»
        else:
            forms.setdefault(stem + "ين", "two")
        if not noun.get("other"):
            forms.setdefault(stem + "ان", "two")
    out = []
    for form, number in forms.items():
        for definite in (False, True):
            person = Person(unit, number, definite, noun.get("sense"), **flags)
            out.append((_ARTICLE + fold(form) if definite else form, person))
    return out
