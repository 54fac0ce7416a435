"""The grammar of responsibility clauses: every rule's example, every convention, what must stay unread."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.authority.register import Register
from plan_graph.extraction.clause import named_rule, read_sentence, under
from plan_graph.extraction.clause_rules import BRACKET, DUTIES, RULES, SENTENCE, TABLE, Rule
from plan_graph.extraction.document_rules import Says
from plan_graph.extraction.finding import find
from plan_graph.extraction.roles import settle
from plan_graph.extraction.tasks import extract
from plan_graph.model.plan import Clause, Role
from plan_graph.model.text import Document, Span, Table
from plan_graph.reading.text import decode

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)
SIGN = {Role.LEAD: "牵", Role.SUPPORT: "配", Role.RESPONSIBLE: "责", Role.GUIDE: "导"}


def clauses(text: str) -> list[Clause]:
    found = find(text, Span(0, len(text)))
    return [clause for clause, _ in settle(found.readings, found.loose)]


def parties(clause: Clause) -> str:
    """Write the parties of a clause: 牵 those who lead, 配 support, 责 are responsible, 导 guide; + after an open list."""
    names: dict[Role, list[str]] = {}
    for m in clause.mentions:
        names.setdefault(m.role, []).append(m.name + "+" * m.open + "?" * m.doubtful)
    return " ".join(f"{SIGN[role]} {'、'.join(names[role])}" for role in names)


def doubts(text: str) -> list[str]:
    return [doubt.span.of(text) for doubt in find(text, Span(0, len(text))).doubts]


# --- the table of rules ----------------------------------------------------------------------------------------------


def of_example(rule: Rule) -> Clause:
    """Read a rule's example as the document it stands for."""
    text = rule.example
    if rule.form in (BRACKET, SENTENCE):
        (clause,) = clauses(text)
        assert clause.span.of(text).rstrip("。") == text.rstrip("。")
        assert doubts(text) == []
        return clause
    document = decode(text.encode(), "d", "d.txt")
    if rule.form == TABLE:
        at = 0
        rows: list[tuple[Span, ...]] = []
        for line in text.split("\n"):
            rows.append(())
            for cell in line.split("\t"):
                rows[-1] += (Span(at, at + len(cell)),)
                at += len(cell) + 1
        table = Table(Span(0, len(text)), tuple(rows))
        document = Document("d", "d.txt", text, "utf-8", b"", (), "", 0, tables=(table,))
    else:
        document = decode(f"{rule.context}\n1．{text}\n2．甲局：落实。".encode(), "d", "d.txt")
    task = extract(document, Register.load()).tasks[0]
    return Clause(task.clauses[0].span, task.clauses[0].rule, tuple(m for c in task.clauses for m in c.mentions))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_reads_its_own_example(rule: Rule) -> None:
    clause = of_example(rule)
    assert clause.rule == rule.name
    assert clause.mentions
    assert rule.reads


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(named_rule(name).name == name for name in names)
    assert {rule.form for rule in RULES} == {BRACKET, SENTENCE, TABLE, DUTIES}
    with pytest.raises(KeyError):
        named_rule("Z9")


def test_a_statement_of_the_document_turns_one_rule_into_another() -> None:
    turned = {name: under(named_rule(name), Says.FIRST_LEADS).name for name in ("B1", "B4", "C3", "C3b", "C5", "A1")}
    assert turned == {"B1": "B2", "B4": "B2", "C3": "C4", "C3b": "C4", "C5": "C4", "A1": "A1"}
    assert under(named_rule("B1"), Says.BEFORE_COMMA_LEADS).name == "B3"
    assert under(named_rule("C3"), Says.BEFORE_COMMA_LEADS).name == "C4b"
    assert under(named_rule("B1"), Says.MARKED_LEADS).name == "B9"
    assert under(named_rule("B1"), Says.ALSO).name == "B1"


# --- labels ----------------------------------------------------------------------------------------------------------

