"""What a format can hold as text: characters, labels that are not repeated, a line that says which network it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

import networkx as nx

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def for_xml(value: object) -> str:
    """Give a value as text that XML can hold: line ends are LF, other characters (lone surrogates too) U+FFFD."""
    return _NOT_XML.sub("\ufffd", re.sub("\r\n?", "\n", str(value)))


def one_line(value: object) -> str:
    """Give a value as text of one line: white space of any kind becomes one space."""
    return " ".join(for_xml(value).split())


def labels(graph: nx.Graph | nx.DiGraph, clean: Callable[[str], str]) -> list[str]:
    """Give the labels of all nodes by rising id, as ``clean`` makes them, each once.

    A node without a label goes by its id. A label that another node bears too has its id behind it: the programs
    these labels are for, and NetworkX when it reads Pajek, take two nodes of one label for one.
    """
    nodes = sorted(graph)
    plain = [clean(str(graph.nodes[node].get("label") or "")) or clean(str(node)) for node in nodes]
    repeated = _repeated(plain)
    found = [clean(f"{name} ({node})") if name in repeated else name for name, node in zip(plain, nodes, strict=True)]
    repeated = _repeated(found)  # ids that differ only in what was cleaned away
    return [f"{name}-{at}" if name in repeated else name for at, name in enumerate(found, start=1)]


def described(graph: nx.Graph | nx.DiGraph) -> str:
    """Give in one line what a network is of: its layer, year and whatever else ``graph.graph`` says."""
    return one_line("plan-graph network: " + ", ".join(f"{key} {value}" for key, value in graph.graph.items()))


def _repeated(names: Iterable[str]) -> set[str]:
    return {name for name, times in Counter(names).items() if times > 1}
