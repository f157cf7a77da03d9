"""What the steps of place, date and toll share: how a mention stands to a trigger, and who has received what
before.

A candidate is a pair of an event and a mention; its features say where the mention stands (side,
distance, link, the way between), what other events compete for it, and what earlier events were given. A
`Model` weighs them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np

from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures
from isnad.coding.model import Model
from isnad.coding.reading import NONE, Reading
from isnad.model import Cue
from isnad.read.mentions import Mention
from isnad.text.words import Kind

YES, NO = "yes", "no"
PATH = 6  # words between trigger and mention up to which the way is spelled out
#: Folded links: on, against, between, with, by, from, to, about, in, near, towards, that, after,
#: during, where, since ...
LINKS = frozenset(
    (
        "علي",
        "ضد",
        "بين",
        "مع",
        "من",
        "قبل",
        "الي",
        "عن",
        "في",
        "قرب",
        "نحو",
        "باتجاه",
        "داخل",
        "خارج",
        "شمال",
        "جنوب",
        "شرق",
        "غرب",
        "ان",
        "بان",
        "فيما",
        "بينما",
        "اثر",
        "جراء",
        "بعد",
        "خلال",
        "حيث",
        "منذ",
        "حتي",
        "عند",
        "لدي",
        "ضمن",
        "عبر",
        "فوق",
        "وسط",
        "حول",
        "التي",
        "الذي",
        "الذين",
        "وفي",
        "ومن",
        "كما",
        "عقب",
        "مما",
        "ما",
        "ادي",
        "اسفر",
        "و",
        "او",
        "ثم",
        "لكن",
        "وسقوط",
        "بينهم",
        "كان",
        "وكان",
    )
)
_STOPS = frozenset("،؛:.,-–|")
_RELATIVES = frozenset(("التي", "الذي", "الذين", "اللذين"))  # which, who


class Ground:
    """One article laid out for pairing: what each word is, and running counts of events, triggers and stops."""

    __slots__ = (
        "_settings",
        "drafts",
        "events",
        "forms",
        "heads",
        "marks",
        "reading",
        "shapes",
        "stops",
        "triggers",
    )

    def __init__(self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        self.reading = reading
        self.forms = forms
        self.drafts = drafts
        order = sorted(range(len(drafts)), key=lambda n: drafts[n].head)
        self.heads = [drafts[n].head for n in order]
        self.events = [drafts[n] for n in order]
        self.marks = [_mark(reading, forms, i) for i in range(len(reading.words))]
        for draft in drafts:
            self.marks[draft.head] = "!"
        for said in reading.attributions:
            if said.verb:
                low, high = self.words_of(said.verb.start, said.verb.end)
                self.marks[low:high] = ["S"] * (high - low)
        self.stops = _running(m[0] == "(" and m[1] in _STOPS for m in self.marks)
        self.triggers = _running(bool(f.classes) for f in forms)
        self._settings: dict[tuple[int, str], list[str]] = {}
        self.shapes = {id(d): _shape(d) for d in drafts}

    def words_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the words [first, last) of code points [start, end)."""
        words = self.reading.words
        return bisect_left(words.end, start + 1), bisect_left(words.start, end)

    def setting(self, draft: Draft, side: str) -> list[str]:
        """Return features of the event's own surroundings, the same for all its candidates on one side."""
        key = (draft.head, side)
        found = self._settings.get(key)
        if found is None:
            found = self._settings[key] = self._setting(draft, side)
        return found

    def _setting(self, draft: Draft, side: str) -> list[str]:
        words, forms, i = self.reading.words, self.forms, draft.first
        own = words.sentences[draft.sentence]
        shape = self.shapes[id(draft)]
        before = forms[i - 1].stem if i > own.first else "#"
        after = forms[draft.last].stem if draft.last < own.last else "#"
        first = forms[own.first].stem
        place = min(len(self.between(own.first, draft.head)), 3)
        inside = min(len(self.between(own.first, own.last)), 4)
        out = [
            f"tb={before}|{side}",
            f"ta={after}|{side}",
            f"s0={first}|{side}",
            f"s0={first}|{side}{place}",
            f"sn={min(draft.sentence, 4)}|{side}",
            f"sn={min(draft.sentence, 2)}|{draft.type}|{side}",
        ]
        out += [
            f"tw={words.key[draft.head]}|{side}",
            f"in={inside}.{place}|{side}",
            f"in={inside}.{place}|{side}{shape}",
            f"quoted={self.reading.quoted[draft.head]}|{side}",
            f"size={len(words.sentences) // 4}|{side}",
        ]
        out += [
            f"tbc={forms[i - 1].cluster if i > own.first else -1}|{side}",
            f"tac={forms[draft.last].cluster if draft.last < own.last else -1}|{side}",
            f"pub={self.reading.outlet}|{side}",
        ]
        if place:
            e = self.between(own.first, draft.head)[-1]
            out += [f"prev={e.type}|{draft.type}|{side}", f"prev={self.shapes[id(e)]}|{shape}|{side}"]
        return out

    def between(self, first: int, last: int) -> list[Draft]:
        """Return the events whose heads stand in words [first, last), in order."""
        return self.events[bisect_left(self.heads, first) : bisect_left(self.heads, last)]


