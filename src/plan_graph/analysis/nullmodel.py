"""The null model: matrices of tasks × bodies with the margins of a given one, sampled uniformly.

Sampling is by edge switches with hold: pick two filled cells (r1, c1), (r2, c2) at random, fill (r1, c2), (r2, c1)
instead if both are empty, else stay. Switches reach every matrix of the same margins (Ryser 1957, Canadian Journal
of Mathematics 9:371–377), a switch and its reverse are proposed equally often, and staying counts as a step, so the
stationary distribution is uniform (Rao, Jana & Bandyopadhyay 1996, Sankhyā A 58:225–242; on the use as a null model
of co-occurrence Gotelli 2000, Ecology 81:2606–2621). Curveball trades (Strona et al. 2014, Nature Communications
5:4114; Godard & Neal 2022, Journal of Complex Networks 10:cnac049) reach the same distribution; single switches are
used because many can be made in a few array operations: those of different draws, and in one draw those between
different rows. For the latter the rows are put into groups, at random and anew for each round, and a step proposes
one switch within every group. Whatever the groups are, each of these switches is as likely as its reverse, and none
touches a row of another, so that the uniform distribution stays what it is; as the groups change, every two rows
meet. Chains that run side by side have the same groups: given those they are independent.

Of several plans only cells of one plan are switched, so that every body keeps its tasks in each plan. Otherwise all
pairs of one plan would seem to seek each other, merely because the other plans, of another place, name neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from plan_graph.analysis.defaults import DRAWS, SEED
from plan_graph.errors import InputError
from plan_graph.model.network import Membership

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Columns = npt.NDArray[np.int32]

SWITCHES_PER_EDGE = 10
"""Proposed switches per filled cell and draw.

