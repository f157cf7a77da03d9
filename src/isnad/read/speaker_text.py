"""A text as the reader of speakers sees it: what a word is to attribution, how far a statement runs."""

from __future__ import annotations

from collections.abc import Iterable

from isnad.lexicon.speechwords import According, SpeechLexicon, SpeechWord, Verb, speech_lexicon
from isnad.model import Span
from isnad.read.mentions import PartyMention
from isnad.text import Words
from isnad.text.words import Kind

OPENING = {"«": "»", "“": "”", "‹": "›", '"': '"'}  # quotation marks and what closes them
TO = "ل"  # to
_CLOSING = frozenset('»”›"')
_STATEMENT_MARKS = frozenset(':«"“')  # a colon or an opening quotation mark
_NOT_SUBJECT = frozenset(":،,;؛.(")  # marks no naming begins with
NEAR = 21  # words within which a clause is looked for
_LONGEST_QUOTE = 220  # words a quotation may run on
_LIST = 12  # lines of a list after a colon
_BROKEN = 8  # words a line has at least that breaks in mid-sentence
_ASIDE = 25  # words of time and place between a speaker and «that»


class SpeakerText:
    """The words of a text with their `SpeechWord`s; the parties and the outlet's own names beside them."""

    def __init__(self, words: Words, parties: Iterable[PartyMention], outlet: str | None) -> None:
        self.words = words
        self.lexicon: SpeechLexicon = speech_lexicon()
        self.own = self.lexicon.own_names(outlet)
        self.infos: list[SpeechWord] = self.lexicon.words(words)
        self.party_at = {i: p for p in parties for i in range(p.first, p.last)}

    def key(self, j: int) -> str:
        """Return the folded word j, empty beyond the end."""
        return self.words.key[j] if 0 <= j < len(self.infos) else ""

    def is_mark(self, j: int) -> bool:
        """Say whether word j is a punctuation mark."""
        return self.words.types[j].kind is Kind.PUNCT

    def according_at(self, i: int, last: int) -> tuple[According | None, int]:
        """Return the rule of «according to» met at word i, and the word behind its words."""
        keys = self.words.key
        for head in (keys[i], keys[i][1:] if keys[i][0] in "وف" else ""):  # and, so
            following = self.lexicon.according_next.get(head)
            if following is not None and self.key(i + 1) not in following:
                continue
            for rule in self.lexicon.according.get(head, ()):
                rest = rule.words[1:]
                if len(rest) > 1 and self.key(i + 1) != rest[0]:
                    continue
                end = i + len(rule.words)
                if rest and rest[-1] == TO:
                    joined = end - 1 < last and keys[end - 1].startswith(TO)
                    if joined and tuple(keys[i + 1 : end - 1]) == rest[:-1]:
                        return rule, end - 1
                elif end <= last and tuple(keys[i + 1 : end]) == rest:
                    return rule, end
        return None, i

    def skip_time(self, j: int, last: int) -> int:
        """Return the first word from j on that tells no time («announced yesterday at 10 the army»)."""
        while j < last and (self.infos[j].time or self.words.types[j].kind is Kind.NUMBER):
            j += 1
        return j

    def begins_statement(self, j: int, last: int, verb: Verb) -> bool:
        """Say whether word j cannot begin the naming of a speaker."""
        if j >= last:
            return True
        info = self.infos[j]
        if info.demonstrative:
            return not (j + 1 < last and self.infos[j + 1].head)
        if info.complementizer or info.stop or self.words.key[j] in _NOT_SUBJECT:
            return True
        return info.with_b and verb.sort != "say"

    def is_said(self, i: int, verb: Verb, first: int, last: int) -> bool:
        """Say whether a word of saying is one here.

        It is not where it is denied, in a relative clause, a noun in truth, or «it is mentioned that».
        """
        lexicon = self.lexicon
        key, before = self.key(i), self.key(i - 1) if i > first else ""
        if key.removeprefix("و") in lexicon.passive and self._passive(i + 1):
            return False
        if before in lexicon.negations:
            return False
        if verb.form != "noun":
            if before in lexicon.relatives or (before in lexicon.noun_before and not self.infos[i].joined):
                return False
            if verb.form == "participle" and (self.infos[i].article or verb.sort == "act"):
                return False
        if verb.needs and not any(self.key(j) in verb.needs for j in range(i + 1, min(i + 9, last))):
            return False
        return not verb.clause or self.that_within(i + 1, last, NEAR)

    def _passive(self, j: int) -> bool:
        if j >= len(self.infos):
            return False
        return self.infos[j].complementizer or self.key(j) in self.lexicon.passive_next

    def is_that(self, j: int) -> bool:
        """Say whether word j opens what was said: «that», a colon, a quotation mark."""
        return self.infos[j].complementizer or self.words.key[j] in _STATEMENT_MARKS

    def that_within(self, start: int, last: int, reach: int) -> bool:
        """Say whether a statement is opened within `reach` words from `start`."""
        return any(self.is_that(j) for j in range(start, min(start + reach, last)))

    def that_at_once(self, j: int, last: int) -> bool:
        """Say whether «that», a colon, a quotation or a noun of saying follows at once."""
        if j < last and self.words.key[j] in OPENING:
            return True
        if any(self.infos[k].complementizer or self.words.key[k] == ":" for k in range(j, min(j + 4, last))):
            return True
        verbs = [self.infos[k].verb for k in range(j, min(j + 2, last))]
        return any(v is not None and v.form == "noun" for v in verbs)

    def statement_start(self, end: int, last: int) -> int:
        """Skip from a naming to «that» where only time and place of speaking stand between."""
        if end >= last or (
            self.words.key[end] not in self.lexicon.before_clause and self.words.key[end] not in "،("
        ):
            return end
        for j in range(end, min(end + _ASIDE, last)):
            if self.is_that(j):
                return j
            verb = self.infos[j].verb
            if verb is not None and verb.form == "finite":
                return end
        return end

    def statement_end(self, start: int, last: int) -> int:
        """Return the end of the statement from `start`: the sentence's, or an open quotation's."""
        keys = self.words.key
        opened = -1
        for j in range(start, last):
            key = keys[j]
            if opened >= 0:
                if key == OPENING[keys[opened]]:
                    opened = -1
            elif key in OPENING:
                opened = j
            elif key == "." and keys[j - 1] in _CLOSING:
                return j
        if opened < 0:
            return self._run_on(start, last)
        closing = OPENING[keys[opened]]
        for j in range(last, min(len(keys), opened + _LONGEST_QUOTE)):
            if keys[j] == closing:
                return j
        return last

    def _run_on(self, start: int, last: int) -> int:
        """Follow a statement over a line that breaks in mid-sentence, and over the list after a colon."""
        words = self.words
        number = words.sentence_of[last - 1]
        if words.sentences[number].headline or number + 1 >= len(words.sentences):
            return last
        if words.key[last - 1] == ":":
            return self._list_end(number, last)
        following = words.sentences[number + 1]
        broken = words.types[last - 1].kind is Kind.WORD and last - start >= _BROKEN
        if broken and following.last - following.first >= _BROKEN // 2:
            goes_on = (
                words.types[following.first].kind is Kind.WORD and words.key[following.first][0] not in "وف"
            )
            return following.last if goes_on else last
        return last

    def next_quotation(self, i: int) -> tuple[int, int]:
        """Return the statement that a quotation on the next line makes, (i, i) when there is none."""
        if i < len(self.infos) and i > 0 and self.words.key[i] in OPENING:
            sentence = self.words.sentences[self.words.sentence_of[i]]
            if sentence.first == i:
                return i, self.statement_end(i, sentence.last)
        return i, i

    def _list_end(self, number: int, last: int) -> int:
        for sentence in self.words.sentences[number + 1 : number + 1 + _LIST]:
            numbered = self.words.types[sentence.first].kind is Kind.NUMBER
            if not numbered and self.words.key[sentence.first] not in "-–•*":
                break
            last = sentence.last
        return last

    def span(self, first: int, last: int, *, name: bool = False) -> Span:
        """Return words [first, last) as a span; from a `name` a joined l- «to» is cut."""
        text, start, end = self.words.text, self.words.start[first], self.words.end[last - 1]
        if name and self.infos[first].with_l and text[start : start + 1] == TO and text[start + 1] != TO:
            start += 1
        return Span(text[start:end], start, end)
