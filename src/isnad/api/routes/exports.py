"""/exports and /log: files of what answers a filter, and who did what."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import FileResponse, Response

from isnad.api.answers import answer, one, page
from isnad.api.credentials import new_id, now
from isnad.api.desk import Desk
from isnad.api.documented import ok
from isnad.api.filters import article_filter, filter_from, sound
from isnad.api.parameters import Id, Limit, NumberCursor
from isnad.api.people import Exporter, Reader, TheDesk
from isnad.api.problems import Problem
from isnad.api.shapes.common import PageOf
from isnad.api.shapes.desk import ExportView, LogEntry
from isnad.api.views.files import ENDS, make_file
from isnad.errors import UsageError
from isnad.store.access_records import Job

router = APIRouter(tags=["exports"], default_response_class=Response)
_KIND = "export"
_EXAMPLE = {
    "id": "5a1b0c9d8e7f", "href": "/api/v1/exports/5a1b0c9d8e7f/file", "format": "csv", "what": "incidents",
    "filter": "type=ASSAULT&from=2026-01-01", "user": "mona", "at": "2026-02-01T09:30:00Z", "count": 812,
    "bytes": 254_311, "left_out": {},
}  # fmt: skip


class NewExport(BaseModel):
    """What is to be exported in which format; `filter` is a query string as lists take it."""

    format: Literal["jsonl", "csv", "package", "geojson", "acled", "ged", "polecat", "html", "parquet"] = Field(
        examples=["csv"]
    )
    what: Literal["incidents", "claims", "events", "articles"] = "incidents"
    filter: str = Field(default="", max_length=4_000, examples=["type=ASSAULT&from=2026-01-01"])


@router.post(
    "/exports",
    operation_id="addExport",
    summary="Make a file of what answers a filter",
    responses=ok(ExportView, "The file is made; `href` is where.", status=201, example=_EXAMPLE),
    status_code=201,
)
async def add_export(who: Exporter, desk: TheDesk, new: NewExport) -> Response:
    """Incidents: all formats; claims: csv, acled, parquet; events: jsonl, csv, polecat, parquet; articles: jsonl, html.

    The log keeps who exported what.  Files are kept for a while; exporting again makes them anew.
    """
    view = await desk.slowly(lambda: _made(desk, new, who.name))
    return answer(view, status=201, headers={"Location": f"/api/v1/exports/{view.id}"})


def _made(desk: Desk, new: NewExport, user: str) -> ExportView:
    query = (sound(new.filter) or "").lstrip("?")
    wanted = desk.filter_from(query)
    articles = article_filter(wanted) if new.what in ("events", "articles") else article_filter(filter_from(""))
    id, at = new_id(), now()
    folder = _folder(desk)
    path = folder / f"{id}.{ENDS[new.format][0]}"
    try:
        made = make_file(desk, path, what=new.what, format_=new.format, wanted=wanted, articles=articles)
    except ImportError as error:  # the library of a format is an extra
        raise UsageError(f"{new.format} needs a library that is not installed: {error.name}") from error
    view = ExportView(
        id=id,
        href=f"/api/v1/exports/{id}/file",
        format=new.format,
        what=new.what,
        filter=query,
        user=user,
        at=at,
        count=made.count,
        bytes=path.stat().st_size,
        left_out=dict(made.left_out),
    )
    told = {name: getattr(view, name) for name in ("format", "what", "filter", "count", "bytes", "left_out")}
    desk.store.access.save_job(
        Job(id=id, kind=_KIND, name=f"{new.what}.{new.format}", user=user, at=at, state="done", told=told)
    )
    desk.store.access.note(at=at, user=user, action="export", subject=f"export:{id}", detail=told)
    _tidy(folder, desk.settings.kept_exports)
    return view


@router.get(
    "/exports/{id}",
    operation_id="getExport",
    summary="One export",
    responses=ok(ExportView, "The export.", example=_EXAMPLE, headers=("ETag",)),
)
def get_export(request: Request, who: Reader, desk: TheDesk, id: Id) -> Response:
    """What was exported, by whom, and how large it is."""
    return one(request, _view(_known(desk, id)))


@router.get(
    "/exports/{id}/file",
    operation_id="downloadExport",
    summary="The file of an export",
    responses={
        200: {
            "description": "The file.",
            "content": {kind.partition(";")[0]: {"schema": {"type": "string"}} for _, kind in ENDS.values()},
        }
    },
)
def download_export(who: Reader, desk: TheDesk, id: Id) -> Response:
    """As a download, never shown as a page of this server."""
    job = _known(desk, id)
    end, media_type = ENDS[str(job.told["format"])]
    path = _folder(desk) / f"{job.id}.{end}"
    if not path.is_file():
        raise Problem("api.not-made")
    name = f"isnad-{job.told['what']}-{job.id}.{end}"
    return FileResponse(path, media_type=media_type, filename=name, headers={"Cache-Control": "private, no-cache"})


@router.get(
    "/log",
    operation_id="listLog",
    summary="Who imported, exported, signed in, saved and revoked what, the latest first",
    responses=ok(PageOf[LogEntry], "A page of the log.", headers=("Link",)),
)
def list_log(request: Request, who: Reader, desk: TheDesk, after: NumberCursor, limit: Limit = 50) -> Response:
    """Decisions stand in /decisions.  No key or password is ever written into it."""
    rows = desk.store.access.journal(before=None if after is None else int(after), limit=limit)
    items = [
        LogEntry(id=str(row.id), at=row.at, user=row.user, action=row.action, subject=row.subject, detail=row.detail)
        for row in rows
    ]
    return page(request, items, next=items[-1].id if len(items) == limit else None)


def _folder(desk: Desk) -> Path:
    folder = desk.settings.work / "exports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _tidy(folder: Path, kept: int) -> None:
    """Remove the oldest files beyond `kept`."""
    files = sorted((file for file in folder.iterdir() if file.is_file()), key=lambda file: file.stat().st_mtime)
    for file in files[: max(len(files) - kept, 0)]:
        file.unlink(missing_ok=True)


def _known(desk: Desk, id: str) -> Job:
    job = desk.store.access.job(_KIND, id) if re.fullmatch(r"[0-9a-f]{1,32}", id) else None
    if job is None:
        raise Problem("api.not-found")
    return job


def _view(job: Job) -> ExportView:
    return ExportView(id=job.id, href=f"/api/v1/exports/{job.id}/file", user=job.user, at=job.at, **job.told)


__all__ = ["router"]
