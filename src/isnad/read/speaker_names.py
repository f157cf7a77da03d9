"""The naming of a speaker: where it ends, and what kind of speaker its head noun makes it (CODEBOOK section 8)."""

from __future__ import annotations

from isnad.lexicon.speechwords import SpeechLexicon, SpeechWord
from isnad.text import Words
from isnad.text.words import Kind

_OPEN = frozenset("«“\"‹'”„")  # quotation marks that may open
_CLOSE = frozenset("»”\"›'“")
_LONGEST = 9  # words of a naming
_QUOTED = 5  # words of a name between quotation marks


def name_end(words: Words, infos: list[SpeechWord], lexicon: SpeechLexicon, first: int, last: int) -> int:
    """Return the end of the naming that starts at word `first`, before `last`; `first` itself when there is none."""
    j = first
    quoted = _quoted(words, j, last)
    if quoted:
        return quoted
    head = infos[first] if first < last else None
    kind = head.head if head else None
    titled = False
    article_before = False
    bare = 0  # words without the article in a row: a personal name
    while j < last and j - first < _LONGEST:
        info, word = infos[j], words.types[j]
        if word.kind is Kind.PUNCT:
            if word.key in "#_":
                j += 1
                continue
            end = _quoted(words, j, last)
            if not end or end - j > 4 or j == first:
                break
            j = end
            continue
        if info.complementizer or (info.time and not info.article) or (info.time and j > first) or (info.head == "self" and j > first):
            break
        if info.verb and info.verb.form != "noun" and j > first and not (info.head or word.key in lexicon.titles):
            break
        if (word.key == _TO or word.key in lexicon.self_reference) and j > first:
            break
        if info.stop and not (j == first and info.demonstrative) and not (word.key in _FROM and kind in ("anonymous", "self") and j > first):
            break
        if info.with_b and (j == first or not titled):
            break
        if info.with_l and j > first and (kind in ("anonymous", "self") or info.receiver or info.article):
            break
        if j > first and article_before and not info.article and not titled and word.kind is Kind.WORD:
            # a bare noun after a body with its adjective begins what is said, not a further part of the name
            definite = (infos[first].article and not infos[first].demonstrative) or words.key[first] in lexicon.groups
            if definite and word.key[0] != "ل":
                break
        joined = j > first and words.key[j - 1] in lexicon.compounds
        if bare >= _NAME and not joined and _after_name(words, info, j) and (titled or kind is None):
            break
        bare = bare if joined else (0 if info.article or word.key in lexicon.titles else bare + 1)
        titled = titled or word.key in lexicon.titles
        article_before = info.article
        if j > first and word.kind is Kind.NUMBER:
            break
        j += 1
    return j


def _after_name(words: Words, info: SpeechWord, j: int) -> bool:
    """Say whether word j no longer belongs to a personal name: it has the article, or a feminine noun's ending."""
    return info.article or words.types[j].surface.endswith("ة")


_NAME = 2  # words of a personal name after which a noun is met
_TO = "ل"  # to, written apart («لـ»)
_FROM = frozenset({"من"})  # from: «a source from the army»


def _quoted(words: Words, i: int, last: int) -> int:
    """Return the end of a short name between quotation marks that open at word i, 0 when there is none."""
    if i >= last or words.key[i] not in _OPEN:
        return 0
    for j in range(i + 2, min(i + 2 + _QUOTED, last)):
        if words.key[j] in _CLOSE:
            return j + 1
        if words.types[j].kind is Kind.PUNCT:
            return 0
    return 0


def kind_of(words: Words, infos: list[SpeechWord], lexicon: SpeechLexicon, first: int, last: int) -> str | None:
    """Return the kind of speaker named by words [first, last), None when no word tells it.

    The head noun decides: sources, correspondents and the press only as the first word; an officer of a body that is
    no organ of a state («spokesman of the hospital») speaks for an organisation.
    """
    found: str | None = None
    for j in range(first, last):
        key = words.key[j]
        if j + 1 < last and (key.removeprefix("ل"), words.key[j + 1]) in lexicon.pairs:
            return lexicon.pairs[key.removeprefix("ل"), words.key[j + 1]]
        head = lexicon.persons.get(key) or infos[j].head
        if head is None or (j > first and head in _FIRST_ONLY):
            continue
        if head == "self":
            return "media" if any(words.key[k] in lexicon.agencies for k in range(j + 1, last)) else "self"
        if found is None or (head == "organisation" and (found == "official" or words.key[first] in lexicon.members)):
            found = head
        elif found == "anonymous" and head == "official" and key in lexicon.organs and words.key[first] in lexicon.members:
            found = "official"
        if found in ("organisation", "media", "named-person"):
            return found
    if found is None and last > first and words.key[first].endswith(_PLURAL) and not infos[first].article:
        return "anonymous"
    return found


_FIRST_ONLY = frozenset({"anonymous", "media", "self"})
_PLURAL = ("يون", "ون")  # endings of a bare plural of people: «Iraqis said»
