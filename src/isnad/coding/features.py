"""What the event classifier sees of a word in its sentence: named, explainable features.

What depends on the written form alone is worked out once a form and kept (`FormFeatures`); only what depends on the
sentence is done for each candidate.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from isnad.coding.reading import NONE, Reading
from isnad.coding.vectors import WordVectors
from isnad.lexicon.trigger_records import TriggerForm
from isnad.lexicon.triggers import TriggerLexicon
from isnad.text import Split, Words, WordType
from isnad.text.kept import Kept
from isnad.text.words import Kind, stem_of

WINDOW = 3
BAG = 12  # words either side whose stems are seen without their order
AROUND = 15  # words either side of which the other possible triggers are seen
SIDES = 2  # classes seen of each
_NEAR = (1, 2, 3, 5, 8, 14)  # distance buckets, in words


class FormFeatures:
    """What is known of one written form, as a candidate and as a neighbour; each part worked out when first asked."""

    __slots__ = (
        "_clusters",
        "_key_bytes",
        "_kind",
        "_row",
        "_stem",
        "_stem_bytes",
        "classes",
        "glance",
        "kept",
        "key",
        "readings",
        "type",
        "vectors",
    )  # fmt: skip

    def __init__(self, kind: WordType, forms: tuple[TriggerForm, ...], vectors: WordVectors) -> None:
        self._kind = kind
        self.readings = forms
        self.vectors = vectors
        self.key = "0" if kind.kind is Kind.NUMBER else kind.key
        self.classes = _classes(forms) if forms else ()
        #: The type under which the form counts in its article, "" for most words.
        self.type = self.classes[0].partition(".")[0] if self.classes else ""
        self._stem: str | None = None
        self._row: int | None = None
        self._clusters: tuple[int, ...] | None = None
        self._stem_bytes = self._key_bytes = b""
        #: Kept by the classifiers: what these features weigh (`Glance`), which rows they name (`EventScorer`).
        self.glance: list[float | None] | None = None
        self.kept: list[tuple[int, ...] | None] | None = None

    @property
    def best(self) -> Split | None:
        """Return the likeliest reading as clitics + stem, None for what is no word."""
        splits = self._kind.splits
        return splits[0] if splits else None

    @property
    def stem(self) -> str:
        """Return the word without clitics, article and endings."""
        if self._stem is None:
            self._stem = stem_of(self._kind) if self._kind.kind is Kind.WORD else self.key
        return self._stem

    @property
    def stem_bytes(self) -> bytes:
        """Return the stem as it is hashed; never empty once asked."""
        if not self._stem_bytes:
            self._stem_bytes = self.stem.encode("utf-8", "replace")
        return self._stem_bytes

    @property
    def key_bytes(self) -> bytes:
        """Return the key as it is hashed."""
        if not self._key_bytes:
            self._key_bytes = self.key.encode("utf-8", "replace")
        return self._key_bytes

    @property
    def row(self) -> int:
        """Return the row of the form's vector, -1 for an unknown word."""
        if self._row is None:
            self._row = self.vectors.row(self._kind)
        return self._row

    @property
    def clusters(self) -> tuple[int, ...]:
        """Return the numbers of the form's clusters, coarse to fine, -1 for an unknown word."""
        if self._clusters is None:
            self._clusters = self.vectors.clusters(self.row)
        return self._clusters

    @property
    def cluster(self) -> int:
        """Return the number of the form's cluster of middle grain, -1 for an unknown word."""
        return self.clusters[1]

    @property
    def own(self) -> tuple[str, ...]:
        """Return the form's features as a candidate."""
        out = self.written()
        for form in self.readings:
            out += reading_features(form)
        return tuple(dict.fromkeys(out))

    def written(self) -> list[str]:
        """Return the form's features as a candidate but for those of its readings as a trigger."""
        key = self.key
        c64, c256, c1024 = self.clusters
        out = ["b", "w=" + key, "l=" + self.stem, f"n={min(len(key), 9)}", f"c64={c64}", f"c256={c256}", f"c1k={c1024}"]
        out += [f"p={key[:n]}" for n in (1, 2, 3)] + [f"s={key[-n:]}" for n in (1, 2, 3)]
        best = self.best
        if best is not None:
            out += [
                "cj=" + best.conjunction,
                "pr=" + best.preposition,
                f"al={best.article}",
                "sf=" + best.suffix,
                "st=" + best.stem,
            ]
        if not self.readings:
            out.append("nolex")
        return out

    def near(self, offset: int) -> list[str]:
        """Return the form's features as the neighbour `offset` words from a candidate."""
        c64, c256, _ = self.clusters
        out = [f"{offset}l={self.stem}", f"{offset}c={c256}"]
        if abs(offset) < WINDOW:
            out += [f"{offset}w={self.key}", f"{offset}d={c64}"]
            if self.best is not None:
                out.append(f"{offset}k={article_mark(self.best)}")
        out += [f"{offset}C={c}" for c in self.classes]
        return out


