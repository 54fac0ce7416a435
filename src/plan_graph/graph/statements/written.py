"""Literals as the graph writes them, where a store keeps another form of the same value.

Oxigraph keeps ``"20.0"^^xsd:decimal`` as ``"20"`` and ``"5"^^xsd:nonNegativeInteger`` as an ``xsd:integer``. The value
is the same, the term is not: without this a resource's file would say what no dump says and what the shapes refuse.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from plan_graph.graph.store import read_quads
from plan_graph.iri import RDF, XSD


class Written:
    """How a graph writes the literals of which a store keeps another form.

    A property writes a value in one form, as a rule; where it has several the subject tells which. ``more`` is how many
    different literals the graph has beyond those of its store, ``more_of`` how many of these a property has.
    """

    def __init__(self, graph: Path) -> None:
        used = {(quad.predicate, one) for quad, one in _typed(graph)}
        kept = _kept({one for _, one in used})
        forms: dict[tuple[NamedNode, Literal], list[Literal]] = defaultdict(list)
        for of, one in used:
            forms[of, kept[one]].append(one)
        several = {key for key, some in forms.items() if len(some) > 1}
        self._by_property = {key: some[0] for key, some in forms.items() if some != [key[1]]}
        self._by_subject = {
            (quad.subject, quad.predicate, kept[one]): one
            for quad, one in (_typed(graph) if several else ())
            if (quad.predicate, kept[one]) in several
        }
        self.more = len(kept) - len(set(kept.values()))
        self.more_of: Counter[str] = Counter()
        for key in several:
            self.more_of[key[0].value] += len(forms[key]) - 1

    def triple(self, one: Triple) -> Triple:
        """Give a triple of the store as the graph writes it."""
        kept = one.object
        form = self._by_property.get((one.predicate, kept)) if isinstance(kept, Literal) else None
        if form is None or not isinstance(kept, Literal):
            return one
        return Triple(one.subject, one.predicate, self._by_subject.get((one.subject, one.predicate, kept), form))


def _typed(graph: Path) -> Iterator[tuple[Quad, Literal]]:
    """Give the statements whose value is neither an IRI nor a text: of texts a store keeps every one as it is."""
    for quad in read_quads(graph):
        if isinstance(quad.object, Literal) and quad.object.datatype != XSD.string and not quad.object.language:
            yield quad, quad.object


def _kept(literals: Iterable[Literal]) -> dict[Literal, Literal]:
    """Give what a store keeps of each literal."""
    store, found = Store(), {NamedNode(f"urn:{number}"): one for number, one in enumerate(literals)}
    store.extend(Quad(name, RDF.type, one) for name, one in found.items())
    return {found[quad.subject]: quad.object for quad in store}