On the Liaoning plan the share of original cells left, and the mean co-occurrence of every pair, cannot be told from
100 proposals per cell after 5; this is twice that. ``Mixing`` shows for any other matrix whether it was enough.
"""

_MOST_DRAWS = 1_000_000  # keeps the smallest p, 1/(draws + 1), from rounding to 0 at six decimals
_LEAST_STEPS = 400  # a matrix of a few cells mixes in steps, not in steps per cell
_CHECKPOINTS = 20
_CELLS = 48  # in a group of rows, within which one switch at a time is proposed …
_STEPS = 16  # … so many times before the rows are put into other groups
_LANES = 1024  # switches proposed at a time, in all chains together: enough to be worth a call, and they fit the cache
_WIDE_BYTES = 64 << 20  # state of the chains advanced together, where one alone has more lanes than that
_BLOCK_BYTES = 8 << 20  # draws given at a time


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Which single body is on which task: the filled cells (``rows[i]``, ``columns[i]``) of a table, tasks × bodies.

    Cells are in order of row and column, both read-only; no row or column is empty.
    """

    tasks: tuple[str, ...]
    bodies: tuple[str, ...]
    rows: Ints
    columns: Ints

    @property
    def shape(self) -> tuple[int, int]:
        """How many tasks and bodies there are."""
        return len(self.tasks), len(self.bodies)

    @property
    def matrix(self) -> Bools:
        """The whole table as bools, tasks × bodies: for some hundred bodies."""
        filled = np.zeros(self.shape, np.bool_)
        filled[self.rows, self.columns] = True
        return filled


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The cells that one plan fills, ``cells`` of them all: they lie in its rows and the columns of its ``bodies``.

    ``rows`` and ``columns`` are those of its cells among its own ``tasks`` rows and ``bodies`` alone.
    """

    cells: slice
    tasks: int
    bodies: Ints
    rows: Ints
    columns: Ints


def parts(grid: Incidence) -> list[Part]:
    """Return the parts of a table, plan by plan in the order of their tasks."""
    plans = plans_of(grid.tasks)
    firsts = np.flatnonzero(np.diff(plans, prepend=-1))  # rows at which plans begin
    cells = np.searchsorted(grid.rows, np.append(firsts, plans.size))
    found: list[Part] = []
    for first, tasks, begin, end in zip(
        firsts.tolist(),
        np.diff(firsts, append=plans.size).tolist(),
        cells[:-1].tolist(),
        cells[1:].tolist(),
        strict=True,
    ):
        bodies, columns = np.unique(grid.columns[begin:end], return_inverse=True)
        found.append(Part(slice(begin, end), tasks, bodies, grid.rows[begin:end] - first, columns))
    return found


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
    row_of = {task: row for row, task in enumerate(tasks)}
    column_of = {body: column for column, body in enumerate(bodies)}
    cells = np.array(sorted((row_of[task], column_of[body]) for task, body in filled), np.intp).reshape(-1, 2).T.copy()
    cells.setflags(write=False)
    return Incidence(tasks, bodies, *cells)


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
        self.shape = grid.shape
        self.rows = grid.rows
        self._parts = parts(grid)
        self._groups = _Groups(self.rows, plans_of(grid.tasks))
        self.mixing = Mixing((0,), (1.0,), 1.0, 0.0)
        self._seed = seed
        self._steps = max(_LEAST_STEPS, round(switches_per_edge * self.rows.size))

    def __iter__(self) -> Iterator[Columns]:
        (tasks, bodies), cells = self.shape, self.rows.size
        if not cells:
            yield np.zeros((self.draws, 0), np.int32)
            return
        proposed = self._groups.count * _STEPS  # in a round
        rounds = -(-self._steps // proposed)
        looks = min(rounds, _CHECKPOINTS)
        stops = [rounds * part // looks for part in range(looks + 1)]
        bits = np.random.SFC64(np.random.SeedSequence([self._seed, tasks, bodies, cells]))
        layout = _Layout.of(self._parts)
        kept = np.zeros(len(stops), np.intp)
        accepted = 0
        abreast = max(1, min(_LANES // self._groups.count, _WIDE_BYTES // (layout.size + 8 * cells)))
        block = max(1, _BLOCK_BYTES // (4 * cells * abreast)) * abreast
        for begin in range(0, self.draws, block):
            out = np.empty((min(block, self.draws - begin), cells), np.int32)
            for at in range(0, len(out), abreast):
                lanes = out[at : at + abreast]
                accepted += _walk(layout, lanes, kept, self._groups, stops=stops, bits=bits)
            yield out
        left = kept / (self.draws * cells)
        expected = float(left[looks // 2 :].mean())
        steps = tuple(proposed * stop for stop in stops)
        self.mixing = Mixing(steps, tuple(left.tolist()), expected, accepted / (self.draws * steps[-1]))


def sample(
    grid: Incidence, *, draws: int = DRAWS, seed: int = SEED, switches_per_edge: float = SWITCHES_PER_EDGE
) -> Sample:
    """Draw matrices with the row and column sums of ``grid``, in each of its plans, uniformly among all such matrices.

    Every draw is the end of its own chain that begins at ``grid`` and proposes ``switches_per_edge`` switches for
    each filled cell (at least 400 in all). The random numbers depend on ``seed`` and the shape of ``grid`` only:
    the same matrix gives the same draws, byte for byte, alone or beside other periods.

    Time is O(draws · cells · switches_per_edge), some 80 ns a proposal; memory is 4 bytes for each cell and draw,
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


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """The tables of all plans, one behind another in an array of ``size``: switches need no more of the whole table.

    Cell i is in column ``columns[i]`` of the row that begins at ``starts[i]``, both (cells,). What is in column c of
    that row belongs to body ``bodies[first[i] + c]``.
    """

    size: int
    starts: Ints
    columns: Ints
    first: Ints
    bodies: Ints

    @classmethod
    def of(cls, plans: Sequence[Part]) -> _Layout:
        sizes = [plan.tasks * plan.bodies.size for plan in plans]
        widths = [plan.bodies.size for plan in plans]
        cells = [plan.rows.size for plan in plans]
        begins, firsts = (np.cumsum([0, *of_plans])[:-1] for of_plans in (sizes, widths))
        return cls(
            sum(sizes),
            np.concatenate([plan.rows * plan.bodies.size for plan in plans]) + np.repeat(begins, cells),
            np.concatenate([plan.columns for plan in plans]),
            np.repeat(firsts, cells),
            np.concatenate([plan.bodies for plan in plans]),
        )


