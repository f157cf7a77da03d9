"""The accuracy gate: figures have floors in the repository; they rise, and do not fall silently.

`accuracy.json` holds, for every gold file by its SHA-256, the least F1 of each row.  After trafilatura's gate.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from pathlib import Path

import msgspec

from isnad.errors import GateError
from isnad.evaluate.score import Report

#: A new floor lies this far under the figure, so that noise in the last digit does not fail the gate.
SLACK = 0.005


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    """The floors for one gold file."""

    name: str
    documents: int
    floors: dict[str, float]


class Floors(msgspec.Struct, frozen=True, kw_only=True):
    """All floors, by the SHA-256 of the gold file's bytes."""

    gold: dict[str, Floor] = {}


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_floors(path: Path) -> Floors:
    """Return the floors in `path`, none when the file does not exist."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Floors)
    except FileNotFoundError:
        return Floors()
    except (msgspec.DecodeError, OSError) as error:
        raise GateError(f"{path}: not a file of floors: {error}") from None


def check(report: Report, *, gold: Path, floors: Floors) -> list[str]:
    """Return one line for every row below its floor; GateError when there are no floors for this gold."""
    known = floors.gold.get(fingerprint(gold))
    if known is None:
        raise GateError(
            f"{gold}: no floors are kept for this file (its bytes are not known); use --raise-floors first"
        )
    return [
        f"{row}: F1 {figure:.4f} is below its floor {least:.4f}"
        for row, least in known.floors.items()
        if (figure := _figures(report).get(row, 0.0)) < least
    ]


def raised(report: Report, *, gold: Path, floors: Floors, allow_lower: bool = False) -> Floors:
    """Return floors lifted to the report's figures, less the slack; none is lowered unless `allow_lower`."""
    key = fingerprint(gold)
    old = floors.gold[key].floors if key in floors.gold else {}
    new = {
        row: max(0.0, math.floor((figure - SLACK) * 1000) / 1000) for row, figure in _figures(report).items()
    }
    kept = new if allow_lower else {row: max(least, old.get(row, 0.0)) for row, least in new.items()}
    floor = Floor(name=gold.name, documents=report.documents, floors=kept)
    return Floors(gold={**floors.gold, key: floor})


def as_json(floors: Floors) -> str:
    """Return the floors as they are kept: sorted, indented, a newline at the end."""
    encoded = msgspec.json.encode(floors, order="sorted")
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def _figures(report: Report) -> Mapping[str, float]:
    return {row: figures.f1 for row, figures in report.rows.items()}


__all__ = ["SLACK", "Floor", "Floors", "as_json", "check", "fingerprint", "raised", "read_floors"]
