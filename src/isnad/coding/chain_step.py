"""Which mentions tell of the very same event (CODEBOOK section 10): each is linked to the first mention here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures
from isnad.coding.model import Model
from isnad.coding.reading import Reading
from isnad.coding.roles_again import neutral

_YES, _NO = "yes", "no"
_THRESHOLD = 0.5
_BACK = 12  # earlier mentions of the same type weighed


def earlier(drafts: Sequence[Draft], n: int) -> list[int]:
    """Return the earlier drafts of the same type that draft n may repeat, the nearest first."""
    return [m for m in range(n - 1, -1, -1) if drafts[m].type == drafts[n].type][:_BACK]


class ChainStep:
    """Links a mention to its likeliest antecedent, and so to the first mention."""

    name = "chain"

    def examples(
        self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft], gold: Sequence[dict[str, Any]]
    ) -> tuple[list[list[str]], list[str]]:
        """Return features of pairs of mentions of one type, and whether gold says they are the same event."""
        root = {e["id"]: e["same_as"] or e["id"] for e in gold}
        root = {i: root.get(r, r) for i, r in root.items()}
        features, labels = [], []
        for n in range(len(drafts)):
            for rank, m in enumerate(earlier(drafts, n)):
                features.append(self._features(reading, forms, drafts, n, m, rank))
                labels.append(_YES if root[gold[n]["id"]] == root[gold[m]["id"]] else _NO)
        return features, labels

    def apply(self, model: Model, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        """Set `same_as` to the index of the first mention."""
        pairs = [(n, m, rank) for n in range(len(drafts)) for rank, m in enumerate(earlier(drafts, n))]
        if not pairs:
            return
        columns = model.columns_of(self._features(reading, forms, drafts, n, m, rank) for n, m, rank in pairs)
        best: dict[int, tuple[float, int]] = {}
        for (n, m, _), row in zip(pairs, model.probabilities(columns), strict=True):
            score = float(row[model.classes.index(_YES)])
            if score > best.get(n, (_THRESHOLD, 0))[0]:
                best[n] = (score, m)
        for n in sorted(best):
            m = best[n][1]
            first = drafts[m].same_as
            drafts[n].same_as = m if first is None else first

    @staticmethod
    def _features(
        reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft], n: int, m: int, rank: int
    ) -> list[str]:
        one, two = drafts[m], drafts[n]
        gap = two.sentence - one.sentence
        same_stem = forms[one.head].stem == forms[two.head].stem
        lemma = one.form is not None and two.form is not None and one.form.lemma == two.form.lemma
        definite = two.form is not None and two.form.definite
        headline = reading.words.sentences[one.sentence].headline
        out = [
            "b",
            f"t={two.type}",
            f"gap={min(gap, 4)}",
            f"rank={min(rank, 4)}",
            f"stem={same_stem}|{definite}",
            f"lemma={lemma}|{definite}",
            f"hl={headline}|{gap == 1}|{rank}",
            f"hl={headline}|{two.type}",
            f"def={definite}|{min(gap, 3)}|{rank == 0}",
            f"mode={one.mode == two.mode}",
            f"mode={one.mode}|{two.mode}",
            f"status={one.status}|{two.status}",
            f"stems={forms[one.head].stem}|{forms[two.head].stem}",
            f"two={forms[two.head].stem}",
            f"lemma={lemma}|{min(gap, 3)}|{rank == 0}",
            f"rank={min(rank, 3)}|{two.type}",
        ]
        for field in ("actors", "recipients"):
            a = {neutral(reading, i) for i in getattr(one, field)}
            b = {neutral(reading, i) for i in getattr(two, field)}
            relation = (
                "none"
                if not a and not b
                else "open"
                if not a or not b
                else "same"
                if a == b
                else "share"
                if a & b
                else "differ"
            )
            out += [f"{field}={relation}", f"{field}={relation}|{two.type}", f"{field}={relation}|{headline}"]
        out += _agreement(
            "place",
            *(
                reading.places[d.place].name or reading.places[d.place].text if d.place is not None else None
                for d in (one, two)
            ),
        )
        out += _agreement("date", *(reading.dates[d.date].day_from if d.date is not None else None for d in (one, two)))
        for field in ("killed", "injured", "detained"):
            out += _agreement(
                field, *(str(d.tolls[field].count.least) if field in d.tolls else None for d in (one, two))
            )
        return out


def _agreement(name: str, one: str | None, two: str | None) -> list[str]:
    relation = (
        "none"
        if one is None and two is None
        else "open"
        if one is None or two is None
        else "same"
        if one == two
        else "differ"
    )
    return [f"{name}={relation}"]
