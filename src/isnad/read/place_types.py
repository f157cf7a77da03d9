"""What a written form can be in the naming of a place, decided once a form and kept."""

from __future__ import annotations

import msgspec

from isnad.lexicon.gazetteer import Gazetteer
from isnad.lexicon.placewords import Head, PlaceWords
from isnad.text import Words, WordType
from isnad.text.frequencies import level
from isnad.text.kept import Kept
from isnad.text.words import Kind

_PHRASE, _RARER = 33, 8  # 10 x Zipf of a set phrase; by how much a name with preposition is rarer than bare
_SAME = 2  # the difference at which even a known place is not meant
_GREAT = 300_000  # people of a place known by itself
_SAFE = 5  # letters left after clitics that make a name no chance
_PATTERNS = frozenset({"head", "direction", "border", "land", "nation", "kingdom"})
_NISBA_ENDINGS = ("", "ه", "ين", "ون", "ان", "تين")  # Syrian m., f., plural, dual


class PlaceType(msgspec.Struct, frozen=True, kw_only=True):
    """The place readings of a written form; `cut` are the clitics before the reading."""

    names: tuple[tuple[str, str, int], ...] = ()  # (host, clitics cut, words of the longest name)
    head: Head | None = None
    head_cut: str = ""
    definite: bool = False
    direction: str | None = None
    side: str | None = None
    nisba: str | None = None
    land: bool = False
    border: bool = False
    border_adjective: bool = False
    nation: bool = False
    kingdom: bool = False
    before: bool = False
    within: bool = False
    clitic: str = ""
    starts: bool = False  # a place may start here
    acts: bool = False  # by a pattern, not only by its name


class PlaceTypes:
    """Written forms to their place readings; None for the many that have none."""

    def __init__(self, gazetteer: Gazetteer, tables: PlaceWords) -> None:
        self.gazetteer = gazetteer
        self.tables = tables
        self._kept: Kept[int, PlaceType | bool] = Kept()

    def of_all(self, words: Words) -> list[PlaceType | None]:
        """Return the place readings of the words of a text, in order."""
        found = self._kept.each(words.numbers, words.types, self._one)
        return [info or None for info in found]  # type: ignore[misc]  # no True among them

    def _one(self, kind: WordType) -> PlaceType | bool:
        return (kind.kind in (Kind.WORD, Kind.LATIN) and self._make(kind)) or False

    def _make(self, kind: WordType) -> PlaceType | None:
        hosts = {kind.key: ""}
        first = kind.splits[0] if kind.splits else None
        for split in kind.splits:
            if split.preposition in ("ك", "س"):  # as, future mark: never before a place
                continue
            likeliest = (
                first is not None
                and split.conjunction + split.preposition == first.conjunction + first.preposition
            )
            cut = split.conjunction + split.preposition
            if likeliest or len(split.host) >= (
                _SAFE if split.preposition else _SAFE - 1
            ):  # a short rest of an unlikely cut is chance: ب + اراك
                hosts.setdefault(split.host, split.conjunction + split.preposition)
        names = tuple(
            (h, cut, longest)
            for h, cut in hosts.items()
            if (longest := self.gazetteer.longest(h)) and not (cut and self._phrase(kind.key, h))
        )
        found: dict[str, object] = {"names": names} if names else {}
        otherwise = any(form in kind.surface for form in self.tables.spelled_otherwise)
        for host, cut in () if otherwise else hosts.items():
            for field, value in self._roles(host, cut).items():
                found.setdefault(field, value)
        if not found:
            return None
        clitic = next((cut for h, cut in hosts.items() if cut[-1:] in self.tables.clitics), "")
        acts = not _PATTERNS.isdisjoint(found)
        return PlaceType(**found, clitic=clitic, starts=bool(names) or acts, acts=acts)  # type: ignore[arg-type]

    def _phrase(self, key: str, host: str) -> bool:
        """Say whether a name with its clitics is a set phrase: بحجة «on the pretext», not «in Hajjah».

        Prepositions stand before one in many namings of a place; a form nearly as common as the bare name is
        a word of its own.  Places known by themselves are left out.
        """
        often = level(key)
        if often < _PHRASE or level(host) - often >= _RARER:
            return False
        rows = self.gazetteer.named(host)
        if rows and level(host) - often <= _SAME:
            return True
        return bool(rows) and not any(r.hand or r.population >= _GREAT or r.level == "country" for r in rows)

    def _roles(self, host: str, cut: str) -> dict[str, object]:
        t = self.tables
        definite = host.startswith("ال") and len(host) > 4  # the article
        stem = host[2:] if definite else host
        if host not in t.listed and stem not in t.listed and stem.removesuffix("ا") not in t.heads:
            nisba = self._nisba(stem)
            return {} if nisba is None else {"nisba": nisba, "definite": True} if definite else {"nisba": nisba}
        roles: dict[str, object] = {}
        for reading in (stem, host, stem[:-1] if stem.endswith("ا") else stem):  # the last: accusative منزلاً
            if reading in t.heads and "head" not in roles:
                roles |= {"head": t.heads[reading], "head_cut": cut}
        if stem in t.directions:
            roles["direction"] = t.directions[stem]
        if definite and stem in t.sides:
            roles["side"] = t.sides[stem]
        if definite and stem in t.nation:
            roles["nation"] = True
        if definite and stem in t.kingdom:
            roles["kingdom"] = True
        if nisba := self._nisba(stem):
            roles["nisba"] = nisba
        for name in ("land", "border"):
            if stem in getattr(t, name + "s"):
                roles[name] = True
        if stem in t.border_adjectives:
            roles["border_adjective"] = True
        if host in t.before or host in t.edges:
            roles["before"] = True
        if host in t.within:
            roles["within"] = True
        if roles and definite:
            roles["definite"] = True
        return roles

    def _nisba(self, stem: str) -> str | None:
        for ending in _NISBA_ENDINGS:
            if stem.endswith(ending):
                code = self.gazetteer.nisba.get(stem[: len(stem) - len(ending)] if ending else stem)
                if code:
                    return code
        return None
