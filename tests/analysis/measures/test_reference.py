"""Measures of published networks are those that R computes: sna 2.7, igraph 1.3.5, or the formula written out in R."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import pytest

from plan_graph.analysis.measures.brokerage import BrokerRole, brokerage
from plan_graph.analysis.measures.centralisation import centralisation
from plan_graph.analysis.measures.communities import adjusted_rand, modularity
from plan_graph.analysis.measures.core_periphery import Crossing, core_periphery
from plan_graph.analysis.measures.coreness import coreness
from plan_graph.analysis.measures.holes import structural_holes
from plan_graph.analysis.measures.paths import paths
from plan_graph.analysis.measures.qap import qap

Networks = Mapping[str, nx.Graph | nx.DiGraph]
Values = Mapping[str, float | None]
Reference = Mapping[tuple[str, str], Values]

PUBLISHED = ["marriage", "business", "both", "karate", "advice", "friendship"]
DIRECTED = ["advice", "friendship"]


def near(found: Mapping[str, float], expected: Values) -> bool:
    assert set(found) <= set(expected)
    return dict(found) == pytest.approx({node: expected[node] for node in found}, abs=1e-12)


@pytest.mark.parametrize("name", PUBLISHED)
def test_centralisation(name: str, networks: Networks, reference: Reference) -> None:
    found = centralisation(networks[name])
    for measure in ("degree", "betweenness", "closeness"):
        assert getattr(found, measure) == pytest.approx(reference[name, f"{measure} centralisation"][""])
    if name in DIRECTED:
        assert found.in_degree == pytest.approx(reference[name, "indegree centralisation"][""])
        assert found.out_degree == pytest.approx(reference[name, "outdegree centralisation"][""])
    else:
        assert found.in_degree is found.out_degree is None


@pytest.mark.parametrize(
    ("attribute", "measure"),
    [
        ("constraint", "constraint"),
        ("constraint", "constraint from the formula"),
        ("effective_size", "effective size"),
        ("efficiency", "efficiency"),
        ("hierarchy", "hierarchy"),
    ],
)
@pytest.mark.parametrize("name", PUBLISHED)
def test_structural_holes(name: str, attribute: str, measure: str, networks: Networks, reference: Reference) -> None:
    expected = reference[name, measure]
    found = structural_holes(networks[name])
    assert {node for node, one in found.items() if one is None} == set(nx.isolates(networks[name]))
    told = {
        node: getattr(one, attribute)
        for node, one in found.items()
        if one is not None and (attribute != "hierarchy" or one.contacts > 1)  # the formula is 0/0 for one contact
    }
    assert told
    assert near(told, expected)


@pytest.mark.parametrize("name", PUBLISHED)
def test_paths(name: str, networks: Networks, reference: Reference) -> None:
    found = paths(networks[name])
    assert near(found.betweenness, reference[name, "betweenness"])
    assert near(found.closeness, reference[name, "closeness"])


@pytest.mark.parametrize(("crossing", "measure"), [("tied", "core"), ("ignored", "core with crossing ignored")])
@pytest.mark.parametrize("name", ["marriage", "business", "both"])
def test_the_core(name: str, crossing: Crossing, measure: str, networks: Networks, reference: Reference) -> None:
    """R tried all 65,534 divisions of the 16 families."""
    found = core_periphery(networks[name], crossing=crossing)
    assert found.exact
    assert found.fit == pytest.approx(reference[name, f"{measure} fit"][""])
    assert found.core == {node for node, inside in reference[name, measure].items() if inside == 1}


@pytest.mark.parametrize("name", PUBLISHED)
def test_coreness(name: str, networks: Networks, reference: Reference) -> None:
    """R's optim goes by differences instead of the exact gradient, so it ends a little earlier."""
    found = coreness(networks[name])
    assert found.fit == pytest.approx(reference[name, "coreness fit"][""], abs=1e-6)
    assert found.coreness == pytest.approx(dict(reference[name, "coreness"]), abs=1e-4)