LABELS = [
    ("{牵头单位：甲局；配合单位：乙局}", "A1", "牵 甲局 配 乙局", "curly brackets"),
    ("「责任单位：甲局、乙局」", "B1", "责 甲局、乙局", "corner brackets"),
    ("（牵头单位——市甲局，配合单位——市乙局）", "A3", "牵 市甲局 配 市乙局", "a dash for the colon"),
    ("（责任单位 市甲局、市乙局）", "B1", "责 市甲局、市乙局", "a space for the colon"),
    ("（牵头单位是市甲局，配合单位是市乙局）", "A3", "牵 市甲局 配 市乙局", "a verb for the colon"),
    ("（主管部门：甲局；配合部门：乙局）", "B6", "责 甲局 配 乙局", "who is in charge"),
    ("（主体单位：甲局；配合单位：乙局）", "B6", "责 甲局 配 乙局", "who is mainly responsible"),
    ("（第一责任单位：甲局，第二责任单位：乙局）", "A3", "牵 甲局 配 乙局", "responsible in the second place"),
    ("（承办单位：甲局；办理时限：年底前）", "B1", "责 甲局", "a time limit: no event has one"),
    ("（牵头单位：甲局；配合单位：乙局）", "A1", "牵 甲局 配 乙局", "the plain form"),
    ("（牵头部门：甲局；配合部门：乙局）", "A1", "牵 甲局 配 乙局", "部门 for 单位"),
    ("(牵头单位:甲局;配合单位:乙局)", "A1", "牵 甲局 配 乙局", "half-width punctuation throughout"),
    ("（牵头单位：甲局，丙局；配合单位：乙局）", "A1", "牵 甲局、丙局 配 乙局", "，inside a list ends a name"),
    ("（牵头单位：甲局,丙局;配合单位:乙局）", "A1", "牵 甲局、丙局 配 乙局", "so does a half-width comma"),
    ("［牵头单位：甲局］", "A4", "牵 甲局", "square brackets"),
    ("【牵头单位：甲局】", "A4", "牵 甲局", "lenticular brackets"),
    ("（牵头单位：甲局。）", "A4", "牵 甲局", "a full stop before the bracket"),
    ("（ 牵头单位：甲局 ）", "A4", "牵 甲局", "spaces inside"),
    ("（牵头单位 ： 甲局）", "A4", "牵 甲局", "spaces around the colon"),
    ("（牵头单位：甲局\n；配合单位：乙局）", "A1", "牵 甲局 配 乙局", "a line broken inside the clause"),
    ("（牵头单位：甲局；配合单位：乙\n局）", "A1", "牵 甲局 配 乙局", "a line broken inside a name"),
    ("（牵头单位：甲、乙市政府；配合单位：丙局）", "A1", "牵 甲市政府、乙市政府 配 丙局", "a shared ending"),
    ("（牵头单位：甲局等；配合单位：乙局等有关部门）", "A1", "牵 甲局+ 配 乙局+、有关部门", "等 sticks to no name"),
    ("（牵头单位：各县（市、区）政府；配合单位：乙局）", "A1", "牵 各县（市、区）政府 配 乙局", "brackets, depth 2"),
    ("（牵头单位：甲委（乙办〔丙〕）；配合单位：丁局）", "A1", "牵 甲委（乙办〔丙〕） 配 丁局", "depth 3"),
    ("（牵头单位：甲委（乙（丙（丁）））；配合单位：戊局）", "A1", "牵 甲委（乙（丙（丁））） 配 戊局", "depth 4"),
    ("（牵头单位：甲专班牵头单位；配合单位：乙局）", "A1", "牵 甲专班牵头单位 配 乙局", "a name that holds 牵头"),
    ("（牵头单位：甲局，乙局、丙局配合）", "A3", "牵 甲局 配 乙局、丙局", "a label, then a verb"),
    ("（牵头单位：甲局配合单位：乙局）", "A1", "牵 甲局 配 乙局", "where a line break between the labels was lost"),
    ("（牵头单位：甲局、乙局，下同）", "A4", "牵 甲局、乙局", "下同 after a clause is no name"),
    ("（牵头单位为省甲局，配合单位为市乙局）", "A3", "牵 省甲局 配 市乙局", "为 for the colon"),
    ("（牵头单位：省“双减”专班办；配合单位：乙局）", "A1", "牵 省“双减”专班办 配 乙局", "a quoted word inside a name"),
    ("（牵头单位：甲局；责任单位：乙局）", "A2", "牵 甲局 配 乙局", "beside a stated lead the responsible support"),
    ("（牵头部门：甲局；责任部门：乙局、丙局）", "A2", "牵 甲局 配 乙局、丙局", "责任部门"),
    ("（牵头单位：甲局；配合单位：乙局；责任单位：丙局）", "A2", "牵 甲局 配 乙局、丙局", "three labels"),
    ("（牵头单位：甲局 责任单位：乙局）", "A2", "牵 甲局 配 乙局", "a space between the labels"),
    ("（牵头单位：甲局\n责任单位：乙局）", "A2", "牵 甲局 配 乙局", "a line each"),
    ("（牵头单位：甲局，责任单位：乙局）", "A3", "牵 甲局 配 乙局", "a comma between the labels"),
    ("(牵头单位:甲局,责任单位:乙局)", "A3", "牵 甲局 配 乙局", "a half-width comma between them"),
    ("（牵头单位：甲局，丙局，配合单位：乙局）", "A3", "牵 甲局、丙局 配 乙局", "a comma in the list too"),
    ("〔牵头单位：甲局，责任单位：各县（市、区）政府〕", "A3", "牵 甲局 配 各县（市、区）政府", "hexagonal outside"),
    ("（责任单位：乙局；牵头单位：甲局）", "A3", "配 乙局 牵 甲局", "the lead last"),
    ("（牵头单位：甲局）", "A4", "牵 甲局", "a lead alone"),
    ("（牵头单位：甲局、乙局）", "A4", "牵 甲局、乙局", "two leads"),
    ("（牵头考核单位：甲局）", "A4", "牵 甲局", "牵头考核单位"),
    ("（牵头责任单位：甲局）", "A4", "牵 甲局", "牵头责任单位"),
    ("（牵头：甲局；配合：乙局）", "A1", "牵 甲局 配 乙局", "labels without 单位"),
    ("（主办：甲局；协办：乙局）", "A1", "牵 甲局 配 乙局", "主办 and 协办"),
    ("（主办单位：甲局；协办单位：乙局）", "A1", "牵 甲局 配 乙局", "主办单位 beside 协办单位"),
    ("（主责单位：甲局；配合单位：乙局）", "A1", "牵 甲局 配 乙局", "主责单位"),
    ("（牵头单位：甲局；协同责任单位：乙局）", "A1", "牵 甲局 配 乙局", "协同责任单位"),
    ("（牵头单位：甲局；协同单位：乙局）", "A1", "牵 甲局 配 乙局", "协同单位"),
    ("（牵头单位：甲局；协办单位：乙局）", "A1", "牵 甲局 配 乙局", "协办单位"),
    ("（牵头单位：甲局；协助单位：乙局）", "A1", "牵 甲局 配 乙局", "协助单位"),
    ("（牵头单位：甲局；参与单位：乙局）", "A1", "牵 甲局 配 乙局", "参与单位"),
    ("（牵头单位：甲局；参加单位：乙局）", "A1", "牵 甲局 配 乙局", "参加单位"),
    ("（牵头单位：甲局；支持单位：乙局）", "A1", "牵 甲局 配 乙局", "支持单位"),
    ("（牵头单位：甲局；指导单位：乙局）", "A3", "牵 甲局 导 乙局", "指导单位"),
    ("（配合单位：乙局）", "A5", "配 乙局", "supports without a lead"),
    ("（协办单位：乙局）", "A5", "配 乙局", "and by another word"),
    ("（参加单位：乙局、丙局）", "A5", "配 乙局、丙局", "and another"),
    ("（责任单位：甲局、乙局，丙局）", "B1", "责 甲局、乙局、丙局", "no lead stated"),
    ("（责任单位：甲局）", "B1", "责 甲局", "one alone"),
    ("〔责任单位：甲局、各县（市、区）政府〕", "B1", "责 甲局、各县（市、区）政府", "hexagonal outside"),
    (
        "（责任单位：甲委组织部（甲人才办）、乙局）",
        "B1",
        "责 甲委组织部（甲人才办）、乙局",
        "a second name in brackets",
    ),
    ("（责任单位：甲局、乙局等）", "B1", "责 甲局、乙局+", "open"),
    ("（责任单位：各成员单位）", "B1", "责 各成员单位", "a collective alone"),
    ("（落实单位：甲局）", "B1", "责 甲局", "落实单位"),
    ("（实施单位：甲局）", "B1", "责 甲局", "实施单位"),
    ("（责任主体：甲局）", "B1", "责 甲局", "责任主体"),
    ("（责任：甲局）", "B1", "责 甲局", "责任 alone"),
    ("（责任部门：甲局、乙局）", "B4", "责 甲局、乙局", "责任部门"),
    ("（责任单位：甲局；配合单位：乙局）", "B6", "责 甲局 配 乙局", "responsible and supporting, no lead"),
    ("（指导单位：甲局；责任单位：乙局）", "B6", "导 甲局 责 乙局", "guiding and responsible"),
    ("（指导单位：甲局）", "G2", "导 甲局", "guiding alone"),
    ("（责任单位：甲局牵头，乙局、丙局配合）", "C2", "牵 甲局 配 乙局、丙局", "verbs inside a label"),
]


