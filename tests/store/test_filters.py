"""Filters of articles and events that take several values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from isnad.model import Place
from isnad.store import Filter, Store

PLACES = (("Aleppo", "SYR", "p-1"), ("حلب", "IRQ", "p-2"), ("Idlib", "SYR", "p-3"))


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (("حلب", "Aleppo"), [1, 2]),
        (("aleppo",), [1]),
        (("nowhere", "p-3"), [3]),
        (("IRQ", "Idlib"), [2, 3]),
        (("nowhere",), []),
        ("Aleppo", [1]),
        ("SYR", [1, 3]),
    ],
)
def test_any_of_several_names_will_do(
    store: Store, report: Callable[..., Any], coding: Callable[..., Any], place: Any, found: list[int]
) -> None:
    """Names in any spelling, ids and countries; one of them must hold."""
    batch = []
    for n, (name, country, id) in enumerate(PLACES):
        item = report(text=f"قصف الطيران الحربي {n} حلب.", address=f"https://a.example/{n}")
        where = Place(text="حلب", start=20, end=23, name=name, country=country, source_id=id)
        batch.append((item, coding(item, place=where)))
    store.add(batch)
    assert sorted(row.article for row in store.events(Filter(place=place))) == found
    assert sorted(row.article for row in store.articles(Filter(place=place))) == found
