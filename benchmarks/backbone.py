"""The backbone of the two-mode projection: time and memory, beside the straightforward way.

    python benchmarks/backbone.py [--runs 3] [--json FILE]

Each case runs in a process of its own; its peak memory is that of the process, Python and NumPy included. Seconds
are of the processor, so that what else runs on the machine counts less; medians of the runs. The straightforward ways:

- *fdsm*: one draw after another by Curveball trades on sets, each projected by a dense product. A tenth of the draws
  is timed and multiplied.
- *sdsm*: a chance for every cell by fixed-point iteration on the dense matrix (for the synthetic corpora the columns
  are taken from our solution, since the dense one would not fit), then pair by pair: *exact*, the distribution trial
  by trial, and *approximate*, the refined normal one in NumPy, which is what the R package backbone does. For the
  synthetic corpora a sample of the pairs is timed and multiplied. Both are compared with our p.

The synthetic corpora have lists as long as those of Liaoning, and bodies picked by chance, few of them busy: no pair
stands out, so that whatever has a small q is false.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from plan_graph.analysis.measures.backbone import Backbone, fdsm, sdsm_of
from plan_graph.analysis.measures.bicm import cell_chances
from plan_graph.analysis.measures.bipartite import Bipartite, bipartite
from plan_graph.analysis.nullmodel import incidence
from plan_graph.authority.register import Register
from plan_graph.build import resolve_names
from plan_graph.extraction.tasks import extract
from plan_graph.model.network import Membership
from plan_graph.reading.text import read

PLAN = Path(__file__).resolve().parents[1] / "data" / "raw" / "ln-2016-revitalisation.txt"
SIZES = {"sdsm, 2,000 bodies": (2_000, 10_000), "sdsm, 20,000 bodies": (20_000, 100_000)}
WAYS = ("exact", "approximate")
SAMPLED = 1_000  # pairs, of which a hundredth exactly
CASES = ("fdsm, Liaoning, 1,000 draws", "sdsm, Liaoning", *SIZES)
LENGTHS = {1: 52, 2: 37, 3: 38, 4: 38, 5: 11, 6: 2, 7: 3, 8: 6, 10: 4, 12: 2}
Floats = npt.NDArray[np.float64]
Way = Callable[[Floats, Floats, int], float]


def liaoning() -> list[Membership]:
    """Give the rows of the plan."""
    register = Register.load()
    plan = extract(read(PLAN, PLAN.stem), register)
    resolved = resolve_names(plan, register)
    return [
        Membership(task.id, task.year, one.role, found.body.id, found.body.name)
        for task in plan.tasks
        for clause in task.governing
        for one in clause.mentions
        if (found := resolved[one.name]).body is not None
    ]


def synthetic(bodies: int, tasks: int, seed: int = 1) -> Bipartite:
    """Give a corpus without any pattern: workloads fall as 1/rank^0.8."""
    generator = np.random.default_rng(seed)
    share = np.array(list(LENGTHS.values())) / sum(LENGTHS.values())
    lengths = generator.choice(list(LENGTHS), tasks, p=share)
    pull = np.cumsum(1 / (np.arange(bodies) + 10.0) ** 0.8)
    picked = np.searchsorted(pull, generator.random(lengths.sum()) * pull[-1], side="right")
    cells = np.unique(np.repeat(np.arange(tasks), lengths) * bodies + picked)
    rows, columns = np.divmod(cells, bodies)
    there, columns = np.unique(columns, return_inverse=True)
    ids = tuple(f"b{at:05}" for at in there.tolist())
    matrix = csr_array((np.ones(cells.size, np.int64), (rows, columns)), shape=(tasks, there.size), dtype=np.int64)
    return Bipartite(tuple(f"t{at:06}" for at in range(tasks)), ids, ids, matrix)


# --- the straightforward ways ----------------------------------------------------------------------------------------


def curveball(matrix: npt.NDArray[np.bool_], draws: int) -> None:
    """Draw and project one matrix after another."""
    chance = random.Random(1)
    here = matrix.T.astype(np.int64) @ matrix.astype(np.int64)
    reached = np.zeros_like(here)
    for _ in range(draws):
        lists = [set(np.flatnonzero(row).tolist()) for row in matrix]
        for _ in range(5 * len(lists)):
            one, other = chance.sample(range(len(lists)), 2)
            both = lists[one] & lists[other]
            traded = sorted(lists[one] ^ lists[other])
            chance.shuffle(traded)
            count = len(lists[one]) - len(both)
            lists[one], lists[other] = both | set(traded[:count]), both | set(traded[count:])
        drawn = np.zeros(matrix.shape, np.int64)
        for row, bodies in enumerate(lists):
            drawn[row, list(bodies)] = 1
        reached += drawn.T @ drawn >= here


def cell_by_cell(matrix: npt.NDArray[np.bool_]) -> Floats:
    """Solve for a chance of every cell by fixed-point iteration on the dense matrix."""
    rows, columns = matrix.sum(axis=1), matrix.sum(axis=0)
    x, y = rows / np.sqrt(rows.sum()), columns / np.sqrt(rows.sum())
    chances: Floats
    for _ in range(10_000):
        x = rows / (y / (1 + np.outer(x, y))).sum(axis=1)
        y = columns / (x[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        chances = np.outer(x, y) / (1 + np.outer(x, y))
        if np.abs(chances.sum(axis=1) - rows).max() < 1e-8:
            return chances
    raise ArithmeticError("the iteration has not converged")


def trial_by_trial(one: Floats, other: Floats, shared: int) -> float:
    """Give the probability of at least ``shared`` common tasks, adding one task after another."""
    terms = np.zeros(shared)
    terms[0] = 1.0
    for chance in (one * other).tolist():
        terms[1:] = terms[1:] * (1 - chance) + terms[:-1] * chance
        terms[0] *= 1 - chance
    return float(1 - terms.sum())


def refined_normal(one: Floats, other: Floats, shared: int) -> float:
    """Give the same by the normal distribution, corrected for skewness (Hong 2013)."""
    p = one * other
    spread = p * (1 - p)
    sigma = math.sqrt(spread.sum())
    x = (shared - 0.5 - p.sum()) / sigma
    skew = float((spread * (1 - 2 * p)).sum()) / (6 * sigma**3)
    density = math.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    return float(min(1.0, max(0.0, math.erfc(x / math.sqrt(2)) / 2 - skew * (1 - x * x) * density)))


# --- measuring -------------------------------------------------------------------------------------------------------


def seconds(work: Callable[[], object], runs: int) -> float:
    """Give the median processor seconds of some calls."""
    times = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return statistics.median(times)


def peak() -> float:
    """Give the highest memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def counted(found: Backbone) -> dict[str, int]:
    return {"q": int((found.q < 0.05).sum()), "q_all": int((found.q_all < 0.05).sum())}


