"""Which lines open a block, what is a heading, and what a heading says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.extraction.outline import Block, heading_count, heading_title, heading_year, outline
from plan_graph.model.text import Span

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=150)

Tree = tuple[str, tuple["Tree", ...]]


def tree(text: str) -> tuple[Tree, ...]:
    """Return the blocks of a text as (mark and words, blocks beneath)."""

    def of(blocks: tuple[Block, ...]) -> tuple[Tree, ...]:
        return tuple((b.mark.of(text) + b.body.of(text), of(b.children)) for b in blocks)

    return of(outline(text).blocks)


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        (
            "一、甲\n（一）乙\n1．丙\n2．丁\n（二）戊\n",
            (("一、甲", (("（一）乙", (("1．丙", ()), ("2．丁", ()))), ("（二）戊", ()))),),
            "ranks nest, and a shallower number closes what is deeper",
        ),
        ("（一）甲\n（二）乙\n", (("（一）甲", ()), ("（二）乙", ())), "（一） is a task where nothing is deeper"),
        ("一、甲\n1．乙\n二、丙\n", (("一、甲", (("1．乙", ()),)), ("二、丙", ())), "a rank may be left out"),
        (
            "1．甲\n续一行\n\n再一行\n2．乙\n",
            (("1．甲\n续一行\n\n再一行", ()), ("2．乙", ())),
            "paragraphs go on with their block",
        ),
        ("1．甲\n（一）乙\n", (("1．甲", ()), ("（一）乙", ())), "an outer number never nests in an inner one"),
        ("序\n1．甲\n", (("1．甲", ()),), "what stands before is no block"),
        ("1．甲\n1．乙\n", (("1．甲", ()), ("1．乙", ())), "equal numbers stay two blocks"),
        (
            "一、甲\n第一条 乙\n二、丙\n第二条 丁\n三、戊\n第三条 己\n",
            (("一、甲", (("第一条 乙", ()),)), ("二、丙", (("第二条 丁", ()),)), ("三、戊", (("第三条 己", ()),))),
            "articles that run on stand in chapters",
        ),
        (
            "第一条 甲\n一、乙\n二、丙\n第二条 丁\n一、戊\n",
            (("第一条 甲", (("一、乙", ()), ("二、丙", ()))), ("第二条 丁", (("一、戊", ()),))),
            "a list within an article begins anew",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)
def test_blocks_nest(text: str, expected: tuple[Tree, ...], reason: str) -> None:
    assert tree(text) == expected, reason


def test_blank_lines_at_the_end_are_no_part_of_a_block() -> None:
    text = "序\n1．甲\n\n2．乙\n\n\n"
    found = outline(text)
    assert found.preamble.of(text) == "序\n"
    assert [b.span.of(text) for b in found.blocks] == ["1．甲\n", "2．乙\n"]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2016年重点工作", 2016),
        ("做好2017年工作", 2017),
        ("2016-2018年计划", None),  # a range is no single year
        ("2016—2018年计划", None),
        ("2016年至2018年计划", None),
        ("2016年、2017年工作", None),
        ("到2020年建成甲", None),  # a goal
        ("重点工作", None),
        ("1999年工作", None),
    ],
)
def test_the_year_of_a_heading(title: str, year: int | None) -> None:
    assert heading_year(title) == year


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("重点工作（106项）", 106),
        ("重点工作(57项)", 57),
        ("重点工作", None),
        ("重点工作106项", None),
        ("（三项）", None),
    ],
)
def test_the_count_of_a_heading(title: str, count: int | None) -> None:
    assert heading_count(title) == count


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("重点工作（106项）", "重点工作"),
        ("　重点工作（3项） ", "重点工作"),
        ("完善机制。", "完善机制"),
        ("完善机制**\n到2020年完成甲。", "完善机制"),  # Markdown
        ("完善机制。到2020年完成甲。", "完善机制"),  # the first sentence
        ("完善机制\n说明。", "完善机制"),  # or the first line, whichever is shorter
        ("甲（3项）乙（试行）", "甲（3项）乙（试行）"),  # a count in the middle is part of the words
        ("甲（试行）", "甲（试行）"),
        ("", ""),
    ],
)
def test_the_title_of_a_heading_is_a_span_of_the_text(body: str, title: str) -> None:
    text = "一、" + body
    assert heading_title(text, Span(2, len(text))).of(text) == title


HAN = "一二三四五六七八九十"
MARKS = ("一、", "（一）", "1．", "（1）", "①")


@st.composite
def trees(draw: st.DrawFn, rank: int = 0) -> list[tuple[str, list[object]]]:
    """Generate blocks: (line, blocks beneath), each rank deeper than the one above."""
    if rank >= len(MARKS):
        return []
    made: list[tuple[str, list[object]]] = []
    for number in range(1, draw(st.integers(1 if rank == 0 else 0, 3)) + 1):
        mark = MARKS[rank].replace("一", HAN[number - 1]).replace("1", str(number)).replace("①", "①②③"[number - 1])
        words = draw(st.text("甲乙丙。（）《", max_size=6))
        below = draw(trees(rank + draw(st.integers(1, 2))))
        made.append((mark + words, list(below)))
    return made


def written(blocks: list[tuple[str, list[object]]]) -> str:
    return "".join(line + "\n" + written(below) for line, below in blocks)  # type: ignore[arg-type]


@EXACT
@given(trees())
def test_a_generated_outline_is_read_back(blocks: list[tuple[str, list[object]]]) -> None:
    def same(made: list[tuple[str, list[object]]]) -> tuple[Tree, ...]:
        return tuple((line, same(below)) for line, below in made)  # type: ignore[arg-type]

    assert tree(written(blocks)) == same(blocks)


@EXACT
@given(st.text("一二、（）1．.①甲\n\u3000年 ", max_size=60))
def test_blocks_cover_their_children_and_never_overlap(text: str) -> None:
    def check(blocks: tuple[Block, ...], within: Span) -> None:
        at = within.begin
        for block in blocks:
            assert at <= block.span.begin
            assert within.covers(block.span)
            assert block.span.covers(block.mark)
            assert block.span.covers(block.body)
            at = block.span.end
            if block.children:
                check(block.children, Span(block.span.end, within.end))

    found = outline(text)
    check(found.blocks, Span(found.preamble.end, len(text)))
