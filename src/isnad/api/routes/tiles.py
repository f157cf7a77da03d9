"""/tiles.pmtiles: the map's background from the PMTiles file that the server was told, in parts (HTTP Range)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from isnad.api.people import Reader, TheDesk
from isnad.api.problems import Problem

MEDIA_TYPE = "application/vnd.pmtiles"
router = APIRouter(tags=["desk"], default_response_class=Response)
_BINARY: dict[str, Any] = {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}


@router.get(
    "/tiles.pmtiles",
    operation_id="getTiles",
    summary="The map's background, a PMTiles file",
    responses={
        200: {"description": "The whole file.", "content": _BINARY},
        206: {"description": "The part that Range asked for.", "content": _BINARY},
    },
)
def get_tiles(who: Reader, desk: TheDesk) -> Response:
    """Asked for with Range, which answers 206.  404 where the server was told no file, or it is gone."""
    file = desk.settings.tiles_file
    if file is None or not file.is_file():
        raise Problem("api.not-found")
    return FileResponse(file, media_type=MEDIA_TYPE, headers={"Cache-Control": "private, no-cache"})


__all__ = ["MEDIA_TYPE", "router"]
