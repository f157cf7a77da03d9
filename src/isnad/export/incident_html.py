"""A self-contained report of incidents: what is known, who says it, who denies it, and the words themselves.

Right to left, Arabic with English beside; light or dark as the reader's system is.  Nothing is fetched, there is no
script, every text is escaped, and the content security policy allows only the page's own style, by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from html import escape
from importlib.resources import files

from isnad.export.incident_evidence import evidence
from isnad.export.incident_facts import disputes, facts, grade, headline, links, voices
from isnad.export.incident_table import beside, chains, claims_table
from isnad.export.names import Names
from isnad.export.words import label, number, plain, text
from isnad.model import CodedArticle
from isnad.model.incidents import Incident

#: An article by the id that came in; None where it is not at hand.
ArticleOf = Callable[[str], CodedArticle | None]


class IncidentHtmlWriter:
    """The page's head, one section an incident, and the foot with the total."""

    def __init__(self, names: Names | None = None, *, article_of: ArticleOf = lambda doc_id: None) -> None:
        self._names = names or Names.load()
        self._article_of = article_of
        self._count = 0

    def begin(self) -> str:
        """Return everything before the first incident."""
        style = _style()
        digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        return (
            '<!doctype html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
            f'<meta name="generator" content="isnad">\n<title>{plain("page", "title")}</title>\n'
            f"<style>{style}</style>\n</head>\n<body>\n"
            f'<header class="top"><h1>{label("page", "title")}</h1>'
            f'<p class="meta">{label("page", "lead")}</p></header>\n<main>\n'
        )

    def incident(self, incident: Incident) -> str:
        """Return the section of one incident."""
        self._count += 1
        at = f"i{self._count}"
        parts = (
            ("facts", facts(incident, self._names)),
            ("grade", grade(incident)),
            ("voices", voices(incident, self._names)),
            ("disputes", disputes(incident, self._names)),
            ("claims", claims_table(incident, self._names, at)),
            ("chains", chains(incident, self._names)),
            ("beside", beside(incident, self._names)),
            ("links", links(incident)),
            ("evidence", evidence(incident, self._names, self._article_of, at)),
        )
        body = "".join(f"<h3>{label('sections', name)}</h3>{part}" for name, part in parts if part)
        return (
            f'<article class="incident" id="{at}"><h2>{headline(incident, self._names)}</h2>'
            f'<p class="meta">{text(incident.id, kind="id")}</p>{body}</article>\n'
        )

    def end(self) -> str:
        """Return everything after the last incident."""
        total = f"{number(self._count)} {label('page', 'total')}" if self._count else label("page", "none")
        return f'</main>\n<footer class="foot">{total}</footer>\n</body>\n</html>\n'


@cache
def _style() -> str:
    return files("isnad.export").joinpath("page", "incident.css").read_text(encoding="utf-8")


__all__ = ["ArticleOf", "IncidentHtmlWriter"]
