"""Betweenness and closeness: large networks by the same definition as small ones, beside NetworkX and rustworkx."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
import rustworkx as rx

from plan_graph import open_store
from plan_graph.analysis.measures import paths as module
from plan_graph.analysis.measures.paths import paths
from plan_graph.analysis.network import Layer, measures, network
from plan_graph.analysis.rows import memberships


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every network for a large one."""
    monkeypatch.setattr(module, "SMALL", 0)


def whole(graph: nx.Graph | nx.DiGraph, most: int) -> nx.Graph | nx.DiGraph:
    """The same network with lengths as whole numbers, so that NetworkX sees equal routes as equal."""
    for _, _, own in graph.edges(data=True):
        own["length"] = int(np.lcm.reduce(range(1, most + 1))) // own["shared"]
    return graph


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize(("size", "density"), [(3, 0.5), (12, 0.1), (25, 0.15), (40, 0.3)])  # 0.1: in several parts
@pytest.mark.parametrize("most", [1, 3, 12])
@pytest.mark.parametrize("seed", range(3))
def test_large_networks_as_small_ones(
    seed: int, most: int, size: int, density: float, directed: bool, drawn: Callable[..., nx.Graph]
) -> None:
    graph = whole(drawn(size, density, seed, directed=directed, most=most), most)
    found = paths(graph)
    assert not found.sampled
    assert found.betweenness == pytest.approx(nx.betweenness_centrality(graph, weight="length"), abs=1e-12)
    nx.set_edge_attributes(graph, {(a, b): 1 / shared for a, b, shared in graph.edges(data="shared")}, "distance")
    assert found.closeness == pytest.approx(nx.closeness_centrality(graph, distance="distance"), abs=1e-12)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_steps_as_rustworkx(seed: int, directed: bool, drawn: Callable[..., nx.Graph]) -> None:
    graph = drawn(60, 0.05, seed, directed=directed, most=4)
    found = paths(graph, None)
    theirs = rx.networkx_converter(graph)
    nodes = list(graph)
    assert found.betweenness == pytest.approx(dict(zip(nodes, rx.betweenness_centrality(theirs).values(), strict=True)))
    assert found.closeness == pytest.approx(dict(zip(nodes, rx.closeness_centrality(theirs).values(), strict=True)))


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("directed", [False, True])
def test_closeness_over_strengths_as_rustworkx(directed: bool, drawn: Callable[..., nx.Graph]) -> None:
    """rustworkx 0.18 has closeness over 1/strength; its betweenness counts steps only."""
    graph = drawn(60, 0.05, 3, directed=directed, most=7)
    theirs: Any = rx.newman_weighted_closeness_centrality
    found = theirs(rx.networkx_converter(graph), weight_fn=lambda own: float(own["shared"]))
    assert paths(graph).closeness == pytest.approx(dict(zip(graph, found.values(), strict=True)))


def square(one: int, two: int, three: int, four: int) -> nx.Graph:
    """From a over b and over c to d, the strengths of the four ties given."""
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        [("a", "b", one), ("b", "d", two), ("a", "c", three), ("c", "d", four)], weight="shared"
    )
    return graph