@pytest.mark.parametrize(("text", "rule", "expected", "reason"), LABELS, ids=[row[0] for row in LABELS])
def test_labels(text: str, rule: str, expected: str, reason: str) -> None:
    (clause,) = clauses(f"推进子。{text}丑。")
    assert (clause.rule, parties(clause)) == (rule, expected), reason
    assert doubts(text) == []


# --- verbs -----------------------------------------------------------------------------------------------------------

VERBS = [
    ("（甲局统筹，乙局配合）", "C2", "牵 甲局 配 乙局", "统筹 for 牵头"),
    ("（甲局牵头抓总，乙局配合）", "C2", "牵 甲局 配 乙局", "抓总 beside 牵头"),
    ("（甲局督办，乙局承办）", "C6", "导 甲局 责 乙局", "one urges, the other does it"),
    ("（甲局牵头，乙局按职责分工负责）", "C1", "牵 甲局 配 乙局", "beside a stated lead the responsible support"),
    ("（甲局牵头，乙局、丙局等按职责分工负责）", "C1", "牵 甲局 配 乙局、丙局+", "open"),
    ("（甲局牵头，乙局负责）", "C1", "牵 甲局 配 乙局", "负责 alone"),
    ("（甲局牵头，乙局、各县政府负责落实）", "C1", "牵 甲局 配 乙局、各县政府", "负责落实"),
    ("（甲局、丙局牵头，乙局按职责分工负责）", "C1", "牵 甲局、丙局 配 乙局", "two leads"),
    ("（甲局牵头，乙局，各县（市、区）政府按职责负责）", "C1", "牵 甲局 配 乙局、各县（市、区）政府", "two levels"),
    ("（甲局牵头会同乙局、丙局落实）", "C1", "牵 甲局 配 乙局、丙局", "会同 after the lead"),
    ("（甲局牵头，乙局配合）", "C2", "牵 甲局 配 乙局", "配合"),
    ("（甲局牵头，乙局、丙局按职责分工配合）", "C2", "牵 甲局 配 乙局、丙局", "按职责分工配合"),
    ("（甲局牵头，各有关单位按职责分工配合）", "C2", "牵 甲局 配 各有关单位", "a collective supports"),
    ("（甲局牵头、乙局配合）", "C2", "牵 甲局 配 乙局", "a list comma between the verbs"),
    ("（甲局牵头；乙局配合）", "C2", "牵 甲局 配 乙局", "a semicolon between them"),
    ("(甲局牵头,乙局配合)", "C2", "牵 甲局 配 乙局", "half-width"),
    ("（由甲局牵头，乙局、丙局配合）", "C2", "牵 甲局 配 乙局、丙局", "由"),
    ("（甲局牵头，乙局参与）", "C2", "牵 甲局 配 乙局", "参与"),
    ("（甲局牵头，乙局、丙局参加）", "C2", "牵 甲局 配 乙局、丙局", "参加"),
    ("（甲局牵头，乙局协助）", "C2", "牵 甲局 配 乙局", "协助"),
    ("（甲局牵头，乙局协办）", "C2", "牵 甲局 配 乙局", "协办"),
    ("（甲局牵头，乙局配合，丙局参与）", "C2", "牵 甲局 配 乙局、丙局", "three verbs"),
    ("（甲局主办，乙局协办）", "C2", "牵 甲局 配 乙局", "主办 as a verb"),
    ("（甲专班牵头单位牵头，乙局配合）", "C2", "牵 甲专班牵头单位 配 乙局", "the verb is the last 牵头"),
    ("（甲局负责）", "C3", "责 甲局", "负责"),
    ("（甲局、乙局负责）", "C3", "责 甲局、乙局", "two"),
    ("（甲局、乙局，各县政府负责）", "C3", "责 甲局、乙局、各县政府", "two levels"),
    ("（甲局负责落实）", "C3", "责 甲局", "负责落实"),
    ("（甲局落实）", "C3", "责 甲局", "落实"),
    ("（甲局、乙局等按职责分工负责）", "C3b", "责 甲局、乙局+", "no lead"),
    ("（甲局、乙局按职责分工落实）", "C3b", "责 甲局、乙局", "按职责分工落实"),
    ("（甲局、乙局按照职责分工负责）", "C3b", "责 甲局、乙局", "按照"),
    ("（甲局、乙局分别负责）", "C3b", "责 甲局、乙局", "分别"),
    ("（各有关部门按职责分工负责）", "C3b", "责 各有关部门", "a collective alone"),
    ("（甲局、乙局等和各省级政府负责）", "C5", "责 甲局、乙局+、各省级政府", "等和各"),
    ("（甲局、乙局和有关区县政府具体负责）", "C5", "责 甲局、乙局、有关区县政府", "具体负责"),
    ("（甲局及各县政府负责）", "C5", "责 甲局、各县政府", "及各"),
    ("（甲局指导，乙局负责落实）", "C6", "导 甲局 责 乙局", "指导"),
    ("（甲局指导，乙局、丙局参与）", "C6", "导 甲局 责 乙局、丙局", "who takes part carries it out"),
    ("（各县政府负责，甲局指导）", "C6", "责 各县政府 导 甲局", "the guide last"),
    ("（甲局牵头，乙局指导，丙局负责落实）", "C6", "牵 甲局 导 乙局 配 丙局", "a lead and a guide"),
    ("（甲局负责，乙局配合，丙局指导）", "C6b", "责 甲局 配 乙局 导 丙局", "a guide beside one that supports"),
    ("（丙局指导，甲局负责，乙局配合）", "C6b", "导 丙局 责 甲局 配 乙局", "the guide first"),
    ("（甲局会同有关部门负责）", "C7", "责 甲局、有关部门", "会同"),
    ("（甲部、乙部等部门会同各地方按职责分工负责）", "C7", "责 甲部、乙部+、各地方", "会同 behind 等部门"),
    ("（甲局会同乙局、丙局等按职责分工负责）", "C7", "责 甲局、乙局、丙局+", "会同 and 按职责"),
    ("（甲局、乙局牵头负责）", "C8", "牵 甲局、乙局", "牵头负责"),
    ("（甲局牵头）", "C8", "牵 甲局", "牵头 alone"),
    ("（甲局牵头落实）", "C8", "牵 甲局", "牵头落实"),
    ("（甲局负责，乙局配合）", "C10", "责 甲局 配 乙局", "no lead stated, one supports"),
]


