"""Articles into incidents: own compositions, coded by hand so that only the joining is under test."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.model import CodedArticle, DateValue, Event, Party, Place, Span
from isnad.weigh import Assembly, Registry, assemble
from isnad.weigh.record import incident_from, jsonl
from isnad.weigh.stated import stated_links

SARMIN = ("سرمين", 35.9040, 36.7261)
ARIHA = ("أريحا", 35.8136, 36.6100)


def event(
    text: str,
    word: str,
    *,
    id: int = 1,
    type: str = "ASSAULT",
    mode: str | None = "heavy-weapons",
    status: str = "actual",
    actor: tuple[str, str] | None = None,
    recipient: tuple[str, str] | None = None,
    place: tuple[str, float, float] | None = None,
    day: str | None = None,
    killed: tuple[int | None, int | None] | None = None,
    same_as: int | None = None,
) -> Event:
    """Return an event whose words stand in `text`."""

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(words, start, start + len(words))

    def party(named: tuple[str, str] | None) -> tuple[Party, ...]:
        if named is None:
            return ()
        at = span(named[0])
        return (Party(text=at.text, start=at.start, end=at.end, id=named[1]),)

    where = None
    if place:
        at = span(place[0])
        where = Place(
            text=at.text,
            start=at.start,
            end=at.end,
            name=place[0],
            country="SYR",
            level="town",
            lat=place[1],
            lon=place[2],
            precision=4.0,
            source_id=place[0],
        )
    return Event(
        id=id,
        trigger=span(word),
        type=type,
        mode=mode,
        status=status,
        actors=party(actor),
        recipients=party(recipient),
        place=where,
        date=DateValue(text=word, start=day, end=day, span=span(word)) if day else None,
        killed=killed,
        same_as=same_as,
    )


def article(
    doc_id: str, text: str, *events: Event, published: str | None = None, outlet: str = "outlet"
) -> CodedArticle:
    """Return a coded article."""
    return CodedArticle(doc_id=doc_id, text=text, published=published, outlet=outlet, events=events)


SHELLING = "قصفت قوات النظام مدينة سرمين بالمدفعية فقتل ثلاثة مدنيين"  # regime forces shelled Sarmin, three killed
STRIKE = "الجيش العربي السوري يستهدف بالمدفعية مواقع في سرمين"  # the Syrian Arab Army targets Sarmin with artillery


def shelling(doc_id: str, *, day: str | None = "2023-09-04", place=SARMIN, **more) -> CodedArticle:
    """Return an article on the shelling of a town."""
    text = SHELLING.replace("سرمين", place[0])
    more.setdefault("killed", (3, 3))
    return article(
        doc_id,
        text,
        event(
            text,
            "قصفت",
            actor=("قوات النظام", "SYR.mil"),
            recipient=("مدنيين", "civilians"),
            place=place,
            day=day,
            **more,
        ),
        published=day,
    )


def twin(doc_id: str, *, day: str = "2023-09-04") -> CodedArticle:
    """Return the same happening as the other side tells it."""
    told = event(STRIKE, "يستهدف", actor=("الجيش العربي السوري", "SYR.mil"), place=SARMIN, day=day)
    return article(doc_id, STRIKE, told, published=day, outlet="other")


def groups(found) -> set[frozenset[str]]:
    """Return the grouping of articles, ids aside."""
    return {frozenset(m.doc_id for m in i.members) for i in found.incidents}


def test_two_sides_of_one_shelling_are_one_incident():
    """One happening told by opposed sides, with the same neutral ids, is one incident with both outlets' claims."""
    found = assemble([shelling("a"), twin("b")]).incidents
    assert [sorted(m.doc_id for m in i.members) for i in found] == [["a", "b"]]
    assert found[0].actors == ("SYR.mil",)
    assert found[0].date == {"start": "2023-09-04", "end": "2023-09-04"}
    assert found[0].place is not None
    assert found[0].place.name == "سرمين"
    assert found[0].killed == (3, 3)


def test_two_precise_towns_are_never_joined():
    """The same words, day, parties and toll in two precise different towns stay two incidents."""
    assert len(assemble([shelling("a"), shelling("b", place=ARIHA)]).incidents) == 2


def test_contradicting_days_are_never_joined():
    """The same town and words three days apart are two incidents."""
    assert len(assemble([shelling("a"), shelling("b", day="2023-09-07")]).incidents) == 2


def test_a_plan_makes_no_happening():
    """A planned attack alone gives no incident; it is kept as loose."""
    found = assemble([shelling("a", status="planned")])
    assert found.incidents == ()
    assert [m.doc_id for m in found.loose] == ["a"]


def test_a_denial_stands_beside_what_it_denies():
    """A denied shelling is a member beside the shelling, and a claim that it did not happen."""
    found = assemble([shelling("a"), shelling("b", status="denied", killed=None)]).incidents
    assert len(found) == 1
    assert {(m.doc_id, m.part) for m in found[0].members} == {("a", "happening"), ("b", "beside")}
    denials = [c for c in found[0].claims if c.field == "happening" and c.says == "denies"]
    assert [(c.doc_id, c.value) for c in denials] == [("b", False)]


