# ruff: noqa: E501 (markup and sentences stand as they are met)
"""Layouts of our days: WordPress themes, AMP, Blogger, Drupal, a div soup."""

from __future__ import annotations

from pages import blocks as b
from pages.plan import Plan


def wp_classic(plan: Plan) -> str:
    """WordPress with a classic theme: widgets, share bar, related posts, comments, all around .entry."""
    r, s = plan.rng, plan.told()
    author = '<span class="post-meta-author"><a href="/a">هيئة التحرير</a></span>'
    meta = f'<p class="post-meta">{author} {plan.shown()} <span class="post-comments">أضف تعليق</span> <span class="post-views">{r.randint(9, 999)} زيارة</span></p>'
    return f"""<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8">{plan.head()}</head>
<body class="rtl single single-post"><div class="wrapper"><header id="theme-header">{plan.today()}<div class="logo"><a href="/">{plan.site}</a></div>{b.menu(r)}</header>
<div id="main-content" class="container"><div class="content"><div id="crumbs"><a href="/">الرئيسية</a> / <a href="/c">أخبار</a></div>
<article id="the-post" class="post-listing post type-post"><div class="post-inner"><h1 class="name post-title entry-title">{s.title}</h1>{meta}
<div class="entry">{b.share(r) if r.random() < 0.4 else ""}{b.body(r, s)}{b.follow(r)}</div>{b.share(r)}{b.tags(r)}</div></article>
{b.related(r)}<div class="post-navigation"><div class="post-previous"><a href="/o">السابق</a></div></div>{b.comments(r)}</div>{b.sidebar(r)}</div>{b.footer(r)}</div></body></html>"""


def wp_block(plan: Plan) -> str:
    """WordPress with a block theme."""
    r, s = plan.rng, plan.told()
    return f"""<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"/>{plan.head()}</head><body class="wp-singular">
<div class="wp-site-blocks"><header class="wp-block-template-part">{plan.today()}<p class="wp-block-site-title"><a href="/">{plan.site}</a></p>{b.menu(r)}</header>
<main class="wp-block-group is-layout-constrained"><div class="wp-block-group"><h1 class="wp-block-post-title">{s.title}</h1>
<div class="wp-block-group is-layout-flex">{plan.shown(tag="div", css="wp-block-post-date")}<div class="wp-block-post-author-name">بواسطة <a href="/a">admin</a></div></div>
<div class="entry-content wp-block-post-content is-layout-flow">{b.body(r, s)}{b.follow(r)}{b.share(r)}</div>
<div class="taxonomy-post_tag wp-block-post-terms">{b.tags(r)}</div>{b.related(r)}</div>{b.comments(r)}</main>{b.footer(r)}</div></body></html>"""


def amp(plan: Plan) -> str:
    """An AMP page."""
    r, s = plan.rng, plan.told()
    text = b.body(r, s).replace("<img", "<amp-img width=600 height=400").replace("<script>", '<script type="x">')
    return f"""<!doctype html><html ⚡ lang="ar" dir="rtl"><head><meta charset="utf-8"><script async src="https://cdn.ampproject.org/v0.js"></script>{plan.head(amp=True)}
<style amp-custom>.a{{color:red}}</style></head><body><amp-sidebar id="sb" layout="nodisplay"><ul><li>الرئيسية</li><li>سوريا</li></ul></amp-sidebar>
<header class="amp-wp-header"><a href="/">{plan.site}</a></header><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{s.title}</h1>
<div class="amp-wp-meta amp-wp-byline">هيئة التحرير</div><div class="amp-wp-meta amp-wp-posted-on">{plan.shown(tag="span")}</div></header>
<div class="amp-wp-article-content">{text}<amp-ad width=300 height=250 type="x"></amp-ad></div>
<footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-tag">الوسوم: <a href="/t">قصف</a></div><div class="amp-wp-meta amp-wp-comments-link"><a href="#c">اترك تعليقاً</a></div></footer></article>
<div class="amp-related-posts">{b.related(r)}</div><footer class="amp-wp-footer"><h2>{plan.site}</h2><a href="#top">العودة إلى الأعلى</a></footer></body></html>"""


def blogger(plan: Plan) -> str:
    """A Blogger page: the day stands above the post, the text in one div."""
    r, s = plan.rng, plan.told()
    shown = plan.shown()
    above = f'<h2 class="date-header">{shown}</h2>' if "<time" not in shown and shown else ""
    stamp = f'<span class="post-timestamp">{shown}</span>' if "<time" in shown else ""
    return f"""<!DOCTYPE html><html class="v2" dir="rtl"><head><meta content="text/html; charset=UTF-8" http-equiv="Content-Type"/>{plan.head()}</head>
<body class="loading"><div class="navbar section" id="navbar"></div><div class="content"><div class="header section"><h1 class="title"><a href="/">{plan.site}</a></h1></div>{b.menu(r)}
<div class="main section" id="main"><div class="blog-posts hfeed"><div class="date-outer">{above}<div class="date-posts"><div class="post-outer"><div class="post hentry">
<h3 class="post-title entry-title">{s.title}</h3><div class="post-header"></div><div class="post-body entry-content" id="post-body-1">{b.body(r, s, tag=r.choice(("p", "div")))}<div style="clear: both;"></div></div>
<div class="post-footer"><div class="post-footer-line">مرسلة بواسطة <span class="fn">المحرر</span> {stamp}</div>{b.share(r)}<span class="post-labels">التسميات: <a href="/t">قصف</a></span></div></div>
<div class="comments" id="comments"><h4>ليست هناك تعليقات:</h4><p><a>إرسال تعليق</a></p></div></div></div></div></div>
<div class="blog-pager" id="blog-pager"><a href="/o">رسالة أحدث</a> <a href="/o">رسالة أقدم</a> <a href="/">الصفحة الرئيسية</a></div></div>{b.sidebar(r).replace("aside", "div")}
<div class="widget BlogArchive"><h2>أرشيف المدونة</h2><ul><li>2015 (12)</li><li>2014 (9)</li></ul></div></div></body></html>"""


