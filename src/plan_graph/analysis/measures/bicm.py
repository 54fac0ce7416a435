"""The bipartite configuration model: the chance of every cell of a matrix whose margins are kept on average.

Of all distributions over 0/1 matrices with given expected row and column sums this is the one of maximum entropy
(Saracco, Di Clemente, Gabrielli & Squartini 2015, Scientific Reports 5:10595). Cells are independent and cell (i, j)
is filled with chance x_i·y_j / (1 + x_i·y_j). Rows of the same sum have the same x, columns of the same sum the same
y, so there are only as many unknowns as there are distinct sums: some hundred for 100,000 tasks and 20,000 bodies.

Cells that are the same in every matrix of these margins (Ryser 1957, Canadian Journal of Mathematics 9:371–377) have
chance 0 or 1, which no finite x and y give. They are the blocks at which the margins touch an inequality of Gale and
Ryser; full and empty rows and columns are the plainest of them. The matrix is cut at such blocks first, and what is
left of it has a finite solution.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

_TOLERANCE = 1e-10  # of a margin, beside 1 + its size
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True, eq=False)
class CellChances:
    """The chance that a body is on a task, by classes of equal sums.

    ``chances`` is (task classes, body classes); ``task_class`` (tasks,) and ``body_class`` (bodies,) say which class
    each belongs to; ``task_counts`` is how many tasks each class has. ``gap`` is the largest difference between an
    expected margin and the real one.
    """

    chances: Floats
    task_class: Ints
    body_class: Ints
    task_counts: Ints
    gap: float


def cell_chances(sizes: Ints, workloads: Ints) -> CellChances:
    """Solve the model for the bodies of each task, (tasks,), and the tasks of each body, (bodies,).

    Newton's method on the convex dual, O(classes of tasks · classes of bodies · the smaller number) a step, five to
    fifteen steps. The margins must be those of a real matrix: ``ValueError`` if they are not, ``ArithmeticError`` if
    the solution does not reproduce them (which no margins of a matrix are known to cause).
    """
    rows, task_class, m = np.unique(np.asarray(sizes, np.intp), return_inverse=True, return_counts=True)
    columns, body_class, n = np.unique(np.asarray(workloads, np.intp), return_inverse=True, return_counts=True)
    if int(rows @ m) != int(columns @ n):
        raise ValueError(f"the margins count {int(rows @ m)} and {int(columns @ n)} filled cells")
    chances = np.zeros((rows.size, columns.size))
    open_blocks = [(np.arange(rows.size)[::-1], np.arange(columns.size)[::-1], rows[::-1], columns[::-1])]
    while open_blocks:  # r and c are what is left of the sums of these rows i and columns j, both falling
        i, j, r, c = open_blocks.pop()
        if not i.size or not j.size:
            continue
        cut = _tight(r, c, m[i], n[j])
        if cut is None:
            chances[np.ix_(i, j)] = _solve(r, c, m[i], n[j])
            continue
        a, b = cut
        chances[np.ix_(i[:a], j[:b])] = 1.0  # and i[a:] × j[b:] stay 0
        open_blocks.append((i[:a], j[b:], r[:a] - n[j[:b]].sum(), c[b:]))
        open_blocks.append((i[a:], j[:b], r[a:], c[:b] - m[i[:a]].sum()))
    gap = 0.0
    if chances.size:
        gap = float(max(np.abs(chances @ n - rows).max(), np.abs(m @ chances - columns).max()))
        if gap > 1e-6 * (1 + max(rows.max(), columns.max())):
            raise ArithmeticError(f"the cell chances miss a margin by {gap:g}")
    return CellChances(chances, task_class.astype(np.intp), body_class.astype(np.intp), m.astype(np.intp), gap)


def _tight(r: Ints, c: Ints, m: Ints, n: Ints) -> tuple[int, int] | None:
    """Return how many row and column classes stand before a cut that fixes cells, or ``None`` if there is no cut.

    With the first a row classes and b column classes, the cells before both are all filled and those behind both
    all empty just when their numbers of filled cells differ by all the cells before.
    """
    rows, row_cells = (np.concatenate([[0], np.cumsum(x)]) for x in (m, m * r))
    columns, column_cells = (np.concatenate([[0], np.cumsum(x)]) for x in (n, n * c))
    spare = np.outer(rows, columns) - row_cells[:, None] + (column_cells[-1] - column_cells)
    if (spare < 0).any():
        raise ValueError("no matrix has these margins")
    spare[0, -1] = spare[-1, 0] = 1  # cuts before and behind everything say nothing
    found = np.argwhere(spare == 0)
    return (int(found[0, 0]), int(found[0, 1])) if len(found) else None


def _solve(r: Ints, c: Ints, m: Ints, n: Ints) -> Floats:
    """Return the chances of a block whose margins are strictly inside of what is possible, (rows, columns)."""
    if r.size > c.size:
        return _solve(c, r, n, m).T
    cells = float(m @ r)
    u, v = np.log(r / np.sqrt(cells)), np.log(c / np.sqrt(cells))  # log x, log y

    def height(u: Floats, v: Floats) -> float:
        softplus = np.logaddexp(0.0, u[:, None] + v)
        return float(m @ softplus @ n - (m * r) @ u - (n * c) @ v)

    now = height(u, v)
    for _ in range(_MOST_STEPS):
        p = np.exp(-np.logaddexp(0.0, -(u[:, None] + v)))
        row_gap, column_gap = p @ n - r, m @ p - c
        if max((np.abs(row_gap) / (1 + r)).max(), (np.abs(column_gap) / (1 + c)).max()) <= _TOLERANCE:
            break
        spread = m[:, None] * n * p * (1 - p)
        own, other = spread.sum(axis=1), spread.sum(axis=0)
        crossed = spread / other
        # Only u + v counts, so the system has one free direction: the least step of those that solve it is taken.
        left = np.diag(own) - crossed @ spread.T
        du = np.linalg.lstsq(left, crossed @ (n * column_gap) - m * row_gap, rcond=1e-13)[0]
        dv = -(n * column_gap + spread.T @ du) / other
        slope = float((m * row_gap) @ du + (n * column_gap) @ dv)
        step = 1.0
        while (then := height(u + step * du, v + step * dv)) > now + 1e-4 * step * slope + 1e-13 * abs(now):
            step /= 2
            if step < 1e-12:
                break
        u, v, now = u + step * du, v + step * dv, then
    solved: Floats = np.exp(-np.logaddexp(0.0, -(u[:, None] + v)))
    return solved
