"""A diagram of a vocabulary: its classes in columns, and the object properties that lead from one to another.

A class stands one column after the last of those whose properties lead to it (longest-path layering: Sugiyama, Tagawa
and Toda 1981, IEEE Transactions on Systems, Man, and Cybernetics 11:109–125), so that all arrows point to the right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

WIDE, HIGH = 196, 34  # pixels of a box
ACROSS, DOWN = 420, 84  # pixels from one box to the next
LINE = 13  # pixels from a label to the next of the same arrow


@dataclass(frozen=True, slots=True)
class Box:
    """A class: its IRI, and the left upper corner of its box in pixels."""

    iri: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """Properties from one class to another: the path of the line, and where its labels begin."""

    properties: tuple[str, ...]
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and arrows, in a drawing of ``width`` × ``height`` pixels."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def layers(edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Give the column of each end of edges: 0 for those that nothing leads to. What leads in a circle is left out.

    >>> layers([("a", "b"), ("b", "c"), ("a", "c")])
    {'a': 0, 'b': 1, 'c': 2}
    """
    before: dict[str, set[str]] = defaultdict(set)
    for start, end in edges:
        before[end].add(start)
        before[start] |= set()
    placed: dict[str, int] = {}
    while ready := sorted(one for one, those in before.items() if one not in placed and those <= placed.keys()):
        placed |= {one: 1 + max((placed[other] for other in before[one]), default=-1) for one in ready}
    return placed


def diagram(properties: Mapping[tuple[str, str], Iterable[str]]) -> Diagram:
    """Draw object properties: (domain, range) → their names."""
    column = layers(properties)
    columns: dict[int, list[str]] = defaultdict(list)
    for one in sorted(column):
        columns[column[one]].append(one)
    tallest = max(map(len, columns.values()), default=0)
    at: dict[str, Box] = {}
    for number, listed in columns.items():
        room = tallest * DOWN / len(listed)
        for row, one in enumerate(_near(listed, properties, at)):
            at[one] = Box(one, number * ACROSS, (row + 0.5) * room - HIGH / 2)
    arrows = []
    for (start, end), names in sorted(properties.items()):
        if start not in at or end not in at:
            continue
        x1, y1 = at[start].x + WIDE, at[start].y + HIGH / 2
        x2, y2 = at[end].x, at[end].y + HIGH / 2
        gap = ACROSS - WIDE
        bend = min(x2 - x1, gap) / 2
        path = f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"
        t = 1 - gap / 2 / (x2 - x1)  # labels stand on the line, about the middle of the gap before its end
        x = _cubic(t, x1, x1 + bend, x2 - bend, x2)
        arrows.append(Arrow(tuple(sorted(names)), path, round(x, 1), round(_cubic(t, y1, y1, y2, y2), 1)))
    width = (max(columns, default=0) * ACROSS) + WIDE
    return Diagram(width, tallest * DOWN, tuple(at.values()), tuple(_apart(arrows)))


def _apart(arrows: Iterable[Arrow]) -> Iterator[Arrow]:
    """Move labels of arrows down until none of one gap stands on another; they stay in their order."""
    free: dict[int, float] = {}  # the height from which a gap has no label yet
    for arrow in sorted(arrows, key=lambda one: (one.y, one.properties)):
        gap = int(arrow.x // ACROSS)
        y = max(arrow.y, free.get(gap, 0.0))
        free[gap] = y + len(arrow.properties) * LINE
        yield replace(arrow, y=round(y, 1))


def _cubic(t: float, *ends: float) -> float:
    """Give a coordinate of a cubic Bézier curve at ``t``."""
    a, b, c, d = ends
    return a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t**2 * (1 - t) + d * t**3


def _near(listed: Iterable[str], properties: Iterable[tuple[str, str]], at: Mapping[str, Box]) -> list[str]:
    """Put the boxes of a column in the order of those that lead to them (the barycentre of Sugiyama and others)."""
    edges = list(properties)

    def middle(one: str) -> float:
        heights = [at[start].y for start, end in edges if end == one and start in at]
        return sum(heights) / len(heights) if heights else 0.0

    return sorted(listed, key=lambda one: (middle(one), one))
