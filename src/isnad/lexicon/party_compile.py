"""From the YAML word lists to the compiled party lexicon.  `python -m isnad.lexicon.party_compile`
writes the JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from isnad.lexicon.party_forms import DEFINITE, name_forms, word_forms
from isnad.lexicon.party_schema import (
    DOING_WORDS,
    KIND_OF_SECTOR,
    BlockEntry,
    ChoiceEntry,
    Compiled,
    CountryEntry,
    DoingEntry,
    Entry,
    FramingEntry,
    HeadEntry,
    OutletEntry,
    PartyEntry,
    PeopleEntry,
    PersonEntry,
    ProxyEntry,
    WordEntry,
)
from isnad.text import fold

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "parties.generated.json"
COMMAND = "python -m isnad.lexicon.party_compile"
#: Marks skipped inside a name: quotation marks, brackets, hash, hyphens («تنظيم "داعش"», «حزب_الله»).
MARKS = frozenset("\"'«»“”‘’()[]#_-–—″„‹›{}*")
_ARTICLE = "ال"  # the

SECTIONS: dict[str, Any] = {
    "parties": list[PartyEntry],
    "persons": list[PersonEntry],
    "countries": dict[str, CountryEntry],
    "outlets": list[OutletEntry],
    "framing": list[FramingEntry],
    "organs": list[HeadEntry],
    "members": list[HeadEntry],
    "titles": list[HeadEntry],
    "fillers": list[WordEntry],
    "links": list[WordEntry],
    "counts": list[WordEntry],
    "people": list[PeopleEntry],
    "given_names": list[str],
    "choices": list[ChoiceEntry],
    "proxies": list[ProxyEntry],
    "blocks": list[BlockEntry],
    "lone": list[BlockEntry],
    "doings": list[DoingEntry],
}
_ROLE_OF_SECTION = {"organs": "organ", "members": "member", "titles": "title"}


def built_in_files() -> list[Path]:
    """Return the built-in YAML files, in the order they are read."""
    files = [DATA / f for f in ("countries.yaml", "framing.yaml", "outlets.yaml")]
    return files + sorted((DATA / "parties").glob("*.yaml"))


def load_yaml(path: Path) -> Any:
    """Read one YAML file with the fast loader where it is there."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


