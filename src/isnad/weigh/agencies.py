"""Marks of agencies at the head or the end of a text: «دمشق - سانا», «(رويترز)», «المصدر: وكالات»."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import msgspec
import yaml

from isnad.model import Span
from isnad.text import fold

#: Code points of a line in which a dateline stands, and lines that are looked at from either end.
_DATELINE = 70
_LINES = 3
_TAIL = 60
_ARTICLE = "ال"  # the


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    """An agency, its marks in any spelling, and the ids it goes by elsewhere."""

    id: str
    en: str
    names: tuple[str, ...]
    gloss: str
    outlets: tuple[str, ...] = ()
    party: str | None = None
    generic: bool = False


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """An agency's mark in a text.  `where` is head | tail."""

    agency: str
    where: str
    span: Span
    generic: bool = False


class Agencies:
    """All agencies, found by mark, by name and by outlet."""

    def __init__(
        self,
        agencies: list[Agency],
        *,
        own_outlets: dict[str, str],
        platforms: list[str],
        source_words: list[str],
        heads: list[str],
        own_words: list[str],
    ) -> None:
        self.by_id = {agency.id: agency for agency in agencies}
        self.own_outlets = own_outlets
        self.platforms = frozenset(platforms)
        self._heads = frozenset(fold(head) for head in heads)
        self._own = frozenset(fold(word) for word in own_words)
        self._by_name = {_key(name): agency for agency in agencies for name in agency.names}
        self.by_outlet = {outlet: agency for agency in agencies for outlet in agency.outlets}
        names = "|".join(_spelt(n) for a in agencies for n in sorted(a.names, key=len, reverse=True))
        sources = "|".join(_spelt(word) for word in source_words)
        open_, close = r"(?:^|[(\[/\-–—|:،,+])\s*", r"\s*(?=$|[)\]/\-–—|:،,+.])"
        self._head = re.compile(f"{open_}({names}){close}")
        self._tail = re.compile(f"(?:{open_}|(?:{sources})\\s*:?\\s*)({names})\\s*[)\\]/.]*\\s*$")

    def named(self, text: str) -> Agency | None:
        """Return the agency that `text` names, and nothing but names."""
        return self._by_name.get(_key(text))

    def bare_name(self, text: str) -> str:
        """Return the folded name of an outlet without «network», «agency» and the like and without an article."""
        words = [word for word in _words(text) if word not in self._heads]
        return " ".join(words).removeprefix(_ARTICLE)

    def is_own(self, text: str) -> bool:
        """Say whether a speaker is the outlet's own: «our correspondent», «a correspondent»."""
        words = _words(text)
        return bool(words) and (words[0] in self._own or all(word in self._heads for word in words))

    def marks(self, text: str) -> tuple[Mark, ...]:
        """Return the marks in `text`, none twice, in order."""
        lines = [m for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
        found: dict[str, Mark] = {}
        for line in lines[:_LINES]:
            for match in self._head.finditer(line.group()[: 2 * _DATELINE]):
                if match.start() > _DATELINE:  # the cut is no end of a line
                    break
                self._keep(found, text, line.start(), match, "head")
        for line in lines[-_LINES:]:
            shift = max(0, len(line.group().rstrip()) - _TAIL)
            match_ = self._tail.search(line.group().rstrip(), shift)
            if match_:
                self._keep(found, text, line.start(), match_, "tail")
        return tuple(sorted(found.values(), key=lambda mark: mark.span.start))

    def _keep(self, found: dict[str, Mark], text: str, shift: int, match: re.Match[str], where: str) -> None:
        agency = self._by_name[_key(match[1])]
        start, end = shift + match.start(1), shift + match.end(1)
        mark = Mark(agency=agency.id, where=where, span=Span(text[start:end], start, end), generic=agency.generic)
        found.setdefault(agency.id, mark)


def _key(name: str) -> str:
    return " ".join(_words(name)).removeprefix(_ARTICLE)


def _words(text: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", fold(text)).split()


def _spelt(name: str) -> str:
    """Return a pattern for a name in any spelling that folds to the same letters."""
    likes = {"ا": "[اأإآ]", "ه": "[هة]", "ي": "[يى]"}
    return r"[\s.]+".join("".join(likes.get(c, re.escape(c)) for c in part) for part in re.split(r"[\s.]+", fold(name)))


@lru_cache(maxsize=1)
def load_agencies() -> Agencies:
    """Return the built-in agencies; msgspec.ValidationError for broken data."""
    data = yaml.safe_load((files("isnad.weigh") / "data" / "agencies.yaml").read_text(encoding="utf-8"))
    return Agencies(msgspec.convert(data.pop("agencies"), list[Agency]), **data)


__all__ = ["Agencies", "Agency", "Mark", "load_agencies"]
