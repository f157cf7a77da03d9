"""Users, keys, links, sessions, searches, jobs and the journal; on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from isnad.store import Store
from isnad.store.access_records import ApiKey, Job, OneTimeLink, SavedSearch, Session, User

EARLY, NOW, LATE = "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", "2027-01-01T00:00:00Z"


def test_link_is_used_once_by_one(store: Store) -> None:
    """Of many that use a link at the same time one gets it; an expired one nobody."""
    store.access.add_link(OneTimeLink(hash="h", user="u", scopes=("read",), expires=LATE))
    store.access.add_link(OneTimeLink(hash="old", user="u", scopes=("read",), expires=EARLY))
    assert store.access.use_link("old", now=NOW) is None
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: store.access.use_link("h", now=NOW), range(16)))
    assert [one.user for one in got if one is not None] == ["u"]


def test_session_ends_by_time_and_with_its_user(store: Store) -> None:
    """A session counts until it expires, is ended, or its user is changed or removed."""
    user = User(name="u", password="hash", scopes=("read", "review"), created=NOW)
    store.access.save_user(user)
    for name in ("a", "b"):
        session = Session(hash=name, user="u", scopes=("read",), csrf="c", created=NOW, expires=LATE)
        store.access.add_session(session, now=NOW)
    assert store.access.session("a", now=NOW) == Session(
        hash="a", user="u", scopes=("read",), csrf="c", created=NOW, expires=LATE
    )
    assert store.access.session("a", now=LATE) is None
    assert store.access.end_session("a")
    assert not store.access.end_session("a")
    store.access.save_user(user)
    assert store.access.session("b", now=NOW) is None
    assert store.access.user("u") == user
    assert store.access.remove_user("u")
    assert store.access.users() == []


def test_keys_are_found_by_their_hash(store: Store) -> None:
    """A key is known by the hash of its secret until it is removed."""
    key = ApiKey(id="1", hash="h", name="n", scopes=("read",), maker="m", created=NOW)
    store.access.add_key(key)
    assert store.access.key("h") == key
    assert store.access.key("other") is None
    assert store.access.remove_key("1")
    assert store.access.api_keys() == []


def test_jobs_come_page_by_page(store: Store) -> None:
    """The newest first; also those of one second each once."""
    for n in range(7):
        store.access.save_job(Job(id=f"j{n}", kind="import", name="n", user="u", at=NOW, state="done", told={"n": n}))
    store.access.save_job(Job(id="x", kind="export", name="n", user="u", at=NOW, state="done"))
    seen: list[str] = []
    after = None
    while page := store.access.jobs("import", after=after, limit=3):
        seen += [job.id for job in page]
        after = f"{page[-1].at}~{page[-1].id}"
    assert seen == [f"j{n}" for n in reversed(range(7))]
    job = store.access.job("import", "j3")
    assert job is not None
    assert job.told == {"n": 3}


def test_journal_only_grows(store: Store) -> None:
    """Lines keep their order and what they say."""
    for n in range(3):
        store.access.note(at=NOW, user="u", action="a", subject=f"s{n}", detail={"كلمة": n})
    lines = store.access.journal()
    assert [line.subject for line in lines] == ["s2", "s1", "s0"]
    assert store.access.journal(before=lines[1].id)[0].detail == {"كلمة": 0}


def test_searches_are_kept(store: Store) -> None:
    """A search comes back as it was saved, until it is removed."""
    search = SavedSearch(id="1", name="حلب", query="place=حلب", user="u", created=NOW)
    store.access.add_search(search)
    assert store.access.searches() == [search]
    assert store.access.search("1") == search
    assert store.access.remove_search("1")
    assert store.access.search("1") is None
