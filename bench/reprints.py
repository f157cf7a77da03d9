"""How complete and how quick the search for reprints is, against an exact join that shares nothing with it.

    python bench/reprints.py NEWS.jsonl.gz [--limit N] [--no-exact]

Printed: recall and precision of pairs at Jaccard 0.7 (the exact join goes over an inverted index of string 5-grams
with the prefix filter of Chaudhuri et al. 2006; every pair found is checked on sets of strings), seconds and peak
memory, the same groups in batches and in reverse order, and seconds as the number of articles grows.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from math import ceil
from pathlib import Path

from isnad.text import fold
from isnad.weigh.reprints import SAME, Report, find_reprints

FLOOR = {"recall": 0.98, "precision": 1.0}
WORD = re.compile(r"[^\W_]+")
PARTS = (0.125, 0.25, 0.5, 1.0)


def read(path: Path, limit: int | None) -> list[Report]:
    """Return the articles of the file as the index wants them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        objects = [json.loads(line) for _, line in zip(range(limit or 10**9), lines, strict=False)]
    return [(d["doc_id"], d["text"], d["published"], d["outlet"], None) for d in objects]


def grams(text: str) -> set[str]:
    """Return the word 5-grams of a text as strings; the same definition as the index, written anew."""
    words = WORD.findall(fold(text))
    return set() if len(words) < 8 else {" ".join(words[n : n + 5]) for n in range(len(words) - 4)}


def exact(reports: list[Report]) -> set[tuple[str, str]]:
    """Return all pairs of Jaccard >= 0.7 by an inverted index over the rarest 5-grams of each text."""
    rows = [sorted({hashed(gram) for gram in grams(text)}) for _, text, *_ in reports]
    seen = Counter(gram for row in rows for gram in row)
    rows = [sorted(row, key=lambda gram: (seen[gram], gram)) for row in rows]
    order = sorted((n for n, row in enumerate(rows) if row), key=lambda n: len(rows[n]))
    index: dict[int, list[int]] = defaultdict(list)
    found = set()
    for n in order:
        row, whole = rows[n], set(rows[n])
        prefix = row[: len(row) - ceil(SAME * len(row)) + 1]
        for other in {m for gram in prefix for m in index[gram] if len(rows[m]) >= SAME * len(row)}:
            shared = len(whole.intersection(rows[other]))
            if shared / (len(row) + len(rows[other]) - shared) >= SAME:
                a, b = sorted((reports[n][0], reports[other][0]))
                found.add((a, b))
        for gram in prefix:
            index[gram].append(n)
    return found


def hashed(gram: str) -> int:
    """Return 64 bits of a 5-gram, by another function than the index uses."""
    return int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "big")


def growth(path: Path, total: int) -> None:
    """Print seconds and memory for growing parts of the file, each in a process of its own."""
    for part in PARTS:
        limit = int(total * part)
        command = [sys.executable, str(Path(__file__).resolve()), str(path), "--limit", str(limit), "--one"]
        result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        seconds, rate = result["seconds"], limit / result["seconds"]
        print(f"  {limit:>7,} articles: {seconds:6.2f} s, {rate:,.0f} a second, {result['memory']:,.0f} MB at most")


def one(reports: list[Report]) -> dict[str, float]:
    """Return seconds to index the reports and name the groups, and peak memory of this process in MB."""
    start = time.perf_counter()
    find_reprints(reports).groups()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> int:
    """Run the measurements; 1 where a figure lies below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--no-exact", action="store_true", help="leave out the exact join (a minute)")
    parser.add_argument("--one", action="store_true", help="print the seconds and memory of one run as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(read(options.news, options.limit))))
        return 0
    with gzip.open(options.news, "rb") as lines:
        total = min(sum(1 for _ in lines), options.limit or 10**9)
    print(f"{total:,} articles")
    growth(options.news, total)  # first: a process begins with the memory of the one that starts it
    reports = read(options.news, options.limit)
    index = find_reprints(reports)
    groups = [group.keys for group in index.groups()]
    surplus = sum(len(keys) - 1 for keys in groups)
    print(f"{len(groups):,} groups, {surplus:,} surplus articles, the largest of {max(map(len, groups), default=0)}")
    backwards = find_reprints([])
    for first in range(0, len(reports), 997):
        backwards.add(reports[::-1][first : first + 997])
    same = [group.keys for group in backwards.groups()] == groups
    print(f"backwards in batches of 997: {'the same groups' if same else 'OTHER GROUPS'}")
    found = {(pair.first, pair.second) for pair in index.pairs()}
    texts = {key: text for key, text, *_ in reports}
    right = sum(share(texts[a], texts[b]) >= SAME for a, b in found)
    precision = right / max(len(found), 1)
    print(f"pairs {len(found):,}, precision {precision:.4f} (checked on strings)")
    if options.no_exact:
        return 0 if same and precision >= FLOOR["precision"] else 1
    start = time.perf_counter()
    truth = exact(reports)
    recall = len(truth & found) / max(len(truth), 1)
    print(f"exact join: {len(truth):,} pairs in {time.perf_counter() - start:.0f} s; recall {recall:.4f}")
    print(f"pairs found that the exact join lacks: {len(found - truth)}")
    return 0 if same and precision >= FLOOR["precision"] and recall >= FLOOR["recall"] else 1


def share(one: str, two: str) -> float:
    """Return the Jaccard of the 5-grams of two texts, as strings."""
    a, b = grams(one), grams(two)
    return len(a & b) / len(a | b) if a and b else 0.0


if __name__ == "__main__":
    sys.exit(main())
