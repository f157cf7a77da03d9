"""Places named by a head noun: towns, quarters, buildings, roads, and definite nouns that look back."""

from __future__ import annotations

import msgspec

from isnad.lexicon.gazetteer import EVERYDAY, PLAIN
from isnad.lexicon.gazetteer_like import like_name
from isnad.lexicon.placewords import Head
from isnad.read.place_names import LISTING, MAX_REACH, NOT_TOWNS, RARE, NameReader
from isnad.read.place_records import UNKNOWN, Name
from isnad.read.place_types import PlaceType
from isnad.text.frequencies import level

_BEFORE = frozenset("بل")  # in, to: a new phrase


def _foreign(key: str) -> bool:
    """Say whether a folded word may be a feminine adjective of a nation: «الكازاخية»."""
    return key.startswith("ال") and key.endswith("يه")


class SiteReader(NameReader):
    """Reads head nouns and what they name."""

    def _headed(self, i: int, info: PlaceType) -> int:
        head = info.head
        if head is None or head.level == "countryside":
            return 0
        if head.level == "road":
            return self._road(i, info, head)
        if info.definite:
            return self._definite(i, info, head)
        if head.loose and info.before and self._town_noun(i + 1):
            return 0  # «مركز مدينة كوباني» (the centre of the town) is the town
        name = self._named(i + 1, head)
        if name is None:
            plain = (head.generic and (not head.loose or self._described(i))) or (
                head.military and self._key(i + 1) in self.tables.military
            )
            return self._generic(i, info, head) if plain else 0
        name = self._longer(name, head)
        asked = name.level if name.inner and (head.level != "site") else head.level
        end = self._tail(name.last)
        end, codes = self._nisba_after(end)
        end = self._alias(end)
        self._add(
            first=i,
            last=end,
            cut=info.head_cut,
            pattern="head",
            level=asked,
            key=name.key,
            rows=name.rows,
            head=head,
            codes=codes,
            cued=True,
        )
        return self._others(end, head) if head.plural or head.level != "site" else end

    def _longer(self, name: Name, head: Head) -> Name:
        """Take a word more that only the list shows to be of the name: «قريتي خالد كلو وتل زيوان».

        After a plural noun a second name follows; what stands before its «و» (and) belongs to the first.
        """
        i = name.last
        if not head.plural or head.loose or name.inner or name.last > name.first + 1 or i + 1 >= self._end(name.first):
            return name
        after = self.name(i + 1, headed=True)
        if after is None or after.cut != "و" or not self._is_word(i) or level(self.words.key[i]) > RARE:
            return name
        info, splits = self.infos[i], self.words.types[i].splits[:1]
        if (info is not None and info.starts) or any(s.conjunction or s.preposition in _BEFORE for s in splits):
            return name
        key = f"{name.key} {self.words.key[i]}"
        rows = tuple(like_name(self.types.gazetteer, key))
        return msgspec.structs.replace(name, last=i + 1, key=key, rows=rows)

    def _others(self, end: int, head: Head) -> int:
        """Take the further names of a list: «قريتي X وY»."""
        while end < len(self.words) and self.words.sentence_of[end] == self.words.sentence_of[end - 1]:
            start = end + 1 if self.words.key[end] in LISTING else end
            if start >= len(self.words):
                break
            name = self.name(start, headed=True)
            if name is None or not (name.cut == "و" or (start > end and not name.cut and head.plural)):
                if not (
                    head.plural and not head.loose and start < len(self.words) and self.words.key[start].startswith("و")
                ):
                    break
                name = self._unknown_and(start, head)
                if name is None:
                    break
            side = head.level == "countryside"
            self._add(
                first=start,
                last=name.last,
                cut=name.cut,
                pattern="countryside" if side else "head",
                level="region" if side else head.level if head.plural else None,
                key=name.key,
                rows=name.rows,
                head=head,
                cued=True,
            )
            end = name.last
        return end

    def _definite(self, i: int, info: PlaceType, head: Head) -> int:
        """A head noun with article: in apposition («العاصمة السورية دمشق»), or looking back («المدينة»)."""
        end, codes = self._nisba_after(i + 1)
        if head.definite and not codes and end < self._end(i) and _foreign(self.words.key[end]):
            end, codes = end + 1, (UNKNOWN,)  # a nation or region that the lists lack: «العاصمة الشيشانية»
        if end < len(self.words) and self.words.sentence_of[end] == self.words.sentence_of[i]:
            j, _ = self._opened(end)
            name = self.name(j) if j < self._end(i) else None
            if name is not None and not name.cut and name.sure == PLAIN and name.rows[0].level == head.level:
                end, more = self._nisba_after(name.last)
                self._add(
                    first=i,
                    last=end,
                    cut=info.head_cut,
                    pattern="head",
                    level=head.level,
                    key=name.key,
                    rows=name.rows,
                    head=head,
                    codes=tuple(c for c in codes + more if c != UNKNOWN),
                    cued=True,
                )
                return end
        if head.definite or head.bare or head.generic:
            if head.level == "site" and not codes and end < len(self.words) and self._adjective(end):
                end += 1
            if end == i + 1 and ((head.plural and not self._modified(end)) or (head.generic and head.loose)):
                return 0  # «القرى» (the villages), «المركز» (the centre): no place by itself
            pattern = "capital" if head.definite else "anaphor"
            self._add(
                first=i,
                last=end,
                cut=info.head_cut,
                pattern=pattern,
                level=head.level,
                head=head,
                codes=codes,
            )
            return end
        return 0

    def _town_noun(self, i: int) -> bool:
        info = self.infos[i] if i < self._end(i - 1) else None
        if info is None or info.head is None or info.definite or info.head_cut:
            return False
        return info.head.level in ("town", "district", "governorate")

    def _adjective(self, i: int) -> bool:
        key = self.words.key[i]
        return self._is_word(i) and key.startswith("ال") and self.words.sentence_of[i] == self.words.sentence_of[i - 1]

    def _modified(self, i: int) -> bool:
        """Say whether a definite noun is narrowed: «المناطق المحررة», «المناطق التي ...»."""
        return i < self._end(i - 1) and (self.words.key[i].startswith("ال") or self._starts_place(i))

    def _described(self, i: int) -> bool:
        """Say whether a word follows in the same phrase: «موقع عسكري», «مركز للدرك»."""
        return i + 1 < self._end(i) and (self._is_word(i + 1) or self._starts_place(i + 1))

    def _generic(self, i: int, info: PlaceType, head: Head) -> int:
        """A building without name, with the place it stands in: «منزلاً في مدينة الباب» a house in Al-Bab."""
        limit = min(self._end(i), i + 1 + MAX_REACH)
        end = i + 1
        if end < limit and self._is_word(end) and not self._starts_place(end):
            end += 1
        for k in range(i + 1, limit):
            if self._starts_place(k):
                name = self._place_at(k)
                if name is not None:
                    self._add(
                        first=i,
                        last=name.last,
                        cut=info.head_cut,
                        pattern="site",
                        level=head.level,
                        key=name.key,
                        rows=name.rows,
                        head=head,
                    )
                    return end
        if head.plural and head.dwelling:
            return 0  # «منازل المدنيين» (houses of civilians): no place by itself
        self._add(first=i, last=end, cut=info.head_cut, pattern="site", level=head.level, head=head)
        return end

    def _starts_place(self, k: int) -> bool:
        info = self.infos[k]
        return info is not None and (
            info.within or (info.clitic.endswith("ب") and (info.head is not None or bool(info.names)))
        )

    def _place_at(self, k: int) -> Name | None:
        info = self.infos[k]
        if info is None:
            return None
        while info is not None and info.within and k + 1 < self._end(k):
            k += 1
            info = self.infos[k]
        if info is None:
            return None
        if info.head is not None and not info.definite and info.head.level not in NOT_TOWNS:
            return self._named(k + 1, info.head)
        name = self.name(k)
        return name if name is not None and (name.sure == PLAIN or name.cut) and name.sure != EVERYDAY else None

    def _road(self, i: int, info: PlaceType, head: Head) -> int:
        """«طريق حلب», «الطريق الواصل بين X وY», «طريق X - Y»."""
        j, limit = i + 1, self._end(i)
        while j < limit and self.words.key[j] in self.tables.road_words:
            j += 1
        name = self._named(j, head) if j < limit and (j > i + 1 or not info.definite) else None
        if name is None or not name.rows:
            near = not info.definite and i + 1 < limit and self._starts_place(i + 1)
            return self._generic(i, info, msgspec.structs.replace(head, level="site")) if near else 0
        end, ends = name.last, []
        while end < limit and (self.words.key[end] in LISTING or self.words.key[end].startswith("و")):
            other = self._named(end + 1, head) if self.words.key[end] in LISTING else self._joined(end)
            if other is None:
                break
            end = other.last
            ends.append(other.rows)
        self._add(
            first=i,
            last=end,
            cut=info.head_cut,
            pattern="head",
            level="site",
            key=name.key,
            rows=name.rows,
            head=msgspec.structs.replace(head, level="site"),
            cued=True,
            other=ends[0] if len(ends) == 1 else (),
        )
        return end

    def _joined(self, i: int) -> Name | None:
        """Return the place joined by و «and» at word i, with or without a head noun."""
        info = self.infos[i]
        name = self.name(i, headed=True)
        long = name is not None and name.last > i + 1  # «وتل براك»: no hill
        if not long and info is not None and info.head is not None and not info.definite:
            return self._named(i + 1, info.head)
        return name if name is not None and name.cut == "و" else None
