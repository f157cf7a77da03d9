"""The trigger lexicon: which words and phrases may express an event, of which type, with whom in which slot.

`TriggerLexicon.load()` reads the generated table of the built-in entries; YAML directories given to it are
added.  A look-up is done once a written form and kept: reading a text costs a dictionary access a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from isnad.lexicon.morphology import Features
from isnad.lexicon.trigger_compile import DATA, WIDTH, Table, check, compile_directory
from isnad.lexicon.trigger_records import Candidate, PhraseMatch, TriggerForm, may_follow, read_form
from isnad.lexicon.trigger_schema import Entry
from isnad.text import Words, WordType

# Attached pronouns.  «my» and «your» (sing.) are left out: news has the adjective instead (هجومي).
_SUFFIXES = ("هما", "كما", "ها", "هم", "هن", "نا", "كم", "ني", "ه")
_HIM, _FEMININE = "ه", "ة"  # alike when folded, not as written: حركه «moved him», حركة «movement»
_CUT_MIN = 4  # a form of fewer letters is not read behind a proclitic when the whole word is a form itself
_WINDOW = 8  # words either side in which `needs` must be met
_JUSSIVE_AFTER = frozenset(("لم", "ولم", "فلم", "لا", "ولا", "الم"))  # did not, do not
_MAX_KEPT = 400_000
_NO_PHRASES: dict[str, _Node] = {}
_NO_NAMES: frozenset[str] = frozenset()
_PART = Entry(lemma="", gloss="part of a phrase", types=())


class _Node:
    """A state of the phrase matcher: where each next token leads, and the entry that ends here (-1: none)."""

    __slots__ = ("entry", "next")

    def __init__(self) -> None:
        self.entry = -1
        self.next: dict[tuple[str, int], _Node] = {}


class Known(msgspec.Struct, frozen=True):
    """What the lexicon knows of a written form: trigger readings, and classes as the token of a phrase."""

    forms: tuple[TriggerForm, ...]
    opens: dict[int, TriggerForm]  # classes of the host, for the first word of a phrase
    tokens: tuple[tuple[str, int], ...]  # (preposition, owner) without a conjunction, for later words
    guarded: bool = False  # some form is


_NOTHING = Known((), {}, ())


class TriggerLexicon:
    """All triggers, looked up by written form (`lookup`) and by word sequence (`phrases`)."""

    def __init__(self, *tables: Table) -> None:
        self._layers: list[tuple[int, Table]] = []  # each table's owners are numbered from its base
        self._entries: dict[int, Entry] = {}
        self._known: dict[str, Known] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._phrases: dict[int, dict[str, _Node]] = {}  # first token's class, then its preposition
        self._light: dict[int, str] = {}
        self._linked: dict[int, frozenset[str]] = {}
        for table in tables:
            self._add(table)

    @classmethod
    def load(cls, *extra_dirs: Path | str) -> TriggerLexicon:
        """Return the built-in lexicon plus the YAML files of `extra_dirs`, without their faulty entries."""
        if not extra_dirs:
            return _built_in()
        overlays = [compile_directory(Path(d), DATA / "triggers")[0] for d in extra_dirs]
        return cls(_table(), *overlays)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return every entry, the built-in ones first."""
        return tuple(self._entries.values())

    def _add(self, table: Table) -> None:
        base = 0
        if self._layers:
            base, below = self._layers[-1]
            base += len(below.entries) + len(below.classes)
        self._layers.append((base, table))
        for phrase in table.phrases:
            first, *rest = ((s.preposition, base + s.owner) for s in phrase.steps)
            node = self._phrases.setdefault(first[1], {}).setdefault(first[0], _Node())
            for step in rest:
                node = node.next.setdefault(step, _Node())
            node.entry = base + phrase.entry
        for lemma, owner in table.light.items():
            self._light[base + owner] = lemma
        for number, entry in enumerate(table.entries, base):
            self._entries[number] = entry
            if entry.light:
                self._linked[number] = frozenset(entry.light)

    def lookup(self, kind: WordType) -> tuple[TriggerForm, ...]:
        """Return the readings of a written form as a trigger, the likeliest first; () for most words."""
        return (self._known.get(kind.surface) or self._learn(kind)).forms

    def phrases(self, words: Words, i: int) -> PhraseMatch | None:
        """Return the longest trigger of several words that starts at word i, or None."""
        kind = words.types[i]
        opens = (self._known.get(kind.surface) or self._learn(kind)).opens
        if not opens:
            return None
        best: PhraseMatch | None = None
        end = words.sentences[words.sentence_of[i]].last
        for owner, opening in opens.items():
            for last, number in self._continued(words, i, end, owner, opening):
                if best is None or last > best.last:
                    best = PhraseMatch(i, last, self._as_phrase(opening, number))
        return best

    def scan(self, words: Words) -> list[Candidate]:
        """Return every candidate of a text in order: a phrase and the single words inside it each stand for
        themselves; the coder chooses (CODEBOOK section 2: the shortest word or fixed phrase)."""
        out: list[Candidate] = []
        seen = self._known
        for i, kind in enumerate(words.types):
            known = seen.get(kind.surface) or self._learn(kind)
            if known.opens and (found := self.phrases(words, i)) is not None:
                out.append(Candidate(i, found.last, (found.form,)))
            if known.forms:
                forms = known.forms
                if known.guarded:
                    forms = tuple([f for f in forms if not f.guarded or self.fits(words, i, f)])
                if forms:
                    out.append(Candidate(i, i + 1, forms))
        return out

    def proposals(self, words: Words, i: int) -> tuple[TriggerForm, ...]:
        """Return the readings of word i whose context conditions (needs, before, after ...) hold there."""
        forms = self.lookup(words.types[i])
        return tuple(f for f in forms if self.fits(words, i, f)) if forms else ()

    def fits(self, words: Words, i: int, form: TriggerForm, last: int = 0) -> bool:
        """Say whether the context of words [i, last) meets the form's conditions, لم before a jussive."""
        if not form.guarded:
            return True
        sentence = words.sentences[words.sentence_of[i]]
        if form.mood and (i == sentence.first or words.key[i - 1] not in _JUSSIVE_AFTER):
            return False
        last = last or i + 1
        e = form.entry
        after = self._named(words.types[last]) if last < sentence.last else _NO_NAMES
        before = self._named(words.types[i - 1]) if i > sentence.first else _NO_NAMES
        if (e.before and after.isdisjoint(e.before)) or not after.isdisjoint(e.not_before):
            return False
        if (e.after and before.isdisjoint(e.after)) or not before.isdisjoint(e.not_after):
            return False
        if not e.needs:
            return True
        near = range(max(sentence.first, i - _WINDOW), min(sentence.last, last + _WINDOW))
        names = self._names
        for k in near:
            kind = words.types[k]
            if not (i <= k < last or (names.get(kind.surface) or self._named(kind)).isdisjoint(e.needs)):
                return True
        return False

    def _named(self, kind: WordType) -> frozenset[str]:
        """Return the names under which a context word may be listed: key, hosts, stems, its preposition."""
        names = self._names.get(kind.surface)
        if names is None:
            if len(self._names) >= _MAX_KEPT:
                self._names.clear()
            parts = (p for s in kind.splits for p in (s.host, s.stem, s.preposition))
            names = self._names[kind.surface] = frozenset((kind.key, *parts)) - {""}
        return names

    def _continued(
        self, words: Words, i: int, end: int, owner: int, opening: TriggerForm
    ) -> Iterator[tuple[int, int]]:
        """Yield (end word, entry) of the phrases that word i opens as a member of the class `owner`."""
        for preposition, node in self._phrases.get(owner, _NO_PHRASES).items():
            if preposition in ("", opening.preposition):
                yield from self._walk(words, i + 1, end, node)
        lemma = self._light.get(owner)
        if lemma is not None and i + 1 < end:
            for preposition, noun in self._tokens(words.types[i + 1]):
                allowed = self._linked.get(noun)
                if allowed is not None and (f"{lemma} {preposition}" if preposition else lemma) in allowed:
                    yield i + 2, noun

    def _walk(self, words: Words, i: int, end: int, node: _Node) -> Iterator[tuple[int, int]]:
        if node.entry >= 0:
            yield i, node.entry
        if i < end and node.next:
            for token in self._tokens(words.types[i]):
                following = node.next.get(token)
                if following is not None:
                    yield from self._walk(words, i + 1, end, following)

    def _as_phrase(self, opening: TriggerForm, number: int) -> TriggerForm:
        return msgspec.structs.replace(opening, entry=self._entries[number], number=number, phrase=True)

    def _tokens(self, kind: WordType) -> tuple[tuple[str, int], ...]:
        return (self._known.get(kind.surface) or self._learn(kind)).tokens

    def _learn(self, kind: WordType) -> Known:
        known = self._read(kind) if kind.splits else _NOTHING
        if len(self._known) >= _MAX_KEPT:
            self._known.clear()
        self._known[kind.surface] = known
        return known

    def _read(self, kind: WordType) -> Known:
        """Try every reading of the written form, the least cut first; an owner counts once."""
        forms: dict[tuple[int, str], TriggerForm] = {}
        opens: dict[int, TriggerForm] = {}
        tokens: set[tuple[str, int]] = set()
        whole = False
        feminine = _FEMININE in kind.surface[-2:]  # a case mark may follow
        for conjunction, preposition, host in dict.fromkeys(
            (s.conjunction, s.preposition, s.host) for s in kind.splits
        ):
            cut = conjunction or preposition
            if cut and whole and len(host) < _CUT_MIN:
                continue
            for owner, features, suffix in self._cells(host):
                if not may_follow(preposition, features) or (feminine and suffix == _HIM):
                    continue
                entry = self._entries.get(owner)
                whole = whole or (entry is not None and not cut)
                form = read_form(entry or _PART, owner, features, (conjunction, preposition, host, suffix))
                if entry:
                    forms.setdefault((owner, features.pos), form)
                elif owner in self._phrases or owner in self._light:
                    opens.setdefault(owner, form)
                if not conjunction and (entry is None or features.pos == "noun"):
                    tokens.add((preposition, owner))
        if not (forms or opens or tokens):
            return _NOTHING
        found = tuple(forms.values())
        return Known(found, opens, tuple(tokens), any(f.guarded for f in found))

    def _cells(self, host: str) -> Iterator[tuple[int, Features, str]]:
        """Yield (owner, features, pronoun) of the forms spelled `host`, then of those before a pronoun."""
        for base, table in self._layers:
            for cell in table.forms.get(host, ()):
                yield base + cell // WIDTH, table.features[cell % WIDTH], ""
            for suffix in _SUFFIXES:
                if host.endswith(suffix) and len(host) - len(suffix) >= 2:
                    for cell in table.bound.get(host[: -len(suffix)], ()):
                        yield base + cell // WIDTH, table.features[cell % WIDTH], suffix


@lru_cache(maxsize=1)
def _table() -> Table:
    return msgspec.json.decode((DATA / "triggers.json").read_bytes(), type=Table)


@lru_cache(maxsize=1)
def _built_in() -> TriggerLexicon:
    return TriggerLexicon(_table())


__all__ = ["Candidate", "PhraseMatch", "TriggerForm", "TriggerLexicon", "check"]
