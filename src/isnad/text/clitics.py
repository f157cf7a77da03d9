"""Readings of a written word as clitics + stem.

Arabic writes conjunctions (و «and», ف «so»), prepositions (ب «by», ل «to», ك «as»), the future mark (س), the
article (ال) and pronouns (ه, ها, هم ...) together with the word.  All readings that leave a stem of two
letters or more are kept, the likeliest first, so that a look-up may try each.

A reading's score is log-linear with weights set by hand: what is gained in frequency by each cut, whether the
rest takes an article or other clitics elsewhere, and whether the uncut form does (لوزير is attested, so وزير
is a word; ووقال is not, so وقال is و + قال).  Units: tenths of log10 of a frequency.
"""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

from isnad.text.frequencies import UNSEEN, Lists, level, lists

_MOST_KEPT = 2_000  # answers kept: written forms keep their own (see `words`)
_CONJUNCTIONS = ("و", "ف")  # and, so
_PREPOSITIONS = ("ب", "ل", "ك", "س")  # by, to, as, future mark
_ARTICLE = "ال"  # the
_SUFFIXES = {  # pronouns by their last letter, longest first
    "ا": ("هما", "كما", "ها", "نا"),
    "م": ("هم", "كم"),
    "ن": ("هن",),
    "ي": ("ني", "ي"),
    "ه": ("ه",),
    "ك": ("ك",),
}
_FUTURE_NEXT = frozenset("يتنا")  # the person letters of the imperfect
_WEAK = frozenset("ءؤئ")  # hamza seats, which change before a pronoun

#: Readiness of each letter to be a clitic: added to the gain of cutting it off.
_BIAS = {"و": 9.0, "ف": -3.0, "ب": 2.0, "ل": 4.0, "ك": -9.0, "س": 4.0}
#: The same for pronouns; first and second person are rare in news.
_SUFFIX_BIAS = {"ه": 2.0, "ها": 5.0, "هم": 3.0, "هما": 2.0, "نا": -3.0, "هن": -1.0, "ني": -7.0}
_SUFFIX_BIAS |= {"ك": -14.0, "كم": -9.0, "كما": -12.0, "ي": -25.0}
_BEFORE_ARTICLE = 22.0  # a clitic letter before ال is nearly always a clitic
_ARTICLE_GAIN = 8.0
_SURE = 60.0  # by list
_COMMON = {2: 45}  # beyond this level a stem of so many letters gains no more: particles are listed
_TAKES_CLITICS = 0.6  # weight of the uncut form's own clitics
_REST_TAKES_CLITICS = 0.35  # weight of the same for the rest
_SHORT = {0: -40.0, 1: -40.0, 2: -10.0, 3: -4.0}  # by letters left


class Split(msgspec.Struct, frozen=True, gc=False):
    """One reading of a folded word.  `host` is the word without conjunction and preposition, article kept.

    `stem` is spelt as the word stands alone: ة, ى, ء before a pronoun are restored (حكومتهم: حكومه + هم).  A
    pronoun alone after a preposition letter (به «by it») is host, stem and suffix in one.
    """

    conjunction: str
    preposition: str
    article: bool
    stem: str
    suffix: str
    host: str


@lru_cache(maxsize=_MOST_KEPT)
def splits(key: str, ending: str = "") -> tuple[Split, ...]:
    """Return the readings of the folded word `key`, the likeliest first; never empty.

    `ending` is its last letter as written, where that is known to be ة (no pronoun then) or ه (likely one).
    """
    known = _particles().get(key) if ending != "ة" else None
    if len(key) < 2:
        return (Split("", "", False, key, "", key),)
    ranked = _Reader(ending).ranked(key)
    return tuple(ranked) if known is None else (known, *(split for split in ranked if split != known))


def possible_hosts(key: str) -> list[str]:
    """Return every host that a reading of the folded word `key` may have, and more: cheap, without any ranking."""
    out = [key]
    bare = [key]
    if key[0] in _CONJUNCTIONS:
        bare.append(key[1:])
        out.append(key[1:])
    for word in bare:
        if word[:1] in _PREPOSITIONS:
            out.append(word[1:])
            if word.startswith("لل"):
                out += (_ARTICLE + word[2:], _ARTICLE + word[1:])
    return out


def possible_names(key: str) -> list[str]:
    """Return every host, stem and preposition that a reading of `key` may have, and more, as `possible_hosts`."""
    hosts = possible_hosts(key)
    letters = key[:2] if key[0] in _CONJUNCTIONS else key[0]
    out = hosts + [letter for letter in letters if letter in _PREPOSITIONS]
    for host in hosts:
        if host.startswith(_ARTICLE):
            out.append(host[2:])
        for suffix in _SUFFIXES.get(host[-1:], ()):
            if host.endswith(suffix):
                stem = host[: -len(suffix)]
                out += (suffix, stem, stem + "ا", stem[:-1] + "ه", stem[:-1] + "ي", stem[:-1] + "ء")
    return out


