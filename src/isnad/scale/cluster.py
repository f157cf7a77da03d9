"""Tasks on a Dask cluster (extra `cluster`): how it is reached, and work on part files that a dead worker cannot harm.

Nothing but names of files and small records go over the wire: the workers read and write the parts themselves, in
folders that all of them see.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from isnad.coding.version import coder_version
from isnad.errors import ClusterError, IsnadError
from isnad.scale.parts import Manifest, Part, read_manifest, state_of, sweep, write_manifest

if TYPE_CHECKING:
    from distributed import Client, Future

_T = TypeVar("_T")
_SAVE_EVERY = 1.0  # seconds between two writings of the manifest
#: What makes a part: from a source to a target.  A function of a module, or functools.partial of one.
Work = Callable[[Path, Path], Part]
Done = Callable[[str, Part], None]


@contextmanager
def connected(address: str, *, seconds: float = 20.0) -> Iterator[Client]:
    """Connect to the scheduler at `address` (tcp://HOST:PORT, or the path of a scheduler file ending in .json).

    ClusterError when Dask is not installed, or nothing answers within `seconds`.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("a cluster needs an extra package: pip install 'isnad[cluster]'") from None
    where: dict[str, str] = {"scheduler_file": address} if address.endswith(".json") else {"address": address}
    if "scheduler_file" in where and not Path(address).is_file():
        raise ClusterError(f"{address}: there is no such scheduler file")
    try:
        client = Client(**where, timeout=seconds, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"{address}: no scheduler answers: {_line(error)}") from None
    try:
        yield client
    finally:
        client.close()


def each(client: Client, function: Callable[..., _T], calls: Mapping[str, Sequence[Any]]) -> Iterator[tuple[str, _T]]:
    """Yield name and result of `function` called with each of `calls`, as they are ready.

    What a worker had under way when it died is done by another; a task that has killed several of them
    (`distributed.scheduler.allowed-failures`) ends the whole with a ClusterError that names it.
    """
    from distributed import as_completed

    futures = {ask(client, function, *given): name for name, given in calls.items()}
    try:
        for future in as_completed(futures, loop=client.loop):
            yield futures[future], answer(future, futures[future])
            future.release()
    finally:
        client.cancel([future for future in futures if not future.done()])


def _same(version: str, function: Callable[..., _T], *given: Any) -> _T:
    """Call `function` on a worker that has the words and weights of the one that asks (a task)."""
    if coder_version() != version:
        raise ClusterError(f"a worker has {coder_version()}, this is {version}: install the same isnad on both")
    return function(*given)


def ask(client: Client, function: Callable[..., Any], *given: Any) -> Future:
    """Put a task under way."""
    return client.submit(_same, coder_version(), function, *given, pure=False)


def answer(future: Future, name: str) -> Any:
    """Return what came of a task; ClusterError, or the error of isnad that it ended with."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, IsnadError):
        raise error
    raise ClusterError(f"{name}: the task failed on the cluster: {_line(error)}")


def do_parts(
    client: Client, work: Work, sources: Mapping[str, Path], target: Path, *, name: str, done: Done | None = None
) -> Manifest:
    """Make the part `target`/FILE of each of `sources` (by FILE name) with `work`; return what is done, in that order.

    `name` says what the work is, with all that its outcome depends on but the source.  Parts that were done by the
    same work from the same source (size and time of change) are left as they are.
    """
    target.mkdir(parents=True, exist_ok=True)
    sweep(target)
    name = f"{name}; {coder_version()}"
    parts = {
        file: part
        for file, part in read_manifest(target, name).parts.items()
        if file in sources and (target / file).exists() and (part.size, part.changed) == state_of(sources[file])
    }
    for file, part in parts.items():
        if done:
            done(file, part)
    missing = {file: (source, target / file) for file, source in sources.items() if file not in parts}
    saved = time.monotonic()
    try:
        for file, part in each(client, work, missing):
            parts[file] = part
            if done:
                done(file, part)
            if time.monotonic() - saved > _SAVE_EVERY:
                write_manifest(target, Manifest(work=name, parts=parts))
                saved = time.monotonic()
    finally:
        manifest = Manifest(work=name, parts={file: parts[file] for file in sources if file in parts})
        write_manifest(target, manifest)
    sweep(target)
    return manifest


def _line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


__all__ = ["Done", "Work", "answer", "ask", "connected", "do_parts", "each"]