def article_mark(best: Split) -> str:
    """Return what a neighbour shows of its clitics: preposition and article."""
    return best.preposition + ("ال" if best.article else "")  # «the»


def reading_features(form: TriggerForm) -> list[str]:
    """Return the features of a reading as a trigger, the same for every written form that is read so."""
    shape = f"{form.pos}.{form.tense}"
    out = [
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
    return out


def _classes(forms: tuple[TriggerForm, ...]) -> tuple[str, ...]:
    """Return coarse classes of a possible trigger, as its neighbours see it."""
    out: list[str] = []
    for form in forms:
        kind = "res" if form.entry.result else "mun" if form.entry.munition else form.pos
        out += [f"{type_}.{kind}" for type_, _ in form.types[:1]]
    return tuple(dict.fromkeys(out))


class Forms:
    """The features of the written forms met so far."""

    def __init__(self, lexicon: TriggerLexicon, vectors: WordVectors) -> None:
        self._lexicon = lexicon
        self._vectors = vectors
        self._known: Kept[int, FormFeatures] = Kept()

    def of(self, kind: WordType) -> FormFeatures:
        """Return the features of a written form."""
        return self._known.known(kind.number) or self._known.keep(kind.number, self._make(kind))

    def of_all(self, words: Words) -> list[FormFeatures]:
        """Return the features of every word of a text."""
        return self._known.each(words.numbers, words.types, self._make)

    def _make(self, kind: WordType) -> FormFeatures:
        return FormFeatures(kind, self._lexicon.lookup(kind), self._vectors)


def distance(words: int) -> int:
    """Return the bucket of a distance in words."""
    return bisect_left(_NEAR, words)


def document_features(forms: Sequence[FormFeatures]) -> list[str]:
    """Return features of the whole article: how thick it is with words of each type."""
    counts = Counter([form.type for form in forms if form.type])
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
    out += standing_features(reading, forms, i, n)
    return out


def _around(reading: Reading, forms: Sequence[FormFeatures], i: int, first: int, last: int) -> list[str]:
    """Other possible triggers of the sentence, and the bag of stems further off."""
    out: list[str] = []
    mine = forms[i].classes[:1] or ("-",)
    for j in range(max(first, i - AROUND), min(last, i + AROUND + 1)):
        classes = forms[j].classes
        if j != i and classes:
            side = f"{'<' if j < i else '>'}{distance(abs(j - i))}"
            for c in classes[:SIDES]:
                out.append(f"o{side}{c}")
                out.append(f"O{side[0]}{c}|{mine[0]}")
            if forms[j].stem == forms[i].stem:
                out.append("same" + side[0])
    for j in range(max(first, i - BAG), i - WINDOW):
        out.append("B<" + forms[j].stem)
    for j in range(i + WINDOW + 1, min(last, i + BAG + 1)):
        out.append("B>" + forms[j].stem)
    return out


def standing_features(reading: Reading, forms: Sequence[FormFeatures], i: int, n: int) -> list[str]:
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


def phrase_features(reading: Reading, i: int) -> list[str]:
    """Return the features of the lexicon's phrase to which word i belongs, none for most words."""
    phrase = reading.phrases.get(i)
    if phrase is None:
        return []
    where = "first" if i == phrase.first else "last" if i == phrase.last - 1 else "in"
    lemma, type_ = phrase.form.lemma, phrase.form.types[0][0]
    return [f"ph={type_}", f"ph={lemma}", f"ph={type_}.{where}", f"ph={lemma}.{where}"]
