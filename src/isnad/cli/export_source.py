"""Where `isnad export` and `isnad import` take incidents and articles from: files of JSONL, or the store."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import msgspec

from isnad.cli.open_store import opened
from isnad.errors import Fault, IsnadError
from isnad.export.incident_jsonl import read_incidents
from isnad.model import CodedArticle
from isnad.model.incidents import Incident

if TYPE_CHECKING:
    from isnad.store import Store

_PAGE = 500


class InputError(IsnadError):
    """A file that was named cannot be read."""

    code = "input.not-found"


class Origin:
    """Incidents and coded articles, from files where they are named, else from the store; can be gone through again.

    Faults are printed, once each; `skipped` counts them.
    """

    def __init__(
        self, *, incidents: Path | None, articles: Path | None, db: str | None, only: Iterable[str] = ()
    ) -> None:
        self._incidents, self._articles, self._db = incidents, articles, db
        self._only = frozenset(only)
        self._told: set[str] = set()
        self.count = 0

    @property
    def skipped(self) -> int:
        """Return how many lines were left out."""
        return len(self._told)

    def incidents(self) -> Iterator[Incident]:
        """Yield the incidents, only the named ones where some are named (by their id or one that leads there)."""
        self.count = 0
        for incident in self._each_incident():
            if not self._only or self._only & {incident.id, *incident.merged}:
                self.count += 1
                yield incident

    def _each_incident(self) -> Iterator[Incident]:
        if self._incidents is not None:
            for result in incidents_in(self._incidents):
                if isinstance(result, Fault):
                    self._tell(result)
                else:
                    yield result
            return
        with opened(self._db) as store:
            yield from incidents_of(store)

    def articles(self) -> Iterator[CodedArticle]:
        """Yield the coded articles."""
        self.count = 0
        for coded in self._each_article():
            self.count += 1
            yield coded

    def _each_article(self) -> Iterator[CodedArticle]:
        if self._articles is not None:
            for result in articles_in(self._articles):
                if isinstance(result, Fault):
                    self._tell(result)
                else:
                    yield result
        elif self._incidents is None:
            with opened(self._db) as store:
                yield from articles_of(store)

    def behind(self) -> dict[str, CodedArticle]:
        """Return the articles that the incidents rest on by their doc_id; those that are not at hand are missing."""
        wanted = {member.doc_id for incident in self.incidents() for member in incident.members}
        return {coded.doc_id: coded for coded in self._each_article() if coded.doc_id in wanted}

    def _tell(self, fault: Fault) -> None:
        line = f"isnad: {fault}"
        if line not in self._told:
            self._told.add(line)
            print(line, file=sys.stderr)


def incidents_in(path: Path) -> Iterator[Incident | Fault]:
    """Yield the incidents of a JSONL file, a fault for each line that is none."""
    with _open(path) as lines:
        yield from read_incidents(lines, path=str(path))


def articles_in(path: Path) -> Iterator[CodedArticle | Fault]:
    """Yield the coded articles of a JSONL file, a fault for each line that is none."""
    decoder = msgspec.json.Decoder(CodedArticle)
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield decoder.decode(line)
            except msgspec.ValidationError as error:
                yield Fault(path=str(path), line=number, code="input.type", message=f"no coded article: {error}")
            except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
                yield Fault(path=str(path), line=number, code="input.json", message=f"broken JSON: {error}")


def _open(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from None


def incidents_of(store: Store) -> Iterator[Incident]:
    """Yield the incidents of the store in the order in which their ids were given, without rejected ones."""
    yield from (one.incident for one in store.incidents.each() if one.state != "rejected")


def keep_incidents(store: Store, incidents: Iterable[Incident]) -> int:
    """Store incidents under the ids they come with; return how many."""
    from isnad.review.restore import restore

    return restore(store, incidents)


def articles_of(store: Store) -> Iterator[CodedArticle]:
    """Yield the coded articles of the store, by id."""
    after = 0
    while rows := store.coded(after=after, limit=_PAGE):
        yield from (row.coded for row in rows)
        after = rows[-1].article


__all__ = ["Origin", "articles_in", "articles_of", "incidents_in", "incidents_of", "keep_incidents"]
