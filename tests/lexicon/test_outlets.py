"""The outlets: what the built-in files hold, how they are looked up, how faults are named."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest

import isnad.lexicon.outlets as module
from isnad.lexicon.outlets import OutletError, Outlets, check
from isnad.lexicon.parties import PartyLexicon

BUILT_IN = Path(module.__file__).parent / "data" / "outlets"
SYRIA = Path(__file__).parents[3] / "shared" / "data" / "syria" / "articles.jsonl.gz"


def test_built_in_files_are_sound() -> None:
    """No id or domain stands twice, every side has a source, every row has its form."""
    assert check(BUILT_IN) == []
    assert len(Outlets.load()) >= 250


def test_sides_and_their_form_are_those_of_the_party_lexicon() -> None:
    """A side is the id of a party, a side that parties have, or the government or army of a country."""
    parties = PartyLexicon.load()
    known = set(parties.parties) | {party.side for party in parties.parties.values()}
    strange = {o.side for o in Outlets.load() if o.side and o.side not in known}
    assert {side for side in strange if not re.fullmatch(r"[A-Z]{3}\.(gov|mil)", side)} == set()
    assert {side[:3] for side in strange} <= set(parties.countries)


def test_every_region_and_kind_is_there() -> None:
    outlets = list(Outlets.load())
    countries = Counter(o.country for o in outlets)
    for country in ("SYR", "YEM", "IRQ", "LBY", "LBN", "PSE", "ISR", "EGY", "SDN", "SAU", "QAT", "IRN", "TUR", "RUS"):
        assert countries[country] >= 3, country
    assert {o.kind for o in outlets} >= {"agency", "newspaper", "tv", "radio", "site", "monitor", "party-media"}


@pytest.mark.parametrize(
    ("name", "outlet_id"),
    [
        ("سانا", "sana"),
        ("وكالة سانا", "sana"),
        ("أورينت", "orient"),
        ("اورينت", "orient"),
        ("عنب بلدي", "enab-baladi"),
        ("شبكة عين الفرات", "eye-of-euphrates"),
        ("أ ف ب", "afp"),
        ("أ.ف.ب", "afp"),
        ("الأناضول", "anadolu"),
        ("الاناضول", "anadolu"),
        ("هاوار", "hawar"),
        ("reuters", "reuters"),
        ("المرصد السوري لحقوق الإنسان", "sohr"),
    ],
)
def test_names_are_found_in_any_spelling(name: str, outlet_id: str) -> None:
    assert [o.id for o in Outlets.load().named(name)] == [outlet_id]


@pytest.mark.parametrize(
    ("address", "outlet_id"),
    [
        ("www.enabbaladi.net", "enab-baladi"),
        ("https://www.aljazeera.net/news/2024/1/2/x", "al-jazeera"),
        ("https://mubasher.aljazeera.net/news/x", "al-jazeera-mubasher"),
        ("https://arabic.cnn.com:443/a", "cnn-arabic"),
        ("n.chamtimes.com", "sham-times"),
        ("ARABIC.ANF-NEWS.COM", "firat"),
        ("https://notsana.sy/", None),
        ("sy", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_domains_cover_their_subdomains_and_nothing_else(address: str, outlet_id: str | None) -> None:
    found = Outlets.load().at(address)
    assert (found.id if found else None) == outlet_id


def test_a_shared_name_is_decided_by_the_address_or_stays_open() -> None:
    """«الوطن» is a newspaper of three countries: nothing is guessed."""
    outlets = Outlets.load()
    assert {o.country for o in outlets.named("الوطن")} == {"SAU", "SYR", "EGY"}
    assert outlets.find("الوطن") is None
    found = outlets.find("الوطن", address="https://alwatan.sy/archives/1")
    assert found is not None
    assert found.id == "al-watan-syria"


def test_find_takes_ids_domains_urls_and_names() -> None:
    outlets = Outlets.load()
    for given in ("okaz", "okaz.com.sa", "https://www.okaz.com.sa/a/1", "عكاظ", "صحيفة عكاظ"):
        found = outlets.find(given)
        assert found is not None
        assert found.id == "okaz"
    assert outlets.find("لا وجود لها") is None


def test_each_fault_is_named_with_file_and_line(tmp_path: Path) -> None:
    rows = [
        "{id: sana, ar: وكالة, en: Agency, kind: agency}",
        "{id: Own One, ar: أولى, en: One, kind: site}",
        "{id: own-two, ar: ثانية, en: Two, kind: blog}",
        "{id: own-three, ar: ثالثة, en: Three, kind: site, domains: [www.three.example]}",
        "{id: own-four, ar: رابعة, en: Four, kind: site, domains: [sana.sy]}",
        "{id: own-five, ar: خامسة, en: Five, kind: site, side: syrian-opposition}",
        "{id: own-six, en: Six, kind: site}",
        "{id: own-seven, ar: سابعة, en: Seven, kind: site, country: Syria}",
        "{id: own-eight, ar: ثامنة, en: Eight, kind: site, colour: red}",
        "{id: own-nine, ar: تاسعة, en: Nine, kind: site}",
    ]
    (tmp_path / "mine.yaml").write_text("outlets:\n" + "".join(f"  - {row}\n" for row in rows), encoding="utf-8")
    faults = check(tmp_path)
    assert [fault.line for fault in faults] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert all(fault.file == "mine.yaml" for fault in faults)
    text = "\n".join(map(str, faults))
    said_of_them = (
        "id sana stands already at syria.yaml:",
        "kebab-case",
        "blog",
        "bare domain",
        "a side needs its source",
    )
    for said in said_of_them:
        assert said in text
    with pytest.raises(OutletError, match=r"mine\.yaml:2: the id sana"):
        Outlets.load(tmp_path)


@pytest.mark.parametrize("text", ["outlets: [", "- 1", "outlets: 5", "outlet: []", "", "\x00"])
def test_files_that_are_no_outlet_files(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert [fault.file for fault in check(tmp_path)] == ["a.yaml"]


def test_own_outlets_are_added(tmp_path: Path) -> None:
    row = "{id: my-network, ar: شبكتي, en: My Network, kind: telegram, domains: [mine.example]}"
    (tmp_path / "a.yaml").write_text(f"outlets:\n  - {row}\n", encoding="utf-8")
    outlets = Outlets.load(tmp_path)
    found = outlets.at("https://sub.mine.example/1")
    assert found is not None
    assert found.kind == "telegram"
    assert outlets.get("sana") is not None


def test_most_outlets_of_the_syrian_articles_are_known() -> None:
    """At least 80 % of the outlets and 95 % of the articles."""
    if not SYRIA.exists():
        pytest.skip("../shared is not beside the repository")
    outlets = Outlets.load()
    with gzip.open(SYRIA) as stream:
        counts = Counter(row["outlet"] for row in map(json.loads, stream) if row["outlet"])
    known = {name for name in counts if outlets.find(name)}
    assert len(known) / len(counts) >= 0.8, sorted(set(counts) - known)
    assert sum(counts[name] for name in known) / counts.total() >= 0.95
