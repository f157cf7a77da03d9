"""What can be set from outside, as one frozen object made in one place and passed down.

No other module reads the environment.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from isnad.errors import UsageError


class FetchSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Limits on what is fetched; each is set by ISNAD_FETCH_ and its name in capitals (docs/sources.md lists them).

    Names ending in `_seconds` are seconds, in `_bytes` bytes.  `total_seconds` bounds one address with all its
    redirects, without the waits of politeness.  `max_wire_bytes` counts as sent, `max_bytes` after decompression.
    `host_seconds` is the pause between two requests to one host; a robots.txt may lengthen it up to
    `max_host_seconds`.  A host that asks for more than `patience_seconds` is not waited for.  `feed_seconds` is the
    pause between two visits of a feed, which grows to `max_feed_seconds` after failures.  `contact` (a mail address
    or page) is told to servers.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    max_wire_bytes: int = 8_000_000
    max_bytes: int = 8_000_000
    max_redirects: int = 5
    retries: int = 2
    workers: int = 8
    host_seconds: float = 2.0
    max_host_seconds: float = 60.0
    patience_seconds: float = 60.0
    feed_seconds: float = 900.0
    max_feed_seconds: float = 86_400.0
    max_feed_entries: int = 1_000
    contact: str = ""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Limits and places.

    `db` is the store when none is named: a file, or postgresql://...  `max_article_bytes` bounds one article: a line of
    JSONL, a text file or a page (8 MB hold a thousand long articles, so that what exceeds it is no article).
    `data_dir` keeps the user's own gazetteer.  `tiles` is the map's background in the desk (`isnad serve --tiles`).
    """

    db: str = "isnad.db"
    max_article_bytes: int = 8_000_000
    data_dir: Path = Path.home() / ".local" / "share" / "isnad"
    tiles: str | None = None
    fetch: FetchSettings = FetchSettings()

    @property
    def places_dir(self) -> Path:
        """Where the tables loaded with `isnad places add` lie."""
        return self.data_dir / "places"


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Make the settings from environment variables.

    ISNAD_DB, ISNAD_MAX_ARTICLE_BYTES, ISNAD_DATA_DIR, XDG_DATA_HOME, ISNAD_TILES, and the ISNAD_FETCH_* of
    `FetchSettings`.
    """
    defaults = Settings()
    limit = environment.get("ISNAD_MAX_ARTICLE_BYTES", str(defaults.max_article_bytes))
    if not limit.isdecimal() or int(limit) < 1:
        raise UsageError(f"ISNAD_MAX_ARTICLE_BYTES must be a whole number above zero, not {limit!r}")
    data = defaults.data_dir
    if environment.get("ISNAD_DATA_DIR"):
        data = Path(environment["ISNAD_DATA_DIR"])
    elif environment.get("XDG_DATA_HOME"):
        data = Path(environment["XDG_DATA_HOME"]) / "isnad"
    db = environment.get("ISNAD_DB") or defaults.db
    return Settings(
        db=db,
        max_article_bytes=int(limit),
        data_dir=data,
        tiles=environment.get("ISNAD_TILES") or None,
        fetch=fetch_settings_from(environment),
    )


def fetch_settings_from(environment: Mapping[str, str]) -> FetchSettings:
    """Make the limits on fetching from variables such as ISNAD_FETCH_TOTAL_SECONDS; UsageError names a bad one."""
    given = {
        field: value
        for field in FetchSettings.__struct_fields__
        if (value := environment.get(f"ISNAD_FETCH_{field.upper()}", "").strip())
    }
    for field, value in given.items():
        if field == "contact":
            if not (value.isascii() and value.isprintable()):
                raise UsageError("ISNAD_FETCH_CONTACT must be plain ASCII: a mail address or the address of a page")
            continue
        number = _number(value)
        least = 0 if field in ("host_seconds", "max_redirects", "retries") else 1e-3
        if number is None or number < least or (not field.endswith("_seconds") and number != int(number)):
            kind = "a number" if field.endswith("_seconds") else "a whole number"
            raise UsageError(f"ISNAD_FETCH_{field.upper()} must be {kind} above zero, not {value!r}")
    return msgspec.convert(given, FetchSettings, strict=False)


def _number(value: str) -> float | None:
    """Return the number written in `value`, None where there is none or it is not finite."""
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


__all__ = ["FetchSettings", "Settings", "fetch_settings_from", "settings_from"]
