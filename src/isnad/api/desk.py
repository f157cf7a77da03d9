"""What every endpoint works with: the store, the settings, names and labels, limits, and the imports under way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar, cast

import anyio.to_thread
import msgspec
from anyio import CapacityLimiter
from starlette.requests import Request

from isnad.api.filters import filter_from
from isnad.api.importing import Imports
from isnad.api.limits import Limiter
from isnad.api.places import Places
from isnad.api.settings import ApiSettings
from isnad.api.views.cards import Cards
from isnad.api.views.claims import Claims
from isnad.api.views.labels import Labels
from isnad.api.views.naming import Naming
from isnad.errors import IsnadError
from isnad.model import CodedArticle
from isnad.review import events
from isnad.store import Store
from isnad.store.incident_records import IncidentFilter
from isnad.weigh.names import load_names

T = TypeVar("T")
_KEPT = 200
#: Requests that write or make files at the same time.
SLOW_THREADS = 3


class Desk:
    """Made once for an application."""

    def __init__(self, store: Store, settings: ApiSettings) -> None:
        self.store = store
        self.settings = settings
        self.naming = Naming.load(store)
        self.labels = Labels.load()
        self.cards = Cards(self.naming, self.labels)
        self.claims = Claims(self.naming, self.labels)
        self.logins = Limiter(settings.logins_per_minute)
        self.writes = Limiter(settings.writes_per_minute)
        self.places = Places(settings.isnad.places_dir)
        self.imports = Imports(store, settings)
        self.kept = Kept()
        self._slow: CapacityLimiter | None = None

    def warm(self) -> None:
        """Read what answers are made of (the index of incidents, names, places): whoever comes first waits less."""
        with suppress(IsnadError, msgspec.MsgspecError):  # whoever asks is told
            self.store.incidents.warm()
            self.places.warm()
            load_names()

    def warm_beside(self) -> None:
        """Do the same in a thread."""
        threading.Thread(target=self.warm, name="isnad-warm", daemon=True).start()

    def filter_from(self, query: str) -> IncidentFilter:
        """Return the filter of a query string, its place as the store knows it."""
        return self.places.resolved(filter_from(query))

    def laid_over(self, article: int, coded: CodedArticle) -> CodedArticle:
        """Return a coding as people decided upon its events; what they rejected is gone."""
        generation = self.store.incidents.generation()
        decisions = self.kept.get(generation, "events", lambda: events.by_article(self.store.decisions.live()))
        return events.laid_over(coded, decisions.get(article, ()))

    async def slowly(self, work: Callable[[], T]) -> T:
        """Run what writes or takes long in threads of its own, so that readers do not wait for it."""
        if self._slow is None:
            self._slow = CapacityLimiter(SLOW_THREADS)
        return await anyio.to_thread.run_sync(work, limiter=self._slow)

    def close(self) -> None:
        """Stop what is under way."""
        self.imports.close()


class Kept:
    """Answers that cost much, kept as long as the incidents have not changed; safe between threads."""

    def __init__(self) -> None:
        self._generation = -1
        self._answers: dict[Hashable, Any] = {}
        self._lock = Lock()

    def get(self, generation: int, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under `key`, made where it is not; everything of an older generation is forgotten."""
        with self._lock:
            if generation != self._generation:
                self._answers.clear()
                self._generation = generation
            if key in self._answers:
                return cast(T, self._answers[key])
        made = make()
        with self._lock:
            if generation == self._generation:
                while len(self._answers) >= _KEPT:
                    self._answers.pop(next(iter(self._answers)))
                self._answers[key] = made
        return made


async def the_desk(request: Request) -> Desk:
    """Return the desk of the application that serves a request, as a dependency that needs no thread."""
    return desk_of(request)


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that serves a request."""
    return cast(Desk, request.app.state.desk)


__all__ = ["Desk", "Kept", "desk_of", "the_desk"]
