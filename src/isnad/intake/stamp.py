"""Codings marked with the version of the words and weights that made them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec import structs

from isnad.coding.version import version_of
from isnad.model import Article, CodedArticle
from isnad.scale.many import CoderLike, MakeCoder


class Stamped:
    """A coder whose codings carry `version`."""

    def __init__(self, make_coder: MakeCoder, version: str) -> None:
        self._coder: CoderLike = make_coder()
        self._version = version

    def code_article(self, article: Article) -> CodedArticle:
        """Return the article coded."""
        return structs.replace(self._coder.code_article(article), coder=self._version)


def stamped(
    make_coder: MakeCoder, *, lexicon: Sequence[Path] = (), places_dir: Path | None = None
) -> tuple[MakeCoder, str]:
    """Return what makes the marked coder, in this process or another, and the version that it writes."""
    version = version_of(lexicon, places_dir)
    return partial(Stamped, make_coder, version), version


__all__ = ["Stamped", "stamped"]
