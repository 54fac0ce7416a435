"""Excel files: what the sheets show, merged cells once, and files that are damaged or made to harm."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document
from plan_graph.reading import xlsx as module
from plan_graph.reading.xlsx import MEDIA_TYPE, read, shown

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=50)
Change = Callable[[bytes], bytes]
SHEET = "xl/worksheets/sheet1.xml"


def book(fill: Callable[[Any], None]) -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "任务"
    fill(made)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def with_rows(*table: list[Any], merged: tuple[str, ...] = ()) -> bytes:
    def fill(made: Any) -> None:
        for row in table:
            made.active.append(row)
        for cells in merged:
            made.active.merge_cells(cells)

    return book(fill)


def repacked(raw: bytes, changes: dict[str, Change | None]) -> bytes:
    """Change parts of a package, or leave them out."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for path in old.namelist():
            change = changes.get(path, bytes)
            if change is not None:
                new.writestr(path, change(old.read(path)))
    return held.getvalue()


def of(raw: bytes) -> Document:
    return read(raw, "d", "folder/任务.xlsx")


def rows(document: Document) -> list[list[list[str]]]:
    return [[[cell.of(document.text) for cell in row] for row in table.rows] for table in document.tables]


PLAIN = with_rows(["序号", "任务"], [1, "甲"])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(PLAIN, [["序号", "任务"], ["1", "甲"]], id="plain"),
        pytest.param(with_rows(["甲"], [], [None, None], ["乙"]), [["甲"], ["乙"]], id="empty rows are left out"),
        pytest.param(with_rows(["甲", None, "乙"]), [["甲", "乙"]], id="empty columns too"),
        pytest.param(with_rows(["甲", None], [None, "乙"]), [["甲", ""], ["", "乙"]], id="empty cells are not"),
        pytest.param(
            with_rows(["省财政厅\n省国资委", " 甲　"]), [["省财政厅 省国资委", "甲"]], id="lines of a cell, blanks"
        ),
        pytest.param(with_rows(["001", 2, 2.0, 0.1, True]), [["001", "2", "2", "0.1", "TRUE"]], id="kinds of value"),
        pytest.param(with_rows(["甲_x000D_\n乙"]), [["甲 乙"]], id="the escape of a control character"),
        pytest.param(
            with_rows(["甲", 1], [None, 2], ["乙", 3], merged=("A1:A2",)),
            [["甲", "1"], ["甲", "2"], ["乙", "3"]],
            id="merged down",
        ),
        pytest.param(
            with_rows(["甲", None], [1, 2], merged=("A1:B1",)), [["甲", "甲"], ["1", "2"]], id="merged across"
        ),
        pytest.param(
            with_rows(["甲", None, 1], [None, None, 2], [3, 4, 5], merged=("A1:B2",)),
            [["甲", "甲", "1"], ["甲", "甲", "2"], ["3", "4", "5"]],
            id="both",
        ),
        pytest.param(with_rows([None, 1], [None, 2], merged=("A1:A2",)), [["1"], ["2"]], id="merged and empty"),
        pytest.param(with_rows(["甲", 1], merged=("A1:A900",)), [["甲", "1"]], id="merged far beyond what is filled"),
    ],
)
def test_sheets(raw: bytes, expected: list[list[str]]) -> None:
    document = of(raw)
    assert rows(document) == [expected]
    assert (document.name, document.media_type, document.encoding) == ("任务.xlsx", MEDIA_TYPE, "binary")


def test_a_merged_cell_has_one_span() -> None:
    (table,) = of(with_rows(["甲", 1, "甲"], [None, 2, "甲"], merged=("A1:A2",))).tables
    assert table.rows[0][0] == table.rows[1][0]
    assert len({table.rows[0][2], table.rows[1][2], table.rows[0][0]}) == 3


