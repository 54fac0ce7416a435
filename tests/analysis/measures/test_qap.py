"""QAP: the correlation by definition, and p beside all permutations of a small network."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import permutations

import networkx as nx
import numpy as np
import pytest

from plan_graph.analysis.measures import matrix
from plan_graph.analysis.measures.qap import qap


def correlation(one: nx.Graph, other: nx.Graph, nodes: list[str], order: list[str]) -> float:
    off = ~np.eye(len(nodes), dtype=bool)
    left, right = (nx.to_numpy_array(graph, at, weight="shared")[off] for graph, at in ((one, nodes), (other, order)))
    return float(np.corrcoef(left, right)[0, 1])


@pytest.mark.parametrize("dense", [1000, 0])
@pytest.mark.parametrize(("directed", "most"), [(False, 1), (False, 5), (True, 1), (True, 5)])
def test_beside_all_permutations(
    directed: bool, most: int, dense: int, drawn: Callable[..., nx.Graph], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix, "DENSE", dense)
    one, other = (drawn(6, 0.5, seed, directed=directed, most=most) for seed in (11, 12))
    nodes = list(one)
    every = np.array([correlation(one, other, nodes, list(order)) for order in permutations(nodes)])
    observed = correlation(one, other, nodes, nodes)
    found = qap(one, other, permutations=4000)
    assert found.correlation == pytest.approx(observed)
    for ours, exact in (
        (found.p_high, (every >= observed - 1e-12).mean()),
        (found.p_low, (every <= observed + 1e-12).mean()),
    ):
        assert ours == pytest.approx(exact, abs=4.5 * math.sqrt(exact * (1 - exact) / 4000) + 1 / 4000)
    assert found.mean == pytest.approx(every.mean(), abs=4.5 * every.std() / 4000**0.5)
    assert found.deviation == pytest.approx(every.std(), rel=0.05)


def test_a_network_and_itself(networks: dict[str, nx.Graph]) -> None:
    found = qap(networks["advice"], networks["advice"], permutations=99)
    assert found.correlation == pytest.approx(1)
    assert (found.p_high, found.p_low) == (1 / 100, 1)


def test_what_is_as_high_counts() -> None:
    """A triangle among six bodies falls on itself in one of 20 draws, and never higher."""
    one = nx.complete_graph(["a", "b", "c"])
    one.add_nodes_from("def")
    found = qap(one, one, permutations=2000)
    assert found.p_high == pytest.approx(1 / 20, abs=0.02)
    assert found.p_low == 1


def test_equal_sums_added_up_in_another_order_are_equal() -> None:
    """A line fits itself forwards and backwards, 2 of 24 ways; but 0.1 + 0.2 + 0.3 > 0.3 + 0.2 + 0.1 in floats."""
    one, other = nx.path_graph(list("abcd")), nx.path_graph(list("abcd"))
    nx.set_edge_attributes(other, {("a", "b"): 0.1, ("b", "c"): 0.2, ("c", "d"): 0.3}, "shared")
    assert qap(one, other, permutations=3000).p_high == pytest.approx(2 / 24, abs=0.02)


def test_over_all_bodies_or_those_of_both() -> None:
    one = nx.path_graph(["a", "b", "c", "d"])
    other = nx.path_graph(["b", "c", "d", "e"])
    union, common = (qap(one, other, over=over, permutations=50) for over in ("union", "common"))
    assert (union.nodes, common.nodes) == (5, 3)
    assert common.correlation == pytest.approx(1)
    left, right = nx.Graph(one.edges), nx.Graph(other.edges)
    left.add_node("e")
    right.add_node("a")
    assert union.correlation == pytest.approx(correlation(left, right, list("abcde"), list("abcde")))


def test_without_strengths_ties_count_alike(drawn: Callable[..., nx.Graph]) -> None:
    one, other = drawn(12, 0.3, 1, most=5), drawn(12, 0.3, 2, most=5)
    bare = [nx.Graph() for _ in range(2)]
    for graph, source in zip(bare, (one, other), strict=True):
        graph.add_nodes_from(source)
        graph.add_edges_from(source.edges)
    assert qap(one, other, strength=None, permutations=40) == qap(*bare, permutations=40)
    assert qap(one, other, permutations=40) != qap(*bare, permutations=40)


def test_draws_are_seeded(networks: dict[str, nx.Graph]) -> None:
    first, again, another = (qap(networks["marriage"], networks["business"], seed=seed) for seed in (1, 1, 2))
    assert first == again != another


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (nx.Graph(), nx.Graph()),
        (nx.empty_graph(["a"]), nx.empty_graph(["a"])),
        (nx.empty_graph(["a", "b", "c"]), nx.path_graph(["a", "b", "c"])),
        (nx.complete_graph(["a", "b", "c"]), nx.path_graph(["a", "b", "c"])),
    ],
)
def test_what_does_not_vary_has_no_correlation(one: nx.Graph, other: nx.Graph) -> None:
    found = qap(one, other, permutations=10)
    assert (found.correlation, found.mean, found.deviation, found.p_high, found.p_low) == (None,) * 5
    assert found.permutations == 10


@pytest.mark.parametrize("strength", [0.1, 0.3, 0.7])
def test_strengths_that_are_alike_but_for_rounding_do_not_vary(strength: float) -> None:
    """12 · (12 · 0.3²) - (12 · 0.3)² is not 0 in floats."""
    one, other = nx.complete_graph(list("abcd")), nx.path_graph(list("abcd"))
    nx.set_edge_attributes(one, strength, "shared")
    assert qap(one, other, permutations=10).correlation is None
    assert qap(other, one, permutations=10).correlation is None


def test_directed_with_undirected() -> None:
    with pytest.raises(ValueError, match="two directed or two undirected"):
        qap(nx.Graph([("a", "b")]), nx.DiGraph([("a", "b")]))
