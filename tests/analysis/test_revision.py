"""What changed between two readings of a plan: each kind of change, which task is which, and what always holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_graph.analysis.facts import NamedPlace, TaskDeadline, TaskFacts, TaskTarget
from plan_graph.analysis.revision import FIELDS, Change, Load, align, changes, revision
from plan_graph.errors import InputError
from plan_graph.iri import Base
from plan_graph.model.plan import Role
from plan_graph.reports.revision import revision_events, revision_report

from . import drawn as d

BASE = Base("https://example.org/")
RAIL = "加快建设城市轨道交通二号线，年内开工。"
WATER = "实施农村饮水安全巩固提升工程。"
POWER = "推进输配电价改革试点，降低企业用电成本。"
LIBRARY = "免费开放公共图书馆和文化馆。"


def said(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(one.field, one.old, one.new) for one in found]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (d.task("1", "A", "BC", text=RAIL), []),
        (d.task("2", "A", "BC", text=RAIL), [("number", "1", "2")]),
        (d.task("1", "A", "BC", text=RAIL, year=2018), [("year", "", "2018")]),
        (d.task("1", "A", "BC", text=RAIL, theme="改革"), [("theme", "", "改革")]),
        (d.task("1", "A", "B", text=RAIL), [("party", "丙局", "")]),
        (d.task("1", "A", "BCX", text=RAIL), [("party", "", "有关部门")]),
        (d.task("1", "B", "AC", text=RAIL), [("role", "甲局", "甲局"), ("role", "乙局", "乙局")]),
        (d.task("1", "D", "BC", text=RAIL), [("party", "甲局", ""), ("party", "", "丁局")]),
    ],
)
def test_each_change(new: TaskFacts, expected: list[tuple[str, str, str]]) -> None:
    assert said(changes(d.task("1", "A", "BC", text=RAIL), new)) == expected


def test_roles_before_and_after_are_told() -> None:
    first, second = changes(d.task("1", "A", "B"), d.task("1", "B", "A"))
    assert (first.body, first.old_role, first.new_role) == ("A", Role.LEAD, Role.SUPPORT)
    assert (second.body, second.old_role, second.new_role) == ("B", Role.SUPPORT, Role.LEAD)


def test_the_words_taken_out_and_put_in_are_marked() -> None:
    old, new = "制定国有股权划转方案。", "研究制定国有股权划转办法。"
    (one,) = changes(d.task("1", "A", text=old), d.task("1", "A", text=new))
    assert one.field == "text"
    assert [old[a:b] for a, b in one.cut] == ["方案"]
    assert [new[a:b] for a, b in one.put] == ["研究", "办法"]


def test_spaces_are_no_change() -> None:
    assert changes(d.task("1", "A", text="推进 改革。"), d.task("1", "A", text="推进改革。")) == ()


def test_what_a_task_states_is_compared() -> None:
    old = replace(
        d.task("1", "A", places=[NamedPlace("210100", "沈阳市", "沈阳", 0, 2)]),
        targets=(TaskTarget("高标准农田", "100万亩", 100.0, "万亩", 0, 5),),
        deadlines=(TaskDeadline("6月底前", "2016-06-30", 0, 5),),
    )
    new = replace(
        d.task("1", "A", places=[NamedPlace("210200", "大连市", "大连", 0, 2)]),
        targets=(TaskTarget("高标准农田", "180万亩", 180.0, "万亩", 0, 5),),
        deadlines=(TaskDeadline("年底前", "2016-12-31", 0, 4),),
    )
    assert said(changes(old, new)) == [
        *(("place", "沈阳", ""), ("place", "", "大连")),
        *(("target", "高标准农田 100万亩", ""), ("target", "", "高标准农田 180万亩")),
        *(("deadline", "6月底前", ""), ("deadline", "", "年底前")),
    ]


def test_an_unknown_name_is_the_same_wherever_it_stands() -> None:
    def unknown(begin: int) -> TaskFacts:
        one = d.task("1", "X").parties[0]
        return replace(d.task("1"), parties=(replace(one, body=f"p/char-{begin}", written="某联盟"),))

    assert changes(unknown(10), unknown(99)) == ()


def test_a_task_put_in_between_moves_the_others_and_changes_none() -> None:
    old = [d.task("1", "A", text=RAIL), d.task("2", "B", text=WATER), d.task("3", "C", text=POWER)]
    new = [
        *(d.task("1", "A", text=RAIL), d.task("2", "D", text=LIBRARY)),
        *(d.task("3", "B", text=WATER), d.task("4", "C", text=POWER)),
    ]
    found = revision(old, new)
    assert [(pair.kind, pair.old and pair.old.id, pair.new and pair.new.id) for pair in found.pairs] == [
        *(("same", "1", "1"), ("added", None, "2"), ("moved", "2", "3"), ("moved", "3", "4")),
    ]
    assert found.loads == (Load("D", "丁局", 0, 1, 0, 1),)
    assert found.differs


def test_numbers_that_are_exchanged_do_not_make_tasks_change() -> None:
    old = [d.task("1", "A", text=RAIL), d.task("2", "B", text=WATER)]
    new = [d.task("1", "B", text=WATER), d.task("2", "A", text=RAIL)]
    assert [pair.kind for pair in revision(old, new).pairs] == ["moved", "moved"]


def test_the_same_number_needs_less_likeness_and_another_subject_is_another_task() -> None:
    reworded = "加快建设城市轨道交通二号线，二号线一期全线通车试运营。"
    assert [p.kind for p in revision([d.task("1", "A", text=RAIL)], [d.task("1", "A", text=reworded)]).pairs] == [
        "changed"
    ]
    assert [p.kind for p in revision([d.task("1", "A", text=RAIL)], [d.task("1", "A", text=LIBRARY)]).pairs] == [
        *("added", "removed")
    ]


def test_of_tasks_with_one_wording_the_first_is_the_first() -> None:
    twice = [d.task("1", "A", text=RAIL), d.task("2", "B", text=RAIL)]
    assert [(a and a.id, b and b.id) for a, b, _ in align(twice, twice)] == [("1", "1"), ("2", "2")]


def test_documents_of_one_side_and_documents_compared_under_two_ids() -> None:
    old = [d.task("1", "A", text=RAIL)]
    new = [replace(one, plan="q", iri=one.iri.replace("/p/", "/q/")) for one in old]
    apart = revision(old, new)
    assert (apart.compared, apart.only_old, apart.only_new) == ((), ("p",), ("q",))
    assert sorted(pair.kind for pair in apart.pairs) == ["added", "removed"]
    together = revision(old, new, {"p": "q"})
    assert together.compared == (("p", "q"),)
    assert [pair.kind for pair in together.pairs] == ["moved"]


@pytest.mark.parametrize("renamed", [{"x": "p"}, {"p": "x"}, {"p": "q", "q": "q"}])
def test_a_plan_that_is_not_there_or_is_named_twice_is_refused(renamed: dict[str, str]) -> None:
    tasks = [d.task("1", "A"), replace(d.task("1", "A"), plan="q")]
    with pytest.raises(InputError, match=r"no plan|twice"):
        revision(tasks, tasks, renamed)


# --- what always holds ---------------------------------------------------------------------------------------------

texts = st.lists(st.sampled_from([RAIL, WATER, POWER, LIBRARY, RAIL + WATER, WATER + POWER]), max_size=6)


@st.composite
def plans(draw: st.DrawFn) -> list[TaskFacts]:
    return [
        d.task(str(at), draw(st.sampled_from("ABC")), draw(st.sampled_from(["", "D", "DE"])), text=text)
        for at, text in enumerate(draw(texts), start=1)
    ]


@d.EXACT
@given(plans(), plans())
def test_every_task_stands_in_one_pair(old: list[TaskFacts], new: list[TaskFacts]) -> None:
    pairs = align(old, new)
    assert sorted(a.id for a, _, _ in pairs if a) == sorted(one.id for one in old)
    assert [b.id for _, b, _ in pairs if b] == [one.id for one in new]


@d.EXACT
@given(plans())
def test_a_plan_is_the_same_as_itself(tasks: list[TaskFacts]) -> None:
    found = revision(tasks, tasks)
    assert not found.differs and found.loads == () and {pair.kind for pair in found.pairs} <= {"same"}


@d.EXACT
@given(plans(), plans())
def test_changes_the_other_way_round_are_the_mirror(old: list[TaskFacts], new: list[TaskFacts]) -> None:
    there, back = revision(old, new), revision(new, old)
    kinds = Counter(pair.kind for pair in there.pairs)
    mirrored = Counter(pair.kind for pair in back.pairs)
    assert (kinds["added"], kinds["removed"]) == (mirrored["removed"], mirrored["added"])
    assert {change.field for pair in there.pairs for change in pair.changes} <= set(FIELDS)


def test_the_report_and_the_events_say_the_same() -> None:
    old = [d.task("1", "A", text=RAIL), d.task("2", "B", text=WATER)]
    new = [d.task("1", "A", "C", text=RAIL), d.task("5", "D", text=LIBRARY), d.task("6", "B", text=WATER)]
    known = {"A": "210000/a", "B": "210000/b", "C": "210000/c", "D": "210000/d"}
    old, new = (
        [replace(t, parties=tuple(replace(p, body=known[p.body]) for p in t.parties)) for t in side]
        for side in (old, new)
    )
    found = revision(old, new)
    report = revision_report(found)
    assert {one.key: one.value for one in report.figures} == {
        **{"compared": 1, "onlyOld": 0, "onlyNew": 0, "bodies": 2},
        **{"added": 1, "removed": 0, "changed": 1, "moved": 1, "same": 0},
    }
    assert [(e.kind, e.object.rpartition("/")[2], e.role) for e in revision_events(found, BASE)] == [
        *(("Add", "c", "support"), ("Create", "5", ""), ("Move", "6", "")),
        *(("Add", "c", ""), ("Add", "d", "")),
    ]
