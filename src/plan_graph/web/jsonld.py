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
_REMEMBERED = 20_000  # statements
_BARRED = 8  # sets of prefixes that some documents cannot use
_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Terms:
    """What a context may hold: the types of own properties by name (``@id``, a datatype, or ``""``), and prefixes.

    Classes are among the names, with ``""``.
    """

    names: Mapping[str, str]
    prefixes: Mapping[str, str]
    _written: dict[frozenset[str], _Names] = field(default_factory=dict, repr=False, compare=False)

    def context(self) -> dict[str, Any]:
        """Give the context of all names."""
        names = _Names(self, frozenset())
        for name in self.names:
            names.name(PG.namespace + name, set())
        names.meanings.update(self.prefixes)
        return names.context(names.meanings)

    def written(self, schemes: frozenset[str]) -> _Names:
        """Give what stands for IRIs in documents that have IRIs of these schemes."""
        barred = schemes.intersection(self.prefixes)
        if barred not in self._written:
            if len(self._written) >= _BARRED:
                self._written.clear()
            self._written[barred] = _Names(self, barred)
        return self._written[barred]


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
    return compact_lines({str(one): one for one in triples}, known, first)


def compact_lines(lines: Mapping[str, Triple], known: Terms, first: str = "") -> bytes:
    """Write what :func:`compact` writes; triples by their N-Triples, which whoever writes several forms has at hand."""
    leading = f"<{first}> "
    ordered = sorted(lines)
    if first:
        ordered.sort(key=lambda line: not line.startswith(leading))
    names = known.written(frozenset(_SCHEME.findall("\n".join(ordered))))
    used: set[str] = set()
    nodes = ",\n".join(_nodes((names.statement(line, lines[line]) for line in ordered), used))
    head = _context(names.context(used))
    return f'{{\n"@context": {head},\n"@graph": [\n{nodes}\n]\n}}\n'.encode()


def write_dataset(graphs: Iterable[tuple[str, Iterable[Triple]]], known: Terms, out: BinaryIO) -> None:
    """Write named graphs, each with triples that are sorted by subject, as one document with the context of all names.

    Only one resource is in memory at a time. No IRI may have a scheme that is a prefix of the context.
    """
    names = known.written(frozenset())
    head = _context(known.context())
    out.write(f'{{\n"@context": {head},\n"@graph": [\n'.encode())
    for number, (graph, triples) in enumerate(graphs):
        out.write(f'{"," if number else ""}{{"@id": {json.dumps(graph)}, "@graph": [\n'.encode())
        for place, node in enumerate(_nodes(map(names.made, triples), set())):
            out.write(("," * (place > 0) + node + "\n").encode())
        out.write(b"]}\n")
    out.write(b"]\n}\n")


def _context(names: Mapping[str, Any]) -> str:
    """Write a context, a name on a line."""
    lines = [f" {json.dumps(name)}: {json.dumps(meaning)}" for name, meaning in names.items()]
    return "{\n" + ",\n".join(lines) + "\n}" if lines else "{}"


def _nodes(statements: Iterable[_Statement], used: set[str]) -> Iterator[str]:
    """Give the object of each subject, whose statements stand together; add what of the context they use."""
    for subject, own in groupby(statements, key=lambda one: one.subject):
        node: dict[str, list[str]] = {}
        for one in own:
            node.setdefault(one.key, []).append(one.value)
            used.update(one.uses)
        values = [f"{key}: {of[0]}" if len(of) == 1 else f"{key}: [{', '.join(of)}]" for key, of in node.items()]
        yield f'{{"@id": {", ".join((subject, *values))}}}'


@dataclass(frozen=True, slots=True)
class _Statement:
    """A triple as pieces of JSON, and the names of the context that they use."""

    subject: str
    key: str
    value: str
    uses: frozenset[str]


