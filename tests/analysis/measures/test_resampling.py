"""Draws of tasks: each equally likely, the same for a seed whatever the blocks."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import comb

import numpy as np
import pytest

from plan_graph.analysis.measures.resampling import resamples, subsets
from plan_graph.errors import InputError


def test_every_subset_is_equally_likely() -> None:
    seen = Counter(tuple(row) for block in subsets(5, 2, 20_000, 3) for row in block.tolist())
    assert set(seen) == set(combinations(range(5), 2))
    chi_square = sum((count - 2000) ** 2 / 2000 for count in seen.values())
    assert chi_square < 27.88  # the 99.9th percentile for 9 degrees of freedom


def test_every_resample_is_multinomial() -> None:
    seen = Counter(tuple(row) for block in resamples(3, 27_000, 4) for row in block.tolist())
    ways = {counts: comb(3, counts[0]) * comb(3 - counts[0], counts[1]) for counts in seen}
    assert sum(ways.values()) == 27
    chi_square = sum((count - 1000 * ways[counts]) ** 2 / (1000 * ways[counts]) for counts, count in seen.items())
    assert chi_square < 27.88  # ten outcomes


@pytest.mark.parametrize("at_once", [1, 3, 7, None])
def test_blocks_do_not_matter(at_once: int | None) -> None:
    counts = np.concatenate(list(resamples(6, 10, 9)))
    assert (np.concatenate(list(resamples(6, 10, 9, at_once))) == counts).all()
    assert (np.concatenate(list(resamples(6, 7, 9, at_once))) == counts[:7]).all()
    chosen = np.concatenate(list(subsets(6, 4, 10, 9)))
    assert (np.concatenate(list(subsets(6, 4, 10, 9, at_once))) == chosen).all()
    assert (np.concatenate(list(subsets(6, 4, 7, 9, at_once))) == chosen[:7]).all()


def test_draws_are_the_same_from_release_to_release() -> None:
    assert next(resamples(6, 2, 1)).tolist() == [[0, 2, 3, 0, 1, 0], [1, 1, 2, 2, 0, 0]]
    assert next(subsets(6, 3, 2, 1)).tolist() == [[0, 1, 2], [2, 3, 5]]


def test_other_seed_other_draws() -> None:
    assert next(resamples(50, 1, 0)).tolist() != next(resamples(50, 1, 1)).tolist()


def test_all_and_none() -> None:
    assert next(subsets(4, 4, 2, 0)).tolist() == [[0, 1, 2, 3]] * 2
    assert next(subsets(4, 0, 2, 0)).shape == (2, 0)
    assert next(resamples(0, 2, 0)).shape == (2, 0)
    assert next(resamples(1, 2, 0)).tolist() == [[1], [1]]


@pytest.mark.parametrize(
    ("taken", "draws", "seed", "said"),
    [(5, 1, 0, "5 tasks"), (-1, 1, 0, "-1 tasks"), (2, 0, 0, "0 draws"), (2, 1, -1, "seed -1")],
)
def test_impossible_numbers_are_refused(taken: int, draws: int, seed: int, said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        list(subsets(4, taken, draws, seed))
    assert error.value.zh
