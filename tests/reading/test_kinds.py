"""One plan gives the same tasks and parties in whatever kind of file it comes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pyoxigraph import Literal

from plan_graph.authority.register import Register
from plan_graph.build import build
from plan_graph.extraction.tasks import extract
from plan_graph.iri import PG, Base
from plan_graph.model.plan import Plan
from plan_graph.reading.file import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TITLE = "甲省2030年农产品质量提升工作方案"
BEFORE = (TITLE, "甲省人民政府", "2030年1月10日", "一、重点任务（2项）")
TASKS = (
    "1．建成一批高标准农田。（牵头单位：省农委；配合单位：省财政厅、省审计厅）",
    "2．推进农产品冷链物流建设，年底前投入使用。（牵头单位：省商务厅）",
)
CAPTION = "重点项目分工表"
HEAD = ("序号", "任务", "牵头单位", "配合单位")
ROWS = (
    ("1", "建成检测中心。", "省农委", "省财政厅、省科技厅"),
    ("2", "开展抽检。", "省农委", "省商务厅"),
)  # one cell of 牵头
Found = list[tuple[int, str, str]]


def parties(plan: Plan) -> Found:
    return [(t.number, m.role.value, m.name) for t in plan.tasks for c in t.governing for m in c.mentions]


PROSE: Found = [
    (1, "lead", "省农委"), (1, "support", "省财政厅"), (1, "support", "省审计厅"),
    (2, "lead", "省商务厅"),
]  # fmt: skip
TABLE: Found = [
    (1, "lead", "省农委"), (1, "support", "省财政厅"), (1, "support", "省科技厅"),
    (2, "lead", "省农委"), (2, "support", "省商务厅"),
]  # fmt: skip


def text() -> bytes:
    table = ["\t".join(row) for row in (HEAD, *ROWS)]
    return "\n".join([*BEFORE, *TASKS, CAPTION, *table, ""]).encode("gb18030")


def page() -> bytes:
    (one, first, lead, with_one), (two, second, _, with_two) = ROWS
    table = (
        f"<tr>{''.join(f'<th>{head}</th>' for head in HEAD)}</tr>"
        f"<tr><td>{one}</td><td>{first}</td><td rowspan=2>{lead}</td><td>{with_one.replace('、', '<br>')}</td></tr>"
        f"<tr><td>{two}</td><td>{second}</td><td>{with_two}</td></tr>"
    )
    body = "".join(f"<p>{line}</p>" for line in (*BEFORE, *TASKS, CAPTION)) + f"<table>{table}</table>"
    around = '<div class="nav"><a href="1">首页</a></div><div>{}</div><div class="footer">版权所有：甲省人民政府，如有转载，请注明。</div>'
    return f"<html><meta charset=gb2312><body>{around.format(body)}</body></html>".encode("gbk")


def word() -> bytes:
    def p(line: str, looks: str = "") -> str:
        return f"<w:p><w:pPr>{looks}</w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>"

    def tr(*cells: tuple[str, str]) -> str:
        return f"<w:tr>{''.join(f'<w:tc><w:tcPr>{looks}</w:tcPr>{inner}</w:tc>' for inner, looks in cells)}</w:tr>"

    (one, first, lead, with_one), (two, second, _, with_two) = ROWS
    counted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = "".join(map(p, BEFORE)) + "".join(p(task[2:], counted) for task in TASKS) + p(CAPTION)
    body += f"<w:tbl>{tr(*((p(head), '') for head in HEAD))}" + tr(
        (p(one), ""),
        (p(first), ""),
        (p(lead), '<w:vMerge w:val="restart"/>'),
        ("".join(map(p, with_one.split("、"))), ""),
    )
    body += tr((p(two), ""), (p(second), ""), ("<w:p/>", "<w:vMerge/>"), (p(with_two), "")) + "</w:tbl>"
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1．"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        package.writestr("word/numbering.xml", f'<w:numbering xmlns:w="{W}">{lists}</w:numbering>')
    return held.getvalue()


def sheet() -> bytes:
    made, held = openpyxl.Workbook(), io.BytesIO()
    for row in ((TITLE,), HEAD, *ROWS):
        made.active.append(row)
    made.active.merge_cells("A1:D1")
    made.active.merge_cells("C3:C4")
    made.save(held)
    return held.getvalue()


def values() -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows([(TITLE,), HEAD, ROWS[0], (*ROWS[1][:2], "", ROWS[1][3])])
    return held.getvalue().encode("gbk")


KINDS = {
    "计划.txt": (text, PROSE + TABLE),
    "计划.html": (page, PROSE + TABLE),
    "计划.docx": (word, PROSE + TABLE),
    "计划.xlsx": (sheet, TABLE),
    "计划.csv": (values, TABLE),
}


@pytest.mark.parametrize(("name", "make", "expected"), [(name, *kind) for name, kind in KINDS.items()], ids=KINDS)
def test_the_same_tasks_and_parties(
    name: str, make: Callable[[], bytes], expected: Found, register: Register, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    built = build(path, "d", register, Base())
    assert sorted(parties(built.plan)) == sorted(expected)  # who stands in a merged cell comes after the row's own
    document = built.plan.document
    for row in built.tables["participations"]:
        said = document.text[row["begin"] : row["end"]]
        assert row["name_as_written"] in said or said in row["name_as_written"]
    # what a clause stands on can be found in the original
    objects = [quad.object for quad in built.quads if quad.predicate == PG.originalPlace]
    places = {one.value for one in objects if isinstance(one, Literal)}
    assert places <= {origin.place for origin in document.origins}
    assert bool(places) is (name != "计划.txt")


@pytest.mark.parametrize(
    ("original", "text", "title"),
    [
        ("03.html", "03-sc-guobanfa2018-121-sports-shows.txt", "国办发〔2018〕121号"),
        ("04.html", "04-sc-guofa2018-42-farm-machinery.txt", "国发〔2018〕42号"),
        ("07.html", "07-sc-guobanfa2018-128-zero-waste-city.txt", "国办发〔2018〕128号"),
    ],
)
def test_real_pages_give_what_their_texts_give(
    original: str, text: str, title: str, shared: Path, register: Register
) -> None:
    corpus = shared / "corpus"
    page, plain = (extract(read(path, "d"), register) for path in (corpus / "original" / original, corpus / text))
    assert parties(page) == parties(plain)
    assert len(page.tasks) == len(plain.tasks) > 0
    assert page.metadata.number == plain.metadata.number == title
    assert (page.metadata.title, page.metadata.issued) == (plain.metadata.title, plain.metadata.issued)
    assert "".join(page.document.text.split()) == "".join(plain.document.text.split())
