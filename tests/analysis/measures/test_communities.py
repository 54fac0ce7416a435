"""Communities: agreement by hand and beside igraph, stability where it is known."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_graph.analysis.measures.communities import adjusted_rand, louvain, modularity, stability
from plan_graph.analysis.measures.undirected import projection


def test_agreement_by_hand() -> None:
    """Of 15 pairs 3 + 1 are together in one, 1 + 3 in the other, 2 in both (first and second, fourth and fifth)."""
    one, other = [1, 1, 1, 2, 2, 3], [1, 1, 2, 3, 3, 3]
    assert adjusted_rand(one, other) == pytest.approx((2 - 4 * 4 / 15) / (4 - 4 * 4 / 15))


labels = st.integers(2, 30).flatmap(
    lambda size: st.tuples(*[st.lists(st.integers(0, 5), min_size=size, max_size=size)] * 2)
)


@given(labels)
def test_agreement_as_igraph(both: tuple[list[int], list[int]]) -> None:
    one, other = both
    if len(set(one)) == len(set(other)) and len(set(one)) in (1, len(one)):
        assert adjusted_rand(one, other) == 1  # all together or all apart in both: igraph gives nan
    else:
        theirs = igraph.compare_communities(one, other, method="adjusted_rand")
        assert adjusted_rand(one, other) == pytest.approx(theirs, abs=1e-12)
    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand(other, one))
    assert adjusted_rand(one, [9 - label for label in one]) == 1


@pytest.mark.parametrize("items", [[], [4]])
def test_agreement_on_next_to_nothing(items: list[int]) -> None:
    assert adjusted_rand(items, items) == 1


def test_agreement_needs_the_same_items() -> None:
    with pytest.raises(ValueError, match="not of 2 and 1"):
        adjusted_rand([1, 2], [1])


def test_chance_agreement_is_zero_on_average() -> None:
    random = np.random.default_rng(1)
    found = [adjusted_rand(random.integers(0, 4, 40).tolist(), random.integers(0, 4, 40).tolist()) for _ in range(500)]
    assert abs(np.mean(found)) < 4 * np.std(found) / 500**0.5


def cliques(*groups: str) -> nx.Graph:
    graph = nx.Graph()
    for group in groups:
        graph.add_edges_from(combinations(group, 2), shared=3)
    return graph


def test_cliques_are_found_by_every_run() -> None:
    graph = cliques("abcd", "efg")
    graph.add_edge("d", "e", shared=1)
    graph.add_node("z")
    found = stability(graph, runs=30)
    assert found.community == dict.fromkeys("abcd", 1) | dict.fromkeys("efg", 2) | {"z": 3}
    assert (found.agreement, found.fewest, found.most, found.runs) == (1, 3, 3, 30)
    assert found.consensus == dict.fromkeys("abcdefgz", 1.0)
    assert (
        found.modularity == found.lowest_modularity == pytest.approx(18 / 28 - (37 / 56) ** 2 + 9 / 28 - (19 / 56) ** 2)
    )


def test_what_runs_do_not_agree_on_shows(networks: dict[str, nx.Graph]) -> None:
    """The club has a best division of modularity 0.4198 into four; some runs end in others."""
    graph = networks["karate"]
    found = stability(graph, runs=60, seed=5)
    runs = [louvain(graph, 5 + run) for run in range(60)]
    assert found.modularity == modularity(graph, found.community) == pytest.approx(0.41979, abs=1e-5)
    assert found.lowest_modularity is not None
    assert found.lowest_modularity == min(modularity(graph, each) or 0 for each in runs)
    assert found.lowest_modularity < 0.41
    assert (found.fewest, found.most) == (min(max(r.values()) for r in runs), max(max(r.values()) for r in runs))
    pairs = [adjusted_rand(list(a.values()), [b[n] for n in a]) for a, b in combinations(runs, 2)]
    assert found.agreement == pytest.approx(sum(pairs) / len(pairs))
    assert 0.5 < sum(pairs) / len(pairs) < 1
    for node, share in found.consensus.items():
        others = [other for other in graph if other != node and found.community[other] == found.community[node]]
        together = [run[node] == run[other] for run in runs for other in others]
        assert share == pytest.approx(sum(together) / len(together))


def test_a_body_alone_is_as_sure_as_the_runs_that_leave_it_alone() -> None:
    found = stability(nx.compose(cliques("abc"), nx.empty_graph(["x"])), runs=5)
    assert found.consensus == dict.fromkeys("abcx", 1.0)


@pytest.mark.parametrize(("nodes", "communities"), [("", 0), ("a", 1), ("abc", 3)])
def test_without_ties_everybody_is_alone(nodes: str, communities: int) -> None:
    found = stability(nx.empty_graph(list(nodes)), runs=3)
    assert (found.modularity, found.lowest_modularity, found.agreement) == (None, None, 1)
    assert (found.fewest, found.most) == (communities, communities)
    assert sorted(found.community.values()) == list(range(1, communities + 1))
    assert found.consensus == dict.fromkeys(nodes, 1.0)


def test_one_run_agrees_with_nobody() -> None:
    assert stability(cliques("abc"), runs=1).agreement is None
    with pytest.raises(ValueError, match="at least one run, not 0"):
        stability(cliques("abc"), runs=0)


def test_directed_networks_go_by_their_projection(drawn: Callable[..., nx.DiGraph]) -> None:
    graph = drawn(20, 0.15, 3, directed=True, most=4)
    assert stability(graph, runs=10) == stability(projection(graph), runs=10)


@pytest.mark.parametrize("seed", range(4))
def test_louvain_finds_nearly_the_best(seed: int, drawn: Callable[..., nx.Graph]) -> None:
    """Eight bodies have 4,140 divisions: the best of 30 runs is the best of all, or a hair below."""
    graph = drawn(8, 0.4, seed, most=5)

    def divisions(nodes: list[str]) -> list[list[list[str]]]:
        if not nodes:
            return [[]]
        first, rest = nodes[0], divisions(nodes[1:])
        return [[*parts[:at], [first, *parts[at]], *parts[at + 1 :]] for parts in rest for at in range(len(parts))] + [
            [[first], *parts] for parts in rest
        ]

    every = divisions(list(graph))
    assert len(every) == 4140
    top = max(nx.community.modularity(graph, parts, weight="shared") for parts in every)
    found = stability(graph, runs=30).modularity
    assert found is not None
    assert top - 0.01 <= found <= top + 1e-12


def test_large_networks_by_another_library_are_divided_as_well(drawn: Callable[..., nx.Graph]) -> None:
    """The same method on both sides of the line: modularity as high as that of NetworkX, the same for a seed."""
    graph = nx.compose(drawn(520, 0.015, 4, most=4), nx.empty_graph(["zz", "zzz"]))
    found = louvain(graph, 7)
    assert found == louvain(graph, 7)
    assert found.keys() == set(graph)
    sizes = [list(found.values()).count(part) for part in range(1, max(found.values()) + 1)]
    assert sizes == sorted(sizes, reverse=True)
    assert [list(found.values()).count(found[alone]) for alone in ("zz", "zzz")] == [1, 1]
    theirs = nx.community.louvain_communities(graph, weight="shared", seed=1)
    ours, beside = modularity(graph, found), nx.community.modularity(graph, theirs, weight="shared")
    assert ours is not None
    assert ours >= beside - 0.02
    assert len({tuple(louvain(graph, seed).values()) for seed in range(3)}) > 1  # the seed matters


def test_cliques_of_a_large_network_are_found() -> None:
    letters = [f"{at:03}" for at in range(600)]
    graph = nx.empty_graph(letters)
    for at in range(0, 600, 6):
        graph.add_edges_from(combinations(letters[at : at + 6], 2), shared=2)
    assert louvain(graph, 3) == {letter: at // 6 + 1 for at, letter in enumerate(letters)}
    assert louvain(nx.empty_graph(letters), 3) == {letter: at for at, letter in enumerate(letters, start=1)}
