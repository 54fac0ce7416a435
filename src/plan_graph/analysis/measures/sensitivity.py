"""What hangs on our choices: figures and ranks under each, beside the default.

The default counts every role, single bodies by their resolved names, all tasks, and each shared task as one. One
thing is changed at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import networkx as nx

from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.measures.rarefaction import Figure
from plan_graph.analysis.network import Layer, network
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

LONG_LIST = 7


class Choice(Enum):
    """What is changed."""

    DEFAULT = "default"
    NO_GUIDE = "no-guide"  # bodies that only guide (指导) are left out
    LEAD_ONLY = "lead-only"  # only who leads, or where nobody does is responsible
    COLLECTIVES = "collectives"  # collective references and unresolved names are bodies too
    AS_WRITTEN = "as-written"  # each name as written is a body of its own
    NEWMAN = "newman"  # a shared task counts 1/(k - 1), k bodies on it
    NO_LONG_LISTS = "no-long-lists"  # tasks with more single bodies than a limit are left out


@dataclass(frozen=True, slots=True)
class Outcome:
    """The network under one choice: figures by name, and how the order of bodies compares with the default's.

    ``tau`` is Kendall's tau-b (1945, Biometrika 33:239–251) of the strengths of the ``common`` bodies that both
    networks have, ``None`` where fewer than two are common or all are equal. ``first`` are the ids of the bodies with
    the highest strength. Under as-written a body stands for the strongest of its names.
    """

    choice: Choice
    figures: Mapping[str, float]
    tau: float | None
    common: int
    first: tuple[str, ...]


def _components(graph: nx.Graph) -> float:
    return float(nx.number_connected_components(graph))


def _strength(graph: nx.Graph) -> float:
    return 2 * graph.size(weight="shared") / len(graph) if len(graph) else 0.0


BUILT_IN: Mapping[str, Figure] = {
    "bodies": lambda graph: float(len(graph)),
    "ties": lambda graph: float(graph.number_of_edges()),
    "density": lambda graph: float(nx.density(graph)),
    "components": _components,
    "transitivity": lambda graph: float(nx.transitivity(graph)),
    "strength": _strength,
}
"""Figures always given; ``strength`` is the mean over bodies, of Newman's weights under that choice."""


def sensitivity(
    tasks: Sequence[TaskFacts],
    *,
    year: int | None = None,
    figures: Mapping[str, Figure] | None = None,
    long_list: int = LONG_LIST,
    first: int = 5,
) -> list[Outcome]:
    """Return an outcome for each choice, the default first, for one year or all tasks.

    ``figures`` are further ones by name, each a function of the network (``Layer.ANY``, ties with ``shared``, which
    under newman is the weight). Lists of more than ``long_list`` single bodies are long.
    """
    chosen = [task for task in tasks if year is None or task.year == year]
    wanted = {**BUILT_IN, **(figures or {})}
    found: list[Outcome] = []
    default: dict[str, float] = {}
    for choice in Choice:
        graph = _graph(chosen, choice, long_list)
        strength = _strengths(graph, chosen, choice)
        if choice is Choice.DEFAULT:
            default = strength
        common = sorted(default.keys() & strength.keys())
        ranked = sorted(strength, key=lambda body: (-round(strength[body], 9), body))
        found.append(
            Outcome(
                choice,
                {name: figure(graph) for name, figure in wanted.items()},
                _tau([default[body] for body in common], [strength[body] for body in common]),
                len(common),
                tuple(ranked[:first]),
            )
        )
    return found


def _all(task: TaskFacts, _: int) -> list[Membership]:
    return task.memberships


_ROWS: Mapping[Choice, Callable[[TaskFacts, int], list[Membership]]] = {
    Choice.NO_GUIDE: lambda task, _: [row for row in task.memberships if row.role is not Role.GUIDE],
    Choice.LEAD_ONLY: lambda task, _: [
        row
        for row in task.memberships
        if row.body in task.leads and row.role in (Role.LEAD, Role.RESPONSIBLE) and not row.collective
    ],
    Choice.AS_WRITTEN: lambda task, _: [
        replace(row, body=party.written, label=party.written)
        for row, party in zip(task.memberships, task.parties, strict=True)
    ],
    Choice.NO_LONG_LISTS: lambda task, limit: task.memberships if len(task.bodies()) <= limit else [],
}


def _graph(tasks: Sequence[TaskFacts], choice: Choice, long_list: int) -> nx.Graph:
    rows_of = _ROWS.get(choice, _all)
    rows = [row for task in tasks for row in rows_of(task, long_list)]
    graph = network(rows, Layer.ANY, include_collectives=choice is Choice.COLLECTIVES)
    if choice is Choice.NEWMAN:
        for _, _, own in graph.edges(data=True):
            own["shared"] = own["newman"]
    return graph


def _strengths(graph: nx.Graph, tasks: Sequence[TaskFacts], choice: Choice) -> dict[str, float]:
    strength = {body: float(own) for body, own in graph.degree(weight="shared")}
    if choice is not Choice.AS_WRITTEN:
        return strength
    found: dict[str, float] = {}
    for party in (p for task in tasks for p in task.parties if not p.collective):
        found[party.body] = max(found.get(party.body, 0.0), strength[party.written])
    return found


def _tau(one: list[float], other: list[float]) -> float | None:
    if len(set(one)) < 2 or len(set(other)) < 2:
        return None
    from scipy.stats import kendalltau  # half a second

    return float(kendalltau(one, other).statistic)
