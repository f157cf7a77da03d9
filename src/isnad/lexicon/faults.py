"""What is wrong with a lexicon file, as a value: a check goes on and names every fault, not only the first.

Not to be taken for `isnad.errors.Fault`, which is about an article or file that was to be coded.
"""

from __future__ import annotations

import msgspec


class LexiconFault(msgspec.Struct, frozen=True, order=True):
    """One fault of a trigger or party file.

    `file` is its name within the directory checked, `line` counts from 1, `message` says what is wrong.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return the one line shown to people."""
        return f"{self.file}:{self.line}: {self.message}"


__all__ = ["LexiconFault"]
