"""Separated values: delimiters, quotes, encodings, places, and files that are no tables."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document
from plan_graph.reading import sheet as module
from plan_graph.reading.assembly import spaced
from plan_graph.reading.sheet import CSV, TSV, read_csv

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)


def of(text: str, encoding: str = "utf-8") -> Document:
    return read_csv(text.encode(encoding), "d", "folder/任务.csv")


def rows(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.of(document.text) for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("序号,任务\n1,甲\n", [["序号", "任务"], ["1", "甲"]], id="comma"),
        pytest.param("序号;任务\n1;甲,乙,丙\n", [["序号", "任务"], ["1", "甲,乙,丙"]], id="semicolon, commas in a cell"),
        pytest.param("序号\t任务\n1\t甲,乙;丙\n", [["序号", "任务"], ["1", "甲,乙;丙"]], id="tab"),
        pytest.param('1,"甲,乙"\n2,"称""丙"""\n', [["1", "甲,乙"], ["2", '称"丙"']], id="quotes"),
        pytest.param('1,"省财政厅\n省国资委"\n2,丙\n', [["1", "省财政厅 省国资委"], ["2", "丙"]], id="line end in a cell"),
        pytest.param('1,"省财政厅\r\n省国资委"\r\n2,丙\r\n', [["1", "省财政厅 省国资委"], ["2", "丙"]], id="of Windows"),
        pytest.param("1,甲\r2,乙\r", [["1", "甲"], ["2", "乙"]], id="of an old Macintosh"),
        pytest.param('1,"甲\t乙"\n2,丙\n', [["1", "甲乙"], ["2", "丙"]], id="tab in a cell"),
        pytest.param("1,甲\n,,\n\n2,乙\n", [["1", "甲"], ["2", "乙"]], id="empty records are left out"),
        pytest.param("任务表\n序号,任务\n1,甲\n注：无\n", [["任务表", ""], ["序号", "任务"], ["1", "甲"], ["注：无", ""]], id="title and note"),
        pytest.param("1, 甲 ,　乙　\n", [["1", "甲", "乙"]], id="blanks at the edges"),
        pytest.param("建成甲\n建成乙\n", [["建成甲"], ["建成乙"]], id="one column"),
        pytest.param("001,0.50,2025/12/1\n", [["001", "0.50", "2025/12/1"]], id="numbers are left as they are"),
        pytest.param("1,甲", [["1", "甲"]], id="no line end at the end"),
    ],
)  # fmt: skip
def test_records(text: str, expected: list[list[str]]) -> None:
    document = of(text)
    assert rows(document) == expected
    assert "\r" not in document.text


@pytest.mark.parametrize(
    ("encoding", "named", "bom"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8-sig", "utf-8", b"\xef\xbb\xbf"),
        ("gbk", "gb18030", b""),
        ("utf-16", "utf-16-le", b"\xff\xfe"),
    ],
)
def test_encodings(encoding: str, named: str, bom: bytes) -> None:
    document = of("序号,任务,单位\r\n1,建成甲平台,省财政厅\r\n", encoding)
    assert rows(document) == [["序号", "任务", "单位"], ["1", "建成甲平台", "省财政厅"]]
    assert (document.encoding, document.bom) == (named, bom)


def test_kind_follows_the_delimiter() -> None:
    assert [of("1,甲\n").media_type, of("1;甲\n").media_type, of("1\t甲\n").media_type] == [CSV, CSV, TSV]


def test_places_count_records_and_columns() -> None:
    document = of('序号,"任\n务"\n\n,甲\n')
    assert [(o.span.of(document.text), o.place) for o in document.origins] == [
        ("序号", "A1"),
        ("任 务", "B1"),
        ("甲", "B3"),
    ]
    assert document.name == "任务.csv"


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (
            '序号,任务\n1,甲\n2,"乙\n3,丙\n',
            "has a quotation mark without its pair in the record of line 3 (",
            "第 3 行的引号不成对",
        ),
        (
            '序号,任务\n1,"甲"乙\n',
            "has a quotation mark without its pair in the record of line 2 (",
            "第 2 行的引号不成对",
        ),
        (",,\n,,\n", "holds no text; give", "没有文字"),
        (" \n", "is empty; give", "空文件"),
        ("1,\x00\n", "is binary, not text", "二进制"),
    ],
)
def test_what_is_refused(text: str, en: str, zh: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        of(text)
    assert str(raised.value).startswith(f"folder/任务.csv {en}")
    assert raised.value.zh.startswith("folder/任务.csv ")
    assert zh in raised.value.zh
    assert "请" in raised.value.zh or "应写作" in raised.value.zh


def test_too_many_cells_are_refused_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CELLS", 5)
    with pytest.raises(UnreadableError, match=r"has more than 5 cells \(line 2\); split it"):
        of("1,2,3\n4,5,6\n7,8,9\n")


def test_a_cell_as_long_as_the_file_is_read_and_the_limit_of_the_library_stays() -> None:
    before = csv.field_size_limit()
    assert len(rows(of("1," + "甲" * 200_000 + "\n"))[0][1]) == 200_000
    assert csv.field_size_limit() == before


VALUES = st.text(alphabet='甲乙a1,;\t\n\r" 　', max_size=8)


@EXACT
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=5), st.sampled_from([",", ";", "\t"]))
def test_what_is_written_is_read(table: list[list[str]], delimiter: str) -> None:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["序", "任", "单"], *table])
    document = of(held.getvalue())
    wanted = [[spaced(value.splitlines()) for value in row] for row in table]
    assert rows(document) == [["序", "任", "单"], *(row for row in wanted if any(row))]
    assert all(a.span.end < b.span.begin for a, b in zip(document.origins, document.origins[1:], strict=False))
