"""Learn the weights of pair features from silver links: src/isnad/weigh/data/weights.json.

    learn_pairs.py CODED.jsonl LINKS.csv [--half 0|1] [--write] [--c STRENGTH]

CODED is what `isnad code` wrote of the articles; LINKS has doc_id,incident_id.  Links join articles, not tellings: of
two articles that share an incident the pair of tellings that scores best is taken as the right one, anew in each
round (multiple-instance learning).  With --half only the incidents of one half (by a hash of their names) teach.
"""

from __future__ import annotations

import argparse
import collections
import csv
import json
import math
import zlib
from pathlib import Path

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from isnad.model import CodedArticle
from isnad.weigh.blocking import blocks_of, pairs_of
from isnad.weigh.features import Pair, compare
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.scoring import Weights, score
from isnad.weigh.tellings import Telling, tellings_of

OUT = Path(__file__).parents[1] / "src/isnad/weigh/data/weights.json"
ROUNDS = 6
#: Where no weights are yet, what any reader would start from.
START = {"place:same": 3.0, "place:close": 2.0, "day:same": 2.0, "published:day": 2.0, "wording": 4.0, "bias": -6.0}
#: Weights set by hand: the silver links say nothing of them.
BY_HAND = {"one-article": -1.0, "reprint": 3.0}


def silver_components(links: dict[str, set[str]]) -> dict[str, int]:
    """Return for each article the half of its incidents: articles that share incidents stay together."""
    parent: dict[str, str] = {}

    def find(x: str) -> str:
        while parent.setdefault(x, x) != x:
            x = parent[x]
        return x

    for incidents in links.values():
        first, *rest = sorted(incidents)
        for other in rest:
            parent[find(other)] = find(first)
    return {doc: zlib.crc32(find(min(i)).encode()) % 2 for doc, i in links.items()}


def candidates(tellings: list[Telling]) -> set[tuple[str, str]]:
    """Return the pairs of keys that share a block."""
    blocks: dict[str, list[Telling]] = collections.defaultdict(list)
    for telling in tellings:
        for name in blocks_of(telling):
            blocks[name].append(telling)
    return {pair for name, members in blocks.items() for pair in pairs_of(name, members)}


def learn(
    pairs: list[tuple[tuple[str, str], Pair, bool]], *, strength: float, rounds: int = ROUNDS
) -> dict[str, float]:
    """Return weights; `pairs` holds (the two articles, features, whether they share an incident)."""
    names = sorted({n for _, pair, _ in pairs for n, _ in pair.features} - set(BY_HAND))
    at = {n: i for i, n in enumerate(names)}
    rows = np.zeros((len(pairs), len(names)))
    for r, (_, pair, _) in enumerate(pairs):
        for n, value in pair.features:
            if n in at:
                rows[r, at[n]] += value
    label = np.array([same for _, _, same in pairs])
    groups: dict[tuple[str, str], list[int]] = collections.defaultdict(list)
    for r, (docs, _, _) in enumerate(pairs):
        groups[docs].append(r)
    weights = np.array([START.get(n, 0.0) for n in names])
    bias = START["bias"]
    for _ in range(rounds):
        scores = rows @ weights + bias
        chosen = [max(g, key=lambda r: scores[r]) for g in groups.values() if label[g[0]]]
        chosen += [r for g in groups.values() if not label[g[0]] for r in g]
        model = LogisticRegression(C=strength, max_iter=5000)
        model.fit(rows[chosen], label[chosen])
        weights, bias = model.coef_[0], float(model.intercept_[0])
    return {"bias": bias} | dict(zip(names, map(float, weights), strict=True))


def main() -> None:
    """Read, learn, and write or show the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", type=Path)
    parser.add_argument("links", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--c", type=float, default=0.5)
    parser.add_argument("--join", type=float, default=-1.1)
    parser.add_argument("--maybe", type=float, default=-2.1)
    options = parser.parse_args()
    links: dict[str, set[str]] = collections.defaultdict(set)
    for row in csv.DictReader(options.links.open(encoding="utf-8")):
        links[row["doc_id"]].add(row["incident_id"])
    half = silver_components(links)
    decoder = msgspec.json.Decoder(CodedArticle)
    articles = [decoder.decode(line) for line in options.coded.open("rb")]
    tellings = {t.key: t for a in articles for t in tellings_of(a) if t.part == "happening"}
    kinds = PartyKinds()
    pairs: list[tuple[tuple[str, str], Pair, bool]] = []
    dropped = collections.Counter()
    for one, two in sorted(candidates(list(tellings.values()))):
        a, b = tellings[one], tellings[two]
        if a.doc_id == b.doc_id or a.doc_id not in links or b.doc_id not in links:
            continue
        if options.half is not None and (half[a.doc_id] != options.half or half[b.doc_id] != options.half):
            continue
        pair = compare(a, b, kinds)
        same = bool(links[a.doc_id] & links[b.doc_id])
        if pair.veto:
            dropped[pair.veto, same] += 1
            continue
        pairs.append((tuple(sorted((a.doc_id, b.doc_id))), pair, same))
    right = {d for d, _, s in pairs if s}
    wanted = {
        tuple(sorted((a, b)))
        for a in links
        for b in links
        if a < b and links[a] & links[b] and (options.half is None or half[a] == half[b] == options.half)
    }
    print(f"{len(pairs)} pairs of tellings, right article pairs {len(right)} of {len(wanted)}; vetoed {dict(dropped)}")
    weights = learn(pairs, strength=options.c)
    bias = weights.pop("bias")
    made = f"tools/learn_pairs.py over {options.coded.name} and {options.links.name}"
    made += "" if options.half is None else f", half {options.half}"
    table = Weights(
        made=f"{made}; C={options.c:g}; {', '.join(BY_HAND)} by hand",
        bias=round(bias, 3),
        join=options.join,
        maybe=options.maybe,
        features={n: round(w, 3) for n, w in sorted({**weights, **BY_HAND}.items())},
    )
    best: dict[tuple[str, str], float] = collections.defaultdict(lambda: -math.inf)
    for docs, pair, _ in pairs:
        best[docs] = max(best[docs], score(pair, table))
    for limit in (-2, -1, 0, 1, 2):
        got = {d for d, s in best.items() if s >= limit}
        hit = len(got & right)
        precision, recall = hit / max(1, len(got)), hit / max(1, len(wanted))
        print(f"article pairs at {limit:+d}: P {precision:.3f} R {recall:.3f} of {len(got)}")
    options.out.write_text(json.dumps(msgspec.to_builtins(table), indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(table.features, indent=0).replace("\n", " "), "bias", table.bias)


if __name__ == "__main__":
    main()