class Pair:
    """How a mention of words [first, last) stands to an event."""

    __slots__ = ("before", "far", "gap", "link", "side", "way")

    def __init__(self, ground: Ground, draft: Draft, first: int, last: int) -> None:
        words = ground.reading.words
        there = words.sentence_of[first]
        self.gap = draft.sentence - there
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
        self.link, self.before = link_of(ground.reading, first)


def bucket(words: int) -> int:
    """Return the step of a distance in words."""
    for n, limit in enumerate((0, 1, 2, 4, 7, 11, 17, 26)):
        if words <= limit:
            return n
    return 8


def link_of(reading: Reading, i: int) -> tuple[str, str]:
    """Return (what links a mention that begins at word i to the words before it, the word before)."""
    words = reading.words
    first = words.sentences[words.sentence_of[i]].first
    kind = words.types[i]
    link = kind.splits[0].conjunction + kind.splits[0].preposition if kind.splits else ""
    j = i - 1
    while j >= first and len(words.key[j]) == 1 and words.key[j] in "\"«“(‘'#":
        j -= 1
    if j < first:
        return link + "+#", "#"
    before = words.key[j]
    if before in LINKS or before in _STOPS:
        link += "+" + before
    return link, before


def pair_features(ground: Ground, draft: Draft, pair: Pair, first: int, last: int, tag: str) -> list[str]:
    """Return what is seen of the pair; `tag` is the coarse kind of the mention, to be combined with the rest."""
    side, far, link, before = pair.side, pair.far, pair.link, pair.before
    words = ground.reading.words
    type_, shape = draft.type, ground.shapes[id(draft)]
    stem = ground.forms[draft.head].stem
    where = f"{side}{far}"
    after = words.key[last] if last < len(words) else "#"
    out = [
        "b", where, "k=" + tag, f"{where}|{tag}",
        f"{side}|{tag}|{type_}", f"{where}|{type_}", f"{where}|{shape}", f"{side}{link}",
        f"{where}|{link}",
        f"{side}{link}|{type_}", f"{side}{link}|{shape}", f"{side}{link}|{tag}", f"w{side}{before}",
        f"a{side}{after}", f"s={stem}|{side}", f"s={stem}|{side}{link}",
        f"s={stem}|{tag}", f"m={type_}.{draft.mode}|{side}", f"st={draft.status}|{side}", f"w={before}|{tag}",
    ]  # fmt: skip
    if draft.form:
        lemma = draft.form.lemma
        out += [
            f"L={lemma}|{side}",
            f"L={lemma}|{side}{link}",
            f"L={lemma}|{where}",
            f"L={lemma}|{shape}|{side}",
        ]
    beside = ground.forms[first - 1].cluster if first else -1
    beyond = ground.forms[last].cluster if last < len(words) else -1
    cluster = ground.forms[draft.head].cluster
    out += [
        f"c={cluster}|{side}",
        f"c={cluster}|{tag}",
        f"cb={beside}|{side}",
        f"ca={beyond}|{side}",
        f"cb={beside}|{tag}",
        f"cb={beside}|{type_}",
    ]
    if words.sentences[draft.sentence].headline:
        out += ["hl" + side, f"hl{where}|{tag}", f"hl{side}{link}"]
    if pair.gap:
        out += _away(ground, draft, pair, first, type_, shape, tag)
    else:
        out += _between(ground, draft, pair, first, last, type_, shape, tag)
    return out


