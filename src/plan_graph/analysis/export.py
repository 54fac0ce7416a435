"""Networks as files that other programs read: GraphML, GEXF (Gephi), and rows for CSV.

The same graph and seed give the same bytes, in any process and on any day: nodes and edges go out in rising order
and nothing is stamped with the date.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from io import BytesIO

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from plan_graph.analysis.network import Layer, measures

Value = str | int | float | bool | None
"""What one cell of a row holds; ``None`` where it has no meaning."""

_NODE_KEYS = ("label", "tasks", "led", "supported", "collective")
_EDGE_KEYS = ("shared", "newman", "distance")
_TESTED_KEYS = ("expected", "p", "q")
_PAIR_KEYS = ("pair_shared", "pair_expected", "pair_p", "pair_q")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_STAMP = re.compile(rb' lastmodifieddate="[^"]*"')
_CREATOR = re.compile(rb"<creator>[^<]*</creator>")


def node_rows(graph: nx.Graph | nx.DiGraph, *, seed: int | None = None) -> list[dict[str, Value]]:
    """Return a row for each node, by rising id: ``body``, label, tasks, led, supported, collective.

    With ``seed`` (Louvain's) the measures of ``network.measures`` follow. Every row has the same keys in the same
    order; what has no meaning for a node is ``None``.
    """
    rows: dict[str, dict[str, Value]] = {}
    for body, own in sorted(graph.nodes(data=True)):
        rows[body] = {"body": body, **{key: own.get(key) for key in _NODE_KEYS}}
    if seed is not None:
        for one in measures(graph, seed):
            rows[one.body].update(asdict(one))
    return list(rows.values())


def edge_rows(graph: nx.Graph | nx.DiGraph) -> list[dict[str, Value]]:
    """Return a row for each tie, by rising ids: source, target, their names, shared, newman, distance, significance.

    Undirected ties go from the smaller id to the larger. Significance is expected, p, q for ``Layer.ANY``, and
    pair_shared, pair_expected, pair_p, pair_q for the other layers, ``None`` where no tie was given for the pair.
    """
    tested = _TESTED_KEYS if graph.graph.get("layer") == Layer.ANY.value else _PAIR_KEYS
    rows: list[dict[str, Value]] = []
    for source, target, own in graph.edges(data=True):
        ends = (source, target) if graph.is_directed() else (min(source, target), max(source, target))
        values = {key: own.get(key) for key in (*_EDGE_KEYS, *tested)}
        names = {"source_name": graph.nodes[ends[0]].get("label"), "target_name": graph.nodes[ends[1]].get("label")}
        rows.append({"source": ends[0], "target": ends[1], **names, **values})
    return sorted(rows, key=lambda row: (str(row["source"]), str(row["target"])))


def to_graphml(graph: nx.Graph | nx.DiGraph, *, seed: int | None = None) -> bytes:
    """Return the graph as UTF-8 GraphML with the attributes of ``node_rows`` and ``edge_rows``.

    Edges also carry ``weight`` = shared, which Gephi, igraph and statnet read as strength. Attributes without a
    value are left out. Characters XML cannot hold become U+FFFD.
    """
    writer = GraphMLWriter(_plain(graph, seed))
    booleans = {key.get("id") for key in writer.xml.iter("key") if key.get("attr.type") == "boolean"}
    for value in writer.xml.iter("data"):
        if value.get("key") in booleans:  # NetworkX writes True, XML Schema has true
            value.text = value.text.lower()
    stream = BytesIO()
    writer.dump(stream)
    return stream.getvalue() + b"\n"


def to_gexf(graph: nx.Graph | nx.DiGraph, *, seed: int | None = None) -> bytes:
    """Return the graph as UTF-8 GEXF 1.2, with the attributes of ``to_graphml`` and no date of writing."""
    stream = BytesIO()
    nx.write_gexf(_plain(graph, seed), stream, encoding="utf-8", version="1.2draft")
    written = _STAMP.sub(b"", stream.getvalue(), count=1)
    return _CREATOR.sub(b"<creator>plan-graph</creator>", written, count=1) + b"\n"


def _plain(graph: nx.Graph | nx.DiGraph, seed: int | None) -> nx.Graph | nx.DiGraph:
    """Return a sorted copy whose attributes XML can hold."""
    plain = nx.DiGraph() if graph.is_directed() else nx.Graph()
    plain.graph.update({key: _text(value) for key, value in sorted(graph.graph.items())})
    for row in node_rows(graph, seed=seed):
        plain.add_node(_text(row.pop("body")), **_given(row))
    for row in edge_rows(graph):
        source, target = _text(row.pop("source")), _text(row.pop("target"))
        del row["source_name"], row["target_name"]  # the nodes hold them
        plain.add_edge(source, target, weight=row["shared"], **_given(row))
    return plain


def _given(row: dict[str, Value]) -> dict[str, Value]:
    return {key: _text(value) if isinstance(value, str) else value for key, value in row.items() if value is not None}


def _text(value: object) -> str:
    return _NOT_XML.sub("\ufffd", str(value))
