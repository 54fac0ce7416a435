"""Pajek: a network (.net), and a project (.paj) that adds partitions and vectors of its bodies.

Pajek takes a file for UTF-8 only if it begins with a byte order mark (A. Mrvar, How to use Unicode (UTF8) in Pajek,
2010). Other readers stumble over a mark before ``*Vertices``, so it stands before a comment line, which all skip.
Lines end in CR LF, as in the files Pajek itself writes.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence

import networkx as nx

from plan_graph.analysis.export.kinds import COLOURS, LEVELS, number_of
from plan_graph.analysis.export.lists import Value, edge_rows, node_rows
from plan_graph.analysis.export.look import circle
from plan_graph.analysis.export.text import described, labels, one_line

_REPLACED = str.maketrans({'"': "'", "\\": "/"})  # the quote ends a label, \n within one breaks the line in a drawing


def to_pajek(graph: nx.Graph | nx.DiGraph) -> bytes:
    """Return the graph as a Pajek network: vertices by rising id with their places, arcs or edges with shared tasks.

    A label holds no double quote (it becomes a single one), backslash (a slash) or line end (a space), and none
    stands twice.
    """
    return _written([f"% {described(graph)}", *_network(graph)])


def to_pajek_project(graph: nx.Graph | nx.DiGraph, *, seed: int | None = None) -> bytes:
    """Return the graph as a Pajek project: the network, partitions by kind and level, vectors of measures.

    The classes of a partition are named in its title. Kinds have the same number in every file, 0 where not known.
    With ``seed`` (Louvain's) there is a partition into communities too, and vectors of strength, betweenness and
    closeness.
    """
    rows = node_rows(graph, seed=seed)
    lines = [f"% {described(graph)}", f"*Network {described(graph)}", *_network(graph), ""]
    lines += _partition("kind of body", list(COLOURS), [number_of(row["kind"]) for row in rows])
    lines += _partition("level", LEVELS, [_at(LEVELS, row["level"]) for row in rows])
    if seed is not None:
        lines += _partition("community", (), [int(str(row["community"])) for row in rows])
    for key in ("tasks", *(() if seed is None else ("strength", "betweenness", "closeness"))):
        lines += [f"*Vector {key}", f"*Vertices {len(rows)}", *(f"{float(str(row[key])):.6f}" for row in rows), ""]
    return _written(lines)


def _network(graph: nx.Graph | nx.DiGraph) -> Iterator[str]:
    nodes, place = sorted(graph), circle(graph)
    yield f"*Vertices {len(nodes)}"
    for at, (node, label) in enumerate(zip(nodes, labels(graph, _clean), strict=True), start=1):
        x, y = (0.5 + 0.45 * part for part in place[node])  # Pajek's square is from 0 to 1
        yield f'{at} "{label}" {x:.4f} {y:.4f} 0.5000'
    number = {node: at for at, node in enumerate(nodes, start=1)}
    yield "*Arcs" if graph.is_directed() else "*Edges"
    for row in edge_rows(graph):
        yield f"{number[str(row['source'])]} {number[str(row['target'])]} {row['shared']}"


def _partition(title: str, names: Sequence[str], classes: Sequence[int]) -> Iterator[str]:
    present = ", ".join(f"{number} {names[number - 1]}" for number in sorted(set(classes)) if names and number)
    yield f"*Partition {title}{f' ({present})' if present else ''}"
    yield f"*Vertices {len(classes)}"
    yield from map(str, classes)
    yield ""


def _at(names: Sequence[str], name: Value) -> int:
    return names.index(str(name)) + 1 if name in names else 0


def _clean(label: str) -> str:
    return one_line(label).translate(_REPLACED)


def _written(lines: Sequence[str]) -> bytes:
    return codecs.BOM_UTF8 + ("\r\n".join(lines) + "\r\n").encode()
