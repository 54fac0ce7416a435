"""Gould and Fernandez' brokerage: whom a body connects that are not connected otherwise, by group.

Gould & Fernandez 1989, Sociological Methodology 19:89–126. A body j brokers from i to k if i → j and j → k, but not
i → k. Which role it plays depends on the groups of the three. The null model has the same groups and the same
density d, each arc being there or not by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.matrix import Matrix, adjacency, masked_product

Floats = npt.NDArray[np.float64]


class BrokerRole(Enum):
    """The five roles of a broker, and all of them together; the value is the name in the paper and in R's sna."""

    COORDINATOR = "w_I"  # all three in one group
    ITINERANT = "w_O"  # the broker between two of one other group; also consultant
    REPRESENTATIVE = "b_IO"  # from the broker's own group to another
    GATEKEEPER = "b_OI"  # from another group into the broker's own
    LIAISON = "b_O"  # three groups
    TOTAL = "t"


@dataclass(frozen=True, slots=True)
class Score:
    """How often a role is played, and what the null model expects.

    ``expected`` and ``deviation`` are the mean and standard deviation under the null model, ``z`` is (count -
    expected) / deviation, ``None`` where the role cannot vary, as in a group of one.
    """

    count: int
    expected: float
    deviation: float
    z: float | None


@dataclass(frozen=True, slots=True)
class Brokerage:
    """The brokerage of each body and of the network, by role; ``sizes`` is the number of bodies in each group."""

    bodies: dict[str, dict[BrokerRole, Score]]
    network: dict[BrokerRole, Score]
    sizes: dict[str, int]
    density: float


def brokerage(graph: nx.DiGraph, groups: Mapping[str, str]) -> Brokerage:
    """Return who brokers how often in which role; ``groups`` gives the group of every node.

    Isolates are counted in the sizes of groups and broker nothing; strengths of ties play no part. Expected values
    and deviations of the bodies are those of R's sna, and so are the expected values of the network. Its deviations
    are exact here; in sna 2.7 the variances of w_I, b_IO, b_OI and t leave out pairs of brokerages that exclude each
    other, and are too large.
    O(Σ_i ties(i)² + groups³). :raises ValueError: for an undirected network or a node without a group.
    """
    if not graph.is_directed():
        raise ValueError("brokerage needs a directed network: who comes first makes the role")
    missing = [node for node in graph if node not in groups]
    if missing:
        raise ValueError(f"no group is given for {missing[0]}")
    names = sorted({groups[node] for node in graph})
    number = {name: at for at, name in enumerate(names)}
    member = np.array([number[groups[node]] for node in graph], dtype=np.intp)
    sizes = np.bincount(member, minlength=len(names))
    nodes = len(member)
    density = graph.number_of_edges() / (nodes * (nodes - 1)) if nodes > 1 else 0.0
    counts = _counts(adjacency(graph, None), member)
    of_group = {role: _body_moments(_pattern(role, len(names)), sizes, density) for role in BrokerRole}
    whole = {role: _network_moments(_pattern(role, len(names)), sizes, density) for role in BrokerRole}
    return Brokerage(
        bodies={
            node: {
                role: _score(counts[role][at], of_group[role][0][group], of_group[role][1][group])
                for role in BrokerRole
            }
            for at, (node, group) in enumerate(zip(graph, member.tolist(), strict=True))
        },
        network={role: _score(counts[role].sum(), *whole[role]) for role in BrokerRole},
        sizes=dict(zip(names, sizes.tolist(), strict=True)),
        density=density,
    )


def _score(count: float, expected: float, variance: float) -> Score:
    deviation = float(np.sqrt(max(variance, 0.0)))
    return Score(round(count), float(expected), deviation, float((count - expected) / deviation) if deviation else None)


def _counts(arcs: Matrix, member: npt.NDArray[np.intp]) -> dict[BrokerRole, Floats]:
    """Return how often each node plays each role.

    Open triples are counted by which two of the three are in one group, and the roles follow: with all, both the
    first and the last two, and so on, the triples that begin and end in one group include those of one group only.
    """
    size, groups = len(member), int(member.max(initial=-1)) + 1
    inside = _within(arcs, member)
    one_hot = np.zeros((size, groups))
    one_hot[np.arange(size), member] = 1
    ends = (np.asarray(arcs.T @ one_hot) * np.asarray(arcs @ one_hot)).sum(axis=1)
    mutual = np.asarray((arcs * arcs.T).sum(axis=1))
    mutual_inside = np.asarray((inside * inside.T).sum(axis=1))
    everything = _open(arcs, arcs, arcs, mutual)
    first = _open(inside, arcs, arcs, mutual_inside)
    last = _open(arcs, inside, arcs, mutual_inside)
    one_group = _open(inside, inside, inside, mutual_inside)
    outer = ends - mutual - _closed(arcs, arcs, inside)
    return {
        BrokerRole.COORDINATOR: one_group,
        BrokerRole.ITINERANT: outer - one_group,
        BrokerRole.REPRESENTATIVE: first - one_group,
        BrokerRole.GATEKEEPER: last - one_group,
        BrokerRole.LIAISON: everything - first - last - outer + 2 * one_group,
        BrokerRole.TOTAL: everything,
    }


