"""Arabic as writing: folded keys, words with exact offsets, clitics, sentences.  Pure functions."""

from isnad.text.fold import fold
from isnad.text.words import Sentence, Words, WordType, read_words

__all__ = ["Sentence", "WordType", "Words", "fold", "read_words"]
