"""What a document says once for all its clauses: every wording, what it adds, what it does not say."""

from __future__ import annotations

import pytest

from plan_graph.extraction.document_rules import Says, Statement, statements
from plan_graph.model.text import Span

FIRST, COMMA, ALSO = Says.FIRST_LEADS, Says.BEFORE_COMMA_LEADS, Says.ALSO


def find(text: str) -> list[Statement]:
    return list(statements(text, Span(0, len(text))))


FIRST_LEADS = [
    "列第一位的为牵头单位",
    "列第一位者为牵头单位",
    "列第一位的单位为牵头单位",
    "列第一的为牵头单位",
    "列首位的为牵头单位",
    "列首位者为牵头单位",
    "列在首位的为牵头单位",
    "列在第一位的为牵头单位",
    "列于首位的为牵头单位",
    "位列第一的为牵头单位",
    "位列首位的单位为牵头单位",
    "居首位的为牵头单位",
    "排第一位的为牵头单位",
    "排第一的为牵头单位",
    "排首位的为牵头单位",
    "排在首位的为牵头单位",
    "排在首位的单位为牵头单位",
    "排在第一位的为牵头单位",
    "排在第一位的部门为牵头部门",
    "排在第一的为牵头部门",
    "排在最前面的为牵头单位",
    "排名第一的为牵头单位",
    "排名第一位的单位为牵头单位",
    "排名首位的为牵头单位",
    "排序第一的为牵头单位",
    "排列第一位的为牵头单位",
    "首位为牵头单位",
    "首位单位为牵头单位",
    "首个单位为牵头单位",
    "首家为牵头单位",
    "第一个为牵头单位",
    "第一个单位为牵头单位",
    "第一位为牵头单位",
    "第一单位为牵头单位",
    "第一责任单位为牵头单位",
    "列首位的是牵头单位",
    "列首位的系牵头单位",
    "列首位的均为牵头单位",
    "列首位的为牵头责任单位",
    "列首位的为牵头负责单位",
    "列首位的为主办单位",
    "列首位的为主责单位",
    "责任单位中列第一位的为牵头单位",
    "以上责任单位中排在首位的为牵头单位",
    "各项任务列第一位的为牵头单位",
    "列在首位的为牵头部门或单位",
    "列第一位的为牵头或汇总单位",
    "列第一位的责任单位为牵头单位或汇总单位",
    "除标注“牵头”的单位外，列第一位的为牵头单位",
]


@pytest.mark.parametrize("words", FIRST_LEADS)
def test_the_first_name_leads(words: str) -> None:
    for below in ("，下同", "。下同", "，以下同", "，以下相同", "，后同", "，以下均同", ""):
        text = f"甲局、乙局，{words}{below}"
        (one,) = find(text)
        assert (one.says, one.wide) == (FIRST, bool(below))
        assert one.span.of(text).lstrip("，") == words + below


@pytest.mark.parametrize(
    "words",
    [
        "逗号前为牵头单位",
        "逗号前的为牵头单位",
        "逗号前者为牵头单位",
        "逗号前的单位为牵头单位",
        "逗号前面的为牵头单位",
        "逗号之前的单位为牵头单位",
        "逗号以前为牵头单位",
        "逗号前均为牵头单位",
        "逗号前单位为牵头单位",
        "逗号前部门为牵头部门",
        "逗号前为牵头责任单位",
        "第一个逗号前为牵头单位",
        "首个逗号前的单位为牵头单位",
    ],
)
def test_the_names_before_the_comma_lead(words: str) -> None:
    for rest in (
        "",
        "，其余按职责分工负责",
        "，其余为配合单位",
        "，其他为责任单位",
        "，逗号后为责任单位",
        "，逗号后的为配合单位",
        "；其余单位按职责分工配合",
        "，其他单位配合",
    ):
        for below in ("，下同", ""):
            text = f"甲局，乙局（{words}{rest}{below}）"
            (one,) = find(text)
            assert (one.says, one.wide) == (COMMA, bool(below)), text
            assert one.span.of(text) == words + rest + below


@pytest.mark.parametrize(
    "rest",
    [
        "，其余为配合单位",
        "，其他单位为责任单位",
        "，其余按职责分工负责",
        "，其余单位配合",
        "，其他为参与单位",
        "，后面的为配合单位",
        "，有关部门和单位按职责分工负责",
        "，其他有关部门或单位按职责分工负责",
    ],
)
def test_what_is_said_of_the_rest_belongs_to_the_statement(rest: str) -> None:
    text = f"甲局、乙局，列首位的为牵头单位{rest}，下同"
    (one,) = find(text)
    assert (one.says, one.wide, one.span.of(text).lstrip("，")) == (FIRST, True, text[6:])


