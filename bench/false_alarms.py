"""How often isnad sees an event where there is none: events an article in news without conflict vocabulary.

    python bench/false_alarms.py NEWS.jsonl.gz [--count 1000] [--show 20]

The sample is drawn with a fixed seed from the articles of 80 words or more that hold no stem of
bench/conflict_stems.txt (sport, economy, culture, society) and were not learned from.  The target is 0.15 events an
article at most.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from isnad.coding import Coder
from isnad.errors import Fault
from isnad.ingest import Received, read_articles
from isnad.text import fold

STEMS = Path(__file__).with_name("conflict_stems.txt")
LEARNED = Path(__file__).parents[1] / "gold" / "peaceful.txt"  # articles the weights have learned from
CLITICS = ("", "ال", "و", "وال", "ف", "فال", "ب", "بال", "ل", "لل", "ك", "كال", "ول", "وب", "وبال", "ولل")
LEAST_WORDS = 80
SEED = 2015
TARGET = 0.15


def read_stems() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the single stems, each with every proclitic before it, and the phrases."""
    lines = [line.partition("\t")[0].strip() for line in STEMS.read_text(encoding="utf-8").splitlines()]
    stems = [fold(line) for line in lines if line and not line.startswith("#")]
    single = [stem for stem in stems if " " not in stem]
    return frozenset(c + s for s in single for c in CLITICS), tuple(s for s in stems if " " in s)


def is_free_of_conflict(text: str, starts: frozenset[str], phrases: tuple[str, ...]) -> bool:
    """Say whether no word of `text` begins with a stem, clitics cut, and no phrase stands in it."""
    folded = fold(text)
    if any(phrase in folded for phrase in phrases):
        return False
    lengths = sorted({len(start) for start in starts})
    return not any(word[:n] in starts for word in set(folded.split()) for n in lengths if n <= len(word))


def peaceful(path: Path) -> Iterator[Received]:
    """Yield the articles without conflict vocabulary."""
    starts, phrases = read_stems()
    learned = set(LEARNED.read_text(encoding="utf-8").split())
    for article in read_articles([path]):
        if isinstance(article, Fault) or article.doc_id in learned or len(article.text.split()) < LEAST_WORDS:
            continue
        if is_free_of_conflict(article.text, starts, phrases):
            yield article


def main() -> int:
    """Draw the sample, code it, print the rate; exit status 1 when it is above the target."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--show", type=int, default=0, help="print this many of the events")
    options = parser.parse_args()
    if not options.news.exists():
        print(f"{options.news} is not there: the false alarms are not measured")
        return 0
    found = list(peaceful(options.news))
    sample = random.Random(SEED).sample(found, min(options.count, len(found)))
    coder = Coder()
    types: Counter[str] = Counter()
    shown = 0
    for article in sample:
        for event in coder.code_article(article).events:
            types[event.type] += 1
            if shown < options.show:
                shown += 1
                around = article.text[max(0, event.trigger.start - 60) : event.trigger.end + 60].replace(
                    "\n", " "
                )
                print(f"  {event.type:9} «{event.trigger.text}»  {event.score:.2f}  … {around} …")
    rate = sum(types.values()) / len(sample) if sample else 0.0
    print(f"false alarms: {rate:.3f} events an article (target {TARGET} at most)")
    print(f"  {len(sample)} of {len(found)} articles without conflict vocabulary, seed {SEED}")
    print("  " + ", ".join(f"{type_} {count}" for type_, count in types.most_common()))
    return 1 if rate > TARGET else 0


if __name__ == "__main__":
    sys.exit(main())