def pair_by_pair(found: Backbone, column: Callable[[int], Floats], pairs: list[int]) -> dict[str, float]:
    """Time both ways on some pairs, for all pairs in proportion; and their largest differences from our p."""
    result: dict[str, float] = {}
    few = pairs[:: max(1, len(pairs) // (SAMPLED // 100))] if len(pairs) == SAMPLED else pairs
    for name, way, chosen in (("exact", trial_by_trial, few), ("approximate", refined_normal, pairs)):
        p = np.zeros(len(chosen))

        def work(way: Way = way, chosen: list[int] = chosen, p: Floats = p) -> None:
            for to, at in enumerate(chosen):
                p[to] = way(column(int(found.left[at])), column(int(found.right[at])), int(found.shared[at]))

        result[name] = seconds(work, 1) * found.p.size / len(chosen)
        result[f"{name} off"] = float(np.abs(p - found.p[chosen]).max())
    return result


def fdsm_case(runs: int) -> dict[str, object]:
    rows = liaoning()
    found = fdsm(rows)
    ours, memory = seconds(lambda: fdsm(rows), runs), peak()
    year = seconds(lambda: fdsm(rows, 2016), runs)
    exact = 10 * seconds(lambda: curveball(incidence(rows).matrix, 100), 1)
    shape = {"tasks": incidence(rows).matrix.shape[0], "bodies": incidence(rows).matrix.shape[1]}
    return {**shape, "pairs": found.p.size, "ours": ours, "memory": memory, "exact": exact, "largest year": year}


def liaoning_case(runs: int) -> dict[str, object]:
    grid, dense = bipartite(liaoning()), incidence(liaoning()).matrix
    found = sdsm_of(grid)
    ours, memory = seconds(lambda: sdsm_of(grid), runs), peak()
    begin = time.process_time()
    columns = cell_by_cell(dense).T
    solving = time.process_time() - begin
    theirs = pair_by_pair(found, lambda body: columns[body], list(range(found.p.size)))
    theirs["exact"] += solving
    theirs["approximate"] += solving
    shape = {"tasks": len(grid.tasks), "bodies": len(grid.bodies), "pairs": found.p.size}
    return {**shape, "ours": ours, "memory": memory, **theirs, **counted(found)}


def synthetic_case(name: str, runs: int) -> dict[str, object]:
    grid = synthetic(*SIZES[name])
    found = sdsm_of(grid)
    ours, memory = seconds(lambda: sdsm_of(grid), runs), peak()
    model = cell_chances(grid.sizes, grid.workloads)

    def column(body: int) -> Floats:
        chances: Floats = model.chances[model.task_class, model.body_class[body]]
        return chances

    chosen = np.random.default_rng(2).choice(found.p.size, SAMPLED, replace=False).tolist()
    theirs = pair_by_pair(found, column, chosen)
    shape = {"tasks": len(grid.tasks), "bodies": len(grid.bodies), "pairs": found.p.size}
    dense = len(grid.tasks) * len(grid.bodies) * 8 / (1 << 20)
    return {**shape, "ours": ours, "memory": memory, **theirs, "dense": dense, **counted(found)}


def case(name: str, runs: int) -> dict[str, object]:
    """Measure one case in this process."""
    if name in SIZES:
        return synthetic_case(name, runs)
    return fdsm_case(runs) if name.startswith("fdsm") else liaoning_case(runs)


def main() -> None:
    """Measure all cases and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=3, help="counted runs of ours (default 3)")
    options.add_argument("--json", type=Path, help="also write the figures there")
    options.add_argument("--case", help=argparse.SUPPRESS)
    arguments = options.parse_args()
    if arguments.case:
        print(json.dumps(case(arguments.case, arguments.runs)))
        return
    found: dict[str, dict[str, float]] = {}
    for name in CASES:
        command = [sys.executable, __file__, "--case", name, "--runs", str(arguments.runs)]
        found[name] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    sizes = f"{'tasks':>7} {'bodies':>6} {'pairs':>7}"
    print(f"{'case':27} {sizes} {'ours s':>7} {'MiB':>4}  exact s (ratio)  approximate s (ratio)")
    for name, one in found.items():
        others = "  ".join(f"{one[way]:,.1f} ({one[way] / one['ours']:,.0f})" for way in WAYS if way in one)
        sizes = f"{one['tasks']:7,} {one['bodies']:6,} {one['pairs']:7,}"
        print(f"{name:27} {sizes} {one['ours']:7.3f} {one['memory']:4.0f}  {others}")
    print(f"fdsm of the largest year alone: {found[CASES[0]]['largest year']:.3f} s")
    for name in CASES[1:]:
        one = found[name]
        off = ", ".join(f"{way} by at most {one[way + ' off']:.1e}" for way in WAYS)
        dense = f"; the dense chances would take {one['dense']:,.0f} MiB" if "dense" in one else ""
        print(f"{name}: q < 0.05 {one['q']:,}, q_all < 0.05 {one['q_all']:,}; other p: {off}{dense}")
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