@pytest.mark.parametrize(("text", "rule", "expected", "reason"), VERBS, ids=[row[0] for row in VERBS])
def test_verbs(text: str, rule: str, expected: str, reason: str) -> None:
    (clause,) = clauses(f"推进子。{text}丑。")
    assert (clause.rule, parties(clause)) == (rule, expected), reason
    assert doubts(text) == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("（牵头部门：甲局、乙局；协办单位：丙局等）", ["牵头部门", "牵头部门", "协办单位"]),
        ("（牵头单位 ：甲局）", ["牵头单位"]),
        ("（甲局牵头，乙局、丙局按职责分工配合）", ["牵头", "按职责分工配合", "按职责分工配合"]),
        ("（甲局指导，乙局负责落实）", ["指导", "负责落实"]),
        ("（6月底完成，牵头考核单位：甲局）", ["牵头考核单位"]),
    ],
)
def test_labels_and_verbs_are_kept_as_written(text: str, labels: list[str]) -> None:
    (clause,) = clauses(text)
    assert [m.label for m in clause.mentions] == labels
    assert [m.position for m in clause.mentions] == list(range(1, len(labels) + 1))


# --- times -----------------------------------------------------------------------------------------------------------

TIMES = [
    ("（6月底完成，牵头考核单位：甲局、乙局）", "D1", "牵 甲局、乙局", ["6月底完成"], "a time, then a label"),
    ("（持续推进，牵头考核单位：甲局）", "D1", "牵 甲局", ["持续推进"], "持续推进 in its place"),
    ("（长期坚持，责任单位：甲局）", "D1", "责 甲局", ["长期坚持"], "长期坚持"),
    ("（6月底前完成；责任单位：甲局）", "D1", "责 甲局", ["6月底前完成"], "a semicolon after it"),
    ("（2021年底前，牵头单位：甲局；责任单位：乙局）", "D1", "牵 甲局 配 乙局", ["2021年底前"], "two labels"),
    ("（年内完成，甲局牵头，乙局配合）", "D1", "牵 甲局 配 乙局", ["年内完成"], "then verbs"),
    ("（2021年6月底前完成，甲局负责）", "D1", "责 甲局", ["2021年6月底前完成"], "then one verb"),
    ("（完成时限：2021年6月；责任单位：甲局）", "D1", "责 甲局", ["2021年6月"], "a label of its own"),
    ("（牵头单位：甲局；配合单位：乙局；完成时限：6月底）", "A1", "牵 甲局 配 乙局", ["6月底"], "the label last"),
    ("（责任单位：甲局；完成时间：长期坚持）", "B1", "责 甲局", ["长期坚持"], "no day under a label"),
    ("（牵头单位：甲局，2016年底前完成）", "A4", "牵 甲局", ["2016年底前完成"], "a time after the names"),
    ("（甲局牵头，2020年底前完成）", "C8", "牵 甲局", ["2020年底前完成"], "a date inside a verb clause"),
    ("（甲局牵头，乙局参与，2020年12月底前完成）", "C2", "牵 甲局 配 乙局", ["2020年12月底前完成"], "after two verbs"),
    ("（甲局牵头，乙局配合；2021年底前完成）", "C2", "牵 甲局 配 乙局", ["2021年底前完成"], "a semicolon before it"),
    ("（甲局、乙局按职责分工负责，持续推进）", "C3b", "责 甲局、乙局", ["持续推进"], "持续推进 at the end"),
    ("（第三季度完成，责任单位：甲局）", "D1", "责 甲局", ["第三季度完成"], "a quarter"),
    ("（２０２１年６月底前完成，责任单位：甲局）", "D1", "责 甲局", ["２０２１年６月底前完成"], "full-width digits"),
    ("（2021 年 6 月底前，责任单位：甲局）", "D1", "责 甲局", ["2021 年 6 月底前"], "spaces from a PDF"),
]


