"""Brokerage: counted triple by triple, its mean and variance over every network of four bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pytest

from plan_graph.analysis.measures import matrix
from plan_graph.analysis.measures.brokerage import BrokerRole, brokerage

ROLES = [role for role in BrokerRole if role is not BrokerRole.TOTAL]


def role_of(first: str, broker: str, last: str) -> BrokerRole:
    if first == broker == last:
        return BrokerRole.COORDINATOR
    if first == last:
        return BrokerRole.ITINERANT
    if first == broker:
        return BrokerRole.REPRESENTATIVE
    return BrokerRole.GATEKEEPER if broker == last else BrokerRole.LIAISON


def counted(graph: nx.DiGraph, groups: Mapping[str, str]) -> Counter[tuple[str, BrokerRole]]:
    found: Counter[tuple[str, BrokerRole]] = Counter()
    for i, j, k in permutations(graph, 3):
        if graph.has_edge(i, j) and graph.has_edge(j, k) and not graph.has_edge(i, k):
            found[j, role_of(groups[i], groups[j], groups[k])] += 1
            found[j, BrokerRole.TOTAL] += 1
    return found


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("xxx", BrokerRole.COORDINATOR),
        ("xyx", BrokerRole.ITINERANT),
        ("xxy", BrokerRole.REPRESENTATIVE),
        ("xyy", BrokerRole.GATEKEEPER),
        ("xyz", BrokerRole.LIAISON),
    ],
)
def test_each_role(groups: str, role: BrokerRole) -> None:
    way = nx.DiGraph([("a", "b"), ("b", "c")])
    found = brokerage(way, dict(zip("abc", groups, strict=True)))
    assert {each for each in ROLES if found.network[each].count} == {role}
    assert found.bodies["b"][role].count == found.bodies["b"][BrokerRole.TOTAL].count == 1
    assert found.bodies["a"][BrokerRole.TOTAL].count == 0
    way.add_edge("a", "c")  # now a needs no broker
    assert brokerage(way, dict(zip("abc", groups, strict=True))).network[BrokerRole.TOTAL].count == 0


@pytest.mark.parametrize("dense", [1000, 0])
@pytest.mark.parametrize("seed", range(6))
def test_counts(seed: int, dense: int, drawn: Callable[..., nx.DiGraph], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "DENSE", dense)
    graph = drawn(15, 0.05 + 0.1 * seed, seed, directed=True, most=4)
    groups = dict(zip(graph, np.random.default_rng(seed).choice(list("pqr"), len(graph)), strict=True))
    expected = counted(graph, groups)
    found = brokerage(graph, groups)
    assert {(node, role): score.count for node, scores in found.bodies.items() for role, score in scores.items()} == {
        (node, role): expected[node, role] for node in graph for role in BrokerRole
    }
    for role in BrokerRole:
        assert found.network[role].count == sum(scores[role].count for scores in found.bodies.values())
    assert found.sizes == dict(sorted(Counter(groups.values()).items()))
    assert found.density == nx.density(graph)


@pytest.mark.parametrize("groups", ["xxxx", "xxxy", "xxyy", "xxyz", "wxyz"])
def test_moments_over_all_networks(groups: str) -> None:
    """All 4,096 networks of four bodies, each weighted by the chance of its number of arcs at the density."""
    names = "abcd"
    member = dict(zip(names, groups, strict=True))
    places = list(permutations(names, 2))
    arcs = 4
    density = arcs / len(places)
    sums = {key: [0.0, 0.0] for key in [*((n, r) for n in names for r in BrokerRole), *BrokerRole]}
    for number in range(len(places) + 1):
        chance = density**number * (1 - density) ** (len(places) - number)
        for chosen in combinations(places, number):
            graph = nx.DiGraph()
            graph.add_nodes_from(names)
            graph.add_edges_from(chosen)
            found = counted(graph, member)
            values: dict[object, int] = {key: found[key] for key in sums if isinstance(key, tuple)}
            values |= {role: sum(found[node, role] for node in names) for role in BrokerRole}
            for key, value in values.items():
                sums[key][0] += chance * value
                sums[key][1] += chance * value**2
    some = nx.DiGraph()
    some.add_nodes_from(names)
    some.add_edges_from(places[:arcs])
    expected = brokerage(some, member)
    for key, (mean, square) in sums.items():
        score = expected.network[key] if isinstance(key, BrokerRole) else expected.bodies[key[0]][key[1]]
        assert (score.expected, score.deviation**2) == pytest.approx((mean, square - mean**2), abs=1e-12)
        assert (score.z is None) == (score.deviation == 0)


def test_isolates_broker_nothing_but_are_counted() -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "c")])
    graph.add_node("d")
    found = brokerage(graph, dict.fromkeys("abcd", "x"))
    assert found.sizes == {"x": 4}
    assert found.bodies["d"][BrokerRole.COORDINATOR].count == 0
    assert found.bodies["d"][BrokerRole.COORDINATOR].expected == pytest.approx((1 / 6) ** 2 * (5 / 6) * 3 * 2)


@pytest.mark.parametrize("nodes", ["", "a", "ab"])
def test_too_few_to_broker(nodes: str) -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from(nodes)
    found = brokerage(graph, dict.fromkeys(nodes, "x"))
    assert list(found.bodies) == list(nodes)
    for score in found.network.values():
        assert (score.count, score.expected, score.deviation, score.z) == (0, 0, 0, None)


def test_what_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="directed"):
        brokerage(nx.Graph([("a", "b")]), {"a": "x", "b": "x"})
    with pytest.raises(ValueError, match="no group is given for b"):
        brokerage(nx.DiGraph([("a", "b")]), {"a": "x"})
