"""What a worker has at hand: the graph, its names, what is known of the service."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from plan_graph.graph.formats import as_xlsx
from plan_graph.graph.queries import Table, bind, find, run
from plan_graph.web.coordination import Coordination
from plan_graph.web.limits import Limits
from plan_graph.web.pages.facts import Facts, read
from plan_graph.web.pages.filters import Index

_WORD = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_PASSAGE = re.compile(r"text/(.+)\.txt#char=(\d+),\d+")


@dataclass(frozen=True)
class Site:
    """A graph that is served.

    ``graphs`` are the IRIs of its named graphs, ``base`` the IRI below which its resources are, ``build`` a word that
    is the same for the same graph and software: what every answer depends on. ``folder`` is the build that the graph
    came from, if it came from one: the texts stand there. What is costly to know is made before workers are forked
    (``preload``) and shared by them.
    """

    store: Store
    base: str
    build: str
    quads: int
    graphs: frozenset[str]
    limits: Limits
    folder: Path | None = None

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

    @cached_property
    def coordination(self) -> Coordination:
        """Give what pages of networks, ties and overlaps are made from."""
        return Coordination(self.store, self.base)

    @cached_property
    def facts(self) -> Facts:
        """Give all that is stated of the tasks, and of whom and what they name."""
        return read(self.store, self.base, self.coordination.whole)

    @cached_property
    def index(self) -> Index:
        """Give which tasks have which value of which filter."""
        return Index(self.facts)

    def text(self, document: str, sha256: str) -> str | None:
        """Give the published text of a document that was read: the one whose offsets the graph counts, or nothing.

        ``sha256`` is what the graph says of it; a file that is another text is none.
        """
        if self.folder is None or not _WORD.fullmatch(document):
            return None
        try:
            content = (self.folder / "text" / f"{document}.txt").read_bytes()
        except FileNotFoundError:
            return None
        return content.decode() if hashlib.sha256(content).hexdigest() == sha256 else None

    def preload(self) -> None:
        """Make what pages need and what is the same for all of them."""
        self.coordination.preload()
        self.index.preload()
        as_xlsx(Table((), ()))  # what writes Excel is loaded
