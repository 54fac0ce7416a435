"""What if bodies were merged, one were abolished, or a task moved: the network of bodies before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from plan_graph.analysis.measures.brokerage import BrokerRole, brokerage
from plan_graph.analysis.measures.centralisation import of_degree
from plan_graph.analysis.measures.paths import betweenness
from plan_graph.analysis.network import Layer, Summary, describe, network, projection
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

RANK = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT, Role.GUIDE)
"""Which role a body keeps on a task that two of its forerunners were on: lead beats support."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Bodies become one: ``bodies`` are ids, ``into`` the id of the one, new or there already, ``label`` its name."""

    bodies: tuple[str, ...]
    into: str
    label: str


@dataclass(frozen=True, slots=True)
class Abolish:
    """A body ends, and another, with this id and name, takes over its tasks in the roles it had."""

    body: str
    into: str
    label: str


@dataclass(frozen=True, slots=True)
class Move:
    """A task (by its IRI) gets another lead.

    The single bodies that led it, or where nobody leads were responsible, give that role up; collectives keep theirs.
    What the new lead did on the task before, it no longer does.
    """

    task: str
    lead: str
    label: str


Step = Merge | Abolish | Move


@dataclass(frozen=True, slots=True)
class Load:
    """One body in one network.

    ``tasks``, ``led``, ``supported`` count tasks in any layer; ``degree`` its ties, ``strength`` their shared tasks
    added up, ``betweenness`` the share of shortest paths between others that pass it. ``brokerage`` counts the pairs
    of bodies it brokers from lead to support (Gould & Fernandez 1989, all five roles), ``None`` where groups were not
    given; it is of the layer lead → support whatever the layer compared.
    """

    tasks: int
    led: int
    supported: int
    degree: int
    strength: int
    betweenness: float
    brokerage: int | None = None


