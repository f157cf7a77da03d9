"""Examples of the OpenAPI document; a test holds them against the schemas."""

from __future__ import annotations

from typing import Any

PLACE: dict[str, Any] = {
    "name": "حلب", "text": "حلب", "level": "town", "precision_km": 8.0, "country": "SYR", "lat": 36.2012,
    "lon": 37.1612, "source_id": "170063",
}  # fmt: skip
CARD: dict[str, Any] = {
    "id": "inc-4f1c22a90b1e", "type": "ASSAULT", "mode": "heavy-weapons",
    "title": {"ar": "سلاح ثقيل · حلب", "en": "heavy weapons · حلب"},
    "date": {"start": "2026-01-30", "end": "2026-01-30"}, "reported": {"start": "2026-01-30", "end": "2026-01-31"},
    "place": PLACE, "actors": [{"id": "SYR.mil", "ar": "قوات سوريا", "en": "Syrian forces"}], "recipients": [],
    "killed": [3, 5], "injured": None, "detained": None, "grade": "contested", "reasons": ["denied"],
    "voices": {"outlets": 2, "texts": 2, "speakers": 2}, "disputes": ["happening"], "status": "denied",
    "state": "candidate", "reviewed": False, "members": 3, "version": 12,
}  # fmt: skip
FEATURE: dict[str, Any] = {
    "type": "Feature", "id": CARD["id"], "properties": CARD,
    "geometry": {"type": "Point", "coordinates": [37.1612, 36.2012]},
}  # fmt: skip
COLLECTION: dict[str, Any] = {
    "type": "FeatureCollection", "features": [FEATURE], "numberMatched": 1, "numberReturned": 1, "next": None,
    "links": [{"href": "/api/v1/incidents", "rel": "self", "type": "application/geo+json"}],
}  # fmt: skip
COUNTED: dict[str, Any] = {"id": "ASSAULT", "ar": "عنف", "en": "assault", "count": 1}
SUMMARY: dict[str, Any] = {
    "days": [{"day": "2026-01-30", "count": 1}], "types": [COUNTED], "grades": [], "outlets": [], "parties": [],
    "statuses": [], "states": [], "disputes": [], "noplace": 0, "total": 1,
}  # fmt: skip
POINTS: dict[str, Any] = {
    "ids": [CARD["id"]], "lon": [37.1612], "lat": [36.2012], "type": ["ASSAULT"], "radius_km": [8.0],
    "grade": ["contested"],
}  # fmt: skip
OUTLET: dict[str, Any] = {"id": "sana", "ar": "سانا", "en": "SANA"}
ARTICLE_ITEM: dict[str, Any] = {
    "id": "17", "title": "قصف على حلب", "outlet": OUTLET, "published": "2026-01-30", "events": 2, "note": None,
    "coder": "2026.1",
}  # fmt: skip
DECISION: dict[str, Any] = {
    "id": "41", "kind": "correct", "target": {"incident": CARD["id"]}, "field": "killed", "before": [3, 5],
    "after": [4, 4], "user": "mona", "reason": "قائمة المشفى", "at": "2026-02-01T09:30:00Z", "undone_by": None,
    "members": [],
}  # fmt: skip
DECIDED: dict[str, Any] = {**DECISION, "affected": [{"id": CARD["id"], "etag": '"v13"'}]}
PROBLEM: dict[str, Any] = {
    "type": "https://isnad.invalid/problems/api.changed", "title": "Changed in the meantime", "status": 412,
    "detail": "Somebody changed it after you read it; the new state is in current.",
    "instance": "/api/v1/decisions", "code": "api.changed",
}  # fmt: skip


def page(*items: Any) -> dict[str, Any]:
    """Return the only page of a list."""
    return {"items": list(items), "next": None, "total": None}


__all__ = [
    "ARTICLE_ITEM", "CARD", "COLLECTION", "COUNTED", "DECIDED", "DECISION", "FEATURE", "OUTLET", "PLACE", "POINTS",
    "PROBLEM", "SUMMARY", "page",
]  # fmt: skip
