"""Theme × body and place × body: counts by hand, residuals by their definition."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from plan_graph.analysis.facts import NamedPlace, Party, TaskFacts, task_facts
from plan_graph.analysis.measures.twomode import place_body, summary, theme_body
from plan_graph.graph.store import open_store
from plan_graph.model.plan import Role

LEAD, SUPPORT, GUIDE = Role.LEAD, Role.SUPPORT, Role.GUIDE


def task(id_: str, theme: str, places: str, leads: str, supports: str = "", guides: str = "") -> TaskFacts:
    """Return a task; bodies and places are letters, X is a collective."""
    parties = tuple(
        Party(role, body, f"{body}局", body, body == "X", 0, 0)
        for role, letters in ((LEAD, leads), (SUPPORT, supports), (GUIDE, guides))
        for body in letters
    )
    named = tuple(NamedPlace(code, f"{code}市", code, 0, 0) for code in places)
    return TaskFacts(id_, "p", id_, 0, 2016, theme, "", "", parties, named, (), (), ())


TASKS = [
    task("1", "甲", "PQ", "A", "BC"),
    task("2", "甲", "P", "A", "AB"),
    task("3", "乙", "PP", "B", "X"),
    task("4", "乙", "", "X"),
    task("5", "", "", "C", "A"),
    task("6", "丙", "", "A", "", "D"),
]


def test_themes_by_hand() -> None:
    table = theme_body(TASKS)
    assert (table.rows, table.row_labels) == (("甲", "丙", "乙"), ("甲", "丙", "乙"))
    assert (table.bodies, table.body_labels) == (("A", "B", "C", "D"), ("A局", "B局", "C局", "D局"))
    assert table.tasks.tolist() == [[2, 2, 1, 0], [1, 0, 0, 1], [0, 1, 0, 0]]
    assert table.lead.tolist() == [[2, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0]]
    assert table.support.tolist() == [[1, 2, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert table.without == 1


def test_places_by_hand() -> None:
    table = place_body(TASKS)
    assert (table.rows, table.row_labels) == (("P", "Q"), ("P市", "Q市"))
    assert table.bodies == ("B", "A", "C")
    assert table.tasks.tolist() == [[3, 2, 1], [1, 1, 1]]  # P named twice in a task counts once
    assert table.without == 3


def test_only_some_roles() -> None:
    table = theme_body(TASKS, [LEAD])
    assert (table.bodies, table.tasks.tolist()) == (("A", "B"), [[2, 0], [1, 0], [0, 1]])
    assert table.tasks.tolist() == table.lead.tolist()
    assert table.support.sum() == 0


def test_residuals_by_their_definition() -> None:
    table = theme_body(TASKS)
    total = table.tasks.sum()
    for i, row in enumerate(table.tasks):
        for j, seen in enumerate(row):
            expected = row.sum() * table.tasks[:, j].sum() / total
            assert table.expected[i, j] == pytest.approx(expected)
            assert table.residuals[i, j] == pytest.approx((seen - expected) / expected**0.5)


def test_independent_counts_have_no_residual() -> None:
    tasks = [
        task(f"{t}{b}{n}", t, "", b)
        for t, b, times in (("甲", "A", 2), ("甲", "B", 4), ("乙", "A", 1), ("乙", "B", 2))
        for n in range(times)
    ]
    assert theme_body(tasks).residuals == pytest.approx(0)


def test_the_table_as_a_network() -> None:
    found = summary(theme_body(TASKS))
    assert (found.rows, found.bodies, found.ties, found.density) == (3, 4, 6, 0.5)
    assert (found.row_degrees, found.body_degrees) == ((3, 2, 1), (2, 2, 1, 1))


@pytest.mark.parametrize("tasks", [[], [task("4", "乙", "P", "X")], [task("5", "", "", "A")]])
def test_no_cell(tasks: list[TaskFacts]) -> None:
    for table in (theme_body(tasks), place_body(tasks)):
        assert table.tasks.shape == table.residuals.shape == (0, 0)
        assert summary(table).density == 0.0


def test_one_cell() -> None:
    table = theme_body([task("1", "甲", "", "A")])
    assert (table.tasks.tolist(), table.residuals.tolist()) == ([[1]], [[0.0]])


def test_liaoning(built: Path) -> None:
    tasks = task_facts(open_store(built))
    table = theme_body(tasks)
    assert (table.tasks.shape, table.without, table.bodies[0]) == ((5, 65), 0, "210000/fgw")
    assert table.tasks[:, 0].sum() == 122
    assert (table.tasks <= table.lead + table.support).all()
    assert ((table.residuals**2).sum()) == pytest.approx(((table.tasks - table.expected) ** 2 / table.expected).sum())
    totals = table.tasks.sum(axis=1)
    assert (np.diff(totals) <= 0).all() and (np.diff(table.tasks.sum(axis=0)) <= 0).all()
    places = place_body(tasks)
    assert (places.row_labels[:2], places.without) == (("沈阳市", "大连市"), 153)
    assert summary(places).ties == 122
