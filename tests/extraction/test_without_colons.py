"""Labels parted from their names by spaces, and what is reported of a table whose columns are not certain."""

from __future__ import annotations

import pytest

from plan_graph.authority.register import Register
from plan_graph.extraction.tasks import extract
from plan_graph.extraction.without_colons import with_colons
from plan_graph.model import Plan
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
