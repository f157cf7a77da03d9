"""The words of web pages, compiled from `data/pages.yaml`: names of elements, labels of days, lines of furniture."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec
import yaml


class PageWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `data/pages.yaml` holds, by its sections (their comments there say what each is)."""

    strong_tokens: frozenset[str]
    weak_tokens: frozenset[str]
    article_tokens: frozenset[str]
    holder_tokens: frozenset[str]
    day_tokens: frozenset[str]
    today_tokens: frozenset[str]
    updated_tokens: frozenset[str]
    published: dict[str, str]
    updated: dict[str, str]
    others: dict[str, str]
    beside: frozenset[str]
    weekdays: dict[str, int]
    lines: dict[str, str]
    prefixes: dict[str, str]
    marks: dict[str, str]
    glued: tuple[str, ...]


@cache
def page_words() -> PageWords:
    """Return the words of pages; raises msgspec.ValidationError or yaml.YAMLError on a broken data file."""
    data = (resources.files("isnad.lexicon") / "data" / "pages.yaml").read_bytes()
    return msgspec.convert(yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader)), PageWords)


__all__ = ["PageWords", "page_words"]
