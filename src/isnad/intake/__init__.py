"""From sources to the store: reads, passes over what is known, codes, stores."""

from isnad.intake.pipeline import Plan, take_in
from isnad.intake.tally import Tally

__all__ = ["Plan", "Tally", "take_in"]
