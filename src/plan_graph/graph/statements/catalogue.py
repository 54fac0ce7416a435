"""A published release as DCAT-AP 3.0.1 describes it.

DCAT-AP: https://semiceu.github.io/DCAT-AP/releases/3.0.1/. Authority tables of the EU are cited by their IRIs; what its
shapes ask of such concepts (type, label, scheme) is stated here, so that the catalogue holds without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from plan_graph.graph.statements.published import (
    Both,
    Published,
    PublishedDataset,
    PublishedFile,
    Triples,
    concept,
    labelled,
    made_by,
    publisher_iri,
    state_publisher,
)
from plan_graph.iri import (
    CHINESE,
    DCAT,
    DCATAP,
    DCTERMS,
    FOAF,
    GEOSPARQL,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    SKOS,
    SPDX,
    VCARD,
    XSD,
    media_type,
)

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


def _licence_kind(licence: str) -> tuple[str, Both]:
    """Give the type of a licence in the vocabulary of ADMS, by its address, as far as that tells."""
    if "/publicdomain/" in licence:
        return "PublicDomain", ("公有领域", "Work is in the public domain")
    if "/licenses/by/" in licence:
        return "Attribution", ("署名", "Attribution")
    return "OtherRestrictiveClauses", ("其他条款", "Other restrictive clauses")


def catalogue(about: Published, datasets: Iterable[PublishedDataset]) -> list[Triple]:
    """Describe a release as a catalogue of datasets, each with its files, and of an endpoint if one is named."""
    out = Triples()
    itself, home = NamedNode(f"{about.catalogue}#catalogue"), NamedNode(about.site)
    listed = tuple(datasets)
    out.add(itself, RDF.type, DCAT.Catalog)
    out.text(itself, DCTERMS.title, about.title)
    out.text(itself, DCTERMS.description, about.description)
    out.add(itself, DCAT.themeTaxonomy, NamedNode(f"{_EU}data-theme"))
    out.add(itself, FOAF.homepage, home)
    out.add(itself, DCAT.dataset, *(NamedNode(one.iri) for one in listed))
    out.add(itself, DCTERMS.creator, publisher_iri(about))
    _common(out, itself, about)
    _shared(out, about)
    for one in listed:
        _dataset(out, about, one)
    if about.endpoint:
        out.add(itself, DCAT.service, _endpoint(out, about, listed))
    return out.made


def _common(out: Triples, one: NamedNode, about: Published) -> None:
    """Say who publishes, since when, in which languages, about where, under which licence."""
    day = Literal(about.issued.isoformat(), datatype=XSD.date)
    out.add(one, DCTERMS.publisher, publisher_iri(about))
    out.add(one, DCTERMS.issued, day)
    out.add(one, DCTERMS.modified, day)
    out.add(one, DCTERMS.language, CHINESE, ENGLISH)
    out.add(one, DCTERMS.spatial, _CHINA)
    if about.licence:
        out.add(one, DCTERMS.license, NamedNode(about.licence))
    out.add(one, OWL.versionInfo, Literal(about.version))


def _shared(out: Triples, about: Published) -> None:
    """State what datasets, files and the catalogue all point to."""
    contact = NamedNode(f"{about.catalogue}#contact")
    state_publisher(out, about)
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
        labelled(out, NamedNode(iri), NamedNode(scheme), label)
    if about.licence:
        out.add(NamedNode(about.licence), RDF.type, DCTERMS.LicenseDocument)
        out.add(NamedNode(about.licence), DCTERMS.type, concept(out, "licencetype", *_licence_kind(about.licence)))


def _dataset(out: Triples, about: Published, one: PublishedDataset) -> None:
    itself = NamedNode(one.iri)
    out.add(itself, RDF.type, DCAT.Dataset)
    out.text(itself, DCTERMS.title, one.title)
    out.text(itself, DCTERMS.description, one.description)
    out.add(itself, DCTERMS.identifier, Literal(one.iri))
    for both in one.keywords:
        out.text(itself, DCAT.keyword, both)
    _common(out, itself, about)
    out.add(itself, DCTERMS.creator, publisher_iri(about))
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
    made_by(out, about, itself)
    for file in one.files:
        _file(out, about, file)


def _file_iri(about: Published, file: PublishedFile) -> str:
    return f"{about.catalogue}#{file.address.removeprefix(about.site)}"


def _file(out: Triples, about: Published, file: PublishedFile) -> None:
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


def _endpoint(out: Triples, about: Published, datasets: Iterable[PublishedDataset]) -> NamedNode:
    """Describe the SPARQL endpoint as a data service."""
    itself = NamedNode(f"{about.catalogue}#endpoint")
    out.add(itself, RDF.type, DCAT.DataService)
    out.text(itself, DCTERMS.title, ("SPARQL 查询端点", "SPARQL endpoint"))
    out.text(itself, DCTERMS.description, ("可用 SPARQL 1.1 查询全部数据", "All of the data, asked in SPARQL 1.1"))
    out.add(itself, DCAT.endpointURL, NamedNode(about.endpoint))
    out.add(itself, DCAT.endpointDescription, NamedNode(about.endpoint))
    out.add(itself, DCAT.contactPoint, NamedNode(f"{about.catalogue}#contact"))
    out.add(itself, DCTERMS.publisher, publisher_iri(about))
    out.add(itself, DCAT.theme, _THEME)
    out.text(itself, DCAT.keyword, ("SPARQL 端点", "SPARQL endpoint"))
    out.add(itself, DCTERMS.accessRights, _PUBLIC)
    out.add(itself, DCTERMS.conformsTo, _SPARQL)
    out.add(_SPARQL, RDF.type, DCTERMS.Standard)
    out.add(itself, DCAT.servesDataset, *(NamedNode(one.iri) for one in datasets if one.served))
    if about.licence:
        out.add(itself, DCTERMS.license, NamedNode(about.licence))
    return itself
