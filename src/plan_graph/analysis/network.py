"""Networks of bodies as NetworkX graphs, and their measures.

Three networks, not one: who leads together, who leads with whose support (directed), who is on the same task at all.
NetworkX reads ``weight`` as distance in betweenness and closeness; so ties here carry ``shared`` (strength) and
``distance`` (1/shared) and no ``weight``, and every call names the one it means.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import combinations, product

import networkx as nx

from plan_graph.analysis.measures.communities import louvain
from plan_graph.analysis.measures.holes import constraint
from plan_graph.analysis.measures.paths import paths
from plan_graph.analysis.measures.undirected import giant, projection
from plan_graph.model.network import Membership, Tie
from plan_graph.model.plan import Role

__all__ = [
    "Layer",
    "LeftOut",
    "NodeMeasures",
    "Summary",
    "describe",
    "left_out",
    "measures",
    "network",
    "projection",
]


class Layer(Enum):
    """What makes a tie."""

    CO_LEAD = "co-lead"  # both lead the task; undirected
    LEAD_SUPPORT = "lead-support"  # one leads, the other supports; directed from the lead
    ANY = "any"  # both are on the task in any role; undirected


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Collectives that a network of single bodies leaves out, and their participations (task, collective, role)."""

    collectives: int
    participations: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A network as a whole.

    ``ties`` counts arcs where ``directed``; ``density`` is ties over possible ties. Components, ``giant`` (nodes in
    the largest component; of equals, the one with the smallest id), ``path_length`` (mean number of steps between
    two nodes of the giant component, ``None`` where it is one node) and ``transitivity`` (share of connected triples
    that close, 0 without triples) are of the undirected projection. ``reciprocity`` is the share of arcs that are
    answered, ``None`` for undirected or empty networks.
    """

    directed: bool
    nodes: int
    ties: int
    isolates: int
    density: float
    components: int
    giant: int
    path_length: float | None
    transitivity: float
    reciprocity: float | None


@dataclass(frozen=True, slots=True)
class NodeMeasures:
    """One body in one network.

    ``degree`` counts its ties, ``strength`` adds up their shared tasks; in a directed network both are in plus out,
    and the in and out parts stand apart (``None`` where undirected). ``betweenness`` and ``closeness`` run over
    distance = 1/shared; closeness is Wasserman and Faust's, corrected for what cannot be reached, over incoming
    paths where directed, and may pass 1 since distances are below 1. ``constraint`` is Burt's (2004, American
    Journal of Sociology 110:349–399) with shared tasks as investment, both ways added up; ``None`` for isolates,
    where it has no meaning. ``community`` is 1 for the largest, by Louvain over the undirected projection. Floats
    are rounded to 6 decimals.
    """

    body: str
    label: str
    degree: int
    strength: int
    in_degree: int | None
    out_degree: int | None
    in_strength: int | None
    out_strength: int | None
    betweenness: float
    closeness: float
    constraint: float | None
    community: int


def network(
    rows: Iterable[Membership],
    layer: Layer,
    *,
    year: int | None = None,
    include_collectives: bool = False,
    ties: Iterable[Tie] = (),
) -> nx.Graph | nx.DiGraph:
    """Return one layer in one period (``year`` None: all) as a graph, directed for ``Layer.LEAD_SUPPORT`` only.

    Nodes are the register ids of all bodies with a task in the period, tied or not, in rising order, with ``label``,
    ``tasks``, ``led``, ``supported`` (numbers of tasks) and ``collective``. Collectives are in it only with
    ``include_collectives``; ``left_out`` counts them.

    Edges have ``shared`` (tasks that make the tie in this layer), ``newman`` (the sum over these of 1/(k - 1), k
    nodes on the task in any role; 4 decimals) and ``distance`` (1/shared). Where ``ties`` of this period has the
    pair, edges of ``Layer.ANY`` get its ``expected``, ``p`` and ``q``; the other layers get ``pair_shared``,
    ``pair_expected``, ``pair_p``, ``pair_q``, because these are about being on the same task in any role, not about
    this layer. O(tasks · parties²).
    """
    kept = [row for row in rows if (year is None or row.year == year) and (include_collectives or not row.collective)]
    graph = nx.DiGraph() if layer is Layer.LEAD_SUPPORT else nx.Graph()
    graph.graph.update(layer=layer.value, year="all" if year is None else str(year))
    graph.add_nodes_from(_nodes(kept))
    sizes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pair, size in _meetings(kept, layer):
        sizes[pair].append(size)
    tested = {(tie.left, tie.right): tie for tie in ties if tie.year == year}
    for (left, right), found in sorted(sizes.items()):
        shared = len(found)
        newman = round(math.fsum(1 / (size - 1) for size in found), 4)
        graph.add_edge(left, right, shared=shared, newman=newman, distance=1 / shared)
        tie = tested.get((min(left, right), max(left, right)))
        if tie is not None:
            graph.edges[left, right].update(_significance(tie, layer))
    return graph


def left_out(rows: Iterable[Membership], *, year: int | None = None) -> LeftOut:
    """Count what ``network`` leaves out of the period when it does not include collectives."""
    found = {(row.task, row.body, row.role) for row in rows if row.collective and (year is None or row.year == year)}
    return LeftOut(len({body for _, body, _ in found}), len(found))


def describe(graph: nx.Graph | nx.DiGraph) -> Summary:
    """Return the figures of the whole network. O(nodes · ties) for the path length; the empty graph is allowed."""
    flat = projection(graph)
    part = giant(flat)
    length = nx.average_shortest_path_length(flat.subgraph(part)) if len(part) > 1 else None
    directed = graph.is_directed()
    return Summary(
        directed=directed,
        nodes=graph.number_of_nodes(),
        ties=graph.number_of_edges(),
        isolates=nx.number_of_isolates(graph),
        density=nx.density(graph),
        components=nx.number_connected_components(flat),
        giant=len(part),
        path_length=length,
        transitivity=float(nx.transitivity(flat)),
        reciprocity=nx.overall_reciprocity(graph) if directed and graph.number_of_edges() else None,
    )


def measures(graph: nx.Graph | nx.DiGraph, seed: int) -> list[NodeMeasures]:
    """Return the measures of every node, strongest first, then by id.

    ``seed`` is that of Louvain's one run, and of the sample that betweenness and closeness are estimated from in
    networks of more than ``paths.EXACT`` nodes. O(nodes · ties · log nodes) for betweenness and closeness.
    """
    flat = projection(graph)
    nodes = list(graph)
    directed = graph.is_directed()
    strength = dict(graph.degree(weight="shared"))
    way = paths(graph, seed=seed)
    held = constraint(flat)
    community = louvain(flat, seed)
    found = [
        NodeMeasures(
            body=node,
            label=graph.nodes[node]["label"],
            degree=graph.degree[node],
            strength=strength[node],
            in_degree=graph.in_degree[node] if directed else None,
            out_degree=graph.out_degree[node] if directed else None,
            in_strength=graph.in_degree(node, weight="shared") if directed else None,
            out_strength=graph.out_degree(node, weight="shared") if directed else None,
            betweenness=round(way.betweenness[node], 6),
            closeness=round(way.closeness[node], 6),
            constraint=round(held[node], 6) if node in held else None,
            community=community[node],
        )
        for node in nodes
    ]
    return sorted(found, key=lambda one: (-one.strength, one.body))


def _nodes(rows: Iterable[Membership]) -> Iterator[tuple[str, dict[str, object]]]:
    by_body: dict[str, list[Membership]] = defaultdict(list)
    for row in rows:
        by_body[row.body].append(row)
    for body, own in sorted(by_body.items()):
        tasks = {role: {row.task for row in own if row.role is role} for role in Role}
        yield (
            body,
            {
                "label": min(row.label for row in own),
                "tasks": len(set().union(*tasks.values())),
                "led": len(tasks[Role.LEAD]),
                "supported": len(tasks[Role.SUPPORT]),
                "collective": any(row.collective for row in own),
            },
        )


def _meetings(rows: Iterable[Membership], layer: Layer) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield each pair tied by each task, and how many nodes are on that task."""
    parties: dict[str, dict[Role, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        parties[row.task][row.role].add(row.body)
    for roles in parties.values():
        everyone = set().union(*roles.values())
        pairs: Iterable[tuple[str, str]]
        if layer is Layer.LEAD_SUPPORT:
            pairs = ((lead, other) for lead, other in product(roles[Role.LEAD], roles[Role.SUPPORT]) if lead != other)
        else:
            pairs = combinations(sorted(roles[Role.LEAD] if layer is Layer.CO_LEAD else everyone), 2)
        for pair in pairs:
            yield pair, len(everyone)


def _significance(tie: Tie, layer: Layer) -> dict[str, float]:
    if layer is Layer.ANY:
        return {"expected": tie.expected, "p": tie.p, "q": tie.q}
    return {"pair_shared": tie.shared, "pair_expected": tie.expected, "pair_p": tie.p, "pair_q": tie.q}
