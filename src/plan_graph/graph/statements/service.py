"""What a service says of itself and of its dataset: VoID, SPARQL 1.1 Service Description, and errors, as triples.

VoID: https://www.w3.org/TR/void/. Service Description: https://www.w3.org/TR/sparql11-service-description/.
Errors: HTTP Vocabulary in RDF 1.0, https://www.w3.org/TR/HTTP-in-RDF10/. No blank nodes: parts have fragments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from plan_graph.iri import DCTERMS, FOAF, FORMATS, HTTP, PG, PREFIXES, RDF, RDFS, SD, SKOS, VOID, XSD, shorten

# of the names of formats in https://www.w3.org/ns/formats/, those of results and those of data
RESULT_FORMATS = tuple(FORMATS[name] for name in FORMATS)
DATA_FORMATS = tuple(FORMATS[name] for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML"))
SERVICE_PREFIXES = {**PREFIXES, "void": VOID.namespace, "sd": SD.namespace, "formats": FORMATS.namespace}


@dataclass(frozen=True, slots=True)
class Use:
    """How a property is used: triples, and how many subjects and objects are different."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is counted of a dataset, all its graphs together and each. Keys are IRIs; of ``links`` (property, place)."""

    whole: Use
    classes: Mapping[str, int]
    properties: Mapping[str, Use]
    graphs: Mapping[str, int]
    links: Mapping[tuple[str, str], int]
    examples: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Described:
    """A dataset and where it is described: the IRI of the document and of the dataset, the address of its endpoint.

    ``base`` is the IRI below which its resources are, ``licence`` that of its licence, ``dumps`` are the addresses at
    which all of it can be taken. ``licence`` and ``endpoint`` may be empty.
    """

    document: str
    dataset: str
    base: str
    licence: str = ""
    endpoint: str = ""
    dumps: tuple[str, ...] = ()
    title: tuple[str, str] = ("政府计划责任图谱", "Plan graph: responsibilities in government plans")
    forms: tuple[NamedNode, ...] = DATA_FORMATS


def void(about: Described, counted: Statistics) -> list[Triple]:
    """Describe a dataset: where it is, what it is counted to hold, which links lead out of it."""
    document, dataset, base = NamedNode(about.document), NamedNode(about.dataset), about.base
    zh, en = about.title
    made = [
        Triple(document, RDF.type, VOID.DatasetDescription),
        Triple(document, FOAF.primaryTopic, dataset),
        Triple(dataset, RDF.type, VOID.Dataset),
        Triple(dataset, DCTERMS.title, Literal(zh, language="zh")),
        Triple(dataset, DCTERMS.title, Literal(en, language="en")),
        *([Triple(dataset, VOID.sparqlEndpoint, NamedNode(about.endpoint))] if about.endpoint else []),
        *(Triple(dataset, VOID.dataDump, NamedNode(one)) for one in about.dumps),
        Triple(dataset, VOID.uriSpace, Literal(base)),
        Triple(dataset, VOID.classes, Literal(len(counted.classes))),
        Triple(dataset, VOID.properties, Literal(len(counted.properties))),
        *_used(dataset, counted.whole),
        *(Triple(dataset, VOID.feature, one) for one in about.forms),
        *([Triple(dataset, DCTERMS.license, NamedNode(about.licence))] if about.licence else []),
        *(Triple(dataset, VOID.vocabulary, NamedNode(one)) for one in _vocabularies(counted)),
        *(Triple(dataset, VOID.exampleResource, NamedNode(one)) for one in _examples(base, counted)),
    ]
    for iri, entities in counted.classes.items():
        part = _part(document, "class", iri)
        made += [
            Triple(dataset, VOID.classPartition, part),
            Triple(part, VOID.class_, NamedNode(iri)),
            Triple(part, VOID.entities, Literal(entities)),
        ]
    for iri, use in counted.properties.items():
        part = _part(document, "property", iri)
        made += [
            Triple(dataset, VOID.propertyPartition, part),
            Triple(part, VOID.property, NamedNode(iri)),
            *_used(part, use),
        ]
    return [*made, *_linksets(document, dataset, base, counted)]