@pytest.mark.parametrize(("text", "rule", "expected", "times", "reason"), TIMES, ids=[row[0] for row in TIMES])
def test_times(text: str, rule: str, expected: str, times: list[str], reason: str) -> None:
    (clause,) = clauses(text)
    assert (clause.rule, parties(clause)) == (rule, expected), reason
    assert [d.span.of(text) for d in clause.deadlines] == times
    assert doubts(text) == []


# --- persons ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected", "persons"),
    [
        ("（责任领导：甲某；责任单位：乙局、丙局）", "责 乙局、丙局", ["责任领导：甲某"]),
        ("（责任领导：甲某，牵头单位：乙局，责任单位：丙局）", "牵 乙局 配 丙局", ["责任领导：甲某"]),
        ("（牵头领导：甲某；牵头单位：乙局）", "牵 乙局", ["牵头领导：甲某"]),
        ("（责任单位：甲局；责任人：乙某；完成时限：6月底）", "责 甲局", ["责任人：乙某"]),
        ("（分管领导：甲某；责任单位：乙局；联系人：丙某）", "责 乙局", ["分管领导：甲某", "联系人：丙某"]),
    ],
)
def test_persons_are_no_parties_but_reported(text: str, expected: str, persons: list[str]) -> None:
    (clause,) = clauses(text)
    assert parties(clause) == expected
    assert [(d.kind, d.span.of(text)) for d in find(text, Span(0, len(text))).doubts] == [
        ("person", person) for person in persons
    ]


