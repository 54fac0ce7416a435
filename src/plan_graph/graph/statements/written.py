"""Literals as the graph writes them, where a store keeps another form of the same value.

Oxigraph keeps ``"20.0"^^xsd:decimal`` as ``"20"`` and ``"5"^^xsd:nonNegativeInteger`` as an ``xsd:integer``. The value
is the same, the term is not: without this a resource's file would say what no dump says and what the shapes refuse.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

_TYPED = re.compile(rb'<([^>]*)> <([^>]*)> ("(?:[^"\\]|\\.)*"\^\^<[^>]*>) ')


class Written:
    """How a graph writes the literals of which a store keeps another form.

    A property writes a value in one form, as a rule; where it has several the subject tells which. ``more`` is how many
    different literals the graph has beyond those of its store, ``more_of`` how many of these a property has.
    """

    def __init__(self, graph: Path) -> None:
        terms = _parsed(sorted({(predicate, value) for _, predicate, value in _typed(graph)}))
        every = {form: kept for _, form, kept in terms.values()}
        forms: dict[tuple[NamedNode, Literal], list[Literal]] = defaultdict(list)
        for of, form, kept in terms.values():
            forms[of, kept].append(form)
        several = {key for key, some in forms.items() if len(some) > 1}
        self._by_property = {key: some[0] for key, some in forms.items() if some != [key[1]]}
        self._by_subject: dict[tuple[object, NamedNode, Literal], Literal] = {}
        for subject, predicate, value in _typed(graph) if several else ():
            of, form, kept = terms[predicate, value]
            if (of, kept) in several:
                self._by_subject[NamedNode(subject.decode()), of, kept] = form
        self.more = len(every) - len(set(every.values()))
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


def _typed(graph: Path) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Give subject, predicate and value of the statements whose value is neither an IRI nor a text.

    Of texts a store keeps every one as it is. The graph is canonical N-Quads: a line a statement.
    """
    with graph.open("rb") as lines:
        for line in lines:
            if b'"^^<' in line and (found := _TYPED.match(line)):
                yield found[1], found[2], found[3]


def _parsed(used: Sequence[tuple[bytes, bytes]]) -> dict[tuple[bytes, bytes], tuple[NamedNode, Literal, Literal]]:
    """Give for each predicate and literal the terms they are, and what a store keeps of the literal."""
    lines = b"".join(b"<urn:%d> <%b> %b .\n" % (number, *one) for number, one in enumerate(used))
    store = Store()
    store.load(lines, RdfFormat.N_TRIPLES)
    kept = {quad.subject: quad.object for quad in store}
    terms = parse(lines, RdfFormat.N_TRIPLES)
    return {
        one: (quad.predicate, cast(Literal, quad.object), cast(Literal, kept[quad.subject]))
        for one, quad in zip(used, terms, strict=True)
    }
