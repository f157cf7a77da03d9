"""What a page is to say of its day, and its head: JSON-LD, meta elements, canonical address."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import dataclass
from html import escape

from pages.days import STYLES, some_day, written
from pages.words import Story

#: Ways in which a page states its day; the last five state none, or none that can be trusted.
STATED = ("jsonld", "meta", "all", "plain", "labelled", "time", "url")
UNSTATED = ("none", "today-above", "event-in-text", "modified-only", "conflict")
LABELS = ("نشر في", "نُشر في:", "تاريخ النشر:", "نشرت بتاريخ", "بتاريخ:", "تم النشر في", "أضيف في")


@dataclass
class Plan:
    """One page to build: what it tells, when it was published and how it says so."""

    story: Story
    day: dt.date
    how: str
    style: str
    site: str
    host: str
    rng: random.Random

    @property
    def address(self) -> str:
        """Return the canonical address; with the day in it where that is the page's way."""
        path = (
            f"{self.day:%Y/%m/%d}/" if self.how == "url" or (self.how == "all" and self.rng.random() < 0.3) else "news/"
        )
        return f"https://{self.host}/{path}{self.rng.randint(10_000, 99_999)}"

    def shown(self, *, tag: str = "span", css: str | None = None) -> str:
        """Return the day as it stands beside the headline, '' where the page shows none there."""
        rng, text = self.rng, written(self.day, self.style)
        css = css or rng.choice(("date", "post-date", "entry-date", "meta-date", "news_date", "x-9f2", "time"))
        if self.how in {"plain", "all"}:
            return f'<{tag} class="{css}">{text}</{tag}>'
        if self.how == "labelled":
            return f'<{tag} class="{css}">{rng.choice(LABELS)} {text}</{tag}>'
        if self.how == "time":
            shown = text if rng.random() < 0.7 else "منذ 3 سنوات"
            return f'<time class="entry-date published" datetime="{self.day.isoformat()}T09:30:00+03:00">{shown}</time>'
        if self.how == "modified-only":
            later = written(self.day + dt.timedelta(days=rng.randint(3, 90)), self.style)
            return f'<{tag} class="{css}">آخر تحديث: {later}</{tag}>'
        if self.how == "conflict":
            return f'<{tag} class="{css}">{text}</{tag}>'
        return ""

    def today(self) -> str:
        """Return the day of the visit, as it stands above the menu of many sites."""
        if self.how not in {"today-above"} and self.rng.random() < 0.7:
            return ""
        day = written(some_day(self.rng, first=2025, last=2026), self.rng.choice(STYLES))
        return f'<div class="{self.rng.choice(("today", "top-date", "header-date", "date"))}">{day}</div>'

    def told(self) -> Story:
        """Return the story; where that is the page's way, with the day of another event in its first sentence."""
        if self.how == "event-in-text":
            first = self.story.pieces[0].lines
            other = written(some_day(self.rng), "levant")
            if "كانت البلدة قد شهدت" not in first[0]:
                first[0] = f"كانت البلدة قد شهدت في {other} مجزرة راح ضحيتها عشرات المدنيين. {first[0]}"
        return self.story

    def head(self, *, amp: bool = False) -> str:
        """Return the inside of the head element."""
        rng, title = self.rng, escape(self.story.title)
        address = self.address
        parts = [f"<title>{title} {rng.choice(('-', '|', '–', '»'))} {self.site}</title>"]
        if rng.random() < 0.85 or self.how == "url":
            parts.append(f'<link rel="canonical" href="{address}" />')
        if rng.random() < 0.8:
            parts.append(f'<meta property="og:title" content="{title}"/><meta property="og:type" content="article">')
            parts.append(
                f'<meta content="{self.site}" property="og:site_name"/><meta property="og:url" content="{address}">'
            )
        if self.how in {"meta", "all", "conflict"}:
            parts.append(self._meta())
        if self.how in {"jsonld", "all", "conflict"} or amp:
            parts.append(self._json(address))
        rng.shuffle(parts)
        return "\n".join(parts)

    def _meta(self) -> str:
        day = self.day + dt.timedelta(days=9) if self.how == "conflict" else self.day
        iso = day.isoformat()
        return self.rng.choice(
            (
                f'<meta property="article:published_time" content="{iso}T11:04:00+03:00">'
                f'<meta property="article:modified_time" content="{day + dt.timedelta(days=4)}T11:04:00+03:00">',
                f'<meta name="pubdate" content="{iso} 11:04:00">',
                f'<meta itemprop="datePublished" content="{iso}T11:04:00Z"/>',
                f"<meta name='DC.date.issued' content='{iso}'>",
                f'<meta property="article:published_time" content="{day:%a, %d %b %Y} 09:00:00 +0300">',
            )
        )

    def _json(self, address: str) -> str:
        day = self.day - dt.timedelta(days=7) if self.how == "conflict" else self.day
        news = {
            "@context": "https://schema.org",
            "@type": self.rng.choice(("NewsArticle", "Article", "BlogPosting")),
            "headline": self.story.title,
            "mainEntityOfPage": {"@type": "WebPage", "@id": address},
            "datePublished": f"{day}T10:00:00+03:00",
            "dateModified": f"{day + dt.timedelta(days=2)}T10:00:00+03:00",
            "author": {"@type": "Person", "name": "هيئة التحرير"},
            "publisher": {"@type": "Organization", "name": self.site},
        }
        if self.how not in {"jsonld", "all", "conflict"}:
            news.pop("datePublished")
            news.pop("dateModified")
        site = {"@type": "WebSite", "name": self.site, "url": f"https://{self.host}/"}
        others = {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "NewsArticle", "headline": "خبر آخر", "datePublished": f"{some_day(self.rng)}T00:00:00+03:00"}
            ],
        }
        shape = self.rng.randrange(4)
        tree: object = news
        if shape == 1:
            tree = {"@context": "https://schema.org", "@graph": [site, news]}
        elif shape == 2:
            tree = [others, news]
        text = json.dumps(tree, ensure_ascii=self.rng.random() < 0.5)
        if shape == 3:  # broken as it is met: a bare line break inside a string
            text = text.replace('"author"', '"description": "سطر\nثان", "author"', 1)
        return f'<script type="application/ld+json">{text}</script>'
