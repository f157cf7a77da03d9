"""From trigger entries to a table of every written form, and the command that writes the built-in table.

    python -m isnad.lexicon.trigger_compile            # rebuild lexicon/data/triggers.json
    python -m isnad.lexicon.trigger_compile --check [DIR]   # only name the faults

A table cell is one integer: owner * WIDTH + number of the features.  Owners below `len(entries)` are entries,
the others are classes: sets of forms that serve as tokens of phrases (see `Step`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from isnad.lexicon.faults import LexiconFault
from isnad.lexicon.morphology import (
    Features,
    Inflected,
    derived_present,
    noun_forms,
    participle_forms,
    verb_forms,
)
from isnad.lexicon.trigger_schema import Entry, Source, read_directory
from isnad.text import fold

WIDTH = 512  # more than the number of distinct features
DATA = Path(__file__).parent / "data"
_TOKEN = re.compile(r"(?P<prefix>[بلك]?)(?:\{(?P<verb>[^}]+)\}|<(?P<noun>[^>]+)>)|(?P<plain>\S+)")
_PREPOSITIONS = ("", "ب", "ل", "ك")  # written together with the noun: by, to, as
_PLAIN = Features("phrase-part", "")


class Step(msgspec.Struct, frozen=True, array_like=True):
    """A token of a phrase: the preposition written with it ("" for none) and the class of its host."""

    preposition: str
    owner: int


class Phrase(msgspec.Struct, frozen=True, array_like=True):
    """A fixed phrase: the entry it stands for and its tokens."""

    entry: int
    steps: tuple[Step, ...]


class Table(msgspec.Struct):
    """The compiled lexicon.  `light` names each light verb's class; `forms` and `bound` map keys to cells."""

    generated_by: str = "python -m isnad.lexicon.trigger_compile"
    entries: list[Entry] = []
    classes: list[str] = []
    light: dict[str, int] = {}
    features: list[Features] = []
    phrases: list[Phrase] = []
    forms: dict[str, list[int]] = {}
    bound: dict[str, list[int]] = {}


class Compiler:
    """Collects the forms of entries and classes; `table` and `faults` are the outcome."""

    def __init__(self, sources: list[Source], parts: list[Source]) -> None:
        self.table = Table(entries=[s.entry for s in sources])
        self.faults: list[LexiconFault] = []
        self._features: dict[Features, int] = {}
        self._owners: dict[str, int] = {}
        self._verbs = {s.entry.lemma: s for s in (*sources, *parts) if s.verb is not None}
        for number, source in enumerate(sources):
            self._entry(number, source)
        self.table.features = list(self._features)

    def _entry(self, number: int, source: Source) -> None:
        forms = [*_own_verb(source), *_nouns(source.nouns)]
        forms.extend(f for p in source.participles for f in _participle(p))
        self._put(number, forms)
        for lemma in source.entry.light:
            bare, _, preposition = lemma.partition(" ")
            if bare not in self._verbs or preposition not in _PREPOSITIONS:
                self._fault(source, f"light verb {lemma!r} is no verb of any file (with ب or ل)")
            else:
                self.table.light[bare] = self._verb_class(bare)
        for phrase in source.phrases:
            steps = self._steps(phrase, source)
            if steps:
                self.table.phrases.append(Phrase(number, steps))

    def _steps(self, phrase: str, source: Source) -> tuple[Step, ...]:
        steps: list[Step] = []
        for match in _TOKEN.finditer(phrase):
            verb, noun, plain = match["verb"], match["noun"], match["plain"]
            if verb and verb not in self._verbs:
                self._fault(source, f"{verb!r} in phrase {phrase!r} is no verb of any file")
                return ()
            if verb:
                steps.append(Step(match["prefix"], self._verb_class(verb)))
            elif noun:
                steps.append(Step(match["prefix"], self._class(f"<{noun}>", _nouns((noun,)))))
            else:
                words = (Inflected(w, _PLAIN) for w in plain.split("|"))
                steps.append(Step("", self._class(plain, words)))
        return tuple(steps)

    def _verb_class(self, lemma: str) -> int:
        source = self._verbs[lemma]
        return self._class("{" + lemma + "}", [*_own_verb(source), *_nouns(source.nouns)])

    def _class(self, name: str, forms: Iterable[Inflected]) -> int:
        owner = self._owners.get(name)
        if owner is None:
            owner = self._owners[name] = len(self.table.entries) + len(self.table.classes)
            self.table.classes.append(name)
            self._put(owner, forms)
        return owner

    def _put(self, owner: int, forms: Iterable[Inflected]) -> None:
        seen: set[tuple[str, str, bool]] = set()
        for inflected in forms:
            number = self._features.setdefault(inflected.features, len(self._features))
            # one owner once a form and part of speech: the first features generated are the commonest
            written = fold(inflected.form)
            key = (written, inflected.features.pos, inflected.bound)
            if key not in seen:
                seen.add(key)
                cells = self.table.bound if inflected.bound else self.table.forms
                cells.setdefault(written, []).append(owner * WIDTH + number)

    def _fault(self, source: Source, message: str) -> None:
        self.faults.append(LexiconFault(source.file, source.line, message))