@pytest.mark.parametrize("name", [*DIRECTED, "random"])
def test_brokerage_of_bodies(
    name: str,
    networks: Networks,
    departments: Mapping[str, str],
    sna_brokerage: Mapping[tuple[str, str, str], tuple[float | None, ...]],
) -> None:
    groups = (
        departments if name in DIRECTED else dict(zip(networks[name], "a" * 14 + "b" * 9 + "c" * 6 + "d", strict=True))
    )
    found = brokerage(networks[name], groups)
    for node, scores in found.bodies.items():
        for role, score in scores.items():
            expected = sna_brokerage[name, node, role.value]
            assert (score.count, score.expected, score.deviation) == pytest.approx(expected[:3], abs=1e-9)
            assert (score.z is None) == (expected[3] is None)
            assert score.z is None or score.z == pytest.approx(expected[3])


@pytest.mark.parametrize("name", [*DIRECTED, "random"])
def test_brokerage_of_networks(
    name: str,
    networks: Networks,
    departments: Mapping[str, str],
    sna_brokerage: Mapping[tuple[str, str, str], tuple[float | None, ...]],
) -> None:
    """Counts and expected values are sna's; so are two deviations. The others are exact here and too large in sna."""
    groups = (
        departments if name in DIRECTED else dict(zip(networks[name], "a" * 14 + "b" * 9 + "c" * 6 + "d", strict=True))
    )
    for role, score in brokerage(networks[name], groups).network.items():
        count, mean, deviation, _ = sna_brokerage[name, "all", role.value]
        assert (score.count, score.expected) == pytest.approx((count, mean))
        assert deviation is not None
        if role in (BrokerRole.ITINERANT, BrokerRole.LIAISON):
            assert score.deviation == pytest.approx(deviation)
        else:
            assert score.deviation < deviation


@pytest.mark.parametrize(
    ("one", "other"), [("eigenvector", "greedy"), ("eigenvector", "walktrap"), ("greedy", "walktrap")]
)
def test_agreement_of_divisions(one: str, other: str, reference: Reference) -> None:
    left, right = ([int(label or 0) for label in reference["karate", name].values()] for name in (one, other))
    assert adjusted_rand(left, right) == pytest.approx(reference["karate", f"agreement {one} {other}"][""])


@pytest.mark.parametrize("method", ["eigenvector", "greedy", "walktrap"])
def test_modularity(method: str, networks: Networks, reference: Reference) -> None:
    division = {node: int(label or 0) for node, label in reference["karate", method].items()}
    assert modularity(networks["karate"], division) == pytest.approx(reference["karate", f"modularity {method}"][""])


@pytest.mark.parametrize(("one", "other"), [("advice", "friendship"), ("marriage", "business")])
def test_qap(one: str, other: str, networks: Networks, reference: Reference) -> None:
    """The correlation is sna's; its 20,000 permutations and ours agree within four standard errors."""
    name = f"{one} {other}"
    found = qap(networks[one], networks[other], permutations=4000, seed=3)
    assert found.correlation == pytest.approx(reference[name, "correlation"][""])
    for ours, measure in ((found.p_high, "p high"), (found.p_low, "p low")):
        theirs = reference[name, measure][""]
        assert ours is not None
        assert theirs is not None
        error = (max(theirs * (1 - theirs), 1e-3) * (1 / 4000 + 1 / 20000)) ** 0.5
        assert abs(ours - theirs) < 4 * error
    assert found.deviation == pytest.approx(reference[name, "deviation"][""], rel=0.05)
    assert found.mean == pytest.approx(reference[name, "mean"][""], abs=0.006)


def test_a_published_qap_correlation() -> None:
    """Karate club: strength of ties and number of shared friends correlate with 0.3659.

    Borgatti, Everett & Johnson, Analyzing Social Networks, 2nd edition, answers to the exercises of chapter 8.
    """
    club = nx.karate_club_graph()
    strength, friends = nx.Graph(), nx.Graph()
    for graph in (strength, friends):
        graph.add_nodes_from(club)
    strength.add_edges_from((a, b, {"shared": own["weight"]}) for a, b, own in club.edges(data=True))
    for a in club:
        for b in range(a):
            common = len(list(nx.common_neighbors(club, a, b)))
            if common:
                friends.add_edge(a, b, shared=common)
    found = qap(strength, friends)
    assert found.correlation == pytest.approx(0.3659, abs=5e-5)
    assert found.p_high == 1 / 2001
