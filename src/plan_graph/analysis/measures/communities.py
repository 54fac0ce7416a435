"""Communities by Louvain, and how far they are the same from run to run.

Louvain (Blondel et al. 2008, Journal of Statistical Mechanics P10008) takes nodes in random order and ends in one of
many divisions of nearly the same modularity. So one run is no result: many are made, and what they agree on is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.undirected import projection

Ints = npt.NDArray[np.intp]

RUNS = 100

_FEW = 500  # bodies up to which NetworkX is as fast
_LEAST_GAIN = 1e-6  # of modularity, for which scikit-network goes on


@dataclass(frozen=True, slots=True)
class Stability:
    """What ``runs`` runs of Louvain found.

    ``community`` is the division of highest modularity (of equals, that of the smallest seed), numbered from 1 by
    falling size, then smallest id; ``modularity`` is its own, ``lowest_modularity`` that of the worst run, both
    ``None`` without ties. ``fewest`` and ``most`` are numbers of communities. ``agreement`` is the mean adjusted Rand
    index over all pairs of runs: 1 where all are the same, about 0 where they agree no more than chance; ``None`` of
    one run. ``consensus`` of a body is the mean share of runs that put it together with each other member of its
    community; of a body alone in its community, the share of runs that leave it alone.
    """

    community: dict[str, int]
    modularity: float | None
    lowest_modularity: float | None
    fewest: int
    most: int
    agreement: float | None
    consensus: dict[str, float]
    runs: int


def stability(graph: nx.Graph | nx.DiGraph, runs: int = RUNS, seed: int = 0) -> Stability:
    """Run Louvain over the undirected projection with the seeds ``seed``, ``seed + 1``, …, ties by shared tasks.

    Isolates are communities of their own. O(runs · ties) for the runs, O(runs² · nodes) at most for the agreement;
    runs that found the same division are counted together. :raises ValueError: for less than one run.
    """
    if runs < 1:
        raise ValueError(f"Louvain needs at least one run, not {runs}")
    flat = projection(graph)
    divide = _divider(flat)
    found = [divide(seed + run) for run in range(runs)]
    nodes = list(graph)
    modularities = [modularity(flat, each) for each in found]
    values = [value for value in modularities if value is not None]
    best = found[max(range(runs), key=lambda run: (modularities[run] or 0.0, -run))]
    labels, times = _distinct([[each[node] for node in nodes] for each in found])
    counts = [len(set(each.values())) for each in found]
    return Stability(
        community=best,
        modularity=max(values, default=None),
        lowest_modularity=min(values, default=None),
        fewest=min(counts),
        most=max(counts),
        agreement=_agreement(labels, times),
        consensus=dict(zip(nodes, _consensus([best[node] for node in nodes], labels, times), strict=True)),
        runs=runs,
    )


def louvain(flat: nx.Graph, seed: int) -> dict[str, int]:
    """Return the community of each node of an undirected network by one run, numbered by falling size, smallest id.

    By NetworkX up to 500 bodies, by scikit-network above, which takes some twentieth of the time there and none less
    below. O(ties) a sweep.
    """
    return _divider(flat)(seed)


def _divider(flat: nx.Graph) -> Callable[[int], dict[str, int]]:
    """Return what makes one run from a seed: the network is put into the form it needs once for all runs."""
    nodes = sorted(flat)
    number = {node: at for at, node in enumerate(nodes)}
    ties = [(number[one], number[other], shared) for one, other, shared in flat.edges(data="shared", default=1)]
    run = _by_networkx(len(nodes), ties) if len(nodes) <= _FEW else _by_scikit_network(len(nodes), ties)

    def divide(seed: int) -> dict[str, int]:
        ranked = sorted(run(seed), key=lambda part: (-len(part), min(part)))
        return {nodes[at]: rank for rank, part in enumerate(ranked, start=1) for at in part}

    return divide


def _by_networkx(nodes: int, ties: Sequence[tuple[int, int, int]]) -> Callable[[int], list[set[int]]]:
    """Make runs by NetworkX, over numbers in place of ids.

    It visits sets, and sets of strings have another order in every process.
    """
    bare = nx.Graph()
    bare.add_nodes_from(range(nodes))
    bare.add_edges_from((one, other, {"shared": shared}) for one, other, shared in ties)

    def run(seed: int) -> list[set[int]]:
        found: list[set[int]] = nx.community.louvain_communities(bare, weight="shared", seed=seed)
        return found

    return run


def _by_scikit_network(nodes: int, ties: Sequence[tuple[int, int, int]]) -> Callable[[int], list[set[int]]]:
    """Make runs by scikit-network, which visits bodies in an order that NumPy draws from the seed."""
    from scipy import sparse  # imported where it is needed: few networks are that large
    from sknetwork.clustering import Louvain

    if not ties:
        return lambda _: [{at} for at in range(nodes)]  # shares of no weight at all are not defined
    one, other, shared = np.array(ties).T
    apart = one != other
    rows, columns = np.r_[one, other[apart]], np.r_[other, one[apart]]
    table = sparse.csr_matrix((np.r_[shared, shared[apart]].astype(float), (rows, columns)), shape=(nodes, nodes))

    def run(seed: int) -> list[set[int]]:
        louvain = Louvain(
            modularity="newman",
            tol_optimization=_LEAST_GAIN,
            tol_aggregation=_LEAST_GAIN,
            shuffle_nodes=True,
            return_probs=False,
            return_aggregate=False,
            random_state=seed,
        )
        parts: dict[int, set[int]] = {}
        for at, label in enumerate(louvain.fit_predict(table).tolist()):
            parts.setdefault(label, set()).add(at)
        return list(parts.values())

    return run


def modularity(flat: nx.Graph, community: Mapping[str, int]) -> float | None:
    """Return the modularity (Newman 2004, Physical Review E 70:056131) of a division, ``None`` without ties."""
    if not flat.number_of_edges():
        return None
    parts: dict[int, set[str]] = {}
    for node, part in community.items():
        parts.setdefault(part, set()).add(node)
    return float(nx.community.modularity(flat, parts.values(), weight="shared"))


def adjusted_rand(one: Sequence[int], other: Sequence[int]) -> float:
    """Return how far two divisions of the same items agree, corrected for chance: 1 for the same, 0 on average.

    Hubert & Arabie 1985, Journal of Classification 2:193–218. Labels are any whole numbers. Where both put all
    items together, or all apart, the formula is 0/0 and they are the same: 1. O(items · log items).
    """
    if len(one) != len(other):
        raise ValueError(f"two divisions of the same items are needed, not of {len(one)} and {len(other)}")
    _, left = np.unique(np.asarray(one, dtype=np.intp), return_inverse=True)
    _, right = np.unique(np.asarray(other, dtype=np.intp), return_inverse=True)
    _, both = np.unique(left * (len(right) + 1) + right, return_counts=True)
    together, mine, theirs = _pairs(both), _pairs(np.bincount(left)), _pairs(np.bincount(right))
    everything = len(one) * (len(one) - 1) // 2
    expected = mine * theirs / everything if everything else 0.0
    most = (mine + theirs) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def _pairs(counts: Ints) -> int:
    return int((counts * (counts - 1) // 2).sum())


def _distinct(found: list[list[int]]) -> tuple[list[Ints], Ints]:
    """Return the different divisions, labels in order of first appearance, and how often each was found."""
    times: dict[tuple[int, ...], int] = {}
    for labels in found:
        order: dict[int, int] = {}
        same = tuple(order.setdefault(label, len(order)) for label in labels)
        times[same] = times.get(same, 0) + 1
    return [np.array(labels, dtype=np.intp) for labels in times], np.array(list(times.values()), dtype=np.intp)


def _agreement(labels: list[Ints], times: Ints) -> float | None:
    runs = int(times.sum())
    if runs < 2:
        return None
    total = float(_pairs(times))  # pairs of runs with the same division agree fully
    for (one, mine), (other, theirs) in combinations(zip(labels, times.tolist(), strict=True), 2):
        total += mine * theirs * adjusted_rand(one.tolist(), other.tolist())
    return total / (runs * (runs - 1) / 2)


def _consensus(best: list[int], labels: list[Ints], times: Ints) -> list[float]:
    own = np.array(best, dtype=np.intp)
    size = np.bincount(own)[own] if len(own) else own
    kept = np.zeros(len(own))
    for label, often in zip(labels, times.tolist(), strict=True):
        _, which, both = np.unique(own * (len(own) + 1) + label, return_inverse=True, return_counts=True)
        alone = np.bincount(label)[label] == 1 if len(label) else label
        shares = np.where(size > 1, (both[which] - 1) / np.maximum(size - 1, 1), alone)
        kept += often * shares
    return [float(value) for value in kept / times.sum()]
