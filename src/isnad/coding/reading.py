"""Everything that was read in one article, laid out by word, so that the coder can ask what stands where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from isnad.lexicon.trigger_records import PhraseMatch, TriggerForm
from isnad.read.mentions import Attribution, CountMention, DateMention, Mention, PartyMention, PlaceMention, StatusCue
from isnad.text import Words

NONE = -1


class Reading:
    """A text's words with its mentions.  `x_at[i]` is the index of the mention that covers word i, or NONE."""

    __slots__ = (
        "attributions", "count_at", "counts", "cues", "date_at", "dates", "forms", "inert", "outlet", "parties",
        "party_at", "phrases", "place_at", "places", "published", "quoted", "words",
    )  # fmt: skip

    def __init__(self, words: Words, *, published: str | None = None, outlet: str | None = None) -> None:
        self.words = words
        self.published = published
        self.outlet = outlet
        self.forms: list[tuple[TriggerForm, ...]] = [()] * len(words)
        self.phrases: dict[int, PhraseMatch] = {}
        self.parties: list[PartyMention] = []
        self.places: list[PlaceMention] = []
        self.dates: list[DateMention] = []
        self.counts: list[CountMention] = []
        self.attributions: list[Attribution] = []
        self.cues: list[StatusCue] = []
        self.party_at = self.place_at = self.date_at = self.count_at = [NONE] * len(words)
        self.quoted = quoted_words(words)
        self.inert: list[bool] = [False] * len(words)

    def add_phrase(self, first: int, last: int, form: TriggerForm) -> None:
        """Lay a phrase on words [first, last); its first word stands for it where no word of it is a trigger."""
        match = PhraseMatch(first, last, form)
        for i in range(first, last):
            self.phrases.setdefault(i, match)
        if not any(self.forms[i] for i in range(first, last)):
            self.forms[first] = (form,)

    def place_mentions(self) -> None:
        """Lay the mentions out by word, once all are read."""
        size = len(self.words)
        self.party_at = covering(self.parties, size)
        self.place_at = covering(self.places, size)
        self.date_at = covering(self.dates, size)
        self.count_at = covering(self.counts, size)

    def mark_inert(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Mark the words inside code-point `ranges` (page furniture): nothing is coded from them."""
        for first, last in ranges:
            i = bisect_right(self.words.start, first - 1) if first else 0
            while i < len(self.words) and self.words.start[i] < last:
                self.inert[i] = True
                i += 1


def covering(mentions: Sequence[Mention], size: int) -> list[int]:
    """Return for each word the index of the mention that covers it (the longest wins), or NONE."""
    out = [NONE] * size
    for n, m in enumerate(mentions):
        for i in range(m.first, min(m.last, size)):
            other = out[i]
            if other == NONE or mentions[other].last - mentions[other].first < m.last - m.first:
                out[i] = n
    return out


_OPEN = {"«": "»", "“": "”", "(": ")"}
_LONGEST_QUOTE = 200  # words; a mark left open does not swallow the article


def quoted_words(words: Words) -> list[bool]:
    """Say for each word whether it stands between quotation marks.  Linear in the words."""
    out = [False] * len(words)
    opened: int | None = None
    closing = ""
    for i, key in enumerate(words.key):
        if len(key) != 1 or key not in '«»“”"':
            continue
        if opened is None:
            if key != "»" and key != "”":
                opened, closing = i, _OPEN.get(key, key)
        elif key == closing or (key == "”" and closing == '"'):
            if i - opened < _LONGEST_QUOTE:
                out[opened + 1 : i] = [True] * (i - opened - 1)
            opened = None
        elif key == "«" or key == "“":
            opened, closing = i, _OPEN[key]
    return out
