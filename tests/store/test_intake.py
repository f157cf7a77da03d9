"""Taking reports in: added, linked, changed, known; nothing lost, nothing doubled."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnad.model.intake import Incoming, Kept
from isnad.store import Outlet, Store

Make = Callable[..., Incoming]


def outcomes(kept: list[Kept]) -> list[str]:
    return [one.outcome for one in kept]


def test_new_content_is_added_and_the_same_again_is_known(store: Store, report: Make) -> None:
    """Adding twice changes nothing; the second time the look-up says so beforehand."""
    first = store.add([(report(), None)])
    assert outcomes(first) == ["added"]
    assert store.known([report()]) == [Kept(outcome="known", article=first[0].article)]
    assert store.add([(report(), None)]) == [Kept(outcome="known", article=first[0].article)]
    assert store.stats().articles == store.stats().versions == 1


def test_an_address_is_held_whatever_stands_there_now(store: Store, report: Make) -> None:
    """What watching a feed asks before it fetches an entry again."""
    one = report("a")
    assert not store.holds(one.address)
    store.add([(one, None)])
    assert store.holds(one.address)
    assert not store.holds(one.address + "?")


def test_same_content_elsewhere_is_one_article_with_two_addresses(store: Store, report: Make) -> None:
    """A reprint at a second address links to the article and keeps its own outlet."""
    (one,) = store.add([(report(outlet="first"), None)])
    (two,) = store.add([(report(address="https://b.example/9", outlet="second"), None)])
    assert (two.outcome, two.article) == ("linked", one.article)
    assert [seen.outlet for seen in store.article(one.article).sightings] == ["first", "second"]


def test_changed_page_is_a_new_version_and_the_old_one_stays(store: Store, report: Make) -> None:
    """Both texts are readable, oldest first, and the new one is in use."""
    (one,) = store.add([(report("قصف الطيران حلب."), None)])
    (two,) = store.add([(report("قصف الطيران إدلب."), None)])
    assert (two.outcome, two.article) == ("changed", one.article)
    found = store.article(one.article)
    assert [version.article.text for version in found.versions] == ["قصف الطيران حلب.", "قصف الطيران إدلب."]
    assert found.text.text == "قصف الطيران إدلب."
    assert [seen.current for seen in found.sightings] == [False, True]


def test_address_that_joins_an_article_and_changes_in_one_batch(store: Store, report: Make) -> None:
    """A fixed bug: the article was met by its content alone, and its version numbers began anew."""
    store.add([(report("one", "https://a.example/1"), None)])
    kept = store.add([(report(text, "https://b.example/1"), None) for text in ("one", "two")])
    assert outcomes(kept) == ["linked", "changed"]
    assert store.stats().versions == 2


def test_page_that_changes_back_is_no_third_version(store: Store, report: Make) -> None:
    """The first content comes into use again; the look-up does not call it known while the page shows another."""
    store.add([(report("أولا"), None)])
    store.add([(report("ثانيا"), None)])
    assert store.known([report("أولا")]) == [None]
    (back,) = store.add([(report("أولا"), None)])
    assert back.outcome == "known"
    assert store.article(back.article).text.text == "أولا"
    assert store.stats().versions == 2


def test_title_is_part_of_the_content_and_normal_form_is_not(store: Store, report: Make) -> None:
    """Another title makes another content; the same letters composed otherwise do not."""
    composed, parted = "\u0622ب", "\u0627\u0653ب"
    kept = store.add([(report(composed, "a"), None), (report(composed, "b", title="x"), None)])
    assert outcomes(kept) == ["added", "added"]
    assert outcomes(store.add([(report(parted, "c"), None)])) == ["linked"]
    assert store.article(kept[0].article).text.text == composed


def test_text_is_kept_to_the_letter_but_for_what_no_database_keeps(store: Store, report: Make) -> None:
    """Bidi marks, tatweel, letters beyond the base plane stay; NUL and half surrogates become U+FFFD, one for one."""
    text = "\u202bالقصـــف\u202c \U0001f1f8 \r\n\t'\"\\ \x1a"
    (kept,) = store.add([(report(text, "a"), None)])
    assert store.article(kept.article).text.text == text
    dirty = report("ا\0ب\ud800ج", "file-\udcff", title="\0")
    (kept,) = store.add([(dirty, None)])
    assert store.article(kept.article).text.text == "ا\ufffdب\ufffdج"
    assert store.known([dirty]) == [kept.__class__(outcome="known", article=kept.article)]


def test_raw_bytes_are_kept_once_and_come_back_whole(store: Store, report: Make) -> None:
    """Two addresses with the same bytes share one row; the bytes are those that came in."""
    raw = b"<html>\x00\xff" * 500
    kept = store.add([(report("ا", "a", raw=raw, media_type="text/html"), None), (report("ب", "b", raw=raw), None)])
    hashes = {store.article(one.article).sightings[0].raw for one in kept}
    assert len(hashes) == 1
    assert store.raw(str(hashes.pop())) == raw
    assert (store.stats().raws, store.stats().raw_bytes) == (1, len(raw))


def test_outlet_is_the_one_given_else_that_of_the_domain_else_the_domain(store: Store, report: Make) -> None:
    """A described outlet is found by its domain; an unknown one is added under its domain."""
    store.save_outlets([Outlet(id="paper", name_en="The Paper", domains=("paper.example",), side="none")])
    batch = [
        report("ا", "a", outlet="given", domain="paper.example"),
        report("ب", "b", domain="www.paper.example"),
        report("ج", "c", domain="new.example"),
        report("د", "d"),
    ]
    kept = store.add([(one, None) for one in batch])
    assert [store.article(one.article).text.outlet for one in kept] == ["given", "paper", "new.example", None]
    assert {outlet.id for outlet in store.outlets()} == {"given", "paper", "new.example"}
    assert store.outlet("paper.example") == store.outlet("paper")


def test_addresses_longer_than_an_index_allows_are_kept(store: Store, report: Make) -> None:
    """An address of ten thousand letters is stored and known again."""
    long = "https://a.example/" + "%D8" * 3_000
    store.add([(report("ا", long), None), (report("ب", long + "x"), None)])
    assert [bool(kept) for kept in store.known([report("ا", long), report("ا", long + "x")])] == [True, False]


def test_article_of_many_megabytes_is_kept_and_found(store: Store, report: Make) -> None:
    """An article with more different words than PostgreSQL indexes is stored all the same, and found by the first."""
    words = " ".join(f"كلمة{number}" for number in range(300_000))
    (kept,) = store.add([(report("قصف " + words), None)])
    assert [hit.article for hit in store.search("قصف", limit=1)] == [kept.article]
    assert list(store.check()) == []


_REPORTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=24)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports=_REPORTS, cuts=st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_any_order_and_batch_size_keeps_the_same(reports: list[tuple[int, int]], cuts: list[int], report: Make) -> None:
    """Contents, addresses and pairs of both are exactly the different ones that came in; the last one shown is in use.

    Held against a model of three lines, in batches of any size.
    """
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db") as store:
        _follow(store, reports, cuts, report)


def test_any_order_on_both_databases(store: Store, report: Make) -> None:
    """The same on a fixed sequence with every kind of move, for the database that hypothesis does not visit."""
    moves = [(0, 0), (1, 0), (0, 1), (1, 1), (2, 2), (0, 2), (0, 3), (2, 3), (0, 0), (3, 4), (3, 4), (1, 4)]
    _follow(store, moves, [3, 1, 2], report)


def _follow(store: Store, reports: list[tuple[int, int]], cuts: list[int], report: Make) -> None:
    shown: dict[int, int] = {}
    at, turn = 0, 0
    while at < len(reports):
        part = reports[at : at + cuts[turn % len(cuts)]]
        at, turn = at + len(part), turn + 1
        batch = [report(f"نص {text}", f"address {number}") for number, text in part]
        expected = [shown.get(number) == text for number, text in part] if len(part) == 1 else None
        if expected is not None:
            assert [kept is not None for kept in store.known(batch)] == expected
        store.add([(one, None) for one in batch])
        shown.update(part)
    stats = store.stats()
    assert stats.versions == len({text for _, text in reports})
    assert stats.addresses == len({number for number, _ in reports})
    everything = [store.article(row.article) for row in store.articles(limit=100)]
    pairs = [
        (seen.address, version.article.text)
        for one in everything
        for seen in one.sightings
        for other in everything
        for version in other.versions
        if version.version == seen.version
    ]
    assert sorted(pairs) == sorted({(f"address {number}", f"نص {text}") for number, text in reports})
    last = [report(f"نص {text}", f"address {number}") for number, text in shown.items()]
    assert all(kept is not None for kept in store.known(last))
    assert list(store.check()) == []


def test_settling_changes_nothing_that_is_stored(store: Store, report: Make) -> None:
    """After a large load the database is told what came in; its planner's statistics are then there."""
    store.add([(report(f"قصف على القرية رقم {n}", f"https://a.example/{n}"), None) for n in range(30)])
    before = [row.article for row in store.articles(limit=100)]
    store.settle()
    assert [row.article for row in store.articles(limit=100)] == before
    assert [hit.article for hit in store.search("القرية")]
    assert not list(store.check())
