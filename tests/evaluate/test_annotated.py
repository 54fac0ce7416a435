"""The gold in data/gold: names and offsets, no wording of a document, and every offset where the text has it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from plan_graph.evaluate.annotation import Annotation, Item, plain
from plan_graph.evaluate.gold import load

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
PLAN_ID = "ln-2016-revitalisation"
PLAN_FILE = ROOT / "data" / "raw" / f"{PLAN_ID}.txt"
GOLD = ROOT / "data" / "gold"
PLANS = sorted((GOLD / "plans").glob("*.jsonl"))
READINGS = sorted((GOLD / "readings").glob("*.jsonl"))
ANNEX = "-annex"
LONGEST = 48  # code points of a name or title; a sentence of such a plan is longer or ends in 。


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def words(value: Any) -> list[str]:
    """Give every string of a JSON value, keys left out."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [word for one in inner for word in words(one)]


# --- what the files hold ---------------------------------------------------------------------------------------------


def test_there_are_eighteen_documents_and_the_liaoning_plan() -> None:
    assert len(PLANS) == 19
    assert PLAN_ID in {file.stem for file in PLANS}
    stems = {file.stem for file in PLANS} - {PLAN_ID}
    assert {file.stem for file in READINGS} == {f"{stem}.{reader}" for stem in stems for reader in "ab"}


@pytest.mark.parametrize("file", [*PLANS, *READINGS], ids=lambda file: file.stem)
def test_a_gold_names_its_document(file: Path) -> None:
    one = load(file)
    assert one.id == file.stem.removesuffix(".a").removesuffix(".b")
    assert one.title
    assert one.hashes
    assert one.convention
    assert one.readers == {".a": ("A",), ".b": ("B",)}.get(file.suffixes[0], ("A", "B"))
    assert one.items


@pytest.mark.parametrize("file", [*PLANS, *READINGS], ids=lambda file: file.stem)
def test_no_wording_of_a_document_is_in_its_gold(file: Path) -> None:
    """Names, titles and times only; the Liaoning plan, which is in this repository, has some characters more."""
    head, *tasks = lines(file)
    for task in tasks:
        if file.stem != PLAN_ID:
            assert task.keys() == {"number", "begin", "clauses", "parties", "deadlines", "citations"}
        for word in words(task):
            assert len(word) <= LONGEST
            assert file.stem == PLAN_ID or not re.search(r"[。；！？，：\n]", word)
    assert len(head.get("note", "")) <= LONGEST


@pytest.mark.parametrize("file", READINGS, ids=lambda file: file.stem)
def test_a_reading_is_of_the_same_text_as_the_settled_gold(file: Path) -> None:
    settled = load(GOLD / "plans" / f"{file.stem[:-2]}.jsonl")
    assert load(file).hashes == settled.hashes


def test_both_forms_of_the_liaoning_gold_say_the_same() -> None:
    """The first has a column for each kind of fact, the second is what plan-graph evaluate reads."""
    first, second = lines(GOLD / f"{PLAN_ID}.jsonl"), load(GOLD / "plans" / f"{PLAN_ID}.jsonl").items
    assert [task["task"] for task in first] == [item.task for item in second]
    for task, item in zip(first, second, strict=True):
        named = {role: [p.name for p in item.parties or () if p.role == role] for role in ("lead", "support")}
        assert (task["lead"], task["support"]) == (named["lead"], named["support"])
        cited = {(relation, title) for relation, title in zip(item.relations, item.citations or (), strict=True)}
        assert cited == {(how, title) for how in ("cites", "produces", "revises") for title in task[how]}
        assert tuple(task["places"]) == item.places
        assert [d["written"] for d in task["deadlines"]] == list(item.deadlines or ())
        assert [(float(t["value"]), t["unit"], t["of"], t["comparator"]) for t in task["targets"]] == [
            (float(t.value), t.unit, t.of, t.comparator) for t in item.targets or ()
        ]


# --- the text has it there -------------------------------------------------------------------------------------------


def text_of(stem: str) -> str:
    """Give the text a gold is about; the corpus is not ours to copy and is looked for beside the checkout."""
    corpus = SHARED / "corpus"
    name = f"{stem.removesuffix(ANNEX)}.annex.tsv" if stem.endswith(ANNEX) else f"{stem}.txt"
    file = PLAN_FILE if stem == PLAN_ID else corpus / name
    if not file.is_file():
        pytest.skip(f"{name} is not in {SHARED.name}/corpus beside the checkout, and is not ours to copy")
    raw = file.read_bytes()
    assert load(GOLD / "plans" / f"{stem}.jsonl").hashes == {hashlib.sha256(raw).hexdigest()}
    return raw.decode("utf-8")


def ranges(one: Annotation, text: str) -> list[tuple[Item, int]]:
    """Give every task with the place where the next begins."""
    begins = [*(item.begin for item in one.items[1:]), len(text)]
    return list(zip(one.items, begins, strict=True))


def stands(name: str, text: str) -> bool:
    """Tell whether a name stands in a text, whole or as a beginning and an ending that several names share."""
    return any(name[:at] in text and name[at:] in text for at in range(len(name)))


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_tasks_and_clauses_are_where_the_gold_says(file: Path) -> None:
    one, text = load(file), text_of(file.stem)
    for item, until in ranges(one, text):
        assert text[item.begin :].lstrip("　 \t").startswith(item.number), item.number
        assert all(item.begin <= begin < end <= until for begin, end in item.clauses), item.number
        for begin, end in item.clauses:
            clause = text[begin:end]
            assert clause == clause.strip()
            closed = clause[0] in "（(〔" and clause[-1] in "）)〕"
            sentence = clause.startswith("牵头单位：") and clause.endswith("。")  # B5, no brackets
            # a cell of a table, or the body a line of duties begins with: whole, so marks on either side
            around = text[begin - 1] + text[end : end + 1]
            cell = file.stem.endswith(ANNEX) and set(around) <= set('\t\n"')
            duty = around[0] in ".．" and around[1] == "："
            assert closed or sentence or cell or duty, clause


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_names_stand_in_their_clauses(file: Path) -> None:
    """Those of a merged cell, or stated once for all later tasks, stand in an earlier one."""
    one, text = load(file), text_of(file.stem)
    earlier = ""
    for item, until in ranges(one, text):
        own = plain("".join(text[begin:end] for begin, end in item.clauses))
        earlier += own
        for party in item.parties or ():
            merged = file.stem.endswith(ANNEX) and party.role == "lead"
            assert stands(plain(party.name), earlier if party.inherited or merged else own), (item.number, party.name)
            # the label may stand in the head of a table, or in the heading of a list of duties
            bare = not re.search("[（(〔：]", own)
            assert party.label in (text[:until] if party.inherited or bare or ANNEX in file.stem else own), party.label
        assert bool(item.clauses) or not item.parties, item.number


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_times_and_titles_stand_in_their_task(file: Path) -> None:
    one, text = load(file), text_of(file.stem)
    for item, until in ranges(one, text):
        own = plain(text[item.begin : until])
        assert all(plain(written) in own for written in item.deadlines or ()), item.number
        assert all(f"《{plain(title)}》" in own for title in item.citations or ()), item.number
