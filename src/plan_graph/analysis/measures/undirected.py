"""The undirected projection: what two nodes share in both directions together."""

from __future__ import annotations

from collections import Counter

import networkx as nx


def projection(graph: nx.Graph | nx.DiGraph) -> nx.Graph:
    """Return an undirected graph in which two nodes share what they share one way plus the other way.

    A tie without ``shared`` counts 1. O(ties · log ties).
    """
    flat = nx.Graph()
    flat.add_nodes_from(graph.nodes(data=True))
    shared: Counter[tuple[str, str]] = Counter()
    for one, other, tasks in graph.edges(data="shared", default=1):
        shared[min(one, other), max(one, other)] += tasks
    flat.add_edges_from((one, other, {"shared": tasks}) for (one, other), tasks in sorted(shared.items()))
    return flat


def giant(graph: nx.Graph | nx.DiGraph) -> set[str]:
    """Return the nodes of the largest component, direction aside; of equals the one with the smallest node."""
    parts = nx.weakly_connected_components(graph) if graph.is_directed() else nx.connected_components(graph)
    return min(parts, key=lambda part: (-len(part), min(part)), default=set())
