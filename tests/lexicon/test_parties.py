"""The party lexicon: built-in data, users' additions, and faults named with file and line."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from isnad.lexicon.parties import PartyLexicon, check
from isnad.lexicon.party_compile import COMPILED, built_in_files, compile_files
from isnad.lexicon.party_forms import DUAL, word_forms
from isnad.read.parties import find_parties
from isnad.text import read_words


@pytest.fixture(scope="module")
def lexicon() -> PartyLexicon:
    return PartyLexicon.load()


def test_generated_file_is_up_to_date() -> None:
    """The compiled JSON is what the YAML sources give; run `python -m isnad.lexicon.party_compile` if
    this fails.
    """
    fresh = msgspec.json.encode(compile_files(built_in_files())) + b"\n"
    assert COMPILED.read_bytes() == fresh


def test_every_named_party_has_names_kind_and_gloss(lexicon: PartyLexicon) -> None:
    assert len(lexicon.parties) > 300
    for id, party in lexicon.parties.items():
        assert party.names, id
        assert party.kind, id
        assert party.gloss, id
        assert party.en, id


def test_affiliations_point_to_known_parties(lexicon: PartyLexicon) -> None:
    """An affiliation is a named party or an organ of a known country."""
    for id, party in lexicon.parties.items():
        for other in party.affiliations:
            known = other in lexicon.parties or (other[3:4] == "." and other[:3] in lexicon.countries)
            assert known, (id, other)


def test_outlets_have_known_countries(lexicon: PartyLexicon) -> None:
    for outlet in lexicon.outlets.values():
        assert outlet.country is None or outlet.country in lexicon.countries, outlet.id
    assert lexicon.outlet_country("okaz") == "SAU"
    assert lexicon.outlet_country("bbc-arabic") is None
    assert lexicon.outlet_country("no such outlet") is None


def test_sound_endings_cover_article_and_feminine() -> None:
    forms = {keys[0] for keys, _ in word_forms("مسلح+")}
    assert {"مسلح", "المسلحين", "مسلحون", "المسلحه"} <= forms


def test_dual_of_a_broken_plural_is_marked() -> None:
    flags = {keys[0]: f for keys, f in word_forms("جندي=")}
    assert flags["جنديين"] & DUAL


def test_stem_that_only_looks_like_article_keeps_its_own() -> None:
    """«ألماني» (German) folds to «الماني» but is indefinite until the article stands before it."""
    forms = {keys[0] for keys, _ in word_forms("ألماني+")}
    assert "الالماني" in forms


def test_user_directory_adds_parties(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "parties:\n  - {id: river-guards, en: River Guards, kind: militia, gloss: test, names: [حراس النهر]}\n",
        encoding="utf-8",
    )
    mine = PartyLexicon.load(tmp_path)
    (mention,) = find_parties(read_words("حراس النهر"), mine)
    assert mention.id == "river-guards"


def test_check_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(
        "parties:\n"
        "  - {id: a, en: A, kind: militia, gloss: test, names: [أ ب]}\n"
        "  - {id: b, en: B, kind: militia, gloss: test}\n"
        "people:\n"
        "  - {forms: [س], id: civilians, kind: civilians, gloss: x, colour: red}\n"
        "nonsense: []\n",
        encoding="utf-8",
    )
    faults = check(tmp_path)
    assert [(Path(f.file).name, f.line) for f in faults[:2]] == [("bad.yaml", 3), ("bad.yaml", 5)]
    assert "names" in faults[0].message
    assert any("nonsense" in f.message for f in faults)


def test_check_of_broken_yaml_gives_one_fault(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("parties: [\n", encoding="utf-8")
    (fault,) = check(tmp_path)
    assert fault.line >= 1


def test_check_of_good_directory_is_empty(tmp_path: Path) -> None:
    (tmp_path / "ok.yaml").write_text("given_names: [زهير]\n", encoding="utf-8")
    assert check(tmp_path) == []


def test_two_entries_of_a_party_are_one(tmp_path: Path) -> None:
    """A body keeps its side and affiliations whichever of its files is read first."""
    entry = "  - {{id: {id}, en: Old Guard, kind: rebel, gloss: guard, names: [{name}]{more}}}\n"
    (tmp_path / "a.yaml").write_text("parties:\n" + entry.format(id="old-guard", name="الحرس العتيق", more=""), "utf-8")
    more = ", country: SYR, side: syrian-opposition, affiliations: [TUR.gov]"
    (tmp_path / "b.yaml").write_text("parties:\n" + entry.format(id="old-guard", name="حرس عتيق", more=more), "utf-8")
    party = PartyLexicon.load(tmp_path).party("old-guard")
    assert party is not None
    assert (party.country, party.side, party.affiliations) == ("SYR", "syrian-opposition", ["TUR.gov"])
    assert party.names == ["الحرس العتيق", "حرس عتيق"]
