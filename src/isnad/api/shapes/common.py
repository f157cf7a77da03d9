"""Parts that several answers share.  Days are ISO; spans count code points; places are WGS 84 degrees."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

import msgspec
from msgspec import Meta

T = TypeVar("T")
Count = tuple[int | None, int | None]


class Label(msgspec.Struct, frozen=True):
    """Words in Arabic and English."""

    ar: str
    en: str


class Named(msgspec.Struct, frozen=True):
    """Something with an id and its names."""

    id: str
    ar: str
    en: str


class PartyRef(Named, frozen=True):
    """A party by its neutral id and names."""


class OutletRef(Named, frozen=True):
    """An outlet by its id and names."""


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """First and last day."""

    start: str | None
    end: str | None


class SpanView(msgspec.Struct, frozen=True):
    """A stretch of the stored text, in code points."""

    text: str
    start: int
    end: int


class PlaceView(msgspec.Struct, frozen=True, kw_only=True):
    """Where; `precision_km` is the radius within which the report places it."""

    name: str | None
    text: str
    level: str | None = None
    precision_km: float | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    source_id: str | None = None


class QuotePart(msgspec.Struct, frozen=True):
    """A piece of a quotation; `mark` says whether it is the words themselves or what stands around them."""

    text: str
    mark: bool


class PageOf(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A page of a list; `next` continues it, `total` counts all where that is cheap."""

    items: tuple[T, ...]
    next: str | None = None
    total: int | None = None


class ProblemView(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal by RFC 9457; `code` is stable (docs/errors.md), `cause` the program's own line in English."""

    type: str
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    instance: str
    code: str
    cause: str | None = None


__all__ = [
    "Count", "Days", "Label", "Named", "OutletRef", "PageOf", "PartyRef", "PlaceView", "ProblemView", "QuotePart",
    "SpanView",
]  # fmt: skip
