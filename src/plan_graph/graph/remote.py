"""A graph behind another SPARQL 1.1 endpoint, asked as if it were an embedded store.

The default graph of endpoints differs: Oxigraph's is empty unless told otherwise, Virtuoso's is everything it holds. So
a query over the union names every graph of the dataset in the request (SPARQL 1.1 Protocol, section 2.1.4), which says
the same to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, parse, parse_query_results

from plan_graph.errors import InputError

if TYPE_CHECKING:
    import httpx

_RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
}
_TRIPLES = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
# what is not asked for first is taken all the same; Virtuoso writes triples as a table where it may choose
_ROWS = "application/sparql-results+json, application/n-triples;q=0.2, text/turtle;q=0.1"
_GRAPH = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8, application/sparql-results+json;q=0.1"
_NOT_WORDS = re.compile(r"<[^<>\s]*>|#[^\n]*")
_FORM = re.compile(r"(?<![?$:\w])(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![:\w])", re.IGNORECASE)
_BASE = re.compile(r"(?<![?$:\w])BASE\s*<", re.IGNORECASE)
# a slot of a named query that nobody filled says nothing, but not every engine knows UNDEF
_UNFILLED = re.compile(r"VALUES\s+\?\w+\s*\{\s*UNDEF\s*\}")
_ALL_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
_LONGEST = 200
_VIRTUOSO = ("openlinksw", "/DAV/", "localuriqaserver", "http://www.w3.org/ns/ldp#")  # in the names of its own graphs


def accept(query: str) -> str:
    """Give the Accept header for the answer of a query: triples for CONSTRUCT and DESCRIBE, else rows."""
    form = _FORM.search(_NOT_WORDS.sub(" ", query))
    return _GRAPH if form is not None and form[1].upper() in ("CONSTRUCT", "DESCRIBE") else _ROWS


class EndpointError(InputError):
    """The endpoint that is read from does not answer, or not as SPARQL 1.1 has it."""


class Remote:
    """A SPARQL 1.1 endpoint with the interface of ``pyoxigraph.Store`` that queries need.

    ``seconds`` and ``max_bytes`` bound each answer. ``graphs`` are the named graphs to be asked, all there are if none
    are given; those that Virtuoso has for itself are left out.
    """

    def __init__(self, endpoint: str, seconds: float, max_bytes: int, graphs: Sequence[str] | None = None) -> None:
        self.endpoint, self.seconds, self.max_bytes = endpoint, seconds, max_bytes
        self._client: httpx.Client | None = None
        self.graphs = tuple(graphs) if graphs is not None else self._all_graphs()

    def query(
        self,
        query: str,
        *,
        base_iri: str | None = None,
        use_default_graph_as_union: bool = False,
        default_graph: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        **_: object,
    ) -> Any:
        """Ask a query; give what :meth:`pyoxigraph.Store.query` gives.

        :raises SyntaxError: if the endpoint refuses the query.
        :raises EndpointError: if it does not answer in time, answers too much, or not as SPARQL has it.
        """
        if base_iri is not None and not _BASE.search(query):
            query = f"BASE <{base_iri}>\n{query}"
        default: Iterable[str] = [one.value for one in default_graph or ()]
        named: Iterable[str] = [one.value for one in named_graphs or ()]
        if use_default_graph_as_union:
            default = named = self.graphs
        media, content = self._post(_UNFILLED.sub("", query), default, named)
        try:
            if media in _RESULTS:
                return parse_query_results(content, format=_RESULTS[media])
            if media in _TRIPLES:
                found = parse(content, format=_TRIPLES[media])
                return iter([quad.triple for quad in found])
        except (SyntaxError, ValueError) as error:
            raise self._strange(f"what it calls {media} cannot be read: {error}") from error
        raise self._strange(f"it answered as {media or 'nothing said'}")

    def named_graphs(self) -> list[NamedNode]:
        """Give the graphs that are asked."""
        return [NamedNode(graph) for graph in self.graphs]

    def __len__(self) -> int:
        """Count the quads of these graphs."""
        count = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
        (row,) = self.query(count, use_default_graph_as_union=True)
        return int(row["n"].value)

    def _all_graphs(self) -> tuple[str, ...]:
        found = [row["g"].value for row in self.query(_ALL_GRAPHS)]
        return tuple(graph for graph in found if not any(mark in graph for mark in _VIRTUOSO))

    def _post(self, query: str, default: Iterable[str], named: Iterable[str]) -> tuple[str, bytes]:
        import httpx  # it takes long to load, and only other endpoints need it

        form: dict[str, Any] = {
            "query": query,
            "default-graph-uri": list(default),
            "named-graph-uri": list(named),
        }
        if self._client is None:  # one a process: connections do not outlive a fork
            self._client = httpx.Client(timeout=self.seconds, follow_redirects=False)
        made = bytearray()
        try:
            with self._client.stream("POST", self.endpoint, data=form, headers={"Accept": accept(query)}) as answer:
                for piece in answer.iter_bytes():
                    made += piece
                    if len(made) > self.max_bytes:
                        raise self._strange(f"its answer has more than {self.max_bytes:,} bytes")
        except httpx.HTTPError as error:
            raise self._strange(str(error) or type(error).__name__) from error
        text = " ".join(made[:2000].decode(errors="replace").split())[:_LONGEST]
        if answer.status_code in (400, 422):
            raise SyntaxError(text)
        if answer.status_code != httpx.codes.OK:
            raise self._strange(f"status {answer.status_code}: {text}")
        return answer.headers.get("content-type", "").split(";")[0].strip().lower(), bytes(made)

    def close(self) -> None:
        """Close the connections; the next query opens them again."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _strange(self, why: str) -> EndpointError:
        self.close()
        return EndpointError(
            f"the SPARQL endpoint {self.endpoint} does not answer as it should ({why}); check --read-from",
            f"SPARQL 端点 {self.endpoint} 没有正常应答（{why}），请检查 --read-from",
        )
