"""Pajek files: read back by NetworkX, igraph and R they say the same, whatever the labels hold."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.analysis.export import to_pajek, to_pajek_project
from plan_graph.analysis.export.text import labels
from plan_graph.analysis.network import Layer, measures, network
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=100)
NAMES = ["省财政厅", "省档案局", "省发展改革委", "沈阳海关", "有关市人民政府"]  # by rising id


def by_networkx(written: bytes, folder: Path) -> nx.Graph:
    (folder / "n.net").write_bytes(written)
    return nx.read_pajek(folder / "n.net")  # as UTF-8: it must not stumble over the mark


def by_igraph(written: bytes, folder: Path) -> igraph.Graph:
    (folder / "n.net").write_bytes(written)
    return igraph.Graph.Read_Pajek(str(folder / "n.net"))


def weights(graph: nx.Graph) -> dict[tuple[str, str], int]:
    name = nx.get_node_attributes(graph, "label")
    return {(name[one], name[other]): own["shared"] for one, other, own in graph.edges(data=True)}


def test_networkx_reads_the_same_network(graph: nx.Graph, tmp_path: Path) -> None:
    found = by_networkx(to_pajek(graph), tmp_path)
    assert found.is_directed() == graph.is_directed()
    assert list(found) == NAMES
    ties = {(one, other): own["weight"] for one, other, own in found.edges(data=True)}
    assert {key if graph.is_directed() else frozenset(key): value for key, value in ties.items()} == {
        key if graph.is_directed() else frozenset(key): value for key, value in weights(graph).items()
    }


def test_igraph_reads_the_same_network(graph: nx.Graph, tmp_path: Path) -> None:
    found = by_igraph(to_pajek(graph), tmp_path)
    assert found.is_directed() == graph.is_directed()
    assert found.vs["name"] == NAMES
    assert {(NAMES[e.source], NAMES[e.target]): e["weight"] for e in found.es} == weights(graph)
    assert all(0 <= value <= 1 for axis in "xyz" for value in found.vs[axis])
    assert len(set(zip(found.vs["x"], found.vs["y"], strict=True))) == len(graph)


def test_pajek_knows_it_for_utf8_by_the_mark_before_a_comment(graph: nx.Graph) -> None:
    for written in (to_pajek(graph), to_pajek_project(graph, seed=1)):
        assert written.startswith(b"\xef\xbb\xbf% plan-graph network: layer ")
        assert written.count(b"\xef\xbb\xbf") == 1
        assert written.count(b"\n") == written.count(b"\r\n")


@pytest.mark.parametrize(
    ("label", "held"),
    [
        ('省"财政"厅', "省'财政'厅"),
        ("甲\n乙\r\n丙", "甲 乙 丙"),
        ("甲\\n乙", "甲/n乙"),
        ("尾\\", "尾/"),
        (" 甲  乙\u3000丙 ", "甲 乙 丙"),
        ("a\x0bb\x00", "a\ufffdb\ufffd"),
        ("\ud800", "\ufffd"),
        ("%甲 *Edges", "%甲 *Edges"),
        ("", "b000"),
    ],
)
def test_what_a_label_cannot_hold(of: Callable[[list[str]], nx.Graph], tmp_path: Path, label: str, held: str) -> None:
    written = to_pajek(of([label, "乙"]))
    assert list(by_networkx(written, tmp_path)) == [held, "乙"]
    assert by_igraph(written, tmp_path).vs["name"] == [held, "乙"]


def test_no_label_stands_twice(of: Callable[[list[str]], nx.Graph], tmp_path: Path) -> None:
    written = to_pajek(of(["办公室", "档案局", "办公室"]))
    found = by_networkx(written, tmp_path)
    assert list(found) == ["办公室 (b000)", "档案局", "办公室 (b002)"]
    assert found.number_of_edges() == 3
    awkward = nx.Graph()
    awkward.add_nodes_from([("a\n", {"label": "x"}), ("a ", {"label": "x"})])  # ids alike once cleaned
    assert labels(awkward, lambda label: " ".join(label.split())) == ["x (a )-1", "x (a )-2"]


@EXACT
@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_any_labels_can_be_read_back(names: list[str]) -> None:
    rows = [Membership("t", None, Role.LEAD, f"b{at}", name) for at, name in enumerate(names)]
    graph = network(rows, Layer.ANY)
    with tempfile.TemporaryDirectory() as folder:
        one, other = by_networkx(to_pajek(graph), Path(folder)), by_igraph(to_pajek(graph), Path(folder))
    assert len(one) == other.vcount() == len(names)
    assert list(one) == other.vs["name"]
    assert one.number_of_edges() == other.ecount() == len(names) * (len(names) - 1) // 2


def sections(written: bytes) -> dict[str, list[str]]:
    """Give the partitions and vectors of a project: title → lines below ``*Vertices``."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in written.decode("utf-8-sig").split("\r\n"):
        if line.startswith(("*Partition ", "*Vector ")):
            title = line
            found[title] = []
        elif title and line and not line.startswith("*Vertices "):
            found[title].append(line)
    return found


