"""How sure the centrality and the rank of a body are: the same network from tasks drawn again with replacement.

The bootstrap over tasks (Efron & Tibshirani 1993, An Introduction to the Bootstrap) treats the tasks of a plan as
draws from what the same government might have written. A task drawn twice counts twice. A resample holds about 63 %
of the different tasks, so what counts different things (degree) is smaller in it than in the plan: its percentile
interval lies too low, and where hardly a resample reaches the plan's figure there is no BCa interval. Tasks, strength
and Newman's strength are sums and have no such bias.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from plan_graph.analysis.measures import paths
from plan_graph.analysis.measures.bipartite import Bipartite, Meetings, bipartite, meetings, tasks_of_pairs
from plan_graph.analysis.measures.resampling import resamples as resampled
from plan_graph.model.network import Membership

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

Centrality = Callable[[nx.Graph], Mapping[str, float]]
"""A value for each body of an undirected network whose ties have ``shared``, ``newman`` and ``distance``."""

FAST = ("tasks", "degree", "strength", "newman")

_CELLS = 1 << 22  # of resamples × pairs, held at once
_MOST_LEFT_OUT = 2000  # tasks up to which leaving out each in turn is cheap
_DECIMALS = 9  # to which values must differ to differ in rank


@dataclass(frozen=True, slots=True)
class BodyInterval:
    """One centrality of one body: in the plan, and over the resamples.

    ``low`` to ``high`` is the percentile interval, ``bca_low`` to ``bca_high`` the bias-corrected and accelerated
    one, ``None`` where it was not or cannot be made. Ranks count from 1 for the highest value; equals share the best
    rank. ``top`` is the share of resamples in which the body is among the first k ranks.
    """

    measure: str
    body: str
    label: str
    observed: float
    mean: float
    low: float
    high: float
    bca_low: float | None
    bca_high: float | None
    rank: int
    rank_low: int
    rank_high: int
    top: float
    resamples: int


def betweenness(graph: nx.Graph) -> Mapping[str, float]:
    """Return the betweenness of ``network.measures``: over lengths of 1/shared, equal ones seen as equal."""
    return paths.betweenness(graph)


def closeness(graph: nx.Graph) -> Mapping[str, float]:
    """Return the closeness of ``network.measures``: over distance = 1/shared, corrected for what is out of reach."""
    return dict(nx.closeness_centrality(graph, distance="distance"))


def bootstrap(
    rows: Iterable[Membership],
    *,
    year: int | None = None,
    centralities: Mapping[str, Centrality] | None = None,
    resamples: int = 1000,
    graph_resamples: int = 200,
    top: int = 10,
    level: float = 0.95,
    seed: int = 0,
) -> list[BodyInterval]:
    """Return an interval for each measure and single body, by measure, then by rank, then by id.

    ``resamples`` are made for tasks, degree, strength and newman (tasks shared with anyone, which is the sum of
    Newman's weights). ``centralities`` are others, such as ``{"betweenness": betweenness}``, each on a network a
    resample, so from the first ``graph_resamples`` of the same resamples only, and without BCa; a body that a
    resample lacks is an isolate there. BCa (Efron 1987, Journal of the American Statistical Association 82:171–185)
    is made for up to 2,000 tasks, the acceleration by leaving out each task in turn.

    O(resamples · cells) for the first four: 1,000 take some tenths of a second for the Liaoning plan. Raises
    ``InputError`` for resamples below 1 or a seed below 0.
    """
    grid = bipartite(rows, year)
    if not grid.bodies:
        return []
    parts = _Parts.of(grid)
    others = centralities or {}
    values: dict[str, list[Floats]] = {name: [] for name in (*FAST, *others)}
    at_once = max(1, _CELLS // max(1, parts.pairs.left.size))
    graphs_left = graph_resamples if others else 0
    for weights in resampled(len(grid.tasks), resamples, seed, at_once):
        for name, block in parts.fast(weights).items():
            values[name].append(block)
        for weight in weights[:graphs_left]:
            graph = parts.graph(weight)
            for name, centrality in others.items():
                values[name].append(_ordered(centrality(graph), grid))
        graphs_left = max(0, graphs_left - len(weights))
    whole = np.ones((1, len(grid.tasks)), np.int64)
    observed = {name: block[0] for name, block in parts.fast(whole).items()}
    observed |= {name: _ordered(centrality(parts.graph(whole[0])), grid)[0] for name, centrality in others.items()}
    without: dict[str, Floats] = {}
    if len(grid.tasks) <= _MOST_LEFT_OUT:
        without = parts.fast(1 - np.eye(len(grid.tasks), dtype=np.int64))
    found: list[BodyInterval] = []
    for name, blocks in values.items():
        drawn = np.concatenate(blocks)
        found += _intervals(name, grid, observed[name], drawn, without.get(name), top, level)
    return found


def ranks(values: Floats) -> Ints:
    """Return the rank of each column in each row, (rows, columns): 1 for the highest, equals share the best."""
    rounded = np.round(values, _DECIMALS)
    order = np.argsort(-rounded, axis=1, kind="stable")
    falling = np.take_along_axis(rounded, order, axis=1)
    first = np.zeros(values.shape, np.intp)
    first[:, 1:] = np.where(falling[:, 1:] != falling[:, :-1], np.arange(1, values.shape[1]), 0)
    found = np.empty(values.shape, np.intp)
    np.put_along_axis(found, order, np.maximum.accumulate(first, axis=1) + 1, axis=1)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """What all resamples need: ``holds`` tasks × pairs, ``ends`` pairs × bodies, ``others`` on each task."""

    grid: Bipartite
    pairs: Meetings
    holds: Any
    newman: Any
    ends: Any
    strength: Any
    met: Any

    @classmethod
    def of(cls, grid: Bipartite) -> _Parts:
        pairs = meetings(grid)
        holds = tasks_of_pairs(grid, pairs)
        count = pairs.left.size
        each = np.repeat(np.arange(count), 2)
        ends = csr_array(
            (np.ones(2 * count, np.int64), (each, np.stack([pairs.left, pairs.right], axis=1).ravel())),
            shape=(count, len(grid.bodies)),
            dtype=np.int64,
        )
        others = np.maximum(grid.sizes - 1, 0)
        shares = np.divide(1.0, others, out=np.zeros(others.size), where=others > 0)
        return cls(
            grid,
            pairs,
            holds,
            _scaled(holds, shares),
            ends,
            _scaled(grid.matrix, others),
            _scaled(grid.matrix, (others > 0).astype(np.int64)),
        )

    def fast(self, weights: Ints) -> dict[str, Floats]:
        """Return the measures that need no graph, each (resamples, bodies), for weights (resamples, tasks)."""
        tied = (weights @ self.holds > 0).astype(np.int64)
        found = (weights @ self.grid.matrix, tied @ self.ends, weights @ self.strength, weights @ self.met)
        return {name: np.asarray(values, np.float64) for name, values in zip(FAST, found, strict=True)}

    def graph(self, weight: Ints) -> nx.Graph:
        """Return the network of one resample, with all bodies as nodes."""
        graph = nx.Graph()
        for body, label in zip(self.grid.bodies, self.grid.labels, strict=True):
            graph.add_node(body, label=label)
        shared, newman = weight @ self.holds, weight @ self.newman
        for at in np.flatnonzero(shared).tolist():
            left, right = self.grid.bodies[self.pairs.left[at]], self.grid.bodies[self.pairs.right[at]]
            tasks = int(shared[at])
            graph.add_edge(left, right, shared=tasks, newman=float(newman[at]), distance=1 / tasks)
        return graph


def _scaled(matrix: Any, factors: Ints | Floats) -> Any:
    """Return a CSR array with each row times its factor."""
    data = matrix.data * np.repeat(factors, np.diff(matrix.indptr))
    return csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _ordered(values: Mapping[str, float], grid: Bipartite) -> Floats:
    return np.array([[values[body] for body in grid.bodies]], np.float64)


def _intervals(
    measure: str, grid: Bipartite, observed: Floats, drawn: Floats, without: Floats | None, top: int, level: float
) -> list[BodyInterval]:
    tails = [round((1 - level) / 2, 9), round((1 + level) / 2, 9)]
    low, high = np.quantile(drawn, tails, axis=0)
    own, places = ranks(observed[None])[0], ranks(drawn)
    rank_low, rank_high = np.quantile(places, tails, axis=0, method="inverted_cdf")
    often = (places <= top).mean(axis=0)
    mean = drawn.mean(axis=0)
    found: list[BodyInterval] = []
    for at in np.lexsort((np.arange(own.size), own)).tolist():
        bca = None if without is None else _bca(observed[at], drawn[:, at], without[:, at], level)
        found.append(
            BodyInterval(
                measure,
                grid.bodies[at],
                grid.labels[at],
                float(observed[at]),
                float(mean[at]),
                float(low[at]),
                float(high[at]),
                bca[0] if bca else None,
                bca[1] if bca else None,
                int(own[at]),
                int(rank_low[at]),
                int(rank_high[at]),
                float(often[at]),
                len(drawn),
            )
        )
    return found


def _bca(observed: float, drawn: Floats, without: Floats, level: float) -> tuple[float, float] | None:
    """Return the BCa interval; ``None`` where it needs percentiles further out than the resamples reach."""
    share = (np.count_nonzero(drawn < observed) + np.count_nonzero(drawn == observed) / 2) / drawn.size
    if not 0 < share < 1:
        return None
    normal = NormalDist()
    bias = normal.inv_cdf(share)
    away = without.mean() - without
    spread = float((away**2).sum())
    acceleration = float((away**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0
    points: list[float] = []
    for tail in ((1 - level) / 2, (1 + level) / 2):
        moved = bias + normal.inv_cdf(tail)
        points.append(normal.cdf(bias + moved / (1 - acceleration * moved)))
    if points[0] < 1 / drawn.size or points[1] > 1 - 1 / drawn.size:
        return None
    low, high = np.quantile(drawn, points)
    return float(low), float(high)
