"""The map of a network: who shares tasks with whom, and where more than workloads explain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from plan_graph.reports.figures import keys
from plan_graph.reports.figures.canvas import INK, LINE, SMALL, SOFT, Legend, bare, inches, sheet
from plan_graph.reports.figures.placing import Places, layout, spread
from plan_graph.reports.whole.content import ABOVE
from plan_graph.reports.whole.kinds import Group
from plan_graph.reports.words import Words

_LOWEST, _TALLEST = 3.2, 7.6  # inches
_LABEL = 6.5
_TALL = _LABEL * 1.3 / 72
_CLEAR = (0.1, 0.03)  # inches between two boxes, side by side and one above the other: names side by side need more
_NEAR, _FAR = 1.0, 2.5  # lengths wanted of a strong and of any other tie
_DARK, _PALE = 0.5, 0.7
_MANY = 120  # heavy lines, above which they are drawn lighter


@dataclass(frozen=True, slots=True)
class Node:
    """A body: its label, its strength (shared tasks added up), its group; ``marked`` for the one a report is about."""

    body: str
    label: str
    strength: int
    group: Group
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A tie between two bodies: shared tasks, those expected, q."""

    left: str
    right: str
    shared: int
    expected: float
    q: float

    @property
    def strong(self) -> bool:
        """Whether the two share more tasks than their workloads explain, at a false discovery rate of 5 %."""
        return self.q < ABOVE

    @property
    def width(self) -> float:
        """Points: by how many doublings the shared tasks pass those expected, for a strong tie; else a hair."""
        if not self.strong:
            return 0.35
        return stroke(self.shared / self.expected if self.expected > 0 else math.inf)


def stroke(times: float) -> float:
    """Give the width in points of a tie of ``times`` the expected tasks, up to 16 times.

    >>> [round(stroke(times), 1) for times in (1, 2, 8, 64)]
    [0.9, 1.5, 2.7, 3.3]
    """
    return 0.9 + 0.6 * math.log2(min(16.0, max(1.0, times)))


def draw(nodes: Sequence[Node], lines: Sequence[Line], legend: Legend, seed: int = 0) -> Figure:
    """Draw the map: size by strength, colour and shape by kind, width by shared over expected.

    Strong ties pull; no box of a body with its name overlaps another. Bodies without a tie stand in rows below.
    """
    top = max((node.strength for node in nodes), default=1) or 1
    tied = {body for line in lines for body in (line.left, line.right)}
    ordered = sorted(nodes, key=lambda node: node.body)
    inner, outer = [n for n in ordered if n.body in tied], [n for n in ordered if n.body not in tied]
    key = _key(nodes, top, legend.lang)
    height = min(_TALLEST, _LOWEST + 0.09 * len(nodes))
    made = sheet(height, legend)
    below = keys.height(key, made.width) + 0.08
    keys.draw(made, key)
    room = (made.width, height - below)
    axes = made.axes(0, below, *room)
    bare(axes)
    axes.set_xlim(0, room[0])
    axes.set_ylim(0, room[1])
    places = np.zeros((0, 2))
    if inner:
        edges = [(line.left, line.right, _NEAR if line.strong else _FAR) for line in lines]
        start = layout([node.body for node in inner], edges, seed)
        foot = _rows(outer, room[0])[1]
        upper = (room[0], room[1] - foot)
        places = spread(start * np.array(upper), _boxes(inner, top), upper) + np.array([0, foot])
    middle = {node.body: (x, y + _TALL / 2) for node, (x, y) in zip(inner, places.tolist(), strict=True)}
    for strong in (False, True):
        some = [line for line in lines if line.strong is strong]
        axes.add_collection(
            LineCollection(
                [[middle[line.left], middle[line.right]] for line in some],
                linewidths=[line.width for line in some],
                colors=INK if strong else LINE,
                alpha=(_DARK if len(some) <= _MANY else _DARK / 2) if strong else _PALE,
                capstyle="round",
                zorder=2 if strong else 1,
            )
        )
    for node in inner:
        _paint(axes, node, middle[node.body], _radius(node, top))
    if outer:
        said = Words("与其他机构没有共同任务：", "sharing no task:").of(legend.lang)
        axes.text(0, _rows(outer, room[0])[1] - 0.06, said, size=SMALL, color=SOFT, va="center")
    for node, place in zip(outer, _rows(outer, room[0])[0], strict=True):
        _paint(axes, node, place, _radius(node, top))
    return made.figure


def _radius(node: Node, top: int) -> float:
    return 0.04 + 0.12 * math.sqrt(node.strength / top)


def _boxes(nodes: Sequence[Node], top: int) -> Places:
    """Give width and height of each body's sign with its name below."""
    radii = np.array([_radius(node, top) for node in nodes])
    widths = np.array([inches(node.label, _LABEL) for node in nodes])
    return np.column_stack([np.maximum(2 * radii, widths), 2 * radii + _TALL]) + _CLEAR


def _rows(nodes: Sequence[Node], width: float) -> tuple[list[tuple[float, float]], float]:
    """Set bodies without a tie in rows from the bottom; give their places and the height taken."""
    places: list[tuple[float, float]] = []
    at, row = 0.0, 0
    for node in nodes:
        wide = max(inches(node.label, _LABEL), 0.1) + 0.12
        if at and at + wide > width:
            at, row = 0.0, row + 1
        places.append((at + wide / 2, row * 0.27 + 0.2))
        at += wide
    return places, (row + 1) * 0.27 + 0.2 if nodes else 0.0


def _paint(axes: Axes, node: Node, place: tuple[float, float], radius: float) -> None:
    x, y = place
    axes.plot(
        [x],
        [y],
        marker=node.group.marker,
        markersize=2 * radius * 72 * 0.95,
        color=node.group.colour,
        markeredgecolor=INK if node.marked else "white",
        markeredgewidth=1.6 if node.marked else 0.6,
        zorder=3,
    )
    axes.text(
        x,
        y - radius - 0.01,
        node.label,
        size=_LABEL,
        weight="bold" if node.marked else "normal",
        ha="center",
        va="top",
        zorder=4,
        bbox={"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "pad": 0.3},
    )


def _key(nodes: Sequence[Node], top: int, lang: str) -> list[list[keys.Item]]:
    sizes = sorted({max(1, round(top * share)) for share in (1.0, 0.3, 0.05)}, reverse=True)
    widths = [("1×", 1.0), ("2×", 2.0), ("4×", 4.0), ("8×", 8.0), ("≥16×", 16.0)]
    return [
        keys.marks((node.group for node in nodes), lang),
        [
            keys.words(Words("大小：与各伙伴的共同任务数之和", "size: shared tasks added up").of(lang)),
            *(keys.dot(f"{size:,}", 0.04 + 0.12 * math.sqrt(size / top), SOFT) for size in sizes),
        ],
        [
            keys.words(Words("粗线：q < 0.05，共同/预期", "heavy: q < 0.05, shared/expected").of(lang)),
            *(keys.stroke(label, stroke(times), INK, _DARK) for label, times in widths),
            keys.stroke(Words("其余", "others").of(lang), 0.35, LINE, 1.0),
        ],
    ]
