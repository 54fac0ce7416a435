"""After a report or figures were written: which files there are, and what was not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table as Grid
from rich.text import Text

from plan_graph.terminal.drawing import console, pick

if TYPE_CHECKING:
    from plan_graph.reports.figures.gallery import Plate
    from plan_graph.reports.whole.content import Content


def show_report(out: Path, content: Content, drawn: Sequence[Plate], lang: str) -> None:
    """Show what a report is about and the files written."""
    screen = console()
    screen.print(Text(pick(*content.wording(), lang), style="bold"))
    table = Grid.grid(padding=(0, 2))
    for name, zh, en in (
        ("report.xlsx", "工作簿", "workbook"),
        ("report.html", "网页报告，可打印", "page to print"),
    ):
        table.add_row(str(out / name), Text(pick(zh, en, lang), style="dim"))
    _figures(table, out / "figures", drawn, lang)
    screen.print(table)
    _missing(drawn, lang)


def show_figures(out: Path, drawn: Sequence[Plate], lang: str) -> None:
    """Show the figures written."""
    table = Grid.grid(padding=(0, 2))
    _figures(table, out, drawn, lang)
    console().print(table)
    _missing(drawn, lang)


def _figures(table: Grid, folder: Path, drawn: Sequence[Plate], lang: str) -> None:
    for one in drawn:
        for form in one.files:
            table.add_row(str(folder / f"{one.name}.{form}"), Text(pick(*one.title, lang), style="dim"))


def _missing(drawn: Sequence[Plate], lang: str) -> None:
    for one in drawn:
        if one.missing is not None:
            said = pick(
                f"没有画“{one.title.zh}”：{one.missing.zh}", f"not drawn, {one.title.en}: {one.missing.en}", lang
            )
            console().print(Text(f"· {said}", style="dim"))
