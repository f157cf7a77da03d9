"""Text as words for the full-text index, a query as the words it accepts, and where they stand in a text.

A word is indexed as its light stem (`isnad.text.light_stem` of its folded key): «والقصف», «بالقصف» and «القصف» (the
shelling) are one word, قصف.  Forms of the verb are brought in when a query is read: قصفت (she shelled) also asks for
قصف and قصف also for قصفت, قصفوا, يقصف, where the word lists attest such a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from isnad.errors import UsageError
from isnad.store.records import Mark
from isnad.text.clitics import light_stem
from isnad.text.fold import MARKS, fold
from isnad.text.frequencies import UNSEEN, level
from isnad.text.kept import Kept

_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*+|\d+")
#: Endings of the perfect that a light stem leaves on: «she/it» and «they».
_VERB_ENDINGS = ("ت", "وا")
#: Person letter of the imperfect, «he/it»; ت is left out, as it makes other words (دمر destroyed, تدمر Palmyra).
_VERB_BEGINNING = "ي"
_SHORTEST_BASE = 3
#: PostgreSQL keeps at most 1 MB an article; words beyond that are not found, on SQLite neither.
_MOST_BYTES = 700_000
_MOST_TERMS = 50
_QUERY = re.compile(r'"([^"]*)"?|(\S+)')

_stems: Kept[str, str] = Kept(most=100_000)


class Term(msgspec.Struct, frozen=True):
    """One demand of a query: `phrase` words that stand side by side, each a set of stems; or a `prefix`."""

    phrase: tuple[frozenset[str], ...]
    prefix: bool = False


def index_words(text: str) -> str:
    """Return the words of `text` as they are indexed, joined by blanks."""
    written: list[str] = _WORD.findall(text)
    words = _stems.each(written, written, stem_of)
    if len(text) > _MOST_BYTES // 6:
        words = words[: _fitting(words)]
    return " ".join(words)


def _fitting(words: list[str]) -> int:
    seen: set[str] = set()
    cost = 0
    for count, word in enumerate(words):
        cost += 2 if word in seen else 6 + len(word.encode())
        seen.add(word)
        if cost > _MOST_BYTES:
            return count
    return len(words)


def stem_of(written: str) -> str:
    """Return the form under which a written word is indexed; never empty."""
    key = fold(written) or written
    return key if key.isascii() else light_stem(key)


def read_query(query: str) -> tuple[Term, ...]:
    """Read what is searched: words that must all be there, "phrases in quotes" (without other forms of verbs),
    beginnings with a star*.

    UsageError when there is no word in it, or there are more than fifty.
    """
    terms: list[Term] = []
    for quoted, plain in _QUERY.findall(query):
        if quoted:
            phrase = tuple(frozenset({stem_of(word)}) for word in _WORD.findall(quoted))
            terms += [Term(phrase)] if phrase else []
            continue
        words = _WORD.findall(plain)
        prefix = plain.endswith("*")
        for i, word in enumerate(words):
            last = prefix and i == len(words) - 1
            terms.append(Term((frozenset({stem_of(word)}),), True) if last else Term((accepted(word),)))
    if not terms:
        raise UsageError(f"there is no word in {query!r} to search for")
    if len(terms) > _MOST_TERMS:
        raise UsageError(f"{len(terms)} words are too many to search for at once; at most {_MOST_TERMS}")
    return tuple(terms)


def accepted(word: str) -> frozenset[str]:
    """Return the indexed forms that answer a word of a query: its own, and attested forms of the same verb."""
    stem = stem_of(word)
    if stem.isascii():
        return frozenset({stem})
    bases = [stem[: -len(e)] for e in _VERB_ENDINGS if stem.endswith(e) and len(stem) - len(e) >= _SHORTEST_BASE]
    bases = [base for base in bases if level(base) > UNSEEN] or [stem]
    forms = {base for base in bases if len(base) >= _SHORTEST_BASE}
    forms |= {base + ending for base in forms for ending in _VERB_ENDINGS}
    forms |= {_VERB_BEGINNING + base for base in bases}
    return frozenset({stem, *bases, *(form for form in forms if level(form) > UNSEEN)})


def find_marks(text: str, terms: tuple[Term, ...]) -> tuple[Mark, ...]:
    """Return where the words of a query stand in `text`, in order, none over another."""
    places = [match.span() for match in _WORD.finditer(text)]
    written = [text[start:end] for start, end in places]
    stems = _stems.each(written, written, stem_of)
    alone = frozenset().union(*(term.phrase[0] for term in terms if len(term.phrase) == 1 and not term.prefix))
    found = {i for i, stem in enumerate(stems) if stem in alone}
    beginnings = tuple(stem for term in terms if term.prefix for stem in term.phrase[0])
    if beginnings:
        found.update(i for i, stem in enumerate(stems) if stem.startswith(beginnings))
    for term in terms:
        if len(term.phrase) > 1:
            found.update(_of_phrase(stems, term.phrase))
    return tuple(Mark(*places[i]) for i in sorted(found))


def _of_phrase(stems: list[str], phrase: tuple[frozenset[str], ...]) -> Iterator[int]:
    size = len(phrase)
    for i in range(len(stems) - size + 1):
        if stems[i] in phrase[0] and all(stems[i + n] in wanted for n, wanted in enumerate(phrase)):
            yield from range(i, i + size)


__all__ = ["Term", "accepted", "find_marks", "index_words", "read_query", "stem_of"]
