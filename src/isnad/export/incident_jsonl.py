"""JSONL of incidents: one a line, every key of the model, the id as `incident_id`.  Written and read back exactly.

`members[].doc_id`, `date`, `place` and `killed` stand where scoring tools look for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from isnad.errors import Fault
from isnad.model.incidents import Incident

_ID = "incident_id"


class IncidentJsonlWriter:
    """Each incident is one line."""

    def begin(self) -> str:
        """Nothing stands before the first line."""
        return ""

    def incident(self, incident: Incident) -> str:
        """Return the line of one incident."""
        plain: dict[str, Any] = msgspec.to_builtins(incident)
        return msgspec.json.encode({_ID: plain.pop("id"), **plain}).decode("utf-8") + "\n"

    def end(self) -> str:
        """Nothing stands after the last line."""
        return ""


def read_incidents(lines: Iterable[str], *, path: str) -> Iterator[Incident | Fault]:
    """Yield the incident of each line, or the fault that keeps it from being one; blank lines are passed over.

    `path` names the file in faults.  Keys that the model does not know are passed over.
    """
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        result = _read(line, path=path, number=number)
        if isinstance(result, Incident):
            if result.id in seen:
                message = f"the incident {result.id} stood in the file before"
                result = Fault(path=path, line=number, code="input.twice", message=message)
            else:
                seen.add(result.id)
        yield result


def _read(line: str, *, path: str, number: int) -> Incident | Fault:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return Fault(path=path, line=number, code="input.json", message=f"broken JSON: {error}")
    if not isinstance(row, dict):
        return Fault(path=path, line=number, code="input.json", message="a JSON object is needed")
    if _ID not in row:
        return Fault(path=path, line=number, code="input.missing-key", message=f'the key "{_ID}" is missing')
    row["id"] = row.pop(_ID)
    try:
        return msgspec.convert(row, Incident)
    except msgspec.ValidationError as error:
        return Fault(path=path, line=number, code="input.type", message=f"no incident: {error}")


__all__ = ["IncidentJsonlWriter", "read_incidents"]
