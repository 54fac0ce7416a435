"""The null model: matrices of tasks × bodies with the margins of a given one, sampled uniformly.

Sampling is by edge switches with hold: pick two filled cells (r1, c1), (r2, c2) at random, fill (r1, c2), (r2, c1)
instead if both are empty, else stay. Switches reach every matrix of the same margins (Ryser 1957, Canadian Journal
of Mathematics 9:371–377), a switch and its reverse are proposed equally often, and staying counts as a step, so the
stationary distribution is uniform (Rao, Jana & Bandyopadhyay 1996, Sankhyā A 58:225–242; on the use as a null model
of co-occurrence Gotelli 2000, Ecology 81:2606–2621). Curveball trades (Strona et al. 2014, Nature Communications
5:4114; Godard & Neal 2022, Journal of Complex Networks 10:cnac049) reach the same distribution; single switches are
used because all draws can take the same step in a few array operations.

Of several plans only cells of one plan are switched, so that every body keeps its tasks in each plan. Otherwise all
pairs of one plan would seem to seek each other, merely because the other plans, of another place, name neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plan_graph.errors import InputError
from plan_graph.model import Membership

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
_LANES = 128  # chains it takes to be worth a call; for them the state of large matrices may leave the cache …
_WIDE_BYTES = 64 << 20  # … but no more than this


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


def incidence(rows: Iterable[Membership]) -> Incidence:
    """Return tasks × single bodies, both sorted by id.

    A body counts once for each task whatever its roles; collectives, and tasks that have no single body, are left out.
    """
    filled = {(row.task, row.body) for row in rows if not row.collective}
    tasks = tuple(sorted({task for task, _ in filled}))
    bodies = tuple(sorted({body for _, body in filled}))
    matrix = as_matrix(filled, tasks, bodies)
    matrix.setflags(write=False)
    return Incidence(tasks, bodies, matrix)


def plans_of(tasks: Iterable[str]) -> Ints:
    """Return for each task the number of its plan, (tasks,): what stands before the last / of its IRI says which."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(task.rpartition("/")[0], len(numbers)) for task in tasks], np.intp)


