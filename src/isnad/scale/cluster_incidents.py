"""The join of incidents over a folder of coded parts: the same incidents as on one machine, byte for byte.

Texts and events stay with the workers.  The process that joins holds of every telling its key, its article and its
events, and what the workers found; families of events have nothing to do with each other, so that each is grouped by
one worker.  Every step writes files that appear whole; a run that is killed is taken up where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from isnad.scale.cluster import do_parts, each
from isnad.scale.cluster_tasks import (
    LOOSE,
    Index,
    Wanted,
    build_part,
    group_family,
    loose_part,
    read_groups,
    sort_part,
    tell_part,
)
from isnad.scale.parts import JSONL, Part, list_parts, stem_of, sweep, write_whole
from isnad.scale.slices import read_slices
from isnad.weigh.drafts import Draft, Drafts, Grouped, drafts_of
from isnad.weigh.registry import Registry
from isnad.weigh.scoring import Weights
from isnad.weigh.stated import Stated

if TYPE_CHECKING:
    from distributed import Client

_WORK = "tellings 1"
REGISTRY = "_registry.json"
_A_PART = 2_000  # incidents of a part, unless told otherwise
Step = Callable[[str, int, int], None]


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """What a join made: counts, the registry of ids to be kept, and the files of the incidents in order."""

    articles: int
    incidents: int
    loose: int
    registry: Registry
    files: list[Path]


class _Known(msgspec.Struct):
    """What is known of all tellings: file and family of each key, doc_id and events of those of happenings."""

    files: list[Path]
    gone: list[list[str]]
    home: dict[str, int]
    families: set[str]
    events: dict[str, tuple[str, tuple[int, ...]]]
    stated: dict[str, list[Stated]]
    articles: int


def join_incidents(
    client: Client,
    source: Path,
    target: Path,
    *,
    registry: Registry | None = None,
    reprints: Mapping[str, str] | None = None,
    weights: Weights | None = None,
    format_: str = JSONL,
    size: int = _A_PART,
    step: Step | None = None,
) -> Joined:
    """Group the coded articles under `source` into incidents, written as parts of `size` into `target`.

    The parts hold the incidents in the order of their ids.  `registry` keeps the ids given before; without it that of
    the last run into `target` is taken.  `reprints` names for a doc_id the group of reprints it is in.  `step` is told
    what goes on, how much of it is done, and of how much.
    """
    tell_step = step or (lambda _name, _done, _of: None)
    target.mkdir(parents=True, exist_ok=True)
    sources = list_parts([source])
    known = _told(client, sources, target / "_tellings", tell_step)
    groups = _grouped(client, known, reprints or {}, weights, tell_step)
    found = drafts_of(groups, known.events, known.stated, registry or _registry(target) or Registry())
    files = _written(client, sources, known, found, target, format_, size, tell_step)
    write_whole(target / REGISTRY, msgspec.json.encode(found.registry))
    return Joined(
        articles=known.articles,
        incidents=len(found.drafts),
        loose=len(found.loose),
        registry=found.registry,
        files=files,
    )


def _registry(target: Path) -> Registry | None:
    path = target / REGISTRY
    return msgspec.json.decode(path.read_bytes(), type=Registry) if path.exists() else None


def _told(client: Client, sources: Sequence[Path], folder: Path, step: Step) -> _Known:
    """Have all parts read; of a document that stands in several parts the last one counts."""
    parts = {f"{stem_of(path)}.tellings": path for path in sources}
    count = iter(range(1, len(parts) + 1))

    def one_more(_file: str, _part: Part) -> None:
        step("reading", next(count), len(parts))

    done = do_parts(client, tell_part, parts, folder, name=_WORK, done=one_more)
    files = [folder / file for file in done.parts]
    heads = [read_slices(file, ("index", "documents")) for file in files]
    last: dict[str, int] = {}
    for n, head in enumerate(heads):
        last |= dict.fromkeys(msgspec.msgpack.decode(head["documents"], type=list[str]), n)
    known = _Known(files, [], {}, set(), {}, {}, len(last))
    for n, head in enumerate(heads):
        index = msgspec.msgpack.decode(head["index"], type=Index)
        known.gone.append(sorted({row[1] for row in index.rows if last[row[1]] != n}))
        for key, doc_id, events, family, happening in index.rows:
            if last[doc_id] == n:
                known.home[key] = n
                known.families.add(family)
                if happening:
                    known.events[key] = (doc_id, events)
        known.stated |= {doc_id: stated for doc_id, stated in index.stated.items() if last[doc_id] == n}
    return known


def _grouped(
    client: Client, known: _Known, copies: Mapping[str, str], weights: Weights | None, step: Step
) -> list[Grouped]:
    calls = {family: (family, known.files, known.gone, dict(copies), weights) for family in sorted(known.families)}
    out = []
    for _, encoded in each(client, group_family, calls):
        out.append(read_groups(encoded))
        step("grouping", len(out), len(calls))
    return out


def _written(
    client: Client,
    sources: Sequence[Path],
    known: _Known,
    found: Drafts,
    target: Path,
    format_: str,
    size: int,
    step: Step,
) -> list[Path]:
    """Have the incidents built and written; return their files in order.  Files of an earlier run are removed."""
    cuts = {
        f"incidents-{n:05d}.{format_}": found.drafts[at : at + size]
        for n, at in enumerate(range(0, len(found.drafts), size))
    }
    pieces = _sorted(client, sources, known, _keys(cuts, found.loose), target / "_sorted", step)
    builds = {name: (name, pieces[name], msgspec.msgpack.encode(cut), target / name) for name, cut in cuts.items()}
    for n, _ in enumerate(each(client, build_part, builds), start=1):
        step("building", n, len(builds))
    loose = (pieces[LOOSE], msgspec.msgpack.encode(found.loose), target / "_loose.jsonl")
    for _ in each(client, loose_part, {LOOSE: loose}):
        step("building", len(builds), len(builds))
    old = {*target.glob("incidents-*.jsonl"), *target.glob("incidents-*.parquet")}
    for left in (old - {target / name for name in cuts}) | {file for files in pieces.values() for file in files}:
        left.unlink(missing_ok=True)
    sweep(target)
    return [target / name for name in cuts]


def _keys(cuts: Mapping[str, Sequence[Draft]], loose: Sequence[str]) -> dict[str, list[str]]:
    """Return the tellings that each part of incidents is made of."""
    return {name: [k for d in cut for k in (*d.keys, *d.beside)] for name, cut in cuts.items()} | {LOOSE: list(loose)}


def _sorted(
    client: Client, sources: Sequence[Path], known: _Known, keys: Mapping[str, Sequence[str]], folder: Path, step: Step
) -> dict[str, list[Path]]:
    """Have the events of each part of articles sorted by the parts of incidents that need them; return their files."""
    folder.mkdir(exist_ok=True)
    wanted: list[dict[str, list[str]]] = [{} for _ in sources]
    for name, some in keys.items():
        for key in some:
            wanted[known.home[key]].setdefault(name, []).append(key)
    files = [folder / f"{stem_of(path)}.sorted" for path in sources]
    calls = {
        path.name: (path, known.files[n], files[n], msgspec.msgpack.encode(Wanted(wanted[n])))
        for n, path in enumerate(sources)
        if wanted[n]
    }
    for n, _ in enumerate(each(client, sort_part, calls), start=1):
        step("sorting", n, len(calls))
    return {name: [files[n] for n, asked in enumerate(wanted) if name in asked] for name in keys}


__all__ = ["REGISTRY", "Joined", "join_incidents"]
