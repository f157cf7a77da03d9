"""The public surface: what `import isnad` offers, and that the README's first lines hold."""

from __future__ import annotations

import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import isnad
from isnad.errors import Fault
from isnad.model import records

TEXT = "قصفت قوات النظام بلدة كفرنبل أمس."  # regime forces shelled the town yesterday


@pytest.fixture(scope="module")
def coder() -> isnad.Coder:
    return isnad.Coder()


def test_public_names_are_there() -> None:
    assert set(isnad.__all__) == {"Article", "CodedArticle", "Coder", "Event"}
    assert isnad.Article is records.Article
    assert isnad.CodedArticle is records.CodedArticle
    assert isnad.Event is records.Event


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Encoder'"):
        _ = isnad.Encoder


def test_importing_loads_neither_words_nor_weights() -> None:
    """`import isnad` stays cheap: numpy and the coder come when a coder is asked for."""
    code = "import sys, isnad; sys.exit(any(m in sys.modules for m in ('numpy', 'isnad.coding', 'isnad.lexicon')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_package_says_that_it_is_typed() -> None:
    assert resources.files("isnad").joinpath("py.typed").is_file()


def test_one_article_is_coded(coder: isnad.Coder) -> None:
    coded = coder.code(TEXT, published="2020-12-23", outlet="orient-net")
    assert isinstance(coded, isnad.CodedArticle)
    (event,) = coded.events
    assert isinstance(event, isnad.Event)
    assert (event.type, event.actors[0].id) == ("ASSAULT", "SYR.mil")
    assert event.date is not None
    assert event.date.start == "2020-12-22"
    assert (coded.published, coded.outlet) == ("2020-12-23", "orient-net")
    assert coded.coder.startswith("isnad ")


def test_many_articles_come_in_order_over_any_number_of_processes(coder: isnad.Coder) -> None:
    given = [
        isnad.Article(doc_id=str(n), text=TEXT.replace("كفرنبل", town), published="2020-12-23")
        for n, town in enumerate(["كفرنبل", "سراقب", "منبج", "الباب"] * 20)
    ]
    alone = list(coder.code_many(given))
    assert [c.doc_id for c in alone if isinstance(c, isnad.CodedArticle)] == [a.doc_id for a in given]
    assert list(coder.code_many(given, workers=2)) == alone


def test_a_fault_among_the_articles_comes_out_in_its_place(coder: isnad.Coder) -> None:
    fault = Fault(path="list.jsonl", code="input.json", message="not JSON")
    article = isnad.Article(doc_id="a", text=TEXT)
    first, second = coder.code_many([fault, article])
    assert first == fault
    assert isinstance(second, isnad.CodedArticle)


def test_users_own_words_are_laid_over_the_built_in_ones(tmp_path: Path) -> None:
    """A party taught in one YAML file of the user's is known under its id."""
    (tmp_path / "parties").mkdir()
    taught = "{id: sons-of-the-test, kind: militia, en: Sons of the Test, gloss: a body, names: [فيلق الاختبار]}"
    (tmp_path / "parties" / "mine.yaml").write_text(f"parties:\n  - {taught}\n", encoding="utf-8")
    (event,) = isnad.Coder([tmp_path]).code("قصف فيلق الاختبار بلدة كفرنبل.").events
    assert [p.id for p in event.actors] == ["sons-of-the-test"]
