"""Arabic as writing: folded keys, words with exact offsets, clitics, sentences, numerals.  Pure functions."""

from isnad.text.clitics import Split, light_stem, splits
from isnad.text.fold import fold
from isnad.text.sentences import Sentence
from isnad.text.words import Kind, Words, WordType, read_words

__all__ = ["Kind", "Sentence", "Split", "WordType", "Words", "fold", "light_stem", "read_words", "splits"]
