"""What unnamed people are by what they do or suffer: «آلاف العراقيين» who demonstrate are protesters, «مقتل فلسطيني»
tells of a civilian.  The words are the section `doings` of the party lexicon.
"""

from __future__ import annotations

from isnad.lexicon.parties import PartyLexicon
from isnad.lexicon.party_schema import ACTS, BEFALLS, EVENTS, JOINS
from isnad.read.party_grammar import ARTICLE, Chunk
from isnad.read.party_heads import CIVILIANS
from isnad.read.party_record import Naming
from isnad.text import Words

_BEFORE = 2  # words before the people in which their verb stands («شارك أمس مئات»)
_AFTER = 2  # words after them in which it stands («العراقيون يتظاهرون»)
_EVENT_AFTER = 6  # words after them in which the event stands that they took part in
_PLURAL = ("ين", "ون")  # endings of the sound plural


def by_doing(words: Words, lexicon: PartyLexicon, chunk: Chunk, naming: Naming) -> Naming:
    """Return the naming, or another one where the people's doing tells more than their name."""
    nation = chunk.country_role == "nisba" and not chunk.heads and chunk.body is None
    if naming.id != CIVILIANS and not nation:
        return naming
    if nation and not chunk.some and not words.key[chunk.first].endswith(_PLURAL):
        told = _befallen(words, lexicon, chunk)
    else:
        told = _doing(words, lexicon, chunk)
    if told is None:
        return naming
    doing = lexicon.doings[told]
    return Naming(doing.id, "people", doing.kind, naming.country)


def _befallen(words: Words, lexicon: PartyLexicon, chunk: Chunk) -> int | None:
    """Return the doing of one person called by a nation, without article («مقتل فلسطيني»)."""
    i = chunk.first
    first = words.sentences[words.sentence_of[i]].first
    if i == first or chunk.last - i > 1 or chunk.cut or words.key[i].startswith(ARTICLE):
        return None
    return next((n for n, part in lexicon.told_by(words.types[i - 1]) if part == BEFALLS), None)


def _doing(words: Words, lexicon: PartyLexicon, chunk: Chunk) -> int | None:
    sentence = words.sentences[words.sentence_of[chunk.first]]
    types, told_by = words.types, lexicon.told_by
    joined = None
    near = (max(sentence.first, chunk.first - _BEFORE), min(sentence.last, chunk.last + _AFTER))
    for i in (*range(near[0], chunk.first), *range(chunk.last, near[1])):
        for n, part in told_by(types[i]):
            if part == ACTS:
                return n
            if part == JOINS:
                joined = n
    if joined is not None:
        for i in range(chunk.last, min(sentence.last, chunk.last + _EVENT_AFTER)):
            if (joined, EVENTS) in told_by(types[i]):
                return joined
    return None
