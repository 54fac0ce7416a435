"""The Liaoning plan against its gold: everything found, nothing invented, every fact where it says it is."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plan_graph.authority.register import Register
from plan_graph.build import resolve_names
from plan_graph.evaluate import KINDS, Gold, Score, Scores, score
from plan_graph.extraction.parts import render as join
from plan_graph.model.plan import Mention, Plan, Role
from plan_graph.model.register import Resolution
from plan_graph.model.text import PartKind, Span
from plan_graph.reading.text import render

GOLD = Path(__file__).parents[1] / "data" / "gold" / "ln-2016-revitalisation.jsonl"
COUNTS = {2016: 106, 2017: 57, 2018: 30}  # the headings state them


@pytest.fixture(scope="module")
def annotated() -> Gold:
    return Gold.load(GOLD)


@pytest.fixture(scope="module")
def resolutions(plan: Plan, register: Register) -> dict[str, Resolution]:
    return resolve_names(plan, register)


@pytest.fixture(scope="module")
def scores(plan: Plan, resolutions: dict[str, Resolution], annotated: Gold, register: Register) -> Scores:
    return score(plan, resolutions, annotated, register.places)


def mentions(plan: Plan) -> list[Mention]:
    return [mention for task in plan.tasks for clause in task.clauses for mention in clause.mentions]


# --- scores ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_plan_is_read_as_the_gold_says(scores: Scores, kind: str) -> None:
    one = scores[kind]
    assert (one.missed, one.false) == ((), ())
    assert one.precision == one.recall == one.f1 == 1.0


@pytest.mark.parametrize(
    ("kind", "hits"),
    [
        ("tasks", 193),
        ("roles", 736),
        ("bodies", 736),
        ("citations", 21),
        ("targets", 30),
        ("deadlines", 1),
        ("organisations", 4),
    ],
)
def test_the_scores_rest_on_all_facts(scores: Scores, kind: str, hits: int) -> None:
    assert scores[kind].hits == hits


def test_names_stand_in_the_order_of_the_clause(plan: Plan, gold: list[dict[str, Any]]) -> None:
    for task, wanted in zip(plan.tasks, gold, strict=True):
        own = [mention for clause in task.clauses for mention in clause.mentions]
        assert [m.name for m in own if m.role is Role.LEAD] == wanted["lead"], task.id
        assert [m.name for m in own if m.role is Role.SUPPORT] == wanted["support"], task.id
        assert [m.position for m in own] == list(range(1, len(own) + 1))


def test_the_plan_reads_without_a_warning(plan: Plan) -> None:
    assert plan.warnings == ()
    assert not any(part.kind is PartKind.UNREAD for part in plan.parts)


def test_what_the_plan_says_of_itself(plan: Plan) -> None:
    about = plan.metadata
    assert about.title == "加快推进辽宁老工业基地新一轮振兴发展三年滚动计划（2016-2018年）（修订稿）"
    assert (about.issuer, about.issued) == ("辽宁省人民政府", date(2016, 10, 30))
    assert [a.name for a in about.addressees] == ["各市人民政府", "省政府各厅委", "省政府各直属机构"]
    assert "辽委发〔2016〕17号" in [c.number for c in about.citations]
    assert {s.year: s.stated_tasks for s in plan.sections if s.stated_tasks} == COUNTS


# --- the gold itself -------------------------------------------------------------------------------------------------


def test_the_gold_has_every_task_once(gold: list[dict[str, Any]]) -> None:
    ids = [task["task"] for task in gold]
    assert ids == [f"{year}-{number:03d}" for year, count in COUNTS.items() for number in range(1, count + 1)]


def test_every_record_of_the_gold_has_the_same_keys(gold: list[dict[str, Any]]) -> None:
    guidelines = (GOLD.parent / "GUIDELINES.md").read_text(encoding="utf-8")
    for task in gold:
        assert task.keys() == gold[0].keys()
        assert (task["lead_label"] is None) == (not task["lead"])
        assert (task["support_label"] is None) == (not task["support"])
    assert all(f"`{key}`" in guidelines for key in gold[0])


def test_the_gold_has_what_the_plan_is_known_to_hold(gold: list[dict[str, Any]]) -> None:
    assert all(task["lead"] for task in gold)
    assert sum(not task["support"] for task in gold) == 47
    assert sum(task["lead_label"] == "牵头部门" for task in gold) == 4
    titles = [title for task in gold for how in ("cites", "produces", "revises") for title in task[how]]
    assert (len(titles), len(set(titles))) == (21, 17)


def test_every_name_of_the_gold_stands_in_its_task_or_is_written_out(plan: Plan, gold: list[dict[str, Any]]) -> None:
    text = plan.document.text
    written_out = Counter[str]()
    for task, wanted in zip(plan.tasks, gold, strict=True):
        words = task.span.of(text)
        for name in (*wanted["lead"], *wanted["support"]):
            if name not in words:
                city = name.removesuffix("市人民政府")
                assert city != name
                assert f"{city}、" in words
                written_out[task.id] += 1
        for how in ("cites", "produces", "revises"):
            assert all(f"《{title}》" in words for title in wanted[how])
        assert all(name in words for name in wanted["organisations"])
        assert all(target["of"] in words for target in wanted["targets"])
        assert all(deadline["written"] in words for deadline in wanted["deadlines"])
        assert wanted["first"] in words
        assert wanted["last"] in words
    assert len(written_out) == 7  # tasks whose cities share an ending


def test_the_golds_records_exist(annotated: Gold, gold: list[dict[str, Any]], register: Register) -> None:
    named = {name for task in gold for name in (*task["lead"], *task["support"])}
    assert named == annotated.participants.keys()
    known = {*register.bodies, *register.collectives}
    assert [name for name, id in annotated.participants.items() if id not in known] == ["省林业局"]
    places = {place.name for place in register.places.values()}
    assert {name for task in gold for name in task["places"]} <= places


# --- the text gives everything back ----------------------------------------------------------------------------------


def test_the_files_bytes_come_back(plan: Plan, plan_file: Path) -> None:
    raw = plan_file.read_bytes()
    assert render(plan.document) == raw
    assert render(plan.document, join(plan.parts, plan.document.text)) == raw
    assert plan.document.sha256 == hashlib.sha256(raw).hexdigest()


def test_the_parts_cover_every_code_point_once(plan: Plan) -> None:
    at = 0
    for part in plan.parts:
        assert part.span.begin == at
        at = part.span.end
    assert at == len(plan.document.text)


def test_every_fact_is_where_it_says(plan: Plan) -> None:
    text = plan.document.text
    for task in plan.tasks:
        assert task.span.of(text).lstrip("　").startswith(task.number_as_written)
        for clause in task.clauses:
            assert clause.span.of(text)[0] + clause.span.of(text)[-1] == "（）"
            assert all(clause.span.covers(mention.span) for mention in clause.mentions)
            assert all(mention.label in clause.span.of(text) for mention in clause.mentions)
        wording = [span.of(text) for span in task.text_spans]
        assert all(words and words == words.strip() for words in wording)
        facts: list[Span] = []
        for citation in task.citations:
            assert citation.span.of(text) == f"《{citation.title}》"
            facts.append(citation.span)
        for place in task.places:
            assert place.span.of(text) == place.written
            assert place.inside in task.span.of(text)
            facts.append(place.span)
        for target in task.targets:
            assert target.counted in task.span.of(text)
            assert target.unit in target.span.of(text).replace("％", "%")
            facts.append(target.span)
        for deadline in task.deadlines:
            assert deadline.span.of(text) == deadline.written
            facts.append(deadline.span)
        assert all(any(span.covers(fact) for span in task.text_spans) for fact in facts)
    for section in plan.sections:
        assert section.title_span.of(text) == section.title
        assert section.span.covers(section.title_span)


def test_a_name_is_its_span_unless_it_was_written_out(plan: Plan) -> None:
    text = plan.document.text
    written_out = [m for m in mentions(plan) if m.span.of(text) != m.name]
    assert written_out
    for mention in written_out:
        city = mention.name.removesuffix("市人民政府")
        assert mention.span.of(text).startswith(f"{city}、")
        assert mention.span.of(text).endswith("市人民政府")


def test_one_string_that_names_a_body_and_a_collective(plan: Plan) -> None:
    (task,) = [task for task in plan.tasks if task.id == "2016-027"]
    both = [m for clause in task.clauses for m in clause.mentions if m.open or m.name == "省（中）直有关单位"]
    assert len(both) == 2
    assert both[0].span.end + 1 == both[1].span.begin


def test_the_suspected_slip_is_flagged(resolutions: dict[str, Resolution]) -> None:
    unresolved = {name: (r.reason, r.candidates) for name, r in resolutions.items() if r.rule == "none"}
    assert unresolved == {"省林业局": ("suspected-variant", ("210000/lyt",))}


# --- the scores themselves -------------------------------------------------------------------------------------------


def test_misses_and_false_finds_are_told_apart(
    plan: Plan, resolutions: dict[str, Resolution], annotated: Gold, register: Register
) -> None:
    first, second, *others = plan.tasks
    (clause,) = first.clauses
    lead, *rest = clause.mentions
    wrong = replace(first, clauses=(replace(clause, mentions=(replace(lead, name="省财政厅"), *rest)),))
    spoilt = replace(plan, tasks=(wrong, *others))  # one name is another, one task is gone
    found = score(spoilt, resolutions, annotated, register.places)
    assert (found["tasks"].missed, found["tasks"].false) == ((("2016-002",),), ())
    assert (found["tasks"].precision, found["tasks"].recall) == (1.0, 192 / 193)
    assert ("2016-001", "lead", lead.name) in found["roles"].missed
    assert found["roles"].false == (("2016-001", "lead", "省财政厅"),)
    assert found["bodies"].false == (("2016-001", "lead", "210000/czt"),)
    assert len(found["roles"].missed) == 1 + len(second.clauses[0].mentions)
    assert found["wording"].missed[0][0] == "2016-002"
    assert 0 < found["roles"].f1 < 1


def test_a_target_must_hold_the_golds_phrase(
    plan: Plan, resolutions: dict[str, Resolution], annotated: Gold, register: Register
) -> None:
    at, task = next((at, task) for at, task in enumerate(plan.tasks) if task.targets)
    (one, *rest) = task.targets

    def scored(counted: str) -> Score:
        other = replace(task, targets=(replace(one, counted=counted), *rest))
        spoilt = replace(plan, tasks=(*plan.tasks[:at], other, *plan.tasks[at + 1 :]))
        return score(spoilt, resolutions, annotated, register.places)["targets"]

    assert scored(f"更多{one.counted}更多").f1 == 1.0
    assert scored("").f1 < 1.0
    assert [fact[0] for fact in scored("").missed] == [fact[0] for fact in scored("").false] == [task.id]


@pytest.mark.parametrize(
    ("hits", "missed", "false", "precision", "recall", "f1"),
    [
        (3, 1, 0, 1.0, 0.75, 6 / 7),
        (0, 0, 0, 1.0, 1.0, 1.0),
        (0, 2, 0, 1.0, 0.0, 0.0),
        (0, 0, 2, 0.0, 1.0, 0.0),
        (1, 1, 1, 0.5, 0.5, 0.5),
    ],
)
def test_measures(hits: int, missed: int, false: int, precision: float, recall: float, f1: float) -> None:
    one = Score("tasks", hits, (("t",),) * missed, (("f",),) * false)
    assert (one.precision, one.recall, one.f1) == pytest.approx((precision, recall, f1))
