"""The commands of a coordination office as its people meet them: answers, files, sentences, exit codes.

They are run by click in this process, which is much quicker than one each; one test runs real ones.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
import openpyxl
import pytest
from click.testing import CliRunner

from plan_graph.cli import main
from plan_graph.corpus import Options, build_corpus
from plan_graph.graph import store

COMMANDS = ("overlap", "brief", "room", "what-if")
FINE: dict[str, tuple[str, ...]] = {
    "overlap": ("overlap", "省财政厅", "省农委"),
    "partners": ("overlap", "省农委"),
    "matrix": ("overlap",),
    "brief": ("brief", "省农委"),
    "room": ("room", "--theme", "创新", "--year", "2018"),
    "what-if": ("what-if", "--merge", "省农委,省林业厅=省农林厅"),
}


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    returncode: int
    stdout: bytes
    stderr: bytes


def run(*arguments: str | Path) -> Ran:
    done = CliRunner().invoke(main, list(map(str, arguments)), prog_name="plan-graph", env={"PLAN_GRAPH_LANG": None})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout_bytes, done.stderr_bytes)


@pytest.fixture(autouse=True, scope="module")
def _stores_are_opened_once() -> Iterator[None]:
    """Nothing writes to a store, and loading one takes longer than most answers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "open_store", cache(store.open_store))
        yield


@pytest.mark.parametrize("command", [("overlap", "省农委"), ("what-if", "--merge", "省农委,省林业厅=省农林厅")])
def test_a_process_of_its_own_says_the_same(cli: Any, built: Path, command: tuple[str, ...]) -> None:
    alone = cli("--lang", "zh", *command, "--graph", built, env={})
    assert (alone.returncode, alone.stderr) == (0, b"")
    assert alone.stdout == run("--lang", "zh", *command, "--graph", built).stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    text = run(command, "--help").stdout.decode()
    assert f"plan-graph {command}" in text.split("Example 示例")[1]
    for option in ("--plan", "--issuer", "--level", "--year", "--graph", "--output"):
        assert option in text


