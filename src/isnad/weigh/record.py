"""An incident as one JSON object: what ../shared/tools/score_incidents.py reads, with more keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from isnad.model.incidents import Incident


def record_of(incident: Incident) -> dict[str, Any]:
    """Return `incident` as built-in values; `id` is called `incident_id`."""
    built: dict[str, Any] = msgspec.to_builtins(incident)
    return {"incident_id": built.pop("id"), **built}


def jsonl(incidents: Iterable[Incident]) -> Iterable[bytes]:
    """Yield each incident as a line of JSONL."""
    encoder = msgspec.json.Encoder()
    for incident in incidents:
        yield encoder.encode(record_of(incident)) + b"\n"


def incident_from(line: bytes | str) -> Incident:
    """Return the incident of a line of JSONL; raises msgspec.ValidationError when it is none."""
    record = msgspec.json.decode(line)
    if isinstance(record, dict) and "incident_id" in record:
        record = {"id": record.pop("incident_id"), **record}
    return msgspec.convert(record, Incident, strict=False)


__all__ = ["incident_from", "jsonl", "record_of"]
