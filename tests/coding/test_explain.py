"""An explanation tells the run itself: the same events, the candidates, the answers, and why."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from isnad.cli.explain_text import as_report
from isnad.cli.main import run
from isnad.coding import Coder
from isnad.coding.explain import explain
from isnad.coding.explained import Explanation

TEXT = "قصفت طائرات حربية أطراف بلدة كفرنبل أمس"  # warplanes shelled the outskirts of the town yesterday
#: A local source denied clashes between two parties in a town, and affirmed that an army arrested five young men.
LONG = (
    "نفى مصدر محلي اندلاع اشتباكات بين ميليشيا قسد والجيش الوطني في القامشلي، "
    "وأكد أن قوات النظام اعتقلت خمسة شبان يوم الثلاثاء."
)


@pytest.fixture(scope="module")
def short(coder: Coder) -> Explanation:
    return explain(coder, TEXT, published="2021-03-05")


@pytest.fixture(scope="module")
def long(coder: Coder) -> Explanation:
    return explain(coder, LONG, published="2021-03-05")


def test_the_events_are_those_of_the_coder(coder: Coder, long: Explanation) -> None:
    assert tuple(e.event for e in long.events) == coder.code(LONG, published="2021-03-05").events


def test_the_coder_is_left_as_it_was(coder: Coder) -> None:
    models, stages = coder.models, dict(coder.stages)
    explain(coder, TEXT)
    assert coder.models is models
    assert coder.stages == stages


def test_words_cover_the_text(short: Explanation) -> None:
    assert [word.text for word in short.words] == TEXT.split()
    assert {word.kind for word in short.words} == {"word"}


def test_mentions_are_told(long: Explanation) -> None:
    assert {p.id for p in long.parties} >= {"syrian-democratic-forces", "syrian-national-army", "SYR.mil"}
    assert [p.name for p in long.places] == ["Qamishli"]
    assert [(d.day_from, d.rule) for d in long.dates] == [("2021-03-02", "weekday")]
    assert all(s.speaker.text.startswith("مصدر محلي") for s in long.statements)
    assert [(c.cue.text, c.status) for c in long.status_cues] == [("نفى", "denied")]
    assert all(s.says.text in LONG for s in long.statements)


def test_a_trigger_taken_tells_readings_answers_and_features(short: Explanation) -> None:
    (trigger,) = short.triggers
    assert trigger.taken
    assert trigger.why == "taken"
    assert trigger.event is not None
    assert trigger.event > trigger.threshold
    assert trigger.readings[0].lemma == "قصف"
    assert trigger.readings[0].gloss
    assert trigger.readings[0].types[0].startswith("ASSAULT")
    assert trigger.chances[0].answer == trigger.explains == "ASSAULT"
    sizes = [abs(weight.weight) for weight in trigger.features]
    assert len(sizes) > 2
    assert sizes == sorted(sizes, reverse=True)


def test_a_trigger_left_is_told_with_its_reason(long: Explanation) -> None:
    left = {t.word.text: t for t in long.triggers if not t.taken}
    assert left["نفى"].why in ("below threshold", "left at a glance")  # the word of denial is no event
    assert all(t.event is None or t.event <= t.threshold for t in left.values() if t.why == "below threshold")


def test_page_furniture_is_told(coder: Coder) -> None:
    story = "قصفت قوات النظام بلدة كفرنبل مساء أمس، ما أدى إلى مقتل ثلاثة مدنيين وإصابة سبعة آخرين بجروح.\n"
    links = "اقرأ أيضاً\nغارات على حلب\nاعتقالات في ريف دمشق\nانفجار عبوة في الباب\nجميع الحقوق محفوظة"
    told = explain(coder, story + links)
    why = {t.word.text: t.why for t in told.triggers}
    assert why["غارات"] == "page furniture"
    assert {w.mark for w in told.words if w.start > len(story)} == {"furniture"}


def test_parties_are_told_with_both_looks(long: Explanation) -> None:
    clashes = long.events[0]
    weighed = {p.id: p for p in clashes.parties}
    for party in ("syrian-democratic-forces", "syrian-national-army"):
        assert weighed[party].role == "actor"
        assert weighed[party].mean_actor > 0.5
        assert weighed[party].first.features
        assert weighed[party].second.features
    roles = {role: [p.id for p in clashes.parties if p.role == role] for role in ("actor", "recipient")}
    assert sorted(roles["actor"]) == sorted(str(p.id) for p in clashes.event.actors)


def test_values_taken_are_those_of_the_event(long: Explanation) -> None:
    for event in long.events:
        for weighed, value in ((event.places, event.event.place), (event.dates, event.event.date)):
            taken = [w.mention.text for w in weighed if w.taken]
            assert taken == ([value.text] if value else [])
        sources = [w.mention.text for w in event.sources if w.taken]
        assert sources == ([event.event.source.text] if event.event.source else [])
        assert event.mode.chosen == (event.event.mode or "-")
        assert event.status.chosen == event.event.status
        assert event.status.features


def test_an_earlier_mention_is_told(coder: Coder) -> None:
    text = "قصفت قوات النظام بلدة كفرنبل أمس.\nوأدى القصف إلى مقتل ثلاثة مدنيين."  # shelled ... and the shelling killed
    told = explain(coder, text, published="2021-03-05")
    second = told.events[1]
    assert second.event.same_as == 1
    assert [(w.value, w.taken) for w in second.earlier] == [("event 1", True)]


def test_codes_of_other_books_come_with_their_reason(long: Explanation) -> None:
    arrest = next(e for e in long.events if e.type == "COERCE")
    assert arrest.event.acled.reason is not None
    assert arrest.acled.startswith(f"none ({arrest.event.acled.reason}: ")
    assert arrest.cameo == arrest.event.cameo.code


@pytest.mark.parametrize(("text", "note"), [("", "empty"), ("Warplanes shelled the town.", "language: other")])
def test_what_is_not_arabic_is_told(coder: Coder, text: str, note: str) -> None:
    told = explain(coder, text)
    assert (told.note, told.words, told.events) == (note, (), ())
    assert as_report(msgspec.to_builtins(told))[-1] == f"nothing is coded ({note})"


def test_a_text_without_candidates_still_tells_what_was_read(coder: Coder) -> None:
    told = explain(coder, "الرجل في مدينة حلب.")  # the man is in Aleppo
    assert (told.triggers, told.events) == ((), ())
    assert [p.name for p in told.places] == ["Aleppo"]


def test_report_is_short_and_whole(short: Explanation, long: Explanation) -> None:
    for told in (short, long):
        lines = as_report(msgspec.to_builtins(told))
        page = "\n".join(lines)
        assert len(lines) <= 70
        assert {"READ", "WEIGHED AS TRIGGERS"} <= set(lines)
        for event in told.events:
            assert f"EVENT {event.id}: «{event.trigger.text}» {event.type}" in lines
            assert all(f"«{p.text}»" in page for p in (*event.event.actors, *event.event.recipients))
        assert all(line == line.rstrip() for line in lines)


def test_command_prints_the_report_and_the_whole_tree(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`isnad explain` as it is typed; --all adds what the page leaves out."""
    if not hasattr(Coder, "explain"):
        monkeypatch.setattr(Coder, "explain", _explain, raising=False)
    assert run(["explain", TEXT, "--published", "2021-03-05"]) == 0
    page = capsys.readouterr().out
    assert "«بلدة كفرنبل»" in page
    assert "2021-03-04" in page
    assert len(page.splitlines()) < 60
    assert run(["explain", TEXT, "--published", "2021-03-05", "--all"]) == 0
    tree = capsys.readouterr().out
    assert "source_id:" in tree
    assert len(tree) > len(page)
    assert run(["explain", TEXT, "--json"]) == 0
    assert msgspec.json.decode(capsys.readouterr().out)["events"][0]["event"]["type"] == "ASSAULT"


def _explain(coder: Coder, text: str, **given: Any) -> Explanation:
    return explain(coder, text, **given)
