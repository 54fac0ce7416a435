"""What if: each step by hand, the sums that must hold, and what holds for any tasks."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.network import Layer, network
from plan_graph.analysis.scenario import (
    NONE,
    Abolish,
    Load,
    Merge,
    Move,
    Scenario,
    Step,
    TieChange,
    scenario,
    structure,
)
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

from . import drawn as d

#  ties: A-B t1 t2, A-C t1, B-C t1, C-D t3, D-E t4
HAND = d.scope_of(
    d.task("1", "A", "BC"), d.task("2", "B", "A"), d.task("3", "CX", "D"), d.task("4", "D", "E"), d.task("5", "F")
)


def iri(id_: str) -> str:
    return f"https://example.org/task/p/{id_}"


def of_task(found: list[Membership], id_: str) -> set[tuple[str, Role]]:
    return {(row.body, row.role) for row in found if row.task == iri(id_)}


def test_a_merger() -> None:
    found = scenario(HAND.rows, [Merge(("A", "B"), "new/Z", "Z")])
    assert found.touched == ("A", "B", "new/Z")
    assert found.internal == (TieChange("A", "B", 2),)
    assert (found.joined, found.lost, found.gained) == (1, (), ())
    assert found.after.loads["new/Z"] == Load(2, 2, 0, 1, 1, 0.0)
    assert "A" not in found.after.loads
    assert [(row.task[-1], row.body, row.role) for row in found.dropped] == [
        ("1", "B", Role.SUPPORT),  # Z leads both tasks: lead beats support
        ("2", "A", Role.SUPPORT),
    ]
    assert found.labels["new/Z"] == "Z"
    assert (found.before.summary.nodes, found.after.summary.nodes) == (6, 5)


def test_a_merger_may_cut_the_network() -> None:
    chain = d.scope_of(d.task("1", "A", "B"), d.task("2", "B", "C"), d.task("3", "C", "D"), d.task("4", "D", "A"))
    found = scenario(chain.rows, [Merge(("A", "C"), "A", "甲局")])
    assert found.before.cut_points == ()
    assert found.after.cut_points == ("A",)


def test_an_abolition() -> None:
    found = scenario(HAND.rows, [Abolish("D", "A", "甲局")])
    assert found.touched == ("A", "D")
    assert found.joined == 1  # C-D and A-C are one now
    assert found.after.loads["A"] == Load(4, 2, 2, 3, 5, found.after.loads["A"].betweenness)
    assert found.dropped == ()


def test_a_move_replaces_the_leads_and_keeps_collectives() -> None:
    found = scenario(HAND.rows, [Move(iri("3"), "D", "丁局")])
    assert found.touched == ("C", "D")
    assert found.lost == (TieChange("C", "D", 1),)
    assert found.after.loads["D"] == Load(2, 2, 0, 1, 1, 0.0)  # it supported the task before
    assert found.after.loads["C"].led == 0
    other = scenario(HAND.rows, [Move(iri("5"), "A", "甲局")])
    assert other.gained == ()
    assert other.after.loads.get("F") is None


def test_a_move_where_nobody_leads_replaces_whoever_is_responsible() -> None:
    scope = d.scope_of(d.task("1", responsible="AB", supports="C"), d.task("2", "A"))
    found = scenario(scope.rows, [Move(iri("1"), "D", "丁局")])
    assert found.after.loads.keys() == {"A", "C", "D"}
    assert found.after.loads["D"].led == 1
    assert [(one.left, one.right) for one in found.gained] == [("C", "D")]


def test_steps_follow_each_other() -> None:
    first: list[Step] = [Merge(("A", "B"), "new/Z", "Z"), Abolish("new/Z", "E", "戊局")]
    found = scenario(HAND.rows, first)
    assert found.after.loads.keys() == {"C", "D", "E", "F"}
    assert found.internal == (TieChange("A", "B", 2),)
    assert (found.lost, found.gained, found.joined) == ((), (), 1)
    assert scenario(HAND.rows, [Move(iri("5"), "A", "甲局"), Abolish("A", "B", "乙局")]).after.loads["B"].led == 3


@pytest.mark.parametrize(("layer", "ties"), [(Layer.ANY, 5), (Layer.CO_LEAD, 0), (Layer.LEAD_SUPPORT, 5)])
def test_every_layer(layer: Layer, ties: int) -> None:
    found = scenario(HAND.rows, [Merge(("C", "D"), "C", "丙局")], layer)
    assert found.before.summary.ties == ties
    assert accounted(found)


def test_paths_are_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For betweenness; centralisation is of degree, and closeness is not asked for."""
    searched: list[object] = []
    between = nx.betweenness_centrality

    def counted(graph: nx.Graph, **how: object) -> object:
        searched.append(how.get("weight"))
        return between(graph, **how)

    monkeypatch.setattr(nx, "betweenness_centrality", counted)
    monkeypatch.setattr(nx, "closeness_centrality", None)
    structure(network(HAND.rows, Layer.ANY))
    assert len(searched) == 1


