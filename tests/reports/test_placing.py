"""Layout and labels: nothing overlaps where there is room, and the same values give the same places."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.reports.figures.canvas import MARGIN, fold, inches, shorten, steps, wrap
from plan_graph.reports.figures.placing import beside, layout, spread
from plan_graph.reports.words import ems

NODES = ["a", "b", "c", "d", "e", "f"]
EDGES = [("a", "b", 1.0), ("b", "c", 1.0), ("c", "a", 2.5), ("c", "d", 2.5)]
sides = st.floats(0.05, 0.6)
places = st.floats(0, 1)


def overlaps(centres: np.ndarray, sizes: np.ndarray) -> int:
    apart = np.abs(centres[:, None] - centres[None])
    lap = (sizes[:, None] + sizes[None]) / 2 - apart
    hit = (lap > 1e-4).all(axis=2)
    return int(np.triu(hit, 1).sum())


@pytest.mark.parametrize("count", [0, 1, 2, 6])
def test_layout_fills_the_unit_square(count: int) -> None:
    nodes = NODES[:count]
    edges = [edge for edge in EDGES if {edge[0], edge[1]} <= set(nodes)]
    found = layout(nodes, edges, 0)
    assert found.shape == (count, 2)
    assert ((found >= 0) & (found <= 1)).all()
    if count > 1:
        assert found.min(axis=0).tolist() == [0, 0]
        assert found.max(axis=0).tolist() == [1, 1]


def test_layout_is_of_its_seed() -> None:
    assert (layout(NODES, EDGES, 3) == layout(NODES, EDGES, 3)).all()
    assert not np.allclose(layout(NODES, EDGES, 3), layout(NODES, EDGES, 4))


def test_near_in_the_network_is_near_on_paper() -> None:
    chain = [f"n{at}" for at in range(7)]
    found = layout(chain, [(one, other, 1.0) for one, other in pairwise(chain)], 0)
    apart = np.linalg.norm(found[:, None] - found[None], axis=2)
    assert apart[0, 1] < apart[0, 3] < apart[0, 6]


@given(st.lists(st.tuples(places, places, sides, sides), min_size=1, max_size=25))
@settings(max_examples=60, deadline=None)
def test_boxes_are_set_apart(boxes: list[tuple[float, float, float, float]]) -> None:
    values = np.array(boxes)
    room = (6.0, 6.0)
    moved = spread(values[:, :2] * 6, values[:, 2:], room)
    assert overlaps(moved, values[:, 2:]) == 0
    assert (moved - values[:, 2:] / 2 >= -1e-9).all()
    assert (moved + values[:, 2:] / 2 <= 6 + 1e-9).all()
    assert (spread(values[:, :2] * 6, values[:, 2:], room) == moved).all()


def test_boxes_with_room_stay_where_they_are() -> None:
    centres = np.array([[1.0, 1.0], [3.0, 1.0]])
    assert (spread(centres, np.full((2, 2), 0.5), (4, 4)) == centres).all()


@given(st.lists(st.tuples(places, places), min_size=1, max_size=40, unique=True))
@settings(max_examples=60, deadline=None)
def test_labels_cover_no_point_and_no_label(points: list[tuple[float, float]]) -> None:
    at = np.array(points) * 3
    sizes = np.full(at.shape, (0.4, 0.1))
    blocked = [(0.0, 0.0, 0.5, 0.2)]
    found = beside(at, [0.03] * len(at), sizes, (3, 3), blocked)
    there = np.array([place for place in found if place is not None]).reshape(-1, 2)
    boxes = np.vstack([there, at, [[0.25, 0.1]]])
    widths = np.vstack([np.full(there.shape, (0.4, 0.1)), np.full(at.shape, 0.06), [[0.5, 0.2]]])
    apart = np.abs(boxes[:, None] - boxes[None])
    hit = ((widths[:, None] + widths[None]) / 2 - apart > 1e-9).all(axis=2)
    assert not np.triu(hit, 1)[: len(there)].any()


def test_a_lonely_label_finds_room_and_a_crowded_one_may_not() -> None:
    assert beside(np.array([[1.0, 1.0]]), [0.1], np.array([[0.5, 0.1]]), (2, 2))[0] is not None
    assert beside(np.array([[1.0, 1.0]]), [0.1], np.array([[5.0, 0.1]]), (2, 2)) == [None]


@given(st.text(st.sampled_from("甲乙丙，。（）abcdeXYZ 12《》"), max_size=80), st.floats(0.5, 3))
@settings(max_examples=200, deadline=None)
def test_wrapping_loses_nothing_but_spaces(text: str, width: float) -> None:
    lines = wrap(text, width + 2 * MARGIN, 7)
    assert "".join("".join(lines).split()) == "".join(text.split())
    longest = max((inches(word, 7) for word in text.split()), default=0)
    assert all(inches(line, 7) <= max(width, longest) + 1e-9 for line in lines)


@pytest.mark.parametrize(
    ("text", "across", "lines"),
    [
        ("着力完善体制机制", 4, 2),
        ("着力完善体制机制", 8, 1),
        ("争取国家加大政策支持力度", 5, 3),
        ("甲", 3, 1),
        ("", 3, 1),
    ],
)
def test_folding_is_even(text: str, across: int, lines: int) -> None:
    folded = fold(text, across).split("\n")
    assert "".join(folded) == text
    assert len(folded) == lines
    assert max(map(len, folded)) - min(map(len, folded)) <= 1 + (lines > 2)


@given(st.integers(1, 10**6))
def test_steps_reach_the_highest(highest: int) -> None:
    found = steps(highest)
    assert found[0] == 0
    assert found[-1] >= highest
    assert 2 <= len(found) <= 7
    assert len({b - a for a, b in pairwise(found)}) == 1


def test_lengths() -> None:
    assert shorten("甲乙丙", 3) == "甲乙丙"
    assert shorten("甲乙丙丁", 3) == "甲乙…"
    assert ems("甲") == 1 > ems("M") > ems("a") > ems(" ")
