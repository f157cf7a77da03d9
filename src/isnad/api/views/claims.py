"""Claims with their quotations, and values in words of both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from isnad.api.shapes.common import Label, SpanView
from isnad.api.shapes.incidents import ClaimView, SpeakerView
from isnad.api.views.labels import Labels
from isnad.api.views.naming import Naming
from isnad.api.views.quotes import quote_of
from isnad.model import Span
from isnad.model.incidents import Claim, Speaker
from isnad.store.passages import Passage

_LONGEST = 2_000


class Claims:
    """Makes claims for the reader; made once for an application."""

    def __init__(self, naming: Naming, labels: Labels) -> None:
        self.naming = naming
        self.labels = labels

    def view(self, claim: Claim, passages: Mapping[int, Passage]) -> ClaimView:
        """Return a claim with its quotation from `passages`, by article."""
        passage = passages.get(claim.article) if claim.article is not None else None
        return ClaimView(
            field=claim.field,
            value=claim.value,
            label=self.words(claim.field, claim.value),
            says=claim.says,
            status=claim.status,
            article=article_id(claim.article, claim.doc_id),
            event=claim.event,
            outlet=self.naming.outlet_or_none(claim.outlet),
            speaker=self.speaker(claim.speaker),
            via=self.speaker(claim.via),
            quote=quote_of(passage.text if passage else None, claim.span.start, claim.span.end, words=claim.span.text),
            span=span_view(claim.span),
        )

    def speaker(self, speaker: Speaker | None) -> SpeakerView | None:
        """Return a speaker with the name of the party."""
        if speaker is None:
            return None
        party = self.naming.party(speaker.party) if speaker.party else None
        return SpeakerView(text=speaker.text[:_LONGEST], kind=speaker.kind, party=party, side=speaker.side)

    def words(self, field: str, value: Any) -> Label:
        """Return a value of a field in words."""
        known = self.labels.of
        if value is None:
            return known("values", "unknown")
        if field == "happening":
            return known("values", "true" if value else "false")
        if field in ("actor", "recipient") and isinstance(value, str):
            party = self.naming.party(value)
            return Label(ar=party.ar, en=party.en)
        if field == "type":
            return self._type(value)
        if isinstance(value, dict) and field == "date":
            return self._days(value)
        if isinstance(value, dict):
            name = str(value.get("name") or value.get("text") or "")[:_LONGEST]
            return Label(ar=name, en=name)
        if isinstance(value, (list, tuple)) and len(value) == 2:
            return self._count(*value)
        return Label(ar=str(value)[:_LONGEST], en=str(value)[:_LONGEST])

    def _type(self, value: Any) -> Label:
        given = value if isinstance(value, dict) else {"type": value}
        group, key = ("modes", given.get("mode")) if given.get("mode") else ("types", given.get("type"))
        return self.labels.of(group, str(key))

    def _days(self, value: dict[str, Any]) -> Label:
        start, end = value.get("start"), value.get("end")
        return self._filled("day" if start == end or not end else "days", start=start, end=end)

    def _count(self, least: Any, most: Any) -> Label:
        if least is None and most is None:
            return self.labels.of("values", "several")
        if least == most:
            return Label(ar=str(least), en=str(least))
        if most is None:
            return self._filled("atLeast", n=least)
        if least is None:
            return self._filled("atMost", n=most)
        return self._filled("between", least=least, most=most)

    def _filled(self, key: str, **values: Any) -> Label:
        label = self.labels.of("values", key)
        ar, en = label.ar, label.en
        for name, value in values.items():
            ar, en = ar.replace("{" + name + "}", str(value)), en.replace("{" + name + "}", str(value))
        return Label(ar=ar, en=en)


def article_id(article: int | None, doc_id: str) -> str:
    """Return the id under which the API knows an article; that which it came with where the store has none."""
    return str(article) if article is not None else doc_id


def span_view(span: Span) -> SpanView:
    """Return a span, its text cut where somebody made it enormous."""
    return SpanView(text=span.text[:_LONGEST], start=span.start, end=span.end)


__all__ = ["Claims", "article_id", "span_view"]