def test_structure_of_a_star_a_ring_and_little() -> None:
    def made(graph: nx.Graph) -> nx.Graph:
        for node in graph:
            graph.nodes[node].update(tasks=1, led=1, supported=0)
        for one, other in graph.edges:
            graph.edges[one, other].update(shared=1, distance=1.0)
        return graph

    star, ring = structure(made(nx.star_graph(5))), structure(made(nx.cycle_graph(6)))
    assert (star.centralisation, ring.centralisation) == (1.0, 0.0)
    assert list(map(str, star.cut_points)) == ["0"]
    assert ring.cut_points == ()
    assert star.loads[0].betweenness == 1.0  # type: ignore[index]
    assert structure(made(nx.path_graph(2))).centralisation is None
    assert structure(nx.Graph()).loads == {}


# --- what holds for any tasks ----------------------------------------------------------------------------------------


def accounted(found: Scenario) -> bool:
    gone = found.joined + len(found.internal) + len(found.lost) - len(found.gained)
    return found.before.summary.ties == found.after.summary.ties + gone


def steps() -> st.SearchStrategy[Step]:
    body = st.sampled_from("ABCDEF")
    return st.one_of(
        st.builds(
            lambda some, into: Merge(tuple(dict.fromkeys(some)), into, into),
            st.lists(body, min_size=1, max_size=3),
            body,
        ),
        st.builds(lambda one, other: Merge((one, other), "new/Z", "Z"), body, body),
        st.builds(lambda one, other: Abolish(one, other, other), body, body),
        st.builds(lambda at, lead: Move(iri(f"{at:03}"), lead, lead), st.integers(0, 7), body),
    )


@d.EXACT
@given(d.tasks(), st.sampled_from("ABCDEF"), st.sampled_from(Layer))
def test_a_body_merged_with_itself_changes_nothing(tasks: list[TaskFacts], body: str, layer: Layer) -> None:
    rows = d.scope_of(*tasks).rows
    found = scenario(rows, [Merge((body, body), body, d.NAMES[body])], layer)
    assert found.before == found.after
    assert (found.touched, found.internal, found.joined, found.lost, found.gained, found.dropped) == (
        *((), (), 0, (), ()),
        (),
    )


@d.EXACT
@given(d.tasks(), st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF"))
def test_abolition_keeps_every_task_and_its_lead(tasks: list[TaskFacts], body: str, into: str) -> None:
    rows = d.scope_of(*tasks).rows
    found = scenario(rows, [Abolish(body, into, d.NAMES[into])])
    own = {row.task for row in rows if row.body in (body, into)}
    assert found.after.loads.get(into, NONE).tasks == len(own)
    led = {row.task for row in rows if row.body in (body, into) and row.role is Role.LEAD}
    assert found.after.loads.get(into, NONE).led == len(led)
    assert body == into or body not in found.after.loads
    others = found.before.loads.keys() - {body, into}
    assert all(found.before.loads[one].tasks == found.after.loads[one].tasks for one in others)


@d.EXACT
@given(d.tasks(), st.lists(steps(), max_size=4), st.sampled_from(Layer))
def test_the_ties_add_up(tasks: list[TaskFacts], taken: list[Step], layer: Layer) -> None:
    known = {task.iri for task in tasks}
    found = scenario(
        d.scope_of(*tasks).rows, [one for one in taken if not isinstance(one, Move) or one.task in known], layer
    )
    assert accounted(found)
    assert found.before.loads.keys() ^ found.after.loads.keys() <= set(found.touched)
    same = found.before.loads.keys() & found.after.loads.keys() - set(found.touched)
    assert all(found.before.loads[one].tasks == found.after.loads[one].tasks for one in same)


@d.EXACT
@given(d.tasks(), st.lists(st.sampled_from("ABCDEF"), min_size=2, max_size=3, unique=True))
def test_a_merger_keeps_one_role_on_each_task_they_met_on(tasks: list[TaskFacts], some: list[str]) -> None:
    rows = d.scope_of(*tasks).rows
    found = scenario(rows, [Merge(tuple(some), "new/Z", "Z")])
    met = {task.iri for task in tasks if len(set(some) & task.bodies()) > 1}
    own = [row for row in rows if row.body in some and row.task in met]
    assert len(own) - len(found.dropped) == len(met)
    assert found.after.loads.get("new/Z", NONE).tasks == len({row.task for row in rows if row.body in some})
