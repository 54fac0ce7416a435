"""One table of tasks, or one list of them, in every layout a converter gives.

A :class:`Case` holds what is stated; ``grid`` makes the cells of its table, those merged shared by the places they
cover, and each function of ``TABLES`` and ``LISTS`` writes it down as one kind of program does. Texts of tables made
by converters were looked at to write these: what is merged stands once, and is missing, empty or repeated below.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

import openpyxl

Parties = frozenset[tuple[str, str]]
TITLE = "甲市2024年重点工作任务分解表"


@dataclass(frozen=True, slots=True)
class Job:
    """One task: what is to be done, who leads, who supports, by when; ``theme`` groups tasks."""

    text: str
    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    time: str = "2024年12月底前"
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A table: its tasks, and its columns as (what they hold, their head).

    ``between`` parts the names of a cell; ``over`` gives columns with a common head above, ``again`` the row before
    which the heads are repeated, ``headed`` makes of each theme a row of its own. What columns ``merged`` hold stands
    once for all rows in which it is the same.
    """

    name: str
    jobs: tuple[Job, ...]
    columns: tuple[tuple[str, str], ...]
    between: str = "、"
    merged: tuple[str, ...] = ()
    over: tuple[str, tuple[str, ...]] = ("", ())
    again: int = 0
    headed: bool = False

    @property
    def stated(self) -> dict[str, Parties]:
        """What each task states: its words → (role, name) of its parties."""
        kinds = [kind for kind, _ in self.columns]
        lead = "lead" if "leads" in kinds else "responsible"
        support = "support" if "leads" in kinds else "responsible"
        return {
            job.text: frozenset(
                [(lead, one) for one in job.leads if "leads" in kinds or "all" in kinds]
                + [(support, one) for one in job.supports if "supports" in kinds or "all" in kinds]
            )
            for job in self.jobs
        }

    @property
    def lossy(self) -> bool:
        """Tell whether an empty cell and one merged with that above look the same where merges are not written."""
        return any(job.leads == () for job in self.jobs)


@dataclass(eq=False, slots=True)
class Cell:
    """A cell of a grid: its lines."""

    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(slots=True)
class Grid:
    heads: int
    rows: list[list[Cell]] = field(default_factory=list)


def grid(case: Case) -> Grid:
    """Give the cells of a table, heads first."""
    made = Grid(2 if case.over[1] else 1)
    heads = [Cell((head,)) for _, head in case.columns]
    if case.over[1]:
        common = Cell((case.over[0],))
        above = [common if kind in case.over[1] else cell for (kind, _), cell in zip(case.columns, heads, strict=True)]
        made.rows.append(above)
    made.rows.append(heads)
    before: dict[str, Cell] = {}
    theme = ""
    for number, job in enumerate(case.jobs, 1):
        if case.again and number == case.again:
            made.rows.append([Cell(cell.lines) for cell in heads])
        if case.headed and job.theme != theme:
            theme = job.theme
            made.rows.append([Cell((theme,))] * len(case.columns))
        row: list[Cell] = []
        for kind, _ in case.columns:
            cell = Cell(_lines(case, job, kind, number))
            if kind in case.merged and kind in before and before[kind].lines == cell.lines and cell.lines:
                cell = before[kind]
            before[kind] = cell
            row.append(cell)
        made.rows.append(row)
    return made


def _lines(case: Case, job: Job, kind: str, number: int) -> tuple[str, ...]:
    names = {"leads": job.leads, "supports": job.supports, "all": job.leads + job.supports}
    if kind in names:
        said = case.between.join(names[kind])
    else:
        said = {"number": str(number), "text": job.text, "time": job.time, "theme": job.theme, "note": ""}.get(
            kind, "张三"
        )
    return tuple(said.split("\n")) if said else ()


def _firsts(rows: Sequence[Sequence[Cell]]) -> Iterator[list[Cell | None]]:
    """Give the rows with None where a cell goes on from above or from the left."""
    seen: set[int] = set()
    for row in rows:
        made: list[Cell | None] = []
        for cell in row:
            made.append(None if id(cell) in seen else cell)
            seen.add(id(cell))
        yield made


def _span(rows: Sequence[Sequence[Cell]], at: int, column: int) -> tuple[int, int]:
    cell = rows[at][column]
    return sum(row[column] is cell for row in rows[at:]), sum(one is cell for one in rows[at][column:])


