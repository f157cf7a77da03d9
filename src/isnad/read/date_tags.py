"""Which words of a text are time words."""

from __future__ import annotations

from isnad.lexicon.timewords import time_words
from isnad.read.phrase_tags import Forms, PhraseTags, Start
from isnad.text import Words, WordType

#: Clitics that may stand before a time word: and, so, by, to, and by, and to.
_CUTS = frozenset({"", "و", "ف", "ب", "ل", "وب", "ول", "فب", "فل"})


def _starts(kind: WordType) -> tuple[Start, ...]:
    root = time_words().root.next
    hosts = {kind.key: ""}
    for split in kind.splits:
        cut = split.conjunction + split.preposition
        if cut in _CUTS:
            hosts.setdefault(split.host, cut)
    return tuple((cut, node) for host, cut in hosts.items() if (node := root.get(host)))


_FORMS = Forms(_starts)


def date_tags(words: Words) -> PhraseTags:
    """Return the time words of a text."""
    return PhraseTags(words, _FORMS)
