"""What each body carries, and where it stands in the network: one row a body."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import networkx as nx

from plan_graph.analysis.network import Layer, measures, network
from plan_graph.model.plan import Role
from plan_graph.reports.whole.content import Content
from plan_graph.reports.whole.kinds import Group, group_of


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One body.

    ``tasks``, ``led``, ``responsible``, ``supported``, ``guided`` count the tasks reported on; ``answers`` those it
    leads, or is responsible for where nobody leads. ``lead_share`` is led over tasks. Everything below is of the
    network of any shared task over the population: ``partners`` and ``strength`` (degree, and shared tasks added up),
    betweenness and closeness over 1/shared, Burt's constraint, Louvain community, and ``cuts``: how many bodies lose
    their connection to the largest remaining part if this one goes.
    """

    body: str
    name: str
    short: str
    kind: str
    tasks: int
    led: int
    responsible: int
    supported: int
    guided: int
    answers: int
    partners: int
    strength: int
    betweenness: float
    closeness: float
    constraint: float | None
    community: int
    cuts: int

    @property
    def group(self) -> Group:
        """How it is drawn."""
        return group_of(self.kind)

    @property
    def lead_share(self) -> float:
        """Tasks led over tasks."""
        return self.led / self.tasks

    @property
    def depth(self) -> float:
        """Shared tasks a partner, on average; 0 without partners."""
        return self.strength / self.partners if self.partners else 0.0


def body_rows(content: Content, seed: int = 0) -> list[BodyRow]:
    """Give a row for each single body on the tasks reported on, busiest first; ``seed`` is Louvain's."""
    names: dict[str, str] = {}
    roles: dict[str, dict[Role, set[str]]] = defaultdict(lambda: defaultdict(set))
    answers: dict[str, int] = defaultdict(int)
    for task in content.facts:
        for party in task.parties:
            if not party.collective:
                names[party.body] = party.name
                roles[party.body][party.role].add(task.iri)
        for body in task.leads:
            answers[body] += 1
    graph = network(content.memberships, Layer.ANY)
    cut = _cuts(graph)
    rows = [
        BodyRow(
            body=one.body,
            name=names[one.body],
            short=content.name(one.body),
            kind=content.kinds.get(one.body, ""),
            tasks=len(set().union(*roles[one.body].values())),
            led=len(roles[one.body][Role.LEAD]),
            responsible=len(roles[one.body][Role.RESPONSIBLE]),
            supported=len(roles[one.body][Role.SUPPORT]),
            guided=len(roles[one.body][Role.GUIDE]),
            answers=answers[one.body],
            partners=one.degree,
            strength=one.strength,
            betweenness=one.betweenness,
            closeness=one.closeness,
            constraint=one.constraint,
            community=one.community,
            cuts=cut.get(one.body, 0),
        )
        for one in measures(graph, seed)
        if one.body in names
    ]
    return sorted(rows, key=lambda row: (-row.tasks, -row.led, row.body))


def _cuts(graph: nx.Graph) -> dict[str, int]:
    """Give for each cut vertex how many nodes of its component fall outside the largest part that is left."""
    found: dict[str, int] = {}
    for component in nx.connected_components(graph):
        part = graph.subgraph(component)
        for node in nx.articulation_points(part):
            left = [len(piece) for piece in nx.connected_components(part.subgraph(component - {node}))]
            found[node] = sum(left) - max(left)
    return found
