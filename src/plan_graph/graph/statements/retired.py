"""What is no more: resources that an earlier build had, and what took their place."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from plan_graph.graph.statements.published import Triples
from plan_graph.iri import DCTERMS, OWL


def retirements(gone: Iterable[tuple[str, Iterable[str]]]) -> list[Triple]:
    """Say that resources are no more, and what took their place: ``owl:deprecated``, ``dcterms:isReplacedBy``."""
    out = Triples()
    for iri, replaced_by in gone:
        itself = NamedNode(iri)
        out.add(itself, OWL.deprecated, Literal(True))
        out.add(itself, DCTERMS.isReplacedBy, *map(NamedNode, replaced_by))
    return out.made
