"""The chain of transmission of an incident's claims as a graph."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from isnad.api.shapes.common import Label
from isnad.api.shapes.incidents import Chain, ChainEdge, ChainNode
from isnad.api.views.naming import Naming
from isnad.model.incidents import Claim
from isnad.text.fold import fold
from isnad.weigh.chain import Hop, chain_of
from isnad.weigh.names import Names, load_names


def chain_view(claims: Sequence[Claim], naming: Naming, names: Names | None = None) -> Chain:
    """Return who had it from whom: an edge leads from him who said it to him who passed it on."""
    names = names or load_names()
    nodes: dict[str, ChainNode] = {}
    edges: dict[tuple[str, str], list[int]] = {}
    for number, claim in enumerate(claims):
        hops = chain_of(claim, names=names)
        outlet = hops[0].text if hops else ""
        ids = [_node(hop, outlet, nodes, naming, names) for hop in hops]
        for to, source in pairwise(ids):
            edges.setdefault((source, to), []).append(number)
    return Chain(
        nodes=tuple(nodes.values()),
        edges=tuple(ChainEdge(from_=source, to=to, claim=tuple(found)) for (source, to), found in edges.items()),
    )


def _node(hop: Hop, outlet: str, nodes: dict[str, ChainNode], naming: Naming, names: Names) -> str:
    """Return the id of a transmitter, noted among `nodes`; what is anonymous is another at every outlet."""
    if hop.role == "outlet":
        id, kind = names.of_outlet(hop.text).id, "outlet"
        ref = naming.outlet(hop.text)
        label = Label(ar=ref.ar, en=ref.en)
    elif hop.party:
        id, kind = f"party:{hop.party}", "speaker"
        party = naming.party(hop.party)
        label = Label(ar=party.ar, en=party.en)
    elif hop.kind == "media":
        voice = names.of_media(hop.text)
        id, kind, label = voice.id, "agency", Label(ar=hop.text, en=hop.text)
    elif hop.kind == "anonymous":
        id, kind, label = f"anonymous:{outlet}:{fold(hop.text)}", "anonymous", Label(ar=hop.text, en=hop.text)
    else:
        id, kind, label = f"speaker:{fold(hop.text)}", "speaker", Label(ar=hop.text, en=hop.text)
    nodes.setdefault(id, ChainNode(id=id, kind=kind, label=label))
    return id


__all__ = ["chain_view"]