def test_a_project_has_partitions_and_vectors(graph: nx.Graph) -> None:
    written = to_pajek_project(graph, seed=1)
    text = written.decode("utf-8-sig")
    assert "\r\n".join(to_pajek(graph).decode("utf-8-sig").split("\r\n")[1:]) in text  # the network as it is alone
    found = sections(written)
    assert list(found) == [
        "*Partition kind of body (5 department, 6 central-branch, 21 collective)",
        "*Partition level (1 state, 2 province)",
        "*Partition community",
        *("*Vector tasks", "*Vector strength", "*Vector betweenness", "*Vector closeness"),
    ]
    kind, level, community, tasks, strength, betweenness, _ = found.values()
    assert kind == ["5", "0", "5", "6", "21"]
    assert level == ["2", "0", "2", "1", "0"]
    measured = {one.body: one for one in measures(graph, 1)}
    nodes = sorted(graph)
    assert [int(number) for number in community] == [measured[node].community for node in nodes]
    assert [float(number) for number in tasks] == [graph.nodes[node]["tasks"] for node in nodes]
    assert [float(number) for number in strength] == [measured[node].strength for node in nodes]
    assert [float(number) for number in betweenness] == [measured[node].betweenness for node in nodes]
    assert text.count(f"*Vertices {len(graph)}\r\n") == 8
    assert list(sections(to_pajek_project(graph)))[2:] == ["*Vector tasks"]


def test_r_reads_the_project(graph: nx.Graph, tmp_path: Path, r: Callable[[str, Path], str]) -> None:
    """Network and partitions; R's reader drops vectors, and takes a network without ties for a directed one."""
    (tmp_path / "n.paj").write_bytes(to_pajek_project(graph, seed=1))
    code = """
        suppressPackageStartupMessages(library(network))
        read <- read.paj("n.paj")
        for (one in read$partitions) cat(one, "\\n")
        net <- read$networks[[1]]
        cat(is.directed(net), network.size(net), network.edgecount(net), "\\n")
        cat(network.vertex.names(net), sep = "|"); cat("\\n")
        if (network.edgecount(net) > 0) cat(t(as.edgelist(net, attrname = list.edge.attributes(net)[2])), "\\n")
    """
    kind, level, _, size, names, *ties = r(code, tmp_path).splitlines()
    assert kind.split() == ["5", "0", "5", "6", "21"]
    assert level.split() == ["2", "0", "2", "1", "0"]
    assert names.split("|") == NAMES
    assert size.split()[1:] == [str(len(graph)), str(graph.number_of_edges())]
    found = [int(one) for line in ties for one in line.split()]
    assert {(NAMES[a - 1], NAMES[b - 1]): n for a, b, n in zip(*[iter(found)] * 3, strict=True)} == weights(graph)
    if found:
        assert size.split()[0] == str(graph.is_directed()).upper()


def test_an_empty_network_can_be_written(tmp_path: Path) -> None:
    empty = network([], Layer.ANY)
    assert len(by_networkx(to_pajek(empty), tmp_path)) == by_igraph(to_pajek(empty), tmp_path).vcount() == 0
    assert b"*Partition kind of body\r\n*Vertices 0\r\n" in to_pajek_project(empty, seed=1)
