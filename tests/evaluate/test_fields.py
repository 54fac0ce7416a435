"""What each field counts: one task in the gold, one in the build, and the hits, misses and false finds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plan_graph.evaluate.annotation import Annotation, Goal, Item, Party
from plan_graph.evaluate.fields import FIELDS, NAMES, role_pairs, score_fields
from plan_graph.evaluate.matching import Match, match

NOTHING = {"parties": (), "deadlines": (), "citations": (), "places": (), "targets": ()}


def matched(gold: list[Item], build: list[Item]) -> Match:
    one, other = (Annotation("x", "", "", frozenset(), tuple(items), text="甲" * 100) for items in (gold, build))
    return match(one, other)


def counts(gold: dict[str, object], build: dict[str, object]) -> dict[str, tuple[int, int, int]]:
    """Score one task of these facts; what is not given has no entries."""
    ours, theirs = (Item(**{"number": "1．", "begin": 0} | NOTHING | facts) for facts in (gold, build))  # type: ignore[arg-type]
    return {field: one.counts for field, one in score_fields(matched([ours], [theirs])).items()}


def parties(words: str) -> tuple[Party, ...]:
    """Read ``lead 甲 乙; support 丙``."""
    groups = (group.split() for group in words.split(";") if group.strip())
    return tuple(Party(name, role) for role, *names in groups for name in names)


# --- parties: names, roles, both -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gold", "build", "name", "role", "party"),
    [
        ("lead 甲; support 乙", "lead 甲; support 乙", (2, 0, 0), (2, 0, 0), (2, 0, 0)),
        ("lead 甲; support 乙", "support 乙; lead 甲", (2, 0, 0), (2, 0, 0), (2, 0, 0)),  # order does not count
        ("lead 甲; support 乙", "lead 甲", (1, 1, 0), (1, 0, 0), (1, 1, 0)),  # a miss is no matter of roles
        ("lead 甲", "lead 甲 乙", (1, 0, 1), (1, 0, 0), (1, 0, 1)),
        ("lead 甲; support 乙", "lead 甲 乙", (2, 0, 0), (1, 1, 1), (1, 1, 1)),  # only the role is wrong
        ("lead 甲", "lead 乙", (0, 1, 1), (0, 0, 0), (0, 1, 1)),  # only the name is wrong
        ("lead 甲; support 甲", "lead 甲", (1, 0, 0), (1, 1, 0), (1, 1, 0)),  # one name in two roles
        ("lead 甲 甲", "lead 甲", (1, 0, 0), (1, 0, 0), (1, 0, 0)),  # several clauses may name it again
        ("", "", (0, 0, 0), (0, 0, 0), (0, 0, 0)),
        ("", "responsible 甲", (0, 0, 1), (0, 0, 0), (0, 0, 1)),
        ("guide 甲", "", (0, 1, 0), (0, 0, 0), (0, 1, 0)),
    ],
)
def test_parties(gold: str, build: str, name: tuple[int, ...], role: tuple[int, ...], party: tuple[int, ...]) -> None:
    found = counts({"parties": parties(gold)}, {"parties": parties(build)})
    assert (found["name"], found["role"], found["party"]) == (name, role, party)


@pytest.mark.parametrize(
    ("gold", "build", "same"),
    [
        ("省财政厅", "省 财政\n厅", True),  # a line end or a space of a PDF inside a name
        ("省财政厅", "财政厅", False),
        ("省林业局", "省林业厅", False),  # never loosely
    ],
)
def test_names_are_compared_as_written_but_for_white_space(gold: str, build: str, same: bool) -> None:
    found = counts({"parties": (Party(gold, "lead"),)}, {"parties": (Party(build, "lead"),)})
    assert found["party"] == ((1, 0, 0) if same else (0, 1, 1))


def test_the_label_and_whether_it_was_inherited_do_not_count() -> None:
    gold, build = Party("甲", "lead", "牵头单位", inherited=True, participant="x"), Party("甲", "lead", "牵头部门")
    assert counts({"parties": (gold,)}, {"parties": (build,)})["party"] == (1, 0, 0)


# --- the other fields ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "gold", "build", "expected"),
    [
        ("deadline", ["2021年底前"], ["2021年底前"], (1, 0, 0)),
        ("deadline", ["2021年底前"], ["2021 年底前"], (1, 0, 0)),
        ("deadline", ["2021年底前"], ["2021年底"], (0, 1, 1)),  # the wording, not the day
        ("deadline", ["年内", "年内"], ["年内"], (1, 0, 0)),  # said twice is said
        ("deadline", [], ["年内"], (0, 0, 1)),
        ("citation", ["公路规划（试行）"], ["公路规划（试行）"], (1, 0, 0)),
        ("citation", ["公路规划"], ["公路规划（试行）"], (0, 1, 1)),
        ("citation", ["公路规划", "养护办法"], ["养护办法"], (1, 1, 0)),
        ("place", ["大连市", "沈阳市"], ["沈阳市", "大连市"], (2, 0, 0)),
        ("place", ["大连市"], ["大连市", "金州区"], (1, 0, 1)),
    ],
)
def test_lists_of_words(field: str, gold: list[str], build: list[str], expected: tuple[int, ...]) -> None:
    key = f"{field}s"
    assert counts({key: tuple(gold)}, {key: tuple(build)})[field] == expected


def goal(value: str, unit: str = "亩", of: str = "林地", sign: str = "=", baseline: str | None = None) -> Goal:
    return Goal(Decimal(value), unit, of, sign, None if baseline is None else Decimal(baseline))


@pytest.mark.parametrize(
    ("gold", "build", "expected"),
    [
        ([goal("5")], [goal("5.00")], (1, 0, 0)),  # the same number
        ([goal("100")], [goal("1e2")], (1, 0, 0)),
        ([goal("5")], [goal("6")], (0, 1, 1)),
        ([goal("5")], [goal("5", "万亩")], (0, 1, 1)),
        ([goal("5", sign=">=")], [goal("5")], (0, 1, 1)),
        ([goal("5", baseline="3")], [goal("5")], (0, 1, 1)),
        ([goal("5", of="林地")], [goal("5", of="新造林地面积")], (1, 0, 0)),  # may hold more than the gold's phrase
        ([goal("5", of="新造林地")], [goal("5", of="林地")], (0, 1, 1)),  # but not less
        ([goal("5", of="")], [goal("5", of="林地")], (1, 0, 0)),
        ([goal("5"), goal("5")], [goal("5"), goal("5")], (2, 0, 0)),
        ([goal("5"), goal("5")], [goal("5")], (1, 1, 0)),  # two quantities, not one said twice
        # a gold phrase that anything holds does not use up what another needs
        ([goal("5", of=""), goal("5", of="学校")], [goal("5", of="新建学校"), goal("5", of="医院")], (2, 0, 0)),
    ],
)
def test_targets(gold: list[Goal], build: list[Goal], expected: tuple[int, ...]) -> None:
    assert counts({"targets": tuple(gold)}, {"targets": tuple(build)})["target"] == expected


@pytest.mark.parametrize(
    ("gold", "build", "task", "number"),
    [
        ([("1．", 0), ("2．", 9)], [("1．", 0), ("2．", 9)], (2, 0, 0), (2, 0, 0)),
        ([("1．", 0), ("2．", 9)], [("1．", 0)], (1, 1, 0), (1, 1, 0)),
        ([("1．", 0)], [("1．", 0), ("2．", 9)], (1, 0, 1), (1, 0, 1)),
        ([("1．", 0)], [("（1）", 0)], (1, 0, 0), (0, 1, 1)),  # found, with another number
        ([("１．", 0)], [("1.", 0)], (1, 0, 0), (1, 0, 0)),
        ([], [], (0, 0, 0), (0, 0, 0)),
    ],
)
def test_tasks_and_numbers(
    gold: list[tuple[str, int]], build: list[tuple[str, int]], task: tuple[int, ...], number: tuple[int, ...]
) -> None:
    ours = [Item(n, begin, begin + 9) for n, begin in gold]
    theirs = [Item(n, begin, begin + 9) for n, begin in build]
    found = score_fields(matched(ours, theirs))
    assert (found["task"].counts, found["number"].counts) == (task, number)


# --- what is not annotated -------------------------------------------------------------------------------------------


def test_a_field_no_task_annotates_is_not_scored() -> None:
    ours, theirs = Item("1．", 0), Item("1．", 0, 9, parties=parties("lead 甲"), deadlines=("年内",))
    assert score_fields(matched([ours], [theirs])).keys() == {"task", "number"}


def test_a_field_is_scored_in_the_tasks_that_annotate_it() -> None:
    gold = [Item("1．", 0, parties=parties("lead 甲")), Item("2．", 9)]
    build = [Item(n, at, at + 9, parties=parties("lead 甲")) for n, at in (("1．", 0), ("2．", 9), ("3．", 20))]
    found = score_fields(matched(gold, build))
    assert found["party"].counts == (1, 0, 1)  # of task 2 nobody said anything; task 3 is invented, parties and all
    assert found["task"].counts == (2, 0, 1)


def test_what_the_other_reader_did_not_annotate_is_no_miss() -> None:
    gold, other = [Item("1．", 0, parties=parties("lead 甲"), deadlines=("年内",))], [Item("1．", 0, deadlines=())]
    found = score_fields(matched(gold, other))
    assert "party" not in found
    assert found["deadline"].counts == (0, 1, 0)


def test_the_facts_of_a_missed_task_are_missed() -> None:
    found = score_fields(matched([Item("1．", 0, parties=parties("lead 甲; support 乙"))], []))
    assert (found["party"].counts, found["name"].counts) == ((0, 2, 0), (0, 2, 0))


def test_roles_of_names_both_have() -> None:
    """For kappa: several roles of one name are one category."""
    gold = [Item("1．", 0, parties=parties("lead 甲 乙; support 甲")), Item("2．", 9)]
    build = [
        Item("1．", 0, 9, parties=parties("lead 甲; support 乙 丙")),
        Item("2．", 9, 18, parties=parties("lead 甲")),
    ]
    assert role_pairs(matched(gold, build)) == [("lead+support", "lead"), ("lead", "support")]


def test_every_field_has_its_names() -> None:
    assert tuple(NAMES) == FIELDS
    assert all(len(names) == 4 and all(names) for names in NAMES.values())
