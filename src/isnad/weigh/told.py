"""All that is read of an article before it is compared with others: a pure function of it, for any process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping

import msgspec

from isnad.model import CodedArticle
from isnad.text import read_words
from isnad.weigh.stated import Stated, stated_links
from isnad.weigh.tellings import Telling, tellings_of


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What an article tells, and the links its text states between its events."""

    doc_id: str
    tellings: list[Telling]
    stated: list[Stated]


#: Reads articles, in order, given for a doc_id the group of reprints it is in: here, or over processes.
Teller = Callable[[Iterable[CodedArticle], Mapping[str, str]], Iterable[Told]]


def tell(article: CodedArticle, *, copy: str | None = None) -> Told:
    """Return what `article` tells; `copy` names the group of reprints it belongs to."""
    if not article.events:
        return Told(doc_id=article.doc_id, tellings=[], stated=[])
    words = read_words(article.text)
    return Told(
        doc_id=article.doc_id,
        tellings=tellings_of(article, copy=copy, words=words),
        stated=stated_links(article, words),
    )


def tell_here(articles: Iterable[CodedArticle], copies: Mapping[str, str]) -> Iterable[Told]:
    """Yield what each article tells, one after the other."""
    return (tell(article, copy=copies.get(article.doc_id)) for article in articles)


def with_one_string_each(told: Told) -> Told:
    """Return what was told elsewhere with each stem one string in memory."""
    return Told(doc_id=told.doc_id, tellings=[_interned(one) for one in told.tellings], stated=told.stated)


def _interned(telling: Telling) -> Telling:
    words, scope = (tuple(map(sys.intern, stems)) for stems in (telling.words, telling.scope))
    return msgspec.structs.replace(telling, words=words, scope=scope)


__all__ = ["Teller", "Told", "tell", "tell_here", "with_one_string_each"]
