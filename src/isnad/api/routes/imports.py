"""/imports: reports from files and addresses into the store, with progress as server-sent events."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import anyio
import msgspec
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response, StreamingResponse

from isnad.api.answers import answer, one, page
from isnad.api.credentials import new_id, now
from isnad.api.decide import check_sound
from isnad.api.desk import Desk
from isnad.api.documented import ok, text
from isnad.api.filters import bad, is_day
from isnad.api.importing import DONE, FAILED, WAITING
from isnad.api.parameters import Id, Limit
from isnad.api.people import Reader, Reviewer, TheDesk
from isnad.api.problems import Problem
from isnad.api.shapes.common import PageOf
from isnad.api.shapes.desk import Accepted, ImportView
from isnad.store.access_records import Job

router = APIRouter(tags=["imports"], default_response_class=Response)
_KINDS = ("text", "html", "jsonl", "json", "csv", "telegram", "warc", "urls")
_MOST_SOURCES = 10_000
_MOST_FILES = 50
_NAME = re.compile(r"[^\w.\- ]+")
_TICK = 0.25
_QUIET_TICKS = 60  # a comment after fifteen quiet seconds keeps the line open
_CHUNK = 1 << 20


class NewImport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Web addresses to fetch; `outlet` and `published` hold for those that do not state theirs."""

    sources: Annotated[
        tuple[Annotated[str, msgspec.Meta(max_length=2_000, pattern="^[Hh][Tt][Tt][Pp][Ss]?://")], ...],
        msgspec.Meta(min_length=1, max_length=_MOST_SOURCES),
    ]
    outlet: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    published: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["sources"],
                    "additionalProperties": False,
                    "properties": {
                        "sources": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": _MOST_SOURCES,
                            "items": {"type": "string", "maxLength": 2_000, "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"},
                        },
                        "outlet": {"type": ["string", "null"], "maxLength": 200},
                        "published": {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"},
                    },
                },
                "example": {"sources": ["https://news.example/2026/01/report.html"], "outlet": None},
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                        },
                        "outlet": {"type": "string", "maxLength": 200},
                        "published": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
                        "kind": {"type": "string", "enum": list(_KINDS)},
                    },
                }
            },
        },
    }
}