# --- files -----------------------------------------------------------------------------------------------------------


def docx(table: Grid) -> bytes:
    def cell(at: int, column: int) -> str:
        one = table.rows[at][column]
        if column and table.rows[at][column - 1] is one:
            return ""
        down, right = _span(table.rows, at, column)
        goes_on = at and table.rows[at - 1][column] is one
        looks = f'<w:gridSpan w:val="{right}"/>' if right > 1 else ""
        looks += "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>' if down > 1 else ""
        lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ([] if goes_on else one.lines))
        return f"<w:tc><w:tcPr>{looks}</w:tcPr>{lines or '<w:p/>'}</w:tc>"

    rows = "".join(
        "<w:tr>" + "".join(cell(at, column) for column in range(len(row))) + "</w:tr>"
        for at, row in enumerate(table.rows)
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            f"<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p><w:tbl>{rows}</w:tbl><w:sectPr/></w:body></w:document>",
        )
    return held.getvalue()


def xlsx(table: Grid) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([TITLE])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(table.rows[0]))
    for at, row in enumerate(_firsts(table.rows)):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            sheet.cell(at + 2, column + 1, cell.text or None)
            down, right = _span(table.rows, at, column)
            if down * right > 1:
                sheet.merge_cells(
                    start_row=at + 2, start_column=column + 1, end_row=at + 1 + down, end_column=column + right
                )
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def html(table: Grid) -> bytes:
    rows = []
    for at, row in enumerate(_firsts(table.rows)):
        cells = ""
        for column, cell in enumerate(row):
            if cell is not None:
                down, right = _span(table.rows, at, column)
                cells += f'<td rowspan="{down}" colspan="{right}">{"<br>".join(map(escape, cell.lines))}</td>'
        rows.append(f"<tr>{cells}</tr>")
    return f"<html><body><h1>{TITLE}</h1><table>{''.join(rows)}</table></body></html>".encode()


def html_divs(table: Grid) -> bytes:
    rows = "".join(
        '<div class="tr">'
        + "".join(f'<div class="td">{"<br>".join(c.lines) if c else ""}</div>' for c in row)
        + "</div>"
        for row in _firsts(table.rows)
    )
    return f'<html><body><h1>{TITLE}</h1><div class="table">{rows}</div></body></html>'.encode()


def _separated(table: Grid, delimiter: str) -> bytes:
    held = io.StringIO()
    out = csv.writer(held, delimiter=delimiter)
    out.writerow([TITLE])
    out.writerows([[cell.text if cell else "" for cell in row] for row in _firsts(table.rows)])
    return held.getvalue().encode()


def comma(table: Grid) -> bytes:
    return _separated(table, ",")


def tab_file(table: Grid) -> bytes:
    return _separated(table, "\t")


# --- texts -----------------------------------------------------------------------------------------------------------


def word(table: Grid) -> str:
    """Word saves a row a line, with tabs; the lines of a cell remain lines."""
    return _text(["\t".join(c.text if c else "" for c in row) for row in _firsts(table.rows)])


def word_flat(table: Grid) -> str:
    """As python-docx gives it: merged cells repeated."""
    return _text(["\t".join(" ".join(c.lines) for c in row) for row in table.rows])


def browser(table: Grid) -> str:
    """Copied from a browser: cells that go on from above are missing, and their tabs."""
    return _text(["\t".join(" ".join(c.lines) for c in row if c) for row in _firsts(table.rows)])


def joined(table: Grid) -> str:
    """Cells joined with a bar, merged ones repeated."""
    return _text([" | ".join(" ".join(c.lines) for c in row) for row in table.rows])


def joined_once(table: Grid) -> str:
    """Cells joined with a bar, merged ones once and empty after."""
    return _text([" | ".join(" ".join(c.lines) if c else "" for c in row) for row in _firsts(table.rows)])


def pipes(table: Grid) -> str:
    """A table of Markdown, with <br> in cells."""
    lines = ["| " + " | ".join("<br>".join(c.lines) if c else "" for c in row) + " |" for row in _firsts(table.rows)]
    return _text([lines[0], "|" + " --- |" * len(table.rows[0]), *lines[1:]])


