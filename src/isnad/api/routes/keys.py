"""/keys: API keys for programs, made and revoked by an admin."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, StringConstraints
from starlette.responses import Response

from isnad.api.answers import answer, page
from isnad.api.credentials import new_key, now, scopes_of
from isnad.api.documented import ok
from isnad.api.filters import sound
from isnad.api.parameters import Id
from isnad.api.people import Admin, TheDesk
from isnad.api.problems import Problem
from isnad.api.shapes.common import PageOf
from isnad.api.shapes.desk import KeyView
from isnad.store.access_records import ApiKey

router = APIRouter(tags=["desk"], default_response_class=Response)
_EXAMPLE = {
    "id": "9f2c01aa77b3", "name": "nightly export", "scopes": ["read"], "maker": "mona",
    "created": "2026-02-01T09:30:00Z", "key": None,
}  # fmt: skip


class NewKey(BaseModel):
    """What the key is for and what it may do; a scope includes those before it: read, review, admin."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)] = Field(
        examples=["nightly export"]
    )
    scopes: list[Literal["read", "review", "admin"]] = Field(min_length=1, max_length=3, examples=[["read"]])


@router.get(
    "/keys",
    operation_id="listKeys",
    summary="All API keys, without their secrets",
    responses=ok(PageOf[KeyView], "The keys.", example={"items": [_EXAMPLE], "next": None, "total": 1}),
)
def list_keys(request: Request, who: Admin, desk: TheDesk) -> Response:
    """The oldest first."""
    keys = [_view(key) for key in desk.store.access.api_keys()]
    return page(request, keys, next=None, total=len(keys))


@router.post(
    "/keys",
    operation_id="addKey",
    summary="Make an API key; its secret is shown once",
    responses=ok(KeyView, "The key with its secret.", status=201, example=_EXAMPLE),
    status_code=201,
)
def add_key(who: Admin, desk: TheDesk, new: NewKey) -> Response:
    """Only its hash is kept."""
    name = sound(new.name)
    if name is None:
        raise Problem("api.invalid", values={"where": "name"})
    key, secret = new_key(name, scopes_of(list(new.scopes))[-1], maker=who.name)
    desk.store.access.add_key(key)
    detail = {"name": key.name, "scopes": key.scopes}
    desk.store.access.note(at=now(), user=who.name, action="key-added", subject=f"key:{key.id}", detail=detail)
    return answer(_view(key, secret), status=201, headers={"Cache-Control": "no-store"})


@router.delete(
    "/keys/{id}",
    operation_id="revokeKey",
    summary="Revoke an API key",
    responses=ok(None, "It opens nothing any more.", status=204),
    status_code=204,
)
def revoke_key(who: Admin, desk: TheDesk, id: Id) -> Response:
    """At once."""
    if not desk.store.access.remove_key(sound(id) or ""):
        raise Problem("api.not-found")
    desk.store.access.note(at=now(), user=who.name, action="key-revoked", subject=f"key:{id}")
    return Response(status_code=204)


def _view(key: ApiKey, secret: str | None = None) -> KeyView:
    return KeyView(id=key.id, name=key.name, scopes=key.scopes, maker=key.maker, created=key.created, key=secret)


__all__ = ["router"]
