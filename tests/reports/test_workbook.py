"""The workbook read back by openpyxl and by LibreOffice: types, filters, links, nothing taken for a formula."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plan_graph.errors import InputError
from plan_graph.graph.queries import bind, find, run
from plan_graph.graph.store import open_store
from plan_graph.reports.whole import sheets
from plan_graph.reports.whole.content import Content, gather
from plan_graph.reports.whole.explain import explanation
from plan_graph.reports.whole.sheets import Column, Go, Kind, Page, write
from plan_graph.reports.whole.workbook import pages, workbook
from plan_graph.reports.words import Words

TABS = [
    *("说明 about", "任务 tasks", "参与 participations", "机构 bodies", "关系 ties", "共同任务 shared tasks"),
    *("重复 duplicates", "沿革 lineage", "缺口 gaps", "来源 sources"),
]


def opened(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw))


def heads(sheet: Any) -> list[str]:
    return [str(cell.value).split("\n")[0] for cell in sheet[1]]


def rows(sheet: Any) -> list[dict[str, Any]]:
    names = heads(sheet)
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]


@pytest.fixture(scope="session")
def raw(full: Content) -> bytes:
    return workbook(full)


@pytest.fixture(scope="session")
def book(raw: bytes) -> Any:
    return opened(raw)


# --- form ------------------------------------------------------------------------------------------------------------


def test_sheets(book: Any) -> None:
    assert book.sheetnames == TABS
    assert {name: book[name].max_row - 1 for name in TABS[1:]} == {
        "任务 tasks": 193,
        "参与 participations": 736,
        "机构 bodies": 65,
        "关系 ties": 417,
        "共同任务 shared tasks": 1062,
        "重复 duplicates": 9,
        "沿革 lineage": 87,
        "缺口 gaps": 89,
        "来源 sources": 1,
    }


@pytest.mark.parametrize("name", TABS)
def test_every_sheet_is_ready_to_use_and_to_print(book: Any, name: str) -> None:
    sheet = book[name]
    last = sheet.cell(sheet.max_row, sheet.max_column).coordinate
    assert sheet.auto_filter.ref == f"A1:{last}"
    assert re.fullmatch(r"[ABC]2", sheet.freeze_panes)
    assert all(cell.font.b and cell.alignment.wrap_text for cell in sheet[1])
    assert all(
        re.search(r"\n[\w–  ,().A-Za-z-]+$", str(cell.value)) or cell.value in ("p", "q", "SHA-256")
        for cell in sheet[1]
    )
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # 1 is the default
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
    assert all(7 <= width <= 111 for width in widths)
    printed = sheet.print_area or ""
    kept = sum(
        widths[: openpyxl.utils.column_index_from_string(re.findall(r"\$([A-Z]+)\$", printed)[1])]
        if printed
        else widths
    )
    assert kept < 245  # characters across a page: still readable


@pytest.mark.parametrize("name", TABS)
def test_no_cell_is_a_formula(book: Any, name: str) -> None:
    assert not [cell.coordinate for row in book[name].iter_rows() for cell in row if cell.data_type in ("f", "e")]


def test_cells_have_types(book: Any, full: Content) -> None:
    tasks = rows(book["任务 tasks"])
    assert {type(row["年度"]) for row in tasks} == {int}
    assert {type(row["点名机构数"]) for row in tasks} == {int}
    assert [row["最迟日期"] for row in tasks if row["最迟日期"]] == [
        datetime.fromisoformat(max(one.by for one in task.deadlines)) for task in full.facts if task.deadlines
    ]
    (source,) = rows(book["来源 sources"])
    assert source["发布日期"] == datetime(2016, 10, 30)
    assert (source["SHA-256"], source["任务"]) == (full.sources[0].sha256, 193)
    ties = rows(book["关系 ties"])
    kinds = {name: {type(row[name]) for row in ties} for name in ("共同任务", "预期任务", "q", "共同牵头")}
    assert kinds["共同任务"] == kinds["共同牵头"] == {int}
    assert kinds["预期任务"] <= {int, float} and kinds["q"] <= {int, float}
    formats = {heads(book["机构 bodies"])[cell.column - 1]: cell.number_format for cell in book["机构 bodies"][2]}
    assert (formats["牵头占比"], formats["任务"], formats["中介"]) == ("0%", "#,##0", "0.0000")
    assert book["任务 tasks"]["B2"].number_format == "0"  # 2016, not 2,016


def test_wrapped_rows_are_tall_enough(book: Any) -> None:
    sheet = book["任务 tasks"]
    column = heads(sheet).index("任务正文") + 1
    longest = max(range(2, sheet.max_row + 1), key=lambda line: len(sheet.cell(line, column).value))
    shortest = min(range(2, sheet.max_row + 1), key=lambda line: len(sheet.cell(line, column).value))
    assert sheet.cell(longest, column).alignment.wrap_text
    assert sheet.row_dimensions[longest].height > 3 * 14
    assert sheet.row_dimensions[longest].height > sheet.row_dimensions[shortest].height


# --- content ---------------------------------------------------------------------------------------------------------


def test_numbers_are_those_of_the_queries(book: Any, built: Path) -> None:
    store = open_store(built)
    asked = run(store, bind(find("pairs-by-shared-tasks"), {})).rows
    ties = rows(book["关系 ties"])
    assert sorted((row["共同任务"], row["预期任务"], row["q"]) for row in ties) == sorted(
        (row[4], row[5], row[7]) for row in asked
    )
    assert [row["q"] for row in ties] == sorted(row["q"] for row in ties)
    assert sum(row["显著多于预期"] == "是 yes" for row in ties) == 44
    first = next(row for row in rows(book["任务 tasks"]) if row["编号"] == "2016-026")
    assert (first["牵头"], first["年度"]) == ("沈阳市人民政府、省发展改革委", 2016)
    assert first["责任分工原文"].startswith("（牵头单位：")
    shared = rows(book["共同任务 shared tasks"])
    pair = [row for row in shared if {row["机构甲"], row["机构乙"]} == {"省财政厅", "省农委"}]
    assert len(pair) == 15
    assert {row["甲的角色"] for row in pair} <= {"牵头 lead", "配合 support"}


def test_shaded_ties_are_those_above_expectation(book: Any) -> None:
    sheet = book["关系 ties"]
    shaded = [row[0].fill.fgColor.rgb == "FFFFF4D6" for row in sheet.iter_rows(min_row=2)]
    assert shaded == [row["显著多于预期"] == "是 yes" for row in rows(sheet)]


def test_positions_are_those_of_the_text(book: Any, built: Path) -> None:
    text = (built / "text" / "ln-2016-revitalisation.txt").read_text(encoding="utf-8")
    for row in rows(book["参与 participations"]):
        assert row["文本"] == "text/ln-2016-revitalisation.txt"
        assert set(row["原文写法"]) <= set(text[row["起始字符"] : row["结束字符"]])


def test_kinds_of_participants(book: Any) -> None:
    kinds = [row["是什么"] for row in rows(book["参与 participations"])]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "机构 body": 592,
        "集合称谓 collective": 143,
        "未确认的名称 unresolved name": 1,
    }


def test_gaps_stand_in_both_places(book: Any) -> None:
    listed = {row["任务"] for row in rows(book["缺口 gaps"]) if row["类别"] == "没有配合单位 no support"}
    noted = {row["编号"] for row in rows(book["任务 tasks"]) if "没有配合单位" in (row["缺口"] or "")}
    assert listed == noted
    assert len(listed) == 47


def test_duplicates_and_lineage(book: Any) -> None:
    first = rows(book["重复 duplicates"])[0]
    assert first["为何要看"] == "年度不同 other year；牵头不同 other lead"
    assert first["共同之处（稀有程度，比特）"] == "短语 phrase “=1+1” (6.2)；牵头机构 lead “省农委” (1.5)"
    scores = [row["相似分"] for row in rows(book["重复 duplicates"])]
    assert scores == sorted(scores, reverse=True)
    assert {row["关系"] for row in rows(book["沿革 lineage"])} == {"延续 continues"}


def test_the_first_sheet_says_what_is_counted(book: Any, full: Content) -> None:
    said = "\n".join(str(cell) for row in book["说明 about"].iter_rows(values_only=True) for cell in row)
    for words in (
        "抽样 1,000 次，种子 0",
        full.sources[0].sha256,
        "plan-graph 0.",
        "Louvain",
        "任务 193 项",
        "参与 144 次",
    ):
        assert words in said


# --- links -----------------------------------------------------------------------------------------------------------


def followed(book: Any, cell: Any) -> Any:
    """Give the cell a link leads to."""
    found = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", cell.hyperlink.location)
    assert found is not None
    return book[found[1]][found[2]]


def test_links_lead_to_the_row_they_name(book: Any) -> None:
    linked = dict.fromkeys(TABS, 0)
    for sheet in book:
        names = heads(sheet)
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.hyperlink is None:
                    continue
                linked[sheet.title] += 1
                target = followed(book, cell)
                name = names[cell.column - 1]
                if target.parent.title == "任务 tasks" and sheet.title != "说明 about":
                    assert target.value == cell.value
                elif target.parent.title == "机构 bodies" and sheet.title != "说明 about":
                    assert cell.value in (target.value, target.parent.cell(target.row, 2).value)
                elif name == "共同任务":
                    there = [target.parent.cell(target.row, at).value for at in (1, 2)]
                    assert there == [row[0].value, row[1].value]
                    after = target.parent.cell(target.row + cell.value, 1).value
                    assert [after, target.parent.cell(target.row + cell.value, 2).value] != there
    assert linked == {
        "说明 about": 9,
        "任务 tasks": 0,
        "参与 participations": 736 + 592,
        "机构 bodies": 0,
        "关系 ties": 3 * 417,
        "共同任务 shared tasks": 3 * 1062,
        "重复 duplicates": 18,
        "沿革 lineage": 2 * 87,
        "缺口 gaps": 89,
        "来源 sources": 0,
    }


def test_a_link_with_a_number_stays_a_number(book: Any) -> None:
    cell = book["关系 ties"]["C2"]
    assert cell.hyperlink is not None
    assert cell.data_type == "n"
    assert cell.value == 27


def test_beyond_what_a_sheet_holds_links_are_left_out(monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    monkeypatch.setattr(sheets, "LINKS", 3)
    column = Column(Words("甲", "a"), Kind.TEXT, 10)
    page = Page("a", Words("页", "page"), (column,), tuple((Go(str(at), "a", at),) for at in range(5)))
    sheet = opened(write([page], "t"))["页 page"]
    assert [bool(sheet.cell(at, 1).hyperlink) for at in range(2, 7)] == [True, True, True, False, False]
    assert [sheet.cell(at, 1).value for at in range(2, 7)] == ["0", "1", "2", "3", "4"]
    monkeypatch.setattr("plan_graph.reports.whole.explain.LINKS", 3)
    assert "只有前 3 个链接" in str(explanation(content, [page], "zh", 0).rows)


# --- odd values ------------------------------------------------------------------------------------------------------


def test_text_that_looks_like_a_formula_or_cannot_be_in_a_file(hostile: Content) -> None:
    book = opened(workbook(hostile))
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type in ("f", "e")]
    sheet = book["任务 tasks"]
    text = sheet.cell(2, heads(sheet).index("任务正文") + 1)
    assert text.value.startswith("=1+1<script>")
    assert text.quotePrefix
    names = [row["牵头"] for row in rows(sheet) if row["牵头"]]
    assert all(name.startswith("=<b>") for name in names)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_formula_like_text_is_marked_as_text(value: str) -> None:
    page = Page("a", Words("页", "page"), (Column(Words("甲", "a"), Kind.TEXT, 10),), ((value,), ("甲" + value,)))
    sheet = opened(write([page], "t"))["页 page"]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == (value, "s", True)
    assert not sheet["A3"].quotePrefix


def test_values_of_every_kind() -> None:
    kinds = (Kind.TEXT, Kind.LONG, Kind.WHOLE, Kind.YEAR, Kind.DECIMAL, Kind.SHARE, Kind.PROBABILITY, Kind.DAY)
    columns = tuple(Column(Words(kind.name, "x"), kind, 12) for kind in kinds)
    long = "长" * 40_000
    page = Page(
        "a", Words("页", "page"), columns, (("a\r\nb", long, 7, 2016, 1.5, 0.25, 0.001, date(2016, 2, 29)), (None,) * 8)
    )
    sheet = opened(write([page], "t", "zh"))["页"]
    values = [cell.value for cell in sheet[2]]
    assert values[0] == "a\nb"
    assert len(values[1]) == 32_767 and values[1].endswith("从略）")
    assert values[2:] == [7, 2016, 1.5, 0.25, 0.001, datetime(2016, 2, 29)]
    assert [cell.value for cell in sheet[3]] == [None] * 8
    assert sheet.row_dimensions[2].height == pytest.approx(409, abs=1)


def test_too_many_rows_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    monkeypatch.setattr(sheets, "ROWS", 100)
    with pytest.raises(InputError, match="--year") as caught:
        workbook(content)
    assert "193" in caught.value.zh


# --- other reports ---------------------------------------------------------------------------------------------------


def test_what_was_not_computed_and_what_was_not_found(content: Content) -> None:
    found = opened(workbook(content))
    assert [found[name]["A2"].value for name in ("重复 duplicates", "沿革 lineage")] == ["尚未计算 not computed"] * 2
    empty = opened(workbook(replace(content, duplicates=(), lineage=())))
    assert empty["重复 duplicates"]["A2"].value == "没有发现可能重复的任务 no possible duplicates were found"
    assert empty["沿革 lineage"].max_row == 2


def test_one_body(nongwei: Content) -> None:
    book = opened(workbook(nongwei))
    assert book["任务 tasks"].max_row == 25
    names = {row["机构甲"] for row in rows(book["关系 ties"])} & {row["机构乙"] for row in rows(book["关系 ties"])}
    assert all("省农委" in (row["机构甲"], row["机构乙"]) for row in rows(book["关系 ties"]))
    assert names <= {"省农委"}
    assert len(rows(book["共同任务 shared tasks"])) == sum(row["共同任务"] for row in rows(book["关系 ties"]))


def test_links_of_one_body_leave_no_task_it_is_not_on(full: Content, nongwei: Content) -> None:
    mine = replace(full, facts=nongwei.facts, body=nongwei.body)
    sheet = opened(workbook(mine))["沿革 lineage"]
    assert 0 < sheet.max_row - 1 < 87
    ids = {task.id for task in nongwei.facts}
    for row in sheet.iter_rows(min_row=2):
        for cell in (row[1], row[5]):
            assert (cell.hyperlink is not None) is (cell.value in ids)


def test_a_graph_of_several_plans(several: Path) -> None:
    book = opened(workbook(gather(open_store(several))))
    assert [row["编号"] for row in rows(book["任务 tasks"])] == ["city/001", "city/002", "other/001", "other/002"]
    assert {row["年度"] for row in rows(book["任务 tasks"])} == {None}
    assert rows(book["任务 tasks"])[3]["缺口"] == "没有点名的机构 no body named"
    assert len(rows(book["来源 sources"])) == 2


@pytest.mark.parametrize(("lang", "tab", "head"), [("zh", "任务", "编号"), ("en", "tasks", "id")])
def test_one_language(content: Content, lang: str, tab: str, head: str) -> None:
    found = opened(workbook(content, lang))
    assert found[tab]["A1"].value == head


def test_the_same_bytes_each_time(full: Content, raw: bytes) -> None:
    assert workbook(full) == raw
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        assert b"2000-01-01" in archive.read("docProps/core.xml")


# --- LibreOffice -----------------------------------------------------------------------------------------------------

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def converted(raw: bytes, folder: Path, form: str) -> Path:
    assert OFFICE is not None
    (folder / "report.xlsx").write_bytes(raw)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    run = subprocess.run(
        [OFFICE, home, "--headless", "--convert-to", form, "--outdir", str(folder), str(folder / "report.xlsx")],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "Error" not in run.stdout + run.stderr
    return folder


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_reads_every_cell(raw: bytes, tmp_path: Path, full: Content) -> None:
    converted(raw, tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1")
    for page in pages(full):
        tab = page.name.of("both")
        with (tmp_path / f"report-{tab}.csv").open(encoding="utf-8", newline="") as file:
            read = list(csv.reader(file))
        assert read[0] == [column.head.of("both", "\n") for column in page.columns]
        assert len(read) == len(page.rows) + 1
        wrong = [
            (tab, line, value, shown)
            for line, (row, cells) in enumerate(zip(page.rows, read[1:], strict=True))
            for value, shown in zip(row, cells, strict=True)
            if not agrees(value, shown)
        ]
        assert wrong == []


def agrees(value: object, shown: str) -> bool:
    plain = value.value if isinstance(value, Go) else value
    if isinstance(plain, date):
        return shown == plain.isoformat()
    if isinstance(plain, int | float):
        number = float(shown.rstrip("%")) / (100 if shown.endswith("%") else 1)
        return number == pytest.approx(plain, abs=5e-3 if shown.endswith("%") else 1e-6)
    return shown == ("" if plain is None else str(plain))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
def test_libreoffice_prints_with_the_header_on_each_page(raw: bytes, tmp_path: Path) -> None:
    converted(raw, tmp_path, "pdf")
    read = ["pdftotext", "-enc", "UTF-8", str(tmp_path / "report.pdf"), "-"]
    printed = subprocess.run(read, capture_output=True, check=True).stdout.decode().split("\f")
    tasks = [one for one in printed if re.search(r"^任务 tasks$", one, re.M) and "说明 about" not in one]  # its footer
    assert len(tasks) > 3
    assert all("编号" in one and "任务正文" in one for one in tasks)
    assert not any("https://" in one for one in tasks)  # IRIs are not printed
    assert len(printed) < 150
