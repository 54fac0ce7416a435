"""Documents named in a text, and whether the text cites, carries out, makes or revises them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.extraction.citations import citations, short_titles, with_full_titles
from plan_graph.model.plan import Citation, Relation
from plan_graph.model.text import Span

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)

CITES, IMPLEMENTS = Relation.CITES, Relation.IMPLEMENTS
PRODUCES, REVISES = Relation.PRODUCES, Relation.REVISES


def find(text: str) -> tuple[Citation, ...]:
    return citations(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "relation", "cue", "reason"),
    [
        ("《甲意见》", CITES, "", "no verb"),
        ("开展《甲规划》评估", CITES, "", "a verb of another kind"),
        ("完善《甲办法》", CITES, "", "完善 alone may be the carrying out"),
        ("《甲意见》要求", CITES, "", "要求 alone"),
        ("落实《甲意见》", IMPLEMENTS, "落实", "落实"),
        ("贯彻落实国家《甲意见》", IMPLEMENTS, "贯彻落实", "words between verb and title"),
        ("按照《甲意见》要求", IMPLEMENTS, "要求", "a cue on both sides"),
        ("根据《甲意见》编制年度计划", IMPLEMENTS, "根据", "another thing is made"),
        ("依据《甲条例》修订目录", IMPLEMENTS, "依据", "another thing is revised"),
        ("制定贯彻《甲意见》的方案", IMPLEMENTS, "贯彻", "the verb beside the title"),
        ("落实国务院印发的《甲意见》", IMPLEMENTS, "落实", "the issuing is done"),
        ("制定《甲办法》", PRODUCES, "制定", "制定"),
        ("研究制定全省统一的《甲办法》", PRODUCES, "研究制定", "的 after another word than the verb"),
        ("制定实施《甲办法》", PRODUCES, "制定", "made and then carried out"),
        ("编制并组织实施《甲规划》", PRODUCES, "编制", "the same with 并组织"),
        ("完成《甲规划》编制工作", PRODUCES, "编制", "the verb behind"),
        ("推动《甲条例》出台", PRODUCES, "出台", "the verb behind, at the end"),
        ("《甲规划》的编制", PRODUCES, "编制", "的 between"),
        ("修订《甲条例》", REVISES, "修订", "修订"),
        ("修改完善《甲办法》", REVISES, "修改完善", "修改完善"),
        ("对《甲条例》进行修订", REVISES, "修订", "the verb behind"),
        ("修订并实施《甲条例》", REVISES, "修订", "revised and then carried out"),
        ("国务院印发的《甲意见》", CITES, "", "somebody else's making"),
        ("按新修订的《甲条例》", CITES, "", "somebody else's revising"),
        ("《甲意见》出台后", CITES, "", "a time, not a task"),
        ("参照《甲规划》制定目录", CITES, "", "another thing is made, without a cue before"),
        ("贯彻乙精神。《甲意见》", CITES, "", "a sentence ends the reach of a verb"),
        ("落实乙，深入推进各项改革《甲意见》", CITES, "", "so does a comma"),
    ],
    ids=lambda value: value if isinstance(value, str) and "《" not in value else "",
)
def test_relations(text: str, relation: Relation, cue: str, reason: str) -> None:
    (one,) = find(text)
    assert (one.relation, one.cue) == (relation, cue), reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("出台《甲》和《乙》", [("甲", PRODUCES), ("乙", PRODUCES)], "one verb governs the list"),
        ("出台《甲》、《乙》以及《丙》", [("甲", PRODUCES), ("乙", PRODUCES), ("丙", PRODUCES)], "three of them"),
        ("贯彻《甲》《乙》", [("甲", IMPLEMENTS), ("乙", IMPLEMENTS)], "nothing between"),
        ("对《甲》和《乙》进行修订", [("甲", REVISES), ("乙", REVISES)], "a verb behind governs too"),
        ("完成《甲》、《乙》的编制工作", [("甲", PRODUCES), ("乙", PRODUCES)], "and another"),
        ("按照《甲》制定《乙》", [("甲", IMPLEMENTS), ("乙", PRODUCES)], "each its own verb"),
        ("落实《甲》，修订《乙》", [("甲", IMPLEMENTS), ("乙", REVISES)], "in two phrases"),
        ("落实《甲》（国发〔2016〕1号）和《乙》", [("甲", IMPLEMENTS), ("乙", IMPLEMENTS)], "a number between"),
        ("制定《甲》。《乙》", [("甲", PRODUCES), ("乙", CITES)], "two sentences"),
    ],
)
def test_several_documents(text: str, expected: list[tuple[str, Relation]], reason: str) -> None:
    assert [(one.title, one.relation) for one in find(text)] == expected, reason


@pytest.mark.parametrize(
    ("text", "titles", "reason"),
    [
        ("《甲〈乙意见〉方案》", ["甲〈乙意见〉方案"], "〈〉 nested"),
        ("《甲《乙意见》方案》", ["甲《乙意见》方案"], "《》 nested"),
        ("《甲》《乙》", ["甲", "乙"], "side by side"),
        ("《甲（试行）》", ["甲（试行）"], "a bracket in the title"),
        ("《甲 落实《乙》", ["乙"], "one left open before another"),
        ("《甲\n落实《乙》", ["乙"], "one left open on its line"),
        ("《甲\n乙》", [], "a title stands on one line"),
        ("甲》", [], "closed, never opened"),
        ("《》", [], "empty"),
        ("《 》", [], "a space"),
        ("《甲》》", ["甲"], "closed twice"),
        ("", [], "no text"),
    ],
)
def test_titles(text: str, titles: list[str], reason: str) -> None:
    assert [one.title for one in find(text)] == titles, reason


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("《甲意见》（国发〔2016〕7号）", "国发〔2016〕7号"),
        ("《甲意见》(国发[2016]7号)", "国发[2016]7号"),
        ("《甲意见》（辽政发〔 2016 〕 第3号）", "辽政发〔 2016 〕 第3号"),  # spaces as written
        ("《甲意见》（试行）", ""),
        ("《甲意见》，国发〔2016〕7号", ""),  # not beside the title
        ("《甲意见》（国发〔1816〕7号）", ""),
    ],
)
def test_document_numbers(text: str, number: str) -> None:
    (one,) = find(text)
    assert one.number == number
    assert one.span.of(text) == "《甲意见》"


def test_only_the_given_stretch_counts() -> None:
    text = "制定《甲》《乙》《丙》"
    (one,) = citations(text, Span(5, 8))
    assert (one.title, one.relation) == ("乙", CITES)


@EXACT
@given(st.text("《》〈〉甲乙制定落实修订的、和。\n（）", max_size=40))
def test_every_title_is_its_span_without_the_marks(text: str) -> None:
    found = find(text)
    assert [one.span for one in found] == sorted({one.span for one in found})
    for one in found:
        assert one.span.of(text) == f"《{one.title}》"
        assert one.title.strip()
        assert "\n" not in one.title
        assert one.title.count("《") == one.title.count("》")
    assert all(one.span.end <= other.span.begin for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "full", "reason"),
    [
        (
            "一、落实《甲省乙意见》（甲政发〔2020〕1号，以下简称《意见》）。二、按《意见》办。",
            "甲省乙意见",
            "with a number",
        ),
        ("一、落实《甲省乙意见》（以下简称《意见》）。二、按《意见》办。", "甲省乙意见", "without"),
        ("一、落实《甲省乙意见》，简称《意见》。二、按《意见》办。", "甲省乙意见", "without a bracket"),
        ("一、按《意见》办。二、落实《甲省乙意见》（以下简称《意见》）。", "", "before it was introduced"),
        ("一、落实《甲省乙意见》。二、按《意见》办。", "", "never introduced"),
        (
            "一、落实《甲意见》（以下简称《意见》）。二、落实《丙意见》（以下简称《意见》）。三、按《意见》办。",
            "丙意见",
            "the last before it",
        ),
    ],
)
def test_a_short_title_stands_for_the_full_one_before_it(text: str, full: str, reason: str) -> None:
    plain = [c for c in citations(text, Span(0, len(text))) if text[c.span.begin - 1] == "按"]
    (found,) = with_full_titles(tuple(plain), short_titles(text))
    assert found.stands_for == full, reason
