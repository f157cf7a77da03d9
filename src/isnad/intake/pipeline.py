"""The way in: items from the sources, without what the store has, coded over processes, stored in batches.

One transaction a batch; an outcome is counted and told only when its batch is on the disk.  Whatever stops the run,
what was told is there, and running again goes on with the rest.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Protocol, TypeVar

import msgspec

from isnad.errors import Fault
from isnad.ingest.origin import Item, what_is_wrong
from isnad.intake.pages import FEW, read_pages
from isnad.intake.tally import Tally
from isnad.model import Article, CodedArticle
from isnad.model.intake import Incoming, Kept
from isnad.scale.many import MakeCoder, code_many

Pair = tuple[Incoming, CodedArticle | None]
T = TypeVar("T")


class Keeper(Protocol):
    """What the pipeline needs of a store."""

    def known(self, batch: Sequence[Incoming]) -> list[Kept | None]: ...

    def add(self, batch: Sequence[Pair]) -> list[Kept]: ...


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How to go about it.

    `workers` is the number of processes (0: one a core).  `batch` reports are looked up, and stored, at once; what
    came in is stored after `seconds` at the latest.  `slow` is for sources that give reports one by one: each is
    dealt with at once, in this process.
    """

    workers: int = 0
    batch: int = 400
    seconds: float = 5.0
    slow: bool = False


def take_in(
    items: Iterable[Item],
    *,
    store: Keeper,
    make_coder: MakeCoder | None,
    plan: Plan = Plan(),  # noqa: B008 (frozen)
    tally: Tally,
) -> None:
    """Take in everything from `items`; `make_coder` None leaves coding for later.

    Raises StoreError when the store fails; whatever is raised, the batches told to `tally` are kept.
    """
    workers = 1 if plan.slow else plan.workers
    fresh = _fresh(read_pages(items, workers=workers), store, plan, tally)
    pairs = ((one, None) for one in fresh) if make_coder is None else coded(fresh, make_coder, workers, tally)
    for batch in batches(_stepping(pairs, tally), size=plan.batch, seconds=plan.seconds):
        tally.kept(batch, store.add(batch))


def coded(
    reports: Iterable[Incoming], make_coder: MakeCoder, workers: int, tally: Tally
) -> Iterator[tuple[Incoming, CodedArticle | None]]:
    """Yield reports with their codings, in order; None where coding failed, so that the report is kept all the same."""
    waiting: deque[Incoming] = deque()
    reports = iter(reports)
    first = list(islice(reports, FEW)) if workers != 1 else []
    if first and len(first) < FEW:
        workers = 1  # for so few, making processes would take longer
    for result in code_many(_sent(chain(first, reports), waiting), make_coder=make_coder, workers=workers):
        incoming = waiting.popleft()
        if isinstance(result, Fault):
            tally.fault(msgspec.structs.replace(result, path=incoming.address))
            yield incoming, None
        else:
            if result.note is not None:
                tally.notices["coding.language"] += 1
            yield incoming, result


def article_of(incoming: Incoming) -> Article:
    """Return a report as the article that is coded."""
    web = incoming.address.startswith(("http://", "https://"))
    return Article(
        doc_id=incoming.doc_id or incoming.address,
        text=incoming.text,
        published=incoming.published,
        outlet=incoming.outlet,
        title=incoming.title,
        url=incoming.address if web else None,
    )


def batches(items: Iterable[T], *, size: int, seconds: float) -> Iterator[list[T]]:
    """Yield items in lists of at most `size`; a list is closed when its first item is `seconds` old."""
    batch: list[T] = []
    started = 0.0
    for item in items:
        if not batch:
            started = time.monotonic()
        batch.append(item)
        if len(batch) >= size or time.monotonic() - started >= seconds:
            yield batch
            batch = []
    if batch:
        yield batch


def _stepping(pairs: Iterable[Pair], tally: Tally) -> Iterator[Pair]:
    for pair in pairs:
        tally.step()
        yield pair


def _fresh(items: Iterable[Item], store: Keeper, plan: Plan, tally: Tally) -> Iterator[Incoming]:
    """Yield what the store does not have; count the rest."""
    for batch in batches(_sound(items, tally), size=1 if plan.slow else plan.batch, seconds=plan.seconds):
        known = store.known(batch)
        tally.known([(one, kept) for one, kept in zip(batch, known, strict=True) if kept is not None])
        yield from (one for one, kept in zip(batch, known, strict=True) if kept is None)


def _sound(items: Iterable[Item], tally: Tally) -> Iterator[Incoming]:
    """Yield the reports that can be stored; count faults."""
    for item in items:
        if isinstance(item, Fault):
            tally.fault(item)
            continue
        wrong = what_is_wrong(item)
        if wrong is None:
            yield item
        else:
            tally.fault(Fault(path=item.address, code=wrong[0], message=wrong[1]))


def _sent(reports: Iterable[Incoming], waiting: deque[Incoming]) -> Iterator[Article]:
    for incoming in reports:
        waiting.append(incoming)
        yield article_of(incoming)


__all__ = ["Keeper", "Pair", "Plan", "article_of", "batches", "coded", "take_in"]
