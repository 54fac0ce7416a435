"""Measures of one-mode networks: seconds and memory, each beside igraph or the straightforward way, in one run.

    python benchmarks/measures.py [--seconds 20] [--sizes 2000 20000] [--json FILE]

The networks are the Liaoning plan's and, for each of the sizes, one of a plan drawn at random: as many tasks a body
as there, numbers of bodies on a task and of tasks of a body heavy-tailed, who shares a task is tied, the first leads.

Every figure comes from a process of its own with one thread, forked when the network is there: milliseconds of
processor time, and MiB of resident memory beyond what the process held then (what fits into memory that the making of
the network left free counts as 0). Each has a limit of --seconds; what passes it, or is not tried, says why.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np

from plan_graph import open_store
from plan_graph.analysis.measures.brokerage import brokerage
from plan_graph.analysis.measures.centralisation import centralisation
from plan_graph.analysis.measures.communities import stability
from plan_graph.analysis.measures.core_periphery import core_periphery
from plan_graph.analysis.measures.coreness import coreness
from plan_graph.analysis.measures.holes import structural_holes
from plan_graph.analysis.measures.paths import EXACT, PIVOTS, paths
from plan_graph.analysis.measures.qap import qap
from plan_graph.analysis.network import Layer, network
from plan_graph.analysis.rows import memberships
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "data" / "raw" / "ln-2016-revitalisation.txt"
THREADS = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "RAYON")}
_LEAST, _MOST = 0.1, 200  # short work is done again and again, for so many seconds or times
Work = Callable[[], object] | str  # or the reason why it is not done


@dataclass(frozen=True)
class Networks:
    """One plan's networks: all ties, those of another half of its tasks, the directed one; the first for igraph."""

    name: str
    whole: nx.Graph
    half: nx.Graph
    directed: nx.DiGraph
    peer: Any
    sources: list[int]

    @property
    def size(self) -> int:
        return len(self.whole)


@dataclass(frozen=True)
class Cost:
    """What a piece of work took: processor seconds and MiB beyond the network, or why there is no figure."""

    seconds: float | None
    memory: float | None
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """A measure of a network and its peer, done ``times`` times each, such as permutations."""

    network: str
    measure: str
    ours: Cost
    peer: str
    theirs: Cost
    ratio: float | None


def liaoning() -> list[Membership]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "build"
        command = [
            "-m",
            "plan_graph",
            "build",
            str(PLAN),
            "--out",
            str(out),
            "--quiet",
            "--draws",
            "0",
            "--no-keywords",
        ]
        subprocess.run([sys.executable, *command], check=True)
        return memberships(open_store(out))


def drawn(bodies: int, seed: int = 0) -> list[Membership]:
    """Draw a plan: three tasks a body, 2 to 40 bodies on each, few bodies on very many tasks."""
    random = np.random.default_rng(seed)
    load = (np.arange(bodies) + 3.0) ** -0.8
    often = np.cumsum(load / load.sum())
    rows = []
    for task, size in enumerate(np.minimum(2 + (random.pareto(1.8, 3 * bodies) * 1.2).astype(int), 40).tolist()):
        party = dict.fromkeys(np.minimum(np.searchsorted(often, random.random(size)), bodies - 1).tolist())
        for at, body in enumerate(party):
            role = Role.LEAD if at == 0 else Role.SUPPORT
            rows.append(Membership(f"t{task}", None, role, f"b{body:05}", f"b{body:05}"))
    return rows


