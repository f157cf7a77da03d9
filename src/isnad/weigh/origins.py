"""Where an article's own words come from, as far as it shows: an agency's mark, a forward, an account on a platform."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from isnad.model import CodedArticle
from isnad.weigh.agencies import Agencies, Mark, load_agencies
from isnad.weigh.reprints import Reprints, TextGroup

_ACCOUNT = re.compile(r"//(?:www\.|mobile\.|m\.)?([a-z0-9.-]+)/(?:s/)?@?([A-Za-z0-9_.-]+)(?:/|$|\?)")


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What an article shows of its origin.

    `marks` are agencies' marks in its text, `forwarded_from` the channel a Telegram post came from, `account` the
    account of a post on a platform («x.com/name»), `text` its group of reprints (None: alone with its text).
    """

    doc_id: str
    outlet: str | None = None
    marks: tuple[Mark, ...] = ()
    forwarded_from: str | None = None
    account: str | None = None
    text: TextGroup | None = None


def origin_of(
    doc_id: str,
    text: str,
    agencies: Agencies,
    *,
    outlet: str | None = None,
    url: str | None = None,
    forwarded_from: str | None = None,
    group: TextGroup | None = None,
) -> Origin:
    """Return what an article shows of its origin; `group` as `Reprints.group_of` gives it."""
    return Origin(
        doc_id=doc_id,
        outlet=outlet,
        marks=agencies.marks(text),
        forwarded_from=forwarded_from,
        account=account_of(url, agencies.platforms),
        text=group if group and len(group.keys) > 1 else None,
    )


def account_of(url: str | None, platforms: Iterable[str]) -> str | None:
    """Return «host/name» of a post's address on a platform, None for any other address."""
    found = _ACCOUNT.search(url or "")
    if found is None or found[1] not in platforms or found[2] in ("web", "i", "watch", "c"):
        return None
    host = "x.com" if found[1] == "twitter.com" else found[1]
    return f"{host}/{found[2].lower()}"


def origins_of(
    articles: Iterable[CodedArticle],
    reprints: Reprints | None = None,
    *,
    agencies: Agencies | None = None,
    forwarded: Mapping[str, str] | None = None,
) -> dict[str, Origin]:
    """Return what each article shows of its origin, by doc_id.

    `reprints` is the index in which the articles stand by doc_id; `forwarded` names the channel of forwarded posts.
    """
    agencies, forwarded = agencies or load_agencies(), forwarded or {}
    return {
        a.doc_id: origin_of(
            a.doc_id,
            a.text,
            agencies,
            outlet=a.outlet,
            url=a.url,
            forwarded_from=forwarded.get(a.doc_id),
            group=reprints.group_of(a.doc_id) if reprints is not None and a.doc_id in reprints else None,
        )
        for a in articles
    }


__all__ = ["Origin", "account_of", "origin_of", "origins_of"]
