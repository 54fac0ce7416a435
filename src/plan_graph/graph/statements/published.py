"""A release, and what both its catalogue and its VoID description say of it: who publishes it, of what it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pyoxigraph import Literal, NamedNode, Triple

from plan_graph.iri import DCTERMS, FOAF, PG, PROV, RDF, RDFS, SCHEMA, SKOS

Both = tuple[str, str]
"""A text in Chinese and in English."""

ADMS = "http://purl.org/adms/"
PUBLISHER_KINDS: Mapping[str, Both] = {
    "Academia-ScientificOrganisation": ("学术或科研机构", "Academia/Scientific organisation"),
    "Company": ("企业", "Company"),
    "IndustryConsortium": ("行业联盟", "Industry consortium"),
    "LocalAuthority": ("地方机关", "Local Authority"),
    "NationalAuthority": ("国家机关", "National authority"),
    "NonGovernmentalOrganisation": ("非政府组织", "Non-Governmental Organisation"),
    "NonProfitOrganisation": ("非营利组织", "Non-Profit Organisation"),
    "PrivateIndividual(s)": ("个人", "Private Individual(s)"),
    "RegionalAuthority": ("地区机关", "Regional authority"),
    "StandardisationBody": ("标准化机构", "Standardisation body"),
    "SupraNationalAuthority": ("超国家机关", "Supra-national authority"),
}
"""Kinds of publisher: the vocabulary of ADMS that DCAT-AP asks for (http://purl.org/adms/publishertype/1.0)."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a dataset: its address, media type (of what it holds, unpacked), size in bytes and SHA-256.

    ``kind`` is its name in the EU's table of file types, or empty where that has none.
    """

    address: str
    title: Both
    media: str
    kind: str
    packed: bool
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PublishedDataset:
    """A dataset of the catalogue: its IRI, the IRI of the dataset whatever its version, and its files.

    ``served`` says whether it is what an endpoint answers from.
    """

    iri: str
    any_version: str
    previous: str
    title: Both
    description: Both
    keywords: tuple[Both, ...]
    files: tuple[PublishedFile, ...]
    served: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What a build read: its name, SHA-256 and title."""

    iri: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """A release: the address of its site and of its catalogue, and what is said of all of it."""

    site: str
    catalogue: str
    title: Both
    description: Both
    publisher: Both
    publisher_kind: str
    publisher_address: str
    contact: str
    licence: str
    version: str
    issued: date
    software: str
    endpoint: str = ""
    years: tuple[str, str] | None = None
    ontology: str = ""
    parameters: Mapping[str, int | str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()


class Triples:
    """Triples under construction: ``made`` grows, nothing is taken back."""

    def __init__(self) -> None:
        self.made: list[Triple] = []

    def add(self, subject: NamedNode, predicate: NamedNode, *values: NamedNode | Literal) -> None:
        """Add a triple for each value."""
        self.made += [Triple(subject, predicate, value) for value in values]

    def text(self, subject: NamedNode, predicate: NamedNode, both: Both) -> None:
        """Add a text in both languages."""
        self.add(subject, predicate, *(Literal(one, language=tag) for one, tag in zip(both, ("zh", "en"), strict=True)))


def publisher_iri(about: Published) -> NamedNode:
    """Give the IRI of who publishes."""
    return NamedNode(f"{about.catalogue}#publisher")


def state_publisher(out: Triples, about: Published) -> None:
    """State who publishes, as DCAT-AP and CPSV-AP both ask for."""
    publisher = publisher_iri(about)
    out.add(publisher, RDF.type, FOAF.Agent)
    out.text(publisher, FOAF.name, about.publisher)
    out.text(publisher, DCTERMS.title, about.publisher)
    out.add(publisher, DCTERMS.identifier, Literal(about.publisher_address or publisher.value))
    kind = PUBLISHER_KINDS[about.publisher_kind]
    out.add(publisher, DCTERMS.type, concept(out, "publishertype", about.publisher_kind, kind))
    if about.publisher_address:
        out.add(publisher, FOAF.homepage, NamedNode(about.publisher_address))
        out.add(NamedNode(about.publisher_address), RDF.type, FOAF.Document)


def concept(out: Triples, vocabulary: str, name: str, label: Both) -> NamedNode:
    """State a concept of a vocabulary of ADMS."""
    itself = NamedNode(f"{ADMS}{vocabulary}/{name}")
    labelled(out, itself, NamedNode(f"{ADMS}{vocabulary}/1.0"), label)
    return itself


def labelled(out: Triples, concept: NamedNode, scheme: NamedNode, label: Both) -> None:
    """State a concept with its scheme and label."""
    out.add(concept, RDF.type, SKOS.Concept)
    out.add(concept, SKOS.inScheme, scheme)
    out.text(concept, SKOS.prefLabel, label)


def made_by(out: Triples, about: Published, dataset: NamedNode) -> None:
    """Say from what, by which software and with which parameters a dataset was made."""
    activity, software = NamedNode(f"{about.catalogue}#build"), NamedNode(f"{about.catalogue}#software")
    out.add(dataset, RDF.type, PROV.Entity)
    out.add(dataset, PROV.wasGeneratedBy, activity)
    out.add(activity, RDF.type, PROV.Activity)
    out.text(activity, RDFS.label, ("由计划原文生成图谱、表格与网络", "making graph, tables and networks of the plans"))
    out.add(activity, PROV.wasAssociatedWith, software)
    out.add(software, RDF.type, PROV.SoftwareAgent)
    out.text(software, RDFS.label, ("plan-graph", "plan-graph"))
    out.add(software, SCHEMA.softwareVersion, Literal(about.software))
    for name, value in about.parameters.items():
        out.add(activity, PG[name], Literal(value) if isinstance(value, int) else Literal(value, language="en"))
    for source in about.sources:
        entity = NamedNode(source.iri)
        out.add(activity, PROV.used, entity)
        out.add(entity, RDF.type, PROV.Entity)
        out.add(entity, PG.fileName, Literal(source.name))
        out.add(entity, PG.sha256, Literal(source.sha256))
