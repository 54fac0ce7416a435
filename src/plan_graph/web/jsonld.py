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

from pyoxigraph import Store, Triple

from plan_graph.iri import PG
from plan_graph.web.shipped import rows

MEDIA = "application/ld+json"
_RDF, _XSD = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2001/XMLSchema#"
_IS_A, _STRING, _INTEGER, _BOOLEAN = f"<{_RDF}type>", _XSD + "string", _XSD + "integer", _XSD + "boolean"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NUMBER = re.compile(r"0|-?[1-9]\d{0,14}")  # what a number of JSON gives back digit by digit
_OWL = "http://www.w3.org/2002/07/owl#"
_REMEMBERED = 20_000  # resources
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
            names.term(f"<{PG.namespace}{name}>")
        names.meanings.update(self.prefixes)
        return names.context(names.meanings)

    def written(self, barred: frozenset[str]) -> _Names:
        """Give what stands for IRIs in documents that cannot use some of the prefixes."""
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
    return compact_lines({str(one) for one in triples}, known, first)


def compact_lines(lines: Iterable[str], known: Terms, first: str = "") -> bytes:
    """Write what :func:`compact` writes, from triples in N-Triples, each once and without its stop."""
    leading = f"<{first}> "
    ordered = sorted(lines)
    if first:
        ordered.sort(key=lambda line: not line.startswith(leading))
    barred: frozenset[str] = frozenset()
    while True:
        used = _Used()
        nodes = ",\n".join(known.written(barred).nodes(ordered, used))
        if used.schemes <= barred:
            head = _context(known.written(barred).context(used.names))
            return f'{{\n"@context": {head},\n"@graph": [\n{nodes}\n]\n}}\n'.encode()
        barred = frozenset(used.schemes)


def write_dataset(graphs: Iterable[tuple[str, Iterable[str]]], known: Terms, out: BinaryIO) -> None:
    """Write named graphs, each with triples in N-Triples sorted by subject, as one document with the context of all
    names.

    Only one resource is in memory at a time. No IRI may have a scheme that is a prefix of the context.
    """
    names = known.written(frozenset())
    head = _context(known.context())
    out.write(f'{{\n"@context": {head},\n"@graph": [\n'.encode())
    for number, (graph, lines) in enumerate(graphs):
        out.write(f'{"," if number else ""}{{"@id": {json.dumps(graph)}, "@graph": [\n'.encode())
        for place, node in enumerate(names.nodes(lines, _Used())):
            out.write(("," * (place > 0) + node + "\n").encode())
        out.write(b"]}\n")
    out.write(b"]\n}\n")


def _context(names: Mapping[str, Any]) -> str:
    """Write a context, a name on a line."""
    lines = [f" {json.dumps(name)}: {json.dumps(meaning)}" for name, meaning in names.items()]
    return "{\n" + ",\n".join(lines) + "\n}" if lines else "{}"


@dataclass(slots=True)
class _Used:
    """What a document uses of the context, and the schemes of its IRIs that are prefixes as well (``schema:x``)."""

    names: set[str] = field(default_factory=set)
    schemes: set[str] = field(default_factory=set)

    def add(self, word: _Word) -> str:
        """Take note of a word, and give its JSON."""
        if word.names:
            self.names |= word.names
        if word.scheme:
            self.schemes.add(word.scheme)
        return word.json


@dataclass(frozen=True, slots=True)
class _Word:
    """What stands for an IRI, as JSON; the names of the context it uses; its scheme, if that is a prefix as well.

    Of an own property ``kind`` is what its values are.
    """

    json: str
    names: frozenset[str]
    scheme: str
    kind: str = ""


