"""What holds of any text: nothing fails, spans are exact, triggers stand apart, values come from the tables."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from isnad.coding import Coder
from isnad.coding.crosswalk import reasons
from isnad.model import CodedArticle
from isnad.model.plover import MODES, STATUSES, is_mode

#: Words that coding turns on (shelled, arrested, denied, meeting, dead, said ...), parties, places, times, signs.
_WORDS = re.split(
    " ",
    "قصفت قصف القصف واعتقلت اعتقال مقتل وإصابة هجوم بهجوم غارات شن شنت اجتماع التقى طالب بالإفراج عن نفى أكد قال أن إن "
    "اشتباكات بين وبين على ضد من قبل مصدر محلي ناشطون بحسب رويترز سوف قد لم لن إذا قوات النظام ميليشيا قسد الجيش "
    "الوطني التركي روسيا واشنطن مدنيين خمسة ثلاثة 12 عشرات أكثر في مدينة بلدة حلب إدلب صنعاء بغداد شمال ريف أمس "
    "اليوم الثلاثاء الماضي منذ آذار 2015 اتفاق وقف إطلاق النار التي الذي ما أدى إلى "
    '. ، « » " : ( ) \n \n\n # ـ ميلـ.ـيشـ.ـيا @x https://x.org',
)
_ODD = ["\u200f", "\u0640", "ً", "ُ", "\ufeff", "\u202b", "\u2066", "\ud800", "😀", "ﻻ", "&#34;", "\x00", "١٢", "A"]
news = st.lists(st.sampled_from(_WORDS), min_size=4, max_size=80).map(" ".join)
torn = st.lists(st.sampled_from([*_WORDS, *_ODD]), max_size=80).map("".join)
anything = st.one_of(news, torn, st.text(st.characters(exclude_categories=()), max_size=200))
often = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@often
@given(text=anything, published=st.sampled_from([None, "2021-03-05", "2024-02-29", "05/03/2021", ""]))
@example(text="", published=None)
@example(text="قصف", published=None)
@example(text="قصف " * 3000, published="2021-03-05")
@example(text="«" * 500 + "قصفت قوات النظام حلب", published="2021-03-05")
def test_any_text_gives_a_sound_record(coder: Coder, text: str, published: str | None) -> None:
    coded = coder.code(text, published=published)
    assert coded.text == text
    spans_are_exact(coded)
    events_are_in_order(coded)
    values_are_of_the_tables(coded)
    chains_point_back(coded)


@often
@given(text=news)
def test_same_text_gives_same_events(coder: Coder, text: str) -> None:
    assert coder.code(text, published="2021-03-05") == coder.code(text, published="2021-03-05")


@pytest.mark.parametrize("when", ["أمس", "اليوم", "يوم الثلاثاء الماضي", "منذ ثلاثة أيام", "مطلع الشهر الجاري", "غداً"])
def test_without_a_day_of_publication_no_relative_time_is_a_day(coder: Coder, when: str) -> None:
    text = f"قصفت قوات النظام بلدة كفرنبل {when}."  # regime forces shelled the town ...
    unknown = [e.date for e in coder.code(text).events]
    known = [e.date for e in coder.code(text, published="2021-03-05").events]
    assert [d and d.span for d in unknown] == [d and d.span for d in known]
    assert any(unknown)
    assert all(d.start is None and d.end is None for d in unknown if d)


def spans_are_exact(coded: CodedArticle) -> None:
    """Every record with text, start and end stands in the text where it says, date words by their span."""
    for event in msgspec.to_builtins(coded.events):
        if event["date"]:
            event["date"] = event["date"]["span"]
        for span in _spans(event):
            assert 0 <= span["start"] < span["end"] <= len(coded.text)
            assert coded.text[span["start"] : span["end"]] == span["text"]


def _spans(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        inner = [span for item in value.values() for span in _spans(item)]
        return [value, *inner] if {"text", "start", "end"} <= set(value) else inner
    return [span for item in value for span in _spans(item)] if isinstance(value, (list, tuple)) else []


def events_are_in_order(coded: CodedArticle) -> None:
    assert [event.id for event in coded.events] == list(range(1, len(coded.events) + 1))
    for before, after in pairwise(coded.events):
        assert before.trigger.end <= after.trigger.start


def values_are_of_the_tables(coded: CodedArticle) -> None:
    for event in coded.events:
        assert event.type in MODES
        assert is_mode(event.type, event.mode)
        assert event.status in STATUSES
        assert 0 <= event.score <= 1
        assert {reason for reason in (event.acled.reason, event.cameo.reason) if reason} <= set(reasons())
        for count in (event.killed, event.injured, event.detained):
            assert count is None or None in count or count[0] <= count[1]  # type: ignore[operator]
        ids = [party.id for party in (*event.actors, *event.recipients) if party.id]
        assert len(ids) == len(set(ids))
        for name in event.reasons:
            assert not getattr(event, name) or name in {"date", "place"}


def chains_point_back(coded: CodedArticle) -> None:
    for event in coded.events:
        if event.same_as is not None:
            first = coded.events[event.same_as - 1]
            assert event.same_as < event.id
            assert first.type == event.type
            assert first.same_as is None