NONE = Load(0, 0, 0, 0, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Structure:
    """A network as a whole and by body; ``cut_points`` are bodies without which it falls into more components."""

    summary: Summary
    centralisation: float | None
    loads: Mapping[str, Load]
    cut_points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieChange:
    """A pair of bodies whose tie goes or comes; ``shared`` are its tasks, before if it goes, after if it comes."""

    left: str
    right: str
    shared: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """Before and after some steps.

    ``touched`` are bodies some of whose participations changed. Ties before = ties after + ``joined`` + ``internal``
    + ``lost`` - ``gained``: ``internal`` are ties between bodies that are now one, ``joined`` counts ties that fell
    together because their ends did, ``lost`` no longer have a task, ``gained`` had none before. ``dropped`` are
    participations given up because one body has one role on a task after a merger.
    """

    steps: tuple[Step, ...]
    labels: Mapping[str, str]
    before: Structure
    after: Structure
    touched: tuple[str, ...]
    internal: tuple[TieChange, ...]
    joined: int
    lost: tuple[TieChange, ...]
    gained: tuple[TieChange, ...]
    dropped: tuple[Membership, ...]


def scenario(
    rows: Sequence[Membership],
    steps: Sequence[Step],
    layer: Layer = Layer.ANY,
    groups: Mapping[str, str] | None = None,
) -> Scenario:
    """Take the steps one after the other and compare the networks of a layer.

    ``groups`` are those of brokerage, by body; a body that is new gets the group of the first that becomes it.

    O(tasks · parties² + bodies · ties · log bodies): twice the betweenness.
    """
    now, dropped = list(rows), []
    became: dict[str, str] = {}
    for step in steps:
        if isinstance(step, Move):
            now = _moved(now, step)
            continue
        names = set(step.bodies if isinstance(step, Merge) else (step.body,)) - {step.into}
        now, gone = _joined(now, names, step.into, step.label)
        dropped += gone
        became = {body: step.into if at in names else at for body, at in became.items()}
        became |= dict.fromkeys(names, step.into)
        became.pop(step.into, None)
    before, after = network(rows, layer), network(now, layer)
    known = None if groups is None else _grouped(groups, steps)
    internal, lost, gained, joined = _ties(before, after, became)
    return Scenario(
        steps=tuple(steps),
        labels={row.body: row.label for row in [*rows, *now]},
        before=structure(before, _brokered(rows, known)),
        after=structure(after, _brokered(now, known)),
        touched=_touched(rows, now),
        internal=internal,
        joined=joined,
        lost=lost,
        gained=gained,
        dropped=tuple(dropped),
    )


def structure(graph: nx.Graph | nx.DiGraph, brokered: Mapping[str, int] | None = None) -> Structure:
    """Return the figures of a network; ``brokered`` are the counts of brokerage by body.

    Degree centralisation is Freeman's, of the undirected projection; ``None`` below three bodies. Betweenness runs
    over distance = 1/shared, normalised, from sampled sources in networks of thousands. Floats are rounded to 6
    decimals.
    """
    flat = projection(graph)
    central = of_degree(flat)
    between = betweenness(graph)
    strength = dict(graph.degree(weight="shared"))
    loads = {
        body: Load(
            own["tasks"],
            own["led"],
            own["supported"],
            graph.degree[body],
            strength[body],
            round(between[body], 6),
            None if brokered is None else brokered.get(body, 0),
        )
        for body, own in graph.nodes(data=True)
    }
    whole = None if central is None else round(central, 6)
    return Structure(describe(graph), whole, loads, tuple(sorted(nx.articulation_points(flat))))


def _brokered(rows: Iterable[Membership], groups: Mapping[str, str] | None) -> dict[str, int] | None:
    """Count the pairs each body brokers from lead to support."""
    if groups is None:
        return None
    graph = nx.DiGraph(network(rows, Layer.LEAD_SUPPORT))
    found = brokerage(graph, {body: groups.get(body, "other") for body in graph})
    return {body: own[BrokerRole.TOTAL].count for body, own in found.bodies.items()}


def _grouped(groups: Mapping[str, str], steps: Iterable[Step]) -> dict[str, str]:
    """Give the groups, those of bodies that steps make too."""
    known = dict(groups)
    for step in steps:
        if not isinstance(step, Move):
            first = step.bodies[0] if isinstance(step, Merge) else step.body
            known.setdefault(step.into, known.get(first, "other"))
    return known


def _joined(
    rows: Iterable[Membership], bodies: set[str], into: str, label: str
) -> tuple[list[Membership], list[Membership]]:
    """Give the rows with the bodies as one, and the rows given up where several of them were on a task.

    Only there is one role kept, the first of ``RANK``: a body that was alone on a task keeps the roles it had.
    """
    kept: list[Membership] = []
    by_task: dict[str, list[Membership]] = defaultdict(list)
    for row in rows:
        if row.body in bodies or row.body == into:
            by_task[row.task].append(row)
        else:
            kept.append(row)
    gone: list[Membership] = []
    for own in by_task.values():
        new = [replace(row, body=into, label=label) for row in own]
        if len({row.body for row in own}) > 1:
            first = min(range(len(own)), key=lambda at: RANK.index(own[at].role))
            gone += [row for at, row in enumerate(own) if at != first]
            new = [new[first]]
        kept += new
    return kept, gone


def _moved(rows: Iterable[Membership], step: Move) -> list[Membership]:
    own = [row for row in rows if row.task == step.task]
    answer = Role.LEAD if any(row.role is Role.LEAD for row in own) else Role.RESPONSIBLE
    year = own[0].year if own else None
    return [
        *(
            row
            for row in rows
            if row.task != step.task or (row.body != step.lead and (row.collective or row.role is not answer))
        ),
        Membership(step.task, year, Role.LEAD, step.lead, step.label),
    ]


def _touched(before: Iterable[Membership], after: Iterable[Membership]) -> tuple[str, ...]:
    """Give the bodies whose participations are not the same, most tasks before first."""
    rows: tuple[dict[str, set[tuple[str, Role]]], ...] = (defaultdict(set), defaultdict(set))
    for own, side in ((before, rows[0]), (after, rows[1])):
        for row in own:
            side[row.body].add((row.task, row.role))
    changed = [body for body in rows[0].keys() | rows[1].keys() if rows[0].get(body) != rows[1].get(body)]
    return tuple(sorted(changed, key=lambda body: (-len(rows[0].get(body, ())), body)))


def _ties(
    before: nx.Graph | nx.DiGraph, after: nx.Graph | nx.DiGraph, became: Mapping[str, str]
) -> tuple[tuple[TieChange, ...], tuple[TieChange, ...], tuple[TieChange, ...], int]:
    """Give the ties that became internal, were lost and were gained, and how many fell together."""
    internal, lost = [], []
    carried: set[tuple[str, str]] = set()
    joined = 0
    for left, right, shared in before.edges(data="shared"):
        ends = became.get(left, left), became.get(right, right)
        if not after.is_directed():
            ends = min(ends), max(ends)
        if ends[0] == ends[1]:
            internal.append(TieChange(left, right, shared))
        elif not after.has_edge(*ends):
            lost.append(TieChange(left, right, shared))
        else:
            joined += ends in carried
            carried.add(ends)
    gained = [
        TieChange(left, right, shared)
        for left, right, shared in after.edges(data="shared")
        if ((left, right) if after.is_directed() else (min(left, right), max(left, right))) not in carried
    ]
    return _sorted(internal), _sorted(lost), _sorted(gained), joined


def _sorted(ties: Iterable[TieChange]) -> tuple[TieChange, ...]:
    return tuple(sorted(ties, key=lambda one: (-one.shared, one.left, one.right)))
