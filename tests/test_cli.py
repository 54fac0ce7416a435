"""The command line as a user meets it: real processes, exit codes, files, sentences."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pytest

from plan_graph.corpus import Options, build_corpus

COMMANDS = ("build", "validate", "queries", "query", "network")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_an_example(cli: Any, command: str) -> None:
    run = cli(*filter(None, [command, "--help"]))
    assert run.returncode == 0
    text = run.stdout.decode()
    assert "Example 示例" in text
    assert f"plan-graph {command}".strip() in text.split("Example 示例")[1]


def test_version(cli: Any) -> None:
    assert cli("--version").stdout.decode().startswith("plan-graph, version 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing-of-the-kind"],
        ["build", "--jobs", "many"],
        ["build", "--jobs", "-1", "x.txt"],
        ["build", "--base", "no iri", "x.txt"],
        ["build", "missing.txt"],
        ["query"],
        ["query", "tasks", "--graph", "nowhere"],
        ["query", "no-such-query"],
        ["query", "missing.rq"],
        ["validate", "nowhere"],
        ["validate"],
        ["network", "--graph", "nowhere"],
        ["network", "--layer", "friendship"],
        ["build"],
    ],
    ids=" ".join,
)
def test_usage_and_input_errors_exit_with_2(cli: Any, tmp_path: Path, arguments: list[str]) -> None:
    run = cli(*arguments, cwd=tmp_path)
    assert run.returncode == 2
    assert run.stdout == b""
    assert b"Traceback" not in run.stderr
    assert run.stderr.strip()
    assert list(tmp_path.iterdir()) == []


def test_build_prints_the_ledger_and_the_ties(cli: Any, tmp_path: Path, plan_file: Path) -> None:
    run = cli("build", plan_file, "--out", tmp_path / "b", "--draws", "200")
    assert run.returncode == 0, run.stderr.decode()
    text = run.stdout.decode()
    for wanted in (
        "2016年重点工作",
        "106",
        "193",
        "牵头 leads 326",
        "18,972",
        "省林业局",
        "省发展改革委",
        "预期",
        "expected",
        "200 draws",
        "plan-graph query",
    ):
        assert wanted in text
    assert "✗" not in text
    made = sorted(str(p.relative_to(tmp_path / "b")) for p in (tmp_path / "b").rglob("*") if p.is_file())
    assert made == sorted(
        [
            "cache/ln-2016-revitalisation.gz",
            "graph.nq",
            "report.json",
            "text/ln-2016-revitalisation.txt",
            "validation.html",
            "validation.json",
            "validation.ttl",
            *(
                f"tables/{t}.parquet"
                for t in [
                    "documents",
                    "sections",
                    "tasks",
                    "participations",
                    "citations",
                    "places",
                    "targets",
                    "deadlines",
                    "parts",
                    "origins",
                    "keywords",
                    "ties",
                    "directed_ties",
                    "lineage",
                ]
            ),
        ]
    )
    assert (tmp_path / "b" / "text" / "ln-2016-revitalisation.txt").read_bytes() == plan_file.read_bytes()


@pytest.mark.parametrize(
    ("lang", "has", "lacks"), [("zh", "牵头", "leads"), ("en", "leads", "机构对"), ("both", "牵头 leads", "@")]
)
def test_build_speaks_the_language_asked_for(
    cli: Any, tmp_path: Path, plan_file: Path, lang: str, has: str, lacks: str
) -> None:
    quick = ("--draws", "10", "--no-keywords", "--no-lineage", "--no-validate")
    run = cli("--lang", lang, "build", plan_file, "--out", tmp_path / "b", *quick)
    text = run.stdout.decode()
    assert has in text
    assert lacks not in text


def test_errors_speak_the_language_asked_for(cli: Any, tmp_path: Path) -> None:
    english = cli("--lang", "en", "build", tmp_path / "none.txt").stderr.decode()
    chinese = cli("build", tmp_path / "none.txt", env={"PLAN_GRAPH_LANG": "zh"}).stderr.decode()
    assert "does not exist" in english
    assert "不存在" in chinese
    assert "does not exist" not in chinese


def test_queries_lists_every_query(cli: Any) -> None:
    listed = json.loads(cli("queries", "--format", "json").stdout)
    assert len(listed) >= 20
    assert all(q["question"]["zh"] and q["question"]["en"] for q in listed)
    table = cli("queries").stdout.decode()
    assert all(q["name"] in table for q in listed)


def test_query_formats_agree(cli: Any, built: Path, tmp_path: Path) -> None:
    common = ("query", "tasks-by-body", "--graph", built, "--format")
    as_csv = list(csv.reader(io.StringIO(cli(*common, "csv").stdout.decode())))
    as_tsv = [line.split("\t") for line in cli(*common, "tsv").stdout.decode().splitlines()]
    as_json = json.loads(cli(*common, "json").stdout)
    for form in ("xlsx", "parquet"):
        assert cli(*common, form, "-o", tmp_path / f"q.{form}").returncode == 0
    sheet = openpyxl.load_workbook(tmp_path / "q.xlsx").active
    assert sheet is not None
    as_xlsx = [[str(c) for c in row] for row in sheet.iter_rows(values_only=True)]
    as_parquet = pq.read_table(tmp_path / "q.parquet").to_pylist()
    assert as_csv == as_tsv
    *named, links = zip(*as_xlsx, strict=True)  # the workbook of an office: named columns, IRIs last
    assert [list(row) for row in zip(links, *named, strict=True)][1:] == as_csv[1:]
    assert named[0][0] == "名称 name"
    assert [list(r) for r in as_json[:1]] == [as_csv[0]]
    assert as_json == as_parquet
    assert len(as_json) == len(as_csv) - 1 == 65
    assert as_json[0]["name"] == "辽宁省发展和改革委员会"


def test_csv_for_excel_begins_with_a_mark(cli: Any, built: Path) -> None:
    common = ("query", "tasks-by-year", "--graph", built, "--format", "csv")
    assert cli(*common, "--bom").stdout == b"\xef\xbb\xbf" + cli(*common).stdout


def test_an_empty_answer_says_what_to_check(cli: Any, built: Path) -> None:
    run = cli("query", "body-dossier", "--graph", built, "--param", "body=省审计厅")
    assert run.returncode == 0
    assert "plan-graph query bodies" in run.stdout.decode()


def test_registers_of_ones_own(cli: Any, tmp_path: Path, plan_file: Path) -> None:
    import shutil

    from plan_graph.resources import resource

    own = tmp_path / "own"
    shutil.copytree(resource("data", "authority"), own)
    lines = (own / "bodies.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (own / "bodies.csv").write_text("".join(x for x in lines if "210000/jiaotou" not in x), encoding="utf-8")
    run = cli(
        "build", plan_file, "--authority", own, "--out", tmp_path / "b", "--draws", "0", "--no-lineage", "--no-keywords"
    )
    assert run.returncode == 0, run.stderr.decode()
    report = json.loads((tmp_path / "b" / "report.json").read_text(encoding="utf-8"))
    assert {u["name"] for u in report["documents"][0]["unresolved"]} == {"省林业局", "省交投集团"}
    assert cli("build", plan_file, "--authority", tmp_path / "none", "--out", tmp_path / "c").returncode == 2


def test_the_ending_of_the_output_names_its_format(cli: Any, built: Path, tmp_path: Path) -> None:
    common = ("query", "tasks-by-year", "--graph", built)
    assert cli(*common, "-o", tmp_path / "x.csv").returncode == 0
    assert (tmp_path / "x.csv").read_bytes() == cli(*common, "--format", "csv").stdout
    for ending, more in (("txt", ()), ("csv", ("--format", "xlsx"))):
        assert cli(*common, "-o", tmp_path / f"y.{ending}", *more).returncode == 2
    assert cli("network", "--graph", built, "-o", tmp_path / "n.gexf").returncode == 0
    assert nx.read_gexf(tmp_path / "n.gexf").number_of_nodes() == 65
    assert cli("network", "--graph", built, "-o", tmp_path / "n.xlsx").returncode == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["n.gexf", "x.csv"]


def test_a_parameter_given_twice(cli: Any, built: Path) -> None:
    run = cli("query", "tasks", "--graph", built, "--param", "year=2016", "--param", "year=2017")
    assert run.returncode == 2


def test_no_ties_say_why(cli: Any, tmp_path: Path, plan_file: Path) -> None:
    cli("build", plan_file, "--out", tmp_path / "b", "--draws", "0", "--no-keywords", "--no-lineage", "--no-validate")
    run = cli("query", "surprising-pairs", "--graph", tmp_path / "b", "--format", "csv")
    assert run.returncode == 0
    assert "--draws 0" in run.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output_is_one_sentence(built: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "plan_graph", "query", "tasks", "--graph", str(built), "--format", "csv"]
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX systems")
def test_an_interrupt_ends_a_long_query(built: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow.rq"
    slow.write_text("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", encoding="utf-8")
    command = [sys.executable, "-m", "plan_graph", "query", str(slow), "--graph", str(built)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:  # interrupts until one arrives while the query runs; ours never ends by itself
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
    assert process.returncode != 0


def test_list_goes_with_csv(cli: Any, built: Path) -> None:
    assert cli("network", "--graph", built, "--list", "nodes").returncode == 2


def test_query_table_and_parameters(cli: Any, built: Path) -> None:
    run = cli("query", "shared-tasks", "--graph", built, "--param", "a=省财政厅", "--param", "b=省农委", "--rows", "2")
    text = run.stdout.decode()
    assert run.returncode == 0
    assert "15 行" in text
    assert "牵头单位" in text
    assert cli("query", "shared-tasks", "--graph", built, "--param", "a=省财政厅").returncode == 2
    assert cli("query", "shared-tasks", "--graph", built, "--param", "a").returncode == 2


def test_query_from_a_file(cli: Any, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.rq"
    file.write_text("SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/plan-graph/ns#Task> }", encoding="utf-8")
    assert cli("query", file, "--graph", built, "--format", "csv").stdout == b"n\n193\n"
    file.write_text("SELECT ?n WHERE { oops", encoding="utf-8")
    broken = cli("query", file, "--graph", built)
    assert broken.returncode == 2
    assert len(broken.stderr.decode().strip().splitlines()) <= 2


@pytest.mark.parametrize("form", ["text", "json", "ttl", "html"])
def test_validate_says_what_is_wrong_and_where(cli: Any, built: Path, tmp_path: Path, form: str) -> None:
    good = cli("validate", built, "--format", form)
    assert good.returncode == 0
    broken = tmp_path / "broken.nq"
    lines = (built / "graph.nq").read_text(encoding="utf-8").splitlines()
    role = "/2016-027/support-1> <http://data.europa.eu/m8g/role>"
    kept = [line for line in lines if role not in line]
    assert len(kept) == len(lines) - 1
    broken.write_text("\n".join(kept) + "\n", encoding="utf-8")
    bad = cli("validate", broken, "--format", form)
    assert bad.returncode == 1
    text = bad.stdout.decode()
    assert "2016-027/support-1" in text
    if form != "ttl":
        assert "省商务厅" in text  # the words the broken fact came from
    if form == "json":
        assert json.loads(text)["conforms"] is False
    if form == "html":
        assert text.startswith("<!doctype html>")


def test_validate_refuses_what_is_no_rdf(cli: Any, tmp_path: Path) -> None:
    file = tmp_path / "x.nq"
    file.write_text("this is no RDF\n", encoding="utf-8")
    assert cli("validate", file).returncode == 2
    assert cli("query", "tasks", "--graph", file).returncode == 2
    other = tmp_path / "x.doc"
    other.write_text("x", encoding="utf-8")
    assert cli("validate", other).returncode == 2


@pytest.mark.parametrize("layer", ["co-lead", "lead-support", "any"])
def test_network_in_every_form(cli: Any, built: Path, tmp_path: Path, layer: str) -> None:
    common = ("network", "--graph", built, "--layer", layer, "--year", "2016")
    table = cli(*common).stdout.decode()
    assert "betweenness" in table
    ties = list(csv.DictReader(io.StringIO(cli(*common, "--format", "csv").stdout.decode())))
    nodes = list(csv.DictReader(io.StringIO(cli(*common, "--format", "csv", "--list", "nodes").stdout.decode())))
    assert {"source", "source_name", "target", "target_name", "shared", "newman"} <= set(ties[0])
    assert {"body", "label", "degree", "strength", "betweenness", "closeness", "constraint", "community"} <= set(
        nodes[0]
    )
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        file = tmp_path / f"net.{form}"
        assert cli(*common, "--format", form, "-o", file).returncode == 0
        graph = read(file)
        assert graph.number_of_edges() == len(ties)
        assert graph.number_of_nodes() == len(nodes)
        assert graph.is_directed() == (layer == "lead-support")


def test_network_of_a_year_the_plan_lacks(cli: Any, built: Path) -> None:
    run = cli("network", "--graph", built, "--year", "1999")
    assert run.returncode == 2
    assert "2016" in run.stderr.decode()


SHARED = "辽宁省人民政府\n2017年5月1日\n\n{title}（2017年）\n\n一、2017年重点工作（2项）\n{tasks}"
TWO = {
    "ports": SHARED.format(
        title="口岸行动计划",
        tasks="1．建设口岸。（牵头单位：省商务厅；配合单位：省财政厅、大连海关）\n2．推进通关。（牵头单位：省商务厅；配合单位：省财政厅）\n",
    ),
    "grain": SHARED.format(
        title="粮食行动计划",
        tasks="1．建设粮库。（牵头单位：省农委；配合单位：省财政厅）\n2．推进流通。（牵头单位：省农委；配合单位：省商务厅、省财政厅）\n",
    ),
}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans of one issuer; both have tasks 2017-001 and 2017-002."""
    folder = tmp_path_factory.mktemp("two")
    for name, text in TWO.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    options = Options(draws=20, validate=False)
    return build_corpus([folder / f"{name}.txt" for name in TWO], folder / "build", options).out


