"""Both backbones against R, against every matrix of tiny margins, and against each other."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse import csr_array

from plan_graph.analysis.measures.backbone import Backbone, agreement, fdsm, mixing_steps, sdsm, sdsm_of
from plan_graph.analysis.measures.bicm import cell_chances
from plan_graph.analysis.measures.bipartite import Bipartite
from plan_graph.analysis.nullmodel import Mixing
from plan_graph.analysis.rows import memberships
from plan_graph.analysis.significance import benjamini_hochberg, ties_within
from plan_graph.errors import InputError
from plan_graph.graph.store import open_store
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]
Key = tuple[str, str]

DAVIS = [  # Davis, Gardner & Gardner 1941, Deep South: 18 women at 14 events, in the order of the published table
    *("11111101100000", "11101111000000", "01111111100000", "10111111000000", "00111010000000", "00101101000000"),
    *("00001111000000", "00000101100000", "00001011100000", "00000011100100", "00000001110100", "00000001110111"),
    *("00000011110111", "00000110111111", "00000011011100", "00000001100000", "00000000101000", "00000000101000"),
]


def rows_of(*lines: str, year: int | None = None) -> list[Membership]:
    """Return rows for a table of bodies by tasks: body b01 is the first line."""
    return [
        Membership(f"t{task:02}", year, Role.SUPPORT, f"b{body:02}", f"体{body}")
        for body, line in enumerate(lines, start=1)
        for task, mark in enumerate(line)
        if mark == "1"
    ]


def found(backbone: Backbone) -> dict[Key, tuple[int, float, float, float]]:
    return {(one.left, one.right): (one.shared, one.expected, one.p, one.q) for one in backbone.pairs()}


# --- what R gives ----------------------------------------------------------------------------------------------------

# bicm() of backbone 2.1.3 and the exact distribution added up in R: shared, expected, p.
SDSM_IN_R = {
    ("b17", "b18"): (2, 0.55392834, 0.088372346),
    ("b12", "b13"): (6, 3.65782026, 0.093513014),
    ("b11", "b12"): (4, 2.32779433, 0.157906587),
    ("b08", "b16"): (2, 0.77083800, 0.163139571),
    ("b02", "b04"): (6, 4.14572205, 0.170927846),
    ("b01", "b03"): (7, 5.14718197, 0.186688066),
    ("b06", "b07"): (3, 1.71468653, 0.216235192),
}
# 200,000 matrices by its fastball(), 180 trades each, seed 2: expected, p.
FDSM_IN_R = {
    ("b17", "b18"): (0.49082, 0.035055),
    ("b12", "b13"): (3.44618, 0.007540),
    ("b02", "b04"): (3.91426, 0.037050),
    ("b01", "b03"): (4.89480, 0.034145),
}


def test_sdsm_of_davis_southern_women_as_in_r() -> None:
    backbone = sdsm(rows_of(*DAVIS))
    assert len(backbone.p) == 139
    assert backbone.expected.sum() == pytest.approx(325.56177750, abs=1e-5)
    assert backbone.p.sum() == pytest.approx(84.00697995, abs=1e-6)
    by_pair = found(backbone)
    for pair, (shared, expected, p) in SDSM_IN_R.items():
        assert by_pair[pair][0] == shared
        assert by_pair[pair][1:3] == pytest.approx((expected, p), abs=2e-8)
    assert backbone.q.min() == pytest.approx(0.99504411, abs=1e-7)
    assert [(one.left, one.right) for one in backbone.pairs()[:6]] == list(SDSM_IN_R)[:6]


def test_fdsm_of_davis_southern_women_as_in_r() -> None:
    draws = 5_000
    by_pair = found(fdsm(rows_of(*DAVIS), draws=draws, seed=1))
    for pair, (expected, p) in FDSM_IN_R.items():
        assert by_pair[pair][1] == pytest.approx(expected, abs=0.05)
        assert by_pair[pair][2] == pytest.approx(p, abs=4 * math.sqrt(p / draws) + 1 / draws)


# --- every matrix ----------------------------------------------------------------------------------------------------

TINY = [
    ("110", "101", "001"),
    ("1100", "1100", "0011", "0011"),
    ("1110", "1001", "0100"),
    ("1111", "1110", "1101", "0011"),
    ("1110", "1101", "1000", "0100"),
    ("11", "11"),
]


def cells_of(lines: tuple[str, ...]) -> Bools:
    """Return the table as tasks × bodies."""
    return np.array([[mark == "1" for mark in line] for line in lines], np.bool_).T


def fillings(cells: Bools) -> tuple[Bools, Ints]:
    """Return every matrix of the same shape, (matrices, tasks, bodies), and the tasks its bodies share."""
    bits = np.arange(1 << cells.size)[:, None] >> np.arange(cells.size)
    filled = (bits & 1).reshape(-1, *cells.shape)
    return filled.astype(np.bool_), filled.transpose(0, 2, 1) @ filled


@pytest.mark.parametrize("lines", TINY)
def test_sdsm_is_the_mean_over_all_matrices_by_their_chance(lines: tuple[str, ...]) -> None:
    cells = cells_of(lines)
    model = cell_chances(cells.sum(axis=1), cells.sum(axis=0))
    chances = model.chances[np.ix_(model.task_class, model.body_class)]
    here = cells.T.astype(int) @ cells.astype(int)
    filled, shared = fillings(cells)
    chance = np.where(filled, chances, 1 - chances).prod(axis=(1, 2))[:, None, None]
    expected, p = (chance * shared).sum(axis=0), (chance * (shared >= here)).sum(axis=0)
    by_pair = found(sdsm(rows_of(*lines)))
    met = [(i, j) for i, j in combinations(range(cells.shape[1]), 2) if here[i, j]]
    assert sorted(by_pair) == [(f"b{i + 1:02}", f"b{j + 1:02}") for i, j in met]
    for i, j in met:
        one = by_pair[f"b{i + 1:02}", f"b{j + 1:02}"]
        assert one[:3] == pytest.approx((here[i, j], expected[i, j], p[i, j]), abs=1e-8)


@pytest.mark.parametrize("lines", TINY)
def test_fdsm_is_the_share_of_all_matrices_of_the_margins(lines: tuple[str, ...]) -> None:
    cells = cells_of(lines)
    filled, counts = fillings(cells)
    same = (filled.sum(axis=1) == cells.sum(axis=0)).all(axis=1) & (filled.sum(axis=2) == cells.sum(axis=1)).all(axis=1)
    here = cells.T.astype(int) @ cells.astype(int)
    draws = 4000
    for (left, right), (shared, expected, p, _) in found(fdsm(rows_of(*lines), draws=draws, seed=3)).items():
        i, j = int(left[1:]) - 1, int(right[1:]) - 1
        null = counts[same, i, j]
        tail = float((null >= shared).mean())
        assert shared == here[i, j]
        assert abs(expected - null.mean()) <= 4 * null.std() / math.sqrt(draws)
        assert abs(p - tail) <= 4 * math.sqrt(tail * (1 - tail) / draws) + 1 / draws


def in_plans(*plans: tuple[str, ...]) -> list[Membership]:
    """Return rows for a table of bodies by tasks in each of several plans."""
    return [
        replace(row, task=f"https://example.org/task/p{at}/{row.task}")
        for at, lines in enumerate(plans)
        for row in rows_of(*lines)
    ]


@pytest.mark.parametrize(
    "plans",
    [
        (TINY[0], TINY[2]),
        (TINY[5], TINY[0], TINY[5]),
        (("10", "11"), ("1000", "1100", "0111")),
        (*TINY[:3], *TINY[2:4] * 9),
    ],
)
def test_of_several_plans_pairs_are_tested_over_all_that_name_both(plans: tuple[tuple[str, ...], ...]) -> None:
    by_pair = found(sdsm(in_plans(*plans)))
    met = set()
    for left, right in combinations(range(max(map(len, plans))), 2):
        null, here = np.ones(1), 0  # how many tasks the two share, by chance: plans add up
        for cells in (cells_of(lines) for lines in plans if right < len(lines)):
            model = cell_chances(cells.sum(axis=1), cells.sum(axis=0))
            chances = model.chances[np.ix_(model.task_class, model.body_class)]
            for both in chances[:, left] * chances[:, right]:
                null = np.convolve(null, [1 - both, both])
            here += int((cells[:, left] & cells[:, right]).sum())
        if here:
            met.add(pair := (f"b{left + 1:02}", f"b{right + 1:02}"))
            expected = (here, np.arange(null.size) @ null, null[here:].sum())
            assert by_pair[pair][:3] == pytest.approx(expected, abs=1e-8)
    assert set(by_pair) == met


def test_plans_of_different_bodies_do_not_change_each_other() -> None:
    here = sdsm(in_plans(tuple(DAVIS)))
    both = sdsm([*in_plans(tuple(DAVIS)), *(replace(row, body=f"c{row.body}") for row in in_plans((), TINY[2]))])
    own = np.array([both.bodies[at].startswith("b") for at in both.left])
    assert both.p[own] == pytest.approx(here.p)
    assert both.expected[own] == pytest.approx(here.expected)


# --- families --------------------------------------------------------------------------------------------------------


def test_q_is_over_the_pairs_that_meet_and_q_all_over_all() -> None:
    backbone = sdsm(rows_of(*DAVIS))
    assert backbone.q.tolist() == benjamini_hochberg(backbone.p).tolist()
    every = np.concatenate([backbone.p, np.ones(18 * 17 // 2 - 139)])
    assert backbone.q_all == pytest.approx(benjamini_hochberg(every)[:139])


def chance_corpus(tasks: int = 6000, bodies: int = 6000, seed: int = 1) -> Bipartite:
    """Return tasks of three bodies each, picked without any pattern."""
    picked = np.random.default_rng(seed).integers(0, bodies, (tasks, 3))
    cells = np.unique(np.repeat(np.arange(tasks), 3) * bodies + picked.ravel())
    rows, columns = np.divmod(cells, bodies)
    there, columns = np.unique(columns, return_inverse=True)
    ids = tuple(f"b{at:05}" for at in there.tolist())
    matrix = csr_array((np.ones(cells.size, np.int64), (rows, columns)), shape=(tasks, there.size), dtype=np.int64)
    return Bipartite(tuple(f"t{at:05}" for at in range(tasks)), ids, ids, matrix)


def test_in_a_wide_corpus_of_pure_chance_only_q_all_finds_nothing() -> None:
    backbone = sdsm_of(chance_corpus())
    assert len(backbone.p) > 15_000
    assert (backbone.q < 0.05).mean() > 0.9
    assert (backbone.q_all < 0.05).sum() == 0


# --- side by side ----------------------------------------------------------------------------------------------------


def test_the_two_agree_on_liaoning(built: Path) -> None:
    rows = memberships(open_store(built))
    closed, drawn = sdsm(rows, 2017), fdsm(rows, 2017, draws=500)
    both = agreement(closed, drawn)
    assert both.pairs == 179
    assert both.correlation is not None and both.correlation > 0.97
    assert both.both + both.first_only + both.second_only + both.neither == both.pairs
    assert both.same == (both.both + both.neither) / both.pairs
    assert both.first_only == 0  # SDSM is the more cautious
    year = {(tie.left, tie.right): tie for tie in ties_within(rows, 2017, draws=500)}
    assert found(drawn).keys() == year.keys()
    for pair, (shared, expected, p, q) in found(drawn).items():
        tie = year[pair]
        assert (tie.shared, tie.expected, tie.p, tie.q) == (shared, round(expected, 4), round(p, 6), round(q, 6))


def backbone_of(q: list[float], p: list[float] | None = None, q_all: list[float] | None = None) -> Backbone:
    n = len(q)
    ends = np.arange(n)
    values = np.array(q, float), np.array(q_all or q, float)
    ids = tuple(f"b{at}" for at in range(n + 1))
    return Backbone("sdsm", ids, ends, ends + 1, np.ones(n, np.intp), np.ones(n), np.array(p or q, float), *values)


@pytest.mark.parametrize(
    ("ours", "theirs", "counts", "same"),
    [
        ([0.01, 0.01, 0.2, 0.5], [0.04, 0.3, 0.04, 0.9], (1, 1, 1, 1), 0.5),
        ([0.05, 0.049], [0.05, 0.049], (1, 0, 0, 1), 1.0),
        ([], [], (0, 0, 0, 0), None),
    ],
)
def test_agreement_counts_sides(
    ours: list[float], theirs: list[float], counts: tuple[int, ...], same: float | None
) -> None:
    one = agreement(backbone_of(ours), backbone_of(theirs))
    assert (one.both, one.first_only, one.second_only, one.neither) == counts
    assert one.same == same


def test_agreement_correlates_p() -> None:
    assert agreement(backbone_of([0.1, 0.2, 0.3]), backbone_of([0.2, 0.4, 0.6])).correlation == pytest.approx(1)
    assert agreement(backbone_of([0.1, 0.2]), backbone_of([0.4, 0.4])).correlation is None
    assert agreement(backbone_of([0.1]), backbone_of([0.4])).correlation is None


def test_agreement_of_all_pairs() -> None:
    one, other = backbone_of([0.01, 0.01], q_all=[0.3, 0.01]), backbone_of([0.01, 0.01], q_all=[0.3, 0.3])
    assert agreement(one, other).both == 2
    assert (agreement(one, other, every_pair=True).first_only, agreement(one, other, every_pair=True).neither) == (1, 1)


def test_other_pairs_cannot_be_compared() -> None:
    with pytest.raises(InputError, match="not of the same pairs") as error:
        agreement(backbone_of([0.1]), backbone_of([0.1, 0.2]))
    assert error.value.zh


def test_mixing_is_a_table() -> None:
    steps = mixing_steps(Mixing((0, 10, 20), (1.0, 0.4, 0.25), 0.25, 0.5))
    assert [(one.step, one.left, round(one.away, 9)) for one in steps] == [(0, 1, 0.75), (10, 0.4, 0.15), (20, 0.25, 0)]
    drawn = fdsm(rows_of(*DAVIS), draws=200)
    assert drawn.mixing is not None
    assert abs(mixing_steps(drawn.mixing)[-1].away) < 0.02


# --- edges -----------------------------------------------------------------------------------------------------------

ONE = Membership("t1", 2016, Role.LEAD, "A", "甲")
OPEN = Membership("t1", 2016, Role.SUPPORT, "X", "有关部门", collective=True)


@pytest.mark.parametrize(
    ("rows", "year"), [([], None), ([ONE], None), ([ONE, OPEN], None), ([OPEN], None), ([ONE], 1999)]
)
def test_nothing_to_test(rows: list[Membership], year: int | None) -> None:
    for backbone in (sdsm(rows, year), fdsm(rows, year, draws=5)):
        assert backbone.pairs() == []
        assert len(backbone.p) == len(backbone.q) == len(backbone.q_all) == 0


def test_where_the_margins_leave_no_choice_p_is_one() -> None:
    rows = [ONE, Membership("t1", 2016, Role.SUPPORT, "B", "乙"), OPEN]
    for backbone in (sdsm(rows), fdsm(rows, draws=9)):
        assert [(one.shared, one.expected, one.p, one.q) for one in backbone.pairs()] == [(1, 1.0, 1.0, 1.0)]


def test_pairs_below_a_level() -> None:
    assert [one.left for one in backbone_of([0.2, 0.01, 0.05]).pairs(0.05)] == ["b1"]
