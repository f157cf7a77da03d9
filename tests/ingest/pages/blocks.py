# ruff: noqa: E501 (markup and sentences stand as they are met)
"""The furniture around an article, in the shapes themes give it."""

from __future__ import annotations

import random
from html import escape

from pages.days import STYLES, some_day, written
from pages.words import Piece, Story, headline

SECTIONS = [
    "الرئيسية",
    "سوريا",
    "العراق",
    "اليمن",
    "ليبيا",
    "فلسطين",
    "اقتصاد",
    "رياضة",
    "تقارير",
    "مقالات",
    "فيديو",
    "صور",
    "من نحن",
    "اتصل بنا",
]
NAMES = ["أبو محمد", "سامر", "قارئ متابع", "Ahmad", "لمى"]


def menu(rng: random.Random) -> str:
    """Return a navigation bar, as list or as bare links."""
    links = [f'<a href="/c/{n}">{name}</a>' for n, name in enumerate(rng.sample(SECTIONS, 9))]
    if rng.random() < 0.6:
        items = "".join(f'<li class="menu-item">{link}</li>' for link in links)
        return f'<nav class="main-nav"><ul id="menu-main" class="menu">{items}</ul></nav>'
    return f'<div id="topmenu">{" | ".join(links)}</div>'


def share(rng: random.Random) -> str:
    """Return a share bar in one of four shapes."""
    names = rng.sample(["فيسبوك", "تويتر", "واتساب", "تلغرام", "طباعة", "Facebook", "Twitter", "LinkedIn"], 5)
    links = "".join(f'<a class="btn-{n}" href="#s">{name}</a> ' for n, name in enumerate(names))
    items = "".join(f'<li><a href="#s"><span class="screen-reader-text">{name}</span></a></li>' for name in names)
    label = rng.choice(("شارك", "شارك هذا الموضوع:", "شارك الخبر على", "شاركها"))
    return rng.choice(
        (
            f'<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">{label}</h3><ul>{items}</ul></div>',
            f'<div class="post-share"><span>{label}</span> {links}</div>',
            f'<ul class="social-icons share-buttons">{items}</ul>',
            f'<div class="addthis_inline_share_toolbox"><p>{label}</p>{links}</div>',
        )
    )


def related(rng: random.Random, *, plain: bool = False) -> str:
    """Return headlines of other stories, most with their own days."""
    label = rng.choice(
        ("مقالات ذات صلة", "اقرأ أيضاً", "مواضيع ذات صلة", "قد يعجبك أيضاً", "الأكثر قراءة", "أخبار متعلقة")
    )
    rows = []
    for _ in range(rng.randint(3, 6)):
        day = some_day(rng)
        date = written(day, rng.choice(STYLES)) if rng.random() < 0.7 else ""
        rows.append((headline(rng), date, day.isoformat()))
    if plain:
        return f"<p><b>{label}</b></p>" + "".join(f'<p><a href="/o">{t}</a></p>' for t, _, _ in rows)
    shape = rng.randrange(3)
    if shape == 0:
        items = "".join(
            f'<li><a href="/o">{t}</a><time datetime="{iso}T08:00:00+03:00">{d}</time></li>' for t, d, iso in rows
        )
        return f'<div class="related-posts"><h3>{label}</h3><ul>{items}</ul></div>'
    if shape == 1:
        items = "".join(
            f'<article class="mini-post"><h4><a href="/o">{t}</a></h4><span class="date">{d}</span></article>'
            for t, d, _ in rows
        )
        return f'<section id="related_posts" class="block-head">{label}{items}</section>'
    items = "".join(f'<div class="item"><a href="/o">{t}</a> <small>{d}</small></div>' for t, d, _ in rows)
    return f'<div class="yarpp yarpp-related"><div class="ttl">{label}</div>{items}</div>'


def comments(rng: random.Random) -> str:
    """Return readers' comments and the comment form."""
    rows = "".join(
        f'<li class="comment"><div class="comment-author">{rng.choice(NAMES)}</div>'
        f'<div class="comment-meta">{written(some_day(rng), rng.choice(STYLES))}</div>'
        f'<div class="comment-content"><p>الله يفرج عن أهلنا في كل مكان ويحفظهم من كل سوء.</p></div></li>'
        for _ in range(rng.randint(0, 3))
    )
    form = (
        '<div id="respond" class="comment-respond"><h3 id="reply-title">اترك تعليقاً <small>إلغاء الرد</small></h3>'
        '<form action="/c" method="post"><p class="comment-notes">لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *</p>'
        '<textarea name="c"></textarea><label>الاسم</label><input name="a"><input type="submit" value="إرسال التعليق"></form></div>'
    )
    return f'<div id="comments" class="comments-area"><h2>التعليقات ({rng.randint(0, 3)})</h2><ol class="comment-list">{rows}</ol>{form}</div>'


