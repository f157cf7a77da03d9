"""Who may come in and do what: links, passwords, keys, scopes, CSRF, origins, host names, rates; and what is kept."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from isnad.api.credentials import hash_of, new_secret, new_user, now
from isnad.api.limits import Limiter
from isnad.api.settings import SCOPES
from isnad.store.access_records import OneTimeLink

PASSWORD = "a quiet green window"


def link(server: Any, *, expires: str = "2999-01-01T00:00:00Z") -> str:
    """Put a one-time link in and return its secret."""
    secret = new_secret()
    server.store.access.add_link(OneTimeLink(hash=hash_of(secret), user="local", scopes=SCOPES, expires=expires))
    return secret


def csrf(client: httpx.Client) -> dict[str, str]:
    """Return the header that a browser's writes need."""
    return {"X-CSRF-Token": client.get("/meta").json()["csrf"]}


@pytest.fixture
def server(serve: Callable[..., Any]) -> Any:
    """A server of the test's own, entered by link."""
    return serve()


@pytest.fixture
def browser(server: Any) -> Iterator[httpx.Client]:
    """A browser that has come in by the link."""
    with server.client() as client:
        assert client.get("/session/link", params={"token": link(server)}).status_code == 303
        yield client


def test_link_opens_once(server: Any) -> None:
    """The link makes a session in a cookie that no script reads and no other site sends; then it is used up."""
    secret = link(server)
    with server.client() as client, server.client() as other:
        answer = client.get("/session/link", params={"token": secret})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        assert client.get("/incidents").status_code == 200
        assert client.get("/session/link", params={"token": secret}).status_code == 303
        again = other.get("/session/link", params={"token": secret})
        assert (again.status_code, again.json()["code"]) == (401, "api.link")
        assert other.get("/incidents").status_code == 401


def test_old_link_and_session_open_nothing(server: Any) -> None:
    """A link beyond its time is none."""
    with server.client() as client:
        secret = link(server, expires=now())
        assert client.get("/session/link", params={"token": secret}).status_code == 401


def test_signing_out_ends_the_session(browser: httpx.Client) -> None:
    """After it, the old cookie stands for nobody."""
    token = dict(browser.cookies)
    assert browser.delete("/session", headers=csrf(browser)).status_code == 204
    assert browser.get("/incidents", cookies=token).status_code == 401


def test_write_of_a_browser_needs_its_token(browser: httpx.Client) -> None:
    """A cookie alone writes nothing."""
    body = {"name": "n", "query": "type=ASSAULT"}
    assert browser.post("/searches", json=body).json()["code"] == "api.csrf"
    assert browser.post("/searches", json=body, headers={"X-CSRF-Token": "guess"}).json()["code"] == "api.csrf"
    assert browser.post("/searches", json=body, headers=csrf(browser)).status_code == 201


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_foreign_page_writes_nothing(browser: httpx.Client, headers: dict[str, str]) -> None:
    """What a browser sends from another site's page is refused even with the token."""
    answer = browser.post("/searches", json={"name": "n", "query": ""}, headers={**headers, **csrf(browser)})
    assert (answer.status_code, answer.json()["code"]) == (403, "api.origin")


def test_foreign_page_writes_nothing_without_sign_in(serve: Callable[..., Any]) -> None:
    """With --auth none too, another site's form cannot send a file in."""
    server = serve(auth="none")
    with server.client() as client:
        files = {"file": ("a.txt", b"x")}
        answer = client.post("/imports", files=files, headers={"Origin": "https://evil.example"})
        assert answer.json()["code"] == "api.origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "a b", "@"])
def test_foreign_host_name_is_refused(server: Any, host: str) -> None:
    """A name that was rebound to this machine opens nothing, not even what answers everybody."""
    with server.client() as client:
        answer = client.get("/meta", headers={"Host": host})
        assert answer.status_code in (400, 421)
        assert "counts" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:1234", "127.0.0.1:80", "[::1]:80", "192.0.2.7"])
def test_own_names_are_answered(server: Any, host: str) -> None:
    """Numbers, and names that were allowed, are the server's own."""
    with server.client() as client:
        assert client.get("/meta", headers={"Host": host}).status_code == 200


def test_password_opens_and_wrong_ones_are_counted(serve: Callable[..., Any]) -> None:
    """The right password makes a session with the user's scopes; too many wrong ones are kept waiting."""
    server = serve(auth="password", logins_per_minute=3)
    server.store.access.save_user(new_user("mona", PASSWORD, "review"))
    with server.client() as client:
        assert client.post("/session", json={"user": "mona", "password": PASSWORD}).status_code == 201
        assert client.get("/meta").json()["user"] == {"name": "mona", "scopes": ["read", "review"]}
        assert client.get("/keys").json()["code"] == "api.scope"
        answers = [client.post("/session", json={"user": "mona", "password": f"wrong {n}"}) for n in range(4)]
        assert [a.status_code for a in answers] == [401, 401, 429, 429]
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert client.post("/session", json={"user": "nobody", "password": "x"}).status_code == 429


def test_removed_user_is_out_at_once(serve: Callable[..., Any]) -> None:
    """Removing a user ends the sessions."""
    server = serve(auth="password")
    server.store.access.save_user(new_user("mona", PASSWORD, "admin"))
    with server.client() as client:
        client.post("/session", json={"user": "mona", "password": PASSWORD})
        assert client.get("/incidents").status_code == 200
        server.store.access.remove_user("mona")
        assert client.get("/incidents").status_code == 401


