"""What is wrong with a user's word list, as a value instead of an exception."""

from __future__ import annotations

import msgspec


class Fault(msgspec.Struct, frozen=True, order=True):
    """One fault: the file, the line (from 1; 0 when the whole file is meant), and what is wrong in
    plain words.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"