def tags(rng: random.Random) -> str:
    """Return the list of tags below an article."""
    links = [
        f'<a rel="tag" href="/t">{name}</a>'
        for name in rng.sample(["قصف", "هدنة", "نزوح", "اعتقال", "الجيش", "مفاوضات"], 4)
    ]
    return rng.choice(
        (
            f'<div class="post-tags"><span>الوسوم:</span> {" ".join(links)}</div>',
            f'<p class="tag-links">الوسوم: {"، ".join(links)}</p>',
            f'<div class="tagcloud">{"".join(links)}</div>',
        )
    )


def newsletter(rng: random.Random) -> str:
    """Return a call to subscribe."""
    return rng.choice(
        (
            '<div class="newsletter-box"><h4>النشرة البريدية</h4><p>اشترك في نشرتنا لتصلك آخر الأخبار.</p><input type="email"></div>',
            '<div class="mc4wp-form"><p>سجل بريدك ليصلك كل جديد</p></div>',
            "",
        )
    )


def follow(rng: random.Random) -> str:
    """Return the invitation that editors put as the last paragraph."""
    return rng.choice(
        (
            "<p>تابعونا على تلغرام ليصلكم كل جديد</p>",
            '<p><strong>اقرأ أيضاً: <a href="/o">هدنة جديدة في الريف الشرقي</a></strong></p>',
            '<p><a href="/o">شاهد أيضاً: تسجيل مصور لآثار القصف</a></p>',
            "",
            "",
        )
    )


def footer(rng: random.Random) -> str:
    """Return the end of a page."""
    year = rng.randint(2012, 2024)
    return (
        f'<footer id="colophon"><div class="widget"><h4>أحدث الأخبار</h4><a href="/o">{headline(rng)}</a></div>'
        f'<p>جميع الحقوق محفوظة © {year} </p><a href="/p">سياسة الخصوصية</a></footer>'
    )


def sidebar(rng: random.Random) -> str:
    """Return a column of other stories."""
    rows = "".join(
        f'<li><a href="/o">{headline(rng)}</a> <span class="post-date">{written(some_day(rng), rng.choice(STYLES))}</span></li>'
        for _ in range(5)
    )
    return f'<aside id="secondary" class="sidebar widget-area"><h3>آخر الأخبار</h3><ul>{rows}</ul></aside>'


def script(rng: random.Random) -> str:
    """Return a script as stands among the paragraphs."""
    return rng.choice(
        (
            "<script>(adsbygoogle = window.adsbygoogle || []).push({});</script>",
            '<script async src="//cdn.example/ad.js"></script><ins class="adsbygoogle" style="display:block"></ins>',
            "<style>.ad-{display:none}</style>",
        )
    )


def piece(rng: random.Random, item: Piece, *, tag: str = "p") -> str:
    """Return one block of the article as HTML."""
    text = [escape(line, quote=False) for line in item.lines]
    if item.kind == "p":
        inner = text[0] if rng.random() > 0.15 else _emphasised(text[0])
        attributes = rng.choice(("", "", ' dir="rtl"', ' style="text-align: right;"', ' class="p1"'))
        return f"<{tag}{attributes}>{inner}</{tag}>"
    if item.kind == "h":
        return rng.choice((f"<h2>{text[0]}</h2>", f"<h3>{text[0]}</h3>", f"<p><strong>{text[0]}</strong></p>"))
    if item.kind == "quote":
        return rng.choice(
            (f"<blockquote><p>{text[0]}</p></blockquote>", f'<blockquote class="wp-block-quote">{text[0]}</blockquote>')
        )
    if item.kind == "list":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in text) + "</ul>"
    if item.kind == "figure":
        return rng.choice(
            (
                f'<figure class="wp-caption"><img src="/a.jpg" alt=""><figcaption class="wp-caption-text">{text[0]}</figcaption></figure>',
                f'<div class="wp-caption aligncenter"><img src="/a.jpg"><p class="wp-caption-text">{text[0]}</p></div>',
            )
        )
    if item.kind == "tweet":
        day = some_day(rng)
        return (
            f'<blockquote class="twitter-tweet"><p lang="ar" dir="rtl">{text[0]}</p>&mdash; شبكة الريف (@reefnews) '
            f'<a href="https://twitter.com/reefnews/status/1">{written(day, "english")}</a></blockquote>'
        )
    return f'<div class="{rng.choice(("ad-slot", "code-block code-block-2", "banner-300"))}"><span>{text[0]}</span>{script(rng)}</div>'


def _emphasised(text: str) -> str:
    words = text.split(" ")
    middle = len(words) // 2
    return f"{' '.join(words[:middle])} <strong>{words[middle]}</strong> {' '.join(words[middle + 1 :])}".strip()


def body(rng: random.Random, told: Story, *, tag: str = "p") -> str:
    """Return the whole article as HTML blocks."""
    return "\n".join(piece(rng, item, tag=tag) for item in told.pieces)