def nodes(cli: Any, graph: Path, *more: str) -> dict[str, int]:
    run = cli("network", "--graph", graph, "--format", "csv", "--list", "nodes", *more)
    assert run.returncode == 0, run.stderr.decode()
    return {row["body"]: int(row["tasks"]) for row in csv.DictReader(io.StringIO(run.stdout.decode()))}


def test_the_same_body_in_two_plans_is_one_node(cli: Any, two: Path) -> None:
    assert nodes(cli, two)["210000/czt"] == 4
    assert nodes(cli, two, "--plan", "ports") == {"210000/czt": 2, "210000/swt": 2, "210200/haiguan": 1}
    assert nodes(cli, two, "--plan", "grain", "--year", "2017") == {"210000/czt": 2, "210000/nw": 2, "210000/swt": 1}
    every = nodes(cli, two)
    for same in (("--issuer", "辽宁省人民政府"), ("--level", "province"), ("--year", "2017")):
        assert nodes(cli, two, *same) == every


def test_a_network_of_one_plan_is_tested_against_that_plan(cli: Any, two: Path) -> None:
    run = cli("--lang", "en", "network", "--graph", two, "--plan", "grain")
    assert "· grain" in run.stdout.decode()
    assert "computed for the chosen tasks alone" in run.stdout.decode()
    ties = list(
        csv.DictReader(
            io.StringIO(cli("network", "--graph", two, "--plan", "grain", "--format", "csv").stdout.decode())
        )
    )
    assert {row["shared"] for row in ties} == {"1", "2"}
    assert all(row["expected"] and row["p"] and row["q"] for row in ties)


