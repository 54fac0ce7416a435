"""The dossier of a body: by hand, against the shipped queries, and what holds for any tasks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from plan_graph.analysis.dossier import Share, body_changes, dossier
from plan_graph.analysis.facts import NamedDocument, NamedPlace, Party, TaskDeadline, TaskTarget
from plan_graph.analysis.rows import local_id
from plan_graph.analysis.scope import Scope, scope
from plan_graph.corpus import Options, build_corpus
from plan_graph.graph.queries import bind, find, run
from plan_graph.graph.store import open_store
from plan_graph.model.plan import Role

from . import drawn as d

UNKNOWN = Party(Role.SUPPORT, "p/char-7", "某局", "某局", True, 7, 9)
DALIAN = NamedPlace("210200", "大连市", "大连", 1, 3)


def test_what_a_body_answers_for_and_depends_on() -> None:
    first = replace(
        d.task("1", "AX", "Y", year=2016, theme="一", places=[DALIAN, DALIAN]),
        targets=(TaskTarget("农田", "80亩", 80.0, "亩", 3, 6),),
        documents=(NamedDocument("d1", "办法", "", "produces"),),
    )
    second = replace(
        d.task("2", "B", "A", year=2016, theme="一"),
        deadlines=(TaskDeadline("年底前", "2016-12-31", 1, 4),),
        documents=(NamedDocument("d2", "意见", "1号", "implements"),),
    )
    third = d.task("3", "A", theme="二")
    fourth = d.task("4", responsible="A", supports="B", parties=[UNKNOWN])
    found = dossier(d.scope_of(first, second, third, fourth, d.task("5", "B", year=2017)), "A")
    assert [(one.task.id, one.roles, one.answers) for one in found.tasks] == [
        ("1", (Role.LEAD,), True),
        ("2", (Role.SUPPORT,), False),
        ("3", (Role.LEAD,), True),
        ("4", (Role.RESPONSIBLE,), True),
    ]
    assert [found.count(role) for role in Role] == [2, 1, 1, 0]
    assert found.years == (Share("2016", 1, 1, 0, 2, 2), Share("", 1, 0, 1, 2, 2))
    assert found.themes == (Share("一", 1, 1, 0, 2, 2), Share("二", 1, 0, 0, 1, 1), Share("", 0, 0, 1, 1, 2))
    assert found.places == (Share("大连市", 1, 0, 0, 1, 1),)
    assert [(one.answers, one.target.quote) for one in found.targets] == [(True, "80亩")]
    assert [(one.answers, one.deadline.by) for one in found.deadlines] == [(False, "2016-12-31")]
    assert [(one.answers, one.document.title) for one in found.produces] == [(True, "办法")]
    assert [(one.answers, one.document.title) for one in found.rests_on] == [(False, "意见")]
    assert [task.id for task in found.unsupported] == ["3"]
    assert [(one.task.id, [p.body for p in one.parties]) for one in found.collective_support] == [("1", ["Y"])]
    assert [(one.task.id, [p.body for p in one.parties]) for one in found.collective_lead] == [("1", ["X"])]
    assert [task.id for task in found.unmeasured] == ["3", "4"]
    assert [(one.task.id, [p.body for p in one.parties]) for one in found.unresolved] == [("4", ["p/char-7"])]
    assert found.absent == (2017,)
    assert found.collectives == (("X", 1), ("Y", 1), ("p/char-7", 1))


def test_a_body_without_tasks_has_an_empty_dossier() -> None:
    found = dossier(d.scope_of(d.task("1", "A", year=2016)), "B")
    assert (found.tasks, found.partners, found.years, found.unsupported) == ((), (), (), ())
    assert found.absent == (2016,)


def test_years_without_a_task_are_of_the_plans_that_name_the_body() -> None:
    own = [d.task("1", "A", year=2016), d.task("2", "B", year=2017)]
    of_another_place = replace(d.task("3", "C", year=2024), plan="another")
    found = d.scope_of(*own, of_another_place)
    assert [dossier(found, body).absent for body in "ABCD"] == [(2017,), (2016,), (), (2016, 2017, 2024)]


@d.EXACT
@given(d.scopes(), d.bodies())
def test_groups_hold_every_task_once_and_gaps_are_led(drawn: Scope, body: str) -> None:
    found = dossier(drawn, body)
    for shares in (found.years, found.themes):
        assert sum(share.tasks for share in shares) == len(found.tasks)
        assert all(share.tasks <= share.of for share in shares)
    led = {one.task.iri for one in found.tasks if one.answers}
    gaps = [*found.unsupported, *(one.task for one in found.collective_support + found.collective_lead)]
    assert {task.iri for task in gaps} <= led
    assert not {t.iri for t in found.unsupported} & {one.task.iri for one in found.collective_support}
    assert {one.body for one in found.partners}.isdisjoint({*"XY", body})


# --- against the shipped queries -------------------------------------------------------------------------------------

NAMES = ("省农委", "省财政厅", "沈阳市人民政府", "有关市人民政府")
ZH = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.RESPONSIBLE: "负责", Role.GUIDE: "指导"}


@pytest.mark.parametrize("name", NAMES)
def test_counts_are_those_of_the_query(built: Path, name: str) -> None:
    store = open_store(built)
    rows = run(store, bind(find("body-dossier"), {"body": name})).rows
    ids = {
        local_id(row[0])
        for row in run(store, bind(find("body-names"), {})).rows
        if row[2] == name and "/name/" not in str(row[0])
    }
    (body,) = ids
    found = dossier(scope(store, {}), body)
    assert {(one.task.iri, ZH[role]) for one in found.tasks for role in one.roles} == {(row[0], row[4]) for row in rows}
    for role, zh in ZH.items():
        assert found.count(role) == len({row[0] for row in rows if row[4] == zh})
    by_year = {share.key: share.tasks for share in found.years}
    assert by_year == {str(year): len({r[0] for r in rows if r[2] == year}) for year in {r[2] for r in rows}}
    targets = {str(row[0]): row[8] for row in rows}
    assert {one.task.iri for one in found.targets} == {iri for iri, said in targets.items() if said}


def test_gaps_are_those_of_the_queries(built: Path) -> None:
    store = open_store(built)
    whole = scope(store, {})
    for query, kind in (
        ("tasks-without-support", "unsupported"),
        ("tasks-with-collective-support-only", "collective_support"),
    ):
        wanted = {str(row[0]) for row in run(store, bind(find(query), {})).rows}
        found = {
            (one if kind == "unsupported" else one.task).iri
            for body in whole.bodies
            for one in getattr(dossier(whole, body), kind)
        }
        assert wanted == found, query


def test_what_became_of_a_body(built: Path) -> None:
    store = open_store(built)
    later, earlier = body_changes(store, "210000/nw")
    assert (later[0].kind, later[0].after) == ("merged", ("辽宁省农业农村厅",))
    assert earlier == ()
    later, earlier = body_changes(store, "210000/nynct")
    assert [one.before for one in earlier] == [("辽宁省农村经济委员会",)]
    assert not {one.what for one in later} & {one.what for one in earlier}
    assert body_changes(store, "210200/szf") == ((), ())


TWO_ROLES = """辽宁省人民政府
2016年3月1日

推进粮食安全若干措施

1．建设高标准农田30万亩（牵头单位：省农委，有关市人民政府；配合单位：省财政厅）。\
支持法库县开展试点，2017年底前完成（牵头单位：省财政厅；配合单位：省农委）。
2．加强政策宣传。（责任单位：省农委）
"""


def test_two_clauses_two_roles_no_year_no_theme(tmp_path: Path) -> None:
    (tmp_path / "grain.txt").write_text(TWO_ROLES, encoding="utf-8")
    out = build_corpus([tmp_path / "grain.txt"], tmp_path / "b", Options(draws=0, keywords=False, validate=False)).out
    whole = scope(open_store(out), {})
    assert (whole.years, whole.periods, dict(whole.ties)) == ((), (None,), {})
    found = dossier(whole, "210000/nw")
    assert [one.roles for one in found.tasks] == [(Role.LEAD, Role.SUPPORT), (Role.RESPONSIBLE,)]
    assert [len(one.quotes) for one in found.tasks] == [2, 1]
    assert found.years == (Share("", 1, 1, 1, 2, 2),)
    assert found.absent == ()
