"""The blocks of a network: its adjacency matrix in the order of groups, and the density within and between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from plan_graph.reports.figures.canvas import (
    BLUES,
    INK,
    LINE,
    MARGIN,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    Legend,
    cells,
    inches,
    sheet,
)
from plan_graph.reports.words import Words, ems

_MOST = 0.15  # inches a cell
_DENSITY = 0.26  # inches a row
_STEPS = 32  # of the colour bar


@dataclass(frozen=True, slots=True)
class Blocks:
    """Bodies in the order of their blocks: ``block[i]`` is the block of body i, from 0, never falling.

    ``shared`` is (bodies, bodies), the tasks each two share, 0 on the diagonal; ``names`` are of the blocks, in the
    figure's language, ``short`` the same for the head of a column. ``density`` and ``strength`` are (blocks, blocks):
    ties over possible ties, and shared tasks over possible ties; nan where a block of one body has no pair.
    """

    bodies: tuple[str, ...]
    block: tuple[int, ...]
    names: tuple[str, ...]
    short: tuple[str, ...]
    shared: npt.NDArray[np.intp]
    density: npt.NDArray[np.float64]
    strength: npt.NDArray[np.float64]


def draw(blocks: Blocks, legend: Legend) -> Figure:
    """Draw the matrix, each block framed, and below it a table of densities."""
    count = len(blocks.bodies)
    longest = max(blocks.bodies, key=ems)
    size = next(
        s for s in (TEXT, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5) if s == 4.5 or _side(count, longest, s) / count >= s / 62
    )
    names = inches(longest, size) + 0.1
    side = _side(count, longest, size)
    rows = len(blocks.names)
    table = _DENSITY * rows + 0.62
    made = sheet(side + 0.3 + table, legend)
    axes = made.axes(names, table + 0.05, side, side)
    _matrix(axes, blocks, size)
    _bar(made.axes(names + side + 0.1, table + 0.05, 0.09, min(side, 1.4)), blocks, legend.lang)
    first = max(inches(name, TEXT) for name in blocks.names) + 0.12
    wide = min(0.95, (made.width - first) / (rows + 1))
    _table(made.axes(first, 0, wide * rows, _DENSITY * rows), blocks, legend.lang)
    return made.figure


def _side(count: int, longest: str, size: float) -> float:
    """Give the side of the matrix in inches where names are set in a size."""
    return min(_MOST * count, WIDTH - 2 * MARGIN - inches(longest, size) - 0.5)


def _matrix(axes: Axes, blocks: Blocks, size: float) -> None:
    count = len(blocks.bodies)
    top = max(1, int(blocks.shared.max(initial=0)))
    shade = np.where(blocks.shared > 0, 0.18 + 0.82 * np.sqrt(blocks.shared / top), 0.0)
    cells(axes, shade)
    axes.plot([0, count], [0, count], color=LINE, linewidth=0.6)  # nobody is his own partner
    axes.set_yticks(np.arange(count) + 0.5, blocks.bodies)
    axes.set_xticks([])
    axes.tick_params(length=0, labelsize=size, pad=1.5)
    starts = [at for at in range(count) if at == 0 or blocks.block[at] != blocks.block[at - 1]] + [count]
    for start, end in pairwise(starts):
        axes.plot([start, end, end, start, start], [start, start, end, end, start], color=INK, linewidth=0.9)
        axes.axhline(end, color=SOFT, linewidth=0.3)
        axes.axvline(end, color=SOFT, linewidth=0.3)
        label = blocks.short[blocks.block[start]]
        axes.text((start + end) / 2, -0.4, label, size=SMALL, ha="center", va="bottom")


def _bar(axes: Axes, blocks: Blocks, lang: str) -> None:
    top = max(1, int(blocks.shared.max(initial=0)))
    for at in range(_STEPS):
        shade = BLUES(0.18 + 0.82 * float(np.sqrt((at + 0.5) / _STEPS)))
        axes.add_patch(Rectangle((0, at * top / _STEPS), 1, top / _STEPS, facecolor=shade, linewidth=0, aa=False))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, top)
    axes.set_xticks([])
    axes.yaxis.tick_right()
    axes.set_yticks(sorted({1, -(-top // 2), top}))
    axes.tick_params(labelsize=SMALL, length=1.5, pad=1)
    axes.set_title(Words("共同任务", "shared").of(lang, "\n"), size=SMALL, loc="left", pad=3)


def _table(axes: Axes, blocks: Blocks, lang: str) -> None:
    rows = len(blocks.names)
    shade = np.nan_to_num(blocks.density)
    cells(axes, shade)
    for row in range(rows):
        for column in range(rows):
            density, strength = float(blocks.density[row, column]), float(blocks.strength[row, column])
            said = "–" if np.isnan(density) else f"{density:.2f}\n({strength:.2f})" if density else "0"
            colour = "white" if shade[row, column] > 0.55 else INK
            axes.text(
                column + 0.5, row + 0.5, said, size=SMALL, ha="center", va="center", color=colour, linespacing=1.1
            )
    axes.set_xticks(np.arange(rows) + 0.5, blocks.short)
    axes.set_yticks(np.arange(rows) + 0.5, blocks.names)
    axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False, labelsize=SMALL, pad=2)
    axes.tick_params(axis="y", labelsize=TEXT)
    axes.spines[:].set_visible(False)
    for line in range(1, rows):
        axes.axhline(line, color="white", linewidth=0.8)
        axes.axvline(line, color="white", linewidth=0.8)
    title = Words("密度（括号内：平均每对的共同任务数）", "density (in brackets: shared tasks a pair)").of(lang)
    axes.set_title(title, size=TEXT, weight="bold", loc="left", pad=14)
