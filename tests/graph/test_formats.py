"""An answer written and read back: every value, every format, always the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.errors import InputError
from plan_graph.graph import formats
from plan_graph.graph.formats import BINARY, FORMATS, as_csv, as_json, as_parquet, as_tsv, as_xlsx, guarded
from plan_graph.graph.queries import Table, bind, find, run
from plan_graph.graph.store import open_store

TABLE = Table(
    ("task", "text", "tasks", "share", "collective", "note"),
    (
        ("https://w3id.org/plan-graph/id/task/a/1", "省农委、省财政厅", 3, 0.5, True, None),
        ("https://w3id.org/plan-graph/id/task/a/2", 'says "no", and\nagain', 0, 1e-06, False, "=1+1"),
        ("https://w3id.org/plan-graph/id/task/a/3", "", -12, 31.954, False, "+1"),
        ("https://w3id.org/plan-graph/id/task/a/4", "tab\there\r\nend", 2016, 2.0, True, "@SUM(A1)"),
    ),
)
AS_TEXT = [
    ["https://w3id.org/plan-graph/id/task/a/1", "省农委、省财政厅", "3", "0.5", "true", ""],
    ["https://w3id.org/plan-graph/id/task/a/2", 'says "no", and\nagain', "0", "1e-06", "false", "=1+1"],
    ["https://w3id.org/plan-graph/id/task/a/3", "", "-12", "31.954", "false", "+1"],
    ["https://w3id.org/plan-graph/id/task/a/4", "tab\there\r\nend", "2016", "2.0", "true", "@SUM(A1)"],
]
EMPTY = Table(("body", "tasks"), ())
NOTHING = Table((), ())
UNBOUND = Table(("a", "b"), ((None, None), (None, "x")))


def read_csv(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))


def read_tsv(raw: bytes) -> list[list[str]]:
    text = raw.decode("utf-8")
    assert text.endswith("\n")
    return [line.split("\t") for line in text[:-1].split("\n")]


def read_xlsx(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw)).active


def read_parquet(raw: bytes) -> Any:
    return pq.read_table(io.BytesIO(raw))


# --- round trips -----------------------------------------------------------------------------------------------------


def as_guarded(cell: str) -> str:
    """Give a cell of ``AS_TEXT`` as CSV and TSV have it: the formulas are those of the last column."""
    return f"'{cell}" if cell.startswith(("=", "@")) else cell


GUARDED = [[as_guarded(cell) for cell in row] for row in AS_TEXT]


def test_csv() -> None:
    assert read_csv(as_csv(TABLE)) == [list(TABLE.columns), *GUARDED]


def test_tsv_keeps_a_row_on_a_line() -> None:
    flat = [[re.sub(r"[\t\r\n]+", " ", cell) for cell in row] for row in GUARDED]
    assert read_tsv(as_tsv(TABLE)) == [list(TABLE.columns), *flat]
    assert as_tsv(Table(("a",), (("甲　乙  丙",),))).decode() == "a\n甲　乙  丙\n"  # other white space stays


def test_json() -> None:
    rows = json.loads(as_json(TABLE))
    assert [tuple(row) for row in rows] == [TABLE.columns] * 4
    assert [tuple(row.values()) for row in rows] == list(TABLE.rows)
    assert [type(v) for v in rows[0].values()] == [str, str, int, float, bool, type(None)]
    assert "省农委" in as_json(TABLE).decode()  # written, not escaped


def test_xlsx() -> None:
    sheet = read_xlsx(as_xlsx(TABLE))
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == list(TABLE.columns)
    for row, wanted in zip(rows[1:], TABLE.rows, strict=True):
        assert row == [v.replace("\r\n", "\n") if isinstance(v, str) else v for v in wanted]  # Excel's own line end
    assert [type(v) for v in rows[1][2:5]] == [int, float, bool]


def test_xlsx_looks_like_a_table() -> None:
    sheet = read_xlsx(as_xlsx(TABLE))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F5"
    assert all(cell.font.bold for cell in sheet[1])
    assert not any(cell.font.bold for cell in sheet[2])
    assert sheet["B3"].alignment.wrap_text
    widths = [sheet.column_dimensions[c].width for c in "ABCDEF"]
    assert all(len(name) < width <= 62 for name, width in zip(TABLE.columns, widths, strict=True))
    assert widths[1] > 2 * len("省农委、省财政厅")  # a Han character is two columns wide


def test_xlsx_rows_are_as_high_as_their_texts() -> None:
    rows = (("短", "https://example.org/" + "a" * 80), ("建" * 70, "https://example.org/b"), ("甲\n乙", None))
    sheet = read_xlsx(as_xlsx(Table(("text", "task"), rows)))
    heights = [sheet.row_dimensions[line].height for line in (2, 3, 4)]
    assert heights == [None, 49.5, 33.0]  # a column of 60 digits holds 28 Han: 70 are three lines
    assert not sheet["B2"].alignment.wrap_text  # a long address makes no row high


@pytest.mark.parametrize(
    ("rows", "printed"),
    [
        ((("甲", "https://example.org/a"),), "$A$1:$A$2"),
        ((("甲", None),), ""),  # nothing says what an empty column holds
        ((("见 https://example.org/a", "乙"),), ""),
        ((("https://example.org/a", "https://example.org/b"),), ""),  # a table of addresses is printed as it is
    ],
)
def test_xlsx_addresses_at_the_end_are_not_printed(rows: tuple[tuple[str | None, ...], ...], printed: str) -> None:
    sheet = read_xlsx(as_xlsx(Table(("a", "b"), rows)))
    assert (sheet.print_area or "").removeprefix("'plan-graph'!") == printed


@pytest.mark.parametrize(("columns", "fitted"), [(20, True), (60, False)])
def test_xlsx_of_many_columns_is_printed_on_pages_beside_one_another(columns: int, fitted: bool) -> None:
    names = ("no.", "body", *(f"机构{at:02}" for at in range(columns)))
    sheet = read_xlsx(as_xlsx(Table(names, ((1, "省财政厅", *range(columns)),))))
    assert bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage) is fitted
    assert sheet.print_title_cols == (None if fitted else "$A:$B")
    assert sheet.print_title_rows == "$1:$1"


def test_xlsx_never_computes() -> None:
    raw = as_xlsx(TABLE)
    sheet = read_xlsx(raw)
    assert [sheet[f"F{line}"].value for line in (3, 4, 5)] == ["=1+1", "+1", "@SUM(A1)"]
    assert {sheet[f"F{line}"].data_type for line in (3, 4, 5)} == {"s"}
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        cells = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in cells
    assert "<hyperlink" not in cells


def test_parquet() -> None:
    table = read_parquet(as_parquet(TABLE))
    assert table.column_names == list(TABLE.columns)
    assert [tuple(row.values()) for row in table.to_pylist()] == list(TABLE.rows)
    assert [str(kind) for kind in table.schema.types] == ["string", "string", "int64", "double", "bool", "string"]


def test_parquet_columns_of_several_types() -> None:
    table = read_parquet(
        as_parquet(
            Table(
                ("number", "mixed", "unbound"), ((1, 1, None), (2.5, "x", None), (None, None, None), (None, True, None))
            )
        )
    )
    assert table.column("number").to_pylist() == [1.0, 2.5, None, None]
    assert table.column("mixed").to_pylist() == ["1", "x", None, "true"]
    assert table.column("unbound").to_pylist() == [None] * 4
    assert [str(kind) for kind in table.schema.types] == ["double", "string", "string"]


# --- unbound, empty, odd ---------------------------------------------------------------------------------------------


def test_unbound_values() -> None:
    assert as_csv(UNBOUND) == b"a,b\n,\n,x\n"
    assert as_tsv(UNBOUND) == b"a\tb\n\t\n\tx\n"
    assert json.loads(as_json(UNBOUND)) == [{"a": None, "b": None}, {"a": None, "b": "x"}]
    sheet = read_xlsx(as_xlsx(UNBOUND))
    assert [sheet["A2"].value, sheet["B2"].value, sheet["B3"].value] == [None, None, "x"]
    assert read_parquet(as_parquet(UNBOUND)).to_pylist() == [{"a": None, "b": None}, {"a": None, "b": "x"}]


def test_a_row_of_one_empty_cell_is_no_blank_line() -> None:
    table = Table(("a",), ((None,), ("x",), ("",)))
    assert as_csv(table) == b'a\n""\nx\n""\n'
    assert read_csv(as_csv(table)) == [["a"], [""], ["x"], [""]]
    assert read_tsv(as_tsv(table)) == [["a"], [""], ["x"], [""]]


def test_an_answer_without_rows() -> None:
    assert as_csv(EMPTY) == b"body,tasks\n"
    assert as_tsv(EMPTY) == b"body\ttasks\n"
    assert json.loads(as_json(EMPTY)) == []
    sheet = read_xlsx(as_xlsx(EMPTY))
    assert [cell.value for cell in sheet[1]] == ["body", "tasks"]
    assert sheet.freeze_panes == "A2"
    parquet = read_parquet(as_parquet(EMPTY))
    assert (parquet.column_names, parquet.num_rows) == (["body", "tasks"], 0)


def test_an_answer_without_columns() -> None:
    assert as_csv(NOTHING) == as_tsv(NOTHING) == b"\n"
    assert json.loads(as_json(NOTHING)) == []
    assert read_xlsx(as_xlsx(NOTHING)).max_row == 1
    assert read_parquet(as_parquet(NOTHING)).num_columns == 0


@pytest.mark.parametrize(
    "value", ["a\rb", "a\nb", "a\r\nb", 'a"b', "a,b", '"', ",", " a ", "　", "\u2028", "\ufeff", "="]
)
def test_csv_quotes_what_it_must(value: str) -> None:
    assert read_csv(as_csv(Table(("a", "b"), ((value, value),))))[1] == [value, value]


def test_numbers_that_are_none() -> None:
    table = Table(("v",), ((float("nan"),), (float("inf"),), (float("-inf"),), (1.5,)))
    assert as_csv(table) == b"v\nNaN\nINF\n-INF\n1.5\n"  # the lexical forms of xsd:double
    assert json.loads(as_json(table)) == [{"v": "NaN"}, {"v": "INF"}, {"v": "-INF"}, {"v": 1.5}]
    assert [row[0] for row in read_xlsx(as_xlsx(table)).iter_rows(values_only=True)] == ["v", "NaN", "INF", "-INF", 1.5]
    assert read_parquet(as_parquet(table)).column("v").to_pylist()[1:] == [float("inf"), float("-inf"), 1.5]


def test_excel_refuses_what_it_would_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    fits = "字" * 32_767
    assert read_xlsx(as_xlsx(Table(("a",), ((fits,),))))["A2"].value == fits
    with pytest.raises(InputError, match="a text of the answer is longer") as caught:
        as_xlsx(Table(("a",), ((fits + "字",),)))
    assert caught.value.zh
    monkeypatch.setattr(formats, "_EXCEL_ROWS", 3)
    assert read_xlsx(as_xlsx(Table(("a",), ((1,), (2,))))).max_row == 3
    with pytest.raises(InputError, match="the answer has 3") as caught:
        as_xlsx(Table(("a",), ((1,), (2,), (3,))))
    assert caught.value.zh


# --- properties ------------------------------------------------------------------------------------------------------

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from('\t\n\r",;'), max_size=12
)
values = (
    st.none() | texts | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), min_size=1, max_size=4, unique=True))
    rows = draw(st.lists(st.tuples(*(values for _ in columns)), max_size=4))
    return Table(tuple(columns), tuple(rows))


@settings(deadline=None, max_examples=100)
@given(tables())
def test_csv_and_json_lose_nothing(table: Table) -> None:
    assert [tuple(row.values()) for row in json.loads(as_json(table))] == list(table.rows)
    wanted = [["" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in r] for r in table.rows]
    found = read_csv(as_csv(table))
    assert found[0] == list(table.columns)
    for cells, texts, row in zip(found[1:], wanted, table.rows, strict=True):
        for cell, text, value in zip(cells, texts, row, strict=True):
            assert cell == text or (isinstance(value, str) and cell == f"'{text}")
            assert not isinstance(value, str) or not re.match(r"[=@].|[+-][^\d]|[\t\r]", cell)
    lines = read_tsv(as_tsv(table))
    assert [len(line) for line in lines] == [len(table.columns)] * (1 + len(table.rows))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("=HYPERLINK(0)", "'=HYPERLINK(0)"),
        ("+a", "'+a"),
        ("+86-24-1234", "'+86-24-1234"),
        ("-b", "'-b"),
        ("-1-1", "'-1-1"),
        ("@c", "'@c"),
        ("=\n1", "'=\n1"),
        ("\tx", "'\tx"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-1.5", "-1.5"),
        ("+8%", "+8%"),
        ("-2e-05", "-2e-05"),
        ("=", "="),
        ("-", "-"),
        ("正文=1", "正文=1"),
        (" =1", " =1"),
        (-1, "-1"),
        (-2.5e-09, "-2.5e-09"),
        (float("-inf"), "-INF"),
        (None, ""),
        (True, "true"),
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded(value: object, written: str) -> None:
    assert guarded(value) == written
    assert read_csv(as_csv(Table(("a", "b"), ((value, "x"),))))[1] == [written, "x"]
    assert read_tsv(as_tsv(Table(("a", "b"), ((value, "x"),))))[1] == [re.sub(r"[\t\r\n]", " ", written), "x"]


# --- the formats as a whole ------------------------------------------------------------------------------------------


def test_the_formats_are_listed() -> None:
    assert list(FORMATS) == ["csv", "tsv", "json", "xlsx", "parquet"]
    assert set(BINARY) == {"xlsx", "parquet"}
    for name, write in FORMATS.items():
        assert (b"\x00" in write(TABLE)) == (name in BINARY)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_answer_gives_the_same_bytes(form: str, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = run(open_store(built), bind(find("tasks-by-body"), {}))
    first = FORMATS[form](table)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)  # another day
    again = run(open_store(built), bind(find("tasks-by-body"), {}))
    assert FORMATS[form](again) == first


def test_no_date_of_writing_in_a_workbook() -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(TABLE))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "2000-01-01" in parts.read("docProps/core.xml").decode()
