# ruff: noqa: E501 (markup and sentences stand as they are met)
"""Older layouts: tables, one cell of lines, printed views, bare paragraphs, server-side forms."""

from __future__ import annotations

from html import escape

from pages import blocks as b
from pages.plan import Plan


def _head(plan: Plan) -> str:
    return f'<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">{plan.head()}</head>'


def table(plan: Plan) -> str:
    """A page of the years around 2005: nested tables, paragraphs in a cell."""
    r, s = plan.rng, plan.told()
    rows = "".join(f'<tr><td class="side"><a href="n.asp?id={n}">{b.headline(r)}</a></td></tr>' for n in range(5))
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html dir=rtl>{_head(plan)}<body bgcolor="#ffffff">
<table width="980" align="center" border=0><tr><td colspan=3>{plan.today()}<img src="banner.jpg"></td></tr><tr><td colspan=3>{b.menu(r)}</td></tr>
<tr><td width="160" valign=top><table>{rows}</table></td><td valign="top" width="560"><table width="100%"><tr><td class="title" align=right><h1>{s.title}</h1></td></tr>
<tr><td class="small">{plan.shown()}</td></tr><tr><td class="details" align="justify">{b.body(r, s)}</td></tr>
<tr><td><a href="print.asp">طباعة</a> | <a href="mail.asp">أرسل لصديق</a></td></tr></table></td><td width="200" valign=top>{b.related(r)}</td></tr>
<tr><td colspan=3 align=center><font size=1>جميع الحقوق محفوظة لموقع {plan.site} 2013</font></td></tr></table></body></html>"""


def lines(plan: Plan) -> str:
    """All text in one cell or div, paragraphs parted by line breaks."""
    r, s = plan.rng, plan.told()
    gap = r.choice(("<br><br>", "<br />\n<br />", "<br>", "<BR>&nbsp;<BR>"))
    parts = []
    for item in s.pieces:
        if item.kind in {"p", "quote", "list", "h"}:
            parts += [escape(line, quote=False) if item.kind != "h" else f"<b>{line}</b>" for line in item.lines]
        elif item.kind == "ad":
            parts.append(b.script(r))
    tail = gap + r.choice(
        (
            "جميع الحقوق محفوظة",
            "تابعونا على فيسبوك",
            'اقرأ أيضاً: <a href="/o">هدنة جديدة في الريف الشرقي</a>',
            '<a href="#">طباعة</a> | <a href="#">إرسال</a>',
        )
    )
    text = gap.join(parts) + tail
    cell = r.random() < 0.5
    main = f'<td class="news_body" valign=top>{text}</td>' if cell else f'<td><div id="newsText">{text}</div></td>'
    return f"""<html>{_head(plan)}<body dir="rtl"><center>{plan.today()}<table width=900><tr><td>{b.menu(r)}</td></tr></table>
<table width=900><tr><td><font size=5><h2>{s.title}</h2></font></td></tr><tr><td>{plan.shown()}</td></tr><tr>{main}</tr></table>
<table width=900><tr><td><b>مواضيع ذات صلة</b><br><a href="/o">{b.headline(r)}</a><br><a href="/o">{b.headline(r)}</a></td></tr></table>
<div class="copy">Copyright &copy; 2014 {plan.site}</div></center></body></html>"""


def printed(plan: Plan) -> str:
    """The view for printing."""
    r, s = plan.rng, plan.told()
    return f"""<html dir="rtl" lang="ar">{_head(plan)}<body onload="window.print()"><div class="print-logo"><img src="logo.gif" alt="{plan.site}"></div>
<div class="print-site_name">{r.choice(("نشر على", "المصدر:", ""))} {plan.site}</div><h1 class="print-title">{s.title}</h1><div class="print-created">{plan.shown()}</div>
<div class="print-content">{b.body(r, s)}</div><hr class="print-hr"><div class="print-source_url"><strong>رابط الخبر:</strong> https://{plan.host}/node/{r.randint(1, 9999)}</div>
<p>تاريخ الطباعة: {b.written(b.some_day(r, first=2025, last=2026), plan.style)}</p><div class="print-footer">جميع الحقوق محفوظة © {plan.site}</div></body></html>"""


def bare(plan: Plan) -> str:
    """Paragraphs straight in the body, furniture as paragraphs among them."""
    r, s = plan.rng, plan.told()
    return f"""<html lang="ar">{_head(plan)}<body><p><a href="/">الرئيسية</a> | <a href="/n">أخبار</a></p><h1>{s.title}</h1>
<p>{plan.shown()}</p>{b.body(r, s)}{b.follow(r)}{b.related(r, plain=True)}<p>جميع الحقوق محفوظة © {plan.site}</p></body></html>"""


def webforms(plan: Plan) -> str:
    """Server-side forms: the whole page is one form element, names are paths of controls."""
    r, s = plan.rng, plan.told()
    return f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8" />{plan.head()}</head><body><form method="post" action="./x" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUK" />
<div class="top-bar">{plan.today()}</div><div class="HeaderMenu">{b.menu(r)}</div><div id="ctl00_MainContent_div" class="ArticleDetails"><h1 id="ctl00_title">{s.title}</h1>
<div class="DateTime">{plan.shown()}</div><div class="social">{b.share(r)}</div><div class="LongDesc" id="ctl00_MainContent_LongDesc"><div>{b.body(r, s)}</div></div>{b.tags(r)}
<div class="OtherNews"><h3>أخبار ذات صلة</h3>{b.related(r)}</div></div><div class="RightCol"><h3>الأكثر قراءة</h3>{b.related(r)}</div><div class="Footer"><p>Copyright © 2019</p>{b.newsletter(r)}</div></form></body></html>"""
