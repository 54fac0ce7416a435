"""Figures of the whole network beside those of networks in which every workload and every list is as long as here.

The matrices are those of the null model of pairs (``nullmodel``): tasks × bodies with fixed row and column sums. What
a projection of lists has by its making (every list is a clique) is in them too, so that a difference is not of that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.communities import louvain, modularity
from plan_graph.analysis.nullmodel import SWITCHES_PER_EDGE, Chains, incidence
from plan_graph.analysis.significance import benjamini_hochberg
from plan_graph.model.network import Membership

Floats = npt.NDArray[np.float64]

FIGURES = ("ties", "path", "transitivity", "centralisation", "modularity")
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Against:
    """One figure, and the mean and percentile 95 % interval of ``draws`` matrices.

    ``p`` is two-sided, twice the smaller of (1 + draws at least so high) and (1 + draws at most so high) over
    draws + 1, at most 1; ``q`` is by Benjamini–Hochberg over the figures.
    """

    observed: float
    mean: float
    low: float
    high: float
    p: float
    q: float
    draws: int


def against(rows: Iterable[Membership], draws: int, seed: int) -> dict[str, Against]:
    """Compare ties, mean path length and transitivity, degree centralisation, and modularity of one Louvain run.

    A figure that has no meaning here or in a draw (of fewer than three bodies, without ties) is left out. For some
    hundred bodies: O(draws · tasks · bodies²). ``seed`` is of the draws and of Louvain.
    """
    grid = incidence(rows)
    chains = Chains(grid, draws, seed, SWITCHES_PER_EDGE)
    observed = _figures(grid.matrix, seed)
    tasks, bodies = chains.shape
    drawn: list[Floats] = []
    for block in chains:
        for columns in block:
            matrix = np.zeros((tasks, bodies), np.bool_)
            matrix[chains.rows, columns] = True
            drawn.append(_figures(matrix, seed))
    values = np.array(drawn)
    kept = [at for at in range(len(FIGURES)) if np.isfinite(observed[at]) and np.isfinite(values[:, at]).all()]
    above = 1 + (values >= observed - _SAME).sum(axis=0)
    below = 1 + (values <= observed + _SAME).sum(axis=0)
    p = np.minimum(1.0, 2 * np.minimum(above, below) / (draws + 1))[kept]
    q = benjamini_hochberg(p)
    low, high = np.quantile(values[:, kept], [0.025, 0.975], axis=0)
    return {
        FIGURES[at]: Against(
            float(observed[at]),
            float(values[:, at].mean()),
            float(low[number]),
            float(high[number]),
            float(p[number]),
            float(q[number]),
            draws,
        )
        for number, at in enumerate(kept)
    }


def _figures(matrix: npt.NDArray[np.bool_], seed: int) -> Floats:
    """Return the figures of one matrix of tasks × bodies, nan where one has no meaning."""
    from scipy.sparse.csgraph import connected_components, shortest_path

    filled = matrix.astype(np.float64)
    shared = filled.T @ filled
    np.fill_diagonal(shared, 0)
    tied = (shared > 0).astype(np.float64)
    degree = tied.sum(axis=1)
    size, ties = len(degree), degree.sum() / 2
    if size < 3 or not ties:
        return np.array([ties, np.nan, np.nan, np.nan, np.nan])
    _, part = connected_components(tied, directed=False)
    giant = part == np.bincount(part).argmax()
    steps = shortest_path(tied[np.ix_(giant, giant)], unweighted=True, directed=False)
    inside = int(giant.sum())
    triples = float((degree * (degree - 1)).sum())
    flat = nx.Graph()
    flat.add_nodes_from(map(str, range(size)))
    one, other = np.nonzero(np.triu(shared))
    flat.add_edges_from(
        (str(a), str(b), {"shared": shared[a, b]}) for a, b in zip(one.tolist(), other.tolist(), strict=True)
    )
    return np.array(
        [
            ties,
            steps.sum() / (inside * (inside - 1)),
            float(((tied @ tied) * tied).sum()) / triples if triples else 0.0,
            float((degree.max() - degree).sum()) / ((size - 1) * (size - 2)),
            modularity(flat, louvain(flat, seed)),
        ]
    )
