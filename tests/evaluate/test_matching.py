"""Which document of a build a gold is about, and which of its tasks is which."""

from __future__ import annotations

import pytest

from plan_graph.errors import InputError
from plan_graph.evaluate.annotation import Annotation, Item, plain_number, wording
from plan_graph.evaluate.matching import as_reading, find_document, match
from plan_graph.evaluate.scores import compare_all


def document(id: str, number: str = "", title: str = "", hash: str = "", *items: Item, text: str = "") -> Annotation:
    return Annotation(id, number, title, frozenset([hash] if hash else []), items, text=text)


# --- documents -------------------------------------------------------------------------------------------------------

PLAN, ANNEX = (
    document("roads", "甲政发〔2021〕3号", "道路方案", "aa"),
    document("annex", "甲政发〔2021〕3号", "清单", "bb"),
)
OTHER = document("water", "", "水利方案", "cc")
BUILDS = (OTHER, PLAN, ANNEX)


@pytest.mark.parametrize(
    ("gold", "id", "by"),
    [
        (document("x", "", "", "bb"), "annex", "sha256"),  # the text itself, whatever its name
        (document("water", "甲政发〔2021〕3号", "道路方案", "cc"), "water", "sha256"),  # before number, id and title
        (document("x", "乙政发〔2020〕1号", "道路方案"), "roads", "title"),  # no document has that number
        (document("annex", "甲政发[2021] 3号"), "annex", "id"),  # two share the number: the id tells which
        (document("x", "甲政发﹝２０２１﹞3号", "清 单"), "annex", "title"),  # brackets, width and spaces do not count
        (document("water"), "water", "id"),
        (document("x", "", "水利方案"), "water", "title"),
        (document("x", "甲政发〔2021〕3号", "水利方案"), None, None),  # the number says it is another document
        (document("water", "甲政发〔2021〕3号"), None, None),  # though its id is that of another
        (document("x", "", "方案"), None, None),  # a part of a title is no title
        (document("x"), None, None),
    ],
)
def test_finding_a_document(gold: Annotation, id: str | None, by: str | None) -> None:
    pick = find_document(gold, BUILDS)
    assert (pick and pick[0].id, pick and pick[1]) == (id, by)


def test_one_document_of_a_number_needs_no_more() -> None:
    assert find_document(document("x", "甲政发〔2021〕3号"), (OTHER, PLAN)) == (PLAN, "number")


@pytest.mark.parametrize(
    ("golds", "expected"),
    [
        # the one that has the text gets it, though another comes first; what is left is found by its number
        (
            [document("a", "甲政发〔2021〕3号"), document("b", "", "", "aa")],
            {"a": ("annex", "number"), "b": ("roads", "sha256")},
        ),
        # a title takes nothing that another gold has by id
        ([document("a", "", "水利方案"), document("water")], {"water": ("water", "id")}),
        # a document is one gold's only
        ([document("water"), document("a", "", "水利方案")], {"water": ("water", "id")}),
    ],
    ids=["text before number", "id before title", "once"],
)
def test_the_surest_way_comes_first(golds: list[Annotation], expected: dict[str, tuple[str, str]]) -> None:
    found = compare_all(golds, BUILDS, "gold", "build")
    assert {one.match.gold.id: (one.match.build.id, one.match.by) for one in found.documents} == expected
    assert {one.id for one in found.missing} == {one.id for one in golds} - expected.keys()


def test_a_build_with_none_of_the_documents_is_an_error() -> None:
    with pytest.raises(InputError, match="the build at B has none of the 1 documents of G") as caught:
        compare_all([document("x")], BUILDS, "G", "B")
    assert "1 份文件" in caught.value.zh


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("国办发〔2０18〕121 号", "国办发[2018]121号", True),
        ("１．", "1.", True),
        ("１．", "1、", False),
        ("（一）", "(一)", True),
        ("一、", "二、", False),
    ],
)
def test_numbers_as_compared(one: str, other: str, same: bool) -> None:
    assert (plain_number(one) == plain_number(other)) is same


# --- tasks -----------------------------------------------------------------------------------------------------------

TEXT = "　　1．修路。\n　　2．修桥，\n并通车。\n　　3．植树。"
FIRST, SECOND, THIRD = (TEXT.index(n) for n in ("1．", "2．", "3．"))


