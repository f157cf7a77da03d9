"""What was found out about a form is kept, in bounded memory, and never made twice while it is kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from isnad.text.kept import Kept

FORMS = st.lists(st.integers(0, 12), max_size=60)


def square(number: int) -> int:
    return number * number


def test_an_answer_kept_is_known() -> None:
    kept: Kept[str, int] = Kept()
    assert kept.known("قصف") is None  # shelling
    assert kept.keep("قصف", 7) == 7
    assert kept.known("قصف") == 7


def test_an_answer_of_the_old_generation_becomes_young_again() -> None:
    """What is asked for in each generation is never forgotten; what is not asked for is."""
    kept: Kept[int, int] = Kept(2)
    kept.keep(0, 100)
    kept.keep(1, 101)
    for form in range(2, 20):
        kept.keep(form, form)
        assert kept.known(0) == 100
    assert kept.known(1) is None


def test_a_form_met_twice_in_a_text_is_made_once() -> None:
    made: list[int] = []

    def make(source: int) -> int:
        made.append(source)
        return square(source)

    kept: Kept[int, int] = Kept()
    assert kept.each([3, 4, 3], [3, 4, 3], make) == [9, 16, 9]
    assert kept.each([4, 3], [4, 3], make) == [16, 9]
    assert made == [3, 4]


def test_answers_come_from_the_sources_and_stand_under_the_forms() -> None:
    kept: Kept[str, int] = Kept()
    assert kept.each(["a", "b"], ["one", "three"], len) == [3, 5]
    assert kept.known("b") == 5


def test_an_answer_may_be_false() -> None:
    """Only None stands for «not known»: False and () are answers."""
    made: list[str] = []

    def make(source: str) -> bool:
        made.append(source)
        return False

    kept: Kept[str, bool] = Kept()
    assert kept.each(["x", "x"], ["x", "x"], make) == [False, False]
    assert made == ["x"]


@given(st.lists(FORMS, max_size=8), st.integers(1, 6))
def test_answers_do_not_hang_on_what_was_kept(texts: list[list[int]], most: int) -> None:
    """However little is kept, every text gets the answers that `make` gives, in order."""
    kept: Kept[int, int] = Kept(most)
    for forms in texts:
        assert kept.each(forms, forms, square) == [square(form) for form in forms]
        assert len(kept) <= most


@given(FORMS, st.integers(1, 6))
def test_memory_is_bounded(forms: list[int], most: int) -> None:
    """At most two generations are kept."""
    kept: Kept[int, int] = Kept(most)
    for form in forms:
        if kept.known(form) is None:
            kept.keep(form, square(form))
        assert len(kept) <= most
        assert sum(kept.known(other) is not None for other in range(13)) <= 2 * most
