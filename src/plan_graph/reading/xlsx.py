"""An Excel file (XLSX) → Document: each visible sheet is a table, a merged cell stands once.

openpyxl reads the values, row by row; the merged ranges, which it knows only of sheets read whole, are taken
from the XML. Empty rows and columns are left out, whatever size the sheet declares.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

from plan_graph.errors import UnreadableError
from plan_graph.model import Document, Note
from plan_graph.reading.assembly import MAX_CELLS, Assembly, Cell
from plan_graph.reading.package import open_package, part
from plan_graph.reading.sheet import column_name

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_DAMAGE = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    zipfile.BadZipFile,
    OSError,
    SyntaxError,
    EOFError,
)

Box = tuple[int, int, int, int]  # top, left, bottom, right, counted from 1


def read(raw: bytes, document_id: str, name: str) -> Document:
    """Read an Excel file.

    :raises UnreadableError: if it is damaged, protected, larger unpacked than the limits of ``package``, or empty.
    """
    package = open_package(raw, name)
    for entry in package.namelist():
        if entry.endswith((".xml", ".rels")):
            part(package, entry, name)  # no document types: openpyxl would follow entities
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    assembly = Assembly()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that are not read here
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    _sheet(sheet, package, assembly, name)
    except (*_DAMAGE, InvalidFileException) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(
            f"{name} is damaged ({type(error).__name__}: {error}); open it and save it again",
            f"{name} 已损坏（{type(error).__name__}: {error}），请打开后重新保存",
        ) from error
    if hidden:
        said = Note(f"未读入隐藏的工作表：{'、'.join(hidden)}", f"hidden sheets were left out: {', '.join(hidden)}")
        assembly.notes.append(said)
    return assembly.document(document_id, name, raw, MEDIA_TYPE)


def _sheet(sheet: ReadOnlyWorksheet, package: zipfile.ZipFile, assembly: Assembly, name: str) -> None:
    sheet.reset_dimensions()  # what a sheet declares is often its largest size
    found: dict[int, dict[int, Cell]] = {}
    columns: set[int] = set()
    for row in sheet.iter_rows():
        for one in row:
            said = "" if one.value is None else shown(one.value, one.number_format)
            if said.strip():
                place = f"{sheet.title}!{column_name(one.column)}{one.row}"
                found.setdefault(one.row, {})[one.column] = Cell(((said, place),))
                columns.add(one.column)
    if len(found) * len(columns) > MAX_CELLS:
        raise UnreadableError(
            f"{name}: sheet {sheet.title} has {len(found):,} rows and {len(columns):,} columns, more than "
            f"{MAX_CELLS:,} cells; split it into documents",
            f"{name} 的工作表 {sheet.title} 有 {len(found):,} 行 {len(columns):,} 列，"
            f"超过 {MAX_CELLS:,} 格的上限，请拆分",
        )
    rows, order = sorted(found), sorted(columns)
    grid = {(down, right): cell for down in rows for right, cell in found[down].items()}
    for top, left, bottom, last in _merged(package, sheet._worksheet_path, name):
        first = found.get(top, {}).get(left)
        if first is not None:
            for down in (r for r in rows if top <= r <= bottom):
                for right in (c for c in order if left <= c <= last):
                    grid[down, right] = first
    empty = Cell()
    assembly.table([[grid.get((down, right), empty) for right in order] for down in rows], name)


def _merged(package: zipfile.ZipFile, path: str, name: str) -> list[Box]:
    from openpyxl.utils import column_index_from_string

    boxes: list[Box] = []
    data = part(package, path, name)
    start = max(data.find(b"<mergeCells"), data.find(b":mergeCells"))
    for match in re.finditer(rb"mergeCell\s+ref=[\"']([^\"']+)[\"']", data[start:] if start >= 0 else b""):
        ends = _RANGE.fullmatch(match[1].decode("ascii", "replace"))
        if ends:
            left, top, right, bottom = ends.groups()
            boxes.append((int(top), column_index_from_string(left), int(bottom), column_index_from_string(right)))
    return boxes


def shown(value: Any, look: str) -> str:
    """Write a value of a cell as the sheet shows it, as far as digits, percentages and dates go.

    >>> shown(0.255, "0.0%"), shown(3.0, "General"), shown(datetime.datetime(2025, 12, 1), 'yyyy"年"m"月"')
    ('25.5%', '3', '2025年12月')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, look)
    if isinstance(value, int | float):
        percent = re.fullmatch(r"0(?:\.(0+))?%", look or "")
        if percent:
            return f"{value * 100:.{len(percent[1] or '')}f}%"
        fixed = re.fullmatch(r"(#,##)?0(?:\.(0+))?(?:_ )?", look or "")
        if fixed and (fixed[1] or fixed[2]):
            return f"{value:{',' if fixed[1] else ''}.{len(fixed[2] or '')}f}"
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    return str(value)


def _date(value: datetime.date, look: str) -> str:
    plain = re.sub(r"\[[^\]]*\]|[\"\\]", "", look or "").lower()
    if "年" in plain or "月" in plain:
        parts = (("年", "y", value.year), ("月", "m", value.month), ("日", "d", value.day))
        return "".join(f"{count}{sign}" for sign, letter, count in parts if sign in plain and letter in plain)
    if isinstance(value, datetime.datetime) and (value.hour or value.minute or value.second):
        return value.isoformat(" ", "seconds")
    if "y" in plain and "m" in plain and "d" not in plain:
        return f"{value:%Y-%m}"
    return f"{value:%Y-%m-%d}"
