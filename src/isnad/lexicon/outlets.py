"""The outlets: who publishes, from which addresses, under which names, and on whose side by a cited source.

Sources are `data/outlets/*.yaml`; a user adds folders of files of the same form (docs/outlets.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

import msgspec
import yaml

from isnad.lexicon.faults import LexiconFault
from isnad.text import fold

Kind = Literal["agency", "newspaper", "tv", "radio", "site", "monitor", "party-media", "telegram", "platform"]
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_SIDE = re.compile(r"[A-Z]{3}\.[a-z]+|[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_WORD = re.compile(r"[\W_]+")


class OutletError(ValueError):
    """An outlet file is broken; the message names file, line and fault."""


class Outlet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One outlet.

    `id` is in kebab-case and never changes.  `ar` and `en` are its names, `aliases` further ones as cited in bylines.
    `domains` cover their subdomains.  `country` is an ISO 3166 alpha-3 code, None where it speaks for no one country.
    `side` is the id or side of a party of the lexicon, only with `source`, a short citation; None says nothing known.
    """

    id: str
    ar: str
    en: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    side: str | None = None
    source: str | None = None


class Outlets:
    """The outlets by id, domain and name; safe to share."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.by_id: dict[str, Outlet] = {}
        self._domains: dict[str, Outlet] = {}
        self._names: dict[str, tuple[Outlet, ...]] = {}
        for outlet in outlets:
            self.by_id[outlet.id] = outlet
            self._domains.update(dict.fromkeys(outlet.domains, outlet))
            for key in {name_key(name) for name in (outlet.ar, outlet.en, *outlet.aliases)}:
                self._names[key] = (*self._names.get(key, ()), outlet)

    @classmethod
    def load(cls, *dirs: Path | str) -> Outlets:
        """Return the built-in outlets with those of `dirs` added.

        Raises OutletError when a file of `dirs` is broken; `check` names every fault.
        """
        if not dirs:
            return _built_in()
        files = [*_built_in_files(), *(f for d in dirs for f in sorted(Path(d).glob("*.yaml")))]
        outlets, faults = _read(files)
        if faults:
            raise OutletError(str(faults[0]))
        return cls(outlets)

    def get(self, outlet_id: str) -> Outlet | None:
        """Return the outlet with this id, or None."""
        return self.by_id.get(outlet_id)

    def at(self, address: str | None) -> Outlet | None:
        """Return the outlet of a domain or URL: that of the host, or of the nearest host above it; or None."""
        host = host_of(address)
        while host and "." in host:
            if host in self._domains:
                return self._domains[host]
            host = host.partition(".")[2]
        return None

    def named(self, name: str) -> tuple[Outlet, ...]:
        """Return the outlets of this name in any spelling: () when unknown, several when the name is shared."""
        return self._names.get(name_key(name), ())

    def find(self, given: str | None, *, address: str | None = None) -> Outlet | None:
        """Return the outlet that is meant by an id, domain, URL or name as given; `address` decides a shared name.

        None when it is unknown, or when a shared name stays open.
        """
        here = self.at(address)
        if not given:
            return here
        found = self.get(given) or self.at(given)
        if found:
            return found
        named = self.named(given)
        if len(named) > 1:
            return here if here in named else None
        return named[0] if named else here

    def __iter__(self) -> Any:
        """Yield the outlets in the order of the files."""
        return iter(self.by_id.values())

    def __len__(self) -> int:
        """Return how many outlets there are."""
        return len(self.by_id)


def host_of(address: str | None) -> str | None:
    """Return the host of a URL or bare domain in lower case, without `www.` and port; None where there is none."""
    if not address:
        return None
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None
    return host.rstrip(".").removeprefix("www.") if host else None


def name_key(name: str) -> str:
    """Return the look-up key of a name: folded, lower case, only letters and digits."""
    return _NOT_WORD.sub("", fold(name)).lower()


def check(directory: Path | str) -> list[LexiconFault]:
    """Return what is wrong with the outlet files of a directory, also against the built-in ones; [] when all is well.

    The built-in directory itself is checked alone.
    """
    own = sorted(Path(directory).glob("*.yaml"))
    built_in = [f for f in _built_in_files() if not any(_same_file(f, o) for o in own)]
    names = {path.name for path in own}
    return [fault for fault in _read([*(built_in if len(built_in) > len(own) else []), *own])[1] if fault.file in names]


class _File(Protocol):
    """A file to read: a path, or a resource of the package."""

    @property
    def name(self) -> str: ...
    def read_text(self, encoding: str) -> str: ...


@cache
def _built_in() -> Outlets:
    outlets, faults = _read(_built_in_files())
    if faults:
        raise OutletError(str(faults[0]))
    return Outlets(outlets)


def _built_in_files() -> list[_File]:
    folder = resources.files("isnad.lexicon") / "data" / "outlets"
    return sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)


def _same_file(one: _File, other: Path) -> bool:
    return isinstance(one, Path) and one.resolve() == other.resolve()


def _read(files: Iterable[_File]) -> tuple[list[Outlet], list[LexiconFault]]:
    outlets: list[Outlet] = []
    faults: list[LexiconFault] = []
    seen: dict[str, str] = {}
    for file in files:
        rows, broken = _rows(file)
        faults.extend(broken)
        for line, row in rows:
            try:
                outlet = msgspec.convert(row, Outlet)
            except msgspec.ValidationError as error:
                faults.append(LexiconFault(file.name, line, f"outlet: {error}"))
                continue
            found = [*_wrong(outlet), *_twice(outlet, seen, f"{file.name}:{line}")]
            faults.extend(LexiconFault(file.name, line, message) for message in found)
            outlets.append(outlet)
    return outlets, faults


def _rows(file: _File) -> tuple[list[tuple[int, Any]], list[LexiconFault]]:
    """Return (line, entry) for each outlet of a file, and what keeps it from being read."""
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        return [], [LexiconFault(file.name, mark.line + 1 if mark else 1, f"not readable as YAML: {error}")]
    if not isinstance(root, yaml.MappingNode) or [k.value for k, _ in root.value] != ["outlets"]:
        return [], [LexiconFault(file.name, 1, "a file must be one mapping, outlets: [...]")]
    entries = root.value[0][1]
    if not isinstance(entries, yaml.SequenceNode):
        return [], [LexiconFault(file.name, entries.start_mark.line + 1, "outlets must be a list")]
    make = yaml.SafeLoader("")
    return [(node.start_mark.line + 1, make.construct_object(node, deep=True)) for node in entries.value], []


def _wrong(outlet: Outlet) -> list[str]:
    """Return what is wrong with one outlet by itself."""
    out = []
    if not _ID.fullmatch(outlet.id):
        out.append(f"the id {outlet.id!r} is not in kebab-case")
    out += [
        f"{outlet.id}: {name!r} is not a name" for name in (outlet.ar, outlet.en, *outlet.aliases) if not name_key(name)
    ]
    out += [
        f"{outlet.id}: {d!r} is not a bare domain"
        for d in outlet.domains
        if not _DOMAIN.fullmatch(d) or d.startswith("www.")
    ]
    if outlet.country is not None and not _COUNTRY.fullmatch(outlet.country):
        out.append(f"{outlet.id}: {outlet.country!r} is not a country of three capitals")
    if outlet.side is not None and not _SIDE.fullmatch(outlet.side):
        out.append(f"{outlet.id}: {outlet.side!r} is not the id of a party or side")
    if outlet.side is not None and not outlet.source:
        out.append(f"{outlet.id}: a side needs its source")
    return out


def _twice(outlet: Outlet, seen: dict[str, str], here: str) -> list[str]:
    out = []
    for what, value in (("id", outlet.id), *(("domain", d) for d in outlet.domains)):
        before = seen.setdefault(f"{what} {value}", here)
        if before != here:
            out.append(f"the {what} {value} stands already at {before}")
    return out


__all__ = ["Kind", "Outlet", "OutletError", "Outlets", "check", "host_of", "name_key"]
