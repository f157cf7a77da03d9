"""Eight composed incidents with their articles and claims; no outlet, text or happening in them is real."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isnad.model import CodedArticle, Place, Span
from isnad.model.incidents import Claim, Dispute, Grade, Incident, Link, Member, Speaker, Value, Voices

#: doc_id → (outlet, published, text)
TEXTS: dict[str, tuple[str, str, str]] = {
    "syr-1": ("al-ghad", "2023-03-02",
              "قصف الجيش السوري بالمدفعية بلدة تل النهر أمس، "
              "ما أدى إلى مقتل سبعة مدنيين، بحسب مصدر طبي."),
    "syr-2": ("al-wadi", "2023-03-02",
              "ميليشيات النظام تقصف تل النهر: مقتل أكثر "
              "من 12 مدنياً <b>و</b>جرح العشرات، قال الدفاع المدني."),
    "syr-3": ("al-rasmi", "2023-03-03", "نفى ناطق عسكري قصف بلدة تل النهر نقلاً عن وكالة السهل."),
    "yem-1": ("al-sahil", "2022-01-10", "غارة جوية للتحالف على سوق في مديرية الوادي أوقعت قتلى وجرحى."),
    "yem-2": ("al-jabal", "2022-01-10", "طائرة مسيرة مجهولة استهدفت سوقاً في مديرية الوادي."),
    "irq-1": ("al-nahrain", "2023-05-04",
              "اشتباكات متواصلة منذ الثاني من أيار حتى الرابع منه "
              "بين الجيش العراقي وتنظيم الدولة قرب قرية الزهور: 10 قتلى."),
    "lby-1": ("al-shati", "2019-08-01", "قتل متظاهر برصاص الشرطة خلال مظاهرة في مدينة الساحل."),
    "tur-1": ("al-hudud", "2021-07-20",
              "طائرات تركية قصفت موقعاً لقوات سوريا الديمقراطية "
              "في ريف المدينة الشمالي، ومقتل عنصرين وصحفي."),
    "dip-1": ("al-ghad", "2023-03-05", "اتهمت الحكومة المعارضة بقصف المدنيين."),
    "pln-1": ("al-ghad", "2023-04-01", "تستعد الفصائل لهجوم على المدينة."),
    "lst-1": ("al-wadi", "2023-03-01", "قتل خمسة جنود في هجوم لتنظيم الدولة على حاجز تل النهر."),
}  # fmt: skip


def article(doc_id: str) -> CodedArticle:
    outlet, published, text = TEXTS[doc_id]
    return CodedArticle(
        doc_id=doc_id,
        text=text,
        published=published,
        outlet=outlet,
        title=text[:20],
        url="https://example.org/" + doc_id,
    )


def articles() -> list[CodedArticle]:
    return [article(doc_id) for doc_id in TEXTS]


def span(doc_id: str, words: str) -> Span:
    start = TEXTS[doc_id][2].index(words)
    return Span(words, start, start + len(words))


def member(doc_id: str, words: str, *, type: str = "ASSAULT", status: str = "actual", event: int = 1) -> Member:
    outlet, published, _ = TEXTS[doc_id]
    return Member(
        doc_id=doc_id, event=event, trigger=span(doc_id, words), type=type, status=status,
        part="happening" if status == "actual" else "beside", outlet=outlet, published=published,
    )  # fmt: skip


def claim(doc_id: str, field: str, value: Any, words: str, *, says: str = "says", **more: Any) -> Claim:
    more = {"status": "actual", "event": 1, "outlet": TEXTS[doc_id][0], **more}
    return Claim(field=field, value=value, says=says, doc_id=doc_id, span=span(doc_id, words), **more)


def place(name: str, arabic: str, country: str, lat: float | None, lon: float | None, **more: Any) -> Place:
    known = {"level": "town", "precision": 2.0, "source_id": f"geonames:{len(name)}", **more}
    return Place(text=arabic, start=0, end=len(arabic), name=name, country=country, lat=lat, lon=lon, **known)


TALL = place("Tall an Nahr", "تل النهر", "SYR", 35.12345, 36.98765)
MEDIC = Speaker(text="مصدر طبي", kind="anonymous")
RESCUE = Speaker(text="الدفاع المدني", kind="organisation", party="syria-civil-defence")
ARMY = Speaker(text="ناطق عسكري", kind="official", party="SYR.mil", side="syrian-government")
AGENCY = Speaker(text="وكالة السهل", kind="media")


def shelling() -> Incident:
    """A shelling of civilians with rival tolls and a denial through an agency."""
    return Incident(
        id="inc-1", type="ASSAULT", mode="heavy-weapons",
        members=(
            member("syr-1", "قصف"), member("syr-2", "تقصف"), member("syr-3", "قصف", status="denied"),
        ),
        claims=(
            claim("syr-1", "actor", "SYR.mil", "الجيش السوري"),
            claim("syr-2", "actor", "SYR.mil", "النظام", framing="ميليشيات"),
            claim("syr-1", "recipient", "civilians", "مدنيين"),
            claim("syr-1", "place", {"name": "Tall an Nahr", "text": "تل النهر"}, "تل النهر"),
            claim("syr-1", "date", {"start": "2023-03-01", "end": "2023-03-01"}, "أمس"),
            claim("syr-1", "killed", [7, 7], "سبعة مدنيين", speaker=MEDIC),
            claim("syr-2", "killed", [13, None], "أكثر من 12 مدنياً", speaker=RESCUE),
            claim("syr-2", "injured", [20, 99], "العشرات", speaker=RESCUE),
            claim("syr-1", "happening", True, "قصف"),
            claim("syr-3", "happening", False, "قصف", says="denies", status="denied", speaker=ARMY, via=AGENCY),
        ),
        place=TALL, date={"start": "2023-03-01", "end": "2023-03-01"}, actors=("SYR.mil",), recipients=("civilians",),
        killed=(7, None), injured=(20, 99),
        summary={"date": Value(value={"start": "2023-03-01", "end": "2023-03-01"}, rule="agreed-day"),
                 "place": Value(value="Tall an Nahr", rule="finest-agreed")},
        voices=Voices(outlets=("al-ghad", "al-wadi"), texts=(("syr-1",), ("syr-2",)),
                      speakers=("مصدر طبي", "syria-civil-defence"), sides=("syrian-opposition",)),
        disputes=(Dispute(field="happening", kind="denied", claims=(8, 9)),
                  Dispute(field="killed", kind="rival-tolls", claims=(5, 6))),
        grade=Grade(grade="contested", reasons=("denied-by-accused",)),
        links=(Link(kind="response", incident="inc-8", doc_id="syr-1", span=span("syr-1", "قصف")),
               Link(kind="maybe-same", incident="inc-4", score=0.5)),
        merged=("inc-77",),
    )  # fmt: skip


def market() -> Incident:
    """An air strike in a district whose agent is disputed: nobody is named."""
    return Incident(
        id="inc-2", type="ASSAULT", mode="aerial", members=(member("yem-1", "غارة"), member("yem-2", "استهدفت")),
        claims=(
            claim("yem-1", "actor", "saudi-led-coalition", "للتحالف"),
            claim("yem-2", "actor", None, "طائرة مسيرة مجهولة"),
            claim("yem-1", "killed", [1, None], "قتلى"),
        ),
        place=place("Al Wadi", "مديرية الوادي", "YEM", 15.5, -0.25, level="district", precision=20.0),
        date={"start": "2022-01-09", "end": "2022-01-10"}, recipients=("civilians",), killed=(1, None),
        summary={"actor": Value(value=None, rule="rival-agents")},
        disputes=(Dispute(field="actor", kind="rival-agents", claims=(0, 1)),),
    )  # fmt: skip


def clashes() -> Incident:
    """Clashes that lasted three days, ten dead in all, on both sides."""
    return Incident(
        id="inc-3", type="ASSAULT", mode="firearms", members=(member("irq-1", "اشتباكات"),),
        claims=(
            claim("irq-1", "date", {"start": "2023-05-02", "end": "2023-05-04"},
                  "متواصلة منذ الثاني من أيار حتى الرابع منه"),
            claim("irq-1", "killed", [10, 10], "10 قتلى"),
        ),
        place=place("Az Zuhur", "قرية الزهور", "IRQ", 34.5, 43.25, precision=12.0),
        date={"start": "2023-05-02", "end": "2023-05-04"}, actors=("IRQ.mil", "islamic-state"), killed=(10, 10),
    )  # fmt: skip


def demonstration() -> Incident:
    """A protester killed by police, in a town whose coordinates are not known."""
    return Incident(
        id="inc-4", type="ASSAULT", mode="firearms", members=(member("lby-1", "قتل"),),
        claims=(claim("lby-1", "killed", [1, 1], "متظاهر"),),
        place=place("Al Sahil", "مدينة الساحل", "LBY", None, None, precision=None, source_id=None),
        date={"start": "2019-07-31", "end": "2019-07-31"}, actors=("LBY.police",), recipients=("protesters",),
        killed=(1, 1),
    )  # fmt: skip


def strike_abroad() -> Incident:
    """An army abroad strikes a rebel group and a journalist."""
    return Incident(
        id="inc-5", type="ASSAULT", mode="aerial", members=(member("tur-1", "قصفت"),),
        claims=(claim("tur-1", "killed", [3, 3], "عنصرين وصحفي"), claim("tur-1", "actor", "TUR.mil", "طائرات تركية")),
        place=place("North countryside", "ريف المدينة الشمالي", "SYR", 36.5, 38.0, level="region", precision=30.0),
        date={"start": "2021-07-19", "end": "2021-07-19"}, actors=("TUR.mil",),
        recipients=("syrian-democratic-forces", "journalists"), killed=(3, 3),
    )  # fmt: skip


def accusation() -> Incident:
    """An act for which ACLED and GED have no row."""
    return Incident(
        id="inc-6", type="ACCUSE", mode="allege", members=(member("dip-1", "اتهمت", type="ACCUSE"),),
        actors=("SYR.gov",), recipients=("SYR.opp",), date={"start": "2023-03-05", "end": "2023-03-05"},
    )  # fmt: skip


def planned() -> Incident:
    """Only planned: no happening."""
    return Incident(
        id="inc-7", type="ASSAULT", mode=None, members=(member("pln-1", "لهجوم", status="planned"),),
        place=place("Syria", "سوريا", "SYR", 33.5, 36.3, level="country", precision=215.0),
    )  # fmt: skip


def checkpoint() -> Incident:
    """A group attacks an army's checkpoint; the dead are soldiers."""
    return Incident(
        id="inc-8", type="ASSAULT", mode="firearms", members=(member("lst-1", "هجوم"),),
        claims=(claim("lst-1", "killed", [5, 5], "خمسة جنود"),), place=TALL,
        date={"start": "2023-03-01", "end": "2023-03-01"}, actors=("islamic-state",), recipients=("SYR.mil",),
        killed=(5, 5),
    )  # fmt: skip


def incidents() -> list[Incident]:
    return [
        shelling(), market(), clashes(), demonstration(), strike_abroad(), accusation(), planned(), checkpoint(),
    ]  # fmt: skip


def written(writer: Any, told: Sequence[Incident]) -> str:
    return str(writer.begin()) + "".join(map(writer.incident, told)) + str(writer.end())
