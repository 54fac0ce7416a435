"""Questions of the service that a store in memory answers by looking statements up, without a query.

A query of this kind takes a millisecond, most of it before the first triple is looked at; pages of resources ask ten.
What is given is what the question of that name in web/questions gives, in its order (tests/web/test_direct.py). Where
that is not sure, because there is much or there are blank nodes or values that only a query sorts, nothing is given,
and the question is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store, Triple

from plan_graph.graph.queries import value_of
from plan_graph.iri import DCTERMS, NIF, RDFS, SKOS

Rows = list[dict[str, Any]]
_MOST = 1000  # statements around a resource that are looked through
_LISTED = 25  # as incoming.rq
_LABELS = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_RANKED = (*_LABELS, DCTERMS.identifier)


def _own(store: Store, iri: str) -> list[Any] | None:
    """Give the statements of a resource in named graphs or out of them; nothing where they are many or odd."""
    found = list(islice(store.quads_for_pattern(NamedNode(iri), None, None, None), _MOST + 1))
    return found if len(found) <= _MOST and all(isinstance(one.object, NamedNode | Literal) for one in found) else None


def _others(store: Store, iri: str) -> list[Any] | None:
    """Give the statements that have a resource as value; nothing where they are many or odd."""
    found = list(islice(store.quads_for_pattern(None, None, NamedNode(iri), None), _MOST + 1))
    return found if len(found) <= _MOST and all(isinstance(one.subject, NamedNode) for one in found) else None


def known(store: Store, resource: str) -> bool | None:
    """Tell whether a resource is in the graph; nothing where a query may know better."""
    return True if next(store.quads_for_pattern(NamedNode(resource), None, None, None), None) else None


def outgoing(store: Store, resource: str) -> Rows | None:
    """Give the statements of a resource, each with the kind and type of its value, and its graph."""
    quads = _own(store, resource)
    if quads is None or any(isinstance(one.graph_name, DefaultGraph) for one in quads):
        return None
    values: dict[str, set[Any]] = defaultdict(set)
    for quad in quads:
        values[quad.predicate.value].add(quad.object)
    if any(len(of) > 1 and not all(isinstance(one, NamedNode) for one in of) for of in values.values()):
        return None
    return [
        {
            "property": quad.predicate.value,
            "value": value_of(quad.object),
            "language": quad.object.language or "" if isinstance(quad.object, Literal) else "",
            "type": quad.object.datatype.value if isinstance(quad.object, Literal) else "",
            "kind": "literal" if isinstance(quad.object, Literal) else "iri",
            "graph": quad.graph_name.value,
        }
        for quad in sorted(quads, key=lambda one: (one.predicate.value, one.object.value, one.graph_name.value))
    ]


def _subjects(store: Store, resource: str) -> Mapping[str, set[str]] | None:
    quads = _others(store, resource)
    if quads is None:
        return None
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        found[quad.predicate.value].add(quad.subject.value)
    return found


def incoming_totals(store: Store, resource: str) -> Rows | None:
    """Give how many statements of each property have a resource as value."""
    found = _subjects(store, resource)
    return None if found is None else [{"property": of, "total": len(found[of])} for of in sorted(found)]


def incoming(store: Store, resource: str, property: str) -> Rows | None:
    """Give the first resources that have a resource as value of a property."""
    found = _subjects(store, resource)
    return None if found is None else [{"subject": one} for one in sorted(found.get(property, ()))[:_LISTED]]


def around(store: Store, resource: str) -> tuple[set[Triple], set[NamedNode]] | None:
    """Give what is said of a resource and what has it as value, and the resources these link it to."""
    own, others = _own(store, resource), _others(store, resource)
    if own is None or others is None or any(one.predicate == NIF.referenceContext for one in others):
        return None
    near = {one.object for one in own if isinstance(one.object, NamedNode)} | {one.subject for one in others}
    return {one.triple for one in (*own, *others)}, near


def called(store: Store, resource: NamedNode) -> Iterator[Triple]:
    """Give what says how a resource is called."""
    for label in _LABELS:
        for quad in store.quads_for_pattern(resource, label, None, None):
            yield quad.triple


def description(store: Store, resource: str) -> set[Triple] | None:
    """Give what is said of a resource, what has it as value, and what its neighbours are called."""
    found = around(store, resource)
    if found is None:
        return None
    made, near = found
    return made.union(*(called(store, one) for one in near))


def labels(store: Store, iris: Iterable[str]) -> dict[str, dict[str, str]]:
    """Give the names of resources: IRI → language → name; the best there is in each language."""
    found: dict[str, dict[str, str]] = {}
    for iri in iris:
        names: dict[str, str] = {}
        for naming in _RANKED:
            written = sorted(
                (quad.object.language or "" if isinstance(quad.object, Literal) else "", quad.object.value)
                for quad in store.quads_for_pattern(NamedNode(iri), naming, None, None)
                if isinstance(quad.object, NamedNode | Literal)
            )
            for language, name in written:
                names.setdefault(language, name)
        if names:
            found[iri] = names
    return found


ROWS: Mapping[str, Callable[..., Rows | None]] = {
    "outgoing": outgoing,
    "incoming": incoming,
    "incoming-totals": incoming_totals,
}
