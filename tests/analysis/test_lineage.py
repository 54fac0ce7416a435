"""Lineage finds what two readers found, and what it finds does not depend on order or on other plans."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.analysis.evidence import MEANS, Link
from plan_graph.analysis.facts import Party, TaskFacts, facts_of_rows, task_facts
from plan_graph.analysis.lineage import WEIGHTS, history, links, score
from plan_graph.analysis.stages import STAGES, clause_around, finished, least_stage, sentence_around, stage
from plan_graph.authority.register import Register
from plan_graph.authority.words import Words
from plan_graph.graph.store import open_store
from plan_graph.iri import Base
from plan_graph.model.plan import Role

GOLD = Path(__file__).parents[2] / "data" / "gold"
KINDS = {"continues", "advances", "completes", "splits", "merges"}


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(Register.load())


@pytest.fixture(scope="module")
def facts(built: Path) -> list[TaskFacts]:
    return task_facts(open_store(built))


@pytest.fixture(scope="module")
def found(facts: list[TaskFacts], words: Words) -> list[Link]:
    return links(facts, words)


def reading(name: str) -> dict[tuple[str, str], dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return {(row["earlier"], row["later"]): row for row in csv.DictReader(file)}


def task(text: str, year: int | None, *, lead: str = "210000/fgw", theme: str = "", **other: object) -> TaskFacts:
    party = Party(Role.LEAD, lead, lead, lead, False, 0, 1)
    made = TaskFacts(f"{year}-{text}", "p", f"{year}-1", 0, year, theme, text, "", (party,), (), (), (), ())
    return replace(made, **other)  # type: ignore[arg-type]


# --- against the reading ---------------------------------------------------------------------------------------------


def test_as_good_as_the_page_says(found: list[Link]) -> None:
    gold = reading("lineage.csv")
    got = {(link.earlier.id, link.later.id) for link in found}
    sure = {key for key, row in gold.items() if row["certainty"] == "sure"}
    assert len(got & gold.keys()) / len(got) >= 0.92
    assert len(got & gold.keys()) / len(gold) >= 0.90
    assert len(got & sure) / len(sure) >= 0.95


def test_kinds_are_mostly_those_of_the_reading(found: list[Link]) -> None:
    gold = reading("lineage.csv")
    both = [(link.kind, gold[link.earlier.id, link.later.id]["kind"]) for link in found
            if (link.earlier.id, link.later.id) in gold]  # fmt: skip
    assert sum(a == b for a, b in both) / len(both) >= 0.76


@pytest.mark.parametrize("name", ["lineage.csv", "readings/lineage.a.csv", "readings/lineage.b.csv"])
def test_the_reading_is_well_formed(name: str, facts: list[TaskFacts]) -> None:
    year = {one.id: one.year for one in facts}
    rows = reading(name)
    for (earlier, later), row in rows.items():
        assert (year[earlier] or 0) < (year[later] or 0)
        assert row["kind"] in KINDS
        assert row["certainty"] in {"sure", "doubtful"}
        assert row["path"] in {"direct", "indirect"}
    assert list(rows) == sorted(rows, key=lambda key: key[::-1])


def test_every_settled_link_is_in_a_reading() -> None:
    either = reading("readings/lineage.a.csv").keys() | reading("readings/lineage.b.csv").keys()
    assert reading("lineage.csv").keys() <= either


# --- what a link is --------------------------------------------------------------------------------------------------


def test_evidence_stands_where_it_says(found: list[Link]) -> None:
    for link in found:
        assert link.kind in KINDS
        assert (link.earlier.year or 0) < (link.later.year or 0)
        for one in link.evidence:
            if one.kind in ("phrase", "word", "synonym"):
                assert one.left
                assert one.right
            earlier, later = one.value.split(MEANS) if one.kind == "synonym" else (one.value, one.value)
            assert all(link.earlier.text[b:e] == earlier for b, e in one.left)
            assert all(link.later.text[b:e] == later for b, e in one.right)


def test_order_of_tasks_does_not_matter(facts: list[TaskFacts], found: list[Link], words: Words) -> None:
    assert links(facts[::-1], words) == found


def test_the_graph_has_the_same_links(built: Path, found: list[Link]) -> None:
    from plan_graph.graph.queries import bind, find, run

    rows = run(open_store(built), bind(find("lineage"), {})).rows
    stated = {(str(row[2]), str(row[5]), str(row[6]), float(str(row[7]))) for row in rows}
    assert stated == {(one.earlier.id, one.later.id, one.kind, one.score) for one in found}


def test_history_goes_both_ways(found: list[Link], facts: list[TaskFacts]) -> None:
    one = next(task for task in facts if task.id == "2017-019")
    pairs = {(link.earlier.id, link.later.id) for link in history(found, one)}
    assert {("2016-030", "2017-019"), ("2017-019", "2018-009")} <= pairs
    assert ("2017-020", "2018-009") not in pairs  # a sister, neither origin nor sequel


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([], "no task"),
        ([task("建设高标准农田", 2016)], "one task"),
        ([task("建设高标准农田", 2016), task("建设高标准农田", 2016)], "one year"),
        ([task("建设高标准农田", None), task("建设高标准农田", None)], "no year, one plan"),
        ([task("", 2016), task("", 2017)], "no words"),
        ([task("推进改革。", 2016), task("推进改革。", 2017)], "plan language only"),
    ],
)
def test_nothing_to_link(given: list[TaskFacts], why: str, words: Words) -> None:
    assert links(given, words) == [], why


def test_between_plans_the_day_of_issue_decides(words: Words) -> None:
    text = "推进大连跨境电商综试区、丹东边境综合保税区和鞍山保税物流中心建设，实施徐大堡核电消纳方案。"
    filler = [task(f"其他工作{n}", None, iri=f"f{n}", plan="f", lead=f"210000/x{n}") for n in range(40)]
    old = task(text, None, iri="old", plan="old", issued="2016-01-01", theme="开放")
    new = task(text, None, iri="new", plan="new", issued="2018-01-01", theme="开放")
    pairs = [(one.earlier.iri, one.later.iri) for one in links([new, old, *filler], words)]
    assert pairs == [("old", "new")]
    undated = [replace(old, issued=""), replace(new, issued="")]
    assert links([*undated, *filler], words) == []


def test_score_rises_with_evidence() -> None:
    none = dict.fromkeys(WEIGHTS, 0.0) | {"constant": 1.0}
    for name, weight in WEIGHTS.items():
        if name != "constant":
            assert (score(none | {name: 1.0}) > score(none)) == (weight > 0)


# --- stages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("研究制定农垦改革方案", 1, 2),
        ("争取国家批复营口综合保税区", 2, 3),
        ("开工建设沈阳机场二跑道", 3, 4),
        ("全面推广简易注销", 5, 5),
        ("建成二期项目", 6, 6),
        ("沈阳机场", 0, 0),
    ],
)
def test_stages(words: str, least: int, most: int) -> None:
    assert (least_stage(words), stage(words)) == (least, most)


@pytest.mark.parametrize(
    ("earlier", "later", "kind"),
    [
        ("开展徐大堡核电站可行性研究。", "申报徐大堡核电站。", "advances"),
        ("加快徐大堡核电站建设。", "建成徐大堡核电站。", "completes"),
        ("推进徐大堡核电站建设。", "继续全面推进徐大堡核电站建设。", "continues"),
        ("加快推进徐大堡核电站建设。", "加快推进徐大堡核电站建设。", "continues"),
        ("总结徐大堡核电站经验。", "开展徐大堡核电站调研。", "continues"),
    ],
)
def test_kinds_by_the_stage_of_what_is_shared(earlier: str, later: str, kind: str, words: Words) -> None:
    filler = [task(f"其他工作{n}", 2016, iri=f"f{n}", lead=f"210000/x{n}") for n in range(60)]
    pair = [task(earlier, 2016, theme="能源"), task(later, 2017, theme="能源", order=61)]
    assert [one.kind for one in links([*filler, *pair], words)] == [kind]


def test_a_synonym_links_and_is_shown_as_each_task_puts_it(words: Words) -> None:
    filler = [task(f"其他工作{n}", 2016, iri=f"f{n}", lead=f"210000/x{n}") for n in range(60)]
    pair = [task("组织实施电能替代工程。", 2016), task("力争启动煤改电试点工作。", 2017)]
    (link,) = links([*filler, *(replace(one, theme="能源") for one in pair)], words)
    assert ("synonym", f"电能替代{MEANS}煤改电") in [(one.kind, one.value) for one in link.evidence]


@pytest.mark.parametrize(
    ("words", "done"),
    [("基本完成棚户区改造任务", True), ("总结试点经验", True), ("建成一批", True), ("推进建设", False)],
)
def test_finished(words: str, done: bool) -> None:
    assert finished(words) is done


def test_every_stage_has_words() -> None:
    assert [number for number, _, _ in STAGES] == [1, 2, 3, 4, 5, 6]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text("ab，。；", min_size=1, max_size=20), st.data())
def test_a_clause_lies_in_its_sentence(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    clause, sentence = clause_around(text, (begin, end)), sentence_around(text, (begin, end))
    assert sentence[0] <= clause[0] <= begin < end <= clause[1] <= sentence[1]


def test_other_plans_change_no_link_within_a_plan(facts: list[TaskFacts], found: list[Link], words: Words) -> None:
    others = [task(f"{one.text}", one.year, iri=f"q{at}", plan="q") for at, one in enumerate(facts[:40])]
    together = links([*facts, *others], words)
    assert [link for link in together if link.later.plan == link.earlier.plan == facts[0].plan] == found


def plain(one: TaskFacts) -> TaskFacts:
    """Leave out what rows have no IRI for, and collectives, among them names nobody resolved."""
    parties = tuple(party for party in one.parties if not party.collective)
    return replace(one, documents=(), targets=(), places=(), parties=parties)


def test_the_rows_of_a_document_say_the_same_as_its_graph(built: Path, facts: list[TaskFacts]) -> None:
    import pyarrow.parquet as pq

    names = ("documents", "tasks", "participations", "places", "citations", "targets", "deadlines")
    rows = {name: pq.read_table(built / "tables" / f"{name}.parquet").to_pylist() for name in names}
    from_rows = facts_of_rows(rows, Base())
    assert [plain(one) for one in from_rows] == [plain(one) for one in facts]
    for one, other in zip(from_rows, facts, strict=True):
        assert {p.code for p in one.places} == {p.code for p in other.places}
        assert {(t.counted, t.begin, t.end) for t in one.targets} == {
            (t.counted, t.begin, t.end) for t in other.targets
        }
