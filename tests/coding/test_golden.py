"""Whole articles: each file of tests/golden holds a text and what must be coded from it (see the README there).

`python tests/coding/test_golden.py [NAME ...]` writes the files anew from what the coder says now.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isnad.coding import Coder
from isnad.model import CodedArticle, Event

FOLDER = Path(__file__).resolve().parents[1] / "golden"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
WHOLE = "*"  # in left_out: the event itself, found or not

Golden = dict[str, Any]


def test_there_are_enough_articles() -> None:
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_article_is_coded_as_before(name: str, coder: Coder) -> None:
    golden = read(name)
    found = essentials(code(coder, golden), golden["left_out"])
    assert shown(found) == shown(golden["events"])


@pytest.mark.parametrize("name", NAMES)
def test_what_is_left_out_is_in_the_text(name: str) -> None:
    golden = read(name)
    assert all(trigger in golden["text"] for trigger in golden["left_out"])
    assert golden["events"]


def read(name: str) -> Golden:
    golden: Golden = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return golden


def code(coder: Coder, golden: Golden) -> CodedArticle:
    return coder.code(golden["text"], published=golden["published"], outlet=golden["outlet"])


def essentials(coded: CodedArticle, left_out: dict[str, list[str]]) -> list[Golden]:
    """Return what must hold of each event, without the fields that are left out for its trigger."""
    out = []
    for event in coded.events:
        left = left_out.get(event.trigger.text, [])
        if WHOLE not in left:
            out.append({field: value for field, value in _fields(event) if field not in left})
    return out


def _fields(event: Event) -> Iterator[tuple[str, Any]]:
    yield "trigger", event.trigger.text
    yield "type", event.type
    yield "mode", event.mode
    yield "status", event.status
    yield "actors", [party.id for party in event.actors]
    yield "recipients", [party.id for party in event.recipients]
    yield "framing", sorted({p.framing for p in (*event.actors, *event.recipients) if p.framing})
    yield "place", event.place.name if event.place else None
    yield "date", [event.date.start, event.date.end] if event.date else None
    for field in ("killed", "injured", "detained"):
        count = getattr(event, field)
        yield field, None if count is None else list(count)
    yield "source", event.source.text if event.source else None
    yield "same_as", event.same_as


def shown(events: list[Golden]) -> list[str]:
    """Return one line an event, so that a difference is read at a glance."""
    return [json.dumps(event, ensure_ascii=False) for event in events]


def write(name: str, coder: Coder) -> None:
    """Write a file anew: its text and what it leaves out stay, its events are what the coder says now."""
    golden = read(name)
    golden["events"] = essentials(code(coder, golden), golden["left_out"])
    events = ",\n  ".join(shown(golden["events"]))
    head = {key: value for key, value in golden.items() if key != "events"}
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in head.items()]
    body = "\n".join(["{", *lines, f' "events": [\n  {events}\n ]', "}"])
    (FOLDER / f"{name}.json").write_text(body + "\n", encoding="utf-8")


if __name__ == "__main__":
    built_in = Coder()
    for wanted in sys.argv[1:] or NAMES:
        write(wanted, built_in)
