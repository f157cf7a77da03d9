"""Codings: what waits for one, which is in use, and what the lists show of it."""

from __future__ import annotations

from collections.abc import Callable

from isnad.model import CodedArticle
from isnad.model.intake import Incoming
from isnad.store import Filter, Store

Make = Callable[..., Incoming]
Code = Callable[..., CodedArticle]


def test_coding_added_with_its_report_comes_back_whole(store: Store, report: Make, coding: Code) -> None:
    """Every field of the events returns as it was given."""
    given = coding(report())
    (kept,) = store.add([(report(), given)])
    found = store.article(kept.article).coded
    assert found is not None
    assert found.events == given.events
    assert (found.text, found.published, found.coder) == (report().text, "2026-01-01", "coder 1")
    assert [one.coded.events for one in store.coded()] == [given.events]


def test_texts_without_a_coding_wait_for_it_in_pages(store: Store, report: Make, coding: Code) -> None:
    """`uncoded` gives each once; after `save_codings` none is left, and saving again is nothing new."""
    reports = [report(f"قصف الطيران بلدة{n}", f"a{n}") for n in range(5)]
    store.add([(one, None) for one in reports])
    first = store.uncoded(limit=3)
    rest = store.uncoded(after=first[-1].version, limit=3)
    assert [work.article.text for work in first + rest] == [one.text for one in reports]
    batch = [(work.version, coding(reports[n])) for n, work in enumerate(first + rest)]
    assert store.save_codings(batch) == 5
    assert store.save_codings(batch) == 0
    assert store.uncoded() == store.uncoded("coder 1") == []
    assert len(store.uncoded("coder 2")) == 5


def test_new_coder_takes_over_and_the_old_coding_stays(store: Store, report: Make, coding: Code) -> None:
    """After recoding both are readable, marked with their coder; the lists show the new one alone."""
    (kept,) = store.add([(report(), coding(report()))])
    (work,) = store.uncoded("coder 2")
    store.save_codings([(work.version, coding(report(), "coder 2", status="denied"))])
    codings = store.article(kept.article).versions[0].codings
    assert [(one.coder, one.current, one.coded.events[0].status) for one in codings] == [
        ("coder 1", False, "actual"),
        ("coder 2", True, "denied"),
    ]
    assert [event.status for event in store.events()] == ["denied"]
    store.save_codings([(work.version, coding(report()))])
    assert [event.status for event in store.events()] == ["actual"]
    assert len(store.article(kept.article).versions[0].codings) == 2


def test_coding_of_another_text_is_left_out(store: Store, report: Make, coding: Code) -> None:
    """Spans would point into the wrong text: the report is kept, and waits for its coding."""
    other = coding(report("قصف الجيش حماة."))
    store.add([(report(), other)])
    (work,) = store.uncoded()
    assert store.save_codings([(work.version, other)]) == 0
    assert store.events() == []


def test_events_of_a_replaced_version_leave_the_lists_and_come_back_with_it(
    store: Store, report: Make, coding: Code
) -> None:
    """A changed page shows its own events only; when it changes back, so do the lists."""
    one, two = report("قصف الطيران حلب."), report("قصف الجيش حماة.")
    store.add([(one, coding(one))])
    (kept,) = store.add([(two, None)])
    assert store.events() == []
    assert [work.article.text for work in store.uncoded()] == [two.text]
    store.add([(two, coding(two))])
    assert [event.place for event in store.events()] == ["حماة"]
    store.add([(one, None)])
    assert [event.place for event in store.events()] == ["حلب"]
    assert store.article(kept.article).coded is not None
    assert list(store.check()) == []


def test_report_without_events_is_coded_with_its_note(store: Store, report: Make) -> None:
    """What is not Arabic does not wait for a coding for ever."""
    english = report("Nothing to read here.")
    store.add([(english, CodedArticle(doc_id="d", text=english.text, note="language: other", coder="coder 1"))])
    assert store.uncoded("coder 1") == []
    (row,) = store.articles()
    assert (row.events, row.note) == (0, "language: other")
    assert store.events(Filter(type="assault")) == []
