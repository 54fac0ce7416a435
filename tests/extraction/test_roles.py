"""The role of every party: by the clause's own words, by the document's rules and how far they reach."""

from __future__ import annotations

import pytest

from plan_graph.authority.register import Register
from plan_graph.extraction.clause_rules import RULES
from plan_graph.extraction.finding import find
from plan_graph.extraction.roles import INHERITED, settle
from plan_graph.extraction.tasks import extract
from plan_graph.model.plan import Clause, Plan, Role
from plan_graph.model.text import Span
from plan_graph.reading.text import decode

SIGN = {Role.LEAD: "牵", Role.SUPPORT: "配", Role.RESPONSIBLE: "责", Role.GUIDE: "导"}


def settled(text: str) -> list[Clause]:
    found = find(text, Span(0, len(text)))
    return [clause for clause, _ in settle(found.readings, found.loose)]


def parties(clause: Clause) -> str:
    """Write the parties of a clause: 牵 those who lead, 配 support, 责 are responsible, 导 guide; ? if doubtful."""
    names: dict[Role, list[str]] = {}
    for m in clause.mentions:
        names.setdefault(m.role, []).append(m.name + "?" * m.doubtful)
    return " ".join(f"{SIGN[role]} {'、'.join(names[role])}" for role in names)


def roles(text: str) -> list[str]:
    return [f"{clause.rule} {parties(clause)}" for clause in settled(text)]


def read(text: str) -> Plan:
    return extract(decode(text.encode(), "d", "d.txt"), Register.load())


# --- where a rule stands ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stating",
    [
        "（责任单位：甲局、乙局，列首位的为牵头单位，下同）",
        "（责任单位：甲局、乙局。列首位的为牵头单位，下同）",
        "（责任单位：甲局、乙局；列首位的为牵头单位，下同）",
        "（责任单位：甲局、乙局（列首位的为牵头单位，下同））",
        "（责任单位：甲局、乙局〔列首位的为牵头单位，下同〕）",
        "〔责任单位：甲局、乙局（列首位的为牵头单位，下同）〕",
        "(责任单位:甲局、乙局,列首位的为牵头单位,下同)",
        "（责任单位：甲局、乙局，列首位的为牵头单位，其余为配合单位，下同）",
        "（责任单位：甲局、乙局，列首位的为牵头单位，下同。）",
        "（责任部门：甲局、乙局，列首位的为牵头部门，下同）",
    ],
)
def test_a_rule_is_taken_out_of_the_names_wherever_it_stands(stating: str) -> None:
    assert roles(f"推进子。{stating}\n推进丑。（责任单位：丙局、丁局）") == ["B2 牵 甲局 配 乙局", "B2 牵 丙局 配 丁局"]


@pytest.mark.parametrize(
    "stating",
    [
        "（甲局、乙局负责。列首位的为牵头单位，下同）",
        "（甲局、乙局负责，列首位的为牵头单位，下同）",
        "（甲局、乙局负责（列首位的为牵头单位，下同））",
        "（甲局、乙局等负责。列首位的为牵头单位，下同）",
        "（甲局、乙局按职责分工负责，列首位的为牵头单位，下同）",
        "(甲局、乙局负责,列首位的为牵头单位,下同)",
    ],
)
def test_a_rule_after_verbs(stating: str) -> None:
    assert roles(f"推进子。{stating}\n推进丑。（丙局、丁局负责）") == ["C4 牵 甲局 配 乙局", "C4 牵 丙局 配 丁局"]


# --- how far it reaches ----------------------------------------------------------------------------------------------

