"""From what stands in a text to coded events."""

from isnad.coding.coder import Coder

__all__ = ["Coder"]
