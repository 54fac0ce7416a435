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
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document, Note
from plan_graph.reading.assembly import MAX_CELLS, Assembly, Cell, spaced
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

_DIGITS = re.compile(r"([^#0?@.,%]*)(#,##)?(0+)(?:\.(0+))?(%?)([^#0?@.,%]*)")
_FORMULA = re.compile(  # without a value; an empty text is one (t="str")
    rb"<c\b(?![^>]*\bt=.str.)[^>]*><f\b[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>"
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
    formulas = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that are not read here
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    formulas += _sheet(sheet, package, assembly, name)
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
    if formulas:
        assembly.notes.append(
            Note(
                f"{formulas} 个公式没有保存结果，按空格处理，请用表格软件打开后重新保存",
                f"formulas without a stored value were read as empty ({formulas}): open the file in a spreadsheet "
                "program and save it again",
            )
        )
    return assembly.document(document_id, name, raw, MEDIA_TYPE)


def _sheet(sheet: ReadOnlyWorksheet, package: zipfile.ZipFile, assembly: Assembly, name: str) -> int:
    """Add a sheet as a table; give the number of its formulas whose value the file does not hold."""
    sheet.reset_dimensions()  # what a sheet declares is often its largest size
    found: dict[int, dict[int, Cell]] = {}
    columns: set[int] = set()
    for row in sheet.iter_rows():
        for one in row:
            said = "" if one.value is None else spaced(shown(one.value, one.number_format).splitlines())
            if said:
                place = f"{sheet.title}!{column_name(one.column)}{one.row}"
                found.setdefault(one.row, {})[one.column] = Cell(((said, place),))
                columns.add(one.column)
        if len(found) * len(columns) > MAX_CELLS:
            raise UnreadableError(
                f"{name}: the first {len(found):,} rows of sheet {sheet.title} have {len(columns):,} columns, more "
                f"than {MAX_CELLS:,} cells; split it into documents",
                f"{name} 的工作表 {sheet.title} 前 {len(found):,} 行有 {len(columns):,} 列，"
                f"超过 {MAX_CELLS:,} 格的上限，请拆分",
            )
    rows, order = sorted(found), sorted(columns)
    grid = {(down, right): cell for down in rows for right, cell in found[down].items()}
    data = part(package, sheet._worksheet_path, name)
    for top, left, bottom, last in _merged(data):
        first = found.get(top, {}).get(left)
        if first is not None:
            for down in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
                for right in order[bisect_left(order, left) : bisect_right(order, last)]:
                    grid[down, right] = first
    empty = Cell()
    assembly.table([[grid.get((down, right), empty) for right in order] for down in rows], name)
    return sum(1 for _ in _FORMULA.finditer(data))


def _merged(data: bytes) -> list[Box]:
    from openpyxl.utils import column_index_from_string

    boxes: list[Box] = []
    start = max(data.find(b"<mergeCells"), data.find(b":mergeCells"))
    for match in re.finditer(rb"mergeCell\s+ref=[\"']([^\"']+)[\"']", data[start:] if start >= 0 else b""):
        ends = _RANGE.fullmatch(match[1].decode("ascii", "replace"))
        if ends:
            left, top, right, bottom = ends.groups()
            boxes.append((int(top), column_index_from_string(left), int(bottom), column_index_from_string(right)))
    return boxes


def shown(value: Any, look: str) -> str:
    """Write a value of a cell as the sheet shows it, as far as digits, units, percentages and dates go.

    >>> shown(0.255, "0.0%"), shown(3.0, "General"), shown(7, "000"), shown(1234.5, '#,##0.00"万元"')
    ('25.5%', '3', '007', '1,234.50万元')
    >>> shown(datetime.datetime(2025, 12, 1), 'yyyy"年"m"月"')
    '2025年12月'
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, look)
    if isinstance(value, int | float):
        return _number(value, look)
    from openpyxl.utils.escape import unescape

    return str(unescape(str(value)))


def _number(value: float, look: str) -> str:
    of_positive = re.sub(r"_.|\*.|\[[^\]]*\]|[\"\\]", "", (look or "").split(";")[0])
    found = _DIGITS.fullmatch(of_positive.strip())
    if not found:
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    before, grouped, whole, places, percent, after = found.groups()
    digits = f"{abs(value) * (100 if percent else 1):{',' if grouped else ''}.{len(places or '')}f}"
    if not grouped:
        digits = digits.zfill(len(whole) + (len(places) + 1 if places else 0))
    return f"{'-' if value < 0 else ''}{before}{digits}{percent}{after}"


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
