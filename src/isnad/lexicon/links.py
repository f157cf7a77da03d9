"""The words that link a mention to what went before it, from `data/links.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LinkWords(msgspec.Struct, frozen=True):
    """Folded `links` (on, in, after, that ...), and the `relatives` among such words (which, who)."""

    links: frozenset[str]
    relatives: frozenset[str]


@cache
def link_words() -> LinkWords:
    """Return the built-in words, read once a process."""
    data = yaml.load(files("isnad.lexicon").joinpath("data/links.yaml").read_bytes(), Loader=_LOADER)
    return LinkWords(frozenset(data["links"]), frozenset(data["relatives"]))
