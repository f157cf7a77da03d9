"""Telegram Desktop's `result.json`: the posts of exported channels, read as a stream so that size does not matter.

Two forms are written by Telegram Desktop (Settings → Advanced → Export, machine-readable JSON): one chat, with
`messages` at the top, or all chats, under `chats.list` and `left_chats.list`.  Only what is broadcast to the public is
read: channels and public groups; private chats are passed over unread (DESIGN section 6).
"""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import ijson
import msgspec
from ijson.common import ObjectBuilder

from isnad.errors import Fault
from isnad.ingest.jsonl import Refusal, day_of
from isnad.ingest.origin import Item, Origin, PassedOver, megabytes
from isnad.model.intake import Incoming

#: The types of chat that the public can read (`type` of a chat in the export).
PUBLIC = frozenset({"public_channel", "private_channel", "public_supergroup"})
SOURCE = "telegram"
_MARK = b"\xef\xbb\xbf"
#: Where chats stand, as prefixes of the stream: the file itself, or each of a list.
_CHATS = ("", "chats.list.item", "left_chats.list.item")
_HEAD = ("name", "type", "id")
_NOTES = {
    "media": "posts without text (pictures, films, files) were passed over",
    "service": "service messages (joined, pinned, ...) were passed over",
}


class _Chat(msgspec.Struct):
    """The chat that is being read: what its head says, and what was passed over in it."""

    head: dict[str, Any] = {}
    passed: Counter[str] = msgspec.field(default_factory=Counter)
    found: int = 0

    @property
    def public(self) -> bool:
        """A chat whose type is not stated was exported by itself, from an old program: it is taken."""
        return self.head.get("type") is None or self.head["type"] in PUBLIC


def read_telegram(stream: io.BufferedReader, origin: Origin) -> Iterator[Item]:
    """Yield every post with text, and how many were passed over; memory is that of one post.

    A file that is cut off or broken gives what stands before the break, and a fault that names the last post read.
    """
    if stream.peek(3)[:3] == _MARK:
        stream.read(3)
    chat, last, chats = _Chat(), "the beginning", 0
    builder: ObjectBuilder | None = None
    prefixes = {f"{at}.messages.item" if at else "messages.item": at for at in _CHATS}
    heads = {f"{at}.{key}" if at else key: key for at in _CHATS for key in _HEAD}
    try:
        inside = ""
        for prefix, event, value in ijson.parse(stream, use_float=True):
            if builder is not None:
                builder.event(event, value)
                if event == "end_map" and prefix == inside:
                    last = f"post {builder.value.get('id')}"
                    yield from _post(builder.value, chat, origin)
                    builder = None
            elif event == "start_map" and prefix in prefixes:
                inside = prefix
                if chat.public:
                    builder = ObjectBuilder()
                    builder.event(event, value)
                elif chat.found == 0:
                    chat.found = 1  # there is something in it that is not read
            elif prefix in heads and event in ("string", "number", "null"):
                chat.head[heads[prefix]] = value
            elif event == "end_map" and prefix in _CHATS:
                chats += 1 if chat.found else 0
                yield from _closing(chat, origin)
                chat = _Chat()
    except ijson.JSONError as error:
        yield _broken(error, last, origin)
        yield from _closing(chat, origin)
        return
    if chats == 0:
        yield Fault(path=origin.path, code="input.telegram", message="no messages: not an export of Telegram Desktop")


def _post(message: dict[str, Any], chat: _Chat, origin: Origin) -> Iterator[Item]:
    chat.found += 1
    if message.get("type", "message") != "message":
        chat.passed["service"] += 1
        return
    number = message.get("id")
    where = f"{origin.path}#{number}"
    try:
        text = text_of(message.get("text"))
        if not text.strip():
            chat.passed["media"] += 1
            return
        if len(text.encode(errors="replace")) > origin.limit:
            raise Refusal("input.too-large", f"the text is longer than the limit of {megabytes(origin.limit)}")
        yield _incoming(message, text, chat, origin)
    except Refusal as refusal:
        yield Fault(path=where, code=refusal.code, message=str(refusal))


def _incoming(message: dict[str, Any], text: str, chat: _Chat, origin: Origin) -> Incoming:
    number, name = message.get("id"), chat.head.get("name")
    if not isinstance(number, int):
        raise Refusal("input.telegram", "the message has no id")
    channel = chat.head.get("id")
    forwarded = message.get("forwarded_from")
    return Incoming(
        address=f"{origin.address}#{number}" if channel is None else f"telegram:{channel}/{number}",
        text=text,
        source=SOURCE,
        fetched=origin.fetched,
        doc_id=None if channel is None else f"telegram-{channel}-{number}",
        published=_day(message) or origin.published,
        outlet=origin.outlet or (name if isinstance(name, str) else None),
        forwarded_from=forwarded if isinstance(forwarded, str) else None,
    )


def text_of(value: object) -> str:
    """Return the text of a message: a string, or the parts of a list put together; Refusal for anything else."""
    if value is None or isinstance(value, str):
        return value or ""
    if not isinstance(value, list):
        raise Refusal("input.telegram", "the text is neither a string nor a list of parts")
    parts = [part.get("text", "") if isinstance(part, dict) else part for part in value]
    if not all(isinstance(part, str) for part in parts):
        raise Refusal("input.telegram", "a part of the text is neither a string nor an object with text")
    return "".join(parts)


def _day(message: dict[str, Any]) -> str | None:
    """Return the day of a post: of `date`, in the time zone of who exported it, else of `date_unixtime`, in UTC."""
    date, seconds = message.get("date"), message.get("date_unixtime")
    if isinstance(date, str) and date:
        return day_of(date)
    if isinstance(seconds, str) and seconds.isdecimal():
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC).date().isoformat()
    return None


def _closing(chat: _Chat, origin: Origin) -> Iterator[PassedOver]:
    name = chat.head.get("name") or "chat"
    if not chat.public and chat.found:
        kind = str(chat.head.get("type")).replace("_", " ")
        yield PassedOver(
            path=origin.path, code="input.private", message=f"a {kind} is no public source; it was not read",
            skipped=False,
        )  # fmt: skip
    for sort, count in sorted(chat.passed.items()):
        yield PassedOver(
            path=f"{origin.path} ({name})", code=f"input.{sort}", message=f"{count:,} {_NOTES[sort]}",
            count=count, skipped=False,
        )  # fmt: skip


def _broken(error: Exception, last: str, origin: Origin) -> Fault:
    reason = str(error).removeprefix("b'").split("\\n")[0].split("\n")[0].strip() or "it is cut off"
    return Fault(path=origin.path, code="input.json", message=f"broken after {last}: {reason[:120]}")


__all__ = ["PUBLIC", "read_telegram", "text_of"]
