"""A coded article with everything in it: nested, overlapping and repeated spans, hostile text."""

from __future__ import annotations

import pytest

from isnad.model import (
    Acled,
    Cameo,
    CodedArticle,
    Cue,
    DateValue,
    Event,
    Party,
    Place,
    Source,
    Span,
    Via,
)

TEXT = (
    "ميليشيا الوادي تقصف بلدة «تل النهر» <script>alert(1)</script>\n"
    "نفى مصدر محلي لوكالة الغد أمس الثلاثاء مقتل سبعة مدنيين في قصف شنّته ميليشيا الوادي على بلدة تل النهر & قريتها."
)


def span(words: str, after: int = 0) -> tuple[str, int, int]:
    start = TEXT.index(words, after)
    return words, start, start + len(words)


def keys(words: str, after: int = 0) -> dict[str, object]:
    text, start, end = span(words, after)
    return {"text": text, "start": start, "end": end}


@pytest.fixture
def coded() -> CodedArticle:
    body = TEXT.index("نفى")
    militia = Party(id="valley-militia", framing="ميليشيا", **keys("ميليشيا الوادي", body))  # type: ignore[arg-type]
    first = Event(
        id=1,
        trigger=Span(*span("تقصف")),
        type="ASSAULT",
        mode="heavy-weapons",
        status="actual",
        actors=(Party(id="valley-militia", framing="ميليشيا", **keys("ميليشيا الوادي")),),  # type: ignore[arg-type]
        place=Place(**keys("بلدة «تل النهر»")),  # type: ignore[arg-type]
    )
    second = Event(
        id=2,
        trigger=Span(*span("قصف", body)),
        type="ASSAULT",
        mode="heavy-weapons",
        status="denied",
        actors=(militia,),
        recipients=(Party(id="civilians", **keys("سبعة مدنيين")),),  # type: ignore[arg-type]
        place=Place(
            name="Tall an Nahr",
            country="SYR",
            level="town",
            lat=36.5,
            lon=38.25,
            precision=2.0,
            source_id="geonames:1",
            **keys("بلدة تل النهر", body),  # type: ignore[arg-type]
        ),
        date=DateValue(
            text="أمس الثلاثاء", start="2024-01-02", end="2024-01-02", span=Span(*span("أمس الثلاثاء"))
        ),
        killed=(7, 7),
        injured=(20, 99),
        source=Source(
            kind="anonymous",
            via=Via(kind="media", **keys("وكالة الغد")),  # type: ignore[arg-type]
            **keys("مصدر محلي"),  # type: ignore[arg-type]
        ),
        same_as=1,
        score=0.87654,
        cues=(Cue(field="status", rule="denial", **keys("نفى")),),  # type: ignore[arg-type]
        reasons={"detained": "not-stated"},
        acled=Acled(
            event_type="Explosions/Remote violence", sub_event_type="Shelling/artillery/missile attack"
        ),
        cameo=Cameo(root="19", code="194"),
    )
    return CodedArticle(
        doc_id="doc-1",
        text=TEXT,
        published="2024-01-03",
        outlet="al-ghad",
        title='عنوان "فيه" <b>وسم</b>',
        url="javascript:alert(1)",
        events=(first, second),
        coder="test",
    )


@pytest.fixture
def empty() -> CodedArticle:
    return CodedArticle(
        doc_id="doc-2", text="فاز الفريق بالمباراة.", note="not news of conflict", coder="test"
    )
