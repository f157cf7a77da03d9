"""A Frictionless data package: incidents.csv and claims.csv with datapackage.json, which explains each column."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from isnad.errors import OutputError
from isnad.export.atomic import atomic_text
from isnad.export.claims_csv import ClaimsCsvWriter
from isnad.export.incident_csv import IncidentCsvWriter
from isnad.export.incident_rows import CLAIM_FIELDS, INCIDENT_FIELDS, Field
from isnad.export.names import Names
from isnad.model.incidents import Incident

_FILES = ("incidents.csv", "claims.csv")


def write_package(incidents: Iterable[Incident], folder: Path, *, names: Names | None = None) -> int:
    """Write the three files of the package into `folder`, made if need be; return the number of incidents.

    The files appear together when all is written.  OutputError says why they cannot be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    names = names or Names.load()
    writers = (IncidentCsvWriter(names), ClaimsCsvWriter(names))
    sums = [_Sum() for _ in _FILES]
    count = 0
    with ExitStack() as stack:
        # the description is opened first and so appears last
        description = stack.enter_context(atomic_text(folder / "datapackage.json"))
        streams = [stack.enter_context(atomic_text(folder / name)) for name in _FILES]

        def write(pieces: Iterable[str]) -> None:
            for stream, sum_, piece in zip(streams, sums, pieces, strict=True):
                stream.write(sum_.add(piece))

        write(writer.begin() for writer in writers)
        for incident in incidents:
            count += 1
            write(writer.incident(incident) for writer in writers)
        write(writer.end() for writer in writers)
        description.write(_text(descriptor(sums=[(sum_.size, sum_.hex()) for sum_ in sums])))
    return count


class _Sum:
    """Bytes and SHA-256 of what was written."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()

    def add(self, piece: str) -> str:
        data = piece.encode("utf-8")
        self.size += len(data)
        self._hash.update(data)
        return piece

    def hex(self) -> str:
        return self._hash.hexdigest()


def descriptor(*, sums: list[tuple[int, str]] | None = None) -> dict[str, Any]:
    """Return datapackage.json (profile tabular-data-package); `sums` are bytes and SHA-256 of the two files."""
    incidents = _resource("incidents", INCIDENT_FIELDS, key=["incident_id"])
    claims = _resource("claims", CLAIM_FIELDS, key=["incident_id", "claim"])
    claims["schema"]["foreignKeys"] = [
        {"fields": ["incident_id"], "reference": {"resource": "incidents", "fields": ["incident_id"]}}
    ]
    resources = [incidents, claims]
    for resource, (size, digest) in zip(resources, sums or [], strict=False):
        resource["bytes"], resource["hash"] = size, f"sha256:{digest}"
    return {
        "profile": "tabular-data-package",
        "name": "isnad-incidents",
        "title": "Incidents and the claims behind them",
        "description": "Happenings in Arabic news; who says what of each. Blank: not known or not stated.",
        "resources": resources,
    }


def _resource(name: str, fields: tuple[Field, ...], *, key: list[str]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": [_field(field) for field in fields], "primaryKey": key, "missingValues": [""]},
    }


def _field(field: Field) -> dict[str, Any]:
    out: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    if field.required:
        out["constraints"] = {"required": True}
    return out


def _text(value: dict[str, Any]) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


__all__ = ["descriptor", "write_package"]
