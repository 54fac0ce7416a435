"""plan-graph network: what is chosen, as whose tasks it counts, what is computed anew, and every form of file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pandas as pd
import pytest

from plan_graph.analysis.export import WRITERS
from plan_graph.analysis.network import Layer, network
from plan_graph.analysis.rows import local_id, memberships, memberships_by_successor
from plan_graph.analysis.significance import ties_within
from plan_graph.cli.network import FORMATS, LISTS, MEASURES, REPORTED, WHOLE
from plan_graph.graph.queries import bind, find, run
from plan_graph.graph.store import open_store
from plan_graph.reports.measures import registry

THEME = "着力完善体制机制"
Rows = list[dict[str, str]]


@pytest.fixture
def listed(cli: Any, built: Path) -> Callable[..., Rows]:
    """Runs the command for a CSV and gives its rows."""

    def rows(*more: str) -> Rows:
        run = cli("network", "--graph", built, "--format", "csv", *more)
        assert run.returncode == 0, run.stderr.decode()
        return list(csv.DictReader(io.StringIO(run.stdout.decode())))

    return rows


# --- forms -----------------------------------------------------------------------------------------------------------


def test_every_writer_has_its_format() -> None:
    assert set(WHOLE) == set(WRITERS)
    assert set(FORMATS) == {"table", *LISTS, *WHOLE, *REPORTED}
    assert set(MEASURES) == set(registry.MEASURES)


def in_script(file: Path) -> tuple[int, int]:
    nodes, ties = file.read_text(encoding="utf-8").split("nodes <- data.frame(")[1].split("ties <- data.frame(")
    return nodes.split("  label = ")[0].count('"') // 2, ties.split("  target = ")[0].count('"') // 2


def size(graph: Any) -> tuple[int, int]:
    return (
        (graph.number_of_nodes(), graph.number_of_edges())
        if isinstance(graph, nx.Graph)
        else (graph.vcount(), graph.ecount())
    )


READERS: dict[str, Callable[[Path], tuple[int, int]]] = {
    "graphml": lambda file: size(nx.read_graphml(file)),
    "gexf": lambda file: size(nx.read_gexf(file)),
    "net": lambda file: size(nx.read_pajek(file)),
    "dl": lambda file: size(igraph.Graph.Read_DL(str(file))),
    "r": in_script,
    "R": in_script,
    "paj": lambda file: size(
        nx.parse_pajek(file.read_text(encoding="utf-8").split("*Partition")[0])  # NetworkX takes a section for nodes
    ),
}


@pytest.mark.parametrize("form", READERS)
def test_the_ending_names_the_form_and_other_programs_read_it(
    cli: Any, built: Path, tmp_path: Path, listed: Callable[..., Rows], form: str
) -> None:
    which = ("--layer", "lead-support", "--year", "2017")
    file = tmp_path / f"n.{form}"
    run = cli("network", "--graph", built, *which, "-o", file)
    assert run.returncode == 0, run.stderr.decode()
    assert READERS[form](file) == (len(listed(*which, "--list", "nodes")), len(listed(*which)))


@pytest.mark.parametrize("what", ["ties", "nodes"])
def test_lists_as_parquet_and_as_csv_for_excel(
    cli: Any, built: Path, tmp_path: Path, listed: Callable[..., Rows], what: str
) -> None:
    common = ("network", "--graph", built, "--list", what, "-o")
    assert cli(*common, tmp_path / "n.parquet").returncode == 0
    assert cli(*common, tmp_path / "n.csv", "--bom").returncode == 0
    plain = listed("--list", what)
    marked = (tmp_path / "n.csv").read_bytes()
    assert marked.startswith(b"\xef\xbb\xbf")
    assert list(csv.DictReader(io.StringIO(marked.decode("utf-8-sig")))) == plain
    frame = pd.read_parquet(tmp_path / "n.parquet")
    assert list(frame.columns) == list(plain[0])
    text = io.StringIO()
    frame.to_csv(text, index=False)
    again = list(csv.DictReader(io.StringIO(text.getvalue())))
    names = [column for column in plain[0] if column in ("body", "label", "kind", "source", "target")]
    assert names
    assert [[row[name] for name in names] for row in again] == [[row[name] for name in names] for row in plain]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--bom",),
        ("--bom", "--format", "net"),
        ("--list", "nodes", "--format", "gexf"),
        ("--draws", "-1"),
        ("--draws", "9", "--measure", "core"),
        ("--year", "2016", "--compare", "2016", "2017"),
        ("--format", "r", "-o", "n.net"),
        ("-o", "n.xlsx"),
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together(cli: Any, built: Path, tmp_path: Path, wrong: tuple[str, ...]) -> None:
    run = cli("network", "--graph", built, *wrong, cwd=tmp_path)
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_kinds_of_bodies_are_those_of_the_register(built: Path, listed: Callable[..., Rows]) -> None:
    table = run(open_store(built), bind(find("bodies"), {}))
    kinds = {row[1]: row[-2:] for row in table.rows}
    nodes = listed("--list", "nodes", "--include-collectives")
    single = [row for row in nodes if row["collective"] == "false"]
    assert [(row["kind"], row["level"]) for row in single] == [kinds[row["body"]] for row in single]
    assert {(row["kind"], row["level"]) for row in nodes if row["collective"] == "true"} == {("collective", "")}


# --- what is chosen --------------------------------------------------------------------------------------------------


def asked(built: Path, query: str, column: str, **values: str) -> dict[str, tuple[int, int, int]]:
    """Ask a query for body → (led, supported, tasks)."""
    table = run(open_store(built), bind(find(query), values))
    at = {name: index for index, name in enumerate(table.columns)}
    return {
        local_id(row[at[column]]): tuple(int(str(row[at[name]])) for name in ("led", "supported", "tasks"))  # type: ignore[misc]
        for row in table.rows
    }


def counts(rows: Rows) -> dict[str, tuple[int, int, int]]:
    return {row["body"]: (int(row["led"]), int(row["supported"]), int(row["tasks"])) for row in rows}


@pytest.mark.parametrize("year", [{}, {"year": "2017"}], ids=["all", "2017"])
def test_tasks_of_one_theme(built: Path, listed: Callable[..., Rows], year: dict[str, str]) -> None:
    options = [part for name, value in year.items() for part in (f"--{name}", value)]
    found = listed("--list", "nodes", "--theme", THEME, "--draws", "0", *options)
    assert counts(found) == asked(built, "bodies-by-theme", "body", theme=THEME, **year)
    assert len(found) < len(listed("--list", "nodes", *options))


@pytest.mark.parametrize("year", [{}, {"year": "2016"}], ids=["all", "2016"])
def test_bodies_count_as_their_successors(built: Path, listed: Callable[..., Rows], year: dict[str, str]) -> None:
    options = [part for name, value in year.items() for part in (f"--{name}", value)]
    found = listed("--list", "nodes", "--by-successor", "--draws", "0", *options)
    assert counts(found) == asked(built, "tasks-by-successor", "body", **year)
    bodies = {row["body"] for row in found}
    assert {"210000/nynct", "210000/jrw", "210000/dfjrgl"} <= bodies  # 省农委 renamed, 省政府金融办 split
    assert not {"210000/nw", "210000/jrb"} & bodies


def test_choices_combine(built: Path, listed: Callable[..., Rows]) -> None:
    chosen = ("--theme", THEME, "--by-successor", "--year", "2016", "--level", "province", "--plan")
    every = (*chosen, "ln-2016-revitalisation", "--issuer", "辽宁省人民政府", "--include-collectives", "--draws", "0")
    values = {"theme": THEME, "level": "province", "plan": "ln-2016-revitalisation", "issuer": "辽宁省人民政府"}
    rows = [row for row, _ in memberships_by_successor(open_store(built), values)]
    graph = network(rows, Layer.ANY, year=2016, include_collectives=True)
    found = listed(*every, "--list", "nodes")
    assert counts(found) == {n: (own["led"], own["supported"], own["tasks"]) for n, own in graph.nodes(data=True)}
    assert {row["body"] for row in found if row["collective"] == "true"} >= {"210000/youguan-shi-zf"}
    assert len(listed(*every)) == graph.number_of_edges()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("--theme", "无此主题"), (THEME, "着力推进结构调整", "tasks-by-theme")),
        (("--theme", THEME, "--year", "1999"), ("2016, 2017, 2018",)),
        (("--theme", THEME, "--plan", "none"), ("ln-2016-revitalisation", "plan-graph query plans")),
        (("--issuer", "某县人民政府"), ("辽宁省人民政府", "plan-graph query plans")),
        (("--by-successor", "--year", "1999"), ("2016, 2017, 2018",)),
    ],
)
def test_a_choice_that_fits_nothing_says_what_there_is(
    cli: Any, built: Path, wrong: tuple[str, ...], says: tuple[str, ...]
) -> None:
    for form in ("table", "net"):
        run = cli("network", "--graph", built, *wrong, "--format", form)
        assert run.returncode == 2
        assert run.stdout == b""
        for wanted in says:
            assert wanted in run.stderr.decode()


# --- what is computed ------------------------------------------------------------------------------------------------


def significance(rows: Rows) -> dict[tuple[str, str], tuple[float, float, float]]:
    return {
        (row["source"], row["target"]): (float(row["expected"]), float(row["p"]), float(row["q"]))
        for row in rows
        if row["expected"]
    }


@pytest.mark.parametrize(
    "options", [("--theme", THEME), ("--by-successor",), ("--theme", THEME, "--by-successor", "--year", "2017")]
)
def test_expected_p_and_q_are_of_the_chosen_rows(
    built: Path, listed: Callable[..., Rows], options: tuple[str, ...]
) -> None:
    store, values = open_store(built), {"theme": THEME} if "--theme" in options else {}
    rows = (
        [row for row, _ in memberships_by_successor(store, values)]
        if "--by-successor" in options
        else memberships(store, values)
    )
    year = 2017 if "--year" in options else None
    wanted = {(tie.left, tie.right): (tie.expected, tie.p, tie.q) for tie in ties_within(rows, year, draws=60)}
    found = listed(*options, "--draws", "60")
    assert significance(found) == wanted
    assert len(found) == len(wanted)


def test_draws_for_all_rows_give_what_the_graph_holds(listed: Callable[..., Rows]) -> None:
    """The same draws and seed as the build's."""
    assert listed("--year", "2018", "--draws", "1000") == listed("--year", "2018")
    assert listed("--year", "2018", "--draws", "20") != listed("--year", "2018")
    assert significance(listed("--year", "2018", "--draws", "0")) == {}


