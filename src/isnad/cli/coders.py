"""How the commands make their coder: the user's own words and places laid over the built-in ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from isnad.errors import LexiconError
from isnad.settings import Settings

if TYPE_CHECKING:
    from isnad.coding import Coder


def coder_maker(lexicon: Sequence[Path] | None, settings: Settings) -> partial[Coder]:
    """Return what makes a coder, in this process or another; LexiconError for a folder that is not there."""
    from isnad.coding import Coder

    for folder in lexicon or ():
        if not folder.is_dir():
            raise LexiconError(f"{folder}: no such folder")
    return partial(Coder, tuple(lexicon or ()), places_dir=settings.places_dir)


__all__ = ["coder_maker"]
