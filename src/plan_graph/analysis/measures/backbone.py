"""The backbone of the two-mode projection, in closed form and by draws, and how far the two agree.

Both models ask whether two bodies share more tasks than their workloads and the lengths of the lists predict. The
fixed degree sequence model (FDSM; Zweig & Kaufmann 2011, Social Network Analysis and Mining 1:187–218) keeps all
margins in every matrix and has to be drawn. The stochastic one (SDSM; Neal 2014, Social Networks 39:84–97) keeps them
on average, and is solved: cells by the bipartite configuration model, pairs by the Poisson binomial distribution
(Neal, Domagalski & Sagan 2021, Scientific Reports 11:23929, who find it the closest of the fast models, and more
cautious than FDSM). Of several plans both keep the margins of each. The disparity filter is not for projections: it
knows no lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plan_graph.analysis.defaults import DRAWS, SEED
from plan_graph.analysis.measures.bicm import cell_chances
from plan_graph.analysis.measures.bipartite import Bipartite, Meetings, bipartite, meetings
from plan_graph.analysis.measures.poissonbinomial import upper_tails
from plan_graph.analysis.nullmodel import SWITCHES_PER_EDGE, Chains, Mixing, incidence, plans_of
from plan_graph.analysis.significance import benjamini_hochberg, compare
from plan_graph.errors import InputError
from plan_graph.model.network import Membership

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

LEVEL = 0.05
_MANY, _BLOCK = 64, 1024  # pairs of the same plans that are worth a call; pairs of different plans in one call
_FEW = 16  # plans among which it pays to look for pairs with the same p


@dataclass(frozen=True, slots=True)
class PairResult:
    """Two bodies (``left`` < ``right``) that share a task; see :class:`Backbone`."""

    left: str
    right: str
    shared: int
    expected: float
    p: float
    q: float
    q_all: float


@dataclass(frozen=True, slots=True, eq=False)
class Backbone:
    """Every two bodies that share a task against one null model, sorted by pair; all arrays are (pairs,).

    ``left`` < ``right`` index ``bodies``. ``expected`` is the mean of the shared tasks under the model, ``p`` the
    probability of at least as many as there are. ``model`` is sdsm or fdsm; ``mixing`` is of the draws, ``None``
    where there are none.

    ``q`` is by Benjamini–Hochberg over the pairs that share a task, as ``significance.ties`` has it, ``q_all`` over
    all pairs of bodies: those that share none have p = 1. To take only pairs that meet is to pick the tests by the
    data. Among some dozen bodies that does no harm; in a corpus of thousands, where to meet at all is rare, ``q``
    finds pairs in pure chance and only ``q_all`` keeps its promise (docs/how-to/backbone.md has the figures).
    """

    model: str
    bodies: tuple[str, ...]
    left: Ints
    right: Ints
    shared: Ints
    expected: Floats
    p: Floats
    q: Floats
    q_all: Floats
    mixing: Mixing | None = None

    def pairs(self, below: float = np.inf) -> list[PairResult]:
        """Give the pairs with q below a level (default: all), smallest p first, then most shared tasks, then ids."""
        order = np.lexsort((self.right, self.left, -self.shared, self.p))
        return [
            PairResult(
                self.bodies[self.left[at]],
                self.bodies[self.right[at]],
                int(self.shared[at]),
                float(self.expected[at]),
                float(self.p[at]),
                float(self.q[at]),
                float(self.q_all[at]),
            )
            for at in order.tolist()
            if self.q[at] < below
        ]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two backbones of the same pairs.

    ``both``, ``first_only``, ``second_only`` and ``neither`` count the pairs with q below the level in each.
    ``correlation`` is Pearson's of the p-values, ``None`` where one of them does not vary; ``same`` is the share of
    pairs on the same side of the level, ``None`` without pairs.
    """

    pairs: int
    correlation: float | None
    same: float | None
    both: int
    first_only: int
    second_only: int
    neither: int


@dataclass(frozen=True, slots=True)
class MixingStep:
    """After ``step`` proposed switches a share ``left`` of the first cells is still filled; ``away`` from the end."""

    step: int
    left: float
    away: float


def sdsm(rows: Iterable[Membership], year: int | None = None) -> Backbone:
    """Test all pairs of single bodies that share a task, of one year or of all rows, in closed form.

    No draws, no seed. O(the sum over tasks of bodies², and for each distinct (workload, workload, shared):
    distinct list lengths · shared²).
    """
    return sdsm_of(bipartite(rows, year))


def sdsm_of(grid: Bipartite) -> Backbone:
    """Do the same for a sparse matrix of tasks × bodies.

    Two pairs with the same workloads and the same number of shared tasks have the same p, which is found once. The
    margins kept are those of each plan; a pair is tested over all plans that name both bodies.
    """
    found = meetings(grid)
    expected, p = np.zeros(found.shared.size), np.ones(found.shared.size)
    models = _by_plan(grid)
    for plans, pairs in _together(models, found):
        left, right, shared = found.left[pairs], found.right[pairs], found.shared[pairs]
        first = where = np.arange(pairs.size)
        if len(plans) <= _FEW:
            code = shared
            for plan in plans:
                one, other = models[plan].body_class[left], models[plan].body_class[right]
                both = np.minimum(one, other) * models[plan].chances.shape[1] + np.maximum(one, other)
                code = np.unique(code * (int(both.max()) + 1) + both, return_inverse=True)[1]
            _, first, where = np.unique(code, return_index=True, return_inverse=True)
        chances = [
            (model.chances[:, model.body_class[left[first]]] * model.chances[:, model.body_class[right[first]]]).T
            for model in (models[plan] for plan in plans)
        ]
        together = np.ascontiguousarray(np.concatenate(chances, axis=1))
        counts = np.concatenate([models[plan].task_counts for plan in plans])
        expected[pairs] = (together @ counts)[where]
        p[pairs] = upper_tails(counts, together, shared[first].astype(np.intp))[where]
    return _backbone("sdsm", grid.bodies, found, expected, p, None)


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    """The chances of the cells of one plan, as ``CellChances`` has them, and which bodies it names, (bodies,)."""

    chances: Floats
    body_class: Ints
    task_counts: Ints
    named: npt.NDArray[np.bool_]


