"""A build against gold: averages, errors with both readings, forms of output; laws that hold for any plan."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.evaluate.annotation import Annotation, Item, Party
from plan_graph.evaluate.fields import FIELDS
from plan_graph.evaluate.measures import Count, Score, kappa
from plan_graph.evaluate.scores import (
    Evaluation,
    agreement,
    as_json,
    compare_all,
    error_rows,
    score_rows,
)

TEXT = "　　1．修路，2021年底前完成。（牵头单位：县交通局；配合单位：县财政局）\n　　2．植树。（责任单位：县林业局）\n"
FIRST, SECOND = TEXT.index("1．"), TEXT.index("2．")
CLAUSE = (TEXT.index("（牵"), TEXT.index("）") + 1)


def plan(id: str, *items: Item, text: str | None = None) -> Annotation:
    return Annotation(id, "", f"{id}方案", frozenset([id]), items, ("A",), "A1", text)


def road(*parties: tuple[str, str], deadlines: tuple[str, ...] = ("2021年底前",)) -> Item:
    given = tuple(Party(name, role) for name, role in parties)
    return Item("1．", FIRST, SECOND, (CLAUSE,), given, deadlines)


def tree(*parties: tuple[str, str]) -> Item:
    return Item("2．", SECOND, len(TEXT), (), tuple(Party(name, role) for name, role in parties), ())


LEAD, SUPPORT, OWN = ("县交通局", "lead"), ("县财政局", "support"), ("县林业局", "responsible")


def evaluated(*pairs: tuple[Annotation, Annotation]) -> Evaluation:
    return compare_all([gold for gold, _ in pairs], [build for _, build in pairs], "gold", "build")


# --- averages --------------------------------------------------------------------------------------------------------


def test_micro_counts_facts_and_macro_counts_documents() -> None:
    whole = plan("a", road(LEAD, SUPPORT), tree(OWN))
    small = plan("b", road(LEAD))
    found = evaluated((whole, whole), (small, plan("b", road(("县水利局", "lead")))))
    assert found.micro()["party"].counts == (3, 1, 1)
    assert found.micro()["party"].f1 == pytest.approx(0.75)
    assert found.macro()["party"] == pytest.approx((1 + 0) / 2)
    assert found.micro()["deadline"].counts == (2, 0, 0)


def test_a_document_without_a_fact_of_a_field_is_not_in_its_mean() -> None:
    """Else plans that have no deadline would raise the mean by being empty."""
    late = plan("a", road(LEAD, deadlines=("年内",)))
    none = plan("b", road(LEAD, deadlines=()))
    found = evaluated((late, plan("a", road(LEAD, deadlines=()))), (none, none))
    assert found.macro()["deadline"] == 0.0
    assert found.macro()["party"] == 1.0


def test_nothing_is_divided_by_zero() -> None:
    empty = plan("a")
    found = evaluated((empty, empty))
    assert {field: one.counts for field, one in found.micro().items()} == {"task": (0, 0, 0), "number": (0, 0, 0)}
    assert found.macro() == {"task": 1.0, "number": 1.0}
    one = Count((0, 0, 0))
    assert (one.precision, one.recall, one.f1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        ((3, 1, 0), 1.0, 0.75, 6 / 7),
        ((3, 0, 1), 0.75, 1.0, 6 / 7),
        ((0, 2, 0), 1.0, 0.0, 0.0),  # nothing found is nothing false
        ((0, 0, 2), 0.0, 1.0, 0.0),
        ((1, 1, 1), 0.5, 0.5, 0.5),
    ],
)
def test_measures(counts: tuple[int, int, int], precision: float, recall: float, f1: float) -> None:
    one = Count(counts)
    assert (one.precision, one.recall, one.f1) == pytest.approx((precision, recall, f1))


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([("lead", "lead")], 1.0),  # one category throughout: never differing is agreement
        ([("lead", "support")], 0.0),
        ([("lead", "lead"), ("support", "support")], 1.0),
        ([("lead", "support"), ("support", "lead")], -1.0),
        ([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15, 0.4),  # textbook table of 50
    ],
)
def test_kappa(pairs: list[tuple[str, str]], expected: float | None) -> None:
    found = kappa(pairs)
    assert found == (None if expected is None else pytest.approx(expected))


# --- errors ----------------------------------------------------------------------------------------------------------


def errors(build: Annotation, gold: Annotation | None = None) -> list[tuple[object, ...]]:
    found = evaluated((gold or plan("a", road(LEAD, SUPPORT), tree(OWN)), build))
    return [(e.field, e.number, e.gold, e.build) for one in found.documents for e in one.errors]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([road(LEAD, SUPPORT), tree(OWN)], []),
        (
            [road(LEAD, ("县财政局", "lead")), tree(OWN)],
            [("party", "1．", ("support 县财政局",), ("lead 县财政局",))],
        ),
        ([road(LEAD), tree(OWN)], [("party", "1．", ("support 县财政局",), ())]),
        ([road(LEAD, SUPPORT), tree(OWN, LEAD)], [("party", "2．", (), ("lead 县交通局",))]),
        (
            [road(LEAD, SUPPORT, deadlines=("年底前",)), tree(OWN)],
            [("deadline", "1．", ("2021年底前",), ("年底前",))],
        ),
        ([road(LEAD, SUPPORT)], [("task", "2．", ("2．",), ())]),  # the whole task is missed: said once
        (
            [road(LEAD, SUPPORT), replace(tree(OWN), number="3．")],
            [("number", "2．", ("2．",), ("3．",))],
        ),
        # in the order of the text, then of the fields
        (
            [road(LEAD, deadlines=()), tree()],
            [
                ("party", "1．", ("support 县财政局",), ()),
                ("deadline", "1．", ("2021年底前",), ()),
                ("party", "2．", ("responsible 县林业局",), ()),
            ],
        ),
    ],
)
def test_errors_give_both_readings(items: list[Item], expected: list[tuple[object, ...]]) -> None:
    assert errors(plan("a", *items, text=TEXT)) == expected


def test_an_invented_task_is_said_once() -> None:
    gold = plan("a", road(LEAD, SUPPORT))
    assert errors(plan("a", road(LEAD, SUPPORT), tree(OWN), text=TEXT), gold) == [("task", "2．", (), ("2．",))]


@pytest.mark.parametrize(
    ("build", "passage"),
    [
        (road(LEAD), "（牵头单位：县交通局；配合单位：县财政局）"),  # of parties the clause
        (
            road(LEAD, SUPPORT, deadlines=()),
            "1．修路，2021年底前完成。（牵头单位：县交通局；配合单位：",
        ),  # of others what is around
    ],
)
def test_errors_quote_the_passage(build: Item, passage: str) -> None:
    found = evaluated((plan("a", road(LEAD, SUPPORT)), plan("a", build, text=TEXT)))
    (error,) = found.documents[0].errors
    assert error.passage.startswith(passage)
    assert "\n" not in error.passage
    assert len(error.passage) <= 120


# --- forms -----------------------------------------------------------------------------------------------------------


def spoilt() -> Evaluation:
    gold = [plan("a", road(LEAD, SUPPORT)), plan("b", tree(OWN)), plan("c")]
    return compare_all(gold, [plan("a", road(LEAD), text=TEXT), plan("b", tree(OWN), text=TEXT)], "gold", "build")


def test_as_json() -> None:
    values = json.loads(json.dumps(as_json(spoilt())))
    assert values["not_in_build"] == ["c"]
    assert values["micro"]["party"] == {
        **{"hits": 2, "missed": 1, "false": 0},
        **{"precision": 1.0, "recall": 0.6667, "f1": 0.8},
    }
    assert values["macro"]["party"] == {"f1": 0.8333}
    first = values["documents"][0]
    assert {key: first[key] for key in ("document", "gold", "title", "convention", "matched_by")} == {
        **{"document": "a", "gold": "a", "title": "a方案", "convention": "A1", "matched_by": "sha256"},
    }
    assert list(first["fields"]) == ["task", "number", "name", "role", "party", "deadline"]
    (error,) = first["errors"]
    assert error == {
        **{"field": "party", "task": "1．", "begin": FIRST, "gold": ["support 县财政局"], "build": []},
        "passage": TEXT[CLAUSE[0] : CLAUSE[1]],
    }


def test_rows_of_scores() -> None:
    columns, rows = score_rows(spoilt())
    assert columns == ("document", "field", "hits", "missed", "false", "precision", "recall", "f1")
    assert {len(row) for row in rows} == {len(columns)}
    assert ("a", "party", 1, 1, 0, 1.0, 0.5, 0.6667) in rows
    assert ("micro", "party", 2, 1, 0, 1.0, 0.6667, 0.8) in rows
    assert ("macro", "party", None, None, None, None, None, 0.8333) in rows
    assert [row[0] for row in rows if row[1] == "task"] == ["a", "b", "micro", "macro"]


def test_rows_of_errors() -> None:
    columns, rows = error_rows(spoilt())
    assert columns == ("document", "field", "task", "begin", "gold", "build", "passage")
    assert [row[:6] for row in rows] == [("a", "party", "1．", FIRST, "support 县财政局", "")]


# --- agreement of readers --------------------------------------------------------------------------------------------


def test_agreement_of_two_readers() -> None:
    one = plan("a", road(LEAD, SUPPORT), tree(OWN))
    other = plan("a", road(LEAD, ("县财政局", "lead")), tree(("县林业局", "responsible")))
    scores, roles, names = agreement(one, other)
    assert (scores["name"].f1, names) == (1.0, 3)
    assert scores["party"].counts == (2, 1, 1)
    # of three names two have one role; by chance (1·2 + 1·0 + 1·1) / 9 = 1/3 would
    assert roles == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3))


# --- laws ------------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["县财政局", "县水利局", "各乡镇人民政府", "市自然资源和规划局", "团县委"])
ROLES = st.sampled_from(["lead", "support", "responsible", "guide"])
WORDS = st.lists(st.sampled_from(["年内", "2021年底前", "公路规划", "甲县"]), max_size=3).map(tuple)


@st.composite
def some_plan(draw: st.DrawFn) -> Annotation:
    items = []
    for at in range(draw(st.integers(0, 5))):
        parties = draw(st.lists(st.builds(Party, NAMES, ROLES), max_size=4).map(tuple))
        number = draw(st.sampled_from([f"{at + 1}．", "（一）", "一是"]))
        items.append(Item(number, 20 * at, 20 * at + 20, (), parties, draw(WORDS), draw(WORDS), draw(WORDS), ()))
    return Annotation("x", "", "", frozenset(["x"]), tuple(items), text="甲" * 200)


@given(some_plan())
def test_a_build_is_right_by_gold_made_of_it(one: Annotation) -> None:
    found = evaluated((one, one))
    assert {count.f1 for count in found.micro().values()} | set(found.macro().values()) == {1.0}
    assert not any(document.errors for document in found.documents)


@given(some_plan())
def test_a_reader_agrees_with_themselves(one: Annotation) -> None:
    scores, roles, names = agreement(one, one)
    assert {score.f1 for score in scores.values()} == {1.0}
    assert roles == (1.0 if names else None)


def parties_of(one: Annotation) -> list[tuple[int, Party]]:
    return [(at, party) for at, item in enumerate(one.items) for party in dict.fromkeys(item.parties or ())]


def without(one: Annotation, at: int, party: Party) -> Annotation:
    left = tuple(p for p in one.items[at].parties or () if p != party)
    return replace(one, items=(*one.items[:at], replace(one.items[at], parties=left), *one.items[at + 1 :]))


@given(some_plan().filter(parties_of), st.data())
def test_a_dropped_party_lowers_recall_only(gold: Annotation, data: st.DataObject) -> None:
    before = len(parties_of(gold))
    score = evaluated((gold, without(gold, *data.draw(st.sampled_from(parties_of(gold)))))).micro()["party"]
    assert score.precision == 1.0
    assert score.recall == pytest.approx((before - 1) / before)


@given(some_plan().filter(parties_of), st.data())
def test_an_added_party_lowers_precision_only(build: Annotation, data: st.DataObject) -> None:
    before = len(parties_of(build))
    score = evaluated((without(build, *data.draw(st.sampled_from(parties_of(build)))), build)).micro()["party"]
    assert score.recall == 1.0
    assert score.precision == pytest.approx((before - 1) / before)


@settings(max_examples=50)
@given(some_plan(), some_plan())
def test_the_order_of_two_readers_exchanges_misses_and_false_finds(one: Annotation, other: Annotation) -> None:
    """Targets aside, which are compared loosely; here there are none."""
    there, back = agreement(one, other), agreement(other, one)
    for field in set(FIELDS) - {"target"}:
        a, b = (scores.get(field, Score(field, 0, (), ())).counts for scores in (there[0], back[0]))
        if one.items and other.items:
            assert a == (b[0], b[2], b[1])
    assert there[1:] == (pytest.approx(back[1]) if back[1] is not None else None, back[2])
