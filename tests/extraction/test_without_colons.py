"""Labels parted from their names by spaces, and what is reported of a table whose columns are not certain."""

from __future__ import annotations

import pytest

from plan_graph.authority.register import Register
from plan_graph.extraction.tasks import extract
from plan_graph.extraction.without_colons import with_colons
from plan_graph.model.plan import Plan
from plan_graph.reading.text import decode

REGISTER = Register.load()


def read(text: str) -> Plan:
    return extract(decode(text.encode(), "d", "d.txt"), REGISTER)


def parties(plan: Plan) -> list[list[tuple[str, str]]]:
    return [[(m.role.value, m.name) for c in task.governing for m in c.mentions] for task in plan.tasks]


FORM = """甲市重点工作
一、推进政务服务一网通办
工作内容    完善办事机制。
牵头单位    市营商局
配合单位    市发展改革委、市财政局
完成时限    2024年12月底前
二、建设统一平台
工作内容    建成统一平台。
牵头单位　　市司法局　　配合单位　　市公安局
"""


def test_labels_of_a_form_are_read() -> None:
    plan = read(FORM)
    assert parties(plan) == [
        [("lead", "市营商局"), ("support", "市发展改革委"), ("support", "市财政局")],
        [("lead", "市司法局"), ("support", "市公安局")],
    ]
    assert [d.written for d in plan.tasks[0].clauses[0].deadlines] == ["2024年12月底前"]
    assert plan.doubts == ()
    assert plan.document.text == FORM


@pytest.mark.parametrize(
    "line",
    [
        "牵头单位    配合单位",
        "牵头单位    要加强统筹协调",
        "责任单位 市财政局要加强保障",
        "各责任单位  市财政局",
        "序号  牵头单位  市财政局",
        "完成时限    市财政局",
        "牵头单位\t市财政局",
    ],
)
def test_what_may_be_something_else_gets_no_colon(line: str) -> None:
    assert with_colons(line) == line


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            "一、推进甲。\n牵头单位\n市教育局\n配合单位\n\n市财政局、市科技局\n完成时限\n2024年底前\n二、推进乙。\n责任单位\n市司法局\n",
            [
                [("lead", "市教育局"), ("support", "市财政局"), ("support", "市科技局")],
                [("responsible", "市司法局")],
            ],
        ),
        ("工作任务\n推进甲。\n牵头单位\n市教育局\n工作任务\n推进乙。\n牵头单位\n市司法局\n", [[("lead", "市教育局")], [("lead", "市司法局")]]),
    ],
)  # fmt: skip
def test_a_label_on_one_line_and_its_names_on_the_next(text: str, right: list[list[tuple[str, str]]]) -> None:
    plan = read(f"甲市任务分解表\n{text}")
    assert parties(plan) == right
    assert plan.doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        "主要任务\n牵头单位\n市教育局",
        "牵头单位\n责任单位\n市教育局",
        "推进甲。\n牵头单位\n要加强统筹",
        "推进甲。\n完成时限\n市教育局",
    ],
)
def test_a_head_of_a_table_gets_no_colon(text: str) -> None:
    assert with_colons(text) == text


def test_names_in_rows_of_cells_without_heads_are_reported() -> None:
    text = "甲市任务\n一、总体要求\n1\n推进甲。\n市教育局\n市财政局、市科技局\n2\n推进乙。\n市司法局\n二、保障措施\n市水利局\n"
    plan = read(text)
    assert parties(plan) == [[], []]
    assert [doubt.span.of(text) for doubt in plan.doubts] == ["市教育局", "市财政局、市科技局", "市司法局"]


# columns that the spaces do not part: who leads and who supports is not certain
UNCLEAR = """甲市重点工作
一、总体要求
附表
序号   工作任务        牵头单位   配合单位
1   推进政务服务一网通办，完善机制      市营商局、市发展改革委
2   建设统一平台      市司法局      市公安局、市财政局
3   改造老旧小区
二、保障措施
"""


def test_each_line_with_bodies_of_a_table_that_is_not_read_is_reported() -> None:
    plan = read(UNCLEAR)
    assert parties(plan) == [[], []]
    assert [doubt.span.of(UNCLEAR) for doubt in plan.doubts] == [
        line.strip() for line in UNCLEAR.split("\n") if "局" in line or "单位" in line
    ]


def test_rows_are_reported_line_by_line_in_a_text_broken_at_a_width() -> None:
    prose = "各地各部门要把推进重点任务落实作为当前工作的重中之重，加强组织领导，\n" * 20
    plan = read(f"一、总体要求\n{prose}抓好落实。\n{UNCLEAR}")
    assert "2   建设统一平台      市司法局      市公安局、市财政局" in [
        doubt.span.of(plan.document.text) for doubt in plan.doubts
    ]
