"""An answer as CSV, TSV, JSON, Excel or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime

from plan_graph.graph.queries import Table


def as_csv(table: Table, delimiter: str = ",") -> bytes:
    """Write RFC 4180 CSV in UTF-8; an unbound value is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(["" if v is None else v for v in row] for row in table.rows)
    return out.getvalue().encode()


def as_tsv(table: Table) -> bytes:
    """Write tab-separated values: tabs and line ends inside a value become spaces, so a line is a row."""
    flat = [
        tuple(" ".join(v.split()) if isinstance(v, str) and ("\t" in v or "\n" in v) else v for v in row)
        for row in table.rows
    ]
    lines = ["\t".join("" if v is None else str(v) for v in row) for row in (table.columns, *flat)]
    return ("\n".join(lines) + "\n").encode()


def as_json(table: Table) -> bytes:
    """Write a JSON array with one object a row; an unbound value is null."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()


def as_xlsx(table: Table) -> bytes:
    """Write an Excel workbook of one sheet: bold frozen header, filter, widths to fit, text never read as formula."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet("plan-graph")
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for at, name in enumerate(table.columns):
        sheet.write_string(0, at, name, bold)
        cells = [name, *("" if row[at] is None else str(row[at]) for row in table.rows)]
        sheet.set_column(at, at, min(60, 2 + max(_width(cell) for cell in cells)), wrap)
    for line, row in enumerate(table.rows, start=1):
        for at, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_boolean(line, at, value)
            elif isinstance(value, int | float):
                sheet.write_number(line, at, value)
            elif value is not None:
                sheet.write_string(line, at, str(value)[:32767])
    sheet.freeze_panes(1, 0)
    if table.columns:
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    book.set_properties({"created": datetime(2000, 1, 1)})  # fixed: the same rows give the same file
    book.close()
    return out.getvalue()


def as_parquet(table: Table) -> bytes:
    """Write Parquet; a column of numbers keeps its type, a mixed one becomes text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {}
    for at, name in enumerate(table.columns):
        values = [row[at] for row in table.rows]
        kinds = {type(v) for v in values if v is not None}
        if kinds == {int, float}:
            values = [None if v is None else float(str(v)) for v in values]
        elif len(kinds) > 1:
            values = [None if v is None else str(v) for v in values]
        columns[name] = pa.array(values, type=None if kinds else pa.string())
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


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
