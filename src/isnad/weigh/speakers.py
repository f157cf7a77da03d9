"""The original speaker behind each claim: one spokesman is one voice through however many outlets he is heard.

A party speaks with one voice whoever speaks for it; other named speakers are told apart by folded name; anonymous
ones («مصدر محلي») are one only within an outlet or within one text printed by several; where nobody vouches, the word
is the agency's whose mark the text bears, the channel's it was forwarded from, or the outlet's that printed it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from isnad.model.incidents import Claim, Speaker
from isnad.text import fold
from isnad.weigh.names import ACCOUNT, CHANNEL, MEDIA, Names, Voice
from isnad.weigh.origins import Origin
from isnad.weigh.unions import Unions

ANONYMOUS, SELF = "anonymous", "self"
_NAMED = {"official": "person", "named-person": "person", "organisation": "organisation"}
_ARTICLE = "ال"  # the: «the source» goes on from «a source»
_LEAST_WORDS = 2  # of a name that is part of a longer one, for both to be one speaker


def speakers_of(claims: Sequence[Claim], *, origins: Mapping[str, Origin], names: Names) -> tuple[Voice, ...]:
    """Return the original speaker of each claim, in order.

    `origins` tells of each article what it shows of where its words come from; an article that is not in it is taken
    by the outlet of its claim alone.
    """
    return _Hall(claims, origins, names).voices()


class _Hall:
    def __init__(self, claims: Sequence[Claim], origins: Mapping[str, Origin], names: Names) -> None:
        self.claims, self.origins, self.names = claims, origins, names

    def voices(self) -> tuple[Voice, ...]:
        own = self._own_words()
        anonymous = self._anonymous()
        shorter = self._shorter_names()
        out = []
        for claim in self.claims:
            speaker = claim.speaker
            if speaker is None or speaker.kind == SELF or self.names.agencies.is_own(speaker.text):
                out.append(own[claim.doc_id])
            elif speaker.kind == ANONYMOUS:
                out.append(anonymous[self._nameless(claim)])
            else:
                out.append(self._named(speaker, shorter))
        return tuple(out)

    def _named(self, speaker: Speaker, shorter: Mapping[str, str]) -> Voice:
        party = self.names.party(speaker.text)
        if speaker.kind == MEDIA:
            if party and self.names.is_media(party):
                return self.names.of_party(party, speaker.text)
            return self.names.of_media(speaker.text)
        if party or speaker.party:
            return self.names.of_party(party or speaker.party or "", speaker.text)
        kind = _NAMED.get(speaker.kind, speaker.kind)
        name = fold(speaker.text)
        return Voice(id=f"{kind}:{shorter.get(name, name)}", kind=kind, text=speaker.text)

    def _shorter_names(self) -> dict[str, str]:
        """Return for each name the shortest that is part of it: «المحافظ غسان» in «محافظ الحسكة المحافظ غسان»."""
        speakers = [c.speaker for c in self.claims if c.speaker and c.speaker.kind in _NAMED]
        known = sorted({fold(s.text) for s in speakers}, key=lambda name: (len(name), name))
        out: dict[str, str] = {}
        for name in known:
            words = set(name.split())
            parts = (p for p in known if len(p.split()) >= _LEAST_WORDS and set(p.split()) <= words)
            out[name] = next(parts, name)
        return out

    def _anonymous(self) -> dict[tuple[str, str], Voice]:
        """Anonymous speakers of one wording are one within an outlet, and across the copies of a text."""
        same: dict[str, Unions] = defaultdict(Unions)
        seen = set()
        for claim in self.claims:
            if claim.speaker and claim.speaker.kind == ANONYMOUS:
                words, outlet = self._nameless(claim)
                seen.add((words, outlet, claim.speaker.text))
                origin = self.origins.get(claim.doc_id)
                if origin and origin.text:
                    same[words].join(outlet, ("text", origin.text.keys[0]))
        out = {}
        for words, outlet, text in sorted(seen):
            home = min(m for m in same[words].members(outlet) if isinstance(m, str))
            out[words, outlet] = Voice(id=f"{ANONYMOUS}:{words}@{home}", kind=ANONYMOUS, text=text)
        return out

    def _nameless(self, claim: Claim) -> tuple[str, str]:
        assert claim.speaker is not None
        return fold(claim.speaker.text).removeprefix(_ARTICLE), self._printer(claim.doc_id, claim.outlet).id

    def _own_words(self) -> dict[str, Voice]:
        """Return for each article whose word it is where nobody is named in it."""
        out: dict[str, Voice] = {}
        joint: dict[str, list[Voice]] = {}
        for claim in self.claims:
            if claim.doc_id not in out and claim.doc_id not in joint:
                printers = self._first_printers(claim)
                if len(printers) == 1:
                    out[claim.doc_id] = printers[0]
                else:
                    joint[claim.doc_id] = printers
        alone = {voice.id for voice in out.values()}
        for doc_id, printers in joint.items():  # one of them wrote it: it adds no voice where one of them is heard
            heard = [p for p in printers if p.id in alone]
            out[doc_id] = heard[0] if heard else _one_of(printers)
        return out

    def _first_printers(self, claim: Claim) -> list[Voice]:
        """Return who can have written the text first, one where that is known, by id."""
        origin = self.origins.get(claim.doc_id)
        group = origin.text if origin else None
        copies = [o for key in (group.keys if group else ()) if (o := self.origins.get(key))] or (
            [origin] if origin else []
        )
        agencies = sorted({mark.agency for o in copies for mark in o.marks if not mark.generic})
        if agencies:
            return [self.names.of_agency(agencies[0])]
        channels = sorted({o.forwarded_from for o in copies if o.forwarded_from})
        if channels:
            return [self.names.of_media(channels[0], CHANNEL)]
        if group and group.origin and group.origin in self.origins:
            return [self._printer(group.origin, None)]
        voices = {v.id: v for o in copies if (v := self._printer(o.doc_id, o.outlet))}
        return [voices[id] for id in sorted(voices)] or [self._printer(claim.doc_id, claim.outlet)]

    def _printer(self, doc_id: str, outlet: str | None) -> Voice:
        origin = self.origins.get(doc_id)
        outlet = outlet or (origin.outlet if origin else None)
        if origin and origin.account:
            return Voice(id=f"{ACCOUNT}:{origin.account}", kind=ACCOUNT, text=origin.account)
        if outlet:
            return self.names.of_outlet(outlet)
        return Voice(id=f"unknown:{doc_id}", kind="unknown", text=doc_id)


def _one_of(printers: Sequence[Voice]) -> Voice:
    sides = {p.side for p in printers}
    return Voice(
        id="|".join(p.id for p in printers), kind=printers[0].kind, text=" | ".join(p.text for p in printers),
        side=next(iter(sides)) if len(sides) == 1 else None,
    )  # fmt: skip


__all__ = ["ANONYMOUS", "SELF", "speakers_of"]
