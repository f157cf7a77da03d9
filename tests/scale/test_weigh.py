"""Weighing over processes: the same incidents as in one, also when one of them dies."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from isnad.model import CodedArticle
from isnad.scale import weigh
from isnad.scale.waiting import outcome
from isnad.scale.weigh import Spread, assemble_over
from isnad.weigh import assemble

_spec = importlib.util.spec_from_file_location("scale_stories", Path(__file__).with_name("stories.py"))
assert _spec
assert _spec.loader
stories = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(stories)


@pytest.fixture
def told() -> list[CodedArticle]:
    """Return enough articles for several chunks of them."""
    return [stories.story(n, days=400) for n in range(700)]


def test_processes_give_the_incidents_of_one(told, monkeypatch):
    """Articles read and pairs scored in three processes give the same incidents, ids and loose members."""
    monkeypatch.setattr(weigh, "_PAIRS", 50)
    assert assemble_over(told, workers=3) == assemble(told)


def test_a_killed_process_changes_nothing(told):
    """With a process killed while articles are read, the incidents are the same."""

    def killing() -> Iterator[CodedArticle]:
        for n, article in enumerate(told):
            if n == 400:
                children = multiprocessing.active_children()
                assert children
                os.kill(children[0].pid or 0, signal.SIGKILL)
            yield article

    with Spread(workers=2) as spread:
        found = assemble(killing(), teller=spread.tell, scorer=spread.score)
    assert found == assemble(told)


def test_of_two_with_one_name_the_later_counts(told):
    """An article that comes twice, the second time without events, leaves none, however far reading runs ahead."""
    silent = CodedArticle(doc_id=told[3].doc_id, text=told[3].text)
    assert assemble_over([*told, silent], workers=2) == assemble([*told[:3], *told[4:]])


def test_one_worker_is_this_process(told):
    """With one worker, or a handful of articles, no process is started."""
    before = len(multiprocessing.active_children())
    with Spread(workers=1) as spread:
        assert len(list(spread.tell(told, {}))) == len(told)
    with Spread(workers=2) as spread:
        assert len(list(spread.tell(told[:5], {}))) == 5
        assert len(multiprocessing.active_children()) == before


def test_a_process_killed_again_and_again_changes_no_outcome():
    """Whichever process dies at whatever moment, every part has its outcome, in its place; new processes go on."""
    parts = [str(n).encode() for n in range(400)]

    def killing() -> Iterator[bytes]:
        for n, part in enumerate(parts):
            if n and n % 60 == 0:
                os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
            yield part

    with Spread(workers=3) as spread:
        assert list(spread.map(bytes.upper, killing())) == parts
        assert list(spread.map(bytes.upper, parts)) == parts


def test_a_pool_that_breaks_as_it_takes_work_is_found_out():
    """A future that a broken pool will never answer for raises what a broken pool raises."""
    with ProcessPoolExecutor(1) as pool:
        os.kill(pool.submit(os.getpid).result(), signal.SIGKILL)
        with pytest.raises(BrokenProcessPool):
            outcome(pool, Future())
