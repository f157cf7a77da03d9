"""Which rows of a model the features of a written form name, found without spelling the features.

A feature is known by the CRC-32 of its name, and the CRC of a whole goes on from the CRC of its beginning: so the
hash of `-1l=stem` is that of `stem` begun with the hash of `-1l=`.  What has few values (clusters, classes) is looked
up once.  The rows are those of `FormFeatures.near` and `FormFeatures.own`, which name the features for training.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from isnad.coding.features import WINDOW, FormFeatures, article_mark, reading_features
from isnad.coding.model import UNKNOWN, Model, feature_hash
from isnad.lexicon.trigger_records import TriggerForm
from isnad.text import Split


class Parts(dict[tuple[str | int, ...], int]):
    """Parts of a feature's name to its row; the name is put together when the parts are met first.

    For features with few values: nothing is forgotten.
    """

    __slots__ = ("_row_of",)

    def __init__(self, row_of: dict[int, int]) -> None:
        super().__init__()
        self._row_of = row_of

    def __missing__(self, parts: tuple[str | int, ...]) -> int:
        row = self[parts] = self._row_of.get(feature_hash("".join(map(str, parts))), UNKNOWN)
        return row


class _Place:
    """The rows of a neighbour that stands `offset` words away."""

    __slots__ = ("_classes", "_coarse", "_fine", "_get", "_key", "_offset", "_readings", "_stem")

    def __init__(self, offset: int, row_of: dict[int, int]) -> None:
        self._offset = offset
        self._get = row_of.get
        self._stem = feature_hash(f"{offset}l=")
        self._key = feature_hash(f"{offset}w=")
        self._fine = Parts(row_of)
        self._coarse = Parts(row_of)
        self._classes = Parts(row_of)
        self._readings: dict[tuple[str, bool], int] = {}

    def rows(self, form: FormFeatures) -> tuple[int, ...]:
        """Return the rows of `form.near(offset)`."""
        get, offset, crc32 = self._get, self._offset, zlib.crc32
        c64, c256, _ = form.clusters
        rows = [get(crc32(form.stem_bytes, self._stem), UNKNOWN), self._fine[offset, "c=", c256]]
        if abs(offset) < WINDOW:
            rows += (get(crc32(form.key_bytes, self._key), UNKNOWN), self._coarse[offset, "d=", c64])
            if form.best is not None:
                rows.append(self._reading(form.best))
        if form.classes:
            rows += [self._classes[offset, "C=", c] for c in form.classes]
        return tuple([row for row in rows if row != UNKNOWN])

    def _reading(self, best: Split) -> int:
        row = self._readings.get((best.preposition, best.article))
        if row is None:
            name = f"{self._offset}k={article_mark(best)}"
            row = self._readings[best.preposition, best.article] = self._get(feature_hash(name), UNKNOWN)
        return row


class FormRows:
    """The rows of written forms in one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._places = [_Place(offset, model.row_of) for offset in range(-WINDOW, WINDOW + 1)]
        self._readings: dict[tuple[int, str, str, str, str, bool], tuple[int, ...]] = {}

    def near(self, offset: int) -> Callable[[FormFeatures], tuple[int, ...]]:
        """Return the function that gives a form's rows as the neighbour `offset` words from a candidate."""
        return self._places[offset + WINDOW].rows

    def own(self, form: FormFeatures) -> tuple[int, ...]:
        """Return the rows of a form as a candidate."""
        rows = set(self._model.indices(form.written()))
        for reading in form.readings:
            rows.update(self._of_reading(reading))
        return tuple(rows)

    def _of_reading(self, form: TriggerForm) -> tuple[int, ...]:
        # what `reading_features` looks at: many written forms share it
        key = (form.number, form.pos, form.tense, form.voice, form.plurality, form.definite)
        rows = self._readings.get(key)
        if rows is None:
            rows = self._readings[key] = tuple(self._model.indices(reading_features(form)))
        return rows
