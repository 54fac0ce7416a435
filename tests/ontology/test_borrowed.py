"""Terms of others exist in their vocabularies and are used within their domains and ranges.

``borrowed.csv`` lists every term that is borrowed: its kind, its domains and ranges (``|`` between alternatives, ``;``
between what must all hold), for classes those above, and from where and of which date that is taken.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from plan_graph import iri
from plan_graph.graph.statements.revision import Event, describe_revision
from plan_graph.graph.statements.service import failure
from plan_graph.graph.store import read_quads
from plan_graph.iri import PG, PREFIXES, Base, Terms, shorten
from plan_graph.publish.catalogue import write_catalogue, write_void
from plan_graph.publish.dumps import write_dumps
from plan_graph.publish.release import release
from plan_graph.resources import resource

OWN = "https://w3id.org/plan-graph/"
TYPE, ABOVE = PREFIXES["rdf"] + "type", (PREFIXES["rdfs"] + "subClassOf", PREFIXES["rdfs"] + "subPropertyOf")
RDFS, XSD, OWL = PREFIXES["rdfs"], PREFIXES["xsd"], "http://www.w3.org/2002/07/owl#"
ANYTHING = {RDFS + "Resource", OWL + "Thing"}
# datatypes that are others too
WIDER = {
    XSD + "integer": {XSD + "decimal"},
    XSD + "nonNegativeInteger": {XSD + "integer", XSD + "decimal"},
    XSD + "int": {XSD + "integer"},
}

# What the lists do not have, each with what they have instead.
NOT_THERE = {
    "pplan:isPrecededBy": "P-Plan 1.3 writes isPreceededBy",
    "qudt:unit": "deprecated, and since February 2025 no more in QUDT: hasUnit",
}
# What is not stated to be of the class that a domain or range asks for, each with what then follows from it.
FOLLOWS = {
    ("dcterms:accrualPeriodicity", "domain"): "a dataset is a collection, as DCAT and DCAT-AP have it",
    ("eli:based_on", "domain"): "a task is a work of its own",
    ("eli:passed_by", "range"): "a body is an agent in the sense of ELI",
    ("http:statusCodeNumber", "domain"): "a response is its status code, for that is no resource here",
    ("http:statusCodeNumber", "range"): "an xsd:integer where xsd:int is asked for; the value is both",
    ("m8g:code", "range"): "the code itself, which no concept stands for",
    ("m8g:level", "domain"): "a body is a unit of administration, for ORG and CPOV have no property for its level",
    ("prov:wasDerivedFrom", "domain"): "a text is an entity",
    ("prov:wasQuotedFrom", "domain"): "a task, a participation and their like are entities",
    ("prov:wasQuotedFrom", "range"): "a passage is an entity",
}


@pytest.fixture(scope="module")
def known() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "borrowed.csv").open(encoding="utf-8", newline="") as file:
        return {row["term"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def stated(built: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Triple]:
    """All that the project writes as RDF: the graph, the ontology, a catalogue, descriptions, changes, errors."""
    folder = tmp_path_factory.mktemp("release")
    made = release(built, endpoint="https://example.org/sparql", previous="https://example.org/2025/")
    for part in (write_dumps, write_catalogue, write_void):
        part(made, folder)
    every = [quad.triple for quad in read_quads(built)]
    files = [*(resource("ontology").glob("*.ttl")), *(folder / f"{one}.ttl" for one in ("catalog", "void", "service"))]
    for file in files:
        every += [quad.triple for quad in parse(path=str(file), format=RdfFormat.TURTLE)]
    task = Base().iri("task", document="a", task="1").value
    changes = [
        Event(kind, task, task, task, "lead", "甲", "a")
        for kind in ("Create", "Update", "Delete", "Move", "Add", "Remove")
    ]
    return [*every, *describe_revision("a-b", changes, Base()), *failure("https://example.org/x", 404, "a", "甲")]


def borrowed(every: Iterable[Triple]) -> set[str]:
    """Give the terms of vocabularies of others: properties, classes, and what the closed namespaces declare."""
    found = {f"{terms.namespace}{name}" for terms in vars(iri).values() if isinstance(terms, Terms) for name in terms}
    for one in every:
        found.add(one.predicate.value)
        if one.predicate.value in (TYPE, *ABOVE) and isinstance(one.object, NamedNode):
            found.add(one.object.value)
    return {one for one in found if not one.startswith(OWN)}


def test_every_borrowed_term_exists(known: Mapping[str, object], stated: list[Triple]) -> None:
    missing = {short(one) for one in borrowed(stated) - known.keys()}
    assert missing == set(NOT_THERE)


def test_every_term_that_is_listed_is_used(known: Mapping[str, Mapping[str, str]], stated: list[Triple]) -> None:
    """And says where it is from, and when that was written."""
    met = borrowed(stated) | {
        term.value for one in stated for term in (one.subject, one.object) if isinstance(term, NamedNode)
    }
    met |= {term.datatype.value for one in stated if isinstance(term := one.object, Literal)}
    alike = {"http://purl.org/net/p-plan#isPreceededBy"}  # what one of NOT_THERE is in truth
    assert known.keys() - met - alike == set()
    assert all(row["source"] and len(row["date"]) == 10 for row in known.values())


def short(term: str) -> str:
    more = {"http": "http://www.w3.org/2011/http#", "qudt": PREFIXES["qudt"]}
    return next((f"{p}:{term.removeprefix(n)}" for p, n in more.items() if term.startswith(n)), shorten(term))


def test_terms_are_used_within_domain_and_range(known: dict[str, dict[str, str]], stated: list[Triple]) -> None:
    types = with_types(known, stated)
    wrong: dict[tuple[str, str], str] = {}
    for one in stated:
        row = known.get(one.predicate.value)
        if row is None:
            continue
        for side, term in (("domain", one.subject), ("range", one.object)):
            for asked in filter(None, row[side].split(";")):
                if not fits(term, set(asked.split("|")), types):
                    wrong.setdefault((short(one.predicate.value), side), str(one))
    assert {key: example for key, example in wrong.items() if key not in FOLLOWS} == {}
    assert wrong.keys() == FOLLOWS.keys()


def with_types(known: Mapping[str, Mapping[str, str]], stated: list[Triple]) -> dict[str, set[str]]:
    """Give the classes of each resource: those stated, and those above them in the ontology and in the lists."""
    above: dict[str, set[str]] = {term: set(filter(None, row["above"].split("|"))) for term, row in known.items()}
    for one in stated:
        if one.predicate.value == ABOVE[0] and isinstance(one.object, NamedNode) and isinstance(one.subject, NamedNode):
            above.setdefault(one.subject.value, set()).add(one.object.value)
    types: dict[str, set[str]] = {}
    for one in stated:
        if one.predicate.value == TYPE and isinstance(one.object, NamedNode) and not isinstance(one.subject, Triple):
            todo, found = [one.object.value], types.setdefault(one.subject.value, set())
            while todo:
                if (name := todo.pop()) not in found:
                    found.add(name)
                    todo += above.get(name, ())
    return types


def fits(term: object, asked: set[str], types: Mapping[str, set[str]]) -> bool:
    """Tell whether a term is one of the classes or datatypes; of a resource of which nothing is said, nobody knows."""
    if asked & ANYTHING:
        return True
    if isinstance(term, Literal):
        datatype = term.datatype.value
        return RDFS + "Literal" in asked or bool({datatype, *WIDER.get(datatype, ())} & asked)
    assert isinstance(term, NamedNode | BlankNode)
    return term.value not in types or bool(types[term.value] & asked)


@pytest.mark.parametrize(
    ("made", "outside"),
    [
        (Quad(NamedNode("urn:a"), NamedNode(PREFIXES["org"] + "changedBy"), NamedNode("urn:b")), True),
        (Quad(NamedNode("urn:b"), NamedNode(PREFIXES["org"] + "changedBy"), NamedNode("urn:c")), False),
    ],
)
def test_what_is_outside_is_found(known: dict[str, dict[str, str]], made: Quad, outside: bool) -> None:
    a, org = NamedNode(TYPE), PREFIXES["org"]
    said = [
        Triple(NamedNode("urn:a"), a, NamedNode(PREFIXES["skos"] + "Concept")),
        Triple(NamedNode("urn:b"), a, NamedNode(PREFIXES["m8g"] + "PublicOrganisation")),
        Triple(NamedNode("urn:c"), a, NamedNode(org + "ChangeEvent")),
        Triple(NamedNode("urn:d"), a, PG.Task),
    ]
    row = known[made.predicate.value]
    types = with_types(known, said)
    held = fits(made.subject, {row["domain"]}, types) and fits(made.object, {row["range"]}, types)
    assert held is not outside
