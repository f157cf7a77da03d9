"""Across articles: reprints, candidate pairs, explained scores, incidents, voices, disputes (DESIGN section 4)."""

from isnad.weigh.assemble import Assembly, Incidents, assemble
from isnad.weigh.registry import Registry

__all__ = ["Assembly", "Incidents", "Registry", "assemble"]
