"""A published release as DCAT-AP 3.0.1 describes it, and what VoID says of it beyond numbers.

DCAT-AP: https://semiceu.github.io/DCAT-AP/releases/3.0.1/. Authority tables of the EU are cited by their IRIs; what its
shapes ask of such concepts (type, label, scheme) is stated here, so that the catalogue holds without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pyoxigraph import Literal, NamedNode, Triple

from plan_graph.iri import (
    CHINESE,
    DCAT,
    DCATAP,
    DCTERMS,
    FOAF,
    GEOSPARQL,
    OWL,
    PG,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SD,
    SKOS,
    SPDX,
    VCARD,
    VOID,
    XSD,
    media_type,
)

Both = tuple[str, str]
"""A text in Chinese and in English."""

CATALOGUE_PREFIXES = {
    **PREFIXES,
    "dcatap": DCATAP.namespace,
    "geo": GEOSPARQL.namespace,
    "owl": OWL.namespace,
    "spdx": SPDX.namespace,
    "vcard": VCARD.namespace,
}
_EU = "http://publications.europa.eu/resource/authority/"
ENGLISH = NamedNode(f"{_EU}language/ENG")
_CHINA = NamedNode(f"{_EU}country/CHN")
# the mainland and Hainan, rounded outwards to half a degree (WGS 84: longitude, latitude), and its middle
_CHINA_BOX = "POLYGON((73.5 18.0, 135.5 18.0, 135.5 54.0, 73.5 54.0, 73.5 18.0))"
_CHINA_MIDDLE = "POINT(104.5 36.0)"
_SPARQL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")
_PUBLIC = NamedNode(f"{_EU}access-right/PUBLIC")
_IRREGULAR = NamedNode(f"{_EU}frequency/IRREG")
_SCHEMES: Mapping[str, Both] = {
    f"{_EU}data-theme": ("数据主题", "Data theme"),
    f"{_EU}planned-availability": ("可用期", "Planned availability"),
    "http://purl.org/adms/publishertype/1.0": ("发布者类型", "Publisher type"),
    "http://purl.org/adms/licencetype/1.0": ("许可类型", "Licence type"),
}
_CONCEPTS: Mapping[str, tuple[str, Both]] = {
    f"{_EU}data-theme/GOVE": (f"{_EU}data-theme", ("政府和公共部门", "Government and public sector")),
    f"{_EU}planned-availability/STABLE": (f"{_EU}planned-availability", ("长期", "stable")),
}
_THEME, _STABLE = map(NamedNode, _CONCEPTS)
_ADMS = "http://purl.org/adms/"
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


def _licence_kind(licence: str) -> tuple[str, Both]:
    """Give the type of a licence in the vocabulary of ADMS, by its address, as far as that tells."""
    if "/publicdomain/" in licence:
        return "PublicDomain", ("公有领域", "Work is in the public domain")
    if "/licenses/by/" in licence:
        return "Attribution", ("署名", "Attribution")
    return "OtherRestrictiveClauses", ("其他条款", "Other restrictive clauses")


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
    """A dataset of the catalogue: its IRI, the IRI of the dataset whatever its version, and its files."""

    iri: str
    any_version: str
    previous: str
    title: Both
    description: Both
    keywords: tuple[Both, ...]
    files: tuple[PublishedFile, ...]


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


class _Triples:
    """Triples under construction."""

    def __init__(self) -> None:
        self.made: list[Triple] = []

    def add(self, subject: NamedNode, predicate: NamedNode, *values: NamedNode | Literal) -> None:
        self.made += [Triple(subject, predicate, value) for value in values]

    def text(self, subject: NamedNode, predicate: NamedNode, both: Both) -> None:
        self.add(subject, predicate, *(Literal(one, language=tag) for one, tag in zip(both, ("zh", "en"), strict=True)))


def catalogue(about: Published, datasets: Iterable[PublishedDataset]) -> list[Triple]:
    """Describe a release as a catalogue of datasets, each with its files, and of an endpoint if one is named."""
    out = _Triples()
    itself, home = NamedNode(f"{about.catalogue}#catalogue"), NamedNode(about.site)
    listed = tuple(datasets)
    out.add(itself, RDF.type, DCAT.Catalog)
    out.text(itself, DCTERMS.title, about.title)
    out.text(itself, DCTERMS.description, about.description)
    out.add(itself, DCAT.themeTaxonomy, NamedNode(f"{_EU}data-theme"))
    out.add(itself, FOAF.homepage, home)
    out.add(itself, DCAT.dataset, *(NamedNode(one.iri) for one in listed))
    out.add(itself, DCTERMS.creator, _publisher(about))
    _common(out, itself, about)
    _shared(out, about)
    for one in listed:
        _dataset(out, about, one)
    if about.endpoint:
        out.add(itself, DCAT.service, _endpoint(out, about, listed))
    return out.made


def _common(out: _Triples, one: NamedNode, about: Published) -> None:
    """Say who publishes, since when, in which languages, about where, under which licence."""
    day = Literal(about.issued.isoformat(), datatype=XSD.date)
    out.add(one, DCTERMS.publisher, _publisher(about))
    out.add(one, DCTERMS.issued, day)
    out.add(one, DCTERMS.modified, day)
    out.add(one, DCTERMS.language, CHINESE, ENGLISH)
    out.add(one, DCTERMS.spatial, _CHINA)
    if about.licence:
        out.add(one, DCTERMS.license, NamedNode(about.licence))
    out.add(one, OWL.versionInfo, Literal(about.version))


def _publisher(about: Published) -> NamedNode:
    return NamedNode(f"{about.catalogue}#publisher")


def _shared(out: _Triples, about: Published) -> None:
    """State what datasets, files and the catalogue all point to."""
    contact = NamedNode(f"{about.catalogue}#contact")
    _agent(out, about)
    out.add(contact, RDF.type, VCARD.Kind, VCARD.Organization)
    out.add(contact, VCARD.fn, *(Literal(one) for one in about.publisher))
    reached = about.contact or about.publisher_address or about.site
    out.add(contact, VCARD.hasEmail if reached.startswith("mailto:") else VCARD.hasURL, NamedNode(reached))
    out.add(NamedNode(about.site), RDF.type, FOAF.Document)
    out.add(_CHINA, RDF.type, DCTERMS.Location)
    out.text(_CHINA, RDFS.label, ("中国", "China"))
    out.add(_CHINA, DCAT.bbox, Literal(_CHINA_BOX, datatype=GEOSPARQL.wktLiteral))
    out.add(_CHINA, DCAT.centroid, Literal(_CHINA_MIDDLE, datatype=GEOSPARQL.wktLiteral))
    out.add(CHINESE, RDF.type, DCTERMS.LinguisticSystem)
    out.add(ENGLISH, RDF.type, DCTERMS.LinguisticSystem)
    out.add(_PUBLIC, RDF.type, DCTERMS.RightsStatement)
    out.add(_IRREGULAR, RDF.type, DCTERMS.Frequency)
    for iri, title in _SCHEMES.items():
        out.add(NamedNode(iri), RDF.type, SKOS.ConceptScheme)
        out.text(NamedNode(iri), DCTERMS.title, title)
    for iri, (scheme, label) in _CONCEPTS.items():
        _labelled(out, NamedNode(iri), NamedNode(scheme), label)
    if about.licence:
        out.add(NamedNode(about.licence), RDF.type, DCTERMS.LicenseDocument)
        out.add(NamedNode(about.licence), DCTERMS.type, _concept(out, "licencetype", *_licence_kind(about.licence)))


def _agent(out: _Triples, about: Published) -> None:
    """State who publishes, as DCAT-AP and CPSV-AP both ask for."""
    publisher = _publisher(about)
    out.add(publisher, RDF.type, FOAF.Agent)
    out.text(publisher, FOAF.name, about.publisher)
    out.text(publisher, DCTERMS.title, about.publisher)
    out.add(publisher, DCTERMS.identifier, Literal(about.publisher_address or publisher.value))
    kind = PUBLISHER_KINDS[about.publisher_kind]
    out.add(publisher, DCTERMS.type, _concept(out, "publishertype", about.publisher_kind, kind))
    if about.publisher_address:
        out.add(publisher, FOAF.homepage, NamedNode(about.publisher_address))
        out.add(NamedNode(about.publisher_address), RDF.type, FOAF.Document)


def _concept(out: _Triples, vocabulary: str, name: str, label: Both) -> NamedNode:
    """State a concept of a vocabulary of ADMS."""
    itself = NamedNode(f"{_ADMS}{vocabulary}/{name}")
    _labelled(out, itself, NamedNode(f"{_ADMS}{vocabulary}/1.0"), label)
    return itself


def _labelled(out: _Triples, concept: NamedNode, scheme: NamedNode, label: Both) -> None:
    out.add(concept, RDF.type, SKOS.Concept)
    out.add(concept, SKOS.inScheme, scheme)
    out.text(concept, SKOS.prefLabel, label)


def _dataset(out: _Triples, about: Published, one: PublishedDataset) -> None:
    itself = NamedNode(one.iri)
    out.add(itself, RDF.type, DCAT.Dataset)
    out.text(itself, DCTERMS.title, one.title)
    out.text(itself, DCTERMS.description, one.description)
    out.add(itself, DCTERMS.identifier, Literal(one.iri))
    for both in one.keywords:
        out.text(itself, DCAT.keyword, both)
    _common(out, itself, about)
    out.add(itself, DCTERMS.creator, _publisher(about))
    out.add(itself, DCAT.contactPoint, NamedNode(f"{about.catalogue}#contact"))
    out.add(itself, DCAT.theme, _THEME)
    out.add(itself, DCTERMS.accessRights, _PUBLIC)
    out.add(itself, DCTERMS.accrualPeriodicity, _IRREGULAR)
    out.add(itself, DCAT.landingPage, NamedNode(about.site))
    out.add(itself, DCAT.version, Literal(about.version))
    out.add(itself, DCTERMS.isVersionOf, NamedNode(one.any_version))
    out.add(itself, DCAT.distribution, *(NamedNode(_file_iri(about, file)) for file in one.files))
    if one.previous:
        out.add(itself, DCAT.prev, NamedNode(one.previous))
    if about.ontology:
        out.add(itself, DCTERMS.conformsTo, NamedNode(about.ontology))
        out.add(NamedNode(about.ontology), RDF.type, DCTERMS.Standard)
    if about.years:
        period = NamedNode(f"{about.catalogue}#period")
        out.add(itself, DCTERMS.temporal, period)
        out.add(period, RDF.type, DCTERMS.PeriodOfTime)
        for predicate, day in zip((DCAT.startDate, DCAT.endDate), about.years, strict=True):
            out.add(period, predicate, Literal(day, datatype=XSD.date))
    _made_by(out, about, itself)
    for file in one.files:
        _file(out, about, file)


def _made_by(out: _Triples, about: Published, dataset: NamedNode) -> None:
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


def _file_iri(about: Published, file: PublishedFile) -> str:
    return f"{about.catalogue}#{file.address.removeprefix(about.site)}"


def _file(out: _Triples, about: Published, file: PublishedFile) -> None:
    itself, address, media = NamedNode(_file_iri(about, file)), NamedNode(file.address), media_type(file.media)
    out.add(itself, RDF.type, DCAT.Distribution)
    out.text(itself, DCTERMS.title, file.title)
    out.text(itself, DCTERMS.description, file.title)
    out.add(itself, DCAT.accessURL, address)
    out.add(itself, DCAT.downloadURL, address)
    out.add(itself, DCAT.mediaType, media)
    kind = NamedNode(f"{_EU}file-type/{file.kind}") if file.kind else media
    out.add(itself, DCTERMS.format, kind)
    out.add(kind, RDF.type, DCTERMS.MediaTypeOrExtent)
    out.add(media, RDF.type, DCTERMS.MediaType)
    if file.packed:
        packed = media_type("application/gzip")
        out.add(itself, DCAT.compressFormat, packed)
        out.add(packed, RDF.type, DCTERMS.MediaType)
    out.add(itself, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger))
    checksum = NamedNode(f"{itself.value};sha256")
    out.add(itself, SPDX.checksum, checksum)
    out.add(checksum, RDF.type, SPDX.Checksum)
    out.add(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    out.add(checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary))
    out.add(itself, DCATAP.availability, _STABLE)
    out.add(itself, DCTERMS.language, CHINESE)
    day = Literal(about.issued.isoformat(), datatype=XSD.date)
    out.add(itself, DCTERMS.issued, day)
    out.add(itself, DCTERMS.modified, day)
    if about.licence:
        out.add(itself, DCTERMS.license, NamedNode(about.licence))


def _endpoint(out: _Triples, about: Published, datasets: Iterable[PublishedDataset]) -> NamedNode:
    """Describe the SPARQL endpoint as a data service."""
    itself = NamedNode(f"{about.catalogue}#endpoint")
    out.add(itself, RDF.type, DCAT.DataService)
    out.text(itself, DCTERMS.title, ("SPARQL 查询端点", "SPARQL endpoint"))
    out.text(itself, DCTERMS.description, ("可用 SPARQL 1.1 查询全部数据", "All of the data, asked in SPARQL 1.1"))
    out.add(itself, DCAT.endpointURL, NamedNode(about.endpoint))
    out.add(itself, DCAT.endpointDescription, NamedNode(about.endpoint))
    out.add(itself, DCAT.contactPoint, NamedNode(f"{about.catalogue}#contact"))
    out.add(itself, DCTERMS.publisher, _publisher(about))
    out.add(itself, DCAT.theme, _THEME)
    out.text(itself, DCAT.keyword, ("SPARQL 端点", "SPARQL endpoint"))
    out.add(itself, DCTERMS.accessRights, _PUBLIC)
    out.add(itself, DCTERMS.conformsTo, _SPARQL)
    out.add(_SPARQL, RDF.type, DCTERMS.Standard)
    out.add(itself, DCAT.servesDataset, *(NamedNode(one.iri) for one in datasets))
    if about.licence:
        out.add(itself, DCTERMS.license, NamedNode(about.licence))
    return itself


@dataclass(frozen=True, slots=True)
class LicensedPart:
    """A named graph: its licence, where it comes from and what else is to be said of its rights."""

    iri: str
    title: Both
    triples: int
    licence: str
    dump: str
    rights: Both = ("", "")
    sources: tuple[str, ...] = ()


def parts(document: str, dataset: str, graphs: Iterable[LicensedPart], publisher: str) -> list[Triple]:
    """State the licence and the origin of each named graph, as subsets of a VoID dataset; ``publisher`` is an IRI."""
    out = _Triples()
    whole = NamedNode(dataset)
    for one in graphs:
        part = NamedNode(f"{document}#graph-{one.iri.rpartition('/')[2]}")
        out.add(whole, VOID.subset, part)
        out.add(part, RDF.type, VOID.Dataset, SD.NamedGraph)
        out.add(part, SD.name, NamedNode(one.iri))
        zh, en = one.title
        out.text(part, DCTERMS.title, one.title)
        out.text(part, DCTERMS.description, (f"命名图 {one.iri}：{zh}", f"The named graph {one.iri}: {en}"))
        out.add(part, DCTERMS.publisher, NamedNode(publisher))
        out.add(part, VOID.triples, Literal(one.triples))
        out.add(part, VOID.dataDump, NamedNode(one.dump))
        if one.licence:
            out.add(part, DCTERMS.license, NamedNode(one.licence))
        if any(one.rights):
            rights = NamedNode(f"{part.value}-rights")
            out.add(part, DCTERMS.rights, rights)
            out.add(rights, RDF.type, DCTERMS.RightsStatement)
            out.text(rights, RDFS.label, one.rights)
        out.add(part, DCTERMS.source, *map(NamedNode, one.sources))
    return out.made


@dataclass(frozen=True, slots=True)
class Target:
    """A dataset that is linked to: its address, title, licence, and how the links were made."""

    space: str
    home: str
    title: Both
    licence: str
    method: Both


def described_links(described: Iterable[Triple], targets: Iterable[Target]) -> list[Triple]:
    """Say of each linkset of a VoID description what it links to, and how its links were found.

    A linkset is known by the address space of its target; ``described`` is the description it stands in.
    """
    out = _Triples()
    known = {one.space: one for one in targets}
    stated = list(described)
    spaces = {one.subject: one.object.value for one in stated if one.predicate == VOID.uriSpace}  # type: ignore[union-attr]
    for one in stated:
        target = known.get(spaces.get(one.object, "")) if one.predicate == VOID.objectsTarget else None  # type: ignore[arg-type]
        if target is None:
            continue
        links, end = one.subject, one.object
        assert isinstance(links, NamedNode) and isinstance(end, NamedNode)
        zh, en = target.title
        out.text(end, DCTERMS.title, target.title)
        out.add(end, FOAF.homepage, NamedNode(target.home))
        out.add(NamedNode(target.home), RDF.type, FOAF.Document, PROV.Entity)
        out.add(links, RDF.type, PROV.Entity)
        out.add(end, DCTERMS.license, NamedNode(target.licence))
        out.text(links, DCTERMS.title, (f"指向{zh}的链接", f"Links to {en}"))
        out.text(links, DCTERMS.description, target.method)
        out.add(links, DCTERMS.source, NamedNode(target.home))
        out.add(links, PROV.wasDerivedFrom, NamedNode(target.home))
    return out.made


def version_of(dataset: str, about: Published, previous: str) -> list[Triple]:
    """Say which version of the dataset this is, who publishes it and since when, in a VoID description."""
    out = _Triples()
    itself = NamedNode(dataset)
    day = Literal(about.issued.isoformat(), datatype=XSD.date)
    out.text(itself, DCTERMS.description, about.description)
    out.add(itself, DCTERMS.publisher, NamedNode(f"{about.catalogue}#publisher"))
    out.add(itself, DCTERMS.creator, NamedNode(f"{about.catalogue}#publisher"))
    out.add(itself, DCTERMS.issued, day)
    out.add(itself, DCTERMS.modified, day)
    out.add(itself, OWL.versionInfo, Literal(about.version))
    out.add(itself, FOAF.homepage, NamedNode(about.site))
    if previous:
        out.add(itself, DCAT.prev, NamedNode(previous))
    _made_by(out, about, itself)
    _agent(out, about)
    return out.made


def retirements(gone: Iterable[tuple[str, Iterable[str]]]) -> list[Triple]:
    """Say that resources are no more, and what took their place: ``owl:deprecated``, ``dcterms:isReplacedBy``."""
    out = _Triples()
    for iri, replaced_by in gone:
        itself = NamedNode(iri)
        out.add(itself, OWL.deprecated, Literal(True))
        out.add(itself, DCTERMS.isReplacedBy, *map(NamedNode, replaced_by))
    return out.made
