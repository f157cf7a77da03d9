"""What the steps of place, date and toll share: how a mention stands to a trigger, as groups of features.

A candidate is a pair of an event and a mention; its features say where the mention stands (side, distance, link, the
way between), what other events compete for it, and what earlier events were given.  A `Model` weighs them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from isnad.coding import attach_groups as named
from isnad.coding.draft import Draft
from isnad.coding.ground import LINKS, RELATIVES, Ground
from isnad.coding.groups import Group, Weigher
from isnad.coding.model import Model
from isnad.coding.reading import Reading
from isnad.model import Cue
from isnad.read.mentions import Mention
from isnad.text.words import Kind

YES, NO = "yes", "no"
PATH = 6  # words between trigger and mention up to which the way is spelled out
_NEAR = 30  # words of the way of which the links are seen one by one


class Pair:
    """How a mention of words [first, last) stands to an event."""

    __slots__ = ("before", "far", "gap", "link", "side", "way")

    def __init__(self, ground: Ground, draft: Draft, first: int, last: int) -> None:
        self.gap = draft.sentence - ground.reading.words.sentence_of[first]
        if self.gap:
            self.side = "^" if self.gap > 0 else "v"
            self.far = min(abs(self.gap), 5)
            self.way = (0, 0)
        elif first < draft.first:
            self.side, self.way = "<", (last, draft.first)
            self.far = bucket(draft.first - last)
        else:
            self.side, self.way = ">", (draft.last, first)
            self.far = bucket(first - draft.last)
        self.link, self.before = ground.beside(first, last)[:2]


_LIMITS = (0, 1, 2, 4, 7, 11, 17, 26)


def bucket(words: int) -> int:
    """Return the step of a distance in words."""
    return bisect_left(_LIMITS, words)


def pair_groups(ground: Ground, draft: Draft, pair: Pair, first: int, last: int, tag: str) -> list[Group]:
    """Return what is seen of the pair; `tag` is the coarse kind of the mention, to be combined with the rest."""
    side, far, link, before = pair.side, pair.far, pair.link, pair.before
    type_ = draft.type
    shape, stem, lemma, cluster = ground.traits[id(draft)]
    _, _, beside, after, beyond = ground.beside(first, last)
    out: list[Group] = [
        (named.stand, side, far, tag),
        (named.stand_link, side, far, link),
        (named.link_tag, side, link, tag),
        (named.far_with, side, far, type_),
        (named.far_with, side, far, shape),
        (named.tagged, side, tag, type_),
        (named.link_with, side, link, type_),
        (named.link_with, side, link, shape),
        (named.word_before, side, before),
        (named.word_tag, before, tag),
        (named.cluster_before, beside, side),
        (named.cluster_before, beside, tag),
        (named.cluster_before, beside, type_),
        (named.word_after, side, after),
        (named.cluster_after, side, beyond),
        (named.stem, stem, side, link),
        (named.stem_tag, stem, tag),
        (named.cluster, cluster, tag),
        (named.cluster, cluster, side),
        (named.state, type_, draft.mode, draft.status, side),
    ]
    if lemma is not None:
        out += (
            (named.lemma_link, lemma, side, link),
            (named.lemma_where, lemma, side, far),
            (named.lemma_shape, lemma, shape, side),
        )
    if ground.reading.words.sentences[draft.sentence].headline:
        out.append((named.headline, side, far, tag, link))
    if pair.gap:
        return out + _away(ground, draft, pair, first, shape, tag)
    return out + _between(ground, draft, pair, first, last, shape, tag)


def _away(ground: Ground, draft: Draft, pair: Pair, first: int, shape: str, tag: str) -> list[Group]:
    """The mention stands in another sentence: what stood beside it there."""
    words, side = ground.reading.words, pair.side
    there = words.sentences[words.sentence_of[first]]
    own = words.sentences[draft.sentence]
    events = ground.between(there.first, there.last)
    alike = any(e.type == draft.type for e in events)
    out: list[Group] = [
        (named.elsewhere, side, alike, there.headline, tag),
        (named.elsewhere_shape, side, alike, shape),
        (named.side_shape, side, shape, tag),
        (named.start, side, bucket(draft.first - own.first), shape),
        (named.start_key, side, words.key[own.first]),
    ]
    if draft.form and any(e.form and e.form.lemma == draft.form.lemma for e in events):
        out.append((named.alike, side, shape))
    return out


def _between(ground: Ground, draft: Draft, pair: Pair, first: int, last: int, shape: str, tag: str) -> list[Group]:
    """What stands between trigger and mention: other events, stops, links."""
    side, type_, marks = pair.side, draft.type, ground.marks
    low, high = pair.way
    stops = min(_count(ground.stops_at, low, high), 3)
    triggers = min(_count(ground.triggers_at, low, high), 4)
    events = ground.between(low, high)
    n = min(len(events), 3)
    out: list[Group] = [
        (named.passed, n, side, type_, pair.link),
        (named.passed_tag, n, side, tag),
        (named.passed_stops, stops, triggers, side),
        (named.passed_shape, n, stops, side, shape),
    ]
    if high - low <= PATH:
        out.append((named.path, side, "".join(marks[low:high]), type_, shape))
    else:
        out.append((named.way, side, "".join(marks[low : low + 3] if side == ">" else marks[high - 3 : high])))
    keys, links = ground.reading.words.key, ground.links_at
    inside = links[bisect_left(links, low) : bisect_left(links, min(high, low + _NEAR))] if high > low else ()
    out += dict.fromkeys((named.mid, side, keys[i]) for i in inside)
    if any(keys[i] in RELATIVES for i in inside):
        out.append((named.relative, side, n))
    if events:
        e = events[-1] if side == ">" else events[0]
        out += ((named.by, side, e.type, type_), (named.by, side, ground.shapes[id(e)], shape))
        if e.form:
            out.append((named.by_lemma, side, e.form.lemma))
    other = ground.between(last, last + 25)[:1] if side == ">" else ground.between(max(first - 25, 0), first)[-1:]
    for e in other:
        if e.sentence == draft.sentence:
            closer = (e.head - last if side == ">" else first - e.head) < (high - low)
            out += (
                (named.beyond, side, closer, n),
                (named.beyond_type, side, e.type, type_),
                (named.beyond_shape, side, closer, ground.shapes[id(e)], shape),
            )
    if not other:
        out.append((named.alone, side, n))
    if ground.reading.quoted[first] != ground.reading.quoted[draft.head]:
        out.append((named.quote, side))
    return out


def _count(positions: Sequence[int], low: int, high: int) -> int:
    return bisect_left(positions, high) - bisect_left(positions, low) if high > low else 0


def yes(model: Model, weigher: Weigher, examples: Sequence[Sequence[Group]]) -> list[float]:
    """Return the probability that each candidate belongs to its event."""
    if not examples:
        return []
    columns = weigher.columns(model, examples)
    out: list[float] = model.probabilities(columns)[:, model.classes.index(YES)].tolist()
    return out


def mention_cue(reading: Reading, draft: Draft, field: str, mention: Mention) -> Cue:
    """Return what led to a mention: the link before it, its own words, or that it was carried over."""
    words, i = reading.words, mention.first
    if words.sentence_of[i] != draft.sentence:
        return Cue(field=field, rule="carried over", text=mention.text, start=mention.start, end=mention.end)
    own = words.sentences[draft.sentence].first
    if i > own and words.key[i - 1] in LINKS and words.types[i - 1].kind is Kind.WORD:
        start, end = words.start[i - 1], words.end[i - 1]
        return Cue(field=field, rule="link", text=words.surface(i - 1, i), start=start, end=end)
    return Cue(field=field, rule="beside", text=mention.text, start=mention.start, end=mention.end)