def test_revoked_key_is_out_at_once(server: Any) -> None:
    """A key made by an admin works until it is revoked; its secret is shown only when it is made."""
    with server.client("admin") as admin:
        made = admin.post("/keys", json={"name": "robot", "scopes": ["read"]}).json()
        assert made["key"].startswith("isnad_")
        assert all(key["key"] is None for key in admin.get("/keys").json()["items"])
        with httpx.Client(base_url=server.base, headers={"Authorization": f"Bearer {made['key']}"}) as robot:
            assert robot.get("/incidents").status_code == 200
            assert admin.delete(f"/keys/{made['id']}").status_code == 204
            assert robot.get("/incidents").status_code == 401


def test_feed_readers_send_the_key_as_a_password(server: Any) -> None:
    """Basic authentication with a key as password reads; with anything else it does not."""
    key = server.key("read")
    assert httpx.get(f"{server.base}/incidents", auth=("anyone", key)).status_code == 200
    assert httpx.get(f"{server.base}/incidents", auth=("anyone", "guess")).status_code == 401


def operations(server: Any) -> list[tuple[str, str, str]]:
    """Return every operation of the document: method, path with something in it, its id."""
    paths = httpx.get(f"{server.base}/openapi.json").json()["paths"]
    return [
        (method, path.replace("{article}", "1").replace("{id}", "0").removeprefix("/api/v1"), operation["operationId"])
        for path, found in paths.items()
        for method, operation in found.items()
    ]


def test_nothing_is_read_without_scope_nor_written_without_review(serve: Callable[..., Any]) -> None:
    """Of all operations in the document: without sign-in every one but those of coming in is refused; with the read
    scope those that write the store; with review those of keys."""
    server = serve()
    opened = {"getMeta", "signIn", "signInByLink", "signOut"}
    writes = {"decide", "addImport", "addSearch", "removeSearch"}
    of_admin = {"listKeys", "addKey", "revokeKey"}
    found = operations(server)
    assert writes | of_admin | opened <= {id for _, _, id in found}
    with server.client() as nobody, server.client("read") as reader, server.client("review") as reviewer:
        for method, path, id in found:
            if id in opened:
                continue
            assert nobody.request(method, path, json={}).status_code == 401, id
            as_reader = reader.request(method, path, json={})
            assert (as_reader.status_code == 403) == (id in writes | of_admin), id
            if id in of_admin:
                assert reviewer.request(method, path, json={}).status_code == 403, id


def test_meta_tells_strangers_nothing(server: Any) -> None:
    """Without sign-in, /meta has the vocabulary and the way in, and no count or day of the store."""
    with server.client() as nobody, server.client("read") as reader:
        stranger, known = nobody.get("/meta").json(), reader.get("/meta").json()
    assert known["counts"]["incidents"] > 0
    assert set(stranger["counts"].values()) == {0}
    assert (stranger["first_day"], stranger["user"], stranger["csrf"]) == (None, None, None)
    assert stranger["types"] == known["types"] != []


def test_secrets_are_neither_kept_nor_logged(serve: Callable[..., Any], caplog: pytest.LogCaptureFixture) -> None:
    """After coming in by every way, wrong ones too, no secret stands in the database, the answers of the log, or what
    the program logs."""
    caplog.set_level(logging.DEBUG)
    server = serve()
    server.store.access.save_user(new_user("mona", PASSWORD, "review"))
    secret, key = link(server), server.key("admin")
    with server.client() as client:
        client.get("/session/link", params={"token": secret})
        session = client.cookies["isnad"]
        client.post("/session", json={"user": "mona", "password": PASSWORD})
        client.post("/session", json={"user": "mona", "password": "wrong " + PASSWORD})
        client.post("/session", json={"user": ["mona"], "password": PASSWORD})
        client.get("/incidents", headers={"Authorization": f"Bearer {key}"})
        made = client.post("/keys", json={"name": "k", "scopes": ["read"]}, headers={"Authorization": f"Bearer {key}"})
        log = client.get("/log", headers={"Authorization": f"Bearer {key}"}).text
    with sqlite3.connect(server.settings.db) as database:
        kept = "\n".join(database.iterdump())
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith(("isnad", "uvicorn")))
    for private in (secret, key, session, PASSWORD, made.json()["key"]):
        assert private not in kept
        assert private not in log
        assert private not in logged
    assert "argon2id" in kept


def test_problem_of_a_login_does_not_repeat_the_password(server: Any) -> None:
    """A request that is not understood is told where it is wrong, not what stood there."""
    with server.client() as client:
        answer = client.post("/session", json={"user": "mona", "password": ["s3cret-s3cret"]})
        assert answer.status_code == 422
        assert "s3cret" not in answer.text


def test_limiter_fills_evenly() -> None:
    """A bucket lets through what it holds, then one for each part of a minute."""
    moment = [0.0]
    limiter = Limiter(6, clock=lambda: moment[0])
    assert [limiter.wait("a") for _ in range(6)] == [0] * 6
    assert limiter.wait("a") == 10
    assert limiter.wait("b") == 0
    moment[0] = 10.0
    assert limiter.wait("a") == 0
    assert limiter.wait("a") > 0


def test_writes_are_limited(serve: Callable[..., Any]) -> None:
    """Somebody who writes too fast is told when to come back."""
    server = serve(writes_per_minute=2)
    with server.client("review") as client:
        answers = [client.post("/searches", json={"name": "n", "query": ""}) for _ in range(3)]
    assert [a.status_code for a in answers] == [201, 201, 429]
    assert answers[2].json()["code"] == "api.rate"
