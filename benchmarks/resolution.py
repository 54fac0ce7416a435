"""Resolving names: mentions a second, beside a bare dictionary look-up; loading the registers; their memory.

    python benchmarks/resolution.py [--runs 5]

The names are those of the annotated plans, each under its plan's issuer and day as the plans have them: *first* where
the register was not asked for any of them before, *fresh* with a resolver made anew for each plan over a register that
was, *warm* once more with the same resolvers. The bare look-up finds each name in a dictionary of the answers, which no
resolution can beat. Medians of the runs.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver

GOLD = Path(__file__).resolve().parents[1] / "data" / "gold"
REPEATS = 20


def mentions() -> list[list[str]]:
    """Give the names of each annotated plan, as often as they stand there."""
    plans = []
    for path in sorted((GOLD / "plans").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
        plans.append([party["name"] for row in rows for party in row.get("parties", ())])
    return plans


def issuers() -> list[tuple[str, date | None]]:
    """Give the places and days under which the sample of resolutions was drawn."""
    with (GOLD / "resolutions.csv").open(encoding="utf-8", newline="") as file:
        found = {(row["issuing_place"], row["as_of"]) for row in csv.DictReader(file)}
    return [(place, date.fromisoformat(day) if day else None) for place, day in sorted(found)]


def median(work: Callable[[], object], runs: int) -> float:
    """Give the median seconds of a piece of work, without those in which what it made is thrown away."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - begin)
        del made
    return statistics.median(times)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    loading = median(Register.load, runs)
    tracemalloc.start()
    register = Register.load()
    _ = (register.place_names, register.by_name, register.stems, register.collective_rules, register.changes)
    memory = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    plans = mentions()
    places = issuers()
    pairs = [(names, *places[at % len(places)]) for at, names in enumerate(plans)]
    count = sum(map(len, plans))

    def fresh() -> list[Resolver]:
        made = []
        for names, place, day in pairs:
            resolver = Resolver(register, place, day)
            for name in names:
                resolver.resolve(name)
            made.append(resolver)
        return made

    def first() -> list[Resolver]:
        register.answers.clear()
        return fresh()

    resolvers = fresh()

    def warm() -> None:
        for resolver, (names, _place, _day) in zip(resolvers, pairs, strict=True):
            for _ in range(REPEATS):
                for name in names:
                    resolver.resolve(name)

    answers = {name: name for names in plans for name in names}

    def bare() -> None:
        for names in plans:
            for _ in range(REPEATS):
                for name in names:
                    answers.get(name)

    first_rate, fresh_rate, warm_rate, bare_rate = (
        count / median(first, runs),
        count / median(fresh, runs),
        REPEATS * count / median(warm, runs),
        REPEATS * count / median(bare, runs),
    )
    lines = [
        f"names: {count} mentions in {len(plans)} plans, {len(answers)} different",
        f"loading the registers        {loading * 1000:8.0f} ms   (aim 60)",
        f"memory of the registers      {memory:8.1f} MiB",
        f"resolving names not met yet  {first_rate:12,.0f} mentions/s",
        f"resolving, a resolver a plan {fresh_rate:12,.0f} mentions/s   (aim 200,000)",
        f"resolving again              {warm_rate:12,.0f} mentions/s",
        f"bare dictionary look-up      {bare_rate:12,.0f} mentions/s   {bare_rate / warm_rate:.1f} × resolving again",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
