"""Options whose values are a closed list: what is not on it is told, with what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from isnad.errors import UsageError


def several(value: str | None) -> tuple[str, ...]:
    """Return the values of an option that takes several, apart by commas."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if value else ()


def chosen(value: str | None, known: Sequence[str], option: str) -> tuple[str, ...]:
    """Return the values of an option as `known` spells them, whatever their case.  Raises UsageError for another."""
    by_name = {name.casefold(): name for name in known}
    out = []
    for part in several(value):
        found = by_name.get(part.casefold())
        if found is None:
            near = get_close_matches(part.casefold(), by_name, n=1)
            meant = f"did you mean {by_name[near[0]]}?" if near else f"one of {', '.join(known)}"
            raise UsageError(f"{option}: there is no {part!r}; {meant}")
        out.append(found)
    return tuple(out)


def one(value: str | None, known: Sequence[str], option: str) -> str | None:
    """Return the value of an option that takes one.  Raises UsageError for none or several of `known`."""
    if value is None:
        return None
    found = chosen(value, known, option)
    if len(found) != 1:
        raise UsageError(f"{option}: takes one of {', '.join(known)}")
    return found[0]


__all__ = ["chosen", "one", "several"]
