"""Stretches of words that name a place, before it is settled which place they name.

Two sources: names of the gazetteer, decided by how sure the bare word is; and the patterns of the
language, which name a place whether the gazetteer knows it or not («بلدة X» the town of X, «ريف X
الشمالي» X countryside, north).
"""

from __future__ import annotations

from isnad.lexicon.gazetteer import EVERYDAY, UNSURE
from isnad.read.place_names import LISTING
from isnad.read.place_records import Name, Raw
from isnad.read.place_types import PlaceType
from isnad.read.place_ways import WayReader

#: Endings of a noun that a feminine adjective follows: ة, and the plural ات.
_FEMININE = ("ه", "ات")


class Scan(WayReader):
    """One reading of one text."""

    def run(self) -> list[Raw]:
        """Return the places named, in order."""
        i, n, infos = 0, len(self.infos), self.infos
        while i < n:
            info = infos[i]
            i = i + 1 if info is None or not info.starts else max(i + 1, self._at(i, info))
        return self.found

    def _at(self, i: int, info: PlaceType) -> int:
        long = self.name(i) if info.names else None
        if long is not None and long.last - long.first >= 2:
            if self._bare(i, info, long):
                return self._after(long.last)
            long = None
        if info.acts:
            end = (
                (info.border and self._border(i, info))
                or (info.land and self._land(i, info))
                or (info.direction is not None and self._way(i, info))
                or (info.head is not None and (self._countryside(i, info) or self._headed(i, info)))
                or ((info.nation or info.kingdom) and self._nation(i, info))
            )
            if end:
                return self._after(int(end))
        if long is not None and self._bare(i, info, long):
            return self._after(long.last)
        return i + 1

    def _after(self, end: int) -> int:
        self._last_end = end
        return end

    def _bare(self, i: int, info: PlaceType, name: Name) -> bool:
        """Take a gazetteer name without head noun; the doubtful ones are marked for `settle`."""
        if name.rows[0].level == "none":
            return True
        cued = self._cued(i, name)
        if info.nisba and not cued and self._adjectival(i, info):
            return True
        if (
            name.sure == EVERYDAY
            or (name.sure == UNSURE and not cued)
            or (name.cut.startswith("ف") and not cued)
        ):
            self._add(
                first=i,
                last=name.last,
                cut=name.cut,
                pattern="doubtful",
                key=name.key,
                rows=name.rows,
                sure=name.sure,
                cued=cued,
            )
            return False
        end, codes = self._nisba_after(name.last)
        if name.rows[0].level == "country" and not codes:
            self._pair(i, name)
        self._add(
            first=i,
            last=end,
            cut=name.cut,
            pattern="name",
            key=name.key,
            rows=name.rows,
            codes=codes,
            cued=cued,
        )
        return True

    def _adjectival(self, i: int, info: PlaceType) -> bool:
        """Say whether a country's name is the adjective here: «القوات السعودية», not «تقود السعودية»."""
        if i == 0 or self.words.sentence_of[i - 1] != self.words.sentence_of[i]:
            return False
        before = self.words.key[i - 1]
        return before.startswith("ال") if info.definite else before.endswith(_FEMININE)

    def _pair(self, i: int, name: Name) -> None:
        """Two countries after «في» in are one region (CODEBOOK section 6): «في العراق وسوريا»."""
        if i == 0 or self.words.key[i - 1] not in self.tables.inside or name.last >= self._end(i):
            return
        other = self.name(name.last)
        if other is not None and other.cut == "و" and other.rows[0].level == "country":
            codes = (name.rows[0].country or "", other.rows[0].country or "")
            self._add(first=i, last=other.last, pattern="pair", level="region", codes=codes, cued=True)

    def _cued(self, i: int, name: Name) -> bool:
        if name.cut[-1:] in self.tables.clitics:
            return True
        if i == 0:
            return False
        before = self.infos[i - 1]
        if before is not None and before.before:
            return True
        if self.words.key[i - 1] == "#":
            return True
        joined = name.cut.startswith("و") and self._last_end == i
        return joined or (self.words.key[i - 1] in LISTING and self._last_end == i - 1)


__all__ = ["Raw", "Scan"]
