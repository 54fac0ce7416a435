"""Full-text search as functions in SPARQL, in the namespace ``https://w3id.org/plan-graph/fn#``.

``pg-fn:matches(?what, "农业 补贴")`` is true if what is given holds all words and phrases asked for, else false.
``pg-fn:score(?what, "农业 补贴")`` is its BM25 score as an ``xsd:double``, 0 if it does not match.

What is given is a resource, meant with all its texts that are searched (query ``search-texts``), or a literal, which
is read itself. What is asked for is read as in ``/search`` (see ``terms.Terms.wanted``), but never falls back to a
search without words. Another number of arguments, an IRI as second or a blank node as first is an error of the
expression: in a FILTER the row is left out, in a BIND the variable stays unbound.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from plan_graph.web.search.index import Index
from plan_graph.web.search.terms import Wanted

NAMESPACE = "https://w3id.org/plan-graph/fn#"
MATCHES, SCORE = NamedNode(NAMESPACE + "matches"), NamedNode(NAMESPACE + "score")
_DOUBLE = NamedNode("http://www.w3.org/2001/XMLSchema#double")
Function = Callable[..., NamedNode | BlankNode | Literal | Triple | None]


def functions(index: Index) -> dict[NamedNode, Function]:
    """Give the functions over an index, by IRI."""

    @lru_cache(maxsize=32)
    def asked(text: str) -> tuple[Wanted, dict[str, float]]:
        wanted = index.terms.wanted(text)
        return wanted, {index.entries[at].iri: score for at, score in index.hits(wanted).items()}

    def scored(what: Any, text: Any) -> float | None:
        if not isinstance(text, Literal):
            return None
        wanted, hits = asked(text.value)
        if isinstance(what, NamedNode):
            return hits.get(what.value, 0.0)
        return index.score(what.value, wanted) if isinstance(what, Literal) else None

    def matches(*given: Any) -> Literal | None:
        found = scored(*given) if len(given) == 2 else None
        return None if found is None else Literal(found > 0)

    def score(*given: Any) -> Literal | None:
        found = scored(*given) if len(given) == 2 else None
        return None if found is None else Literal(str(round(found, 6)), datatype=_DOUBLE)

    return {MATCHES: matches, SCORE: score}