def _own_verb(source: Source) -> Iterator[Inflected]:
    if source.verb is None:
        return
    verb = dict(source.verb)
    past = verb.get("past") or source.entry.lemma
    present = verb.get("present") or derived_present(past, verb.get("form") or "I")
    forms = verb_forms(
        past,
        present,
        passive=bool(verb.get("passive", True)),
        passive_past=verb.get("passive_past") or "",
        passive_present=verb.get("passive_present") or "",
    )
    # a verb with neither passive nor object takes no pronoun: سيطرتهم is «their control» alone
    intransitive = verb.get("passive") is False and source.entry.types[0][0] and not source.entry.frame.object
    yield from (f for f in forms if not (intransitive and f.bound))


def _nouns(nouns: Iterable[str]) -> Iterator[Inflected]:
    for noun in nouns:
        singular, *plurals = (n.strip() for n in noun.split("/"))
        yield from noun_forms("" if singular == "-" else singular, tuple(plurals))


def _participle(noun: str) -> Iterator[Inflected]:
    singular, *plurals = (n.strip() for n in noun.split("/"))
    yield from participle_forms(singular)
    yield from noun_forms("", tuple(plurals), pos="participle")


def compile_directory(directory: Path, parts_from: Path | None = None) -> tuple[Table, list[LexiconFault]]:
    """Return the table of the YAML files of `directory` and their faults; faulty entries are left out.

    `parts_from`: another directory whose verbs may be used in phrases (an overlay uses the built-in ones).
    """
    sources, parts, faults = read_directory(directory)
    if parts_from is not None and parts_from != directory:
        others, more, _ = read_directory(parts_from)
        parts = [*others, *more, *parts]
    compiler = Compiler(sources, parts)
    return compiler.table, sorted([*faults, *compiler.faults])


def check(directory: Path) -> list[LexiconFault]:
    """Return the faults of the trigger files in `directory`: file, line, message.  Empty when all is well."""
    return compile_directory(directory, DATA / "triggers")[1]


def main(arguments: list[str]) -> int:
    """Check trigger files, or rebuild the generated table.  Exit status 1 when there are faults."""
    given = [Path(a) for a in arguments if a != "--check"]
    table, faults = compile_directory(given[0] if given else DATA / "triggers", DATA / "triggers")
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    if "--check" not in arguments and not faults:
        (DATA / "triggers.json").write_bytes(msgspec.json.encode(table) + b"\n")
        counts = (len(table.entries), len(table.forms), len(table.phrases))
        sys.stdout.write("{} entries, {} forms, {} phrases\n".format(*counts))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
