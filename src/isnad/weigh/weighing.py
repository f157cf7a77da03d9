"""An incident weighed: whose word is behind it, who says otherwise, and how far it can be relied on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from msgspec import structs

from isnad.model.incidents import Incident
from isnad.weigh.disputes import find_disputes
from isnad.weigh.grade import grade_incident
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.names import Names, load_names
from isnad.weigh.origins import Origin
from isnad.weigh.speakers import speakers_of
from isnad.weigh.voices import weigh_voices


class Scales:
    """Weighs incidents; keeps the lexicon and what was looked up in it."""

    def __init__(self, *, names: Names | None = None, kinds: PartyKinds | None = None) -> None:
        self.names = names or load_names()
        self.kinds = kinds or PartyKinds(self.names.sides.lexicon)

    def weigh(self, incident: Incident, origins: Mapping[str, Origin] | None = None) -> Incident:
        """Return `incident` with voices, disputes and grade, worked out from its claims alone.

        `origins` tells of its articles (by doc_id) reprints, agencies' marks, forwards and accounts; without it every
        article is a text of its own and its outlet's.
        """
        claims, origins = incident.claims, origins or {}
        speakers = speakers_of(claims, origins=origins, names=self.names)
        day = dt.date.fromisoformat(incident.date["end"]) if incident.date and incident.date.get("end") else None
        voices = weigh_voices(claims, origins=origins, names=self.names, day=day, speakers=speakers)
        disputes = find_disputes(claims, speakers, self.kinds)
        grade = grade_incident(claims, speakers, voices, disputes, self.kinds)
        return structs.replace(incident, voices=voices, disputes=disputes, grade=grade)


def weigh_all(
    incidents: Iterable[Incident], origins: Mapping[str, Origin] | None = None, *, scales: Scales | None = None
) -> list[Incident]:
    """Return all `incidents` weighed, in order."""
    scales = scales or Scales()
    return [scales.weigh(incident, origins) for incident in incidents]


__all__ = ["Scales", "weigh_all"]
