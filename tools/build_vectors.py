"""Learn word vectors from unlabelled news and write them as plain arrays into the package.

    python tools/build_vectors.py CORPUS.jsonl.gz... [--leave-out GOLD.jsonl] [--out FILE.npz]

Needs gensim, at build time only.  The file holds a 32-bit hash of each folded word, an 8-bit vector and cluster
numbers: numbers learned from the texts, none of their words.  Documents of GOLD are left out, so that figures on it
stay honest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from gensim.models import FastText
from sklearn.cluster import MiniBatchKMeans

from isnad.text import read_words
from isnad.text.words import Kind

SIZE, WORDS, CLUSTERS = 100, 70_000, (64, 256, 1024)


def main() -> None:
    """Read the corpora, train, quantise, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--leave-out", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/isnad/coding/weights/vectors.npz"))
    options = parser.parse_args()
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as lines:
        for line in sentences(options.corpus, leave_out(options.leave_out)):
            lines.write(line + "\n")
        lines.flush()
        # one worker: several would make the result depend on thread timing
        model = FastText(
            corpus_file=lines.name, vector_size=SIZE, window=5, min_count=4, sg=1, epochs=5, workers=1,
            min_n=3, max_n=5, bucket=200_000, negative=8, sample=1e-4, seed=1,
        )
    words = model.wv.index_to_key[:WORDS]
    vectors = np.array([model.wv[w] for w in words], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    columns = {}
    for count in CLUSTERS:
        grouping = MiniBatchKMeans(count, random_state=0, batch_size=4096, n_init=2, max_iter=30).fit(vectors[:40_000])
        columns[f"c{count}"] = grouping.predict(vectors).astype(np.uint16)
    keys = np.array([zlib.crc32(w.encode()) for w in words], dtype=np.uint32)
    order = np.argsort(keys, kind="stable")
    scale = np.float32(np.abs(vectors).max() / 127)
    np.savez(
        options.out, keys=keys[order], vectors=np.round(vectors / scale).astype(np.int8)[order], scale=scale,
        **{name: column[order] for name, column in columns.items()},
    )


def leave_out(gold: Path | None) -> set[str]:
    """Return the openings of the documents that must not be learned from."""
    if gold is None:
        return set()
    with gold.open(encoding="utf-8") as lines:
        return {json.loads(line)["text"][:200] for line in lines}


def sentences(corpora: list[Path], hidden: set[str]) -> Iterator[str]:
    """Yield each sentence as folded words, numbers as 0, punctuation left out."""
    for corpus in corpora:
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                if text[:200] in hidden:
                    continue
                words = read_words(text)
                for s in words.sentences:
                    types = (t for t in words.types[s.first : s.last] if t.kind is not Kind.PUNCT)
                    keys = ["0" if t.kind is Kind.NUMBER else t.key for t in types]
                    if len(keys) > 2:
                        yield " ".join(keys)


if __name__ == "__main__":
    main()
