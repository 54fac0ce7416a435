"""Which lines open a block, what is a heading, and what a heading says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.extraction.outline import (
    STYLES,
    Block,
    heading_count,
    heading_title,
    heading_year,
    number_of,
    outline,
)
from plan_graph.model import Span

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=150)

Tree = tuple[str, tuple["Tree", ...]]


def tree(text: str) -> tuple[Tree, ...]:
    """Return the blocks of a text as (mark and words, blocks beneath)."""

    def of(blocks: tuple[Block, ...]) -> tuple[Tree, ...]:
        return tuple((b.mark.of(text) + b.body.of(text), of(b.children)) for b in blocks)

    return of(outline(text).blocks)


@pytest.mark.parametrize(
    ("line", "rank", "number", "mark"),
    [
        ("第一章　总则", 0, 1, "第一章"),
        ("第十二部分 附则", 0, 12, "第十二部分"),
        ("一、总体要求", 1, 1, "一、"),
        ("二十三、保障", 1, 23, "二十三、"),
        ("（一）甲", 2, 1, "（一）"),
        ("(十一)甲", 2, 11, "(十一)"),
        ("〔三〕甲", 2, 3, "〔三〕"),
        ("1．甲", 3, 1, "1．"),
        ("1.甲", 3, 1, "1."),
        ("１．甲", 3, 1, "１．"),
        ("1﹒甲", 3, 1, "1﹒"),
        ("12、甲", 3, 12, "12、"),
        ("3．2020年底前完成甲", 3, 3, "3．"),  # the year belongs to the words
        ("（1）甲", 4, 1, "（1）"),
        ("①甲", 5, 1, "①"),
        ("⑳甲", 5, 20, "⑳"),
        ("　　　1．甲", 3, 1, "1．"),  # ideographic spaces indent
        ("\t1．甲", 3, 1, "1．"),
    ],
)
def test_a_number_opens_a_block(line: str, rank: int, number: int, mark: str) -> None:
    (block,) = outline(line).blocks
    assert (block.rank, block.number, block.mark.of(line)) == (rank, number, mark)
    assert block.span == Span(0, len(line))
    assert block.mark.of(line) + block.body.of(line) == line.lstrip("　\t")


@pytest.mark.parametrize(
    "line",
    [
        "1.1 甲",  # a number of two parts
        "5.0万亩",
        "10%以上",
        "2016年重点工作",  # a year
        "一是推进甲",
        "甲一、乙",  # not at the beginning
        "第三部门参与",  # 部 alone is no part of a document
        "第一批项目",
        "（试行）",
        "（2016-2018年）",
        "",
    ],
)
def test_other_beginnings_open_none(line: str) -> None:
    found = outline(line)
    assert (found.blocks, found.preamble) == ((), Span(0, len(line)))


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
    ("written", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("九十九", 99),
        ("百", 100),
        ("一百零六", 106),
        ("一百一十", 110),
        ("一〇六", 106),  # digit by digit
        ("二〇", 20),
        ("零", 0),
        ("106", 106),
        ("１０６", 106),
        ("①", 1),
        ("⑳", 20),
    ],
)
def test_numbers(written: str, number: int) -> None:
    assert number_of(written) == number


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


def test_styles_are_ordered_by_rank() -> None:
    assert [rank for rank, _, _ in STYLES] == list(range(len(STYLES)))
    assert all(pattern.match(name) for _, name, pattern in STYLES)


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
