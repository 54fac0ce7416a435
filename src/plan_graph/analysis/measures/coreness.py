"""Borgatti and Everett's continuous core: how near each body is to the core, rather than in it or not.

Borgatti & Everett 1999, Social Networks 21:375–395: in the ideal network the tie of two bodies is as strong as the
product of their coreness.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.matrix import Matrix, adjacency

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

STARTS = 2  # random beginnings beside the two that are computed
_ROUNDS = 1000
_STILL = 1e-10  # of the length of the vector: no coreness moves more
_EQUAL = 1e-12  # relative to the sum of squares: residuals that differ by less are equal, spread below is none


@dataclass(frozen=True, slots=True)
class Coreness:
    """The coreness of each body, at least 0, squares adding up to 1 (all 0 without ties), and how well it fits.

    ``fit`` is Pearson's correlation of the products of coreness with the ties over all pairs, ordered where directed;
    ``None`` where ties or products are the same for all pairs.
    """

    coreness: dict[str, float]
    fit: float | None


def coreness(
    graph: nx.Graph | nx.DiGraph, strength: str | None = "shared", *, starts: int = STARTS, seed: int = 0
) -> Coreness:
    """Return the coreness: c at least 0 with the smallest Σ (a_ij - c_i c_j)² over pairs, the diagonal left out.

    The criterion is least squares (MINRES; Comrey 1962, Psychological Reports 11:15–18; Boyd, Fitzgerald, Mahutga &
    Smith 2010, Social Networks 32:125–137), and not the correlation itself, which often has no best coreness: as it
    looks at neither level nor scale, it grows for ever while the coreness of one body outgrows all others, or while
    all become equal (so in Zachary's karate club).

    Found body by body, each set to its best value while the others stay, until nothing moves; from strengths,
    principal eigenvector and ``starts`` random beginnings drawn by ``seed``. The best is returned, and may be a local
    optimum. Isolates get 0. Components compete: what fits one does not fit the pairs between them. A star has no best
    coreness, only ever better ones: its middle ends far above the others. O(rounds · ties).
    """
    one_way = adjacency(graph, strength)
    found = minimal_residual((one_way + one_way.T) / 2, starts, seed)
    length = float(np.linalg.norm(found))
    scaled = found / length if length else found
    return Coreness(dict(zip(graph, scaled.tolist(), strict=True)), _correlation(one_way, scaled))


def minimal_residual(ties: Matrix, starts: int = STARTS, seed: int = 0) -> Floats:
    """Return the vector (bodies,) whose products come nearest to a symmetric matrix outside the diagonal."""
    strength = np.asarray(ties.sum(axis=1), dtype=float)
    squares = float((ties * ties).sum())
    if not squares:
        return strength
    generator = np.random.default_rng(seed)
    beginnings = [strength, _principal(ties, strength), *(generator.random(len(strength)) for _ in range(starts))]
    rows = [_row(ties, at) for at in range(len(strength))]
    best, least = strength, np.inf
    for beginning in beginnings:
        unit = beginning / np.linalg.norm(beginning)
        found = _settled(rows, unit * np.sqrt(max(float(unit @ (ties @ unit)), 1.0)))
        two = float(found @ found)
        left = squares - 2 * float(found @ (ties @ found)) + two**2 - float((found**4).sum())
        if left < least - _EQUAL * squares:
            best, least = found, left
    return best


def _settled(rows: list[tuple[Ints, Floats]], c: Floats) -> Floats:
    """Set each c_i to Σ_j a_ij c_j / Σ_j c_j² over the others, round by round, until nothing moves."""
    two = float(c @ c)
    for _ in range(_ROUNDS):
        moved = 0.0
        for at, (contacts, values) in enumerate(rows):
            before = float(c[at])
            others = two - before**2
            after = float(values @ c[contacts]) / others if others > 0 else 0.0
            c[at], two, moved = after, others + after**2, max(moved, abs(after - before))
        if moved <= _STILL * two**0.5:
            break
    return c


def _row(ties: Matrix, at: int) -> tuple[Ints, Floats]:
    """Return the contacts of a body and what it shares with each."""
    if isinstance(ties, np.ndarray):
        (contacts,) = np.nonzero(ties[at])
        return contacts, ties[at, contacts]
    span = slice(ties.indptr[at], ties.indptr[at + 1])
    return ties.indices[span], ties.data[span]


def _principal(ties: Matrix, strength: Floats, rounds: int = 100) -> Floats:
    """Return the principal eigenvector by power iteration; shifted, so that two-mode networks settle too."""
    found = np.ones(len(strength))
    for _ in range(rounds):
        found = np.asarray(ties @ found) + found * strength.mean()
        found = found / np.linalg.norm(found)
    return found


def _correlation(one_way: Matrix, c: Floats) -> float | None:
    """Return Pearson's correlation of a_ij with c_i c_j over ordered pairs."""
    pairs = len(c) * (len(c) - 1.0)
    ties, two = float(one_way.sum()), float(c @ c)
    products = float(c.sum()) ** 2 - two
    of_ties = pairs * float((one_way * one_way).sum()) - ties**2
    of_products = pairs * (two**2 - float((c**4).sum())) - products**2
    if min(of_ties, of_products) <= _EQUAL * pairs:
        return None
    return float((pairs * float(c @ (one_way @ c)) - ties * products) / np.sqrt(of_ties * of_products))
