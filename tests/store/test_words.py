"""Words as they are indexed, queries, and marks in the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from isnad.store.words import accepted, find_marks, index_words, read_query


def test_forms_of_one_noun_are_one_word() -> None:
    """Clitics, article and marks do not matter."""
    assert set(index_words("القصف والقصف بالقصف قَصْف قصـــف").split(" ")) == {"قصف"}


def test_verb_forms_answer_each_other_as_far_as_they_are_attested() -> None:
    """«she shelled» and «shelling» find each other; Palmyra is no form of «destroyed»."""
    assert {"قصف", "قصفت"} <= accepted("قصفت")
    assert {"قصف", "قصفت", "قصفوا", "يقصف"} <= accepted("والقصف")
    assert "تدمر" not in accepted("دمر")


def test_marks_are_code_points_of_the_text_as_stored() -> None:
    """Harakat inside a word and letters beyond the base plane before it shift nothing."""
    text = "\U0001f1f8\U0001f1fe وبالقَصْفِ، عاد."
    (mark,) = find_marks(text, read_query("قصف"))
    assert text[mark.start : mark.end] == "وبالقَصْفِ"


@given(st.text())
def test_every_word_of_a_text_finds_it(text: str) -> None:
    """Whatever is indexed is answered by a query of the same text, and each mark is a word of it."""
    indexed = index_words(" ".join(text.split()[:20]).replace('"', " ").replace("*", " ")).split()
    if 0 < len(indexed) <= 50:
        terms = read_query(" ".join(text.replace('"', " ").replace("*", " ").split()[:20]))
        assert all(any(word in stems for word in indexed) for term in terms for stems in term.phrase)
        marks = find_marks(text, terms)
        assert marks
        assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
