"""The small tables of the exports (export/data): countries, neutral names, what ACLED needs.  Read once a process."""

from __future__ import annotations

import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers and regions of a country in the outside formats; None where the scheme has none or it is not known."""

    iso: int | None = None
    acled: str | None = None
    ged: str | None = None
    cow: int | None = None
    gw: int | None = None


class Countries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Countries by ISO 3166 alpha-3, and what two schemes call them."""

    countries: dict[str, Country]
    ged_names: dict[str, str]
    acled_names: dict[str, str]


class Sector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of a state body's name: `en` and `ar` with {country}, `adjective` in Arabic with {nisba}."""

    en: str
    ar: str
    adjective: str | None = None


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"class_": "class"}):
    """People without a body: names, the group ACLED writes, whether under "Civilians", and their class."""

    en: str
    ar: str
    class_: str
    acled: str | None = None
    under: str | None = None


class NameTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names that the party lexicon does not hold; `no_adjective`: countries without a clear one."""

    sectors: dict[str, Sector]
    no_adjective: frozenset[str]
    people: dict[str, People]


class ActorClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of actors: ACLED's number and name."""

    code: int
    name: str


class RivalState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """A party that is state forces in `country` from the year `since`."""

    country: str
    since: int


class Vague(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A range that words such as «dozens» stand for, and the figure ACLED writes for them."""

    range: tuple[int | None, int | None]
    figure: int


class AcledTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the ACLED-shaped export needs; each key is explained in the file."""

    classes: dict[str, ActorClass]
    external_and_civilians: str
    rival_states: dict[str, RivalState]
    governments: dict[str, list[tuple[datetime.date, str]]]
    with_article: frozenset[str]
    geo_precision: dict[str, int]
    near_km: float
    vague_figures: list[Vague]
    lasting: list[str]
    time_precision: list[tuple[int, int]]
    most_days: int
    new_media: frozenset[str]
    outside: frozenset[str]


def _load(name: str) -> Any:
    text = files("isnad.export").joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


@cache
def countries() -> Countries:
    """Return the table of countries."""
    return msgspec.convert(_load("countries.yaml"), Countries)


def country(code: str | None) -> Country:
    """Return what is known of a country by ISO 3166 alpha-3; all None for one that is not listed."""
    return countries().countries.get(code or "", Country())


@cache
def name_table() -> NameTable:
    """Return the names beside the party lexicon."""
    return msgspec.convert(_load("names.yaml"), NameTable)


@cache
def arabic_names() -> dict[str, str]:
    """Return the neutral Arabic names of the bodies of the party lexicon, by id."""
    return msgspec.convert(_load("parties_ar.yaml"), dict[str, str])


@cache
def acled_table() -> AcledTable:
    """Return the table of the ACLED-shaped export."""
    return msgspec.convert(_load("acled.yaml"), AcledTable)


__all__ = ["AcledTable", "Country", "acled_table", "arabic_names", "countries", "country", "name_table"]
