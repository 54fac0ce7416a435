"""The data beside a page: what the graph says of its resource, in each form that a site has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from plan_graph.graph.statements.written import Written
from plan_graph.iri import PREFIXES
from plan_graph.web import direct
from plan_graph.web.describe import description
from plan_graph.web.jsonld import compact_lines
from plan_graph.web.site import Site
from plan_graph.web.sparql.results import tidy

_KEPT = 20_000  # resources whose names are remembered


class Beside:
    """Descriptions of resources, those that the service gives, with literals as the graph writes them.

    What neighbours are called is looked up once.
    """

    def __init__(self, site: Site, written: Written) -> None:
        self.site = site
        self._as_written = written.triple
        self._called: dict[NamedNode, dict[str, Triple]] = {}

    def forms(self, iri: str, parts: tuple[str, ...] = ()) -> Iterator[tuple[str, bytes]]:
        """Give the suffix and the content of each form, of a resource and of those that are told on its page."""
        lines = self._lines(iri)
        for part in parts:
            lines |= self._lines(part)
        ordered = sorted(lines)
        yield "ttl", self._turtle([lines[line] for line in ordered])
        yield "jsonld", compact_lines(lines, self.site.jsonld, iri)
        yield "nt", "".join([f"{line} .\n" for line in ordered]).encode()

    def _turtle(self, triples: list[Triple]) -> bytes:
        out = BytesIO()
        serialize(triples, out, RdfFormat.TURTLE, prefixes=PREFIXES)
        return tidy("text/turtle", out.getvalue())

    def _lines(self, iri: str) -> dict[str, Triple]:
        """Give the description of a resource, each triple by its N-Triples."""
        found = direct.around(self.site.store, iri) if iri.startswith(self.site.base) else None
        if found is None:
            return self._by_line(description(self.site, iri))
        made, near = found
        lines = self._by_line(made)
        for one in near:
            lines |= self._names(one)
        return lines

    def _names(self, one: NamedNode) -> dict[str, Triple]:
        if one not in self._called:
            if len(self._called) >= _KEPT:
                self._called.clear()
            self._called[one] = self._by_line(direct.called(self.site.store, one))
        return self._called[one]

    def _by_line(self, triples: Iterable[Triple]) -> dict[str, Triple]:
        return {str(one): one for one in map(self._as_written, triples)}