def light_stem(key: str, best: Split | None = None) -> str:
    """Return `key` without likeliest clitics, article, and ending of number or gender; three letters stay.

    `best` is its likeliest reading, where that is known.
    """
    stem = (best or splits(key)[0]).stem
    table = lists()
    if stem in table.whole or stem in table.names:
        return stem
    if len(stem) > 3 and stem[-1] == "ا" and level(stem[:-1]) >= level(stem) + 3:  # tanween: هجوما → هجوم
        return stem[:-1]
    for ending in ("تين", "تان", "ات", "ان", "ين", "ون", "يه", "ه", "ي"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            return stem[: -len(ending)]
    return stem


class _Reader:
    """Gathers the scored readings of one word; `ending` is its last letter as written, where known."""

    def __init__(self, ending: str) -> None:
        self.ending = ending
        self.table = lists()
        self.out: list[tuple[float, Split]] = []

    def ranked(self, key: str) -> list[Split]:
        """Return the readings of a word, the likeliest first."""
        self._hosts(key, "", "", 0.0)
        if len(key) > 2:
            self._prepositions(key, "", 0.0)
            if key[0] in _CONJUNCTIONS:
                rest = key[1:]
                gain = _gain(key, key[0], rest, self.table, self.table.after_conjunction)
                self._hosts(rest, key[0], "", gain)
                if len(rest) > 2:
                    self._prepositions(rest, key[0], gain)
        self.out.sort(key=_by_score, reverse=True)
        return [split for _, split in self.out]

    def _add(
        self, score: float, conjunction: str, preposition: str, stem: str, suffix: str, host: str, article: bool = False
    ) -> None:
        self.out.append((score, Split(conjunction, preposition, article, stem, suffix, host)))

    def _prepositions(self, word: str, conjunction: str, before: float) -> None:
        letter, rest = word[0], word[1:]
        if letter not in _PREPOSITIONS:
            return
        if letter == "س":
            if rest[0] in _FUTURE_NEXT and not rest.startswith(_ARTICLE):
                score = before + _gain(word, letter, rest, self.table, frozenset())
                self._add(score, conjunction, letter, rest, "", rest)
                self._suffixes(rest, conjunction, letter, score)
            return
        gain = _gain(word, letter, rest, self.table, self.table.after_preposition)
        if word.startswith("لل"):
            self._for_the(rest, conjunction, before, gain)
        else:
            self._hosts(rest, conjunction, letter, before + gain)

    def _for_the(self, rest: str, conjunction: str, before: float, gain: float) -> None:
        """Read لل: للجيش = ل + الجيش; للجنه = ل + اللجنه (one ل is not written); للبنان = ل + لبنان."""
        for stem, bonus in ((rest[1:], _BEFORE_ARTICLE + 4.0), (rest, _BEFORE_ARTICLE)):
            host = _ARTICLE + stem
            score = before + bonus + 0.5 * (level(host) - UNSEEN) + 0.3 * (level(stem) - UNSEEN)
            self._add(score + _SHORT.get(len(stem), 0.0), conjunction, "ل", stem, "", host, article=True)
        own = level(rest)
        a_word = rest in self.table.whole or own > level(rest[1:]) + 5  # لقائه, not لجيش
        takes_article = level(_ARTICLE + rest) >= own - 15
        score = before + gain + (_SURE if a_word and not takes_article else -2.0)
        self._add(score, conjunction, "ل", rest, "", rest)
        self._suffixes(rest, conjunction, "ل", score)

    def _hosts(self, host: str, conjunction: str, preposition: str, score: float) -> None:
        """Add the readings of `host`: bare, with article, with pronoun."""
        if host.startswith(_ARTICLE) and len(host) >= 4:
            listed = host in self.table.no_article
            gain = -_SURE if listed else _ARTICLE_GAIN
            self._add(score + gain, conjunction, preposition, host[2:], "", host, article=True)
            if not listed:  # no pronoun after an article
                self._add(score, conjunction, preposition, host, "", host)
                return
        self._add(score, conjunction, preposition, host, "", host)
        self._suffixes(host, conjunction, preposition, score)

    def _suffixes(self, host: str, conjunction: str, preposition: str, score: float) -> None:
        if self.ending == "ة":
            return
        for suffix in _SUFFIXES.get(host[-1:], ()):
            if host.endswith(suffix) and len(host) - len(suffix) >= 2:
                stem, stem_level = _restored(host[: -len(suffix)])
                gain = _SUFFIX_BIAS[suffix] + _SHORT.get(len(stem), 0.0)
                gain += min(stem_level, _COMMON.get(len(stem), 70)) - self._alone(host, suffix)
                if host in self.table.whole or host in self.table.names:
                    gain -= _SURE
                self._add(score + gain, conjunction, preposition, stem, suffix, host)
                return

    def _alone(self, host: str, suffix: str) -> float:
        """Return how strongly `host` stands as a word without pronoun; most words in ه are written ة."""
        known = self.table.level
        if suffix == "ه" and self.ending == "ه":
            own, article = known.get(host, UNSEEN), known.get(_ARTICLE + host, 0)
            return own + (12.0 if article >= own - 12 else -8.0)  # مياه takes the article, منزله does not
        own, article = level(host), level(_ARTICLE + host)
        taken = _TAKES_CLITICS * max(0.0, 30.0 - max(0, own - article)) if article > UNSEEN else 0.0
        teh = suffix == "ه" and known.get(host[:-1] + "ة", 0) >= own - 5
        return own + taken + (10.0 if teh else 0.0)


def _by_score(scored: tuple[float, Split]) -> float:
    return scored[0]


def _restored(stem: str) -> tuple[str, int]:
    """Return the stem as it stands without a pronoun, and its level: ت → ه, ا → ي, و → وا, ؤ ئ → ء."""
    best, best_level = stem, level(stem)
    last = stem[-1]
    if last == "ت":  # only forms written with ة count: اعتقلته is اعتقلت + ه
        other, other_level = stem[:-1] + "ه", lists().level.get(stem[:-1] + "ة", UNSEEN)
    elif last == "ا":
        other, other_level = stem[:-1] + "ي", level(stem[:-1] + "ي")
    elif last == "و":  # اعتقلوه is اعتقلوا + ه
        other, other_level = stem + "ا", level(stem + "ا")
    elif last in _WEAK:
        other, other_level = stem[:-1] + "ء", level(stem[:-1] + "ء")
    else:
        return best, best_level
    return (other, other_level) if other_level > best_level else (best, best_level)


def _gain(word: str, letter: str, rest: str, table: Lists, sure: frozenset[str]) -> float:
    """Return the gain in score of cutting `letter` off `word`; above 0 the cut is likelier than not."""
    if word in table.whole:
        return -_SURE
    if rest in sure:
        return _SURE
    gain = _BIAS[letter] + _SHORT.get(len(rest), 0.0)
    own, left = level(word), level(rest)
    gain += left - own
    if rest.startswith(_ARTICLE) and len(rest) > 4:
        gain += _BEFORE_ARTICLE
    attested = _attested(word, table)
    if attested > UNSEEN:
        gain -= _TAKES_CLITICS * max(0.0, 32.0 - max(0, own - attested))
    gain += _REST_TAKES_CLITICS * (_attested(rest, table) - UNSEEN if left > UNSEEN else -10.0)
    if word in table.names:
        gain -= 15.0
    if rest in table.whole or rest in table.names:
        gain += 6.0
    if rest in table.hosts:
        gain += 20.0
    return gain


def _attested(word: str, table: Lists) -> int:
    """Return the level at which `word` is seen with an article or preposition, which only a word takes."""
    return max(level("ال" + word), level("ب" + word), level("ل" + word) - 4)


@cache
def _particles() -> dict[str, Split]:
    """Return the function words: particle + pronoun (فيه), letter + pronoun (به), with و or ف before."""
    out: dict[str, Split] = {}
    pronouns = ("ه", "ها", "هم", "هما", "هن", "نا", "كم", "ك", "ي", "كما", "ني")
    for conjunction in ("", "و", "ف"):
        for pronoun in pronouns:
            for letter in ("ب", "ل"):
                key = conjunction + letter + pronoun
                out[key] = Split(conjunction, letter, False, pronoun, pronoun, pronoun)
            for particle in lists().particles:
                if pronoun == "ي" and particle.endswith("ي"):
                    continue  # ى is folded to ي: علي is the bare particle far more often than «on me»
                host = particle + pronoun
                out.setdefault(conjunction + host, Split(conjunction, "", False, particle, pronoun, host))
                if particle == "ان":  # that: لانه, بانه, كانه
                    for letter in ("ب", "ل", "ك"):
                        split = Split(conjunction, letter, False, particle, pronoun, host)
                        out.setdefault(conjunction + letter + host, split)
    return out
