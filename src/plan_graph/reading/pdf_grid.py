"""The ruled lines of a page → grids: where tables stand, and which of their places are merged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from plan_graph.reading.pdf_process import Page

_NEAR = 3.0  # points: lines that are no further apart are one, or touch
_MAX_LINES = 2_000  # on a page: hundreds of rows and columns
_COVERED = 0.75  # of an outer edge, for a grid to be a table and no diagram
_COLUMNS = 2  # at least

Segment = tuple[float, float, float]  # where it stands, begins and ends


@dataclass(frozen=True, slots=True)
class Grid:
    """The places between the lines of a table; ``regions`` says, row by row, which of them are merged into one.

    ``opened`` tells whether there is no line above the first row, and none below the last.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[tuple[int, ...], ...]
    opened: tuple[bool, bool] = (False, False)

    def place(self, x: float, y: float) -> int | None:
        """Give the region of a point, ``None`` outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.regions[row][column]
        return None

    def across(self, region: int) -> tuple[float, float]:
        """Give the left and the right edge of a region."""
        columns = [column for row in self.regions for column, one in enumerate(row) if one == region]
        return self.xs[min(columns)], self.xs[max(columns) + 1]


def grids(page: Page) -> list[Grid]:
    """Find the tables of a page: at least two columns; the sides may be open, as in tables of three lines they are."""
    level = _merged((y, left, right) for left, y, right, bottom in page.rules if bottom == y and right > left)
    upright = _merged((x, top, bottom) for x, top, right, bottom in page.rules if right == x and bottom > top)
    if len(level) + len(upright) > _MAX_LINES:
        return []
    above, below = _open_ends(level, upright)
    found = (_grid(*lines) for lines in _connected([*level, *above, *below], upright) if len(lines[0]) > 1 and lines[1])
    return [replace(grid, opened=(_ends(above, grid, 0), _ends(below, grid, -1))) for grid in found if grid is not None]


def _ends(missing: Sequence[Segment], grid: Grid, end: int) -> bool:
    return any(
        abs(y - grid.ys[end]) <= _NEAR and left < grid.xs[-1] and right > grid.xs[0] for y, left, right in missing
    )


def _merged(segments: Iterator[Segment]) -> list[Segment]:
    """Make one of segments that lie along one another."""
    at: list[list[Segment]] = []
    for segment in sorted(segments):
        if at and segment[0] - at[-1][-1][0] <= _NEAR and segment[0] - at[-1][0][0] <= 2 * _NEAR:
            at[-1].append(segment)
        else:
            at.append([segment])
    found: list[Segment] = []
    for group in at:
        middle = sum(where for where, _, _ in group) / len(group)
        begin, end = None, 0.0
        for _, first, last in sorted(group, key=lambda s: s[1]):
            if begin is None or first > end + _NEAR:
                if begin is not None:
                    found.append((middle, begin, end))
                begin, end = first, last
            end = max(end, last)
        if begin is not None:
            found.append((middle, begin, end))
    return found


def _connected(level: list[Segment], upright: list[Segment]) -> Iterator[tuple[list[Segment], list[Segment]]]:
    """Give the lines that touch one another, group by group."""
    group, joined = _union(len(level) + len(upright))
    for at, (y, left, right) in enumerate(level):
        for to, (x, top, bottom) in enumerate(upright, len(level)):
            if left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                joined(at, to)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for at, segment in enumerate(level + upright):
        groups.setdefault(group(at), ([], []))[at >= len(level)].append(segment)
    yield from groups.values()


def _union(size: int) -> tuple[Callable[[int], int], Callable[[int, int], None]]:
    parent = list(range(size))

    def group(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def joined(one: int, two: int) -> None:
        one, two = sorted((group(one), group(two)))
        parent[two] = one

    return group, joined


def _open_ends(level: Sequence[Segment], upright: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """Give the level lines that are missing above and below where upright lines begin or end together.

    A browser draws none where a row is broken over two pages.
    """
    found: tuple[list[Segment], list[Segment]] = ([], [])
    for end, missing in enumerate(found, 1):
        at: list[list[Segment]] = []
        for one in sorted(upright, key=lambda s: s[end]):
            if at and one[end] - at[-1][0][end] <= _NEAR:
                at[-1].append(one)
            else:
                at.append([one])
        for group in at:
            y, left, right = group[0][end], min(s[0] for s in group), max(s[0] for s in group)
            if len(group) > _COLUMNS and not _covered(level, y, left, right):
                missing.append((y, left, right))
    return found


def _grid(level: Sequence[Segment], upright: Sequence[Segment]) -> Grid | None:
    left, right = min(s[1] for s in level), max(s[2] for s in level)
    top, bottom = min(s[0] for s in level), max(s[0] for s in level)
    if any(_covered(level, y, left, right) < _COVERED * (right - left) for y in (top, bottom)):
        return None
    xs = _distinct([left, right, *(s[0] for s in upright)])
    ys = _distinct([s[0] for s in level])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < _COLUMNS or rows < 1:
        return None
    group, joined = _union(columns * rows)
    for row in range(rows):
        for column in range(columns):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            here = row * columns + column
            if column + 1 < columns and not _covered(upright, xs[column + 1], y, y):
                joined(here, here + 1)
            if row + 1 < rows and not _covered(level, ys[row + 1], x, x):
                joined(here, here + columns)
    regions = tuple(tuple(group(row * columns + column) for column in range(columns)) for row in range(rows))
    return Grid(tuple(xs), tuple(ys), regions)


def _covered(segments: Sequence[Segment], at: float, begin: float, end: float) -> float:
    """Give how much of a stretch segments cover; of a point, 1 if one does."""
    near = [(first, last) for where, first, last in segments if abs(where - at) <= _NEAR]
    if begin == end:
        return float(any(first <= begin <= last for first, last in near))
    return sum(max(0.0, min(last, end) - max(first, begin)) for first, last in near)


def _distinct(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found