class Chains:
    """The draws of :func:`sample` in blocks, so that memory does not grow with their number; to be gone through once.

    ``rows`` and ``shape`` are those of :class:`Sample`; each block is (some draws, cells) int32, the columns.
    ``mixing`` is known when the last block has been given.
    """

    def __init__(self, grid: Incidence, draws: int, seed: int, switches_per_edge: float) -> None:
        if not 1 <= draws <= _MOST_DRAWS:
            raise InputError(f"{draws} draws cannot be made; ask for 1 to {_MOST_DRAWS:,}")
        if seed < 0:
            raise InputError(f"seed {seed} cannot be used; give a whole number from 0")
        if not 0 < switches_per_edge < float("inf"):
            raise InputError(f"{switches_per_edge} switches per edge is no number of switches; ask for more than 0")
        self.draws = draws
        self.shape: tuple[int, int] = (grid.matrix.shape[0], grid.matrix.shape[1])
        self.rows, self._columns = np.nonzero(grid.matrix)
        self._spans = _Spans.of(plans_of(grid.tasks)[self.rows])
        self.mixing = Mixing((0,), (1.0,), 1.0, 0.0)
        self._seed = seed
        self._steps = max(_LEAST_STEPS, round(switches_per_edge * self.rows.size))

    def __iter__(self) -> Iterator[Columns]:
        (tasks, bodies), cells = self.shape, self.rows.size
        if not cells:
            yield np.zeros((self.draws, 0), np.int32)
            return
        stops = [self._steps * part // _CHECKPOINTS for part in range(_CHECKPOINTS + 1)]
        bits = np.random.SFC64(np.random.SeedSequence([self._seed, tasks, bodies, cells]))
        starts = self.rows * bodies
        kept = np.zeros(len(stops), np.intp)
        accepted = 0
        state = tasks * bodies + 8 * cells
        block = max(1, _BLOCK_BYTES // state, min(_LANES, _WIDE_BYTES // state))
        for begin in range(0, self.draws, block):
            out = np.empty((min(block, self.draws - begin), cells), np.int32)
            places = starts + self._columns
            accepted += _walk(starts, places, out, kept, self._spans, size=tasks * bodies, stops=stops, bits=bits)
            yield out
        left = kept / (self.draws * cells)
        expected = float(left[_CHECKPOINTS // 2 :].mean())
        self.mixing = Mixing(tuple(stops), tuple(left.tolist()), expected, accepted / (self.draws * self._steps))


def sample(
    grid: Incidence, *, draws: int = DRAWS, seed: int = SEED, switches_per_edge: float = SWITCHES_PER_EDGE
) -> Sample:
    """Draw matrices with the row and column sums of ``grid``, in each of its plans, uniformly among all such matrices.

    Every draw is the end of its own chain that begins at ``grid`` and proposes ``switches_per_edge`` switches for
    each filled cell (at least 400 in all). The random numbers depend on ``seed`` and the shape of ``grid`` only:
    the same matrix gives the same draws, byte for byte, alone or beside other periods.

    Time is O(draws · cells · switches_per_edge), some 50 ns a proposal; memory is 4 bytes for each cell and draw,
    and some 20 MB. A dense matrix accepts few switches and may need more of them: look at ``Sample.mixing``.
    Raises ``InputError`` for draws outside 1..1,000,000, a seed below 0, switches not above 0.
    """
    chains = Chains(grid, draws, seed, switches_per_edge)
    drawn = np.empty((draws, chains.rows.size), np.int32)
    begin = 0
    for block in chains:
        drawn[begin : begin + len(block)] = block
        begin += len(block)
    return Sample(chains.rows, drawn, chains.shape, chains.mixing)


def as_matrix(filled: set[tuple[str, str]], tasks: Sequence[str], bodies: Sequence[str]) -> Bools:
    """Return which (task, body) pairs are filled as a bool matrix, tasks × bodies."""
    matrix = np.zeros((len(tasks), len(bodies)), np.bool_)
    row_of = {task: row for row, task in enumerate(tasks)}
    column_of = {body: column for column, body in enumerate(bodies)}
    for task, body in filled:
        matrix[row_of[task], column_of[body]] = True
    return matrix


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """Which cells may be switched with a cell: the ``counts`` cells from ``begins`` on, those of its plan."""

    begins: Ints
    counts: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, plans: Ints) -> _Spans | None:
        """Return them for the plan of each cell, cells of one plan in a row; ``None`` if there is only one plan."""
        firsts = np.flatnonzero(np.diff(plans, prepend=-1))
        if firsts.size < 2:
            return None
        counts = np.diff(firsts, append=plans.size)
        return cls(np.repeat(firsts, counts), np.repeat(counts, counts).astype(np.uint64))


def _walk(
    starts: Ints,
    cells: Ints,
    out: Columns,
    kept: Ints,
    spans: _Spans | None,
    *,
    size: int,
    stops: Sequence[int],
    bits: np.random.SFC64,
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
            pairs, moves = _proposals(bits, count, starts, offsets, spans)
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


def _proposals(
    bits: np.random.SFC64, count: int, starts: Ints, offsets: Ints, spans: _Spans | None
) -> tuple[Ints, Ints]:
    """Return for ``count`` steps two cells in each chain, and what to add to each other's place to swap columns.

    Both arrays are (count, 2, chains). Raw words are used because NumPy keeps those the same from release to
    release; a cell is picked with a probability that may be off by 2⁻³², alike for a switch and its reverse, so the
    draws stay exactly uniform.
    """
    edges, half = np.uint64(starts.size), np.uint64(32)
    raw = bits.random_raw((count, offsets.size))
    picked = np.empty((count, 2, offsets.size), np.intp)
    picked[:, 0] = ((raw >> half) * edges) >> half
    low = raw & np.uint64(0xFFFFFFFF)
    if spans is None:
        picked[:, 1] = (low * edges) >> half
    else:
        counts: npt.NDArray[np.uint64] = spans.counts.take(picked[:, 0])
        picked[:, 1] = spans.begins.take(picked[:, 0]) + ((low * counts) >> half).astype(np.intp)
    begins = starts.take(picked)
    moves = np.empty_like(picked)
    np.subtract(begins[:, 0], begins[:, 1], out=moves[:, 0])
    np.negative(moves[:, 0], out=moves[:, 1])
    picked += offsets
    return picked, moves
