"""Cards of incidents, summaries and points."""

from __future__ import annotations

from isnad.api.shapes.common import Days, Label, PlaceView
from isnad.api.shapes.incidents import (
    Counted,
    DayCount,
    Feature,
    IncidentCard,
    Point,
    PointsView,
    Summary,
    VoiceCounts,
)
from isnad.api.views.labels import Labels
from isnad.api.views.naming import Naming
from isnad.store.incident_records import CardBody, CardPlace, Counts, Points
from isnad.store.incident_records import IncidentCard as StoredCard

_DECIMALS = 4  # about eleven metres; the gazetteer knows no more


class Cards:
    """Makes cards; made once for an application."""

    def __init__(self, naming: Naming, labels: Labels) -> None:
        self.naming = naming
        self.labels = labels

    def card(self, stored: StoredCard) -> IncidentCard:
        """Return a card of the store for the reader."""
        return self.of_body(
            stored.id, stored.body, version=stored.version, state=stored.state, reviewed=stored.reviewed
        )

    def of_body(self, id: str, body: CardBody, *, version: int, state: str, reviewed: bool) -> IncidentCard:
        """Return the card of an incident by the fields that a list shows."""
        return IncidentCard(
            id=id,
            type=body.type,
            mode=body.mode,
            title=self.title(body),
            date=days_of(body.date),
            reported=days_of(body.reported),
            place=place_view(body.place),
            actors=self.naming.parties(body.actors),
            recipients=self.naming.parties(body.recipients),
            killed=body.killed,
            injured=body.injured,
            detained=body.detained,
            grade=body.grade,
            reasons=body.reasons,
            voices=VoiceCounts(outlets=body.outlets, texts=body.texts, speakers=body.speakers),
            disputes=body.disputes,
            status=body.status,
            state=state,
            reviewed=reviewed,
            members=body.members,
            version=version,
        )

    def feature(self, stored: StoredCard) -> Feature:
        """Return a card as a GeoJSON feature."""
        return Feature(id=stored.id, geometry=point_of(stored.body.place), properties=self.card(stored))

    def title(self, body: CardBody) -> Label:
        """Return one line: what, who and whom, where; parts that are not known are left out."""
        what = self.labels.of("modes", body.mode) if body.mode else self.labels.of("types", body.type)
        place = body.place
        ar = (what.ar, self._parties(body, "ar"), place.text or place.name if place else None)
        en = (what.en, self._parties(body, "en"), place.name or place.text if place else None)
        return Label(ar=" · ".join(part for part in ar if part), en=" · ".join(part for part in en if part))

    def _parties(self, body: CardBody, language: str) -> str:
        sides = [
            (", " if language == "en" else self.labels.of("values", "comma").ar).join(
                getattr(self.naming.party(id), language) for id in ids[:2]
            )
            for ids in (body.actors, body.recipients)
            if ids
        ]
        return " – ".join(sides)

    def summary(self, counts: Counts) -> Summary:
        """Return counts with names."""
        label = self.labels.of

        def labelled(group: str, rows: tuple[tuple[str, int], ...]) -> tuple[Counted, ...]:
            return tuple(Counted(id=i, ar=label(group, i).ar, en=label(group, i).en, count=n) for i, n in rows)

        outlets = [(self.naming.outlet(id), n) for id, n in counts.outlets]
        parties = [(self.naming.party(id), n) for id, n in counts.parties]
        return Summary(
            days=tuple(DayCount(day=day, count=n) for day, n in counts.days),
            types=labelled("types", counts.types),
            grades=labelled("grades", counts.grades),
            outlets=tuple(Counted(id=o.id, ar=o.ar, en=o.en, count=n) for o, n in outlets),
            parties=tuple(Counted(id=p.id, ar=p.ar, en=p.en, count=n) for p, n in parties),
            statuses=labelled("statuses", counts.statuses),
            states=labelled("states", counts.states),
            disputes=labelled("fields", counts.disputes),
            noplace=counts.noplace,
            total=counts.total,
        )


def points_view(points: Points) -> PointsView:
    """Return points rounded to what the gazetteer knows."""
    return PointsView(
        ids=tuple(points.ids),
        lon=tuple(round(x, _DECIMALS) for x in points.lon),
        lat=tuple(round(x, _DECIMALS) for x in points.lat),
        type=tuple(points.type),
        radius_km=tuple(points.radius_km),
        grade=tuple(points.grade),
    )


def days_of(value: dict[str, str] | None) -> Days | None:
    """Return first and last day."""
    return None if value is None else Days(start=value.get("start"), end=value.get("end"))


def place_view(place: CardPlace | None) -> PlaceView | None:
    """Return a place for the reader."""
    if place is None:
        return None
    return PlaceView(
        name=place.name,
        text=place.text,
        level=place.level,
        precision_km=place.precision,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        source_id=place.source_id,
    )


def point_of(place: CardPlace | None) -> Point | None:
    """Return the point of a place, None where it has no coordinates."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return Point(coordinates=(round(place.lon, _DECIMALS), round(place.lat, _DECIMALS)))


def etag_of(card: IncidentCard | StoredCard) -> str:
    """Return the ETag of an incident."""
    return f'"v{card.version}"'


__all__ = ["Cards", "days_of", "etag_of", "place_view", "point_of", "points_view"]
