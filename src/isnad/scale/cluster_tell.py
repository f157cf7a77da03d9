"""The weighing of a store on a cluster: what there is to do is sent, for the workers see no store."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from isnad.scale.cluster import answer, ask
from isnad.scale.weigh import tell_over
from isnad.weigh.spreading import Mapper, Work

if TYPE_CHECKING:
    from distributed import Client

    from isnad.weigh.told import Teller

_AHEAD = 3  # parts under way for each thread of a worker


def map_on(client: Client) -> Mapper:
    """Return what has parts of the work done on the cluster, in order, for `isnad.review.Weigher(mapper=...)`."""
    return partial(_map, client)


def teller_on(client: Client) -> Teller:
    """Return what reads articles on the cluster, in order, for `isnad.weigh.Assembly(teller=...)`."""
    return partial(tell_over, map_on(client))


def _map(client: Client, work: Work, parts: Iterable[bytes]) -> Iterator[bytes]:
    parts = iter(parts)
    most = max(1, sum(client.nthreads().values())) * _AHEAD
    waiting: deque[Any] = deque(ask(client, work, part) for part in islice(parts, most))
    try:
        while waiting:
            yield answer(waiting.popleft(), work.__name__)
            waiting.extend(ask(client, work, part) for part in islice(parts, 1))
    finally:
        client.cancel(list(waiting))


__all__ = ["map_on", "teller_on"]
