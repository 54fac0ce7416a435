"""A report on the screen: its title and figures, then each section as a table with its notes."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table as Grid
from rich.text import Text

from plan_graph.reports.sections import Cell, Report, Section, number_text, said
from plan_graph.terminal.drawing import console, pick, significance

_TESTS = ("p", "q")
_LISTED = 8  # things that a cell of many names


def show_report(report: Report, lang: str, rows: int) -> None:
    """Show a report; of each section ``rows`` rows, 0 for all."""
    out = console()
    out.print(Text(report.title.of(lang), style="bold"))
    for one in report.figures:
        line = Text(f"{one.name.of(lang)}: ", style="dim")
        line.append(Text(cell_text(one.value, lang, one.key), style="bold"))
        out.print(line)
    for note in report.notes:
        out.print(Text(note.of(lang), style="dim"))
    for section in report.sections:
        show_section(section, lang, rows)


def show_section(section: Section, lang: str, rows: int) -> None:
    """Show one section."""
    out = console()
    rows = 0 if section.whole else rows
    if not section.rows:
        out.print()
        out.print(Text(f"{section.title.of(lang)}: ", style="bold"), Text(section.empty.of(lang)), sep="")
        return
    at = [n for n, column in enumerate(section.columns) if column.shown]
    made = Grid(box=SIMPLE_HEAD, title=section.title.of(lang), title_justify="left", title_style="bold", pad_edge=False)
    for n in at:
        name = section.columns[n].name
        number = any(isinstance(row[n], int | float) for row in section.rows)
        long = any(len(str(row[n] or "")) > 30 for row in section.rows)
        made.add_column(
            f"{name.zh}\n{name.en}" if lang == "both" and name.en and name.zh != name.en else name.of(lang),
            justify="right" if number else "left",
            overflow="fold",
            header_style="bold cyan",
            min_width=12 if long else None,
        )
    for row in section.rows[: rows or None]:
        cells = (cell_text(row[n], lang, section.columns[n].key) for n in at)
        made.add_row(
            *(Text(_first(cell) if section.columns[n].many else cell) for n, cell in zip(at, cells, strict=True))
        )
    out.print(made)
    notes = [note.of(lang) for note in section.notes]
    if rows and len(section.rows) > rows:
        notes.insert(
            0,
            pick(
                f"共 {len(section.rows):,} 行，显示前 {rows} 行（--rows 0 显示全部）",
                f"first {rows} of {len(section.rows):,} rows (--rows 0 shows all)",
                lang,
            ),
        )
    for note in notes:
        out.print(Text(note, style="dim"))


def cell_text(cell: Cell, lang: str, key: str) -> str:
    """Write a cell for the screen."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return significance(cell) if key in _TESTS else number_text(cell)
    return str(said(cell, lang))


def _first(cell: str) -> str:
    listed = cell.split("、")
    return cell if len(listed) <= _LISTED else f"{'、'.join(listed[:_LISTED])}… （{len(listed)}）"