@router.post(
    "/imports",
    operation_id="addImport",
    summary="Import files that are sent, or web addresses",
    responses=ok(Accepted, "Taken on.", status=202, example={"id": "5a1b", "href": "/api/v1/imports/5a1b"}),
    status_code=202,
    openapi_extra=_BODY,
)
async def add_import(request: Request, who: Reviewer, desk: TheDesk) -> Response:
    """Files as multipart/form-data (`file`, several if need be): text, HTML, JSONL, JSON, CSV, Telegram's result.json,
    WARC, lists of addresses, gzipped or not.  Or JSON with `sources`, web addresses; private addresses are refused.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "multipart/form-data":
        form = await request.form(max_files=_MOST_FILES, max_fields=20)
        try:
            job = await run_sync(_add_files, desk, who.name, form)
        finally:
            await form.close()
    else:
        body = await request.body()
        job = await run_sync(_add_addresses, desk, who.name, body)
    href = f"/api/v1/imports/{job.id}"
    return answer(Accepted(id=job.id, href=href), status=202, headers={"Location": href})


def _add_addresses(desk: Desk, user: str, body: bytes) -> Job:
    try:
        new = msgspec.json.decode(body, type=NewImport)
    except msgspec.ValidationError as error:
        raise Problem("api.invalid", values={"where": "body"}, cause=str(error)) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Problem("api.json") from error
    check_sound(msgspec.to_builtins(new))
    options = _options({"outlet": new.outlet, "published": new.published})
    first, more = new.sources[0], len(new.sources) - 1
    job = _job(f"{first} +{more}" if more else first, user, options)
    _begin(desk, job, list(new.sources), {}, None)
    return job


def _add_files(desk: Desk, user: str, form: FormData) -> Job:
    files = [part for part in form.getlist("file") if isinstance(part, UploadFile) and part.filename]
    if not files:
        raise bad("file")
    given = {name: value for name in ("outlet", "published", "kind") if isinstance(value := form.get(name), str)}
    check_sound(given)
    options = _options(given)
    folder = desk.settings.work / f"import-{secrets.token_hex(8)}"
    folder.mkdir(parents=True, mode=0o700)
    uploads: dict[str, str] = {}
    names = []
    for number, file in enumerate(files):
        name = _file_name(file.filename or "")
        path = folder / str(number) / name
        path.parent.mkdir()
        digest = _written(file, path)
        uploads[path.absolute().as_posix()] = f"upload:{digest[:16]}/{name}"
        names.append(name)
    job = _job(names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}", user, options)
    try:
        _begin(desk, job, list(uploads), uploads, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return job


def _written(file: UploadFile, path: Path) -> str:
    """Write an upload to its place; return its SHA-256."""
    digest = hashlib.sha256()
    with path.open("xb") as out:
        while chunk := file.file.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _file_name(given: str) -> str:
    """Return the last part of a name without anything that could lead elsewhere."""
    name = _NAME.sub("_", given.replace("\\", "/").rpartition("/")[2]).strip(" .")
    return name[-100:].lstrip(" .") or "upload"


def _options(given: Mapping[str, str | None]) -> dict[str, str]:
    options = {name: value.strip() for name, value in given.items() if value and value.strip()}
    if "published" in options and not is_day(options["published"]):
        raise bad("published")
    if options.get("kind", "text") not in _KINDS:
        raise bad("kind")
    if len(options.get("outlet", "")) > 200:
        raise bad("outlet")
    return options


def _job(name: str, user: str, options: dict[str, str]) -> Job:
    return Job(
        id=new_id(), kind="import", name=name[:300], user=user, at=now(), state=WAITING, told={"options": options}
    )


def _begin(desk: Desk, job: Job, sources: list[str], uploads: dict[str, str], folder: Path | None) -> None:
    desk.imports.add(job, sources, uploads, folder)
    desk.store.access.note(
        at=job.at, user=job.user, action="import", subject=f"import:{job.id}", detail={"name": job.name, **job.told}
    )


@router.get(
    "/imports",
    operation_id="listImports",
    summary="Imports, the latest first",
    responses=ok(PageOf[ImportView], "A page of imports.", headers=("Link",)),
)
def list_imports(
    request: Request, who: Reader, desk: TheDesk, limit: Limit = 50, cursor: str | None = None
) -> Response:
    """Who imported what, and what became of it."""
    after = None
    if cursor:
        if not re.fullmatch(r"[0-9TZ:\-]{20}~[0-9a-f]{1,32}", cursor):
            raise Problem("api.cursor")
        after = cursor
    jobs = desk.imports.list(after=after, limit=limit)
    items = [import_view(job) for job in jobs]
    return page(request, items, next=f"{jobs[-1].at}~{jobs[-1].id}" if len(jobs) == limit else None)


@router.get(
    "/imports/{id}",
    operation_id="getImport",
    summary="One import as it is now",
    responses=ok(ImportView, "The import.", headers=("ETag",)),
)
def get_import(request: Request, who: Reader, desk: TheDesk, id: Id) -> Response:
    """`state` is waiting, running, done or failed; `phase` reading or weighing."""
    return one(request, import_view(_known(desk, id)))


@router.get(
    "/imports/{id}/events",
    operation_id="followImport",
    summary="The progress of an import as server-sent events",
    responses=text(
        "Events: progress and end hold the import, fault one of its faults.",
        "text/event-stream",
        example='event: progress\ndata: {"id":"5a1b","state":"running","done":1200,"total":90000}\n\n',
    ),
)
async def follow_import(request: Request, who: Reader, desk: TheDesk, id: Id) -> Response:
    """Ends with the import; one that is over gives its faults and `end` at once."""
    await run_sync(_known, desk, id)
    return StreamingResponse(
        _events(request, desk, id),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(request: Request, desk: Desk, id: str) -> AsyncIterator[bytes]:
    told: bytes = b""
    faults = quiet = 0
    while True:
        job = await run_sync(desk.imports.get, id)
        if job is None:
            return
        view = import_view(job)
        for fault in view.faults[faults:]:
            yield _event("fault", msgspec.json.encode(fault))
        faults = max(faults, len(view.faults))
        content = msgspec.json.encode(msgspec.structs.replace(view, faults=()))
        if job.state in (DONE, FAILED):
            yield _event("end", content)
            return
        if content != told:
            told, quiet = content, 0
            yield _event("progress", content)
        elif (quiet := quiet + 1) % _QUIET_TICKS == 0:
            yield b": still here\n\n"
        if await request.is_disconnected():
            return
        await anyio.sleep(_TICK)


def _event(name: str, data: bytes) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + data + b"\n\n"


def _known(desk: Desk, id: str) -> Job:
    job = desk.imports.get(id) if re.fullmatch(r"[0-9a-f]{1,32}", id) else None
    if job is None:
        raise Problem("api.not-found")
    return job


def import_view(job: Job) -> ImportView:
    """Return an import for the reader."""
    blank = dict.fromkeys(("done", "reports", "added", "linked", "known", "changed", "skipped", "failed", "events"), 0)
    known = {name: value for name, value in job.told.items() if name in ImportView.__struct_fields__}
    phase = "waiting" if job.state == WAITING else "reading"
    own = {"id": job.id, "state": job.state, "name": job.name, "at": job.at, "user": job.user}
    given = {"phase": phase, "total": None, **blank, **known, **own}
    return msgspec.convert(given, ImportView)


__all__ = ["import_view", "router"]
