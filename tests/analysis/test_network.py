"""Networks and measures on a dataset small enough to work out by hand."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import plan_graph
from plan_graph.analysis.network import (
    Layer,
    LeftOut,
    NodeMeasures,
    Summary,
    describe,
    left_out,
    measures,
    network,
    projection,
)
from plan_graph.model.network import Membership, Tie
from plan_graph.model.plan import Role

LEAD, SUPPORT, RESPONSIBLE, GUIDE = Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE, Role.GUIDE
NAMES = {"A": "发展改革委", "B": "财政厅", "C": "科技厅", "D": "档案局", "E": "商务厅", "X": "有关部门"}


def rows(*tasks: tuple[str, int, str, str]) -> list[Membership]:
    """Return rows from (task, year, leads, supports), each body one letter; X is a collective."""
    return [
        Membership(task, year, role, body, NAMES[body], collective=body == "X")
        for task, year, leads, supports in tasks
        for role, bodies in ((LEAD, leads), (SUPPORT, supports))
        for body in bodies
    ]


#   any: A-B t1 t2 t7, A-C t1 t5, B-C t1 t3, C-E t6     co-lead: A-B t1
#   lead → support: A→B t2 t7, A→C t1, B→C t1 t3, C→A t5, C→E t6
ROWS = [
    *rows(("t1", 2016, "AB", "CX"), ("t2", 2016, "A", "BX"), ("t3", 2017, "B", "C")),
    Membership("t4", 2017, RESPONSIBLE, "D", NAMES["D"]),
    *rows(("t5", 2017, "C", "A"), ("t6", 2017, "C", "E"), ("t7", 2016, "A", "B")),
]
TIES = [
    Tie("A", "B", None, 3, 1, 2, 2.5, 1.9, 0.04, 0.09),
    Tie("A", "B", 2016, 3, 1, 2, 2.5, 2.8, 0.5, 0.6),
    Tie("A", "C", None, 2, 0, 2, 1.5, 2.1, 0.8, 0.9),
]


def edges(graph: nx.Graph, *keys: str) -> list[tuple[Any, ...]]:
    return [(one, other, *(own.get(key) for key in keys)) for one, other, own in graph.edges(data=True)]


# --- nodes and edges -------------------------------------------------------------------------------------------------


def test_nodes_count_tasks_and_roles_and_keep_isolates() -> None:
    graph = network(ROWS, Layer.ANY)
    assert list(graph) == ["A", "B", "C", "D", "E"]
    assert [(own["tasks"], own["led"], own["supported"]) for _, own in graph.nodes(data=True)] == [
        (4, 3, 1),
        (4, 2, 2),
        (4, 2, 2),
        (1, 0, 0),
        (1, 0, 1),
    ]
    assert graph.nodes["D"] == {"label": "档案局", "tasks": 1, "led": 0, "supported": 0, "collective": False}


@pytest.mark.parametrize("layer", Layer)
def test_every_layer_has_the_same_nodes(layer: Layer) -> None:
    assert list(network(ROWS, layer)) == ["A", "B", "C", "D", "E"]


def test_any_counts_tasks_in_any_role() -> None:
    assert edges(network(ROWS, Layer.ANY), "shared", "newman", "distance") == [
        ("A", "B", 3, 2.5, 1 / 3),  # 1/2 from t1 with three bodies, 1 each from t2 and t7
        ("A", "C", 2, 1.5, 1 / 2),
        ("B", "C", 2, 1.5, 1 / 2),
        ("C", "E", 1, 1.0, 1.0),
    ]


def test_co_lead_counts_tasks_both_lead() -> None:
    graph = network(ROWS, Layer.CO_LEAD)
    assert not graph.is_directed()
    assert edges(graph, "shared", "newman", "distance") == [("A", "B", 1, 0.5, 1.0)]


def test_lead_support_points_from_the_lead() -> None:
    graph = network(ROWS, Layer.LEAD_SUPPORT)
    assert graph.is_directed()
    assert sorted(edges(graph, "shared", "newman")) == [
        ("A", "B", 2, 2.0),
        ("A", "C", 1, 0.5),
        ("B", "C", 2, 1.5),
        ("C", "A", 1, 1.0),
        ("C", "E", 1, 1.0),
    ]


def test_a_year_has_only_its_bodies() -> None:
    graph = network(ROWS, Layer.ANY, year=2017)
    assert list(graph) == ["A", "B", "C", "D", "E"]
    assert edges(graph, "shared") == [("A", "C", 1), ("B", "C", 1), ("C", "E", 1)]
    assert list(network(ROWS, Layer.ANY, year=2016)) == ["A", "B", "C"]
    assert graph.graph == {"layer": "any", "year": "2017"}


def test_collectives_come_in_only_when_asked() -> None:
    graph = network(ROWS, Layer.ANY, include_collectives=True)
    assert graph.nodes["X"]["collective"] is True
    assert edges(graph, "shared", "newman")[0] == ("A", "B", 3, round(1 / 3 + 1 / 2 + 1, 4))
    assert graph.edges["A", "X"]["shared"] == 2
    assert network(ROWS, Layer.LEAD_SUPPORT, include_collectives=True).edges["A", "X"]["shared"] == 2


def test_what_is_left_out_is_counted() -> None:
    again = [*ROWS, *ROWS[:4], Membership("t6", 2017, GUIDE, "Y", "各市", collective=True)]
    assert left_out(ROWS) == LeftOut(1, 2)
    assert left_out(again) == LeftOut(2, 3)
    assert left_out(again, year=2017) == LeftOut(1, 1)


def test_other_roles_tie_in_any_only() -> None:
    both = [Membership("t", None, RESPONSIBLE, body, body) for body in "AB"] + [Membership("t", None, GUIDE, "C", "C")]
    assert [network(both, layer).number_of_edges() for layer in Layer] == [0, 0, 3]


def test_a_body_in_two_roles_is_one_node_without_a_loop() -> None:
    both = rows(("t", 2016, "AB", "A"))
    assert edges(network(both, Layer.LEAD_SUPPORT), "shared", "newman") == [("B", "A", 1, 1.0)]
    assert edges(network(both, Layer.ANY), "shared", "newman") == [("A", "B", 1, 1.0)]


def test_the_order_of_rows_changes_nothing() -> None:
    relabelled = [*ROWS, Membership("t4", 2017, GUIDE, "A", "省发展改革委")]
    for layer in Layer:
        one, other = network(relabelled, layer, ties=TIES), network(relabelled[::-1], layer, ties=TIES[::-1])
        assert list(one.nodes(data=True)) == list(other.nodes(data=True))
        assert list(one.edges(data=True)) == list(other.edges(data=True))


# --- significance on edges -------------------------------------------------------------------------------------------


def test_any_carries_the_tie_of_its_own_period() -> None:
    graph = network(ROWS, Layer.ANY, ties=TIES)
    assert edges(graph, "expected", "p", "q")[:3] == [
        ("A", "B", 1.9, 0.04, 0.09),
        ("A", "C", 2.1, 0.8, 0.9),
        ("B", "C", None, None, None),
    ]
    assert edges(network(ROWS, Layer.ANY, year=2016, ties=TIES), "q") == [
        ("A", "B", 0.6),
        ("A", "C", None),
        ("B", "C", None),
    ]


def test_other_layers_name_the_pair_and_not_the_layer() -> None:
    graph = network(ROWS, Layer.LEAD_SUPPORT, ties=TIES)
    assert graph.edges["C", "A"] == {
        "shared": 1,
        "newman": 1.0,
        "distance": 1.0,
        "pair_shared": 2,
        "pair_expected": 2.1,
        "pair_p": 0.8,
        "pair_q": 0.9,
    }
    assert "pair_q" not in graph.edges["B", "C"]
    co_lead = network(ROWS, Layer.CO_LEAD, ties=TIES).edges["A", "B"]
    assert (co_lead["shared"], co_lead["pair_shared"], co_lead["pair_p"]) == (1, 3, 0.04)
    assert "p" not in co_lead


# --- the whole -------------------------------------------------------------------------------------------------------


def test_summary_by_hand() -> None:
    assert describe(network(ROWS, Layer.ANY)) == Summary(
        directed=False,
        nodes=5,
        ties=4,
        isolates=1,
        density=0.4,
        components=2,
        giant=4,
        path_length=8 / 6,  # AB AC BC CE one step, AE BE two
        transitivity=0.6,  # one triangle closes three of five triples
        reciprocity=None,
    )


def test_directed_summary_by_hand() -> None:
    found = describe(network(ROWS, Layer.LEAD_SUPPORT))
    assert (found.directed, found.nodes, found.ties, found.isolates) == (True, 5, 5, 1)
    assert (found.density, found.reciprocity) == (0.25, 0.4)
    assert (found.components, found.giant, found.transitivity) == (2, 4, 0.6)
    assert found.path_length == pytest.approx(8 / 6)


def test_summaries_of_next_to_nothing() -> None:
    empty = Summary(False, 0, 0, 0, 0.0, 0, 0, None, 0.0, None)
    assert describe(network([], Layer.ANY)) == empty
    alone = describe(network(rows(("t", 2016, "A", "")), Layer.LEAD_SUPPORT))
    assert alone == Summary(True, 1, 0, 1, 0.0, 1, 1, None, 0.0, None)


# --- the nodes -------------------------------------------------------------------------------------------------------


def test_measures_by_hand() -> None:
    found = measures(network(ROWS, Layer.ANY), seed=1)
    assert [(one.body, one.degree, one.strength) for one in found] == [
        ("A", 2, 5),
        ("B", 2, 5),
        ("C", 3, 5),
        ("E", 1, 1),
        ("D", 0, 0),
    ]
    by_body = {one.body: one for one in found}
    assert by_body["A"].label == "发展改革委"
    # C stands between A and E and between B and E: 2 of (5-1)(5-2)/2 = 6 pairs.
    assert [by_body[body].betweenness for body in "ABCDE"] == [0, 0, round(2 / 6, 6), 0, 0]
    # C reaches A and B at 1/2, E at 1: 3 of 4 others at a mean of 2/3.
    assert by_body["C"].closeness == round(3 / 2 * 3 / 4, 6)
    assert by_body["D"].closeness == 0
    # A puts 3/5 into B and 2/5 into C; B puts 2/5 into C, C puts 2/5 into B.
    assert by_body["A"].constraint == round((0.6 + 0.4 * 0.4) ** 2 + (0.4 + 0.6 * 0.4) ** 2, 6)
    assert by_body["E"].constraint == 1.0
    assert by_body["D"].constraint is None
    assert by_body["A"].in_degree is by_body["A"].out_strength is None


def test_the_order_of_nodes_changes_nothing() -> None:
    graph = network(ROWS, Layer.ANY)
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from((other, one, own) for one, other, own in reversed(list(graph.edges(data=True))))
    assert measures(turned, seed=1) == measures(graph, seed=1)


def test_directed_measures_by_hand() -> None:
    found = measures(network(ROWS, Layer.LEAD_SUPPORT), seed=1)
    assert [
        (one.body, one.degree, one.strength, one.in_degree, one.out_degree, one.in_strength, one.out_strength)
        for one in found
    ] == [
        ("C", 4, 5, 2, 2, 3, 2),
        ("A", 3, 4, 1, 2, 1, 3),
        ("B", 2, 4, 1, 1, 2, 2),
        ("E", 1, 1, 1, 0, 1, 0),
        ("D", 0, 0, 0, 0, 0, 0),
    ]
    by_body = {one.body: one for one in found}
    # E only supports: it has a contact, so it has a constraint (NetworkX says nan on the digraph).
    assert by_body["E"].constraint == 1.0
    assert by_body["D"].constraint is None
    # Incoming: C→A 1; B→A over C 1/2 + 1: 2 of 4 others reach A, at 2.5 in all.
    assert by_body["A"].closeness == round(2 / 2.5 * 2 / 4, 6)


def test_strong_ties_are_short() -> None:
    # P-Q and Q-R share four tasks, P-R one: the way over Q (1/4 + 1/4) is shorter than the direct one (1).
    tasks = [(f"pq{n}", 2016, "A", "B") for n in range(4)] + [(f"qr{n}", 2016, "B", "C") for n in range(4)]
    found = measures(network(rows(*tasks, ("pr", 2016, "A", "C")), Layer.ANY), seed=1)
    assert {one.body: one.betweenness for one in found} == {"A": 0.0, "B": 1.0, "C": 0.0}
    assert {one.body: one.closeness for one in found} == {"A": round(2 / 0.75, 6), "B": 4.0, "C": round(2 / 0.75, 6)}


@pytest.mark.parametrize("layer", Layer)
def test_constraint_is_what_networkx_finds(layer: Layer) -> None:
    graph = network(ROWS, layer)
    theirs = nx.constraint(projection(graph), nodes=list(graph), weight="shared")
    for one in measures(graph, seed=1):
        if one.constraint is None:
            assert math.isnan(theirs[one.body])
        else:
            assert one.constraint == pytest.approx(theirs[one.body], abs=1e-6)


def test_projection_adds_both_ways() -> None:
    flat = projection(network(ROWS, Layer.LEAD_SUPPORT))
    assert not flat.is_directed()
    assert edges(flat, "shared") == [("A", "B", 2), ("A", "C", 2), ("B", "C", 2), ("C", "E", 1)]
    assert flat.nodes["D"]["label"] == "档案局"


def cliques(*groups: str) -> list[Membership]:
    tasks = [
        (f"{one}{other}{n}", one, other) for group in groups for one, other in combinations(group, 2) for n in range(3)
    ]
    return [Membership(task, 2016, LEAD, body, body) for task, *pair in tasks for body in pair]


def communities(found: list[NodeMeasures]) -> dict[str, int]:
    return {one.body: one.community for one in sorted(found, key=lambda one: one.body)}


def test_communities_are_numbered_by_size_then_smallest_id() -> None:
    apart = [*cliques("XYZ", "PQRS", "ABC"), Membership("lone", 2016, LEAD, "K", "K")]
    bridged = [*apart, Membership("bridge", 2016, LEAD, "A", "A"), Membership("bridge", 2016, LEAD, "P", "P")]
    expected = dict.fromkeys("PQRS", 1) | dict.fromkeys("ABC", 2) | dict.fromkeys("XYZ", 3) | {"K": 4}
    for seed in range(5):
        assert communities(measures(network(bridged, Layer.CO_LEAD), seed)) == expected


def test_directed_communities_are_of_the_projection() -> None:
    ring = rows(*((pair, 2016, *pair) for pair in ("AB", "BC", "CA", "DE", "EX", "XD")))
    found = measures(network(ring, Layer.LEAD_SUPPORT, include_collectives=True), seed=3)
    assert communities(found) == {"A": 1, "B": 1, "C": 1, "D": 2, "E": 2, "X": 2}


def test_measures_of_an_empty_network_are_none() -> None:
    assert measures(network([], Layer.ANY), seed=1) == []
    assert [one.community for one in measures(network(rows(("t", 2016, "A", "")), Layer.ANY), seed=1)] == [1]


def test_measures_do_not_depend_on_the_hash_seed() -> None:
    script = (
        "import random; from plan_graph.analysis.network import *; from plan_graph.model.network import Membership; from plan_graph.model.plan import Role;"
        "pick = random.Random(5);"
        "rows = [Membership(f't{n}', None, pick.choice(list(Role)), f'body {pick.randrange(40)}', 'x')"
        " for n in range(90) for _ in range(3)];"
        "print([(layer, measures(network(rows, layer), 2), describe(network(rows, layer))) for layer in Layer])"
    )
    source = str(Path(plan_graph.__file__).parents[1])
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONPATH": source, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(printed) == 1
    assert "NodeMeasures(body='body 1'" in printed.pop()
