"""Lines and tables become one text: spans, merged cells, and the map back to the places of the original."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document
from plan_graph.reading import assembly as module
from plan_graph.reading.assembly import Assembly, Cell, fold, folded, spaced

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)
BLANK = " \t\n\r\x0b\x0c\x07\x85\xa0\u2003\u200b\u2028\u3000\ufeff"
WORDS = st.text(alphabet="甲乙丙a1（）、。" + BLANK, max_size=12)


def document(assembly: Assembly) -> Document:
    return assembly.document("d", "d.x", b"raw", "text/x")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  甲乙 ", "甲乙"),  # the edges
        ("　　一、甲　", "一、甲"),  # the indent of two full spaces
        ("省发展\n改革委", "省发展改革委"),  # a line end between Han is no character
        ("省发展\r\n  改革委", "省发展改革委"),
        ("AI\nmodel", "AI model"),  # between Latin words it is a space
        ("甲\nB", "甲 B"),
        ("甲  乙", "甲 乙"),  # spaces in a line are one space
        ("甲\t乙", "甲乙"),  # a tab divides cells, so none may stand in one
        ("甲\xa0乙", "甲 乙"),
        ("甲\u200b乙", "甲 乙"),
        ("甲\x07", "甲"),
        ("\n\t \u3000", ""),
        ("", ""),
        ("甲，\n乙", "甲，乙"),  # full-width punctuation is as Han
        ("2025\n年", "2025 年"),
        ("😀\n甲", "😀 甲"),
    ],
)
def test_fold(text: str, line: str) -> None:
    assert fold(text) == line


@EXACT
@given(st.lists(WORDS, max_size=5))
def test_folding_in_pieces_is_folding_the_whole(texts: list[str]) -> None:
    pieces = [(text, str(at)) for at, text in enumerate(texts)]
    made = list(folded(pieces)) if pieces else []
    assert "".join(text for text, _ in made) == fold("".join(texts))
    assert fold(fold("".join(texts))) == fold("".join(texts))
    for text, place in made:  # what stands at a place is of that place
        assert [c for c in text if not c.isspace()] == [c for c in fold(texts[int(place)]) if not c.isspace()]


def test_radicals_become_characters() -> None:
    one = Assembly()
    one.line([("各级⼈⺠", "1"), ("政府", "2")])
    assert one.document("d", "d.pdf", b"x", "application/pdf").text == "各级人民政府\n"


def test_a_blank_goes_with_the_piece_before_it() -> None:
    assert list(folded([("甲 ", "1"), (" 乙", "2")])) == [("甲 ", "1"), ("乙", "2")]


@pytest.mark.parametrize(
    ("lines", "cell"),
    [
        (["省财政厅", "省国资委"], "省财政厅 省国资委"),  # two names
        (["", " 甲 ", "　"], "甲"),
        ([], ""),
    ],
)
def test_lines_of_a_cell_are_spaced(lines: list[str], cell: str) -> None:
    assert spaced(lines) == cell


def test_lines_and_their_places() -> None:
    assembly = Assembly()
    assembly.line([("一、", "p1"), ("甲", "p1"), ("乙", "p2")])
    assembly.line([(" ", "p3")])
    assembly.line([("丙", "p4")])
    made = document(assembly)
    assert made.text == "一、甲乙\n丙\n"
    assert [(o.span.of(made.text), o.place) for o in made.origins] == [("一、甲", "p1"), ("乙", "p2"), ("丙", "p4")]


def test_a_merged_cell_stands_once_and_has_one_span() -> None:
    merged, empty = Cell((("甲", "a"),)), Cell()
    assembly = Assembly()
    assembly.table([[Cell((("1", "b"),)), merged], [Cell((("2", "c"),)), merged, Cell((("丙", "e"),))], [empty]], "d.x")
    made = document(assembly)
    assert made.text == "1\t甲\t\n2\t\t丙\n"
    rows = made.tables[0].rows
    assert rows[0][1] == rows[1][1]
    assert [[cell.of(made.text) for cell in row] for row in rows] == [["1", "甲", ""], ["2", "甲", "丙"]]
    assert made.tables[0].span.of(made.text) == made.text[:-1]


def test_equal_cells_that_are_not_merged_have_spans_of_their_own() -> None:
    assembly = Assembly()
    assembly.table([[Cell((("甲", "a"),)), Cell((("甲", "b"),))]], "d.x")
    (row,) = document(assembly).tables[0].rows
    assert row[0] != row[1]


def test_a_table_without_text_is_none() -> None:
    assembly = Assembly()
    assembly.table([[Cell(), Cell()], [Cell()]], "d.x")
    assembly.line([("甲", "p")])
    assert (document(assembly).text, document(assembly).tables) == ("甲\n", ())


@pytest.mark.parametrize("blank", ["", " \u3000", "\u200b"])
def test_a_document_without_text_is_refused(blank: str) -> None:
    assembly = Assembly()
    assembly.line([(blank, "p")])
    with pytest.raises(
        UnreadableError, match=r"^d\.x holds no text; give a file that holds the text of a plan$"
    ) as raised:
        document(assembly)
    assert raised.value.zh == "d.x 中没有文字，请给出含有计划正文的文件"


def test_a_table_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CELLS", 5)
    cell = Cell((("甲", "a"),))
    Assembly().table([[cell] * 5], "d.x")
    with pytest.raises(UnreadableError, match=r"^d\.x holds a table of 2 rows and 3 columns, more than 5 cells; split"):
        Assembly().table([[cell] * 3] * 2, "d.x")


@EXACT
@given(
    st.lists(st.one_of(WORDS, st.lists(st.lists(WORDS, max_size=3), min_size=1, max_size=3)), min_size=1, max_size=5)
)
def test_spans_and_origins_lie_in_the_text_in_order(parts: list[str | list[list[str]]]) -> None:
    assembly = Assembly()
    wanted: list[list[str]] = []
    for at, part in enumerate(parts):
        if isinstance(part, str):
            assembly.line([(part, str(at))])
        else:
            rows = [
                [Cell(((one, f"{at}.{down}.{right}"),) if fold(one) else ()) for right, one in enumerate(row)]
                for down, row in enumerate(part)
            ]
            assembly.table(rows, "d.x")
            wanted += [[fold(one) for one in row] for row in part if any(map(fold, row))]
    assembly.line([("末", "end")])
    made = document(assembly)
    assert "\r" not in made.text
    assert made.text.endswith("末\n")
    found = [[cell.of(made.text) for cell in row] for table in made.tables for row in table.rows]
    assert [[c for c in row if c] for row in found] == [[c for c in row if c] for row in wanted]
    assert all(
        table.span.covers(cell) for table in made.tables for row in table.rows for cell in row if cell.begin < cell.end
    )
    for before, after in zip(made.origins, made.origins[1:], strict=False):
        assert before.span.end <= after.span.begin
    covered = set().union(*(range(o.span.begin, o.span.end) for o in made.origins))
    assert {at for at, c in enumerate(made.text) if c not in "\t\n"} == covered  # every character has its place
