"""The documents say what is so: every code, column, command and recipe in them is real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from isnad.cli.main import app, run
from isnad.errors import CODES, IsnadError
from isnad.lexicon.triggers import TriggerLexicon
from isnad.model import Event
from isnad.settings import Settings, settings_from

ROOT = Path(__file__).resolve().parents[2]
READABLE = {"", ".py", ".yaml", ".json", ".jsonl", ".md", ".toml", ".txt", ".css", ".js"}
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_error_code_is_documented_and_no_other() -> None:
    documented = dict(re.findall(r"^\| `([a-z.-]+)` \| (.+) \|$", text("docs/errors.md"), re.M))
    assert documented == CODES


def _tree(error: type[IsnadError]) -> list[type[IsnadError]]:
    return [error, *(deeper for child in error.__subclasses__() for deeper in _tree(child))]


def test_every_error_has_a_code_of_the_list() -> None:
    assert {error.code for error in _tree(IsnadError)} <= set(CODES)


def test_every_key_of_an_event_is_documented() -> None:
    documented = set(re.findall(r"`([a-z_]+)`", text("docs/output.md")))
    assert set(Event.__struct_fields__) <= documented


def test_every_setting_is_documented_and_read() -> None:
    page = text("docs/cli.md")
    assert "ISNAD_MAX_ARTICLE_BYTES" in page
    assert str(Settings().max_article_bytes) in page
    given = {"ISNAD_MAX_ARTICLE_BYTES": "5", "ISNAD_DATA_DIR": "/x"}
    assert settings_from(given).max_article_bytes == 5
    assert settings_from(given).places_dir == Path("/x/places")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_commands_in_the_documents_exist(capsys: pytest.CaptureFixture[str]) -> None:
    """Every `isnad word` in a page is a command, and every long option is one of its options."""
    groups = {group.name for group in app.registered_groups}
    for page in PAGES:
        for line in re.findall(r"^    isnad ([a-z].*)$", page.read_text(encoding="utf-8"), re.M):
            words = line.partition("#")[0].split()
            command = words[:2] if words[0] in groups else words[:1]
            assert run([*command, "--help"]) == 0, line
            out = capsys.readouterr().out
            for option in re.findall(r"--[a-z-]+", line.partition("#")[0]):
                assert option in out, line


def test_make_targets_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.M))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8")))
        assert named <= targets, page


def test_recipes_of_the_contributing_page_pass_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The YAML shown there for a verb and a party is accepted as a user's own folder."""
    for block in re.findall(r"```yaml\n(.*?)```", text("CONTRIBUTING.md"), re.S):
        name = re.search(r"^# (\S+)", block)
        assert name is not None
        assert yaml.safe_load(block)
        if not name[1].startswith("places/"):
            path = tmp_path / name[1]
            path.parent.mkdir(exist_ok=True)
            path.write_text(block, encoding="utf-8")
    assert run(["lexicon", "check", str(tmp_path)]) == 0, capsys.readouterr().err


def test_recipes_teach_words_that_are_not_yet_known() -> None:
    """Who copies a recipe into the built-in files meets no entry that stands there already."""
    known = {entry.lemma for entry in TriggerLexicon.load().entries}
    taught = set(re.findall(r"lemma: ([^,]+),", text("CONTRIBUTING.md")))
    assert taught
    assert not taught & known


def test_samples_in_examples_are_those_of_the_package() -> None:
    packaged = ROOT / "src" / "isnad" / "cli" / "samples"
    ours = {path.name: path.read_bytes() for path in (ROOT / "examples").iterdir() if path.is_file()}
    assert ours == {path.name: path.read_bytes() for path in packaged.iterdir() if path.is_file()}


def test_no_file_names_a_machine() -> None:
    """Nothing in the repository depends on where it was written."""
    folders = ("src", "tests", "docs", "bench", "tools", "examples", "gold")
    files = [*ROOT.glob("*.*"), ROOT / "Makefile", *(f for name in folders for f in (ROOT / name).rglob("*"))]
    for path in files:
        if path.is_file() and path.suffix in READABLE:
            content = path.read_text(encoding="utf-8")
            assert not re.search(r"/(?:home|root|work)/[a-z]", content), path