def _away(ground: Ground, draft: Draft, pair: Pair, first: int, type_: str, shape: str, tag: str) -> list[str]:
    """The mention stands in another sentence: what stood beside it there."""
    words = ground.reading.words
    there = words.sentences[words.sentence_of[first]]
    events = ground.between(there.first, there.last)
    same = any(e.type == type_ for e in events)
    out = [
        f"away{pair.side}{same}|{shape}",
        f"away{pair.side}{same}|{tag}",
        f"awayhl={there.headline}|{tag}",
        f"{pair.side}{shape}|{tag}",
    ]
    own = words.sentences[draft.sentence]
    out.append(f"start{pair.side}{bucket(draft.first - own.first)}|{shape}")
    out.append(f"key{pair.side}{words.key[own.first]}")
    if draft.form and any(e.form and e.form.lemma == draft.form.lemma for e in events):
        out += ["awaylemma" + pair.side, f"awaylemma{pair.side}{shape}"]
    return out


def _between(
    ground: Ground, draft: Draft, pair: Pair, first: int, last: int, type_: str, shape: str, tag: str
) -> list[str]:
    """What stands between trigger and mention: other events, stops, links."""
    side = pair.side
    low, high = pair.way
    stops = min(ground.stops[high] - ground.stops[low], 3) if high > low else 0
    triggers = min(ground.triggers[high] - ground.triggers[low], 4) if high > low else 0
    events = ground.between(low, high)
    n = min(len(events), 3)
    out = [
        f"ev{n}{side}",
        f"ev{n}{side}{type_}",
        f"ev{n}{side}{pair.link}",
        f"ev{n}{side}|{tag}",
        f"tr{triggers}{side}",
        f"stop{stops}{side}",
        f"es{n}.{stops}{side}{shape}",
    ]
    if high - low <= PATH:
        path = "".join(ground.marks[low:high])
        out += [f"path{side}{path}", f"path{side}{path}|{type_}", f"path{side}{path}|{shape}"]
    else:
        near = ground.marks[low : low + 3] if side == ">" else ground.marks[high - 3 : high]
        out.append(f"way{side}{''.join(near)}")
    keys = ground.reading.words.key
    for i in range(low, min(high, low + 30)):
        if ground.marks[i][0] == "(":
            key = keys[i]
            out.append(f"mid{side}{key}")
            if key in _RELATIVES:
                out.append(f"rel{side}{n}")
    if events:
        beside = events[-1] if side == ">" else events[0]
        out += [f"by{side}{beside.type}|{type_}", f"by{side}{ground.shapes[id(beside)]}|{shape}"]
        if beside.form:
            out.append(f"byL{side}{beside.form.lemma}")
    other = ground.between(last, last + 25)[:1] if side == ">" else ground.between(max(first - 25, 0), first)[-1:]
    for e in other:
        if e.sentence == draft.sentence:
            closer = (e.head - last if side == ">" else first - e.head) < (high - low)
            out += [
                f"beyond{side}{closer}{n}",
                f"beyond{side}{e.type}|{type_}",
                f"beyond{side}{closer}{ground.shapes[id(e)]}|{shape}",
            ]
    if not other:
        out.append(f"beyond{side}-{n}")
    if ground.reading.quoted[first] != ground.reading.quoted[draft.head]:
        out.append(f"quote{side}")
    return out


