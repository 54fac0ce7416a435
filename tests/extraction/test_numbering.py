"""Numbers that open an item, where they may stand, what they count to, and what is no number."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.extraction.counting import marks
from plan_graph.extraction.numbering import LINE_ONLY, STYLES, number_of
from plan_graph.model.text import Span

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=150)
RANK = {name: rank for rank, name, _ in STYLES}


def found(text: str, but: tuple[Span, ...] = ()) -> list[str]:
    return [mark.span.of(text) for mark in marks(text, Span(0, len(text)), but)]


@pytest.mark.parametrize(
    ("line", "style", "number", "written"),
    [
        ("第一章　总则", "第一章", 1, "第一章"),
        ("第十二部分 附则", "第一章", 12, "第十二部分"),
        ("第三篇　保障", "第一章", 3, "第三篇"),
        ("第二节　财政", "第一节", 2, "第二节"),
        ("第十条　本办法", "第一条", 10, "第十条"),
        ("第十条为了甲", "第一条", 10, "第十条"),  # as pages lose their spaces
        ("一、总体要求", "一、", 1, "一、"),
        ("二十三、保障", "一、", 23, "二十三、"),
        ("（一）甲", "（一）", 1, "（一）"),
        ("(十一)甲", "（一）", 11, "(十一)"),
        ("〔三〕甲", "（一）", 3, "〔三〕"),
        ("㈢甲", "（一）", 3, "㈢"),
        ("1．甲", "1．", 1, "1．"),
        ("1.甲", "1．", 1, "1."),
        ("１．甲", "1．", 1, "１．"),
        ("1﹒甲", "1．", 1, "1﹒"),
        ("12、甲", "1．", 12, "12、"),
        ("1 ．甲", "1．", 1, "1 ．"),  # out of a PDF
        ("一 、甲", "一、", 1, "一 、"),
        ("⒈甲", "1．", 1, "⒈"),
        ("3．2020年底前完成甲", "1．", 3, "3．"),  # the year belongs to the words
        ("1.1 甲", "1.1", 1, "1.1"),
        ("2.3.4甲", "1.1", 4, "2.3.4"),
        ("（1）甲", "（1）", 1, "（1）"),
        ("(12)甲", "（1）", 12, "(12)"),
        ("⑴甲", "（1）", 1, "⑴"),
        ("①甲", "①", 1, "①"),
        ("⑳甲", "①", 20, "⑳"),
        ("一是推进甲", "一是", 1, "一是"),
        ("一要推进甲", "一是", 1, "一要"),
        ("　　　1．甲", "1．", 1, "1．"),  # ideographic spaces indent
        ("\t1．甲", "1．", 1, "1．"),
        ("\xa01．甲", "1．", 1, "1．"),
        ("\u2003\u20031．甲", "1．", 1, "1．"),
        ("\u3000**（一）甲**", "（一）", 1, "（一）"),  # Markdown
        ("## 一、甲", "一、", 1, "一、"),
    ],
)
def test_a_number_at_the_beginning_of_a_line(line: str, style: str, number: int, written: str) -> None:
    (mark,) = marks(f"甲计划\n{line}", Span(0, len(line) + 4))
    assert (mark.rank, mark.number, mark.span.of(f"甲计划\n{line}"), mark.line) == (RANK[style], number, written, True)
    assert mark.begin == 4


@pytest.mark.parametrize(
    "line",
    [
        "5.0万亩",
        "3.5 倍",
        "10%以上",
        "2016年重点工作",
        "2016-2018年",
        "甲一、乙",
        "第三部门参与",  # 部 alone is no part of a document
        "第一批项目",
        "第一条规定的事项",  # a quotation
        "二是推进甲",  # the second without a first
        "一是否可行",
        "（试行）",
        "（2016-2018年）",
        "（国发〔2016〕1号）",
        "",
    ],
)
def test_other_beginnings_are_no_numbers(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("甲。一、乙。二、丙。", ["一、", "二、"], "after a full stop"),
        ("甲：1．乙；2．丙。", ["1．", "2．"], "after a colon and a semicolon"),
        ("甲（乙局负责）1．丙（丁局负责）2．戊", ["1．", "2．"], "after a bracket"),
        ("甲〔乙局负责〕（一）丙〔丁局负责〕（二）戊", ["（一）", "（二）"], "after a hexagonal one"),
        (
            "（一）甲。1．乙。2．丙。（二）丁。1．戊。2．己。",
            ["（一）", "1．", "2．", "（二）", "1．", "2．"],
            "two levels",
        ),
        ("（一）甲。1．乙。2．丙。（二）丁。3．戊。", ["（一）", "1．", "2．", "（二）", "3．"], "numbers that run on"),
        ("一是甲。二是乙；三是丙。", ["一是", "二是", "三是"], "一是"),
        ("推进：①甲；②乙。", ["①", "②"], "circled"),
        ("推进：（1）甲；（2）乙。", ["（1）", "（2）"], "in brackets"),
        (
            "一、甲任务1．甲。2．乙。\n二、乙任务3．丙。4．丁。",
            ["一、", "1．", "2．", "二、", "3．", "4．"],
            "a heading that runs into an item that counts on",
        ),
        ("一、甲任务1．甲。2．乙。\n二、建设9．项目。", ["一、", "1．", "2．", "二、"], "which does not count on"),
        ("三、主要任务（一）甲。（二）乙。", ["三、", "（一）", "（二）"], "a heading that runs into its first item"),
        ("一、甲\n推进乙。1.丙。2.丁。", ["一、", "1.", "2."], "half-width dots"),
        ("一、甲。 二、乙。", ["一、", "二、"], "a space after the full stop"),
        ("甲任务（1）乙。（2）丙。", [], "no heading before a bracketed one"),
        ("（一）甲任务（1）乙。（2）丙。", ["（一）", "（1）", "（2）"], "a heading that runs into （1）"),
        ("一、甲任务1.乙。二、丙任务1.丁。2.戊。", ["一、", "1.", "二、", "1.", "2."], "one item alone in a chapter"),
    ],
)
def test_numbers_inside_a_line_count_on(text: str, expected: list[str], reason: str) -> None:
    assert found(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("1．甲。3．2020年底前乙。", ["1．"], "3．counts on from nothing"),
        ("一、按照（二）的要求做。", ["一、"], "（二）inside a sentence"),
        ("一、按照。（二）的要求做。", ["一、"], "（二）after a full stop, with no （一）"),
        ("一、增长。10%以上。", ["一、"], "a percentage"),
        ("一、达到。5.0万。6.0万。", ["一、"], "decimals"),
        ("一、甲。1．只有一项。", ["一、"], "a count of one"),
        ("一、见《甲（一）》。", ["一、"], "in a title"),
        ("1．甲。\n附件：1．乙表\n2．丙表\n", ["1．"], "a list of annexes"),
        ("1．甲。\n附件：1．乙表\n　　　2．丙表\n　　　3．丁表\n", ["1．"], "an indented one"),
        ("一、甲。附件：1.乙表2.丙表", ["一、"], "one on the line"),
        (
            "函。附件：1.乙2.丙方案甲厅2021年9月18日丙方案一、丁。二、戊。",
            ["一、", "二、"],
            "before a plan on one line",
        ),
        ("函。附件:1.乙2.丙附件1名单附件2丙方案一、丁。二、戊。", ["一、", "二、"], "ended by the annex itself"),
    ],
)
def test_what_only_looks_like_a_number(text: str, expected: list[str], reason: str) -> None:
    assert found(text) == expected, reason


def test_a_sentence_before_a_number_may_lack_its_full_stop_on_one_line() -> None:
    long = "推进子丑寅卯。" * 200
    text = f"为推进，制定方案。一、甲{long}做好工作二、乙{long}做好工作三、丙{long}"
    assert found(text) == ["一、", "二、", "三、"]
    assert found("一、甲\n推进乙做好工作二、丙") == ["一、"]


def test_an_item_begins_where_a_clause_ends_without_a_full_stop() -> None:
    text = "（一）甲。责任单位：乙局（二）丙"
    assert found(text, (Span(5, 12),)) == ["（一）", "（二）"]
    assert found(text.replace("。责任单位：乙局", "乙丙丁戊己庚辛壬癸")) == ["（一）"]


def test_a_number_that_was_misread_takes_none_with_it_where_clauses_end() -> None:
    text = "1.甲。2.乙。（丙局负责）3，丁。（丙局负责）4.戊。5.己。"
    clauses = tuple(Span(hit.start(), hit.end()) for hit in re.finditer("（丙局负责）", text))
    assert found(text, clauses) == ["1.", "2.", "4.", "5."]
    assert found(text.replace("4.", "9."), clauses) == ["1.", "2."]


def test_a_count_goes_on_over_a_gap_after_a_full_stop_where_more_follows() -> None:
    text = "一、任务（一）甲。（二）乙。（三）丙。（六）丁。（七）戊。"
    assert found(text)[1:] == ["（一）", "（二）", "（三）", "（六）", "（七）"]
    assert found("一、任务（一）甲。（二）乙，如（五）类。（六）丁。")[1:] == ["（一）", "（二）"]


def test_a_number_that_lost_its_stop_opens_an_item_where_it_alone_is_missing() -> None:
    assert found("1.甲\n2 乙\n3.丙") == ["1.", "2", "3."]
    assert found("1.甲\n2 乙\n4.丙") == ["1.", "4."]
    assert found("1.甲\n2 月底前完成\n3.丙") == ["1.", "3."]
    assert found("1 甲\n2 乙\n3 丙") == []
    assert found("1.甲。2。乙。3.丙。") == ["1.", "2。", "3."]
    assert found("1.甲。2。乙。4.丙。") == ["1."]


def test_the_first_item_may_follow_a_comma_where_a_second_follows() -> None:
    assert found("1.针对堵点，（1）甲。（2）乙。\n2.丙") == ["1.", "（1）", "（2）", "2."]
    assert found("1.针对堵点，（1）甲。\n2.丙") == ["1.", "2."]


def test_a_count_of_bracketed_items_may_run_on_under_the_next_item() -> None:
    text = "1.甲。（1）乙。（2）丙。2.丁。（3）戊。（4）己。3.庚，见（6）。"
    assert found(text) == ["1.", "（1）", "（2）", "2.", "（3）", "（4）", "3."]


def test_the_name_of_an_annex_may_go_on_over_two_lines() -> None:
    assert found("一、甲\n附件：1.甲方案\n工作要点\n2.乙清单\n2020年1月1日") == ["一、"]


def test_no_item_begins_in_the_stretches_left_out() -> None:
    text = "1．甲\n2．乙\n3．丙"
    assert found(text, (Span(4, 7),)) == ["1．", "3．"]
    assert [m.span.of(text) for m in marks(text, Span(4, len(text)))] == ["2．", "3．"]


def test_a_list_of_annexes_in_a_stretch_left_out_does_not_end_it() -> None:
    text = "标题\t正文\n附件：1．甲表 2．乙表。\n一、丙\n二、丁\n"
    assert found(text, (Span(0, len(text)),)) == []


def test_a_count_inside_a_paragraph_ends_with_it() -> None:
    text = "1．甲：①乙；②丙。\n2．丁：③戊。\n"
    assert found(text) == ["1．", "①", "②", "2．"]


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
        ("⑴", 1),
        ("⒛", 20),
        ("㈩", 10),
    ],
)
def test_numbers(written: str, number: int) -> None:
    assert number_of(written) == number


def test_styles_are_ordered_by_rank() -> None:
    assert [rank for rank, _, _ in STYLES] == list(range(len(STYLES)))
    assert all(pattern.match(name + "　甲") for _, name, pattern in STYLES)
    assert {"第一章", "第一节"} <= {STYLES[rank][1] for rank in LINE_ONLY}


HAN = ["零", *"一二三四五六七八九", "十"]


def in_han(number: int) -> str:
    """Write a number up to 199 in Chinese."""
    if number >= 100:
        rest = number - 100
        return "一百" + (
            "" if not rest else "零" + HAN[rest] if rest < 10 else ("一" if rest < 20 else "") + in_han(rest)
        )
    ones = HAN[number % 10] if number % 10 else ""
    return HAN[number] if number < 10 else ("" if number < 20 else HAN[number // 10]) + "十" + ones


@pytest.mark.parametrize("number", range(1, 200))
def test_every_number_written_in_chinese_is_read_back(number: int) -> None:
    assert number_of(in_han(number)) == number
    assert number_of(str(number)) == number


@EXACT
@given(st.text("一二三、（）1．2.3①②一是。；第章甲\n\u3000", max_size=60))
def test_marks_lie_apart_in_order_and_can_be_read(text: str) -> None:
    made = marks(text, Span(0, len(text)))
    assert all(one.span.end <= other.span.begin for one, other in pairwise(made))
    for mark in made:
        assert mark.begin <= mark.span.begin < mark.span.end
        assert not text[mark.begin : mark.span.begin].strip(" \t\u3000\xa0")
        assert mark.line == (mark.begin == 0 or text[mark.begin - 1] == "\n")
