"""Freeman's centralisation: how far a network is like a star, where one body has every tie.

Freeman 1979, Social Networks 1:215–239: the sum of the differences between the most central node and each other,
over the largest sum that any network of as many nodes can have. 0 where all are alike, 1 for a star. Ties are counted
and paths are measured in steps: how much is shared plays no part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from plan_graph.analysis.measures.paths import paths
from plan_graph.analysis.measures.undirected import giant, projection


@dataclass(frozen=True, slots=True)
class Centralisation:
    """The centralisation of one network; ``None`` where no network of its size can be centralised.

    ``degree`` counts the others a body is tied to, in whatever direction; ``in_degree`` and ``out_degree`` are
    ``None`` where undirected. ``betweenness`` and ``closeness`` are of the undirected projection. Closeness is not
    defined between parts that do not reach each other: it is of the giant component alone, which has
    ``closeness_nodes`` of the ``nodes``. ``sources`` is from how many nodes betweenness was counted: fewer than
    ``nodes`` in networks so large that it is estimated.
    """

    nodes: int
    degree: float | None
    in_degree: float | None
    out_degree: float | None
    betweenness: float | None
    closeness: float | None
    closeness_nodes: int
    sources: int


def centralisation(graph: nx.Graph | nx.DiGraph, seed: int = 0) -> Centralisation:
    """Return the centralisation of degree, betweenness and closeness.

    The largest sums, for n nodes: (n - 1)(n - 2) of degree, (n - 1)² of in- or outdegree, (n - 1)²(n - 2)/2 of
    betweenness as number of pairs, (n - 1)(n - 2)/(2n - 3) of closeness as (n - 1) / sum of distances. O(nodes ·
    ties) time, of the paths; ``seed`` is theirs.
    """
    flat = projection(graph)
    size = len(flat)
    over_steps = paths(flat, None, seed=seed)
    part = giant(flat)
    inside = [over_steps.closeness[node] * (size - 1) / max(len(part) - 1, 1) for node in part]  # others aside
    directed = graph.is_directed()
    return Centralisation(
        nodes=size,
        degree=of_degree(flat),
        in_degree=_share((n for _, n in graph.in_degree), (size - 1) ** 2) if directed else None,
        out_degree=_share((n for _, n in graph.out_degree), (size - 1) ** 2) if directed else None,
        betweenness=_share(over_steps.betweenness.values(), size - 1 if size > 2 else 0),
        closeness=_share(inside, (len(part) - 1) * (len(part) - 2) / (2 * len(part) - 3)),
        closeness_nodes=len(part),
        sources=over_steps.sources,
    )


def of_degree(flat: nx.Graph) -> float | None:
    """Return the centralisation of degree alone of an undirected network, which needs no paths. O(nodes)."""
    return _share((n for _, n in flat.degree), (len(flat) - 1) * (len(flat) - 2))


def _share(values: Iterable[float], largest: float) -> float | None:
    """Return the sum of what each value lacks to the highest, as a share; betweenness comes divided by its pairs."""
    found = list(values)
    if not found or largest <= 0:
        return None
    top = max(found)
    return sum(top - value for value in found) / largest
