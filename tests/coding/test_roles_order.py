"""Subject before object behind an active verb, whatever the models think."""

from __future__ import annotations

import pytest

from isnad.coding.coder import Coder
from isnad.coding.roles_order import plain_order
from isnad.model import Article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اعتقلت قسد ثلاثة عناصر من قوات النظام في القامشلي.", ("قسد", "ثلاثة عناصر من قوات النظام")),
        ("اعتقلت قسد وثلاثة عناصر من قوات النظام شاباً.", None),
        ("قتل شاب ثلاثة عناصر من قوات النظام.", None),
        ("اعتُقل في القامشلي ثلاثة عناصر من قوات النظام.", None),
    ],
    ids=["plain", "joined by and", "a person may be the killed one", "passive"],
)
def test_only_the_plain_order_is_settled(coder: Coder, text: str, expected: tuple[str, str] | None) -> None:
    """The rule holds for a body right behind its verb and a counted object right behind that, and for nothing else."""
    reading, drafts = coder.draft(Article(doc_id="x", text=text))
    found = [plain_order(reading, draft) for draft in drafts]
    named = [tuple(reading.parties[n].text for n in pair) for pair in found if pair]
    assert named == ([expected] if expected else [])


def test_settled_order_comes_out(coder: Coder) -> None:
    """Who arrests and who is arrested, in a sentence without doubt."""
    coded = coder.code("اعتقلت قسد ثلاثة عناصر من قوات النظام في القامشلي.")
    (event,) = coded.events
    assert [p.id for p in event.actors] == ["syrian-democratic-forces"]
    assert [p.id for p in event.recipients] == ["SYR.mil"]
