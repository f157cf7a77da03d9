"""The page beside the API: its files, its own addresses, and nothing outside its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from isnad.api.guard import CSP, csp_for
from isnad.api.page import file_in


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A page that was built, and a file beside it that is nobody's business."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>page</title>")
    (folder / "assets" / "app-1234.js").write_text("1")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


def test_page_and_its_files(serve: Callable[..., Any], static: Path) -> None:
    """Files come with their kind; assets may be kept for a year and the first page not at all; the page's own
    addresses give the first page; what is missing under assets/ is no page."""
    url = serve(static=static).url
    asset = httpx.get(f"{url}/assets/app-1234.js")
    assert asset.headers["content-type"].startswith("text/javascript")
    assert "immutable" in asset.headers["cache-control"]
    for path in ("/", "/index.html", "/incidents/inc-1?type=ASSAULT", "/articles/1", "/review", "/settings"):
        answer = httpx.get(url + path)
        assert "<title>page</title>" in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert httpx.get(f"{url}/assets/gone.js").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "assets/../../secret.txt", "/etc/passwd", "..\\secret.txt", "a\0b", "", "index.html", "x" * 5000],
)
def test_nothing_outside_the_folder_is_served(static: Path, path: str) -> None:
    """Paths that lead out of the folder, or nowhere, give no file."""
    assert file_in(static, path) is None


def test_page_that_is_not_built_says_what_to_run(serve: Callable[..., Any]) -> None:
    """Without the page the API runs, and / names the command that builds it."""
    from isnad.web import BUILD_COMMAND

    server = serve(static=None)
    assert BUILD_COMMAND in httpx.get(f"{server.url}/").text
    assert httpx.get(f"{server.base}/meta").status_code == 200


@pytest.mark.parametrize("tiles", [None, "/tiles.pmtiles", "javascript:alert(1)", "https://evil; script-src *"])
def test_policy_names_no_other_place(tiles: str | None) -> None:
    """Only a setting that is a web address adds a place, and only that one."""
    assert csp_for(tiles) == CSP


def test_policy_lets_the_map_ask_for_its_tiles() -> None:
    """A tile address's origin may be asked for pictures and data, nothing else is added."""
    policy = csp_for("https://tiles.example/{z}/{x}/{y}.png")
    assert "img-src 'self' https://tiles.example data: blob:" in policy
    assert policy.endswith("connect-src 'self' https://tiles.example")
