"""Bracket groups at any depth, and the masks in which what is nested is blanked out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.extraction.brackets import BLANK, groups, mask
from plan_graph.model.text import Span

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)
PAIRS = ["（）", "〔〕", "()", "[]", "［］", "【】"]


def outermost(text: str) -> list[str]:
    return [group.span.of(text) for group in groups(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("甲（乙）丙（丁）", ["（乙）", "（丁）"], "two beside each other"),
        ("（甲（乙）丙）", ["（甲（乙）丙）"], "one inside another"),
        ("（甲（乙（丙〔丁〕）））", ["（甲（乙（丙〔丁〕）））"], "depth four"),
        ("〔甲（乙）〕", ["〔甲（乙）〕"], "hexagonal brackets outside"),
        ("［甲］【乙】[丙](丁)", ["［甲］", "【乙】", "[丙]", "(丁)"], "all kinds"),
        ("（甲〔乙〕", ["〔乙〕"], "the outer one is never closed"),
        ("甲）（乙）", ["（乙）"], "one that was never opened"),
        ("（（甲）", ["（甲）"], "an open one before"),
        ("（甲]", ["（甲]"], "brackets that do not match still close each other"),
        ("（甲\n乙）", ["（甲\n乙）"], "a line broken inside"),
        ("（甲\n1．乙）丙（丁）", ["（丁）"], "a numbered line ends what is open"),
        ("（甲\n　（二）乙）丙", ["（二）"], "an indented one too"),
        ("（甲\n第二章乙）", [], "and a chapter"),
        ("（甲\n2020年）", ["（甲\n2020年）"], "a year is no number of an item"),
        ("（）", ["（）"], "an empty group"),
        ("（", [], "an open bracket alone"),
        ("）", [], "a closing bracket alone"),
        ("", [], "no text"),
    ],
    ids=lambda value: value if isinstance(value, str) and "（" not in value and "〔" not in value else "",
)
def test_outermost_groups(text: str, expected: list[str], reason: str) -> None:
    assert outermost(text) == expected, reason


def test_an_open_bracket_far_back_was_never_closed() -> None:
    assert outermost("（" + "甲" * 2000 + "（乙）丙）") == ["（乙）"]
    assert outermost("（" + "甲" * 200 + "（乙）丙）") == ["（" + "甲" * 200 + "（乙）丙）"]


def test_only_the_given_stretch_counts() -> None:
    text = "（甲）（乙）（丙）"
    assert [group.span.of(text) for group in groups(text, Span(3, 6))] == ["（乙）"]
    assert [group.span.of(text) for group in groups(text, Span(4, 8))] == []


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("甲乙", "甲乙"),
        ("甲（乙）丙", "甲___丙"),
        ("甲（乙（丙））丁", "甲______丁"),
        ("（甲）（乙）", "______"),
        ("甲（乙", "甲__"),  # never closed: nothing after it can be told
        ("甲）乙", "甲）乙"),
        ("甲（乙\n丙）丁", "甲_____丁"),
        ("", ""),
    ],
)
def test_a_mask_blanks_what_is_nested_and_keeps_the_length(inside: str, expected: str) -> None:
    assert mask(inside).replace(BLANK, "_") == expected


def test_the_mask_of_a_group_is_of_its_inside() -> None:
    (group,) = groups("（甲（乙）丙）", Span(0, 7))
    assert group.mask == "甲\x00\x00\x00丙"


# --- properties ------------------------------------------------------------------------------------------------------


@st.composite
def balanced(draw: st.DrawFn, depth: int = 6) -> str:
    """Generate text whose brackets are closed, down to a depth."""
    made = draw(st.text("甲乙、，：", max_size=3))
    for _ in range(draw(st.integers(0, 2)) if depth else 0):
        pair = draw(st.sampled_from(PAIRS))
        made += pair[0] + draw(balanced(depth - 1)) + pair[1] + draw(st.text("甲乙、", max_size=2))
    return made


@EXACT
@given(st.lists(st.tuples(st.sampled_from(PAIRS), balanced()), max_size=4), st.text("甲，。", max_size=3))
def test_generated_groups_are_found_whole(made: list[tuple[str, str]], between: str) -> None:
    written = [pair[0] + inside + pair[1] for pair, inside in made]
    assert outermost(between.join(written)) == written


@pytest.mark.parametrize("depth", [1, 2, 7, 50, 700])
def test_brackets_at_any_depth(depth: int) -> None:
    text = "（" * depth + "甲" + "）" * depth
    assert outermost(f"乙{text}丙") == [text]
    assert mask(f"乙{text}丙") == "乙" + BLANK * len(text) + "丙"


@EXACT
@given(st.text("甲（）〔〕()、\n1．", max_size=60))
def test_groups_lie_apart_in_order_and_masks_fit(text: str) -> None:
    found = list(groups(text, Span(0, len(text))))
    assert all(one.span.end <= other.span.begin for one, other in pairwise(found))
    for group in found:
        inside = text[group.span.begin + 1 : group.span.end - 1]
        assert len(group.mask) == len(inside)
        assert all(kept in (BLANK, char) for kept, char in zip(group.mask, inside, strict=True))
