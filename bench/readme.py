"""Write the README's example and accuracy table anew, as the program prints them now.

    python bench/readme.py [GOLD.jsonl]

Without gold the table stays as it is.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from isnad.coding import Coder
from isnad.export.table import TableWriter
from isnad.ingest import Received, read_articles

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SHOWN = ("shelling-opposition", "shelling-government")
WIDTH = 132


def example() -> str:
    """Return the tables of two sample articles, each under its text."""
    coder, writer = Coder(), TableWriter(width=WIDTH)
    parts = []
    for article in read_articles([ROOT / "examples" / "articles.jsonl"]):
        if isinstance(article, Received) and article.doc_id in SHOWN:
            table = writer.article(coder.code_article(article))
            lines = "\n".join(line.rstrip() for line in table.splitlines()[2:]).strip("\n")
            quote = "\n>\n".join(f"> {line}" for line in article.text.split("\n"))
            parts.append(f"**{article.outlet}**, {article.published}\n\n{quote}\n\n```\n{lines}\n```")
    return "\n\n".join(parts)


def accuracy(gold: Path) -> str:
    """Return the score table of `gold` as Markdown."""
    command = [sys.executable, "-c", "from isnad.cli.main import main; main()", "evaluate", str(gold), "--markdown"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    """Replace what stands between the marks."""
    text = README.read_text(encoding="utf-8")
    blocks = {"example": example()}
    if len(sys.argv) > 1:
        blocks["accuracy"] = accuracy(Path(sys.argv[1]))
    for name, block in blocks.items():
        pattern = f"(<!-- {name}:start -->\n).*?(<!-- {name}:end -->)"
        text = re.sub(pattern, lambda m, block=block: f"{m[1]}{block}\n{m[2]}", text, flags=re.S)  # type: ignore[misc]
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
