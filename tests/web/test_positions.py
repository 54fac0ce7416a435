"""Places of bodies on the map: apart, near who is near, and the same whenever they are asked."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from plan_graph.web.positions import pivots, places

Ties = list[tuple[str, str, int, bool]]


def rings(size: int, count: int) -> tuple[list[str], Ties]:
    """Make groups of bodies that all work with each other, joined in a row by one weak tie each."""
    bodies = [f"{group}-{at}" for group in range(count) for at in range(size)]
    ties: Ties = [
        (one, other, 2, True)
        for group in range(count)
        for one, other in combinations([f"{group}-{at}" for at in range(size)], 2)
    ]
    ties += [(f"{group}-0", f"{group + 1}-0", 1, False) for group in range(count - 1)]
    return bodies, ties


def scattered(bodies: int, ties: int) -> tuple[list[str], Ties]:
    drawn = random.Random(1)
    names = [f"b{at}" for at in range(bodies)]
    pairs = {tuple(sorted(drawn.sample(range(bodies), 2))) for _ in range(ties)}
    return names, [(names[one], names[other], 1, drawn.random() < 0.1) for one, other in sorted(pairs)]


@pytest.mark.parametrize(("bodies", "ties"), [rings(5, 8), scattered(1200, 6000)], ids=["few", "many"])
def test_places_stay_and_differ(bodies: list[str], ties: Ties) -> None:
    found = places(bodies, ties)
    assert found == places(bodies, ties)
    assert list(found) == bodies and len(set(found.values())) == len(bodies)


def test_names_have_room() -> None:
    bodies, ties = rings(5, 8)
    found = places(bodies, ties)
    for one, other in combinations(bodies, 2):
        (x, y), (u, v) = found[one], found[other]
        assert abs(x - u) > 100 or abs(y - v) > 45


def test_many_bodies_stand_near_those_they_work_with() -> None:
    bodies, ties = rings(10, 60)
    at = {body: np.array(place) for body, place in places(bodies, ties).items()}
    within = np.mean([np.linalg.norm(at[one] - at[other]) for one, other, _, strong in ties if strong])
    between = np.mean([np.linalg.norm(at[f"{one}-1"] - at[f"{other}-1"]) for one, other in combinations(range(60), 2)])
    assert within < between / 4


def test_bodies_without_a_tie_stand_below() -> None:
    found = places(["a", "b", "c", "d"], [("a", "b", 1, True)])
    assert min(found["a"][1], found["b"][1]) >= 0 > max(found["c"][1], found["d"][1])
    assert places([], []) == {} and set(places(["a"], [])) == {"a"}


def test_what_no_path_joins_has_a_place_too() -> None:
    made = pivots(["a", "b", "c", "d"], [("a", "b", 1.0), ("c", "d", 1.0)])
    assert made.shape == (4, 2) and np.isfinite(made).all()
