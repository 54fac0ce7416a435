"""Theme × body and place × body: how many tasks of each theme or place name each body, and where that surprises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
from networkx.algorithms import bipartite as two_mode

from plan_graph.analysis.facts import TaskFacts
from plan_graph.model.plan import Role

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TwoMode:
    """A table of rows (themes or places) × bodies; all arrays are (rows, bodies).

    ``tasks`` counts tasks that name the body in any of the roles asked for; ``lead`` and ``support`` count those it
    leads (牵头) and supports (配合), so a task it does both on is one task and one of each. Rows and bodies stand by
    falling total, then by id. ``without`` is the number of tasks that have no theme or place and are not counted.

    ``expected`` is row total · body total / grand total, ``residuals`` are Pearson's, (tasks - expected) /
    √expected: above about 2 more tasks than the two totals explain, below -2 fewer. Their squares add up to
    chi-square, but no p is given: tasks that name several bodies or places are not independent.
    """

    rows: tuple[str, ...]
    row_labels: tuple[str, ...]
    bodies: tuple[str, ...]
    body_labels: tuple[str, ...]
    tasks: Ints
    lead: Ints
    support: Ints
    expected: Floats
    residuals: Floats
    without: int


@dataclass(frozen=True, slots=True)
class TwoModeSummary:
    """The table as a two-mode network: ties are cells with a task, ``density`` is ties over cells.

    ``row_degrees`` and ``body_degrees`` count ties in the order of the table.
    """

    rows: int
    bodies: int
    ties: int
    density: float
    row_degrees: tuple[int, ...]
    body_degrees: tuple[int, ...]


def theme_body(tasks: Sequence[TaskFacts], roles: Iterable[Role] = tuple(Role)) -> TwoMode:
    """Return themes × single bodies; a task has one theme or none."""
    return _table(tasks, tuple(roles), lambda task: [(task.theme, task.theme)] if task.theme else [])


def place_body(tasks: Sequence[TaskFacts], roles: Iterable[Role] = tuple(Role)) -> TwoMode:
    """Return places named in the task (rows by GB/T 2260 code) × single bodies.

    A task that names three places counts in each of the three rows.
    """
    return _table(tasks, tuple(roles), lambda task: sorted({place.code: place.name for place in task.places}.items()))


def summary(table: TwoMode) -> TwoModeSummary:
    """Return density and degrees of the table by ``networkx.bipartite``; 0 for a table without cells."""
    graph = nx.Graph()
    rows, bodies = [(0, row) for row in table.rows], [(1, body) for body in table.bodies]
    graph.add_nodes_from(rows, bipartite=0)
    graph.add_nodes_from(bodies, bipartite=1)
    graph.add_edges_from((rows[i], bodies[j]) for i, j in np.argwhere(table.tasks).tolist())
    of_bodies, of_rows = (dict(found) for found in two_mode.degrees(graph, rows))
    return TwoModeSummary(
        rows=len(rows),
        bodies=len(bodies),
        ties=graph.number_of_edges(),
        density=float(two_mode.density(graph, rows)) if rows and bodies else 0.0,
        row_degrees=tuple(of_rows[row] for row in rows),
        body_degrees=tuple(of_bodies[body] for body in bodies),
    )


def _table(
    tasks: Sequence[TaskFacts], roles: tuple[Role, ...], rows_of: Callable[[TaskFacts], list[tuple[str, str]]]
) -> TwoMode:
    names: dict[str, str] = {}
    labels: dict[str, str] = {}
    kinds: tuple[tuple[Role, ...], ...] = (roles, (Role.LEAD,), (Role.SUPPORT,))
    counts: list[dict[tuple[str, str], int]] = [defaultdict(int) for _ in kinds]
    without = 0
    for task in tasks:
        rows = rows_of(task)
        without += not rows
        parties = [p for p in task.parties if not p.collective and p.role in roles]
        for party in parties:
            labels[party.body] = min(labels.get(party.body, party.name), party.name)
        for row, name in rows:
            names.setdefault(row, name)
            for wanted, count in zip(kinds, counts, strict=True):
                for body in {p.body for p in parties if p.role in wanted}:
                    count[row, body] += 1
    row_totals: dict[str, int] = defaultdict(int)
    body_totals: dict[str, int] = defaultdict(int)
    for (row, body), n in counts[0].items():
        row_totals[row] += n
        body_totals[body] += n
    rows_ = sorted(row_totals, key=lambda row: (-row_totals[row], row))
    bodies = sorted(body_totals, key=lambda body: (-body_totals[body], body))
    tables = [np.array([[count.get((r, b), 0) for b in bodies] for r in rows_], np.intp) for count in counts]
    tables = [table.reshape(len(rows_), len(bodies)) for table in tables]
    total = int(tables[0].sum())
    expected = np.outer(tables[0].sum(axis=1), tables[0].sum(axis=0)) / max(1, total)
    return TwoMode(
        rows=tuple(rows_),
        row_labels=tuple(names[row] for row in rows_),
        bodies=tuple(bodies),
        body_labels=tuple(labels[body] for body in bodies),
        tasks=tables[0],
        lead=tables[1],
        support=tables[2],
        expected=expected,
        residuals=(tables[0] - expected) / np.sqrt(expected),
        without=without,
    )
