"""Freeman's centralisation: 1 for a star, 0 where all are alike, defined at the edges."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import networkx as nx
import pytest

from plan_graph.analysis.measures import paths as module
from plan_graph.analysis.measures.centralisation import Centralisation, centralisation


def named(graph: nx.Graph) -> nx.Graph:
    return nx.relabel_nodes(graph, str)


@pytest.mark.parametrize("size", [3, 4, 9])
def test_a_star_is_as_central_as_can_be(size: int) -> None:
    found = centralisation(named(nx.star_graph(size - 1)))
    assert (found.degree, found.betweenness, found.closeness) == pytest.approx((1, 1, 1))
    assert (found.in_degree, found.out_degree) == (None, None)


@pytest.mark.parametrize("graph", [nx.cycle_graph(6), nx.complete_graph(5), nx.hypercube_graph(3)])
def test_where_all_are_alike_nothing_is_central(graph: nx.Graph) -> None:
    found = centralisation(named(graph))
    assert (found.degree, found.betweenness, found.closeness) == pytest.approx((0, 0, 0))


def test_a_line_by_hand() -> None:
    """A-B-C-D: degrees 1 2 2 1, pairs between 0 2 2 0, distances in all 6 4 4 6."""
    found = centralisation(nx.path_graph(["a", "b", "c", "d"]))
    assert found.degree == pytest.approx(2 / 6)
    assert found.betweenness == pytest.approx(4 / 9)
    assert found.closeness == pytest.approx(2 * (3 / 4 - 3 / 6) / (3 * 2 / 5))


def test_stars_with_a_direction() -> None:
    inward = nx.DiGraph([("b", "a"), ("c", "a"), ("d", "a")])
    found = centralisation(inward)
    assert (found.in_degree, found.degree, found.betweenness, found.closeness) == pytest.approx((1, 1, 1, 1))
    assert found.out_degree == pytest.approx(1 / 9)  # three have 1, one has 0
    assert centralisation(inward.reverse()).out_degree == pytest.approx(1)


def test_closeness_is_of_the_giant_component() -> None:
    graph = named(nx.star_graph(4))
    graph.add_edges_from([("x", "y")])
    graph.add_node("z")
    found = centralisation(graph)
    assert (found.nodes, found.closeness_nodes) == (8, 5)
    assert found.closeness == pytest.approx(1)
    assert found.degree == pytest.approx((4 * 3 + 2 * 3 + 4) / (7 * 6))
    assert found.betweenness == pytest.approx(6 * 7 / (7 * 7 * 6 / 2))


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (nx.Graph(), Centralisation(0, None, None, None, None, None, 0, 0)),
        (nx.empty_graph(["a"]), Centralisation(1, None, None, None, None, None, 1, 1)),
        (nx.path_graph(["a", "b"]), Centralisation(2, None, None, None, None, None, 2, 2)),
        (nx.empty_graph(["a", "b", "c"]), Centralisation(3, 0.0, None, None, 0.0, None, 1, 3)),
        (nx.DiGraph(), Centralisation(0, None, None, None, None, None, 0, 0)),
        (nx.DiGraph([("a", "b")]), Centralisation(2, None, 1.0, 1.0, None, None, 2, 2)),
    ],
)
def test_next_to_nothing(graph: nx.Graph, expected: Centralisation) -> None:
    assert centralisation(graph) == expected


def test_strength_plays_no_part(drawn: Callable[..., nx.Graph]) -> None:
    graph = drawn(15, 0.2, 4, most=9)
    bare = nx.Graph()
    bare.add_nodes_from(graph)
    bare.add_edges_from(graph.edges)
    assert centralisation(graph) == centralisation(bare)


def test_a_sample_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch, drawn: Callable[..., nx.Graph]) -> None:
    graph = drawn(40, 0.2, 5)
    exact = centralisation(graph)
    monkeypatch.setattr(module, "SMALL", 0)
    monkeypatch.setattr(
        "plan_graph.analysis.measures.centralisation.paths", partial(module.paths, exact_up_to=39, pivots=30)
    )
    found = centralisation(graph, seed=1)
    assert (exact.sources, found.sources) == (40, 30)
    assert found.degree == exact.degree
    assert found.betweenness == pytest.approx(exact.betweenness, rel=0.3)
    assert found.betweenness != exact.betweenness
