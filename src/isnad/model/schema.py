"""The JSON Schema of a coded article, generated from the records with the closed lists of the codebook.

`isnad schema` prints it; docs/schema/coded-article.schema.json keeps it, and a test says when that copy is stale.
"""

from __future__ import annotations

from typing import Any

import msgspec

from isnad.model.plover import MODES, STATUSES, TYPES
from isnad.model.records import CodedArticle

SCHEMA_ID = "https://isnad.example/schema/coded-article.schema.json"
LEVELS = ("site", "neighbourhood", "town", "district", "governorate", "country", "region")
SOURCE_KINDS = ("official", "named-person", "organisation", "media", "anonymous", "self")
_DAY = r"^\d{4}-\d{2}-\d{2}$"


def coded_article_schema() -> dict[str, Any]:
    """Return the schema (2020-12) of one line of JSONL output."""
    schema: dict[str, Any] = msgspec.json.schema(CodedArticle)
    definitions = schema["$defs"]
    for definition in definitions.values():
        _tidy(definition)
    event = definitions["Event"]["properties"]
    event["type"] = {"enum": list(TYPES)}
    event["status"] = {"enum": list(STATUSES)}
    event["mode"] = {"enum": [*sorted({mode for modes in MODES.values() for mode in modes}), None]}
    definitions["Event"]["allOf"] = [_modes_of(type_) for type_ in TYPES]
    definitions["Place"]["properties"]["level"] = {"enum": [*LEVELS, None]}
    for name in ("Source", "Via"):
        definitions[name]["properties"]["kind"] = {"enum": list(SOURCE_KINDS)}
    for name, key in (("DateValue", "start"), ("DateValue", "end"), ("CodedArticle", "published")):
        definitions[name]["properties"][key] = {
            "anyOf": [{"type": "string", "pattern": _DAY}, {"type": "null"}]
        }
    for definition in definitions.values():
        for key in ("start", "end"):
            if definition["properties"].get(key) == {"type": "integer"}:
                definition["properties"][key]["minimum"] = 0
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "A coded article, as one line of isnad's JSONL",
    }
    return {**head, **schema}


def schema_text() -> str:
    """Return the schema as it is kept in a file: indented, a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(coded_article_schema()), indent=2).decode() + "\n"


def _modes_of(type_: str) -> dict[str, Any]:
    """A type has its own modes only (CODEBOOK section 4)."""
    return {
        "if": {"properties": {"type": {"const": type_}}},
        "then": {"properties": {"mode": {"enum": [*MODES[type_], None]}}},
    }


def _tidy(definition: dict[str, Any]) -> None:
    """isnad writes every key, so that all are required; defaults, which say otherwise, are left out."""
    for value in definition["properties"].values():
        value.pop("default", None)
    definition["required"] = list(definition["properties"])
    definition["description"] = " ".join(definition.get("description", "").split())


__all__ = ["LEVELS", "SCHEMA_ID", "SOURCE_KINDS", "coded_article_schema", "schema_text"]
