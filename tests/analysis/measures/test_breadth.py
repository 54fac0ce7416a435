"""Breadth, depth and kind by hand, and the lines that divide them."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan_graph.analysis.measures.breadth import Kind, Line, breadth_depth
from plan_graph.analysis.network import Layer
from plan_graph.analysis.rows import memberships
from plan_graph.graph.store import open_store
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

LEAD, SUPPORT = Role.LEAD, Role.SUPPORT
LEADING, KEY, AUXILIARY = Kind.LEADING, Kind.KEY, Kind.AUXILIARY


def rows_of(*tasks: tuple[str, str], year: int | None = None) -> list[Membership]:
    """Return rows for tasks of (leads, supports), each body one letter; X is a collective."""
    return [
        Membership(f"t{at}", year, role, body, body, collective=body == "X")
        for at, bodies in enumerate(tasks)
        for role, letters in zip((LEAD, SUPPORT), bodies, strict=True)
        for body in letters
    ]


#   partners: A 3 (B 3, C 1, D 1), B 2 (A 3, C 1), C 2 (A 1, B 1), D 1 (A 1), E 0
ROWS = rows_of(("A", "B"), ("B", "A"), ("A", "BC"), ("A", "DX"), ("E", ""))


def test_breadth_depth_and_kind_by_hand() -> None:
    found = breadth_depth(ROWS)
    assert [(one.body, one.breadth, one.strength, one.depth) for one in found.bodies] == [
        ("A", 3, 5, 5 / 3),
        ("B", 2, 4, 2.0),
        ("C", 2, 2, 1.0),
        ("D", 1, 1, 1.0),
        ("E", 0, 0, 0.0),
    ]
    kinds = {one.body: one.kind for one in found.bodies}
    assert kinds == {"A": LEADING, "B": KEY, "C": AUXILIARY, "D": AUXILIARY, "E": AUXILIARY}
    assert found.breadth_line == 2  # E has no partner and does not count; B is on the line, which is not above
    assert found.depth_line == pytest.approx((5 / 3 + 2 + 1 + 1) / 4)


def test_medians_divide_elsewhere() -> None:
    found = breadth_depth(ROWS, line=Line.MEDIAN)
    assert found.breadth_line == 2
    assert found.depth_line == pytest.approx(4 / 3)
    assert {one.body: one.kind for one in found.bodies}["B"] is KEY


def test_leading_stand_first_then_the_broader() -> None:
    assert [one.body for one in breadth_depth(ROWS).bodies] == ["A", "B", "C", "D", "E"]


def test_a_directed_layer_counts_both_ways() -> None:
    found = {one.body: (one.breadth, one.strength) for one in breadth_depth(ROWS, layer=Layer.LEAD_SUPPORT).bodies}
    assert found == {"A": (3, 5), "B": (1, 3), "C": (1, 1), "D": (1, 1), "E": (0, 0)}


@pytest.mark.parametrize(
    ("rows", "year"), [([], None), (rows_of(("A", "")), None), (rows_of(("X", "")), None), (ROWS, 1999)]
)
def test_without_a_tie_nobody_is_above(rows: list[Membership], year: int | None) -> None:
    found = breadth_depth(rows, year=year)
    assert (found.breadth_line, found.depth_line) == (0, 0)
    assert {one.kind for one in found.bodies} <= {AUXILIARY}


def test_one_pair_is_on_the_line() -> None:
    assert {one.kind for one in breadth_depth(rows_of(("A", "B"))).bodies} == {AUXILIARY}


def test_liaoning(built: Path) -> None:
    found = breadth_depth(memberships(open_store(built)))
    assert found.breadth_line == pytest.approx(834 / 63)
    assert found.depth_line == pytest.approx(2.087, abs=1e-3)
    first = found.bodies[0]
    assert (first.body, first.breadth, first.strength, first.kind) == ("210000/fgw", 49, 273, LEADING)
    assert [sum(one.kind is kind for one in found.bodies) for kind in Kind] == [15, 19, 31]
