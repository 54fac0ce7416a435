"""Who should be in the room: selection, order, places, collectives, who is missing, the smallest cover."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_graph.analysis.cover import cover
from plan_graph.analysis.facts import NamedPlace, Party, TaskFacts
from plan_graph.analysis.room import Collected, Standing, collected, room
from plan_graph.analysis.scope import SIGNIFICANT, Scope, scope
from plan_graph.analysis.selection import select, tasks_in_place
from plan_graph.errors import NotFoundError
from plan_graph.graph.store import open_store
from plan_graph.model.plan import Role

from . import drawn as d

NOBODY: Mapping[str, Collected] = {}
CITIES = {
    f"{code}/szf": f"{name}市人民政府" for code, name in (("210100", "沈阳"), ("210200", "大连"), ("211200", "铁岭"))
}
SOME = {"some": Collected("some", CITIES), "all": Collected("all", CITIES)}


def place(code: str, name: str, begin: int = 0) -> NamedPlace:
    return NamedPlace(code, name, name, begin, begin + len(name))


def party(body: str, name: str, role: Role = Role.LEAD, *, collective: bool = False) -> Party:
    return Party(role, body, name, name, collective, 0, len(name))


# --- order and what is missing ---------------------------------------------------------------------------------------

HAND = d.scope_of(
    d.task("1", "A", "BC", theme="一"),
    d.task("2", "A", "C", theme="一"),
    d.task("3", "BX", "D", theme="一"),
    d.task("4", "E", "F", theme="一"),
    d.task("5", "E", "A", theme="一"),
    d.task("6", "E", "D", theme="二"),
    ties=[
        d.tie("A", "B", q=0.2),
        d.tie("A", "C", q=0.01),
        d.tie("A", "E", q=0.01),
        d.tie("B", "D", q=0.04),
        d.tie("A", "F", q=0.05),
    ],
)


def test_leads_first_then_tasks_then_surprise() -> None:
    found = room(HAND, HAND.facts[:3], NOBODY)
    assert [(one.body, one.leads, len(one.reasons)) for one in found.invited] == [
        ("A", 2, 2),
        ("B", 1, 2),
        ("C", 0, 2),
        ("D", 0, 1),
    ]
    assert [one.tie.q if one.tie else None for one in found.invited] == [0.2, 0.2, 0.01, 0.04]
    assert [(r.task.id, r.roles) for r in found.invited[1].reasons] == [("1", (Role.SUPPORT,)), ("3", (Role.LEAD,))]
    assert found.invited[0].reasons[0].quotes[0].words == "（A；BC）"


def test_who_goes_with_a_lead_and_who_is_usual_in_the_theme() -> None:
    found = room(HAND, HAND.facts[:3], NOBODY)
    assert [(one.body, one.lead, [t.id for t in one.tasks]) for one in found.usual] == [("E", "A", ["5"])]
    assert [(one.body, one.theme, len(one.tasks), one.of) for one in found.regulars] == [("E", "一", 2, 2)]
    assert room(HAND, HAND.facts, NOBODY).regulars == ()  # the theme has no other task


def test_a_responsible_body_is_a_lead_where_nobody_leads() -> None:
    scope_ = d.scope_of(d.task("1", responsible="B", supports="A"))
    assert [(one.body, one.leads) for one in room(scope_, scope_.facts, NOBODY).invited] == [("B", 1), ("A", 0)]


def test_an_empty_room() -> None:
    found = room(HAND, (), NOBODY)
    assert (found.invited, found.places, found.unnamed, found.usual, found.regulars) == ((),) * 5
    assert (found.cover.bodies, found.cover.exact) == ((), True)


# --- places and collectives ------------------------------------------------------------------------------------------

CASES: tuple[tuple[str, list[NamedPlace], list[Party], list[tuple[str, bool, tuple[Standing, ...]]]], ...] = (
    ("its government is a party", [place("210200", "大连市")], [party("210200/szf", "大连市人民政府")], []),
    ("a province", [place("210000", "辽宁省"), place("110000", "北京市")], [party("210000/nw", "省农委")], []),
    (
        "nobody",
        [place("210200", "大连市")],
        [party("210000/nw", "省农委")],
        [("大连市人民政府", False, ())],
    ),
    (
        "outside the province",
        [place("220100", "长春市")],
        [party("210000/nw", "省农委")],
        [("长春市人民政府", True, ())],
    ),
    (
        "some members",
        [place("210200", "大连市")],
        [party("some", "有关市人民政府", collective=True)],
        [("大连市人民政府", True, (Standing("some", "大连市人民政府", "有关市人民政府"),))],
    ),
    (
        "a county and its city",
        [place("211221", "铁岭县")],
        [party("211200/szf", "铁岭市人民政府"), party("all", "各市人民政府", collective=True)],
        [
            (
                "铁岭县人民政府",
                False,
                (Standing("all", "铁岭市人民政府", "各市人民政府"), Standing("party", "铁岭市人民政府")),
            )
        ],
    ),
    (
        "named twice, and in the order of the text",
        [place("210200", "大连市", 5), place("210100", "沈阳市", 2), place("210200", "大连市", 9)],
        [party("210000/nw", "省农委")],
        [("沈阳市人民政府", False, ()), ("大连市人民政府", False, ())],
    ),
)


@pytest.mark.parametrize(("_why", "places", "parties", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_places_whose_government_is_no_party(
    _why: str, places: list[NamedPlace], parties: list[Party], wanted: list[tuple[str, bool, tuple[Standing, ...]]]
) -> None:
    one = d.task("1", places=places, parties=parties)
    found = room(d.scope_of(one), [one], SOME).places
    assert [(gap.government, gap.outside, gap.standing) for gap in found] == wanted


def test_candidates_for_a_collective_are_members_at_the_places_named() -> None:
    one = d.task(
        "1",
        places=[place("211221", "铁岭县"), place("210200", "大连市"), place("210100", "沈阳市")],
        parties=[
            party("some", "有关市人民政府", collective=True),
            party("210100/szf", "沈阳市人民政府"),
            party("p/char-7", "某局", Role.SUPPORT, collective=True),
        ],
    )
    some, unknown = room(d.scope_of(one), [one], SOME).unnamed
    assert (some.rule, some.members) == ("some", 3)
    assert some.candidates == {"210200/szf": "大连市人民政府", "211200/szf": "铁岭市人民政府"}  # 沈阳 is named
    assert (unknown.rule, unknown.members, unknown.candidates) == ("name", 0, {})


# --- the smallest cover ----------------------------------------------------------------------------------------------


GREEDY_FAILS = {"1": "AG", "2": "AG", "3": "A", "4": "BG", "5": "BG", "6": "B", "7": ""}


def test_the_smallest_cover_is_smaller_than_the_greedy_one() -> None:
    found = cover(GREEDY_FAILS, "GAB")
    assert found.bodies == ("A", "B")  # greedy takes G first, and then needs both
    assert found.tasks == (("1", "2", "3"), ("4", "5", "6"))
    assert (found.untouched, found.exact) == (("7",), True)


def test_a_search_cut_short_says_so() -> None:
    found = cover(GREEDY_FAILS, "GAB", steps=1)
    assert (found.bodies, found.exact) == (("G", "A", "B"), False)


@d.EXACT
@given(st.dictionaries(st.text("123456", min_size=1, max_size=2), st.text("ABCDEF", max_size=3), max_size=8))
def test_no_smaller_set_touches_every_task(parties: dict[str, str]) -> None:
    found = cover(parties, "ABCDEF")
    assert found.exact
    wanted = {task for task, bodies in parties.items() if bodies}
    assert all(set(parties[task]) & set(found.bodies) for task in wanted)
    assert set(found.untouched) == set(parties) - wanted
    smaller = combinations("ABCDEF", max(0, len(found.bodies) - 1))
    assert not wanted or not any(all(set(parties[task]) & set(one) for task in wanted) for one in smaller)


@d.EXACT
@given(d.scopes(), st.integers(0, 8))
def test_whoever_is_invited_is_named_and_whoever_is_missing_is_not(drawn: Scope, count: int) -> None:
    tasks = drawn.facts[:count]
    found = room(drawn, tasks, NOBODY)
    named = set().union(*(task.bodies() for task in tasks))
    assert {one.body for one in found.invited} == named
    keys = [(-one.leads, -len(one.reasons)) for one in found.invited]
    assert keys == sorted(keys)
    assert all(one.body not in named and one.tie.q < SIGNIFICANT and one.tasks for one in found.usual)
    assert all(one.body not in named and 2 * len(one.tasks) > one.of for one in found.regulars)
    assert set(found.cover.bodies) <= named


# --- selection -------------------------------------------------------------------------------------------------------


def ids(found: tuple[TaskFacts, ...]) -> list[str]:
    return [task.id for task in found]


def test_what_is_asked_combines() -> None:
    assert ids(select(HAND, theme="一")) == ["1", "2", "3", "4", "5"]
    assert ids(select(HAND, theme="一", ids=["2", "6"])) == ["2"]
    assert ids(select(HAND, words="推进 B")) == ["1", "3"]  # in the text, in the clause
    assert ids(select(HAND, words="推进 火星")) == []
    assert ids(select(HAND, ids=["p/3", HAND.facts[0].iri])) == ["1", "3"]
    assert ids(select(HAND, within={HAND.facts[5].iri})) == ["6"]


def test_a_part_of_a_heading_is_enough_if_one_holds_it() -> None:
    two = d.scope_of(d.task("1", "A", theme="着力创新"), d.task("2", "A", theme="着力开放"))
    assert ids(select(two, theme="开放")) == ["2"]
    with pytest.raises(NotFoundError, match="着力创新, 着力开放"):
        select(two, theme="着力")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"theme": "三"}, "no theme of the chosen plans is called '三'"),
        ({"ids": ["1", "9"]}, "no task of the chosen plans is called '9'"),
    ],
)
def test_what_is_not_there(asked: dict[str, str | list[str]], says: str) -> None:
    with pytest.raises(NotFoundError, match=says):
        select(HAND, **asked)  # type: ignore[arg-type]


def test_a_plan_without_themes_says_so() -> None:
    with pytest.raises(NotFoundError, match="states a theme"):
        select(d.scope_of(d.task("1", "A")), theme="一")


# --- the Liaoning plan -----------------------------------------------------------------------------------------------


def test_the_room_for_dalian(built: Path) -> None:
    store = open_store(built)
    whole = scope(store, {})
    within = tasks_in_place(store, "大连")
    found = room(whole, select(whole, within=within), collected(store))
    assert len(found.tasks) == len(within) == 19
    assert [one.body for one in found.invited[:3]] == ["210200/szf", "210100/szf", "210000/swt"]
    assert ("210000/jyt", "210000/kjt") in {(one.body, one.lead) for one in found.usual}
    task = next(one for one in found.unnamed if one.task.id == "2016-031")
    assert list(task.candidates.values()) == [
        *("沈阳市人民政府", "大连市人民政府", "鞍山市人民政府", "丹东市人民政府", "营口市人民政府")
    ]
    assert len(found.cover.bodies) == 4
    assert found.cover.exact


def test_the_smallest_cover_of_the_whole_plan_is_proven(built: Path) -> None:
    whole = scope(open_store(built), {})
    found = room(whole, whole.facts, NOBODY).cover
    assert (len(found.bodies), found.exact, found.untouched) == (18, True, ())


@pytest.mark.parametrize(("name", "says"), [("大联", "did you mean 大连市"), ("火星", "check how it is written")])
def test_a_place_that_is_not_there(built: Path, name: str, says: str) -> None:
    with pytest.raises(NotFoundError, match=says):
        tasks_in_place(open_store(built), name)


def test_a_place_no_task_names_is_an_answer(built: Path) -> None:
    assert tasks_in_place(open_store(built), "辽阳") == frozenset()