B1 = "（责任单位：甲局、乙局）"
C3 = "（甲局、乙局负责）"
HERE = "（责任单位：丙局、丁局，列首位的为牵头单位{}）"


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        (
            B1 + HERE.format("，下同") + B1,
            ["B1 责 甲局、乙局", "B2 牵 丙局 配 丁局", "B2 牵 甲局 配 乙局"],
            "not before",
        ),
        (HERE.format("") + B1, ["B2 牵 丙局 配 丁局", "B1 责 甲局、乙局"], "its own clause only without 下同"),
        (HERE.format("，下同") + C3, ["B2 牵 丙局 配 丁局", "C4 牵 甲局 配 乙局"], "labels and verbs alike"),
        (
            HERE.format("，下同") + "（牵头单位：甲局；责任单位：乙局）" + B1,
            ["B2 牵 丙局 配 丁局", "A2 牵 甲局 配 乙局", "B2 牵 甲局 配 乙局"],
            "a stated lead is stronger",
        ),
        (
            HERE.format("，下同") + "（乙局牵头，甲局负责）",
            ["B2 牵 丙局 配 丁局", "C1 牵 乙局 配 甲局"],
            "by a verb too",
        ),
        (
            HERE.format("，下同") + "（甲局指导，乙局、丙局负责）",
            ["B2 牵 丙局 配 丁局", "C6 导 甲局 牵 乙局 配 丙局"],
            "the first of those who carry it out",
        ),
        (HERE.format("，下同") + "（责任单位：甲局）", ["B2 牵 丙局 配 丁局", "B2 牵 甲局"], "one name alone leads"),
        (
            HERE.format("，下同") + "（责任单位：甲局，乙局。逗号前为牵头单位，下同）（责任单位：戊局、己局，庚局）",
            ["B2 牵 丙局 配 丁局", "B3 牵 甲局 配 乙局", "B3 牵 戊局、己局 配 庚局"],
            "a later rule takes over",
        ),
        (
            HERE.format("，下同") + "（责任单位：甲局、丙局，乙局。逗号前为牵头单位）" + B1,
            ["B2 牵 丙局 配 丁局", "B3 牵 甲局、丙局 配 乙局", "B2 牵 甲局 配 乙局"],
            "a rule for one clause only goes back",
        ),
        ("列首位的为牵头单位。\n" + B1, ["B2 牵 甲局 配 乙局"], "a sentence above, even without 下同"),
        (B1 + "\n列首位的为牵头单位，下同。\n" + C3, ["B1 责 甲局、乙局", "C4 牵 甲局 配 乙局"], "a sentence between"),
    ],
    ids=lambda value: value if isinstance(value, str) and "（" not in value else "",
)
def test_how_far_a_rule_reaches(text: str, expected: list[str], reason: str) -> None:
    assert roles(text) == expected, reason


@pytest.mark.parametrize("note", ["注：", "备注：", "说明：", "注:", "　　注：", "（注："])
def test_a_note_at_the_end_governs_the_whole(note: str) -> None:
    plan = read(f"甲计划\n1．推进子。{B1}\n2．推进丑。{C3}\n{note}责任单位中列第一位的为牵头单位。")
    assert [f"{c.rule} {parties(c)}" for t in plan.tasks for c in t.clauses] == [
        "B2 牵 甲局 配 乙局",
        "C4 牵 甲局 配 乙局",
    ]


def test_the_basis_of_a_role_is_the_statement() -> None:
    text = f"{B1}{HERE.format('，下同')}{B1}（牵头单位：甲局）"
    assert [[span.of(text).lstrip("，") for span in clause.basis] for clause in settled(text)] == [
        [],
        ["列首位的为牵头单位，下同"],
        ["列首位的为牵头单位，下同"],
        [],
    ]


# --- the comma rule --------------------------------------------------------------------------------------------------

COMMA = "（责任单位：甲局，乙局。逗号前为牵头单位，下同）"


