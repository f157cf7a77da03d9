"""Which count belongs to which word of death, injury or detention (CODEBOOK section 9)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from isnad.model import Span
from isnad.read.count_groups import add, and_before, plain
from isnad.read.count_reach import NOUN_REACH, Cue, Reach
from isnad.read.count_tags import count_tags
from isnad.read.mentions import CountMention
from isnad.read.phrase_tags import PhraseTags
from isnad.text import Words
from isnad.text.words import Kind

_RELATIVE_ONE = frozenset({"الذي", "التي"})  # who, that
_RELATIVE_MANY = frozenset({"الذين", "اللذين"})  # who, plural
_NAME_STARTS = frozenset({"ابو", "ابي", "ام", "ابن"})  # father of, mother of, son of: how names of war begin
_QUOTES = frozenset("«\"“”'")


class Toll(msgspec.Struct, frozen=True, kw_only=True):
    """A count with what became of the people: `field` is killed | injured | detained, `cue` the words for it.

    `rule`: number; sense (the noun says it); known (one person told of, or a pronoun); named (a name may
    follow); verb (a verb without its people).
    """

    count: CountMention
    field: str
    cue: Span
    rule: str = "number"


#: People that one event can befall.
MOST = 1_000_000_000


def tolls(words: Words, counts: Sequence[CountMention], first: int, last: int) -> list[Toll]:
    """Return the tolls told in words [first, last), usually one sentence, in the order of their counts.

    More than `MOST` are no people: sums of money «released» come in milliards.

    «مقتل وإصابة 16» and «20 شخصا بين قتيل وجريح» give the number to both fields with 1 as least.
    """
    tags = count_tags(words)
    low = bisect_left(counts, first, key=_first)
    within = counts[low : bisect_left(counts, last, key=_first)]
    here = [count for count in within if not count.part and max(count.least or 0, count.most or 0) <= MOST]
    if not here and bisect_left(tags.cues, first) == bisect_left(tags.cues, last):
        return []
    return _Reader(words, tags, here, first, last).read()


def _first(count: CountMention) -> int:
    return count.first


class _Reader(Reach):
    """Deals the people of some words out to the words of toll among them."""

    def __init__(
        self, words: Words, tags: PhraseTags, counts: list[CountMention], first: int, last: int
    ) -> None:
        super().__init__(words, tags, counts, first, last)
        self.late: list[Cue] = []  # cues without a number: read when the numbers are spoken for
        self.out: list[Toll] = []

    def span(self, first: int, last: int) -> Span:
        words = self.words
        return Span(words.surface(first, last), words.start[first], words.end[last - 1])

    def emit(self, count: CountMention, field: str, first: int, last: int, rule: str = "number") -> None:
        self.out.append(Toll(count=count, field=field, cue=self.span(first, last), rule=rule))

    def read(self) -> list[Toll]:
        self._sensed()
        self._splits()
        skip: set[int] = set()
        for n, cue in enumerate(self.cues):
            if n in skip:
                continue
            shared = self.cues[n + 1] if n + 1 < len(self.cues) else None
            joined = shared is not None and shared.joined and shared.first == cue.last and _pairs(cue, shared)
            if shared and joined and shared.field != cue.field and self._pair(cue, shared, n):
                skip.add(n + 1)
                continue
            self._one(cue, n)
        told = {toll.field for toll in self.out}
        for cue in self.late:
            if cue.field not in told:
                self._known(cue)
        for n, group in enumerate(self.groups):  # «ستين أسيرا» with no word of what befell them
            if n not in self.used and group.sense == "detained" and not plain(group):
                self.emit(group, group.sense, group.first, group.last, "sense")
        self.out.sort(key=lambda toll: toll.count.first)
        return self.out

    def _sensed(self) -> None:
        for n, group in enumerate(self.groups):
            if group.sense and group.sense != "detained" and not self.definite(group):
                self.used.add(n)
                second = self._second_sense(group)
                half = replace(group, least=1) if second and group.most else group
                self.emit(half, group.sense, group.first, group.last)
                if second:
                    self.emit(half, second, group.first, group.last)

    def _second_sense(self, group: CountMention) -> str | None:
        """Return the second sense of «عشرات القتلى والجرحى», tens of dead and wounded together."""
        i = group.last
        if (
            group.last - group.first < 2 or i >= self.last or not self.words.key[i].startswith("وال")
        ):  # and the
            return None
        senses = [
            t.value.sense for t, _ in self.tags.get(i) if t.role == "person" and t.value.number != "one"
        ]
        return senses[0] if senses and senses[0] != group.sense else None

    def _splits(self) -> None:
        for i in self.marked():
            tagged = self.tags.tag(i, "split")
            if tagged is None:
                continue
            split = tagged[1]
            near = [
                n
                for n, g in enumerate(self.groups)
                if g.last <= i and i - g.last <= NOUN_REACH + 2 and not g.sense
            ]
            if near:
                self.used.add(near[-1])
                half = replace(self.groups[near[-1]], least=1)
                self.emit(half, "killed", i, split)
                self.emit(half, "injured", i, split)

    def _pair(self, cue: Cue, shared: Cue, n: int) -> bool:
        if cue.form in {"plural", "dual"}:  # both befell all of them
            found = self.before(cue, n)
            for one in (cue, shared) if found is not None else ():
                self.emit(self.groups[found or 0], one.field, one.first, one.last)
            return found is not None
        limit = self.reach(n + 1)
        found = self.after(replace(shared, form="noun" if shared.form == "noun" else "verb"), limit)
        if found is None:
            return False
        self.used.add(found)
        group = self.groups[found]
        half = group if group.least is None else replace(group, least=min(1, group.least))
        self.emit(half, cue.field, cue.first, cue.last)
        self.emit(half, shared.field, shared.first, shared.last)
        return True

    def _one(self, cue: Cue, n: int) -> None:
        if cue.form.startswith("his-"):
            self.late.append(cue)
            return
        if (cue.form == "noun" and self._told_of(cue.last)) or self._kin_follows(cue, self.reach(n)):
            self._with_company(cue, self.reach(n))
            return
        found = self.choose(cue, n)
        if found is None:
            self.late.append(cue)
            return
        self.used.add(found)
        group = self.groups[found]
        if any(t.role == "with" and j == group.first for t, j in self.tags.get(cue.last)):
            group = replace(group, least=add(group.least, 1), most=add(group.most, 1))
        if cue.form == "dual" and (group.least, group.most) == (
            1,
            1,
        ):  # one named with another: «قياديا ومرافقه قتلا»
            group = replace(group, least=2, most=2)
        self.emit(group, cue.field, cue.first, cue.last)

    def _told_of(self, i: int) -> bool:
        """Say whether a known person stands at word i: «الجندي فلان» the soldier so-and-so."""
        people = [t.value for t, _ in self.tags.get(i) if t.role == "person"] if i < self.last else []
        return bool(people) and people[0].definite and people[0].number == "one"

    def _kin_follows(self, cue: Cue, limit: int) -> bool:
        """Say whether the first people after the cue are «and his son» and the like, after a name."""
        if cue.form not in {"noun", "verb"}:
            return False
        first = next((g for g in self.groups if g.first >= cue.last), None)
        if (
            first is None
            or first.first >= limit
            or first.first == cue.last
            or not and_before(self.tags, first.first)
        ):
            return False
        return any(t.role == "person" and t.value.unit == "kin" for t, _ in self.tags.get(first.first))

    def _with_company(self, cue: Cue, limit: int) -> None:
        """Read a known person, alone or with others: «مقتل الضابط فلان وثلاثة جنود» four."""
        for n, group in enumerate(self.groups):
            if not cue.last < group.first < min(limit, cue.last + 2 * NOUN_REACH):
                continue
            joined = and_before(self.tags, group.first) and not group.sense and group.people
            if joined and n not in self.used and not self.definite(group):
                self.used.add(n)
                more = replace(group, least=add(group.least, 1), most=add(group.most, 1))
                self.emit(more, cue.field, cue.first, cue.last)
                return
            break
        self.late.append(cue)

    def _known(self, cue: Cue) -> None:
        """Read a cue without a number: a person named or told of («الذي قتل», «مقتل الطفل فلان»)."""
        if cue.form.startswith("his-"):
            self._bare(cue, {"his-one": (1, 1), "his-two": (2, 2)}.get(cue.form, (1, None)))
            return
        before = self.words.key[cue.first - 1] if cue.first > self.first else ""
        if before in self.lexicon.attempts or cue.form in {"fall", "hit", "total"}:
            return
        if cue.form == "mass":
            self._bare(cue, (1, None))
        elif cue.form != "noun" and before in _RELATIVE_ONE:
            self._bare(cue, (1, 1))
        elif cue.form == "plural" and before in _RELATIVE_MANY:
            self._bare(cue, (1, None))
        elif self._named(cue.last):
            self._bare(cue, (1, 1))
        elif self._takes_name(cue) and self._may_be_name(cue.last, article=cue.field == "killed"):
            self._bare(cue, (1, 1), "named")
        elif cue.field == "killed" and cue.form == "verb":
            self._bare(cue, (1, 1), "verb")

    def _named(self, i: int) -> bool:
        if i >= self.last:
            return False
        for tag, _ in self.tags.get(i):
            if tag.role == "person" and tag.value.number == "one" and not tag.value.nisba:
                return True
        key = self.words.key[i]
        return key in _NAME_STARTS or (
            key in _QUOTES and i + 1 < self.last and self.words.key[i + 1] in _NAME_STARTS
        )

    def _takes_name(self, cue: Cue) -> bool:
        return cue.form == "noun" and (
            cue.field == "killed" or (cue.field == "detained" and cue.last - cue.first > 1)
        )

    def _may_be_name(self, i: int, *, article: bool) -> bool:
        if i >= self.last or self.words.types[i].kind is not Kind.WORD:
            return False
        if not article and self.words.key[i].startswith("ال"):  # the
            return False
        return not any(tag.role in {"person", "quantity", "cue"} for tag, _ in self.tags.get(i))

    def _bare(self, cue: Cue, limits: tuple[int, int | None], rule: str = "known") -> None:
        span = self.span(cue.first, cue.last)
        count = CountMention(
            first=cue.first, last=cue.last, start=span.start, end=span.end, text=span.text,
            least=limits[0], most=limits[1], people=True,
        )  # fmt: skip
        self.emit(count, cue.field, cue.first, cue.last, rule)


def _pairs(cue: Cue, shared: Cue) -> bool:
    """Say whether two joined words of toll can share a number: «مقتل وإصابة», «اعتقلوا وأعدموا»."""
    loose = {"noun", "verb"}
    return cue.form == shared.form or (cue.form in loose and shared.form in loose)
