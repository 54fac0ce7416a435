"""UCINET's DL language, in the format edgelist1 with labels."""

from __future__ import annotations

import networkx as nx

from plan_graph.analysis.export.lists import edge_rows
from plan_graph.analysis.export.text import labels, one_line

_REPLACED = str.maketrans({" ": "_", ",": "，", "=": "\uff1d", ":": "：", '"': "'"})


def to_ucinet(graph: nx.Graph | nx.DiGraph) -> bytes:
    """Return the graph as a DL file in UTF-8: labels by rising id, then a line for each tie with its shared tasks.

    A line of edgelist1 sets one cell of the matrix, so an undirected tie has two. Space, comma, equals sign,
    colon and quote have a meaning in DL; in labels they are replaced (``_``, the full-width forms, ``'``), so that
    no label needs quotes, which UCINET reads and igraph does not. No byte order mark: ``dl`` must be the first word.
    """
    nodes = sorted(graph)
    number = {node: at for at, node in enumerate(nodes, start=1)}
    lines = [f"dl n={len(nodes)}", "format=edgelist1"]
    if nodes:
        lines += ["labels:", *labels(graph, _clean)]
    lines.append("data:")
    ties = [(number[str(row["source"])], number[str(row["target"])], str(row["shared"])) for row in edge_rows(graph)]
    if not graph.is_directed():
        ties = sorted(ties + [(target, source, shared) for source, target, shared in ties])
    lines += [f"{source} {target} {shared}" for source, target, shared in ties]
    return ("\r\n".join(lines) + "\r\n").encode()


def _clean(label: str) -> str:
    return one_line(label).translate(_REPLACED)
