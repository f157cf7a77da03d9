"""What the event classifier sees of a word in its sentence: named, explainable features.

What depends on the written form alone is worked out once a form and kept (`_Form`); only what depends on the
sentence is done for each candidate.
"""

from __future__ import annotations

from collections.abc import Sequence

from isnad.coding.model import Floats
from isnad.coding.reading import NONE, Reading
from isnad.coding.vectors import WordVectors
from isnad.lexicon.trigger_records import TriggerForm
from isnad.lexicon.triggers import TriggerLexicon
from isnad.text import WordType
from isnad.text.clitics import light_stem
from isnad.text.words import Kind

WINDOW = 3
_BAG = 12  # words either side whose stems are seen without their order
_NEAR = (1, 2, 3, 5, 8, 14)  # distance buckets, in words


class FormFeatures:
    """What is known of one written form, as a candidate and as a neighbour; each part worked out when first asked."""

    __slots__ = (
        "_kind",
        "_near",
        "_own",
        "_readings",
        "_row",
        "_stem",
        "classes",
        "glance",
        "key",
        "own_sum",
        "vectors",
    )

    def __init__(self, kind: WordType, forms: tuple[TriggerForm, ...], vectors: WordVectors) -> None:
        self._kind = kind
        self._readings = forms
        self.vectors = vectors
        self.key = "0" if kind.kind is Kind.NUMBER else kind.key
        self.classes = _classes(forms) if forms else ()
        self._stem: str | None = None
        self._row: int | None = None
        self._own: tuple[str, ...] | None = None
        self._near: list[tuple[str, ...] | None] | None = None
        #: Kept by the classifiers (`Glance`, `EventScorer`): what these features weigh, summed once a form.
        self.glance: list[float | None] | None = None
        self.own_sum: Floats | None = None

    @property
    def stem(self) -> str:
        """Return the word without clitics, article and endings."""
        if self._stem is None:
            self._stem = light_stem(self._kind.key) if self._kind.kind is Kind.WORD else self.key
        return self._stem

    @property
    def row(self) -> int:
        """Return the row of the form's vector, -1 for an unknown word."""
        if self._row is None:
            self._row = self.vectors.row(self._kind)
        return self._row

    @property
    def cluster(self) -> int:
        """Return the number of the form's cluster of middle grain, -1 for an unknown word."""
        return self.vectors.clusters(self.row)[1]

    @property
    def own(self) -> tuple[str, ...]:
        """Return the form's features as a candidate."""
        if self._own is None:
            self._own = self._as_candidate(self._kind, self._readings, *self.vectors.clusters(self.row))
        return self._own

    def near(self, offset: int) -> tuple[str, ...]:
        """Return the form's features as the neighbour `offset` words from a candidate."""
        if self._near is None:
            self._near = [None] * (2 * WINDOW + 1)
        found = self._near[offset + WINDOW]
        if found is None:
            found = self._near[offset + WINDOW] = self._as_neighbour(
                self._kind, offset, *self.vectors.clusters(self.row)[:2]
            )
        return found

    def _as_candidate(
        self, kind: WordType, forms: tuple[TriggerForm, ...], c64: int, c256: int, c1024: int
    ) -> tuple[str, ...]:
        key = self.key
        out = ["b", "w=" + key, "l=" + self.stem, f"n={min(len(key), 9)}", f"c64={c64}", f"c256={c256}", f"c1k={c1024}"]
        out += [f"p={key[:n]}" for n in (1, 2, 3)] + [f"s={key[-n:]}" for n in (1, 2, 3)]
        if kind.splits:
            best = kind.splits[0]
            out += [
                "cj=" + best.conjunction,
                "pr=" + best.preposition,
                f"al={best.article}",
                "sf=" + best.suffix,
                "st=" + best.stem,
            ]
        for form in forms:
            shape = f"{form.pos}.{form.tense}"
            out += [
                "L=" + form.lemma,
                f"LP={form.lemma}.{shape}",
                "P=" + shape,
                f"PV={form.voice}{form.plurality}{form.definite}",
            ]
            for type_, mode in form.types:
                out += ["T=" + type_, f"TM={type_}.{mode}", f"TP={type_}.{shape}"]
            if form.entry.result:
                out.append("result")
            if form.entry.munition:
                out.append("munition")
            if form.entry.weak:
                out.append("weak")
        if not forms:
            out.append("nolex")
        return tuple(dict.fromkeys(out))

    def _as_neighbour(self, kind: WordType, offset: int, c64: int, c256: int) -> tuple[str, ...]:
        out = [f"{offset}l={self.stem}", f"{offset}c={c256}"]
        if abs(offset) < WINDOW:
            out += [f"{offset}w={self.key}", f"{offset}d={c64}"]
            if kind.splits:
                best = kind.splits[0]
                out.append(f"{offset}k={best.preposition}{'ال' if best.article else ''}")
        out += [f"{offset}C={c}" for c in self.classes]
        return tuple(out)


def _classes(forms: tuple[TriggerForm, ...]) -> tuple[str, ...]:
    """Return coarse classes of a possible trigger, as its neighbours see it."""
    out: list[str] = []
    for form in forms:
        kind = "res" if form.entry.result else "mun" if form.entry.munition else form.pos
        out += [f"{type_}.{kind}" for type_, _ in form.types[:1]]
    return tuple(dict.fromkeys(out))


