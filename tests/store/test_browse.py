"""Lists, filters, paging and search."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from isnad.errors import StoreError, UsageError
from isnad.model import CodedArticle
from isnad.model.intake import Incoming
from isnad.store import Filter, Outlet, Store

Make = Callable[..., Incoming]
Code = Callable[..., CodedArticle]


@pytest.fixture
def filled(store: Store, report: Make, coding: Code) -> Store:
    """Three articles: bombing in Aleppo, denied in Hama, and one that nobody has coded, without a day."""
    one = report("قصف الطيران حلب.", "a", outlet="x", published="2026-01-03")
    two = report("قصف الجيش حماة.", "b", outlet="y", published="2026-01-05")
    three = report("انعقد المؤتمر والقصف مستمر.", "c", outlet="x", published=None)
    store.add([(one, coding(one)), (two, coding(two, status="denied", date=None)), (three, None)])
    store.add([(report(one.text, "d", outlet="z"), None)])
    return store


@pytest.mark.parametrize(
    ("wanted", "articles", "events"),
    [
        (Filter(), [2, 1, 3], [2, 1]),
        (Filter(type="assault"), [2, 1], [2, 1]),
        (Filter(type="protest"), [], []),
        (Filter(status="denied"), [2], [2]),
        (Filter(party="SYR.mil"), [2, 1], [2, 1]),
        (Filter(party="SYR.mil", role="recipient"), [], []),
        (Filter(place="حَلَب"), [1], [1]),
        (Filter(place="SYR"), [2, 1], [2, 1]),
        (Filter(place="حماة", status="actual"), [], []),
        (Filter(outlet="z"), [1], [1]),
        (Filter(outlet="x"), [1, 3], [1]),
        (Filter(day_from="2026-01-04"), [2], [2]),
        (Filter(day_to="2026-01-03"), [1], [1]),
        (Filter(day_from="2025-12-31", day_to="2025-12-31"), [], [1]),
        (Filter(text="القصف"), [2, 1, 3], [2, 1]),
        (Filter(text="الجيش"), [2], [2]),
    ],
)
def test_filters(filled: Store, wanted: Filter, articles: list[int], events: list[int]) -> None:
    """Each filter keeps what it says of articles and of events, newest day first, unknown days last."""
    ids = {row.title or row.article: row.article for row in filled.articles()}
    assert len(ids) == 3
    assert [row.article for row in filled.articles(wanted)] == articles
    assert [row.article for row in filled.events(wanted)] == events


def test_event_row_tells_what_was_coded(filled: Store) -> None:
    """Day, place, parties and counts in a list are those of the coding."""
    row = filled.events(Filter(place="حلب"))[0]
    assert (row.type, row.mode, row.day, row.killed) == ("ASSAULT", "aerial", ("2025-12-31", "2025-12-31"), (2, None))
    assert [(party.role, party.id, party.text) for party in row.parties] == [("actor", "SYR.mil", "الطيران")]


def test_pages_show_every_row_once_while_others_are_added(store: Store, report: Make) -> None:
    """Paging by cursor neither repeats nor misses a row that was there at the start."""
    days = ["2026-01-02", "2026-01-01", None, "2026-01-01", "2026-01-03", None, "2026-01-02"]
    store.add([(report(f"نص {n}", f"a{n}", published=day), None) for n, day in enumerate(days)])
    seen, after = [], None
    while page := store.articles(after=after, limit=2):
        seen += [row.article for row in page]
        after = page[-1].cursor
        store.add([(report(f"جديد {after}", f"new {after}", published="2026-02-01"), None)])
    assert seen == [5, 7, 1, 4, 2, 6, 3]


def test_search_finds_words_with_clitics_and_marks_them_in_the_text(filled: Store) -> None:
    """القصف finds قصف and والقصف; marks are code points of the stored text; the last added comes first."""
    hits = filled.search("بِالقَصْف")
    assert [hit.article for hit in hits] == [3, 2, 1]
    assert [[hit.text[m.start : m.end] for m in hit.marks] for hit in hits] == [["والقصف"], ["قصف"], ["قصف"]]


def test_search_needs_every_word_and_phrases_in_order(filled: Store) -> None:
    """Two words must both be there; quoted words must follow each other; a star stands for any ending."""
    assert [hit.article for hit in filled.search("قصف الجيش")] == [2]
    assert [hit.article for hit in filled.search('"الجيش حماة"')] == [2]
    assert filled.search('"حماة الجيش"') == []
    assert [hit.article for hit in filled.search("مؤت*")] == [3]


def test_search_goes_on_where_it_stopped_and_takes_filters(filled: Store) -> None:
    """A page of one, then the next; filters narrow a search."""
    (first,) = filled.search("قصف", limit=1)
    assert [hit.article for hit in filled.search("قصف", after=first.cursor)] == [2, 1]
    assert [hit.article for hit in filled.search("قصف", Filter(outlet="z"))] == [1]


def test_longest_query_that_is_taken(filled: Store) -> None:
    """Fifty words, each with its forms, are answered by both databases; more are refused."""
    assert [hit.article for hit in filled.search("قصف الجيش " * 25)] == [2]
    with pytest.raises(UsageError):
        filled.search("قصف " * 51)


@pytest.mark.parametrize("query", ["", "  ", '""', "؟!", "*"])
def test_query_without_a_word_is_refused(store: Store, query: str) -> None:
    """One clear error instead of everything or a database error."""
    with pytest.raises(UsageError):
        store.search(query)


@pytest.mark.parametrize("query", ["'; DROP TABLE texts; --", "a:b", "NEAR(قصف", "قصف OR", "^قصف", "a & | !", "\0قصف"])
def test_query_with_signs_of_the_database_is_only_words(filled: Store, query: str) -> None:
    """Signs that mean something to FTS5 or tsquery are no part of the query."""
    assert isinstance(filled.search(query), list)
    assert filled.stats().articles == 3


def test_replaced_text_is_not_found(store: Store, report: Make) -> None:
    """Only the version in use answers a search."""
    store.add([(report("قصف حلب"), None)])
    store.add([(report("هدوء حلب"), None)])
    assert store.search("قصف") == []
    assert len(store.search("هدوء")) == 1


def test_unknown_article_is_one_clear_error(store: Store) -> None:
    """The code says that it is not there."""
    with pytest.raises(StoreError) as caught:
        store.article(7)
    assert caught.value.code == "store.unknown"


def test_cursor_of_something_else_is_refused(store: Store) -> None:
    """A cursor that no list gave is a mistake of usage."""
    with pytest.raises(UsageError):
        store.articles(after="7")


def test_outlets_are_found_by_id_and_domain(store: Store) -> None:
    """What is written comes back; writing again replaces."""
    store.save_outlets(
        [Outlet(id="o", name_ar="جريدة", country="SYR", side="s", domains=("o.example", "www.p.example"))]
    )
    store.save_outlets([Outlet(id="o", name_ar="صحيفة", domains=("o.example",))])
    assert store.outlets() == [Outlet(id="o", name_ar="صحيفة", domains=("o.example",))]
    assert store.outlet("www.o.example") == store.outlet("o")
    assert store.outlet("p.example") is None