def _within(arcs: Matrix, member: npt.NDArray[np.intp]) -> Matrix:
    """Return the arcs inside groups."""
    if isinstance(arcs, np.ndarray):
        return arcs * (member[:, np.newaxis] == member)
    made = arcs.copy()
    made.data = made.data * (np.repeat(member, np.diff(arcs.indptr)) == member[arcs.indices])
    made.eliminate_zeros()
    return made


def _open(into: Matrix, out: Matrix, closing: Matrix, mutual: Floats) -> Floats:
    """Return for each j the pairs i ≠ k with i → j, j → k and no arc i → k; ``mutual`` counts the pairs with i = k."""
    paths = np.asarray(into.sum(axis=0)) * np.asarray(out.sum(axis=1))
    return np.asarray(paths - mutual - _closed(into, out, closing))


def _closed(into: Matrix, out: Matrix, closing: Matrix) -> Floats:
    """Return for each j the number of pairs with i → j, j → k and i → k."""
    return np.asarray(masked_product(into.T, closing, out).sum(axis=1))


def _pattern(role: BrokerRole, groups: int) -> Floats:
    """Return which groups (first, broker, last) make the role: 1 or 0, (groups, groups, groups)."""
    at = np.arange(groups)
    first, broker, last = at[:, None, None], at[None, :, None], at[None, None, :]
    made = {
        BrokerRole.COORDINATOR: (first == broker) & (broker == last),
        BrokerRole.ITINERANT: (first == last) & (first != broker),
        BrokerRole.REPRESENTATIVE: (first == broker) & (broker != last),
        BrokerRole.GATEKEEPER: (first != broker) & (broker == last),
        BrokerRole.LIAISON: (first != broker) & (broker != last) & (first != last),
        BrokerRole.TOTAL: np.ones((groups, groups, groups), dtype=bool),
    }[role]
    return np.asarray(made, dtype=float)


def _choices(pattern: Floats, sizes: npt.NDArray[np.intp]) -> tuple[Floats, Floats, Floats]:
    """Return how many third nodes complete two given ones, by the groups of these: last, first, broker missing."""
    same = np.eye(len(sizes))
    last = np.einsum("abc,abc->ab", pattern, sizes - same[:, None, :] - same[None, :, :])
    first = np.einsum("abc,abc->bc", pattern, sizes[:, None, None] - same[:, :, None] - same[:, None, :])
    broker = np.einsum("abc,abc->ac", pattern, sizes[None, :, None] - same[:, :, None] - same[None, :, :])
    return last, first, broker


def _body_moments(pattern: Floats, sizes: npt.NDArray[np.intp], d: float) -> tuple[Floats, Floats]:
    """Return mean and variance of the count of one broker, by its group, each (groups,).

    Two brokerages of one body depend on each other if they begin or end with the same arc: covariance d³(1 - d)³.
    """
    last, first, _ = _choices(pattern, sizes)
    others = sizes[:, None] - np.eye(len(sizes))  # nodes of the first group beside the broker, by its group
    number = (others * last).sum(axis=0)
    chance = d**2 * (1 - d)
    sharing = (others * last * (last - 1)).sum(axis=0) + (others.T * first * (first - 1)).sum(axis=1)
    return number * chance, number * chance * (1 - chance) + sharing * d**3 * (1 - d) ** 3


def _network_moments(pattern: Floats, sizes: npt.NDArray[np.intp], d: float) -> tuple[float, float]:
    """Return mean and variance of the count of the whole network.

    Each brokerage rests on three arcs: into the broker, out of it, and the closing one, which must be missing. Two
    brokerages that share an arc depend on each other. Where the arc is present in both, the covariance is d³(1 -
    d)³; where it is missing in both, d⁵(1 - d); where one needs it and the other must not have it, they exclude each
    other: -d⁴(1 - d)². Two brokerages of the same three nodes can share two arcs, one needed in each and missing in
    the other; counted arc by arc, such a pair comes twice, so it is taken off once.
    """
    last, first, broker = _choices(pattern, sizes)
    pairs = sizes[:, None] * (sizes - np.eye(len(sizes)))
    number = (pairs * last).sum()
    needed = (pairs * (last * (last - 1) + first * (first - 1) + 2 * last * first)).sum()
    missing = (pairs * broker * (broker - 1)).sum()
    triples = pairs[:, :, None] * (sizes - np.eye(len(sizes))[:, None, :] - np.eye(len(sizes))[None, :, :])
    twice = (triples * pattern * (pattern.transpose(0, 2, 1) + pattern.transpose(1, 0, 2))).sum() / 2
    excluding = 2 * ((pairs * (last + first) * broker).sum() - twice)
    chance = d**2 * (1 - d)
    return number * chance, (
        number * chance * (1 - chance)
        + needed * d**3 * (1 - d) ** 3
        + missing * d**5 * (1 - d)
        - excluding * d**4 * (1 - d) ** 2
    )
