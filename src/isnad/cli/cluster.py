"""`--cluster ADDRESS`: the work of a command on a Dask cluster, from a folder of parts into another."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from isnad.cli.coders import coder_maker
from isnad.cli.report import Run
from isnad.coding.version import version_of
from isnad.errors import Fault, UsageError
from isnad.ingest import Received, read_articles
from isnad.ingest.jsonl import read_line
from isnad.model import Article, CodedArticle
from isnad.scale.parts import JSONL, PARQUET, Part, format_of, list_parts, read_lines, state_of, stem_of, write_lines
from isnad.settings import Settings

if TYPE_CHECKING:
    from isnad.coding import Coder
    from isnad.scale.cluster_incidents import Joined

_PLAIN = tuple(name for name in CodedArticle.__struct_fields__ if name != "events")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker has to know to code a part as this machine would."""

    published: str | None
    outlet: str | None
    lexicon: tuple[str, ...]
    settings: Settings


def code_on(
    address: str, paths: Sequence[str], *, output: Path | None, format_: str | None, options: Options, run: Run
) -> bool:
    """Code the part files of `paths` on the cluster into the folder `output`; return whether something was skipped.

    UsageError for what a cluster cannot take; ClusterError where the cluster fails.
    """
    from isnad.scale.cluster import connected, do_parts

    if output is None or (output.exists() and not output.is_dir()):
        raise UsageError("--cluster writes a folder of parts: give -o FOLDER")
    if format_ not in (None, JSONL, PARQUET):
        raise UsageError(f"--cluster writes {JSONL} or {PARQUET}, not {format_}")
    coder_maker([Path(name) for name in options.lexicon], options.settings)  # refuses a folder that is not there
    sources = list_parts([Path(path).absolute() for path in paths])
    if output.absolute() in {source.parent for source in sources}:
        raise UsageError(f"{output}: the parts that are read lie there; give another folder")
    files = {f"{stem_of(source)}.{format_ or JSONL}": source for source in sources}
    version = version_of(options.lexicon, options.settings.places_dir)
    name = f"code 1; {version}; {format_ or JSONL}; {options.published}; {options.outlet}"
    work = partial(code_part, options=options, version=version)
    with connected(address) as client, run:
        do_parts(client, work, files, output.absolute(), name=name, done=lambda _file, part: _count(run, part))
    run.summary()
    return run.skipped > 0


def _count(run: Run, part: Part) -> None:
    run.articles += part.rows
    run.events += part.events
    for fault in part.faults:
        run.fault(fault)


def join_on(
    address: str, source: Path, target: Path, *, format_: str = JSONL, reprints: bool = True, quiet: bool = False
) -> Joined:
    """Group the coded parts under `source` into incidents on the cluster, as parts in the folder `target`.

    With `reprints` articles with one text are found first.
    """
    from isnad.scale.cluster import connected
    from isnad.scale.cluster_incidents import join_incidents
    from isnad.scale.cluster_reprints import join_reprints

    source, target = source.absolute(), target.absolute()
    with connected(address) as client:
        names = join_reprints(client, source, target / "_prints").names() if reprints else {}
        found = join_incidents(client, source, target, reprints=names, format_=format_, step=None if quiet else _say)
    if not quiet:
        counts = f"{found.articles:,} articles, {found.incidents:,} incidents, {found.loose:,} loose"
        print(f"isnad: {counts}", file=sys.stderr)
    return found


def _say(name: str, done: int, of: int) -> None:
    if done == of:
        print(f"isnad: {name}: {of:,} done", file=sys.stderr)


# ---- on the workers ---------------------------------------------------------------------------------------------


class _Heard(Run):
    """Keeps what would be said on the terminal."""

    def __init__(self) -> None:
        super().__init__(bar=False, quiet=True)
        self.faults: list[Fault] = []

    def fault(self, fault: Fault) -> None:
        """Keep what is wrong, and count it."""
        self.faults.append(fault)
        self.skipped += fault.skipped


def code_part(source: Path, target: Path, *, options: Options, version: str) -> Part:
    """Code one part into another as `isnad code` does, so that the outcome is the same (a task)."""
    from isnad.cli.code import code_all

    if (mine := version_of(options.lexicon, options.settings.places_dir)) != version:
        raise UsageError(f"a worker has {mine}, this is {version}: the same words and places are needed on both")
    coder = _coder(options.lexicon, options.settings)
    run = _Heard()
    plain = target.with_name(f".{target.name}.coded.part") if format_of(target) == PARQUET else target
    try:
        code_all(
            _articles(source, options),
            format_=JSONL,
            output=plain,
            workers=1,
            lexicon=(),
            settings=options.settings,
            run=run,
            make_coder=lambda: coder,
        )
        if plain != target:
            with plain.open("rb") as lines:
                stripped = (line.rstrip(b"\n") for line in lines)
                write_lines(target, stripped, columns=CodedArticle.__struct_fields__, plain=_PLAIN)
    finally:
        if plain != target:
            plain.unlink(missing_ok=True)
    size, changed = state_of(source)
    return Part(
        source=source.name, size=size, changed=changed, rows=run.articles, events=run.events, faults=tuple(run.faults)
    )


def _articles(source: Path, options: Options) -> Iterable[Received | Fault]:
    if format_of(source) != PARQUET:
        return read_articles([source], published=options.published, outlet=options.outlet, settings=options.settings)
    return _rows(source, Article(doc_id="", text="", published=options.published, outlet=options.outlet))


def _rows(source: Path, defaults: Article) -> Iterator[Received | Fault]:
    for number, line in enumerate(read_lines(source), start=1):
        found = read_line(line.decode(), path=str(source), number=number, defaults=defaults)
        if isinstance(found, Fault):
            yield found
        else:
            yield Received(**msgspec.structs.asdict(found), path=str(source), line=number)


@lru_cache(maxsize=2)
def _coder(lexicon: tuple[str, ...], settings: Settings) -> Coder:
    """Return the coder of this process; settings are frozen, so that they tell one from another."""
    return coder_maker([Path(name) for name in lexicon], settings)()


__all__ = ["Options", "code_on", "code_part", "join_on"]
