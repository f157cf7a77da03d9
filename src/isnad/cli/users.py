"""`isnad users` and `isnad keys`: who may use the desk of a store, people by password and programs by key."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from isnad.cli.open_store import Db, To, format_of, opened
from isnad.errors import UsageError

Scope = Annotated[str, typer.Option(help="read, review (also decides and imports) or admin (also keys).")]
#: Who the log says it was.
_WHO = "command line"


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    users = typer.Typer(help="People who come in by password.", no_args_is_help=True)
    users.command("add")(add_user)
    users.command("list")(list_users)
    users.command("remove")(remove_user)
    app.add_typer(users, name="users")
    keys = typer.Typer(help="Keys for programs.", no_args_is_help=True)
    keys.command("add")(add_key)
    keys.command("list")(list_keys)
    keys.command("revoke")(revoke_key)
    app.add_typer(keys, name="keys")


def add_user(name: str, scope: Scope = "review", db: Db = None) -> int:
    """Add a user, or give one another password and scope, which ends his or her sessions.

    The password is asked for, or read from the first line of standard input; it never stands on the command line.

    \b
    Examples:
      isnad users add mona --scope review
      pass show isnad/mona | isnad users add mona
    """
    from isnad.api.credentials import new_user, now

    user = new_user(name, _password(), scope)
    with opened(db, create=True, upgrade=True) as store:
        known = store.access.user(name) is not None
        store.access.save_user(user)
        store.access.note(
            at=now(), user=_WHO, action="user-saved", subject=f"user:{name}", detail={"scopes": user.scopes}
        )
    print(f"{name}: {'changed' if known else 'added'}, may {', '.join(user.scopes)}")
    return 0


def list_users(db: Db = None, to: To = "table") -> int:
    """List the users and what they may do."""
    with opened(db) as store:
        users = store.access.users()
    if format_of(to) == "jsonl":
        _print_lines([{"name": u.name, "scopes": u.scopes, "created": u.created} for u in users])
    for user in users if to == "table" else ():
        print(f"{user.name:<24}{' '.join(user.scopes):<22}{user.created}")
    return 0


def remove_user(name: str, db: Db = None) -> int:
    """Remove a user, and end his or her sessions at once.  What he or she decided stays."""
    from isnad.api.credentials import now

    with opened(db) as store:
        if not store.access.remove_user(name):
            raise UsageError(f"there is no user {name!r}")
        store.access.note(at=now(), user=_WHO, action="user-removed", subject=f"user:{name}")
    print(f"{name}: removed")
    return 0


def add_key(name: str, scope: Scope = "read", db: Db = None) -> int:
    """Make a key for a program and print it, once; only its hash is kept.

    \b
    Examples:
      isnad keys add "nightly export" --scope read
      curl -H "Authorization: Bearer $KEY" http://127.0.0.1:8765/api/v1/incidents
    """
    from isnad.api.credentials import new_key, now

    key, secret = new_key(name, scope, maker=_WHO)
    with opened(db, create=True, upgrade=True) as store:
        store.access.add_key(key)
        detail = {"name": name, "scopes": key.scopes}
        store.access.note(at=now(), user=_WHO, action="key-added", subject=f"key:{key.id}", detail=detail)
    print(f"{key.id}: {name}, may {', '.join(key.scopes)}; the key is shown only now", file=sys.stderr)
    print(secret)
    return 0


def list_keys(db: Db = None, to: To = "table") -> int:
    """List the keys, without their secrets."""
    with opened(db) as store:
        keys = store.access.api_keys()
    if format_of(to) == "jsonl":
        _print_lines([{"id": k.id, "name": k.name, "scopes": k.scopes, "created": k.created} for k in keys])
    for key in keys if to == "table" else ():
        print(f"{key.id:<14}{' '.join(key.scopes):<22}{key.created}  {key.name}")
    return 0


def revoke_key(id: Annotated[str, typer.Argument(help="The key's id (isnad keys list).")], db: Db = None) -> int:
    """Revoke a key, at once."""
    from isnad.api.credentials import now

    with opened(db) as store:
        if not store.access.remove_key(id):
            raise UsageError(f"there is no key {id!r}")
        store.access.note(at=now(), user=_WHO, action="key-revoked", subject=f"key:{id}")
    print(f"{id}: revoked")
    return 0


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given = getpass.getpass("Password: ")
    if given != getpass.getpass("Again: "):
        raise UsageError("the two passwords differ")
    return given


def _print_lines(rows: list[dict[str, object]]) -> None:
    import msgspec

    for row in rows:
        print(msgspec.json.encode(row).decode())


__all__ = ["add_key", "add_user", "list_keys", "list_users", "register", "remove_user", "revoke_key"]
