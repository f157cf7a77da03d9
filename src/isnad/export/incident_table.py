"""Who says what: rows are fields, columns sources, cells says, repeats or denies with the words; and the chains."""

from __future__ import annotations

from collections.abc import Sequence

from isnad.export.incident_facts import claim_value, whose
from isnad.export.names import Names
from isnad.export.words import label, number, plain, quote, sign, text
from isnad.model.incidents import Claim, Incident, Speaker

#: Rows of the table, in this order; a field that is not listed comes after them.
FIELDS = ("happening", "type", "date", "place", "actor", "recipient", "killed", "injured", "detained")


def sources(incident: Incident) -> list[str]:
    """Return the articles of an incident by doc_id, in the order of its members, claims after them."""
    return list(dict.fromkeys([m.doc_id for m in incident.members] + [c.doc_id for c in incident.claims]))


def claims_table(incident: Incident, names: Names, at: str) -> str:
    """Return the table of claims; `at` is the id of the incident's section, to which the evidence hangs."""
    if not incident.claims:
        return ""
    docs = [doc for doc in sources(incident) if any(claim.doc_id == doc for claim in incident.claims)]
    cells: dict[tuple[str, str], list[Claim]] = {}
    for claim in incident.claims:
        cells.setdefault((claim.field, claim.doc_id), []).append(claim)
    fields = sorted({claim.field for claim in incident.claims}, key=_order)
    head = "".join(f'<th scope="col">{_column(incident, doc, names, at)}</th>' for doc in docs)
    rows = "".join(
        f'<tr><th scope="row">{label("fields", field)}</th>'
        + "".join(f"<td>{_cell(cells.get((field, doc), ()), names)}</td>" for doc in docs)
        + "</tr>"
        for field in fields
    )
    return (
        '<div class="scroll" tabindex="0" role="region"><table><thead><tr>'
        f'<th scope="col">{label("words", "source")}</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _order(field: str) -> tuple[int, str]:
    return (FIELDS.index(field) if field in FIELDS else len(FIELDS), field)


def _column(incident: Incident, doc: str, names: Names, at: str) -> str:
    number_ = sources(incident).index(doc) + 1
    outlet = _outlet(incident, doc)
    named = names.outlet_arabic(outlet) if outlet else doc
    day = next((m.published for m in incident.members if m.doc_id == doc and m.published), None)
    return f'<a href="#{at}d{number_}">{text(named)}</a>' + (f" {number(day)}" if day else "")


def _outlet(incident: Incident, doc: str) -> str | None:
    told = [(member.doc_id, member.outlet) for member in incident.members]
    told += [(claim.doc_id, claim.outlet) for claim in incident.claims]
    return next((outlet for doc_id, outlet in told if doc_id == doc and outlet), None)


def _cell(claims: Sequence[Claim], names: Names) -> str:
    return "".join(f'<p class="claim">{_claim(claim, names)}</p>' for claim in claims)


def _claim(claim: Claim, names: Names) -> str:
    kind = claim.says if claim.says.isalpha() else ""
    verb = f'<span class="{kind}">{sign("says", claim.says)} {plain("says", claim.says)}</span>'
    status = "" if claim.status == "actual" else f' <span class="meta">{plain("statuses", claim.status)}</span>'
    who = f'<span class="meta">{whose(claim, names)}</span>'
    return f"{verb} {claim_value(claim, names)}{status} {who}{quote(claim.span.text)}"


def chains(incident: Incident, names: Names) -> str:
    """Return every chain of transmission, outlet ← who passed it on ← whose word, with the fields it brings."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for claim in incident.claims:
        found.setdefault(chain(claim, names), {})[claim.field] = None
    rows = "".join(
        f'<li>{" ← ".join(links)} <span class="meta">({label("words", "about")} '
        f"{'، '.join(plain('fields', field) for field in sorted(fields, key=_order))})</span></li>"
        for links, fields in found.items()
        if links
    )
    return f'<ul class="chain">{rows}</ul>' if rows else ""


def chain(claim: Claim, names: Names) -> tuple[str, ...]:
    """Return the links of a claim's chain as HTML, the outlet first, the innermost voucher last."""
    outlet = (text(names.outlet_arabic(claim.outlet)),) if claim.outlet else ()
    return (*outlet, *(_speaker(one) for one in (claim.via, claim.speaker) if one is not None))


def _speaker(speaker: Speaker) -> str:
    return f'{text(speaker.text)} <span class="meta">({plain("kinds", speaker.kind)})</span>'


def beside(incident: Incident, names: Names) -> str:
    """Return what is planned, demanded, supposed or denied and stands beside the happening; "" when nothing does."""
    rows = "".join(
        f"<li>{plain('statuses', member.status)} · {plain('types', member.type)} "
        f"{text(names.outlet_arabic(member.outlet)) if member.outlet else ''}{quote(member.trigger.text)}</li>"
        for member in incident.members
        if member.part != "happening"
    )
    return f"<ul>{rows}</ul>" if rows else ""


__all__ = ["FIELDS", "beside", "chain", "chains", "claims_table", "sources"]