def _linksets(document: NamedNode, dataset: NamedNode, base: str, counted: Statistics) -> list[Triple]:
    made = []
    for (iri, place), triples in counted.links.items():
        if base.startswith(place):
            continue
        target, links = _part(document, "target", place), _part(document, "links", f"{shorten(iri)} {place}")
        made += [
            Triple(dataset, VOID.subset, links),
            Triple(links, RDF.type, VOID.Linkset),
            Triple(links, VOID.subjectsTarget, dataset),
            Triple(links, VOID.objectsTarget, target),
            Triple(links, VOID.linkPredicate, NamedNode(iri)),
            Triple(links, VOID.triples, Literal(triples)),
            Triple(target, RDF.type, VOID.Dataset),
            Triple(target, VOID.uriSpace, Literal(place)),
        ]
    return made


def _used(part: NamedNode, use: Use) -> list[Triple]:
    return [
        Triple(part, VOID.triples, Literal(use.triples)),
        Triple(part, VOID.distinctSubjects, Literal(use.subjects)),
        Triple(part, VOID.distinctObjects, Literal(use.objects)),
    ]


def _vocabularies(counted: Statistics) -> list[str]:
    used = [*counted.classes, *counted.properties]
    return sorted(one for one in PREFIXES.values() if any(iri.startswith(one) for iri in used))


def _examples(base: str, counted: Statistics) -> list[str]:
    """Give one resource of each class that people look for, or of any where there are none of these."""
    wanted = (PG.Task, SKOS.Concept)
    found = [counted.examples[one.value] for one in wanted if one.value in counted.examples]
    below = [iri for iri in counted.examples.values() if iri.startswith(base)]
    return sorted({*found, *below})[:12]


def service(address: str, counted: Statistics, functions: Sequence[str]) -> list[Triple]:
    """Describe the SPARQL service at an address; ``functions`` are the IRIs of its own functions."""
    endpoint = NamedNode(address)
    itself, dataset, default = (NamedNode(f"{address}#{part}") for part in ("service", "dataset", "default-graph"))
    made = [
        Triple(itself, RDF.type, SD.Service),
        Triple(itself, SD.endpoint, endpoint),
        Triple(itself, SD.supportedLanguage, SD.SPARQL11Query),
        Triple(itself, SD.feature, SD.UnionDefaultGraph),
        Triple(itself, SD.defaultDataset, dataset),
        *(Triple(itself, SD.resultFormat, one) for one in RESULT_FORMATS),
        Triple(dataset, RDF.type, SD.Dataset),
        Triple(dataset, SD.defaultGraph, default),
        Triple(default, RDF.type, SD.Graph),
        Triple(default, RDF.type, VOID.Dataset),
        Triple(default, VOID.triples, Literal(counted.whole.triples)),
    ]
    for function in functions:
        made += [
            Triple(itself, SD.extensionFunction, NamedNode(function)),
            Triple(NamedNode(function), RDF.type, SD.Function),
        ]
    for iri, triples in counted.graphs.items():
        named, graph = _part(endpoint, "named-graph", iri), _part(endpoint, "graph", iri)
        made += [
            Triple(dataset, SD.namedGraph, named),
            Triple(named, RDF.type, SD.NamedGraph),
            Triple(named, SD.name, NamedNode(iri)),
            Triple(named, SD.graph, graph),
            Triple(graph, RDF.type, SD.Graph),
            Triple(graph, RDF.type, VOID.Dataset),
            Triple(graph, VOID.triples, Literal(triples)),
        ]
    return made


def failure(url: str, status: int, en: str, zh: str) -> list[Triple]:
    """Say in RDF why there is no description at ``url``."""
    answer = NamedNode(f"{url}#response")
    return [
        Triple(answer, RDF.type, HTTP.Response),
        Triple(answer, HTTP.statusCodeNumber, Literal(str(status), datatype=XSD.integer)),
        Triple(answer, HTTP.reasonPhrase, Literal(HTTPStatus(status).phrase)),
        Triple(answer, RDFS.comment, Literal(en, language="en")),
        Triple(answer, RDFS.comment, Literal(zh, language="zh")),
    ]


def _part(document: NamedNode, kind: str, what: str) -> NamedNode:
    return NamedNode(f"{document.value}#{kind}-{quote(shorten(what), safe=':/')}")
