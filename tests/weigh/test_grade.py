"""Grades: each rule of docs/voices.md, by the claims that bring it about."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import structs

from isnad.model import Span
from isnad.model.incidents import Claim, Incident, Speaker
from isnad.weigh import grade as rules
from isnad.weigh.grade import load_labels
from isnad.weigh.weighing import Scales

DOCS = Path(__file__).parents[2] / "docs" / "voices.md"
SCALES = Scales()


def told(
    doc: str, outlet: str, speaker: Speaker | None = None, *, actor: str | None = None, denied: bool = False
) -> list[Claim]:
    """What one outlet tells: that it happened or not, and who did it."""
    values = [("happening", not denied), *([("actor", actor)] if actor else [])]
    return [
        Claim(
            field=field, value=value, doc_id=doc, event=1, outlet=outlet, span=Span("قصف", 0, 3), speaker=speaker,
            says="denies" if denied else "says", status="denied" if denied else "actual",
        )
        for field, value in values
    ]  # fmt: skip


def graded(*accounts: list[Claim]) -> tuple[str, tuple[str, ...]]:
    incident = Incident(id="i", type="ASSAULT", mode=None, members=(), claims=tuple(c for a in accounts for c in a))
    weighed = SCALES.weigh(incident)
    assert weighed.grade is not None
    return weighed.grade.grade, weighed.grade.reasons


def official(text: str) -> Speaker:
    return Speaker(text=text, kind="official")


def anonymous(text: str) -> Speaker:
    return Speaker(text=text, kind="anonymous")


def test_one_outlet_is_weak() -> None:
    """A single voice in a single text is weak, and both reasons are given."""
    assert graded(told("1", "one.example")) == ("weak", ("single-voice", "single-text"))


def test_two_independent_voices_are_fair() -> None:
    """Two outlets of their own words and nobody against it: fair."""
    assert graded(told("1", "one.example"), told("2", "two.example")) == ("fair", ("independent-voices",))


def test_ten_outlets_with_one_spokesman_are_weak() -> None:
    """However many print him, he is one voice."""
    accounts = [told(str(n), f"{n}.example", official("قيادة قسد")) for n in range(10)]
    assert graded(*accounts) == ("weak", ("single-voice",))


def test_one_side_only_is_weak() -> None:
    """Two outlets of one side do not confirm each other."""
    assert graded(told("1", "hawarnews.com"), told("2", "anfarabic.com")) == ("weak", ("one-side-only",))


def test_anonymous_speakers_only_are_weak() -> None:
    """Nobody who could be asked stands behind it."""
    accounts = [told(str(n), f"{n}.example", anonymous("مصدر محلي")) for n in range(3)]
    assert graded(*accounts) == ("weak", ("anonymous-only",))


def test_opposed_sides_confirm() -> None:
    """Two hostile sides that affirm the same fact are the strongest corroboration."""
    assert graded(told("1", "aa.com.tr"), told("2", "hawarnews.com")) == ("confirmed", ("opposed-sides-agree",))


def test_an_actor_who_says_so_and_another_voice_confirm() -> None:
    """The army says that it struck, and an outlet of its own says so too."""
    army = told("1", "one.example", official("المتحدث باسم الجيش التركي"), actor="TUR.mil")
    assert graded(army, told("2", "two.example", actor="TUR.mil")) == ("confirmed", ("actor-admits", "second-voice"))


def test_an_actor_s_boast_alone_is_weak() -> None:
    """What only the actor claims of itself is one voice."""
    army = told("1", "one.example", official("المتحدث باسم الجيش التركي"), actor="TUR.mil")
    assert graded(army)[0] == "weak"


def test_naming_another_is_no_admission() -> None:
    """A party that lays the act at another's door admits nothing."""
    accuser = told("1", "one.example", official("قيادة قسد"), actor="TUR.mil")
    assert graded(accuser, told("2", "two.example", actor="TUR.mil")) == ("fair", ("independent-voices",))


def test_a_denial_contests() -> None:
    """Affirmed by two and denied by one: contested."""
    denial = told("3", "three.example", official("قيادة قسد"), denied=True)
    assert graded(told("1", "one.example"), told("2", "two.example"), denial) == ("contested", ("denied",))


def test_rival_agents_contest_even_what_all_affirm() -> None:
    """That it happened is affirmed; who did it is not agreed."""
    accounts = told("1", "one.example", actor="SYR.mil"), told("2", "two.example", actor="islamic-state")
    assert graded(*accounts) == ("contested", ("rival-agents",))


def test_an_unknown_agent_does_not_contest() -> None:
    """«مجهولون» against a name is told beside and changes no grade."""
    accounts = (
        told("1", "one.example", actor="unidentified-armed-group"),
        told("2", "two.example", actor="islamic-state"),
    )
    assert graded(*accounts)[0] == "fair"


def test_what_is_only_denied_is_discounted() -> None:
    """Nobody affirms it and somebody denies it."""
    assert graded(told("1", "one.example", official("قيادة قسد"), denied=True)) == ("discounted", ("only-denied",))


def test_one_against_voices_of_two_sides_is_discounted() -> None:
    """One voice affirms; voices of two sides deny."""
    accounts = (
        told("1", "one.example"),
        told("2", "two.example", official("قيادة قسد"), denied=True),
        told("3", "three.example", official("وزارة الدفاع التركية"), denied=True),
    )
    assert graded(*accounts) == ("discounted", ("outnumbered-denial",))


def test_nothing_said_is_weak_for_want_of_a_voice() -> None:
    """An incident whose events are only planned has no voice behind it."""
    assert graded([]) == ("weak", ("no-voice",))


def test_rival_tolls_are_told_beside_the_grade() -> None:
    """Tolls that do not meet are a reason to look, and leave the grade of the happening as it is."""
    tolls = [structs.replace(told(str(n), f"{n}.example")[0], field="killed", value=[n, n]) for n in (3, 8)]
    assert graded(tolls) == ("fair", ("independent-voices", "rival-tolls"))


def test_every_code_has_labels_and_stands_in_the_documents() -> None:
    """Grades and reasons are named in Arabic and English, and docs/voices.md explains each."""
    labels = load_labels()
    source = Path(rules.__file__).read_text(encoding="utf-8")
    assert set(labels.grades) == {rules.CONFIRMED, rules.FAIR, rules.WEAK, rules.CONTESTED, rules.DISCOUNTED}
    used = set(re.findall(r'"((?:[a-z]+-)+[a-z]+|denied)"', source))
    assert used <= set(labels.reasons)
    text = DOCS.read_text(encoding="utf-8")
    for code, label in (*labels.grades.items(), *labels.reasons.items()):
        assert f"`{code}`" in text, code
        assert label.ar in text, code
