"""The sparse matrix, and the pairs that meet, against dense products."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.analysis.measures.bipartite import bipartite, meetings, tasks_of_pairs
from plan_graph.analysis.nullmodel import incidence
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

LEAD, SUPPORT = Role.LEAD, Role.SUPPORT
ROWS = [
    Membership("t1", 2016, LEAD, "A", "甲"),
    Membership("t1", 2016, SUPPORT, "A", "甲"),
    Membership("t1", 2016, SUPPORT, "B", "乙局"),
    Membership("t2", 2017, LEAD, "B", "乙"),
    Membership("t3", None, LEAD, "X", "有关部门", collective=True),
]


def test_a_body_counts_once_and_a_task_of_collectives_stays() -> None:
    grid = bipartite(reversed(ROWS))
    assert (grid.tasks, grid.bodies, grid.labels) == (("t1", "t2", "t3"), ("A", "B"), ("甲", "乙"))
    assert grid.matrix.toarray().tolist() == [[1, 1], [0, 1], [0, 0]]
    assert (grid.sizes.tolist(), grid.workloads.tolist()) == ([2, 1, 0], [1, 2])


def test_a_year_alone() -> None:
    assert bipartite(ROWS, 2017).matrix.toarray().tolist() == [[1]]
    empty = bipartite(ROWS, 1999)
    assert (empty.tasks, empty.bodies, empty.matrix.shape) == ((), (), (0, 0))
    assert meetings(empty).shared.tolist() == []
    assert tasks_of_pairs(empty, meetings(empty)).shape == (0, 0)


matrices = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(st.booleans(), min_size=width, max_size=width), min_size=1, max_size=7)
)


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(matrices)
def test_against_the_dense_matrix(cells: list[list[bool]]) -> None:
    rows = [Membership(f"t{t}", None, SUPPORT, f"b{b}", "") for t, b in np.argwhere(np.array(cells)).tolist()]
    grid, dense = bipartite(rows), incidence(rows)
    assert (grid.tasks, grid.bodies) == (dense.tasks, dense.bodies)
    assert (grid.matrix.toarray() == dense.matrix).all()
    pairs = meetings(grid)
    shared = dense.matrix.T.astype(int) @ dense.matrix.astype(int)
    wanted = [(i, j, shared[i, j]) for i, j in combinations(range(len(dense.bodies)), 2) if shared[i, j]]
    assert list(zip(pairs.left.tolist(), pairs.right.tolist(), pairs.shared.tolist(), strict=True)) == wanted
    holds = tasks_of_pairs(grid, pairs).toarray()
    for at, (i, j, _) in enumerate(wanted):
        assert (holds[:, at] == (dense.matrix[:, i] & dense.matrix[:, j])).all()
