"""A report as JSON, Excel and a page: everything in it, escaped, the same bytes each time."""

from __future__ import annotations

import io
import json
import re

import lxml.html
import openpyxl
import pytest

from plan_graph.errors import InputError
from plan_graph.graph.formats import as_csv, as_workbook
from plan_graph.graph.queries import Table
from plan_graph.model.plan import Role
from plan_graph.reports.page import as_html
from plan_graph.reports.sections import (
    Column,
    Figure,
    Report,
    Section,
    as_json,
    as_xlsx,
    number_text,
    plain,
    readable,
    roles,
)
from plan_graph.reports.words import Words

HOSTILE = "<script>alert('甲')</script>&\"'"
REPORT = Report(
    Words(f"卷宗{HOSTILE}", "Dossier <b>"),
    (Figure("tasks", Words("任务", "tasks"), 3), Figure("q", Words("q 值", "q"), 0.0001)),
    (
        Section(
            "led",
            Words("牵头：任务/一", "Led"),
            (
                Column("id", Words("编号", "id")),
                Column("iri", Words("标识", "IRI"), shown=False),
                Column("n", Words("数", "n")),
            ),
            ((HOSTILE, "https://example.org/", 1.5), (Words("牵头", "leads"), None, None)),
            (Words("说明<i>", "note<i>"),),
        ),
        Section(
            "none",
            Words("牵头：任务/一", "Led"),
            (Column("id", Words("编号", "id")),),
            (),
            (),
            Words("没有", "nothing"),
        ),
    ),
    "led",
    (Words("总说明", "general"),),
)


def test_programs_get_keys_and_every_column_people_get_names() -> None:
    led = REPORT.sections[0]
    assert plain(led) == Table(("id", "iri", "n"), ((HOSTILE, "https://example.org/", 1.5), ("牵头", None, None)))
    assert readable(led, "both").columns == ("编号 id", "数 n")
    assert readable(led, "en").rows[1] == ("leads", None)
    assert readable(led, "zh", every=True).columns == ("编号", "标识", "数")
    assert as_csv(plain(REPORT.sections[1])) == b"id\n"
    assert roles((Role.LEAD, Role.SUPPORT)) == Words("牵头、配合", "leads, supports")


def test_json_has_everything() -> None:
    found = json.loads(as_json(REPORT))
    assert found["title"] == {"zh": f"卷宗{HOSTILE}", "en": "Dossier <b>"}
    assert found["figures"] == {"tasks": 3, "q": 0.0001}
    assert found["sections"]["led"][0] == {"id": HOSTILE, "iri": "https://example.org/", "n": 1.5}
    assert found["sections"]["none"] == []


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_a_page_escapes_stands_alone_and_prints(lang: str) -> None:
    raw = as_html(REPORT, lang).decode()
    assert not re.search(r"<(?:script|link|img|iframe)|url\(|@import|src=|href=", raw)
    assert "@page{size:A4" in raw
    page = lxml.html.document_fromstring(raw)
    assert page.get("lang") == ("en" if lang == "en" else "zh-CN")
    shown = page.text_content()
    assert ("Dossier <b>" in shown) == (lang != "zh")
    assert (f"卷宗{HOSTILE}" in shown) == (lang != "en")
    assert HOSTILE in page.xpath("string(//td[1])")
    assert [len(row) for row in page.xpath("//tbody/tr")] == [2, 2]
    assert "https://example.org/" not in shown
    assert ("nothing" in shown) == (lang != "zh")
    assert as_html(REPORT, lang) == raw.encode()


@pytest.mark.parametrize(
    ("number", "written"),
    [(0.0, "0"), (0.0001, "<0.001"), (-0.0001, ">-0.001"), (1.5, "1.5"), (2.0, "2"), (0.12345, "0.123")],
)
def test_numbers_for_people(number: float, written: str) -> None:
    assert number_text(number) == written


def test_a_workbook_has_a_sheet_for_each_table() -> None:
    raw = as_xlsx(REPORT, "zh")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert book.sheetnames == ["概况", "牵头：任务 一", "牵头：任务 一 2"]
    assert [[cell.value for cell in row] for row in book["牵头：任务 一"]] == [
        ["编号", "标识", "数"],
        [HOSTILE, "https://example.org/", 1.5],
        ["牵头", None, None],
    ]
    assert [cell.value for cell in book["概况"]["B"]] == ["值", 3, 0.0001, "总说明", "说明<i>"]
    assert book["概况"].freeze_panes == "A2"
    assert as_xlsx(REPORT, "zh") == raw


def test_names_of_sheets_are_cut_and_made_different() -> None:
    table = Table(("a",), ((1,),))
    long = "名" * 40
    book = openpyxl.load_workbook(
        io.BytesIO(as_workbook([(n, table) for n in (long, long, "A[b]", "a b ", "''", "?")]))
    )
    assert book.sheetnames == ["名" * 31, "名" * 29 + " 2", "A b", "a b 2", "plan-graph", "plan-graph 2"]


def test_a_sheet_too_large_is_refused_before_anything_is_made() -> None:
    with pytest.raises(InputError, match="an Excel cell holds"):
        as_workbook([("a", Table(("a",), ((1,),))), ("b", Table(("b",), (("x" * 40_000,),)))])
