"""GraphML, which igraph, R, NetworkX, yEd and Cytoscape read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from plan_graph.analysis.export.lists import Value, edge_rows, node_rows
from plan_graph.analysis.export.text import for_xml
from plan_graph.analysis.network import NodeMeasures


def to_graphml(
    graph: nx.Graph | nx.DiGraph, *, seed: int | None = None, measured: Sequence[NodeMeasures] | None = None
) -> bytes:
    """Return the graph as UTF-8 GraphML with the attributes of ``node_rows`` and ``edge_rows``.

    Edges also carry ``weight`` = shared, which Gephi, igraph and statnet read as strength. Attributes without a
    value are left out. Characters XML cannot hold become U+FFFD.
    """
    writer = GraphMLWriter(_plain(graph, node_rows(graph, seed=seed, measured=measured)))
    booleans = {key.get("id") for key in writer.xml.iter("key") if key.get("attr.type") == "boolean"}
    for value in writer.xml.iter("data"):
        if value.get("key") in booleans:  # NetworkX writes True, XML Schema has true
            value.text = value.text.lower()
    stream = BytesIO()
    writer.dump(stream)
    return stream.getvalue() + b"\n"


def _plain(graph: nx.Graph | nx.DiGraph, nodes: Iterable[dict[str, Value]]) -> nx.Graph | nx.DiGraph:
    """Return a sorted copy whose attributes XML can hold."""
    plain = nx.DiGraph() if graph.is_directed() else nx.Graph()
    plain.graph.update({key: for_xml(value) for key, value in sorted(graph.graph.items())})
    for row in nodes:
        plain.add_node(for_xml(row.pop("body")), **_given(row))
    for row in edge_rows(graph):
        source, target = for_xml(row.pop("source")), for_xml(row.pop("target"))
        del row["source_name"], row["target_name"]  # the nodes hold them
        plain.add_edge(source, target, weight=row["shared"], **_given(row))
    return plain


def _given(row: dict[str, Value]) -> dict[str, Value]:
    return {key: for_xml(value) if isinstance(value, str) else value for key, value in row.items() if value is not None}