# --- what is not read ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("（责任领导：甲某）", "a person, not a body"),
        ("（主办单位：甲局）", "主办单位 alone is an event's"),
        ("（牵头单位：）", "no name"),
        ("（牵头单位：、）", "list commas alone"),
        ("（牵头单位：；配合单位：甲局）", "no lead"),
        ("（牵头单位：甲局；配合单位：，）", "no support"),
        ("（牵头单位：甲局。其余单位配合）", "a sentence is no name"),
        ("（牵头单位：甲委（配合单位：乙局））", "a label in a nested bracket"),
        ("（包括牵头单位自身）", "not a clause, but for a person to see"),
    ],
)
def test_what_looks_like_a_clause_is_reported_and_not_read(text: str, reason: str) -> None:
    whole = "推进甲。" + text
    assert ([parties(c) for c in clauses(whole)], doubts(whole)) == ([], [text]), reason


@pytest.mark.parametrize(
    ("text", "expected", "odd", "reason"),
    [
        ("（牵头单位：甲局，乙局另行推荐并负责解释）", "牵 甲局", ["乙局另行推荐并负责解释"], "a verb is no name"),
    ],
)
def test_an_odd_piece_of_a_list_is_reported_and_the_rest_is_read(
    text: str, expected: str, odd: list[str], reason: str
) -> None:
    assert ([parties(c) for c in clauses(text)], doubts(text)) == ([expected], odd), reason


