"""Extraction on drawn documents: what is written is what is read, and no text breaks what holds of every text.

Every row of the grammar has a generator. What must be read is known from how the document was made.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from plan_graph.authority.register import Register
from plan_graph.errors import UnreadableError
from plan_graph.extraction.brackets import mask
from plan_graph.extraction.clause_rules import RULES
from plan_graph.extraction.names import split_names
from plan_graph.extraction.parts import render
from plan_graph.extraction.tasks import extract
from plan_graph.model.plan import Clause, Plan
from plan_graph.model.text import PartKind, Span
from plan_graph.reading.text import decode

if TYPE_CHECKING:  # for mypy this folder is on the path, for pytest the root of the project
    import generator as g
else:
    from tests.extraction import generator as g

REGISTER = Register.load()
EXACT = settings(derandomize=True, deadline=None, database=None)

# --- documents drawn at random ---------------------------------------------------------------------------------------

_BEFORE = {True: ("。", "。\n"), False: ("。", "", "。\n", "。 ")}  # of a sentence, of a bracket
_AFTER = {**dict.fromkeys(("C9", "C11", "C13", "C14"), ("。\n",)), "B5": ("\n",)}
_AFTER_BRACKET = ("\n", "。\n", "请抓紧落实。\n", "\n\n")
HAN = "一二三四五六七八九"
WIDE = {n: chr(ord("０") + n) for n in range(1, 10)}
_NUMBERS = ("{}．", "{}.", "{}、", "{wide}．", "（{han}）", "{han}、", "({han})", "（{}）")
_LOOSE = (
    *("各项任务列首位的为牵头单位，下同", "以上任务排在第一位的部门为牵头部门，下同", "列首位的单位为牵头单位"),
    *("逗号前为牵头单位，下同", "逗号前的单位为牵头单位，其余按职责分工负责"),
)


@st.composite
def documents(draw: DrawFn, rule: str) -> g.Drawn:
    """Draw a document whose first clause is read by a rule (not of a table nor of a list by body)."""
    statement: g.Statement | None = None
    text = "甲省2020年工作计划\n"
    loose_at = -1
    if rule in g.STATED:
        of, mark = g.STATED[rule]
        own = draw(st.sampled_from(of))
        wordings = [
            *(g.states(w) for w in (g.COMMA_LEADS if mark else g.FIRST_LEADS)),
            *(g.states(w, False) for w in g.FOR_ITSELF),
            *(g.states(w) for w in _LOOSE),
        ]
        statement = draw(st.sampled_from([w for w in wordings if bool(w.mark) == bool(mark)]))
        if statement.written in _LOOSE:
            loose_at = len(text)
            text += statement.written + "。\n"
        first = draw(g.clauses(own, None if loose_at >= 0 else statement).filter(_leaderless))
    else:
        first = draw(g.clauses(rule))
    rules = draw(st.lists(st.sampled_from(sorted(g.SHAPES)), max_size=2))
    more = [draw(g.clauses(other)) for other in rules]
    number = draw(st.sampled_from(_NUMBERS))
    if draw(st.booleans()) and number != "{han}、":
        text += "一、重点任务\n"
    tasks: list[tuple[g.Told, ...]] = []
    standing, stated_at = (statement, loose_at) if loose_at >= 0 else (None, -1)
    for n, clause in enumerate([first, *more]):
        text += number.format(n + 1, han=HAN[n], wide=WIDE[n + 1]) + draw(st.sampled_from(g.WORDING))
        text += draw(st.sampled_from(_BEFORE[clause.rule in g.SENTENCES]))
        at = len(text)
        text += clause.text
        said_at = at + clause.stated_at if clause.statement else stated_at
        tasks.append((g.say(clause, at, clause.statement or standing, said_at),))
        if clause.statement and clause.statement.wide:
            standing, stated_at = clause.statement, said_at
        text += draw(st.sampled_from(_AFTER.get(clause.rule, _AFTER_BRACKET)))
    return g.Drawn(text, tuple(tasks))


def _leaderless(clause: g.Written) -> bool:
    return not any(party.kind in "Ll" for party in clause.parties)


@st.composite
def inheriting(draw: DrawFn) -> g.Drawn:
    """Draw a document whose first clause adds parties to everything below it: 以下均需…，不再列出."""
    first = draw(g.clauses(draw(st.sampled_from(("B1", "C3", "C3b", "A1", "C2")))))
    also = draw(g.lists({"": (False, ())}, "", 2))
    verb = draw(st.sampled_from(("落实", "按职责分工落实", "共同实施", "具体负责", "配合", "参与")))
    stated = draw(st.sampled_from(("以下均需", "以下任务均需", "以下各项均由"))) + also.written + verb
    stated += draw(st.sampled_from(("，不再列出", "，不再逐一列出", "，不再重复列出")))
    stating = replace(first, text=f"{first.text[:-1]}。{stated}{first.text[-1]}")
    text = "甲省2020年工作计划\n1．推进甲工作。"
    tasks = [(g.say(stating, len(text), None, -1),)]
    basis = (len(text) + len(first.text), len(text) + len(first.text) + len(stated))
    text += stating.text + "\n"
    leads_there = {name for name, role, _, _ in tasks[0][0][2] if role is g.LEAD}
    inherited: list[tuple[g.Told, ...]] = [()]
    for n in range(draw(st.integers(1, 3))):
        later = draw(g.clauses(draw(st.sampled_from(sorted(set(g.SHAPES) - set(g.SENTENCES))))))
        text += f"{n + 2}．完善乙机制。"
        tasks.append((g.say(later, len(text), None, -1),))
        text += later.text + "\n"
        own = {party.named.name for party in later.parties}
        led = any(role is g.LEAD for _, role, _, _ in tasks[-1][0][2])  # beside a lead the others support
        role = g.SUPPORT if led or verb in ("配合", "参与") else g.RESPONSIBLE
        left = tuple(  # who is named already is not named again
            (one.name, g.LEAD if one.name in leads_there else role, verb, False)
            for one in also.names
            if one.name not in own
        )
        inherited.append((("B10", basis, left, (), (basis,)),) if left else ())
    return g.Drawn(text, tuple(tasks), tuple(inherited))


@st.composite
def tables(draw: DrawFn) -> g.Drawn:
    """Draw a table of tasks: the heads are labels, each cell of names is a clause of its own."""
    kinds = draw(st.permutations("LRSGT").map(lambda order: order[: draw(st.integers(2, 4))]))
    kinds = kinds if set(kinds) & set("LRSG") else [*kinds, "L"]
    heads = {kind: draw(g.WORDS[kind].filter(lambda w: len(w) < 16)) for kind in kinds}
    text = "甲省2020年任务清单\n" + "\t".join(["序号", "任务", *heads.values()]) + "\n"
    tasks: list[tuple[g.Told, ...]] = []
    for n in range(draw(st.integers(1, 3))):
        text += f"{n + 1}\t{draw(st.sampled_from(g.WORDING))}"
        cells: list[g.Told] = []
        times: tuple[tuple[int, int, date | None], ...] = ()
        for kind in kinds:
            text += "\t"
            at = len(text)
            if kind == "T":
                written, read, by = draw(st.sampled_from(g.TIMES))
                times = ((at, at + len(read), by),)
                text += written
                continue
            listed = draw(g.lists(g.OPEN, "，", 2))
            text += listed.written
            beside = g.LEAD if kind == "L" else g.GUIDE if kind == "G" else g.SUPPORT
            role = g.RESPONSIBLE if kind == "R" and "L" not in kinds else beside
            said = tuple((one.name, role, heads[kind], one.open) for one in listed.names)
            cells.append(("E1", (at, len(text)), said, (), ()))
        rule, span, said, _, basis = cells[0]
        tasks.append(((rule, span, said, times, basis), *cells[1:]))
        text += "\n"
    return g.Drawn(text, tuple(tasks))


GENERATORS: dict[str, SearchStrategy[g.Drawn]] = {
    **{rule: documents(rule) for rule in (*g.SHAPES, *g.STATED)},
    "E1": tables(),
    "E2": g.by_body(),
    "G1": g.duties(),
    "B8": g.alone(),
    "B9": g.starred(),
}


# --- what is written is read -----------------------------------------------------------------------------------------


def read(text: str) -> Plan:
    return extract(decode(text.encode(), "d", "d.txt"), REGISTER)


def told(clause: Clause) -> g.Told:
    return (
        clause.rule,
        (clause.span.begin, clause.span.end),
        tuple((m.name, m.role, m.label, m.open) for m in clause.mentions),
        tuple((d.span.begin, d.span.end, d.by) for d in clause.deadlines),
        tuple((b.begin, b.end) for b in clause.basis),
    )


def test_every_rule_has_a_generator() -> None:
    assert set(GENERATORS) == {rule.name for rule in RULES}


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
@settings(EXACT, max_examples=25)
@given(data=st.data())
def test_what_is_written_is_read(rule: str, data: st.DataObject) -> None:
    drawn = data.draw(GENERATORS[rule])
    plan = read(drawn.text)
    assert [tuple(map(told, task.clauses)) for task in plan.tasks] == list(drawn.tasks)
    assert plan.tasks[0].clauses[0].rule == rule
    assert not any(task.inherited for task in plan.tasks)
    assert [d for d in plan.doubts if d.kind != "sentence"] == []


@settings(EXACT, max_examples=60)
@given(inheriting())
def test_parties_for_everything_below_are_inherited(drawn: g.Drawn) -> None:
    plan = read(drawn.text)
    assert [tuple(map(told, task.clauses)) for task in plan.tasks] == list(drawn.tasks)
    assert [tuple(map(told, task.inherited)) for task in plan.tasks] == list(drawn.inherited)


# --- what holds of every text ----------------------------------------------------------------------------------------

_PIECES = (
    *("（", "）", "〔", "〕", "(", ")", "【", "】", "[", "]", "《", "》", "“", "”", "、", "，", ",", "；", "。"),
    *("：", ":", "\ue008", "\U00020000", "a", "牵头", "负责", "配合", "指导", "由", "会同", "等", "和", "及", "各"),
    *("牵头单位：", "责任单位：", "完成时限：", "责任领导：", "按职责分工", "甲局", "乙市政府", "省财政厅"),
    *("各县（市、区）", "有关部门", "成员单位职责", "列首位的为牵头单位，下同", "逗号前为牵头单位"),
    *("以下均需甲局落实，不再列出", "（牵头单位：甲局；配合单位：乙局）", "附件：", "注：", "一、", "（一）"),
    *("1．", "2．", "3.", "１．", "1.1", "①", "②", "一是", "二是", "第一章", "第一条", "2020年", "2020年底前"),
    *("6月底前", "13月", "99日", "年内", "由40%提高到", "50%", "3个", "不低于", "《甲意见》", "制定", "沈阳"),
    *("大连市", "（2项）", "国发〔2020〕1号", "2020年1月2日", "甲省人民政府", "\n", " ", "\u3000", "\t"),
    *("任务\t牵头单位\t时限\n", "关于印发", "的通知"),
)
TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
HEADS = ("", "甲计划\n", "甲计划\n1．甲。", "甲计划\n一、2016年\n1．甲（", "序号\t任务\t牵头单位\n1\t甲\t")


@st.composite
def mutated(draw: DrawFn) -> str:
    """Draw a document and damage it: pieces left out, put in, repeated, and cut off in the middle."""
    text = draw(GENERATORS[draw(st.sampled_from(sorted(GENERATORS)))]).text
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(1, 30)))
        how = draw(st.sampled_from(("leave out", "put in", "repeat", "cut")))
        if how == "leave out":
            text = text[:at] + text[end:]
        elif how == "put in":
            text = text[:at] + draw(st.sampled_from(_PIECES)) + text[at:]
        elif how == "repeat":
            text = text[:end] + text[at:end] * draw(st.integers(1, 3)) + text[end:]
        else:
            text = text[:at]
    return text


def check(text: str) -> bool:
    """Check what holds of every text; tell whether it was read. Nothing is raised but ``UnreadableError``."""
    try:
        plan = read(text)
    except UnreadableError:
        return False
    text = plan.document.text
    assert render(plan.parts, text) == text
    assert [p.span.begin for p in plan.parts] == [0, *(p.span.end for p in plan.parts[:-1])]
    assert all(p.span.begin < p.span.end for p in plan.parts)
    clauses = [p.span for p in plan.parts if p.kind is PartKind.CLAUSE]
    for task in plan.tasks:
        for clause in task.clauses:
            assert task.span.covers(clause.span)
            assert any(part.covers(clause.span) for part in clauses)
            assert clause.mentions
            positions = [m.position for m in clause.mentions]  # in a table they count over the row
            assert positions == list(range(1, len(positions) + 1)) or clause.rule in ("E1", "E2")
            assert all(clause.span.covers(m.span) and m.name and m.span.of(text) for m in clause.mentions)
            assert all(task.span.covers(d.span) and d.written == d.span.of(text) for d in clause.deadlines)
        assert all(one.span.end <= other.span.begin for one, other in pairwise(task.clauses))
        own = [*(c.span for c in task.citations), *(p.span for p in task.places), *(t.span for t in task.targets)]
        assert all(any(words.covers(span) for words in task.text_spans) for span in own)
        elsewhere = [deadline for clause in task.inherited for deadline in clause.deadlines]
        in_table = any(
            clause.rule in ("E1", "E2") for clause in (*task.clauses, *task.inherited)
        )  # a cell merged over rows
        assert all(task.span.covers(one.span) or one in elsewhere or in_table for one in task.deadlines)
    return True


@settings(EXACT, max_examples=400)
@given(st.sampled_from(HEADS), TEXTS)
def test_any_text_is_covered_once_and_facts_lie_in_their_tasks(head: str, text: str) -> None:
    was_read = check(head + text)
    assert was_read or head != HEADS[2], "one task is enough"


@settings(EXACT, max_examples=400)
@given(mutated())
def test_a_damaged_document_is_covered_once_and_facts_lie_in_their_tasks(text: str) -> None:
    check(text)


# --- names and brackets ----------------------------------------------------------------------------------------------


def names(written: str) -> list[str]:
    return [name.name for name in split_names(written, Span(0, len(written)), mask(written))]


@settings(EXACT, max_examples=200)
@given(g.lists(g.OPEN | g.BELOW))
def test_names_once_written_out_stay_as_they_are(listed: g.Listed) -> None:
    once = names(listed.written)
    assert once == [named.name for named in listed.names]
    assert names("、".join(once)) == once


@st.composite
def nested(draw: DrawFn, depth: int) -> str:
    """Draw brackets in brackets of mixed kinds; what a clause holds means nothing inside them."""
    text = draw(st.sampled_from(("", "丁", "，", "、")))
    for _ in range(depth):
        pair = draw(st.sampled_from(g.OUTER))
        text = pair[0] + text + pair[1]
    return text


@settings(EXACT, max_examples=150)
@given(data=st.data(), depth=st.integers(1, 28), outer=st.sampled_from(g.OUTER))
def test_brackets_at_any_depth_are_one_name_in_one_clause(data: st.DataObject, depth: int, outer: str) -> None:
    name = "甲办" + data.draw(nested(depth))
    clause = f"{outer[0]}牵头单位：省财政厅、{name}；配合单位：{name}、市教育局{outer[1]}"
    text = f"甲计划\n1．推进甲工作。{clause}\n2．完善乙机制。\n"
    one, two = read(text).tasks
    assert [c.span.of(text) for c in one.clauses] == [clause]
    assert [m.name for m in one.clauses[0].mentions] == ["省财政厅", name, name, "市教育局"]
    assert two.clauses == ()


@settings(EXACT, max_examples=100)
@given(st.integers(1, 30).flatmap(nested), st.sampled_from(("，", "、")))
def test_brackets_of_thirty_levels_part_no_list(brackets: str, comma: str) -> None:
    listed = ["甲（乙、丙）局", f"丁办{brackets}", f"戊{brackets}局"]
    assert names(comma.join(listed)) == listed
