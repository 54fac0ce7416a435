"""UCINET's DL files: read back by igraph they say the same, whatever the labels hold."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.analysis.export import to_ucinet
from plan_graph.analysis.network import Layer, network
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=100)
NAMES = ["省财政厅", "省档案局", "省发展改革委", "沈阳海关", "有关市人民政府"]  # by rising id


def read(written: bytes, folder: Path) -> igraph.Graph:
    (folder / "n.dl").write_bytes(written)
    return igraph.Graph.Read_DL(str(folder / "n.dl"), directed=True)


def test_igraph_reads_the_same_network(graph: nx.Graph, tmp_path: Path) -> None:
    found = read(to_ucinet(graph), tmp_path)
    assert found.vs["name"] == NAMES
    matrix = found.get_adjacency(attribute="weight" if found.ecount() else None)
    nodes = sorted(graph)
    assert [list(map(float, row)) for row in matrix] == [
        [float(graph.edges[one, other]["shared"]) if graph.has_edge(one, other) else 0.0 for other in nodes]
        for one in nodes
    ]  # symmetric where the network is undirected


def test_the_file_as_ucinet_wants_it(graph: nx.Graph) -> None:
    written = to_ucinet(graph).decode()
    assert written.startswith("dl n=5\r\nformat=edgelist1\r\nlabels:\r\n省财政厅\r\n")  # dl is the first word
    assert written.count("\n") == written.count("\r\n")
    assert '"' not in written


@pytest.mark.parametrize(
    ("label", "held"),
    [
        ("省 财政厅", "省_财政厅"),
        ("甲,乙=丙:丁", "甲，乙\uff1d丙：丁"),
        ('省"财政"厅', "省'财政'厅"),
        ("甲\n乙\r\n丙", "甲_乙_丙"),
        ("a\x0bb\x00", "a\ufffdb\ufffd"),
        ("\ud800", "\ufffd"),
        ("data:", "data："),
        ("", "b000"),
    ],
)
def test_what_a_label_cannot_hold(of: Callable[[list[str]], nx.Graph], tmp_path: Path, label: str, held: str) -> None:
    assert read(to_ucinet(of([label, "乙"])), tmp_path).vs["name"] == [held, "乙"]


def test_no_label_stands_twice(of: Callable[[list[str]], nx.Graph], tmp_path: Path) -> None:
    found = read(to_ucinet(of(["办公室", "档案局", "办公室"])), tmp_path)
    assert found.vs["name"] == ["办公室_(b000)", "档案局", "办公室_(b002)"]


@EXACT
@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_any_labels_can_be_read_back(names: list[str]) -> None:
    rows = [Membership("t", None, Role.LEAD, f"b{at}", name) for at, name in enumerate(names)]
    with tempfile.TemporaryDirectory() as folder:
        found = read(to_ucinet(network(rows, Layer.ANY)), Path(folder))
    assert found.vcount() == len(set(found.vs["name"])) == len(names)
    assert found.ecount() == len(names) * (len(names) - 1)


def test_an_empty_network_can_be_written() -> None:
    """By its bytes: igraph keeps the labels of the file it read before when there are none."""
    assert to_ucinet(network([], Layer.ANY)) == b"dl n=0\r\nformat=edgelist1\r\ndata:\r\n"
