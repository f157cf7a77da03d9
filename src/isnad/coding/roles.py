"""Who did it to whom: which mentioned parties are actors and recipients of an event (CODEBOOK section 5).

Candidates are the parties of the event's own sentence and the nearest ones of the sentences before, for what is
carried over.  A trained classifier weighs, for each, where it stands and what the trigger's frame makes of that slot.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from isnad.coding import role_groups as named
from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures, distance
from isnad.coding.groups import Group
from isnad.coding.reading import NONE, Reading
from isnad.lexicon.links import link_words
from isnad.read.mentions import PartyMention
from isnad.text.words import Kind

ACTOR, RECIPIENT, NEITHER = "actor", "recipient", "none"
#: Groups that the second look sees too, the first of `Cast.groups`: slot, side, kind and type.
SEEN_AGAIN = 6
_BACK = 3  # sentences looked back for a carried-over party
_TOUCHING = 2  # words between two mentions that belong to one verb
_CARRIED = 5  # parties at most from them
#: Folded prepositions and links seen before a mention (lexicon/data/links.yaml).
_WORDS = link_words()
_LINKS = _WORDS.parties
_STOPS = frozenset("،؛:.")
_QUOTES = frozenset("\"«“(‘'")
_PATH = 7  # words between trigger and mention up to which the way is spelled out
_NO_WORD = (-9, -9, -9)  # the clusters beyond the article's ends
_FAR_OFF = 99  # words, where no other event stands in the sentence
_MID = 6  # words of the way of which the links are seen one by one


def candidates(reading: Reading, draft: Draft) -> list[int]:
    """Return indices of the parties that may take part in the event, those of its own sentence first."""
    words = reading.words
    own = words.sentences[draft.sentence]
    here: list[int] = []
    back: list[int] = []
    seen: set[str | None] = set()
    for n, party in enumerate(reading.parties):
        if own.first <= party.first < own.last and not (
            party.first >= draft.first and party.last <= draft.last and party.form != "nisba"
        ):
            here.append(n)
            seen.add(party.id)
    if own.headline:
        return here
    for n in range(len(reading.parties) - 1, -1, -1):
        party = reading.parties[n]
        if party.first >= own.first:
            continue
        gap = draft.sentence - words.sentence_of[party.first]
        if gap > _BACK or len(back) >= _CARRIED:
            break
        if party.id not in seen and party.id is not None:
            seen.add(party.id)
            back.append(n)
    return here + back


class _Event:
    """What hangs on the trigger alone, and the events beside it in its sentence."""

    __slots__ = (
        "after", "before", "beside", "clusters", "draft", "headline", "here", "lemma", "quoted", "ranks", "shape",
        "stem", "voice",
    )  # fmt: skip

    def __init__(self, cast: Cast, draft: Draft) -> None:
        reading, head = cast.reading, draft.head
        self.draft = draft
        self.shape = _shape(draft)
        self.stem = cast.forms[head].stem
        self.voice = f"{draft.form.voice}{draft.form.pos}" if draft.form else "-"
        self.clusters = cast.forms[head].clusters
        self.before, self.after = cast.clusters_at(draft.first - 1), cast.clusters_at(draft.last)
        self.lemma = draft.form.lemma if draft.form else None
        self.headline = reading.words.sentences[draft.sentence].headline
        self.quoted = reading.quoted[head]
        self.beside = [other for other in cast.events_of[draft.sentence] if other is not draft]
        self.here = here = cast.parties_of[draft.sentence]
        before = [n for n in here if reading.parties[n].first < head]
        after = [n for n in here if reading.parties[n].first >= head]
        #: Of each party of the sentence, how many stand nearer on its side.
        self.ranks = {n: rank for rank, n in enumerate(reversed(before))} | {n: rank for rank, n in enumerate(after)}


class Cast:
    """The parties of an article and its events: what is seen of any pair of them, each trait found once."""

    def __init__(self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        self.reading = reading
        self.forms = forms
        words, parties = reading.words, reading.parties
        sentences = words.sentences
        self.events_of: list[list[Draft]] = [[] for _ in sentences]
        for draft in drafts:
            self.events_of[draft.sentence].append(draft)
        self.sentences = [words.sentence_of[party.first] for party in parties]
        self.parties_of: list[list[int]] = [[] for _ in sentences]
        for n, at in enumerate(self.sentences):
            self.parties_of[at].append(n)
        self.kinds = [_kind(party) for party in parties]
        self.links = [_link(reading, party) for party in parties]
        self.company = [self._company(n) for n in range(len(parties))]
        self._heads = sorted(draft.head for draft in drafts)
        self._triggers = [i for i, form in enumerate(forms) if form.classes]
        self._stops = [i for i, key in enumerate(words.key) if key in _STOPS]
        self._relatives = [i for i, key in enumerate(words.key) if key in _WORDS.relatives]
        self._events = [_Event(self, draft) for draft in drafts]

    def clusters_at(self, i: int) -> tuple[int, ...]:
        """Return the clusters of word i of the article, those of no word beyond its ends."""
        return self.forms[i].clusters if 0 <= i < len(self.forms) else _NO_WORD

    def groups(self, event: int, index: int, rank: int) -> list[Group]:
        """Return what is seen of party `index` as a part of event number `event`; `rank` among the candidates."""
        seen = self._events[event]
        draft, shape, stem = seen.draft, seen.shape, seen.stem
        party, type_ = self.reading.parties[index], draft.type
        kind, form, company = self.kinds[index], party.form, self.company[index]
        link, before = self.links[index]
        gap = draft.sentence - self.sentences[index]
        if gap:
            frame, side, far = f"back{min(gap, 3)}", "^", 6
        else:
            frame = self._slot(draft, index)
            side = "<" if party.first < draft.head else ">"
            far = distance(draft.first - party.last + 1 if side == "<" else party.first - draft.last + 1)
        out: list[Group] = [
            (named.where, frame, side, far),
            (named.who, party.id, form),
            (named.typed, type_, kind, side),
            (named.formed, form, frame, type_),
            (named.framed, frame, kind),
            (named.shaped, shape, side, far),
            # the first SEEN_AGAIN end here
            (named.shape_link, shape, link, side),
            (named.stem_link, stem, side, link),
            (named.stem_kind, stem, kind),
            (named.mode, type_, draft.mode, kind, side),
            (named.link, link, side, type_),
            (named.word_before, before, side),
            (named.word_before, before, type_),
            (named.number, party.definite, party.count is not None, kind, type_),
            (named.status, draft.status, type_, rank if gap else "-", form),
            (named.company, company, frame, type_),
            (named.company_shape, company, shape, side),
        ]
        self._words(out, seen, party, side, frame)
        lemma = seen.lemma
        if lemma is not None:
            out += ((named.lemma_link, lemma, side, link), (named.lemma, lemma, frame), (named.lemma_kind, lemma, kind))
        if gap:
            here = seen.here
            people = any(self.reading.parties[n].form == "people" for n in here)
            out.append((named.away, min(len(here), 4), people, side, type_))
        else:
            self._between(out, seen, party, side)
            self._order(out, seen, index, side, frame)
        if seen.headline:
            out.append((named.headline, side, shape, frame))
        if self.reading.quoted[party.first] != seen.quoted:
            out.append((named.quote, side, seen.quoted))
        return out

    def _words(self, out: list[Group], seen: _Event, party: PartyMention, side: str, frame: str) -> None:
        """Add what kind of words trigger and mention are and stand among: what is learned of one word holds for like
        ones.
        """
        own, before = self.forms[party.first].clusters, self.clusters_at(party.first - 1)
        trigger, type_ = seen.clusters, seen.draft.type
        out += (
            (named.trigger_word, trigger, frame, side, seen.voice),
            (named.around_trigger, seen.before, seen.after, frame, side),
            (named.around_party, before, self.clusters_at(party.last), frame, side),
            (named.party_word, own, side, type_),
            (named.words_meet, trigger[1], own[1], before[1], side),
            (named.governor, *self._governors(seen.draft, party), side, frame, type_),
        )

    def _governors(self, draft: Draft, party: PartyMention) -> tuple[named.Governor, named.Governor]:
        """Return the nearest possible triggers before and behind the mention in its sentence."""
        words = self.reading.words
        sentence = words.sentences[words.sentence_of[party.first]]
        before = bisect_left(self._triggers, party.first) - 1
        behind = bisect_left(self._triggers, party.last)
        above = self._triggers[before] if before >= 0 else -1
        below = self._triggers[behind] if behind < len(self._triggers) else sentence.last
        return (
            self._governor(draft, above) if above >= sentence.first else named.NO_GOVERNOR,
            self._governor(draft, below) if below < sentence.last else named.NO_GOVERNOR,
        )

    def _governor(self, draft: Draft, i: int) -> named.Governor:
        return named.OWN if draft.first <= i < draft.last else self.forms[i].clusters[0]

    def _slot(self, draft: Draft, index: int) -> str:
        """Return what the trigger's frame says of the slot in which the mention stands."""
        form, party = draft.form, self.reading.parties[index]
        if form is None:
            return "noform"
        link, before = self.links[index]
        if party.first < draft.head:
            if form.suffix:
                return "before.suffix"
            between = min(self._parties_between(party.last, draft.first), 2)
            opening = ".#" if before == "#" else before if before in _WORDS.that else ""
            return f"before.{form.pos}.{between}{opening}"
        frame = form.frame
        for preposition, role in frame.prepositions.items():
            if (
                before == preposition.rpartition(" ")[2]
                or (len(preposition) == 1 and link.startswith(preposition))
                or link.partition("+")[0] == preposition
            ):
                return f"prep.{role}{distance(party.first - draft.head)}"
        bare = not link.strip("+و") and before not in _LINKS
        between = self._parties_between(draft.last, party.first)
        if form.pos == "verb" and bare:
            subject = between == 0 and form.voice != "passive" and not form.suffix
            return f"bare{min(between, 2)}.{frame.subject if subject else frame.object}"
        if bare and party.first <= draft.last + 2:
            return "construct." + ".".join(frame.construct)
        return f"after.{'bare' if bare else 'prep'}{min(between, 2)}"

    def _company(self, index: int) -> str:
        """Return whether other bare mentions stand right before and behind: a verb with two has subject and object."""
        parties, party = self.reading.parties, self.reading.parties[index]
        out = ""
        for side, other in (("<", index - 1), (">", index + 1)):
            if 0 <= other < len(parties) and self.sentences[other] == self.sentences[index]:
                one, late = (party, other) if parties[other].first >= party.first else (parties[other], index)
                if parties[late].first - one.last <= _TOUCHING and not self.links[late][0]:
                    out += side
        return out

    def _parties_between(self, first: int, last: int) -> int:
        found = set(self.reading.party_at[first:last])
        return len(found) - (NONE in found)

    def _between(self, out: list[Group], seen: _Event, party: PartyMention, side: str) -> None:
        """Add what stands between the trigger and the mention: other triggers, stops, a relative pronoun."""
        draft, shape = seen.draft, seen.shape
        type_ = draft.type
        first, last = (draft.last, party.first) if side == ">" else (party.last, draft.first)
        keys = self.reading.words.key[first:last]
        events = _count(self._heads, first, last)
        verbs = _count(self._triggers, first, last)
        stops = _count(self._stops, first, last)
        relative = _count(self._relatives, first, last) > 0
        nearest = min([abs(other.head - party.first) for other in seen.beside], default=_FAR_OFF)
        closer = nearest < abs(draft.head - party.first)
        out += (
            (named.passed, min(events, 3), side, type_),
            (named.verbs, min(verbs, 3), side, shape),
            (named.stops, min(stops, 2), closer, relative, side),
        )
        if not _LINKS.isdisjoint(keys[:_MID]):
            out += dict.fromkeys([(named.mid, key, side) for key in keys[:_MID] if key in _LINKS])
        if len(keys) <= _PATH:
            path = "".join([self._step(i) for i in range(first, last)])
            out.append((named.path, path, side, shape, type_))
        near = [other.type for other in seen.beside if party.first <= other.head <= party.last + 2]
        if near:
            out += [(named.beside, other, type_) for other in dict.fromkeys(near)]

    def _step(self, i: int) -> str:
        """Return one mark for word i on the way between trigger and mention."""
        reading = self.reading
        key = reading.words.key[i]
        if key in _LINKS or key in _STOPS:
            return f"({key})"
        if reading.party_at[i] != NONE:
            return "P"
        if reading.place_at[i] != NONE:
            return "L"
        if reading.date_at[i] != NONE:
            return "D"
        return "E" if self.forms[i].classes else "n" if reading.words.types[i].kind == Kind.NUMBER else "x"

    def _order(self, out: list[Group], seen: _Event, index: int, side: str, frame: str) -> None:
        """Add how the mention ranks among the parties of its sentence, and who else is there."""
        type_, rank = seen.draft.type, seen.ranks[index]
        out += (
            (named.rank, min(len(seen.here), 4), min(rank, 4), side, type_),
            (named.rank_shape, min(rank, 3), side, seen.shape),
            (named.rank_frame, min(rank, 2), frame),
        )
        kinds = self.kinds
        others = dict.fromkeys([kinds[n] for n in seen.here if n != index])
        out += [(named.among, other, kinds[index], type_) for other in others]


