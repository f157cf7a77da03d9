"""Score the coder on gold it did not learn from: train on all folds but one, code that one, for each fold asked.

    python tools/cross_validate.py TRAIN.jsonl [--more FILE] [--peaceful FILE] [--texts FILE...] [--folds 0,1]

An article belongs to fold CRC-32(doc_id) mod 5.  Standoff codings and peaceful articles are always learned from.
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path

from isnad.coding.coder import Coder
from isnad.coding.gold import read_lines
from isnad.coding.lexicons import Lexicons
from isnad.coding.train import Sources, fit, read_documents
from isnad.evaluate import as_scored, read_gold, score
from isnad.evaluate.table import as_text
from isnad.model import Article

FOLDS = 5


def fold_of(doc_id: str) -> int:
    """Return the fold of an article."""
    return zlib.crc32(doc_id.encode()) % FOLDS


def main() -> None:
    """Train and score, and print one table over all folds asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    for name in ("--more", "--peaceful", "--texts"):
        parser.add_argument(name, type=Path, action="append", default=[])
    parser.add_argument("--folds", default="0,1", help="which of the folds 0 to 4")
    options = parser.parse_args()
    sources = Sources(
        gold=options.gold, more=tuple(options.more), peaceful=tuple(options.peaceful), texts=tuple(options.texts)
    )
    lexicons = Lexicons.load()
    documents = read_documents(sources.records(), lexicons)
    own = {record["doc_id"] for record in read_lines(options.gold)}
    gold = list(read_gold(options.gold))
    tested, coded = [], []
    for fold in map(int, options.folds.split(",")):
        held = {doc_id for doc_id in own if fold_of(doc_id) == fold}
        models = dict(fit([d for d in documents if d.doc_id not in held]))
        coder = Coder(models=models, lexicons=lexicons)
        for d in gold:
            if d.doc_id in held:
                article = Article(doc_id=d.doc_id, text=d.text, published=d.published, outlet=d.outlet)
                tested.append(d)
                coded.append(as_scored(coder.code_article(article)))
    print(as_text(score(tested, coded)))


if __name__ == "__main__":
    main()
