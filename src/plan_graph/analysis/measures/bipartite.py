"""Tasks × single bodies as a sparse matrix, and the pairs of bodies that share a task.

For a corpus of 20,000 bodies and 100,000 tasks the dense matrix of ``nullmodel.incidence`` would take 2 GB; this one
takes a few bytes for each participation, and only pairs that meet are ever listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from plan_graph.model.network import Membership

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Bipartite:
    """Which single body is on which task: ``matrix`` is a CSR array, tasks × bodies, of int64 ones.

    Tasks and bodies are sorted by id. A task without a single body (collectives only) is an empty row; no column is
    empty. ``labels`` are the names of the bodies.
    """

    tasks: tuple[str, ...]
    bodies: tuple[str, ...]
    labels: tuple[str, ...]
    matrix: Any

    @property
    def sizes(self) -> Ints:
        """How many bodies each task has, (tasks,)."""
        sizes: Ints = np.diff(self.matrix.indptr).astype(np.intp)
        return sizes

    @property
    def workloads(self) -> Ints:
        """How many tasks each body has, (bodies,)."""
        return np.bincount(self.matrix.indices, minlength=len(self.bodies)).astype(np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """Every two bodies that share a task, sorted: columns ``left`` < ``right`` and ``shared`` tasks, all (pairs,)."""

    left: Ints
    right: Ints
    shared: Ints


def bipartite(rows: Iterable[Membership], year: int | None = None) -> Bipartite:
    """Return the matrix of one year, or with ``None`` of all rows.

    A body counts once for each task whatever its roles; collectives are left out, their tasks stay. O(rows · log).
    """
    from scipy.sparse import csr_array  # imported where it is used: most commands need none of it

    kept = [row for row in rows if year is None or row.year == year]
    names: dict[str, str] = {}
    for row in kept:
        if not row.collective:
            names[row.body] = min(names.get(row.body, row.label), row.label)
    tasks, bodies = sorted({row.task for row in kept}), sorted(names)
    row_of = {task: at for at, task in enumerate(tasks)}
    column_of = {body: at for at, body in enumerate(bodies)}
    cells = sorted({(row_of[row.task], column_of[row.body]) for row in kept if not row.collective})
    places = np.array(cells, np.intp).reshape(-1, 2)
    matrix = csr_array(
        (np.ones(len(cells), np.int64), (places[:, 0], places[:, 1])), shape=(len(tasks), len(bodies)), dtype=np.int64
    )
    return Bipartite(tuple(tasks), tuple(bodies), tuple(names[body] for body in bodies), matrix)


def meetings(grid: Bipartite) -> Meetings:
    """Return all pairs that share a task. Time and memory are O(the sum over tasks of bodies²)."""
    if not grid.matrix.nnz:
        return Meetings(*np.zeros((3, 0), np.intp))
    product = (grid.matrix.T @ grid.matrix).tocsr()
    product.sort_indices()
    left = np.repeat(np.arange(len(grid.bodies)), np.diff(product.indptr))
    above = left < product.indices
    return Meetings(
        left[above].astype(np.intp), product.indices[above].astype(np.intp), product.data[above].astype(np.intp)
    )


def tasks_of_pairs(grid: Bipartite, pairs: Meetings) -> Any:
    """Return which task has both bodies of which pair: a CSR array, tasks × pairs, of int64 ones.

    O(the sum over tasks of bodies²).
    """
    from scipy.sparse import csr_array

    width = len(grid.bodies)
    keys = pairs.left * width + pairs.right
    rows, columns = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    pointers, members, sizes = grid.matrix.indptr, grid.matrix.indices, grid.sizes
    for size in np.unique(sizes[sizes > 1]).tolist():  # all lists of one length at once
        tasks = np.flatnonzero(sizes == size)
        lists = members[pointers[tasks][:, None] + np.arange(size)].astype(np.intp)
        one, other = np.triu_indices(size, 1)
        found = np.searchsorted(keys, lists[:, one] * width + lists[:, other])
        rows.append(np.repeat(tasks, one.size))
        columns.append(found.ravel())
    at, pair = np.concatenate(rows), np.concatenate(columns)
    return csr_array((np.ones(at.size, np.int64), (at, pair)), shape=(len(grid.tasks), keys.size), dtype=np.int64)
