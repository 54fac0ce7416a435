"""GraphML and GEXF: read back by NetworkX and igraph they say the same, and GEXF keeps the rules of its schema."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest

from plan_graph.analysis.export import to_gexf, to_graphml
from plan_graph.analysis.export.kinds import COLLECTIVE, COLOURS, UNKNOWN, number_of
from plan_graph.analysis.network import Layer, measures, network
from plan_graph.iri import KIND

READ = {to_graphml: nx.read_graphml, to_gexf: nx.read_gexf}
GEXF = "{http://www.gexf.net/1.2draft}"
VIZ = "{http://www.gexf.net/1.2draft/viz}"


def read(write: Any, graph: nx.Graph, seed: int | None = None) -> nx.Graph:
    return READ[write](BytesIO(write(graph, seed=seed)))


def facts(graph: nx.Graph, *, without: tuple[str, ...] = ()) -> tuple[object, object]:
    def kept(own: dict[str, object]) -> dict[str, object]:
        return {key: value for key, value in own.items() if key not in without}

    nodes = {node: kept(own) for node, own in graph.nodes(data=True)}
    ties: dict[Any, dict[str, object]] = {}
    for one, other, own in graph.edges(data=True):
        ties[(one, other) if graph.is_directed() else frozenset((one, other))] = kept(own)
    return nodes, ties


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_networkx_reads_the_same_network(graph: nx.Graph, write: Any) -> None:
    found = read(write, graph)
    assert found.is_directed() == graph.is_directed()
    assert facts(found, without=("weight", "id", "viz")) == facts(graph)
    assert all(own["weight"] == own["shared"] for _, _, own in found.edges(data=True))


def test_igraph_reads_the_same_network(graph: nx.Graph, tmp_path: Path) -> None:
    (tmp_path / "n.graphml").write_bytes(to_graphml(graph, seed=1))
    found = igraph.Graph.Read_GraphML(str(tmp_path / "n.graphml"))
    assert found.is_directed() == graph.is_directed()
    assert found["layer"] == graph.graph["layer"]
    assert {(v["id"], v["label"], v["tasks"], v["kind"]) for v in found.vs} == {
        (node, own["label"], own["tasks"], own.get("kind", "")) for node, own in graph.nodes(data=True)
    }
    ends = {(found.vs[e.source]["id"], found.vs[e.target]["id"]): e["weight"] for e in found.es}
    assert ends == {(one, other): own["shared"] for one, other, own in graph.edges(data=True)}
    strength = found.strength(weights="weight") if found.ecount() else [0] * found.vcount()
    assert dict(zip(found.vs["id"], strength, strict=True)) == dict(graph.degree(weight="shared"))


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_measures_are_written_with_a_seed(graph: nx.Graph, write: Any) -> None:
    found = read(write, graph, seed=4)
    for one in measures(graph, 4):
        own = found.nodes[one.body]
        assert (
            own["strength"],
            own["betweenness"],
            own["community"],
            own.get("in_strength"),
            own.get("constraint"),
        ) == (*(one.strength, one.betweenness, one.community, one.in_strength, one.constraint),)
    assert "constraint" not in found.nodes["210000/daj"]  # an isolate has none; nothing is written for it
    assert "strength" not in read(to_graphml, graph).nodes["210000/fgw"]


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_labels_are_utf8_and_nothing_says_none(graph: nx.Graph, write: Any) -> None:
    written = write(graph, seed=1)
    assert "省发展改革委".encode() in written
    assert b"encoding='utf-8'" in written.splitlines()[0]
    for nothing in (b"None", b"NaN", b"nan", b"True", b"False"):
        assert nothing not in written


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_labels_that_xml_cannot_hold_are_mended(of: Callable[[list[str]], nx.Graph], write: Any) -> None:
    found = read(write, of(["a\x0bb", "<&>\"'\ue008", "\ud800", "甲\r\n乙\t"]))
    assert [found.nodes[f"b{n:03d}"]["label"] for n in range(4)] == ["a\ufffdb", "<&>\"'\ue008", "\ufffd", "甲\n乙\t"]


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_an_empty_network_can_be_written(write: Any) -> None:
    found = read(write, network([], Layer.ANY), seed=1)
    assert (found.number_of_nodes(), found.number_of_edges()) == (0, 0)


def test_graphml_booleans_are_those_of_xml_schema(graph: nx.Graph) -> None:
    written = to_graphml(graph).decode()
    assert written.count(">true<") == 1
    assert written.count(">false<") == 4


# --- GEXF for Gephi ------------------------------------------------------------------------------------------------


def tags(element: ElementTree.Element) -> list[str]:
    return [child.tag.replace(GEXF, "").replace(VIZ, "viz:") for child in element]


def test_gexf_has_no_date_and_says_what_it_is_of(graph: nx.Graph) -> None:
    meta = ElementTree.fromstring(to_gexf(graph)).find(f"{GEXF}meta")
    assert meta is not None
    assert meta.attrib == {}
    assert [part.text for part in meta] == ["plan-graph", f"plan-graph network: layer {graph.graph['layer']}, year all"]


def test_gexf_keeps_the_rules_of_the_schema(graph: nx.Graph) -> None:
    """Of GEXF 1.2: which elements, in which order, and the attributes that must be there with their types."""
    root = ElementTree.fromstring(to_gexf(graph, seed=1))
    assert (root.tag, root.attrib, tags(root)) == (f"{GEXF}gexf", {"version": "1.2"}, ["meta", "graph"])
    inner = root[1]
    assert tags(inner) == ["attributes", "attributes", "nodes", "edges"]
    assert inner.get("defaultedgetype") == ("directed" if graph.is_directed() else "undirected")
    declared: list[dict[str, str]] = []
    for attributes, kind in zip(inner[:2], ("node", "edge"), strict=True):
        assert attributes.get("class") == kind
        assert {one.get("type") for one in attributes} <= {"string", "long", "double", "boolean"}
        assert all(one.get("title") for one in attributes)
        declared.append({one.attrib["id"]: one.attrib["type"] for one in attributes})
    nodes, edges = inner[2], inner[3]
    assert (nodes.get("count"), edges.get("count")) == (str(len(graph)), str(graph.number_of_edges()))
    for node in nodes:
        assert tags(node) == ["attvalues", "viz:color", "viz:position", "viz:size"]
        assert {"id", "label"} == set(node.attrib)
        values, colour, position, size = node
        check_values(values, declared[0])
        assert list(colour.attrib) == ["r", "g", "b"]
        assert all(0 <= int(part) <= 255 for part in colour.attrib.values())
        assert list(position.attrib) == ["x", "y", "z"]
        assert all(abs(float(part)) <= 1000 for part in position.attrib.values())
        assert float(size.attrib["value"]) >= 0
    known = {node.attrib["id"] for node in nodes}
    assert [edge.attrib["id"] for edge in edges] == [str(at) for at in range(len(edges))]
    for edge in edges:
        assert tags(edge) == ["attvalues"]
        assert {edge.attrib["source"], edge.attrib["target"]} <= known
        assert float(edge.attrib["weight"]) >= 1
        check_values(edge[0], declared[1])


def check_values(values: ElementTree.Element, declared: dict[str, str]) -> None:
    kinds: dict[str, Callable[[str], object]] = {
        "string": str,
        "long": int,
        "double": float,
        "boolean": ["false", "true"].index,
    }
    for value in values:
        assert value.tag == f"{GEXF}attvalue"
        kinds[declared[value.attrib["for"]]](value.attrib["value"])


def test_nodes_are_coloured_by_kind_and_sized_by_strength(graph: nx.Graph) -> None:
    found = read(to_gexf, graph)
    look = {node: own["viz"] for node, own in found.nodes(data=True)}

    def colour(node: str) -> tuple[int, int, int]:
        return tuple(look[node]["color"][part] for part in "rgb")

    assert colour("210000/fgw") == colour("210000/czt") == COLOURS["department"]
    assert colour("210100/haiguan") == COLOURS["central-branch"]
    assert colour("有关市人民政府") == COLOURS[COLLECTIVE]
    assert colour("210000/daj") == UNKNOWN
    strength = dict(graph.degree(weight="shared"))
    by_strength = sorted(look, key=lambda node: strength[node])
    assert [look[node]["size"] for node in by_strength] == sorted(one["size"] for one in look.values())
    if any(strength.values()):
        assert (look[by_strength[0]]["size"], look[by_strength[-1]]["size"]) == (10.0, 60.0)
    places = {tuple(one["position"].values()) for one in look.values()}
    assert len(places) == len(graph)
    radius = {round((x**2 + y**2) ** 0.5) for x, y, _ in places}
    assert radius == {100}


def test_every_kind_of_the_register_has_a_colour_and_a_number_of_its_own() -> None:
    assert set(COLOURS) == {*KIND, COLLECTIVE}
    assert len({*COLOURS.values(), UNKNOWN}) == len(COLOURS) + 1
    assert [number_of(kind) for kind in COLOURS] == list(range(1, len(COLOURS) + 1))
    assert (number_of("department"), number_of(COLLECTIVE), number_of("none"), number_of(None)) == (5, 21, 0, 0)
