"""Voices: how many outlets, texts and original speakers affirm a fact, and the chain by which it came."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from isnad.model import Span
from isnad.model.incidents import Claim, Speaker
from isnad.weigh.agencies import Mark
from isnad.weigh.chain import chain_of, chain_text, tree_of, tree_text
from isnad.weigh.names import load_names
from isnad.weigh.origins import Origin, account_of
from isnad.weigh.reprints import TextGroup
from isnad.weigh.sides import load_sides
from isnad.weigh.voices import weigh_voices


def said(doc: str, outlet: str | None, speaker: Speaker | None = None, **more: Any) -> Claim:
    """A claim that the happening took place."""
    fields = {"field": "happening", "value": True, "says": "says", "status": "actual", **more}
    return Claim(doc_id=doc, event=1, span=Span("قصف", 0, 3), outlet=outlet, speaker=speaker, **fields)


def official(text: str, party: str | None = None) -> Speaker:
    return Speaker(text=text, kind="official", party=party)


def anonymous(text: str) -> Speaker:
    return Speaker(text=text, kind="anonymous")


def copies(*keys: str, origin: str | None = None) -> TextGroup:
    return TextGroup(keys=keys, origin=origin, rule="earliest" if origin else "undated")


SPOKESMAN = "المتحدث باسم قسد فرهاد شامي"


def test_two_outlets_quoting_one_spokesman_are_one_voice() -> None:
    """Two outlets, two texts, one original speaker, whichever words each has for him."""
    voices = weigh_voices(
        [said("1", "one.example", official(SPOKESMAN)), said("2", "two.example", official("قيادة قسد"))]
    )
    assert voices.outlets == ("one.example", "two.example")
    assert voices.texts == (("1",), ("2",))
    assert voices.speakers == ("party:syrian-democratic-forces",)


def test_copies_are_one_text_and_one_voice() -> None:
    """One text in three outlets, where nobody is named in it, is the word of the one who printed it first."""
    group = copies("1", "2", "3", origin="2")
    origins = {k: Origin(doc_id=k, outlet=f"{k}.example", text=group) for k in "123"}
    voices = weigh_voices([said(k, f"{k}.example") for k in "123"], origins=origins)
    assert len(voices.outlets) == 3
    assert voices.texts == (("1", "2", "3"),)
    assert voices.speakers == ("outlet:2.example",)


def test_copies_of_unknown_origin_are_one_voice_and_no_more_beside_their_printer() -> None:
    """Where it is not known who wrote a text it is one voice, and none beside another text of one of its printers."""
    origins = {k: Origin(doc_id=k, outlet=f"{k}.example", text=copies("1", "2")) for k in "12"}
    both = [said("1", "1.example"), said("2", "2.example")]
    assert weigh_voices(both, origins=origins).speakers == ("outlet:1.example|outlet:2.example",)
    assert weigh_voices([*both, said("3", "2.example")], origins=origins).speakers == ("outlet:2.example",)


def test_anonymous_speakers_of_different_outlets_are_different() -> None:
    """«مصدر محلي» of two outlets are two voices; in copies of one text, and within one outlet, he is one."""
    two = [said("1", "one.example", anonymous("مصدر محلي")), said("2", "two.example", anonymous("مصدر محلي"))]
    assert len(weigh_voices(two).speakers) == 2
    origins = {k: Origin(doc_id=k, text=copies("1", "2")) for k in "12"}
    assert len(weigh_voices(two, origins=origins).speakers) == 1
    again = [
        two[0],
        said("3", "one.example", anonymous("المصدر المحلّي")),
        said("4", "one.example", anonymous("مصدر محلّي")),
    ]
    assert (
        len(weigh_voices(again).speakers) == 2
    )  # «the local source» may be another: only its first word is taken back
    plain = [said("1", "one.example", anonymous("مصدر")), said("1", "one.example", anonymous("المصدر"))]
    assert len(weigh_voices(plain).speakers) == 1


def test_an_agency_s_mark_makes_it_the_agency_s_word() -> None:
    """Two different texts with the mark of one agency, nobody named in them, are one voice: the agency's."""
    mark = Mark(agency="reuters", where="head", span=Span("رويترز", 0, 6))
    origins = {k: Origin(doc_id=k, outlet=f"{k}.example", marks=(mark,)) for k in "12"}
    voices = weigh_voices([said(k, f"{k}.example") for k in "12"], origins=origins)
    assert voices.speakers == ("agency:reuters",)


