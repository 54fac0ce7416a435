"""Draw mentions of a build at random, to be checked by hand: whom each name was taken to mean.

    python scripts/sample.py BUILD [--size 300] [--seed 20261125] > sample.csv

The same build and seed give the same sample. Mentions that were not resolved are left out; equal ones are one row
with their number. What was found is in data/gold/resolutions.csv and resolutions-2.csv, and a test
asks the registers the same again.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

COLUMNS = ("written", "issuing_place", "as_of", "id", "name", "mentions", "verdict", "note")


def sample(build: Path, size: int, seed: int) -> list[tuple[str | int, ...]]:
    """Give the rows of a sample, by place and name, the verdict left to be filled in."""
    documents = {d["id"]: d for d in json.loads((build / "report.json").read_text(encoding="utf-8"))["documents"]}
    mentions = [
        row
        for row in pq.read_table(build / "tables" / "participations.parquet").to_pylist()
        if row["participant_kind"] != "unresolved"
    ]
    drawn = random.Random(seed).sample(mentions, size)
    counted: Counter[tuple[str, str, str, str, str]] = Counter()
    for row in drawn:
        document = documents[row["document"]]
        where = (document["issuing_place"] or {}).get("code", "")
        key = (where, row["name_as_written"], document["names_as_of"] or "")
        counted[*key, row["participant"], row["participant_name"]] += 1
    return [(name, place, day, one, full, n, "", "") for (place, name, day, one, full), n in sorted(counted.items())]


def main() -> None:
    """Write the sample as CSV on standard output and the seed on standard error."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("build", type=Path)
    options.add_argument("--size", type=int, default=300)
    options.add_argument("--seed", type=int, default=20261125)
    given = options.parse_args()
    sys.stderr.write(f"seed {given.seed}, {given.size} mentions\n")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sample(given.build, given.size, given.seed))


if __name__ == "__main__":
    main()
