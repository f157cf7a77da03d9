"""Parts of lands: countryside, directions, borders, «the lands of», and the country spoken of."""

from __future__ import annotations

import msgspec

from isnad.lexicon.gazetteer import EVERYDAY
from isnad.read.place_names import LISTING, NOT_TOWNS
from isnad.read.place_records import Name
from isnad.read.place_sites import SiteReader
from isnad.read.place_types import PlaceType
from isnad.text.words import Kind


class WayReader(SiteReader):
    """Reads the parts of countries, governorates and towns."""

    def _countryside(self, i: int, info: PlaceType) -> int:
        if info.head is None or info.head.level != "countryside":
            return 0
        end = i + 1
        name: Name | None = None
        if not info.definite:
            name = self._countryside_of(i + 1, info)
            if name is None:
                return 0
            end = name.last
        end, ways = self._sides(end)
        end, codes = self._nisba_after(end)
        if name is None and not ways:
            return 0
        self._add(
            first=i,
            last=end,
            cut=info.head_cut,
            pattern="countryside",
            level="region",
            head=info.head,
            key=name.key if name else "",
            rows=name.rows if name else (),
            way=_way(ways),
            codes=codes,
            cued=True,
        )
        return self._others(end, info.head) if name and info.head and info.head.plural else end

    def _countryside_of(self, i: int, info: PlaceType) -> Name | None:
        if i >= self._end(i - 1):
            return None
        inner = self.infos[i]
        if (
            inner is not None
            and inner.head is not None
            and not inner.definite
            and inner.head.level not in NOT_TOWNS
        ):
            return self._named(i + 1, inner.head)
        return self._named(i, info.head) if info.head else None

    def _sides(self, i: int) -> tuple[int, list[str]]:
        ways: list[str] = []
        while i < len(self.infos) and (info := self.infos[i]) is not None and info.side and len(ways) < 2:
            if self.words.sentence_of[i] != self.words.sentence_of[i - 1]:
                break
            ways.append(info.side)
            i += 1
        return i, ways

    def _way(self, i: int, info: PlaceType) -> int:
        """Directions: «شمال غربي سوريا», «الشمال السوري», «شمال وشرق سوريا», «شمال البلاد»."""
        if info.direction is None:
            return 0
        ways, j, definite = [info.direction], i + 1, info.definite
        while j < len(self.infos) and (more := self.infos[j]) is not None and len(ways) < 2:
            if not (more.direction or more.side) or self.words.sentence_of[j] != self.words.sentence_of[i]:
                break
            ways.append(more.direction or more.side or "")
            j += 1
        if definite:
            end, codes = self._nisba_after(j)
            if codes:
                self._add(
                    first=i,
                    last=end,
                    cut=self._cut(i),
                    pattern="way",
                    level="region",
                    way=_way(ways),
                    codes=codes,
                )
            return end if codes else 0
        if j >= self._end(i):
            return 0
        at = self.infos[j]
        if at is not None and at.nation:
            self._add(first=i, last=j + 1, cut=self._cut(i), pattern="way", level="region", way=_way(ways))
            return j + 1
        name = self._way_name(j, at)
        if name is None or (name.cut and name.cut != "ل"):
            return 0
        wide = any(r.level in ("country", "governorate", "region") for r in name.rows)
        if ways == ["central"] and not any(r.level == "country" for r in name.rows):
            return 0
        self._add(
            first=i,
            last=name.last,
            cut=self._cut(i),
            pattern="way",
            way=_way(ways),
            key=name.key,
            rows=name.rows,
            level=name.level or ("region" if wide else None),
            cued=True,
        )
        return name.last

    def _way_name(self, j: int, at: PlaceType | None) -> Name | None:
        if at is not None and at.head is not None and not at.definite and at.head.level not in NOT_TOWNS:
            name = self._named(j + 1, at.head)
            return msgspec.structs.replace(name, level=name.level or at.head.level) if name else None
        j, _ = self._opened(j)
        name = self.name(j) if j < len(self.words) else None
        return name if name is not None and name.sure != EVERYDAY else None

    def _border(self, i: int, info: PlaceType) -> int:
        """«الحدود السورية التركية», «الحدود مع العراق», «حدود مالي», «الشريط الحدودي»."""
        if not info.border:
            return 0
        j, codes = i + 1, []
        while j < self._end(i):
            at = self.infos[j]
            if at is not None and (at.nisba or at.border_adjective):
                codes += [at.nisba] if at.nisba else []
            elif not (codes and self.words.key[j] in LISTING):
                break
            j += 1
        if not codes and j < self._end(i):
            k = j + 1 if self.words.key[j] in ("مع", "بين") else j  # with, between
            name = self.name(k) if k < self._end(i) else None
            if name is not None and name.rows[0].level == "country" and (k > j or not name.cut):
                j, codes = name.last, [name.rows[0].country or ""]
        if not codes and not info.definite:
            return 0
        while self.words.types[j - 1].kind is Kind.PUNCT:
            j -= 1
        self._add(first=i, last=j, cut=self._cut(i), pattern="border", level="region", codes=tuple(codes))
        return j

    def _land(self, i: int, info: PlaceType) -> int:
        """«الأراضي السورية», «المدن العراقية»: the country."""
        if not info.land or not info.definite:
            return 0
        end, codes = self._nisba_after(i + 1)
        if not codes:
            return 0
        self._add(first=i, last=end, cut=self._cut(i), pattern="land", level="country", codes=codes)
        return end

    def _nation(self, i: int, info: PlaceType) -> int:
        """«البلاد» the country spoken of; «المملكة» the kingdom."""
        if info.nation or info.kingdom:
            pattern = "kingdom" if info.kingdom else "nation"
            end, codes = self._nisba_after(i + 1)
            self._add(first=i, last=end, cut=self._cut(i), pattern=pattern, level="country", codes=codes)
            return end
        return 0


def _way(ways: list[str]) -> str:
    """Return directions as one: north + west → northwest."""
    if len(ways) == 2 and ways[0] in ("north", "south") and ways[1] in ("east", "west"):
        return ways[0] + ways[1]
    return " and ".join(dict.fromkeys(ways))
