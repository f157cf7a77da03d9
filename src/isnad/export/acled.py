"""ACLED-shaped CSV: 31 columns, one row a day x place x pair of actors (FORMATS 1.1, 1.2).

Rows cannot be written before all incidents are seen, since those of one day, place and pair merge: the writer holds one
row each.  What ACLED cannot say is blank, and the claims file (`acled_claims`) gives the reason.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable

import msgspec

from isnad.export.acled_actors import Pair, Setting, country_name, interaction, pairs, side
from isnad.export.acled_days import Days, days_of
from isnad.export.acled_place import place_cells
from isnad.export.acled_type import disorder, rank, types
from isnad.export.cells import Cell, csv_lines, joined
from isnad.export.figures import lowest, ranges, told
from isnad.export.names import Names
from isnad.export.tables import acled_table, country
from isnad.model import Acled
from isnad.model.incidents import Incident

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_TARGETED = "Civilian targeting"
Row = dict[str, Cell]


class Sheet(msgspec.Struct):
    """Rows in the order of their days, the rows' ids of each incident, and why cells or incidents are left out."""

    rows: list[Row]
    ids: dict[str, tuple[str, ...]]
    reasons: dict[str, dict[str, str]]


class _Draft(msgspec.Struct):
    incident: str
    order: tuple[int, int]
    row: Row
    key: tuple[Cell, ...] | None


class AcledWriter:
    """Takes incidents, gives everything at the end.  `stamp` fills the column timestamp (seconds); None: blank."""

    def __init__(self, names: Names | None = None, *, stamp: int | None = None) -> None:
        self._names = names or Names.load()
        self._stamp = stamp
        self._drafts: list[_Draft] = []
        self._reasons: dict[str, dict[str, str]] = {}
        self.left_out: Counter[str] = Counter()

    def begin(self) -> str:
        """Return the header."""
        return csv_lines([COLUMNS])

    def incident(self, incident: Incident) -> str:
        """Take one incident; nothing is written before the end."""
        drafts, reasons = _drafts(incident, self._names, self._stamp)
        if reasons:
            self._reasons[incident.id] = reasons
        if not drafts:
            self.left_out[reasons["event_id_cnty"]] += 1
        self._drafts += drafts
        return ""

    def end(self) -> str:
        """Return all rows, by day."""
        return csv_lines([row[name] for name in COLUMNS] for row in self.sheet().rows)

    def sheet(self) -> Sheet:
        """Return what was taken so far, merged."""
        return _merged(self._drafts, self._reasons)


def _drafts(incident: Incident, names: Names, stamp: int | None) -> tuple[list[_Draft], dict[str, str]]:
    """Return the rows of one incident, and the reasons for what is blank by column (event_id_cnty: no row at all)."""
    days = days_of(incident)
    year = days.days[0].year if days.days else None
    type_, _ = types(incident, names, year=year)
    outside = acled_table().outside
    refused = type_.reason if type_.reason in outside else days.reason
    if refused is not None:
        return [], {"event_id_cnty": refused}
    where, reasons = place_cells(incident.place)
    if type_.reason is not None:
        reasons["sub_event_type" if type_.event_type else "event_type"] = type_.reason
    code = incident.place.country if incident.place else None
    slots = [(day, pair) for day in days.days for pair in pairs(incident, Setting(names, code, day))]
    dead = _split(lowest(incident), len(slots))
    base: Row = {**where, **_fixed(incident, type_, days, names), "timestamp": stamp}
    drafts = []
    for number, ((day, pair), killed) in enumerate(zip(slots, dead, strict=True)):
        cells = _cells(day, pair, Setting(names, code, day), type_)
        row: Row = {**base, **cells, "fatalities": killed, "event_id_cnty": _id(code, incident.id, number)}
        row["country"] = country_name(code, names)
        row["notes"] = _notes(row, incident, len(slots))
        drafts.append(_Draft(incident.id, rank(type_), row, _key(row)))
    first = drafts[0].row
    for column in ("actor1", "inter1"):
        if first[column] is None:
            reasons[column] = "actor-unknown" if first["actor1"] is None else "class-unknown"
    if first["source_scale"] is None:
        reasons["source_scale"] = "scale-unknown"
    return drafts, reasons


def _fixed(incident: Incident, type_: Acled, days: Days, names: Names) -> Row:
    """Return the cells that are the same in every row of the incident."""
    place = incident.place
    of = country(place.country if place else None)
    outlets = sorted({member.outlet for member in told(incident) if member.outlet})
    media = outlets and all(outlet in acled_table().new_media for outlet in outlets)
    return {
        "time_precision": days.precision,
        "disorder_type": disorder(type_),
        "event_type": type_.event_type,
        "sub_event_type": type_.sub_event_type,
        "iso": of.iso,
        "region": of.acled,
        "source": joined(names.outlet(outlet) for outlet in outlets),
        "source_scale": "New media" if media else None,
        "tags": joined(_tags(incident)),
    }


