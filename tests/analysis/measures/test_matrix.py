"""Networks as matrices: dense and sparse are the same, and the undirected projection adds both ways."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest

from plan_graph.analysis.measures import matrix
from plan_graph.analysis.measures.matrix import adjacency, masked_product
from plan_graph.analysis.measures.undirected import giant, projection


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("strength", ["shared", None])
def test_adjacency(directed: bool, strength: str | None, drawn: Callable[..., nx.Graph]) -> None:
    graph = drawn(12, 0.3, 1, directed=directed, most=5)
    expected = nx.to_numpy_array(graph, weight=strength)
    assert adjacency(graph, strength, dense=True).tolist() == expected.tolist()
    assert adjacency(graph, strength, dense=False).toarray().tolist() == expected.tolist()


def test_large_networks_are_sparse(monkeypatch: pytest.MonkeyPatch, drawn: Callable[..., nx.Graph]) -> None:
    graph = drawn(12, 0.3, 1)
    assert isinstance(adjacency(graph), np.ndarray)
    monkeypatch.setattr(matrix, "DENSE", 11)
    assert not isinstance(adjacency(graph), np.ndarray)


def test_loops_are_left_out_and_a_tie_without_strength_is_one() -> None:
    graph = nx.DiGraph([("a", "a"), ("a", "b")])
    assert adjacency(graph).tolist() == [[0, 1], [0, 0]]


@pytest.mark.parametrize("dense", [True, False])
def test_nodes_in_another_order_some_missing_some_more(dense: bool) -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "c")])
    found = adjacency(graph, nodes=["c", "x", "b"], dense=dense)
    assert (found if dense else found.toarray()).tolist() == [[0, 0, 0], [0, 0, 0], [1, 0, 0]]


@pytest.mark.parametrize("dense", [True, False])
def test_no_nodes(dense: bool) -> None:
    assert adjacency(nx.Graph(), dense=dense).shape == (0, 0)


@pytest.mark.parametrize("rows_at_once", [1, 5, 1000])
def test_masked_product(rows_at_once: int, monkeypatch: pytest.MonkeyPatch, drawn: Callable[..., nx.Graph]) -> None:
    left, right, mask = (drawn(13, 0.4, seed, directed=True, most=4) for seed in (1, 2, 3))
    expected = (nx.to_numpy_array(left, weight="shared") @ nx.to_numpy_array(right, weight="shared")) * (
        nx.to_numpy_array(mask, weight="shared")
    )
    monkeypatch.setattr(matrix, "_BLOCK", 13 * rows_at_once)
    for dense in (True, False):
        found = masked_product(*(adjacency(each, dense=dense) for each in (left, right, mask)))
        assert (found if dense else found.toarray()).tolist() == expected.tolist()


def test_projection() -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from("abc", label="x")
    graph.add_edge("b", "a", shared=2)
    graph.add_edge("a", "b", shared=3)
    graph.add_edge("a", "c")
    flat = projection(graph)
    assert sorted(flat.edges(data="shared")) == [("a", "b", 5), ("a", "c", 1)]
    assert flat.nodes["c"] == {"label": "x"}


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (nx.Graph(), set()),
        (nx.Graph([("c", "d"), ("a", "b")]), {"a", "b"}),  # of equals the one with the smallest node
        (nx.DiGraph([("c", "d"), ("e", "d"), ("a", "b")]), {"c", "d", "e"}),  # direction aside
    ],
)
def test_giant(graph: nx.Graph, expected: set[str]) -> None:
    assert giant(graph) == expected
