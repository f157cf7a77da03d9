"""The way in: what is looked up, coded, stored and counted, against a real store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from isnad.errors import Fault
from isnad.intake import Plan, Tally, take_in
from isnad.intake.pages import read_pages
from isnad.intake.pipeline import Pair, batches
from isnad.intake.recode import recode
from isnad.intake.stamp import stamped
from isnad.intake.tally import Acknowledged, has_failed
from isnad.model import Article, CodedArticle
from isnad.model.intake import Incoming, Kept
from isnad.store import Store

TEXT = "قصف على أطراف البلدة رقم {} أدى إلى إصابة ثلاثة مدنيين بجروح."


class StandIn:
    """Codes nothing; fails on «انهيار» (collapse), and counts what it has seen in this process."""

    seen = 0

    def code_article(self, article: Article) -> CodedArticle:
        type(self).seen += 1
        if "انهيار" in article.text:
            raise ValueError("collapsed")
        note = None if "قصف" in article.text else "language: other"
        return CodedArticle(doc_id=article.doc_id, text=article.text, note=note, coder="a")


class Other(StandIn):
    """The same after its words have changed."""

    def code_article(self, article: Article) -> CodedArticle:
        return CodedArticle(doc_id=article.doc_id, text=article.text, coder="b")


def report(number: int, text: str = TEXT, **more: object) -> Incoming:
    given = {"address": f"https://news.example/{number}", "source": "test", "fetched": "2026-01-02T00:00:00Z"}
    return Incoming(**{"text": text.format(number), **given, **more})  # type: ignore[arg-type]


def page(number: int, body: str = TEXT, **more: object) -> Incoming:
    html = f"<html><head><title>خبر {number}</title></head><body><article><p>{body.format(number)}</p>"
    html += f"<p>{body.format(number + 1000)}</p></article></body></html>"
    return report(number, "", raw=html.encode(), media_type="text/html", **more)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "isnad.db") as opened:
        yield opened


def run(store: Store, items: Sequence[Incoming | Fault], *, code: bool = True, **plan: object) -> Tally:
    tally = Tally()
    given = Plan(**{"workers": 1, "batch": 10, **plan})  # type: ignore[arg-type]
    take_in(items, store=store, make_coder=StandIn if code else None, plan=given, tally=tally)
    return tally


def test_outcomes_are_counted(store: Store) -> None:
    """Added, linked (same text elsewhere), changed (other text there), known (nothing new)."""
    first = run(store, [report(n) for n in range(25)])
    assert first.outcomes == {"added": 25}
    second = run(store, [report(0), report(1, TEXT + " تحديث"), report(99, TEXT.format(2))])
    assert second.outcomes == {"known": 1, "changed": 1, "linked": 1}


def test_what_is_known_is_not_coded_again(store: Store) -> None:
    items = [report(n) for n in range(30)]
    run(store, items)
    before = StandIn.seen
    assert run(store, items).outcomes == {"known": 30}
    assert StandIn.seen == before


@pytest.mark.parametrize("workers", [1, 2])
def test_order_and_codings_stay_with_their_reports(store: Store, workers: int) -> None:
    """Many over processes: each stored text has the coding of that text."""
    assert run(store, [report(n) for n in range(150)], workers=workers).outcomes == {"added": 150}
    coded = store.coded(limit=500)
    assert [c.coded.text for c in coded] == [TEXT.format(n) for n in range(150)]
    assert store.uncoded() == []


def test_a_report_whose_coding_fails_is_kept_all_the_same(store: Store) -> None:
    tally = run(store, [report(1), report(2, "انهيار مبنى قصف"), report(3)])
    assert tally.outcomes == {"added": 3}
    assert tally.failed == {"coding.crash": 1}
    assert [item.article.text for item in store.uncoded()] == ["انهيار مبنى قصف"]


def test_another_language_is_kept_and_noted(store: Store) -> None:
    tally = run(store, [report(1, "three people wounded")])
    assert (tally.outcomes, tally.notices) == ({"added": 1}, {"coding.language": 1})


def test_without_coding_all_wait_for_recode(store: Store) -> None:
    run(store, [report(n) for n in range(12)], code=False)
    assert len(store.uncoded()) == 12
    tally = Tally()
    recode(store, make_coder=StandIn, version=None, plan=Plan(batch=5), tally=tally)
    assert tally.outcomes == {"coded": 12}
    assert store.uncoded() == []


def test_recode_takes_other_versions_and_keeps_the_old_coding(store: Store) -> None:
    """Only what another version coded; twice changes nothing; the old coding stays readable, with its version."""
    run(store, [report(n) for n in range(5)])
    for expected in (5, 0):
        tally = Tally()
        recode(store, make_coder=Other, version="b", tally=tally)
        assert tally.outcomes.total() == expected
    (version,) = store.article(store.coded()[0].article).versions
    assert [(coding.coder, coding.current) for coding in version.codings] == [("a", False), ("b", True)]


def test_faults_are_counted_as_skipped_failed_or_noted(store: Store) -> None:
    def fault(code: str, *, skipped: bool = True) -> Fault:
        return Fault(path="x", code=code, message="m", skipped=skipped)

    told: list[Fault] = []
    tally = Tally(on_fault=told.append)
    items = [fault("input.empty"), fault("fetch.timeout"), fault("input.decoded", skipped=False), report(1)]
    take_in(items, store=store, make_coder=None, tally=tally)
    assert (tally.skipped, tally.failed, tally.notices) == (
        {"input.empty": 1},
        {"fetch.timeout": 1},
        {"input.decoded": 1},
    )
    assert len(told) == 3
    assert has_failed("fetch.dns")
    assert not has_failed("input.json")


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (report(1, "قصف \0 البلدة"), "input.binary"),
        (report(1, "قصف \ud800 البلدة"), "input.surrogate"),
        (report(1, title="x\0"), "input.binary"),
        (report(1, "  \n"), "input.empty"),
    ],
)
def test_what_no_database_keeps_is_refused_and_the_rest_goes_on(store: Store, item: Incoming, code: str) -> None:
    tally = run(store, [report(2), item, report(3)])
    assert (tally.outcomes, tally.skipped) == ({"added": 2}, {code: 1})


def test_an_outcome_is_told_only_when_it_is_on_the_disk() -> None:
    """The store fails at the third batch: two batches were told, and no more."""

    class Failing:
        def __init__(self) -> None:
            self.kept: list[str] = []

        def known(self, batch: Sequence[Incoming]) -> list[Kept | None]:
            return [None] * len(batch)

        def add(self, batch: Sequence[Pair]) -> list[Kept]:
            if len(self.kept) >= 20:
                raise OSError("disk full")
            self.kept += [incoming.address for incoming, _ in batch]
            return [Kept(outcome="added", article=1) for _ in batch]

    told: list[Acknowledged] = []
    keeper = Failing()
    tally = Tally(on_kept=told.extend)
    with pytest.raises(OSError, match="disk full"):
        take_in(
            [report(n) for n in range(50)], store=keeper, make_coder=None, plan=Plan(workers=1, batch=10), tally=tally
        )
    assert [one.address for one in told] == keeper.kept
    assert tally.reports == 20


@pytest.mark.parametrize("count", [5, 200])
def test_pages_are_read_in_their_place(count: int) -> None:
    """Few in this process, many over processes; what is no page is carried along, also two pages of one address."""
    items: list[Incoming | Fault] = []
    for n in range(count):
        items += [page(n), report(n + 5000), Fault(path=str(n), code="input.empty", message="m")]
    items += [page(1), page(1, TEXT + " مرة أخرى")]
    out = list(read_pages(items, workers=2))
    assert len(out) == len(items)
    for item, came in zip(items, out, strict=True):
        if isinstance(item, Fault) or item.text:
            assert came is item
        else:
            assert isinstance(came, Incoming)
            assert (came.address, came.raw) == (item.address, item.raw)
            assert came.text.startswith("خبر")
    assert isinstance(out[-1], Incoming)
    assert "مرة أخرى" in out[-1].text


def test_a_page_without_text_is_a_fault_in_its_place() -> None:
    items = [page(1), report(2, "", raw=b"<html><body></body></html>", media_type="text/html"), page(3)]
    out = list(read_pages(items))
    assert [getattr(item, "code", None) for item in out] == [None, "input.html", None]


def test_charset_of_the_archive_is_used() -> None:
    html = f"<html><body><article><p>{TEXT.format(1)}</p></article></body></html>"
    item = report(1, "", raw=html.encode("windows-1256"), media_type="text/html; charset=windows-1256")
    (came,) = read_pages([item])
    assert isinstance(came, Incoming)
    assert TEXT.format(1) in came.text


def test_batches_close_by_size() -> None:
    assert list(batches(range(5), size=2, seconds=100)) == [[0, 1], [2, 3], [4]]
    assert list(batches(range(3), size=10, seconds=0)) == [[0], [1], [2]]


def test_codings_carry_the_version_of_words_and_weights(tmp_path: Path) -> None:
    """The user's own words make another version; the same words the same."""
    words = tmp_path / "triggers"
    words.mkdir()
    make, plain = stamped(StandIn)
    assert make().code_article(Article(doc_id="1", text="قصف")).coder == plain
    assert stamped(StandIn)[1] == plain
    (words / "a.yaml").write_text("a: 1", encoding="utf-8")
    assert stamped(StandIn, lexicon=[tmp_path])[1] != plain
