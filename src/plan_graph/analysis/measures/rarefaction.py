"""Years of different size made comparable: figures of as many tasks from each as the smallest year has.

A year with more tasks has more bodies and more ties by that alone. Drawing the same number of tasks from each year
without replacement (rarefaction; by samples, which tasks are here, Gotelli & Colwell 2001, Ecology Letters 4:379–391)
takes that away. Mean numbers of bodies and ties need no draws: a body with w of N tasks is missed by n drawn ones
with chance C(N-w, n) / C(N, n) (the form of Hurlbert 1971, Ecology 52:577–586, with tasks as what is drawn; for
samples Ugland, Gray & Ellingsen 2003, Journal of Animal Ecology 72:888–897; Coleman's (1981, Mathematical Biosciences
54:191–215) is the binomial form of it); for a tie w is the number of tasks the two share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.bipartite import bipartite, meetings, tasks_of_pairs
from plan_graph.analysis.measures.resampling import subsets
from plan_graph.analysis.network import Layer, network
from plan_graph.errors import InputError
from plan_graph.model.network import Membership

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

Figure = Callable[[nx.Graph], float]
"""One number of a network as ``network.network`` makes it, of ``Layer.ANY``."""

BUILT_IN = ("bodies", "ties", "density", "degree", "strength")

_CELLS = 1 << 22  # of draws × pairs, held at once


@dataclass(frozen=True, slots=True)
class Rarefied:
    """One figure of one year at a common number of tasks.

    ``observed`` is of all ``tasks`` of the year; ``mean`` and the percentile interval ``low`` to ``high`` are of
    ``draws`` draws of ``size`` tasks. ``closed`` is the mean by the closed formula, for bodies and ties. The
    interval says how much the choice of tasks matters, not how sure a population is known: a year drawn whole has
    none.
    """

    year: int
    figure: str
    tasks: int
    size: int
    observed: float
    mean: float
    low: float
    high: float
    closed: float | None
    draws: int


def rarefy(
    rows: Iterable[Membership],
    *,
    size: int | None = None,
    draws: int = 1000,
    seed: int = 0,
    level: float = 0.95,
    figures: Mapping[str, Figure] | None = None,
    figure_draws: int = 200,
) -> list[Rarefied]:
    """Compare the years of ``rows`` at ``size`` tasks (default: those of the smallest year), single bodies only.

    Tasks that name collectives alone are drawn too. Built in, from ``draws`` draws: bodies, ties, density, and the
    means of degree and strength over the bodies drawn. ``figures`` are others by name, such as a centralisation,
    from the first ``figure_draws`` of the same draws, each of which takes a network. Rows without a year are left
    out.

    Raises ``InputError`` for a size below 1 or above the smallest year, draws below 1, a seed below 0.
    """
    by_year: dict[int, list[Membership]] = defaultdict(list)
    for row in rows:
        if row.year is not None:
            by_year[row.year].append(row)
    if not by_year:
        return []
    smallest = min(len({row.task for row in own}) for own in by_year.values())
    chosen = smallest if size is None else size
    if not 1 <= chosen <= smallest:
        raise InputError(
            f"{chosen} tasks cannot be drawn from every year; ask for 1 to {smallest}, the tasks of the smallest",
            f"不能从每一年都抽取 {chosen} 项任务，请在 1 到 {smallest}（任务最少一年的项数）之间取",
        )
    found: list[Rarefied] = []
    for year, own in sorted(by_year.items()):
        found += _year(year, own, chosen, draws, seed, level, figures or {}, min(draws, figure_draws))
    return found


def expected_seen(counts: Ints, total: int, size: int) -> float:
    """Return how many of the things that ``counts`` of ``total`` tasks hold are seen in ``size`` of them, on average.

    Sum over things of 1 - C(total - count, size) / C(total, size), the second term as the product of
    (total - size - i) / (total - i) over i < count, so that all digits are kept.
    """
    values, how_many = np.unique(np.asarray(counts, np.intp), return_counts=True)
    left = np.arange(total, total - int(values.max(initial=0)), -1)  # total - i
    with np.errstate(divide="ignore"):
        factors = np.log1p(-np.minimum(size / left, 1.0))
    missed = np.concatenate([[0.0], np.cumsum(factors)])[values]  # logarithms
    return float(how_many @ -np.expm1(missed))


def _year(
    year: int,
    rows: list[Membership],
    size: int,
    draws: int,
    seed: int,
    level: float,
    figures: Mapping[str, Figure],
    figure_draws: int,
) -> list[Rarefied]:
    grid = bipartite(rows)
    pairs = meetings(grid)
    holds = tasks_of_pairs(grid, pairs)
    total = len(grid.tasks)
    by_task: dict[str, list[Membership]] = defaultdict(list)
    for row in rows:
        by_task[row.task].append(row)
    blocks: list[Floats] = []
    graphs: list[list[float]] = []
    for drawn in subsets(total, size, draws, seed, max(1, _CELLS // max(1, pairs.left.size, len(grid.bodies)))):
        weights = np.zeros((len(drawn), total), np.int64)
        np.put_along_axis(weights, drawn, 1, axis=1)
        blocks.append(_figures((weights @ grid.matrix > 0).sum(axis=1), weights @ holds))
        for tasks in drawn[: figure_draws - len(graphs)] if figures else ():
            graph = network([row for at in tasks.tolist() for row in by_task[grid.tasks[at]]], Layer.ANY)
            graphs.append([float(figure(graph)) for figure in figures.values()])
    values = np.concatenate(blocks)
    whole = _figures(np.array([len(grid.bodies)]), pairs.shared[None])[0]
    closed = {
        "bodies": expected_seen(grid.workloads, total, size),
        "ties": expected_seen(pairs.shared, total, size),
    }
    found = [
        _rarefied(year, name, total, size, float(whole[at]), values[:, at], level, closed.get(name))
        for at, name in enumerate(BUILT_IN)
    ]
    if figures:
        everything = network(rows, Layer.ANY)
        for at, (name, figure) in enumerate(figures.items()):
            column = np.array([row[at] for row in graphs])
            found.append(_rarefied(year, name, total, size, float(figure(everything)), column, level, None))
    return found


def _figures(bodies: Ints, shared: Ints) -> Floats:
    """Return the built-in figures, (draws, figures), of bodies (draws,) and shared tasks (draws, pairs)."""
    ties, strength = (shared > 0).sum(axis=1), shared.sum(axis=1)
    possible = np.maximum(bodies * (bodies - 1) / 2, 1)
    each = 2 / np.maximum(bodies, 1)
    return np.stack([bodies, ties, ties / possible, ties * each, strength * each], axis=1)


def _rarefied(
    year: int, name: str, tasks: int, size: int, observed: float, values: Floats, level: float, closed: float | None
) -> Rarefied:
    low, high = np.quantile(values, [round((1 - level) / 2, 9), round((1 + level) / 2, 9)])
    return Rarefied(
        year, name, tasks, size, observed, float(values.mean()), float(low), float(high), closed, values.size
    )