def test_a_mark_that_names_no_agency_names_no_voice() -> None:
    """«وكالات» (agencies) tells of copy, not of whose it is: the outlet stays the voice."""
    mark = Mark(agency="wire", where="head", span=Span("وكالات", 0, 6), generic=True)
    origins = {"1": Origin(doc_id="1", outlet="one.example", marks=(mark,))}
    assert weigh_voices([said("1", "one.example")], origins=origins).speakers == ("outlet:one.example",)


def test_an_agency_quoted_and_the_agency_itself_are_one_voice() -> None:
    """«نقلاً عن وكالة سانا» in one outlet, SANA's own report, and state media under another name are one voice."""
    quoted = Speaker(text="وكالة سانا", kind="media")
    claims = [
        said("1", "one.example", quoted),
        said("2", "sana.sy"),
        said("3", "x.example", Speaker(text="سانا", kind="media")),
    ]
    assert weigh_voices(claims).speakers == ("party:SYR.med",)


def test_the_outlet_s_own_correspondent_is_the_outlet() -> None:
    """«مراسلنا», «مراسل نورث برس» in that outlet and its unattributed words are one voice."""
    ours, named = Speaker(text="مراسلنا", kind="media"), Speaker(text="مراسل نورث برس", kind="media")
    claims = [said("1", "npasyria.com"), said("2", "npasyria.com", ours), said("3", "npasyria.com", named)]
    assert weigh_voices(claims).speakers == ("agency:north-press",)


def test_a_quoted_outlet_and_its_own_report_are_one_voice() -> None:
    """«شبكة عين الفرات» named by another outlet is the outlet of that name."""
    claims = [said("1", "one.example", Speaker(text="شبكة عين الفرات", kind="media")), said("2", "eyeofeuphrates.com")]
    assert weigh_voices(claims).speakers == ("outlet:eyeofeuphrates.com",)


def test_a_forwarded_post_is_its_channel_s_word() -> None:
    """Posts of two channels forwarded from a third are one voice, that of the third."""
    origins = {k: Origin(doc_id=k, outlet=f"t.me/{k}", forwarded_from="قناة الميدان") for k in "12"}
    voices = weigh_voices([said(k, f"t.me/{k}") for k in "12"], origins=origins)
    assert len(voices.outlets) == 2
    assert voices.speakers == ("channel:ميدان",)


def test_a_platform_is_no_outlet() -> None:
    """Two accounts of one platform are two outlets and two voices."""
    platforms = load_names().agencies.platforms
    origins = {
        k: Origin(doc_id=k, outlet="twitter.com", account=account_of(f"https://twitter.com/{k}/status/1", platforms))
        for k in ("one", "two")
    }
    voices = weigh_voices([said(k, "twitter.com") for k in ("one", "two")], origins=origins)
    assert voices.outlets == ("x.com/one", "x.com/two")
    assert voices.speakers == ("account:x.com/one", "account:x.com/two")


def test_a_longer_name_is_the_same_speaker() -> None:
    """«غسان خليل» and «محافظ الحسكة غسان خليل» are one person; «خليل» alone is too little to tell."""
    claims = [
        said("1", "a.example", Speaker(text="الطبيب سامر الراوي", kind="named-person")),
        said("2", "b.example", Speaker(text="سامر الراوي", kind="named-person")),
        said("3", "c.example", Speaker(text="الراوي", kind="named-person")),
    ]
    assert weigh_voices(claims).speakers == ("person:الراوي", "person:سامر الراوي")


@pytest.mark.parametrize(
    "more", [{"says": "denies", "status": "denied", "value": False}, {"status": "planned"}, {"status": "hypothetical"}]
)
def test_only_those_who_affirm_are_counted(more: dict[str, Any]) -> None:
    """A denial, a plan or a supposition is no voice for the happening."""
    voices = weigh_voices([said("1", "one.example"), said("2", "two.example", official(SPOKESMAN), **more)])
    assert voices.outlets == ("one.example",)
    assert voices.speakers == ("outlet:one.example",)


