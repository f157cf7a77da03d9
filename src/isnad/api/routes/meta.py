"""/meta and sessions: what the page needs first, and how people come in."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from isnad.api.answers import answer
from isnad.api.credentials import hash_of, is_password_of, new_secret, now
from isnad.api.desk import Desk
from isnad.api.documented import ok
from isnad.api.people import Maybe, Person, TheDesk, check_csrf
from isnad.api.problems import Problem
from isnad.api.settings import READ
from isnad.api.shapes.desk import Meta, Totals, UserView
from isnad.store.access_records import Session

router = APIRouter(tags=["desk"], default_response_class=Response)
#: Where the page finds a PMTiles file of the server's own.
TILES = "/api/v1/tiles.pmtiles"
_NOTHING = Totals(articles=0, events=0, incidents=0, outlets=0)


class Login(BaseModel):
    """A name and a password."""

    user: str = Field(min_length=1, max_length=64, examples=["mona"])
    password: str = Field(min_length=1, max_length=1_000, examples=["..."])


@router.get(
    "/meta",
    operation_id="getMeta",
    summary="Version, counts, vocabulary, and who is signed in; answers everybody",
    responses=ok(Meta, "What the page needs first."),
)
def get_meta(who: Maybe, desk: TheDesk) -> Response:
    """Counts and days are told only to who may read."""
    labels = desk.labels
    may_read = who is not None and READ in who.scopes
    counts, first, last = _counts(desk) if may_read else (_NOTHING, None, None)
    body = Meta(
        version=version("isnad"),
        counts=counts,
        first_day=first,
        last_day=last,
        types=tuple(labels.all("types")),
        modes=tuple(labels.all("modes")),
        grades=tuple(labels.all("grades")),
        reasons=tuple(labels.all("reasons")),
        statuses=tuple(labels.all("statuses")),
        tiles=TILES if desk.settings.tiles_file else desk.settings.tiles,
        auth=desk.settings.auth,
        user=UserView(name=who.name, scopes=who.scopes) if who else None,
        csrf=who.csrf if who else None,
    )
    return answer(body)


def _counts(desk: Desk) -> tuple[Totals, str | None, str | None]:
    found = desk.store.totals()
    totals = Totals(
        articles=found.articles, events=found.events, incidents=desk.store.incidents.count(), outlets=found.outlets
    )
    return totals, found.first_day, found.last_day


@router.post(
    "/session",
    operation_id="signIn",
    summary="Come in by name and password",
    responses=ok(UserView, "Signed in; the cookie is the session.", status=201, headers=("Set-Cookie",)),
    status_code=201,
)
def sign_in(request: Request, desk: TheDesk, login: Login) -> Response:
    """Few attempts a minute from one address and for one name; a wrong name takes as long as a wrong password."""
    for name in (f"at {request.client.host if request.client else ''}", f"as {login.user}"):
        seconds = desk.logins.wait(name)
        if seconds:
            raise Problem("api.rate", values={"seconds": seconds}, headers={"Retry-After": str(seconds)})
    user = desk.store.access.user(login.user) if "\0" not in login.user else None
    if not is_password_of(user, login.password) or user is None:
        raise Problem("api.login")
    return _signed_in(desk, answer(UserView(name=user.name, scopes=user.scopes), status=201), user.name, user.scopes)


@router.get(
    "/session/link",
    operation_id="signInByLink",
    summary="Come in by the one-time link that isnad serve printed",
    responses={
        303: {"description": "Signed in; on to the page.", "headers": {"Location": {"schema": {"type": "string"}}}}
    },
    status_code=303,
)
def sign_in_by_link(
    request: Request, desk: TheDesk, token: Annotated[str, Query(max_length=200, description="The secret of the link.")]
) -> Response:
    """The link is used up; a second visit finds the session that the first one made, if it is the same browser's."""
    link = desk.store.access.use_link(hash_of(token), now=now())
    if link is None:
        known = request.cookies.get(desk.settings.cookie)
        if known and desk.store.access.session(hash_of(known), now=now()):
            return RedirectResponse("/", status_code=303)
        raise Problem("api.link")
    return _signed_in(desk, RedirectResponse("/", status_code=303), link.user, link.scopes)


@router.delete(
    "/session",
    operation_id="signOut",
    summary="Leave",
    responses=ok(None, "The session has ended.", status=204),
    status_code=204,
)
def sign_out(who: Maybe, request: Request, desk: TheDesk) -> Response:
    """The cookie stands for nobody any more."""
    if who is not None and who.session is not None:
        check_csrf(request, who)
        desk.store.access.end_session(who.session)
        _note(desk, who, "signed-out")
    answer_ = Response(status_code=204)
    answer_.delete_cookie(desk.settings.cookie, path="/", httponly=True, samesite="lax", secure=desk.settings.secure)
    return answer_


def _signed_in(desk: Desk, response: Response, user: str, scopes: tuple[str, ...]) -> Response:
    secret = new_secret()
    hours = desk.settings.session_hours
    session = Session(
        hash=hash_of(secret),
        user=user,
        scopes=scopes,
        csrf=new_secret(),
        created=now(),
        expires=now(plus=dt.timedelta(hours=hours)),
    )
    desk.store.access.add_session(session, now=now())
    _note(desk, Person(name=user, scopes=scopes), "signed-in")
    response.set_cookie(
        desk.settings.cookie,
        secret,
        max_age=hours * 3600,
        path="/",
        httponly=True,
        samesite="lax",
        secure=desk.settings.secure,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _note(desk: Desk, who: Person, action: str) -> None:
    desk.store.access.note(at=now(), user=who.name, action=action, subject=f"user:{who.name}")


__all__ = ["router"]
