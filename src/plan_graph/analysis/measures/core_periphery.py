"""Borgatti and Everett's core and periphery: how far a network is a dense core to which the rest is tied.

Borgatti & Everett 1999, Social Networks 21:375–395. A network is compared, pair of bodies by pair, with an ideal one;
the fit is Pearson's correlation of the two. Directed networks are compared over ordered pairs with the same ideal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.coreness import minimal_residual
from plan_graph.analysis.measures.matrix import Matrix, adjacency

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

Crossing = Literal["tied", "ignored"]

ENUMERATED = 16  # nodes up to which every division is tried
STARTS = 20  # random beginnings of the search above that
_LOOKAHEAD = 50  # moves without a better fit after which a search turns back
_EQUAL = 1e-12  # fits that differ by less are equal


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """The division that fits best: the bodies of the ``core``, and its ``fit``, from -1 to 1.

    ``exact`` says that every division was tried; otherwise a better one may exist. Without a core and with fit
    ``None`` where no division can be compared: fewer than three bodies, or all pairs alike.
    """

    core: frozenset[str]
    fit: float | None
    exact: bool


def core_periphery(
    graph: nx.Graph | nx.DiGraph,
    strength: str | None = "shared",
    *,
    crossing: Crossing = "tied",
    starts: int = STARTS,
    seed: int = 0,
) -> CorePeriphery:
    """Return the discrete core.

    In the ideal network all bodies of the core are tied, none of the periphery are; between the two all are
    (``crossing`` "tied") or the pairs are left out of the correlation ("ignored", the paper's missing values; then few
    pairs may be left to compare, and several cores fit alike). Components and isolates are compared like all others.

    Up to ``ENUMERATED`` bodies every division is tried, and of equal ones the largest core taken: O(2ⁿ n²). Above,
    moves of one body at a time go on past worse divisions to better ones (Kernighan & Lin 1970, Bell System Technical
    Journal 49:291–307), from the best cuts of the bodies ranked by strength, by coreness, and ``starts`` times by
    strength with noise drawn by ``seed``: the best of all is returned, of equals the first. O(starts · moves · nodes).
    """
    nodes = list(graph)
    cells = _cells(adjacency(graph, strength), crossing)
    exact = len(nodes) <= ENUMERATED
    best = _enumerate(cells) if exact else _search(cells, _beginnings(cells, starts, seed))
    fit = cells.fit(best)
    if not np.isfinite(fit):
        return CorePeriphery(frozenset(), None, exact)
    core = frozenset(node for node, inside in zip(nodes, best.tolist(), strict=True) if inside)
    return CorePeriphery(core, fit, exact)


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """The pairs of bodies, and how well a division fits them.

    ``both`` is a_ij + a_ji, ``squares`` a_ij² + a_ji², (bodies, bodies): as the ideal is symmetric, that is all a fit
    needs. ``strength`` and ``spread`` are their row sums, ``whole`` their sums over all pairs.
    """

    both: Matrix
    squares: Matrix
    strength: Floats
    spread: Floats
    whole: tuple[float, float]
    crossing: Crossing

    @property
    def size(self) -> int:
        """The number of bodies."""
        return len(self.strength)

    def within(self, core: Bools) -> tuple[Floats, Floats, float, float, float]:
        """Return what each body has with the core, values and squares; the sums within the core, and across."""
        inside = core.astype(float)
        values, squares = np.asarray(self.both @ inside), np.asarray(self.squares @ inside)
        return values, squares, float(values[core].sum() / 2), float(values[~core].sum()), float(squares[~core].sum())

    def fit(self, core: Bools) -> float:
        """Return the fit of one division; nan where it cannot be compared."""
        return float(self.fits(np.array(core.sum(), dtype=float), *map(np.asarray, self.within(core)[2:])))

    def fits(self, core: Floats, inner: Floats, across: Floats, across_squares: Floats) -> Floats:
        """Return the fits of divisions with ``core`` bodies in the core; nan where ideal or network do not vary.

        ``inner`` is the sum within the core, ``across`` and ``across_squares`` are between it and the periphery.
        """
        rest = self.size - core
        if self.crossing == "tied":
            cells, ones = np.full_like(core, self.size * (self.size - 1)), core * (core - 1) + 2 * core * rest
            total, squares, hit = np.full_like(core, self.whole[0]), np.full_like(core, self.whole[1]), inner + across
        else:
            cells, ones = core * (core - 1) + rest * (rest - 1), core * (core - 1)
            total, squares, hit = self.whole[0] - across, self.whole[1] - across_squares, inner
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = (cells * squares - total**2) * (cells * ones - ones**2)
            fit = (cells * hit - total * ones) / np.sqrt(spread)
        return np.where(spread > _EQUAL, fit, np.nan)


def _cells(one_way: Matrix, crossing: Crossing) -> _Cells:
    both, squares = one_way + one_way.T, one_way * one_way + one_way.T * one_way.T
    strength, spread = (np.asarray(each.sum(axis=1), dtype=float) for each in (both, squares))
    return _Cells(both, squares, strength, spread, (float(strength.sum() / 2), float(spread.sum() / 2)), crossing)


def _enumerate(cells: _Cells) -> Bools:
    """Return the best of all divisions: of equals the largest core, then the earliest bodies."""
    size = cells.size
    inside = ((np.arange(2**size)[:, None] >> np.arange(size)) & 1).astype(float)
    values, squares = inside @ cells.both, inside @ cells.squares
    fits = cells.fits(
        inside.sum(axis=1),
        (values * inside).sum(axis=1) / 2,
        (values * (1 - inside)).sum(axis=1),
        (squares * (1 - inside)).sum(axis=1),
    )
    if not np.isfinite(fits).any():
        return np.zeros(size, dtype=bool)
    best = np.flatnonzero(fits >= np.nanmax(fits) - _EQUAL)
    at = min(best.tolist(), key=lambda number: (-number.bit_count(), [-bit for bit in inside[number]]))
    return np.asarray(inside[at] == 1)


def _beginnings(cells: _Cells, starts: int, seed: int) -> Iterator[Bools]:
    generator = np.random.default_rng(seed)
    yield _best_cut(cells, cells.strength)
    yield _best_cut(cells, minimal_residual(cells.both / 2, starts=0))
    for _ in range(starts):
        yield _best_cut(cells, cells.strength * generator.lognormal(sigma=1, size=cells.size))


def _best_cut(cells: _Cells, rank: Floats) -> Bools:
    """Return the best of all cores that are the first bodies by rank. O(ties + bodies · log bodies)."""
    order = np.argsort(-rank, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(cells.size)
    rows, columns = cells.both.nonzero()
    joins = np.maximum(place[rows], place[columns])  # the size of the core, less one, from which on a tie is within
    sums: list[Floats] = []
    for matrix, totals in ((cells.both, cells.strength), (cells.squares, cells.spread)):
        inner: Floats = np.cumsum(np.bincount(joins, np.asarray(matrix[rows, columns]).ravel() / 2, cells.size))
        sums += [inner, np.asarray(np.cumsum(totals[order]) - 2 * inner)]
    fits = cells.fits(np.arange(1, cells.size + 1, dtype=float), sums[0], sums[1], sums[3])
    size = int(np.argmax(np.where(np.isfinite(fits), fits, -np.inf))) + 1
    return place < size


def _search(cells: _Cells, beginnings: Iterator[Bools]) -> Bools:
    """Return the best division that moves from any of the beginnings reach."""
    best, top = np.zeros(cells.size, dtype=bool), -np.inf
    for beginning in beginnings:
        core, fit = beginning, cells.fit(beginning)
        while (found := _moved(cells, core, fit)) is not None:
            core, fit = found
        if fit > top + _EQUAL:
            best, top = core, fit
    return best


def _moved(cells: _Cells, core: Bools, fit: float) -> tuple[Bools, float] | None:
    """Move bodies one by one, each at most once, always to the best fit; return the best on the way if it is better."""
    core, best, top = core.copy(), None, fit if np.isfinite(fit) else -np.inf
    free = np.ones(cells.size, dtype=bool)
    values, squares, inner, across, across_squares = cells.within(core)
    since = 0
    while free.any() and since < _LOOKAHEAD:
        sign = np.where(core, -1.0, 1.0)  # a body of the core leaves it, another joins it
        inners, acrosses = inner + sign * values, across + sign * (cells.strength - 2 * values)
        acrosses_squares = across_squares + sign * (cells.spread - 2 * squares)
        fits = cells.fits(core.sum() + sign, inners, acrosses, acrosses_squares)
        fits = np.where(free & np.isfinite(fits), fits, -np.inf)
        at = int(np.argmax(fits))
        inner, across, across_squares = float(inners[at]), float(acrosses[at]), float(acrosses_squares[at])
        values = values + sign[at] * _row(cells.both, at)
        squares = squares + sign[at] * _row(cells.squares, at)
        core[at], free[at] = not core[at], False
        since += 1
        if fits[at] > top + _EQUAL:
            best, top, since = core.copy(), float(fits[at]), 0
    return None if best is None else (best, top)


def _row(matrix: Matrix, at: int) -> Floats:
    if isinstance(matrix, np.ndarray):
        return np.asarray(matrix[at], dtype=float)
    made = np.zeros(matrix.shape[1])
    span = slice(matrix.indptr[at], matrix.indptr[at + 1])
    made[matrix.indices[span]] = matrix.data[span]
    return made
