"""Ties between bodies, each beside what the workloads alone predict.

Counts of shared tasks mislead: two busy bodies meet often by their workloads alone. The null model here keeps how
many tasks each body has in each plan and how many bodies each task has, and is otherwise uniform: the fixed degree
sequence model (Zweig & Kaufmann 2011, Social Network Analysis and Mining 1:187–218; Neal, Domagalski & Sagan 2021,
Scientific Reports 11:23929).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from plan_graph.analysis.defaults import DRAWS, SEED
from plan_graph.analysis.nullmodel import (
    SWITCHES_PER_EDGE,
    Bools,
    Chains,
    Columns,
    Floats,
    Incidence,
    Ints,
    Mixing,
    Part,
    Sample,
    incidence,
    parts,
)
from plan_graph.model.network import DirectedTie, Membership, Tie
from plan_graph.model.plan import Role

_BITS_BYTES = 4 << 20  # draws unfolded in one go


@dataclass(frozen=True, slots=True, eq=False)
class PairTest:
    """Every two bodies (columns ``left`` < ``right``) of a plan against the null model; all arrays are (pairs,).

    The pairs are sorted. Bodies that no plan names together share nothing in any draw and are not among them.

    ``expected`` is the mean over the draws, ``p`` the upper tail (1 + draws that reach ``shared``) / (draws + 1),
    never 0 (Phipson & Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9:39). ``z`` is
    (shared - expected) / standard deviation of the draws, nan where they do not vary.
    """

    left: Ints
    right: Ints
    shared: Ints
    expected: Floats
    z: Floats
    p: Floats


@dataclass(frozen=True, slots=True)
class TieTable:
    """All ties of all periods, sorted by period (all years first), left, right, and how they were found.

    ``z[i]`` belongs to ``ties[i]`` (``None`` where the null model leaves no choice); ``mixing`` has one entry for
    each period. Rounded: ``newman``, ``expected``, ``z`` to 4 decimals, ``p``, ``q`` to 6.
    """

    ties: tuple[Tie, ...]
    z: tuple[float | None, ...]
    directed: tuple[DirectedTie, ...]
    mixing: tuple[tuple[int | None, Mixing], ...]
    draws: int
    seed: int
    method: str


def compare(grid: Incidence, drawn: Sample | Chains) -> PairTest:
    """Compare the tasks every two bodies of ``grid`` share with those they share in the draws.

    Draws that come as ``Chains`` are counted block by block and forgotten.

    Time is O(draws · the sum over plans of tasks · bodies² / 64): each body's tasks are the bits of a few words. All
    sums are of whole numbers, and no BLAS is used, whose threads would wait on each other thousands of times on a
    busy machine.
    """
    blocks: Iterable[Columns] = drawn if isinstance(drawn, Chains) else [drawn.columns]
    draws = drawn.draws if isinstance(drawn, Chains) else len(drawn.columns)
    plans = parts(grid)
    width = len(grid.bodies)
    own = [_keys(plan, width) for plan in plans]  # of each plan: its pairs
    keys, times = np.unique(np.concatenate([np.zeros(0, np.intp), *own]), return_counts=True)
    several = np.flatnonzero(times > 1)  # pairs whose tasks are in several plans: these are put together first
    slots = np.full(keys.size, -1)
    slots[several] = np.arange(several.size)
    where = [np.searchsorted(keys, of_plan) for of_plan in own]
    shared, total, squares, reached = np.zeros((4, keys.size), np.intp)
    for plan, at in zip(plans, where, strict=True):
        for begin, counts in _counted(plan, plan.bodies[plan.columns][None]):
            shared[at[begin : begin + len(counts)]] += counts[:, 0]

    def add(pairs: Ints, counts: Ints) -> None:
        total[pairs] += counts.sum(axis=1)
        squares[pairs] += np.square(counts).sum(axis=1)
        reached[pairs] += np.count_nonzero(counts >= shared[pairs, None], axis=1)

    for columns in blocks:
        together = np.zeros((several.size, len(columns)), np.intp)
        for plan, at in zip(plans, where, strict=True):
            at_once = max(1, _BITS_BYTES // ((plan.tasks + 63) * plan.bodies.size + 1))
            for first in range(0, len(columns), at_once):
                part = slice(first, first + at_once)
                for begin, counts in _counted(plan, columns[part, plan.cells]):
                    pairs = at[begin : begin + len(counts)]
                    slot = slots[pairs]
                    if slot.max() < 0:
                        add(pairs, counts)
                    else:
                        add(pairs[slot < 0], counts[slot < 0])
                        together[slot[slot >= 0], part] += counts[slot >= 0]
        add(several, together)
    expected = total / draws
    spread = np.sqrt((draws * squares - total**2) / max(1, draws * (draws - 1)))
    z = np.divide(shared - expected, spread, out=np.full(shared.size, np.nan), where=spread > 0)
    left, right = np.divmod(keys, max(1, width))
    return PairTest(left, right, shared, expected, z, (1 + reached) / (draws + 1))


def _keys(plan: Part, width: int) -> Ints:
    """Return the pairs of a plan's bodies as numbers: left times the bodies there are, and right."""
    one, other = np.triu_indices(plan.bodies.size, 1)
    return plan.bodies[one] * width + plan.bodies[other]


