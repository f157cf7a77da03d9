"""The names that stand at a word: of the gazetteer, or unknown after a head noun («بلدة X» the town of X)."""

from __future__ import annotations

from functools import partial

import msgspec

from isnad.lexicon.gazetteer import EVERYDAY, PLAIN
from isnad.lexicon.gazetteer_like import like_name
from isnad.lexicon.placewords import Head
from isnad.read.place_records import Name, Raw
from isnad.read.place_types import PlaceType, PlaceTypes
from isnad.text import Words
from isnad.text.frequencies import level
from isnad.text.words import Kind

_OPEN, _CLOSE = frozenset("\"'«“”(‘"), frozenset("\"'»”“)’")
LISTING = frozenset("،,-–/")
NOT_TOWNS = ("site", "countryside", "road")
_PRONOUNS = ("ها", "هم", "هما")  # her, their
_MAX_QUOTED = 4  # words of a quoted name
#: 10 x Zipf: how common a word may be and yet a name: after «area of»; after «town of», with and without
#: article.
RARE, _COMMON, _COMMON_BARE = 38, 52, 50
MAX_REACH = 6  # words from a building to the place it stands in


class NameReader:
    """Reads names in one text."""

    def __init__(self, words: Words, types: PlaceTypes) -> None:
        self.words = words
        self.types = types
        self.tables = types.tables
        self.infos: list[PlaceType | None] = types.of_all(words)
        self.found: list[Raw] = []
        self._last_end = -1  # where the last place named ended: lists carry its sureness on

    def _add(self, **fields: object) -> None:
        self.found.append(Raw(**fields))  # type: ignore[arg-type]

    def _cut(self, i: int) -> str:
        info = self.infos[i]
        return info.clitic if info is not None else ""

    def _key(self, i: int) -> str:
        return self.words.key[i] if i < len(self.words) else ""

    def _end(self, i: int) -> int:
        s = self.words.sentences[self.words.sentence_of[i]]
        return s.last

    def name(self, i: int, *, headed: bool = False) -> Name | None:
        """Return the longest gazetteer name at word i."""
        info = self.infos[i]
        if info is None:
            return None
        keys, limit, gazetteer = self.words.key, self._end(i), self.types.gazetteer
        best: Name | None = None
        for host, cut, longest in info.names:
            most = min(longest, limit - i)
            if most > 1 and keys[i + 1] not in gazetteer.seconds(host):
                most = 1
            for size in range(most, 0, -1):
                if best is not None and size <= best.last - best.first and best.sure != EVERYDAY:
                    break
                key = host if size == 1 else " ".join((host, *keys[i + 1 : i + size]))
                rows = gazetteer.named(key)
                if rows and (headed or not cut or len(host) > 2):
                    sure = gazetteer.sureness(key)
                    if best is not None and (headed or sure != PLAIN):
                        break
                    if size == 1 and sure == EVERYDAY and self._is_noun(key, headed):
                        break
                    best = Name(
                        first=i,
                        last=i + size,
                        key=key,
                        rows=tuple(rows),
                        cut=cut,
                        sure=sure,
                    )
                    break
        return best

    def _is_noun(self, key: str, headed: bool) -> bool:
        """Say whether an everyday name is here the noun it is otherwise: تل «hill of», المدينة «the city»."""
        stem = key.removeprefix("ال")
        head = self.tables.heads.get(stem)
        if headed:
            return key in self.tables.compound or (head is not None and head.bare and head.level != "site")
        return head is not None

    def _nisba_after(self, i: int) -> tuple[int, tuple[str, ...]]:
        """Read over the adjectives of nation after a name («مدينة عفرين السورية»)."""
        codes: list[str] = []
        while i < len(self.infos) and (info := self.infos[i]) is not None and info.nisba and info.definite:
            if info.names and info.names[0][0] != self.words.key[i]:
                break
            codes.append(info.nisba)
            i += 1
        return i, tuple(codes)

    def _opened(self, i: int) -> tuple[int, bool]:
        keys, limit = self.words.key, self._end(i) if i < len(self.words) else i
        quoted = False
        while i < limit and (keys[i] == "#" or keys[i] in _OPEN):
            quoted = quoted or keys[i] != "#"
            i += 1
        return i, quoted

    def _is_word(self, i: int) -> bool:
        return self.words.types[i].kind is Kind.WORD and self.words.key[i] not in self.tables.not_names

    def _unknown(self, i: int, head: Head) -> Name | None:
        """Return the name at word i that a head noun brings though the gazetteer does not know it."""
        j, quoted = self._opened(i)
        if j >= self._end(i):
            return None
        if quoted:
            end = next(
                (k for k in range(j, min(j + _MAX_QUOTED + 1, self._end(i))) if self.words.key[k] in _CLOSE),
                j,
            )
            key = " ".join(k for k in self.words.key[j:end] if k not in LISTING)
            return Name(first=i, last=end + 1, key=key) if key else None
        strict = head.strict and self.words.key[j] not in self.tables.compound
        if strict or not self._may_name(j, head):
            return None
        end = j + 1
        compound = self.words.key[j] in self.tables.compound
        if compound and end < self._end(i) and self._is_word(end) and not self._joins(end):
            end += 1
        if end < self._end(i) and self.words.key[end] in self.tables.tails:
            end += 1
        return Name(first=i, last=end, key=" ".join(self.words.key[j:end]))

    def _joins(self, i: int) -> bool:
        """Say whether word i begins with و «and»."""
        splits = self.words.types[i].splits
        return bool(splits) and splits[0].conjunction != ""

    def _may_name(self, j: int, head: Head) -> bool:
        key, kind = self.words.key[j], self.words.types[j]
        if head.number and kind.kind is Kind.NUMBER:
            return True
        if not self._is_word(j) or (len(key) < 3 and key not in self.tables.compound) or head.known or head.dwelling:
            return False
        info = self.infos[j]
        if info is not None and (
            info.before or info.nisba or info.side or info.head or info.direction or info.border_adjective
        ):
            return key in self.tables.compound
        most = RARE if head.loose else _COMMON if key.startswith("ال") else _COMMON_BARE
        if key not in self.tables.compound and level(key) > most:
            return False
        first = kind.splits[0] if kind.splits else None
        if first is not None and (first.preposition or first.conjunction or first.suffix in _PRONOUNS):
            return False
        if key.startswith(("بال", "وال", "لل", "ول", "وب")):  # in the, and the, to the: a new phrase
            return False
        return not (key.endswith(("يه", "يا", "يين", "ين", "تان")) and not key.startswith("ال") and head.plural)

    def _named(self, i: int, head: Head, *, depth: int = 0) -> Name | None:
        """Return the name after a head noun: of the gazetteer, under a second head noun, or unknown."""
        if i >= len(self.words) or self.words.sentence_of[i] != self.words.sentence_of[i - 1]:
            return None
        j, quoted = self._opened(i)
        if j >= self._end(i):
            return None
        known = self.name(j, headed=True)
        info = self.infos[j]
        heads = info is not None and info.head is not None and not info.definite and not info.head_cut
        if heads and depth < 2 and (known is None or known.last == known.first + 1):
            inner = self._inner(i, j, depth)
            if inner is not None:
                return inner
        if known is not None and (known.rows[0].level == "none" or self._is_adjective(known, j, head)):
            return None
        if known is not None and known.sure == EVERYDAY and info is not None and info.direction and info.definite:
            return None  # «قرى الشمال السوري»: a part of the country
        if known is not None and not known.cut:
            if head.loose and known.sure == EVERYDAY and not quoted and not (head.bare and known.rows[0].hand):
                return None  # «مركز السوق»; but «منطقة الباب» the area of Al-Bab
            last = known.last
            if quoted and last < len(self.words) and self.words.key[last] in _CLOSE:
                last += 1
            if not quoted or last > known.last:
                return msgspec.structs.replace(known, first=i, last=last)
        name = self._unknown(i, head)
        if name is None:
            return None
        look = self.types.gazetteer.near_name if head.level == "site" else partial(like_name, self.types.gazetteer)
        near = look(name.key)
        return msgspec.structs.replace(name, rows=tuple(near))

    def _is_adjective(self, name: Name, j: int, head: Head) -> bool:
        """Say whether a country's name is the adjective of a site: «نقطة تركية» a Turkish post."""
        info = self.infos[j]
        nisba = info is not None and info.nisba and not info.definite
        return bool(nisba) and head.level == "site" and name.last == j + 1 and name.rows[0].level == "country"

    def _inner(self, i: int, j: int, depth: int) -> Name | None:
        """Return the name under a second head noun at word j: «منطقة جبل الزاوية», «مركز مدينة كوباني»."""
        info = self.infos[j]
        if info is None or info.head is None or info.head.level == "countryside":
            return None
        inner = self._named(j + 1, info.head, depth=depth + 1)
        if inner is None:
            return None
        asked = inner.level if inner.inner else info.head.level
        return msgspec.structs.replace(inner, first=i, inner=True, level=asked)

    def _tail(self, end: int) -> int:
        while end < len(self.words) and self.words.key[end] in self.tables.tails and self._goes_on(end):
            end += 1
        return end

    def _goes_on(self, i: int) -> bool:
        """Say whether word i goes on with the name before it: «الدولي», «الغربي»."""
        return self.words.sentence_of[i] == self.words.sentence_of[i - 1]

    def _alias(self, end: int) -> int:
        """Read over a second name after a dash, slash or in brackets: «عين العرب – كوباني», «أبين / بينه»."""
        if (
            end + 1 < len(self.words)
            and self.words.key[end] in "-–/("
            and self.words.sentence_of[end] == self.words.sentence_of[end - 1]
        ):
            other = self.name(end + 1, headed=True)
            if other is not None and not other.cut:
                close = other.last < len(self.words) and self.words.key[other.last] in _CLOSE
                return other.last + close
        return end

    def _unknown_and(self, i: int, head: Head) -> Name | None:
        """Return the unknown name joined by و «and» to one before it."""
        key = self.words.key[i][1:]
        info = self.infos[i]
        first = self.words.types[i].splits[0] if self.words.types[i].splits else None
        if first is None or first.conjunction != "و" or first.suffix in _PRONOUNS or level(key) > RARE:
            return None
        if (
            len(key) < 4
            or key in self.tables.not_names
            or (info is not None and (info.head or info.before or info.nisba))
        ):
            return None
        end = i + 1
        if key in self.tables.compound and end < self._end(i) and self._is_word(end):
            key, end = f"{key} {self.words.key[end]}", end + 1
        return Name(first=i, last=end, key=key, cut="و", rows=tuple(like_name(self.types.gazetteer, key)))
