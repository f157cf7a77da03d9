"""The chain of transmission (isnad) of a value: outlet ← agency ← spokesman, and the tree of its chains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from isnad.model import Span
from isnad.model.incidents import Claim, Speaker
from isnad.text import fold
from isnad.weigh.names import CHANNEL, Names, load_names
from isnad.weigh.origins import Origin

ARROW = " ← "


class Hop(msgspec.Struct, frozen=True, kw_only=True):
    """One transmitter.  `role` is outlet | agency | channel | via | speaker; `text` the words or the id to show.

    `span` are the words in the article, where it has them; `party` is neutral.
    """

    role: str
    text: str
    kind: str
    party: str | None = None
    span: Span | None = None


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A transmitter and those who had it from him; the root of a tree is the innermost speaker.

    `claims` are indexes of the claims that end here, at an outlet.
    """

    hop: Hop
    passed_to: tuple[Node, ...] = ()
    claims: tuple[int, ...] = ()


def chain_of(claim: Claim, origin: Origin | None = None, *, names: Names | None = None) -> tuple[Hop, ...]:
    """Return who stands between the reader and the fact, the outlet first, the innermost speaker last.

    `origin` adds what the article shows beside the sentence: the channel a post was forwarded from, an agency's mark.
    """
    names = names or load_names()
    outlet = (origin.account if origin else None) or claim.outlet or (origin.outlet if origin else None)
    hops = [Hop(role="outlet", text=outlet, kind="media")] if outlet else []
    if origin and origin.forwarded_from:
        hops.append(Hop(role=CHANNEL, text=origin.forwarded_from, kind="media"))
    hops += [Hop(role="agency", text=m.span.text, kind="media", span=m.span) for m in origin.marks] if origin else []
    hops += [
        _hop(s, role, names) for role, s in (("via", claim.via), ("speaker", claim.speaker)) if s and s.kind != "self"
    ]
    out: list[Hop] = []
    for hop in hops:  # the mark «سانا» and the words «وكالة سانا» are one transmitter
        if out and _same(out[-1], hop, names):
            out[-1] = hop if out[-1].role != "outlet" else out[-1]
        else:
            out.append(hop)
    return tuple(out)


def _hop(speaker: Speaker, role: str, names: Names) -> Hop:
    return Hop(role=role, text=speaker.text, kind=speaker.kind, party=speaker.party or names.party(speaker.text))


def _same(one: Hop, two: Hop, names: Names) -> bool:
    if one.kind != "media" or two.kind != "media":
        return fold(one.text) == fold(two.text)
    return _id(one, names) == _id(two, names)


def _id(hop: Hop, names: Names) -> str:
    return names.of_outlet(hop.text).id if hop.role == "outlet" else names.of_media(hop.text).id


def chain_text(chain: Sequence[Hop]) -> str:
    """Return a chain in one line, the outlet first; "" for none."""
    return ARROW.join(hop.text for hop in chain)


def tree_of(
    claims: Sequence[Claim],
    indexes: Iterable[int],
    *,
    origins: Mapping[str, Origin] | None = None,
    names: Names | None = None,
) -> tuple[Node, ...]:
    """Return the chains of some claims (all of one value) as trees, each from its innermost speaker to the outlets."""
    names, origins = names or load_names(), origins or {}
    chains = [(chain_of(claims[n], origins.get(claims[n].doc_id), names=names)[::-1], n) for n in indexes]
    return _branch([(hops, n) for hops, n in chains if hops], names)


def _branch(chains: list[tuple[tuple[Hop, ...], int]], names: Names) -> tuple[Node, ...]:
    heads: dict[str, list[tuple[tuple[Hop, ...], int]]] = {}
    for hops, n in chains:
        head = hops[0]
        key = head.party or (_id(head, names) if head.kind == "media" else fold(head.text))
        alone = head.kind == "anonymous"  # two outlets' «source» are two people
        heads.setdefault(f"{key}@{fold(hops[-1].text)}" if alone else key, []).append((hops, n))
    out = []
    for found in heads.values():
        further = [(hops[1:], n) for hops, n in found if len(hops) > 1]
        ends = tuple(sorted(n for hops, n in found if len(hops) == 1))
        out.append(Node(hop=found[0][0][0], passed_to=_branch(further, names), claims=ends))
    return tuple(out)


def tree_text(nodes: Sequence[Node], *, indent: int = 0) -> str:
    """Return trees as lines: a speaker, and under him, indented, those who passed his words on."""
    lines = []
    for node in nodes:
        party = f" [{node.hop.party}]" if node.hop.party else ""
        count = f" ×{len(node.claims)}" if len(node.claims) > 1 else ""
        lines.append(f"{'  ' * indent}{'→ ' if indent else ''}{node.hop.text} ({node.hop.kind}){party}{count}")
        if node.passed_to:
            lines.append(tree_text(node.passed_to, indent=indent + 1))
    return "\n".join(lines)


__all__ = ["ARROW", "Hop", "Node", "chain_of", "chain_text", "tree_of", "tree_text"]
