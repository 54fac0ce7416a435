"""What a report is about: the choice of tasks and of a body, names, ties; its numbers are those of the queries."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plan_graph.analysis.defaults import DRAWS
from plan_graph.analysis.rows import local_id, plans
from plan_graph.corpus import Options, build_corpus
from plan_graph.errors import InputError, NotFoundError
from plan_graph.graph.queries import bind, find, run
from plan_graph.graph.store import open_store
from plan_graph.reports.whole.blocks import densities, numbered, shared_matrix
from plan_graph.reports.whole.bodies import body_rows
from plan_graph.reports.whole.content import Content, gather
from plan_graph.reports.whole.flows import AWAY, LEADS, SUPPORTS, Change, changes, states
from plan_graph.reports.whole.gaps import KINDS, gaps
from plan_graph.reports.whole.kinds import GROUPS, group_of
from plan_graph.resources import resource


def ask(built: Path, query: str, **values: str) -> list[tuple[object, ...]]:
    return list(run(open_store(built), bind(find(query), values)).rows)


# --- what is taken from the graph ------------------------------------------------------------------------------------


def test_the_whole_plan(content: Content) -> None:
    assert len(content.facts) == len(content.population) == 193
    assert (content.draws, content.seed, len(content.ties)) == (1000, 0, 417)
    (source,) = content.sources
    assert source.issued == date(2016, 10, 30)
    assert source.sha256 == "39975f53a8da31371cbc1d97b54accd52d0f63a38d1c938b31fe2a5aaec0d677"
    assert content.years == [2016, 2017, 2018]
    assert content.name("210000/nw") == "省农委"
    assert content.wording().zh.endswith("任务 193 项、机构 65 个")
    assert content.wording().en.endswith("193 tasks, 65 bodies")


def test_a_year_takes_the_published_ties_of_that_year(built: Path) -> None:
    found = gather(open_store(built), {"year": "2018"})
    assert len(found.facts) == 30
    assert {tie.year for tie in found.ties} == {2018}
    assert len(found.ties) == len(ask(built, "pairs-by-shared-tasks", year="2018"))
    assert "年度 2018" in found.wording().zh


def test_ties_are_computed_for_a_choice_and_where_the_graph_has_none(built: Path, several: Path) -> None:
    anew, published = (
        {
            (tie.left, tie.right, tie.year): (tie.shared, tie.expected, tie.q)
            for tie in gather(open_store(built), values).ties
        }
        for values in ({"level": "province", "year": "2018"}, {"year": "2018"})
    )
    assert anew == published
    found = gather(open_store(several))
    assert found.draws == DRAWS
    assert len(found.ties) == 3


def test_bodies_that_several_plans_write_alike_bear_their_full_names(several: Path) -> None:
    found = gather(open_store(several))
    treasuries = sorted(name for name in found.names.values() if "财政局" in name)
    assert treasuries == ["大连市财政局", "沈阳市财政局"]
    assert "市教育局" in found.names.values()
    assert {found.task_id(one) for one in found.facts} >= {"city/001", "other/001"}


def test_a_plan_that_two_bodies_issue_is_one(tmp_path: Path) -> None:
    text = (
        "行动方案\n\n1．修路。（牵头单位：省交通厅；配合单位：省财政厅）\n\n辽宁省财政厅\n辽宁省教育厅\n2017年1月10日\n"
    )
    (tmp_path / "two.txt").write_text(text, encoding="utf-8")
    made = build_corpus([tmp_path / "two.txt"], tmp_path / "out", Options(draws=0, keywords=False))
    store = open_store(made.out)
    assert len(run(store, bind(find("sources"), {})).rows) == 2
    found = gather(store)
    assert [one.issuer for one in found.sources] == ["辽宁省教育厅、辽宁省财政厅"]
    assert [found.task_id(one) for one in found.facts] == ["001"]
    assert plans(store) == ["two"]


@pytest.mark.parametrize("name", ["省农委", "辽宁省农村经济委员会", "210000/nw", " 省农委 "])
def test_a_body_by_any_of_its_names(built: Path, name: str) -> None:
    found = gather(open_store(built), body=name)
    assert found.body == "210000/nw"
    assert len(found.facts) == len(ask(built, "body-dossier", body="省农委")) == 24
    assert len(found.population) == 193
    assert {tie.left for tie in found.shown_ties()} | {tie.right for tie in found.shown_ties()} > {"210000/nw"}
    assert len(found.shown_ties()) == len(ask(built, "body-partners", body="省农委"))


@pytest.mark.parametrize(
    ("values", "body", "error", "said"),
    [
        ({"plan": "none"}, None, InputError, "--plan none"),
        ({"year": "1999"}, None, InputError, "ln-2016-revitalisation"),
        ({}, "省农委厅", NotFoundError, "did you mean 省农委"),
        ({}, "", NotFoundError, "no body of the graph is called"),
        ({}, "各市人民政府", NotFoundError, "no single body"),  # a collective is no body
        ({"year": "2018"}, "省外办", NotFoundError, "chosen tasks"),
    ],
)
def test_what_is_not_there(
    built: Path, values: dict[str, str], body: str | None, error: type[InputError], said: str
) -> None:
    if values.get("year") == "2018":
        assert gather(open_store(built), body=body).facts
    with pytest.raises(error, match=said) as caught:
        gather(open_store(built), values, body)
    assert caught.value.zh


def test_a_name_of_several_bodies_is_refused(several: Path) -> None:
    with pytest.raises(InputError, match=r"several bodies: .*210100/czj.*210200/czj"):
        gather(open_store(several), body="市财政局")
    assert gather(open_store(several), {"plan": "city"}, "市财政局").body == "210100/czj"


# --- bodies ----------------------------------------------------------------------------------------------------------


def test_loads_are_those_of_the_queries(built: Path, content: Content) -> None:
    rows = body_rows(content)
    asked = {local_id(r[0]): r[2:] for r in ask(built, "lead-shares")}
    assert {r.body: (r.tasks, r.led, r.supported, round(r.lead_share, 3)) for r in rows} == asked
    assert rows[0].short == "省发展改革委"
    assert [row.tasks for row in rows] == sorted((row.tasks for row in rows), reverse=True)
    partners = {r.body: r.partners for r in rows}
    assert partners["210000/nw"] == len(ask(built, "body-partners", body="省农委"))


def test_rows_of_one_body_count_its_tasks_but_measure_the_whole_network(content: Content, nongwei: Content) -> None:
    whole = {row.body: row for row in body_rows(content)}
    mine = {row.body: row for row in body_rows(nongwei)}
    assert mine["210000/nw"] == whole["210000/nw"]
    assert mine.keys() < whole.keys()
    assert all(row.tasks <= whole[row.body].tasks for row in mine.values())
    assert all(row.strength == whole[row.body].strength for row in mine.values())


def test_who_is_responsible_answers_where_nobody_leads(several: Path) -> None:
    rows = {row.body: row for row in body_rows(gather(open_store(several), {"plan": "city"}))}
    assert (rows["210100/czj"].led, rows["210100/czj"].responsible, rows["210100/czj"].answers) == (0, 2, 2)


def test_a_cut_body_holds_others_to_the_rest(content: Content, task: Any) -> None:
    facts = (task("1", "AB"), task("2", "B", "C"), task("3", "C", "D"), task("4", "CE", "D"), task("5", "F"))
    rows = {row.body: row.cuts for row in body_rows(replace(content, population=facts, facts=facts))}
    assert rows == {"A": 0, "B": 1, "C": 2, "D": 0, "E": 0, "F": 0}


def test_every_kind_of_the_ontology_has_a_group() -> None:
    import pyoxigraph as ox

    label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    kinds = {
        triple.object.value
        for triple in ox.parse(path=str(resource("ontology", "schemes.ttl")), format=ox.RdfFormat.TURTLE)
        if re.fullmatch(r"<https://w3id.org/plan-graph/kind/.+>", str(triple.subject))
        and triple.predicate.value == label
        and isinstance(triple.object, ox.Literal)
        and triple.object.language == "zh"
    }
    assert len(kinds) == 21
    assert kinds == {kind for group in GROUPS for kind in group.kinds}
    assert group_of("从未听说") is GROUPS[-1]
    assert len({group.marker for group in GROUPS}) == len({group.colour for group in GROUPS}) == len(GROUPS)


# --- gaps ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("no-named-body", "tasks-without-named-body"),
        ("no-support", "tasks-without-support"),
        ("collective-support", "tasks-with-collective-support-only"),
        ("unresolved", "unresolved-names"),
        ("only-supports", "bodies-that-only-support"),
    ],
)
def test_gaps_are_those_of_the_queries(built: Path, several: Path, kind: str, query: str) -> None:
    counted = 0
    for graph in (built, several):
        content = gather(open_store(graph))
        found = [gap for gap in gaps(content, body_rows(content)) if gap.kind == kind]
        asked = [str(row[5 if query == "unresolved-names" else 0]) for row in ask(graph, query)]
        given = sorted(local_id(one) if kind == "only-supports" else one for one in asked)
        assert sorted(gap.task.iri if gap.task else gap.body for gap in found) == given
        counted += len(found)
    assert counted


def test_gaps_of_one_body_are_of_its_tasks(built: Path) -> None:
    kinds: dict[str, set[str]] = {}
    for name in ("省农委", "省发展改革委"):
        content = gather(open_store(built), body=name)
        found = gaps(content, body_rows(content))
        assert [gap.kind for gap in found] == sorted((gap.kind for gap in found), key=list(KINDS).index)
        assert all(content.body in (gap.task.bodies() if gap.task else {gap.body}) for gap in found)
        kinds[name] = {gap.kind for gap in found}
    assert kinds == {
        "省农委": {"unresolved"},
        "省发展改革委": {"no-support", "collective-support", "unresolved", "cut-body"},
    }


# --- years, blocks ---------------------------------------------------------------------------------------------------


def test_who_enters_stays_and_leaves(task: Any) -> None:
    tasks = [
        task("1", "A", "BX", 2016),
        task("2", "B", "C", 2017),
        task("3", "A", year=2018),
        task("4", "D", year=None),
    ]
    found = states(tasks, [2016, 2017, 2018])
    assert found == {"A": (LEADS, AWAY, LEADS), "B": (SUPPORTS, LEADS, AWAY), "C": (AWAY, SUPPORTS, AWAY)}
    assert changes(found, [2016, 2017, 2018]) == [
        Change(2016, 2017, ("B",), ("C",), ("A",)),
        Change(2017, 2018, (), ("A",), ("B", "C")),
    ]
    assert changes({}, [2016]) == []


def test_years_of_the_plan_agree_with_the_query(built: Path, content: Content) -> None:
    found = states(content.facts, content.years)
    once = {body for body, kinds in found.items() if sum(kind != AWAY for kind in kinds) == 1}
    assert once == {local_id(row[0]) for row in ask(built, "bodies-in-one-year-only")}


def test_densities_by_hand(content: Content) -> None:
    ties = [replace(content.ties[0], left=a, right=b, shared=n) for a, b, n in (("A", "B", 3), ("B", "C", 1))]
    shared = shared_matrix(["A", "B", "C", "D"], [*ties, replace(ties[0], left="A", right="Z")])
    assert shared.tolist() == [[0, 3, 0, 0], [3, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
    tied, mean = densities(shared, [0, 0, 1, 2])
    assert tied[:2, :2].tolist()[0] == [1.0, 0.5]
    assert mean[0, 0] == 3.0
    assert mean[0, 1] == 0.5
    assert tied[1, 1] != tied[1, 1]  # a block of one has no pair
    assert tied[0, 2] == 0.0
    assert numbered({"A": "x", "B": "y"}, ["z", "y", "x"]) == {"A": 1, "B": 0}


def test_density_over_one_block_is_that_of_the_network(content: Content) -> None:
    bodies = sorted({body for tie in content.ties for body in (tie.left, tie.right)})
    tied, _ = densities(shared_matrix(bodies, content.ties), [0] * len(bodies))
    assert tied[0, 0] == pytest.approx(2 * 417 / (len(bodies) * (len(bodies) - 1)))
