"""Incidents out of one store and into another: the same ids, the same incidents."""

from __future__ import annotations

from pathlib import Path

from isnad.review import Ask, Weigher, decide
from isnad.review.queue import next_card
from isnad.review.restore import restore
from isnad.store import Store
from isnad.weigh.record import incident_from, jsonl

from .stories import ARIHA, bodies, by_id, one_of, put, shelling


def _made(store: Store) -> list[bytes]:
    put(store, [shelling("a"), shelling("b"), shelling("x", place=ARIHA)])
    Weigher(store).update()
    return list(jsonl(one.incident for one in store.incidents.each()))


def test_exported_incidents_are_restored(small: Store, tmp_path: Path) -> None:
    """What one store exports another restores under the same ids; only the articles' numbers are its own."""
    lines = _made(small)
    with Store.open(tmp_path / "other.db") as other:
        assert restore(other, map(incident_from, lines)) == 2
        assert bodies(other).keys() == bodies(small).keys()
        assert list(other.check()) == []
        Weigher(other).update()
        assert bodies(other).keys() == bodies(small).keys()
        one = {id_: (i.incident.claims[0].field, i.incident.grade) for id_, i in bodies(other).items()}
        assert one == {id_: (i.incident.claims[0].field, i.incident.grade) for id_, i in bodies(small).items()}


def test_articles_that_come_later_take_up_the_ids(small: Store, tmp_path: Path) -> None:
    """When the articles of restored incidents are added, what is weighed from them has the restored ids."""
    lines = _made(small)
    wanted = by_id(small)
    with Store.open(tmp_path / "other.db") as other:
        restore(other, map(incident_from, lines))
        put(other, [shelling("x", place=ARIHA), shelling("b"), shelling("a")])
        Weigher(other).update()
        assert by_id(other) == wanted
        assert not any(one.imported for one in other.incidents.each())
        assert list(other.check()) == []


def test_the_queue_ends(small: Store) -> None:
    """What was decided does not come again, what is put off comes later, and then nothing is waiting."""
    _made(small)
    one, two = one_of(small, "a").id, one_of(small, "x").id
    seen = []
    while (card := next_card(small)) is not None:
        if card.kind == "pair":
            decide(small, Ask(kind="not-same", target=f"pair:{card.cards[0].id}|{card.cards[1].id}"), user="nour")
            continue
        assert next_card(small, skip=[f"incident:{card.cards[0].id}"]) != card
        seen.append(card.cards[0].id)
        decide(small, Ask(kind="accept", target=f"incident:{card.cards[0].id}"), user="nour")
    assert sorted(seen) == sorted([one, two])
