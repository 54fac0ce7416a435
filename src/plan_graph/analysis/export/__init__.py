"""Networks as files that other programs read, one module for each family of formats.

``lists`` has the rows of bodies and ties (CSV, Parquet), ``graphml`` and ``gexf`` the XML forms (igraph, Gephi),
``pajek`` and ``ucinet`` the forms of these programs, ``statnet`` a script for R; ``kinds``, ``look`` and ``text``
what they share. The same graph and seed give the same bytes, in any process and on any day: bodies and ties go out
in rising order of ids and nothing is stamped with the date.
"""

from collections.abc import Callable, Mapping

import networkx as nx

from plan_graph.analysis.export.gexf import to_gexf
from plan_graph.analysis.export.graphml import to_graphml
from plan_graph.analysis.export.kinds import with_kinds
from plan_graph.analysis.export.lists import edge_rows, edge_table, node_rows, node_table, to_parquet
from plan_graph.analysis.export.pajek import to_pajek, to_pajek_project
from plan_graph.analysis.export.statnet import to_statnet
from plan_graph.analysis.export.ucinet import to_ucinet

__all__ = [
    "WRITERS",
    "edge_rows",
    "edge_table",
    "node_rows",
    "node_table",
    "to_gexf",
    "to_graphml",
    "to_pajek",
    "to_pajek_project",
    "to_parquet",
    "to_statnet",
    "to_ucinet",
    "with_kinds",
]

WRITERS: Mapping[str, Callable[[nx.Graph | nx.DiGraph, int], bytes]] = {
    "graphml": lambda graph, seed: to_graphml(graph, seed=seed),
    "gexf": lambda graph, seed: to_gexf(graph, seed=seed),
    "net": lambda graph, _: to_pajek(graph),
    "paj": lambda graph, seed: to_pajek_project(graph, seed=seed),
    "dl": lambda graph, _: to_ucinet(graph),
    "r": lambda graph, seed: to_statnet(graph, seed=seed),
}
"""The formats that hold a whole network, by the ending of their files; the seed is Louvain's."""