class Forms:
    """The features of every written form met so far."""

    _MAX = 40_000

    def __init__(self, lexicon: TriggerLexicon, vectors: WordVectors) -> None:
        self._lexicon = lexicon
        self._vectors = vectors
        self._known: dict[str, FormFeatures] = {}

    def of(self, kind: WordType) -> FormFeatures:
        """Return the features of a written form."""
        found = self._known.get(kind.surface)
        if found is None:
            if len(self._known) >= self._MAX:
                self._known.clear()
            found = FormFeatures(kind, self._lexicon.lookup(kind), self._vectors)
            self._known[kind.surface] = found
        return found


def distance(words: int) -> int:
    """Return the bucket of a distance in words."""
    return next((n for n, limit in enumerate(_NEAR) if words <= limit), len(_NEAR))


def document_features(forms: Sequence[FormFeatures]) -> list[str]:
    """Return features of the whole article: how thick it is with words of each type."""
    counts: dict[str, int] = {}
    for form in forms:
        for c in form.classes[:1]:
            type_ = c.partition(".")[0]
            counts[type_] = counts.get(type_, 0) + 1
    size = max(len(forms), 1)
    out = [f"doc.{type_}={min(int(8 * (n / size) ** 0.5 * 4), 9)}" for type_, n in counts.items()]
    out.append(f"doc.all={min(int(40 * sum(counts.values()) / size), 12)}")
    return out


def candidate_features(reading: Reading, forms: Sequence[FormFeatures], i: int) -> list[str]:
    """Return the features of word i as a candidate trigger.  `forms` holds those of every word of the text."""
    sentence = reading.words.sentences[reading.words.sentence_of[i]]
    out = list(forms[i].own)
    for offset in neighbours(i, sentence.first, sentence.last):
        out += forms[i + offset].near(offset)
    return out + context_features(reading, forms, i)


def neighbours(i: int, first: int, last: int) -> list[int]:
    """Return the offsets of the neighbours of word i inside words [first, last)."""
    return [o for o in range(max(-WINDOW, first - i), min(WINDOW, last - 1 - i) + 1) if o]


def context_features(reading: Reading, forms: Sequence[FormFeatures], i: int) -> list[str]:
    """Return the features of word i that hang on more than one written form."""
    n = reading.words.sentence_of[i]
    sentence = reading.words.sentences[n]
    own = forms[i]
    before = forms[i - 1] if i > sentence.first else None
    after = forms[i + 1] if i + 1 < sentence.last else None
    out = [
        f"bl={before.stem if before else '#'}_{own.stem}",
        f"bn={own.stem}_{after.stem if after else '#'}",
        f"bc={before.cluster if before else '#'}_{own.cluster}",
        f"cn={own.cluster}_{after.cluster if after else '#'}",
    ]
    if before is None:
        out.append("-1w=#")
    if after is None:
        out.append("1w=#")
    out += _around(reading, forms, i, sentence.first, sentence.last)
    out += _standing(reading, forms, i, n)
    return out


def _around(reading: Reading, forms: Sequence[FormFeatures], i: int, first: int, last: int) -> list[str]:
    """Other possible triggers of the sentence, and the bag of stems further off."""
    out: list[str] = []
    mine = forms[i].classes[:1] or ("-",)
    for j in range(max(first, i - 15), min(last, i + 16)):
        classes = forms[j].classes
        if j != i and classes:
            side = f"{'<' if j < i else '>'}{distance(abs(j - i))}"
            for c in classes[:2]:
                out.append(f"o{side}{c}")
                out.append(f"O{side[0]}{c}|{mine[0]}")
            if forms[j].stem == forms[i].stem:
                out.append("same" + side[0])
    for j in range(max(first, i - _BAG), i - WINDOW):
        out.append("B<" + forms[j].stem)
    for j in range(i + WINDOW + 1, min(last, i + _BAG + 1)):
        out.append("B>" + forms[j].stem)
    return out


def _standing(reading: Reading, forms: Sequence[FormFeatures], i: int, n: int) -> list[str]:
    """Where the word stands: in the article, in a name, in quotes, beside parties, places and numbers."""
    words = reading.words
    sentence = words.sentences[n]
    out = [f"sn={min(n, 3)}", f"sp={min(i - sentence.first, 3)}"]
    if sentence.headline:
        out += ["hl", "hl.l=" + forms[i].stem]
    if reading.quoted[i]:
        out.append("quoted")
    for offset in (-3, -2, -1, 0, 1, 2, 3):
        j = i + offset
        if not sentence.first <= j < sentence.last:
            continue
        if reading.party_at[j] != NONE:
            party = reading.parties[reading.party_at[j]]
            out += [f"{offset}party={party.form}", f"{offset}pk={party.kind}"]
            if offset == 0:
                out.append("inparty" if party.last - party.first > 1 else "isparty")
        if reading.place_at[j] != NONE:
            out.append(f"{offset}place")
        if reading.date_at[j] != NONE:
            out.append(f"{offset}date")
        if reading.count_at[j] != NONE:
            out.append(f"{offset}count")
    return out
