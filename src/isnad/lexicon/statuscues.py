"""Status rules compiled from `data/status.yaml` to look-ups by folded key (CODEBOOK section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import msgspec

from isnad.lexicon.speechwords import load, participle_forms, past_forms, present_forms
from isnad.text import Words, fold
from isnad.text.kept import Kept

_MOST_KEYS = 10_000  # folded words kept that were asked for one by one
PURPOSE_NOUN = "purpose_noun"  # rules that rest on the shape of the event word itself
FUTURE_VERB = "future_verb"
NOT_DOING = "lack_of"
_OBJECTS = ("هم", "ها", "ه")  # them, her, him
_ACTS = frozenset({"demand", "threaten", "refuse"})  # speech acts: joined on, they end the act before


class StatusRule(msgspec.Struct, frozen=True):
    """One rule: what its cue does to the events in reach (`status` "purpose" is settled by the target)."""

    id: str
    status: str
    direction: str
    reach: int
    skip: int = 0
    future: bool = False
    through: bool = False
    chain: bool = False
    bare: bool = False
    weak: bool = False
    link: bool = False


class Phrase(msgspec.Struct, frozen=True):
    """A cue of several words; the next word must begin with `prefix`.  `rule` None: a pseudo cue."""

    words: tuple[str, ...]
    prefix: str
    rule: StatusRule | None


class StatusWord(msgspec.Struct, frozen=True):
    """What status reading knows of a written word: the phrases that may start here, and its own shape."""

    phrases: tuple[Phrase, ...] = ()
    terminator: bool = False
    peace: bool = False
    purposive: bool = False
    exposed: bool = False
    future: bool = False
    present: bool = False
    article: bool = False
    chained: bool = False
    unaffected: bool = False
    act: bool = False
    demonstrative: bool = False
    clause_end: bool = False
    opens: bool = False
    active: bool = False
    link: bool = False
    alone: bool = False  # some phrase is of one word
    seconds: frozenset[str] = frozenset()  # the second words of the others


class StatusLexicon:
    """The compiled rules; `word(key)` answers for one folded key."""

    def __init__(self, data: Any) -> None:
        self.entries: list[dict[str, Any]] = data["rules"]
        self._phrases: dict[str, list[Phrase]] = {}
        for text in data["pseudo"]["phrases"]:
            self._add(text, None)
        for entry in data["rules"]:
            rule = StatusRule(
                entry["id"],
                entry["status"],
                entry.get("direction", "forward"),
                entry["reach"],
                entry.get("skip", 0),
                bool(entry.get("future")),
                bool(entry.get("through")),
                bool(entry.get("chain")),
                bool(entry.get("bare")),
                bool(entry.get("weak")),
                bool(entry.get("link")),
            )
            for text in (*entry.get("phrases", ()), *_verbs(entry.get("verbs", ()))):
                self._add(text, rule)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda p: (-len(p.words), p.prefix == ""))
        self.rules = {p.rule.id: p.rule for ps in self._phrases.values() for p in ps if p.rule}
        self.weak = frozenset(r.id for r in self.rules.values() if r.weak) | {PURPOSE_NOUN}
        self.outer = frozenset(data["outer"]["rules"])
        self._links = _keys(data["links"]["words"])
        self.past_before = _keys(data["past_before"]["words"])
        self._terminators = _keys(data["terminators"]["words"])
        self._peace = _keys(data["peace"]["words"])
        self._purposive = _keys(data["purposive"]["words"])
        self._exposed = _keys(data["exposed"]["words"])
        self._unaffected = _keys(data["unaffected"]["words"])
        self._demonstratives = _keys(data["demonstratives"]["words"])
        self._clause_ends = _keys(data["clause_ends"]["words"])
        self._open_to = _keys(data["open_to"]["words"])
        self._not_future = tuple(fold(p) for p in data["not_future"]["prefixes"])
        self._known: Kept[str, StatusWord] = Kept(_MOST_KEYS)
        self._numbered: Kept[int, StatusWord] = Kept()
        self._same: dict[StatusWord, StatusWord] = {}

    def _add(self, text: str, rule: StatusRule | None) -> None:
        words = [fold(w) for w in text.split()]
        prefix = (
            words.pop().lstrip("+") if len(words) > 1 and (len(words[-1]) == 1 or words[-1][0] == "+") else ""
        )
        self._phrases.setdefault(words[0], []).append(Phrase(tuple(words), prefix, rule))

    def words(self, words: Words) -> list[StatusWord]:
        """Return what is known of each word of a text."""
        return self._numbered.each(words.numbers, words.key, self._made)

    def word(self, key: str) -> StatusWord:
        """Return what is known of the folded word `key`."""
        return self._known.known(key) or self._known.keep(key, self._made(key))

    def _made(self, key: str) -> StatusWord:
        made = self._make(key)
        return self._same.setdefault(made, made)  # most words are alike: one record for all of them

    def _with_object(self, key: str) -> list[Phrase]:
        """Look a word up without its object pronoun: تدعوها «calls on her» as تدعو."""
        for suffix in _OBJECTS:
            if key.endswith(suffix) and len(key) - len(suffix) > 3:
                found = self._phrases.get(key[: -len(suffix)], [])
                return [
                    p for p in found if len(p.words) == 1 and not p.prefix and p.rule and p.rule.id in _ACTS
                ]
        return []

    def _make(self, key: str) -> StatusWord:
        bare = key[1:] if len(key) > 2 and key[0] in "وف" else key  # and, so
        phrases = self._phrases.get(key) or self._phrases.get(bare) or self._with_object(bare)
        noun = _without_to(bare)
        joined = key[1:] if key[0] == "و" else ""  # and
        if joined.startswith(("ال", "ب", "ل")) and joined not in self._purposive:
            joined = joined[2:] if joined.startswith("ال") else joined[1:]
        future = len(bare) > 3 and bare[0] == "س" and bare[1] in "يتن"  # will: s- before a present verb
        purposive = bool(noun) and any(n in self._purposive for n in _without_suffix(noun))
        future = future and not bare.startswith(self._not_future)
        return StatusWord(
            phrases=tuple(phrases),
            terminator=key in self._terminators or bare in self._terminators,
            peace=key in self._peace,
            purposive=purposive,
            exposed=key in self._exposed or bare in self._exposed,
            future=future,
            present=len(bare) > 2 and bare[0] in "يتن" and bare[-1] != "ت",
            article=bare.startswith("ال"),
            chained=bool(joined) and any(n in self._purposive for n in _without_suffix(joined)),
            unaffected=key in self._unaffected or bare in self._unaffected,
            demonstrative=key in self._demonstratives,
            clause_end=key in self._clause_ends,
            opens=key in self._open_to,
            link=key in self._links or (len(key) > 3 and key[0] == "ب"),  # with, by
            active=bool(phrases) or future or purposive,
            alone=any(len(p.words) == 1 for p in phrases),
            seconds=frozenset(p.words[1] for p in phrases if len(p.words) > 1),
            act=any(p.rule and p.rule.id in _ACTS for p in phrases) and (key != bare or bare[-1] == "ا"),
        )


def _without_to(key: str) -> str:
    """Cut l- «to» and the article from a noun: للسيطرة → سيطره; empty when there is no l-."""
    if key.startswith("لل"):
        return key[2:]
    return key[1:] if key.startswith("ل") else ""


def _without_suffix(noun: str) -> Iterator[str]:
    yield noun
    for suffix in ("هم", "ها", "ه", "هما"):
        if noun.endswith(suffix) and len(noun) > len(suffix) + 2:
            stem = noun[: -len(suffix)]
            yield stem
            if stem.endswith("ت"):
                yield stem[:-1] + "ه"


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(w) for w in words)


def _verbs(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        if "past" in entry:
            yield from past_forms(entry["past"])
        if "present" in entry:
            yield from present_forms(entry["present"])
        if "participle" in entry:
            yield from participle_forms(entry["participle"])
        if "noun" in entry:
            yield entry["noun"]
        yield from entry.get("forms", ())


@cache
def status_lexicon() -> StatusLexicon:
    """Return the built-in rules, compiled once a process."""
    return StatusLexicon(load("status.yaml"))