class _Names:
    """What stands for IRIs and values in documents; prefixes that are ``schemes`` of IRIs (``schema:x``) are not used.

    A statement that several documents make is written once, as long as it is remembered.
    """

    def __init__(self, known: Terms, schemes: frozenset[str]) -> None:
        self.known, self.schemes = known, schemes
        self.prefixes = {namespace: prefix for prefix, namespace in reversed(list(known.prefixes.items()))}
        self.meanings: dict[str, Any] = {}
        self._names: dict[str, tuple[str, frozenset[str]]] = {}
        self._statements: dict[str, _Statement] = {}

    def context(self, used: Iterable[str]) -> dict[str, Any]:
        """Give a context: prefixes, then names."""
        return {
            name: self.meanings[name] for name in sorted(used, key=lambda one: (one not in self.known.prefixes, one))
        }

    def statement(self, line: str, triple: Triple) -> _Statement:
        """Give a triple in pieces; ``line`` is its N-Triples."""
        made = self._statements.get(line)
        if made is None:
            if len(self._statements) >= _REMEMBERED:
                self._statements.clear()
            made = self._statements[line] = self.made(triple)
        return made

    def made(self, triple: Triple) -> _Statement:
        """Make a triple into pieces."""
        used: set[str] = set()
        subject, predicate, value = self.node(triple.subject, used), triple.predicate.value, triple.object
        if predicate == _TYPE and isinstance(value, NamedNode):
            key, told = "@type", self.name(value.value, used)
        else:
            key, told = self.name(predicate, used), self.value(predicate, value, used)
        return _Statement(_json(subject), _json(key), _json(told), frozenset(used))

    def name(self, iri: str, used: set[str]) -> str:
        """Give what stands for an IRI where names of the vocabulary may stand."""
        if iri not in self._names:
            uses: set[str] = set()
            self._names[iri] = self._named(iri, uses), frozenset(uses)
        name, also = self._names[iri]
        used |= also
        return name

    def _named(self, iri: str, used: set[str]) -> str:
        own = iri.removeprefix(PG.namespace)
        if iri.startswith(PG.namespace) and own in self.known.names:
            kind = self.known.names[own]
            full = self.short(iri, used)
            self.meanings[own] = {"@id": full, "@type": self.short(kind, used)} if kind else full
            used.add(own)
            return own
        return self.short(iri, used)

    def short(self, iri: str, used: set[str]) -> str:
        """Give an IRI with a prefix, or as it is where none fits."""
        at = max(iri.rfind("/"), iri.rfind("#")) + 1  # a name has neither, and a namespace ends in one of them
        prefix = self.prefixes.get(iri[:at])
        if prefix is None or prefix in self.schemes or not _NAME.fullmatch(iri, at):
            return iri
        self.meanings[prefix] = iri[:at]
        used.add(prefix)
        return f"{prefix}:{iri[at:]}"

    def node(self, term: Any, used: set[str]) -> str:
        """Give the ``@id`` of a resource."""
        return str(term) if isinstance(term, BlankNode) else self.short(term.value, used)

    def value(self, predicate: str, term: Any, used: set[str]) -> Any:
        """Give the value of a property, as short as its type in the context allows."""
        own = predicate.startswith(PG.namespace)
        kind = self.known.names.get(predicate.removeprefix(PG.namespace), "") if own else ""
        if not isinstance(term, Literal):
            node = self.node(term, used)
            return node if kind == "@id" else {"@id": node}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        plain = _native(term.value, datatype)
        if datatype == (kind or _STRING) or (plain is not None and kind in ("", datatype)):
            return term.value if plain is None else plain
        if datatype == _STRING:
            return {"@value": term.value}
        return {"@value": term.value, "@type": self.short(datatype, used)}


def _native(text: str, datatype: str) -> int | bool | None:
    if datatype == _INTEGER and _NUMBER.fullmatch(text):
        return int(text)
    return {"true": True, "false": False}.get(text) if datatype == _BOOLEAN else None
