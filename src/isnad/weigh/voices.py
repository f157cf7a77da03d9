"""How many independent voices affirm a happening: outlets, distinct texts, distinct original speakers (DESIGN 4)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from isnad.model.incidents import Agreement, Claim, SideWitness, Voices
from isnad.weigh.names import Names, Voice, load_names
from isnad.weigh.origins import Origin
from isnad.weigh.speakers import speakers_of

HAPPENING, DENIES = "happening", "denies"
#: Fields on which two sides can affirm one fact; the others hold values too loose to be one (type, mode).
_FACTS = frozenset({HAPPENING, "actor", "recipient", "killed", "injured", "detained"})


def affirms(claim: Claim) -> bool:
    """Say whether a claim tells its value as so: not denied, planned, demanded or supposed."""
    return claim.says != DENIES and claim.status == "actual" and claim.value is not False


def weigh_voices(
    claims: Sequence[Claim],
    *,
    origins: Mapping[str, Origin] | None = None,
    names: Names | None = None,
    day: dt.date | None = None,
    speakers: Sequence[Voice] | None = None,
) -> Voices:
    """Return the three counts over those claims that affirm, each with the list behind it.

    `origins` has reprints, marks and forwards by article; `day` is the incident's, for sides that were opposed only for
    a time; `speakers` are those of `speakers_of(claims)` where they are known already.
    """
    origins, names = origins or {}, names or load_names()
    speakers = speakers or speakers_of(claims, origins=origins, names=names)
    heard = zip(claims, speakers, strict=True)
    affirmed = [(n, claim, voice) for n, (claim, voice) in enumerate(heard) if affirms(claim)]
    docs = sorted({claim.doc_id for _, claim, _ in affirmed})
    voices = {voice.id: voice for _, _, voice in affirmed}
    witnesses = tuple(
        SideWitness(speaker=id, side=voice.side.id, source=voice.side.source)
        for id, voice in sorted(voices.items())
        if voice.side
    )
    agreements = _agreements(affirmed, names, day)
    return Voices(
        outlets=_outlets([claim for _, claim, _ in affirmed], origins, names),
        texts=_texts(docs, origins),
        speakers=tuple(sorted(voices)),
        sides=tuple(sorted({w.side for w in witnesses})),
        opposed_agree=bool(agreements),
        witnesses=witnesses,
        agreements=agreements,
    )


def _outlets(claims: Sequence[Claim], origins: Mapping[str, Origin], names: Names) -> tuple[str, ...]:
    found = set()
    for claim in claims:
        origin = origins.get(claim.doc_id)
        if origin and origin.account:
            found.add(origin.account)
        elif claim.outlet:
            found.add(names.outlet(claim.outlet))
    return tuple(sorted(found))


def _texts(docs: Sequence[str], origins: Mapping[str, Origin]) -> tuple[tuple[str, ...], ...]:
    wanted, groups = set(docs), set()
    for doc in docs:
        origin = origins.get(doc)
        groups.add(tuple(k for k in origin.text.keys if k in wanted) if origin and origin.text else (doc,))
    return tuple(sorted(groups))


def _agreements(
    affirmed: Sequence[tuple[int, Claim, Voice]], names: Names, day: dt.date | None
) -> tuple[Agreement, ...]:
    """Return the facts that speakers of opposed sides affirm."""
    by_fact: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, claim, voice in affirmed:
        if voice.side and claim.field in _FACTS and claim.value is not None:
            by_fact[claim.field, _plain(claim.value)][voice.side.id].append(n)
    out = []
    for (field, _), sides in sorted(by_fact.items()):
        pair = names.sides.any_opposed(set(sides), day)
        if pair:
            out.append(Agreement(field=field, sides=pair, claims=tuple(sorted(sides[pair[0]] + sides[pair[1]]))))
    return tuple(out)


def _plain(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


__all__ = ["affirms", "weigh_voices"]
