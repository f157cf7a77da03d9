"""The public coder: one article at a time, or many over processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from isnad.coding import coder as one
from isnad.errors import Fault
from isnad.model import Article
from isnad.scale.many import Result, code_many


class Coder(one.Coder):
    """Codes articles with the built-in words and weights, and the user's own words laid over them."""

    def __init__(self, lexicon_dirs: Sequence[Path | str] = (), *, places_dir: Path | None = None) -> None:
        super().__init__(lexicon_dirs, places_dir=places_dir)
        self._make = partial(one.Coder, tuple(lexicon_dirs), places_dir=places_dir)

    def code_many(self, articles: Iterable[Article | Fault], *, workers: int = 1) -> Iterator[Result]:
        """Yield each article coded, in order, as it is ready; one that fails comes out as a `Fault`.

        `workers` is the number of processes; 0 means one for each core.
        """
        if workers == 1:
            return code_many(articles, make_coder=lambda: self, workers=1)
        return code_many(articles, make_coder=self._make, workers=workers)
