"""An answer as CSV, TSV, JSON, Excel or Parquet; the same answer always gives the same bytes."""

from __future__ import annotations

import io
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from plan_graph.errors import InputError
from plan_graph.graph.queries import Table

_EXCEL_ROWS = 1_048_576
_EXCEL_CELL = 32_767  # characters
_WIDEST = 60  # characters of a column; longer texts are wrapped
_LINE, _TALLEST = 16.5, 409.0  # points; Excel has no taller row
_PAGE, _SMALLEST = 300, 50  # characters across that an A4 page takes when made small; per cent of the size


def as_csv(table: Table) -> bytes:
    """Write RFC 4180 CSV in UTF-8, but with line ends of one LF; an unbound value is an empty cell.

    A text that a spreadsheet would run as a formula is guarded (:func:`guarded`).

    >>> as_csv(Table(("a", "b"), (("=1+1", -1),))).decode()
    "a,b\\n'=1+1,-1\\n"
    """
    lines = [",".join(_csv_cell(guarded(v)) for v in row) for row in (table.columns, *table.rows)]
    blank = '""' if table.columns else ""  # a row of one empty cell is no blank line
    return "".join((line or blank) + "\n" for line in lines).encode()


def _csv_cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


_TO_QUOTE = re.compile(r'[",\r\n]')


def guarded(value: object) -> str:
    """Write a value as text, with an apostrophe before it where a spreadsheet would take it for a formula.

    Texts come from documents that anybody may have written. Numbers stay as they are, and so does a text that is one
    (``-1.5``, ``+8%``) or a mark alone (``=``), which no spreadsheet runs. JSON, Excel and Parquet need no guard, and
    the results of SPARQL have none (``web/sparql/results``), for the W3C's CSV keeps every value as it is.
    """
    text = value if isinstance(value, str) else _plain(value)
    if text is value and _FORMULA.match(text) and not _SIGNED.fullmatch(text):
        return "'" + text
    return text


_FORMULA = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20](?s:.)|[\t\r\n]")
_SIGNED = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[%％‰]?")


def as_tsv(table: Table) -> bytes:
    """Write tab-separated values: tabs and line ends inside a value become a space, so a line is a row.

    Formulas are guarded as in CSV.
    """
    lines = ["\t".join(re.sub(r"[\t\r\n]+", " ", guarded(v)) for v in row) for row in (table.columns, *table.rows)]
    return ("\n".join(lines) + "\n").encode()


