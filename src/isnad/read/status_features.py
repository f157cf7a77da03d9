"""Features of an event word for a trained model of status: cues that cover it, how near, its own shape."""

from __future__ import annotations

from isnad.lexicon.speechwords import speech_lexicon
from isnad.lexicon.statuscues import status_lexicon
from isnad.read.mentions import StatusCue
from isnad.read.status import cues_at
from isnad.text import Words

_BUCKETS = (0, 1, 2, 4, 8, 16)  # words between cue and event, the upper ends
_GOVERNOR = 8  # words to the left in which a governing verb is looked for
_PREFIXES = "بلسكوف"  # by, to, will, as, and, so
_QUESTION = "؟?"


def status_features(words: Words, i: int, cues: list[StatusCue]) -> list[str]:
    """Return the features of word i: cues with side and distance, form, neighbours, governing verb."""
    covering = cues_at(cues, i)
    out = [f"cue={c.rule}" for c in covering[:4]]
    if covering:
        out.append(f"nearest={covering[0].status}:{_bucket(covering[0], i)}")
        out.append(f"first={covering[0].rule}:{_bucket(covering[0], i)}")
    else:
        out.append("nearest=none")
    out.extend(f"has={status}" for status in sorted({c.status for c in covering}))
    out.extend(_shape(words, i))
    out.extend(_neighbours(words, i))
    return out


def _bucket(cue: StatusCue, i: int) -> str:
    gap = cue.first - i if i < cue.first else max(0, i - cue.last)
    side = "before" if i < cue.first else "after"
    return side + str(next((b for b in _BUCKETS if gap <= b), "far"))


def _shape(words: Words, i: int) -> list[str]:
    key = words.key[i]
    info = status_lexicon().word(key)
    out = [f"prefix={key[0]}" if key[0] in _PREFIXES else "prefix=-"]
    for name in ("future", "present", "article", "purposive", "peace", "chained"):
        if getattr(info, name):
            out.append(name)
    splits = words.types[i].splits
    if splits:
        out.append(f"cut={splits[0].conjunction}{splits[0].preposition}")
    return out


def _neighbours(words: Words, i: int) -> list[str]:
    sentence = words.sentences[words.sentence_of[i]]
    keys = words.key
    before = [keys[j] if j >= sentence.first else "^" for j in (i - 1, i - 2)]
    out = [f"prev={before[0]}", f"prev2={before[1]}"]
    if before[0] != "^" and words.types[i - 1].splits:
        out.append(f"prevcut={words.types[i - 1].splits[0].preposition}")
    out.append(f"next={keys[i + 1] if i + 1 < sentence.last else '$'}")
    lexicon = speech_lexicon()
    for j in range(i - 1, max(sentence.first, i - _GOVERNOR) - 1, -1):
        verb = lexicon.word(keys[j]).verb
        if verb is not None:
            out.append(f"governor={verb.lemma}:{verb.form}")
            break
    if any(keys[j] in _QUESTION for j in range(max(sentence.first, sentence.last - 2), sentence.last)):
        out.append("question")
    if sentence.headline:
        out.append("headline")
    return out