@pytest.mark.parametrize(
    ("value", "look", "text"),
    [
        (0.5, "0%", "50%"),
        (0.255, "0.0%", "25.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567, "#,##0_);[Red]\\(#,##0\\)", "1,234,567"),
        (3.14159, "0.00_ ", "3.14"),
        (7, "000", "007"),
        (7.5, "00.0", "07.5"),
        (5, '"第"0"号"', "第5号"),
        (12, '0"万元"', "12万元"),
        (-5, "0.0", "-5.0"),
        (3, "@", "3"),
        (3, "General", "3"),
        (1 / 3, "General", "0.333333333333333"),
        (12.0, "", "12"),
        (5, "0.00E+00", "5"),  # a look that is not known leaves the number as it is
        (True, "0", "TRUE"),
        ("001", "0", "001"),
        (datetime.datetime(2025, 12, 1), "mm-dd-yy", "2025-12-01"),  # this look depends on the machine
        (datetime.datetime(2025, 12, 1), 'yyyy"年"m"月"d"日"', "2025年12月1日"),
        (datetime.datetime(2025, 12, 1), '[$-804]yyyy"年"m"月";@', "2025年12月"),
        (datetime.datetime(2025, 12, 1), 'm"月"d"日"', "12月1日"),
        (datetime.datetime(2025, 12, 1), "yyyy-mm", "2025-12"),
        (datetime.datetime(2025, 12, 1, 8, 30), "yyyy/m/d h:mm", "2025-12-01 08:30:00"),
        (datetime.date(2025, 12, 1), "yyyy/m/d", "2025-12-01"),
        (datetime.time(8, 30), "h:mm", "08:30:00"),
    ],
)
def test_values_as_they_are_shown(value: object, look: str, text: str) -> None:
    assert shown(value, look) == text


def test_a_date_is_read_as_its_cell_shows_it() -> None:
    def fill(made: Any) -> None:
        for at, look in enumerate(('yyyy"年"m"月"', "yyyy-mm-dd"), 1):
            cell = made.active.cell(1, at, datetime.date(2025, 12, 31))
            cell.number_format = look

    assert rows(of(book(fill))) == [[["2025年12月", "2025-12-31"]]]


def test_sheets_follow_one_another_and_hidden_ones_are_said() -> None:
    def fill(made: Any) -> None:
        made.active["B2"] = "甲"
        made.active.column_dimensions["B"].hidden = True
        for title, state in (("暗", "hidden"), ("深", "veryHidden"), ("附 件", "visible")):
            made.create_sheet(title)["A1"] = title
            made[title].sheet_state = state
        made.create_sheet("空")

    document = of(book(fill))
    assert document.text == "甲\n附 件\n"
    assert [(o.span.of(document.text), o.place) for o in document.origins] == [("甲", "任务!B2"), ("附 件", "附 件!A1")]
    assert [note.en for note in document.notes] == ["hidden sheets were left out: 暗, 深"]


def test_a_place_leads_back_to_the_text_in_the_file() -> None:
    raw = with_rows(["序号", "任务", None], [1, "甲", "乙"], [None, None, "丙"], merged=("A2:A3",))
    document, made = of(raw), openpyxl.load_workbook(io.BytesIO(raw))
    assert len(document.origins) == 6
    for origin in document.origins:
        sheet, _, cell = origin.place.rpartition("!")
        assert str(made[sheet][cell].value) == origin.span.of(document.text)


def test_formulas_give_what_the_file_holds_and_else_a_note() -> None:
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held)
    sheet = made.add_worksheet("任务")
    sheet.write_row(0, 0, ["任务", 2])
    sheet.write_formula(0, 2, "=B1*2", None, 4)
    sheet.write_formula(0, 3, "=A9", None, "空")
    made.close()
    raw = repacked(
        held.getvalue(), {SHEET: lambda d: d.replace("<v>空</v>".encode(), b"<v></v>")}
    )  # as Excel writes ""
    document = of(raw)
    assert rows(document) == [[["任务", "2", "4"]]]
    assert document.notes == ()
    document = of(with_rows(["任务", "=1+1", "=2+2"]))
    assert rows(document) == [[["任务"]]]
    assert [n.en[:53] for n in document.notes] == ["formulas without a stored value were read as empty (2"]


def test_a_sheet_that_is_a_chart_is_no_sheet() -> None:
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held)
    made.add_worksheet("任务").write_row(0, 0, ["甲", 1])
    chart = made.add_chart({"type": "bar"})
    chart.add_series({"values": "=任务!$B$1:$B$1"})
    made.add_chartsheet("图").set_chart(chart)
    made.close()
    assert of(held.getvalue()).text == "甲\t1\n"


