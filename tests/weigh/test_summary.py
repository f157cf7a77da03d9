"""The one value shown for the place and the day of an incident, and what each telling gives for them."""

from __future__ import annotations

import msgspec
import pytest

from isnad.model import CodedArticle, DateValue, Event, Place, Span
from isnad.weigh import assemble
from isnad.weigh.bulletins import bulletin_day
from isnad.weigh.days import Days, days_of, relation
from isnad.weigh.publication import publication_day
from isnad.weigh.tellings import tellings_of

#: name: (level, lat, lon, km, id); the town, its countryside and its road are of one row of the gazetteer.
PLACES = {
    "إدلب": ("town", 35.93, 36.63, 8.0, "idlib"),
    "ريف إدلب": ("region", 35.80, 36.70, 60.0, "idlib"),
    "سرمين": ("town", 35.90, 36.73, 4.0, "sarmin"),
    "مطار إدلب": ("site", 35.93, 36.63, 5.0, "idlib"),
    "طريق سرمين": ("site", 35.95, 36.76, 13.0, "sarmin|x"),
    "أريحا": ("town", 35.81, 36.61, 4.0, "ariha"),
}


LONG = "قرية سرمين شرقي إدلب بقذائف المدفعية الثقيلة دون أن ترد أنباء عن إصابات"  # a sentence, and no date line


def article(
    doc_id: str, *named: str, chained: bool = True, published: str = "2023-09-04", title: str | None = None
) -> CodedArticle:
    """Return an article of one line for each place it names, an attack on each; `chained`: told as one."""
    text, events = "", []
    for n, name in enumerate(named, start=1):
        level, lat, lon, km, id = PLACES[name]
        start = len(text)
        text += f"قصفت قوات النظام {name}\n"
        at = text.index(name, start)
        place = Place(
            text=name, start=at, end=at + len(name), name=name, country="SYR", level=level,
            lat=lat, lon=lon, precision=km, source_id=id,
        )  # fmt: skip
        events.append(
            Event(
                id=n,
                trigger=Span("قصفت", start, start + 4),
                type="ASSAULT",
                mode="heavy-weapons",
                status="actual",
                place=place,
                killed=(3, 3),
                date=DateValue(text=name, start=published, end=published, span=Span(name, at, at + len(name))),
                same_as=1 if chained and n > 1 else None,
            )
        )
    return CodedArticle(doc_id=doc_id, text=text, published=published, events=tuple(events), title=title)


@pytest.mark.parametrize(
    ("articles", "place", "rule"),
    [
        ([("ريف إدلب",), ("سرمين",)], "سرمين", "place.finest-agreed"),  # an area holds the town
        ([("ريف إدلب", "إدلب"), ("إدلب",)], "إدلب", "place.finest-agreed"),  # the town of one row, not its area
        ([("إدلب", "إدلب", "إدلب", "مطار إدلب")], "إدلب", "place.finest-named"),  # one mention of four
        ([("سرمين",), ("سرمين", "طريق سرمين")], "طريق سرمين", "place.finest-agreed"),  # the road is finer
        ([("ريف إدلب",)], "ريف إدلب", "place.finest-named"),
    ],
)
def test_the_finest_place_that_tellings_agree_on(articles: list[tuple[str, ...]], place: str, rule: str) -> None:
    """Votes first, then what enough mentions give, then the finest."""
    found = assemble([article(str(n), *named) for n, named in enumerate(articles)]).incidents
    (only,) = [i for i in found if len(i.members) == sum(map(len, articles))]
    assert only.place is not None
    assert (only.place.text, only.summary["place"].rule) == (place, rule)


def test_a_chain_over_towns_apart_is_cut() -> None:
    """What the coder links in two towns far from each other is told of two happenings."""
    tellings = tellings_of(article("a", "سرمين", "أريحا", "سرمين"))
    assert sorted(t.events for t in tellings) == [(1, 3), (2,)]


def test_a_weekday_beside_a_day_of_a_month_rules_years_out() -> None:
    """Thursday 3 November is of no year in which that is a Saturday; a day more or less is no contradiction."""
    told = days_of(DateValue(text="الخميس 3 تشرين الثاني", start=None, end=None, span=Span("x", 0, 1)), None)
    assert (told.weekday, told.month_day) == (3, (11, 3))
    assert [relation(_day(f"{year}-11-03"), told) for year in (2021, 2022, 2023)] == ["date-words"] * 3
    assert [relation(_day(f"{year}-11-03"), told) for year in (2018, 2019, 2020)] == ["other-date"] * 3
    assert relation(told, msgspec.structs.replace(told, weekday=6)) == "other-date"


def _day(iso: str) -> Days:
    return days_of(DateValue(text=iso, start=iso, end=iso, span=Span(iso, 0, 10)), None)


@pytest.mark.parametrize(
    ("url", "text", "day", "rule"),
    [
        ("https://x.example/bulletins/hsad-24-11-2021.html?a=1", "نص", "2021-11-24", "address"),
        ("https://x.example/reports/hsad-24-11-2021", "نص", "2021-11-24", "address"),
        ("https://x.example/reports/24-11-2021-41", "نص", None, None),
        (None, f"قصفت قوات النظام اليوم السبت 5 آب 2023 {LONG}", "2023-08-05", "today"),
        (None, f"قصفت قوات النظام اليوم السبت 5 آب {LONG}", None, None),
    ],
)
def test_marks_of_publication(url: str | None, text: str, day: str | None, rule: str | None) -> None:
    """A day at the end of an address, or the one the text calls today, is the day of publication."""
    found = publication_day(CodedArticle(doc_id="a", text=text, url=url))
    assert (found and found.day.isoformat(), found and found.rule) == (day, rule)


def test_the_heading_of_a_bulletin_dates_what_has_no_day_of_its_own() -> None:
    """«Harvest of the events of Wednesday 13-07-2022»; another article's heading dates nothing."""
    bulletin = article("a", "سرمين", title="حصاد الأحداث الميدانية ليوم الأربعاء 13-07-2022 | شبكة")
    undated = msgspec.structs.replace(
        bulletin, events=tuple(msgspec.structs.replace(e, date=None) for e in bulletin.events)
    )
    heading = _day("2022-07-13")
    assert bulletin_day(bulletin) == heading
    assert [t.days for t in tellings_of(undated)] == [heading]
    assert [t.days for t in tellings_of(bulletin)] == [_day("2023-09-04")]
    assert bulletin_day(article("b", "سرمين", title="قصف سرمين يوم الأربعاء 13-07-2022")) is None
