"""JSONL of events: one a line, with the article's `doc_id`, `outlet` and `published` before its keys."""

from __future__ import annotations

import msgspec

from isnad.model import CodedArticle


class EventJsonlWriter:
    """Each event is one line; articles without events leave none."""

    def begin(self) -> str:
        """Nothing stands before the first line."""
        return ""

    def article(self, coded: CodedArticle) -> str:
        """Return a line for each event of one article."""
        known = {"doc_id": coded.doc_id, "outlet": coded.outlet, "published": coded.published}
        rows = [{**known, **msgspec.to_builtins(event)} for event in coded.events]
        return "".join(msgspec.json.encode(row).decode("utf-8") + "\n" for row in rows)

    def end(self) -> str:
        """Nothing stands after the last line."""
        return ""


__all__ = ["EventJsonlWriter"]