@pytest.mark.parametrize("small", [0, 500])
@pytest.mark.parametrize(
    "strengths",
    [(1, 1, 1, 1), (10, 5, 5, 10), (3, 6, 4, 4), (2, 3, 3, 2), (6, 14, 7, 21 // 2), (7, 42, 6, 10**6)],
)
def test_routes_of_equal_length_share(
    strengths: tuple[int, int, int, int], small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1/one + 1/two against 1/three + 1/four: equal in the first four cases, the upper one shorter in the others."""
    monkeypatch.setattr(module, "SMALL", small)
    over_b = 1 / strengths[0] + 1 / strengths[1]
    over_c = 1 / strengths[2] + 1 / strengths[3]
    share = 1 / 2 if abs(over_b - over_c) < 1e-9 else float(over_b < over_c)
    assert paths(square(*strengths)).betweenness["b"] == pytest.approx(share / 3)


def test_float_lengths_would_miss_an_equal_route() -> None:
    """1/10 + 1/5 is as long as 1/20 + 1/4, but in floats it is a little longer."""
    graph = square(10, 5, 20, 4)
    nx.set_edge_attributes(graph, {(a, b): 1 / shared for a, b, shared in graph.edges(data="shared")}, "distance")
    assert paths(graph).betweenness["b"] == pytest.approx(1 / 6)
    assert nx.betweenness_centrality(graph, weight="distance")["b"] == 0


def test_strengths_that_are_not_whole(drawn: Callable[..., nx.Graph]) -> None:
    """A tenth of every strength makes every route ten times as long."""
    graph = drawn(20, 0.2, 6, most=6)
    expected = paths(graph)
    nx.set_edge_attributes(graph, {(a, b): shared / 10 for a, b, shared in graph.edges(data="shared")}, "newman")
    found = paths(graph, "newman")
    assert found.betweenness == pytest.approx(expected.betweenness)
    assert found.closeness == pytest.approx({node: value / 10 for node, value in expected.closeness.items()})


@pytest.mark.parametrize("small", [0, 500])
@pytest.mark.parametrize(
    "graph",
    [nx.Graph(), nx.DiGraph(), nx.empty_graph(["a"]), nx.empty_graph(["a", "b", "c"]), nx.path_graph(["a", "b"])],
)
def test_next_to_nothing(graph: nx.Graph, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SMALL", small)
    for strength in ("shared", None):
        found = paths(graph, strength)
        assert found.betweenness == dict.fromkeys(graph, 0.0)
        assert found.closeness == dict.fromkeys(graph, 1.0 if graph.number_of_edges() else 0.0)
        assert not found.sampled


@pytest.mark.usefixtures("large")
def test_a_sample_says_so_and_is_seeded(drawn: Callable[..., nx.Graph]) -> None:
    graph = drawn(80, 0.1, 1, most=5)
    found = paths(graph, seed=4, exact_up_to=79, pivots=30)
    assert (found.sources, found.sampled) == (30, True)
    assert found == paths(graph, seed=4, exact_up_to=79, pivots=30)
    assert found != paths(graph, seed=5, exact_up_to=79, pivots=30)
    assert not paths(graph, exact_up_to=80, pivots=30).sampled
    assert not paths(graph, exact_up_to=79, pivots=80).sampled


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("directed", [False, True])
def test_samples_are_right_on_average(directed: bool, drawn: Callable[..., nx.Graph]) -> None:
    graph = drawn(40, 0.12, 2, directed=directed, most=5)
    exact = paths(graph)
    draws = [paths(graph, seed=seed, exact_up_to=1, pivots=12) for seed in range(400)]
    for node in graph:
        values = np.array([draw.betweenness[node] for draw in draws])
        error = values.std() / len(draws) ** 0.5
        assert abs(values.mean() - exact.betweenness[node]) < 4.5 * error + 1e-9
    mean = {node: float(np.mean([draw.closeness[node] for draw in draws])) for node in graph}
    assert mean == pytest.approx(exact.closeness, rel=0.05)


@pytest.mark.parametrize("layer", Layer)
@pytest.mark.parametrize("year", [None, 2016, 2017, 2018])
def test_the_liaoning_plan_keeps_its_numbers(built: Path, layer: Layer, year: int | None) -> None:
    """In floats, as they were published first: no pair of equal routes is missed there without collectives."""
    graph = network(memberships(open_store(built)), layer, year=year)
    between = nx.betweenness_centrality(graph, weight="distance")
    close = nx.closeness_centrality(graph, distance="distance")
    found = measures(graph, seed=0)
    assert len(found) > 30
    assert {one.body: one.betweenness for one in found} == {node: round(value, 6) for node, value in between.items()}
    assert {one.body: one.closeness for one in found} == {node: round(value, 6) for node, value in close.items()}
