"""Which words of a text belong to counting: numbers, people, modifiers, words of toll."""

from __future__ import annotations

from isnad.lexicon.countwords import count_words
from isnad.lexicon.timewords import Node, Tag
from isnad.read.phrase_tags import Forms, PhraseTags, Start
from isnad.text import Words, WordType

#: Pronouns that make a verbal noun or verb speak of one known person: his death, they killed him.
_PRONOUNS = {"ه": "one", "ها": "one", "هم": "many", "هما": "two"}


def _starts(kind: WordType) -> tuple[Start, ...]:
    root = count_words().root.next
    hosts = {kind.key: ""}
    for split in kind.splits:
        hosts.setdefault(split.host, split.conjunction + split.preposition)
    found = tuple((cut, node) for host, cut in hosts.items() if (node := root.get(host)))
    if found or kind.surface.endswith("ة"):  # ة is no pronoun: أسرة «family»
        return found
    return _with_pronoun(kind, root)


def _with_pronoun(kind: WordType, root: dict[str, Node]) -> tuple[Start, ...]:
    objects = count_words().objects
    for split in kind.splits:
        node = root.get(split.stem) if split.suffix in _PRONOUNS else None
        cues = [tag for tag in node.tags if tag.role == "cue"] if node else []
        if cues and (cues[0].value[1] == "noun" or split.stem in objects):
            tag = Tag("pronoun", (cues[0].value[0], _PRONOUNS[split.suffix]))
            return ((split.conjunction + split.preposition, Node(tags=[tag], open=3)),)
    return ()


_FORMS = Forms(_starts)
_last: list[PhraseTags] = []


def count_tags(words: Words) -> PhraseTags:
    """Return the words of counting of a text; those of the latest text are kept for the next reader of it."""
    if _last and _last[0].words is words:
        return _last[0]
    tags = PhraseTags(words, _FORMS)
    _last[:] = [tags]
    return tags
