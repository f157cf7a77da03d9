"""The list of feeds and their state."""

from __future__ import annotations

from msgspec import structs

from isnad.model.feeds import Feed
from isnad.store import Store

ADDRESS = "https://a.example/rss"


def test_feed_is_listed_once_and_its_state_comes_back(store: Store) -> None:
    """Adding again changes nothing; saving writes every field."""
    assert store.add_feed(Feed(address=ADDRESS, added="2026-01-01T00:00:00Z"))
    assert not store.add_feed(Feed(address=ADDRESS, title="another"))
    state = Feed(address=ADDRESS, title="t", etag='W/"1"', failures=2, seen=("x", "ي"), next_due="2026-01-02T00:00:00Z")
    assert store.save_feed(state)
    assert store.feeds() == [state]


def test_due_feeds_are_those_never_asked_or_whose_time_has_come(store: Store) -> None:
    """A feed that is due later is left alone."""
    for name, due in (("now", None), ("past", "2026-01-01T00:00:00Z"), ("later", "2026-01-03T00:00:00Z")):
        store.add_feed(Feed(address=name, next_due=due))
    assert [feed.address for feed in store.feeds(due="2026-01-02T00:00:00Z")] == ["now", "past"]


def test_removed_feed_is_gone_and_its_state_is_not_written(store: Store) -> None:
    """A visit that ends after the removal does not bring it back."""
    feed = Feed(address=ADDRESS)
    store.add_feed(feed)
    assert store.remove_feed(ADDRESS)
    assert not store.remove_feed(ADDRESS)
    assert not store.save_feed(structs.replace(feed, failures=1))
    assert store.feeds() == []
