"""How large a node is drawn, and where: the same for every program."""

from __future__ import annotations

import math

import networkx as nx

from plan_graph.analysis.export.kinds import number_of

_LEAST, _MOST = 10.0, 60.0  # Gephi's own scale: labels are readable at the smaller, hubs stand out at the larger


def strength(graph: nx.Graph | nx.DiGraph) -> dict[str, int]:
    """Give the shared tasks of each node's ties added up, in plus out where directed."""
    return dict(graph.degree(weight="shared"))


def sizes(graph: nx.Graph | nx.DiGraph) -> dict[str, float]:
    """Give each node a diameter from 10 (no tie) to 60 (the strongest) whose square grows with its strength."""
    strong = strength(graph)
    most = max(strong.values(), default=0) or 1
    return {node: round(math.sqrt(_LEAST**2 + (_MOST**2 - _LEAST**2) * own / most), 2) for node, own in strong.items()}


def circle(graph: nx.Graph | nx.DiGraph) -> dict[str, tuple[float, float]]:
    """Give each node a place on the unit circle, kinds side by side, the strongest of a kind first.

    A layout by forces would move with the version of a library; this one is stable, and a start for one.
    """
    strong = strength(graph)
    order = sorted(graph, key=lambda node: (number_of(graph.nodes[node].get("kind")), -strong[node], node))
    step = 2 * math.pi / max(1, len(order))
    return {node: (round(math.cos(step * at), 4), round(math.sin(step * at), 4)) for at, node in enumerate(order)}
