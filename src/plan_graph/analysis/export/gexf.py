"""GEXF 1.2, Gephi's own format, with sizes, colours and places of nodes (its module viz)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import networkx as nx
from lxml import etree

from plan_graph.analysis.export.kinds import colour_of
from plan_graph.analysis.export.lists import Value, edge_rows, node_rows
from plan_graph.analysis.export.look import circle, sizes
from plan_graph.analysis.export.text import described, for_xml
from plan_graph.analysis.network import NodeMeasures

_GEXF = "http://www.gexf.net/1.2draft"
_VIZ = "http://www.gexf.net/1.2draft/viz"
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
_SPACE = 8.0  # radius of the circle per node: neighbours of middle size do not touch
_LEAST_RADIUS = 100.0


def to_gexf(
    graph: nx.Graph | nx.DiGraph, *, seed: int | None = None, measured: Sequence[NodeMeasures] | None = None
) -> bytes:
    """Return the graph as UTF-8 GEXF 1.2 with the attributes of ``to_graphml`` and no date of writing.

    Nodes are coloured by kind, sized by strength and stand on a circle, kinds side by side; the place means nothing
    else. Edges have ``weight`` = shared. Characters XML cannot hold become U+FFFD.

    In a node come first the values, then colour, position and size: the order in which the schema names them, so
    the file holds for readers that take its list for a sequence as well.
    """
    root = etree.Element(f"{{{_GEXF}}}gexf", nsmap={None: _GEXF, "viz": _VIZ}, version="1.2")
    meta = _child(root, "meta")
    _child(meta, "creator").text = "plan-graph"
    _child(meta, "description").text = described(graph)
    kind = "directed" if graph.is_directed() else "undirected"
    body = _child(root, "graph", defaultedgetype=kind, mode="static")
    nodes, edges = node_rows(graph, seed=seed, measured=measured), edge_rows(graph)
    node_ids = _declare(body, "node", nodes, ("body", "label"))
    edge_ids = _declare(body, "edge", edges, ("source", "target", "source_name", "target_name"))
    place, size = circle(graph), sizes(graph)
    radius = max(_LEAST_RADIUS, _SPACE * len(nodes))
    listed = _child(body, "nodes", count=str(len(nodes)))
    for row in nodes:
        own = str(row["body"])
        node = _child(listed, "node", id=for_xml(own), label=for_xml(row["label"] or own))
        _values(node, row, node_ids)
        red, green, blue = colour_of(row["kind"])
        x, y = (f"{part * radius:.2f}" for part in place[own])
        etree.SubElement(node, f"{{{_VIZ}}}color", r=str(red), g=str(green), b=str(blue))
        etree.SubElement(node, f"{{{_VIZ}}}position", x=x, y=y, z="0.0")
        etree.SubElement(node, f"{{{_VIZ}}}size", value=str(size[own]))
    listed = _child(body, "edges", count=str(len(edges)))
    for at, row in enumerate(edges):
        ends = {key: for_xml(row[key]) for key in ("source", "target")}
        edge = _child(listed, "edge", id=str(at), **ends, weight=str(row["shared"]))
        _values(edge, row, edge_ids)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _child(parent: Any, name: str, **attributes: str) -> Any:
    return etree.SubElement(parent, f"{{{_GEXF}}}{name}", **attributes)


def _declare(graph: Any, kind: str, rows: Sequence[dict[str, Value]], without: Sequence[str]) -> dict[str, str]:
    """Declare the attributes that any row has a value for: name → id."""
    types: dict[str, str] = {}
    for row in rows:
        for key, value in row.items():
            if key not in without and value is not None:
                types.setdefault(key, _TYPES[type(value)])
    ids = {key: str(at) for at, key in enumerate(key for key in (rows[0] if rows else ()) if key in types)}
    declared = _child(graph, "attributes", **{"class": kind}, mode="static")
    for key, number in ids.items():
        _child(declared, "attribute", id=number, title=key, type=types[key])
    return ids


def _values(parent: Any, row: dict[str, Value], ids: dict[str, str]) -> None:
    values = _child(parent, "attvalues")
    for key, number in ids.items():
        value = row[key]
        if value is not None:
            text = str(value).lower() if isinstance(value, bool) else for_xml(value)
            _child(values, "attvalue", **{"for": number}, value=text)
