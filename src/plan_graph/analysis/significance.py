"""Ties between bodies, each beside what the workloads alone predict.

Counts of shared tasks mislead: two busy bodies meet often by their workloads alone. The null model here keeps how
many tasks each body has and how many bodies each task has, and is otherwise uniform: the fixed degree sequence
model (Zweig & Kaufmann 2011, Social Network Analysis and Mining 1:187–218; Neal, Domagalski & Sagan 2021,
Scientific Reports 11:23929).

Sampling is by edge switches with hold: pick two filled cells (r1, c1), (r2, c2) at random, fill (r1, c2), (r2, c1)
instead if both are empty, else stay. Switches reach every matrix of the same margins (Ryser 1957, Canadian Journal
of Mathematics 9:371–377), a switch and its reverse are proposed equally often, and staying counts as a step, so the
stationary distribution is uniform (Rao, Jana & Bandyopadhyay 1996, Sankhyā A 58:225–242; on the use as a null model
of co-occurrence Gotelli 2000, Ecology 81:2606–2621). Curveball trades (Strona et al. 2014, Nature Communications
5:4114; Godard & Neal 2022, Journal of Complex Networks 10:cnac049) reach the same distribution; single switches are
used because all draws can take the same step in a few array operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plan_graph.errors import InputError
from plan_graph.model import DirectedTie, Membership, Role, Tie

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Columns = npt.NDArray[np.int32]

DRAWS = 1000
SEED = 0
SWITCHES_PER_EDGE = 10
"""Proposed switches per filled cell and draw.

On the Liaoning plan the share of original cells left, and the mean co-occurrence of every pair, cannot be told from
100 proposals per cell after 5; this is twice that. ``Mixing`` shows for any other matrix whether it was enough.
"""

_MOST_DRAWS = 1_000_000  # keeps the smallest p, 1/(draws + 1), from rounding to 0 at six decimals
_LEAST_STEPS = 400  # a matrix of a few cells mixes in steps, not in steps per cell
_CHECKPOINTS = 20
_STEPS_AT_ONCE = 64  # proposals drawn in one go: they fit the cache
_BLOCK_BYTES = 8 << 20  # chains advanced together: their state fits the cache
_BITS_BYTES = 4 << 20  # draws unfolded in one go


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Which single body is on which task: ``matrix`` is bool, tasks × bodies, no empty row or column, read-only."""

    tasks: tuple[str, ...]
    bodies: tuple[str, ...]
    matrix: Bools


