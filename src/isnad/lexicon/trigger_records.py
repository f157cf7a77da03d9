"""What the trigger lexicon hands out: readings of words and phrases as triggers."""

from __future__ import annotations

import msgspec

from isnad.lexicon.morphology import Features
from isnad.lexicon.trigger_schema import Entry, Frame

_FUTURE = "س"  # will
_BEFORE_PRESENT = frozenset((_FUTURE, "ل"))  # will, in order to


class TriggerForm(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of a word or phrase as a trigger.

    `conjunction` and `preposition` stand before `host`; `suffix` is the attached pronoun after it.  `pos` is
    verb | noun | participle; `tense` past | present | future | masdar; the rest as in `Features`, with the
    grammatical number as `plurality`.  `phrase`: of several words; its features are those of its first word.
    `number` counts entries.
    `guarded`: proposed only where the context fits (see `TriggerLexicon.fits`).
    """

    entry: Entry
    number: int
    pos: str
    tense: str
    voice: str
    person: int
    plurality: str
    gender: str
    definite: bool
    mood: str = ""
    conjunction: str = ""
    preposition: str = ""
    host: str = ""
    suffix: str = ""
    phrase: bool = False
    guarded: bool = False

    @property
    def lemma(self) -> str:
        """Return the entry's name."""
        return self.entry.lemma

    @property
    def types(self) -> tuple[tuple[str, str | None], ...]:
        """Return the (type, mode) pairs, the likeliest first."""
        return self.entry.types

    @property
    def frame(self) -> Frame:
        """Return who fills what."""
        return self.entry.frame


class PhraseMatch(msgspec.Struct, frozen=True):
    """Words [first, last) that make one trigger."""

    first: int
    last: int
    form: TriggerForm


class Candidate(msgspec.Struct, frozen=True):
    """Words [first, last) that may be a trigger, with every reading of them."""

    first: int
    last: int
    forms: tuple[TriggerForm, ...]


def read_form(entry: Entry, number: int, features: Features, cut: tuple[str, str, str, str]) -> TriggerForm:
    """Return the reading of a form as `entry`; `cut`: conjunction, preposition, host, attached pronoun."""
    conjunction, preposition, host, suffix = cut
    return TriggerForm(
        entry=entry,
        number=number,
        pos=features.pos,
        tense="future" if preposition == _FUTURE else features.tense,
        voice=features.voice,
        person=features.person,
        plurality=features.number,
        gender=features.gender,
        definite=features.article or bool(suffix and features.pos != "verb"),
        mood=features.mood,
        conjunction=conjunction,
        preposition=preposition,
        host=host,
        suffix=suffix,
        guarded=_is_guarded(entry, features),
    )


def _is_guarded(entry: Entry, features: Features) -> bool:
    return bool(
        features.mood or entry.needs or entry.before or entry.after or entry.not_before or entry.not_after
    )


def may_follow(preposition: str, features: Features) -> bool:
    """Say whether a word with these features can carry the proclitic: verbs only س and ل, nouns not س."""
    if not preposition:
        return True
    if features.pos == "verb":
        return features.tense == "present" and not features.mood and preposition in _BEFORE_PRESENT
    return preposition != _FUTURE