def _by_plan(grid: Bipartite) -> list[_Model]:
    """Solve the model for each plan by itself."""
    plans = plans_of(grid.tasks)
    found = []
    for plan in range(int(plans.max(initial=-1)) + 1):
        tasks = np.flatnonzero(plans == plan)
        workloads = np.bincount(grid.matrix[tasks].indices, minlength=len(grid.bodies)).astype(np.intp)
        model = cell_chances(grid.sizes[tasks], workloads)
        found.append(_Model(model.chances, model.body_class, model.task_counts, workloads > 0))
    return found


def _together(models: Sequence[_Model], found: Meetings) -> Iterator[tuple[tuple[int, ...], Ints]]:
    """Give the pairs in blocks, each with the numbers of all plans that name both bodies of one of them.

    Pairs named together by the same plans make a block; what is left of few such pairs is put together, for a plan
    that does not name a body only adds cells of no chance.
    """
    group = np.zeros(found.left.size, np.intp)
    named: list[tuple[int, ...]] = [()]
    for plan, model in enumerate(models):
        pairs = np.flatnonzero(model.named[found.left] & model.named[found.right])
        before, where = np.unique(group[pairs], return_inverse=True)
        group[pairs] = len(named) + where
        named += [(*named[one], plan) for one in before.tolist()]
    order = np.argsort(group, kind="stable")
    few: list[Ints] = []
    for pairs in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        if pairs.size >= _MANY:
            yield named[group[pairs[0]]], pairs
        elif pairs.size:
            few.append(pairs)
    rest = np.concatenate([np.zeros(0, np.intp), *few])
    for begin in range(0, rest.size, _BLOCK):
        pairs = rest[begin : begin + _BLOCK]
        yield tuple(sorted({plan for one in set(group[pairs].tolist()) for plan in named[one]})), pairs


def fdsm(
    rows: Iterable[Membership],
    year: int | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    switches_per_edge: float = SWITCHES_PER_EDGE,
) -> Backbone:
    """Test the same pairs by draws; p is (1 + draws that reach the shared tasks) / (draws + 1).

    For some hundred bodies in each plan, whose table is dense. Raises ``InputError`` as ``nullmodel.sample`` does.
    """
    grid = incidence(row for row in rows if year is None or row.year == year)
    chains = Chains(grid, draws, seed, switches_per_edge)
    test = compare(grid, chains)
    met = np.flatnonzero(test.shared)
    found = Meetings(test.left[met], test.right[met], test.shared[met])
    return _backbone("fdsm", grid.bodies, found, test.expected[met], test.p[met], chains.mixing)


def agreement(first: Backbone, second: Backbone, level: float = LEVEL, *, every_pair: bool = False) -> Agreement:
    """Compare the p of two backbones and on which side of a level of q (with ``every_pair`` q_all) each pair lies.

    Raises ``InputError`` if they are not of the same bodies and pairs.
    """
    if first.bodies != second.bodies or not (
        np.array_equal(first.left, second.left) and np.array_equal(first.right, second.right)
    ):
        raise InputError(
            "the two backbones are not of the same pairs; make both from the same rows and the same year",
            "两个骨干网络的机构对不同，请用同样的数据和年份计算",
        )
    ours, theirs = ((one.q_all if every_pair else one.q) < level for one in (first, second))
    both, neither = int((ours & theirs).sum()), int((~ours & ~theirs).sum())
    varies = first.p.size > 1 and np.ptp(first.p) > 0 and np.ptp(second.p) > 0
    return Agreement(
        pairs=first.p.size,
        correlation=float(np.corrcoef(first.p, second.p)[0, 1]) if varies else None,
        same=(both + neither) / first.p.size if first.p.size else None,
        both=both,
        first_only=int((ours & ~theirs).sum()),
        second_only=int((~ours & theirs).sum()),
        neither=neither,
    )


def _backbone(
    model: str, bodies: tuple[str, ...], found: Meetings, expected: Floats, p: Floats, mixing: Mixing | None
) -> Backbone:
    q = benjamini_hochberg(p)
    family = len(bodies) * (len(bodies) - 1) / 2
    q_all = np.minimum(q * (family / max(1, p.size)), 1.0)  # the pairs left out have p = 1 and stand last
    return Backbone(model, bodies, found.left, found.right, found.shared, expected, p, q, q_all, mixing)


def mixing_steps(mixing: Mixing) -> list[MixingStep]:
    """Give the trace of the draws as a table: it should stop falling well before its end, ``away`` near 0."""
    return [
        MixingStep(step, left, left - mixing.expected) for step, left in zip(mixing.steps, mixing.left, strict=True)
    ]
