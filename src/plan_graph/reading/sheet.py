"""A table in a file of its own → Document: CSV and TSV, and each sheet of an Excel file (XLSX)."""

from __future__ import annotations

import csv
import io
from collections import Counter

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document
from plan_graph.reading.assembly import MAX_CELLS, Assembly, Cell, spaced
from plan_graph.reading.text import decode

CSV = "text/csv"
TSV = "text/tab-separated-values"
_SNIFFED = 50


def column_name(at: int) -> str:
    """Name a column as sheets do, counted from 1.

    >>> column_name(1), column_name(26), column_name(27), column_name(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    while at:
        at, letter = divmod(at - 1, 26)
        name = chr(65 + letter) + name
    return name


def read_csv(raw: bytes, document_id: str, name: str) -> Document:
    """Read a file of comma-, semicolon- or tab-separated values, in any encoding of ``text``.

    :raises UnreadableError: as ``text.decode``, and if a quotation mark is never closed.
    """
    plain = decode(raw, document_id, name)
    delimiter = _delimiter(plain.text)
    assembly = Assembly()
    assembly.notes += plain.notes
    rows: list[list[Cell]] = []
    for down, record in enumerate(_records(plain.text, delimiter, name), 1):
        said = [spaced(value.split("\n")) for value in record]
        rows.append([Cell(((v, f"{column_name(right)}{down}"),) if v else ()) for right, v in enumerate(said, 1)])
    assembly.table(rows, name)
    kind = TSV if delimiter == "\t" else CSV
    return assembly.document(document_id, name, raw, kind, plain.encoding, plain.bom)


def _records(text: str, delimiter: str, name: str) -> list[list[str]]:
    before = csv.field_size_limit(len(text) + 1)  # a cell may be as long as the file, which is limited
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    cells, line = 0, 1  # line: where the record begins, for a mark that is never closed shows at the end of the file
    try:
        for record in reader:
            records.append(record)
            line = reader.line_num + 1
            cells += len(record)
            if cells > MAX_CELLS:
                raise UnreadableError(
                    f"{name} has more than {MAX_CELLS:,} cells (line {reader.line_num}); split it into documents",
                    f"{name} 超过 {MAX_CELLS:,} 格的上限（第 {reader.line_num} 行），请拆分",
                )
    except csv.Error as error:
        raise UnreadableError(
            f'{name} has a quotation mark without its pair in the record of line {line} ({error}); write "" for a '
            "quotation mark in a cell, or save it as .xlsx",
            f'{name} 第 {line} 行的引号不成对（{error}），单元格中的引号应写作 ""，或另存为 .xlsx',
        ) from error
    finally:
        csv.field_size_limit(before)
    return records


def _delimiter(text: str) -> str:
    """Choose what cuts most of the first records into the same number of cells, more than one.

    >>> _delimiter("通知\\n序号;任务\\n1;甲,乙\\n注"), _delimiter("一列\\n甲")
    (';', ',')
    """
    best, score = ",", (0.0, 0)
    for delimiter in ("\t", ",", ";"):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths: list[int] = []
        try:
            for record in reader:
                if record:
                    widths.append(len(record))
                if len(widths) == _SNIFFED:
                    break
        except csv.Error:
            pass  # too long a cell: what was read so far decides
        for width, often in Counter(widths).items():  # a title or a note is a record of one cell
            if width > 1 and (often / len(widths), width) > score:
                best, score = delimiter, (often / len(widths), width)
    return best
