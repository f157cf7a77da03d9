"""The sections a party file may have, and the compiled entries they become.

Every YAML file of the party lexicon is a mapping of section names to entries; built-in and user files
share them: parties, persons, countries, outlets, framing, organs, members, titles, fillers, links,
counts, people, given_names, choices, proxies, blocks, lone, doings.
"""

from __future__ import annotations

import msgspec

#: The word lists of a doing.
ACTS, JOINS, EVENTS, BEFALLS = DOING_WORDS = ("acts", "joins", "events", "befalls")
SECTORS = ("gov", "mil", "police", "spy", "leg", "jud", "opp", "med", "civilians", "none")
KIND_OF_SECTOR = {
    "gov": "government",
    "mil": "state-forces",
    "police": "police",
    "spy": "intelligence",
    "leg": "legislature",
    "jud": "judiciary",
    "opp": "political-opposition",
    "med": "media",
    "civilians": "civilians",
    "none": "government",
}


class Also(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A further name that means the party only in documents that speak of `country`."""

    name: str
    country: str


class PartyEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named body: neutral `id`, names in Arabic and English, what it is, where and when it existed."""

    id: str
    en: str
    gloss: str
    kind: str
    names: list[str]
    country: str | None = None
    side: str | None = None
    years: tuple[int | None, int | None] | None = None
    affiliations: list[str] = []
    needs: list[str] = []
    also: list[Also] = []
    short: list[str] = []


class PersonEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person who stands for the body `id`; `forces` is what «قوات X» (forces of X) means."""

    id: str
    gloss: str
    names: list[str]
    years: tuple[int | None, int | None] | None = None
    needs: list[str] = []
    forces: str | None = None


class CountryEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A country: names, capitals and seats (buildings: the Kremlin) that stand for its government, nisba
    stems, irregular plurals of the nation.
    """

    en: str
    names: list[str]
    capitals: list[str] = []
    seats: list[str] = []
    nisba: list[str] = []
    plural: list[str] = []


class OutletEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An outlet: `country` a bare «الحكومة» is read from, `side` only where it is stated."""

    id: str
    en: str
    ar: str
    country: str | None = None
    side: str | None = None


class FramingEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Loaded words: role noun | adjective | regime | occupation | inner (only inside a name), tone blame | praise."""

    forms: list[str]
    role: str
    tone: str
    gloss: str


class HeadEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Head words of parts of a state or a body (organs, members, titles)."""

    forms: list[str]
    gloss: str
    sector: str = "none"
    strength: int = 0
    home: bool = False
    regime: bool = False
    occupation: bool = False
    sector_in: dict[str, str] = {}
    back: str = ""


class WordEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of grammar: fillers, links and counts."""

    forms: list[str]
    gloss: str
    kind: str = ""
    value: int | None = None


class PeopleEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """People without a body, under the id given to them."""

    forms: list[str]
    id: str
    kind: str
    gloss: str
    back: str = ""
    framing: bool = False


class ChoiceEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names whose party depends on the country the document speaks of.

    `from_year` gives the parties that other than `by_country` are meant from a year on: {2025: {SYR: ...}}.
    """

    names: list[str]
    gloss: str
    by_country: dict[str, str]
    from_year: dict[int, dict[str, str]] = {}
    by_nisba: dict[str, str] = {}
    default: str | None = None
    outlet_first: bool = False


class BlockEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fixed phrases that look like a party and are none («القضاء على»: elimination of)."""

    names: list[str]
    gloss: str


class ProxyEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who «factions backed by» a patron are, in the war of `country`; «*» where no war is spoken of."""

    patron: str
    country: str
    id: str
    gloss: str


class DoingEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that tell what unnamed people are by what they do or suffer.

    `acts` stand beside them («تظاهر» demonstrated), `joins` before them with one of `events` after («شارك» took
    part, «احتجاج» protest); `befalls` stand before one person called by a nation («مقتل فلسطيني»).
    """

    id: str
    kind: str
    gloss: str
    acts: list[str] = []
    joins: list[str] = []
    events: list[str] = []
    befalls: list[str] = []


class Entry(msgspec.Struct, array_like=True, omit_defaults=True, frozen=True, eq=False):
    """A compiled meaning of a form: its role in a noun phrase and what it says about the party.

    role: name | person | country | nisba | organ | title | member | people | frame | filler | link | count |
    choice.  `needs`: only where the document's context supports it.  `years`: when the name meant it.
    """

    role: str
    id: str | None = None
    country: str | None = None
    kind: str = ""
    sector: str = "none"
    strength: int = 0
    home: bool = False
    regime: bool = False
    occupation: bool = False
    needs: bool = False
    forces: str | None = None
    value: int | None = None
    choices: dict[str, str] | None = None
    tone: str = ""
    back: str = ""
    years: tuple[int | None, int | None] | None = None


class Compiled(msgspec.Struct):
    """The compiled lexicon: entries, and forms as "words" → [(entry number, flags)...]."""

    generated_by: str
    entries: list[Entry]
    forms: dict[str, list[tuple[int, int]]]
    framing: dict[str, str]
    given: list[str]
    shorts: dict[str, list[str]]
    proxies: dict[str, str]
    parties: dict[str, PartyEntry]
    countries: dict[str, CountryEntry]
    outlets: dict[str, OutletEntry]
    lone: list[str] = []
    doings: list[DoingEntry] = []
