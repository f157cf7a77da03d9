"""The kept schema is the model's, and it accepts what is written and refuses what is not meant."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from isnad.model import Article, CodedArticle, Event, Party, Span
from isnad.model.schema import coded_article_schema, schema_text

KEPT = Path(__file__).resolve().parents[2] / "docs" / "schema" / "coded-article.schema.json"


def row() -> dict[str, Any]:
    text = "قصف الجيش البلدة"
    event = Event(
        id=1,
        trigger=Span("قصف", 0, 3),
        type="ASSAULT",
        mode="heavy-weapons",
        status="actual",
        actors=(Party(text="الجيش", start=4, end=9, id="SYR.mil"),),
        killed=(1, None),
    )
    coded = CodedArticle(doc_id="a", text=text, published="2024-01-01", events=(event,))
    out: dict[str, Any] = json.loads(msgspec.json.encode(coded))
    return out


def test_kept_schema_is_fresh() -> None:
    assert KEPT.read_text(encoding="utf-8") == schema_text(), "stale: make schema"


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(coded_article_schema())


def test_output_is_valid() -> None:
    jsonschema.Draft202012Validator(coded_article_schema()).validate(row())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("doc_id",), 5),
        (("published",), "yesterday"),
        (("events", 0, "type"), "BOMB"),
        (("events", 0, "status"), "maybe"),
        (("events", 0, "mode"), "visit"),
        (("events", 0, "killed"), [1]),
        (("events", 0, "trigger", "start"), -1),
        (("events", 0, "place"), {"text": "x"}),
    ],
)
def test_what_is_not_meant_is_refused(path: tuple[str | int, ...], value: object) -> None:
    spoilt: Any = copy.deepcopy(row())
    node = spoilt
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(coded_article_schema()).validate(spoilt)


def test_samples_coded_are_valid() -> None:
    """What the real coder makes of the sample articles is what the schema says, with exact spans."""
    coding = pytest.importorskip("isnad.coding")
    if not hasattr(coding, "Coder"):
        pytest.skip("the coder is not built yet")
    from isnad.ingest import read_articles

    validator = jsonschema.Draft202012Validator(coded_article_schema())
    coder = coding.Coder()
    samples = Path(__file__).resolve().parents[2] / "examples"
    count = 0
    for article in read_articles([samples]):
        assert isinstance(article, Article)
        coded = json.loads(msgspec.json.encode(coder.code_article(article)))
        validator.validate(coded)
        _check_spans(coded, coded["text"])
        count += len(coded["events"])
    assert count > 20


def _check_spans(node: Any, text: str) -> None:
    """Every {text, start, end} with whole-number offsets is what stands there."""
    if isinstance(node, list):
        for item in node:
            _check_spans(item, text)
    elif isinstance(node, dict):
        if isinstance(node.get("start"), int) and isinstance(node.get("text"), str):
            assert text[node["start"] : node["end"]] == node["text"]
        for value in node.values():
            _check_spans(value, text)
