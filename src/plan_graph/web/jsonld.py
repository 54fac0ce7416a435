"""JSON-LD as people read it: short names by a context that stands in the document, so that it needs no other.

The context of all names is at ``/context.jsonld``; a document holds the part of it that it uses. Properties and classes
of the project's own vocabulary go by their names alone, others by prefix and name; an own property that links to
resources has their IRIs as plain strings, one of a datatype its values. What is read back are the same triples.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from plan_graph.iri import PG
from plan_graph.web.shipped import rows

MEDIA = "application/ld+json"
_RDF, _XSD = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2001/XMLSchema#"
_TYPE, _STRING, _INTEGER, _BOOLEAN = _RDF + "type", _XSD + "string", _XSD + "integer", _XSD + "boolean"
_SCHEME = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*):")  # of an IRI in N-Triples, or what in a text looks like one
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NUMBER = re.compile(r"0|-?[1-9]\d{0,14}")  # what a number of JSON gives back digit by digit
_OWL = "http://www.w3.org/2002/07/owl#"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a context may hold: the types of own properties by name (``@id``, a datatype, or ``""``), and prefixes.

    Classes are among the names, with ``""``.
    """

    names: Mapping[str, str]
    prefixes: Mapping[str, str]

    def context(self) -> dict[str, Any]:
        """Give the context of all names."""
        document = _Document(self, frozenset())
        for name in self.names:
            document.name(PG.namespace + name)
        document.context.update(self.prefixes)
        return document.sorted()


def terms(ontology: Store, prefixes: Mapping[str, str]) -> Terms:
    """Read the names of the project's vocabulary, each with what its values are."""
    names: dict[str, str] = {}
    for row in rows(ontology, "vocabulary"):
        name = row["term"].removeprefix(PG.namespace)
        if row["kind"] == _OWL + "NamedIndividual" or not _NAME.fullmatch(name):
            continue
        values = row["range"] or ""
        datatype = values if values.startswith(_XSD) else ""
        link = row["kind"] == _OWL + "ObjectProperty"
        names[name] = "@id" if link else "" if datatype == _STRING else datatype
    return Terms(dict(sorted(names.items())), prefixes)


def compact(triples: Iterable[Triple], known: Terms, first: str = "") -> bytes:
    """Write triples as one document: a node a subject, each on a line, ``first`` before the others.

    The same triples give the same bytes.
    """
    lines = {str(one): one for one in triples}
    leading = f"<{first}> "
    every = [lines[line] for line in sorted(lines, key=lambda line: (not line.startswith(leading), line))]
    document = _Document(known, frozenset(_SCHEME.findall("\n".join(lines))))
    nodes = ",\n".join([json.dumps(node, ensure_ascii=False) for node in _nodes(every, document)])
    head = _context(document.sorted())
    return f'{{\n"@context": {head},\n"@graph": [\n{nodes}\n]\n}}\n'.encode()


def write_dataset(graphs: Iterable[tuple[str, Iterable[Triple]]], known: Terms, out: BinaryIO) -> None:
    """Write named graphs, each with triples that are sorted by subject, as one document with the context of all names.

    Only one resource is in memory at a time. No IRI may have a scheme that is a prefix of the context.
    """
    document = _Document(known, frozenset())
    head = _context(known.context())
    out.write(f'{{\n"@context": {head},\n"@graph": [\n'.encode())
    for number, (graph, triples) in enumerate(graphs):
        out.write(f'{"," if number else ""}{{"@id": {json.dumps(graph)}, "@graph": [\n'.encode())
        for place, node in enumerate(_nodes(triples, document)):
            out.write(("," * (place > 0) + json.dumps(node, ensure_ascii=False) + "\n").encode())
        out.write(b"]}\n")
    out.write(b"]\n}\n")


def _context(names: Mapping[str, Any]) -> str:
    """Write a context, a name on a line."""
    lines = [f" {json.dumps(name)}: {json.dumps(meaning)}" for name, meaning in names.items()]
    return "{\n" + ",\n".join(lines) + "\n}" if lines else "{}"


def _nodes(triples: Iterable[Triple], document: _Document) -> Iterator[dict[str, Any]]:
    """Give the object of each subject; those of one subject stand together."""
    for subject, own in groupby(triples, key=lambda triple: triple.subject):
        node: dict[str, Any] = {"@id": document.node(subject)}
        for triple in own:
            predicate = triple.predicate.value
            if predicate == _TYPE and isinstance(triple.object, NamedNode):
                node.setdefault("@type", []).append(document.name(triple.object.value))
            else:
                node.setdefault(document.name(predicate), []).append(document.value(predicate, triple.object))
        yield {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}


@dataclass(slots=True)
class _Document:
    """The names of one document; prefixes that are schemes of its IRIs (``schema:x``) are not used."""

    known: Terms
    schemes: frozenset[str]
    context: dict[str, Any] = field(default_factory=dict)
    named: dict[str, str] = field(init=False)  # namespace → prefix
    names: dict[str, str] = field(default_factory=dict)  # what stands for IRIs so far

    def __post_init__(self) -> None:
        self.named = {namespace: prefix for prefix, namespace in reversed(list(self.known.prefixes.items()))}

    def sorted(self) -> dict[str, Any]:
        """Give the context: prefixes, then names."""
        return dict(sorted(self.context.items(), key=lambda one: (one[0] not in self.known.prefixes, one[0])))

    def name(self, iri: str) -> str:
        """Give what stands for an IRI where names of the vocabulary may stand."""
        if iri not in self.names:
            self.names[iri] = self._named(iri)
        return self.names[iri]

    def _named(self, iri: str) -> str:
        own = iri.removeprefix(PG.namespace)
        if iri.startswith(PG.namespace) and own in self.known.names:
            kind = self.known.names[own]
            full = self.short(iri)
            self.context[own] = {"@id": full, "@type": self.short(kind)} if kind else full
            return own
        return self.short(iri)

    def short(self, iri: str) -> str:
        """Give an IRI with a prefix, or as it is where none fits."""
        at = max(iri.rfind("/"), iri.rfind("#")) + 1  # a name has neither, and a namespace ends in one of them
        prefix = self.named.get(iri[:at])
        if prefix is None or prefix in self.schemes or not _NAME.fullmatch(iri, at):
            return iri
        self.context[prefix] = iri[:at]
        return f"{prefix}:{iri[at:]}"

    def node(self, term: Any) -> str:
        """Give the ``@id`` of a resource."""
        return str(term) if isinstance(term, BlankNode) else self.short(term.value)

    def value(self, predicate: str, term: Any) -> Any:
        """Give the value of a property, as short as its type in the context allows."""
        own = predicate.startswith(PG.namespace)
        kind = self.known.names.get(predicate.removeprefix(PG.namespace), "") if own else ""
        if not isinstance(term, Literal):
            return self.node(term) if kind == "@id" else {"@id": self.node(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        plain = _native(term.value, datatype)
        if datatype == (kind or _STRING) or (plain is not None and kind in ("", datatype)):
            return term.value if plain is None else plain
        if datatype == _STRING:
            return {"@value": term.value}
        return {"@value": term.value, "@type": self.short(datatype)}


def _native(text: str, datatype: str) -> int | bool | None:
    if datatype == _INTEGER and _NUMBER.fullmatch(text):
        return int(text)
    return {"true": True, "false": False}.get(text) if datatype == _BOOLEAN else None
