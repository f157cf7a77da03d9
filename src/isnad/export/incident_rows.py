"""An incident and its claims as flat records: what CSV, Parquet and the data package share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from isnad.export.acled_type import types
from isnad.export.cells import joined, listed
from isnad.export.names import Names
from isnad.model.incidents import Claim, Incident


class Field(msgspec.Struct, frozen=True):
    """A column: name, Frictionless type (string | integer | number | boolean | date), and what it holds."""

    name: str
    type: str
    description: str
    required: bool = False


INCIDENT_FIELDS = (
    Field("incident_id", "string", "Id of the incident; it never changes.", True),
    Field("type", "string", "PLOVER event type.", True),
    Field("mode", "string", "PLOVER mode; blank where none fits."),
    Field("date_from", "date", "First day."),
    Field("date_to", "date", "Last day; a span is a day not known exactly unless the words say that it lasted."),
    Field("date_rule", "string", "Rule that chose the days, or why there are none."),
    Field("place", "string", "Place as a report writes it."),
    Field("place_name", "string", "English name of the gazetteer entry."),
    Field("country", "string", "ISO 3166 alpha-3."),
    Field("place_level", "string", "site, neighbourhood, town, district, governorate, country or region."),
    Field("latitude", "number", "Degrees north, WGS 84."),
    Field("longitude", "number", "Degrees east, WGS 84."),
    Field("precision_km", "number", "Radius in kilometres within which the reports place it."),
    Field("place_source_id", "string", "Entry of the gazetteer."),
    Field("place_rule", "string", "Rule that chose the place."),
    Field("actor_ids", "string", "Neutral ids of who did it, joined by '; '."),
    Field("actors", "string", "Their English names, in the same order."),
    Field("recipient_ids", "string", "Neutral ids of whom it was done to, joined by '; '."),
    Field("recipients", "string", "Their English names, in the same order."),
    Field("killed_min", "integer", "Fewest killed."),
    Field("killed_max", "integer", "Most killed; blank when open."),
    Field("injured_min", "integer", "Fewest injured."),
    Field("injured_max", "integer", "Most injured; blank when open."),
    Field("detained_min", "integer", "Fewest detained or freed."),
    Field("detained_max", "integer", "Most detained or freed; blank when open."),
    Field("grade", "string", "confirmed, fair, weak, contested or discounted."),
    Field("grade_reasons", "string", "Reason codes of the grade, joined by '; '."),
    Field("outlets", "integer", "Number of outlets."),
    Field("texts", "integer", "Number of distinct texts: reprints count once."),
    Field("speakers", "integer", "Number of distinct original speakers."),
    Field("opposed_agree", "boolean", "Whether opposed sides affirm it."),
    Field("disputes", "string", "Disputed fields with the kind, field:kind, joined by '; '."),
    Field("happening", "integer", "Events that tell it as actual."),
    Field("beside", "integer", "Events that plan, demand, suppose or deny it."),
    Field("doc_ids", "string", "Articles, by the ids that came in, joined by '; '."),
    Field("links", "string", "Other incidents, kind:id, joined by '; '."),
    Field("merged", "string", "Ids that lead here, joined by '; '."),
    Field("acled_event_type", "string", "ACLED event type."),
    Field("acled_sub_event_type", "string", "ACLED sub-event type."),
    Field("acled_reason", "string", "Why one of the two is blank."),
    Field("cameo_code", "string", "CAMEO code."),
    Field("cameo_reason", "string", "Why it is blank."),
)
CLAIM_FIELDS = (
    Field("incident_id", "string", "Incident that the claim is about.", True),
    Field("claim", "integer", "Number of the claim in the incident, from 0.", True),
    Field("field", "string", "type, place, date, actor, recipient, killed, injured, detained or happening.", True),
    Field("says", "string", "says, repeats or denies.", True),
    Field("status", "string", "actual, denied, planned or hypothetical.", True),
    Field("value", "string", "The value as JSON."),
    Field("value_text", "string", "The value in words: a name, an id, a day."),
    Field("value_min", "integer", "Least of a count."),
    Field("value_max", "integer", "Most of a count; blank when open."),
    Field("speaker", "string", "Whose word it is, as written; blank: the outlet's own."),
    Field("speaker_kind", "string", "official, named-person, organisation, media, anonymous or self."),
    Field("speaker_party", "string", "Neutral id of the speaker's party."),
    Field("speaker_side", "string", "Side of the speaker."),
    Field("via", "string", "Who passed it on, as written."),
    Field("via_kind", "string", "Kind of who passed it on."),
    Field("outlet", "string", "Outlet of the article."),
    Field("doc_id", "string", "Article, by the id that came in.", True),
    Field("event", "integer", "Number of the event in the article.", True),
    Field("quote", "string", "The words the claim rests on."),
    Field("start", "integer", "Code point in the article's text where they begin."),
    Field("end", "integer", "Code point where they end."),
    Field("framing", "string", "Loaded word the outlet hangs on the party."),
)
Record = dict[str, Any]


def incident_record(incident: Incident, names: Names) -> Record:
    """Return one incident as a flat record with the keys of INCIDENT_FIELDS; None for what is not known."""
    place, date, voices, grade = incident.place, incident.date or {}, incident.voices, incident.grade
    year = _year(date.get("start"))
    acled, cameo = types(incident, names, year=year)
    happening = sum(member.part == "happening" for member in incident.members)
    return {
        "incident_id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "date_from": date.get("start"),
        "date_to": date.get("end"),
        "date_rule": _rule(incident, "date"),
        "place": place.text if place else None,
        "place_name": place.name if place else None,
        "country": place.country if place else None,
        "place_level": place.level if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "precision_km": place.precision if place else None,
        "place_source_id": place.source_id if place else None,
        "place_rule": _rule(incident, "place"),
        "actor_ids": listed(incident.actors),
        "actors": listed(map(names.english, incident.actors)),
        "recipient_ids": listed(incident.recipients),
        "recipients": listed(map(names.english, incident.recipients)),
        **_bounds("killed", incident.killed),
        **_bounds("injured", incident.injured),
        **_bounds("detained", incident.detained),
        "grade": grade.grade if grade else None,
        "grade_reasons": joined(grade.reasons) if grade else None,
        "outlets": len(voices.outlets) if voices else None,
        "texts": len(voices.texts) if voices else None,
        "speakers": len(voices.speakers) if voices else None,
        "opposed_agree": voices.opposed_agree if voices else None,
        "disputes": joined(f"{dispute.field}:{dispute.kind}" for dispute in incident.disputes),
        "happening": happening,
        "beside": len(incident.members) - happening,
        "doc_ids": joined(sorted({member.doc_id for member in incident.members})),
        "links": joined(f"{link.kind}:{link.incident}" for link in incident.links),
        "merged": joined(incident.merged),
        "acled_event_type": acled.event_type,
        "acled_sub_event_type": acled.sub_event_type,
        "acled_reason": acled.reason,
        "cameo_code": cameo.code,
        "cameo_reason": cameo.reason,
    }


def _rule(incident: Incident, field: str) -> str | None:
    value = incident.summary.get(field)
    return value.rule if value else None


def _year(day: str | None) -> int | None:
    return int(day[:4]) if day and day[:4].isdigit() else None


def _bounds(name: str, value: object) -> Record:
    least, most = value if isinstance(value, list | tuple) and len(value) == 2 else (None, None)
    return {f"{name}_min": least, f"{name}_max": most}


def claim_records(incident: Incident, names: Names) -> Iterator[Record]:
    """Yield the claims of an incident as flat records with the keys of CLAIM_FIELDS."""
    for number, claim in enumerate(incident.claims):
        yield _claim_record(incident.id, number, claim, names)


def _claim_record(incident: str, number: int, claim: Claim, names: Names) -> Record:
    speaker, via = claim.speaker, claim.via
    counted = claim.field in ("killed", "injured", "detained")
    return {
        "incident_id": incident,
        "claim": number,
        "field": claim.field,
        "says": claim.says,
        "status": claim.status,
        "value": canonical(claim.value),
        "value_text": in_words(claim.field, claim.value, names),
        **_bounds("value", claim.value if counted else None),
        "speaker": speaker.text if speaker else None,
        "speaker_kind": speaker.kind if speaker else None,
        "speaker_party": speaker.party if speaker else None,
        "speaker_side": speaker.side if speaker else None,
        "via": via.text if via else None,
        "via_kind": via.kind if via else None,
        "outlet": claim.outlet,
        "doc_id": claim.doc_id,
        "event": claim.event,
        "quote": claim.span.text,
        "start": claim.span.start,
        "end": claim.span.end,
        "framing": claim.framing,
    }


def canonical(value: object) -> str | None:
    """Return a value as JSON with its keys in order, None for None."""
    return None if value is None else msgspec.json.encode(value, order="deterministic").decode()


def in_words(field: str, value: object, names: Names, *, arabic: bool = False) -> str | None:
    """Return a claim's value as people write it: the name of a party or place, a day or a span of days, a count."""
    plain = msgspec.to_builtins(value)
    if field in ("actor", "recipient") and isinstance(plain, str):
        return names.arabic(plain) if arabic else names.english(plain)
    if isinstance(plain, dict):
        if "start" in plain and "text" not in plain:
            start, end = plain.get("start"), plain.get("end")
            return start if start == end or end is None else f"{start or '?'} – {end}"
        text = plain.get("text") if arabic else plain.get("name")
        return text or plain.get("name") or plain.get("text")
    if isinstance(plain, list | tuple) and len(plain) == 2:
        return _count(plain[0], plain[1])
    if isinstance(plain, bool) or plain is None:
        return None if plain is None else str(plain).lower()
    return str(plain)


def _count(least: object, most: object) -> str | None:
    if least == most:
        return None if least is None else str(least)
    if most is None:
        return f"{least}+"
    return f"0–{most}" if least is None else f"{least}–{most}"


__all__ = [
    "CLAIM_FIELDS",
    "INCIDENT_FIELDS",
    "Field",
    "Record",
    "canonical",
    "claim_records",
    "in_words",
    "incident_record",
]
