"""JSONL: one coded article a line, every key of the model (docs/schema/coded-article.schema.json)."""

from __future__ import annotations

import msgspec

from isnad.model import CodedArticle


class JsonlWriter:
    """Each article is one line."""

    def __init__(self) -> None:
        self._encoder = msgspec.json.Encoder()

    def begin(self) -> str:
        """Nothing stands before the first line."""
        return ""

    def article(self, coded: CodedArticle) -> str:
        """Return the line of one article."""
        return self._encoder.encode(coded).decode("utf-8") + "\n"

    def end(self) -> str:
        """Nothing stands after the last line."""
        return ""


__all__ = ["JsonlWriter"]
