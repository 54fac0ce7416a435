"""The ontology declares every term once, explains it in both languages, and agrees with shapes and schemes."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

ONTOLOGY = Path(__file__).parents[2] / "ontology"
FILES = ("plan-graph", "schemes", "shapes")
HEADER = URIRef("https://w3id.org/plan-graph/ns")
PG = Namespace("https://w3id.org/plan-graph/ns#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
QUDT = Namespace("http://qudt.org/schema/qudt/")
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual}
LANGUAGES = Counter(("zh", "en"))
SUPER = (RDFS.subClassOf, RDFS.subPropertyOf)


@cache
def graph(name: str) -> Graph:
    return Graph().parse(ONTOLOGY / f"{name}.ttl", format="turtle")


def is_term(node: Node) -> bool:
    return isinstance(node, URIRef) and node in PG


def terms() -> list[URIRef]:
    return sorted({node for node in graph("plan-graph").subjects() if isinstance(node, URIRef) and node in PG})


def mentioned(name: str) -> set[Node]:
    return {node for triple in graph(name) for node in triple if is_term(node)}


def languages(name: str, subject: Node, predicate: URIRef) -> Counter[str | None]:
    texts = [text for text in graph(name).objects(subject, predicate) if isinstance(text, Literal)]
    assert all(text.strip() for text in texts)
    return Counter(text.language for text in texts)


def kind(term: Node) -> Node:
    (found,) = KINDS & set(graph("plan-graph").objects(term, RDF.type))
    return found


@pytest.mark.parametrize("name", FILES)
def test_both_parsers_read_the_same(name: str) -> None:
    path = ONTOLOGY / f"{name}.ttl"
    assert len(list(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE))) == len(graph(name)) > 0


@pytest.mark.parametrize("name", ["plan-graph", "schemes"])
def test_there_are_no_blank_nodes(name: str) -> None:
    assert [node for triple in graph(name) for node in triple if isinstance(node, BNode)] == []


def test_the_header_names_the_ontology_its_version_and_licence() -> None:
    header = graph("plan-graph")
    assert (HEADER, RDF.type, OWL.Ontology) in header
    assert languages("plan-graph", HEADER, RDFS.label) == languages("plan-graph", HEADER, RDFS.comment) == LANGUAGES
    assert header.value(HEADER, OWL.versionInfo) == Literal("0.1.0")
    assert header.value(HEADER, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    comments = {text.language: text for text in header.objects(HEADER, RDFS.comment) if isinstance(text, Literal)}
    assert "w3id.org is pending" in comments["en"]
    assert "尚未完成" in comments["zh"]


@pytest.mark.parametrize("term", terms())
def test_a_term_is_typed_labelled_and_explained_in_both_languages(term: URIRef) -> None:
    assert kind(term) in KINDS
    assert languages("plan-graph", term, RDFS.label) == LANGUAGES
    assert languages("plan-graph", term, RDFS.comment) == LANGUAGES
    assert list(graph("plan-graph").objects(term, RDFS.isDefinedBy)) == [HEADER]


def test_a_term_is_declared_once() -> None:
    text = (ONTOLOGY / "plan-graph.ttl").read_text(encoding="utf-8")
    declared = Counter(re.findall(r"^pg:(\S+)", text, re.MULTILINE))
    assert declared == Counter(term.removeprefix(str(PG)) for term in terms())


def test_no_two_terms_have_the_same_label() -> None:
    labels = Counter(graph("plan-graph").objects(None, RDFS.label))
    assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_only_declared_terms_are_used(name: str) -> None:
    assert mentioned(name) - set(terms()) == set()


def test_every_class_and_property_is_held_by_a_shape() -> None:
    assert {term for term in terms() if kind(term) != OWL.NamedIndividual} == mentioned("shapes")


@pytest.mark.parametrize("relation", [*SUPER, OWL.disjointWith])
def test_terms_relate_to_declared_or_foreign_terms(relation: URIRef) -> None:
    for term, other in graph("plan-graph").subject_objects(relation):
        assert term in terms()
        assert isinstance(other, URIRef)
        if is_term(other):
            assert kind(other) == kind(term)
        assert (kind(term) == OWL.Class) == (relation != RDFS.subPropertyOf)


def test_every_class_has_a_standard_super_class() -> None:
    classes = [term for term in terms() if kind(term) == OWL.Class]
    assert all(graph("plan-graph").value(term, RDFS.subClassOf) for term in classes)


def test_no_class_is_disjoint_with_itself_or_an_ancestor() -> None:
    for term, other in graph("plan-graph").subject_objects(OWL.disjointWith):
        assert other not in set(graph("plan-graph").transitive_objects(term, RDFS.subClassOf))
        assert term not in set(graph("plan-graph").transitive_objects(other, RDFS.subClassOf))


def test_domains_are_classes_and_ranges_fit_the_kind_of_property() -> None:
    for term in terms():
        values = set(graph("plan-graph").objects(term, RDFS.range))
        literal = {value for value in values if str(value).startswith(str(XSD)) or value == RDF.langString}
        if kind(term) == OWL.DatatypeProperty:
            assert len(values) == 1
            assert literal == values
        elif kind(term) == OWL.ObjectProperty:
            assert len(values) == 1
            assert not literal
        for domain in graph("plan-graph").objects(term, RDFS.domain):
            assert kind(term) in {OWL.ObjectProperty, OWL.DatatypeProperty}
            assert not is_term(domain) or kind(domain) == OWL.Class


def test_shapes_ask_for_the_datatype_that_the_ontology_declares() -> None:
    checked = 0
    for shape, path in graph("shapes").subject_objects(SH.path):
        if not is_term(path) or kind(path) != OWL.DatatypeProperty:
            continue
        asked = graph("shapes").value(shape, SH.datatype)
        if graph("shapes").value(shape, SH.languageIn):
            asked = RDF.langString
        if asked:
            assert asked == graph("plan-graph").value(path, RDFS.range), path
            checked += 1
    assert checked > 20


def test_units_scale_a_unit_by_a_stated_factor() -> None:
    units = [term for term in terms() if kind(term) == OWL.NamedIndividual]
    assert len(units) == 4
    for unit in units:
        assert (unit, RDF.type, QUDT.Unit) in graph("plan-graph")
        assert graph("plan-graph").value(unit, QUDT.scalingOf)
        factor = graph("plan-graph").value(unit, QUDT.conversionMultiplier)
        assert isinstance(factor, Literal)
        assert factor.datatype == XSD.decimal


def concepts() -> list[URIRef]:
    return sorted(node for node in graph("schemes").subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef))


def test_there_are_four_schemes_of_roles_kinds_levels_and_metrics() -> None:
    schemes = set(graph("schemes").subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes == {URIRef(f"https://w3id.org/plan-graph/{name}/") for name in ("role", "kind", "level", "metric")}
    counted = Counter(graph("schemes").objects(None, SKOS.inScheme))
    assert sorted(counted.values()) == [4, 5, 21, 24]
    assert set(graph("schemes").subjects()) == schemes | set(concepts())


def test_top_concepts_are_stated_from_both_sides() -> None:
    down = set(graph("schemes").subject_objects(SKOS.hasTopConcept))
    assert {(scheme, concept) for concept, scheme in graph("schemes").subject_objects(SKOS.topConceptOf)} == down
    assert {(scheme, concept) for concept, scheme in graph("schemes").subject_objects(SKOS.inScheme)} == down


@pytest.mark.parametrize("concept", concepts())
def test_a_concept_is_named_and_defined_in_both_languages_within_its_scheme(concept: URIRef) -> None:
    assert languages("schemes", concept, SKOS.prefLabel) == LANGUAGES
    assert languages("schemes", concept, SKOS.definition) == LANGUAGES
    (scheme,) = graph("schemes").objects(concept, SKOS.inScheme)
    assert str(concept).startswith(str(scheme))
    assert ((concept, RDF.type, DQV.Metric) in graph("schemes")) == str(scheme).endswith("/metric/")
