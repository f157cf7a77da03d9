"""What the steps of place, date and toll share: how a mention stands to a trigger, as groups of features.

A candidate is a pair of an event and a mention; its features say where the mention stands (side, distance, link, the
way between), what other events compete for it, and what earlier events were given.  A `Model` weighs them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

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
        (_stand, side, far, tag, link),
        (_typed, side, far, type_, shape),
        (_tagged, side, tag, type_),
        (_linked, side, link, type_, shape),
        (_word_before, side, before, tag),
        (_cluster_before, beside, side, tag, type_),
        (_word_after, side, after, beyond),
        (_stem, stem, side, link),
        (_stem_tag, stem, cluster, tag),
        (_state, type_, draft.mode, draft.status, side),
        (_cluster, cluster, side),
    ]
    if lemma is not None:
        out += ((_lemma_link, lemma, side, link), (_lemma_where, lemma, side, far), (_lemma_shape, lemma, shape, side))
    if ground.reading.words.sentences[draft.sentence].headline:
        out.append((_headline, side, far, tag, link))
    if pair.gap:
        return out + _away(ground, draft, pair, first, shape, tag)
    return out + _between(ground, draft, pair, first, last, shape, tag)


def _stand(side: str, far: int, tag: str, link: str) -> Sequence[str]:
    where = f"{side}{far}"
    return ("b", where, "k=" + tag, f"{where}|{tag}", f"{side}{link}", f"{where}|{link}", f"{side}{link}|{tag}")


def _typed(side: str, far: int, type_: str, shape: str) -> Sequence[str]:
    return f"{side}{far}|{type_}", f"{side}{far}|{shape}"


def _tagged(side: str, tag: str, type_: str) -> Sequence[str]:
    return (f"{side}|{tag}|{type_}",)


def _linked(side: str, link: str, type_: str, shape: str) -> Sequence[str]:
    return f"{side}{link}|{type_}", f"{side}{link}|{shape}"


def _word_before(side: str, before: str, tag: str) -> Sequence[str]:
    return f"w{side}{before}", f"w={before}|{tag}"


def _cluster_before(beside: int, side: str, tag: str, type_: str) -> Sequence[str]:
    return f"cb={beside}|{side}", f"cb={beside}|{tag}", f"cb={beside}|{type_}"


def _word_after(side: str, after: str, beyond: int) -> Sequence[str]:
    return f"a{side}{after}", f"ca={beyond}|{side}"


def _stem(stem: str, side: str, link: str) -> Sequence[str]:
    return f"s={stem}|{side}", f"s={stem}|{side}{link}"


def _stem_tag(stem: str, cluster: int, tag: str) -> Sequence[str]:
    return f"s={stem}|{tag}", f"c={cluster}|{tag}"


def _state(type_: str, mode: str | None, status: str, side: str) -> Sequence[str]:
    return f"m={type_}.{mode}|{side}", f"st={status}|{side}"


def _cluster(cluster: int, side: str) -> Sequence[str]:
    return (f"c={cluster}|{side}",)


def _lemma_link(lemma: str, side: str, link: str) -> Sequence[str]:
    return f"L={lemma}|{side}", f"L={lemma}|{side}{link}"


def _lemma_where(lemma: str, side: str, far: int) -> Sequence[str]:
    return (f"L={lemma}|{side}{far}",)


def _lemma_shape(lemma: str, shape: str, side: str) -> Sequence[str]:
    return (f"L={lemma}|{shape}|{side}",)


def _headline(side: str, far: int, tag: str, link: str) -> Sequence[str]:
    return "hl" + side, f"hl{side}{far}|{tag}", f"hl{side}{link}"


def _away(ground: Ground, draft: Draft, pair: Pair, first: int, shape: str, tag: str) -> list[Group]:
    """The mention stands in another sentence: what stood beside it there."""
    words, side = ground.reading.words, pair.side
    there = words.sentences[words.sentence_of[first]]
    own = words.sentences[draft.sentence]
    events = ground.between(there.first, there.last)
    alike = any(e.type == draft.type for e in events)
    out: list[Group] = [
        (_elsewhere, side, alike, there.headline, shape, tag),
        (_start, side, bucket(draft.first - own.first), shape, words.key[own.first]),
    ]
    if draft.form and any(e.form and e.form.lemma == draft.form.lemma for e in events):
        out.append((_alike, side, shape))
    return out


def _elsewhere(side: str, alike: bool, headline: bool, shape: str, tag: str) -> Sequence[str]:
    return f"away{side}{alike}|{shape}", f"away{side}{alike}|{tag}", f"awayhl={headline}|{tag}", f"{side}{shape}|{tag}"


def _start(side: str, far: int, shape: str, key: str) -> Sequence[str]:
    return f"start{side}{far}|{shape}", f"key{side}{key}"


def _alike(side: str, shape: str) -> Sequence[str]:
    return "awaylemma" + side, f"awaylemma{side}{shape}"


def _between(ground: Ground, draft: Draft, pair: Pair, first: int, last: int, shape: str, tag: str) -> list[Group]:
    """What stands between trigger and mention: other events, stops, links."""
    side, type_, marks = pair.side, draft.type, ground.marks
    low, high = pair.way
    stops = min(_count(ground.stops_at, low, high), 3)
    triggers = min(_count(ground.triggers_at, low, high), 4)
    events = ground.between(low, high)
    n = min(len(events), 3)
    out: list[Group] = [
        (_passed, n, side, type_, pair.link),
        (_passed_tag, n, side, tag),
        (_passed_stops, n, stops, triggers, side, shape),
    ]
    if high - low <= PATH:
        out.append((_path, side, "".join(marks[low:high]), type_, shape))
    else:
        out.append((_way, side, "".join(marks[low : low + 3] if side == ">" else marks[high - 3 : high])))
    keys, links = ground.reading.words.key, ground.links_at
    inside = links[bisect_left(links, low) : bisect_left(links, min(high, low + _NEAR))] if high > low else ()
    out += dict.fromkeys((_mid, side, keys[i]) for i in inside)
    if any(keys[i] in RELATIVES for i in inside):
        out.append((_relative, side, n))
    if events:
        e = events[-1] if side == ">" else events[0]
        out.append((_by, side, e.type, type_, ground.shapes[id(e)], shape, e.form.lemma if e.form else None))
    other = ground.between(last, last + 25)[:1] if side == ">" else ground.between(max(first - 25, 0), first)[-1:]
    for e in other:
        if e.sentence == draft.sentence:
            closer = (e.head - last if side == ">" else first - e.head) < (high - low)
            out.append((_beyond, side, closer, n, e.type, type_, ground.shapes[id(e)], shape))
    if not other:
        out.append((_alone, side, n))
    if ground.reading.quoted[first] != ground.reading.quoted[draft.head]:
        out.append((_quote, side))
    return out


def _count(positions: Sequence[int], low: int, high: int) -> int:
    return bisect_left(positions, high) - bisect_left(positions, low) if high > low else 0


def _passed(n: int, side: str, type_: str, link: str) -> Sequence[str]:
    return f"ev{n}{side}", f"ev{n}{side}{type_}", f"ev{n}{side}{link}"


def _passed_tag(n: int, side: str, tag: str) -> Sequence[str]:
    return (f"ev{n}{side}|{tag}",)


def _passed_stops(n: int, stops: int, triggers: int, side: str, shape: str) -> Sequence[str]:
    return f"tr{triggers}{side}", f"stop{stops}{side}", f"es{n}.{stops}{side}{shape}"


def _path(side: str, path: str, type_: str, shape: str) -> Sequence[str]:
    return f"path{side}{path}", f"path{side}{path}|{type_}", f"path{side}{path}|{shape}"


def _way(side: str, near: str) -> Sequence[str]:
    return (f"way{side}{near}",)


def _mid(side: str, key: str) -> Sequence[str]:
    return (f"mid{side}{key}",)


def _relative(side: str, n: int) -> Sequence[str]:
    return (f"rel{side}{n}",)


def _by(side: str, type_: str, own: str, shape: str, own_shape: str, lemma: str | None) -> Sequence[str]:
    out = (f"by{side}{type_}|{own}", f"by{side}{shape}|{own_shape}")
    return out if lemma is None else (*out, f"byL{side}{lemma}")


def _beyond(side: str, closer: bool, n: int, type_: str, own: str, shape: str, own_shape: str) -> Sequence[str]:
    return f"beyond{side}{closer}{n}", f"beyond{side}{type_}|{own}", f"beyond{side}{closer}{shape}|{own_shape}"


def _alone(side: str, n: int) -> Sequence[str]:
    return (f"beyond{side}-{n}",)


def _quote(side: str) -> Sequence[str]:
    return (f"quote{side}",)


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
