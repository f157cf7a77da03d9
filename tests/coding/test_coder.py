"""The coder as a whole: neutral names, furniture, other languages, the same result everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from isnad.coding import Coder
from isnad.model import Event

_GOLDEN = Path(__file__).resolve().parents[1] / "golden"
#: Two ways to name one party, the loaded word of each (None: a neutral name), and its id.
_NAMES = (
    ("ميليشيا قسد", "ميليشيا", "قوات سوريا الديمقراطية", None, "syrian-democratic-forces"),
    ("ميليشيات الأسد", "ميليشيات", "قوات الأسد", None, "SYR.mil"),
    ("قوات النظام", "النظام", "الجيش السوري", None, "SYR.mil"),
    ("قوات الاحتلال الإسرائيلي", "الاحتلال", "القوات الإسرائيلية", None, "ISR.mil"),
    ("قوات الاحتلال التركي", "الاحتلال", "القوات التركية", None, "TUR.mil"),
    ("ميليشيا الحوثي", "ميليشيا", "الحوثيون", None, "houthis"),
    ("تنظيم داعش الإرهابي", "الإرهابي", "تنظيم الدولة الإسلامية", None, "islamic-state"),
)


def only(coder: Coder, text: str, type_: str) -> Event:
    """Return the one event of a type."""
    found = [e for e in coder.code(text, published="2021-03-05").events if e.type == type_]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("loaded", "word", "plain", "none", "party"), _NAMES, ids=[n[0] for n in _NAMES])
def test_a_party_has_one_id_however_it_is_named(
    coder: Coder, loaded: str, word: str, plain: str, none: None, party: str
) -> None:
    """The loaded name and the neutral one give one id; the loaded word stays beside it as framing."""
    for name, framing in ((loaded, word), (plain, none)):
        raid = only(coder, f"اعتقلت {name} خمسة مدنيين في المدينة أمس.", "COERCE")  # arrested five civilians
        assert [(p.id, p.framing) for p in raid.actors] == [(party, framing)]
        assert [p.id for p in raid.recipients] == ["civilians"]
        assert raid.detained == (5, 5)


@pytest.mark.parametrize("outlet", [None, "sana", "orient-net", "anha"])
def test_ids_do_not_hang_on_the_outlet(coder: Coder, outlet: str | None) -> None:
    text = "قصفت ميليشيا قسد مواقع الجيش الوطني السوري في مدينة الباب."  # shelled positions in Al-Bab
    (event,) = coder.code(text, outlet=outlet).events
    assert [p.id for p in event.actors] == ["syrian-democratic-forces"]
    assert [p.id for p in event.recipients] == ["syrian-national-army"]
    assert event.place is not None
    assert event.place.name == "Al-Bab"


def test_page_furniture_yields_no_event(coder: Coder) -> None:
    """The headlines of other stories under «اقرأ أيضاً» (read also) are not coded, the article above is."""
    story = "قصفت قوات النظام بلدة كفرنبل مساء أمس، ما أدى إلى مقتل ثلاثة مدنيين وإصابة سبعة آخرين بجروح.\n"
    menu = "الرئيسية\nأخبار\nاقتصاد\nرياضة\nاتصل بنا\n"
    links = "اقرأ أيضاً\nغارات على حلب\nاعتقالات في ريف دمشق\nانفجار عبوة في الباب\nجميع الحقوق محفوظة"
    events = coder.code(menu + story + links, published="2021-03-05").events
    assert events
    assert all(len(menu) <= e.trigger.start < len(menu) + len(story) for e in events)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("Warplanes shelled the outskirts of the town yesterday.", "language: other"),
        ("نیروهای ارتش دیروز شهر را بمباران کردند و پنج نفر کشته شدند.", "language: fa"),
    ],
)
def test_what_is_not_arabic_gives_a_note_and_no_event(coder: Coder, text: str, note: str) -> None:
    coded = coder.code(text)
    assert (coded.events, coded.note) == ((), note)


def test_a_text_without_events_has_no_note(coder: Coder) -> None:
    coded = coder.code("الطقس اليوم مشمس في معظم المناطق مع رياح خفيفة.")  # the weather is sunny
    assert (coded.events, coded.note) == ((), None)


def test_what_is_null_has_a_reason(coder: Coder) -> None:
    (event,) = coder.code("قصف على بلدة كفرنبل أمس.").events
    assert event.reasons["actors"] == "none-stated"
    assert event.reasons["date"] == "published-unknown"


def test_every_event_says_which_word_led_to_its_type(coder: Coder) -> None:
    (event,) = coder.code("قصفت قوات النظام بلدة كفرنبل.").events
    assert ("type", "lexicon:قصف", "قصفت") in [(c.field, c.rule, c.text) for c in event.cues]


def test_text_with_vowels_and_stretching_is_coded_as_without(coder: Coder) -> None:
    plain = coder.code("قصفت قوات النظام بلدة كفرنبل.").events
    dressed = coder.code("قَصَفَتْ قُوّاتُ النظـــام بلدةَ كفرنبل.").events
    assert [(e.type, [p.id for p in e.actors], e.place and e.place.name) for e in plain] == [
        (e.type, [p.id for p in e.actors], e.place and e.place.name) for e in dressed
    ]


def test_stages_tell_where_the_time_goes() -> None:
    coder = Coder()
    coder.code("قصفت قوات النظام بلدة كفرنبل.")
    assert {"words", "parties", "events", "roles", "place", "chain"} <= set(coder.stages)
    assert all(seconds >= 0 for seconds in coder.stages.values())


_DIGEST = """
import hashlib, json, pathlib, msgspec
from isnad.coding import Coder
from isnad.coding.explain import explain
coder, out = Coder(), hashlib.sha256()
for path in sorted(pathlib.Path({folder!r}).glob("*.json")):
    golden = json.loads(path.read_text(encoding="utf-8"))
    out.update(msgspec.json.encode(coder.code(golden["text"], published=golden["published"])))
    out.update(msgspec.json.encode(explain(coder, golden["text"], published=golden["published"])))
import sys; sys.stdout.write(out.hexdigest())
"""


def test_the_seed_of_hashing_changes_nothing() -> None:
    """Two processes with other hash seeds give the same bytes, explanations too."""
    digests = {
        subprocess.run(
            [sys.executable, "-c", _DIGEST.format(folder=str(_GOLDEN))],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    }
    assert len(digests) == 1
    assert all(len(digest) == 64 for digest in digests)