def drupal(plan: Plan) -> str:
    """A Drupal page with fields."""
    r, s = plan.rng, plan.told()
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />{plan.head()}</head>
<body class="html not-front page-node node-type-news"><div id="page"><div id="header">{plan.today()}<div id="logo"><img src="/l.png" alt=""></div>{b.menu(r)}</div>
<div class="region region-content"><div class="breadcrumb"><a href="/">الرئيسية</a> » أخبار</div><h1 class="title" id="page-title">{s.title}</h1>
<div id="node-1" class="node node-news clearfix"><div class="submitted">{plan.shown()}</div><div class="content">{b.share(r)}
<div class="field field-name-field-image"><img src="/i.jpg"></div><div class="field field-name-body field-type-text-with-summary"><div class="field-items"><div class="field-item even">{b.body(r, s)}</div></div></div>
<div class="field field-name-field-tags"><div class="field-label">الكلمات المفتاحية:&nbsp;</div><a href="/t">قصف</a> <a href="/t">هدنة</a></div></div>
<ul class="links inline"><li class="comment_forbidden"><a href="/user/login">سجل الدخول</a> لتتمكن من إضافة تعليق</li></ul></div>
<div class="view view-related"><h2 class="pane-title">مواد ذات صلة</h2><div class="view-content">{b.related(r)}</div></div></div>{b.sidebar(r)}<div id="footer">{b.footer(r)}</div></div></body></html>"""


def div_soup(plan: Plan) -> str:
    """A page built by scripts: generated class names, no semantic elements."""
    r, s = plan.rng, plan.told()
    c = [f"css-{r.randrange(16**6):06x}" for _ in range(12)]
    more = f'<div class="{c[7]}"><div class="{c[8]}">اقرأ أيضاً</div><a href="/o"><div>{b.headline(r)}</div></a></div>'
    text = b.body(r, s).split("\n")
    if len(text) > 3:
        text.insert(2, more)
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charSet="utf-8"/>{plan.head()}</head><body><div id="__next"><div class="{c[0]}"><div class="{c[1]}">{plan.today()}{b.menu(r)}</div>
<div class="{c[2]}"><div class="{c[3]}"><div class="{c[4]}"><h1 class="{c[5]}">{s.title}</h1><div class="{c[6]}"><div><span>هيئة التحرير</span></div><div>{plan.shown()}</div></div></div>
<div class="{c[9]}"><div>{"".join(text)}</div></div><div class="{c[10]}"><button>مشاركة</button><button>نسخ الرابط</button></div></div>
<div class="{c[11]}">{b.related(r)}{b.newsletter(r)}</div></div></div></div>
<script id="__NEXT_DATA__" type="application/json">{{"props":{{"pageProps":{{"publishedAt":"2001-01-01"}}}}}}</script></body></html>"""


def elementor(plan: Plan) -> str:
    """WordPress drawn by a page builder: every part in nested widgets."""
    r, s = plan.rng, plan.told()

    def w(kind: str, inner: str) -> str:
        return f'<div class="elementor-element elementor-widget elementor-widget-{kind}"><div class="elementor-widget-container">{inner}</div></div>'

    info = f'<ul class="elementor-post-info"><li class="elementor-icon-list-item">هيئة التحرير</li><li class="elementor-icon-list-item">{plan.shown()}</li></ul>'
    return f"""<!doctype html><html dir="rtl" lang="ar"><head><meta charset="UTF-8">{plan.head()}</head><body class="elementor-page">
<div data-elementor-type="header" class="elementor-location-header">{plan.today()}{w("nav-menu", b.menu(r))}</div>
<div data-elementor-type="single-post" class="elementor elementor-location-single post type-post"><section class="elementor-section"><div class="elementor-container">
{w("theme-post-title", f'<h1 class="elementor-heading-title">{s.title}</h1>')}{w("post-info", info)}{w("share-buttons", b.share(r))}
{w("theme-post-content", b.body(r, s) + b.follow(r))}{w("post-navigation", '<a href="/o">السابق</a><a href="/o">التالي</a>')}{w("posts", b.related(r))}{w("post-comments", b.comments(r))}
</div></section></div><div data-elementor-type="footer" class="elementor-location-footer">{w("text-editor", "جميع الحقوق محفوظة")}</div></body></html>"""