def test_a_sentence_is_read_without_its_brackets() -> None:
    text = "牵头单位：甲局；责任单位：乙局"
    reading = read_sentence(text, Span(0, len(text)))
    assert reading
    assert (reading.rule.name, [p.kind for p in reading.parties]) == ("B5", ["L", "R"])
    assert read_sentence("推进甲", Span(0, 3)) is None


# --- properties ------------------------------------------------------------------------------------------------------


@EXACT
@given(st.text("（）〔〕()牵头配合单位：；，、甲局。\n负责", max_size=60))
def test_clauses_and_doubts_lie_apart_in_order(text: str) -> None:
    found = find(text, Span(0, len(text)))
    read = clauses(text)
    spans = sorted([*(clause.span for clause in read), *(d.span for d in found.doubts if d.kind == "clause")])
    assert all(one.end <= other.begin for one, other in pairwise(spans))
    for clause in read:
        assert clause.mentions
        assert all(clause.span.covers(m.span) and m.name for m in clause.mentions)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "一、甲\n序号  工作任务   责任单位  完成时限\n1  建设甲  市乙局\n",
            ["序号  工作任务   责任单位  完成时限", "1  建设甲  市乙局"],
        ),
        ("一、甲\n  主要措施   牵头部门\n", ["  主要措施   牵头部门"]),
        ("一、甲\n序号\n\n任务\n\n责任单位\n\n1\n", ["序号\n\n任务\n\n责任单位"]),
        ("一、落实工作 责任单位要加强督促。\n", []),
        ("工作任务\n责任单位：甲局\n", []),
    ],
)
def test_heads_of_a_table_that_is_not_read_are_reported(text: str, found: list[str]) -> None:
    assert doubts(text) == found