def pairs(gold: list[Item], build: list[Item], by: str = "sha256") -> list[tuple[int | None, int | None]]:
    found = match(document("g", "", "", "", *gold), document("b", "", "", "", *build, text=TEXT), by)
    assert found.same_text is (by == "sha256")
    return [(g.begin if g else None, b.begin if b else None) for g, b in found.pairs]


@pytest.mark.parametrize(
    ("gold", "build", "expected"),
    [
        ([(FIRST, "1．")], [(FIRST, "1．")], [(FIRST, FIRST)]),
        ([(FIRST - 2, "1．")], [(FIRST, "1．")], [(FIRST - 2, FIRST)]),  # the indent counted or not
        ([(FIRST, "1．")], [(FIRST + 2, "1．")], [(FIRST, FIRST + 2)]),  # the number counted or not
        ([(FIRST, "1．"), (SECOND, "2．")], [(SECOND, "2．")], [(FIRST, None), (SECOND, SECOND)]),
        ([(SECOND, "2．")], [(FIRST, "1．"), (SECOND, "2．")], [(SECOND, SECOND), (None, FIRST)]),
        # two tasks read as one: the one that begins with it
        ([(FIRST, "1．"), (SECOND, "2．")], [(FIRST, "1．")], [(FIRST, FIRST), (SECOND, None)]),
        # one read as two: the half where it begins, the other is invented
        ([(SECOND, "2．")], [(SECOND, "2．"), (SECOND + 6, "")], [(SECOND, SECOND), (None, SECOND + 6)]),
        # begins elsewhere: the one with most text in common
        ([(FIRST, "1．"), (SECOND, "2．")], [(SECOND - 1, "")], [(FIRST, None), (SECOND, SECOND - 1)]),
        ([], [(FIRST, "1．")], [(None, FIRST)]),
        ([(FIRST, "1．")], [], [(FIRST, None)]),
        ([], [], []),
    ],
)
def test_tasks_of_one_text_are_matched_by_place(
    gold: list[tuple[int, str]], build: list[tuple[int, str]], expected: list[tuple[int | None, int | None]]
) -> None:
    ends = [begin for begin, _ in build[1:]] + [len(TEXT)]
    built = [Item(number, begin, end) for (begin, number), end in zip(build, ends, strict=False)]
    assert pairs([Item(number, begin) for begin, number in gold], built) == expected


@pytest.mark.parametrize(
    ("gold", "build", "expected"),
    [
        ("1 2 3", "1 2 3", "11 22 33"),
        ("1 2 3", "1 3", "11 2- 33"),
        ("1 2", "0 1 2", "11 22 -0"),
        ("1 2 3 1 2 3", "1 3 1 2 3", "11 2- 33 11 22 33"),  # numbers that begin anew
        ("1 2", "8 9", "1- 2- -8 -9"),
        ("1", "", "1-"),
        ("１ ２", "1 2", "１1 ２2"),
    ],
)
def test_tasks_of_another_text_are_aligned_by_number(gold: str, build: str, expected: str) -> None:
    """Offsets differ throughout, as in a page instead of a text file."""
    ours = [Item(n, 100 + at) for at, n in enumerate(gold.split())]
    theirs = [Item(n, 7 * at, 7 * at + 7) for at, n in enumerate(build.split())]
    found = match(document("g", "", "", "", *ours), document("b", "", "", "", *theirs, text=TEXT), "number")
    assert " ".join(f"{g.number if g else '-'}{b.number if b else '-'}" for g, b in found.pairs) == expected


def test_two_readings_need_no_text() -> None:
    """One reader began the last task at its indent, the other at its number."""
    ours = document("g", "", "", "", Item("1．", 0), Item("2．", 20, clauses=((30, 40),)))
    theirs = document("g", "", "", "", Item("1．", 0), Item("2．", 22, clauses=((30, 40),)))
    assert [(g and g.begin, b and b.begin) for g, b in as_reading(ours, theirs).pairs] == [(0, 0), (20, 22)]


@pytest.mark.parametrize(
    ("text", "begin", "number", "at"),
    [
        ("1．修路", 0, "1．", 2),
        ("　　1． 修路", 0, "1．", 5),
        ("修路", 0, "", 0),
        ("修路", 0, "1．", 0),  # a number the text does not have there is not skipped
        ("1．", 0, "1．", 2),
        ("1．", 9, "1．", 9),  # beyond the text
    ],
)
def test_where_the_wording_begins(text: str, begin: int, number: str, at: int) -> None:
    assert wording(text, begin, number) == at
