"""Named queries over a few plans and over many: seconds, and how they grow beside the rows they give.

    python benchmarks/queries.py [--sizes 5 20] [--draws 20] [--over 3] [--json FILE]

The plans are copies of the Liaoning plan, each with changes of its own (as for memory.py), so that they name the same
documents, themes and bodies as real plans of one province do, only more often. Each query that asks for nothing in
particular is asked in a process of its own; the processor time of the least of two runs is shown. Where a query takes
so many times as long that neither its rows nor the number of plans account for it (by more than the factor --over), it
is marked, and the command ends with 1: something in it grows with the square of the plans.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from memory import build, copies
from pyoxigraph import Store

from plan_graph.graph.queries import Query, bind, named_queries, run
from plan_graph.graph.store import open_store

LEAST = 0.05  # seconds; what takes less with many plans is not looked at


class Asked(NamedTuple):
    """What a query took: seconds of processor time, rows, MiB that its process came to hold."""

    seconds: float
    rows: int
    memory: float


def ask(store: Store, query: Query) -> Asked:
    """Ask in a process of its own, twice; give the quicker."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        found = []
        for _ in range(2):
            begun = time.process_time()
            rows = len(run(store, bind(query, {})).rows)
            found.append((time.process_time() - begun, rows))
        with os.fdopen(writing, "w") as out:
            json.dump(min(found), out)
        os._exit(0)
    os.close(writing)
    _, _, used = os.wait4(-1, 0)
    with os.fdopen(reading) as answer:
        seconds, rows = json.load(answer)
    return Asked(seconds, rows, used.ru_maxrss / 1024)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs=2, default=[5, 20], help="numbers of plans (default 5 20)")
    parser.add_argument("--draws", default="20", help="draws of the null model (default 20)")
    parser.add_argument("--over", type=float, default=3.0, help="factor from which a query is marked (default 3)")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    arguments = parser.parse_args()
    few, many = sorted(arguments.sizes)
    queries = {
        name: query for name, query in named_queries().items() if not any(one.required for one in query.parameters)
    }
    found: dict[str, dict[int, Asked]] = {name: {} for name in queries}
    with tempfile.TemporaryDirectory() as temporary:
        for size in (few, many):
            folder, out = Path(temporary) / str(size), Path(temporary) / f"build-{size}"
            folder.mkdir()
            copies(folder, size)
            print(f"{size} plans built in {build(folder, out, '--draws', arguments.draws).seconds:.0f} s", flush=True)
            store = open_store(out)
            for name, query in queries.items():
                found[name][size] = ask(store, query)
            del store
    print(f"{'query':<36}  {f's of {few}':>9}  {f's of {many}':>9}  {'times':>6}  {'rows times':>10}")
    marked = 0
    for name, asked in sorted(found.items(), key=lambda one: -one[1][many].seconds):
        times = asked[many].seconds / max(asked[few].seconds, 0.001)
        rows = asked[many].rows / max(asked[few].rows, 1)
        bad = asked[many].seconds > LEAST and times > arguments.over * max(rows, many / few)
        marked += bad
        print(
            f"{name:<36}  {asked[few].seconds:>9.3f}  {asked[many].seconds:>9.3f}  {times:>6.1f}  {rows:>10.1f}"
            f"{'  !' * bad}"
        )
    print(f"{len(found)} queries, {marked} of them grow faster than what they give")
    if arguments.json:
        text = json.dumps({name: {size: one._asdict() for size, one in asked.items()} for name, asked in found.items()})
        arguments.json.write_text(text + "\n", encoding="utf-8")
    return int(marked > 0)


if __name__ == "__main__":
    sys.exit(main())
