"""Build hook: the page in frontend/ becomes src/isnad/web/static/ when its sources have changed.

A wheel or sdist without the page is refused.  An editable install builds it where Node is there and goes on where it
is not: the API runs, and the page names the command.  `python hatch_build.py` builds it from a checkout.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # run as a script from an environment without hatchling
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "src" / "isnad" / "web" / "static"
STAMP = STATIC / "stamp.txt"
#: What the built page depends on; tools, the development server and tests are not among it.
SOURCES = (
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "tools/notices.ts",
    "tools/licences",
    "svelte.config.js",
    "tsconfig.json",
)
_NPM_SECONDS = 600


class PageFault(RuntimeError):
    """The page could not be built; the text says why and what to do."""


def stamp() -> str:
    """Return the SHA-256 over the names and contents of the page's sources and its lock file."""
    digest = hashlib.sha256()
    for name in SOURCES:
        top = FRONTEND / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file():
                digest.update(path.relative_to(FRONTEND).as_posix().encode() + b"\0")
                digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def fresh() -> bool:
    """Say whether the built page belongs to the present sources.

    An sdist holds the built page and no sources of it: there what is built is fresh.
    """
    if not (STATIC / "index.html").is_file():
        return False
    if not FRONTEND.is_dir():
        return True
    return STAMP.is_file() and STAMP.read_text(encoding="ascii").strip() == stamp()


def build() -> None:
    """Build the page if it is stale.  PageFault where Node is missing or a step fails."""
    if fresh():
        return
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise PageFault(
            "to be built the page needs Node 20.19 or newer with npm; install them, then: python hatch_build.py"
        )
    now = stamp()
    installed = FRONTEND / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < (FRONTEND / "package-lock.json").stat().st_mtime:
        _npm(npm, "ci", "--ignore-scripts", "--fetch-retries=1")
    _npm(npm, "run", "build")
    STAMP.write_text(now + "\n", encoding="ascii")


def _npm(npm: str, *arguments: str) -> None:
    """Run npm in frontend/; its output is shown only when it fails."""
    try:
        done = subprocess.run(
            [npm, *arguments], cwd=FRONTEND, capture_output=True, text=True, timeout=_NPM_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PageFault(f"npm {arguments[0]} took longer than {_NPM_SECONDS} seconds") from error
    if done.returncode != 0:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise PageFault(f"npm {' '.join(arguments)} failed in {FRONTEND.name}/:\n{tail}")


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc,type-arg]
    """Called by hatchling before a wheel, an sdist or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Build the page; `version` is `editable` for an editable install, which goes on without it."""
        try:
            build()
        except PageFault as fault:
            if version != "editable":
                raise
            self.app.display_warning(f"isnad: the page is not built, the rest works: {fault}")


if __name__ == "__main__":
    try:
        build()
    except PageFault as fault:
        sys.exit(str(fault))
    sys.stdout.write(f"the page is in {STATIC.relative_to(ROOT)}\n")
