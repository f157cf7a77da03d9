"""Outlets: those that are described (from the lexicon), and those that came by their domain or name alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import structs
from sqlalchemy import Connection, delete, select

from isnad.model.intake import Incoming
from isnad.store.bulk import insert_rows
from isnad.store.contents import outlet_id
from isnad.store.records import Outlet
from isnad.store.schema import outlet_domains, outlets


class Resolver:
    """Outlets of one batch: as given, else by the domain, else the domain itself; unknown ones are added."""

    def __init__(self, connection: Connection, batch: Sequence[Incoming]) -> None:
        domains = {bare_domain(item.domain) for item in batch if item.domain and not item.outlet}
        self._by_domain = _by_domain(connection, domains)
        wanted = {name for item in batch if (name := self.outlet_of(item))}
        _add_unknown(connection, wanted)

    def outlet_of(self, incoming: Incoming) -> str | None:
        """Return the id of the outlet of a report, None when nothing tells it."""
        if incoming.outlet and incoming.outlet.strip():
            return outlet_id(incoming.outlet)
        if not incoming.domain:
            return None
        domain = bare_domain(incoming.domain)
        return self._by_domain.get(domain, domain)


def bare_domain(domain: str) -> str:
    """Return a host in small letters without www."""
    return outlet_id(domain.lower().removeprefix("www."))


def _by_domain(connection: Connection, domains: Iterable[str]) -> dict[str, str]:
    wanted = list(domains)
    if not wanted:
        return {}
    query = select(outlet_domains).where(outlet_domains.c.domain.in_(wanted))
    return {row.domain: row.outlet for row in connection.execute(query)}


def _add_unknown(connection: Connection, wanted: set[str]) -> None:
    if not wanted:
        return
    query = select(outlets.c.id).where(outlets.c.id.in_(wanted))
    there = set(connection.execute(query).scalars())
    insert_rows(connection, outlets, [{"id": name} for name in sorted(wanted - there)])


def save(connection: Connection, records: Sequence[Outlet]) -> None:
    """Write outlets by id, with their domains, in place of what was known of them."""
    ids = [record.id for record in records]
    _add_unknown(connection, set(ids))
    rows = [{k: v for k, v in structs.asdict(record).items() if k != "domains"} for record in records]
    for row in rows:
        connection.execute(outlets.update().where(outlets.c.id == row["id"]).values(row))
    domains = {bare_domain(domain): record.id for record in records for domain in record.domains}
    connection.execute(delete(outlet_domains).where(outlet_domains.c.outlet.in_(ids)))
    connection.execute(delete(outlet_domains).where(outlet_domains.c.domain.in_(domains)))
    insert_rows(connection, outlet_domains, [{"domain": d, "outlet": o} for d, o in sorted(domains.items())])


def find(connection: Connection, name: str) -> Outlet | None:
    """Return an outlet by id, else by domain."""
    by_domain = _by_domain(connection, [bare_domain(name)])
    found = _read(connection, [name]) or _read(connection, list(by_domain.values()) or [bare_domain(name)])
    return found[0] if found else None


def every(connection: Connection) -> list[Outlet]:
    """Return all outlets in the order of their ids."""
    return _read(connection, None)


def _read(connection: Connection, ids: list[str] | None) -> list[Outlet]:
    query, domains = select(outlets).order_by(outlets.c.id), select(outlet_domains).order_by(outlet_domains.c.domain)
    if ids is not None:
        query = query.where(outlets.c.id.in_(ids))
        domains = domains.where(outlet_domains.c.outlet.in_(ids))
    of: dict[str, list[str]] = {}
    for row in connection.execute(domains):
        of.setdefault(row.outlet, []).append(row.domain)
    return [Outlet(**row._mapping, domains=tuple(of.get(row.id, ()))) for row in connection.execute(query)]


__all__ = ["Resolver", "bare_domain", "every", "find", "save"]
