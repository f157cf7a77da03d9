"""The page, as files: what `frontend/` was built into.  Serving them is the API's part."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

#: The command that builds the page from a checkout.
BUILD_COMMAND = "python hatch_build.py"
#: What a browser may load: the page's own files only.  A tile address, where one is set, is added by the API.
POLICY = (
    "default-src 'self'; worker-src 'self'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def static_dir() -> Path | None:
    """Return the folder with index.html, icon.svg and assets/, or None where the page was not built.

    The names under assets/ hold a hash of their content and may be kept for ever; index.html may not.
    """
    folder = Path(str(files("isnad.web"))) / "static"
    return folder if (folder / "index.html").is_file() else None


def not_built_page() -> str:
    """Return an HTML page, Arabic first, that names the command which builds the page; the API runs without it."""
    return (
        '<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>isnad</title></head><body dir="rtl">'
        "<h1>إسناد</h1><p>لم تُبنَ الصفحة بعد. الواجهة البرمجية تعمل. يلزم Node 20.19 أو أحدث، ثم:</p>"
        f'<pre dir="ltr">{BUILD_COMMAND}</pre>'
        '<div lang="en" dir="ltr"><p>The page is not built yet; the API runs. '
        "With Node 20.19 or newer, run in the checkout:</p>"
        f"<pre>{BUILD_COMMAND}</pre></div></body></html>"
    )


__all__ = ["BUILD_COMMAND", "POLICY", "not_built_page", "static_dir"]
