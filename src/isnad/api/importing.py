"""Imports: one at a time, each in a process of its own, so that reading the desk goes on as before.

A thread hands waiting imports to their processes and writes down what they tell; what was told last stands in the
`jobs` of the store.  A process that dies loses nothing that was acknowledged: every batch is in the store or not.
"""

from __future__ import annotations

import multiprocessing
import queue
import shutil
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from isnad.api.credentials import now
from isnad.api.import_work import Told, Work, run
from isnad.api.problems import Problem
from isnad.api.settings import ApiSettings
from isnad.errors import IsnadError
from isnad.store import Store
from isnad.store.access_records import Job

KIND = "import"
DONE, FAILED, RUNNING, WAITING = "done", "failed", "running", "waiting"
_Waiting = tuple[Job, Sequence[str], Mapping[str, str], Path | None]
_SAVE_EVERY = 2.0
_POLL = 0.25


class Imports:
    """The queue of imports; safe between threads."""

    def __init__(self, store: Store, settings: ApiSettings) -> None:
        self._store = store
        self._settings = settings
        self._waiting: queue.Queue[_Waiting] = queue.Queue(settings.waiting_imports)
        self._live: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._unweighed = threading.Event()
        self._settled = threading.Event()
        self._settled.set()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; imports that an earlier server left unfinished are marked as failed."""
        with suppress(IsnadError):  # a store that can only be read
            self._store.access.fail_jobs(KIND)
        self._thread = threading.Thread(target=self._serve, name="isnad-imports", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop: the import under way ends at the batch it is at."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=15)

    def add(self, job: Job, sources: Sequence[str], uploads: Mapping[str, str], folder: Path | None) -> None:
        """Take an import on; Problem (api.busy) when too many wait.  `folder` is removed when it is done.

        `uploads` are the lasting addresses of files, by their paths in `folder`.
        """
        if self._waiting.full():
            raise Problem("api.busy")
        self._store.access.save_job(job)
        with self._lock:
            self._live[job.id] = job
        self._settled.clear()
        try:
            self._waiting.put_nowait((job, sources, uploads, folder))
        except queue.Full:
            self._end(structs.replace(job, state=FAILED))
            raise Problem("api.busy") from None

    def weigh_soon(self) -> None:
        """Have the store weighed when nothing is being imported: a decision reaches further than what it wrote."""
        self._settled.clear()
        self._unweighed.set()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is under way; False when it takes longer."""
        return self._settled.wait(seconds)

    def get(self, id: str) -> Job | None:
        """Return an import as it is now."""
        with self._lock:
            live = self._live.get(id)
        return live or self._store.access.job(KIND, id)

    def list(self, *, after: str | None, limit: int) -> list[Job]:
        """Return imports, the newest first."""
        found = self._store.access.jobs(KIND, after=after, limit=limit)
        with self._lock:
            return [self._live.get(job.id, job) for job in found]

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                job, sources, uploads, folder = self._waiting.get(timeout=_POLL)
            except queue.Empty:
                self._weigh_if_wanted()
                continue
            try:
                self._run(structs.replace(job, state=RUNNING), sources, uploads)
            finally:
                if folder is not None:
                    shutil.rmtree(folder, ignore_errors=True)

    def _weigh_if_wanted(self) -> None:
        if self._unweighed.is_set():
            self._unweighed.clear()
            job = Job(id="weighing", kind="weighing", name="", user="", at=now(), state=RUNNING)
            self._process(job, self._work((), {}, {}))
            with self._lock:
                self._live.pop(job.id, None)
        if self._waiting.empty() and not self._unweighed.is_set():
            self._settled.set()

    def _work(self, sources: Sequence[str], uploads: Mapping[str, str], options: Mapping[str, str]) -> Work:
        settings = self._settings
        return Work(
            store=settings.db,
            sources=tuple(sources),
            options=options,
            uploads=uploads,
            workers=settings.workers,
            lexicon=settings.lexicon,
            settings=settings.isnad,
        )

    def _run(self, job: Job, sources: Sequence[str], uploads: Mapping[str, str]) -> None:
        told = self._process(job, self._work(sources, uploads, job.told.get("options", {})))
        if told is None or not told.ended:
            message = "the import was stopped" if self._stopping.is_set() else "the import's process ended early"
            last = structs.replace(told or Told(), message=message)
            self._end(_with(structs.replace(job, state=FAILED), last))
        else:
            self._end(_with(structs.replace(job, state=FAILED if told.failure else DONE), told))

    def _process(self, job: Job, work: Work) -> Told | None:
        """Have a process do the work; return what it told last."""
        ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(target=run, args=(work, theirs), daemon=False)
        process.start()
        theirs.close()
        told = self._follow(job, ours, process)
        process.join(timeout=10)
        if process.is_alive():
            process.kill()
            process.join()
        return told

    def _follow(self, job: Job, ours: Connection, process: Any) -> Told | None:
        """Note what the process tells until it ends or the server stops; return the last."""
        told: Told | None = None
        saved = 0.0
        while True:
            if self._stopping.is_set():
                process.terminate()
                return told
            try:
                if not ours.poll(_POLL):
                    if not process.is_alive():
                        return told
                    continue
                told = msgspec.json.decode(ours.recv_bytes(), type=Told)
            except (EOFError, OSError):
                return told
            present = _with(job, told)
            with self._lock:
                self._live[job.id] = present
            if job.kind == KIND and time.monotonic() - saved > _SAVE_EVERY:
                saved = time.monotonic()
                with suppress(IsnadError):
                    self._store.access.save_job(present)
            if told.ended:
                return told

    def _end(self, job: Job) -> None:
        try:
            self._store.access.save_job(job)
            detail = {name: job.told.get(name) for name in ("added", "changed", "skipped", "failed", "message")}
            self._store.access.note(
                at=now(), user=job.user, action=f"import-{job.state}", subject=f"import:{job.id}", detail=detail
            )
        except IsnadError:
            with self._lock:
                self._live[job.id] = job  # the store cannot be written: at least those who ask are told
            return
        with self._lock:
            self._live.pop(job.id, None)


def _with(job: Job, told: Told) -> Job:
    return structs.replace(job, told={**job.told, **msgspec.to_builtins(told)})


__all__ = ["DONE", "FAILED", "KIND", "RUNNING", "WAITING", "Imports"]
