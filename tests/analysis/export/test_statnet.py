"""The script for R runs as it is and makes the network; skipped where R is not installed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from plan_graph.analysis.export import node_rows, to_statnet
from plan_graph.analysis.network import Layer, network
from plan_graph.model import Membership, Role

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


def test_years_go_on_the_same_bodies(tmp_path: Path, r: Callable[[str, Path], str]) -> None:
    """As the notes at the end of the script say for a TERGM."""
    for year, names in ((2016, "甲乙"), (2017, "乙丙")):
        rows = [Membership("t", year, Role.LEAD, f"b-{name}", name) for name in names]
        (tmp_path / f"n{year}.r").write_bytes(to_statnet(network(rows, Layer.ANY, year=year)))
    code = """
        invisible(capture.output(years <- lapply(c("n2016.r", "n2017.r"), function(file) {
          own <- new.env(); sys.source(file, own); own
        })))
        bodies <- sort(unique(unlist(lapply(years, function(year) year$nodes$body))))
        series <- lapply(years, function(year) year$build(bodies))
        for (net in series) {
          cat(network.size(net), network.edgecount(net), network.vertex.names(net), net %v% "kind", "")
          cat(as.matrix(net), "\\n")
        }
    """
    first, second = (line.split() for line in r(code, tmp_path).splitlines())
    assert first[:2] == second[:2] == ["3", "1"]
    order = sorted(["b-甲", "b-乙", "b-丙"])
    assert sorted(first[2:5]) == sorted(["甲", "乙", "b-丙"])
    assert sorted(second[2:5]) == sorted(["b-甲", "乙", "丙"])
    assert len(order) == len(first[5:8]) == first[5:8].count("unknown")
    assert first[8:].count("1") == second[8:].count("1") == 2
