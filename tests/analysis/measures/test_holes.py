"""Burt's structural holes by hand, beside NetworkX, and at the edges."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import astuple

import networkx as nx
import numpy as np
import pytest

from plan_graph.analysis.measures import matrix
from plan_graph.analysis.measures.holes import Holes, constraint, structural_holes


def test_a_triangle() -> None:
    """Each puts half into each: c_ij = (1/2 + 1/2 · 1/2)² = 9/16."""
    for one in structural_holes(nx.complete_graph(["a", "b", "c"])).values():
        assert one is not None
        assert astuple(one) == pytest.approx((2, 9 / 8, 1, 1 / 2, 0))


def test_a_star() -> None:
    found = structural_holes(nx.star_graph(["middle", "a", "b", "c"]))
    assert found["middle"] is not None
    assert astuple(found["middle"]) == pytest.approx((3, 1 / 3, 3, 1, 0))
    assert found["a"] == Holes(1, 1.0, 1.0, 1.0, 1.0)


def test_strengths_by_hand() -> None:
    """a: 3 with b, 1 with c; b: 3 with a, 1 with c."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 3), ("a", "c", 1), ("b", "c", 1)], weight="shared")
    one = structural_holes(graph)["a"]
    assert one is not None
    with_b, with_c = (3 / 4 + 1 / 4 * 1 / 2) ** 2, (1 / 4 + 3 / 4 * 1 / 4) ** 2
    assert one.constraint == pytest.approx(with_b + with_c)
    # b is redundant by what a invests in c (1/4) as c is to b (1 of at most 3), c by 3/4 as b is to c (1 of at most 1)
    assert one.effective_size == pytest.approx(2 - 1 / 4 * 1 / 3 - 3 / 4 * 1)
    ratios = [each / ((with_b + with_c) / 2) for each in (with_b, with_c)]
    assert one.hierarchy == pytest.approx(sum(r * math.log(r) for r in ratios) / (2 * math.log(2)))


def test_isolates_have_none_and_nothing_gives_nothing() -> None:
    graph = nx.Graph([("a", "b")])
    graph.add_node("c")
    assert structural_holes(graph)["c"] is None
    assert constraint(graph) == {"a": 1.0, "b": 1.0}
    assert structural_holes(nx.empty_graph(["a", "b"])) == {"a": None, "b": None}
    assert structural_holes(nx.Graph()) == {}
    assert constraint(nx.Graph()) == {}


def test_who_only_receives_is_no_isolate() -> None:
    assert structural_holes(nx.DiGraph([("a", "b")]))["b"] == Holes(1, 1.0, 1.0, 1.0, 1.0)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("strength", ["shared", None])
@pytest.mark.parametrize("dense", [1000, 0])
@pytest.mark.parametrize("seed", range(3))
def test_as_networkx(
    seed: int,
    dense: int,
    strength: str | None,
    directed: bool,
    drawn: Callable[..., nx.Graph],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matrix, "DENSE", dense)
    graph = drawn(18, 0.15, seed, directed=directed, most=6)
    value = strength or "one"
    nx.set_edge_attributes(graph, 1, "one")
    size = nx.effective_size(graph, list(graph), weight=value)  # without the list, 3.6 divides by the wrong maximum
    held = constraint(graph, strength)
    found = structural_holes(graph, strength)
    assert any(one is None for one in found.values()) == bool(list(nx.isolates(graph)))
    for node, one in found.items():
        if one is None:
            continue
        if not directed or graph.out_degree(node):  # NetworkX takes a node without outgoing ties for an isolate
            assert one.constraint == pytest.approx(nx.constraint(graph, [node], weight=value)[node])
            assert one.effective_size == pytest.approx(size[node])
        assert held[node] == pytest.approx(one.constraint)
        assert one.efficiency == pytest.approx(one.effective_size / one.contacts)


@pytest.mark.parametrize("size", range(3, 15))
def test_where_contacts_constrain_alike_there_is_no_hierarchy(size: int) -> None:
    for one in structural_holes(nx.complete_graph(size)).values():
        assert one is not None
        assert 0 <= one.hierarchy < 1e-12  # rounding would bring it below 0


@pytest.mark.parametrize("seed", range(5))
def test_bounds(seed: int, drawn: Callable[..., nx.Graph]) -> None:
    for one in structural_holes(drawn(20, 0.3, seed, most=7)).values():
        if one is not None:
            assert 0 < one.constraint < 1.6
            assert 0 <= one.hierarchy <= 1
            assert 0 < one.efficiency <= 1 + 1e-12


def test_components_do_not_touch(drawn: Callable[..., nx.Graph]) -> None:
    one, other = drawn(9, 0.5, 1, most=4), nx.relabel_nodes(drawn(7, 0.5, 2, most=4), lambda node: f"m{node}")
    together = structural_holes(nx.compose(one, other))
    alone = structural_holes(one)
    for node, expected in alone.items():
        found = together[node]
        assert (found is None) == (expected is None)
        if found is not None and expected is not None:
            assert np.allclose(
                [found.constraint, found.effective_size, found.hierarchy],
                [expected.constraint, expected.effective_size, expected.hierarchy],
            )
