"""The coder with the door to many articles: what `isnad.Coder` is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from isnad import coding
from isnad.errors import Fault
from isnad.model import Article, CodedArticle
from isnad.scale.many import CHUNK, code_many


class Coder(coding.Coder):
    """Codes Arabic news articles.  `lexicon_dirs` are folders of the user's own words, laid over the built-in ones."""

    def __init__(self, lexicon_dirs: Sequence[Path] = ()) -> None:
        super().__init__(lexicon_dirs)
        self._lexicon_dirs = tuple(lexicon_dirs)

    def code_many(
        self, articles: Iterable[Article | Fault], *, workers: int = 1, chunk: int = CHUNK
    ) -> Iterator[CodedArticle | Fault]:
        """Yield each article coded, in the order they came, over so many processes (0: one a core).

        An article that cannot be coded is a `Fault` in its place; faults given are passed through.  Streams: only
        a few chunks are held at a time.
        """
        if workers == 1:
            return code_many(articles, make_coder=lambda: self)
        return code_many(articles, make_coder=partial(type(self), self._lexicon_dirs), workers=workers, chunk=chunk)


__all__ = ["Coder"]
