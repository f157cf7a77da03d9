"""How far a happening can be relied on, by rule: confirmed, fair, weak, contested, discounted (docs/voices.md).

The labels follow those of Airwars; the rules here are isnad's own and speak only of who says what, never of whether
it is likely.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec
import yaml

from isnad.model.incidents import Claim, Dispute, Grade, Voices
from isnad.weigh.disputes import DENIAL, RIVAL_AGENTS, RIVAL_DAYS, RIVAL_PLACES, RIVAL_TOLLS
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.names import Voice
from isnad.weigh.speakers import ANONYMOUS
from isnad.weigh.voices import DENIES, HAPPENING, affirms

CONFIRMED, FAIR, WEAK, CONTESTED, DISCOUNTED = "confirmed", "fair", "weak", "contested", "discounted"
GRADES = (CONFIRMED, FAIR, WEAK, CONTESTED, DISCOUNTED)
#: Disputes that are told beside a grade and do not change it.
_ARMS = frozenset({"gov", "mil", "police", "spy"})  # of one state: its government speaks for its army
_BESIDE = (RIVAL_TOLLS, RIVAL_DAYS, RIVAL_PLACES)


class Label(msgspec.Struct, frozen=True):
    """How a grade or a reason is called; `gloss` says what it means."""

    ar: str
    en: str
    gloss: str = ""


class Labels(msgspec.Struct, frozen=True):
    """Labels of grades and of reasons, by code."""

    grades: dict[str, Label]
    reasons: dict[str, Label]


@lru_cache(maxsize=1)
def load_labels() -> Labels:
    """Return the built-in labels in Arabic and English."""
    data = yaml.safe_load((files("isnad.weigh") / "data" / "grades.yaml").read_text(encoding="utf-8"))
    return msgspec.convert(data, Labels)


def grade_incident(
    claims: Sequence[Claim],
    speakers: Sequence[Voice],
    voices: Voices,
    disputes: Sequence[Dispute],
    kinds: PartyKinds,
) -> Grade:
    """Return the grade of an incident and the codes of the reasons for it, the deciding ones first.

    `speakers` are those of `speakers_of(claims)`, `voices` and `disputes` what was made of the same claims.
    """
    heard = {v.id: v for c, v in zip(claims, speakers, strict=True) if affirms(c)}
    deniers = {
        v.id: v
        for c, v in zip(claims, speakers, strict=True)
        if c.field == HAPPENING and (c.says == DENIES or c.value is False)
    }
    beside = tuple(d.kind for d in disputes if d.kind in _BESIDE)
    grade, reasons = _grade(claims, speakers, heard, deniers, voices, {d.kind for d in disputes}, kinds)
    return Grade(grade=grade, reasons=tuple(dict.fromkeys((*reasons, *beside))))


def _grade(
    claims: Sequence[Claim],
    speakers: Sequence[Voice],
    heard: dict[str, Voice],
    deniers: dict[str, Voice],
    voices: Voices,
    disputes: set[str],
    kinds: PartyKinds,
) -> tuple[str, tuple[str, ...]]:
    if not heard:
        return (DISCOUNTED, ("only-denied",)) if deniers else (WEAK, ("no-voice",))
    others = [v for id, v in deniers.items() if id not in heard]
    if len(heard) == 1 and len(others) > 1 and len({v.side.id for v in others if v.side}) > 1:
        return DISCOUNTED, ("outnumbered-denial",)
    against = [code for kind, code in ((DENIAL, "denied"), (RIVAL_AGENTS, "rival-agents")) if kind in disputes]
    if against:
        return CONTESTED, tuple(against)
    if voices.opposed_agree:
        return CONFIRMED, ("opposed-sides-agree",)
    weakness = _weakness(heard, voices)
    if _actor_admits(claims, speakers, kinds) and not weakness:
        return CONFIRMED, ("actor-admits", "second-voice")
    if weakness:
        return WEAK, weakness
    return FAIR, ("independent-voices",)


def _weakness(heard: dict[str, Voice], voices: Voices) -> tuple[str, ...]:
    sides = {v.side.id if v.side else None for v in heard.values()}
    found = []
    if len(heard) == 1:
        found.append("single-voice")
    elif len(sides) == 1 and None not in sides:
        found.append("one-side-only")
    if len(voices.texts) == 1:
        found.append("single-text")
    if all(v.kind == ANONYMOUS for v in heard.values()):
        found.append("anonymous-only")
    return tuple(found)


def _actor_admits(claims: Sequence[Claim], speakers: Sequence[Voice], kinds: PartyKinds) -> bool:
    """Say whether a party says of itself, or an arm of its state says, that it is the actor."""
    for claim, voice in zip(claims, speakers, strict=True):
        if claim.field == "actor" and claim.value and voice.party and affirms(claim):
            arms = voice.party.rpartition(".")[2] in _ARMS and claim.value.rpartition(".")[2] in _ARMS
            if voice.party == claim.value or (arms and kinds.country(voice.party) == kinds.country(claim.value)):
                return True
    return False


__all__ = [
    "CONFIRMED", "CONTESTED", "DISCOUNTED", "FAIR", "GRADES", "WEAK", "Label", "Labels", "grade_incident",
    "load_labels",
]  # fmt: skip
