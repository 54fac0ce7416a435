"""Who comes, goes and stays, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan_graph.analysis.measures.change import Flow, change, flows
from plan_graph.analysis.network import Layer
from plan_graph.analysis.rows import memberships
from plan_graph.graph.store import open_store
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

LEAD, SUPPORT = Role.LEAD, Role.SUPPORT


def rows_of(year: int | None, *tasks: str) -> list[Membership]:
    """Return rows for tasks as letters, the first leads; X is a collective."""
    return [
        Membership(f"{year}-{at}", year, SUPPORT if place else LEAD, body, body, collective=body == "X")
        for at, bodies in enumerate(tasks)
        for place, body in enumerate(bodies)
    ]


ROWS = [
    *rows_of(2016, "AB", "AC", "DX"),
    *rows_of(2017, "BA", "BC", "E"),
    *rows_of(2018, "AC", "AB", "D"),
    *rows_of(None, "ZY"),
]


def test_bodies_and_ties_of_two_years() -> None:
    found = change(ROWS, 2016, 2017)
    bodies, ties = found.bodies, found.ties
    assert (bodies.before, bodies.after) == (2016, 2017)
    assert (bodies.entered, bodies.left, bodies.stayed) == (("E",), ("D",), ("A", "B", "C"))
    assert (bodies.jaccard, bodies.kept, bodies.new) == (3 / 5, 3 / 4, 1 / 4)
    assert (ties.entered, ties.left, ties.stayed) == ((("B", "C"),), (("A", "C"),), (("A", "B"),))
    assert (ties.jaccard, ties.kept, ties.new) == (1 / 3, 1 / 2, 1 / 2)


def test_a_directed_tie_that_turns_is_another() -> None:
    ties = change(ROWS, 2016, 2017, layer=Layer.LEAD_SUPPORT).ties
    assert (ties.left, ties.stayed) == ((("A", "B"), ("A", "C")), ())
    assert ties.entered == (("B", "A"), ("B", "C"))


def test_back_in_time_is_the_mirror() -> None:
    there, back = change(ROWS, 2016, 2018), change(ROWS, 2018, 2016)
    assert (there.bodies.entered, there.bodies.left) == (back.bodies.left, back.bodies.entered)
    assert there.ties.jaccard == back.ties.jaccard == 1.0


@pytest.mark.parametrize("layer", Layer)
def test_an_empty_year(layer: Layer) -> None:
    found = change(ROWS, 2016, 1999, layer=layer)
    assert (found.bodies.stayed, found.bodies.jaccard, found.bodies.kept, found.bodies.new) == ((), 0.0, 0.0, None)
    nothing = change([], 2016, 2017, layer=layer)
    assert (nothing.ties.jaccard, nothing.ties.kept, nothing.ties.new) == (None, None, None)


def test_flows_over_three_years() -> None:
    found = flows(ROWS)
    assert found.years == (2016, 2017, 2018)
    assert found.bodies == (
        Flow((2016, 2017, 2018), ("A", "B", "C")),
        Flow((2016, 2018), ("D",)),
        Flow((2017,), ("E",)),
    )
    assert found.ties == (
        Flow((2016, 2017, 2018), (("A", "B"),)),
        Flow((2016, 2018), (("A", "C"),)),
        Flow((2017,), (("B", "C"),)),
    )
    assert found.steps == (change(ROWS, 2016, 2017), change(ROWS, 2017, 2018))


def test_flows_of_chosen_years() -> None:
    found = flows(ROWS, (2016, 2018))
    assert found.steps == (change(ROWS, 2016, 2018),)
    assert found.bodies == (Flow((2016, 2018), ("A", "B", "C", "D")),)


@pytest.mark.parametrize("rows", [[], rows_of(None, "AB"), rows_of(2016, "X")])
def test_nothing_flows(rows: list[Membership]) -> None:
    found = flows(rows)
    assert (found.steps, found.bodies, found.ties) == ((), (), ())


def test_liaoning(built: Path) -> None:
    rows = memberships(open_store(built))
    found = flows(rows)
    assert [(len(s.bodies.entered), len(s.bodies.left), len(s.bodies.stayed)) for s in found.steps] == [
        (4, 16, 42),
        (6, 12, 34),
    ]
    assert [(len(s.ties.entered), len(s.ties.left), len(s.ties.stayed)) for s in found.steps] == [
        (63, 192, 116),
        (61, 106, 73),
    ]
    assert sum(len(way.members) for way in found.bodies) == 65
    assert sum(len(way.members) for way in found.ties) == 417
    assert (found.ties[0].years, len(found.ties[0].members)) == ((2016, 2017, 2018), 67)
