"""What can be set from outside, as one frozen object made in one place and passed down.

No other module reads the environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from isnad.errors import UsageError


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Limits and places.

    `max_article_bytes` bounds one article: a line of JSONL, a text file or a page (8 MB hold a thousand long
    articles, so that what exceeds it is no article).  `data_dir` keeps the user's own gazetteer.
    """

    max_article_bytes: int = 8_000_000
    data_dir: Path = Path.home() / ".local" / "share" / "isnad"

    @property
    def places_dir(self) -> Path:
        """Where the tables loaded with `isnad places add` lie."""
        return self.data_dir / "places"


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Make the settings from environment variables (ISNAD_MAX_ARTICLE_BYTES, ISNAD_DATA_DIR, XDG_DATA_HOME)."""
    defaults = Settings()
    limit = environment.get("ISNAD_MAX_ARTICLE_BYTES", str(defaults.max_article_bytes))
    if not limit.isdecimal() or int(limit) < 1:
        raise UsageError(f"ISNAD_MAX_ARTICLE_BYTES must be a whole number above zero, not {limit!r}")
    data = defaults.data_dir
    if environment.get("ISNAD_DATA_DIR"):
        data = Path(environment["ISNAD_DATA_DIR"])
    elif environment.get("XDG_DATA_HOME"):
        data = Path(environment["XDG_DATA_HOME"]) / "isnad"
    return Settings(max_article_bytes=int(limit), data_dir=data)


__all__ = ["Settings", "settings_from"]
