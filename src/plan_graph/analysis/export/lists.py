"""The bodies and the ties of a network as rows, for CSV and Parquet, and for the other formats to take from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

import networkx as nx

from plan_graph.analysis.network import Layer, NodeMeasures, measures
from plan_graph.graph.formats import as_parquet
from plan_graph.graph.queries import Table

Value = str | int | float | bool | None
"""What one cell of a row holds; ``None`` where it has no meaning."""

_NODE_KEYS = ("label", "tasks", "led", "supported", "collective", "kind", "level")
_EDGE_KEYS = ("shared", "newman", "distance")
_TESTED_KEYS = ("expected", "p", "q")
_PAIR_KEYS = ("pair_shared", "pair_expected", "pair_p", "pair_q")
_TYPES = {  # of columns in which a network may have no value at all
    **dict.fromkeys(("kind", "level", "source_name", "target_name"), "string"),
    **dict.fromkeys(("in_degree", "out_degree", "in_strength", "out_strength", "pair_shared"), "int64"),
    **dict.fromkeys(("constraint", "expected", "p", "q", "pair_expected", "pair_p", "pair_q"), "double"),
}
_TYPES_OF_NONE = {  # and those of a network that has no row
    **dict.fromkeys(("tasks", "led", "supported", "degree", "strength", "community", "shared"), "int64"),
    **dict.fromkeys(("newman", "distance", "betweenness", "closeness"), "double"),
    "collective": "bool",
}


def node_rows(
    graph: nx.Graph | nx.DiGraph, *, seed: int | None = None, measured: Sequence[NodeMeasures] | None = None
) -> list[dict[str, Value]]:
    """Return a row for each node, by rising id: ``body``, label, tasks, led, supported, collective, kind, level.

    With ``seed`` (Louvain's) the measures of ``network.measures`` follow, or those ``measured`` before. Every row has
    the same keys in the same order; what has no meaning for a node is ``None``.
    """
    rows: dict[str, dict[str, Value]] = {}
    for body, own in sorted(graph.nodes(data=True)):
        rows[body] = {"body": body, **{key: own.get(key) for key in _NODE_KEYS}}
    if seed is not None:
        for one in measures(graph, seed) if measured is None else measured:
            rows[one.body].update(asdict(one))
    return list(rows.values())


def edge_rows(graph: nx.Graph | nx.DiGraph) -> list[dict[str, Value]]:
    """Return a row for each tie, by rising ids: source, target, their names, shared, newman, distance, significance.

    Undirected ties go from the smaller id to the larger. Significance is expected, p, q for ``Layer.ANY``, and
    pair_shared, pair_expected, pair_p, pair_q for the other layers, ``None`` where no tie was given for the pair.
    """
    tested = _tested(graph)
    rows: list[dict[str, Value]] = []
    for source, target, own in graph.edges(data=True):
        ends = (source, target) if graph.is_directed() else (min(source, target), max(source, target))
        values = {key: own.get(key) for key in (*_EDGE_KEYS, *tested)}
        names = {"source_name": graph.nodes[ends[0]].get("label"), "target_name": graph.nodes[ends[1]].get("label")}
        rows.append({"source": ends[0], "target": ends[1], **names, **values})
    return sorted(rows, key=lambda row: (str(row["source"]), str(row["target"])))


def node_table(
    graph: nx.Graph | nx.DiGraph, *, seed: int | None = None, measured: Sequence[NodeMeasures] | None = None
) -> Table:
    """Return ``node_rows`` as a table, whose columns are there even where no row is."""
    more = () if seed is None else tuple(field.name for field in fields(NodeMeasures))
    listed = node_rows(graph, seed=seed, measured=measured)
    return _table(tuple(dict.fromkeys(("body", *_NODE_KEYS, *more))), listed)


def edge_table(graph: nx.Graph | nx.DiGraph) -> Table:
    """Return ``edge_rows`` as a table, whose columns are there even where no row is."""
    return _table(("source", "target", "source_name", "target_name", *_EDGE_KEYS, *_tested(graph)), edge_rows(graph))


def to_parquet(table: Table) -> bytes:
    """Return a table of nodes or ties as Parquet; a column has its type also where it holds no value."""
    return as_parquet(table, _TYPES if table.rows else {**_TYPES, **_TYPES_OF_NONE})


def _tested(graph: nx.Graph | nx.DiGraph) -> tuple[str, ...]:
    return _TESTED_KEYS if graph.graph.get("layer") == Layer.ANY.value else _PAIR_KEYS


def _table(columns: tuple[str, ...], rows: Sequence[dict[str, Value]]) -> Table:
    return Table(columns, tuple(tuple(row[column] for column in columns) for row in rows))