@pytest.mark.parametrize(
    ("text", "parties", "verb"),
    [
        ("以下均需甲市政府落实，不再列出", ["甲市政府"], "落实"),
        ("以下均需试点城市政府落实，不再列出", ["试点城市政府"], "落实"),
        ("以下均需各县（市、区）政府组织实施，不再列出", ["各县（市、区）政府"], "组织实施"),
        ("以下均须甲局、各县政府配合，不再一一列出", ["甲局", "各县政府"], "配合"),
        ("以下各项工作均由各县政府负责落实，不再列出", ["各县政府"], "负责落实"),
        ("以下任务均需各县政府负责，不再重复列出", ["各县政府"], "负责"),
        ("以下各项均需各县政府落实，不再逐一罗列", ["各县政府"], "落实"),
        ("以下措施均需各县政府贯彻落实，不再单独列出", ["各县政府"], "贯彻落实"),
        ("各市州、县市区人民政府均为责任单位，以下不再列出", ["各市州、县市区人民政府"], "责任单位"),
        ("各县政府均为配合单位，下同", ["各县政府"], "配合单位"),
        ("以下工作均涉及各县政府和甲新区管委会，不再一一列出", ["各县政府", "甲新区管委会"], "涉及"),
        ("以下责任单位中均包含各市、县〔区〕政府，不再列出", ["各市、县〔区〕政府"], "包含"),
        ("以下各项任务均需各县政府、甲管委会落实，下同不再列出", ["各县政府", "甲管委会"], "落实"),
        ("各县（市、区）政府为所有任务的责任单位，以下不再列出", ["各县（市、区）政府"], "为所有任务的责任单位"),
        (
            "各县（市、区）人民政府按照属地原则负责本辖区内各项任务的组织落实，以下不再列出",
            ["各县（市、区）人民政府"],
            "按照属地原则负责本辖区内各项任务的组织落实",
        ),
        ("各县政府承担主体责任，下同不再列出", ["各县政府"], "承担主体责任"),
    ],
)
def test_a_party_added_to_everything_below(text: str, parties: list[str], verb: str) -> None:
    (one,) = find(f"甲局负责。{text}。")
    assert (one.says, one.wide, one.verb) == (ALSO, True, verb)
    assert [name.name for name in one.parties] == parties
    assert one.span.of(f"甲局负责。{text}。") == text


def test_two_statements_of_one_clause() -> None:
    text = "甲局、乙局，列首位的为牵头单位，下同。以下均需各县政府落实，不再列出"
    assert [(s.says, s.wide) for s in find(text)] == [(FIRST, True), (ALSO, True)]
    text = "甲局，乙局。逗号前为牵头单位，以下工作均涉及各县政府，不再列出"
    assert [(s.says, s.wide, s.here) for s in find(text)] == [(COMMA, True, False), (ALSO, True, False)]


def test_a_note() -> None:
    text = "注：列首位的为牵头单位。"
    (one,) = find(text)
    assert (one.says, one.span.of(text)) == (FIRST, "注：列首位的为牵头单位")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("甲局为牵头单位", "one body is named"),
        ("明确一个部门为牵头单位", "nothing of the order"),
        ("排在第一位的任务", "no lead"),
        ("逗号前后空格", "no lead either"),
        ("第一批试点单位为甲局", "an ordinal of another kind"),
        ("以下简称甲局", "no statement"),
        ("以下均需落实", "nobody is named"),
        ("各项工作按照职责分工负责落实，不再列出", "what is done is no party"),
        ("甲局负责各项任务的落实，以下不再列出", "one body: of this task or of all is not said"),
        ("各县政府要加强组织领导，细化工作举措，不再列出", "it does not say for what"),
        ("下同", "下同 alone"),
        ("", "no text"),
    ],
)
def test_what_states_nothing(text: str, reason: str) -> None:
    assert find(text) == [], reason


def test_only_the_given_stretch_counts() -> None:
    text = "列首位的为牵头单位。逗号前为牵头单位。"
    assert [s.says for s in statements(text, Span(10, len(text)))] == [COMMA]
