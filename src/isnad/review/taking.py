"""What is read of one stored article before it is weighed with others: a pure function of it, for any process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from msgspec import structs

from isnad.model import CodedArticle, Event
from isnad.review import events
from isnad.review.evidence import own_origin
from isnad.store.incident_records import Decision
from isnad.store.incidents_read import Unread, read
from isnad.weigh.origins import Origin
from isnad.weigh.reprints import Print, print_of
from isnad.weigh.reprints_minhash import bands_of
from isnad.weigh.reprints_shingles import Shingles
from isnad.weigh.told import Told, tell, with_one_string_each

_HEAD, _EVENT = msgspec.msgpack.Decoder(CodedArticle), msgspec.msgpack.Decoder(Event)


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """An article to be read: its key, the decisions upon its events, the channel it was forwarded from."""

    unread: Unread
    key: str
    decisions: Sequence[Decision]
    forwarded: str | None


class Pieces(msgspec.Struct, frozen=True, array_like=True):
    """An article without its text, and its events by number, each encoded: a tenth of what they take as objects."""

    head: bytes
    events: dict[int, bytes]


class _Print(msgspec.Struct, frozen=True, array_like=True):
    published: str | None
    outlet: str | None
    forwarded: str | None
    digest: bytes | None
    shingles: bytes
    bands: bytes


class _Taken(msgspec.Struct, frozen=True, array_like=True):
    article: int
    version: int
    told: Told
    origin: Origin
    print: _Print
    pieces: Pieces | None


class Taken(msgspec.Struct, frozen=True):
    """What was read: `told` without its group of reprints, `origin` too; `pieces` None where it has no events."""

    article: int
    version: int
    told: Told
    origin: Origin
    print: Print
    pieces: Pieces | None


def take_chunk(encoded: bytes) -> bytes:
    """Read each of a list of `Asked`; both sides are MessagePack."""
    return msgspec.msgpack.encode([_take(one) for one in msgspec.msgpack.decode(encoded, type=list[Asked])])


def taken(encoded: bytes) -> Iterable[Taken]:
    """Yield what `take_chunk` read."""
    for one in msgspec.msgpack.decode(encoded, type=list[_Taken]):
        found, bands = one.print, _numbers(one.print.bands)
        yield Taken(
            article=one.article,
            version=one.version,
            told=with_one_string_each(one.told),
            origin=one.origin,
            print=Print(
                key=one.told.doc_id,
                published=found.published,
                outlet=found.outlet,
                forwarded=found.forwarded,
                digest=found.digest,
                shingles=_numbers(found.shingles),
                bands=bands if len(bands) else None,
            ),
            pieces=one.pieces,
        )


def put_together(pieces: Pieces, wanted: Iterable[int]) -> tuple[bytes, list[bytes]]:
    """Return an article with the events that are `wanted`, for `article_of`."""
    numbers = set(wanted)
    return pieces.head, [event for number, event in pieces.events.items() if number in numbers]


def article_of(head: bytes, found: Iterable[bytes]) -> CodedArticle:
    """Return what `put_together` gave as an article."""
    return structs.replace(_HEAD.decode(head), events=tuple(map(_EVENT.decode, found)))


def _take(asked: Asked) -> _Taken:
    stored = read(asked.unread)
    coded = structs.replace(events.laid_over(stored.coded, asked.decisions), doc_id=asked.key)
    one = print_of((asked.key, coded.text, coded.published, coded.outlet, asked.forwarded))
    bands = bands_of(one.shingles) if len(one.shingles) else one.shingles
    encode = msgspec.msgpack.encode
    return _Taken(
        article=stored.article,
        version=stored.version,
        told=tell(coded),
        origin=own_origin(coded, asked.forwarded, None),
        print=_Print(
            one.published, one.outlet, one.forwarded, one.digest, one.shingles.tobytes(), bands.tobytes()
        ),
        pieces=Pieces(
            encode(structs.replace(coded, text="", events=())), {event.id: encode(event) for event in coded.events}
        )
        if coded.events
        else None,
    )  # fmt: skip


def _numbers(encoded: bytes) -> Shingles:
    return np.frombuffer(encoded, dtype=np.uint64)


__all__ = ["Asked", "Pieces", "Taken", "article_of", "put_together", "take_chunk", "taken"]
