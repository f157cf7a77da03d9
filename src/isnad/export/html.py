"""One self-contained page, right to left: each article with its spans in role colours, its events beside it.

Nothing is fetched and nothing from an article is run: every text is escaped, links are http(s) only, and the page's
content security policy allows only the page's own style and script, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files

import yaml

from isnad.export.segments import Segment, cut, paragraphs, role_spans
from isnad.export.table import count
from isnad.model import CodedArticle, DateValue, Event, Party, Place, Source

#: Which role colours a stretch that plays several; the first wins, all are named in its tooltip.
PRECEDENCE = ("trigger", "actor", "recipient", "place", "date", "source", "via", "cue")
LEGEND = ("trigger", "actor", "recipient", "place", "date", "source", "via", "cue")
_Labels = dict[str, dict[str, dict[str, str]]]


class HtmlWriter:
    """The page's head, one section an article, and the foot with the totals."""

    def __init__(self) -> None:
        self._articles = 0
        self._events = 0

    def begin(self) -> str:
        """Return everything before the first article."""
        style, script = _asset("page.css"), _asset("page.js")
        policy = (
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        keys = "".join(f'<li><span class="key {role}">{_label("roles", role)}</span></li>' for role in LEGEND)
        return (
            '<!doctype html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="isnad">\n'
            f"<title>{_label('page', 'title')}</title>\n<style>{style}</style>\n</head>\n<body>\n"
            f'<header class="top"><h1>{_label("page", "title")}</h1><p>{_label("page", "lead")}</p>'
            f'<div class="bar"><ul class="legend">{keys}</ul>'
            f'<button type="button" id="theme">{_label("page", "theme")}</button></div></header>\n<main>\n'
        )

    def article(self, coded: CodedArticle) -> str:
        """Return the section of one article."""
        self._articles += 1
        self._events += len(coded.events)
        name = f"d{self._articles}"
        cards = "".join(_card(event, name) for event in coded.events)
        empty = f'<p class="none">{_label("page", "no_events")}{_note(coded)}</p>'
        side = f'<ol class="events" aria-label="{_label("page", "events")}">{cards}</ol>' if cards else empty
        headline = coded.title or coded.text.strip().partition("\n")[0][:160]
        return (
            f'<article class="doc" id="{name}">'
            f"<header><h2><bdi>{escape(headline)}</bdi></h2>{_meta(coded)}</header>\n"
            f'<div class="cols"><div class="text" tabindex="0">{_text(coded)}</div>{side}</div></article>\n'
        )

    def end(self) -> str:
        """Return everything after the last article."""
        totals = _label("page", "totals").format(
            articles=_number(self._articles), events=_number(self._events)
        )
        script = f"<script>{_asset('page.js')}</script>"
        return f'</main>\n<footer class="foot">{totals}</footer>\n{script}\n</body>\n</html>\n'


def _text(coded: CodedArticle) -> str:
    lines = paragraphs(cut(coded.text, role_spans(coded)))
    return "".join(f'<p dir="auto">{"".join(map(_segment, line))}</p>' for line in lines)


def _segment(segment: Segment) -> str:
    if not segment.spans:
        return escape(segment.text)
    roles = {span.role for span in segment.spans}
    main = next(role for role in PRECEDENCE if role in roles)
    classes = main if main == "cue" or "cue" not in roles else f"{main} cue"
    events = " ".join(dict.fromkeys(str(span.event) for span in segment.spans))
    title = "، ".join(dict.fromkeys(f"{_plain('roles', span.role)} {span.event}" for span in segment.spans))
    return f'<mark class="{classes}" data-e="{events}" title="{escape(title)}">{escape(segment.text)}</mark>'


def _meta(coded: CodedArticle) -> str:
    day = _number(coded.published) if coded.published else _label("page", "day_unknown")
    parts = [f"<bdi>{escape(coded.outlet)}</bdi>"] if coded.outlet else []
    parts += [day, f'<bdi class="id">{escape(coded.doc_id)}</bdi>']
    if coded.url and coded.url.startswith(("https://", "http://")):
        link = f'<a href="{escape(coded.url)}" rel="noopener noreferrer nofollow">{_label("page", "original")}</a>'
        parts.append(link)
    return f'<p class="meta">{" · ".join(parts)}</p>'


def _note(coded: CodedArticle) -> str:
    return f" (<bdi>{escape(coded.note)}</bdi>)" if coded.note else ""


def _card(event: Event, name: str) -> str:
    mode = f" · {_label('modes', event.mode)}" if event.mode else ""
    code = event.type if event.mode is None else f"{event.type} {event.mode}"
    sign = _labels()["statuses"].get(event.status, {}).get("sign", "")
    status = f"{escape(sign)} {_label('statuses', event.status)}"
    return (
        f'<li class="card" data-e="{event.id}" id="{name}e{event.id}" tabindex="0">'
        f'<h3><span class="number">{_number(event.id)}</span> {_label("types", event.type)}{mode} '
        f'<bdi class="id">{escape(code)}</bdi> <span class="status {escape(event.status)}">{status}</span></h3>'
        f"<dl>{_rows(event)}</dl>{_same(event, name)}{_basis(event)}</li>"
    )


def _rows(event: Event) -> str:
    rows = [_row("trigger", f'<bdi class="v trigger">{escape(event.trigger.text)}</bdi>')]
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        if parties:
            rows.append(_row(role, "".join(_party(party, role) for party in parties)))
    if event.place:
        rows.append(_row("place", _place(event.place)))
    if event.date:
        rows.append(_row("date", _date(event.date)))
    for toll in ("killed", "injured", "detained"):
        value = getattr(event, toll)
        if value is not None:
            rows.append(_row(toll, _number(count(value))))
    if event.source:
        rows += _source(event.source)
    return "".join(rows)


def _row(role: str, value: str) -> str:
    return f"<div><dt>{_label('roles', role)}</dt><dd>{value}</dd></div>"


def _party(party: Party, role: str) -> str:
    framing = (
        f' <bdi class="framing" title="{_label("page", "framing")}">«{escape(party.framing or "")}»</bdi>'
    )
    identity = f'<bdi class="id">{escape(party.id)}</bdi>' if party.id else _unresolved()
    loaded = framing if party.framing else ""
    return f'<span class="party"><bdi class="v {role}">{escape(party.text)}</bdi> {identity}{loaded}</span>'


def _place(place: Place) -> str:
    known = ", ".join(x for x in (place.name, place.country) if x)
    where = f' <bdi class="id">{escape(known)}</bdi>' if known else f" {_unresolved()}"
    return f'<bdi class="v place">{escape(place.text)}</bdi>{where}'


def _date(date: DateValue) -> str:
    if date.start is None:
        days = _unresolved()
    elif date.start == date.end:
        days = _number(date.start)
    else:
        days = f"{_number(date.start)} ← {_number(date.end or '?')}"
    return f'<bdi class="v date">{escape(date.text)}</bdi> {days}'


def _source(source: Source) -> list[str]:
    rows = [_row("source", f'<bdi class="v source">{escape(source.text)}</bdi> {_kind(source.kind)}')]
    if source.via:
        rows.append(
            _row("via", f'<bdi class="v via">{escape(source.via.text)}</bdi> {_kind(source.via.kind)}')
        )
    return rows


def _kind(kind: str) -> str:
    return f'<span class="none">({_label("kinds", kind)})</span>'


def _same(event: Event, name: str) -> str:
    if event.same_as is None:
        return ""
    link = f'<a href="#{name}e{event.same_as}">{_number(event.same_as)}</a>'
    return f'<p class="meta">↩ {_label("page", "same_as")} {link}</p>'


def _basis(event: Event) -> str:
    """The cue of every value, reasons for what stays open, the other codebooks and the score."""
    items = [
        f"<li>{_code(cue.field)} <bdi>«{escape(cue.text)}»</bdi> {_code(cue.rule)}</li>" for cue in event.cues
    ]
    items += [
        f"<li>{_code(field)} {_unresolved()} {_code(reason)}</li>" for field, reason in event.reasons.items()
    ]
    if event.place and event.place.lat is not None and event.place.lon is not None:
        items.append(
            f"<li>{_label('roles', 'place')} {_point(event.place.lat, event.place.lon, event.place.precision)}</li>"
        )
    codes = [
        ("ACLED", event.acled.event_type, event.acled.sub_event_type, event.acled.reason),
        ("CAMEO", event.cameo.root, event.cameo.code, event.cameo.reason),
    ]
    for book, first, second, reason in codes:
        value = " / ".join(x for x in (first, second) if x) or reason
        if value:
            items.append(f'<li><bdi class="id">{book}</bdi> <bdi dir="ltr">{escape(value)}</bdi></li>')
    items.append(f"<li>{_label('page', 'score')} {_number(f'{event.score:.2f}')}</li>")
    return f"<details><summary>{_label('page', 'basis')}</summary><ul>{''.join(items)}</ul></details>"


def _code(value: str) -> str:
    return f'<bdi class="id">{escape(value)}</bdi>'


def _point(lat: float, lon: float, precision: float | None) -> str:
    radius = f" ± {precision:g} km" if precision is not None else ""
    return f'<bdi class="id" dir="ltr">{lat:.4f}, {lon:.4f}{radius}</bdi>'


def _unresolved() -> str:
    return f'<span class="none">({_label("page", "unresolved")})</span>'


def _number(value: object) -> str:
    return f'<bdi dir="ltr">{escape(str(value))}</bdi>'


def _label(group: str, key: str) -> str:
    return escape(_plain(group, key))


def _plain(group: str, key: str) -> str:
    """Return the Arabic label, the key itself where there is none."""
    return _labels()[group].get(key, {}).get("ar", key)


@cache
def _labels() -> _Labels:
    text = files("isnad.export").joinpath("labels.yaml").read_text(encoding="utf-8")
    labels: _Labels = yaml.safe_load(text)
    return labels


@cache
def _asset(name: str) -> str:
    return files("isnad.export").joinpath("page", name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    digest = base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")
    return f"sha256-{digest}"


def whole_page(articles: Iterable[CodedArticle]) -> str:
    """Return the page of `articles` as one string."""
    writer = HtmlWriter()
    return writer.begin() + "".join(map(writer.article, articles)) + writer.end()


__all__ = ["HtmlWriter", "whole_page"]
