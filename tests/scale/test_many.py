"""Many articles: in order, bounded, and one bad article costs one fault."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from isnad.errors import Fault
from isnad.model import Article, CodedArticle
from isnad.scale import code_many
from isnad.scale.many import AHEAD


class Echo:
    """A stand-in coder: fails or dies on request."""

    def code_article(self, article: Article) -> CodedArticle:
        if article.text == "crash":
            raise ValueError("no\nsuch thing")
        if article.text == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        return CodedArticle(doc_id=article.doc_id, text=article.text, coder=str(os.getpid()))


def broken_coder() -> Echo:
    raise RuntimeError("no lexicon")


def articles(count: int, **special: str) -> list[Article]:
    return [Article(doc_id=str(i), text=special.get(f"n{i}", "قصف")) for i in range(count)]


@pytest.mark.parametrize("workers", [1, 3])
def test_order_is_kept_and_faults_stay_in_place(workers: int) -> None:
    given: list[Article | Fault] = list(articles(100))
    given.insert(50, Fault(path="x", code="input.json", message="bad"))
    out = list(code_many(given, make_coder=Echo, workers=workers, chunk=7))
    names = [item.path if isinstance(item, Fault) else item.doc_id for item in out]
    assert names == [*map(str, range(50)), "x", *map(str, range(50, 100))]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_crash_costs_one_article(workers: int) -> None:
    out = list(code_many(articles(40, n13="crash"), make_coder=Echo, workers=workers, chunk=5))
    faults = [item for item in out if isinstance(item, Fault)]
    assert len(out) == 40
    assert [(f.doc_id, f.code) for f in faults] == [("13", "coding.crash")]
    assert "\n" not in faults[0].message


def test_a_killed_process_costs_one_article() -> None:
    out = list(code_many(articles(40, n13="die"), make_coder=Echo, workers=2, chunk=5))
    assert [item.doc_id for item in out] == [str(i) for i in range(40)]
    assert [(f.doc_id, f.code) for f in out if isinstance(f, Fault)] == [("13", "coding.killed")]


def test_several_processes_work() -> None:
    out = list(code_many(articles(200), make_coder=Echo, workers=3, chunk=2))
    processes = {item.coder for item in out if isinstance(item, CodedArticle)}
    assert str(os.getpid()) not in processes
    assert len(processes) > 1


def test_spawned_processes_work_too() -> None:
    out = list(code_many(articles(10), make_coder=Echo, workers=2, chunk=2, start_method="spawn"))
    assert [item.doc_id for item in out] == [str(i) for i in range(10)]


def test_reading_does_not_run_far_ahead() -> None:
    """Memory stays bounded: only the chunks under way are taken from the source."""
    taken = 0

    def source() -> Iterator[Article]:
        nonlocal taken
        for article in articles(1000):
            taken += 1
            yield article

    stream = code_many(source(), make_coder=Echo, workers=2, chunk=4)
    next(stream)
    assert taken <= 4 * (2 * AHEAD + 1)
    stream.close()  # type: ignore[attr-defined]


def test_a_coder_that_cannot_be_made_is_an_error_not_a_hang() -> None:
    with pytest.raises(RuntimeError):
        list(code_many(articles(3), make_coder=broken_coder, workers=2))