def test_the_size_a_sheet_says_it_has_costs_nothing() -> None:
    def fill(made: Any) -> None:
        made.active["A1"], made.active["XFD1048576"] = "甲", "乙"

    assert rows(of(book(fill))) == [[["甲", ""], ["", "乙"]]]
    raw = repacked(PLAIN, {SHEET: lambda d: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', d)})
    assert rows(of(raw)) == [[["序号", "任务"], ["1", "甲"]]]


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CELLS", 3)
    message = r"^folder/任务\.xlsx: the first 2 rows of sheet 任务 have 2 columns, more than 3 cells; split"
    with pytest.raises(UnreadableError, match=message):
        of(PLAIN)


def entities(data: bytes) -> bytes:
    return b'<!DOCTYPE a [<!ENTITY a "ha">]>' + data[data.index(b"<", 1) if data.startswith(b"<?") else 0 :]


@pytest.mark.parametrize(
    ("raw", "en", "zh"),
    [
        pytest.param(PLAIN[:-50], "is damaged or cut off", "已损坏或不完整", id="cut"),
        pytest.param(book(lambda _: None), "holds no text; give", "没有文字", id="empty sheet"),
        pytest.param(
            repacked(PLAIN, {"xl/workbook.xml": lambda d: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", d)}),
            "holds no text; give",
            "没有文字",
            id="no sheets",
        ),
        pytest.param(repacked(PLAIN, {SHEET: None}), "holds no text; give", "没有文字", id="sheet missing"),
        pytest.param(
            repacked(PLAIN, {"xl/_rels/workbook.xml.rels": None}), "is damaged (", "已损坏", id="relations missing"
        ),
        pytest.param(repacked(PLAIN, {SHEET: lambda d: d[:300]}), "is damaged (", "已损坏", id="sheet cut off"),
        pytest.param(
            repacked(PLAIN, {SHEET: lambda d: d.replace(b'r="B2"', b'r="ZZZZ2"')}),
            "is damaged (",
            "已损坏",
            id="no such column",
        ),
        pytest.param(
            repacked(PLAIN, {SHEET: lambda d: d.replace(b'r="2"', b'r="x"')}),
            "is damaged (",
            "已损坏",
            id="no such row",
        ),
        pytest.param(
            repacked(PLAIN, {SHEET: entities}), "declares a document type in xl/worksheets", "文档类型", id="entities"
        ),
        pytest.param(
            repacked(PLAIN, {"xl/workbook.xml": entities}),
            "declares a document type in xl/workbook",
            "文档类型",
            id="in the workbook",
        ),
    ],
)
def test_what_is_refused(raw: bytes, en: str, zh: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        of(raw)
    assert str(raised.value).startswith(f"folder/任务.xlsx {en}")
    assert raised.value.zh.startswith("folder/任务.xlsx ")
    assert zh in raised.value.zh
    assert "请" in raised.value.zh


TEXTS = st.text(alphabet="甲乙a", max_size=2)


@EXACT
@given(st.lists(st.lists(TEXTS, min_size=4, max_size=4), min_size=4, max_size=4), st.integers(0, 2), st.integers(0, 2))
def test_cells_are_read_as_put_in(table: list[list[str]], top: int, left: int) -> None:
    """Any table with one merged block of two by two."""
    table = [["首", "二", "三", "四"], *table]
    raw = with_rows(
        *([value or None for value in row] for row in table), merged=(f"{'ABC'[left]}{top + 2}:{'BCD'[left]}{top + 3}",)
    )
    block = [(down, right) for down in (top + 1, top + 2) for right in (left, left + 1)]
    words = table[top + 1][left]
    for down, right in block:  # a merged cell says one thing, at its first place
        table[down][right] = ""
    table[top + 1][left] = words
    kept = [at for at, row in enumerate(table) if any(row)]
    for down, right in block:
        table[down][right] = words
    columns = [at for at in range(4) if any(table[down][at] for down in kept)]
    document = of(raw)
    (found,) = document.tables
    assert rows(document) == [[[table[down][right] for right in columns] for down in kept]]
    if words:
        assert len({found.rows[kept.index(down)][columns.index(right)] for down, right in block if down in kept}) == 1
    assert all(a.span.end < b.span.begin for a, b in zip(document.origins, document.origins[1:], strict=False))