def pipes_missing(table: Grid) -> str:
    """Markdown from HTML: cells that go on from above are missing."""
    lines = ["| " + " | ".join(" ".join(c.lines) for c in row if c) + " |" for row in _firsts(table.rows)]
    return _text([lines[0], "|" + " --- |" * len(table.rows[0]), *lines[1:]])


def html2text(table: Grid) -> str:
    """html2text: bars between cells only, and those that go on from above are missing."""
    lines = [" | ".join(" ".join(c.lines) for c in row if c) + "  " for row in _firsts(table.rows)]
    return _text([lines[0], "|".join(["---"] * len(table.rows[0])), *lines[1:]])


def _wide(text: str) -> int:
    return sum(2 if ord(c) > 0x2000 else 1 for c in text)


def _pad(text: str, width: int, middle: bool = False) -> str:
    space = width - _wide(text)
    left = space // 2 if middle else 0
    return " " * left + text + " " * (space - left)


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    made: list[str] = []
    for line in lines:
        rest = line
        while rest:
            end = next((k for k in range(len(rest), 0, -1) if _wide(rest[:k]) <= width), 1)
            made.append(rest[:end])
            rest = rest[end:]
    return made


def _columns(table: Grid, widest: int) -> list[int]:
    columns = zip(*table.rows, strict=True)
    return [min(widest, max([4, *(_wide(line) for c in column for line in c.lines)])) for column in columns]


def _ruled(table: Grid, cross: str, across: str, down: str, doubled: str = "") -> str:
    widths = _columns(table, 24)
    rule = cross + cross.join(across * (w + 2) for w in widths) + cross
    made = [rule]
    for at, row in enumerate(_firsts(table.rows)):
        cells = [_wrapped(c.lines, w) if c else [] for c, w in zip(row, widths, strict=True)]
        for line in range(max(1, *map(len, cells))):
            said = [_pad(c[line] if line < len(c) else "", w) for c, w in zip(cells, widths, strict=True)]
            made.append(down + down.join(f" {one} " for one in said) + down)
        made.append(rule.replace(across, doubled) if doubled and at == table.heads - 1 else rule)
    return _text(made)


def pandoc_grid(table: Grid) -> str:
    return _ruled(table, "+", "-", "|", "=")


def boxes(table: Grid) -> str:
    return _ruled(table, "┼", "─", "│")


def pandoc_simple(table: Grid) -> str:
    """Pandoc's multi-line table: rows parted by blank lines, columns by a space, under a rule of hyphens."""
    widths = _columns(table, 24)
    dashes = " ".join("-" * w for w in widths)
    made = ["-" * _wide(dashes)]
    for at, row in enumerate(_firsts(table.rows)):
        made += _side_by_side(row, widths, 1)
        made += [dashes] if at == table.heads - 1 else [""]
    return _text([*made[:-1], "-" * _wide(dashes)])


