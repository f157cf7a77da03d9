"""What was found out about a written form, kept for the next time it is met, in bounded memory.

Words follow Zipf's law: a few ten thousand forms make up nearly every text, and new ones never end.  Answers
are kept in two generations: when the young one is full it becomes the old one, whose answers are taken over
again when they are asked for; so what is met often is never found out twice, and what is rare is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S")

#: Forms of a generation: in news, forms rarer than the commonest 80,000 are 4 words of 100.
MOST = 30_000


class Kept(dict[K, V]):
    """Form, or number of a word type, to answer: the young generation.  An answer is never None."""

    __slots__ = ("_most", "_old")

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self._most = most
        self._old: dict[K, V] = {}

    def keep(self, form: K, answer: V) -> V:
        """Keep an answer and return it."""
        if len(self) >= self._most:
            self._old = dict(self)
            self.clear()
        self[form] = answer
        return answer

    def known(self, form: K) -> V | None:
        """Return the answer kept for a form, None when there is none."""
        found = self.get(form)
        if found is None:
            found = self._old.get(form)
            if found is not None:
                self.keep(form, found)
        return found

    def each(self, forms: Sequence[K], sources: Sequence[S], make: Callable[[S], V]) -> list[V]:
        """Return the answers for forms, made with `make` from their `sources` where none is kept."""
        found = list(map(self.get, forms))
        for i in [i for i, answer in enumerate(found) if answer is None]:
            form = forms[i]
            answer = self.get(form)  # met twice in this text
            if answer is None:
                answer = self._old.get(form)
                answer = self.keep(form, make(sources[i]) if answer is None else answer)
            found[i] = answer
        return found  # type: ignore[return-value]  # no answer is None any more