def test_opposed_sides_that_affirm_one_fact_are_named_with_their_sources() -> None:
    """Turkey's agency and a Kurdish outlet affirm: both sides are named, the claims, and each list."""
    voices = weigh_voices([said("1", "aa.com.tr"), said("2", "hawarnews.com")])
    assert voices.opposed_agree
    (agreement,) = voices.agreements
    assert agreement.sides == ("kurdish-led-administration", "turkey")
    assert agreement.claims == (0, 1)
    assert {(w.speaker, w.source) for w in voices.witnesses} == {
        ("agency:anadolu", "outlet-list"),
        ("agency:hawar", "outlet-list"),
    }


def test_opposed_sides_that_affirm_different_tolls_agree_on_no_toll() -> None:
    """Agreement is on a value: three dead and five dead are two facts."""
    tolls = [
        said("1", "aa.com.tr", field="killed", value=[3, 3]),
        said("2", "hawarnews.com", field="killed", value=[5, 5]),
    ]
    assert not weigh_voices(tolls).opposed_agree


def test_two_voices_of_one_side_are_no_agreement_of_opposed_sides() -> None:
    """Ten outlets of one side are one side."""
    assert not weigh_voices([said("1", "hawarnews.com"), said("2", "anfarabic.com")]).opposed_agree


def test_sides_opposed_for_a_time_are_opposed_in_it_only() -> None:
    """The Syrian government and the opposition were at odds until 8 December 2024; without a day nothing is said."""
    claims = [said("1", "sana.sy"), said("2", "shaam.org")]
    assert weigh_voices(claims, day=dt.date(2022, 5, 3)).opposed_agree
    assert not weigh_voices(claims, day=dt.date(2025, 5, 3)).opposed_agree
    assert not weigh_voices(claims).opposed_agree


def test_every_side_of_the_lexicon_and_of_a_pair_has_a_name() -> None:
    """No side is used that the list of sides does not name in Arabic and English."""
    sides = load_sides()
    used = {entry.side for entry in sides.lexicon.parties.values() if entry.side}
    used |= (
        {side for pair in sides._opposed for side in pair}
        | set(sides._data.states.values())
        | set(sides._data.parties.values())
    )
    assert used - set(sides.names) == set()


def test_the_chain_runs_from_outlet_over_agency_to_spokesman() -> None:
    """outlet ← agency ← spokesman, with the neutral id of the one who speaks."""
    claim = said("1", "one.example", official(SPOKESMAN), via=Speaker(text="نورث برس", kind="media"))
    chain = chain_of(claim)
    assert chain_text(chain) == f"one.example ← نورث برس ← {SPOKESMAN}"
    assert chain[-1].party == "syrian-democratic-forces"


def test_an_outlet_that_is_the_agency_stands_once_in_its_chain() -> None:
    """SANA's own report under its own mark has one transmitter, not two."""
    mark = Mark(agency="sana", where="head", span=Span("سانا", 7, 11))
    origin = Origin(doc_id="1", outlet="sana.sy", marks=(mark,))
    assert chain_text(chain_of(said("1", "sana.sy", anonymous("مصدر عسكري")), origin)) == "sana.sy ← مصدر عسكري"


def test_a_forward_stands_in_the_chain() -> None:
    """The channel a post was forwarded from passed it on."""
    origin = Origin(doc_id="1", outlet="t.me/one", forwarded_from="شبكة عين الفرات")
    chain = chain_of(said("1", "t.me/one", anonymous("مصدر")), origin)
    assert chain_text(chain) == "t.me/one ← شبكة عين الفرات ← مصدر"


def test_the_tree_of_a_value_hangs_the_outlets_under_the_speaker() -> None:
    """One spokesman through an agency to two outlets: one root; anonymous ones stay apart."""
    north = Speaker(text="نورث برس", kind="media")
    claims = [
        said("1", "one.example", official(SPOKESMAN), via=north),
        said("2", "two.example", official(SPOKESMAN), via=north),
        said("3", "one.example", anonymous("مصدر محلي")),
        said("4", "two.example", anonymous("مصدر محلي")),
    ]
    tree = tree_of(claims, range(4))
    assert tree_text(tree).split("\n") == [
        f"{SPOKESMAN} (official) [syrian-democratic-forces]",
        "  → نورث برس (media)",
        "    → one.example (media)",
        "    → two.example (media)",
        "مصدر محلي (anonymous)",
        "  → one.example (media)",
        "مصدر محلي (anonymous)",
        "  → two.example (media)",
    ]