@pytest.mark.parametrize(
    ("clause", "expected", "reason"),
    [
        ("（责任单位：丙局，丁局）", "B3 牵 丙局 配 丁局", "one before, one after"),
        ("（责任单位：丙局、戊局，丁局）", "B3 牵 丙局、戊局 配 丁局", "two before"),
        ("（责任单位：丙局，丁局、戊局）", "B3 牵 丙局 配 丁局、戊局", "two after"),
        ("（责任单位：丙局，丁局，各县政府）", "B3 牵 丙局 配 丁局、各县政府", "the first comma decides"),
        ("（责任单位：丙局,丁局）", "B3 牵 丙局 配 丁局", "a half-width comma"),
        ("（责任单位：丙局、丁局）", "B3 责 丙局、丁局", "no comma: nobody leads"),
        ("（责任单位：丙局）", "B3 责 丙局", "one name, no comma"),
        ("（责任单位：丙局（戊办，己办）、丁局）", "B3 责 丙局（戊办，己办）、丁局", "a comma in a nested bracket"),
        ("（责任单位：各县（市，区）政府，丁局）", "B3 牵 各县（市，区）政府 配 丁局", "one there and one outside"),
        ("（丙局，丁局负责）", "C4b 牵 丙局 配 丁局", "before a verb"),
        ("（丙局、丁局按职责分工负责）", "C4b 责 丙局、丁局", "before a verb without a comma"),
        ("（责任单位：丙局、丁局，6月底前完成）", "B3 责 丙局、丁局", "the comma before a time is no border"),
    ],
)
def test_the_comma_rule(clause: str, expected: str, reason: str) -> None:
    assert roles(COMMA + clause)[1] == expected, reason


# --- collectives under the first-is-lead rule ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("（责任单位：各县政府、乙局）", "B2 牵 各县政府? 配 乙局"),
        ("（责任单位：各县（市、区）政府，乙局）", "B2 牵 各县（市、区）政府? 配 乙局"),
        ("（责任单位：有关部门、乙局）", "B2 牵 有关部门? 配 乙局"),
        ("（责任单位：相关单位，乙局）", "B2 牵 相关单位? 配 乙局"),
        ("（各有关部门、乙局负责）", "C4 牵 各有关部门? 配 乙局"),
        ("（责任单位：乙局、各县政府）", "B2 牵 乙局 配 各县政府"),
    ],
)
def test_a_collective_that_stands_first_is_doubtful(clause: str, expected: str) -> None:
    assert roles(HERE.format("，下同") + clause)[1] == expected


def test_a_stated_lead_is_never_doubtful() -> None:
    assert roles("（牵头单位：各县政府；责任单位：乙局）") == ["A2 牵 各县政府 配 乙局"]
    assert roles("（责任单位：各县政府、乙局）") == ["B1 责 各县政府、乙局"]


# --- inherited parties -----------------------------------------------------------------------------------------------


def test_inherited_parties_reach_every_later_task_with_a_clause() -> None:
    plan = read(
        "甲计划\n1．推进子。（责任单位：甲局）\n"
        "2．推进丑。（责任单位：乙局。以下均需各县政府落实，不再列出）\n"
        "3．推进寅。（责任单位：丙局）\n4．推进卯。\n5．推进辰。（甲局负责）\n"
    )
    assert [" ".join(parties(c) for c in t.clauses) for t in plan.tasks] == [
        "责 甲局",
        "责 乙局",
        "责 丙局",
        "",
        "责 甲局",
    ]
    assert [[(c.rule, parties(c)) for c in t.inherited] for t in plan.tasks] == [
        [],
        [],
        [(INHERITED, "责 各县政府")],
        [],
        [(INHERITED, "责 各县政府")],
    ]
    inherited = plan.tasks[2].inherited[0]
    assert inherited.span.of(plan.document.text) == "以下均需各县政府落实，不再列出"
    assert [m.label for m in inherited.mentions] == ["落实"]
    assert plan.tasks[2].governing == (*plan.tasks[2].clauses, inherited)


def test_inherited_parties_have_a_rule_of_their_own() -> None:
    assert INHERITED not in {rule.name for rule in RULES}


def test_inherited_parties_from_a_sentence_of_its_own() -> None:
    plan = read(
        "甲计划\n1．推进子。（责任单位：甲局）以下均需甲局、各县政府配合，不再列出。\n2．推进丑。（责任单位：丙局）\n"
    )
    assert [[parties(c) for c in t.inherited] for t in plan.tasks] == [[], ["配 甲局、各县政府"]]
