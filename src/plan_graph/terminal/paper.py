"""After a paper was written: what it is about, and which tables and figures it has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table as Grid
from rich.text import Text

from plan_graph.terminal.drawing import console, pick

if TYPE_CHECKING:
    from plan_graph.reports.paper.whole import Paper


def show_paper(out: Path, made: Paper, lang: str) -> None:
    """Show the population and the files written, and why a figure is missing."""
    screen = console()
    screen.print(Text(pick(*made.population, lang), style="bold"))
    table = Grid.grid(padding=(0, 2))
    table.add_row(str(out / "paper.md"), Text(pick("正文", "text", lang), style="dim"))
    for one in made.tables:
        table.add_row(str(out / "tables" / f"{one.key}.csv"), Text(pick(*one.title, lang), style="dim"))
    for figure in made.figures:
        for name in figure.files:
            table.add_row(str(out / name), Text(pick(*figure.plate.title, lang), style="dim"))
    screen.print(table)
    for figure in made.figures:
        plate = figure.plate
        if plate.missing is not None:
            said = pick(
                f"没有画“{plate.title.zh}”：{plate.missing.zh}",
                f"not drawn, {plate.title.en}: {plate.missing.en}",
                lang,
            )
            screen.print(Text(f"· {said}", style="dim"))
