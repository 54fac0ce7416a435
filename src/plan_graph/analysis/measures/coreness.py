"""Borgatti and Everett's continuous core: how near each body is to the core, rather than in it or not.

Borgatti & Everett 1999, Social Networks 21:375–395, section on continuous models: in the ideal network the tie of two
bodies is as strong as the product of their coreness.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.matrix import Matrix, adjacency

Floats = npt.NDArray[np.float64]

_EQUAL = 1e-12  # fits that differ by less are equal


@dataclass(frozen=True, slots=True)
class Coreness:
    """The coreness of each body, at least 0, squares adding up to 1, and the ``fit`` of its products to the ties.

    ``None`` and empty where all pairs are alike.
    """

    coreness: dict[str, float]
    fit: float | None


def coreness(
    graph: nx.Graph | nx.DiGraph, strength: str | None = "shared", *, starts: int = 4, seed: int = 0
) -> Coreness:
    """Return the continuous coreness: c at least 0 so that c_i c_j correlates best with the ties.

    Found by L-BFGS-B with the exact gradient from the strengths, the principal eigenvector and ``starts`` random
    beginnings drawn by ``seed``; the best is returned. A local optimum is possible. Isolates get about 0.
    O(iterations · ties).
    """
    one_way = adjacency(graph, strength)
    both = one_way + one_way.T
    found, fit = optimise(both, (float(one_way.sum()), float((one_way * one_way).sum())), starts, seed)
    if not np.isfinite(fit):
        return Coreness({}, None)
    return Coreness(dict(zip(graph, found.tolist(), strict=True)), fit)


def optimise(both: Matrix, whole: tuple[float, float], starts: int = 0, seed: int = 0) -> tuple[Floats, float]:
    """Return the coreness (bodies,) and its fit, nan where all pairs are alike.

    ``both`` is a_ij + a_ji; ``whole`` are the sums of a_ij and of a_ij² over ordered pairs.
    """
    size, strength = both.shape[0], np.asarray(both.sum(axis=1), dtype=float)
    pairs = size * (size - 1.0)
    varies = pairs * whole[1] - whole[0] ** 2
    if varies <= _EQUAL:
        return strength, float("nan")
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    def loss(c: Floats) -> tuple[float, Floats]:
        """Return minus the fit of the products of ``c``, and its gradient."""
        with_all = np.asarray(both @ c)
        one, two = c.sum(), (c * c).sum()
        product, sums, squares = c @ with_all / 2, one**2 - two, two**2 - (c**4).sum()
        above, below = pairs * product - whole[0] * sums, pairs * squares - sums**2
        if below <= _EQUAL:  # all products alike: no fit, and nowhere to go
            return 0.0, np.zeros(size)
        root = np.sqrt(varies * below)
        slope = pairs * with_all - 2 * whole[0] * (one - c)
        bend = 4 * pairs * (two * c - c**3) - 4 * sums * (one - c)
        return float(-above / root), np.asarray(-(slope - above / (2 * below) * bend) / root)

    generator = np.random.default_rng(seed)
    beginnings = [strength, _principal(both, strength), *(generator.random(size) for _ in range(starts))]
    best, top = strength, -np.inf
    for beginning in beginnings:
        found = minimize(
            loss,
            beginning / np.linalg.norm(beginning),
            jac=True,
            method="L-BFGS-B",
            bounds=[(0, None)] * size,
            options={"gtol": 1e-10, "ftol": 1e-15, "maxiter": 5000, "maxfun": 20000},
        )
        if -found.fun > top + _EQUAL:
            best, top = found.x / np.linalg.norm(found.x), float(-found.fun)
    return best, top


def _principal(both: Matrix, strength: Floats, rounds: int = 100) -> Floats:
    """Return the principal eigenvector by power iteration; shifted, so that two-mode networks settle too."""
    found = np.ones(len(strength))
    for _ in range(rounds):
        found = np.asarray(both @ found) + found * strength.mean()
        found = found / np.linalg.norm(found)
    return found
