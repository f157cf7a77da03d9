"""Why two tellings are, or are not, put together: every feature with its value and its share of the score."""

from __future__ import annotations

from typing import NamedTuple

from isnad.weigh.features import compare
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.scoring import Reason, Weights, built_in, explain, score
from isnad.weigh.tellings import Telling


class Explanation(NamedTuple):
    """The score, what it is made of, and the veto that forbids joining whatever the score; verdict
    same | maybe-same | different."""

    score: float
    reasons: list[Reason]
    veto: str | None
    verdict: str


def explain_pair(
    one: Telling, two: Telling, *, kinds: PartyKinds | None = None, weights: Weights | None = None
) -> Explanation:
    """Return how the pair is judged.  The contributions, in order, sum to the score."""
    weights = weights or built_in()
    pair = compare(one, two, kinds or PartyKinds())
    value = score(pair, weights)
    verdict = "same" if value >= weights.join else "maybe-same"
    if pair.veto or value < weights.maybe:
        verdict = "different"
    return Explanation(value, explain(pair, weights), pair.veto, verdict)


__all__ = ["Explanation", "explain_pair"]
