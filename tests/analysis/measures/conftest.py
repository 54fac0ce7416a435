"""The networks in data/ as graphs, and what R says of them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

DATA = Path(__file__).parent / "data"
FAMILIES = [
    "Acciaiuoli",
    "Albizzi",
    "Barbadori",
    "Bischeri",
    "Castellani",
    "Ginori",
    "Guadagni",
    "Lamberteschi",
    "Medici",
    "Pazzi",
    "Peruzzi",
    "Pucci",
    "Ridolfi",
    "Salviati",
    "Strozzi",
    "Tornabuoni",
]

Reference = Mapping[tuple[str, str], Mapping[str, float | None]]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def families(*files: str) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(FAMILIES)
    for file in files:
        for row in rows(file):
            pair = row["one"], row["other"]
            graph.add_edge(*pair, shared=graph.edges[pair]["shared"] + 1 if graph.has_edge(*pair) else 1)
    return graph


def arcs(file: str, size: int, tail: str = "from", head: str = "to") -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(map(str, range(1, size + 1)))
    graph.add_edges_from((row[tail], row[head], {"shared": 1}) for row in rows(file))
    return graph


@pytest.fixture(scope="session")
def networks() -> dict[str, nx.Graph | nx.DiGraph]:
    """The published networks; ``both`` adds marriage and business up, so that it has strengths."""
    return {
        "marriage": families("florentine-marriage.csv"),
        "business": families("florentine-business.csv"),
        "both": families("florentine-marriage.csv", "florentine-business.csv"),
        "karate": nx.relabel_nodes(nx.karate_club_graph(), str),
        "advice": arcs("managers-advice.csv", 21),
        "friendship": arcs("managers-friendship.csv", 21),
        "random": arcs("random.csv", 30, "row", "col"),
    }


@pytest.fixture(scope="session")
def departments() -> dict[str, str]:
    return {row["manager"]: row["department"] for row in rows("managers.csv")}


@pytest.fixture(scope="session")
def reference() -> Reference:
    """What R says: (network, measure) → node → value, the node of a whole network being ""."""
    found: dict[tuple[str, str], dict[str, float | None]] = defaultdict(dict)
    for row in rows("reference.csv"):
        value = None if row["value"] in ("NA", "NaN") else float(row["value"])
        found[row["network"], row["measure"]][row["node"]] = value
    return found


@pytest.fixture(scope="session")
def sna_brokerage() -> dict[tuple[str, str, str], tuple[float | None, ...]]:
    """What R's sna says: (network, node or all, role) → count, expected, deviation, z."""
    return {
        (row["network"], row["node"], row["role"]): tuple(
            None if row[column] in ("NA", "NaN") else float(row[column])
            for column in ("count", "expected", "deviation", "z")
        )
        for row in rows("brokerage.csv")
    }


@pytest.fixture(scope="session")
def drawn() -> Callable[..., nx.Graph | nx.DiGraph]:
    """Draws a random network: nodes, share of pairs tied, seed, directed or not, highest strength."""

    def draw(size: int, density: float, seed: int, *, directed: bool = False, most: int = 1) -> nx.Graph | nx.DiGraph:
        random = np.random.default_rng(seed)
        graph = nx.DiGraph() if directed else nx.Graph()
        names = [f"n{at:03}" for at in range(size)]
        graph.add_nodes_from(names)
        for i, one in enumerate(names):
            for j, other in enumerate(names):
                if (i != j if directed else i < j) and random.random() < density:
                    graph.add_edge(one, other, shared=int(random.integers(1, most + 1)))
        return graph

    return draw
