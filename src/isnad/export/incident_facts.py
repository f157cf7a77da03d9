"""What sums up an incident in its report: headline, values with their rules, grade, voices, disputes, links."""

from __future__ import annotations

from collections.abc import Iterable

from isnad.export.incident_rows import in_words
from isnad.export.names import Names
from isnad.export.words import label, number, plain, quote, sign, text
from isnad.model import Place
from isnad.model.incidents import Claim, Incident

_COUNTS = ("killed", "injured", "detained")


def headline(incident: Incident, names: Names) -> str:
    """Return what, where and when in one line."""
    what = plain("modes", incident.mode) if incident.mode else plain("types", incident.type)
    where = text(incident.place.text) if incident.place else ""
    days = in_words("date", incident.date, names) if incident.date else None
    return " · ".join(part for part in (what, where, number(days) if days else "") if part)


def facts(incident: Incident, names: Names) -> str:
    """Return the summary value of each field with the rule that chose it."""
    values = {
        "type": _what(incident),
        "date": _when(incident, names),
        "place": _where(incident.place, names),
        "actor": "".join(party(one, names) for one in incident.actors),
        "recipient": "".join(party(one, names) for one in incident.recipients),
        **{name: _count(getattr(incident, name), names, name) for name in _COUNTS},
    }
    rows = "".join(
        f"<dt>{label('fields', name)}</dt><dd>{value or _unknown()}{_rule(incident, name)}</dd>"
        for name, value in values.items()
        if value or name not in _COUNTS
    )
    earlier = ", ".join(text(one, kind="id") for one in incident.merged)
    merged = f'<p class="meta">{label("words", "merged")}: {earlier}</p>' if earlier else ""
    return f'<dl class="facts">{rows}</dl>{merged}'


def _what(incident: Incident) -> str:
    mode = f" · {label('modes', incident.mode)}" if incident.mode else ""
    return f"{label('types', incident.type)}{mode}"


def _when(incident: Incident, names: Names) -> str:
    days = in_words("date", incident.date, names) if incident.date else None
    return number(days) if days else ""


def _where(place: Place | None, names: Names) -> str:
    if place is None:
        return ""
    known = ", ".join(part for part in (place.name, names.country(place.country)) if part)
    english = f' <bdi class="en" lang="en" dir="ltr">{text(known)}</bdi>' if known else ""
    point = ""
    if place.lat is not None and place.lon is not None:
        radius = f" ± {place.precision:g} km" if place.precision is not None else ""
        point = f' <bdi class="id" dir="ltr">{place.lat:.4f}, {place.lon:.4f}{radius}</bdi>'
    return f"{text(place.text)}{english}{point}"


def _count(value: object, names: Names, field: str) -> str:
    shown = in_words(field, value, names)
    return number(shown) if shown is not None else ""


def _rule(incident: Incident, field: str) -> str:
    value = incident.summary.get(field)
    return f' <span class="meta">{label("words", "rule")} {text(value.rule, kind="id")}</span>' if value else ""


def party(id_: str, names: Names) -> str:
    """Return a party by its neutral names in both languages, and its id."""
    return (
        f'<span class="party">{text(names.arabic(id_))} <bdi class="en" lang="en" dir="ltr">'
        f"{text(names.english(id_))}</bdi> {text(id_, kind='id')}</span>"
    )


def _unknown() -> str:
    return f'<span class="none">{label("words", "unknown")}</span>'


def grade(incident: Incident) -> str:
    """Return the grade and its reasons, "" without one."""
    if incident.grade is None:
        return ""
    given = incident.grade
    kind = given.grade if given.grade.isalpha() else ""
    reasons = ", ".join(text(reason, kind="id") for reason in given.reasons)
    return f'<p><span class="grade {kind}">{label("grades", given.grade)}</span> {reasons}</p>'


def voices(incident: Incident, names: Names) -> str:
    """Return the three counts, each with the list behind it, and whether opposed sides agree; "" when not counted."""
    found = incident.voices
    if found is None:
        return ""
    agree = "yes" if found.opposed_agree else "no"
    rows = [
        _counted("outlets", len(found.outlets), (text(names.outlet_arabic(one)) for one in found.outlets)),
        _counted("texts", len(found.texts), (" = ".join(text(d, kind="id") for d in group) for group in found.texts)),
        _counted("speakers", len(found.speakers), (text(_speaker(one, names)) for one in found.speakers)),
        f"<li>{label('voices', 'opposed')}: {label('words', agree)}"
        + (f" ({'، '.join(text(names.side_arabic(one)) for one in found.sides)})" if found.sides else "")
        + "</li>",
    ]
    return f"<ul>{''.join(rows)}</ul>"


def _speaker(who: str, names: Names) -> str:
    named = names.arabic(who)
    return named if named != who else names.outlet_arabic(who) or who


def _counted(name: str, count: int, shown: Iterable[str]) -> str:
    behind = "، ".join(shown)
    return f"<li>{number(count)} {label('voices', name)}{f': {behind}' if behind else ''}</li>"


def disputes(incident: Incident, names: Names) -> str:
    """Return each disputed field with the claims that exclude each other; "" when nothing is disputed."""
    rows = []
    for dispute in incident.disputes:
        claims = [incident.claims[n] for n in dispute.claims if 0 <= n < len(incident.claims)]
        told = "".join(f"<li>{claim_line(claim, names)}</li>" for claim in claims)
        rows.append(f"<li>{label('fields', dispute.field)} {text(dispute.kind, kind='id')}<ul>{told}</ul></li>")
    return f"<ul>{''.join(rows)}</ul>" if rows else ""


def claim_line(claim: Claim, names: Names) -> str:
    """Return who says, repeats or denies which value, with the words."""
    verb = f'<span class="{claim.says if claim.says.isalpha() else ""}">{sign("says", claim.says)} '
    verb += f"{plain('says', claim.says)}</span>"
    value = claim_value(claim, names)
    return f"{whose(claim, names)} {verb} {value} {quote(claim.span.text)}"


def claim_value(claim: Claim, names: Names) -> str:
    """Return the value of a claim in words, with the outlet's loaded word for a party."""
    if isinstance(claim.value, bool):
        return label("words", "yes" if claim.value else "no")
    shown = in_words(claim.field, claim.value, names, arabic=True)
    if shown is None:
        return _unknown()
    if claim.field == "type" and isinstance(claim.value, str):
        return plain("types", claim.value)
    framed = f' <bdi class="framing">«{text(claim.framing)}»</bdi>' if claim.framing else ""
    return (number(shown) if claim.field in ("date", *_COUNTS) else text(shown)) + framed


def whose(claim: Claim, names: Names) -> str:
    """Return whose word a claim is: the innermost speaker, else the outlet itself."""
    if claim.speaker is None:
        return text(names.outlet_arabic(claim.outlet)) if claim.outlet else label("words", "own")
    return f"{text(claim.speaker.text)} ({plain('kinds', claim.speaker.kind)})"


def links(incident: Incident) -> str:
    """Return the incidents that the texts tie to this one; "" when there are none."""
    rows = "".join(
        f"<li>{label('links', link.kind)} {text(link.incident, kind='id')}"
        f"{quote(link.span.text) if link.span else ''}</li>"
        for link in incident.links
    )
    return f"<ul>{rows}</ul>" if rows else ""


__all__ = [
    "claim_line", "claim_value", "disputes", "facts", "grade", "headline", "links", "party", "voices", "whose",
]  # fmt: skip
