"""Each choice changes what it says and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan_graph.analysis.facts import Party, TaskFacts, task_facts
from plan_graph.analysis.measures.sensitivity import BUILT_IN, Choice, Outcome, sensitivity
from plan_graph.graph.store import open_store
from plan_graph.model.plan import Role

ROLES = {"l": Role.LEAD, "s": Role.SUPPORT, "r": Role.RESPONSIBLE, "g": Role.GUIDE}


def task(id_: str, *parties: str, year: int = 2016) -> TaskFacts:
    """Return a task; a party is its role, its body and, where that is another, its name: "lA", "sA:甲"; X is open."""
    found = []
    for party in parties:
        body, _, written = party[1:].partition(":")
        found.append(Party(ROLES[party[0]], body, f"{body}局", written or body, body == "X", 0, 0))
    return TaskFacts(id_, "p", id_, 0, year, "", "", "", tuple(found), (), (), (), ())


TASKS = [
    task("1", "lA", "sB", "sC", "gD"),
    task("2", "lA:甲", "sB"),
    task("3", "lA", "lB", "sX"),
    task("4", "rC", "rE", "gA"),
    task("5", "lF", "sX", year=2017),
]


def by_choice(found: list[Outcome]) -> dict[Choice, Outcome]:
    return {one.choice: one for one in found}


#   strength by default: A 7 (B 3, C 2, D 1, E 1), B 5, C 5, D 3, E 2, F 0
@pytest.mark.parametrize(
    ("choice", "bodies", "ties", "strength", "common"),
    [
        (Choice.DEFAULT, 6, 8, 22 / 6, 6),  # AB AC AD BC BD CD, AE CE
        (Choice.NO_GUIDE, 5, 4, 12 / 5, 5),  # AB AC BC CE; D only guides
        (Choice.LEAD_ONLY, 5, 2, 4 / 5, 5),  # AB of task 3, CE of task 4; F leads alone
        (Choice.COLLECTIVES, 7, 11, 28 / 7, 6),  # X with A and B, and with F
        (Choice.AS_WRITTEN, 7, 9, 22 / 7, 6),  # 甲-B is a tie of its own
        (Choice.NEWMAN, 6, 8, 11 / 6, 6),  # 4 + 2 + 2 + 3 bodies with a partner
        (Choice.NO_LONG_LISTS, 5, 4, 10 / 5, 5),  # task 1 has four bodies
    ],
)
def test_every_choice_by_hand(choice: Choice, bodies: int, ties: int, strength: float, common: int) -> None:
    one = by_choice(sensitivity(TASKS, long_list=3))[choice]
    assert (one.figures["bodies"], one.figures["ties"]) == (bodies, ties)
    assert one.figures["strength"] == pytest.approx(strength, abs=1e-3)
    assert one.common == common


def test_the_default_stands_first_and_agrees_with_itself() -> None:
    found = sensitivity(TASKS)
    assert [one.choice for one in found] == list(Choice)
    assert found[0].tau == pytest.approx(1.0)
    assert found[0].first == ("A", "B", "C", "D", "E")
    assert found[0].figures.keys() == BUILT_IN.keys()


def test_tau_is_kendalls_by_hand() -> None:
    # default A 7, B 5, C 5, E 2, F 0; without guides A 4, B 4, C 3, E 1, F 0: of ten pairs eight agree, none disagrees,
    # one is tied in each
    assert by_choice(sensitivity(TASKS))[Choice.NO_GUIDE].tau == pytest.approx(8 / 9)


def test_a_body_stands_for_its_strongest_name() -> None:
    tasks = [task("1", "lA:甲", "sB"), task("2", "lA:乙", "sC"), task("3", "lA:乙", "sB")]
    one = by_choice(sensitivity(tasks))[Choice.AS_WRITTEN]  # default A 3, B 2, C 1; now A 2 by 乙, B 2, C 1
    assert one.first == ("A", "B", "C")
    assert one.tau == pytest.approx(2 / 6**0.5)


def test_a_year_and_a_figure_of_ones_own() -> None:
    found = by_choice(sensitivity(TASKS, year=2017, figures={"nodes": lambda graph: 10.0 * len(graph)}, first=1))
    assert found[Choice.DEFAULT].figures["nodes"] == 10.0
    assert found[Choice.COLLECTIVES].figures["nodes"] == 20.0
    assert (found[Choice.COLLECTIVES].common, found[Choice.COLLECTIVES].tau) == (1, None)
    assert len(found[Choice.COLLECTIVES].first) == 1


@pytest.mark.parametrize("tasks", [[], [task("1", "lX")], [task("1", "lA")]])
def test_nothing_to_compare(tasks: list[TaskFacts]) -> None:
    for one in sensitivity(tasks):
        assert (one.tau, one.figures["ties"], one.figures["strength"]) == (None, 0.0, 0.0)


def test_liaoning(built: Path) -> None:
    found = by_choice(sensitivity(task_facts(open_store(built))))
    assert found[Choice.DEFAULT].figures["ties"] == 417
    assert found[Choice.NO_GUIDE].tau == pytest.approx(1.0)  # nobody only guides in this plan
    assert found[Choice.AS_WRITTEN].figures["bodies"] == 65  # and it writes every body one way
    assert found[Choice.LEAD_ONLY].figures["ties"] == 8
    assert found[Choice.COLLECTIVES].figures["bodies"] == 73
    assert found[Choice.NEWMAN].tau == pytest.approx(0.744, abs=1e-3)
    assert found[Choice.NO_LONG_LISTS].figures["bodies"] == 55
