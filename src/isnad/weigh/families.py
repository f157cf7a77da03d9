"""Which kinds of event can be one happening: families of PLOVER types (CODEBOOK section 4)."""

from __future__ import annotations

FORCE, ARREST, RELEASE, TALKS, CROWD, POSTURE, HELP, WORDS = (
    "force", "arrest", "release", "talks", "crowd", "posture", "help", "words",
)  # fmt: skip

#: A type alone.  Words of opposite sense stay apart: who praises is not who threatens.
_OF_TYPE = {
    "ASSAULT": FORCE,
    "COERCE": "coerce",
    "RETREAT": "retreat",
    "CONSULT": TALKS,
    "AGREE": TALKS,
    "PROTEST": CROWD,
    "MOBILIZE": POSTURE,
    "AID": HELP,
    "COOPERATE": HELP,
    "SANCTION": "sanction",
    "SUPPORT": "support",
    "CONCEDE": "concede",
    "REQUEST": "request",
    "ACCUSE": "accuse",
    "REJECT": "reject",
    "THREATEN": "threaten",
}
#: A type with a mode that goes its own way: taking and freeing people are told as abduction or arrest by side.
_OF_MODE = {
    ("COERCE", "arrest"): ARREST,
    ("ASSAULT", "abduct"): ARREST,
    ("RETREAT", "release"): RELEASE,
    ("ASSAULT", "crowd-control"): CROWD,
}
#: Families of what is said or agreed: who does it is what it is, so that another actor's is another happening.
BY_ACTOR = frozenset({TALKS, "sanction", "support", "concede", "request", "accuse", "reject", "threaten"})
#: Parts by which a happening can be told (`Member.part`).
HAPPENING, BESIDE = "happening", "beside"


def family_of(type_: str, mode: str | None) -> str:
    """Return the family of a PLOVER type and mode; events of two families are never one happening."""
    return _OF_MODE.get((type_, mode or ""), _OF_TYPE.get(type_, type_.lower()))


def part_of(status: str) -> str:
    """Return `happening` for what is told as actual, `beside` for planned, demanded, supposed and denied."""
    return HAPPENING if status == "actual" else BESIDE


__all__ = ["ARREST", "BESIDE", "BY_ACTOR", "FORCE", "HAPPENING", "RELEASE", "family_of", "part_of"]