def as_json(table: Table) -> bytes:
    """Write a JSON array with one object a row; an unbound value is null, a number JSON has no form for a string."""
    rows = [
        {
            c: _plain(v) if isinstance(v, float) and not math.isfinite(v) else v
            for c, v in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def as_xlsx(table: Table) -> bytes:
    """Write an Excel workbook of one sheet: bold frozen header, filter, widths and heights to fit, no text a formula.

    The last columns are not printed if they hold addresses alone.

    :raises InputError: for more rows than a sheet holds, or a text longer than a cell holds.
    """
    return as_workbook([("plan-graph", table)])


def as_workbook(sheets: Sequence[tuple[str, Table]]) -> bytes:
    """Write an Excel workbook of named sheets, each as :func:`as_xlsx` has it; names are cut to what Excel takes.

    :raises InputError: for more rows than a sheet holds, or a text longer than a cell holds.
    """
    import xlsxwriter

    for _, table in sheets:
        _check_size(table)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top"})
    names: set[str] = set()
    for name, table in sheets:
        names.add(title := _sheet_name(name, names))
        _fill(book.add_worksheet(title), table, bold, wrap, plain)
    book.set_properties({"created": datetime(2000, 1, 1)})  # fixed: the same rows give the same file
    book.close()
    return out.getvalue()


def _check_size(table: Table) -> None:
    if len(table.rows) >= _EXCEL_ROWS:
        raise InputError(
            f"an Excel sheet holds {_EXCEL_ROWS - 1:,} rows below its header, the answer has {len(table.rows):,}; "
            "write csv or parquet",
            f"Excel 工作表在表头之下最多 {_EXCEL_ROWS - 1:,} 行，结果有 {len(table.rows):,} 行；请改用 csv 或 parquet",
        )
    if any(isinstance(v, str) and len(v) > _EXCEL_CELL for row in table.rows for v in row):
        raise InputError(
            f"an Excel cell holds {_EXCEL_CELL:,} characters, a text of the answer is longer; write csv or parquet",
            f"Excel 单元格最多 {_EXCEL_CELL:,} 个字符，结果中有更长的文字；请改用 csv 或 parquet",
        )


def _sheet_name(wanted: str, taken: Set[str]) -> str:
    """Give a name Excel takes: without []:*?/\\, of at most 31 characters, unlike the others in any case."""
    name = re.sub(r"[\[\]:*?/\\]", " ", wanted).strip("' ")[:31] or "plan-graph"
    number = 1
    while name.casefold() in {one.casefold() for one in taken}:
        number += 1
        name = f"{name[: 31 - len(f' {number}')]} {number}"
    return name


def _fill(sheet: Any, table: Table, bold: Any, wrap: Any, plain: Any) -> None:
    addresses = [_of_addresses([row[at] for row in table.rows]) for at in range(len(table.columns))]
    widths = []
    for at, name in enumerate(table.columns):
        sheet.write_string(0, at, name, bold)
        cells = [name, *(_plain(row[at]) for row in table.rows)]
        widths.append(min(_WIDEST, 2 + max(_width(cell) for cell in cells)))
        sheet.set_column(at, at, widths[-1], plain if addresses[at] else wrap)
    texts = [at for at, address in enumerate(addresses) if not address]
    for line, row in enumerate(table.rows, start=1):
        lines = max((_lines(_plain(row[at]), widths[at]) for at in texts), default=1)
        if lines > 1:  # LibreOffice and others show one line of a row whose height the file does not say
            sheet.set_row(line, min(_TALLEST, _LINE * lines))
        for at, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_boolean(line, at, value)
            elif isinstance(value, int | float) and math.isfinite(value):
                sheet.write_number(line, at, value)
            elif value is not None:
                sheet.write_string(line, at, re.sub(r"\r\n?", "\n", _plain(value)))  # a cell's line end is LF
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    printed = texts[-1] + 1 if texts else len(table.columns)
    if sum(widths[:printed]) <= _PAGE:
        sheet.fit_to_pages(1, 0)
    else:  # a matrix of many bodies on one page could not be read: pages beside one another, each with the names
        sheet.set_print_scale(_SMALLEST)
        sheet.repeat_columns(0, next((at for at in texts if any(isinstance(row[at], str) for row in table.rows)), 0))
        sheet.print_across()
    sheet.repeat_rows(0)
    if printed < len(table.columns):
        sheet.print_area(0, 0, len(table.rows), printed - 1)
    if table.columns:
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)


def as_parquet(table: Table, types: Mapping[str, str] | None = None) -> bytes:
    """Write Parquet; a column of numbers keeps its type, a mixed one becomes text.

    A column without any value is text, or of the Arrow type that ``types`` has for it.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {}
    for at, name in enumerate(table.columns):
        values = [row[at] for row in table.rows]
        kinds = {type(v) for v in values if v is not None}
        if kinds == {int, float}:
            values = [None if v is None else float(str(v)) for v in values]
        elif len(kinds) > 1:
            values = [None if v is None else _plain(v) for v in values]
        columns[name] = pa.array(values, type=None if kinds else (types or {}).get(name, "string"))
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def _plain(value: object) -> str:
    """Write a value as text: nothing for an unbound one, true and false, numbers as XML Schema has them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    return str(value)


def _of_addresses(values: Sequence[object]) -> bool:
    """Tell whether a column holds addresses, and nothing else."""
    found = [value for value in values if value is not None]
    return bool(found) and all(isinstance(value, str) and _ADDRESS.fullmatch(value) for value in found)


_ADDRESS = re.compile(r"https?://\S+")


def _lines(cell: str, width: float) -> int:
    """Lines a text takes in a column so wide: Han are a little wider than two digits, and none is cut at the edge."""
    room = width if width < _WIDEST else width - 4
    return sum(max(1, math.ceil(_width(line) / room)) for line in cell.splitlines())


def _width(cell: str) -> int:
    """Columns a cell's longest line takes: a Han character takes two."""
    return max((sum(1 + (ord(c) > 0x2E7F) for c in line) for line in cell.splitlines()), default=0)


FORMATS: dict[str, Callable[[Table], bytes]] = {
    "csv": as_csv,
    "tsv": as_tsv,
    "json": as_json,
    "xlsx": as_xlsx,
    "parquet": as_parquet,
}
BINARY = ("xlsx", "parquet")