def _counted(plan: Part, columns: Columns | Ints) -> Iterator[tuple[int, Ints]]:
    """Return how many tasks the pairs of a plan share in each draw, (some pairs, draws), and where these pairs begin.

    ``columns`` is (draws, cells of the plan): the columns of the whole table in which the cells are.
    """
    bodies, draws = plan.bodies.size, len(columns)
    cells = np.zeros((bodies, draws, plan.tasks), np.bool_)
    number = np.zeros(int(plan.bodies.max()) + 1, np.intp)  # of each body, among those of the plan
    number[plan.bodies] = np.arange(bodies)
    cells[number.take(columns), np.arange(draws)[:, None], plan.rows] = True
    words = np.ascontiguousarray(_words(cells).transpose(2, 0, 1))  # words × bodies × draws
    begin = 0
    for body in range(bodies - 1):
        yield begin, np.bitwise_count(words[:, body, None] & words[:, body + 1 :]).sum(axis=0, dtype=np.intp)
        begin += bodies - 1 - body


def benjamini_hochberg(p: Sequence[float] | Floats) -> Floats:
    """Return for each p of a family its q: the smallest false discovery rate at which it is still found.

    Step-up (Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57:289–300): q(i) is the least of
    p(j)·n/j over all j ≥ i in rising order of p, so q ≥ p and q never falls as p rises. O(n log n).
    """
    values = np.asarray(p, np.float64)
    order = np.argsort(values, kind="stable")
    scaled, q = values[order] * (values.size / np.arange(1, values.size + 1)), np.empty(values.size)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q


def ties(
    rows: Iterable[Membership],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    switches_per_edge: float = SWITCHES_PER_EDGE,
    years: bool = True,
) -> TieTable:
    """Return a tie for every two single bodies that share a task, over all years and, with ``years``, in each year.

    ``co_lead`` counts the tasks both lead, ``lead_support`` those that one leads and the other supports, whichever
    way round; ``directed`` has the two ways apart. ``newman`` is Newman's weight (2001, Physical Review E
    64:016132): the sum over the shared tasks of 1/(k - 1), k single bodies on the task.

    ``q`` is Benjamini–Hochberg over one family for each period: all pairs that share at least one task in that
    period. Pairs that share none have p = 1 and are not in the family; that picks the family by the data, and is
    harmless here because p of small counts is coarse: with the margins of the Liaoning plan, 1 of 600 matrices drawn
    from the null model itself has any pair with q ≤ 0.05.

    Raises ``InputError`` as ``sample`` does.
    """
    single = [row for row in rows if not row.collective]
    periods: list[int | None] = [None]
    if years:
        periods += sorted({row.year for row in single if row.year is not None})
    found: list[Tie] = []
    scores: list[float | None] = []
    directed: list[DirectedTie] = []
    mixing: list[tuple[int | None, Mixing]] = []
    for year in periods:
        part = single if year is None else [row for row in single if row.year == year]
        grid = incidence(part)
        chains = Chains(grid, draws, seed, switches_per_edge)
        test = compare(grid, chains)
        mixing.append((year, chains.mixing))
        together = _together(grid, part)
        for tie, z in _period(year, grid, test, together):
            found.append(tie)
            scores.append(z)
        ways = {**together.ways(), **together.ways(back=True)}
        directed += [
            DirectedTie(grid.bodies[i], grid.bodies[j], year, tasks) for (i, j), tasks in sorted(ways.items()) if tasks
        ]
    plans = {row.task.rpartition("/")[0] for row in single}
    kept = "kept in each plan" if len(plans) > 1 else "kept"
    method = (
        f"fixed degree sequence model (Zweig & Kaufmann 2011): tasks by bodies, row and column sums {kept}, "
        f"{draws} draws by edge switches (Rao, Jana & Bandyopadhyay 1996; {switches_per_edge:g} proposals per filled "
        f"cell), seed {seed}; p upper tail, (1 + draws that reach shared) / (draws + 1); "
        "q Benjamini–Hochberg over the pairs of the period with shared ≥ 1"
    )
    return TieTable(tuple(found), tuple(scores), tuple(directed), tuple(mixing), draws, seed, method)


