"""Burt's structural holes: how far the contacts of a body lead to the same others, and to one of them above all.

Burt 1992, Structural Holes, chapter 2; constraint as in Burt 2004, American Journal of Sociology 110:349–399. What a
body shares with a contact, both directions together, is what it invests there; with ``strength`` None every tie is
one investment.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.matrix import Matrix, adjacency, masked_product

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Holes:
    """The structural holes around one body that has ``contacts`` (at least one).

    ``constraint`` is Σ_j c_ij over the contacts j with c_ij = (p_ij + Σ_q p_iq p_qj)², p the shares of investment.
    ``effective_size`` is the number of contacts less their redundancy Σ_j Σ_q p_iq m_jq, m what j invests in q over
    the most that j invests in anyone; ``efficiency`` is that per contact. ``hierarchy`` is Theil's index of the c_ij,
    Σ_j r_j ln r_j / (N ln N) with r_j = c_ij / (constraint / N): 0 where all N contacts constrain alike, towards 1
    where one does. With one contact the formula is 0/0, and it is 1, the convention of Burt's program Structure.
    """

    contacts: int
    constraint: float
    effective_size: float
    efficiency: float
    hierarchy: float


def structural_holes(graph: nx.Graph | nx.DiGraph, strength: str | None = "shared") -> dict[str, Holes | None]:
    """Return the structural holes around each body, ``None`` for isolates, where they have no meaning.

    Components do not touch each other's values. O(Σ_q degree(q)²) time; the empty graph gives an empty answer.
    """
    invested, shares, tied = _investments(graph, strength)
    dyads = _dyads(shares, tied)
    contacts = tied.sum(axis=1)
    constraint = dyads.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = _scaled(invested, 1 / _row_max(invested))
        effective = contacts - masked_product(shares, relative.T, tied).sum(axis=1)
        # Σ r ln r / (N ln N) with r = c N / C is (Σ c ln c / C + ln N - ln C) / ln N
        spread = _plogp(dyads).sum(axis=1) / constraint + np.log(contacts) - np.log(constraint)
        hierarchy = np.where(contacts == 1, 1.0, spread / np.log(contacts))
    columns = zip(graph, contacts, constraint, effective, hierarchy, strict=True)
    return {
        node: Holes(int(n), float(c), float(e), float(e / n), max(0.0, float(h))) if n else None
        for node, n, c, e, h in columns
    }


def constraint(graph: nx.Graph | nx.DiGraph, strength: str | None = "shared") -> dict[str, float]:
    """Return Burt's constraint of every body that has a tie; as in ``structural_holes``, without the rest.

    Own, because NetworkX 3.6 takes a node of a digraph without outgoing ties for an isolate, has two code paths
    (with SciPy and without), and takes a thousand times as long.
    """
    _, shares, tied = _investments(graph, strength)
    found = zip(graph, tied.sum(axis=1), _dyads(shares, tied).sum(axis=1), strict=True)
    return {node: float(value) for node, contacts, value in found if contacts}


def _investments(graph: nx.Graph | nx.DiGraph, strength: str | None) -> tuple[Matrix, Matrix, Matrix]:
    """Return what each body (row) and each other invest in each other, that as shares of the row, 1 where it is any."""
    one_way = adjacency(graph, strength)
    invested = one_way + one_way.T
    with np.errstate(divide="ignore"):
        shares = _scaled(invested, 1 / invested.sum(axis=1))
    return invested, shares, (invested != 0) * 1.0


def _dyads(shares: Matrix, tied: Matrix) -> Matrix:
    """Return the constraint that each contact (column) puts on each body (row), 0 where they are not tied."""
    spent = shares + masked_product(shares, shares, tied)
    return spent * spent


def _scaled(matrix: Matrix, factors: Floats) -> Matrix:
    """Return the matrix with each row multiplied by its factor; rows of isolates, whose factor is inf, stay 0."""
    kept = np.where(np.isfinite(factors), factors, 0.0)
    if isinstance(matrix, np.ndarray):
        return matrix * kept[:, np.newaxis]
    made = matrix.copy()
    made.data = made.data * np.repeat(kept, np.diff(made.indptr))
    return made


def _row_max(matrix: Matrix) -> Floats:
    if isinstance(matrix, np.ndarray):
        return np.asarray(np.max(matrix, axis=1, initial=0.0))
    return np.asarray(matrix.max(axis=1).toarray(), dtype=float).ravel()


def _plogp(matrix: Matrix) -> Matrix:
    if isinstance(matrix, np.ndarray):
        return matrix * np.log(np.where(matrix > 0, matrix, 1.0))
    made = matrix.copy()
    made.data = made.data * np.log(np.where(made.data > 0, made.data, 1.0))
    return made
