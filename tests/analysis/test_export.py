"""Files that other programs read: read back, they say the same; written again, they are the same bytes."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

import plan_graph
from plan_graph.analysis.export import edge_rows, node_rows, to_gexf, to_graphml
from plan_graph.analysis.network import Layer, measures, network
from plan_graph.model import Membership, Role, Tie

LEAD, SUPPORT = Role.LEAD, Role.SUPPORT
ROWS = [
    Membership("t1", 2016, LEAD, "210000/fgw", "省发展改革委"),
    Membership("t1", 2016, SUPPORT, "210000/czt", "省财政厅"),
    Membership("t1", 2016, SUPPORT, "有关市人民政府", "有关市人民政府", collective=True),
    Membership("t2", 2017, LEAD, "210000/czt", "省财政厅"),
    Membership("t2", 2017, SUPPORT, "210000/fgw", "省发展改革委"),
    Membership("t3", 2017, LEAD, "210000/fgw", "省发展改革委"),
    Membership("t3", 2017, SUPPORT, "210000/kjt", "省科技厅"),
    Membership("t4", 2017, LEAD, "210000/daj", "省档案局"),
]
TIES = [Tie("210000/czt", "210000/fgw", None, 2, 0, 2, 2.0, 1.5, 0.25, 0.5)]


def graph_of(layer: Layer = Layer.ANY) -> nx.Graph:
    return network(ROWS, layer, include_collectives=True, ties=TIES)


def facts(graph: nx.Graph, *, without: tuple[str, ...] = ()) -> tuple[object, object]:
    nodes = {node: dict(own) for node, own in graph.nodes(data=True)}
    ties: dict[Any, dict[str, object]] = {}
    for one, other, own in graph.edges(data=True):
        ends = (one, other) if graph.is_directed() else frozenset((one, other))
        ties[ends] = {key: value for key, value in own.items() if key not in without}
    return nodes, ties


@pytest.mark.parametrize("layer", Layer)
def test_graphml_read_back_is_the_same_network(layer: Layer) -> None:
    graph = graph_of(layer)
    read = nx.read_graphml(BytesIO(to_graphml(graph)))
    assert read.is_directed() == graph.is_directed()
    assert facts(read, without=("weight",)) == facts(graph)
    assert read.graph["layer"] == layer.value
    assert all(own["weight"] == own["shared"] for _, _, own in read.edges(data=True))


@pytest.mark.parametrize("layer", Layer)
def test_gexf_read_back_is_the_same_network(layer: Layer) -> None:
    graph = graph_of(layer)
    read = nx.read_gexf(BytesIO(to_gexf(graph)))
    assert read.is_directed() == graph.is_directed()
    assert facts(read, without=("weight", "id")) == facts(graph)
    assert all(own["weight"] == own["shared"] for _, _, own in read.edges(data=True))


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_measures_are_written_with_a_seed(write: Any) -> None:
    graph = graph_of(Layer.LEAD_SUPPORT)
    read = (nx.read_graphml if write is to_graphml else nx.read_gexf)(BytesIO(write(graph, seed=4)))
    for one in measures(graph, 4):
        own = read.nodes[one.body]
        assert (own["strength"], own["in_strength"], own["betweenness"], own["community"]) == (
            one.strength,
            one.in_strength,
            one.betweenness,
            one.community,
        )
        assert own.get("constraint") == one.constraint
    assert "constraint" not in read.nodes["210000/daj"]  # an isolate has none; nothing is written for it
    assert "strength" not in nx.read_graphml(BytesIO(to_graphml(graph))).nodes["210000/fgw"]


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_labels_are_utf8_and_nothing_says_none(write: Any) -> None:
    written = write(graph_of(Layer.LEAD_SUPPORT), seed=1)
    assert "省发展改革委".encode() in written
    assert b"encoding='utf-8'" in written.splitlines()[0]
    assert b"None" not in written
    assert b"NaN" not in written
    assert b"nan" not in written


def test_gexf_has_no_date_and_no_version() -> None:
    meta = ElementTree.fromstring(to_gexf(graph_of())).find("{http://www.gexf.net/1.2draft}meta")
    assert meta is not None
    assert meta.attrib == {}
    assert [(part.tag.rpartition("}")[2], part.text) for part in meta] == [("creator", "plan-graph")]


def test_graphml_booleans_are_those_of_xml_schema() -> None:
    written = to_graphml(graph_of()).decode()
    assert written.count(">true<") == 1
    assert written.count(">false<") == 4
    assert ">True<" not in written


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_labels_that_xml_cannot_hold_are_mended(write: Any) -> None:
    rows = [Membership("t", None, LEAD, f"b{n}", label) for n, label in enumerate(["a\x0bb", "<&>\"'\ue008", "\ud800"])]
    read = (nx.read_graphml if write is to_graphml else nx.read_gexf)(BytesIO(write(network(rows, Layer.ANY))))
    assert [read.nodes[f"b{n}"]["label"] for n in range(3)] == ["a\ufffdb", "<&>\"'\ue008", "\ufffd"]


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_an_empty_network_can_be_written(write: Any) -> None:
    read = (nx.read_graphml if write is to_graphml else nx.read_gexf)(BytesIO(write(network([], Layer.ANY), seed=1)))
    assert (read.number_of_nodes(), read.number_of_edges()) == (0, 0)


def test_writing_changes_nothing_and_order_does_not_matter() -> None:
    graph = graph_of()
    before = facts(graph), dict(graph.graph)
    shuffled = nx.Graph(**graph.graph)
    shuffled.add_nodes_from(reversed(list(graph.nodes(data=True))))
    shuffled.add_edges_from((other, one, own) for one, other, own in reversed(list(graph.edges(data=True))))
    assert edge_rows(shuffled) == edge_rows(graph)
    assert measures(shuffled, seed=1) == measures(graph, seed=1)
    assert to_graphml(shuffled, seed=1) == to_graphml(graph, seed=1)
    assert to_gexf(shuffled, seed=1) == to_gexf(graph, seed=1)
    assert (facts(graph), dict(graph.graph)) == before


def test_node_rows() -> None:
    graph = network(ROWS, Layer.ANY)
    plain = node_rows(graph)
    assert [row["body"] for row in plain] == ["210000/czt", "210000/daj", "210000/fgw", "210000/kjt"]
    assert plain[0] == {
        "body": "210000/czt",
        "label": "省财政厅",
        "tasks": 2,
        "led": 1,
        "supported": 1,
        "collective": False,
    }
    measured = node_rows(graph, seed=1)
    figures = "degree strength in_degree out_degree in_strength out_strength betweenness closeness constraint community"
    assert {tuple(row) for row in measured} == {(*plain[0], *figures.split())}
    assert [row["strength"] for row in measured] == [2, 0, 3, 1]
    assert [row["constraint"] for row in measured][1] is None


def test_edge_rows_of_undirected_ties() -> None:
    rows = edge_rows(network(ROWS, Layer.ANY, ties=TIES))
    assert rows == [
        {
            "source": "210000/czt",
            "target": "210000/fgw",
            "source_name": "省财政厅",
            "target_name": "省发展改革委",
            "shared": 2,
            "newman": 2.0,
            "distance": 0.5,
            "expected": 1.5,
            "p": 0.25,
            "q": 0.5,
        },
        {
            "source": "210000/fgw",
            "target": "210000/kjt",
            "source_name": "省发展改革委",
            "target_name": "省科技厅",
            "shared": 1,
            "newman": 1.0,
            "distance": 1.0,
            "expected": None,
            "p": None,
            "q": None,
        },
    ]
    assert len({tuple(row) for row in rows}) == 1


def test_edge_rows_of_directed_ties() -> None:
    rows = edge_rows(network(ROWS, Layer.LEAD_SUPPORT, ties=TIES))
    assert [(row["source"], row["target"], row["shared"], row["pair_shared"], row["pair_q"]) for row in rows] == [
        ("210000/czt", "210000/fgw", 1, 2, 0.5),
        ("210000/fgw", "210000/czt", 1, 2, 0.5),
        ("210000/fgw", "210000/kjt", 1, None, None),
    ]
    keys = "source target source_name target_name shared newman distance pair_shared pair_expected pair_p pair_q"
    assert {tuple(row) for row in rows} == {tuple(keys.split())}


def test_rows_make_a_csv() -> None:
    rows = node_rows(network(ROWS, Layer.ANY), seed=1)
    text = StringIO(newline="")
    writer = csv.DictWriter(text, rows[0], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    read = list(csv.DictReader(StringIO(text.getvalue())))
    assert [row["label"] for row in read] == ["省财政厅", "省档案局", "省发展改革委", "省科技厅"]
    assert read[1]["constraint"] == ""


def test_same_bytes_in_any_process() -> None:
    script = (
        "import hashlib, random; from plan_graph.analysis.export import *; from plan_graph.analysis.network import *;"
        "from plan_graph.model import Membership, Role; pick = random.Random(5);"
        "rows = [Membership(f't{n}', None, pick.choice(list(Role)), f'局{pick.randrange(40)}', '名')"
        " for n in range(90) for _ in range(3)];"
        "parts = [write(network(rows, layer), seed=2) for layer in Layer for write in (to_graphml, to_gexf)];"
        "print(hashlib.sha256(b''.join(parts)).hexdigest(), len(b''.join(parts)))"
    )
    source = str(Path(plan_graph.__file__).parents[1])
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONPATH": source, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(printed) == 1
    assert int(printed.pop().split()[1]) > 10_000
