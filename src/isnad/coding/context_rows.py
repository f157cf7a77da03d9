"""Which rows of a model the features of a word in its sentence name: those of `event_features`, seldom spelled.

Training names the features (`features.candidate_features`); this is the same look at a word, for reading.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from isnad.coding.features import (
    AROUND,
    BAG,
    SIDES,
    WINDOW,
    FormFeatures,
    distance,
    document_features,
    neighbours,
    phrase_features,
    standing_features,
)
from isnad.coding.form_rows import FormRows, Parts
from isnad.coding.model import UNKNOWN, Model, feature_hash
from isnad.coding.reading import Reading

_DISTANCES = tuple(str(distance(n)) for n in range(AROUND + 1))
_MINE_UNKNOWN = "-"
# Where the hashes of features with many values begin; those with few are looked up by their parts.
_STEM_BEFORE, _STEM_AFTER = feature_hash("bl="), feature_hash("bn=")
_CLUSTER_BEFORE, _CLUSTER_AFTER = feature_hash("bc="), feature_hash("cn=")
_BAG_BEFORE, _BAG_AFTER = feature_hash("B<"), feature_hash("B>")


class ContextRows:
    """The rows of candidates in one model, for one article at a time (`begin`).

    With `keep` the rows of a form are kept on it: one model may do so, that of events, which is asked most.
    """

    def __init__(self, model: Model, *, keep: bool = False) -> None:
        self._keep = keep
        self.model = model
        self._forms = FormRows(model)
        self._get = model.row_of.get
        self._parts = Parts(model.row_of)
        self._triggers: list[int] = []
        self._document: list[int] = []

    def begin(self, forms: Sequence[FormFeatures]) -> None:
        """Take up an article: what is the same for all its candidates is found once."""
        self._triggers = [j for j, form in enumerate(forms) if form.classes]
        self._document = self.model.indices(document_features(forms))

    def of(self, reading: Reading, forms: Sequence[FormFeatures], i: int) -> set[int]:
        """Return the rows that candidate i names."""
        n = reading.words.sentence_of[i]
        sentence = reading.words.sentences[n]
        first, last = sentence.first, sentence.last
        rows = {*self._document, *self._beside(forms, i, first, last), *self._around(forms, i, first, last)}
        rows.update(self._bag(forms, i, first, last), self._form(forms[i], 0))
        for offset in neighbours(i, first, last):
            rows.update(self._form(forms[i + offset], offset))
        rows.update(self.model.indices(standing_features(reading, forms, i, n) + phrase_features(reading, i)))
        rows.discard(UNKNOWN)
        return rows

    def _form(self, form: FormFeatures, offset: int) -> tuple[int, ...]:
        """Return the rows of a form as candidate (0) or neighbour."""
        rows = self._forms
        if not self._keep:
            return rows.near(offset)(form) if offset else rows.own(form)
        kept = form.kept
        if kept is None:
            kept = form.kept = [None] * (2 * WINDOW + 1)
        found = kept[offset + WINDOW]
        if found is None:
            found = kept[offset + WINDOW] = rows.near(offset)(form) if offset else rows.own(form)
        return found

    def _beside(self, forms: Sequence[FormFeatures], i: int, first: int, last: int) -> list[int]:
        """Return the rows of the word with the one before and with the one after it: stems, then clusters."""
        get, crc32 = self._get, zlib.crc32
        own = forms[i]
        stem, cluster = own.stem_bytes, own.cluster
        if i > first:
            before = forms[i - 1]
            stems, clusters = before.stem_bytes + b"_" + stem, b"%d_%d" % (before.cluster, cluster)
            out = []
        else:
            stems, clusters = b"#_" + stem, b"#_%d" % cluster
            out = [self._parts["-1w=#",]]
        out += (get(crc32(stems, _STEM_BEFORE), UNKNOWN), get(crc32(clusters, _CLUSTER_BEFORE), UNKNOWN))
        if i + 1 < last:
            after = forms[i + 1]
            stems, clusters = stem + b"_" + after.stem_bytes, b"%d_%d" % (cluster, after.cluster)
        else:
            stems, clusters = stem + b"_#", b"%d_#" % cluster
            out.append(self._parts["1w=#",])
        out += (get(crc32(stems, _STEM_AFTER), UNKNOWN), get(crc32(clusters, _CLUSTER_AFTER), UNKNOWN))
        return out

    def _around(self, forms: Sequence[FormFeatures], i: int, first: int, last: int) -> list[int]:
        parts, triggers = self._parts, self._triggers
        own = forms[i]
        mine = own.classes[0] if own.classes else _MINE_UNKNOWN
        out: list[int] = []
        low = bisect_left(triggers, max(first, i - AROUND))
        high = bisect_right(triggers, min(last - 1, i + AROUND))
        for j in triggers[low:high]:
            if j == i:
                continue
            form = forms[j]
            side, far = ("<", _DISTANCES[i - j]) if j < i else (">", _DISTANCES[j - i])
            for c in form.classes[:SIDES]:
                out += (parts["o", side, far, c], parts["O", side, c, "|", mine])
            if form.stem == own.stem:
                out.append(parts["same", side])
        return out

    def _bag(self, forms: Sequence[FormFeatures], i: int, first: int, last: int) -> list[int]:
        get, crc32 = self._get, zlib.crc32
        left = forms[max(first, i - BAG) : max(first, i - WINDOW)]
        right = forms[i + WINDOW + 1 : min(last, i + BAG + 1)]
        out = [get(crc32(form.stem_bytes, _BAG_BEFORE), UNKNOWN) for form in left]
        return out + [get(crc32(form.stem_bytes, _BAG_AFTER), UNKNOWN) for form in right]
