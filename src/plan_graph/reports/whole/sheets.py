"""A workbook out of typed tables: numbers as numbers, days as days, text never taken for a formula.

Every sheet has a frozen header with a filter, widths, wrapped text, links to rows of other sheets, and prints on A4
landscape with its header on each page. The same tables give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from plan_graph import __version__
from plan_graph.errors import InputError
from plan_graph.reports.words import Words, ems

ROWS = 1_048_575  # below the header of an Excel sheet
LINKS = 65_000  # a sheet holds 65,530
_CELL = 32_767  # characters
_CUT = "…（单元格放不下，其余从略）"
NONE = Words("没有", "none")
_FORMULA = re.compile(r"[=+\-@\t]")  # how a text begins that a program might take for a formula
_LINE, _TALLEST = 14.0, 409.0  # points; a row is no taller
_EMS_A_CHARACTER = 0.55  # the width of a digit, by which columns are measured
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}


class Kind(Enum):
    """What the cells of a column hold, with Excel's number format."""

    TEXT = "General"
    LONG = "General "  # as TEXT, but wrapped
    WHOLE = "#,##0"
    YEAR = "0"
    DECIMAL = "#,##0.00"
    SHARE = "0%"
    PROBABILITY = "0.0000"
    DAY = "yyyy-mm-dd"


_RIGHT = (Kind.WHOLE, Kind.YEAR, Kind.DECIMAL, Kind.SHARE, Kind.PROBABILITY, Kind.DAY)
_TO_THE_RIGHT = {"align": "right", "indent": 1}


@dataclass(frozen=True, slots=True)
class Go:
    """A cell that leads to a row, counted from 0 below the header, of a sheet; ``value`` is what it shows."""

    value: str | int
    sheet: str
    row: int


Value = str | int | float | date | Go | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what it holds, its width in characters."""

    head: Words
    kind: Kind
    width: float


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: ``key`` is what links name, ``name`` what the tab shows; ``empty`` is said where there are no rows.

    The first ``frozen`` columns stay in view, the first ``printed`` (0: all) are printed; rows in ``marked`` are
    shaded.
    """

    key: str
    name: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    empty: Words = NONE
    frozen: int = 1
    printed: int = 0
    marked: frozenset[int] = frozenset()


def write(pages: Sequence[Page], title: str, lang: str = "both") -> bytes:
    """Write the sheets in their order as an Excel workbook.

    Beyond 65,000 links of a sheet cells show their value without a link.

    :raises InputError: for more rows than a sheet holds.
    """
    import xlsxwriter

    for page in pages:
        if len(page.rows) > ROWS:
            raise InputError(
                f"an Excel sheet holds {ROWS:,} rows, {page.name.en} has {len(page.rows):,}; choose fewer tasks by "
                "--plan, --issuer, --level or --year",
                f"Excel 工作表最多 {ROWS:,} 行，{page.name.zh}有 {len(page.rows):,} 行；请用 --plan、--issuer、--level "
                "或 --year 缩小范围",
            )
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "author": f"plan-graph {__version__}", "created": datetime(2000, 1, 1)})
    formats = _Formats(book)
    tabs = {page.key: page.name.of(lang) for page in pages}
    for page in pages:
        _write_page(book.add_worksheet(tabs[page.key]), page, tabs, formats, lang)
    book.close()
    return out.getvalue()


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Any] = {}

    def head(self, kind: Kind) -> Any:
        """Give the format of the head of a column."""
        look = {**_FONT, "bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#DDE7F0"}
        return self._get(("head", kind in _RIGHT), look | (_TO_THE_RIGHT if kind in _RIGHT else {}))

    def cell(self, kind: Kind, *, link: bool = False, marked: bool = False, quoted: bool = False) -> Any:
        """Give the format of a cell."""
        look: dict[str, object] = {**_FONT, "num_format": kind.value.strip(), "text_wrap": kind is Kind.LONG}
        if kind in _RIGHT:
            look |= _TO_THE_RIGHT
        if link:
            look |= {"font_color": "#0B4F86", "underline": 1}
        if marked:
            look |= {"bg_color": "#FFF4D6"}
        if quoted:
            look |= {"quote_prefix": True}  # stays text when somebody edits the cell
        return self._get((kind, link, marked, quoted), look)

    def _get(self, key: tuple[object, ...], look: dict[str, object]) -> Any:
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _write_page(sheet: Any, page: Page, tabs: dict[str, str], formats: _Formats, lang: str) -> None:
    for at, column in enumerate(page.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.head.of(lang, "\n"), formats.head(column.kind))
    sheet.set_row(0, 34 if lang == "both" else 20)
    links = 0
    for line, row in enumerate(page.rows, start=1):
        marked = line - 1 in page.marked
        sheet.set_row(line, _height(page.columns, row))
        for at, (column, value) in enumerate(zip(page.columns, row, strict=True)):
            if isinstance(value, Go):
                links += 1
            _write_cell(sheet, line, at, column.kind, value, tabs, formats, marked, links <= LINKS)
    if not page.rows:
        sheet.write_string(1, 0, page.empty.of(lang), formats.cell(Kind.TEXT))
    sheet.freeze_panes(1, page.frozen)
    sheet.autofilter(0, 0, max(1, len(page.rows)), len(page.columns) - 1)
    if page.printed:
        sheet.print_area(0, 0, max(1, len(page.rows)), page.printed - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")


def _height(columns: Sequence[Column], row: Sequence[Value]) -> float:
    """Give the height of a row in points, for as many lines as its wrapped texts need: not every program looks."""
    lines = 1
    for column, value in zip(columns, row, strict=True):
        if column.kind is Kind.LONG and isinstance(value, str):
            room = column.width * _EMS_A_CHARACTER
            lines = max(lines, sum(max(1, -int(-ems(line) // room)) for line in value.splitlines()))
    return min(_TALLEST, 4 + _LINE * lines)


def _write_cell(
    sheet: Any,
    line: int,
    at: int,
    kind: Kind,
    value: Value,
    tabs: dict[str, str],
    formats: _Formats,
    marked: bool,
    linked: bool,
) -> None:
    go = value if isinstance(value, Go) and linked else None
    plain = value.value if isinstance(value, Go) else value
    if plain is None:
        if marked:
            sheet.write_blank(line, at, None, formats.cell(kind, marked=True))
        return
    if isinstance(plain, str):
        text = re.sub(r"\r\n?", "\n", plain)
        text = text if len(text) <= _CELL else text[: _CELL - len(_CUT)] + _CUT
        look = formats.cell(kind, link=go is not None, marked=marked, quoted=bool(_FORMULA.match(text)))
        if go:
            sheet.write_url(line, at, _place(go, tabs), look, text)
        else:
            sheet.write_string(line, at, text, look)
        return
    look = formats.cell(kind, link=go is not None, marked=marked)
    if go:  # the number is written over the text that a link brings along
        sheet.write_url(line, at, _place(go, tabs), look, str(plain))
    if isinstance(plain, date):
        sheet.write_datetime(line, at, datetime(plain.year, plain.month, plain.day), look)
    else:
        sheet.write_number(line, at, plain, look)


def _place(go: Go, tabs: dict[str, str]) -> str:
    tab = tabs[go.sheet].replace("'", "''")
    return f"internal:'{tab}'!A{go.row + 2}"