@dataclass(frozen=True, slots=True)
class Mixing:
    """Whether the chains forgot where they began.

    ``left[i]`` is the share of originally filled cells still filled after ``steps[i]`` proposals, averaged over all
    draws; ``expected`` is its value at stationarity, estimated as the mean over the later half of the trace;
    ``accepted`` is the share of proposals that switched.
    """

    steps: tuple[int, ...]
    left: tuple[float, ...]
    expected: float
    accepted: float

    @property
    def settled(self) -> int | None:
        """Return the step from which the trace stays within 0.01 of ``expected``; ``None`` if its end does not."""
        since: int | None = None
        for step, left in zip(reversed(self.steps), reversed(self.left), strict=True):
            if abs(left - self.expected) > 0.01:
                break
            since = step
        return since


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Draws from the null model: cell i of draw d is (``rows[i]``, ``columns[d, i]``); rows never move.

    ``rows`` is (cells,), ``columns`` is (draws, cells) int32; ``shape`` is (tasks, bodies).
    """

    rows: Ints
    columns: Columns
    shape: tuple[int, int]
    mixing: Mixing

    def matrices(self, begin: int = 0, end: int | None = None) -> Bools:
        """Return draws ``begin`` to ``end`` (default: all) as a bool array, draws × tasks × bodies."""
        columns = self.columns[begin:end]
        tasks, bodies = self.shape
        filled = np.zeros((len(columns), tasks * bodies), np.bool_)
        np.put_along_axis(filled, self.rows * bodies + columns, True, axis=1)
        return filled.reshape(len(columns), tasks, bodies)


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


def incidence(rows: Iterable[Membership]) -> Incidence:
    """Return tasks × single bodies, both sorted by id.

    A body counts once for each task whatever its roles; collectives, and tasks that have no single body, are left out.
    """
    filled = {(row.task, row.body) for row in rows if not row.collective}
    tasks = tuple(sorted({task for task, _ in filled}))
    bodies = tuple(sorted({body for _, body in filled}))
    matrix = _matrix(filled, tasks, bodies)
    matrix.setflags(write=False)
    return Incidence(tasks, bodies, matrix)


def sample(
    grid: Incidence, *, draws: int = DRAWS, seed: int = SEED, switches_per_edge: float = SWITCHES_PER_EDGE
) -> Sample:
    """Draw matrices with the row and column sums of ``grid``, uniformly among all such matrices.

    Every draw is the end of its own chain that begins at ``grid`` and proposes ``switches_per_edge`` switches for
    each filled cell (at least 400 in all). The random numbers depend on ``seed`` and the shape of ``grid`` only:
    the same matrix gives the same draws, byte for byte, alone or beside other periods.

    Time is O(draws · cells · switches_per_edge), some 50 ns a proposal; memory is 4 bytes for each cell and draw,
    and some 20 MB. A dense matrix accepts few switches and may need more of them: look at ``Sample.mixing``.
    Raises ``InputError`` for draws outside 1..1,000,000, a seed below 0, switches not above 0.
    """
    if not 1 <= draws <= _MOST_DRAWS:
        raise InputError(f"{draws} draws cannot be made; ask for 1 to {_MOST_DRAWS:,}")
    if seed < 0:
        raise InputError(f"seed {seed} cannot be used; give a whole number from 0")
    if not 0 < switches_per_edge < float("inf"):
        raise InputError(f"{switches_per_edge} switches per edge is no number of switches; ask for more than 0")
    tasks, bodies = grid.matrix.shape
    rows, columns = np.nonzero(grid.matrix)
    if not rows.size:
        return Sample(rows, np.zeros((draws, 0), np.int32), (tasks, bodies), Mixing((0,), (1.0,), 1.0, 0.0))
    steps = max(_LEAST_STEPS, round(switches_per_edge * rows.size))
    stops = [steps * part // _CHECKPOINTS for part in range(_CHECKPOINTS + 1)]
    bits = np.random.SFC64(np.random.SeedSequence([seed, tasks, bodies, rows.size]))
    starts = rows * bodies
    drawn = np.empty((draws, rows.size), np.int32)
    kept = np.zeros(len(stops), np.intp)
    accepted = 0
    block = max(1, _BLOCK_BYTES // (tasks * bodies + 8 * rows.size))
    for begin in range(0, draws, block):
        out = drawn[begin : begin + block]
        accepted += _walk(starts, starts + columns, out, kept, size=tasks * bodies, stops=stops, bits=bits)
    left = kept / (draws * rows.size)
    expected = float(left[_CHECKPOINTS // 2 :].mean())
    mixing = Mixing(tuple(stops), tuple(left.tolist()), expected, accepted / (draws * steps))
    return Sample(rows, drawn, (tasks, bodies), mixing)


def compare(grid: Incidence, drawn: Sample) -> PairTest:
    """Compare the tasks every two bodies of ``grid`` share with those they share in the draws.

    Time is O(draws · tasks · bodies² / 64): each body's tasks are the bits of a few words. All sums are of whole
    numbers, and no BLAS is used, whose threads would wait on each other thousands of times on a busy machine.
    """
    draws = len(drawn.columns)
    tasks, bodies = grid.matrix.shape
    left, right = np.triu_indices(bodies, 1)
    shared = _product(grid.matrix, grid.matrix)[left, right]
    firsts = np.searchsorted(left, np.arange(bodies + 1))  # the pairs of body i are firsts[i] up to firsts[i + 1]
    total, squares, reached = np.zeros((3, shared.size), np.intp)
    at_once = max(1, _BITS_BYTES // ((tasks + 63) * bodies + 1))
    for begin in range(0, draws, at_once):
        columns = drawn.columns[begin : begin + at_once]
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
        drawn = sample(grid, draws=draws, seed=seed, switches_per_edge=switches_per_edge)
        mixing.append((year, drawn.mixing))
        lead = _matrix({(row.task, row.body) for row in part if row.role is Role.LEAD}, grid.tasks, grid.bodies)
        support = _matrix({(row.task, row.body) for row in part if row.role is Role.SUPPORT}, grid.tasks, grid.bodies)
        one_way = _product(lead, support)
        either_way = one_way + one_way.T - _product(lead & support, lead & support)  # both doing both counts once
        for tie, z in _period(year, grid, compare(grid, drawn), _product(lead, lead), either_way):
            found.append(tie)
            scores.append(z)
        directed += [
            DirectedTie(grid.bodies[i], grid.bodies[j], year, int(one_way[i, j]))
            for i, j in np.argwhere(one_way > 0).tolist()
            if i != j
        ]
    method = (
        f"fixed row and column sums, {draws} draws by edge switches ({switches_per_edge:g} proposals per filled cell), "
        f"seed {seed}; p upper tail, (1 + draws that reach shared) / (draws + 1); "
        "q Benjamini–Hochberg over the pairs of the period with shared ≥ 1"
    )
    return TieTable(tuple(found), tuple(scores), tuple(directed), tuple(mixing), draws, seed, method)


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


def _matrix(filled: set[tuple[str, str]], tasks: Sequence[str], bodies: Sequence[str]) -> Bools:
    matrix = np.zeros((len(tasks), len(bodies)), np.bool_)
    row_of = {task: row for row, task in enumerate(tasks)}
    column_of = {body: column for column, body in enumerate(bodies)}
    for task, body in filled:
        matrix[row_of[task], column_of[body]] = True
    return matrix


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


def _walk(
    starts: Ints, cells: Ints, out: Columns, kept: Ints, *, size: int, stops: Sequence[int], bits: np.random.SFC64
) -> int:
    """Advance ``len(out)`` chains side by side to the last stop; return how many switches were made.

    ``starts[i]`` is the flat index at which the row of cell i begins, ``cells[i]`` the flat index of the cell in a
    matrix of ``size`` cells. Writes the columns where the cells end into ``out`` (chains, cells) and adds to
    ``kept`` (stops,) the original cells still filled at each stop.
    """
    chains, edges = out.shape
    lanes = np.arange(chains)[:, None]
    filled = np.zeros(chains * size, np.bool_)
    place = (lanes * size + cells).ravel()  # where in `filled` each cell of each chain is now
    filled[place] = True
    offsets = np.arange(chains) * edges
    old, new, hit = np.empty((2, chains), np.intp), np.empty((2, chains), np.intp), np.empty((2, chains), np.bool_)
    crossed = old[::-1]
    step = accepted = 0
    for at, stop in enumerate(stops):
        while step < stop:
            count = min(_STEPS_AT_ONCE, stop - step)
            pairs, moves = _proposals(bits, count, starts, offsets)
            for pair, move in zip(pairs, moves, strict=True):
                # Every index is in range; mode="clip" lets take write to `out` without a buffer.
                place.take(pair, out=old, mode="clip")
                np.add(crossed, move, out=new)  # (r1, c2) and (r2, c1)
                filled.take(new, out=hit, mode="clip")
                free = np.flatnonzero(~(hit[0] | hit[1]))
                gained = new.take(free, axis=1)
                filled[old.take(free, axis=1)] = False
                filled[gained] = True
                place[pair.take(free, axis=1)] = gained
                accepted += free.size
            step += count
        kept[at] += np.count_nonzero(filled.reshape(chains, size).take(cells, axis=1))
    np.subtract(place.reshape(chains, edges) - lanes * size, starts, out=out, casting="same_kind")
    return accepted


def _proposals(bits: np.random.SFC64, count: int, starts: Ints, offsets: Ints) -> tuple[Ints, Ints]:
    """Return for ``count`` steps two cells in each chain, and what to add to each other's place to swap columns.

    Both arrays are (count, 2, chains). Raw words are used because NumPy keeps those the same from release to
    release; a cell is picked with a probability that may be off by 2⁻³², alike for a switch and its reverse, so the
    draws stay exactly uniform.
    """
    edges, half = np.uint64(starts.size), np.uint64(32)
    raw = bits.random_raw((count, offsets.size))
    picked = np.empty((count, 2, offsets.size), np.intp)
    picked[:, 0] = ((raw >> half) * edges) >> half
    picked[:, 1] = ((raw & np.uint64(0xFFFFFFFF)) * edges) >> half
    begins = starts.take(picked)
    moves = np.empty_like(picked)
    np.subtract(begins[:, 0], begins[:, 1], out=moves[:, 0])
    np.negative(moves[:, 0], out=moves[:, 1])
    picked += offsets
    return picked, moves
