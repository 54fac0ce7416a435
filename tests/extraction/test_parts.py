"""Parts of a document: laid over each other, closed to cover the text once, and what is left without others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.extraction.parts import closed, minus, overlay, render
from plan_graph.model.text import Part, PartKind, Span

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=300)
KIND = {"h": PartKind.HEADING, "p": PartKind.PREAMBLE, "t": PartKind.TASK, "c": PartKind.CLAUSE, "u": PartKind.UNREAD}
SIGN = {kind: sign for sign, kind in KIND.items()}


def parts(written: str) -> list[Part]:
    """Read parts drawn as letters, a column each: ``tt.c`` is a task of two columns, a gap, a clause."""
    made: list[Part] = []
    for at, sign in enumerate(written):
        if sign == ".":
            continue
        if made and made[-1].span.end == at and made[-1].kind is KIND[sign]:
            made[-1] = Part(KIND[sign], Span(made[-1].span.begin, at + 1))
        else:
            made.append(Part(KIND[sign], Span(at, at + 1)))
    return made


def drawn(made: list[Part]) -> str:
    signs = ["."] * max((p.span.end for p in made), default=0)
    for part in made:
        for at in range(part.span.begin, part.span.end):
            assert signs[at] == ".", "two parts at one place"
            signs[at] = SIGN[part.kind]
    return "".join(signs)


@pytest.mark.parametrize(
    ("below", "above", "expected", "reason"),
    [
        ("tttt", ".cc.", "tcct", "in the middle"),
        ("tttt", "cc..", "cctt", "at the beginning"),
        ("tttt", "..cc", "ttcc", "at the end"),
        ("tttt", "cccc", "cccc", "over the whole"),
        ("tthh", ".cc.", "tcch", "across a border"),
        ("tthhuu", ".cccc.", "tccccu", "over a whole part between"),
        ("tttttt", ".c..c.", "tcttct", "two over one"),
        ("tt..uu", ".cccc.", "tccccu", "over a gap"),
        ("tt", "..cc", "ttcc", "after the last"),
        ("..tt", "cc", "cctt", "before the first"),
        ("", "cc", "cc", "over nothing"),
        ("tt", "", "tt", "nothing over it"),
    ],
)
def test_what_is_put_on_top_remains(below: str, above: str, expected: str, reason: str) -> None:
    assert drawn(overlay(parts(below), parts(above))) == expected, reason


@pytest.mark.parametrize(
    ("text", "before", "expected", "reason"),
    [
        ("甲乙丙丁", "t.cc", "ttcc", "a gap belongs to the part before it"),
        ("甲乙丙丁", ".tcc", "ttcc", "one at the beginning to the first"),
        ("甲乙丙丁", "tc..", "tccc", "one at the end to the last"),
        ("甲 \n丁", "tuut", "tttt", "white space belongs to the part before it"),
        ("甲 丁", "tct", "tct", "a clause is kept whatever it holds"),
    ],
)
def test_parts_are_closed_over_the_text(text: str, before: str, expected: str, reason: str) -> None:
    made = closed(parts(before), text)
    assert drawn(made) == expected, reason
    assert render(tuple(made), text) == text


def test_unread_parts_of_one_reason_become_one() -> None:
    two = [Part(PartKind.UNREAD, Span(0, 1), "甲"), Part(PartKind.UNREAD, Span(1, 2), "甲")]
    assert closed(two, "子丑") == [Part(PartKind.UNREAD, Span(0, 2), "甲")]
    other = [two[0], Part(PartKind.UNREAD, Span(1, 2), "乙")]
    assert closed(other, "子丑") == other


def test_render_shows_a_gap() -> None:
    gap = (Part(PartKind.TASK, Span(0, 1)), Part(PartKind.TASK, Span(2, 3)))
    assert render(gap, "甲乙丙") == "甲丙"
    assert render((), "甲") == ""


@pytest.mark.parametrize(
    ("span", "holes", "left"),
    [
        ((0, 10), [], [(0, 10)]),
        ((0, 10), [(2, 4)], [(0, 2), (4, 10)]),
        ((0, 10), [(0, 4), (8, 10)], [(4, 8)]),
        ((2, 6), [(0, 1), (8, 9)], [(2, 6)]),
        ((2, 6), [(0, 9)], []),
        ((2, 6), [(1, 3), (5, 9)], [(3, 5)]),
        ((0, 6), [(1, 3), (2, 5)], [(0, 1), (5, 6)]),
        ((3, 3), [], []),
    ],
)
def test_a_stretch_without_others(
    span: tuple[int, int], holes: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    assert minus(Span(*span), [Span(*hole) for hole in holes]) == [Span(*one) for one in left]


# --- properties ------------------------------------------------------------------------------------------------------

LAYER = st.text("...hptcu", max_size=30)


@EXACT
@given(LAYER, LAYER)
def test_a_layer_hides_only_what_lies_under_it(below: str, above: str) -> None:
    made = drawn(overlay(parts(below), parts(above)))
    width = max(len(below), len(above))
    wanted = "".join(
        top if top != "." else under
        for top, under in zip(above.ljust(width, "."), below.ljust(width, "."), strict=True)
    )
    assert made.rstrip(".") == wanted.rstrip(".")


@EXACT
@given(LAYER, st.integers(0, 5), st.data())
def test_closed_parts_give_the_text_back(layer: str, more: int, data: st.DataObject) -> None:
    layer = layer.strip(".") or "t"
    size = len(layer) + more
    text = data.draw(st.text("甲乙 \n", min_size=size, max_size=size))
    made = closed(parts(layer), text)
    if any(p.span.of(text).strip() for p in parts(layer)) or "c" in layer:
        assert render(tuple(made), text) == text
    assert all(p.span.begin < p.span.end for p in made)


@EXACT
@given(st.integers(0, 20), st.integers(0, 20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=5))
def test_what_is_left_lies_outside_the_holes(one: int, two: int, made: list[tuple[int, int]]) -> None:
    holes = sorted(Span(min(hole), max(hole)) for hole in made)
    span = Span(min(one, two), max(one, two))
    left = minus(span, holes)
    inside = {at for s in left for at in range(s.begin, s.end)}
    assert inside == set(range(span.begin, span.end)) - {at for h in holes for at in range(h.begin, h.end)}
    assert left == sorted(left)
