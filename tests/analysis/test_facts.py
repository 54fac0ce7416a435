"""What is known of each task is what the plan says."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan_graph.analysis.facts import TaskFacts, task_facts
from plan_graph.analysis.rows import memberships
from plan_graph.graph.store import open_store
from plan_graph.model.plan import Role


@pytest.fixture(scope="module")
def facts(built: Path) -> list[TaskFacts]:
    return task_facts(open_store(built))


def test_every_task_once(facts: list[TaskFacts]) -> None:
    assert len(facts) == len({one.iri for one in facts}) == 193
    assert [one.order for one in facts] == list(range(193))


def test_one_task_in_full(facts: list[TaskFacts]) -> None:
    one = facts[25]
    assert (one.plan, one.id, one.year, one.theme) == ("ln-2016-revitalisation", "2016-026", 2016, "着力完善体制机制")
    assert one.text == "实施《中德（沈阳）高端装备制造产业园建设方案（2016-2025年）》。"
    assert one.leads == {"210100/szf", "210000/fgw"}
    assert [d.relation for d in one.documents] == ["implements"]
    assert {p.written for p in one.parties if p.role is Role.LEAD} == {"沈阳市人民政府", "省发展改革委"}


def test_places_targets_and_deadlines_have_their_offsets(facts: list[TaskFacts], built: Path) -> None:
    text = (built / "text" / "ln-2016-revitalisation.txt").read_text(encoding="utf-8")
    assert sum(len(one.targets) for one in facts) == 30
    for one in facts:
        for place in one.places:
            assert text[place.begin : place.end] == place.written
        for target in one.targets:
            assert text[target.begin : target.end] == target.quote
        for deadline in one.deadlines:
            assert text[deadline.begin : deadline.end] == deadline.written
        for party in one.parties:
            assert set(party.written) <= set(text[party.begin : party.end])  # 沈阳、大连市人民政府 is two names


def test_the_network_counts_the_same_rows(built: Path, facts: list[TaskFacts]) -> None:
    rows = [row for one in facts for row in one.memberships]
    assert sorted(rows, key=repr) == sorted(set(memberships(open_store(built))), key=repr)


def test_a_year_can_be_chosen(built: Path) -> None:
    assert [one.year for one in task_facts(open_store(built), {"year": "2018"})] == [2018] * 30
