"""Tails of the Poisson binomial against every outcome, exact fractions, the binomial, and R."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.analysis.measures.poissonbinomial import upper_tails


def tail(counts: list[int], chances: list[float], reached: int) -> float:
    return float(upper_tails(np.array(counts, np.intp), np.array([chances], np.float64), np.array([reached]))[0])


def exact(counts: list[int], chances: list[float], reached: int) -> Fraction:
    """Convolve trial by trial in fractions: no rounding at all."""
    terms = [Fraction(1)]
    for count, chance in zip(counts, chances, strict=True):
        p = Fraction(chance)
        for _ in range(count):
            terms = [
                (1 - p) * (terms[k] if k < len(terms) else 0) + p * (terms[k - 1] if k else 0)
                for k in range(len(terms) + 1)
            ]
    return sum(terms[reached:], Fraction(0))


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.integers(0, 9))
def test_against_every_outcome(chances: list[float], reached: int) -> None:
    wanted = 0.0
    for outcome in product([False, True], repeat=len(chances)):
        if sum(outcome) >= reached:
            wanted += float(np.prod([p if hit else 1 - p for p, hit in zip(chances, outcome, strict=True)]))
    assert tail([1] * len(chances), chances, reached) == pytest.approx(wanted, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(
    ("counts", "chances", "reached"),
    [
        ([40, 3], [0.01, 0.5], 2),
        ([40, 3], [0.01, 0.5], 9),
        ([30, 20, 10], [1e-4, 2e-3, 0.03], 7),  # about 1e-12: 1 minus the rest would have no digit left
        ([30, 20, 10], [1e-4, 2e-3, 0.03], 15),
        ([50], [1e-6], 8),
        ([25, 25], [0.9, 0.99], 50),
        ([25, 25], [0.9, 0.99], 48),
        ([60], [0.5], 33),
        ([60], [0.5], 60),
    ],
)
def test_small_tails_have_all_their_digits(counts: list[int], chances: list[float], reached: int) -> None:
    assert tail(counts, chances, reached) == pytest.approx(float(exact(counts, chances, reached)), rel=1e-9, abs=0)


@pytest.mark.parametrize(
    ("counts", "chances", "reached", "wanted"),
    [
        ([5], [0.3], 0, 1.0),
        ([5], [0.0], 1, 0.0),
        ([5], [0.0], 2, 0.0),
        ([5], [1.0], 5, 1.0),
        ([5], [1.0], 6, 0.0),
        ([2, 3], [1.0, 0.5], 2, 1.0),
        ([2, 3], [1.0, 0.5], 5, 0.125),
        ([2, 3], [1.0, 0.0], 3, 0.0),
        ([1], [0.25], 1, 0.25),
        ([], [], 0, 1.0),
        ([], [], 1, 0.0),
    ],
)
def test_certain_trials(counts: list[int], chances: list[float], reached: int, wanted: float) -> None:
    assert tail(counts, chances, reached) == pytest.approx(wanted, abs=1e-15)


@pytest.mark.parametrize("reached", [1, 2, 40, 130, 200, 5000, 5300])
def test_one_class_is_the_binomial(reached: int) -> None:
    from scipy.stats import binom

    for count, chance in ((50_000, 0.002), (50_000, 0.1)):
        wanted = float(binom.sf(reached - 1, count, chance))
        assert tail([count], [chance], reached) == pytest.approx(wanted, rel=1e-8, abs=1e-300)


def test_the_example_of_the_r_package_exactly() -> None:
    # backbone's own test has 0.6268476 for these, by the refined normal approximation; added up in R they give this
    chances = [0.123, 0.234, 0.345, 0.456, 0.567, 0.678, 0.789, 0.801, 0.911]
    assert tail([1] * 9, chances, 5) == pytest.approx(0.628385386123, abs=1e-12)


def test_many_at_once_are_each_alone() -> None:
    random = np.random.default_rng(4)
    counts = np.array([30, 7, 1, 12])
    chances = random.random((400, 4)) ** 3
    reached = random.integers(0, 35, 400)
    found = upper_tails(counts, chances, reached)
    for at in range(0, 400, 7):
        assert found[at] == pytest.approx(tail(counts.tolist(), chances[at].tolist(), int(reached[at])), rel=1e-12)
    assert ((found >= 0) & (found <= 1)).all()
