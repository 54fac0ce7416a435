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

from plan_graph.analysis.nullmodel import (
    DRAWS,
    SEED,
    SWITCHES_PER_EDGE,
    Bools,
    Chains,
    Floats,
    Incidence,
    Ints,
    Mixing,
    Sample,
    as_matrix,
    incidence,
    plans_of,
)
from plan_graph.model import DirectedTie, Membership, Role, Tie

_BITS_BYTES = 4 << 20  # draws unfolded in one go


@dataclass(frozen=True, slots=True, eq=False)
class PairTest:
    """Every two bodies (columns ``left`` < ``right``) of one matrix against the null model; all arrays are (pairs,).

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

    Time is O(draws · tasks · bodies² / 64): each body's tasks are the bits of a few words. All sums are of whole
    numbers, and no BLAS is used, whose threads would wait on each other thousands of times on a busy machine.
    """
    blocks = drawn if isinstance(drawn, Chains) else [drawn.columns]
    draws = drawn.draws if isinstance(drawn, Chains) else len(drawn.columns)
    tasks, bodies = grid.matrix.shape
    left, right = np.triu_indices(bodies, 1)
    shared = _product(grid.matrix, grid.matrix)[left, right]
    firsts = np.searchsorted(left, np.arange(bodies + 1))  # the pairs of body i are firsts[i] up to firsts[i + 1]
    total, squares, reached = np.zeros((3, shared.size), np.intp)
    at_once = max(1, _BITS_BYTES // ((tasks + 63) * bodies + 1))
    for columns in (block[at : at + at_once] for block in blocks for at in range(0, len(block), at_once)):
        cells = np.zeros((bodies, len(columns), tasks), np.bool_)
        cells[columns, np.arange(len(columns))[:, None], drawn.rows] = True
        words = np.ascontiguousarray(_words(cells).transpose(2, 0, 1))  # words × bodies × draws
        for body in range(bodies - 1):
            counts = np.bitwise_count(words[:, body, None] & words[:, body + 1 :]).sum(axis=0, dtype=np.intp)
            own = slice(firsts[body], firsts[body + 1])
            total[own] += counts.sum(axis=1)
            squares[own] += np.square(counts).sum(axis=1)
            reached[own] += np.count_nonzero(counts >= shared[own, None], axis=1)
    expected = total / draws
    spread = np.sqrt((draws * squares - total**2) / max(1, draws * (draws - 1)))
    z = np.divide(shared - expected, spread, out=np.full(shared.size, np.nan), where=spread > 0)
    return PairTest(left, right, shared, expected, z, (1 + reached) / (draws + 1))


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
        lead = as_matrix({(row.task, row.body) for row in part if row.role is Role.LEAD}, grid.tasks, grid.bodies)
        support = as_matrix({(row.task, row.body) for row in part if row.role is Role.SUPPORT}, grid.tasks, grid.bodies)
        one_way = _product(lead, support)
        either_way = one_way + one_way.T - _product(lead & support, lead & support)  # both doing both counts once
        for tie, z in _period(year, grid, test, _product(lead, lead), either_way):
            found.append(tie)
            scores.append(z)
        directed += [
            DirectedTie(grid.bodies[i], grid.bodies[j], year, int(one_way[i, j]))
            for i, j in np.argwhere(one_way > 0).tolist()
            if i != j
        ]
    kept = "kept in each plan" if len(set(plans_of({row.task for row in single}).tolist())) > 1 else "kept"
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
    year: int | None, grid: Incidence, test: PairTest, co_lead: Ints, lead_support: Ints
) -> Iterator[tuple[Tie, float | None]]:
    newman = _newman(grid.matrix)
    seen = np.flatnonzero(test.shared)
    for at, q in zip(seen.tolist(), benjamini_hochberg(test.p[seen]).tolist(), strict=True):
        i, j = int(test.left[at]), int(test.right[at])
        tie = Tie(
            left=grid.bodies[i],
            right=grid.bodies[j],
            year=year,
            shared=int(test.shared[at]),
            co_lead=int(co_lead[i, j]),
            lead_support=int(lead_support[i, j]),
            newman=round(float(newman[i, j]), 4),
            expected=round(float(test.expected[at]), 4),
            p=round(float(test.p[at]), 6),
            q=round(q, 6),
        )
        z = float(test.z[at])
        yield tie, None if np.isnan(z) else round(z, 4)


def _words(cells: Bools) -> npt.NDArray[np.uint64]:
    """Return the last axis as the bits of 64-bit words."""
    spare = [(0, 0)] * (cells.ndim - 1) + [(0, -cells.shape[-1] % 64)]
    return np.packbits(np.ascontiguousarray(np.pad(cells, spare)), axis=-1).view(np.uint64)


def _product(left: Bools, right: Bools) -> Ints:
    """Return in how many rows column i of ``left`` and column j of ``right`` are both filled."""
    ours, theirs = _words(left.T), _words(right.T)
    found = [np.bitwise_count(own & theirs).sum(axis=-1) for own in ours]
    return np.array(found, np.intp).reshape(len(ours), len(theirs))


def _newman(matrix: Bools) -> Floats:
    """Return Newman's weight for every two columns; whole counts by list length first, so the sum is reproducible."""
    sizes = matrix.sum(axis=1)
    total = np.zeros((matrix.shape[1], matrix.shape[1]))
    for size in np.unique(sizes[sizes > 1]).tolist():
        part = matrix[sizes == size]
        total += _product(part, part) / (size - 1)
    return total
