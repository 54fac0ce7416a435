"""The grammar of responsibility clauses: every rule's example, brackets at any depth, what must stay unread."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.extraction.clause import RULES, Rule, clauses, groups, read_clause
from plan_graph.model import Clause, Role, Span

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)


def find(text: str) -> tuple[tuple[Clause, ...], list[str]]:
    read, doubtful = clauses(text, Span(0, len(text)))
    return read, [span.of(text) for span in doubtful]


def parties(clause: Clause) -> tuple[list[str], list[str]]:
    """Return the leads and the supports of a clause."""
    return (
        [m.name for m in clause.mentions if m.role is Role.LEAD],
        [m.name for m in clause.mentions if m.role is Role.SUPPORT],
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_reads_its_own_example(rule: Rule) -> None:
    (clause,), doubtful = find(rule.example)
    assert (clause.rule, doubtful) == (rule.name, [])
    assert clause.span == Span(0, len(rule.example))
    assert {m.role for m in clause.mentions} == set(rule.roles.values())
    assert rule.reads


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "rule", "leads", "supports", "reason"),
    [
        ("（牵头单位：甲局；配合单位：乙局）", "A1", ["甲局"], ["乙局"], "the plain form"),
        ("（牵头部门：甲局；配合部门：乙局）", "A1", ["甲局"], ["乙局"], "部门 for 单位"),
        ("(牵头单位:甲局;配合单位:乙局)", "A1", ["甲局"], ["乙局"], "half-width punctuation throughout"),
        ("（牵头单位：甲局，丙局；配合单位：乙局）", "A1", ["甲局", "丙局"], ["乙局"], "，inside a list ends a name"),
        ("（牵头单位：甲局,丙局;配合单位:乙局）", "A1", ["甲局", "丙局"], ["乙局"], "so does a half-width comma"),
        ("（牵头单位：甲局，配合单位：乙局）", "A1", ["甲局"], ["乙局"], "a comma between the two labels"),
        ("〔牵头单位：甲局，责任单位：乙局〕", "A2", ["甲局"], ["乙局"], "hexagonal brackets outside"),
        ("［牵头单位：甲局］", "A4", ["甲局"], [], "square brackets"),
        ("【牵头单位：甲局】", "A4", ["甲局"], [], "lenticular brackets"),
        (
            "（牵头单位：甲局；责任部门：乙局）",
            "A2",
            ["甲局"],
            ["乙局"],
            "beside a stated lead the responsible support",
        ),
        ("（牵头单位：甲局；协同责任单位：乙局）", "A2", ["甲局"], ["乙局"], "协同责任单位"),
        ("（牵头单位：甲局；协办单位：乙局）", "A1", ["甲局"], ["乙局"], "协办单位"),
        ("（牵头单位：甲局；参与单位：乙局）", "A1", ["甲局"], ["乙局"], "参与单位"),
        ("（牵头考核单位：甲局）", "A4", ["甲局"], [], "牵头考核单位"),
        ("（牵头单位：甲局。）", "A4", ["甲局"], [], "a full stop before the bracket"),
        ("（ 牵头单位：甲局 ）", "A4", ["甲局"], [], "spaces inside"),
        ("（牵头单位：甲局\n；配合单位：乙局）", "A1", ["甲局"], ["乙局"], "a line broken inside the clause"),
        ("（牵头单位：甲、乙市政府；配合单位：丙局）", "A1", ["甲市政府", "乙市政府"], ["丙局"], "a shared ending"),
        (
            "（牵头单位：甲局等；配合单位：乙局等有关部门）",
            "A1",
            ["甲局"],
            ["乙局", "有关部门"],
            "等 sticks to no name",
        ),
        (
            "（牵头单位：各县（市、区）政府；配合单位：乙局）",
            "A1",
            ["各县（市、区）政府"],
            ["乙局"],
            "brackets, depth 2",
        ),
        (
            "（牵头单位：甲委（乙办〔丙〕）；配合单位：丁局）",
            "A1",
            ["甲委（乙办〔丙〕）"],
            ["丁局"],
            "brackets, depth 3",
        ),
        (
            "（牵头单位：甲委（乙（丙（丁）））；配合单位：戊局）",
            "A1",
            ["甲委（乙（丙（丁）））"],
            ["戊局"],
            "brackets, depth 4",
        ),
        (
            "（牵头单位：甲委（配合单位：乙局））",
            "A4",
            ["甲委（配合单位：乙局）"],
            [],
            "a label in a nested bracket is none",
        ),
        ("（牵头单位：甲专班牵头单位；配合单位：乙局）", "A1", ["甲专班牵头单位"], ["乙局"], "a name that holds 牵头"),
    ],
    ids=lambda value: value if isinstance(value, str) and "：" not in value and ":" not in value else "",
)
def test_conventions(text: str, rule: str, leads: list[str], supports: list[str], reason: str) -> None:
    (clause,), doubtful = find(text)
    assert (clause.rule, *parties(clause)) == (rule, leads, supports), reason
    assert doubtful == []


def test_labels_and_positions_are_kept() -> None:
    (clause,), _ = find("（牵头部门：甲局、乙局；协办单位：丙局等）")
    assert [(m.label, m.position, m.open) for m in clause.mentions] == [
        ("牵头部门", 1, False),
        ("牵头部门", 2, False),
        ("协办单位", 3, True),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("（责任单位：甲局、乙局）", "B1, no lead stated"),
        ("（责任单位：甲局、乙局，排在首位的为牵头部门，下同）", "B2, a rule stated once"),
        ("（甲局牵头，乙局配合）", "C2, verbs"),
        ("（甲局负责）", "C3, a verb"),
        ("（甲局、乙局等按职责分工负责）", "C3b"),
        ("（甲局指导，乙局负责落实）", "C6"),
        ("（甲局会同有关部门负责）", "C7"),
        ("（甲局、乙局牵头负责）", "C8"),
        ("（6月底完成，牵头考核单位：甲局）", "D1, a deadline first"),
        ("（甲局牵头，2020年底前完成）", "a date inside a verb clause"),
        ("（牵头：甲局；配合：乙局）", "labels without 单位"),
        ("（配合单位：乙局）", "supports without a lead"),
        ("（责任领导：甲某）", "a person, not a body"),
        ("（主办单位：甲局）", "主办"),
        ("（协办单位：甲局）", "协办"),
        ("（参加单位：甲局）", "参加"),
        ("（牵头单位：）", "no name"),
        ("（牵头单位：、）", "list commas alone"),
        ("（牵头单位：；配合单位：甲局）", "no lead"),
        ("（牵头单位：甲局；配合单位：，）", "no support"),
        ("（牵头单位：甲局；配合单位：乙局；责任单位：丙局）", "three labels"),
        ("（牵头单位：甲局配合单位：乙局）", "nothing between the labels"),
        ("（牵头单位：甲局；配合单位：乙局；完成时限：6月底）", "a label of another kind"),
        ("（牵头单位：甲局，2016年底前完成）", "a deadline is no name"),
        ("（牵头单位：甲局、乙局，下同）", "the beginning of a rule is no name"),
        ("（牵头单位：甲局，乙局配合）", "a verb is no name"),
        ("（牵头单位：甲局。其余单位配合）", "a sentence is no name"),
        ("（包括牵头单位自身）", "not a clause, but for a person to see"),
    ],
)
def test_what_looks_like_a_clause_is_reported_and_not_read(text: str, reason: str) -> None:
    assert find("推进甲。" + text) == ((), [text]), reason


@pytest.mark.parametrize(
    ("text", "doubtful", "reason"),
    [
        ("推进甲。牵头单位：甲局。责任单位：乙局。", ["牵头单位：甲局。责任单位：乙局。"], "B5, two sentences"),
        ("推进甲。（牵头单位：甲局", ["牵头单位：甲局"], "a bracket never closed"),
        ("推进甲。牵头单位：甲局）", ["牵头单位：甲局"], "a bracket never opened"),
        ("推进甲（见附件（牵头单位：甲局））", ["牵头单位：甲局"], "a clause inside another bracket"),
    ],
)
def test_labels_outside_a_clause_are_reported(text: str, doubtful: list[str], reason: str) -> None:
    assert find(text) == ((), doubtful), reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("（试行）", "an ordinary bracket"),
        ("（2016-2018年）", "years"),
        ("（0.5分）", "a score"),
        ("（106项）", "a count"),
        ("（国发〔2016〕1号）", "a document number"),
        ("支持龙头企业牵头组建联盟", "牵头 in running text"),
        ("由甲局负责解释", "负责 in running text"),
        ("（）", "nothing"),
        ("", "no text"),
    ],
)
def test_what_is_no_clause_is_passed_over(text: str, reason: str) -> None:
    assert find(text) == ((), []), reason


def test_several_clauses_in_one_paragraph() -> None:
    read, doubtful = find("一是甲。（牵头单位：甲局）二是乙。（牵头单位：乙局）三是丙。（丙局负责）")
    assert [parties(clause)[0] for clause in read] == [["甲局"], ["乙局"]]
    assert doubtful == ["（丙局负责）"]


def test_an_open_bracket_before_does_not_swallow_the_clause() -> None:
    read, doubtful = find("推进（试点。（牵头单位：甲局）")
    assert [parties(clause)[0] for clause in read] == [["甲局"]]
    assert doubtful == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲（乙）丙（丁）", ["（乙）", "（丁）"]),
        ("（甲（乙）丙）", ["（甲（乙）丙）"]),
        ("（甲〔乙〕", ["〔乙〕"]),
        ("甲）（乙）", ["（乙）"]),
        ("（（甲）", ["（甲）"]),
        ("（甲]", ["（甲]"]),  # brackets that do not match still close each other
    ],
)
def test_outermost_groups(text: str, expected: list[str]) -> None:
    assert [group.span.of(text) for group in groups(text, Span(0, len(text)))] == expected


def test_a_mask_blanks_what_is_nested_and_keeps_the_length() -> None:
    (group,) = groups("（甲（乙）丙）", Span(0, 7))
    assert group.mask == "甲\x00\x00\x00丙"
    assert read_clause("（甲（乙）丙）", group) is None


def test_only_the_given_stretch_is_read() -> None:
    text = "（牵头单位：甲局）（牵头单位：乙局）"
    read, _ = clauses(text, Span(9, len(text)))
    assert [parties(clause)[0] for clause in read] == [["乙局"]]


# --- properties ------------------------------------------------------------------------------------------------------

WORDS = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=4)


@st.composite
def nested(draw: st.DrawFn, depth: int) -> str:
    """Generate what a bracket holds: words, list commas, brackets, down to a depth."""
    inside = draw(st.text("甲乙丙、，；：牵头单位", max_size=4))
    if depth and draw(st.booleans()):
        brackets = draw(st.sampled_from(["（）", "〔〕", "()", "[]"]))
        inside += brackets[0] + draw(nested(depth - 1)) + brackets[1]
    return inside


@st.composite
def names(draw: st.DrawFn) -> str:
    """Generate a body's name, with brackets in it or not."""
    own = draw(WORDS)
    if draw(st.integers(0, 2)) == 0:
        brackets = draw(st.sampled_from(["（）", "〔〕", "()"]))
        own += brackets[0] + draw(nested(3)) + brackets[1]
    return own + draw(st.sampled_from(["厅", "局", "办"]))


