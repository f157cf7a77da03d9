"""Scores against gold: the rows, the table, and the gate that keeps them from falling."""

from isnad.evaluate.gold import GoldDocument, GoldEvent, as_scored, read_gold
from isnad.evaluate.score import ROWS, Report, Row, score

__all__ = ["ROWS", "GoldDocument", "GoldEvent", "Report", "Row", "as_scored", "read_gold", "score"]
