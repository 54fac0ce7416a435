"""Cell chances against the R package backbone, against every matrix of the margins, and against their definition."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.analysis.measures.bicm import CellChances, cell_chances

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

DAVIS = [  # Davis, Gardner & Gardner 1941, Deep South: 18 women at 14 events, in the order of the published table
    *("11111101100000", "11101111000000", "01111111100000", "10111111000000", "00111010000000", "00101101000000"),
    *("00001111000000", "00000101100000", "00001011100000", "00000011100100", "00000001110100", "00000001110111"),
    *("00000011110111", "00000110111111", "00000011011100", "00000001100000", "00000000101000", "00000000101000"),
]


def matrix(*lines: str) -> Bools:
    return np.array([[mark == "1" for mark in line] for line in lines], np.bool_)


def solve(cells: Bools) -> CellChances:
    return cell_chances(cells.sum(axis=1), cells.sum(axis=0))


def unfolded(found: CellChances) -> Floats:
    return found.chances[np.ix_(found.task_class, found.body_class)]


def every(cells: Bools) -> Iterator[Bools]:
    """Yield every matrix with the margins of ``cells``."""
    width = cells.shape[1]
    choices = [
        [np.isin(np.arange(width), picked) for picked in combinations(range(width), int(total))]
        for total in cells.sum(axis=1)
    ]
    for lines in product(*choices):
        candidate = np.array(lines).reshape(cells.shape)
        if (candidate.sum(axis=0) == cells.sum(axis=0)).all():
            yield candidate


# --- what the R package backbone gives -------------------------------------------------------------------------------


def test_the_example_of_the_r_package() -> None:
    # bicm(rbind(c(0,0,1), c(0,1,0), c(1,0,1))) of backbone 2.1.3, ten digits
    a, b, c = 0.2157792792, 0.5684414423, 0.8631171139
    assert unfolded(solve(matrix("001", "010", "101"))) == pytest.approx(
        np.array([[a, a, b], [a, a, b], [b, b, c]]), abs=2e-8
    )


def test_davis_southern_women_as_the_r_package_has_them() -> None:
    # bicm() of backbone 2.1.3, rows 1, 9, 18 and columns 1, 8, 14; its margins are off by up to 1.6e-8
    chances = unfolded(solve(matrix(*DAVIS)))
    r = [[0.342329, 0.933382, 0.342329], [0.104847, 0.759198, 0.104847], [0.038597, 0.519379, 0.038597]]
    assert chances[np.ix_([0, 8, 17], [0, 7, 13])] == pytest.approx(np.array(r), abs=1e-6)


# --- the definition --------------------------------------------------------------------------------------------------


def test_odds_are_products_of_a_row_and_a_column() -> None:
    chances = unfolded(solve(matrix(*DAVIS)))
    odds = np.log(chances / (1 - chances))
    assert odds - odds[:1] - odds[:, :1] + odds[0, 0] == pytest.approx(0, abs=1e-9)


def test_only_margins_count_and_equal_margins_are_one_class() -> None:
    found = solve(matrix(*DAVIS))
    assert found.chances.shape == (7, 8)  # women at 2 to 8 events, events with 3, 4, 5, 6, 8, 10, 12, 14
    assert found.task_counts.tolist() == [3, 1, 6, 1, 1, 3, 3]
    assert found.gap < 1e-9


matrices = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(st.booleans(), min_size=width, max_size=width), min_size=1, max_size=8)
)
quick = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@quick
@given(matrices)
def test_margins_are_kept_on_average(rows: list[list[bool]]) -> None:
    cells = np.array(rows, np.bool_)
    found = solve(cells)
    chances = unfolded(found)
    assert chances.sum(axis=0) == pytest.approx(cells.sum(axis=0), abs=1e-8)
    assert chances.sum(axis=1) == pytest.approx(cells.sum(axis=1), abs=1e-8)
    assert ((chances >= 0) & (chances <= 1)).all()


small = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.booleans(), min_size=width, max_size=width), min_size=1, max_size=5)
)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(small)
def test_cells_are_certain_just_where_every_matrix_has_them(rows: list[list[bool]]) -> None:
    cells = np.array(rows, np.bool_)
    mean = np.mean(list(every(cells)), axis=0)
    chances = unfolded(solve(cells))
    assert ((chances == 0) == (mean == 0)).all()
    assert ((chances == 1) == (mean == 1)).all()


@pytest.mark.parametrize(
    ("cells", "chances"),
    [
        (matrix("11", "11"), [[1, 1], [1, 1]]),
        (matrix("00", "00"), [[0, 0], [0, 0]]),
        (matrix("10", "01"), [[0.5, 0.5], [0.5, 0.5]]),
        (matrix("111", "110", "100"), [[1, 1, 1], [1, 1, 0], [1, 0, 0]]),  # nested: one matrix only
        (matrix("110", "000"), [[1, 1, 0], [0, 0, 0]]),  # an empty row and column, then full columns
        # no full or empty line, yet a block of ones and one of zeros in all four matrices
        (matrix("1110", "1101", "1000", "0100"), [[1, 1, 0.5, 0.5]] * 2 + [[0.5, 0.5, 0, 0]] * 2),
        (matrix("1"), [[1]]),
    ],
)
def test_by_hand(cells: Bools, chances: list[list[float]]) -> None:
    assert unfolded(solve(cells)) == pytest.approx(np.array(chances, float), abs=1e-9)


def test_nothing_to_solve() -> None:
    found = solve(np.zeros((0, 0), np.bool_))
    assert (found.chances.shape, found.gap) == ((0, 0), 0.0)
    assert solve(np.zeros((3, 0), np.bool_)).chances.shape == (1, 0)


def test_margins_of_no_matrix_are_refused() -> None:
    with pytest.raises(ValueError, match="count 3 and 2 filled cells"):
        cell_chances(np.array([2, 1]), np.array([1, 1]))
    with pytest.raises(ValueError, match="no matrix"):
        cell_chances(np.array([3, 0]), np.array([2, 1]))


def test_one_busy_body_among_thousands() -> None:
    sizes, workloads = np.full(5000, 2), np.concatenate([[4900], np.full(1700, 3)])
    assert sizes.sum() == workloads.sum()
    found = cell_chances(sizes, workloads)
    assert found.chances == pytest.approx(np.array([[3 / 5000, 4900 / 5000]]))
