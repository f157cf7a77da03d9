"""What the process of an import does: read, code, store, and weigh what came in; it tells how far it is."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from isnad.errors import Fault, IsnadError
from isnad.ingest.origin import Item
from isnad.settings import Settings

_EVERY = 0.25
_MOST_FAULTS = 200


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be imported into which store; `options` are outlet, published, kind.

    `uploads` are the addresses of files that were sent in, by the path under which each lies for now.
    """

    store: str
    sources: tuple[str, ...]
    options: Mapping[str, str]
    uploads: Mapping[str, str]
    workers: int
    lexicon: tuple[Path, ...]
    settings: Settings


class Told(msgspec.Struct, kw_only=True, omit_defaults=True):
    """How far an import is: `done` of `total` bytes, counts, the first faults; `ended` with what went wrong, if so."""

    phase: str = "reading"
    done: int = 0
    total: int | None = None
    reports: int = 0
    added: int = 0
    linked: int = 0
    known: int = 0
    changed: int = 0
    skipped: int = 0
    failed: int = 0
    events: int = 0
    incidents: int | None = None
    rate: float | None = None
    left: float | None = None
    message: str | None = None
    failure: str | None = None
    ended: bool = False
    faults: list[Fault] = []


class Teller:
    """Sends what is told, now and then."""

    def __init__(self, pipe: Connection, total: int | None) -> None:
        from isnad.ingest.meter import Meter
        from isnad.intake import Tally

        self.told = Told(total=total, faults=[])
        self.meter = Meter()
        self.tally = Tally(on_fault=self._fault, on_kept=lambda batch: self.tell())
        self._pipe = pipe
        self._started = time.monotonic()
        self._sent = 0.0

    def _fault(self, fault: Fault) -> None:
        if len(self.told.faults) < _MOST_FAULTS:
            self.told.faults.append(msgspec.structs.replace(fault, path=Path(fault.path).name or fault.path))
        self.tell()

    def tell(self, *, force: bool = False) -> None:
        """Send the counts as they are, unless that was done just now."""
        moment = time.monotonic()
        if not force and moment - self._sent < _EVERY:
            return
        self._sent = moment
        tally, told, seconds = self.tally, self.told, moment - self._started
        for name in ("added", "linked", "known", "changed"):
            setattr(told, name, tally.outcomes[name])
        told.reports, told.events = tally.reports, tally.events
        told.skipped, told.failed = tally.skipped.total(), tally.failed.total()
        told.done = self.meter.position
        told.rate = round(tally.reports / seconds, 1) if seconds > 0 else None
        if told.total and 0 < told.done <= told.total and told.phase == "reading":
            told.left = round(seconds * (told.total - told.done) / told.done, 1)
        else:
            told.left = None
        with contextlib.suppress(OSError):  # nobody listens any more: the work goes on all the same
            self._pipe.send_bytes(msgspec.json.encode(told))


def run(work: Work, pipe: Connection) -> None:
    """Do an import; whatever happens, the last thing that is told says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server is asked to stop, and stops its imports
    teller = Teller(pipe, _total(work.sources))
    try:
        if work.sources:
            _take_in(work, teller)
        _weigh(work, teller)
    except IsnadError as error:
        teller.told.failure, teller.told.message = error.code, str(error)
    except Exception as error:  # noqa: BLE001 (the last resort of a process: what happened must reach the reader)
        teller.told.failure, teller.told.message = "internal", f"{type(error).__name__}: {error}"
    teller.told.ended, teller.told.phase = True, "done"
    teller.tell(force=True)
    pipe.close()


def _take_in(work: Work, teller: Teller) -> None:
    from isnad.coding import Coder
    from isnad.ingest.sources import Asked, is_slow, read_sources
    from isnad.intake import Plan, take_in
    from isnad.intake.stamp import stamped
    from isnad.store import Store

    options = work.options
    asked = Asked(
        kind=options.get("kind"),
        published=options.get("published"),
        outlet=options.get("outlet"),
        limit=work.settings.max_article_bytes,
    )
    teller.tell(force=True)
    places = work.settings.places_dir
    make, _ = stamped(partial(Coder, work.lexicon, places_dir=places), lexicon=work.lexicon, places_dir=places)
    with Store.open(work.store, create=False) as store:
        items = read_sources(work.sources, asked, meter=teller.meter, fetch=partial(_fetch, work.settings))
        items = (_renamed(item, work.uploads) for item in items)
        plan = Plan(workers=work.workers, slow=is_slow(work.sources, asked))
        take_in(items, store=store, make_coder=make, plan=plan, tally=teller.tally)


def _renamed(item: Item, uploads: Mapping[str, str]) -> Item:
    """Return what came from an uploaded file under an address that the same file has the next time too."""
    if isinstance(item, Fault):
        return item
    for path, address in uploads.items():
        if item.address.startswith(path):
            return msgspec.structs.replace(item, address=address + item.address[len(path) :])
    return item


def _weigh(work: Work, teller: Teller) -> None:
    from isnad.review import Weigher
    from isnad.scale.weigh import Spread
    from isnad.store import Store

    teller.told.phase = "weighing"
    teller.tell(force=True)
    with Store.open(work.store, create=False) as store, Spread(workers=work.workers) as spread:
        weigher = Weigher(store, mapper=spread.map, scorer=spread.score)
        outcome = weigher.update(progress=lambda step, done, total: teller.tell())
    teller.told.incidents = outcome.total


def _fetch(settings: Settings, addresses: Sequence[str]) -> Iterator[Item]:
    from isnad.ingest.fetch import Fetcher
    from isnad.ingest.fetch_collect import collect

    with Fetcher(limits=settings.fetch, allow_private=False) as fetcher:
        yield from collect(addresses, fetcher=fetcher)


def _total(sources: Sequence[str]) -> int | None:
    from isnad.ingest.meter import total_of
    from isnad.ingest.sources import WEB

    files = [Path(source) for source in sources if not WEB.match(source)]
    return total_of(files, len(sources) - len(files)) or None


__all__ = ["Told", "Work", "run"]
