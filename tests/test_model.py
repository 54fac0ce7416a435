"""The values keep themselves true: a span is a range, and nothing can be changed once made."""

from __future__ import annotations

import dataclasses
import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.model import network, plan, register, text
from plan_graph.model.text import Span

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)
TYPES = [
    one
    for module in (text, plan, register, network)
    for _, one in inspect.getmembers(module, dataclasses.is_dataclass)
    if isinstance(one, type) and one.__module__ == module.__name__
]
SPANS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda ends: Span(min(ends), max(ends)))


@pytest.mark.parametrize(("begin", "end"), [(4, 2), (-1, 2), (-2, -1)])
def test_an_impossible_span_is_refused(begin: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"^span {begin}..{end} is not a range of code points$"):
        Span(begin, end)


@pytest.mark.parametrize(
    ("span", "text", "piece"),
    [
        (Span(0, 0), "", ""),
        (Span(2, 4), "省财政厅", "政厅"),
        (Span(0, 1), "\U00020bb7甲", "\U00020bb7"),  # code points, not bytes or UTF-16 units
        (Span(3, 3), "省财政", ""),
    ],
)
def test_the_piece_a_span_covers(span: Span, text: str, piece: str) -> None:
    assert span.of(text) == piece


@pytest.mark.parametrize("span", [Span(0, 3), Span(3, 3)])
def test_a_span_outside_the_text_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match=r"ends after the text \(2 code points\)$"):
        span.of("省财")


@pytest.mark.parametrize(
    ("outer", "inner", "covers"),
    [
        (Span(0, 4), Span(0, 4), True),
        (Span(0, 4), Span(1, 3), True),
        (Span(0, 4), Span(4, 4), True),
        (Span(1, 4), Span(0, 2), False),
        (Span(0, 4), Span(3, 5), False),
    ],
)
def test_covering(outer: Span, inner: Span, covers: bool) -> None:
    assert outer.covers(inner) is covers


def test_a_shift_before_the_text_is_refused() -> None:
    assert Span(2, 4).shift(-2) == Span(0, 2)
    with pytest.raises(ValueError, match="is not a range"):
        Span(2, 4).shift(-3)


@EXACT
@given(SPANS, SPANS, st.integers(0, 9))
def test_spans_behave_as_ranges(one: Span, other: Span, by: int) -> None:
    text = "甲乙丙丁戊己庚辛壬癸" * 3
    assert one.of(text) == text[one.begin : one.end]
    assert one.shift(by).shift(-by) == one
    assert one.shift(by).of(" " * by + text) == one.of(text)
    assert one.covers(other) == (set(range(other.begin, other.end + 1)) <= set(range(one.begin, one.end + 1)))
    assert (one < other) == ((one.begin, one.end) < (other.begin, other.end))


@pytest.mark.parametrize("one", TYPES, ids=lambda one: one.__name__)
def test_values_are_frozen_slotted_and_explained(one: type) -> None:
    parameters = one.__dataclass_params__  # type: ignore[attr-defined]
    assert parameters.frozen
    assert hasattr(one, "__slots__")
    assert one.__doc__
    assert not one.__doc__.startswith(f"{one.__name__}(")  # what dataclass writes by itself


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Span(0, 1).end = 2  # type: ignore[misc]


def test_enumerations_have_values_of_their_own() -> None:
    for one in (plan.Role, text.PartKind, plan.Relation):
        assert all(member.value == member.name.lower() for member in one)