def test_rival_tolls_are_a_range_over_claims():
    """Two tolls of one happening are both kept, and the summary spans them."""
    found = assemble([shelling("a"), shelling("b", killed=(4, 4))]).incidents
    assert len(found) == 1
    assert found[0].killed == (3, 4)
    assert found[0].summary["killed"].rule == "count.range"
    assert sorted(tuple(c.value) for c in found[0].claims if c.field == "killed") == [(3, 3), (4, 4)]


def test_publication_is_not_the_day_of_the_happening():
    """Reports without a day join by publication, and the incident has no day but says when it was reported."""
    one, two = (msgspec.structs.replace(shelling(d, day=None), published="2023-09-04") for d in "ab")
    found = assemble([one, two]).incidents
    assert len(found) == 1
    assert found[0].date is None
    assert found[0].summary["date"].rule == "day.not-told"
    assert found[0].summary["reported"].value == {"start": "2023-09-04", "end": "2023-09-04"}


def test_a_merge_leaves_a_redirect():
    """Two incidents that later reports join keep one id, and the other leads to it."""
    registry = Registry(members={"inc-old": ("a@0",), "inc-new": ("b@0",)})
    found = assemble([shelling("a"), shelling("b")], registry=registry)
    assert [(i.id, i.merged) for i in found.incidents] == [("inc-old", ("inc-new",))]
    assert found.registry.resolve("inc-new") == "inc-old"


def test_an_id_outlives_what_joins_later():
    """The incident keeps its id when more reports come, whatever their names."""
    assembly = Assembly()
    (first,) = assembly.update([shelling("m")]).incidents
    (second,) = assembly.update([shelling("a"), twin("b")]).incidents
    assert second.id == first.id


def test_an_article_coded_anew_replaces_the_old():
    """Giving an article again under its doc_id leaves one member of it, and taking it out leaves none."""
    assembly = Assembly()
    assembly.update([shelling("a"), shelling("b")])
    found = assembly.update([shelling("b", day="2023-10-01")])
    assert groups(found) == {frozenset("a"), frozenset("b")}
    assert groups(assembly.update(remove=["a"])) == {frozenset("b")}


def test_a_stated_response_links_two_incidents():
    """«X in response to Y» is a link from X to Y with the words it rests on."""
    text = (
        "قصفت القوات مدينة سرمين ردا على هجوم في أريحا"  # the forces shelled Sarmin in response to an attack in Ariha
    )
    one = event(text, "قصفت", place=SARMIN)
    two = event(text, "هجوم", id=2, mode=None, place=ARIHA)
    (stated,) = stated_links(article("a", text, one, two))
    assert (stated.kind, stated.one, stated.two, stated.span.text) == ("response", 1, 2, "ردا على")
    incidents = {i.members[0].event: i for i in assemble([article("a", text, one, two)]).incidents}
    assert [(k.kind, k.incident) for k in incidents[1].links] == [("response", incidents[2].id)]


def test_records_round_trip():
    """What is written of an incident as JSONL is read back and written the same again."""
    (incident,) = assemble([shelling("a"), twin("b")]).incidents
    (line,) = jsonl([incident])
    again = incident_from(line)
    assert again.members == incident.members
    assert list(jsonl([again])) == [line]
    assert msgspec.json.decode(line)["members"][0]["doc_id"] == "a"


TOWNS = [SARMIN, ARIHA, ("بنش", 35.9562, 36.7130), ("النيرب", 35.9030, 36.7900)]
DAYS = [None, "2023-09-04", "2023-09-05", "2023-09-06"]
stories = st.lists(
    st.tuples(st.sampled_from(TOWNS), st.sampled_from(DAYS), st.sampled_from([None, (1, 1), (3, 3), (9, 9)])),
    min_size=2,
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(stories=stories, data=st.data())
def test_any_order_and_batching_give_the_same_groups(stories, data):
    """Whatever the order and the batches in which articles come, the grouping is that of all at once."""
    articles = [
        msgspec.structs.replace(shelling(f"d{n}", place=town, day=day, killed=killed), published=day or "2023-09-05")
        for n, (town, day, killed) in enumerate(stories)
    ]
    whole = groups(assemble(articles))
    order = data.draw(st.permutations(articles))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1))))
    assembly = Assembly()
    found = assembly.update()
    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        found = assembly.update(order[start:end])
    assert groups(found) == whole
    again = Assembly(registry=found.registry).update(articles)
    assert {i.id: groups_of(i) for i in again.incidents} == {i.id: groups_of(i) for i in found.incidents}


def groups_of(incident) -> frozenset[tuple[str, int]]:
    """Return the members of an incident by article and event."""
    return frozenset((m.doc_id, m.event) for m in incident.members)