def networks(name: str, rows: list[Membership]) -> Networks:
    whole = network(rows, Layer.ANY)
    number = {node: at for at, node in enumerate(whole)}
    peer = igraph.Graph(len(number), [(number[a], number[b]) for a, b in whole.edges])
    peer.es["shared"] = [shared for _, _, shared in whole.edges(data="shared")]
    peer.es["distance"] = [1 / shared for shared in peer.es["shared"]]
    sources = np.arange(len(number))
    if len(number) > EXACT:
        sources = np.sort(np.random.default_rng(0).permutation(len(number))[:PIVOTS])
    half = network(rows[len(rows) // 2 :], Layer.ANY)
    return Networks(name, whole, half, network(rows, Layer.LEAD_SUPPORT), peer, sources.tolist())


def cost(work: Work, limit: int) -> Cost:
    """Do the work in a process of its own with a limit of processor seconds."""
    if isinstance(work, str):
        return Cost(None, None, work)
    before = resident()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        begin, times = time.process_time(), 0
        while times == 0 or (time.process_time() - begin < _LEAST and times < _MOST):
            work()
            times += 1
        os.write(write, f"{(time.process_time() - begin) / times}".encode())
        os._exit(0)
    os.close(write)
    _, status, used = os.wait4(child, 0)
    said = os.read(read, 100).decode()
    os.close(read)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
        return Cost(None, max(0.0, used.ru_maxrss / 1024 - before), f"over {limit} s")
    if not said:
        return Cost(None, None, "failed")
    return Cost(float(said), max(0.0, used.ru_maxrss / 1024 - before))


def resident() -> float:
    """Give the MiB that this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20


# --- the straightforward ways -----------------------------------------------------------------------------------------


def igraph_centralisation(one: Networks) -> object:
    """The three values of all nodes and the sums of their differences; betweenness from as many sources as ours."""
    sampled = len(one.sources) < one.size
    between = one.peer.betweenness(directed=False, sources=one.sources) if sampled else one.peer.betweenness()
    giant = one.peer.components().giant()
    values = [one.peer.degree(), between, [] if sampled else giant.closeness()]
    return [sum(max(each) - value for value in each) for each in values if each]


def igraph_paths(one: Networks) -> object:
    if len(one.sources) < one.size:
        return one.peer.betweenness(weights="distance", sources=one.sources)
    return one.peer.betweenness(weights="distance"), one.peer.closeness(weights="distance")


def networkx_paths(one: Networks) -> object:
    return nx.betweenness_centrality(one.whole, weight="distance"), nx.closeness_centrality(
        one.whole, distance="distance"
    )


def networkx_holes(one: Networks) -> object:
    nodes = list(one.whole)
    return nx.constraint(one.whole, weight="shared"), nx.effective_size(one.whole, nodes, weight="shared")


def plain_core(one: Networks) -> object:
    """From the busiest bodies, move one body at a time, each correlation made anew from all pairs."""
    ties = nx.to_numpy_array(one.whole, weight="shared")
    off = ~np.eye(one.size, dtype=bool)
    strength = ties.sum(axis=1)
    core = strength > np.quantile(strength, 0.8)
    np.seterr(invalid="ignore")  # where all are of the core there is no correlation

    def fit() -> float:
        return float(np.corrcoef(ties[off], (core[:, None] | core)[off])[0, 1])

    best = fit()
    while True:
        fits = []
        for at in range(one.size):
            core[at] = not core[at]
            fits.append(fit())
            core[at] = not core[at]
        at = int(np.nanargmax(fits))
        if not fits[at] > best:
            return best
        core[at], best = not core[at], fits[at]


def scipy_coreness(one: Networks) -> object:
    from scipy.optimize import minimize

    ties = nx.to_scipy_sparse_array(one.whole, weight="shared")
    squares = float((ties * ties).sum())

    def loss(c: Any) -> tuple[float, Any]:
        near, two = ties @ c, c @ c
        return (squares - 2 * c @ near + two**2 - (c**4).sum()) / squares, 4 * (two * c - c**3 - near) / squares

    begin = np.asarray(ties.sum(axis=1), dtype=float)
    begin *= np.sqrt(begin @ (ties @ begin)) / (begin @ begin)
    return minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=[(0, None)] * one.size)


def plain_brokerage(one: Networks, groups: dict[str, str]) -> object:
    """Every two arcs in a row, asked whether a third closes them."""
    graph = one.directed
    found: dict[tuple[str, bool, bool, bool], int] = {}
    for broker in graph:
        for first in graph.predecessors(broker):
            for last in graph.successors(broker):
                if first != last and not graph.has_edge(first, last):
                    a, b, c = groups[first], groups[broker], groups[last]
                    role = (broker, a == b, b == c, a == c)
                    found[role] = found.get(role, 0) + 1
    return found


def plain_qap(one: Networks, permutations: int) -> object:
    """Both networks as full tables, correlated anew for each permutation."""
    nodes = sorted(set(one.whole) | set(one.half))
    left = nx.to_numpy_array(one.whole, nodes, weight="shared")
    other = nx.Graph(one.half)
    other.add_nodes_from(nodes)
    right = nx.to_numpy_array(other, nodes, weight="shared")
    above = np.triu_indices(len(nodes), 1)
    random = np.random.default_rng(0)
    orders = (random.permutation(len(nodes)) for _ in range(permutations))
    return [np.corrcoef(left[above], right[np.ix_(order, order)][above])[0, 1] for order in orders]


# --- the comparisons --------------------------------------------------------------------------------------------------


def comparisons(one: Networks) -> Iterator[tuple[str, Work, str, Work]]:
    """Give each measure with what it does, and its peers; what is not tried has the reason in place of the work."""
    small, large = one.size <= 500, one.size > EXACT
    table = f"a full table of {one.size:,} × {one.size:,} bodies is {one.size**2 * 8 / 2**30:.1f} GiB"
    groups = {node: "pqrstu"[at % 6] for at, node in enumerate(one.directed)}
    runs = 100 if small else 1 if large else 5
    permutations = 2000 if small else 50 if large else 500
    peer_permutations = 2000 if small else 5
    sampled = f", {PIVOTS} sources" if large else ""
    yield f"paths{sampled}", lambda: paths(one.whole), "igraph", lambda: igraph_paths(one)
    if not large:
        yield "paths", lambda: paths(one.whole), "networkx", lambda: networkx_paths(one)
    yield f"centralisation{sampled}", lambda: centralisation(one.whole), "igraph", lambda: igraph_centralisation(one)
    yield (
        "structural holes",
        lambda: structural_holes(one.whole),
        "igraph, constraint alone",
        lambda: one.peer.constraint(weights="shared"),
    )
    if not large:
        yield "structural holes", lambda: structural_holes(one.whole), "networkx", lambda: networkx_holes(one)
    yield (
        "core",
        lambda: core_periphery(one.whole),
        "each fit anew",
        (lambda: plain_core(one)) if small else (f"{one.size:,} fits a move, each over {one.size**2:,} pairs"),
    )
    yield "coreness", lambda: coreness(one.whole), "L-BFGS-B, one start", lambda: scipy_coreness(one)
    yield "brokerage", lambda: brokerage(one.directed, groups), "arc by arc", lambda: plain_brokerage(one, groups)
    yield (
        f"communities, {runs} run{'s' * (runs > 1)}",
        lambda: stability(one.whole, runs=runs),
        "igraph",
        lambda: [one.peer.community_multilevel(weights="shared") for _ in range(runs)],
    )
    yield (
        f"QAP, {permutations} permutations",
        lambda: qap(one.whole, one.half, permutations=permutations),
        f"full tables, {peer_permutations} of them",
        table if large else lambda: plain_qap(one, peer_permutations),
    )


def measured(one: Networks, limit: int) -> Iterator[Line]:
    known: dict[str, Cost] = {}
    for measure, ours, peer, theirs in comparisons(one):
        if measure not in known:
            known[measure] = cost(ours, limit)
        mine, other = known[measure], cost(theirs, limit)
        ratio = other.seconds / mine.seconds if mine.seconds and other.seconds else None
        if ratio and measure.startswith("QAP"):  # by permutation
            ratio *= int(measure.split()[1]) / int(peer.split()[2])
        yield Line(one.name, measure, mine, peer, other, ratio)


def figure(one: Cost) -> str:
    return one.reason if one.seconds is None else f"{one.seconds * 1000:,.1f} ms, {one.memory:,.0f} MiB"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=int, default=20, help="limit of each figure (default 20)")
    options.add_argument("--sizes", type=int, nargs="*", default=[2000, 20000], help="bodies of the plans drawn")
    options.add_argument("--json", type=Path, help="also write the figures there")
    given = options.parse_args()
    begin = time.perf_counter()
    lines = []
    for name, rows in [("Liaoning", liaoning), *((f"{size:,} drawn", lambda n=size: drawn(n)) for size in given.sizes)]:
        one = networks(name, rows())
        print(
            f"\n{name}: {one.size:,} bodies, {one.whole.number_of_edges():,} ties, "
            f"{one.directed.number_of_edges():,} arcs, {resident():.0f} MiB with the libraries"
        )
        for line in measured(one, given.seconds):
            lines.append(line)
            ratio = "" if line.ratio is None else f"{line.ratio:8.2f} ×"
            print(
                f"  {line.measure:<30} {figure(line.ours):>22}   {line.peer:<26} {figure(line.theirs):>22} {ratio}",
                flush=True,
            )
    print(f"\nratios are peer over ours, above 1 where ours is faster; all in {time.perf_counter() - begin:.0f} s")
    if given.json:
        given.json.write_text(json.dumps([asdict(line) for line in lines], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if os.environ.items() >= THREADS.items():
        main()
    else:  # libraries read the number of threads when they are loaded
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | THREADS)
