"""Where the work of bodies overlaps: worked out by hand, by the shipped queries, and what holds for any tasks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given

from plan_graph.analysis.overlap import (
    Meeting,
    Overlap,
    SharedTask,
    Value,
    alone,
    common_partners,
    matrix,
    overlap,
    partners,
    surprise,
    with_collectives,
)
from plan_graph.analysis.rows import local_id, memberships
from plan_graph.analysis.scope import Scope, roles_of, scope
from plan_graph.graph.queries import bind, find, run
from plan_graph.graph.store import open_store
from plan_graph.model.plan import Role

from . import drawn as d

HAND = d.scope_of(
    d.task("1", "A", "BX", year=2016),
    d.task("2", "AB", "C", year=2016),
    d.task("3", "B", "A", year=2017),
    d.task("4", "C", "X"),
    ties=[d.tie("A", "B", 3, 0.03, 1.5), d.tie("A", "C", 1, 0.03, 0.2), d.tie("B", "C", 1, 0.9, 1.0)],
)


def test_two_bodies_by_hand() -> None:
    found = overlap(HAND, "A", "B")
    assert [(one.task.id, one.left, one.right) for one in found.tasks] == [
        ("1", (Role.LEAD,), (Role.SUPPORT,)),
        ("2", (Role.LEAD,), (Role.LEAD,)),
        ("3", (Role.SUPPORT,), (Role.LEAD,)),
    ]
    assert found.meetings == (
        Meeting(None, 3, 3, 3, 1.5, 0.03, 0.03, 2.5, 1, 1, 1),
        Meeting(2016, 2, 2, 2, None, None, None, 1.5, 1, 0, 1),
        Meeting(2017, 1, 1, 1, None, None, None, 1.0, 0, 1, 0),
    )
    assert found.meetings[0].ratio == 2.0
    assert found.tasks[0].quotes[0].words == "（A；BX）"


def test_a_collective_is_never_tested() -> None:
    (whole, *_) = overlap(HAND, "A", "X").meetings
    assert (whole.shared, whole.expected, whole.q) == (1, None, None)


def test_one_body_is_not_two() -> None:
    with pytest.raises(ValueError, match="A does not overlap with itself"):
        overlap(HAND, "A", "A")


def test_partners_by_surprise_and_not_by_count() -> None:
    assert [one.body for one in partners(HAND, "A")] == ["C", "B"]  # equal q: C is five times what was expected
    assert [one.body for one in partners(HAND, "C")] == ["A", "B"]
    assert partners(HAND, "D") == ()
    assert with_collectives(HAND, "A") == {"X": 1}


def test_what_each_of_two_answers_for_without_the_other() -> None:
    assert [task.id for task in alone(HAND, "A", "C")] == ["1"]
    assert [task.id for task in alone(HAND, "C", "A")] == ["4"]
    assert alone(HAND, "A", "B") == () == alone(HAND, "X", "A")


def test_partners_that_two_have_in_common() -> None:
    (found,) = common_partners(HAND, "A", "C")
    assert (found.body, found.left.shared, found.right.shared, found.together) == ("B", 3, 1, 1)
    assert (found.left.q, found.right.q) == (0.03, 0.9)
    assert common_partners(HAND, "A", "D") == ()


def test_the_matrix_by_hand() -> None:
    found = matrix(HAND)
    assert found.bodies == ("A", "B", "C")
    assert found.cells == ((3, 3, 1), (3, 3, 1), (1, 1, 2))
    assert matrix(HAND, Value.EXPECTED, top=2).cells == ((None, 1.5), (1.5, None))
    assert matrix(HAND, Value.RATIO).cells[0] == (None, 2.0, 5.0)
    assert matrix(d.scope_of()).cells == ()


def test_a_plan_without_years_has_one_period() -> None:
    bare = d.scope_of(d.task("1", "A", "B"), d.task("2", "A"))
    assert [one.year for one in overlap(bare, "A", "B").meetings] == [None]


def mirrored(found: Overlap) -> Overlap:
    return Overlap(
        found.right,
        found.left,
        tuple(SharedTask(one.task, one.right, one.left, one.quotes) for one in found.tasks),
        tuple(
            Meeting(
                one.year,
                one.right_tasks,
                one.left_tasks,
                one.shared,
                one.expected,
                one.p,
                one.q,
                one.newman,
                one.right_leads,
                one.left_leads,
                one.co_led,
            )
            for one in found.meetings
        ),
    )


@d.EXACT
@given(d.scopes(), d.bodies(), d.bodies())
def test_the_order_of_the_two_does_not_matter(drawn: Scope, left: str, right: str) -> None:
    assume(left != right)
    assert overlap(drawn, left, right) == mirrored(overlap(drawn, right, left))


@d.EXACT
@given(d.scopes())
def test_matrix_partners_and_overlap_count_the_same(drawn: Scope) -> None:
    whole = matrix(drawn)
    for at, body in enumerate(whole.bodies):
        row = {other: whole.cells[at][n] for n, other in enumerate(whole.bodies) if other != body}
        found = partners(drawn, body)
        assert {one.body: one.meeting.shared for one in found} == {b: n for b, n in row.items() if n}
        assert [surprise(one.meeting) for one in found] == sorted(surprise(one.meeting) for one in found)
        for one in found:
            assert one.meeting == overlap(drawn, body, one.body).meetings[0]
            assert one.meeting.shared == len(overlap(drawn, body, one.body).tasks)


# --- the Liaoning plan -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def liaoning(built: Path) -> Scope:
    return scope(open_store(built), {})


def test_shared_tasks_are_those_of_the_query(built: Path, liaoning: Scope) -> None:
    rows = run(open_store(built), bind(find("shared-tasks"), {"a": "省财政厅", "b": "省农委"})).rows
    found = overlap(liaoning, "210000/czt", "210000/nw")
    zh = {Role.LEAD: "牵头", Role.SUPPORT: "配合"}
    assert [
        (one.task.iri, zh[left], zh[right], quote.words, quote.begin, quote.end)
        for one in found.tasks
        for left in one.left
        for right in one.right
        for quote in one.quotes
    ] == [(row[0], row[3], row[4], row[6], row[7], row[8]) for row in rows]
    assert len(rows) == 15


def test_quotes_stand_where_they_say(built: Path, liaoning: Scope) -> None:
    text = (built / "text" / "ln-2016-revitalisation.txt").read_text(encoding="utf-8")
    quotes = [quote for task in liaoning.facts for quote in liaoning.quotes(task, liaoning.bodies)]
    assert len(quotes) == 193
    assert all(text[one.begin : one.end] == one.words for one in quotes)


def test_partners_are_those_of_the_query(built: Path, liaoning: Scope) -> None:
    rows = run(open_store(built), bind(find("body-partners"), {"body": "省农委"})).rows
    found = {one.body: one.meeting for one in partners(liaoning, "210000/nw")}
    assert len(found) == len(rows)
    for partner, _, shared, expected, p, q, co, out, back in rows:
        one = found[local_id(partner)]
        assert (one.shared, one.expected, one.p, one.q, one.co_led, one.left_leads, one.right_leads) == (
            *(shared, expected, p, q, co, out, back),
        )
        tie = liaoning.tie("210000/nw", local_id(partner), None)
        assert tie is not None
        assert one.newman == tie.newman


def test_ties_of_one_plan_chosen_are_those_of_the_graph_that_holds_it_alone(built: Path, liaoning: Scope) -> None:
    chosen = scope(open_store(built), {"plan": "ln-2016-revitalisation", "year": "2018"})
    assert chosen.computed
    assert chosen.ties == {key: tie for key, tie in liaoning.ties.items() if key[2] == 2018}
    assert chosen.periods == (2018,)


@pytest.mark.parametrize(
    "chosen",
    [
        {"issuer": "辽宁省人民政府"},
        {"level": "province", "year": "2017"},
        {"plan": "ln-2016-revitalisation", "level": "province"},
        {"issuer": "大连市人民政府"},
        {"plan": "none"},
    ],
    ids=str,
)
def test_plans_are_chosen_as_the_queries_choose_them(built: Path, chosen: dict[str, str]) -> None:
    store = open_store(built)
    found = scope(store, chosen)
    assert sorted(found.rows, key=repr) == sorted(memberships(store, chosen), key=repr)
    assert found.computed


def test_roles_are_counted_as_the_plan_has_them(liaoning: Scope) -> None:
    counts = Counter(role for task in liaoning.facts for body in liaoning.bodies for role in roles_of(task, body))
    assert counts == {Role.LEAD: 326, Role.SUPPORT: 410}
