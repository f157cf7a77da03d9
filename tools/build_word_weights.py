"""Make src/isnad/weigh/data/words.json: how common the words of conflict news are, so that rare ones can tell.

    build_word_weights.py ARTICLES.jsonl[.gz] ...

Counts in how many articles a word stem stands, in each file by itself, and keeps for the common ones the larger
share.  Only counts of single words are kept.
"""

from __future__ import annotations

import collections
import gzip
import json
import sys
from pathlib import Path

from isnad.weigh.wording import stems

OUT = Path(__file__).parents[1] / "src/isnad/weigh/data/words.json"
COMMON = 0.004  # share of articles from which on a word is listed
MOST = 12_000  # articles read of a file


def shares(path: str) -> dict[str, float]:
    """Return the share of the articles of a file that hold each common stem."""
    seen: collections.Counter[str] = collections.Counter()
    size = 0
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        for size, line in enumerate(lines, 1):
            seen.update(set(stems(json.loads(line)["text"])))
            if size == MOST:
                break
    return {word: n / size for word, n in seen.items() if n / size >= COMMON}


def main(paths: list[str]) -> None:
    """Write the file."""
    best: dict[str, float] = {}
    for path in paths:
        for word, share in shares(path).items():
            best[word] = max(share, best.get(word, 0.0))
    made = "tools/build_word_weights.py over " + ", ".join(Path(p).name for p in paths)
    words = {word: round(share, 4) for word, share in sorted(best.items())}
    OUT.write_text(json.dumps({"made": made, "floor": COMMON, "share": words}, ensure_ascii=False, indent=0) + "\n")
    print(f"{OUT}: {len(words)} words")


if __name__ == "__main__":
    main(sys.argv[1:])
