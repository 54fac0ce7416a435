"""Rows of bodies and ties: what they hold, and that CSV and Parquet give them back to pandas and pyarrow."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import plan_graph
from plan_graph.analysis.export import WRITERS, edge_rows, edge_table, node_rows, node_table, to_parquet, with_kinds
from plan_graph.analysis.network import Layer, measures, network
from plan_graph.graph.formats import as_csv
from plan_graph.graph.queries import Table
from plan_graph.model.network import Membership, Tie
from plan_graph.model.plan import Role

LEAD, SUPPORT = Role.LEAD, Role.SUPPORT
ROWS = [
    Membership("t1", 2016, LEAD, "210000/fgw", "省发展改革委"),
    Membership("t1", 2016, SUPPORT, "210000/czt", "省财政厅"),
    Membership("t2", 2017, LEAD, "210000/czt", "省财政厅"),
    Membership("t2", 2017, SUPPORT, "210000/fgw", "省发展改革委"),
    Membership("t3", 2017, LEAD, "210000/fgw", "省发展改革委"),
    Membership("t3", 2017, SUPPORT, "210000/kjt", "省科技厅"),
    Membership("t4", 2017, LEAD, "210000/daj", "省档案局"),
]
TIES = [Tie("210000/czt", "210000/fgw", None, 2, 0, 2, 2.0, 1.5, 0.25, 0.5)]


def test_node_rows() -> None:
    graph = with_kinds(network(ROWS, Layer.ANY), {"210000/czt": ("department", "province")})
    plain = node_rows(graph)
    assert [row["body"] for row in plain] == ["210000/czt", "210000/daj", "210000/fgw", "210000/kjt"]
    assert plain[0] == {
        "body": "210000/czt",
        "label": "省财政厅",
        "tasks": 2,
        "led": 1,
        "supported": 1,
        "collective": False,
        "kind": "department",
        "level": "province",
    }
    assert (plain[1]["kind"], plain[1]["level"]) == (None, None)
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


def frames(table: Table) -> list[pd.DataFrame]:
    """Read a table back by pandas, from CSV with and without a mark and from Parquet."""
    return [
        pd.read_csv(io.BytesIO(as_csv(table))),
        pd.read_csv(io.BytesIO(b"\xef\xbb\xbf" + as_csv(table))),
        pd.read_parquet(io.BytesIO(to_parquet(table))),
    ]


def plain(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(k): None if pd.isna(v) else v for k, v in row.items()} for row in frame.to_dict("records")]


def test_lists_come_back_from_csv_and_parquet(graph: nx.Graph) -> None:
    for frame in frames(node_table(graph, seed=3)):
        assert plain(frame) == node_rows(graph, seed=3)
    for frame in frames(edge_table(graph)):
        assert plain(frame) == edge_rows(graph)


@pytest.mark.parametrize("awkward", ['a,b"c', "甲\n乙", "甲\r\n乙", ' "', "=", "'", "NA\u2028"])
def test_awkward_names_come_back(of: Callable[[list[str]], nx.Graph], awkward: str) -> None:
    for frame in frames(node_table(of([awkward, "乙"]))):
        assert list(frame["label"]) == [awkward, "乙"]


@pytest.mark.parametrize("formula", ["=1+1", "\t", "@SUM(A1)"])
def test_a_name_that_is_a_formula_is_guarded_in_csv_alone(of: Callable[[list[str]], nx.Graph], formula: str) -> None:
    plain_csv, for_excel, parquet = frames(node_table(of([formula, "乙"])))
    assert list(plain_csv["label"]) == list(for_excel["label"]) == ["'" + formula, "乙"]
    assert list(parquet["label"]) == [formula, "乙"]


def test_a_column_has_its_type_without_any_value() -> None:
    """So that files of several networks can be put together."""

    def types(table: Table) -> dict[str, str]:
        schema: pa.Schema = pq.read_schema(io.BytesIO(to_parquet(table)))
        return {name: str(schema.field(name).type) for name in schema.names}

    full = with_kinds(network(ROWS, Layer.LEAD_SUPPORT, ties=TIES), {"210000/czt": ("department", "province")})
    bare = network(ROWS, Layer.LEAD_SUPPORT)
    empty = network([], Layer.LEAD_SUPPORT)
    assert len(types(edge_table(full))) == 11
    assert types(edge_table(full)) == types(edge_table(bare)) == types(edge_table(empty))
    assert len(types(node_table(full, seed=1))) == 18
    assert types(node_table(full, seed=1)) == types(node_table(bare, seed=1)) == types(node_table(empty, seed=1))
    undirected = types(node_table(network(ROWS, Layer.ANY), seed=1))
    assert undirected == types(node_table(full, seed=1))


def test_an_empty_list_has_its_header() -> None:
    empty = network([], Layer.ANY)
    assert as_csv(edge_table(empty)).decode() == (
        "source,target,source_name,target_name,shared,newman,distance,expected,p,q\n"
    )
    assert as_csv(node_table(empty)).decode() == "body,label,tasks,led,supported,collective,kind,level\n"


def test_writing_changes_nothing_and_order_does_not_matter(graph: nx.Graph) -> None:
    def facts() -> object:
        return dict(graph.graph), dict(graph.nodes(data=True)), list(graph.edges(data=True))

    before = facts()
    shuffled = graph.__class__(**graph.graph)
    shuffled.add_nodes_from(reversed(list(graph.nodes(data=True))))
    ties = [
        (one, other, own) if graph.is_directed() else (other, one, own) for one, other, own in graph.edges(data=True)
    ]
    shuffled.add_edges_from(reversed(ties))
    assert edge_rows(shuffled) == edge_rows(graph)
    assert measures(shuffled, seed=1) == measures(graph, seed=1)
    for form, write in WRITERS.items():
        assert write(shuffled, 1) == write(graph, 1), form
    assert facts() == before


def test_same_bytes_in_any_process() -> None:
    script = (
        "import hashlib, random; from plan_graph.analysis.export import *; from plan_graph.analysis.network import *;"
        "from plan_graph.model.network import Membership; from plan_graph.model.plan import Role; pick = random.Random(5);"
        "rows = [Membership(f't{n}', None, pick.choice(list(Role)), f'局{pick.randrange(40)}', '名')"
        " for n in range(90) for _ in range(3)];"
        "made = [network(rows, layer) for layer in Layer];"
        "parts = [write(graph, 2) for graph in made for write in WRITERS.values()];"
        "parts += [to_parquet(edge_table(graph)) for graph in made];"
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
