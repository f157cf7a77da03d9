"""The words of attribution, compiled from `data/speech.yaml` and `data/media.yaml` to look-ups by folded key.

Where the rules come from: CODEBOOK section 8.  A word is looked up with and without the conjunctions و «and»
and ف «so»; the answers are kept per key, so that a text costs one dictionary look-up a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from isnad.text import Words, fold
from isnad.text.kept import Kept

_TO = "ل"  # to
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_KEYS = 10_000  # folded words kept that were asked for one by one


class Verb(msgspec.Struct, frozen=True):
    """A word of saying as met.

    `sort` is say | report | continue | relay | act, `form` finite | participle | noun.

    `needs` holds the folded words one of which must follow for the word to count.
    """

    lemma: str
    sort: str
    form: str
    present: bool = False
    plural: bool = False
    clause: bool = False
    strict: bool = False
    needs: frozenset[str] = frozenset()


class SpeechWord(msgspec.Struct, frozen=True):
    """All that attribution wants to know of a written word; every field false or None for most words."""

    verb: Verb | None = None
    joined: bool = False
    head: str | None = None
    stop: bool = False
    complementizer: bool = False
    time: bool = False
    with_b: bool = False
    with_l: bool = False
    article: bool = False
    receiver: bool = False
    demonstrative: bool = False
    according: bool = False
    active: bool = False


class According(msgspec.Struct, frozen=True):
    """«according to» and its kin; `clause`: a verb of saying follows; `medium`: who was spoken to follows."""

    words: tuple[str, ...]
    clause: bool = False
    medium: bool = False


def load(name: str) -> Any:
    """Return the parsed YAML of `lexicon/data/<name>`."""
    text = files("isnad.lexicon").joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


def past_forms(past: str) -> Iterator[str]:
    """Give the third persons of a past verb from its masculine singular (sound endings)."""
    stem = past[:-1] if past.endswith(("ى", "ا")) else past  # weak ending drops before -t, -w
    yield past
    yield from (stem + ending for ending in ("ت", "وا", "تا"))
    if stem == past:
        yield from (stem + ending for ending in ("ا", "ن", "نا"))


def present_forms(present: str) -> Iterator[str]:
    """Give the persons of a present verb from its third person masculine singular (prefix ي)."""
    rest = present[1:]
    yield "ن" + rest
    yield "أ" + rest
    yield from present_third(present)


def present_third(present: str) -> Iterator[str]:
    """Give the third persons of a present verb."""
    rest = present[1:]
    stem = rest[:-1] if rest.endswith(("ى", "ي", "و")) else rest  # weak ending drops before plural endings
    for prefix in "يت":
        yield prefix + rest
    for prefix in "يت":
        yield from (prefix + stem + ending for ending in ("ون", "وا", "ان", "ا", "ين"))
        yield prefix + stem  # jussive of weak verbs


def participle_forms(participle: str) -> Iterator[str]:
    """Give the cases, genders and numbers of an active participle."""
    yield participle
    yield from (participle + ending for ending in ("ا", "ة", "ين", "ون", "تين"))


class SpeechLexicon:
    """The compiled words; `word(key)` answers for one folded key."""

    def __init__(self, data: Any, media: Any) -> None:
        self._verbs = _verb_forms(data["verbs"])
        self._complementizers = _keys(data["complementizers"]["words"])
        self._times = _keys(data["time_words"]["words"])
        self._stops = _keys(data["stops"]["words"])
        self._keep_b = _keys(data["keep_b"]["words"])
        self._keep_l = _keys(data["keep_l"]["words"])
        self._receivers = _keys(media["receivers"]["words"])
        self._heads: dict[str, str] = {}
        for kind, entry in [*data["heads"].items(), ("media", media["heads"])]:
            for word in entry["words"]:
                self._heads[fold(word)] = kind
        self.pairs: dict[tuple[str, ...], str] = {
            tuple(fold(pair).split()): kind
            for kind, pairs in data["head_pairs"].items()
            for pair in pairs["words"]
        }
        self.persons = {fold(w): kind for kind, entry in data["persons"].items() for w in entry["words"]}
        self._outlets = {slug: _keys(names) for slug, names in media["outlets"].items()}
        self.agencies = _keys(media["agencies"]["words"])
        self.organs = _keys(data["organs"]["words"])
        self.members = _keys(data["members"]["words"])
        self.titles = _keys(data["titles"]["words"])
        self.groups = _keys(data["groups"]["words"])
        self.indefinite_anonymous = _keys(data["indefinite_anonymous"]["words"])
        self.openers = _keys(data["openers"]["words"])
        self.passive = _keys(data["passive"]["words"])
        self.self_reference = _keys(data["self_reference"]["words"])
        self.not_speakers = _keys(data["not_speakers"]["words"])
        self.not_named = self.self_reference | self.not_speakers
        self.carriers = _keys(data["carriers"]["words"])
        self._demonstratives = _keys(data["demonstratives"]["words"])
        self.compounds = _keys(data["compounds"]["words"])
        self.passed_on = _keys(data["passed_on"]["words"])
        self.relatives = _keys(data["relatives"]["words"])
        self.noun_before = _keys(data["noun_before"]["words"])
        self.negations = _keys(data["negations"]["words"])
        self.before_clause = _keys(data["before_clause"]["words"])
        self.party_kinds: dict[str, str] = data["party_kinds"]
        self.by_it = _keys(data["by_it"]["words"])
        self.already = _keys(data["already"]["words"])
        self.passive_next = _keys(data["passive_next"]["words"])
        self.being = _keys(data["being"]["words"])
        self.according: dict[str, list[According]] = {}
        for entry in data["according"]:
            words = tuple(fold(w) for w in entry["words"].split())
            rule = According(words, bool(entry.get("clause")), bool(entry.get("medium")))
            self.according.setdefault(words[0], []).append(rule)
        for rules in self.according.values():
            rules.sort(key=lambda r: -len(r.words))
        #: The words one of which must follow the first of «according to»; None where none need.
        self.according_next = {head: _second_words(rules) for head, rules in self.according.items()}
        self._known: Kept[str, SpeechWord] = Kept(_MOST_KEYS)
        self._numbered: Kept[int, SpeechWord] = Kept()
        self._same: dict[SpeechWord, SpeechWord] = {}

    def own_names(self, outlet: str | None) -> frozenset[str]:
        """Return the folded first words by which the outlet with this slug or site names itself."""
        if not outlet:
            return frozenset()
        slug = outlet.lower().removeprefix("www.")
        return next((names for start, names in self._outlets.items() if slug.startswith(start)), frozenset())

    def words(self, words: Words) -> list[SpeechWord]:
        """Return what is known of each word of a text."""
        return self._numbered.each(words.numbers, words.key, self._made)

    def word(self, key: str) -> SpeechWord:
        """Return what is known of the folded word `key`."""
        return self._known.known(key) or self._known.keep(key, self._made(key))

    def _made(self, key: str) -> SpeechWord:
        made = self._make(key)
        return self._same.setdefault(made, made)  # most words are alike: one record for all of them

    def _make(self, key: str) -> SpeechWord:
        bare = key[1:] if len(key) > 2 and key[0] in "وف" else ""  # and, so
        verb = self._verbs.get(key) or self._verbs.get(bare)
        host = key if key in self._heads else bare
        with_l = key.startswith("ل") and key not in self._keep_l and len(key) > 3  # to
        head = self._heads.get(host)
        receiver = key in self._receivers
        if with_l:
            rest = "ال" + key[2:] if key.startswith("لل") else key[1:]
            head = head or self._heads.get(rest)
            receiver = receiver or rest in self._receivers
        according = key in self.according or (key[0] in "وف" and key[1:] in self.according)
        return SpeechWord(
            verb=verb,
            according=according,
            active=according or verb is not None,
            joined=bool(verb) and key not in self._verbs,
            head=head,
            stop=key in self._stops or bare in self._stops,
            complementizer=key in self._complementizers or bare in self._complementizers,
            time=key in self._times,
            with_b=key.startswith("ب") and key not in self._keep_b and len(key) > 3,  # with, by
            with_l=with_l,
            article=key.startswith(("ال", "وال", "لل")),  # the
            receiver=receiver,
            demonstrative=key in self._demonstratives,
        )


def _second_words(rules: list[According]) -> frozenset[str] | None:
    if any(len(rule.words) == 1 or rule.words[1:] == (_TO,) for rule in rules):
        return None  # «to» may be written with the word after it
    return frozenset(rule.words[1] for rule in rules)


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(w) for w in words)


def _verb_forms(entries: list[dict[str, Any]]) -> dict[str, Verb]:
    """Inflect every verb; where two are written alike, finite wins over participle, and that over noun."""
    out: dict[str, Verb] = {}
    for form in ("finite", "participle", "noun"):
        for entry in entries:
            for surface, present in _forms(entry, form):
                needs = frozenset(fold(w) for w in entry.get("needs", ()))
                verb = Verb(
                    fold(entry.get("past", "")),
                    entry["class"],
                    form,
                    present,
                    surface.endswith(("وا", "ون")),
                    bool(entry.get("needs_clause")),
                    bool(entry.get("strict")),
                    needs,
                )
                out.setdefault(fold(surface), verb)
    return out


def _forms(entry: dict[str, Any], form: str) -> Iterator[tuple[str, bool]]:
    if form == "finite":
        forms = list(past_forms(entry["past"]))
        if entry.get("no_bare"):
            forms = forms[1:]
        yield from ((f, False) for f in forms)
        if "present" in entry and not entry.get("no_present"):
            yield from ((f, True) for f in present_third(entry["present"]))
        yield from ((f, False) for f in entry.get("forms", ()))
    elif form == "participle" and "participle" in entry and not entry.get("participle_is_noun"):
        yield from ((f, False) for f in participle_forms(entry["participle"]))
    elif form == "noun" and "noun" in entry:
        yield entry["noun"], False


@cache
def speech_lexicon() -> SpeechLexicon:
    """Return the built-in lexicon, compiled once a process."""
    return SpeechLexicon(load("speech.yaml"), load("media.yaml"))
