"""The score as plain text: the rows first, then each PLOVER type."""

from __future__ import annotations

from collections.abc import Mapping

from isnad.evaluate.score import Report, Row


def as_text(report: Report, *, misses: int = 0) -> str:
    """Return the table of a report, with the first `misses` events that have no counterpart."""
    count = f"{report.documents} document" + ("" if report.documents == 1 else "s")
    lines = [count, *_part("row", report.rows), "", *_part("type", report.types)]
    lines += [f"{miss.kind:9} {miss.type:10} {miss.text}  {miss.doc_id}" for miss in report.misses[:misses]]
    return "\n".join(lines)


def as_markdown(report: Report) -> str:
    """Return the rows as a Markdown table, as the README shows them."""
    head = ["| row | P | R | F1 | gold |", "|---|---|---|---|---|"]
    return "\n".join(
        head
        + [f"| {name} | {r.p:.2f} | {r.r:.2f} | {r.f1:.2f} | {r.gold} |" for name, r in report.rows.items()]
    )


def _part(title: str, rows: Mapping[str, Row]) -> list[str]:
    head = f"{title:12}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'system':>8}"
    return [head] + [
        f"{name:12}{r.p:7.3f}{r.r:7.3f}{r.f1:7.3f}{r.gold:7}{r.system:8}" for name, r in rows.items()
    ]


__all__ = ["as_markdown", "as_text"]
