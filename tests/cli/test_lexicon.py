"""What is known of a word, and what is wrong in a folder of words."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.cli.main import run


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("واعتقلوا", "COERCE/arrest"),
        ("اعتقالات", "COERCE/arrest"),
        ("قوات سوريا الديمقراطية", "syrian-democratic-forces"),
        ("كفرنبل", "SYR  town"),
    ],
)
def test_words_are_found_in_any_form(word: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lexicon", "find", word]) == 0
    assert said in capsys.readouterr().out


def test_unknown_word_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lexicon", "find", "زظزظزظ"]) == 1
    assert "not known" in capsys.readouterr().out


def test_faults_are_named_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "triggers").mkdir()
    bad = tmp_path / "triggers" / "mine.yaml"
    bad.write_text(
        "entries:\n- {lemma: باغت, gloss: surprise, verb: III, type: BOMB}\n- {lemma: ناوش, type: ASSAULT}\n",
        encoding="utf-8",
    )
    (tmp_path / "parties").mkdir()
    party = tmp_path / "parties" / "mine.yaml"
    party.write_text("parties:\n  - {id: x, names: [لواء الوادي]}\n", encoding="utf-8")
    assert run(["lexicon", "check", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert f"{bad}:2:" in err
    assert f"{bad}:3:" in err
    assert f"{party}:2:" in err
    assert all(line.endswith("[lexicon]") for line in err.splitlines())


def test_a_fault_names_its_file_once_from_a_relative_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Faults of parties said `words/parties/words/parties/mine.yaml` when the folder was given relative."""
    (tmp_path / "words" / "parties").mkdir(parents=True)
    (tmp_path / "words" / "parties" / "mine.yaml").write_text("parties:\n  - {id: x}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["lexicon", "check", "words"]) == 1
    assert capsys.readouterr().err.startswith(f"isnad: {Path('words', 'parties', 'mine.yaml')}:2: ")


def test_a_folder_without_words_is_a_fault(tmp_path: Path) -> None:
    assert run(["lexicon", "check", str(tmp_path)]) == 1
    assert run(["lexicon", "check", str(tmp_path / "absent")]) == 1


def test_ones_own_word_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "triggers").mkdir()
    own = "defaults: {type: ASSAULT}\nentries:\n- {lemma: زعفط, gloss: invented, verb: يزعفط}\n"
    (tmp_path / "triggers" / "mine.yaml").write_text(own, encoding="utf-8")
    assert run(["lexicon", "find", "وزعفطوا", "--lexicon", str(tmp_path)]) == 0
    assert "ASSAULT" in capsys.readouterr().out


def test_place_of_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["places", "find", "دَيرِ الزور"]) == 0
    assert "Deir ez-Zor, SYR" in capsys.readouterr().out


def test_a_table_becomes_part_of_the_gazetteer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ISNAD_DATA_DIR", str(tmp_path / "data"))
    table = tmp_path / "mine.csv"
    table.write_text("name_ar,name_en,lat,lon\nزعفطة,Zaafata,36.1,37.2\nخربة,,x,y\n", encoding="utf-8")
    assert run(["places", "add", str(table), "--country", "SYR"]) == 3
    out, err = capsys.readouterr()
    assert "1 places of SYR" in out
    assert f"{table}:3: no coordinates [places]" in err
    assert run(["places", "find", "زعفطة"]) == 0
    assert "Zaafata, SYR" in capsys.readouterr().out


def test_missing_table_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["places", "add", str(tmp_path / "no.csv")]) == 1
    assert capsys.readouterr().err.rstrip().endswith("[places]")
