"""An incident as rows: what lists, maps and counts read.  The incident itself stays whole beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec

from isnad.model.incidents import Incident, Value
from isnad.store.bulk import Row
from isnad.store.flat import ends, place_key
from isnad.store.incident_records import CardBody, CardPlace, ToKeep

_COUNTS = ("killed", "injured", "detained")
_LONGEST = 300
ENCODER = msgspec.json.Encoder()


def short_key(key: str) -> str:
    """Return a key that an index can hold: a long one is cut and told apart by its hash."""
    if len(key) <= _LONGEST:
        return key
    return f"{key[:_LONGEST]}~{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def card_of(incident: Incident) -> CardBody:
    """Return what a list shows of an incident."""
    place, voices, grade = incident.place, incident.voices, incident.grade
    where = None
    if place is not None:
        where = CardPlace(
            name=place.name,
            text=place.text,
            level=place.level,
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            precision=place.precision,
            source_id=place.source_id,
        )
    return CardBody(
        type=incident.type,
        mode=incident.mode,
        date=incident.date,
        reported=_reported(incident),
        place=where,
        actors=incident.actors,
        recipients=incident.recipients,
        killed=incident.killed,
        injured=incident.injured,
        detained=incident.detained,
        grade=grade.grade if grade else None,
        reasons=grade.reasons if grade else (),
        outlets=len(voices.outlets) if voices else 0,
        texts=len(voices.texts) if voices else 0,
        speakers=len(voices.speakers) if voices else 0,
        disputes=tuple(sorted({dispute.field for dispute in incident.disputes})),
        status=_status(incident),
        members=len(incident.members),
    )


def _reported(incident: Incident) -> dict[str, str] | None:
    value = incident.summary.get("reported", Value(value=None, rule="")).value
    return value if isinstance(value, dict) else None


def _status(incident: Incident) -> str:
    denied = any(claim.field == "happening" and claim.says == "denies" for claim in incident.claims)
    return "denied" if denied else "actual"


def incident_row(kept: ToKeep, card: CardBody, *, number: int, stamp: int, digest: str | None = None) -> Row:
    """Return the row of an incident in `incidents`; `digest` is that of `digest_of`, where it is known."""
    place, date, reported = card.place, card.date or {}, card.reported or {}
    row: Row = {
        "number": number,
        "stamp": stamp,
        "day": date.get("start") or reported.get("start") or "",
        "day_start": date.get("start"),
        "day_end": date.get("end"),
        "reported_end": reported.get("end"),
        "type": card.type,
        "mode": card.mode,
        "status": card.status,
        "state": kept.state,
        "reviewed": kept.reviewed,
        "imported": kept.imported,
        "grade": card.grade,
        "has_place": place is not None and place.lat is not None,
        "place": (place.name or place.text) if place else None,
        "place_key": place_key(place.name or place.text) if place else None,
        "place_id": place.source_id if place else None,
        "level": place.level if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": place.precision if place else None,
        "n_outlets": card.outlets,
        "n_texts": card.texts,
        "n_speakers": card.speakers,
        "n_members": card.members,
        "digest": digest or digest_of(kept),
    }
    for name in _COUNTS:
        row |= ends(name, getattr(card, name))
    return row


def digest_of(kept: ToKeep) -> str:
    """Return what tells this state of an incident from any other."""
    return hashlib.blake2b(ENCODER.encode((kept.incident, kept.weighed, *_review(kept))), digest_size=16).hexdigest()


def _review(kept: ToKeep) -> tuple[str, bool, bool]:
    return kept.state, kept.reviewed, kept.imported


def body_row(kept: ToKeep, card: CardBody, *, number: int) -> Row:
    """Return the row of an incident in `incident_bodies`."""
    same = kept.weighed is kept.incident or kept.weighed == kept.incident
    return {
        "number": number,
        "card": ENCODER.encode(card).decode(),
        "body": ENCODER.encode(kept.incident).decode(),
        "weighed": "" if same else ENCODER.encode(kept.weighed).decode(),
    }


def member_rows(incident: Incident, *, number: int) -> Iterator[Row]:
    """Yield the rows of an incident's members, each event once."""
    seen = set()
    for member in incident.members:
        key = short_key(member.doc_id)
        if (key, member.event) not in seen:
            seen.add((key, member.event))
            yield {
                "incident": number,
                "key": key,
                "event": member.event,
                "article": member.article,
                "part": member.part,
                "status": member.status,
            }


def facet_rows(incident: Incident, card: CardBody, *, number: int) -> Iterator[Row]:
    """Yield what an incident has several of, each value once."""
    outlets = {member.outlet for member in incident.members if member.outlet}
    facets = {
        "actor": set(incident.actors),
        "recipient": set(incident.recipients),
        "outlet": outlets | set(incident.voices.outlets if incident.voices else ()),
        "dispute": set(card.disputes),
        "status": {member.status for member in incident.members},
    }
    for facet, values in facets.items():
        yield from ({"incident": number, "facet": facet, "value": short_key(value)} for value in sorted(values))


__all__ = ["ENCODER", "body_row", "card_of", "digest_of", "facet_rows", "incident_row", "member_rows", "short_key"]
