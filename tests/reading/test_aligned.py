"""Tables whose columns are aligned with spaces: what is certain is read, and nothing where anything is open."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from plan_graph.model.text import Document
from plan_graph.reading import laid_out
from plan_graph.reading.laid_out import read

ROWS = """序号  工作任务                  牵头单位      配合单位
1     建设统一平台。            市司法局      市公安局、市财政局
2     新建公办幼儿园。          市教育局
"""
TOP = """序号  工作任务            牵头单位      配合单位
1     推进政务服务一网通  市营商局      市财政局、市教
      办，完善机制。                    育局
2     建设统一平台。      市司法局      市公安局
3     改造老旧小区。      市住建局
"""
MIDDLE = """序号  工作任务            牵头单位      配合单位
      推进政务服务一网通                市财政局、市教
1     办，优化流程，完善  市营商局      育局
      线上线下融合机制。
2     建设统一平台。      市司法局      市公安局
"""
DATED = """任务                 责任单位           时限
建设甲工程           市甲局             6月底
整治乙河道           市丁局、市戊局     9月底
新建丙学校           市教育局           年底
"""


def table(text: str) -> list[list[str]]:
    document: Document = read(f"甲市任务分解表\n\n{text}".encode(), "d", "d.txt")
    return [[cell.of(document.text) for cell in row] for one in document.tables for row in one.rows]


@pytest.mark.parametrize(
    ("text", "rows", "why"),
    [
        (
            ROWS,
            [["1", "建设统一平台。", "市司法局", "市公安局、市财政局"], ["2", "新建公办幼儿园。", "市教育局", ""]],
            "a row a line",
        ),
        (
            ROWS.replace("  ", "\u3000"),
            [["1", "建设统一平台。", "市司法局", "市公安局、市财政局"], ["2", "新建公办幼儿园。", "市教育局", ""]],
            "full-width spaces",
        ),
        (
            "\n".join(line[6:] for line in f"{ROWS}3     改造老旧小区。            市住建局\n".split("\n")),
            [
                ["建设统一平台。", "市司法局", "市公安局、市财政局"],
                ["新建公办幼儿园。", "市教育局", ""],
                ["改造老旧小区。", "市住建局", ""],
            ],
            "rows without numbers",
        ),
        (
            TOP,
            [
                ["1", "推进政务服务一网通办，完善机制。", "市营商局", "市财政局、市教育局"],
                ["2", "建设统一平台。", "市司法局", "市公安局"],
                ["3", "改造老旧小区。", "市住建局", ""],
            ],
            "cells of several lines, set at the top",
        ),
        (
            MIDDLE,
            [
                ["1", "推进政务服务一网通办，优化流程，完善线上线下融合机制。", "市营商局", "市财政局、市教育局"],
                ["2", "建设统一平台。", "市司法局", "市公安局"],
            ],
            "cells of several lines, set in the middle: the sentence tells where the row ends",
        ),
        (
            ROWS.replace("2     ", "\n— 5 —\n\n\f序号  工作任务                  牵头单位      配合单位\n2     "),
            [["1", "建设统一平台。", "市司法局", "市公安局、市财政局"], ["2", "新建公办幼儿园。", "市教育局", ""]],
            "over the end of a page, with the heads again",
        ),
        (
            DATED,
            [
                ["建设甲工程", "市甲局", "6月底"],
                ["整治乙河道", "市丁局、市戊局", "9月底"],
                ["新建丙学校", "市教育局", "年底"],
            ],
            "rows without numbers, each with a time of its own",
        ),
    ],
)
def test_what_is_certain_is_read(text: str, rows: list[list[str]], why: str) -> None:
    assert table(text)[1:] == rows, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ROWS.replace("市公安局、市财政局", "市公安局、市财政局     市商务局"), "a cell under no head"),
        (MIDDLE.replace("流程，完善", "有关流程。"), "a sentence that fills its line may end its cell or not"),
        (ROWS.replace("市教育局", "        "), "who leads may be merged with the row above"),
        (ROWS.replace("2     新", "4     新"), "a number is missing"),
        (ROWS + "3     改造三十个老旧小区，完善设施。   市住建局      市财政局\n", "a line that fits no gutter goes on the table"),
        (TOP.replace("、市教\n", "  \n").replace("育局\n", "市教育局\n").replace("市营商局  ", "市人力资源社"), "a name or two"),
        (ROWS.replace("市公安局、市财政局", "要加强协调配合"), "a column of bodies holds none"),
        (DATED.replace("6月底", "2020年").replace("9月底", "2021年"), "times that may go on in the next lines"),
    ],
)  # fmt: skip
def test_what_is_open_is_not_read(text: str, why: str) -> None:
    assert table(text) == [], why


def test_a_row_of_which_a_line_fits_into_no_columns_makes_no_table_though_blank_lines_part_rows() -> None:
    text = ROWS.replace("\n", "\n\n").replace("1     建设", "1     建设市一级的政务服务平台，完善机制，市\n      建设")
    assert table(text) == []


def test_the_lines_of_the_file_are_the_origin_of_a_cell() -> None:
    document = read(f"甲市任务分解表\n\n{TOP}".encode(), "d", "d.txt")
    (one,) = [origin for origin in document.origins if "市教育局" in origin.span.of(document.text)]
    assert (one.span.of(document.text), one.place) == ("市财政局、市教育局", "line=3,5")


BOX = """┌──────────┬────┬────────┬────┐
│工作任务  │分管│牵头组织│完成│
│          │领导│实施单位│时限│
├──────────┼────┼────────┼────┤
│建设统一平│张三│市司法局│年底│
├──────────┤    │、市公安│前  │
│新建幼儿园│    │局      │    │
│          │    ├────────┤    │
├──────────┤    │市住建局│    │
│改造老小区│    │        │    │
└──────────┴────┴────────┴────┘
"""


def test_beside_a_rule_a_cell_of_a_box_goes_on() -> None:
    rows = table(BOX)
    assert [row[0] for row in rows] == ["工作任务", "建设统一平", "新建幼儿园", "改造老小区"]
    assert [row[2] for row in rows] == ["牵头组织实施单位", "市司法局、市公安局", "市司法局、市公安局", "市住建局"]


def test_rules_beneath_one_another_are_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    ruled = laid_out._ruled

    def counted(lines: Sequence[str], first: int) -> laid_out._Drawn | None:
        tried.append(first)
        return ruled(lines, first)

    monkeypatch.setattr(laid_out, "_ruled", counted)
    rule = "+----+------+------+"
    rows = [rule, "| 1 | 推进甲工作 | 市财政局 |", rule, "| 2 | 推进乙工作 | 市教育局 |", rule]
    text = "\n".join([rule] * 50 + ["", *rows])
    document = read(text.encode(), "a-plan", "计划.txt")
    assert len(tried) < 10
    assert [[cell.of(document.text) for cell in row] for row in document.tables[-1].rows][1][1] == "推进乙工作"
