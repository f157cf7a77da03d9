"""The full-text index of either database: FTS5 on SQLite, tsvector with GIN on PostgreSQL, over the same words.

Each version has one entry, by its id, never changed afterwards; what is found is held against the articles' current
versions.  The words come ready (`isnad.store.words`), so that neither database's own idea of Arabic matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Column, Connection, MetaData, Table, TextClause, text

from isnad.store.bulk import as_json
from isnad.store.schema import SEARCH, Id
from isnad.store.words import Term, index_words


def add_words(connection: Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Index texts by the ids of their versions."""
    if not texts:
        return
    rows = [(version, index_words(content)) for version, content in texts]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {SEARCH} (rowid, words) VALUES (?, ?)", rows)
        return
    placed = [{"version": version, "words": with_places(words)} for version, words in rows]
    source = "json_to_recordset(CAST(:rows AS json)) AS given(version bigint, words text)"
    statement = f"INSERT INTO {SEARCH} (version, words) SELECT version, CAST(words AS tsvector) FROM {source}"
    connection.execute(text(statement), {"rows": as_json(placed)})


def with_places(words: str) -> str:
    """Return words as the text of a tsvector, each with its place."""
    return " ".join([f"{word}:{place}" for place, word in enumerate(words.split(" "), start=1) if word])


def entry(dialect: str) -> Column[int]:
    """Return the column of the index that holds the version's id; its table can be joined with."""
    return index_table(dialect).c[0]


@cache
def index_table(dialect: str) -> Table:
    """Return the index as a table (outside the metadata, which the migrations are compared with)."""
    return Table(SEARCH, MetaData(), Column("rowid" if dialect == "sqlite" else "version", Id))


def answers(dialect: str, terms: Sequence[Term]) -> TextClause:
    """Return the condition that an entry of `index_table` answers a query."""
    if dialect == "sqlite":
        return text(f"{SEARCH} MATCH :query").bindparams(query=fts5_query(terms))
    return text(f"{SEARCH}.words @@ CAST(:query AS tsquery)").bindparams(query=tsquery(terms))


def fts5_query(terms: Sequence[Term]) -> str:
    """Return a query in the language of FTS5.  Words are letters and digits alone, so that quotes suffice."""
    return " AND ".join(f"({_fts5_term(term)})" for term in terms)


def _fts5_term(term: Term) -> str:
    if term.prefix:
        return " OR ".join(f'"{stem}" *' for stem in sorted(term.phrase[0]))
    if len(term.phrase) == 1:
        return " OR ".join(f'"{stem}"' for stem in sorted(term.phrase[0]))
    return '"' + " ".join(min(stems) for stems in term.phrase) + '"'  # each word of a phrase is one stem


def tsquery(terms: Sequence[Term]) -> str:
    """Return a query in the language of tsquery."""
    return " & ".join(f"({_tsquery_term(term)})" for term in terms)


def _tsquery_term(term: Term) -> str:
    star = ":*" if term.prefix else ""
    return " <-> ".join("(" + " | ".join(f"'{stem}'{star}" for stem in sorted(stems)) + ")" for stems in term.phrase)


__all__ = ["add_words", "answers", "entry", "fts5_query", "index_table", "tsquery", "with_places"]