@pytest.mark.parametrize(
    ("options", "says", "not_says"),
    [
        ((), ("those of the graph", "(1,000 draws, seed 0)"), ("computed for", "computed anew", "successors")),
        (("--draws", "0"), ("not computed (--draws 0)",), ("those of the graph", "computed anew")),
        (("--draws", "30"), ("computed anew (30 draws, seed 0)",), ("those of the graph", "chosen tasks")),
        (("--theme", THEME, "--draws", "30"), ("chosen tasks alone (30 draws, seed 0)", f"· {THEME}"), ("anew",)),
        (
            ("--by-successor", "--draws", "30"),
            ("· by successor", "bodies of the text count as their successors", "split (1)", "anew (30 draws, seed 0)"),
            ("those of the graph",),
        ),
        (
            ("--by-successor", "--theme", "着力鼓励创新创业", "--draws", "0"),
            ("as their successors",),
            ("split",),
        ),
        (("--layer", "co-lead", "--draws", "30"), ("of tasks shared in any role", "anew (30 draws"), ("not computed",)),
    ],
)
def test_the_table_says_what_was_computed_from_what(
    cli: Any, built: Path, options: tuple[str, ...], says: tuple[str, ...], not_says: tuple[str, ...]
) -> None:
    run = cli("--lang", "en", "network", "--graph", built, "--rows", "2", *options)
    assert run.returncode == 0, run.stderr.decode()
    text = run.stdout.decode()
    for wanted in says:
        assert wanted in text
    for unwanted in not_says:
        assert unwanted not in text


def test_a_file_says_what_it_was_computed_from(cli: Any, built: Path, tmp_path: Path) -> None:
    chosen = ("--theme", THEME, "--by-successor", "--draws", "5")
    assert cli("network", "--graph", built, *chosen, "-o", tmp_path / "n.graphml").returncode == 0
    about = nx.read_graphml(tmp_path / "n.graphml").graph
    said = {"layer": "any", "year": "all", "theme": THEME, "bodies": "by successor", "draws": "5", "draws_seed": "0"}
    assert said.items() <= about.items()
    assert cli("network", "--graph", built, *chosen, "-o", tmp_path / "n.r").returncode == 0
    first = (tmp_path / "n.r").read_text(encoding="utf-8").splitlines()[0]
    assert all(value in first for value in said.values())