def _tags(incident: Incident) -> Iterable[str]:
    if incident.grade is not None:
        yield f"grade={incident.grade.grade}"
    for dispute in incident.disputes:
        yield f"disputed={dispute.field} ({dispute.kind})"


def _cells(day: datetime.date, pair: Pair, setting: Setting, type_: Acled) -> Row:
    first, second = side(pair.first, setting), side(pair.second, setting)
    hit = [setting.class_of(party) for party in pair.second]
    unarmed = bool(hit) and all(kind in ("civilians", "protesters") for kind in hit)
    attacks = type_.event_type in ("Explosions/Remote violence", "Violence against civilians", "Riots")
    targeted = (attacks and unarmed) or type_.sub_event_type == "Excessive force against protesters"
    return {
        "event_date": day.isoformat(),
        "year": day.year,
        "actor1": first.actor,
        "assoc_actor_1": first.associates,
        "inter1": first.inter,
        "actor2": second.actor,
        "assoc_actor_2": second.associates,
        "inter2": second.inter,
        "interaction": interaction(first, second),
        "civilian_targeting": _TARGETED if targeted else None,
    }


def _split(total: int, parts: int) -> list[int]:
    """Split a total over rows; the first gets the remainder."""
    share, remainder = divmod(total, parts)
    return [share + remainder, *[share] * (parts - 1)]


def _id(code: str | None, incident: str, number: int) -> str:
    head = f"{code}-{incident}" if code else incident
    return head if number == 0 else f"{head}.{number + 1}"


def _notes(row: Row, incident: Incident, rows: int) -> str:
    """Return a sentence of what the row says, with how the figures were reported."""
    what = row["sub_event_type"] or row["event_type"] or f"{incident.type} {incident.mode or ''}".strip()
    who = " and ".join(str(row[name]) for name in ("actor1", "actor2") if row[name])
    where = row["location"] or row["country"] or "an unknown place"
    near = {1: "On", 2: "Around", 3: "In the month of"}[int(str(row["time_precision"]))]
    text = f"{near} {row['event_date']}, {where}: {what}{f' ({who})' if who else ''}."
    if (stated := ranges(incident, "killed")) and len({bounds for bounds, _ in stated}) > 1:
        text += " Reported killed differ: " + ", ".join(sorted({_figure(b) for b, _ in stated})) + "."
    return text + (f" One of {rows} rows of this incident; the total is split." if rows > 1 else "")


def _figure(bounds: tuple[int | None, int | None]) -> str:
    least, most = bounds
    if least == most:
        return str(least)
    return f"{least or 0} or more" if most is None else f"{least or 0} to {most}"


def _key(row: Row) -> tuple[Cell, ...] | None:
    """Return what rows that merge have in common; None for a row whose place or first actor is not known."""
    if row["latitude"] is None or row["actor1"] is None or row["time_precision"] != 1:
        return None
    names = ("event_date", "location", "latitude", "longitude", "actor1", "actor2")
    return tuple(row[name] for name in names)


def _merged(drafts: list[_Draft], reasons: dict[str, dict[str, str]]) -> Sheet:
    """Merge rows of one day, place and pair into the type highest in ACLED's hierarchy; deaths are summed."""
    groups: dict[object, list[_Draft]] = {}
    for number, draft in enumerate(drafts):
        groups.setdefault(draft.key or number, []).append(draft)
    ids: dict[str, tuple[str, ...]] = {}
    rows = []
    for group in groups.values():
        best = min(group, key=lambda draft: (draft.order, str(draft.row["event_id_cnty"])))
        row = best.row if len(group) == 1 else _together(best, group)
        rows.append(row)
        for draft in group:
            ids[draft.incident] = (*ids.get(draft.incident, ()), str(row["event_id_cnty"]))
    rows.sort(key=lambda row: (str(row["event_date"]), str(row["event_id_cnty"])))
    return Sheet(rows, ids, reasons)


def _together(best: _Draft, group: list[_Draft]) -> Row:
    others = sorted((d for d in group if d is not best), key=lambda d: str(d.row["event_id_cnty"]))
    rows = [best.row, *(draft.row for draft in others)]
    row = dict(best.row)
    row["fatalities"] = sum(int(str(one["fatalities"])) for one in rows)
    for name in ("assoc_actor_1", "assoc_actor_2", "source", "tags"):
        row[name] = joined(part for one in rows for part in str(one[name] or "").split("; "))
    row["civilian_targeting"] = next((one["civilian_targeting"] for one in rows if one["civilian_targeting"]), None)
    row["notes"] = " ".join(dict.fromkeys(str(one["notes"]) for one in rows))
    return row


__all__ = ["COLUMNS", "AcledWriter", "Sheet"]
