"""What the workers do for the join of incidents: pure functions from files to files.

coded part ──tell──▶ tellings of the part, in a slice for each family
slices of one family ──group──▶ its clusters
coded part + what is wanted of it ──sort──▶ its events, in a slice for each part of incidents
slices of one part of incidents ──build──▶ the part
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import structs

from isnad.model import CodedArticle
from isnad.model.incidents import Incident
from isnad.scale.parts import Part, read_lines, state_of, write_lines, write_whole
from isnad.scale.slices import read_slice, write_slices
from isnad.weigh.assemble import members_of
from isnad.weigh.build import build
from isnad.weigh.drafts import Draft, Grouped, grouped
from isnad.weigh.families import HAPPENING
from isnad.weigh.grouping import Grouping
from isnad.weigh.kinds import built_in_kinds
from isnad.weigh.record import record_of
from isnad.weigh.scoring import Weights
from isnad.weigh.stated import Stated
from isnad.weigh.tellings import Telling
from isnad.weigh.told import Told, tell, with_one_string_each

#: Pieces of a file of tellings besides those of the families.
INDEX, STATED = "index", "stated"
#: The part of incidents that is none: what stands beside nothing.
LOOSE = "loose"
_Row = tuple[str, str, tuple[int, ...], str, bool]
_PLAIN = ("incident_id", "type", "mode")
_COLUMNS = ("incident_id", *Incident.__struct_fields__[1:])


class Index(msgspec.Struct, frozen=True):
    """What the join has to know of a part: key, doc_id, events and family of each telling, whether it is of a
    happening, and the links stated; `families` have a slice each."""

    rows: list[_Row]
    stated: dict[str, list[Stated]]


class Wanted(msgspec.Struct, frozen=True):
    """What is wanted of a part of articles: the keys of tellings for each part of incidents."""

    keys: dict[str, list[str]]


class Piece(msgspec.Struct, frozen=True):
    """Articles without their texts, and the tellings of theirs that are wanted."""

    articles: list[CodedArticle]
    tellings: list[Telling]


def coded_articles(path: Path) -> Iterable[CodedArticle]:
    """Yield the coded articles of a part."""
    return map(msgspec.json.Decoder(CodedArticle).decode, read_lines(path))


def tell_part(source: Path, target: Path) -> Part:
    """Write what the articles of a part tell, one slice a family.  Of two with one doc_id the later one counts."""
    last: dict[str, Told] = {}
    for article in coded_articles(source):
        last.pop(article.doc_id, None)
        last[article.doc_id] = tell(article)
    families: dict[str, list[Telling]] = {}
    rows: list[_Row] = []
    for told in last.values():
        for one in told.tellings:
            families.setdefault(one.family, []).append(one)
            rows.append((one.key, one.doc_id, one.events, one.family, one.part == HAPPENING))
    index = Index(rows, {doc_id: told.stated for doc_id, told in last.items() if told.stated})
    pieces = {f"family:{name}": msgspec.msgpack.encode(families[name]) for name in sorted(families)}
    documents = msgspec.msgpack.encode(list(last))
    write_slices(target, {INDEX: msgspec.msgpack.encode(index), "documents": documents, **pieces})
    size, changed = state_of(source)
    return Part(source=source.name, size=size, changed=changed, rows=len(last), events=len(rows))


def group_family(
    family: str, files: Sequence[Path], gone: Sequence[Sequence[str]], copies: dict[str, str], weights: Weights | None
) -> bytes:
    """Return the clusters of one family, encoded.

    `gone` are for each file the documents that a later file has anew, `copies` the groups of reprints by doc_id.
    """
    by_doc: dict[str, list[Telling]] = {}
    for file, left_out in zip(files, gone, strict=True):
        without = set(left_out)
        found = msgspec.msgpack.decode(read_slice(file, f"family:{family}") or b"\x90", type=list[Telling])
        for one in found:
            if one.doc_id not in without:
                copy = copies.get(one.doc_id)
                by_doc.setdefault(one.doc_id, []).append(one if copy is None else structs.replace(one, copy=copy))
    told = [with_one_string_each(Told(doc_id=d, tellings=found, stated=[])) for d, found in by_doc.items()]
    grouping = Grouping(kinds=built_in_kinds(), weights=weights)
    grouping.update({one.doc_id: one.tellings for one in told})
    return msgspec.msgpack.encode(grouped(grouping))


def read_groups(encoded: bytes) -> Grouped:
    """Return what `group_family` found."""
    return msgspec.msgpack.decode(encoded, type=Grouped)


def sort_part(source: Path, tellings: Path, target: Path, wanted: bytes) -> int:
    """Write the events of a part in slices, one for each part of incidents that wants them; return how many."""
    keys = msgspec.msgpack.decode(wanted, type=Wanted).keys
    index = msgspec.msgpack.decode(read_slice(tellings, INDEX) or b"", type=Index)
    families = {row[3] for row in index.rows}
    all_tellings = {
        one.key: one
        for name in sorted(families)
        for one in msgspec.msgpack.decode(read_slice(tellings, f"family:{name}") or b"\x90", type=list[Telling])
    }
    asked = {all_tellings[key].doc_id for some in keys.values() for key in some}
    articles = {a.doc_id: structs.replace(a, text="") for a in coded_articles(source) if a.doc_id in asked}
    pieces = {name: _piece([all_tellings[key] for key in some], articles) for name, some in keys.items()}
    write_slices(target, {name: msgspec.msgpack.encode(piece) for name, piece in pieces.items()})
    return len(asked)


def _piece(tellings: list[Telling], articles: dict[str, CodedArticle]) -> Piece:
    """Return tellings and their articles with no more than they need: the words that scored them are left out."""
    events: dict[str, set[int]] = {}
    for one in tellings:
        events.setdefault(one.doc_id, set()).update(one.events)
    found = [
        structs.replace(articles[doc_id], events=tuple(e for e in articles[doc_id].events if e.id in ids))
        for doc_id, ids in events.items()
    ]
    return Piece(found, [structs.replace(one, words=()) for one in tellings])


def build_part(name: str, files: Sequence[Path], drafts: bytes, target: Path) -> int:
    """Write one part of incidents from the slices of `files`; return how many."""
    articles, tellings = _gathered(name, files)
    found = msgspec.msgpack.decode(drafts, type=list[Draft])
    encoder, kinds = msgspec.json.Encoder(), built_in_kinds()
    lines = (
        encoder.encode(
            record_of(
                build(
                    draft.id,
                    [tellings[key] for key in draft.keys],
                    [tellings[key] for key in draft.beside],
                    articles=articles,
                    kinds=kinds,
                    links=draft.links,
                    merged=draft.merged,
                )
            )
        )
        for draft in found
    )
    write_lines(target, lines, columns=_COLUMNS, plain=_PLAIN)
    return len(found)


def loose_part(files: Sequence[Path], keys: bytes, target: Path) -> int:
    """Write the members that stand beside nothing, as JSONL; return how many."""
    articles, tellings = _gathered(LOOSE, files)
    wanted = msgspec.msgpack.decode(keys, type=list[str])
    members = [member for key in wanted for member in members_of(tellings[key], articles)]
    write_whole(target, b"".join(msgspec.json.encode(member) + b"\n" for member in members))
    return len(members)


def _gathered(name: str, files: Sequence[Path]) -> tuple[dict[str, CodedArticle], dict[str, Telling]]:
    articles: dict[str, CodedArticle] = {}
    tellings: dict[str, Telling] = {}
    for file in files:
        content = read_slice(file, name)
        if content is not None:
            piece = msgspec.msgpack.decode(content, type=Piece)
            articles |= {a.doc_id: a for a in piece.articles}
            tellings |= {t.key: t for t in piece.tellings}
    return articles, tellings


__all__ = [
    "LOOSE",
    "Index",
    "Wanted",
    "build_part",
    "group_family",
    "loose_part",
    "read_groups",
    "sort_part",
    "tell_part",
]
