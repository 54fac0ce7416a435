"""Breadth and depth of coordination: with how many partners, and how often with each."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from plan_graph.reports.figures import keys
from plan_graph.reports.figures.canvas import INK, MARGIN, SMALL, SOFT, TEXT, WIDTH, Legend, inches, sheet
from plan_graph.reports.figures.placing import Box, Places, beside
from plan_graph.reports.whole.kinds import Group
from plan_graph.reports.words import Words

_HEIGHT = 5.8
_LABEL = 6.5
_LEFT, _BELOW = 0.45, 0.42  # inches for the numbers and names of the axes
_RADIUS = 0.045
_IN_A_ROW = 8  # bodies of one place
_TICKS = tuple(n * 10**power for power in range(6) for n in (1, 2, 5))


@dataclass(frozen=True, slots=True)
class Position:
    """A body: ``breadth`` partners, at least 1, ``depth`` shared tasks a partner on average, at least 1."""

    body: str
    breadth: float
    depth: float
    group: Group
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """Bodies with the two values that part broad from narrow and deep from shallow, and what the quarters are called.

    ``quarters`` are broad and deep, narrow and deep, broad and shallow, narrow and shallow.
    """

    positions: tuple[Position, ...]
    breadth: float
    depth: float
    quarters: tuple[Words, Words, Words, Words]


def draw(field: Field, legend: Legend) -> Figure:
    """Draw the scatter, both axes in equal steps of ratio, with both lines and as many names as find room."""
    some = sorted(field.positions, key=lambda one: (not one.marked, -one.breadth * one.depth, one.body))
    width = WIDTH - 2 * MARGIN
    key = [keys.marks((one.group for one in some), legend.lang)]
    below = keys.height(key, width) + _BELOW
    room = (width - _LEFT - 0.02, _HEIGHT - below - 0.05)
    far = max(2.0, *(one.breadth for one in some)) * 1.6
    deep = max(2.0, *(one.depth for one in some)) * 1.15
    low = (0.8, 0.86)
    points = np.array(
        [
            (
                np.log(one.breadth / low[0]) / np.log(far / low[0]) * room[0],
                np.log(one.depth / low[1]) / np.log(deep / low[1]) * room[1],
            )
            for one in some
        ]
    )
    points = _apart(points, some, room)
    corners = _corners(field, room, legend.lang)
    sizes = np.array([(inches(one.body, _LABEL), _LABEL * 1.2 / 72) for one in some])
    places = beside(points, [_RADIUS] * len(some), sizes, room, [box for *_, box in corners])
    unnamed = sum(place is None for place in places)
    if unnamed:
        said = Words(f"另有 {unnamed} 个点放不下名称，见工作簿。", f"{unnamed} points had no room for a name.")
        legend = replace(legend, caption=(*legend.caption, said))
    made = sheet(_HEIGHT, legend)
    keys.draw(made, key)
    axes = made.axes(_LEFT, below, *room)
    _frame(axes, (low[0], far), (low[1], deep), legend.lang)
    axes.axvline(field.breadth, color=SOFT, linewidth=0.6, linestyle=(0, (4, 3)), zorder=0)
    axes.axhline(field.depth, color=SOFT, linewidth=0.6, linestyle=(0, (4, 3)), zorder=0)
    layer = made.axes(_LEFT, below, *room)  # the same place in inches
    layer.set_axis_off()
    layer.set_xlim(0, room[0])
    layer.set_ylim(0, room[1])
    for label, x, y, ha, va, _ in corners:
        layer.text(x, y, label, size=TEXT, color=SOFT, weight="bold", ha=ha, va=va)
    _mark(layer, some, points)
    _label(layer, some, points, places)
    return made.figure


def _apart(points: Places, some: list[Position], room: tuple[float, float]) -> Places:
    """Set bodies of the same breadth and depth side by side about their place, many of them in rows upwards."""
    together: dict[tuple[float, float], list[int]] = {}
    for at, one in enumerate(some):
        together.setdefault((one.breadth, one.depth), []).append(at)
    moved = points.copy()
    for same in together.values():
        across = len(same) if len(same) <= _IN_A_ROW else math.ceil(math.sqrt(2 * len(same)))
        for number, at in enumerate(same):
            row, column = divmod(number, across)
            own = min(across, len(same) - row * across)
            moved[at] += np.array([column - (own - 1) / 2, row]) * 2 * _RADIUS
    return np.clip(moved, _RADIUS, np.array(room) - _RADIUS)


def _frame(axes: Axes, breadth: tuple[float, float], depth: tuple[float, float], lang: str) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(*breadth)
    axes.set_ylim(*depth)
    for axis, (least, most) in ((axes.xaxis, breadth), (axes.yaxis, depth)):
        ticks = [tick for tick in _TICKS if least <= tick <= most]
        axis.set_minor_locator(NullLocator())
        axis.set_ticks(ticks, [f"{tick:,}" for tick in ticks])
    axes.tick_params(labelsize=SMALL)
    axes.set_xlabel(Words("广度：伙伴机构数", "breadth: partners").of(lang), size=TEXT, labelpad=1)
    axes.set_ylabel(Words("深度：平均每个伙伴的共同任务数", "depth: shared tasks a partner").of(lang), size=TEXT)
    axes.spines[["top", "right"]].set_visible(False)


def _corners(field: Field, room: tuple[float, float], lang: str) -> list[tuple[str, float, float, str, str, Box]]:
    """Give the names of the quarters with place, alignment and the box they take."""
    found: list[tuple[str, float, float, str, str, Box]] = []
    for at, words in enumerate(field.quarters):
        label, right, top = words.of(lang), at in (0, 2), at in (0, 1)
        x, y = room[0] - 0.04 if right else 0.06, room[1] - 0.04 if top else 0.05
        wide, tall = inches(label, TEXT) * 1.05, 0.15
        box = (x - wide if right else x, y - tall if top else y, wide, tall)
        found.append((label, x, y, "right" if right else "left", "top" if top else "bottom", box))
    return found


def _mark(axes: Axes, some: list[Position], points: Places) -> None:
    for one, (x, y) in zip(some, points.tolist(), strict=True):
        axes.plot(
            [x],
            [y],
            marker=one.group.marker,
            markersize=2 * _RADIUS * 72,
            color=one.group.colour,
            markeredgecolor=INK if one.marked else "white",
            markeredgewidth=1.4 if one.marked else 0.5,
            zorder=3,
        )


def _label(axes: Axes, some: list[Position], points: Places, places: list[tuple[float, float] | None]) -> None:
    for one, (x, y), place in zip(some, points.tolist(), places, strict=True):
        if place is None:
            continue
        cx, cy = place
        half = inches(one.body, _LABEL) / 2
        if max(abs(cx - x) - half, abs(cy - y) - _LABEL / 144) > _RADIUS + 0.05:  # far off: a line to its point
            axes.plot([x, min(max(x, cx - half), cx + half)], [y, cy], color=SOFT, linewidth=0.35, zorder=1)
        axes.text(
            cx,
            cy,
            one.body,
            size=_LABEL,
            weight="bold" if one.marked else "normal",
            ha="center",
            va="center",
            zorder=4,
            bbox={"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.2},
        )
