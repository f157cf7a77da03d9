"""Pieces of HTML with everything escaped: isolated text, numbers, links, and labels in Arabic and English."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

import yaml

_Labels = dict[str, dict[str, dict[str, str]]]


def text(value: object, *, kind: str = "") -> str:
    """Return `value` as text isolated from the direction of what stands around it."""
    class_ = f' class="{escape(kind)}"' if kind else ""
    return f"<bdi{class_}>{escape(str(value))}</bdi>"


def number(value: object) -> str:
    """Return a number or day, which always reads from left to right."""
    return f'<bdi dir="ltr">{escape(str(value))}</bdi>'


def quote(words: str) -> str:
    """Return quoted words of an article."""
    return f'<q class="quote" dir="auto">{escape(words)}</q>'


def link(url: str | None, label: str) -> str:
    """Return a link to a web page with `label` (already HTML); only the label where the address is no http(s) one."""
    if not url or not url.startswith(("https://", "http://")):
        return label
    return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{label}</a>'


def label(group: str, key: str) -> str:
    """Return a label in Arabic with the English beside it; the key itself where there is none."""
    known = _labels()[group].get(key)
    if known is None:
        return text(key, kind="id")
    return f'{escape(known["ar"])} <bdi class="en" lang="en" dir="ltr">{escape(known["en"])}</bdi>'


def plain(group: str, key: str) -> str:
    """Return a label in Arabic alone, the key itself where there is none."""
    return escape(_labels()[group].get(key, {}).get("ar", key))


def sign(group: str, key: str) -> str:
    """Return the sign of a label, so that nothing is told by colour alone."""
    return escape(_labels()[group].get(key, {}).get("sign", ""))


@cache
def _labels() -> _Labels:
    out: _Labels = {}
    for name in ("labels.yaml", "incident_labels.yaml"):
        content = files("isnad.export").joinpath(name).read_text(encoding="utf-8")
        for group, entries in yaml.safe_load(content).items():
            out[group] = {**out.get(group, {}), **entries}
    return out


__all__ = ["label", "link", "number", "plain", "quote", "sign", "text"]
