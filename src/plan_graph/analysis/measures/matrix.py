"""Networks as matrices, dense while they are small and sparse above, and the one product that most measures need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import networkx as nx
import numpy as np

DENSE = 1000  # nodes up to which a dense matrix is faster and SciPy need not be loaded
_BLOCK = 4_000_000  # cells of a product that are held at once

Matrix = Any  # numpy.ndarray or scipy.sparse.csr_array: both know @, * by element, + and .sum(axis)


def adjacency(
    graph: nx.Graph | nx.DiGraph,
    strength: str | None = "shared",
    *,
    nodes: Sequence[str] | None = None,
    dense: bool | None = None,
) -> Matrix:
    """Return the (nodes, nodes) matrix of the ties from row to column.

    ``nodes`` gives their order, by default the graph's; ties of others are left out, and a node that the graph lacks
    has none. ``strength`` names the attribute of a tie, 1 where a tie lacks it; ``None``: all ties count 1. Loops
    are left out. More than ``DENSE`` nodes give a sparse matrix, unless ``dense`` says otherwise.
    """
    number = {node: at for at, node in enumerate(graph if nodes is None else nodes)}
    ties = [
        (number[a], number[b], own.get(strength, 1))
        for a, b, own in graph.edges(data=True)
        if a != b and a in number and b in number
    ]
    if not graph.is_directed():
        ties += [(b, a, value) for a, b, value in ties]
    rows, columns, values = np.array(ties, dtype=float).reshape(-1, 3).T
    places = rows.astype(np.intp), columns.astype(np.intp)
    if dense if dense is not None else len(number) <= DENSE:
        made = np.zeros((len(number), len(number)))
        made[places] = values
        return made
    from scipy.sparse import coo_array

    return coo_array((values, places), shape=(len(number), len(number))).tocsr()


def masked_product(left: Matrix, right: Matrix, mask: Matrix) -> Matrix:
    """Return ``left @ right`` where ``mask`` has entries other than 0, multiplied by these.

    Sparse products are made in blocks of rows, as the whole of them may be nearly full: O(sum over the middle nodes
    of ties in · ties out) time, but O(ties) memory.
    """
    if isinstance(left, np.ndarray):
        return (left @ right) * mask
    from scipy.sparse import vstack

    size = left.shape[0]
    right = right.tocsr()
    step = max(1, _BLOCK // max(1, size))
    blocks = [(left[at : at + step] @ right) * mask[at : at + step] for at in range(0, size, step)]
    return vstack(blocks, format="csr") if blocks else left
