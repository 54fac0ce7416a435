"""The Poisson binomial distribution: how many of independent trials with different chances succeed.

Exact, by convolution (Hong 2013, Computational Statistics and Data Analysis 59:41–51, calls it the direct way), with
trials of equal chance taken together as one binomial. No approximation is used: the refined normal one, that the R
package backbone uses, is off by up to 0.017 on Davis' Southern Women.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

_SMALL = 1e-4  # tails below this are added up from their own terms, those above are 1 minus the rest
_CELLS = 1 << 20  # terms worked on in one go


def upper_tails(counts: Ints, chances: Floats, reached: Ints) -> Floats:
    """Return the probability of at least ``reached`` successes for each of many distributions, (distributions,).

    ``chances`` is (distributions, classes): ``counts[k]`` trials have ``chances[:, k]``. The relative error is below
    1e-9, however small the probability. Time is O(classes · reached²) for each distribution, memory some 32 MB.
    """
    tails = np.ones(reached.size)
    bits = np.frexp(np.maximum(reached - 1, 0).astype(np.float64))[1]  # 1 | 2 | 3, 4 | 5 to 8 | …
    for bit in np.unique(bits[reached > 0]).tolist():
        own = np.flatnonzero((bits == bit) & (reached > 0))
        width = int(reached[own].max())
        at_once = max(1, _CELLS // width)
        for part in (own[at : at + at_once] for at in range(0, own.size, at_once)):
            tails[part] = _tails(counts, chances[part], reached[part])
    return tails


def _tails(counts: Ints, chances: Floats, reached: Ints) -> Floats:
    if reached.max() == 1:  # 1 minus the chance that all fail
        with np.errstate(divide="ignore"):
            found: Floats = -np.expm1(np.log1p(-chances) @ counts)
        return found
    width, tails = int(reached.max()), np.ones(reached.size)
    terms = _terms(counts, chances, width)
    below = np.arange(width) < reached[:, None]
    tails -= np.where(below, terms, 0.0).sum(axis=1)
    small = np.flatnonzero(tails < _SMALL)
    if small.size:
        tails[small] = _small_tails(counts, chances[small], reached[small])
    return np.clip(tails, 0.0, 1.0)


def _small_tails(counts: Ints, chances: Floats, reached: Ints) -> Floats:
    """Add up the terms from ``reached`` on, until what is left is under 1e-15 of the sum.

    The terms are log-concave: once one is smaller than that before it by a factor, all later ones are by more.
    """
    trials = int(counts.sum())
    sums: Floats
    width = int(reached.max()) + 16
    while True:
        width = min(width, trials + 1)
        terms = _terms(counts, chances, width)
        sums = np.where(np.arange(width) >= reached[:, None], terms, 0.0).sum(axis=1)
        last, before = terms[:, -1], terms[:, -2]
        if width == trials + 1 or (last * before <= 1e-15 * sums * (before - last)).all():
            return sums
        width *= 2


def _terms(counts: Ints, chances: Floats, width: int) -> Floats:
    """Return the probabilities of 0 to ``width`` - 1 successes, (distributions, width)."""
    terms = np.zeros((len(chances), width))
    terms[:, 0] = 1.0
    with np.errstate(divide="ignore"):
        fails, odds = np.log1p(-chances), np.log(chances)
    for k, count in enumerate(counts.tolist()):
        sure = chances[:, k] >= 1.0
        successes = np.arange(min(count, width - 1) + 1)
        ways = np.concatenate([[0.0], np.cumsum(np.log(count - successes[:-1]) - np.log1p(successes[:-1]))])
        with np.errstate(invalid="ignore"):
            single = np.exp(ways + successes * odds[:, k, None] + (count - successes) * fails[:, k, None])
        single[chances[:, k] <= 0.0] = successes == 0
        single[sure] = successes == count
        added = np.zeros_like(terms)
        for at in successes.tolist():
            added[:, at:] += single[:, at, None] * terms[:, : width - at]
        terms = added
    return terms