def _shape(draft: Draft) -> str:
    form = draft.form
    if form is None:
        return "?"
    marks = ("x" if form.suffix else "") + ("D" if form.definite else "") + form.preposition
    return f"{form.pos}.{form.tense}.{form.voice[:1]}{marks}{'R' if form.entry.result else ''}"


def _mark(reading: Reading, forms: Sequence[FormFeatures], i: int) -> str:
    """Return one mark for word i on the way between trigger and mention."""
    key = reading.words.key[i]
    if key in LINKS or key in _STOPS:
        return f"({key})"
    if reading.place_at[i] != NONE:
        return "L"
    if reading.party_at[i] != NONE:
        return "P"
    if reading.date_at[i] != NONE:
        return "D"
    if reading.count_at[i] != NONE:
        return "N"
    return "E" if forms[i].classes else "n" if reading.words.types[i].kind == Kind.NUMBER else "x"


def _running(flags: Iterable[bool]) -> list[int]:
    out = [0]
    for flag in flags:
        out.append(out[-1] + flag)
    return out


class Past:
    """What the events so far were given, as names that can be compared (a place's name, a span of days)."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._last: tuple[Draft, str | None] | None = None
        self._typed: dict[str, tuple[Draft, str | None]] = {}
        self._worded: dict[str, tuple[Draft, str | None]] = {}
        self._uses: dict[str, int] = {}
        self._given = 0

    def note(self, draft: Draft, name: str | None) -> None:
        """Note what an event was given."""
        self._last = self._typed[draft.type] = self._worded[self._word(draft)] = (draft, name)
        if name is not None:
            self._given += 1
            self._uses[name] = self._uses.get(name, 0) + 1

    def features(self, draft: Draft, name: str, pair: Pair, tag: str) -> list[str]:
        """Return what the event before, the one of the same type and the one of the same word were given."""
        side, shape = pair.side, self._ground.shapes[id(draft)]
        out: list[str] = []
        befores = (
            ("last", self._last),
            ("type", self._typed.get(draft.type)),
            ("word", self._worded.get(self._word(draft))),
        )
        for label, past in befores:
            said = "none" if past is None else "null" if past[1] is None else "same" if past[1] == name else "else"
            near = past is not None and past[0].sentence == draft.sentence
            head = f"{label}={said}{'n' if near else ''}|{side}"
            out += [head, head + shape, head + tag]
            if label == "last" and past is not None:
                out += [
                    f"{head}|{past[0].type}|{draft.type}",
                    f"{head}{pair.far}",
                    f"{head}|{self._ground.shapes[id(past[0])]}",
                ]
        uses = min(self._uses.get(name, 0), 4)
        out += [f"uses{uses}|{side}", f"uses{uses}of{min(self._given, 4)}|{side}"]
        return out

    def _word(self, draft: Draft) -> str:
        return draft.form.lemma if draft.form else self._ground.forms[draft.head].stem


def yes(model: Model, examples: Sequence[list[str]]) -> list[float]:
    """Return the probability that each candidate belongs to its event."""
    if not examples:
        return []
    columns = np.stack([model.columns(e) for e in examples])
    out: list[float] = model.probabilities(columns)[:, model.classes.index(YES)].tolist()
    return out


def mention_cue(reading: Reading, draft: Draft, field: str, mention: Mention) -> Cue:
    """Return what led to a mention: the link before it, its own words, or that it was carried over."""
    words, i = reading.words, mention.first
    if words.sentence_of[i] != draft.sentence:
        return Cue(field=field, rule="carried over", text=mention.text, start=mention.start, end=mention.end)
    own = words.sentences[draft.sentence].first
    if i > own and words.key[i - 1] in LINKS and words.types[i - 1].kind is Kind.WORD:
        return Cue(
            field=field,
            rule="link",
            text=words.surface(i - 1, i),
            start=words.start[i - 1],
            end=words.end[i - 1],
        )
    return Cue(field=field, rule="beside", text=mention.text, start=mention.start, end=mention.end)