class _Groups:
    """Groups of rows, put together anew for each round: a switch is proposed in each of them at a time.

    The rows of a group are of one plan. ``count`` is how many groups there are.
    """

    def __init__(self, rows: Ints, plans: Ints) -> None:
        """Take the row of each cell, rising, and the plan of each row, those of a plan one after another."""
        self._first = np.searchsorted(rows, np.arange(plans.size + 1))
        self._plans = plans
        firsts = np.append(np.flatnonzero(np.diff(plans, prepend=-1)), plans.size)  # rows at which plans begin
        parts = [np.zeros(0, np.intp)]
        for begin, end in pairwise(firsts.tolist()):
            groups = min(end - begin, max(1, int(self._first[end] - self._first[begin]) // _CELLS))
            parts.append(begin + (end - begin) * np.arange(groups) // groups)
        self._begins = np.concatenate(parts)  # where groups begin among the rows in their order of the round
        self.count = self._begins.size

    def shuffled(self, bits: np.random.SFC64) -> tuple[Ints, Ints, npt.NDArray[np.uint64]]:
        """Put the rows of each plan in random order and cut them into groups.

        Return the cells by group, (cells,), at which of them each group begins and how many it has, (count,) both.
        """
        order = np.lexsort((bits.random_raw(self._plans.size), self._plans))
        lengths = np.diff(self._first)[order]
        before = np.cumsum(lengths) - lengths
        cells = np.arange(self._first[-1]) + np.repeat(self._first[order] - before, lengths)
        begins = before[self._begins]
        return cells, begins, np.diff(begins, append=cells.size).astype(np.uint64)


def _walk(
    layout: _Layout, out: Columns, kept: Ints, groups: _Groups, *, stops: Sequence[int], bits: np.random.SFC64
) -> int:
    """Advance ``len(out)`` chains side by side to the last stop; return how many switches were made.

    Writes the columns, of the whole table, where the cells end into ``out`` (chains, cells) and adds to ``kept``
    (stops,) the original cells still filled at each stop, which is a number of rounds.
    """
    chains, edges = out.shape
    lanes = np.arange(chains)[:, None]
    size, starts = layout.size, layout.starts
    cells = starts + layout.columns
    filled = np.zeros(chains * size, np.bool_)
    place = (lanes * size + cells).ravel()  # where in `filled` each cell of each chain is now
    filled[place] = True
    wide = chains * groups.count
    old, new, hit = np.empty((2, wide), np.intp), np.empty((2, wide), np.intp), np.empty((2, wide), np.bool_)
    crossed = old[::-1]
    done = accepted = 0
    for at, stop in enumerate(stops):
        for _ in range(stop - done):
            pairs, moves = _proposals(bits, starts, lanes * edges, groups)
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
        done = stop
        kept[at] += np.count_nonzero(filled.reshape(chains, size).take(cells, axis=1))
    out[:] = layout.bodies.take(place.reshape(chains, edges) - lanes * size + (layout.first - starts))
    return accepted


def _proposals(bits: np.random.SFC64, starts: Ints, offsets: Ints, groups: _Groups) -> tuple[Ints, Ints]:
    """Return for the steps of a round two cells of each group in each chain, and what to add to swap their columns.

    ``offsets`` is (chains, 1). Both arrays are (steps, 2, chains · groups): where in all chains together the cells
    are, and what to add to each other's place. Raw words are used because NumPy keeps those the same from release to
    release; a cell is picked with a probability that may be off by 2⁻³², alike for a switch and its reverse, so the
    draws stay exactly uniform.
    """
    cells, begins, counts = groups.shuffled(bits)
    half, shape = np.uint64(32), (len(offsets), groups.count)
    raw = bits.random_raw((_STEPS, *shape))
    picked = np.empty((_STEPS, 2, *shape), np.intp)
    picked[:, 0] = ((raw >> half) * counts) >> half
    picked[:, 1] = ((raw & np.uint64(0xFFFFFFFF)) * counts) >> half
    picked += begins
    pairs = cells.take(picked)
    rows = starts.take(pairs)
    moves = np.empty_like(rows)
    np.subtract(rows[:, 0], rows[:, 1], out=moves[:, 0])
    np.negative(moves[:, 0], out=moves[:, 1])
    pairs += offsets
    return pairs.reshape(_STEPS, 2, -1), moves.reshape(_STEPS, 2, -1)
