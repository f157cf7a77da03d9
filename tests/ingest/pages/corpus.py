# ruff: noqa: E501 (markup and sentences stand as they are met)
"""Two hundred pages from a fixed seed, and what a reader made of them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from pages import layouts as new
from pages import layouts_old as old
from pages.days import STYLES, some_day
from pages.plan import STATED, UNSTATED, Plan
from pages.words import Story, story

LAYOUTS: tuple[Callable[[Plan], str], ...] = (
    new.wp_classic,
    new.wp_block,
    new.amp,
    new.blogger,
    new.drupal,
    new.div_soup,
    new.elementor,
    old.table,
    old.lines,
    old.printed,
    old.bare,
    old.webforms,
)
SITES = (("شبكة الريف", "reef.example"), ("وكالة المدى نت", "www.mada.example"), ("صوت البلد", "sawt.example"))


@dataclass
class Built:
    """A page and the truth about it."""

    name: str
    html: str
    story: Story
    day: str
    how: str
    site: str


def pages(count: int, *, seed: int) -> list[Built]:
    """Return `count` pages, layouts and ways of dating in turn."""
    rng = random.Random(seed)
    hows = (*STATED, *UNSTATED)
    out = []
    for n in range(count):
        site, host = rng.choice(SITES)
        layout = LAYOUTS[n % len(LAYOUTS)]
        how = hows[(n // len(LAYOUTS) + n) % len(hows)]
        plan = Plan(story(rng), some_day(rng), how, rng.choice(STYLES), site, host, rng)
        html = layout(plan)
        told = plan.told()
        if layout is old.lines:
            told.pieces = [piece for piece in told.pieces if piece.kind not in {"figure", "tweet"}]
        out.append(Built(f"{n:03} {layout.__name__} {how} {plan.style}", html, told, plan.day.isoformat(), how, site))
    return out


@dataclass
class Score:
    """Counts over pages, with what went wrong in words."""

    pages: int = 0
    paragraphs: int = 0
    kept: int = 0
    lines: int = 0
    furniture: int = 0
    dated: int = 0
    found: int = 0
    wrong: int = 0
    titles: int = 0
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the figures, and the first faults."""
        head = (
            f"{self.pages} pages: {self.kept}/{self.paragraphs} paragraphs kept, {self.furniture}/{self.lines} lines of "
            f"furniture, {self.titles}/{self.pages} titles, days: {self.found}/{self.dated} stated days found, {self.wrong} wrong"
        )
        return "\n".join([head, *self.notes[:60]])


def squeeze(text: str) -> str:
    """Return `text` NFC with single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def add(score: Score, built: Built, *, text: str, title: str | None, published: str | None) -> None:
    """Count one page as read into `score`."""
    score.pages += 1
    body = squeeze(text)
    for paragraph in built.story.paragraphs:
        score.paragraphs += 1
        if squeeze(paragraph) in body:
            score.kept += 1
        else:
            score.notes.append(f"LOST {built.name}: {paragraph[:90]}")
    allowed = sorted(
        {squeeze(line) for line in (*built.story.paragraphs, *built.story.may, built.story.title)},
        key=len,
        reverse=True,
    )
    for line in filter(None, map(squeeze, text.split("\n"))):
        score.lines += 1
        rest = line
        for known in allowed:
            rest = rest.replace(known, "", 1)
        if re.search(r"\w", rest):
            score.furniture += 1
            score.notes.append(f"FURNITURE {built.name}: {line[:120]}")
    if title == squeeze(built.story.title):
        score.titles += 1
    else:
        score.notes.append(f"TITLE {built.name}: {title}")
    _add_day(score, built, published)


def _add_day(score: Score, built: Built, published: str | None) -> None:
    stated = built.how in STATED
    score.dated += stated
    if published is None:
        if stated:
            score.notes.append(f"NO DAY {built.name}: {built.day}")
    elif published != built.day or built.how in {"today-above", "modified-only", "event-in-text", "none"}:
        score.wrong += 1
        score.notes.append(f"WRONG DAY {built.name}: {published}, not {built.day}")
    else:
        score.found += stated
