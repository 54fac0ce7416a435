"""Keys: a strip below a drawing that says what colours, shapes, widths and sizes mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from plan_graph.reports.figures.canvas import INK, SMALL, Sheet, bare, inches
from plan_graph.reports.whole.kinds import GROUPS, Group

ROW = 0.17  # inches
_GAP = 0.14


@dataclass(frozen=True, slots=True)
class Item:
    """A sign and what it means: ``paint`` draws the sign into axes in inches, given its centre."""

    label: str
    paint: Callable[[Axes, float, float], None]
    wide: float = 0.2
    tall: float = ROW


def rows(items: Sequence[Item], width: float) -> list[list[tuple[float, Item]]]:
    """Set items in rows of a width; each with the distance of its left end from the left."""
    made: list[list[tuple[float, Item]]] = [[]]
    at = 0.0
    for item in items:
        need = item.wide + 0.05 + inches(item.label, SMALL)
        if made[-1] and at + need > width:
            made.append([])
            at = 0.0
        made[-1].append((at, item))
        at += need + _GAP
    return made


def height(lines: Iterable[Sequence[Item]], width: float) -> float:
    """Give the height in inches of a key of several lines, each of which may take several rows."""
    return sum(_tall(row) for items in lines for row in rows(items, width))


def _tall(row: Sequence[tuple[float, Item]]) -> float:
    return max((item.tall for _, item in row), default=0.0)


def draw(made: Sheet, lines: Sequence[Sequence[Item]], bottom: float = 0.0) -> None:
    """Draw a key at the bottom of a sheet, each line in rows of its own."""
    tall = height(lines, made.width)
    axes = made.axes(0, bottom, made.width, tall)
    bare(axes)
    axes.set_xlim(0, made.width)
    axes.set_ylim(0, tall)
    top = tall
    for row in (row for items in lines for row in rows(items, made.width)):
        y = top - _tall(row) / 2
        for x, item in row:
            item.paint(axes, x + item.wide / 2, y)
            axes.text(x + item.wide + 0.05, y, item.label, size=SMALL, va="center", ha="left")
        top -= _tall(row)


def mark(group: Group, label: str) -> Item:
    """Give the sign of a group of bodies."""

    def paint(axes: Axes, x: float, y: float) -> None:
        axes.plot([x], [y], marker=group.marker, markersize=7, color=group.colour, markeredgecolor="white", mew=0.5)

    return Item(label, paint, 0.14)


def marks(groups: Iterable[Group], lang: str) -> list[Item]:
    """Give the signs of those groups that occur, in their order."""
    there = {group.key for group in groups}
    return [mark(group, group.words.of(lang)) for group in GROUPS if group.key in there]


def stroke(label: str, points: float, colour: str = INK, alpha: float = 1.0) -> Item:
    """Give a line of some points."""

    def paint(axes: Axes, x: float, y: float) -> None:
        axes.plot([x - 0.13, x + 0.13], [y, y], linewidth=points, color=colour, alpha=alpha, solid_capstyle="butt")

    return Item(label, paint, 0.26)


def dot(label: str, radius: float, colour: str) -> Item:
    """Give a disc of some inches."""

    def paint(axes: Axes, x: float, y: float) -> None:
        axes.plot([x], [y], marker="o", markersize=2 * radius * 72, color=colour, markeredgecolor="white", mew=0.5)

    return Item(label, paint, max(0.12, 2 * radius), max(ROW, 2 * radius + 0.02))


def swatch(label: str, colour: str, hatch: str = "", edge: str = "none") -> Item:
    """Give a filled box."""

    def paint(axes: Axes, x: float, y: float) -> None:
        axes.add_patch(Rectangle((x - 0.1, y - 0.05), 0.2, 0.1, facecolor=colour, hatch=hatch, edgecolor=edge, lw=0.4))

    return Item(label, paint)


def words(label: str) -> Item:
    """Give a wording without a sign."""
    return Item(label, _nothing, -0.05)


def _nothing(axes: Axes, x: float, y: float) -> None:
    del axes, x, y
