"""The peer: the same work as one would write it first, with rdflib for everything.

Reads and extracts with the same functions, then adds each triple to an rdflib Dataset, serialises it, validates the
whole graph with pyshacl and asks the headline query of rdflib's own SPARQL. No ties, no keywords, no tables.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from plan_graph.authority.register import Register
from plan_graph.build import build
from plan_graph.graph.statements.derived import describe_shortcuts, vocabulary
from plan_graph.graph.statements.registers import describe_registers, named
from plan_graph.iri import Base
from plan_graph.resources import resource


def term(node: object) -> Node:
    if isinstance(node, ox.Literal):
        plain = node.datatype.value.endswith("#string")
        kind = None if plain or node.language else URIRef(node.datatype.value)
        return Literal(node.value, lang=node.language, datatype=kind)
    assert isinstance(node, ox.NamedNode)
    return URIRef(node.value)


def main(file: Path, out: Path) -> None:
    register, base = Register.load(), Base()
    built = build(file, "ln-2016-revitalisation", register, base)
    found = named([(built.plan, built.resolutions.values())], register)
    graphs = [describe_registers(found, register, base), vocabulary(base), describe_shortcuts(built.quads, base)]
    dataset = Dataset(default_union=True)
    for quad in [*built.quads, *(q for g in graphs for q in g.quads)]:
        context = dataset.graph(URIRef(str(quad.graph_name)[1:-1]))
        context.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    dataset.serialize(out, format="nquads")
    whole = Graph()
    for subject, predicate, value, _ in dataset.quads():
        whole.add((subject, predicate, value))
    shapes = Graph().parse(resource("ontology", "shapes.ttl"))
    conforms, _, _ = validate(whole, shacl_graph=shapes)
    assert conforms
    rows = list(dataset.query((resource("queries") / "tasks-by-body.rq").read_text(encoding="utf-8")))
    assert len(rows) == 65


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
