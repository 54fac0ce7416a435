"""The kind and level of each body as attributes of the network, with a number and a colour for each kind."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

Colour = tuple[int, int, int]

COLLECTIVE = "collective"  # the kind of collective references and of names nobody resolved
COLOURS: Mapping[str, Colour] = {
    "state-government": (0, 68, 27),
    "provincial-government": (35, 139, 69),
    "city-government": (116, 196, 118),
    "county-government": (199, 233, 192),
    "department": (33, 113, 181),
    "central-branch": (230, 121, 0),
    "party-committee": (103, 0, 13),
    "party-organ": (203, 24, 29),
    "peoples-congress": (84, 39, 143),
    "cppcc": (128, 115, 172),
    "court": (178, 171, 210),
    "procuratorate": (222, 203, 228),
    "military": (85, 107, 47),
    "peoples-organisation": (27, 158, 163),
    "public-institution": (128, 205, 193),
    "institute": (1, 102, 94),
    "leading-group": (230, 171, 2),
    "management-committee": (246, 232, 133),
    "firm": (140, 81, 10),
    "bank": (231, 41, 138),
    COLLECTIVE: (189, 189, 189),
    "township-government": (229, 245, 224),
}
"""All kinds of the register in an order that stays: governments green, departments blue, central branches orange,
the party red, firms brown, banks pink."""
UNKNOWN: Colour = (224, 224, 224)
LEVELS = ("state", "province", "prefecture", "county", "township")

_NUMBERS = {kind: number for number, kind in enumerate(COLOURS, start=1)}


def with_kinds(graph: nx.Graph | nx.DiGraph, kinds: Mapping[str, tuple[str, str]]) -> nx.Graph | nx.DiGraph:
    """Return a copy of a network whose nodes have ``kind`` and ``level``, as far as ``kinds`` has them.

    ``kinds`` is body → (kind, level), as ``rows.kinds`` gives it. What is not one body is of the kind ``collective``
    and has no level.
    """
    made = graph.copy()
    for node, own in made.nodes(data=True):
        if own.get("collective"):
            own["kind"] = COLLECTIVE
        elif node in kinds:
            own["kind"], own["level"] = kinds[node]
    return made


def number_of(kind: object) -> int:
    """Give the number of a kind, the same in every file; 0 for one that is not known."""
    return _NUMBERS.get(str(kind), 0)


def colour_of(kind: object) -> Colour:
    """Give the colour of a kind as red, green, blue from 0 to 255."""
    return COLOURS.get(str(kind), UNKNOWN)
