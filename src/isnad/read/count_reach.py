"""Which people stand before or after a word of toll, near enough to be its own."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from isnad.lexicon.countwords import count_words
from isnad.read.count_groups import and_before, coordinate, counts_people, plain
from isnad.read.mentions import CountMention
from isnad.read.phrase_tags import PhraseTags
from isnad.text import Words
from isnad.text.words import Kind

#: How many words may stand between a noun of toll (مقتل «death of») or a verb and its number.
NOUN_REACH = 4
_VERB_REACH = 14
#: The same where only a plain noun of people stands for the number (مقتل جندي «death of a soldier»).
_BARE_REACH = {"noun": 1, "verb": 2, "fall": 2, "hit": 1, "mass": 1, "plural": 0, "dual": 0, "total": -1}
_BEFORE_REACH = 12
_OTHER_SENSES = frozenset({"killed", "injured"})


class Cue(msgspec.Struct, frozen=True):
    """A word of toll: its words, field, form (as in counts.yaml, or his-one ...), and if و «and» joins it."""

    first: int
    last: int
    field: str
    form: str
    joined: bool


class Reach:
    """The words of toll and the people counted in some words of a text, and which is in reach of which."""

    def __init__(
        self, words: Words, tags: PhraseTags, counts: list[CountMention], first: int, last: int
    ) -> None:
        self.words = words
        self.first, self.last = first, last
        self.tags = tags
        self.lexicon = count_words()
        self.groups = coordinate(words, counts, tags)
        self.cues = self._cues()
        self.used: set[int] = set()

    def marked(self) -> list[int]:
        cues = self.tags.cues
        return cues[bisect_left(cues, self.first) : bisect_left(cues, self.last)]

    def _cues(self) -> list[Cue]:
        found = []
        reached = self.first
        for i in self.marked():
            tag, last = next(((t, j) for t, j in self.tags.get(i) if t.role in {"cue", "pronoun"}), (None, 0))
            if tag is None or i < reached:
                continue
            field, form = tag.value
            cut = self.tags.cut(i)
            if tag.role == "pronoun":
                form = f"his-{form}"
            elif form == "verb" and (cut[-1:] in {"ب", "ل"} or self._before_noun(i)):
                form = "noun"  # after a preposition it is the verbal noun
            found.append(Cue(i, last, field, form, cut.startswith("و")))
            reached = last
        return found

    def _before_noun(self, i: int) -> bool:
        return i > self.first and self.words.key[i - 1] in self.lexicon.before_nouns

    def definite(self, count: CountMention) -> bool:
        """Say whether a plain plural has the article: «القتلى» the dead, who were told of before."""
        key = self.words.key[count.first].lstrip("وف")
        return count.most is None and count.last == count.first + 1 and key.startswith(("ال", "بال", "لل"))

    def reach(self, n: int) -> int:
        return self.cues[n + 1].first if n + 1 < len(self.cues) else self.last

    def after(self, cue: Cue, limit: int) -> int | None:
        form = cue.form
        best: int | None = None
        for n, group in enumerate(self.groups):
            if (
                n in self.used
                or group.first < cue.last
                or group.first >= limit
                or group.sense not in {None, cue.field, "detained"}
            ):
                continue
            gap = group.first - cue.last
            if plain(group):
                reach = 0 if self._nisba(group) else _BARE_REACH[form]
                if best is None and gap <= reach:
                    best = n
                continue
            if form == "total" and self._until(n, limit):
                continue
            if counts_people(group) and gap <= (NOUN_REACH if form == "noun" else _VERB_REACH):
                if best is not None and not self._object_of(self.groups[best], group):
                    return best
                if form == "hit" and not group.people:
                    return best
                return n
        return best

    def _until(self, n: int, limit: int) -> bool:
        """Say whether the next number is the one reached: «ارتفع العدد من 5 إلى 13» rose from 5 to 13."""
        following = self.groups[n + 1] if n + 1 < len(self.groups) else None
        if following is None or following.first >= limit:
            return False
        return self.words.key[following.first - 1] == "الي"  # to

    def _object_of(self, plain: CountMention, group: CountMention) -> bool:
        """Say whether a number near a plain noun is the object, the noun the agent: «قتل مسلح 38 سائحا»."""
        near = group.first - plain.last <= 3
        return near and group.people and not and_before(self.tags, group.first)

    def _nisba(self, group: CountMention) -> bool:
        """Say whether a singular is mostly an adjective («إيراني» Iranian), a person only next to the cue."""
        return any(t.role == "person" and t.value.nisba for t, _ in self.tags.get(group.first))

    def before(self, cue: Cue, n: int) -> int | None:
        start = self.cues[n - 1].last if n else self.first
        best: int | None = None
        for m in range(len(self.groups) - 1, -1, -1):
            group = self.groups[m]
            if (
                m in self.used
                or group.last > cue.first
                or group.first < start
                or group.sense in {"killed", "injured"}
            ):
                continue
            if cue.first - group.last > _BEFORE_REACH:
                break
            if not plain(group) and counts_people(group):
                return m
            if best is None and group.people and self._subject(group, cue):
                best = m
        return best

    def _subject(self, group: CountMention, cue: Cue) -> bool:
        """Say whether a plain noun of people before a verb may be its subject."""
        gap = cue.first - group.last
        if gap > NOUN_REACH + 4 or (self.definite(group) and gap > 1) or (self._nisba(group) and gap):
            return False
        return not any(self.words.types[i].kind is Kind.PUNCT for i in range(group.last, cue.first))

    def _is_object(self, before: int, after: int, cue: Cue) -> bool:
        """Say whether the people after a plural verb are its object: «وقتلا خلاله 21 سائحا»."""
        one, two = self.groups[before], self.groups[after]
        if plain(two) or not two.people:
            return False
        return plain(one) or (two.unit.endswith("ا") and two.first - cue.last <= 2)

    def choose(self, cue: Cue, n: int) -> int | None:
        """Return the group that stands after or before the cue, whichever its form asks for."""
        after = self.after(cue, self.reach(n))
        if cue.form in {"noun", "hit", "total"}:
            return after
        before = self.before(cue, n)
        if after is None or before is None:
            return before if after is None else after
        if cue.form in {"plural", "dual"}:
            return after if self._is_object(before, after, cue) else before
        far = self.groups[after].first - cue.last > NOUN_REACH + 2
        return before if far and cue.first - self.groups[before].last <= NOUN_REACH else after
