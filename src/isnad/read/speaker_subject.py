"""Who speaks: the naming beside a word of saying, the speakers met before, and who passed the word on."""

from __future__ import annotations

from typing import NamedTuple

from isnad.read.speaker_names import kind_of, name_end
from isnad.read.speaker_text import OPENING, TO, SpeakerText
from isnad.text.words import Kind

_SUBJECT_BEFORE = 9  # words a subject before its verb may have
_RECEIVER = 9  # words within which «to the agency» follows the speaker
_REMEMBERED = 60  # speakers looked back to
_APPOSITION = 9  # words of a post behind a name
_NOT_A_NAME = ("ة", "ها", "ه", "هم")  # endings of nouns and of pronouns: feminine, her, his, their


class Via(NamedTuple):
    """Words [first, last) name who passed a statement on."""

    first: int
    last: int
    kind: str


class Naming(NamedTuple):
    """A speaker as named: words [first, last), its kind, and who passed it on."""

    first: int
    last: int
    kind: str
    via: Via | None = None


class Subjects:
    """Reads namings of speakers in a text and remembers them, so that «the source» is known again."""

    def __init__(self, text: SpeakerText) -> None:
        self.text = text
        self.speaker: Naming | None = None
        self._known: list[tuple[frozenset[str], Naming]] = []

    def remember(self, naming: Naming) -> None:
        """Take `naming` as the speaker who is carried on from here."""
        self.speaker = naming
        self._known.append((self._words(naming.first, naming.last), naming))

    def known_as(self, first: int, last: int) -> Naming | None:
        """Return the nearest earlier speaker whose naming holds all of words [first, last)."""
        wanted = self._words(first, last)
        if not wanted:
            return None
        return next((n for keys, n in self._known[: -_REMEMBERED - 1 : -1] if wanted <= keys), None)

    def _words(self, first: int, last: int) -> frozenset[str]:
        words = self.text.words
        return frozenset(
            _bare(words.key[j]) for j in range(first, last) if words.types[j].kind is not Kind.PUNCT
        )

    def kind_of(self, first: int, last: int) -> str | None:
        """Return the kind told by the words of a naming."""
        return kind_of(self.text.words, self.text.infos, self.text.lexicon, first, last)

    def name_end(self, first: int, last: int) -> int:
        """Return the end of the naming that starts at word `first`."""
        return name_end(self.text.words, self.text.infos, self.text.lexicon, first, last)

    def at(self, j: int, last: int) -> tuple[Naming | None, int]:
        """Read the naming at word j: it and its end; (None, j) when none stands there."""
        text = self.text
        if j < last and text.key(j) in ("#", TO):
            j += 1
        end = self.name_end(j, last)
        first, stop = j, end
        if first < stop and text.is_mark(first):
            first += 1
            while stop > first and text.is_mark(stop - 1):
                stop -= 1
        if stop <= first:
            return None, j
        known = self.known_as(first, stop)
        via = known.via if known else None
        infos = text.infos
        if (
            via is None
            and stop > first + 1
            and infos[first].head == "anonymous"
            and infos[first + 1].head == "media"
        ):
            via = Via(first + 1, stop, "media")  # «sources of the agency»
        return Naming(first, stop, self._kind(first, stop, end, last, known), via), end

    def _kind(self, first: int, stop: int, end: int, last: int, known: Naming | None) -> str:
        text = self.text
        kind = self.kind_of(first, stop)
        if kind is None and known is None and end < last and text.key(end) == "،":
            kind = self._apposition(end + 1, last)
        if known is not None and (kind in (None, "official") or text.infos[first].article):
            return known.kind
        if kind == "media" and text.infos[first].head == "self" and self.is_own(first, stop):
            return "self"
        party = text.party_at.get(first)
        if party is not None and kind in (None, "official"):
            kind = text.lexicon.party_kinds.get(party.kind, kind)
        return kind or "official"

    def _apposition(self, j: int, last: int) -> str | None:
        """Return the kind told by the post behind a name («N N, director of the programme»)."""
        stop = j
        while (
            stop < min(j + _APPOSITION, last) and not self.text.is_mark(stop) and not self.text.is_that(stop)
        ):
            stop += 1
        return self.kind_of(j, stop)

    def is_own(self, first: int, last: int) -> bool:
        """Say whether words [first, last) name the article's own outlet."""
        own = self.text.own
        return any(k in own or k.removeprefix(TO) in own for k in self.text.words.key[first:last])

    def is_known(self, first: int, last: int) -> bool:
        """Say whether words [first, last) hold a party or an earlier speaker."""
        return first in self.text.party_at or self.known_as(first, last) is not None

    def trusted(self, naming: Naming, end: int, last: int, *, act: bool) -> bool:
        """Say whether words behind a verb of saying name a speaker: a known head, or a clause follows."""
        text = self.text
        if any(text.infos[j].head for j in range(naming.first, naming.last)):
            return True
        if self.is_known(naming.first, naming.last) or self.kind_of(naming.first, naming.last) is not None:
            return True
        if act:
            return False
        if text.that_within(end, last, 12):
            return True
        at_edge = end < last and (text.infos[end].time or text.key(end) == "،")
        surface = text.words.types[naming.first].surface
        return at_edge and naming.last - naming.first <= 2 and not surface.endswith(_NOT_A_NAME)

    def before(self, i: int, first: int) -> Naming | None:
        """Read the subject before its verb at i: heading the sentence, or behind «had»."""
        text, lexicon = self.text, self.text.lexicon
        if text.infos[i].joined:
            return None
        if text.key(i - 1) == "،" and i - 1 > first and self.name_end(first, i) == i - 1:
            i -= 1  # «the observatory, said that»
        start = first
        for j in range(i - 1, max(first, i - _SUBJECT_BEFORE - 1) - 1, -1):
            key = text.key(j)
            if key.removeprefix("و") in lexicon.being or key in lexicon.openers:
                start = j + 1
                break
            if text.is_mark(j) and key not in '#_"«»':
                start = j + 1
                break
        if i - start > _SUBJECT_BEFORE or start >= i:
            return None
        naming, end = self.at(start, i)
        if naming is None:
            return None
        had = text.key(i - 1) in lexicon.already and text.infos[naming.first].head is not None
        if not had and any(not (text.infos[j].time or text.infos[j].stop) for j in range(end, i)):
            return None
        told = self.kind_of(naming.first, naming.last) is not None or self.is_known(naming.first, naming.last)
        return naming if told else None

    def named_in(self, first: int, i: int) -> Naming | None:
        """Return an earlier speaker named again as the subject at the head of the sentence from `first`."""
        for j in range(first + 1, min(first + 4, i)):
            if self.text.words.types[j].kind is Kind.WORD and not self.text.infos[j].stop:
                known = self.known_as(j, j + 1)
                if known is not None:
                    return Naming(j, max(j + 1, self.name_end(j, i)), known.kind, known.via)
        return None

    def receiver(self, end: int, last: int) -> Via | None:
        """Find behind a speaker the outlet that was spoken to or that carried his words."""
        text = self.text
        for j in range(end, min(end + _RECEIVER, last)):
            info, key = text.infos[j], text.key(j)
            if info.complementizer or key == ":":
                return None
            if key in text.lexicon.passed_on:
                passed, _ = self.at(j + 1, last)
                return Via(passed.first, passed.last, "media") if passed and passed.kind == "media" else None
            if not (info.with_l or key == TO):
                continue
            inner = j + 1 if key == TO else j
            inner += text.key(inner) in OPENING
            if inner < last and text.infos[inner].receiver:
                return Via(inner, max(self.name_end(inner, last), inner + 1), "media")
        return None

    def receiver_first(self, j: int, last: int) -> tuple[Via | None, int]:
        """Read «to <outlet>» between the verb and its subject; return it and the word behind it."""
        text = self.text
        if j >= last or not (text.infos[j].with_l or text.key(j) == TO):
            return None, j
        inner = j + 1 if text.key(j) == TO else j
        if inner < last and text.key(inner) in OPENING:
            closing = OPENING[text.key(inner)]
            stop = next((k for k in range(inner + 1, min(inner + 5, last)) if text.key(k) == closing), 0)
            return (Via(inner + 1, stop, "media"), stop + 1) if stop > inner + 1 else (None, j)
        stop = inner
        while stop < last and text.infos[stop].receiver:
            stop += 1
        return (Via(inner, stop, "media"), stop) if stop > inner else (None, j)


def _bare(key: str) -> str:
    """Cut l- «to» and the article, so that «the official» meets «an official»."""
    return key[2:] if key.startswith(("ال", "لل")) and len(key) > 4 else key.removeprefix(TO)
