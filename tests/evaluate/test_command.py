"""``plan-graph evaluate``: forms, exit codes, and sentences for what cannot be scored."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plan_graph.cli import main

from .conftest import TEXT, Small

HEAD = {"format": "plan-graph gold 1", "id": "roads", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
FIRST = {
    "number": "1．",
    "begin": TEXT.index("1．"),
    "clauses": [[TEXT.index("（牵"), TEXT.index("政府）") + 3]],
    "parties": [
        {"name": "省交通厅", "role": "lead"},
        {"name": "省财政厅", "role": "support"},
        {"name": "有关市人民政府", "role": "support"},
    ],
    "deadlines": ["2017年底前"],
    "citations": ["公路养护规划"],
    "places": ["大连市"],
    "targets": [{"value": 50, "unit": "公里", "of": "公路"}],
}
SECOND = {"number": "2．", "begin": TEXT.index("2．"), "parties": [{"name": "省审计厅", "role": "responsible"}]}
WRONG = SECOND | {"parties": [{"name": "省财政厅", "role": "responsible"}]}  # 3 of 4 parties: F1 0.75


def evaluate(*args: str | Path, lang: str = "en") -> Result:
    return CliRunner().invoke(main, ["--lang", lang, "evaluate", *map(str, args)], env={"COLUMNS": "200"})


# --- forms -----------------------------------------------------------------------------------------------------------


def test_the_table_of_a_build_that_is_right(small: Small) -> None:
    done = evaluate(small.write(HEAD, FIRST, SECOND), small.build)
    assert done.exit_code == 0
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["roads", "2", *["1.000"] * 9] in rows
    assert "no differences" in done.stdout


def test_the_table_of_a_build_that_is_not(small: Small) -> None:
    done = evaluate(small.write(HEAD, FIRST, WRONG), small.build)
    assert done.exit_code == 0
    (row,) = [line.split() for line in done.stdout.splitlines() if "responsible" in line]
    assert row[:6] == ["roads", "2．", f"@{SECOND['begin']}", "party", "responsible", "省财政厅"]
    assert row[6:8] == ["responsible", "省审计厅"]
    assert "1 difference\n" in done.stdout


def test_fields_without_any_fact_have_no_number(small: Small) -> None:
    """1.000 would look like something read well."""
    bare = {"number": "2．", "begin": TEXT.index("2．"), "deadlines": []}
    first = {"number": "1．", "begin": TEXT.index("1．")}
    done = evaluate(small.write(HEAD, first, bare), small.build)
    (row,) = [line.split() for line in done.stdout.splitlines() if line.split()[:1] == ["micro"]]
    assert row == ["micro", "2", "1.000", "1.000", "–"]


@pytest.mark.parametrize(("rows", "shown"), [("1", 1), ("0", 2), ("20", 2)])
def test_as_many_differences_as_wanted(small: Small, rows: str, shown: int) -> None:
    gold = small.write(HEAD, FIRST | {"deadlines": []}, WRONG)
    done = evaluate(gold, small.build, "--rows", rows)
    assert sum("roads" in line and "@" in line for line in done.stdout.splitlines()) == shown
    assert ("(first 1 shown" in done.stdout) is (shown == 1)


@pytest.mark.parametrize("args", [["--json"], ["--format", "json"], ["--json", "--format", "json"]])
def test_json(small: Small, args: list[str]) -> None:
    done = evaluate(small.write(HEAD, FIRST, WRONG), small.build, *args)
    values = json.loads(done.stdout)
    assert values["micro"]["party"]["f1"] == 0.75
    assert values["documents"][0]["errors"][0]["gold"] == ["responsible 省财政厅"]


@pytest.mark.parametrize(
    ("args", "columns", "count"),
    [
        ([], ["document", "field", "hits", "missed", "false", "precision", "recall", "f1"], 27),
        (["--list", "scores"], ["document", "field", "hits", "missed", "false", "precision", "recall", "f1"], 27),
        (["--list", "errors"], ["document", "field", "task", "begin", "gold", "build", "passage"], 1),
    ],
)
def test_csv(small: Small, args: list[str], columns: list[str], count: int) -> None:
    done = evaluate(small.write(HEAD, FIRST, WRONG), small.build, "--format", "csv", *args)
    head, *rows = csv.reader(io.StringIO(done.stdout))
    assert head == columns
    assert len(rows) == count  # 9 fields of the document, 9 of the whole, 9 means; or one error


@pytest.mark.parametrize("name", ["scores.json", "scores.csv"])
def test_the_ending_of_the_output_says_the_form(small: Small, tmp_path: Path, name: str) -> None:
    done = evaluate(small.write(HEAD, FIRST, SECOND), small.build, "-o", tmp_path / name)
    assert done.exit_code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("{" if name.endswith("json") else "document,")


# --- what was not scored ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "where"), [("table", "stdout"), ("json", "stderr"), ("csv", "stderr")])
def test_documents_the_build_does_not_have_are_named(small: Small, form: str, where: str) -> None:
    small.write(HEAD, FIRST, SECOND)
    small.write({"format": "plan-graph gold 1", "id": "bridges"}, SECOND, name="bridges.jsonl")
    done = evaluate(small.gold, small.build, *([] if form == "table" else ["--format", form]))
    assert done.exit_code == 0
    assert "not in the build, so not scored: bridges" in getattr(done, where)


# --- exit codes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("floor", "code", "said"),
    [("0.75", 0, ""), ("0.7501", 1, "the F1 of parties is 0.7500, below 0.7501"), ("0", 0, ""), ("1", 1, "below 1")],
)
def test_a_floor_for_the_f1_of_parties(small: Small, floor: str, code: int, said: str) -> None:
    done = evaluate(small.write(HEAD, FIRST, WRONG), small.build, "--min-f1", floor)
    assert done.exit_code == code
    assert said in done.stderr
    assert bool(done.stderr) is bool(said)


def test_a_floor_needs_parties_in_the_gold(small: Small) -> None:
    gold = small.write(HEAD, {"number": "1．", "begin": TEXT.index("1．")})
    done = evaluate(gold, small.build, "--min-f1", "0.5")
    assert done.exit_code == 2
    assert "which this gold does not annotate" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--json", "--format", "csv"], "exclude each other"),
        (["--list", "errors"], "--list goes with --format csv"),
        (["--format", "table", "-o", "x.csv"], "x.csv"),
        (["--min-f1", "1.5"], "1.5"),
    ],
)
def test_options_that_do_not_go_together(small: Small, args: list[str], said: str) -> None:
    done = evaluate(small.write(HEAD, FIRST, SECOND), small.build, *args)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEAD, {"number": "1．"}], 'line 2: a task has "number", a string, and "begin", an offset'),
        ([HEAD, FIRST | {"partys": []}], "line 2: unknown key 'partys'"),
        ([HEAD | {"sha256": "0" * 64, "id": "bridges"}, FIRST], "has none of the 1 documents of"),
    ],
)
def test_a_gold_that_cannot_be_used(small: Small, lines: list[object], said: str) -> None:
    done = evaluate(small.write(*lines), small.build)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    chinese = evaluate(small.gold, small.build, lang="zh")
    assert said not in chinese.stderr
    assert chinese.stderr.startswith("plan-graph: ")


@pytest.mark.parametrize(("gold", "build"), [("none.jsonl", "build"), ("gold", "none")])
def test_paths_that_do_not_exist(small: Small, tmp_path: Path, gold: str, build: str) -> None:
    small.write(HEAD, FIRST, SECOND)
    done = evaluate(tmp_path / gold, small.build if build == "build" else tmp_path / build)
    assert done.exit_code == 2
    assert "none" in done.stderr
    assert done.stderr.count("\n") == 1
