"""Possible duplicates: what is listed has its evidence, and the score does what the judged pairs say."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from plan_graph.analysis.duplicates import LEAST, WEIGHTS, candidates, score
from plan_graph.analysis.evidence import MEANS, Candidate
from plan_graph.analysis.facts import NamedDocument, NamedPlace, Party, TaskFacts, task_facts
from plan_graph.authority.register import Register
from plan_graph.authority.words import Words
from plan_graph.graph.store import open_store
from plan_graph.model.plan import Role

GOLD = Path(__file__).parents[2] / "data" / "gold"


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(Register.load())


@pytest.fixture(scope="module")
def facts(built: Path) -> list[TaskFacts]:
    return task_facts(open_store(built))


@pytest.fixture(scope="module")
def found(facts: list[TaskFacts], words: Words) -> list[Candidate]:
    return candidates(facts, words)


def judged(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_listed_likeliest_first_with_evidence(found: list[Candidate]) -> None:
    assert len(found) > 20
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        assert one.score >= LEAST
        assert one.why
        assert one.evidence
        for piece in one.evidence:
            left, right = piece.value.split(MEANS) if piece.kind == "synonym" else (piece.value, piece.value)
            assert all(one.left.text[b:e] == left for b, e in piece.left)
            assert all(one.right.text[b:e] == right for b, e in piece.right)


def test_what_readers_found_the_same_is_listed(found: list[Candidate]) -> None:
    plan = "ln-2016-revitalisation"
    same = {(row["left"], row["right"]) for row in judged("duplicates.csv")
            if row["left_plan"] == row["right_plan"] == plan and row["judgement"] == "same"}  # fmt: skip
    listed = {(one.left.id, one.right.id) for one in found}
    assert len(same) >= 5
    assert same <= listed


@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        ("duplicates.csv", 260),
        ("duplicates-other-lead.csv", 107),
        ("readings/duplicates.a.csv", 260),
        ("readings/duplicates.b.csv", 260),
    ],
)
def test_the_judged_pairs_are_well_formed(name: str, pairs: int) -> None:
    rows = judged(name)
    assert len(rows) == pairs
    assert len({(r["left_plan"], r["left"], r["right_plan"], r["right"]) for r in rows}) == pairs
    for row in rows:
        assert row["judgement"] in {"same", "overlap", "related", "unrelated"}
        assert row["certainty"] in {"sure", "doubtful"}
        assert bool(row["object"]) == (row["judgement"] in {"same", "overlap"})


def test_no_weight_counts_against_evidence() -> None:
    none = dict.fromkeys(WEIGHTS, 0.0) | {"constant": 1.0}
    for name in WEIGHTS:
        if name not in ("constant", "no-lead", "elsewhere"):
            assert score(none | {name: 1.0}) >= score(none), name


def _task(iri: str, text: str, lead: str, year: int | None = None, plan: str = "p") -> TaskFacts:
    party = Party(Role.LEAD, lead, lead, lead, False, 0, 1)
    return TaskFacts(iri, plan, iri, 0, year, "", text, "", (party,), (), (), (), ())


SAME = "实施徐大堡核电消纳方案，推进辽满欧大通道和丹东边境综合保税区建设。"
FILLER = [_task(f"f{n}", f"第{n}项其他工作", f"210000/x{n}") for n in range(60)]


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        (_task("a", SAME, "210000/a"), _task("b", SAME, "210000/b"), ("other-lead",)),
        (_task("a", SAME, "210000/a", 2016), _task("b", SAME, "210000/a", 2017), ("other-year",)),
        (_task("a", SAME, "210000/a", plan="p"), _task("b", SAME, "210000/a", plan="q"), ("other-document",)),
        (_task("a", SAME, "210000/a"), _task("b", SAME, "210000/a"), None),
        (_task("a", SAME, "210000/a"), _task("b", "完善养老托育服务体系。", "210000/b"), None),
    ],
)
def test_what_makes_a_pair_one_to_look_at(
    left: TaskFacts, right: TaskFacts, why: tuple[str, ...] | None, words: Words
) -> None:
    listed = candidates([left, right, *FILLER], words)
    assert [one.why for one in listed] == ([] if why is None else [why])


def test_shared_places_and_documents_are_evidence(words: Words) -> None:
    place = (NamedPlace("210200", "大连市", "大连", 0, 2),)
    paper = (NamedDocument("", "辽宁省培育和发展新兴产业三年滚动实施方案", "", "cites"),)
    left = replace(_task("a", SAME, "210000/a"), places=place, documents=paper)
    right = replace(_task("b", SAME, "210000/b"), places=place, documents=paper)
    (one,) = candidates([left, right, *FILLER], words)
    (bare,) = candidates([replace(left, places=(), documents=()), right, *FILLER], words)
    assert {"place", "document"} <= {piece.kind for piece in one.evidence}
    assert one.score > bare.score


def test_neither_lead_nor_year_changes_the_score(words: Words) -> None:
    left = _task("a", SAME, "210000/a", 2016)
    scores = {
        (lead, year): candidates([left, _task("b", SAME, lead, year), *FILLER], words)[0].score
        for lead in ("210000/b", "210000/c")
        for year in (2016, 2017)
    }
    assert len(set(scores.values())) == 1


def test_the_same_measure_of_another_province_weighs_less(words: Words) -> None:
    left = _task("a", SAME, "210000/a", plan="p")
    here, there = (
        candidates([left, _task("b", SAME, lead, plan="q"), *FILLER], words) for lead in ("210000/b", "330000/b")
    )
    assert here[0].score > there[0].score


def test_nothing_to_compare(words: Words) -> None:
    assert candidates([], words) == []
    assert candidates([_task("a", "", "210000/a"), _task("b", "", "210000/b")], words) == []
