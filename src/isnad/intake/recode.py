"""Stored texts coded anew: those without a coding, and those whose coding another version of the coder made."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from msgspec import structs

from isnad.errors import Fault
from isnad.intake.pages import FEW
from isnad.intake.pipeline import Plan, batches
from isnad.intake.tally import Tally
from isnad.model import Article, CodedArticle
from isnad.scale.many import MakeCoder, code_many


class _ToCode(Protocol):
    @property
    def version(self) -> int: ...

    @property
    def article(self) -> Article: ...


class Shelf(Protocol):
    """What recoding needs of a store."""

    def uncoded(self, coder: str | None = None, *, after: int = 0, limit: int = 500) -> Sequence[_ToCode]: ...

    def save_codings(self, batch: Sequence[tuple[int, CodedArticle]]) -> int: ...


def recode(
    store: Shelf,
    *,
    make_coder: MakeCoder,
    version: str | None,
    plan: Plan = Plan(),  # noqa: B008 (frozen)
    tally: Tally,
) -> None:
    """Code every text in use whose coding is not by `version`; None: only those without any.

    Codings are kept in batches; what was counted is on the disk, and running again goes on with the rest.
    """
    few = len(store.uncoded(version, limit=FEW)) < FEW
    waiting: deque[int] = deque()
    articles = _articles(_waiting(store, version), waiting)
    results = code_many(articles, make_coder=make_coder, workers=1 if few else plan.workers)
    for batch in batches(_sound(results, waiting, tally), size=plan.batch, seconds=plan.seconds):
        store.save_codings(batch)
        tally.recoded(batch)


def _waiting(store: Shelf, version: str | None) -> Iterator[_ToCode]:
    after = 0
    while page := store.uncoded(version, after=after):
        yield from page
        after = page[-1].version


def _articles(items: Iterable[_ToCode], waiting: deque[int]) -> Iterator[Article]:
    for item in items:
        waiting.append(item.version)
        yield item.article


def _sound(
    results: Iterable[CodedArticle | Fault], waiting: deque[int], tally: Tally
) -> Iterator[tuple[int, CodedArticle]]:
    for result in results:
        version = waiting.popleft()
        tally.step()
        if isinstance(result, Fault):
            tally.fault(structs.replace(result, path=f"version {version} ({result.path})"))
        else:
            yield version, result


__all__ = ["Shelf", "recode"]
