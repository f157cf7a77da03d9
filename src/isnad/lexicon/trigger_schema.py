"""The trigger files' form: YAML in, checked entries out, every fault with its file and line.

The schema is described for writers in `lexicon/data/triggers/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import yaml

from isnad.lexicon.faults import LexiconFault
from isnad.lexicon.morphology import FORMS
from isnad.model.plover import TYPES, is_mode
from isnad.text import fold

ROLES = ("actor", "recipient", "place", "theme", "count")
PARTS_FILE = "parts.yaml"
_LISTS = ("nouns", "participles", "light", "phrases", "needs", "before", "after", "not_before", "not_after")
_FLAGS = ("result", "munition", "weak")
_PLAIN_KEYS = ("lemma", "gloss", "root", "verb", "type", "mode", "types", "frame", "note")
_KEYS = frozenset((*_PLAIN_KEYS, *_LISTS, *_FLAGS))
_OTHER_KEYS = frozenset(("type", "mode", "when"))
_VERB_KEYS = frozenset(("past", "present", "form", "passive", "passive_past", "passive_present"))
_FRAME_KEYS = frozenset(("subject", "object", "construct", "prepositions", "mutual"))


class Frame(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who fills what: the roles of subject, object, construct and of each preposition (folded keys).

    `mutual`: both sides are alike, and stand in one phrase, with بين «between» or مع «with».
    """

    subject: str | None = None
    object: str | None = None
    construct: tuple[str, ...] = ()
    prepositions: dict[str, str] = {}
    mutual: bool = False


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One taught word or phrase.  `types` holds (type, mode) pairs, the likeliest first."""

    lemma: str
    gloss: str
    types: tuple[tuple[str, str | None], ...]
    frame: Frame = Frame()
    light: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    result: bool = False
    munition: bool = False
    weak: bool = False


class Source(msgspec.Struct, frozen=True):
    """An entry with the words it is to be generated from, as written in its file."""

    entry: Entry
    verb: dict[str, Any] | None
    nouns: tuple[str, ...]
    participles: tuple[str, ...]
    phrases: tuple[str, ...]
    file: str
    line: int


def read_directory(directory: Path) -> tuple[list[Source], list[Source], list[LexiconFault]]:
    """Return (trigger entries, parts for phrases, faults) of the YAML files of `directory`, by name."""
    entries: list[Source] = []
    parts: list[Source] = []
    faults: list[LexiconFault] = []
    for path in sorted(directory.glob("*.yaml")):
        (parts if path.name == PARTS_FILE else entries).extend(_read_file(path, faults))
    return entries, parts, faults


def _read_file(path: Path, faults: list[LexiconFault]) -> list[Source]:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        faults.append(LexiconFault(path.name, 1, f"not UTF-8: {error.reason}"))
        return []
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.append(LexiconFault(path.name, line, f"not YAML: {error.problem}"))
        return []
    if node is None:
        return []
    defaults: dict[str, Any] = {}
    if isinstance(node, yaml.MappingNode):
        parts = {key.value: value for key, value in node.value}
        for name in parts.keys() - {"defaults", "entries"}:
            faults.append(LexiconFault(path.name, parts[name].start_mark.line + 1, f"unknown key {name!r}"))
        if "defaults" in parts:
            defaults = _plain(parts["defaults"])
        node = parts.get("entries")
    if not isinstance(node, yaml.SequenceNode):
        faults.append(LexiconFault(path.name, 1, "a list of entries is expected"))
        return []
    return _read_entries(path.name, node, defaults, faults)


def _plain(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    return loader.construct_document(node)


def _read_entries(
    file: str, node: yaml.SequenceNode, defaults: dict[str, Any], faults: list[LexiconFault]
) -> list[Source]:
    out: list[Source] = []
    seen: dict[str, int] = {}
    for item in node.value:
        line = item.start_mark.line + 1
        raw = _plain(item)
        messages = list(_entry_faults(raw, defaults, file == PARTS_FILE))
        if isinstance(raw, dict) and isinstance(lemma := raw.get("lemma"), str):
            if lemma in seen:
                messages.append(f"lemma {lemma!r} stands already in line {seen[lemma]}")
            seen.setdefault(lemma, line)
        faults.extend(LexiconFault(file, line, message) for message in messages)
        if not messages:
            out.append(_source(file, line, {**defaults, **raw}, defaults))
    return out


def _entry_faults(raw: Any, defaults: dict[str, Any], is_part: bool) -> Iterable[str]:
    """Yield what is wrong with one entry."""
    if not isinstance(raw, dict):
        yield "an entry is a mapping with at least lemma and gloss"
        return
    for key in raw.keys() - _KEYS:
        yield f"unknown key {key!r}"
    for key in ("lemma", "gloss"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            yield f"{key} is missing or empty"
    for key in _LISTS:
        value = raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and fold(v).strip(" /") for v in value):
            yield f"{key} is a list of non-empty words"
    if not any(raw.get(key) for key in ("verb", "nouns", "participles", "phrases")):
        yield "no form: give verb, nouns, participles or phrases"
    yield from _verb_faults(raw.get("verb"))
    yield from _frame_faults(raw.get("frame"))
    if not is_part:
        yield from _type_faults({**defaults, **raw})


def _type_faults(raw: dict[str, Any]) -> Iterable[str]:
    others = raw.get("types") or []
    well = isinstance(others, list) and all(isinstance(o, dict) and o.keys() <= _OTHER_KEYS for o in others)
    if not well:
        yield "types is a list of {type, mode, when}"
        return
    for pair in ({"type": raw.get("type"), "mode": raw.get("mode")}, *others):
        if pair.get("type") not in TYPES:
            yield f"unknown type {pair.get('type')!r}"
        elif not is_mode(pair["type"], pair.get("mode")):
            yield f"{pair['type']} has no mode {pair.get('mode')!r}"


def _verb_faults(verb: Any) -> Iterable[str]:
    if verb is None or verb in FORMS:
        return
    if isinstance(verb, dict):
        for key in verb.keys() - _VERB_KEYS:
            yield f"unknown key {key!r} in verb"
        if verb.get("form") not in (None, *FORMS):
            yield f"verb form is one of {', '.join(FORMS)}"
        verb = verb.get("present") or "ي"
    if not isinstance(verb, str) or not verb.startswith("ي"):
        yield "verb is I ... X, the present (3rd masc. sing., with ي), or a mapping"


def _frame_faults(frame: Any) -> Iterable[str]:
    if frame is None:
        return
    if not isinstance(frame, dict):
        yield "frame is a mapping"
        return
    for key in frame.keys() - _FRAME_KEYS:
        yield f"unknown key {key!r} in frame"
    roles = [frame.get("subject"), frame.get("object"), *(frame.get("prepositions") or {}).values()]
    construct = frame.get("construct")
    roles.extend(construct if isinstance(construct, list) else [construct])
    for role in roles:
        if role is not None and role not in ROLES:
            yield f"unknown role {role!r}"


def _source(file: str, line: int, raw: dict[str, Any], defaults: dict[str, Any]) -> Source:
    pairs = [(raw.get("type") or "", raw.get("mode"))]
    pairs.extend((o["type"], o.get("mode")) for o in raw.get("types") or [])
    entry = Entry(
        lemma=raw["lemma"],
        gloss=raw["gloss"],
        types=tuple(dict.fromkeys(pairs)),
        frame=_frame(defaults.get("frame") or {}, raw.get("frame") or {}),
        light=tuple(raw.get("light") or ()),
        needs=_folded(raw, "needs"),
        before=_folded(raw, "before"),
        after=_folded(raw, "after"),
        not_before=_folded(raw, "not_before"),
        not_after=_folded(raw, "not_after"),
        result=bool(raw.get("result")),
        munition=bool(raw.get("munition")),
        weak=bool(raw.get("weak")),
    )
    verb = raw.get("verb")
    if isinstance(verb, str):
        verb = {"form": verb} if verb in FORMS else {"present": verb}
    return Source(
        entry=entry,
        verb=verb,
        nouns=tuple(raw.get("nouns") or ()),
        participles=tuple(raw.get("participles") or ()),
        phrases=tuple(raw.get("phrases") or ()),
        file=file,
        line=line,
    )


def _folded(raw: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in raw.get(key) or ())


def _frame(default: dict[str, Any], own: dict[str, Any]) -> Frame:
    merged = {**default, **own}
    prepositions = {**(default.get("prepositions") or {}), **(own.get("prepositions") or {})}
    construct = merged.get("construct") or ()
    return Frame(
        subject=merged.get("subject"),
        object=merged.get("object"),
        construct=(construct,) if isinstance(construct, str) else tuple(construct),
        prepositions={fold(k): v for k, v in prepositions.items() if v},
        mutual=bool(merged.get("mutual")),
    )