def _side_by_side(row: Sequence[Cell | None], widths: Sequence[int], gap: int, middle: bool = False) -> list[str]:
    cells = [_wrapped(c.lines, w) if c else [] for c, w in zip(row, widths, strict=True)]
    high = max(1, *map(len, cells))
    if middle:
        cells = [[""] * ((high - len(c)) // 2) + c for c in cells]
    return [
        (" " * gap).join(_pad(c[n] if n < len(c) else "", w) for c, w in zip(cells, widths, strict=True)).rstrip()
        for n in range(high)
    ]


def pdf_layout(table: Grid) -> str:
    """pdftotext -layout: columns parted by spaces, rows by blank lines, cells wrapped side by side."""
    made: list[str] = []
    for row in _firsts(table.rows):
        made += [*_side_by_side(row, _columns(table, 24), 3), ""]
    return _text(made)


def pdf_layout_dense(table: Grid) -> str:
    """The same without blank lines, each row in the middle of its height, as most tables of offices are set."""
    made: list[str] = []
    for row in _firsts(table.rows):
        made += _side_by_side(row, _columns(table, 24), 3, middle=True)
    return _text(made)


def cells_alone(table: Grid) -> str:
    """A cell a line, empty ones and those that go on leave none: get_text of BeautifulSoup, LibreOffice, pdftotext."""
    return _text([" ".join(c.lines) for row in _firsts(table.rows) for c in row if c and c.lines])


def cells_apart(table: Grid) -> str:
    """A cell a line with blank lines between, empty cells being blank too."""
    return _text([f"\n{' '.join(c.lines)}\n" for row in _firsts(table.rows) for c in row if c])


def lines_of_cells(table: Grid) -> str:
    """A line of a cell a line."""
    return _text([line for row in _firsts(table.rows) for c in row if c for line in c.lines])


def one_line(table: Grid) -> str:
    """All on one line, parted by spaces."""
    return _text([" ".join(" ".join(c.lines) for row in _firsts(table.rows) for c in row if c and c.lines)])


def _text(lines: Sequence[str]) -> str:
    return "\n".join([TITLE, "", *lines]) + "\n"


_KINDS: dict[str, tuple[Callable[[Grid], bytes | str], ...]] = {
    ".docx": (docx,),
    ".xlsx": (xlsx,),
    ".html": (html, html_divs),
    ".csv": (comma,),
    ".tsv": (tab_file,),
    ".txt": (
        *(word, word_flat, browser, joined, joined_once, pipes, pipes_missing, html2text, pandoc_grid, boxes),
        *(pandoc_simple, pdf_layout, pdf_layout_dense, cells_alone, cells_apart, lines_of_cells, one_line),
    ),
}
TABLES = {made.__name__: (ending, made) for ending, makers in _KINDS.items() for made in makers}

# --- the same as a list ----------------------------------------------------------------------------------------------


def _names(one: Sequence[str]) -> str:
    return "、".join(one)


def _labels(case: Case, job: Job) -> list[str]:
    heads = dict(case.columns)
    made = []
    if "all" in heads:
        made.append(f"{heads['all']}：{_names(job.leads + job.supports)}")
    if "leads" in heads and job.leads:
        made.append(f"{heads['leads']}：{_names(job.leads)}")
    if "supports" in heads and job.supports:
        made.append(f"{heads['supports']}：{_names(job.supports)}")
    if "time" in heads:
        made.append(f"{heads['time']}：{job.time}")
    return made


def bracketed(case: Case) -> str:
    return _text([f"{n}．{job.text}（{'；'.join(_labels(case, job))}）" for n, job in enumerate(case.jobs, 1)])


def bracketed_below(case: Case) -> str:
    return _text([f"{n}．{job.text}\n（{'；'.join(_labels(case, job))}）" for n, job in enumerate(case.jobs, 1)])


def label_lines(case: Case) -> str:
    return _text(["\n".join([f"{n}．{job.text}", *_labels(case, job)]) for n, job in enumerate(case.jobs, 1)])


def label_lines_apart(case: Case) -> str:
    return _text(["\n\n".join([f"{n}．{job.text}", *_labels(case, job)]) + "\n" for n, job in enumerate(case.jobs, 1)])


def markdown(case: Case) -> str:
    made = []
    for n, job in enumerate(case.jobs, 1):
        made.append(f"{n}. {job.text}")
        made += [f"   - **{label.replace('：', '：**', 1)}" for label in _labels(case, job)]
    return _text(made)


def markdown_titled(case: Case) -> str:
    """Headings of Markdown, the label outside its bold colon."""
    made = []
    for n, job in enumerate(case.jobs, 1):
        made += [f"### {n}. {job.text}", ""]
        made += [f"* **{label.replace('：', '**：', 1)}" for label in _labels(case, job)]
    return _text(made)


def labels_first(case: Case) -> str:
    """Each label, what is to be done among them, on a line."""
    made = []
    for n, job in enumerate(case.jobs, 1):
        made += [f"任务{n}", f"工作任务：{job.text}", *_labels(case, job), ""]
    return _text(made)


def html_list(case: Case) -> bytes:
    items = "".join(
        f"<li>{job.text}<ul>{''.join(f'<li>{label}</li>' for label in _labels(case, job))}</ul></li>"
        for job in case.jobs
    )
    return f"<html><body><h1>{TITLE}</h1><ol>{items}</ol></body></html>".encode()


LISTS: dict[str, tuple[str, Callable[[Case], bytes | str]]] = {
    made.__name__: (".html" if made is html_list else ".txt", made)
    for made in (
        *(bracketed, bracketed_below, label_lines, label_lines_apart, markdown, markdown_titled, labels_first),
        html_list,
    )
}
