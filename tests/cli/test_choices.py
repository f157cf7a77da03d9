"""Options whose values are a closed list."""

from __future__ import annotations

import pytest

from isnad.cli.choices import chosen, one, several
from isnad.errors import UsageError

KNOWN = ("AGREE", "ASSAULT", "weak")


def test_values_are_given_as_the_list_spells_them() -> None:
    assert chosen("assault, Weak,,", KNOWN, "--x") == ("ASSAULT", "weak")
    assert chosen(None, KNOWN, "--x") == ()
    assert one("agree", KNOWN, "--x") == "AGREE"
    assert one(None, KNOWN, "--x") is None
    assert several(" a,b , c") == ("a", "b", "c")


@pytest.mark.parametrize(
    ("value", "told"), [("asault", "did you mean ASSAULT?"), ("xyz", "one of AGREE, ASSAULT, weak")]
)
def test_another_value_is_refused_with_what_was_meant(value: str, told: str) -> None:
    with pytest.raises(UsageError, match="--x") as refused:
        chosen(f"agree,{value}", KNOWN, "--x")
    assert told in str(refused.value)


@pytest.mark.parametrize("value", ["", "agree,weak"])
def test_an_option_for_one_value_takes_one(value: str) -> None:
    with pytest.raises(UsageError, match="takes one of"):
        one(value, KNOWN, "--x")
