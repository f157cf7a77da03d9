"""Pages that came in as bytes are read over processes, as finding their main text costs as much as coding it.

Everything else is carried along in its place, so that the order of a source is kept and memory stays bounded.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import msgspec

from isnad.errors import Fault
from isnad.ingest.fetch_text import read_text
from isnad.ingest.html import read_page
from isnad.ingest.origin import Item
from isnad.model import Article, CodedArticle
from isnad.model.intake import Incoming
from isnad.scale import code_many

#: So few pages are read in this process: making others would take longer.
FEW = 64


class _Unread(Article, frozen=True, kw_only=True):
    """A page on its way to the process that reads it."""

    raw: bytes
    fetched: str
    charset: str | None
    web: bool


class _Carried(Fault, frozen=True, kw_only=True):
    """Something that is no unread page, passed through in its place."""

    item: Item


class _Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a page says beyond text, title and day, or why it could not be read; travels in `CodedArticle.note`."""

    site: str | None = None
    publisher: str | None = None
    domain: str | None = None
    refused: tuple[str, str] | None = None
    notice: str | None = None


class PageReader:
    """Reads pages where coders code articles: `code_article` gives the page's text and no events."""

    def code_article(self, article: Article) -> CodedArticle:
        """Return the page's main text, title and day; `note` holds the rest."""
        assert isinstance(article, _Unread)
        path = article.doc_id
        html, fault = read_text(article.raw, charset=article.charset, path=path)
        if html is None:
            return _refused(article, fault.code if fault else "input.encoding", fault.message if fault else "no text")
        page = read_page(html, url=path if article.web else None, fetched=article.fetched)
        if page is None:
            return _refused(article, "input.html", "no main text was found in this page")
        told = _Told(
            site=page.site, publisher=page.publisher, domain=page.domain, notice=fault.message if fault else None
        )
        return CodedArticle(
            doc_id=path, text=page.text, title=page.title, published=page.published, note=_encoded(told)
        )


def read_pages(items: Iterable[Item], *, workers: int = 1) -> Iterator[Item]:
    """Yield `items` in order, each unread page as a report with its text, or as the fault that it has none."""
    unread = (item if _is_unread(item) else _Carried(path="", code="", message="", item=item) for item in items)
    first = list(islice(unread, FEW))
    enough = len(first) == FEW and sum(not isinstance(item, Fault) for item in first) > FEW // 4
    sent: dict[str, list[Incoming]] = {}
    results = code_many(_sent(chain(first, unread), sent), make_coder=PageReader, workers=workers if enough else 1)
    for result in results:
        if isinstance(result, _Carried):
            yield result.item
        elif isinstance(result, Fault):
            _taken(sent, result.doc_id or "")
            yield result
        else:
            yield from _read(result, _taken(sent, result.doc_id))


def _is_unread(item: Item) -> bool:
    return isinstance(item, Incoming) and not item.text and item.raw is not None


def _sent(items: Iterable[Item | _Carried], sent: dict[str, list[Incoming]]) -> Iterator[Article | Fault]:
    """Hand pages on, keeping each by its address until it is back; several of one address come back in order."""
    for item in items:
        if isinstance(item, Fault):
            yield item
            continue
        sent.setdefault(item.address, []).append(item)
        yield _Unread(
            doc_id=item.address,
            text="",
            raw=item.raw or b"",
            fetched=item.fetched,
            charset=_charset(item.media_type),
            web=item.address.startswith(("http://", "https://")),
        )


def _taken(sent: dict[str, list[Incoming]], address: str) -> Incoming:
    waiting = sent[address]
    incoming = waiting.pop(0)
    if not waiting:
        del sent[address]
    return incoming


def _read(result: CodedArticle, incoming: Incoming) -> Iterator[Item]:
    told = msgspec.json.decode(result.note or "{}", type=_Told)
    if told.refused is not None:
        yield Fault(path=incoming.address, code=told.refused[0], message=told.refused[1])
        return
    if told.notice is not None:
        yield Fault(path=incoming.address, code="input.decoded", message=told.notice, skipped=False)
    domain = incoming.domain or told.domain
    yield msgspec.structs.replace(
        incoming,
        text=result.text,
        title=incoming.title or result.title,
        published=result.published or incoming.published,
        outlet=incoming.outlet or (None if domain else told.site),
        domain=domain,  # by which the store knows the outlet; its own name only for want of one
        publisher=incoming.publisher or told.publisher,
    )


def _refused(article: Article, code: str, message: str) -> CodedArticle:
    return CodedArticle(doc_id=article.doc_id, text="", note=_encoded(_Told(refused=(code, message))))


def _encoded(told: _Told) -> str:
    return msgspec.json.encode(told).decode()


def _charset(media_type: str | None) -> str | None:
    """Return the character set that a media type names, None when it names none that is known."""
    name = (media_type or "").partition("charset=")[2].strip(" \"'").partition(";")[0]
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


__all__ = ["FEW", "PageReader", "read_pages"]
