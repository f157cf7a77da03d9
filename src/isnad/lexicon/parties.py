"""The party lexicon: what a word can say about a party, looked up once a written form.

Sources are the YAML files under data/ (countries, framing, outlets, parties/*); a user adds directories of
YAML files with the same sections.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from isnad.lexicon.faults import LexiconFault
from isnad.lexicon.party_compile import (
    COMPILED,
    MARKS,
    SECTIONS,
    Builder,
    built_in_files,
    compile_files,
    load_yaml,
)
from isnad.lexicon.party_schema import DOING_WORDS, Compiled, CountryEntry, Entry, OutletEntry, PartyEntry
from isnad.text import Words, WordType
from isnad.text.kept import Kept
from isnad.text.words import Kind

#: Key of a trie node under which the meanings of the name that ends there stand.
END = ""
Node = dict[str, Any]
_ORDER = "block name choice person country organ title people member nisba frame filler count link"
_RANK = {role: n for n, role in enumerate(_ORDER.split())}  # which meaning of a form is tried first
Told = tuple[int, str]  # number of a doing, which of its word lists
Start = tuple[Node, str]  # trie node after the word, clitics cut from the word


class Opening(msgspec.Struct, frozen=True, eq=False):
    """Where names that begin with a word go on; `opens`: a phrase may begin with it.

    It is a number, or a form that is more than a joining word.
    """

    starts: tuple[Start, ...] = ()
    opens: bool = False


_NO_OPENING = Opening()


class PartyLexicon:
    """Names, heads and loaded words of parties; safe to share between texts and threads."""

    def __init__(self, compiled: Compiled) -> None:
        self.framing = compiled.framing
        self.given = frozenset(compiled.given)
        #: Folded words that are no party where they stand alone.
        self.lone = frozenset(compiled.lone)
        self.shorts = {k: frozenset(v) for k, v in compiled.shorts.items()}
        self.proxies = compiled.proxies
        self.doings = compiled.doings
        self.parties: dict[str, PartyEntry] = compiled.parties
        self.countries: dict[str, CountryEntry] = compiled.countries
        self.outlets: dict[str, OutletEntry] = compiled.outlets
        self._root: Node = {}
        self._loaded: Kept[int, tuple[str, int] | bool] = Kept()
        self._openings: Kept[int, Opening] = Kept()
        self._told: Kept[int, tuple[Told, ...]] = Kept()
        self._telling: dict[str, tuple[Told, ...]] = {}
        for n, doing in enumerate(compiled.doings):
            for part in DOING_WORDS:
                for key in getattr(doing, part):
                    self._telling[key] = (*self._telling.get(key, ()), (n, part))
        for form, meanings in compiled.forms.items():
            node = self._root
            for key in form.split(" "):
                node = node.setdefault(key, {})
            found = [(compiled.entries[n], flags) for n, flags in meanings]
            node[END] = sorted(found, key=_rank) if len(found) > 1 else found

    @classmethod
    def load(cls, *dirs: Path | str) -> PartyLexicon:
        """Return the built-in lexicon with the YAML files of `dirs` added, in order.

        Raises msgspec.ValidationError or yaml.YAMLError on a broken user file; `check` tells which line.
        """
        if not dirs and COMPILED.exists():
            return cls(msgspec.json.decode(COMPILED.read_bytes(), type=Compiled))
        files = [*built_in_files(), *(f for d in dirs for f in sorted(Path(d).glob("*.yaml")))]
        return cls(compile_files(files))

    def starts(self, word: WordType) -> tuple[Start, ...]:
        """Return where names that begin with `word` go on, uncut reading first; () where none does."""
        known = self._openings.known(word.number) or self._openings.keep(word.number, self._opening(word))
        return known.starts

    def _find_starts(self, word: WordType) -> tuple[Start, ...]:
        hosts = {word.key: ""}
        for split in word.splits:
            hosts.setdefault(split.host, split.conjunction + split.preposition)
        found = [(self._root[h], cut) for h, cut in hosts.items() if h in self._root]
        return tuple(sorted(found, key=lambda start: len(start[1])))

    def openings(self, words: Words) -> list[Opening]:
        """Return for each word of a text the names that begin with it."""
        return self._openings.each(words.numbers, words.types, self._opening)

    def _opening(self, word: WordType) -> Opening:
        starts = self._find_starts(word)
        if not starts and word.kind is not Kind.NUMBER:
            return _NO_OPENING
        return Opening(starts, word.kind is Kind.NUMBER or any(_opens(node) for node, _ in starts))

    def loaded(self, word: WordType) -> tuple[str, int] | None:
        """Return (role, letters cut before it) of a loaded word, None for any other word."""
        known = self._loaded.get(word.number)
        if known is None:
            known = self._loaded.known(word.number)
        if known is None:
            known = self._loaded.keep(word.number, self._find_loaded(word) or False)
        return known or None  # type: ignore[return-value]  # never True

    def _find_loaded(self, word: WordType) -> tuple[str, int] | None:
        if word.key in self.framing:
            return self.framing[word.key], 0
        for split in word.splits:
            if split.host in self.framing:
                return self.framing[split.host], cut_length(word, split.conjunction + split.preposition)
        return None

    def told_by(self, word: WordType) -> tuple[Told, ...]:
        """Return the doings whose lists hold the word, clitics before it left out; () for most words."""
        known = self._told.get(word.number)
        if known is None:
            known = self._told.known(word.number)
        return known if known is not None else self._told.keep(word.number, self._find_told(word))

    def _find_told(self, word: WordType) -> tuple[Told, ...]:
        hosts = (word.key, *(split.host for split in word.splits))
        return next((self._telling[host] for host in hosts if host in self._telling), ())

    def party(self, id: str) -> PartyEntry | None:
        """Return the entry of a named party, None for an id that is only composed (ISO3.sector) or
        unknown.
        """
        return self.parties.get(id)

    def outlet_country(self, outlet: str | None) -> str | None:
        """Return the home country of an outlet, None where it is unknown or speaks for no country."""
        entry = self.outlets.get(outlet or "")
        return entry.country if entry else None


def cut_length(word: WordType, cut: str) -> int:
    """Return how many code points of the written word the clitics `cut` take, where they can be taken off.

    A preposition welded to the article (للجيش «to the army») cannot; then only the conjunction is.
    """
    if cut.endswith("ل") and word.key[len(cut) :].startswith("ل"):  # to
        cut = cut[:-1]
    return len(cut) if word.surface.startswith(cut) else 0


def _rank(meaning: tuple[Entry, int]) -> tuple[bool, int]:
    return meaning[0].needs, _RANK[meaning[0].role]


def _opens(node: Node) -> bool:
    return any(
        any(entry.role not in ("filler", "link") for entry, _ in below) if key == END else _opens(below)
        for key, below in node.items()
    )


def check(directory: Path | str) -> list[LexiconFault]:
    """Return what is wrong with the YAML files of a user directory; [] when all is well."""
    faults: list[LexiconFault] = []
    for path in sorted(Path(directory).glob("*.yaml")):
        faults.extend(_check_file(path))
    return faults


def _check_file(path: Path) -> list[LexiconFault]:
    import yaml  # only here and in the compiler: not needed to run on the built-in data

    try:
        content = load_yaml(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        return [LexiconFault(path.name, mark.line + 1 if mark else 1, f"not readable as YAML: {error}")]
    if not isinstance(content, dict):
        return [LexiconFault(path.name, 1, "a file must be a mapping of sections, such as parties: [...]")]
    out: list[LexiconFault] = []
    for section, value in content.items():
        if section not in SECTIONS:
            line = next(n for n, text in enumerate(_lines(path), 1) if text.startswith(str(section)))
            out.append(LexiconFault(path.name, line, f"unknown section {section}; known: {', '.join(SECTIONS)}"))
            continue
        for line, part in _parts(path, str(section), value):
            try:
                Builder().add_file({section: part})
            except (msgspec.ValidationError, KeyError, IndexError) as error:
                out.append(LexiconFault(path.name, line, f"{section}: {error}"))
    return out


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _parts(path: Path, section: str, value: object) -> list[tuple[int, object]]:
    """Return (line, one-entry section) for each entry, so that a fault names the line of its entry."""
    import yaml

    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert root is not None  # the file held a mapping
    nodes = {k.value: (k, v) for k, v in root.value}
    key, node = nodes[section]
    if isinstance(value, list):
        return [(n.start_mark.line + 1, [v]) for n, v in zip(node.value, value, strict=True)]
    if isinstance(value, dict):
        return [(n[0].start_mark.line + 1, {k: v}) for n, (k, v) in zip(node.value, value.items(), strict=True)]
    return [(key.start_mark.line + 1, value)]


__all__ = ["END", "MARKS", "Entry", "PartyLexicon", "check"]
