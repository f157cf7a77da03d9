"""The words that link a mention to what went before it, from `data/links.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LinkWords(msgspec.Struct, frozen=True):
    """Folded words: `links` (on, in, after, that ...), the `relatives` among them (which, who), those that tell
    the part of a party (`parties`), `that`, and `breaks` between a denial and an event that is not denied."""

    links: frozenset[str]
    relatives: frozenset[str]
    parties: frozenset[str]
    that: frozenset[str]
    breaks: frozenset[str]


@cache
def link_words() -> LinkWords:
    """Return the built-in words, read once a process."""
    data = yaml.load(files("isnad.lexicon").joinpath("data/links.yaml").read_bytes(), Loader=_LOADER)
    return LinkWords(**{name: frozenset(data[name]) for name in LinkWords.__struct_fields__})
