"""The script for R runs as it is and makes the network; skipped where R is not installed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from plan_graph.analysis.export import node_rows, to_statnet, with_kinds
from plan_graph.analysis.network import Layer, network
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

SHOW = """
    invisible(capture.output(source("n.r", encoding = "UTF-8")))
    cat(is.directed(net), network.size(net), network.edgecount(net), "\\n")
    cat(net %v% "body", sep = "|"); cat("\\n")
    cat(network.vertex.names(net), sep = "|"); cat("\\n")
    cat(net %v% "kind", sep = "|"); cat("\\n")
    cat(net %v% "strength", sep = "|"); cat("\\n")
    cat(net %v% "constraint", sep = "|"); cat("\\n")
    ends <- as.edgelist(net, attrname = "shared")
    body <- net %v% "body"
    for (at in seq_len(nrow(ends))) cat(body[ends[at, 1]], body[ends[at, 2]], ends[at, 3], "\\n")
"""


def test_r_makes_the_same_network(graph: nx.Graph, tmp_path: Path, r: Callable[[str, Path], str]) -> None:
    (tmp_path / "n.r").write_bytes(to_statnet(graph, seed=1))
    size, bodies, names, kinds, strength, constraint, *ties = r(SHOW, tmp_path).splitlines()
    rows = node_rows(graph, seed=1)
    assert size.split() == [str(graph.is_directed()).upper(), str(len(graph)), str(graph.number_of_edges())]
    assert bodies.split("|") == [row["body"] for row in rows]
    assert names.split("|") == [row["label"] for row in rows]
    assert kinds.split("|") == [row["kind"] or "unknown" for row in rows]
    assert strength.split("|") == [str(row["strength"]) for row in rows]
    assert [None if one == "NA" else float(one) for one in constraint.split("|")] == [row["constraint"] for row in rows]

    def key(one: str, other: str) -> object:
        return (one, other) if graph.is_directed() else frozenset((one, other))

    found = {key(*line.split()[:2]): int(line.split()[2]) for line in ties}
    assert found == {key(one, other): own["shared"] for one, other, own in graph.edges(data=True)}


def test_the_script_prints_a_summary(graph: nx.Graph, tmp_path: Path, r: Callable[[str, Path], str]) -> None:
    (tmp_path / "n.r").write_bytes(to_statnet(graph, seed=1))
    printed = r('cat(system2("Rscript", c("--vanilla", "n.r"), stdout = TRUE), sep = "\\n")', tmp_path)
    assert printed.startswith(f"plan-graph network: layer {graph.graph['layer']}, year all\n")
    assert f"bodies 5  ties {graph.number_of_edges()}  directed {str(graph.is_directed()).upper()}" in printed
    components = nx.number_weakly_connected_components if graph.is_directed() else nx.number_connected_components
    assert f"components {components(graph)}  isolates {nx.number_of_isolates(graph)}" in printed
    assert re.search(rf"^density {round(nx.density(graph), 4):g} *$", printed, re.M)


@pytest.mark.parametrize("rows", [[], [Membership("t", None, Role.LEAD, "b", "甲")]], ids=["none", "one"])
def test_networks_without_ties_run(rows: list[Membership], tmp_path: Path, r: Callable[[str, Path], str]) -> None:
    (tmp_path / "n.r").write_bytes(to_statnet(network(rows, Layer.LEAD_SUPPORT), seed=1))
    printed = r('source("n.r", encoding = "UTF-8")', tmp_path)
    assert f"bodies {len(rows)}  ties 0  directed TRUE" in printed


AWKWARD = [
    '省"财政"厅',
    "甲\\n乙",
    "尾\\",
    "甲\n乙\r\t",
    "{x} %s",
    "a\x0bb\x7f\x85\u2028",
    "'",
    "# 甲",
    "𠮷林",
    "é" * 300,
]


def test_any_label_is_a_string_of_r(
    of: Callable[[list[str]], nx.Graph], tmp_path: Path, r: Callable[[str, Path], str]
) -> None:
    (tmp_path / "n.r").write_bytes(to_statnet(of([*AWKWARD, "a\x00b", "\ud800"])))
    code = """
        invisible(capture.output(source("n.r", encoding = "UTF-8")))
        for (name in network.vertex.names(net)) cat(utf8ToInt(name), "\\n")
    """
    found = ["".join(chr(int(point)) for point in line.split()) for line in r(code, tmp_path).splitlines()]
    assert found == [*AWKWARD, "a\ufffdb", "\ufffd"]


def test_lines_stay_short(of: Callable[[list[str]], nx.Graph]) -> None:
    written = to_statnet(of([f"局{n}" for n in range(300)])).decode()
    assert max(map(len, written.splitlines())) <= 120


def test_the_notes_on_years_run_as_written(tmp_path: Path, r: Callable[[str, Path], str]) -> None:
    """What stands at the end of the script, up to the model itself: tergm is not needed to check it."""
    kinds = {"b1": ("department", "province"), "b2": ("firm", "province"), "b3": ("bank", "state")}
    for year, names in ((2016, "甲乙"), (2017, "乙丙"), (2018, "丙")):
        rows = [Membership("t", year, Role.LEAD, f"b{'甲乙丙'.index(name) + 1}", name) for name in names]
        graph = with_kinds(network(rows, Layer.ANY, year=year), kinds)
        (tmp_path / f"n{year}.r").write_bytes(to_statnet(graph))
    notes = (
        (tmp_path / "n2016.r").read_text(encoding="utf-8").split("# Years (TERGM)")[1].split("#   library(tergm)")[0]
    )
    steps = [line.removeprefix("#   ") for line in notes.splitlines() if line.startswith("#   ")]
    assert len(steps) > 5
    show = """
        for (net in series) cat(network.vertex.names(net), net %v% "kind", network.edgecount(net), as.matrix(net), "\\n")
        part <- years[[1]]$build("b1")  # ties to bodies that are not asked for fall away
        cat(network.size(part), network.edgecount(part), "\\n")
    """
    code = f"invisible(capture.output({{{chr(10).join(steps)}}}))\n{show}"
    *series, part = (line.split() for line in r(code, tmp_path).splitlines())
    assert series == [
        ["甲", "乙", "b3", "department", "firm", "bank", "1", *"010100000"],
        ["b1", "乙", "丙", "department", "firm", "bank", "1", *"000001010"],
        ["b1", "b2", "丙", "department", "firm", "bank", "0", *"000000000"],
    ]
    assert part == ["1", "0"]
