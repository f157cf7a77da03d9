"""People counted together: which counts «and» joins to one, and what kind of count one is."""

from __future__ import annotations

from msgspec.structs import replace

from isnad.read.mentions import CountMention
from isnad.read.phrase_tags import PhraseTags
from isnad.text import Words
from isnad.text.words import Kind

#: How many words may stand between two counts that «and» joins.
_JOIN_REACH = 5


def plain(count: CountMention) -> bool:
    """Say whether a count is a plain noun of people, without a number."""
    return count.people and (count.least, count.most) in {(1, 1), (1, None)}


def counts_people(count: CountMention) -> bool:
    """Say whether a count may be of people: of a noun of people, or of none that is known."""
    return count.people or not count.unit


def add(one: int | None, two: int | None) -> int | None:
    """Return the sum, open where a part is."""
    return None if one is None or two is None else one + two


def and_before(tags: PhraseTags, i: int) -> bool:
    """Say whether و «and» stands before word i, attached or, before figures, apart."""
    return tags.cut(i).startswith("و") or (i > 0 and tags.words.key[i - 1] == "و")


def coordinate(words: Words, counts: list[CountMention], tags: PhraseTags) -> list[CountMention]:
    """Add up what «and» joins: «3 أطفال وامرأة» four, «12 متشددا و5 مدنيين» seventeen."""
    out: list[CountMention] = []
    for count in counts:
        before = out[-1] if out else None
        if before and _joined(words, before, count, tags):
            least, most = add(before.least, count.least), add(before.most, count.most)
            end = count.end
            out[-1] = replace(
                before, last=count.last, end=end, text=words.text[before.start : end], least=least, most=most
            )
        else:
            out.append(count)
    return out


def _joined(words: Words, one: CountMention, two: CountMention, tags: PhraseTags) -> bool:
    plural = two.most is None and two.last == two.first + 1
    if plural and (one.most is None or words.key[two.first].startswith("وال")):  # two plurals; «and the ...»
        return False
    if {one.sense, two.sense} & {"killed", "injured"} or not counts_people(one) or not counts_people(two):
        return False
    if two.first - one.last > _JOIN_REACH or not and_before(tags, two.first):
        return False
    for i in range(one.last, two.first):
        comma = words.key[i] in {"،", ","} and two.first - i <= 2 and not plain(two)
        if words.types[i].kind is Kind.PUNCT and not comma:
            return False
        if any(tag.role in {"cue", "part"} for tag, _ in tags.get(i)):
            return False
    return True
