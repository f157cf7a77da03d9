"""Cutting a text at the edges of its spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from isnad.export.segments import RoleSpan, cut, paragraphs

EDGES = st.tuples(st.integers(-2, 40), st.integers(-2, 40))


@given(st.text(max_size=30), st.lists(EDGES, max_size=8))
def test_segments_joined_are_the_text_and_each_letter_has_its_spans(
    text: str, edges: list[tuple[int, int]]
) -> None:
    spans = [RoleSpan(start, end, "actor", i) for i, (start, end) in enumerate(edges)]
    segments = cut(text, spans)
    assert "".join(segment.text for segment in segments) == text
    at = 0
    for segment in segments:
        for position in range(at, at + len(segment.text)):
            whole = {s for s in spans if 0 <= s.start <= position < s.end <= len(text)}
            assert set(segment.spans) == whole
        at += len(segment.text)


@given(st.text(alphabet="اب \n", max_size=30), st.lists(EDGES, max_size=5))
def test_paragraphs_are_the_lines_with_something_in_them(text: str, edges: list[tuple[int, int]]) -> None:
    spans = [RoleSpan(start, end, "actor", i) for i, (start, end) in enumerate(edges)]
    lines = ["".join(segment.text for segment in line) for line in paragraphs(cut(text, spans))]
    assert lines == [line for line in text.split("\n") if line.strip()]
