"""The words behind an incident: of each article, the lines that hold a claim or a trigger, with those words marked."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from isnad.export.incident_table import sources
from isnad.export.names import Names
from isnad.export.segments import RoleSpan, Segment, cut, paragraphs
from isnad.export.words import label, link, number, plain, quote, text
from isnad.model import CodedArticle, Span
from isnad.model.incidents import Incident


def evidence(incident: Incident, names: Names, article_of: Callable[[str], CodedArticle | None], at: str) -> str:
    """Return the articles of an incident; `at` is the id of its section.

    Of an article that is not at hand only the quoted words are shown.
    """
    return "".join(
        _article(incident, doc, names, article_of(doc), f"{at}d{n}") for n, doc in enumerate(sources(incident), 1)
    )


def _article(incident: Incident, doc: str, names: Names, article: CodedArticle | None, at: str) -> str:
    members = [member for member in incident.members if member.doc_id == doc]
    outlet = next((member.outlet for member in members if member.outlet), article.outlet if article else None)
    day = next((member.published for member in members if member.published), article.published if article else None)
    title = (article.title or article.text.strip().partition("\n")[0][:160]) if article else ""
    meta = [text(names.outlet_arabic(outlet))] if outlet else []
    meta += [number(day) if day else label("words", "day_unknown"), text(doc, kind="id")]
    if article and article.url and (url := link(article.url, label("words", "original"))).startswith("<a"):
        meta.append(url)
    spans = _spans(incident, doc)
    body = _lines(article.text, spans) if article else _quotes(spans)
    head = f'<h4 dir="auto">{escape(title)}</h4>' if title else ""
    return f'<section class="text" id="{at}">{head}<p class="meta">{" · ".join(meta)}</p>{body}</section>'


def _spans(incident: Incident, doc: str) -> list[tuple[Span, str]]:
    """Return the spans in an article with what they are: a field (denied ones with "denies"), or "trigger"."""
    found = [(member.trigger, "trigger") for member in incident.members if member.doc_id == doc]
    found += [
        (claim.span, "denies" if claim.says == "denies" else claim.field)
        for claim in incident.claims
        if claim.doc_id == doc
    ]
    return list(dict.fromkeys(found))


def _lines(content: str, spans: list[tuple[Span, str]]) -> str:
    """Return the lines that hold a span, those words marked.  Words that are not there as said are quoted below."""
    right = [(span, role) for span, role in spans if content[span.start : span.end] == span.text]
    wrong = [one for one in spans if one not in right]
    marks = [RoleSpan(span.start, span.end, role, 0) for span, role in right]
    shown = [line for line in paragraphs(cut(content, marks)) if any(segment.spans for segment in line)]
    lines = "".join(f'<p dir="auto">{"".join(map(_segment, line))}</p>' for line in shown)
    return lines + (_quotes(wrong) if wrong else "")


def _segment(segment: Segment) -> str:
    if not segment.spans:
        return escape(segment.text)
    roles = list(dict.fromkeys(span.role for span in segment.spans))
    title = "، ".join(_role(role) for role in roles)
    denied = ' class="denies"' if "denies" in roles else ""
    return f'<mark{denied} title="{title}">{escape(segment.text)}</mark>'


def _role(role: str) -> str:
    if role == "denies":
        return plain("says", role)
    return plain("roles", role) if role == "trigger" else plain("fields", role)


def _quotes(spans: list[tuple[Span, str]]) -> str:
    rows = "".join(f"<li>{_role(role)} {quote(span.text)}</li>" for span, role in spans)
    return f'<p class="none">{label("words", "text_missing")}</p><ul>{rows}</ul>' if rows else ""


__all__ = ["evidence"]
