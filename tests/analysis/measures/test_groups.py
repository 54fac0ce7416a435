"""Groups of bodies by kind and level, and those of the Liaoning plan."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from plan_graph import open_store
from plan_graph.analysis.measures.brokerage import BrokerRole, brokerage
from plan_graph.analysis.measures.groups import Group, body_groups, group_of
from plan_graph.analysis.network import Layer, network
from plan_graph.analysis.rows import memberships
from plan_graph.resources import resource

KINDS = {
    "bank": Group.FIRM,
    "central-branch": Group.CENTRAL_BRANCH,
    "city-government": Group.GOVERNMENT,
    "county-government": Group.GOVERNMENT,
    "township-government": Group.GOVERNMENT,
    "court": Group.OTHER,
    "cppcc": Group.OTHER,
    "department": Group.PROVINCIAL_DEPARTMENT,  # of the province
    "firm": Group.FIRM,
    "institute": Group.OTHER,
    "leading-group": Group.OTHER,
    "management-committee": Group.GOVERNMENT,
    "military": Group.OTHER,
    "party-committee": Group.PARTY,
    "party-organ": Group.PARTY,
    "peoples-congress": Group.OTHER,
    "peoples-organisation": Group.OTHER,
    "procuratorate": Group.OTHER,
    "provincial-government": Group.GOVERNMENT,
    "public-institution": Group.OTHER,
    "state-government": Group.GOVERNMENT,
}


def test_every_kind_has_a_group() -> None:
    with (resource("data/authority") / "kinds.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["id"]: row["label_zh"] for row in csv.DictReader(file)}
    assert {kind: group_of(label, "省级") for kind, label in labels.items()} == KINDS


@pytest.mark.parametrize(
    ("level", "group"),
    [
        ("中央", Group.CENTRAL_DEPARTMENT),
        ("省级", Group.PROVINCIAL_DEPARTMENT),
        ("地市级", Group.GOVERNMENT),
        ("县级", Group.GOVERNMENT),
    ],
)
def test_departments_go_by_level(level: str, group: Group) -> None:
    assert group_of("政府部门", level) is group


def test_bodies_of_the_liaoning_plan(built: Path) -> None:
    store = open_store(built)
    graph = network(memberships(store), Layer.LEAD_SUPPORT, include_collectives=True)
    groups = body_groups(store, graph)
    assert list(groups) == list(graph)
    assert groups["210000/czt"] is Group.PROVINCIAL_DEPARTMENT
    assert groups["210100/haiguan"] is Group.CENTRAL_BRANCH
    assert groups["210100/szf"] is Group.GOVERNMENT
    assert groups["210000/zzb"] is Group.PARTY
    assert groups["210000/guokai"] is Group.FIRM
    assert {groups[node] for node, own in graph.nodes(data=True) if own["collective"]} == {Group.OTHER}
    alone = network(memberships(store), Layer.LEAD_SUPPORT)
    assert Counter(groups[node] for node in alone) == {
        Group.PROVINCIAL_DEPARTMENT: 34,
        Group.CENTRAL_BRANCH: 15,
        Group.FIRM: 6,
        Group.GOVERNMENT: 5,
        Group.OTHER: 3,
        Group.PARTY: 2,
    }


def test_brokerage_of_the_liaoning_plan(built: Path) -> None:
    store = open_store(built)
    graph = network(memberships(store), Layer.LEAD_SUPPORT)
    found = brokerage(graph, body_groups(store, graph))
    assert found.network[BrokerRole.TOTAL].count == sum(
        found.network[role].count for role in BrokerRole if role is not BrokerRole.TOTAL
    )
    assert max(found.bodies, key=lambda body: found.bodies[body][BrokerRole.TOTAL].count) == "210000/fgw"