class _Names:
    """What stands for IRIs in documents; prefixes that are ``barred``, being schemes of their IRIs, are not used."""

    def __init__(self, known: Terms, barred: frozenset[str]) -> None:
        self.known, self.barred = known, barred
        self.prefixes = {namespace: prefix for prefix, namespace in reversed(list(known.prefixes.items()))}
        self.meanings: dict[str, Any] = {}
        self._terms: dict[str, _Word] = {}  # of the vocabulary, by the N-Triples of their IRIs
        self._nodes: dict[str, _Word] = {}  # of resources, likewise

    def context(self, used: Iterable[str]) -> dict[str, Any]:
        """Give a context: prefixes, then names."""
        return {
            name: self.meanings[name] for name in sorted(used, key=lambda one: (one not in self.known.prefixes, one))
        }

    def nodes(self, lines: Iterable[str], used: _Used) -> Iterator[str]:
        """Give the object of each subject, from triples in N-Triples, those of a subject together."""
        for subject, own in groupby(lines, key=lambda line: line.partition(" ")[0]):
            node: dict[str, list[str]] = {}
            for line in own:
                _, predicate, value = line.split(" ", 2)
                key, told = self._statement(predicate, value, used)
                node.setdefault(key, []).append(told)
            values = [f"{key}: {of[0]}" if len(of) == 1 else f"{key}: [{', '.join(of)}]" for key, of in node.items()]
            yield f'{{"@id": {", ".join((used.add(self._node(subject)), *values))}}}'

    def _statement(self, predicate: str, value: str, used: _Used) -> tuple[str, str]:
        """Give key and value of a triple, as short as the type of the property in the context allows."""
        if value.startswith('"'):
            word = self.term(predicate)
            return used.add(word), self._literal(word.kind, value, used)
        if predicate == _IS_A and value.startswith("<"):
            return '"@type"', used.add(self.term(value))
        word, node = self.term(predicate), used.add(self._node(value))
        return used.add(word), node if word.kind == "@id" else f'{{"@id": {node}}}'

    def _literal(self, kind: str, value: str, used: _Used) -> str:
        """Give a literal; what stands between its quotation marks in N-Triples is a string of JSON as it is."""
        end = value.rindex('"') + 1
        text, tail = value[:end], value[end:]
        if tail.startswith("@"):
            return f'{{"@value": {text}, "@language": "{tail[1:]}"}}'
        datatype = tail[3:-1] or _STRING
        plain = _native(text[1:-1], datatype)
        if datatype == (kind or _STRING) or (plain and kind in ("", datatype)):
            return plain or text
        if datatype == _STRING:
            return f'{{"@value": {text}}}'
        return f'{{"@value": {text}, "@type": {used.add(self._node(tail[2:]))}}}'

    def term(self, written: str) -> _Word:
        """Give what stands for an IRI where names of the vocabulary may stand."""
        if written not in self._terms:
            self._terms[written] = self._named(written[1:-1])
        return self._terms[written]

    def _node(self, written: str) -> _Word:
        """Give the ``@id`` of a resource."""
        word = self._nodes.get(written)
        if word is None:
            if len(self._nodes) >= _REMEMBERED:
                self._nodes.clear()
            made = self._word(written[1:-1]) if written.startswith("<") else _Word(_json(written), frozenset(), "")
            word = self._nodes[written] = made
        return word

    def _named(self, iri: str) -> _Word:
        """Give what stands for an IRI of the vocabulary: an own name, else as for any."""
        full, own = self._word(iri), iri.removeprefix(PG.namespace)
        if not iri.startswith(PG.namespace) or own not in self.known.names:
            return full
        kind = self.known.names[own]
        if not kind:
            self.meanings[own] = json.loads(full.json)
            return _Word(_json(own), full.names | {own}, full.scheme)
        values = self._word(kind)
        self.meanings[own] = {"@id": json.loads(full.json), "@type": json.loads(values.json)}
        return _Word(_json(own), full.names | values.names | {own}, full.scheme, kind)

    def _word(self, iri: str) -> _Word:
        """Give an IRI with a prefix, or as it is where none fits."""
        start = iri.partition(":")[0]
        scheme = start if start in self.known.prefixes else ""
        at = max(iri.rfind("/"), iri.rfind("#")) + 1  # a name has neither, and a namespace ends in one of them
        prefix = self.prefixes.get(iri[:at])
        if prefix is None or prefix in self.barred or not _NAME.fullmatch(iri, at):
            return _Word(_json(iri), frozenset(), scheme)
        self.meanings[prefix] = iri[:at]
        return _Word(_json(f"{prefix}:{iri[at:]}"), frozenset((prefix,)), scheme)


def _native(text: str, datatype: str) -> str:
    """Give a literal as number or boolean of JSON, or "" where none gives it back character by character."""
    number = datatype == _INTEGER and _NUMBER.fullmatch(text)
    return text if number or (datatype == _BOOLEAN and text in ("true", "false")) else ""
