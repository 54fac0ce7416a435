"""The matrix of themes and bodies: how many tasks of each theme a body answers for, and how many it supports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from plan_graph.reports.figures.canvas import (
    INK,
    MARGIN,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    Legend,
    cells,
    fold,
    inches,
    sheet,
    shorten,
)
from plan_graph.reports.words import Words

Counts = npt.NDArray[np.intp]
_LONGEST = 18  # characters of a theme
_CELL, _PART = 0.185, 0.12  # inches: the height of a row, between the panels


@dataclass(frozen=True, slots=True)
class Matrix:
    """Bodies by themes: ``answers`` and ``supports`` are (bodies, themes) numbers of tasks."""

    bodies: tuple[str, ...]
    themes: tuple[str, ...]
    answers: Counts
    supports: Counts


def draw(matrix: Matrix, legend: Legend) -> Figure:
    """Draw two heat maps side by side, lead and support apart, with the counts and their sums."""
    names = max(inches(name, TEXT) for name in matrix.bodies) + 0.1
    wide = (WIDTH - 2 * MARGIN - names - _PART) / 2
    across = max(2, int(wide / (len(matrix.themes) + 1) * 72 / SMALL))
    heads = [fold(shorten(theme, _LONGEST), across) for theme in matrix.themes]
    lines = max(2, *(head.count("\n") + 1 for head in heads))
    head = lines * SMALL * 1.3 / 72 + 0.3
    made = sheet(head + _CELL * len(matrix.bodies), legend)
    top = max(1, int(matrix.answers.max(initial=0)), int(matrix.supports.max(initial=0)))
    panels = ((matrix.answers, Words("牵头", "lead")), (matrix.supports, Words("配合", "support")))
    for at, (counts, words) in enumerate(panels):
        axes = made.axes(names + at * (wide + _PART), 0, wide, _CELL * len(matrix.bodies))
        _panel(axes, counts, top)
        axes.set_yticks(np.arange(len(matrix.bodies)) + 0.5, matrix.bodies if at == 0 else [""] * len(matrix.bodies))
        axes.set_xticks(
            np.arange(len(heads) + 1) + 0.5, [*heads, Words("合计", "sum").of(legend.lang, "\n")], linespacing=1.15
        )
        axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False, labelsize=SMALL, pad=2)
        axes.tick_params(axis="y", labelsize=TEXT)
        axes.set_title(words.of(legend.lang), size=TEXT + 0.5, weight="bold", loc="left", pad=(head - 0.2) * 72)
    return made.figure


def _panel(axes: Axes, counts: Counts, top: int) -> None:
    rows, columns = counts.shape
    cells(axes, np.sqrt(counts / top))
    for row in range(rows):
        for column in range(columns):
            count = int(counts[row, column])
            if count:
                colour = "white" if count / top > 0.25 else INK
                _number(axes, column, row, f"{count:,}", colour)
        total = int(counts[row].sum())
        _number(axes, columns, row, f"{total:,}" if total else "·", SOFT)
    axes.set_xlim(0, columns + 1)
    for line in range(1, rows):
        axes.plot([0, columns], [line, line], color="white", linewidth=0.7)
    for line in range(1, columns):
        axes.plot([line, line], [0, rows], color="white", linewidth=0.7)
    axes.spines[:].set_visible(False)


def _number(axes: Axes, column: int, row: int, text: str, colour: str) -> None:
    axes.text(column + 0.5, row + 0.5, text, size=SMALL, ha="center", va="center_baseline", color=colour)