def _count(positions: Sequence[int], first: int, last: int) -> int:
    return bisect_left(positions, last) - bisect_left(positions, first) if first < last else 0


def _kind(party: PartyMention) -> str:
    if party.id == "civilians":
        return "civilians"
    if party.form in ("country", "nisba"):
        return party.form
    sector = party.id.partition(".")[2] if party.id else ""
    return f"{party.form}.{sector or party.kind}"


def _shape(draft: Draft) -> str:
    form = draft.form
    if form is None:
        return "?"
    marks = ("x" if form.suffix else "") + ("D" if form.definite else "")
    return f"{form.pos}.{form.tense}.{form.voice}.{marks}{form.preposition}"


def _link(reading: Reading, party: PartyMention) -> tuple[str, str]:
    """Return (what links the mention to the words before it, the stem-like key of the word before)."""
    words = reading.words
    i = party.first
    first = words.sentences[words.sentence_of[i]].first
    parts = []
    kind = words.types[i]
    if kind.splits and (words.start[i] < party.start or kind.splits[0].preposition):
        parts.append(kind.splits[0].conjunction + kind.splits[0].preposition)
    j = i - 1
    while j >= first and words.key[j] in _QUOTES:
        j -= 1
    before = words.key[j] if j >= first else "#"
    if before in _LINKS:
        parts.append(before)
        if j - 1 >= first and words.key[j - 1] in _LINKS:
            parts.append(words.key[j - 1])
    elif j < first:
        parts.append("#")
    return "+".join(parts), before
