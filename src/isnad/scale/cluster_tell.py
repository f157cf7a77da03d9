"""The reading of a store's articles on a cluster: they are sent, for the workers see no store."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from isnad.model import CodedArticle
from isnad.scale.cluster import answer, ask
from isnad.scale.weigh import chunks_of, shared, tell_chunk
from isnad.weigh.told import Teller, Told

if TYPE_CHECKING:
    from distributed import Client

_AHEAD = 3  # chunks under way for each thread of a worker


def teller_on(client: Client) -> Teller:
    """Return what reads articles on the cluster, in order, for `isnad.weigh.Assembly(teller=...)`."""

    def tell(articles: Iterable[CodedArticle], copies: Mapping[str, str]) -> Iterator[Told]:
        chunks = (msgspec.msgpack.encode(chunk) for chunk in chunks_of(articles, copies))
        most = max(1, sum(client.nthreads().values())) * _AHEAD
        waiting: deque[Any] = deque(ask(client, tell_chunk, chunk) for chunk in islice(chunks, most))
        while waiting:
            found: bytes = answer(waiting.popleft(), "reading articles")
            yield from shared(msgspec.msgpack.decode(found, type=list[Told]))
            waiting.extend(ask(client, tell_chunk, chunk) for chunk in islice(chunks, 1))

    return tell


__all__ = ["teller_on"]
