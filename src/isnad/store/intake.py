"""Taking reports in: what is there already, and adding what is not, in one transaction a batch.

The rules, the same in any order and batch size: a content (title and text in NFC) is one version in the whole store;
an address is one row; a pair of both is one sighting.  A content new to the store becomes a version of the article that
its address stands for, else a new article.  An address that shows something else makes that the article's current
version; nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from isnad.model import CodedArticle
from isnad.model.intake import Incoming, Kept
from isnad.store.bulk import Row, insert_rows, new_ids, update_rows
from isnad.store.codings import ToKeep, keep, save_codings
from isnad.store.contents import Content, address_key, content_of
from isnad.store.current import use_versions
from isnad.store.fulltext import add_words
from isnad.store.outlets import Resolver
from isnad.store.raws import keep_raws
from isnad.store.schema import addresses, articles, sightings, texts, versions


def known(connection: Connection, batch: Sequence[Incoming]) -> list[Kept | None]:
    """Return `Kept(known)` for each report whose address shows the very same content already, None for the others."""
    contents = [content_of(incoming) for incoming in batch]
    query = (
        select(addresses.c.key, addresses.c.article, versions.c.hash)
        .join(versions, versions.c.id == addresses.c.version)
        .where(addresses.c.key.in_([content.key for content in contents]))
    )
    shown = {row.key: row for row in connection.execute(query)}
    return [
        Kept(outcome="known", article=row.article) if (row := shown.get(c.key)) and row.hash == c.hash else None
        for c in contents
    ]


def holds(connection: Connection, address: str) -> bool:
    """Say whether a report from `address` is stored, whatever stands there now."""
    return connection.execute(select(addresses.c.id).where(addresses.c.key == address_key(address))).first() is not None


def add(connection: Connection, batch: Sequence[tuple[Incoming, CodedArticle | None]]) -> list[Kept]:
    """Add reports with their codings, where they have one; return what became of each, in order."""
    intake = _Intake(connection, [content_of(incoming) for incoming, _ in batch])
    kept = [intake.take(content) for content in intake.contents]
    intake.write()
    intake.keep_codings([coded for _, coded in batch])
    return kept


class _Intake:
    """One batch on its way in: what the store has of it, and the rows that it adds."""

    def __init__(self, connection: Connection, contents: list[Content]) -> None:
        self.connection = connection
        self.contents = contents
        self.outlets = Resolver(connection, [content.incoming for content in contents])
        self.raws = keep_raws(connection, [content.incoming for content in contents])
        self.now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.versions = self._stored_versions()
        self.addresses = self._stored_addresses()
        self.pairs = self._stored_pairs()
        self.numbers: dict[int, int] = self._last_numbers()
        self.new: dict[str, list[Row]] = {"articles": [], "versions": [], "texts": [], "addresses": [], "sightings": []}
        self.moved: dict[int, Row] = {}
        self.current: dict[int, int] = {}
        self.ids = {
            table.name: iter(new_ids(connection, table, len(contents)))
            for table in (articles, versions, addresses, sightings)
        }

    def _stored_versions(self) -> dict[str, Row]:
        query = select(versions).where(versions.c.hash.in_([content.hash for content in self.contents]))
        return {row.hash: dict(row._mapping) for row in self.connection.execute(query)}

    def _stored_addresses(self) -> dict[str, Row]:
        query = select(addresses).where(addresses.c.key.in_([content.key for content in self.contents]))
        return {row.key: dict(row._mapping) for row in self.connection.execute(query)}

    def _stored_pairs(self) -> set[tuple[int, int]]:
        ids = [address["id"] for address in self.addresses.values()]
        query = select(sightings.c.address, sightings.c.version).where(sightings.c.address.in_(ids))
        return {(row.address, row.version) for row in self.connection.execute(query)} if ids else set()

    def _last_numbers(self) -> dict[int, int]:
        # Also of articles met by their content alone: an address may join one and change again in the same batch.
        ids = {row["article"] for row in (*self.addresses.values(), *self.versions.values())}
        query = (
            select(versions.c.article, func.max(versions.c.number).label("last"))
            .where(versions.c.article.in_(ids))
            .group_by(versions.c.article)
        )
        return {row.article: row.last for row in self.connection.execute(query)} if ids else {}

    def take(self, content: Content) -> Kept:
        """Note the rows that one report adds; return what it is."""
        address, version = self.addresses.get(content.key), self.versions.get(content.hash)
        outcome = _outcome(address, version, self.pairs)
        if version is None:
            version = self._new_version(content, address)
        if address is None:
            address = self._new_address(content, version)
        elif address["version"] != version["id"]:
            address["version"] = version["id"]
            self.moved[address["id"]] = address
            if address["article"] == version["article"]:
                self.current[version["article"]] = version["id"]
        if (address["id"], version["id"]) not in self.pairs:
            self._new_sighting(content, address, version)
        return Kept(outcome=outcome, article=version["article"])

    def _new_version(self, content: Content, address: Row | None) -> Row:
        incoming, id_ = content.incoming, next(self.ids["versions"])
        outlet = self.outlets.outlet_of(incoming)
        article = address["article"] if address else next(self.ids["articles"])
        if address is None:
            row = {"id": article, "version": id_, "day": incoming.published or "", "outlet": outlet}
            self.new["articles"].append({**row, "title": incoming.title})
        number = self.numbers[article] = self.numbers.get(article, 0) + 1
        version = {
            "id": id_,
            "article": article,
            "number": number,
            "hash": content.hash,
            "doc_id": incoming.doc_id or incoming.address,
            "title": incoming.title,
            "published": incoming.published,
            "outlet": outlet,
            "url": incoming.address if incoming.address.startswith(("http://", "https://")) else None,
            "added": self.now,
        }
        self.new["versions"].append(version)
        self.new["texts"].append({"version": id_, "text": incoming.text})
        self.versions[content.hash] = version
        return version

    def _new_address(self, content: Content, version: Row) -> Row:
        incoming = content.incoming
        address = {
            "id": next(self.ids["addresses"]),
            "key": content.key,
            "address": incoming.address,
            "domain": incoming.domain,
            "article": version["article"],
            "version": version["id"],
        }
        self.new["addresses"].append(address)
        self.addresses[content.key] = address
        return address

    def _new_sighting(self, content: Content, address: Row, version: Row) -> None:
        incoming = content.incoming
        self.pairs.add((address["id"], version["id"]))
        sighting: dict[str, Any] = {
            "id": next(self.ids["sightings"]),
            "address": address["id"],
            "version": version["id"],
            "article": version["article"],
            "fetched": incoming.fetched,
            "source": incoming.source,
            "doc_id": incoming.doc_id,
            "published": incoming.published,
            "outlet": self.outlets.outlet_of(incoming),
            "forwarded_from": incoming.forwarded_from,
            "publisher": incoming.publisher,
            "raw": self.raws.get(incoming.raw) if incoming.raw is not None else None,
        }
        self.new["sightings"].append(sighting)

    def write(self) -> None:
        """Write the rows and put changed contents in use."""
        for table in (articles, versions, texts, addresses, sightings):
            insert_rows(self.connection, table, self.new[table.name])
        moved = [{"id": row["id"], "version": row["version"]} for row in self.moved.values()]
        update_rows(self.connection, addresses, moved)
        titles = {version["id"]: version["title"] or "" for version in self.new["versions"]}
        add_words(self.connection, [(r["version"], f"{titles[r['version']]}\n{r['text']}") for r in self.new["texts"]])
        use_versions(self.connection, self.current)

    def keep_codings(self, given: Sequence[CodedArticle | None]) -> None:
        """Keep the codings that came with the batch, each if it is of the text that is stored."""
        fresh = {row["version"]: row["text"] for row in self.new["texts"]}
        direct: dict[int, ToKeep] = {}
        others: dict[int, CodedArticle] = {}
        for content, coded in zip(self.contents, given, strict=True):
            if coded is None:
                continue
            version = self.versions[content.hash]
            if version["id"] not in fresh:
                others[version["id"]] = coded
            elif coded.text == fresh[version["id"]]:
                direct[version["id"]] = ToKeep(version["id"], version["article"], version["published"], coded)
        keep(self.connection, list(direct.values()))
        save_codings(self.connection, list(others.items()))


def _outcome(address: Row | None, version: Row | None, pairs: set[tuple[int, int]]) -> str:
    if address is None:
        return "added" if version is None else "linked"
    if version is None:
        return "changed"
    return "known" if (address["id"], version["id"]) in pairs else "linked"


__all__ = ["add", "known"]
