"""Betweenness and closeness over shortest paths: the same values for a plan of 60 bodies and a corpus of 20,000.

A tie is as long as its strength is small, 1/shared, or one step. NetworkX finds the paths of networks up to
``SMALL`` nodes, Brandes' algorithm over SciPy's Dijkstra those of larger ones, about ten times faster; above ``EXACT``
nodes paths start from a sample of the nodes, and the result says so.

Two routes of equal length must be seen as equal, or each counts for nothing where it should count for half. In
floats 1/6 + 1/3 + 1/5 and 1/2 + 1/5 need not be equal, so small networks are measured in whole numbers (the least
common multiple of the strengths over each strength), and large ones, or with strengths that are not whole, hold
lengths for equal within one part in 10¹⁰.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.matrix import adjacency

Floats = npt.NDArray[np.float64]

SMALL = 500  # nodes up to which NetworkX is fast enough
EXACT = 5000  # nodes up to which paths start from every node
PIVOTS = 200  # nodes in the sample above that
_SAME = 1e-10  # lengths that differ by this part are one length
_AT_ONCE = 64  # sources whose distances are held at once


@dataclass(frozen=True, slots=True)
class Paths:
    """Betweenness and closeness of every node, and from how many ``sources`` paths were searched.

    Where ``sources`` is fewer than the nodes, the values are estimates (``sampled``).
    """

    betweenness: dict[str, float]
    closeness: dict[str, float]
    sources: int

    @property
    def sampled(self) -> bool:
        """Whether the values are estimates from a sample of the nodes."""
        return self.sources < len(self.closeness)


def paths(
    graph: nx.Graph | nx.DiGraph,
    strength: str | None = "shared",
    *,
    seed: int = 0,
    exact_up_to: int = EXACT,
    pivots: int = PIVOTS,
) -> Paths:
    """Return betweenness and closeness of every node with 1/``strength`` as length of a tie (``None``: one step).

    Strengths are above 0. Betweenness is the share of the shortest paths between two others that pass
    a node, added up over all pairs and divided by the number of pairs (Freeman 1977, Sociometry 40:35–41); 0 with
    fewer than three nodes. Closeness is the reciprocal of the mean distance from those who reach the node (incoming
    paths where directed), times the share of others who do (Wasserman & Faust 1994, Social Network Analysis, eq.
    5.22); 0 for an isolate.

    With more than ``exact_up_to`` nodes paths start from ``pivots`` nodes (at least 2) drawn by ``seed``. Betweenness
    is then the sum over the sample scaled to all sources, without bias (Brandes & Pich 2007, International Journal of
    Bifurcation and Chaos 17:2303–2318), closeness is of the distances from the sample (Eppstein & Wang 2004, Journal
    of Graph Algorithms and Applications 8:39–45). O(sources · ties · log nodes) (Brandes 2001, Journal of
    Mathematical Sociology 25:163–177).
    """
    size = len(graph)
    if size <= SMALL and (strength is None or _whole(graph, strength)):
        return _by_networkx(graph, strength)
    sources = np.arange(size)
    if size > exact_up_to and pivots < size:
        sources = np.sort(np.random.default_rng(seed).permutation(size)[:pivots])
    between, close = _from(_lengths(graph, strength), sources)
    nodes = list(graph)
    return Paths(
        dict(zip(nodes, between.tolist(), strict=True)), dict(zip(nodes, close.tolist(), strict=True)), len(sources)
    )


def betweenness(graph: nx.Graph | nx.DiGraph, strength: str | None = "shared", *, seed: int = 0) -> dict[str, float]:
    """Return the betweenness of :func:`paths` alone; of a small network in half the time."""
    if len(graph) <= SMALL and (strength is None or _whole(graph, strength)):
        return _between_by_networkx(graph, strength)
    return paths(graph, strength, seed=seed).betweenness


def _whole(graph: nx.Graph | nx.DiGraph, strength: str) -> bool:
    return all(float(value).is_integer() for _, _, value in graph.edges(data=strength, default=1))


def _by_networkx(graph: nx.Graph | nx.DiGraph, strength: str | None) -> Paths:
    between = _between_by_networkx(graph, strength)
    if strength is None:
        return Paths(between, nx.closeness_centrality(graph), len(graph))

    def distance(_one: str, _other: str, own: dict[str, Any]) -> float:
        return 1 / float(own.get(strength, 1))  # sums of lengths need not be exact, equal ones must be

    return Paths(between, nx.closeness_centrality(graph, distance=distance), len(graph))


def _between_by_networkx(graph: nx.Graph | nx.DiGraph, strength: str | None) -> dict[str, float]:
    if strength is None:
        return dict(nx.betweenness_centrality(graph))
    whole = math.lcm(*{int(value) for _, _, value in graph.edges(data=strength, default=1)})

    def length(_one: str, _other: str, own: dict[str, Any]) -> int:
        return whole // int(own.get(strength, 1))

    return dict(nx.betweenness_centrality(graph, weight=length))


def _lengths(graph: nx.Graph | nx.DiGraph, strength: str | None) -> Any:
    made = adjacency(graph, strength, dense=False)
    made.data = 1 / made.data
    return made


def _from(lengths: Any, sources: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Return betweenness and closeness of all nodes, (nodes,) each, from the paths that start at the sources."""
    size, begun = lengths.shape[0], len(sources)
    passed, total, reached = np.zeros(size), np.zeros(size), np.zeros(size)
    for source, distance in _distances(lengths, sources):
        passed += _dependency(lengths, source, distance)
        finite = np.isfinite(distance)
        total[finite] += distance[finite]
        reached += finite
    is_source = np.isin(np.arange(size), sources)
    others = begun - is_source  # sources other than the node itself
    reached -= is_source
    with np.errstate(divide="ignore", invalid="ignore"):
        between = passed / others / (size - 2)
        close = np.where(total > 0, (reached / total) * (reached / others), 0.0)
    return (between if size > 2 else np.zeros(size)), close


def _distances(lengths: Any, sources: npt.NDArray[np.intp]) -> Iterator[tuple[int, Floats]]:
    from scipy.sparse.csgraph import dijkstra

    for at in range(0, len(sources), _AT_ONCE):
        some = sources[at : at + _AT_ONCE]
        yield from zip(some.tolist(), dijkstra(lengths, indices=some), strict=True)


def _dependency(lengths: Any, source: int, distance: Floats) -> Floats:
    """Return for each node the share of the shortest paths from the source that pass it, added up over their ends.

    The arcs on shortest paths form a graph without cycles; path counts flow down it and shares flow up it, one more
    step in each round, until nothing moves.
    """
    size = len(distance)
    degree = np.diff(lengths.indptr)
    ends = np.repeat(distance, degree) + lengths.data
    there = distance[lengths.indices]
    on = np.flatnonzero((ends <= there * (1 + _SAME)) & np.isfinite(there))
    tail = np.searchsorted(lengths.indptr, on, side="right") - 1
    head = lengths.indices[on]
    counts = wave = np.bincount([source], minlength=size).astype(float)
    while (wave := np.bincount(head, wave[tail], size)).any():
        counts = counts + wave
    share = counts[tail] / counts[head]
    passed, wave = np.zeros(size), np.ones(size)
    while (wave := np.bincount(tail, share * wave[head], size)).any():
        passed += wave
    passed[source] = 0
    return passed
