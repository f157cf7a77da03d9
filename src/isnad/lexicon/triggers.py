"""The trigger lexicon: which words and phrases may express an event, of which type, with whom in which slot.

`TriggerLexicon.load()` reads the generated table of the built-in entries; YAML directories given to it are
added.  A look-up is done once a written form and kept: reading a text costs a dictionary access a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from isnad.lexicon.morphology import Features
from isnad.lexicon.trigger_compile import DATA, WIDTH, Table, check, compile_directory
from isnad.lexicon.trigger_context import Around, Contexts
from isnad.lexicon.trigger_records import Candidate, PhraseMatch, TriggerForm, may_follow, read_form
from isnad.lexicon.trigger_schema import Entry
from isnad.text import Words, WordType
from isnad.text.clitics import possible_hosts
from isnad.text.kept import Kept
from isnad.text.words import Kind

# Attached pronouns.  «my» and «your» (sing.) are left out: news has the adjective instead (هجومي).
_SUFFIXES = {  # by last letter
    "ا": ("هما", "كما", "ها", "نا"),
    "م": ("هم", "كم"),
    "ن": ("هن",),
    "ي": ("ني",),
    "ه": ("ه",),
}
_HIM, _FEMININE = "ه", "ة"  # alike when folded, not as written: حركه «moved him», حركة «movement»
_CUT_MIN = 4  # a form of fewer letters is not read behind a proclitic when the whole word is a form itself
_NO_PHRASES: dict[str, _Node] = {}
_PART = Entry(lemma="", gloss="part of a phrase", types=())


class _Node:
    """A state of the phrase matcher: where each next token leads, and the entry that ends here (-1: none)."""

    __slots__ = ("entry", "next")

    def __init__(self) -> None:
        self.entry = -1
        self.next: dict[tuple[str, int], _Node] = {}


class Known(msgspec.Struct, frozen=True, eq=False):
    """What the lexicon knows of a written form: trigger readings, and classes as the token of a phrase."""

    forms: tuple[TriggerForm, ...]
    opens: dict[int, TriggerForm]  # classes of the host, for the first word of a phrase
    tokens: tuple[tuple[str, int], ...]  # (preposition, owner) without a conjunction, for later words
    guarded: bool = False  # some form is
    starts: bool = False  # a trigger or a phrase may start here
    follow: frozenset[tuple[str, int]] = frozenset()  # the tokens one of which must follow for a phrase,
    alone: bool = False  # unless the word is a phrase by itself


_NOTHING = Known((), {}, ())


class TriggerLexicon:
    """All triggers, looked up by written form (`lookup`) and by word sequence (`phrases`)."""

    def __init__(self, *tables: Table) -> None:
        self._layers: list[tuple[int, Table]] = []  # each table's owners are numbered from its base
        self._entries: dict[int, Entry] = {}
        self._known: Kept[int, Known] = Kept()
        self._contexts = Contexts()
        self._phrases: dict[int, dict[str, _Node]] = {}  # first token's class, then its preposition
        self._light: dict[int, str] = {}
        self._linked: dict[int, frozenset[str]] = {}
        self._lit_by: dict[int, set[tuple[str, int]]] = {}
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
        self._contexts.add(table.entries)
        for number, entry in enumerate(table.entries, base):
            self._entries[number] = entry
            if entry.light:
                self._linked[number] = frozenset(entry.light)

    def lookup(self, kind: WordType) -> tuple[TriggerForm, ...]:
        """Return the readings of a written form as a trigger, the likeliest first; () for most words."""
        return self._of(kind).forms

    def _of(self, kind: WordType) -> Known:
        return self._known.known(kind.number) or self._known.keep(kind.number, self._read(kind))

    def phrases(self, words: Words, i: int) -> PhraseMatch | None:
        """Return the longest trigger of several words that starts at word i, or None."""
        known = self._known.each(words.numbers, words.types, self._read)
        return self._phrase(known, i, words.sentences[words.sentence_of[i]].last)

    def _phrase(self, known: list[Known], i: int, end: int) -> PhraseMatch | None:
        here = known[i]
        if not here.alone and (i + 1 >= end or here.follow.isdisjoint(known[i + 1].tokens)):
            return None
        best: PhraseMatch | None = None
        for owner, opening in here.opens.items():
            for last, number in self._continued(known, i, end, owner, opening):
                if best is None or last > best.last:
                    best = PhraseMatch(i, last, self._as_phrase(opening, number))
        return best

    def scan(self, words: Words) -> list[Candidate]:
        """Return every candidate of a text in order: a phrase and the single words inside it each stand for
        themselves; the coder chooses (CODEBOOK section 2: the shortest word or fixed phrase)."""
        out: list[Candidate] = []
        known = self._known.each(words.numbers, words.types, self._read)
        around: Around | None = None
        for i in [i for i, here in enumerate(known) if here.starts]:
            here = known[i]
            if here.opens:
                found = self._phrase(known, i, words.sentences[words.sentence_of[i]].last)
                if found is not None:
                    out.append(Candidate(i, found.last, (found.form,)))
            forms = here.forms
            if here.guarded:
                around = around or Around(self._contexts, words)
                forms = tuple([f for f in forms if not f.guarded or around.fits(i, f, i + 1)])
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
        return Around(self._contexts, words).fits(i, form, last or i + 1)

    def _continued(
        self, known: list[Known], i: int, end: int, owner: int, opening: TriggerForm
    ) -> Iterator[tuple[int, int]]:
        """Yield (end word, entry) of the phrases that word i opens as a member of the class `owner`."""
        for preposition, node in self._phrases.get(owner, _NO_PHRASES).items():
            if preposition in ("", opening.preposition):
                yield from _walk(known, i + 1, end, node)
        lemma = self._light.get(owner)
        if lemma is not None and i + 1 < end:
            for preposition, noun in known[i + 1].tokens:
                allowed = self._linked.get(noun)
                if allowed is not None and (f"{lemma} {preposition}" if preposition else lemma) in allowed:
                    yield i + 2, noun

    def _as_phrase(self, opening: TriggerForm, number: int) -> TriggerForm:
        return msgspec.structs.replace(opening, entry=self._entries[number], number=number, phrase=True)

    def _read(self, kind: WordType) -> Known:
        """Try every reading of the written form, the least cut first; an owner counts once."""
        if kind.kind is not Kind.WORD or not self._may_be(possible_hosts(kind.key)):
            return _NOTHING  # most words: their readings are not asked for
        if not self._may_be([split.host for split in kind.splits]):
            return _NOTHING
        forms: dict[tuple[int, str], TriggerForm] = {}
        opens: dict[int, TriggerForm] = {}
        tokens: dict[tuple[str, int], None] = {}  # in the order met: no run differs from another
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
                    tokens[preposition, owner] = None
        if not (forms or opens or tokens):
            return _NOTHING
        found = tuple(forms.values())
        guarded = any(f.guarded for f in found)
        follow, alone = self._may_follow(opens) if opens else (_NOTHING.follow, False)
        return Known(found, opens, tuple(tokens), guarded, bool(found or opens), follow, alone)

    def _may_be(self, hosts: Iterable[str]) -> bool:
        """Say whether one of `hosts` is a form of the lexicon, with or without a pronoun."""
        for _, table in self._layers:
            forms, bound = table.forms, table.bound
            for host in hosts:
                if host in forms:
                    return True
                for suffix in _SUFFIXES.get(host[-1:], ()):
                    if host.endswith(suffix) and host[: -len(suffix)] in bound:
                        return True
        return False

    def _may_follow(self, opens: dict[int, TriggerForm]) -> tuple[frozenset[tuple[str, int]], bool]:
        """Return the tokens that may follow a word in a phrase, and whether it is one by itself."""
        follow: set[tuple[str, int]] = set()
        alone = False
        for owner, opening in opens.items():
            for preposition, node in self._phrases.get(owner, _NO_PHRASES).items():
                if preposition in ("", opening.preposition):
                    alone = alone or node.entry >= 0
                    follow.update(node.next)
            if owner in self._light:
                follow |= self._lit(owner)
        return frozenset(follow), alone

    def _lit(self, owner: int) -> set[tuple[str, int]]:
        """Return the tokens that a light verb makes an event of («نفذ هجوما», «قام بهجوم»)."""
        found = self._lit_by.get(owner)
        if found is None:
            found = self._lit_by[owner] = set()
            for noun, allowed in self._linked.items():
                for verb in allowed:
                    lemma, _, preposition = verb.partition(" ")
                    if lemma == self._light[owner]:
                        found.add((preposition, noun))
        return found

    def _cells(self, host: str) -> Iterator[tuple[int, Features, str]]:
        """Yield (owner, features, pronoun) of the forms spelled `host`, then of those before a pronoun."""
        for base, table in self._layers:
            for cell in table.forms.get(host, ()):
                yield base + cell // WIDTH, table.features[cell % WIDTH], ""
            for suffix in _SUFFIXES.get(host[-1:], ()):
                if host.endswith(suffix) and len(host) - len(suffix) >= 2:
                    for cell in table.bound.get(host[: -len(suffix)], ()):
                        yield base + cell // WIDTH, table.features[cell % WIDTH], suffix


def _walk(known: list[Known], i: int, end: int, node: _Node) -> Iterator[tuple[int, int]]:
    """Yield (end word, entry) of the phrases that go on from `node` at word i."""
    if node.entry >= 0:
        yield i, node.entry
    if i < end and node.next:
        for token in known[i].tokens:
            following = node.next.get(token)
            if following is not None:
                yield from _walk(known, i + 1, end, following)


@lru_cache(maxsize=1)
def _table() -> Table:
    return msgspec.json.decode((DATA / "triggers.json").read_bytes(), type=Table)


@lru_cache(maxsize=1)
def _built_in() -> TriggerLexicon:
    return TriggerLexicon(_table())


__all__ = ["Candidate", "PhraseMatch", "TriggerForm", "TriggerLexicon", "check"]
