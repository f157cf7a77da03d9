"""Group the coded articles of data/syria into incidents and score them against the silver links.

    score_syria.py CODED.jsonl [--shared ../shared] [--weights FILE] [--out FILE] [--links FILE] [--errors N]

CODED is what `isnad code ../shared/data/syria/articles.jsonl.gz --to jsonl` wrote, with the OCHA table loaded
(`isnad places add ../shared/data/places/syria_communities.csv`).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

import msgspec

from isnad.model import CodedArticle
from isnad.weigh import assemble
from isnad.weigh.record import jsonl
from isnad.weigh.scoring import Weights, built_in


def main() -> None:
    """Read, assemble, write, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", type=Path)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--join", type=float)
    parser.add_argument("--links", type=Path)
    parser.add_argument("--out", type=Path, default=Path("incidents.jsonl"))
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    decoder = msgspec.json.Decoder(CodedArticle)
    articles = [decoder.decode(line) for line in options.coded.open("rb")]
    weights = msgspec.json.decode(options.weights.read_bytes(), type=Weights) if options.weights else built_in()
    if options.join is not None:
        weights = msgspec.structs.replace(weights, join=options.join)
    start = time.perf_counter()
    found = assemble(articles, weights=weights).incidents
    seconds = time.perf_counter() - start
    with options.out.open("wb") as out:
        out.writelines(jsonl(found))
    print(f"{len(articles):,} articles, {len(found):,} incidents, {seconds:.1f} s; weights: {weights.made}", flush=True)
    data = options.shared / "data/syria"
    links = options.links or data / "incident_links.csv"
    command = [sys.executable, str(options.shared / "tools/score_incidents.py"), str(links)]
    command += [str(data / "incidents.csv"), str(options.out), "--errors", str(options.errors)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
