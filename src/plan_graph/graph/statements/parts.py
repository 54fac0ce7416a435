"""What VoID says of a release beyond numbers: its version, the licence of each part, and where its links come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from plan_graph.graph.statements.published import Both, Published, Triples, made_by, publisher_iri, state_publisher
from plan_graph.iri import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SD, VOID, XSD


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
    out = Triples()
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
    out = Triples()
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
    out = Triples()
    itself = NamedNode(dataset)
    day = Literal(about.issued.isoformat(), datatype=XSD.date)
    out.text(itself, DCTERMS.description, about.description)
    out.add(itself, DCTERMS.publisher, publisher_iri(about))
    out.add(itself, DCTERMS.creator, publisher_iri(about))
    out.add(itself, DCTERMS.issued, day)
    out.add(itself, DCTERMS.modified, day)
    out.add(itself, OWL.versionInfo, Literal(about.version))
    out.add(itself, FOAF.homepage, NamedNode(about.site))
    if previous:
        out.add(itself, DCAT.prev, NamedNode(previous))
    made_by(out, about, itself)
    state_publisher(out, about)
    return out.made
