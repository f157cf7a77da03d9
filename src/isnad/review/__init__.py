"""Incidents weighed from the store, and what people decide upon them: append-only, and laid over the machine's work.

Weigher(store).update()
decided = decide(store, Ask(kind="merge", target="incident:inc-1", members=("inc-2",)), user="nour")
decide(store, Ask(kind="undo", undoes=decided.decision.id), user="nour")
"""

from isnad.review.asked import KINDS, Ask, Decided
from isnad.review.decide import decide
from isnad.review.evidence import Evidence, evidence_of
from isnad.review.weigher import Outcome, Weigher

__all__ = ["KINDS", "Ask", "Decided", "Evidence", "Outcome", "Weigher", "decide", "evidence_of"]
