"""What a document speaks of: the parties named so far, the countries it is about, who «الاحتلال» is in it.

Bare organs («الجيش» the army, «الحكومة» the government) take the country the document clearly speaks of;
else that of the nearest earlier state in the sentence, then in the last mentions, then the commonest,
then the outlet's. Group nouns with article («التنظيم» the organisation) look back to the last party known
under that noun.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from isnad.lexicon.parties import PartyLexicon
from isnad.lexicon.party_schema import Entry
from isnad.read.party_grammar import Chunk
from isnad.read.party_match import Meaning
from isnad.text import Words

ARMED = frozenset(("rebel", "militia"))
FIGHTING = ARMED | {"state-forces", "police", "external"}
STATES = frozenset(("state-forces", "government"))
BODIES = FIGHTING | {
    "government",
    "political",
    "international",
    "legislature",
    "intelligence",
    "aid",
    "monitor",
}
_BACK = {"rebel": ARMED, "armed": FIGHTING}
_CLEARLY = 2  # a country named twice as often as the next is what the document is about
_LAST_MENTIONS = 2  # how far back a bare organ looks beyond its sentence
_PATRON_MEMORY = 6  # how far back «الموالية لها» (loyal to it) looks for a patron
_CHOICE_MEMORY = 40  # how far back a name with several bearers looks for one of them


class Known(NamedTuple):
    """A party already named: at which word, its id, country and kind."""

    at: int
    id: str
    country: str | None
    kind: str


class Context:
    """Memory of one document; `remember` is called with every mention in order."""

    def __init__(
        self,
        words: Words,
        lexicon: PartyLexicon,
        chunks: list[Chunk],
        outlet_country: str | None,
        year: int | None,
    ) -> None:
        self._words = words
        self._lexicon = lexicon
        self._outlet = outlet_country
        self._year = year
        self._memory: list[Known] = []
        self._bodies = [
            chunk.body.meanings[0][0] for chunk in chunks if chunk.body and not chunk.body.meanings[0][0].needs
        ]
        self._ids = {body.id for body in self._bodies if body.id}
        self._chunks = chunks
        self._countries = _countries_spoken_of(chunks)
        self._ranked = self._countries.most_common()
        self.occupier: str | None = _occupier(chunks)

    def remember(self, at: int, id: str, country: str | None, kind: str) -> None:
        """Keep a party that was named; media are passed over, as they only report."""
        if kind != "media":
            self._memory.append(Known(at, id, country, kind))

    def last(self, kinds: frozenset[str]) -> Known | None:
        """Return the last party named that is of one of `kinds`."""
        return next((known for known in reversed(self._memory) if known.kind in kinds), None)

    def last_patron(self) -> str | None:
        """Return the country of the last state named that backs factions in the countries spoken of."""
        states = (known.country for known in reversed(self._memory[-_PATRON_MEMORY:]) if is_state(known.id))
        return next((country for country in states if self.proxy(country)), None)

    def anaphor(self, chunk: Chunk, key: str) -> Known | None:
        """Return the party meant by a group noun with article, `key` without it."""
        shorts = self._lexicon.shorts
        for known in reversed(self._memory):
            if key in shorts.get(known.id, ()):
                return known
        for body in self._bodies:  # named only later, as after a headline
            if body.id and key in shorts.get(body.id, ()):
                return Known(chunk.first, body.id, body.country, body.kind)
        kinds = _BACK.get(chunk.heads[-1][0].back)
        return self.last(kinds) if kinds else None

    def home(self, chunk: Chunk) -> str | None:
        """Return the country of a bare organ: see the rule at the head of this module."""
        ranked = [r for r in self._ranked if r[0] != self.occupier] or self._ranked
        if ranked and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1]):
            return ranked[0][0]
        first = self._words.sentences[self._words.sentence_of[chunk.first]].first
        for n, known in enumerate(reversed(self._memory)):
            if known.at < first and n >= _LAST_MENTIONS:
                break
            if known.country and is_state(known.id):
                return known.country
        return ranked[0][0] if ranked else self._outlet

    def supports(self, entry: Entry, chunk: Chunk) -> bool:
        """Say whether an ambiguous name («صالح», «الشباب») means this party here.

        Yes where the party is named in full in the document, after a group noun or an office, or where the
        document speaks of its country; no where a given name stands before the surname.
        """
        before = self._words.key[chunk.first - 1] if chunk.first else ""
        if entry.role == "person" and not chunk.heads and before in self._lexicon.given:
            return False
        if entry.id in self._ids:
            return True
        if any(h[0].role in ("member", "frame", "title", "organ") for h in chunk.heads):
            return True
        party = self._lexicon.party(entry.id) if entry.id else None
        country = entry.country or (party.country if party else None)
        return bool(country and self._countries.get(country))

    def bearers(self, meanings: list[Meaning]) -> list[Meaning]:
        """Return the meanings of a name, those first that the year of the document and its other names speak for."""
        if len(meanings) == 1:
            return meanings
        fitting = [m for m in meanings if self._in_years(m[0].years)] or meanings
        if self._year is not None:
            return fitting
        return sorted(fitting, key=lambda m: m[0].role == "name" and not self._named_elsewhere(m[0].id, meanings))

    def _in_years(self, years: tuple[int | None, int | None] | None) -> bool:
        if years is None or self._year is None:
            return True
        first, last = years
        return (first is None or first <= self._year) and (last is None or self._year <= last)

    def _named_elsewhere(self, id: str | None, meanings: list[Meaning]) -> bool:
        bodies = (chunk.body.meanings for chunk in self._chunks if chunk.body)
        return any(of[0][0].id == id for of in bodies if of is not meanings)

    def choose(self, entry: Entry, chunk: Chunk) -> str | None:
        """Return the bearer of a shared name: by the adjective in the phrase, the outlet, what was named
        before,
        or the country most spoken of; None where nothing decides."""
        choices = self._choices_now(entry.choices or {})
        if chunk.country is not None:
            return choices.get("=" + chunk.country) or choices.get(chunk.country)
        if entry.home and self._outlet in choices:
            return choices[self._outlet]
        seat = chunk.body.role("organ") if chunk.body else None
        if seat is not None and seat[0].occupation and self.occupier:
            return f"{self.occupier}.{seat[0].sector}"
        wanted = set(choices.values())
        for known in reversed(self._memory[-_CHOICE_MEMORY:]):
            if known.id in wanted:
                return known.id
        later = wanted & self._ids
        if len(later) == 1:  # named in full only later, as after a headline
            return later.pop()
        weight, best = max(((self._countries.get(c, 0), c) for c in choices), default=(0, ""))
        if weight > 0:
            return choices[best]
        return choices.get(self._outlet or "") or choices.get("*")

    def _choices_now(self, choices: dict[str, str]) -> dict[str, str]:
        """Return the choices with those of a later time («SYR>2025») in place of the older ones."""
        if not any(">" in key for key in choices):
            return choices
        out = {key: id for key, id in choices.items() if ">" not in key}
        for key, id in choices.items():
            code, mark, year = key.partition(">")
            if mark and self._year is not None and self._year >= int(year):
                out[code] = id
        return out

    def proxy(self, patron: str | None) -> str | None:
        """Return who factions backed by `patron` are, in the first country spoken of that has any."""
        for country, _ in self._ranked:
            found = self._lexicon.proxies.get(f"{patron} {country}")
            if found:
                return found
        return self._lexicon.proxies.get(f"{patron} *")


def is_state(id: str) -> bool:
    """Say whether an id is composed of a country and a sector (CODEBOOK section 5)."""
    return id[3:4] == "." and id[:3].isupper()


def _countries_spoken_of(chunks: list[Chunk]) -> Counter[str]:
    out: Counter[str] = Counter()
    for chunk in chunks:
        if chunk.country:
            if not any(h[0].sector == "med" for h in chunk.heads):  # «وكالة الأنباء الفرنسية» AFP
                out[chunk.country] += 1
        elif chunk.body is not None:
            entry = chunk.body.meanings[0][0]
            if entry.country and not entry.needs:
                out[entry.country] += 1
    return out


def _occupier(chunks: list[Chunk]) -> str | None:
    """Return the first state that the text itself calls an occupation («الاحتلال التركي»)."""
    for chunk in chunks:
        if chunk.country:
            seat = chunk.body.role("organ") if chunk.body else None
            if (seat and seat[0].occupation) or any(h[0].occupation for h in chunk.heads):
                return chunk.country
    return None
