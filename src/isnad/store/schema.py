"""The tables, as they stand at the newest revision (migrations/ leads there from every released schema).

An *article* is a stable id; its *versions* are the different contents it has had, each content (SHA-256 of the NFC
title and text) once in the whole store.  An *address* shows one version at a time; every pair of address and version
ever seen is a *sighting*, which keeps how it came in.  `events` and `event_parties` are flat rows of the current coding
of the current version, for filters only: the coding itself is kept whole in `codings`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: SQLite counts ids only in a column declared INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True)


def _ref(name: str, target: str, *, optional: bool = False) -> Column[int]:
    return Column(name, Id, ForeignKey(target), nullable=optional)


meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

outlets = Table(
    "outlets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name_ar", Text),
    Column("name_en", Text),
    Column("country", Text),
    Column("side", Text),
    Column("side_source", Text),
)
outlet_domains = Table(
    "outlet_domains",
    metadata,
    Column("domain", Text, primary_key=True),
    Column("outlet", Text, ForeignKey("outlets.id"), nullable=False),
)
raws = Table(
    "raws",
    metadata,
    _id(),
    Column("hash", Text, nullable=False, unique=True),
    Column("media_type", Text),
    Column("size", Id, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
articles = Table(  # everything but the id follows the current version, so that lists read one narrow table
    "articles",
    metadata,
    _id(),
    Column("version", Id),  # no foreign key: versions point here, and one direction is enforced
    Column("day", Text, nullable=False),  # publication day, '' when unknown: sorts and pages
    Column("outlet", Text, ForeignKey("outlets.id")),
    Column("title", Text),
    Column("coder", Text),
    Column("note", Text),
    Column("events", Integer),
    Index("ix_articles_version", "version"),
    Index("ix_articles_day_id", "day", "id"),
    Index("ix_articles_outlet_day_id", "outlet", "day", "id"),
)
versions = Table(
    "versions",
    metadata,
    _id(),
    _ref("article", "articles.id"),
    Column("number", Integer, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("doc_id", Text, nullable=False),
    Column("title", Text),
    Column("published", Text),
    Column("outlet", Text, ForeignKey("outlets.id")),
    Column("url", Text),
    Column("added", Text, nullable=False),
    UniqueConstraint("article", "number"),
)
texts = Table(
    "texts",
    metadata,
    Column("version", Id, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
)
addresses = Table(
    "addresses",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),  # SHA-256: addresses may be too long for an index
    Column("address", Text, nullable=False),
    Column("domain", Text),
    _ref("article", "articles.id"),
    _ref("version", "versions.id"),
    Index("ix_addresses_article", "article"),
)
sightings = Table(
    "sightings",
    metadata,
    _id(),
    _ref("address", "addresses.id"),
    _ref("version", "versions.id"),
    Column("article", Id, nullable=False),
    Column("fetched", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("doc_id", Text),
    Column("published", Text),
    Column("outlet", Text, ForeignKey("outlets.id")),
    Column("forwarded_from", Text),
    Column("publisher", Text),
    _ref("raw", "raws.id", optional=True),
    UniqueConstraint("address", "version"),
    Index("ix_sightings_version", "version"),
    Index("ix_sightings_article", "article"),
    Index("ix_sightings_outlet_article", "outlet", "article"),
    Index("ix_sightings_raw", "raw"),
)
codings = Table(
    "codings",
    metadata,
    _id(),
    _ref("version", "versions.id"),
    Column("coder", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("note", Text),
    Column("events", Text, nullable=False),  # JSON of CodedArticle.events
    UniqueConstraint("version", "coder"),
    Index(
        "uq_codings_current",
        "version",
        unique=True,
        sqlite_where=text("current"),
        postgresql_where=text("current"),
    ),
)
events = Table(
    "events",
    metadata,
    _id(),
    _ref("article", "articles.id"),
    _ref("coding", "codings.id"),
    Column("number", Integer, nullable=False),  # the event's id in its article
    Column("day", Text, nullable=False),  # first day, else publication day, else '': sorts and pages
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("status", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("day_start", Text),
    Column("day_end", Text),
    Column("place", Text),
    Column("place_key", Text),
    Column("place_id", Text),
    Column("level", Text),
    Column("country", Text),
    Column("lat", Double),
    Column("lon", Double),
    Column("precision", Double),
    *(Column(f"{count}_{end}", Integer) for count in ("killed", "injured", "detained") for end in ("min", "max")),
    Column("same_as", Integer),
    Column("score", Double, nullable=False),
    UniqueConstraint("article", "number"),
    Index("ix_events_day_id", "day", "id"),
    Index("ix_events_type_day_id", "type", "day", "id"),
    Index("ix_events_status_day_id", "status", "day", "id"),
    Index("ix_events_place_key_day_id", "place_key", "day", "id"),
    Index("ix_events_place_id", "place_id"),
    Index("ix_events_country_day_id", "country", "day", "id"),
    Index("ix_events_coding", "coding"),
)
event_parties = Table(
    "event_parties",
    metadata,
    Column("event", Id, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("role", Text, primary_key=True),  # actor | recipient
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("party", Text),
    Column("text", Text, nullable=False),
    Column("framing", Text),
    Index("ix_event_parties_party_event", "party", "event"),
)
feeds = Table(  # the fields of isnad.model.Feed; `seen` as JSON
    "feeds",
    metadata,
    _id(),
    Column("address", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("next_due", Text),
    Column("failures", Integer, nullable=False),
    Column("message", Text),
    Column("added", Text),
    Column("seen", Text, nullable=False),
)
decisions = Table(  # append-only: an undo is a further row that names the one it undoes
    "decisions",
    metadata,
    _id(),
    Column("made", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("reason", Text),
    _ref("undoes", "decisions.id", optional=True),
    Index("ix_decisions_subject_id", "subject", "id"),
    Index("uq_decisions_undoes", "undoes", unique=True),  # a decision is undone at most once
)

incident_ids = Table(  # every id ever given, in the order they were given; they are never taken back
    "incident_ids",
    metadata,
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("keys", Text, nullable=False),  # JSON: the keys of its tellings when last weighed (isnad.weigh.Registry)
    Column("leads_to", Text),  # the id it was merged into
    Column("live", Boolean, nullable=False),  # whether it has a row in `incidents`
    Column("stamp", Id, nullable=False),  # the state of all incidents in which this row last changed
    Index("ix_incident_ids_leads_to", "leads_to"),
    Index("ix_incident_ids_stamp", "stamp"),
)
incidents = Table(  # what lists, maps and counts are made of; the incident itself is whole in `incident_bodies`
    "incidents",
    metadata,
    Column("number", Id, ForeignKey("incident_ids.number"), primary_key=True, autoincrement=False),
    Column("stamp", Id, nullable=False),  # its version: the state of all incidents in which it last changed
    Column("day", Text, nullable=False),  # first day, else first publication, else '': sorts and pages
    Column("day_start", Text),
    Column("day_end", Text),
    Column("reported_end", Text),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("status", Text, nullable=False),  # actual, or denied where somebody denies it
    Column("state", Text, nullable=False),  # candidate | accepted | rejected
    Column("reviewed", Boolean, nullable=False),
    Column("imported", Boolean, nullable=False),  # from a file, and none of its articles is in the store
    Column("grade", Text),
    Column("has_place", Boolean, nullable=False),
    Column("place", Text),
    Column("place_key", Text),
    Column("place_id", Text),
    Column("level", Text),
    Column("country", Text),
    Column("lat", Double),
    Column("lon", Double),
    Column("precision", Double),
    *(Column(f"{count}_{end}", Integer) for count in ("killed", "injured", "detained") for end in ("min", "max")),
    Column("n_outlets", Integer, nullable=False),
    Column("n_texts", Integer, nullable=False),
    Column("n_speakers", Integer, nullable=False),
    Column("n_members", Integer, nullable=False),
    Column("digest", Text, nullable=False),  # of the bodies: tells whether a weighing changed anything
    Index("ix_incidents_day_number", "day", "number"),
    Index("ix_incidents_stamp", "stamp"),
)
incident_bodies = Table(
    "incident_bodies",
    metadata,
    Column("number", Id, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("card", Text, nullable=False),  # JSON of the fields a list shows
    Column("body", Text, nullable=False),  # JSON of isnad.model.incidents.Incident
    Column("weighed", Text, nullable=False),  # JSON of the same before decisions corrected it; '' where none did
)
incident_members = Table(
    "incident_members",
    metadata,
    Column("incident", Id, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),  # weighed.key of its article, else the doc_id it came with
    Column("event", Integer, primary_key=True, autoincrement=False),
    _ref("article", "articles.id", optional=True),
    Column("part", Text, nullable=False),
    Column("status", Text, nullable=False),
    Index("ix_incident_members_article_event", "article", "event"),
)
incident_facets = Table(  # what an incident has several of
    "incident_facets",
    metadata,
    Column("incident", Id, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("facet", Text, primary_key=True),  # actor | recipient | outlet | dispute | status
    Column("value", Text, primary_key=True),
    Index("ix_incident_facets_facet_value_incident", "facet", "value", "incident"),  # all that reading facets needs
)
incident_says = Table(  # what outlets say of an incident, counted from its claims (isnad.store.incidents_says)
    "incident_says",
    metadata,
    Column("incident", Id, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),  # affirms | denies | repeats | against
    Column("outlet", Text, primary_key=True),
    Column("other", Text, primary_key=True),  # JSON of media (repeats), another outlet (against), else ''
    Column("n", Integer, nullable=False),  # claims
    Index("ix_incident_says_kind_outlet_incident", "kind", "outlet", "incident"),
)
incident_pairs = Table(  # happenings that may be one, `one` < `two`
    "incident_pairs",
    metadata,
    Column("one", Id, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("two", Id, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("score", Double, nullable=False),
    Column("reasons", Text, nullable=False),  # JSON: [[feature, value, contribution]]
    Index("ix_incident_pairs_two", "two"),
    Index("ix_incident_pairs_score", "score"),
)
weighed = Table(  # which coding of which article the incidents rest on
    "weighed",
    metadata,
    Column("article", Id, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),  # the doc_id, made unique
    Column("coding", Id),  # None: to be weighed anew
    Column("copies", Text),  # name of its group of reprints
    Index("ix_weighed_copies", "copies"),
)

#: The full-text index: an FTS5 table on SQLite, a table with a tsvector on PostgreSQL (made in the migrations).
SEARCH = "search"

__all__ = [
    "SEARCH",
    "Id",
    "addresses",
    "articles",
    "codings",
    "decisions",
    "event_parties",
    "events",
    "feeds",
    "incident_bodies",
    "incident_facets",
    "incident_ids",
    "incident_members",
    "incident_pairs",
    "incident_says",
    "incidents",
    "meta",
    "metadata",
    "outlet_domains",
    "outlets",
    "raws",
    "sightings",
    "texts",
    "versions",
    "weighed",
]
