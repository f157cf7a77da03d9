"""Numbers of people in a text (CODEBOOK section 9): figures, words, duals, quantities, plain plurals."""

from __future__ import annotations

from isnad.lexicon.countwords import Person, count_words
from isnad.lexicon.timewords import time_words
from isnad.read.count_tags import count_tags
from isnad.read.mentions import CountMention
from isnad.read.phrase_tags import PhraseTags
from isnad.text import Words
from isnad.text.numerals import read_number
from isnad.text.words import Kind

Limits = tuple[int | None, int | None]
_MODIFIERS = frozenset({"more", "at_least", "about", "less", "up_to"})
_NUMERIC = frozenset({"number", "quantity"})
_FROM = frozenset({"من"})  # of
_TWO = frozenset({"اثنين", "اثنان", "اثنتين", "اثنتان"})  # two, after a dual
_ONE = frozenset({"واحد", "واحدا", "واحده"})  # one, after a singular
_DATE_MARKS = frozenset("/:-%")


class _Reader:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.key = words.key
        self.size = len(words)
        self.tags: PhraseTags = count_tags(words)
        self.tag = self.tags.tag
        self.lexicon = count_words()
        self.part_until = -1

    def person(self, i: int) -> tuple[Person, int] | None:
        found = self.tag(i, "person")
        return (found[0].value, found[1]) if found else None

    # -- one count

    def read(self, i: int) -> CountMention | None:
        """Return the count that starts at word i."""
        modifier, j = "", i
        for tag, last in self.tags.get(i):
            if tag.role in _MODIFIERS:
                modifier, j = tag.role, last
                break
        tagged = self.tags.get(j)
        roles = {tag.role for tag, _ in tagged}
        limits = None
        if "between" in roles:
            limits = self._between(j + 1)
        elif not tagged or roles & _NUMERIC:
            limits = self._quantity(j) or self._number(j)
        if limits is not None:
            return self._numbered(i, limits, modifier)
        return self._unnumbered(i) if j == i and "person" in roles else None

    def _number(self, j: int) -> tuple[Limits, int] | None:
        """Return the number at word j, unless it is a piece of a date or of the time of day."""
        figures = j < self.size and self.words.types[j].kind is Kind.NUMBER
        if figures and (self._in_figures(j, -1) or self._in_figures(j, 1)):
            return None
        number = read_number(self.words, j)
        return ((number[1], number[2]), number[0]) if number else None

    def _in_figures(self, j: int, step: int) -> bool:
        """Say whether a mark joins word j to another number: 15/2, 12:30, 3-5; or a percent sign follows."""
        mark, other = j + step, j + 2 * step
        if not (0 <= mark < self.size) or self.key[mark] not in _DATE_MARKS:
            return False
        if step > 0 and self.key[mark] == "%":
            return True
        return 0 <= other < self.size and self.words.types[other].kind is Kind.NUMBER

    def _and(self, i: int) -> bool:
        """Say whether word i is joined by و «and»."""
        return self.tags.cut(i).startswith("و")

    def _one_of(self, j: int) -> bool:
        """Say whether «one of» stands at word j."""
        found = self.tag(j, "quantity")
        return bool(found and found[0].value == (1, 1))

    def _between(self, j: int) -> tuple[Limits, int] | None:
        low = read_number(self.words, j)
        if not low or low[0] >= self.size:
            return None
        k = low[0]
        if self.key[k] in {"و", "الي"}:  # and, to
            k += 1
        high = read_number(self.words, k)
        if not high or not low[1] or not high[2] or high[2] <= low[1]:
            return None
        return (low[1], high[2]), high[0]

    def _quantity(self, j: int) -> tuple[Limits, int] | None:
        found = self.tag(j, "quantity")
        if not found:
            return None
        (least, most), k = found[0].value, found[1]
        if most is None:
            if k < self.size and self.key[k] in self.lexicon.sized and self.key[k] not in _FROM:
                k += 1
                if k >= self.size or self.key[k] not in _FROM:
                    return (least, most), k
            person = self.person(k + 1 if k < self.size and self.key[k] in _FROM else k)
            return ((least, most), k) if person and person[0].number in {"many", "either"} else None
        return None if read_number(self.words, j) else ((least, most), k)  # not «أحد عشر», eleven

    def _numbered(self, i: int, found: tuple[Limits, int], modifier: str) -> CountMention | None:
        (least, most), last = found
        k = last
        after = self.tag(k, "at_least") or self.tag(k, "up_to")
        if after:
            modifier, k = after[0].role, after[1]
            last = k
        if k < self.size and self.key[k] in _FROM:
            k += 1
        person = self.person(k)
        if person and self._and(k):
            person = None
        if (
            not person and least == most and self.key[i].startswith("ال") and i + 1 == last
        ):  # «العشر الأواخر», the last ten (nights)
            return None
        if not person and least == most == 1 and not self._one_of(i):  # «من عائلة واحدة», of one family
            return None
        unit, people, sense = "", False, None
        if person:
            noun, last = person[0], person[1]
            unit, people, sense = self.key[k], True, noun.sense
            other = self.person(last)
            if other and not self.tags.cut(last):
                sense, last = sense or other[0].sense, other[1]
        elif k < self.size and (self._thing(k) or (most == least and self._date(k, least))):
            unit = self.key[k]
        if not person and not unit and least == most and least is not None and 1900 <= least <= 2100:
            return None
        for n in (last, last + 1):
            late = self.tag(n, "at_least") or self.tag(n, "up_to")
            if late:
                modifier, last = late[0].role, late[1] if n == last else last
                break
        return self._mention(i, last, _modified(least, most, modifier), unit, people, sense)

    def _thing(self, k: int) -> bool:
        if self.key[k] == "%":
            return True
        things = self.lexicon.things
        key = self.key[k]
        if key in things or key.removesuffix("ا") in things:
            return True
        return any(split.stem in things for split in self.words.types[k].splits[:3])

    def _date(self, k: int, value: int | None) -> bool:
        """Say whether word k is a month: «15 شباط» is a day."""
        if not value or value > 31:
            return False
        node = time_words().root.next.get(self.key[k])
        after = node.next.get(self.key[k + 1]) if node and k + 1 < self.size else None
        return any(tag.role == "month" for found in (node, after) if found for tag in found.tags)

    def _unnumbered(self, i: int) -> CountMention | None:
        found = self.person(i)
        if not found or not self._plain(i, found[0]):
            return None
        noun, last = found
        limits: Limits = {"one": (1, 1), "two": (2, 2)}.get(noun.number, (1, None))
        if noun.number == "one" and (noun.definite or noun.other):
            return None
        following = self.key[last] if last < self.size else ""
        if following in _TWO:
            if noun.number == "either":
                limits = (2, 2)
            last += 1
        elif noun.number == "either" and last + 1 < self.size and self.key[last + 1] in _TWO:
            limits, last = (2, 2), last + 2  # an adjective between: «دبلوماسيين كنديين اثنين»
        elif noun.number == "one" and following in _ONE:
            last += 1
        other = self.person(last)
        if noun.number != "one" and other and other[0].other:
            last = other[1]
            if last < self.size and self.key[last] in _TWO:
                limits, last = (2, 2), last + 1
        return self._mention(i, last, limits, self.key[i], True, noun.sense)

    def _one_of_them(self, i: int, last: int, sense: str | None) -> bool:
        """Say whether this is «أحد القتلى», one of the dead told of before."""
        return bool(sense) and last - i == 2 and self._one_of(i) and self.key[i + 1].startswith("ال")

    def _plain(self, i: int, noun: Person) -> bool:
        """Say whether a noun of people may stand as a count without a number."""
        if self.tags.cut(i)[-1:] in {"ل", "ك"}:  # of, like
            return False
        if not noun.counted or noun.number == "two":
            return True
        return noun.number == "many" and i > 0 and self.key[i - 1] in self.lexicon.fallen

    def _mention(
        self, i: int, last: int, limits: Limits, unit: str, people: bool, sense: str | None
    ) -> CountMention:
        words = self.words
        start, end = words.start[i], words.end[last - 1]
        part = (i < self.part_until and limits != (0, 0)) or self._one_of_them(i, last, sense)
        return CountMention(
            first=i, last=last, start=start, end=end, text=words.text[start:end],
            least=limits[0], most=limits[1], unit=unit, people=people, sense=sense, part=part,
        )  # fmt: skip

    # -- what is not counted

    def pass_over(self, i: int) -> int:
        """Return where reading goes on after words that hold no count of their own, or 0."""
        for tag, last in self.tags.get(i):
            if tag.role == "part":  # what follows is a share of a number that went before
                self.part_until = self.part_scope(last - 1)
                return last
            if tag.role == "split" or (tag.role == "cue" and tag.value[1] == "total"):
                return last  # «بين قتيل وجريح», dead or wounded; «عدد القتلى», the number of the dead
        return 0

    def none_lost(self, i: int) -> list[CountMention]:
        """Return nought killed, injured or both for casualties that a negation shortly before denies."""
        casualty = self.tag(i, "casualty")
        if casualty is None or self.tags.cut(i)[-1:] == "ل":  # of the victims
            return []
        tag, last = casualty
        sentence = self.words.sentences[self.words.sentence_of[i]].first
        for j in range(i - 1, max(sentence, i - self.lexicon.none_within) - 1, -1):
            if self.words.types[j].kind is Kind.PUNCT:
                return []
            if self.tag(j, "negation"):
                senses = ("killed", "injured") if tag.value == "both" else (tag.value,)
                return [self._mention(i, last, (0, 0), self.key[i], True, sense) for sense in senses]
        return []

    def part_scope(self, i: int) -> int:
        """Return where the part that opens at word i ends: a mark, a word of toll, the sentence's end."""
        end = self.words.sentences[self.words.sentence_of[i]].last
        for j in range(i + 1, end):
            if self.words.types[j].kind is Kind.PUNCT or self.tag(j, "cue"):
                return j
        return end


def _modified(least: int | None, most: int | None, modifier: str) -> Limits:
    if modifier == "more":
        return (None if least is None else least + 1), None
    if modifier == "at_least":
        return least, None
    if modifier == "less":
        return None, None if most is None else most - 1
    if modifier == "up_to":
        return None, most
    return least, most


def find_counts(words: Words) -> list[CountMention]:
    """Return the counts of a text in order; `people` is False where the noun is unknown or a thing.

    `part` marks a share of a number that went before («بينهم طفلان» two children among them): never a toll.
    """
    reader = _Reader(words)
    out: list[CountMention] = []
    reached = 0
    for i in reader.tags.openers:
        if i < reached:
            continue
        passed = reader.pass_over(i)
        if passed:
            reached = passed
            continue
        none = reader.none_lost(i)
        if none:
            out.extend(none)
            reached = none[0].last
            continue
        found = reader.read(i)
        if found:
            out.append(found)
            reached = found.last
    return out
