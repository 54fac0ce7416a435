"""What a worker has at hand: the graph, its names, what is known of the service."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Store

from plan_graph.graph.queries import bind, find, run
from plan_graph.web.limits import Limits

_PASSAGE = re.compile(r"text/(.+)\.txt#char=(\d+),\d+")


@dataclass(frozen=True)
class Site:
    """A graph that is served.

    ``graphs`` are the IRIs of its named graphs, ``base`` the IRI below which its resources are, ``build`` a word that
    is the same for the same graph and software: what every answer depends on. What is costly to know is made before
    workers are forked (``preload``) and shared by them.
    """

    store: Store
    base: str
    build: str
    quads: int
    graphs: frozenset[str]
    limits: Limits

    def ask(self, name: str, **values: str) -> list[dict[str, Any]]:
        """Give the answer of a named query as rows by column.

        :raises InputError: for a parameter that the query does not take, or a value not of its type.
        """
        table = run(self.store, bind(find(name), values))
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    def local(self, iri: str) -> str | None:
        """Give the address here of a resource of the graph (``/body/210000/czt``), or nothing for others."""
        return "/" + iri[len(self.base) :] if iri.startswith(self.base) else None

    def address(self, iri: str) -> str | None:
        """Give where to read about a resource: its page, or for a passage its place in the text of its document."""
        found = _PASSAGE.fullmatch(iri[len(self.base) :]) if iri.startswith(self.base) else None
        return f"/document/{found[1]}#char-{found[2]}" if found else self.local(iri)

    def preload(self) -> None:
        """Make what pages need and what is the same for all of them."""