@pytest.mark.parametrize(
    ("wrong", "there_is"),
    [("--plan none", "ports"), ("--issuer 省农委", "辽宁省人民政府"), ("--level county", "ports")],
)
def test_a_choice_that_fits_no_plan(cli: Any, two: Path, wrong: str, there_is: str) -> None:
    run = cli("network", "--graph", two, *wrong.split())
    assert run.returncode == 2
    assert wrong.split()[1] in run.stderr.decode()
    assert wrong.split(maxsplit=1)[0] not in run.stderr.decode()  # pages, which have no options, say the same
    assert there_is in run.stderr.decode()


def test_answers_say_which_plan_a_task_is_of(cli: Any, two: Path, built: Path, tmp_path: Path) -> None:
    text = cli("query", "tasks", "--graph", two).stdout.decode()
    assert "计划标识" in text
    assert "ports" in text and "grain" in text
    assert "计划标识" not in cli("query", "tasks", "--graph", built, "--rows", "1").stdout.decode()
    cli("query", "tasks", "--graph", two, "-o", tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:2] == ("计划标识 plan id", "编号 id")
    assert [row[:2] for row in rows] == [(plan, f"2017-00{n}") for plan in ("grain", "ports") for n in (1, 2)]
    one = cli("query", "tasks", "--graph", two, "--param", "plan=ports", "--format", "csv").stdout.decode()
    assert one.count("/task/ports/") == 2
    assert "planId" not in one
    assert "/task/grain/" not in one


def test_output_places(cli: Any, built: Path, tmp_path: Path) -> None:
    common = ("query", "tasks-by-year", "--graph", built, "--format", "csv")
    assert cli(*common, "-o", tmp_path / "none" / "x.csv").returncode == 2
    assert cli(*common, "-o", tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []
