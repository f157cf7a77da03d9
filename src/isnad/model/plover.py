"""PLOVER's event types and modes as CODEBOOK section 4 fixes them, and the statuses of section 3.

PLOVER: Open Event Data Alliance, "Political Language Ontology for Verifiable Event Records", 2023.  The mode
None, "none of these fits", is allowed for every type and stands in no list.
"""

from __future__ import annotations

from typing import Final

#: Type to its modes, in PLOVER's order of types.
MODES: Final[dict[str, tuple[str, ...]]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize",
        "restrict",
        "censor",
        "curfew",
        "martial-law",
        "arrest",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
    ),
    "ASSAULT": (
        "abduct",
        "beat",
        "torture",
        "sexual",
        "targeted",
        "destroy",
        "primitive",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
        "crowd-control",
        "unconventional",
    ),
}

TYPES: Final[tuple[str, ...]] = tuple(MODES)

#: An event mention's standing in the text (CODEBOOK section 3).
STATUSES: Final[tuple[str, ...]] = ("actual", "denied", "planned", "hypothetical")


def is_mode(type_: str, mode: str | None) -> bool:
    """Say whether `mode` (None for "none fits") belongs to the PLOVER type `type_`."""
    return mode is None or mode in MODES.get(type_, ())