def ties_within(rows: Iterable[Membership], year: int | None, *, draws: int = DRAWS, seed: int = SEED) -> list[Tie]:
    """Return the ties of some of the participations of a graph, in one year or all: expected, p and q are of these.

    Raises ``InputError`` as ``sample`` does.
    """
    kept = [row for row in rows if year is None or row.year == year]
    return [replace(tie, year=year) for tie in ties(kept, draws=draws, seed=seed, years=False).ties]


def _period(
    year: int | None, grid: Incidence, test: PairTest, together: _Together
) -> Iterator[tuple[Tie, float | None]]:
    seen = np.flatnonzero(test.shared)
    for at, q, co_lead, lead_support, newman in zip(
        seen.tolist(),
        benjamini_hochberg(test.p[seen]).tolist(),
        together.co_lead.tolist(),
        together.lead_support.tolist(),
        together.newman.tolist(),
        strict=True,
    ):
        tie = Tie(
            left=grid.bodies[test.left[at]],
            right=grid.bodies[test.right[at]],
            year=year,
            shared=int(test.shared[at]),
            co_lead=co_lead,
            lead_support=lead_support,
            newman=round(newman, 4),
            expected=round(float(test.expected[at]), 4),
            p=round(float(test.p[at]), 6),
            q=round(q, 6),
        )
        z = float(test.z[at])
        yield tie, None if np.isnan(z) else round(z, 4)


@dataclass(frozen=True, slots=True, eq=False)
class _Together:
    """What every two bodies that share a task are on their tasks; all arrays are (pairs,), the pairs sorted.

    ``there`` counts the tasks that the left one leads and the right one supports, ``back`` the other way round,
    ``lead_support`` the tasks of which either is so, ``newman`` is Newman's weight.
    """

    left: Ints
    right: Ints
    co_lead: Ints
    there: Ints
    back: Ints
    lead_support: Ints
    newman: Floats

    def ways(self, *, back: bool = False) -> dict[tuple[int, int], int]:
        """Return the tasks that one leads and the other supports, by the two."""
        one, other, tasks = (self.right, self.left, self.back) if back else (self.left, self.right, self.there)
        return dict(zip(zip(one.tolist(), other.tolist(), strict=True), tasks.tolist(), strict=True))


def _together(grid: Incidence, rows: Iterable[Membership]) -> _Together:
    """Count the roles of every two bodies over the tasks they share: O(the sum over tasks of bodies²)."""
    roles = {(row.task, row.body, row.role) for row in rows}
    cells = [(grid.tasks[i], grid.bodies[j]) for i, j in zip(grid.rows.tolist(), grid.columns.tolist(), strict=True)]
    lead, support = (
        np.array([(*cell, role) in roles for cell in cells], np.bool_) for role in (Role.LEAD, Role.SUPPORT)
    )
    firsts = np.searchsorted(grid.rows, np.arange(len(grid.tasks) + 1))
    sizes = np.diff(firsts)
    lists: list[tuple[int, Ints, Ints]] = []  # the cells of two bodies of one task, by the length of its list
    for size in np.unique(sizes[sizes > 1]).tolist():
        of_size = firsts[:-1][sizes == size][:, None] + np.arange(size)
        one, other = np.triu_indices(size, 1)
        lists.append((size, of_size[:, one].ravel(), of_size[:, other].ravel()))
    none = np.zeros(0, np.intp)
    one, other = (np.concatenate([none, *(each[at] for each in lists)]) for at in (1, 2))
    width = max(1, len(grid.bodies))
    keys, pairs = np.unique(grid.columns[one] * width + grid.columns[other], return_inverse=True)

    def count(which: Bools) -> Ints:
        return np.bincount(pairs[which], minlength=keys.size)

    newman = np.zeros(keys.size)
    begin = 0
    for size, cells_of_size, _ in lists:  # whole counts by length first, so that the sum is always the same
        of_size = pairs[begin : begin + cells_of_size.size]
        newman += np.bincount(of_size, minlength=keys.size) / (size - 1)
        begin += cells_of_size.size
    there, back = lead[one] & support[other], lead[other] & support[one]
    return _Together(
        *np.divmod(keys, width), count(lead[one] & lead[other]), count(there), count(back), count(there | back), newman
    )


def _words(cells: Bools) -> npt.NDArray[np.uint64]:
    """Return the last axis as the bits of 64-bit words."""
    spare = [(0, 0)] * (cells.ndim - 1) + [(0, -cells.shape[-1] % 64)]
    return np.packbits(np.ascontiguousarray(np.pad(cells, spare)), axis=-1).view(np.uint64)
