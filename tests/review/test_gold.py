"""Decisions upon events as gold: what `isnad evaluate` reads, and what a next training learns from."""

from __future__ import annotations

from pathlib import Path

from isnad.coding.gold import read_lines
from isnad.coding.train import Sources
from isnad.evaluate.gold import read_gold
from isnad.review import Ask, Weigher, decide
from isnad.review.gold import gold, gold_lines
from isnad.store import Store

from .stories import ARIHA, one_of, put, shelling


def _event(store: Store, doc_id: str) -> str:
    member = next(m for m in one_of(store, doc_id).incident.members if m.doc_id == doc_id)
    return f"event:{member.article}:{member.trigger.start}-{member.trigger.end}"


def test_decisions_upon_events_are_gold(small: Store, tmp_path: Path) -> None:
    """Corrected, accepted and rejected events come out as decided; articles that nobody looked at do not."""
    put(small, [shelling("a"), shelling("b"), shelling("c", place=ARIHA), shelling("d")])
    Weigher(small).update()
    targets = {doc_id: _event(small, doc_id) for doc_id in "abc"}
    decide(small, Ask(kind="correct", target=targets["a"], field="killed", value=[7, 7]), user="nour")
    decide(small, Ask(kind="accept", target=targets["b"]), user="nour")
    decide(small, Ask(kind="reject", target=targets["c"]), user="nour")
    path = tmp_path / "ours.jsonl"
    path.write_bytes(b"".join(gold_lines(small)))
    documents = {document.doc_id: document for document in read_gold(path)}
    assert documents.keys() == {"a", "b", "c"}
    assert documents["a"].events[0].killed == (7, 7)
    assert documents["b"].events[0].killed == (3, 3)
    assert documents["c"].events == ()
    assert [record["doc_id"] for record in gold(small, complete=True)] == ["a", "b", "c"]
    more = tmp_path / "train.jsonl"
    more.write_bytes(b'{"doc_id": "t", "text": "", "events": []}\n')
    learned = [record["doc_id"] for record in Sources(gold=more, also=(path,)).records()]
    assert learned == ["t", *(record["doc_id"] for record in read_lines(path))]


def test_gold_that_was_taken_back_is_gone(small: Store) -> None:
    """An undone decision leaves no gold."""
    put(small, [shelling("a")])
    Weigher(small).update()
    made = decide(small, Ask(kind="accept", target=_event(small, "a")), user="nour")
    decide(small, Ask(kind="undo", undoes=made.decision.id), user="nour")
    assert list(gold(small)) == []
