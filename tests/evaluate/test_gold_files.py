"""Gold files: what a line may hold, and that a line which holds something else is named in one sentence."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from plan_graph.errors import InputError, NotFoundError
from plan_graph.evaluate.annotation import Goal, Party
from plan_graph.evaluate.gold import load, load_all

HEAD = '{"format": "plan-graph gold 1", "id": "roads", "number": "甲政发〔2021〕3号", "title": "甲县道路方案"}'
TASK = '{"number": "1．", "begin": 10}'


def written(folder: Path, *lines: str, name: str = "gold.jsonl", end: str = "\n") -> Path:
    file = folder / name
    file.write_bytes(end.join(lines).encode())
    return file


# --- what is read ----------------------------------------------------------------------------------------------------


def test_everything_a_line_may_hold(tmp_path: Path) -> None:
    task = {
        "number": "（一）",
        "begin": 20,
        "clauses": [[40, 60]],
        "parties": [
            {"name": "县财政局", "role": "lead", "label": "牵头单位", "participant": "x/czj"},
            {"name": "各乡镇人民政府", "role": "support", "inherited": True},
        ],
        "deadlines": ["年内", {"written": "2021年底前", "by": "2021-12-31"}],
        "citations": ["甲县道路规划", {"title": "甲县养护办法", "relation": "produces"}],
        "places": ["甲县"],
        "targets": [{"value": 1.5, "unit": "万亩", "of": "林地", "comparator": ">=", "baseline": "1"}],
        "note": "read twice",
    }
    one = load(written(tmp_path, HEAD, json.dumps(task, ensure_ascii=False)))
    assert (one.id, one.number, one.title, one.hashes) == ("roads", "甲政发〔2021〕3号", "甲县道路方案", frozenset())
    (item,) = one.items
    assert (item.number, item.begin, item.end, item.clauses) == ("（一）", 20, None, ((40, 60),))
    assert item.parties == (
        Party("县财政局", "lead", "牵头单位", participant="x/czj"),
        Party("各乡镇人民政府", "support", inherited=True),
    )
    assert (item.deadlines, item.by) == (("年内", "2021年底前"), ("", "2021-12-31"))
    assert (item.citations, item.relations) == (("甲县道路规划", "甲县养护办法"), ("", "produces"))
    assert item.places == ("甲县",)
    assert item.targets == (Goal(Decimal("1.5"), "万亩", "林地", ">=", Decimal(1)),)


def test_a_field_left_out_is_not_a_field_without_entries(tmp_path: Path) -> None:
    (item,) = load(written(tmp_path, HEAD, '{"number": "1．", "begin": 0, "parties": []}')).items
    assert (item.parties, item.deadlines, item.citations, item.places, item.targets) == ((), None, None, None, None)


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ((HEAD, TASK), "\n"),
        ((HEAD, TASK, ""), "\r\n"),  # an editor on Windows
        (("\ufeff" + HEAD, TASK), "\n"),  # a byte order mark
        ((HEAD, "", "  ", TASK), "\n"),  # blank lines
    ],
    ids=["plain", "CRLF", "BOM", "blank"],
)
def test_what_editors_do_to_a_file_changes_nothing(tmp_path: Path, lines: tuple[str, ...], end: str) -> None:
    assert [item.begin for item in load(written(tmp_path, *lines, end=end)).items] == [10]


def test_a_line_separator_inside_a_name_ends_no_line(tmp_path: Path) -> None:
    task = '{"number": "1．", "begin": 0, "parties": [{"name": "县\u2028局", "role": "lead"}]}'
    (item,) = load(written(tmp_path, HEAD, task)).items
    assert item.parties == (Party("县\u2028局", "lead"),)


def test_a_gold_without_an_id_has_that_of_its_file(tmp_path: Path) -> None:
    assert load(written(tmp_path, '{"format": "plan-graph gold 1"}', name="east.jsonl")).id == "east"


# --- what is not -----------------------------------------------------------------------------------------------------

BAD = [
    ([], 0, "is empty"),
    ([TASK], 1, "the first line is the head"),
    (['{"format": "plan-graph gold 2"}'], 1, "the first line is the head"),
    (['{"format": "plan-graph gold 1", "titel": "x"}'], 1, "unknown key 'titel'"),
    (['{"format": "plan-graph gold 1", "title": 3}'], 1, "title is 3 and should be a string"),
    (['{"format": "plan-graph gold 1", "sha256": "ABC"}'], 1, "64 digits"),
    (['{"format": "plan-graph gold 1", "sha256": null}'], 1, "64 digits"),
    (['{"format": "plan-graph gold 1", "readers": "A"}'], 1, "should be a list"),
    (['{"format": "plan-graph gold 1", "readers": [1]}'], 1, "no string"),
    ([HEAD, "{"], 2, "not JSON"),
    ([HEAD, "[]"], 2, "not a JSON object"),
    ([HEAD, "", '"1．"'], 3, "not a JSON object"),  # the line counted is that of the file
    ([HEAD, "9" * 5000], 2, "not JSON that can be read"),
    ([HEAD, "[" * 100_000], 2, "not JSON that can be read"),
    ([HEAD, r'{"number": "\ud800", "begin": 0}'], 2, "surrogate"),
    ([HEAD, '{"number": "1", "begin": 0, "begin": 1}'], 2, "the key 'begin' twice"),
    ([HEAD, '{"begin": 0}'], 2, 'has "number"'),
    ([HEAD, '{"number": 1, "begin": 0}'], 2, "number is 1 and should be a string"),
    ([HEAD, '{"number": "1"}'], 2, '"begin", an offset'),
    ([HEAD, '{"number": "1", "begin": -1}'], 2, '"begin", an offset'),
    ([HEAD, '{"number": "1", "begin": true}'], 2, '"begin", an offset'),
    ([HEAD, '{"number": "1", "begin": 1.0}'], 2, '"begin", an offset'),
    ([HEAD, TASK, TASK], 3, "begin is not after the task before it"),
    ([HEAD, '{"number": "1", "begin": 0, "party": []}'], 2, "unknown key 'party'"),
    ([HEAD, '{"number": "1", "begin": 0, "clauses": [[3, 3]]}'], 2, "[begin, end]"),
    ([HEAD, '{"number": "1", "begin": 0, "clauses": [[false, true]]}'], 2, "[begin, end]"),
    ([HEAD, '{"number": "1", "begin": 0, "clauses": [3, 4]}'], 2, "[begin, end]"),
    ([HEAD, '{"number": "1", "begin": 0, "parties": {}}'], 2, "should be a list"),
    ([HEAD, '{"number": "1", "begin": 0, "parties": ["县财政局"]}'], 2, "no object"),
    ([HEAD, '{"number": "1", "begin": 0, "parties": [{"role": "lead"}]}'], 2, "a party without a name"),
    ([HEAD, '{"number": "1", "begin": 0, "parties": [{"name": "", "role": "lead"}]}'], 2, "a party without a name"),
    ([HEAD, '{"number": "1", "begin": 0, "parties": [{"name": "甲"}]}'], 2, "role is none of lead, support"),
    ([HEAD, '{"number": "1", "begin": 0, "parties": [{"name": "甲", "role": "牵头"}]}'], 2, "role is none of"),
    (
        [HEAD, '{"number": "1", "begin": 0, "parties": [{"name": "甲", "role": "lead", "inherited": 1}]}'],
        *(2, "should be a true or false"),
    ),
    ([HEAD, '{"number": "1", "begin": 0, "deadlines": [{"by": "2021-12-31"}]}'], 2, "deadlines without written"),
    ([HEAD, '{"number": "1", "begin": 0, "citations": [{"title": 3}]}'], 2, "title is 3"),
    ([HEAD, '{"number": "1", "begin": 0, "places": [1]}'], 2, "no string"),
    ([HEAD, '{"number": "1", "begin": 0, "targets": [{"unit": "亩"}]}'], 2, "None is not a number"),
    ([HEAD, '{"number": "1", "begin": 0, "targets": [{"value": "many"}]}'], 2, "'many' is not a number"),
    ([HEAD, '{"number": "1", "begin": 0, "targets": [{"value": NaN}]}'], 2, "nan is not a number"),
    ([HEAD, '{"number": "1", "begin": 0, "targets": [{"value": 1e999999999}]}'], 2, "is not a number"),
    ([HEAD, '{"number": "1", "begin": 0, "targets": [{"value": 1, "comparator": "≥"}]}'], 2, "comparator is none of"),
]


@pytest.mark.parametrize(("lines", "line", "said"), BAD, ids=[f"{n}-{case[2][:24]}" for n, case in enumerate(BAD)])
def test_a_bad_line_is_named_in_one_sentence(tmp_path: Path, lines: list[str], line: int, said: str) -> None:
    file = written(tmp_path, *lines)
    with pytest.raises(InputError) as caught:
        load(file)
    assert said in str(caught.value)
    for text, place in ((str(caught.value), f"line {line}"), (caught.value.zh, f"第 {line} 行")):
        assert str(file) in text
        assert "\n" not in text
        assert (place in text) is (line > 0)


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_bytes('{"title": "方案"}'.encode("gb18030"))
    with pytest.raises(InputError, match="not UTF-8"):
        load(file)


# --- folders ---------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for id in ("b", "a", "c"):
        written(tmp_path, f'{{"format": "plan-graph gold 1", "id": "{id}"}}', name=f"{id}.jsonl")
    (tmp_path / "NOTES.md").write_text("no gold", encoding="utf-8")
    assert [one.id for one in load_all(tmp_path)] == ["a", "b", "c"]
    assert [one.id for one in load_all(tmp_path / "c.jsonl")] == ["c"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"id": "x"', '"id": "x"'),
        (f'"id": "x", "sha256": "{"0" * 64}"', f'"id": "y", "sha256": "{"0" * 64}"'),
    ],
    ids=["same id", "same text"],
)
def test_a_folder_holds_one_gold_of_a_document(tmp_path: Path, one: str, other: str) -> None:
    for name, head in (("a", one), ("b", other)):
        written(tmp_path, f'{{"format": "plan-graph gold 1", {head}}}', name=f"{name}.jsonl")
    with pytest.raises(InputError, match=r"a\.jsonl and b\.jsonl are both of") as caught:
        load_all(tmp_path)
    assert "同一份文件" in caught.value.zh


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no gold file at"):
        load_all(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="holds no gold file"):
        load_all(tmp_path)
