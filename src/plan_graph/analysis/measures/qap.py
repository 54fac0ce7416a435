"""QAP: whether two networks of the same bodies are more alike than they would be if bodies were taken at random.

Hubert 1987, Assignment Methods in Combinatorial Data Analysis; Krackhardt 1988, Social Networks 10:359–381. Ties of
one body depend on each other, so a correlation of all pairs cannot be tested as if pairs were independent. Here the
bodies of one network are permuted, rows and columns together, which keeps its structure and breaks the link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.matrix import Matrix, adjacency

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

PERMUTATIONS = 2000
_LOOKED_UP = 1 << 17  # ties of permuted networks at a time
_ALIKE = 1e-12  # a spread that is this part of the squares is rounding: 0.3 for each pair
_EQUAL = 1e-9  # sums of products that differ by this part are one sum, added up in another order


@dataclass(frozen=True, slots=True)
class Qap:
    """The correlation of two networks over ``nodes`` bodies, and what ``permutations`` of the bodies give.

    ``correlation`` is Pearson's over all pairs of two bodies, ordered where directed; ``mean`` and ``deviation`` are
    of the permuted networks. ``p_high`` is (1 + permutations that correlate at least so highly) / (permutations + 1),
    ``p_low`` the same for at most so highly; neither is ever 0 (Phipson & Smyth 2010, Statistical Applications in
    Genetics and Molecular Biology 9:39). All are ``None`` where one network is the same for all pairs.
    """

    nodes: int
    correlation: float | None
    mean: float | None
    deviation: float | None
    p_high: float | None
    p_low: float | None
    permutations: int


def qap(
    one: nx.Graph | nx.DiGraph,
    other: nx.Graph | nx.DiGraph,
    *,
    over: Literal["union", "common"] = "union",
    strength: str | None = "shared",
    permutations: int = PERMUTATIONS,
    seed: int = 0,
) -> Qap:
    """Correlate two networks, both directed or both not, and test it by seeded permutations.

    ``over`` says over which bodies: those of either network, where a body that one lacks has no tie in it, or those
    of both. ``strength`` names the value of a tie (``None``: 1 for each). Isolates are bodies like others.
    O(permutations · ties). :raises ValueError: if one network is directed and the other is not.
    """
    if one.is_directed() != other.is_directed():
        raise ValueError("QAP needs two directed or two undirected networks")
    nodes = sorted(set(one) | set(other) if over == "union" else set(one) & set(other))
    size = len(nodes)
    left, right = (adjacency(graph, strength, nodes=nodes) for graph in (one, other))
    pairs = size * (size - 1)
    sums = [each.sum() for each in (left, right)]
    squares = [pairs * (each * each).sum() for each in (left, right)]
    spread = [whole - each**2 for whole, each in zip(squares, sums, strict=True)]
    if any(each <= _ALIKE * whole for each, whole in zip(spread, squares, strict=True)):
        return Qap(size, None, None, None, None, None, permutations)

    def correlation(products: Floats) -> Floats:
        return np.asarray((pairs * products - sums[0] * sums[1]) / np.sqrt(spread[0] * spread[1]))

    observed = np.array([(left * right).sum()])
    drawn = np.array(list(_products(left, right, one.is_directed(), permutations, seed)))
    close = _EQUAL * max(1.0, abs(float(observed[0])))
    found = correlation(drawn)
    return Qap(
        nodes=size,
        correlation=float(correlation(observed)[0]),
        mean=float(found.mean()),
        deviation=float(found.std()),
        p_high=(1 + int((drawn >= observed - close).sum())) / (permutations + 1),
        p_low=(1 + int((drawn <= observed + close).sum())) / (permutations + 1),
        permutations=permutations,
    )


def _products(left: Matrix, right: Matrix, directed: bool, permutations: int, seed: int) -> Iterator[float]:
    """Yield the sum of products of the two networks for each permutation of the second.

    Only the ties of the first are looked up in the second, whose sums and squares no permutation changes; of an
    undirected network each tie once.
    """
    size = left.shape[0]
    if isinstance(left, np.ndarray):
        rows, columns = np.nonzero(left)
        values = left[rows, columns]
    else:
        rows = np.repeat(np.arange(size), np.diff(left.indptr))
        columns, values = left.indices, left.data
    if not directed:
        once = rows < columns
        rows, columns, values = rows[once], columns[once], 2 * values[once]
    generator = np.random.default_rng(seed)
    orders = (generator.permutation(size) for _ in range(permutations))
    if not isinstance(right, np.ndarray):
        for order in orders:
            yield float(values @ right[order[rows], order[columns]])
        return
    while block := list(islice(orders, max(1, _LOOKED_UP // max(1, len(rows), size)))):
        some = np.array(block)
        yield from (right[some[:, rows], some[:, columns]] @ values).tolist()
