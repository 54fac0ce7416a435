"""A document → a plan: sections, tasks with ids, a part for every code point, and what is reported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.authority.register import Register
from plan_graph.errors import UnreadableError
from plan_graph.extraction.parts import AFTER_CLAUSE, UNDER_HEADING, render
from plan_graph.extraction.tasks import extract
from plan_graph.model.plan import Plan
from plan_graph.model.text import PartKind
from plan_graph.reading.text import decode

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=150)
REGISTER = Register.load()


def read(text: str) -> Plan:
    return extract(decode(text.encode(), "d", "d.txt"), REGISTER)


def wording(plan: Plan) -> list[str]:
    return ["".join(s.of(plan.document.text) for s in task.text_spans) for task in plan.tasks]


def parts(plan: Plan) -> list[tuple[str, str]]:
    return [(part.kind.value, part.span.of(plan.document.text)) for part in plan.parts]


def said(plan: Plan) -> list[str]:
    return [note.en for note in plan.warnings]


SMALL = """甲计划
一、2016年重点工作（2项）
（一）完善机制。
1．推进甲。（牵头单位：省财政厅；配合单位：省国资委）
2．推进乙，年内建成3个园区。
二、2017年重点工作（1项）
（一）完善机制。
1．按照《丙意见》支持沈阳市。（牵头单位：各市人民政府）
"""


def test_a_small_plan() -> None:
    plan = read(SMALL)
    assert [(t.id, t.number, t.number_as_written, t.year, t.section) for t in plan.tasks] == [
        ("2016-001", 1, "1．", 2016, (2016, 1)),
        ("2016-002", 2, "2．", 2016, (2016, 1)),
        ("2017-001", 1, "1．", 2017, (2017, 1)),
    ]
    assert wording(plan) == ["推进甲。", "推进乙，年内建成3个园区。", "按照《丙意见》支持沈阳市。"]
    assert [(s.path, s.number, s.title, s.year, s.stated_tasks, s.theme) for s in plan.sections] == [
        ((2016,), "一、", "2016年重点工作", 2016, 2, ""),
        ((2016, 1), "（一）", "完善机制", 2016, None, "完善机制"),
        ((2017,), "二、", "2017年重点工作", 2017, 1, ""),
        ((2017, 1), "（一）", "完善机制", 2017, None, "完善机制"),
    ]
    assert all(s.title_span.of(SMALL) == s.title for s in plan.sections)
    one, two, three = plan.tasks
    assert [m.name for c in one.clauses for m in c.mentions] == ["省财政厅", "省国资委"]
    assert ([str(t.value) for t in two.targets], [d.written for d in two.deadlines]) == (["3"], ["年内"])
    assert ([c.title for c in three.citations], [p.written for p in three.places]) == (["丙意见"], ["沈阳市"])
    assert said(plan) == []


def test_every_code_point_has_one_part() -> None:
    plan = read(SMALL)
    assert render(plan.parts, SMALL) == SMALL
    assert parts(plan) == [
        ("heading", "甲计划\n"),
        ("heading", "一、2016年重点工作（2项）\n"),
        ("heading", "（一）完善机制。\n"),
        ("task", "1．推进甲。"),
        ("clause", "（牵头单位：省财政厅；配合单位：省国资委）\n"),
        ("task", "2．推进乙，年内建成3个园区。\n"),
        ("heading", "二、2017年重点工作（1项）\n"),
        ("heading", "（一）完善机制。\n"),
        ("task", "1．按照《丙意见》支持沈阳市。"),
        ("clause", "（牵头单位：各市人民政府）\n"),
    ]


# --- what is not read is said ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "passage", "reason", "why"),
    [
        ("甲计划\n1．甲。（牵头单位：甲局）\n附注：联系人乙。\n", "附注：联系人乙。", AFTER_CLAUSE, "after the clause"),
        ("甲计划\n一、甲。到2020年建成乙。\n1．丙。\n", "到2020年建成乙。", UNDER_HEADING, "on the heading's line"),
        ("甲计划\n一、甲。\n2016年是关键年。\n1．丙。\n", "2016年是关键年。", UNDER_HEADING, "beneath the heading"),
    ],
)
def test_unread_passages_give_their_reason(text: str, passage: str, reason: str, why: str) -> None:
    plan = read(text)
    unread = [part for part in plan.parts if part.kind is PartKind.UNREAD]
    assert [(part.span.of(text).strip(), part.reason) for part in unread] == [(passage, reason)], why
    assert render(plan.parts, text) == text


def test_paragraphs_before_the_clause_belong_to_the_task() -> None:
    plan = read("甲计划\n1．甲。\n乙。（牵头单位：甲局）\n2．丙。\n丁。\n")
    assert wording(plan) == ["甲。\n乙。", "丙。\n丁。"]
    assert not any(part.kind is PartKind.UNREAD for part in plan.parts)


def test_items_inside_a_line_belong_to_the_last_item_before_them_however_deep() -> None:
    text = "甲计划\n一、甲项工作\n1．咨询方式：\n（1）来人。\n（2）来函，须写明：1．姓名；2．事由。\n\n二、乙项工作\n"
    plan = read(text)
    assert wording(plan) == ["来人。", "来函，须写明：1．姓名；2．事由。", "乙项工作"]
    check_parts(plan, text)


def test_words_between_and_after_clauses_belong_to_the_task() -> None:
    text = "甲计划\n1．先做甲。（牵头单位：甲局）再做乙。（牵头单位：乙局）请抓紧。\n"
    plan = read(text)
    (task,) = plan.tasks
    assert [s.of(text) for s in task.text_spans] == ["先做甲。", "再做乙。", "请抓紧。"]
    assert [c.span.of(text) for c in task.clauses] == ["（牵头单位：甲局）", "（牵头单位：乙局）"]


def test_a_full_stop_after_the_clause_is_no_wording() -> None:
    plan = read("甲计划\n1．甲（牵头单位：甲局）。\n")
    assert wording(plan) == ["甲"]


@pytest.mark.parametrize(
    ("text", "warnings", "why"),
    [
        (
            "甲计划\n一、工作（3项）\n1．甲\n2．乙\n",
            ["heading 一、工作 states 3 tasks but holds 2; compare with the original"],
            "a heading that states one more",
        ),
        ("甲计划\n1．甲\n2．乙\n4．丁\n", ["2 is followed by 4: 1 missing"], "a number left out"),
        ("甲计划\n1．甲\n5．乙\n", ["1 is followed by 5: 3 missing"], "several left out"),
        ("甲计划\n1．甲\n2．乙\n2．丙\n", ["2 is followed by 2: a number stands twice or out of order"], "one twice"),
        (
            "甲计划\n1．甲\n1．乙\n",
            ["1 is followed by 1: a number stands twice or out of order"],
            "the first one twice",
        ),
        (
            "甲计划\n1．甲\n3．乙\n2．丙\n",
            ["1 is followed by 3: 1 missing", "3 is followed by 2: a number stands twice or out of order"],
            "two swapped",
        ),
        ("甲计划\n2．甲\n3．乙\n", ["the numbers begin with 2: 1 missing"], "the first left out"),
        ("甲计划\n一、甲\n（一）乙\n（二）丙\n1．丁\n2．戊\n（三）己\n", [], "tasks of two ranks beside each other"),
        ("甲计划\n一、甲\n1．乙\n2．丙\n二、丁\n3．戊\n", [], "numbers that run on"),
        ("甲计划\n一、甲\n1．乙\n2．丙\n二、丁\n1．戊\n", [], "numbers that begin again"),
        (
            "甲计划\n一、甲\n1．乙\n2．丙\n二、丁\n2．戊\n",
            ["2 is followed by 2: a number stands twice or out of order"],
            "neither",
        ),
        ("甲计划\n一、甲\n1．乙\n三、丁\n1．戊\n", ["1 is followed by 3: 1 missing"], "a heading left out"),
        (
            "1．甲\n",
            ["no title found before the first numbered block; the file name stands in for it"],
            "no title",
        ),
        (
            "1．甲\n3．乙\n",
            [
                "no title found before the first numbered block; the file name stands in for it",
                "1 is followed by 3: 1 missing",
            ],
            "no title, said first",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)
def test_warnings(text: str, warnings: list[str], why: str) -> None:
    plan = read(text)
    assert said(plan) == warnings, why
    assert all(note.zh for note in plan.warnings)


def test_a_heading_that_states_106_with_105_tasks() -> None:
    lines = ["甲计划", "一、2016年重点工作（106项）", *(f"{n}．甲。" for n in range(1, 107) if n != 57)]
    plan = read("\n".join(lines) + "\n")
    assert len(plan.tasks) == 105
    assert said(plan) == [
        "56 is followed by 58: 1 missing",
        "heading 一、2016年重点工作 states 106 tasks but holds 105; compare with the original",
    ]


# --- ids -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ids", "why"),
    [
        ("甲计划\n1．甲\n2．乙\n", ["001", "002"], "neither year nor section"),
        ("甲计划\n一、甲\n1．乙\n二、丙\n1．丁\n", ["1-001", "2-001"], "by section"),
        ("甲计划\n一、2016年\n1．甲\n二、2017年\n1．乙\n", ["2016-001", "2017-001"], "by year"),
        (
            "甲计划\n一、2016年\n（一）甲\n1．乙\n（二）丙\n1．丁\n",
            ["2016-1-001", "2016-2-001"],
            "a number twice in a year",
        ),
        ("甲计划\n一、2016年\n1．甲\n1．乙\n", ["2016-001", "2016-001-2"], "both are kept"),
        ("甲计划\n1．甲\n1．乙\n1．丙\n", ["001", "001-2", "001-3"], "all three"),
        ("甲计划\n一、2016年甲\n1．乙\n二、2016年丙\n1．丁\n", ["2016-001", "2-001"], "two parts of one year"),
    ],
)
def test_ids(text: str, ids: list[str], why: str) -> None:
    plan = read(text)
    assert [task.id for task in plan.tasks] == ids, why
    paths = [section.path for section in plan.sections]
    assert len(set(paths)) == len(paths)


def test_a_year_part_put_before_shifts_no_id() -> None:
    before = read("甲计划\n一、2017年\n（一）甲\n1．乙\n")
    after = read("甲计划\n一、2016年\n（一）甲\n1．丙\n二、2017年\n（一）甲\n1．乙\n")
    assert before.tasks[0].id == after.tasks[1].id == "2017-001"
    assert before.sections[1].path == after.sections[3].path == (2017, 1)


@pytest.mark.parametrize(
    ("text", "themes", "why"),
    [
        ("甲计划\n一、甲\n（一）乙\n1．丙\n", ["", "乙"], "the heading right above the tasks"),
        ("甲计划\n一、甲\n1．丙\n", ["甲"], "whatever its rank"),
        ("甲计划\n一、2016年重点工作\n1．丙\n", [""], "but not a year"),
    ],
)
def test_themes(text: str, themes: list[str], why: str) -> None:
    assert [section.theme for section in read(text).sections] == themes, why


def test_a_goal_in_a_headings_prose_is_not_its_year() -> None:
    plan = read("甲计划\n一、总体要求。到2020年建成甲。\n1．乙\n")
    assert (plan.sections[0].year, plan.tasks[0].year) == (None, None)


def test_deadlines_without_a_year_take_the_sections() -> None:
    plan = read("甲计划\n一、2017年工作\n1．年内完成甲。\n")
    assert [str(d.by) for d in plan.tasks[0].deadlines] == ["2017-12-31"]


# --- noise -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("甲计划\n1．推进\ue008甲\ue009。\n", "推进\ue008甲\ue009。"),  # private use
        ("甲计划\n1．推进ＡＢＣ１２３。\n", "推进ＡＢＣ１２３。"),  # full width
        ("甲计划\n1．推进\U00020bb7甲。\n", "推进\U00020bb7甲。"),  # beyond the basic plane
        ("甲计划\n1．推进　甲 乙。\n", "推进　甲 乙。"),  # spaces inside
        ("甲计划\n1．推进\u200b甲。\n", "推进\u200b甲。"),  # zero width
        ("甲计划\n1．\n2．推进甲。\n", "推进甲。"),  # a number alone is no task
        (
            "甲计划\n1．（牵头单位：甲局）\n",
            "（牵头单位：甲局）",
        ),  # where the clause is all there is, it is the wording
        ("甲计划\n1．（牵头单位：甲局）（牵头单位：乙局）\n", "（牵头单位：甲局）（牵头单位：乙局）"),
        ("甲计划\n1．推进甲。\n2．", "推进甲。"),
    ],
)
def test_odd_characters_survive(text: str, words: str) -> None:
    plan = read(text)
    assert wording(plan) == [words]
    assert render(plan.parts, text) == text


@pytest.mark.parametrize("text", ["没有编号的文字。\n", "5.0万亩\n", "2016年\n", "一\n", "甲计划\n1．\n"])
def test_a_text_without_a_number_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"^d\.txt holds no numbered task") as error:
        read(text)
    assert "没有编号的任务" in error.value.zh


# --- properties ------------------------------------------------------------------------------------------------------

WORDS = st.text("甲乙推进《》（）牵头单位：；，、。3个%年内沈阳", max_size=30)
LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["一、", "二、2016年", "（一）", "（二）", "1．", "2．", "（1）", "①", "", "　　", "附件"]),
    WORDS,
    st.sampled_from(["", "。", "（2项）", "（牵头单位：甲局；配合单位：乙局等有关部门）", "（甲局负责）"]),
)


def test_a_time_that_a_table_says_once_is_that_of_the_rows_below_and_of_no_clause_of_theirs() -> None:
    plan = read(
        "甲省2020年任务清单\n序号\t任务\t责任单位\t时间节点\n1\t推进甲工作\t省财政厅\t6月底前\n2\t完善乙机制\t省教育厅\n"
    )
    assert [[str(d.by) for d in task.deadlines] for task in plan.tasks] == [["2020-06-30"], ["2020-06-30"]]
    assert [[len(clause.deadlines) for clause in task.clauses] for task in plan.tasks] == [[1], [0]]


def check_parts(plan: Plan, text: str) -> None:
    at = 0
    for part in plan.parts:
        assert part.span.begin == at
        assert part.span.begin < part.span.end
        assert bool(part.reason) == (part.kind is PartKind.UNREAD)
        at = part.span.end
    assert at == len(text)
    assert render(plan.parts, text) == text
    assert len({task.id for task in plan.tasks}) == len(plan.tasks)
    assert len({section.path for section in plan.sections}) == len(plan.sections)
    for task in plan.tasks:
        clauses = [clause.span for clause in task.clauses]
        assert all(task.span.covers(span) for span in (*task.text_spans, *clauses))
        if list(task.text_spans) != clauses:  # unless the clauses are all there is
            assert not any(one.begin < two.end and two.begin < one.end for one in task.text_spans for two in clauses)
    clause_spans = [part.span for part in plan.parts if part.kind is PartKind.CLAUSE]
    stated = [clause.span for task in plan.tasks for clause in task.clauses]
    assert [part.begin for part in clause_spans] == [span.begin for span in stated]


@EXACT
@given(st.lists(LINES, max_size=8), LINES)
def test_generated_documents_are_covered_once(before: list[str], after: str) -> None:
    text = "\n".join(["甲计划", *before, "1．甲。", after])
    check_parts(read(text), text)


@EXACT
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), st.text("\n甲一、（）1．", max_size=40))
def test_any_text_with_a_numbered_line_is_covered_once(before: str, after: str) -> None:
    text = decode(f"{before}\n1．甲\n{after}".encode(), "d", "d.txt").text
    check_parts(read(text), text)


@EXACT
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.text("一（）1．。年月日章第\n 《》“”牵头单位：", max_size=60)
)
def test_nothing_but_unreadable_is_ever_raised(text: str) -> None:
    try:
        plan = read(text)
    except UnreadableError:
        return
    assert plan.tasks