class Builder:
    """Collects the forms of all sections; `build` gives the compiled lexicon."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._forms: dict[str, list[tuple[int, int]]] = {}
        self._framing: dict[str, str] = {}
        self._given: set[str] = set()
        self._shorts: dict[str, list[str]] = {}
        self._proxies: dict[str, str] = {}
        self._parties: dict[str, PartyEntry] = {}
        self._countries: dict[str, CountryEntry] = {}
        self._outlets: dict[str, OutletEntry] = {}
        self._doings: list[DoingEntry] = []
        self._lone: set[str] = set()

    def add_file(self, content: Mapping[str, Any]) -> None:
        """Add the sections of one file; raises msgspec.ValidationError on a wrong shape."""
        for section, raw in content.items():
            if section not in SECTIONS:
                raise msgspec.ValidationError(f"unknown section {section!r}; known: {', '.join(SECTIONS)}")
            value = msgspec.convert(raw, SECTIONS[section], strict=False)
            if section in _ROLE_OF_SECTION:
                self._heads(value, _ROLE_OF_SECTION[section])
            else:
                getattr(self, f"_add_{section}")(value)

    def build(self) -> Compiled:
        """Return everything added so far."""
        return Compiled(
            generated_by=COMMAND,
            entries=self._entries,
            forms=self._forms,
            framing=self._framing,
            given=sorted(self._given),
            shorts=self._shorts,
            proxies=self._proxies,
            parties=self._parties,
            countries=self._countries,
            outlets=self._outlets,
            doings=self._doings,
            lone=sorted(self._lone),
        )

    def _put(self, entry: Entry, forms: Iterable[tuple[tuple[str, ...], int]]) -> None:
        number = len(self._entries)
        self._entries.append(entry)
        for keys, flags in forms:
            if not keys:
                continue
            known = self._forms.setdefault(" ".join(keys), [])
            if all(n != number and not self._same(n, entry) for n, _ in known):
                known.append((number, flags))

    def _same(self, number: int, entry: Entry) -> bool:
        old = self._entries[number]
        return old.role == entry.role and (old.id, old.country, old.sector) == (
            entry.id,
            entry.country,
            entry.sector,
        )

    def _names(self, entry: Entry, names: Iterable[str]) -> None:
        self._put(entry, [(name_forms(n, skip=MARKS), DEFINITE) for n in names])

    def _add_parties(self, parties: list[PartyEntry]) -> None:
        for p in parties:
            old = self._parties.get(p.id)
            self._parties[p.id] = p if old is None else _together(old, p)
            entry = Entry("name", id=p.id, country=p.country, kind=p.kind, years=p.years)
            self._names(entry, p.names)
            if p.needs:
                self._names(msgspec.structs.replace(entry, needs=True), p.needs)
            for also in p.also:
                choice = Entry("choice", kind=p.kind, choices={also.country: p.id})
                self._put_choice(choice, also.name)
            heads = {name_forms(n, skip=MARKS)[0] for n in p.names if " " in n}
            self._shorts[p.id] = sorted({*heads, *(fold(s) for s in p.short)} | set(self._shorts.get(p.id, ())))

    def _put_choice(self, choice: Entry, name: str) -> None:
        keys = name_forms(name, skip=MARKS)
        for number, _ in self._forms.get(" ".join(keys), []):
            old = self._entries[number]
            if old.role == "choice" and choice.choices:
                merged = {**choice.choices, **(old.choices or {})}
                self._entries[number] = msgspec.structs.replace(old, choices=merged)
                return
        number = len(self._entries)
        self._entries.append(choice)
        self._forms.setdefault(" ".join(keys), []).append((number, DEFINITE if keys[0].startswith(_ARTICLE) else 0))

    def _add_persons(self, persons: list[PersonEntry]) -> None:
        for p in persons:
            country = p.id[:3] if p.id[3:4] == "." else None
            kind = KIND_OF_SECTOR.get(p.id[4:], "") if country else ""
            entry = Entry("person", id=p.id, country=country, kind=kind, forces=p.forces, years=p.years)
            self._names(entry, p.names)
            self._names(msgspec.structs.replace(entry, needs=True), p.needs)

    def _add_countries(self, countries: dict[str, CountryEntry]) -> None:
        for code, c in countries.items():
            self._countries[code] = c
            government = Entry("country", id=f"{code}.gov", country=code, kind="government")
            self._names(government, c.names + c.capitals + c.seats)
            nisba = Entry("nisba", id=f"{code}.gov", country=code, kind="government")
            for stem in c.nisba:
                self._put(nisba, _nisba_forms(stem))
            for plural in c.plural:
                self._put(nisba, word_forms(plural))

    def _add_outlets(self, outlets: list[OutletEntry]) -> None:
        self._outlets.update((o.id, o) for o in outlets)

    def _add_framing(self, framing: list[FramingEntry]) -> None:
        for f in framing:
            entry = Entry("frame", kind=f.role, tone=f.tone, regime=f.role == "regime")
            forms = [x for form in f.forms for x in word_forms(form, pronouns=f.role == "noun")]
            if f.role != "inner":
                self._put(entry, forms)
            self._framing.update((keys[0], f.role) for keys, _ in forms)

    def _heads(self, heads: list[HeadEntry], role: str) -> None:
        for h in heads:
            entry = Entry(
                role,
                sector=h.sector,
                strength=h.strength,
                home=h.home,
                regime=h.regime,
                occupation=h.occupation,
                kind=KIND_OF_SECTOR[h.sector],
                choices=h.sector_in or None,
                back=h.back,
            )
            self._put(entry, [x for form in h.forms for x in _head_forms(form)])

    def _add_people(self, people: list[PeopleEntry]) -> None:
        for p in people:
            entry = Entry("people", id=p.id, kind=p.kind, back=p.back)
            self._put(entry, [x for form in p.forms for x in _head_forms(form)])

    def _add_fillers(self, words: list[WordEntry]) -> None:
        self._words(words, "filler")

    def _add_links(self, words: list[WordEntry]) -> None:
        self._words(words, "link")

    def _add_counts(self, words: list[WordEntry]) -> None:
        self._words(words, "count")

    def _words(self, words: list[WordEntry], role: str) -> None:
        for w in words:
            entry = Entry(role, kind=w.kind, value=w.value)
            self._put(entry, [x for form in w.forms for x in word_forms(form)])

    def _add_given_names(self, names: list[str]) -> None:
        self._given.update(fold(n) for n in names)

    def _add_choices(self, choices: list[ChoiceEntry]) -> None:
        for c in choices:
            for name in c.names:
                self._put_choice(Entry("choice", home=c.outlet_first, choices=_choices(c)), name)

    def _add_lone(self, lone: list[BlockEntry]) -> None:
        """Add words that are no party without a word beside them."""
        self._lone.update(fold(name) for entry in lone for name in entry.names)

    def _add_blocks(self, blocks: list[BlockEntry]) -> None:
        for b in blocks:
            self._names(Entry("block"), b.names)

    def _add_doings(self, doings: list[DoingEntry]) -> None:
        for d in doings:
            lists = {name: sorted({fold(w) for w in getattr(d, name)}) for name in DOING_WORDS}
            self._doings.append(msgspec.structs.replace(d, **lists))

    def _add_proxies(self, proxies: list[ProxyEntry]) -> None:
        self._proxies.update((f"{p.patron} {p.country}", p.id) for p in proxies)


def _together(one: PartyEntry, other: PartyEntry) -> PartyEntry:
    """Return two entries of one party as one: the first holds, and what it does not say is taken from the other."""
    return msgspec.structs.replace(
        one,
        names=one.names + other.names,
        country=one.country or other.country,
        side=one.side or other.side,
        years=one.years or other.years,
        affiliations=list(dict.fromkeys(one.affiliations + other.affiliations)),
    )


def _choices(c: ChoiceEntry) -> dict[str, str]:
    """Return the parties by country.

    «=ISO3» holds only for an adjective in the phrase itself, «ISO3>year» from that year on, «*» for all else.
    """
    out = {**c.by_country, **{f"={code}": id for code, id in c.by_nisba.items()}}
    out |= {f"{code}>{year}": id for year, later in c.from_year.items() for code, id in later.items()}
    return {**out, "*": c.default} if c.default else out


def _head_forms(form: str) -> list[tuple[tuple[str, ...], int]]:
    return word_forms(form, pronouns=True)


def _nisba_forms(stem: str) -> list[tuple[tuple[str, ...], int]]:
    words = stem.split()
    if len(words) == 1:
        return word_forms(stem + "+")
    out: list[tuple[tuple[str, ...], int]] = []  # «كوري جنوبي»: both words agree
    for (first,), flags in word_forms(words[0] + "+"):
        out.extend(
            ((first, second), flags)
            for (second,), other in word_forms(words[1] + "+")
            if first.startswith(_ARTICLE) == second.startswith(_ARTICLE) and flags == other
        )
    return out


def compile_files(files: Iterable[Path]) -> Compiled:
    """Compile YAML files, in order; later files add to earlier ones."""
    builder = Builder()
    for path in files:
        builder.add_file(load_yaml(path) or {})
    return builder.build()


def main() -> None:
    """Write the compiled built-in lexicon beside its sources."""
    COMPILED.write_bytes(msgspec.json.encode(compile_files(built_in_files())) + b"\n")


if __name__ == "__main__":
    main()