LISTS = st.lists(names(), min_size=1, max_size=5)


@EXACT
@given(LISTS, LISTS, st.sampled_from(["（）", "〔〕", "()"]), st.sampled_from("、，"), st.text("甲。，", max_size=5))
def test_a_generated_clause_parses_to_what_generated_it(
    leads: list[str], supports: list[str], brackets: str, comma: str, before: str
) -> None:
    clause = f"牵头单位：{comma.join(leads)}；配合单位：{'、'.join(supports)}"
    text = before + brackets[0] + clause + brackets[1]
    (read,), doubtful = find(text)
    assert (read.rule, *parties(read)) == ("A1", leads, supports)
    assert doubtful == []
    assert read.span.of(text) == brackets[0] + clause + brackets[1]
    assert [m.span.of(text) for m in read.mentions] == leads + supports
    assert [m.position for m in read.mentions] == list(range(1, len(leads) + len(supports) + 1))


@EXACT
@given(st.text("（）〔〕()牵头配合单位：；，、甲局。\n负责", max_size=60))
def test_clauses_and_doubts_lie_apart_in_order(text: str) -> None:
    read, doubtful = clauses(text, Span(0, len(text)))
    spans = sorted([*(clause.span for clause in read), *doubtful])
    assert all(one.end <= other.begin for one, other in pairwise(spans))
    for clause in read:
        assert clause.mentions
        assert all(clause.span.covers(m.span) and m.name for m in clause.mentions)