@pytest.mark.parametrize("name", FINE)
def test_every_form_of_every_answer(built: Path, tmp_path: Path, name: str) -> None:
    command = (*FINE[name], "--graph", str(built))
    screen = run("--lang", "zh", *command)
    assert (screen.returncode, screen.stderr) == (0, b"")
    assert "省农委" in screen.stdout.decode() or name == "room"
    for form in ("csv", "tsv", "json", "xlsx", "html"):
        done = run(*command, "-o", tmp_path / f"a.{form}")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    whole = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert len(rows) in {len(one) for one in whole["sections"].values()}
    assert rows
    assert len((tmp_path / "a.tsv").read_text(encoding="utf-8").splitlines()) == len(rows) + 1
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert len(book.sheetnames) == 1 + len(whole["sections"])
    page = lxml.html.document_fromstring((tmp_path / "a.html").read_bytes())
    assert [node.get("id") for node in page.xpath("//section")] == list(whole["sections"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FINE)
def test_one_language_only(built: Path, name: str, lang: str) -> None:
    text = run("--lang", lang, *FINE[name], "--graph", built).stdout.decode()
    zh, en = ("任务", "tasks")
    assert (zh in text, en in text)[lang == "en"]
    assert ("leads" in text or "led" in text or "shared" in text) == (lang == "en")


def test_tables_that_csv_lists(built: Path) -> None:
    overlap = run(*FINE["overlap"], "--graph", built, "--format", "csv", "--list", "years").stdout.decode()
    assert overlap.splitlines()[1] == "全部年度,50,24,15,7.357,2.0389,0.000999,0.009919,6.0056,1,6,0"
    targets = run(*FINE["brief"], "--graph", built, "--format", "csv", "--list", "targets", "--bom").stdout
    assert targets.startswith("﻿plan,year,id".encode())
    assert len(targets.decode().splitlines()) == 9


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["overlap", "省财政", "省农委"], "did you mean 省财政厅"),
        (["overlap", "省财政厅", "210000/czt"], "are the same body"),
        (["overlap", "a", "b", "c"], "two bodies at most"),
        (["overlap", "省农委", "--top", "3"], "for the matrix"),
        (["overlap", "省农委", "--year", "2030"], "the years of those that do: 2016, 2017, 2018"),
        (["overlap", "省农委", "--plan", "none"], "no plan of the graph"),
        (["overlap", "省农委", "--list", "partners"], "--list goes with"),
        (["overlap", "省农委", "--format", "csv", "--list", "years"], "has no table 'years'"),
        (["brief", "银河局"], "no body of the graph"),
        (["brief"], "Missing argument"),
        (["room"], "which tasks"),
        (["room", "--theme", "火星"], "no theme of the chosen plans"),
        (["room", "--tasks", "2016-001,2016-999"], "no task of the chosen plans is called '2016-999'"),
        (["room", "--place", "大联"], "did you mean 大连市"),
        (["what-if"], "needs a step"),
        (["what-if", "--merge", "省农委"], "is not A,B=C"),
        (["what-if", "--merge", "省农委,银河局=省农林厅"], "no body of the graph"),
        (["what-if", "--merge", "有关市人民政府,省农委=某厅"], "not a single body"),
        (["what-if", "--abolish", "省农委"], "in pairs"),
        (["what-if", "--to", "省农委", "--abolish", "省林业厅"], "in pairs"),
        (["what-if", "--abolish", "省农委", "--to", "210000/nw"], "take over from itself"),
        (["what-if", "--abolish", "省农委", "--to", "省农林厅"], "no body of the graph"),
        (["what-if", "--move", "2016-999", "--lead", "省农委"], "no task of the chosen plans"),
        (["what-if", "--move", "2016-001", "--to", "省农委"], "in pairs"),
        (["what-if", "--merge", "省农委,省林业厅=x", "-o", "a.jpg"], "needs a format"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_wrong_names_and_usage_exit_with_2(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("--lang", "en", *arguments, "--graph", built)
    assert done.returncode == 2
    assert done.stdout == b""
    assert says in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["overlap", "省农委", "大连市政府"], "没有共同任务"),
        (["overlap", "辽宁省农业农村厅"], "在所选计划中没有任务"),
        (["brief", "辽宁省农业农村厅", "--year", "2017"], "在所选计划（2017 年）中没有任务"),
        (["room", "--text", "火星"], "没有符合全部条件的任务"),
        (["what-if", "--merge", "省农委,省农委=省农委"], "没有改变任何参与关系"),
        (["what-if", "--abolish", "辽宁省农业农村厅", "--to", "省农委"], "没有改变任何参与关系"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_empty_answers_are_a_sentence(built: Path, arguments: list[str], says: str) -> None:
    done = run("--lang", "zh", *arguments, "--graph", built)
    assert (done.returncode, done.stderr) == (0, b"")
    assert says in done.stdout.decode()


def figures(built: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("what-if", *arguments, "--graph", built, "--format", "json").stdout)
    return found


def test_steps_are_taken_in_the_order_given(built: Path) -> None:
    move = ("--move", "2016-019", "--lead", "省农委")
    end = ("--abolish", "省农委", "--to", "省财政厅")
    first, last = figures(built, *move, *end), figures(built, *end, *move)
    assert first["figures"]["steps"] == "任务 2016-019 改由省农委牵头；撤销省农委，任务转给省财政厅"
    bodies = [{row["body"]: row["tasksAfter"] for row in one["sections"]["bodies"]} for one in (first, last)]
    assert [one["省农委"] for one in bodies] == [None, 1]


def test_a_new_body_is_known_to_later_steps(built: Path) -> None:
    found = figures(built, "--merge", "省农委、省林业厅=省农林厅", "--merge", "省农林厅,省畜牧局=大农厅")
    (row,) = [row for row in found["sections"]["bodies"] if row["body"] == "大农厅"]
    assert (row["id"], row["tasksBefore"]) == ("new/大农厅", None)
    assert "省农林厅" not in {row["body"] for row in found["sections"]["bodies"]}


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_figure_is_written_or_a_font_is_asked_for(built: Path, tmp_path: Path, form: str) -> None:
    done = run(*FINE["what-if"], "--graph", built, "-o", tmp_path / f"a.{form}")
    if done.returncode == 2:
        assert b"Noto Sans CJK" in done.stderr
        assert list(tmp_path.iterdir()) == []
    else:
        assert done.returncode == 0, done.stderr.decode()
        assert (tmp_path / f"a.{form}").read_bytes()[:5] == {"svg": b"<?xml", "png": b"\x89PNG\r"}[form]


# --- several plans, one of them without years or themes ---------------------------------------------------------------

GRAIN = """辽宁省人民政府
2016年3月1日

推进粮食安全若干措施

1．建设高标准农田30万亩。（牵头单位：省农委，有关市人民政府；配合单位：省财政厅）
2．加强政策宣传。（责任单位：省农委）
"""
PORTS = """辽宁省人民政府
2017年5月1日

口岸开放行动计划（2017年）

一、2017年重点工作（1项）
（一）着力完善体制机制。
1．在大连试点。（牵头单位：省商务厅；配合单位：大连海关、省财政厅）
"""


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two")
    files = []
    for name, text in (("grain", GRAIN), ("ports", PORTS)):
        files.append(folder / f"{name}.txt")
        files[-1].write_text(text, encoding="utf-8")
    return build_corpus(files, folder / "build", Options(draws=0, keywords=False, validate=False)).out


def test_a_plan_without_years_and_themes(two: Path) -> None:
    for command in (["brief", "省农委"], ["overlap", "省农委", "省财政厅"], ["overlap"]):
        done = run("--lang", "en", *command, "--graph", two, "--plan", "grain")
        assert (done.returncode, done.stderr) == (0, b"")
    done = run("--lang", "en", "room", "--theme", "x", "--graph", two, "--plan", "grain")
    assert done.returncode == 2
    assert b"states a theme" in done.stderr


def test_without_ties_counts_stand_with_a_word_of_warning(two: Path) -> None:
    text = run("--lang", "en", "overlap", "省农委", "省财政厅", "--graph", two).stdout.decode()
    assert "the graph holds no expected counts" in text
    chosen = run("--lang", "en", "overlap", "省农委", "省财政厅", "--graph", two, "--plan", "grain").stdout.decode()
    assert "computed for the chosen plans alone (1,000 draws, seed 0)" in " ".join(chosen.split())


def test_tasks_of_several_plans_say_which(two: Path) -> None:
    text = run("--lang", "en", "brief", "省财政厅", "--graph", two).stdout.decode()
    assert "plan id" in text
    done = run("--lang", "en", "room", "--text", "。", "--graph", two, "--format", "csv", "--list", "cover")
    assert "grain/001、grain/002" in done.stdout.decode()
