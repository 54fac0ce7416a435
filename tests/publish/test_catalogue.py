from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from plan_graph.graph.validate import as_text, to_rdflib, validate
from plan_graph.iri import DCAT, DCTERMS, FOAF, FORMATS, OWL, PROV, RDF, SD, SPDX, VOID
from plan_graph.publish.catalogue import GRAPHS, write_catalogue, write_void
from plan_graph.publish.dumps import write_dumps
from plan_graph.publish.networks import write_networks
from plan_graph.publish.release import Release
from plan_graph.publish.release import release as made_of
from plan_graph.publish.tables import write_tables
from plan_graph.resources import resource

SHAPES = [
    *(f"dcat-ap-3.0.1/{name}.ttl" for name in ("shapes", "range", "shapes_recommended")),
    "cpsv-ap-3.2.0/cpsv-ap-SHACL.ttl",
]
ENDPOINT = "https://example.org/plan-graph/sparql"


def triples(file: Path) -> set[Triple]:
    return {quad.triple for quad in parse(path=str(file), format=RdfFormat.TURTLE)}


@pytest.fixture(scope="module")
def releases(small: Release, liaoning: Release) -> Mapping[str, Release]:
    return {
        "small": small,
        "liaoning": liaoning,
        "endpoint": replace(
            small, endpoint=ENDPOINT, previous="https://example.org/2025/", previous_version="2025-01-01"
        ),
        "bare": replace(small, licence="", publisher=replace(small.publisher, address="", contact="")),
    }


@pytest.fixture(scope="module")
def folders(releases: Mapping[str, Release], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    made = {}
    for name, release in releases.items():
        folder = made[name] = tmp_path_factory.mktemp(name)
        for part in (write_dumps, write_tables, write_networks, write_void, write_catalogue):
            part(release, folder)
    return made


@pytest.mark.parametrize("shapes", SHAPES)
@pytest.mark.parametrize("name", ["small", "liaoning", "endpoint"])
@pytest.mark.parametrize("described", ["catalog.ttl", "void.ttl"])
def test_shapes_of_others_find_nothing(
    folders: Mapping[str, Path], shared: Path, shapes: str, name: str, described: str
) -> None:
    """Neither a violation nor a warning, not even where DCAT-AP only recommends."""
    report = validate(to_rdflib(triples(folders[name] / described)), shared / "external" / shapes)
    assert report.findings == (), as_text(report)


@pytest.mark.parametrize(
    ("shapes", "left_out"),
    [
        (SHAPES[0], DCTERMS.description),
        (SHAPES[1], RDF.type),
        (SHAPES[2], DCAT.contactPoint),
        (SHAPES[2], DCTERMS.temporal),
        (SHAPES[3], DCTERMS.identifier),
    ],
)
def test_the_shapes_would_find_what_is_missing(
    folders: Mapping[str, Path], shared: Path, shapes: str, left_out: NamedNode
) -> None:
    kept = [one for one in triples(folders["small"] / "catalog.ttl") if one.predicate != left_out or _is_class(one)]
    assert validate(to_rdflib(kept), shared / "external" / shapes).findings


def _is_class(one: Triple) -> bool:
    return one.object in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, FOAF.Agent)


def test_sizes_and_checksums_are_those_of_the_files(
    folders: Mapping[str, Path], releases: Mapping[str, Release]
) -> None:
    for name, folder in folders.items():
        stated = triples(folder / "catalog.ttl")
        of: dict[tuple[object, object], object] = {(one.subject, one.predicate): one.object for one in stated}
        files = [one.subject for one in stated if one.object == DCAT.Distribution]
        assert len(files) == sum(
            1 for part in ("dumps", "tables", "networks") for f in (folder / part).rglob("*") if f.is_file()
        )
        for file in files:
            address = of[file, DCAT.downloadURL]
            assert isinstance(address, NamedNode)
            content = (folder / address.value.removeprefix(releases[name].site)).read_bytes()
            size, checksum = of[file, DCAT.byteSize], of[of[file, SPDX.checksum], SPDX.checksumValue]
            assert isinstance(size, Literal) and int(size.value) == len(content)
            assert isinstance(checksum, Literal) and checksum.value == hashlib.sha256(content).hexdigest()
            assert ((file, DCAT.compressFormat) in of) == (content[:2] == gzip.compress(b"")[:2])


def test_nothing_is_said_that_is_not_known(folders: Mapping[str, Path]) -> None:
    stated = {one.predicate for one in triples(folders["bare"] / "catalog.ttl")}
    assert not {DCTERMS.license, DCAT.prev, DCAT.service, DCAT.endpointURL} & stated
    assert not (folders["small"] / "service.ttl").exists()
    assert VOID.sparqlEndpoint not in {one.predicate for one in triples(folders["small"] / "void.ttl")}


def test_versions_point_to_the_one_before(folders: Mapping[str, Path]) -> None:
    for described in ("catalog.ttl", "void.ttl"):
        stated = triples(folders["endpoint"] / described)
        graph = NamedNode("https://example.org/plan-graph/catalog.ttl#graph-2026-01-02")
        before = NamedNode("https://example.org/2025/catalog.ttl#graph-2025-01-01")
        assert Triple(graph, DCAT.prev, before) in stated
        assert Triple(graph, OWL.versionInfo, Literal("2026-01-02")) in stated


def test_void_counts_what_the_graph_holds(folders: Mapping[str, Path], liaoning: Release) -> None:
    folder = folders["liaoning"]
    assert (folder / "void.ttl").read_bytes() == (folder / ".well-known/void").read_bytes()
    stated = triples(folder / "void.ttl")
    dataset = NamedNode("https://example.org/plan-graph/catalog.ttl#graph-2026-01-02")
    lines = liaoning.graph.read_bytes().splitlines()
    distinct = {line.rpartition(b" <")[0] for line in lines}
    (count,) = [one.object for one in stated if one.subject == dataset and one.predicate == VOID.triples]
    assert isinstance(count, Literal) and int(count.value) == len(distinct)
    graphs = {one.object: one.subject for one in stated if one.predicate == SD.name}
    counts = {one.subject: one.object for one in stated if one.predicate == VOID.triples}
    assert len(graphs) == 7
    for graph, part in graphs.items():
        number = counts[part]
        assert isinstance(number, Literal) and int(number.value) == sum(
            line.endswith(f" {graph} .".encode()) for line in lines
        )


def test_links_say_where_they_come_from(folders: Mapping[str, Path]) -> None:
    stated = triples(folders["liaoning"] / "void.ttl")
    (links,) = [one.subject for one in stated if one.object == VOID.Linkset]
    said = {one.predicate: one.object for one in stated if one.subject == links}
    assert said[DCTERMS.source] == NamedNode("https://www.geonames.org/")
    assert {
        VOID.linkPredicate,
        VOID.triples,
        VOID.subjectsTarget,
        VOID.objectsTarget,
        PROV.wasDerivedFrom,
    } <= said.keys()


def test_the_endpoint_is_described_where_it_is_named(folders: Mapping[str, Path]) -> None:
    stated = triples(folders["endpoint"] / "service.ttl")
    assert Triple(NamedNode(f"{ENDPOINT}#service"), SD.endpoint, NamedNode(ENDPOINT)) in stated
    assert {one.predicate for one in stated} >= {
        SD.defaultDataset,
        SD.namedGraph,
        SD.resultFormat,
        SD.supportedLanguage,
    }


def test_the_inputs_of_the_build_are_named_with_their_digests(folders: Mapping[str, Path], small: Release) -> None:
    stated = triples(folders["small"] / "catalog.ttl")
    used = {one.object for one in stated if one.predicate == PROV.used}
    registers = {one.name for one in (resource("data", "authority")).glob("*.csv")}
    assert used == {
        *(NamedNode(f"{small.base}source/plan-{name}") for name in "ab"),
        *(NamedNode(f"{small.site}catalog.ttl#register-{name}") for name in registers),
    }
    digest = hashlib.sha256((small.build.parent / "plan-a.txt").read_bytes()).hexdigest()
    assert {
        one.object.value
        for one in stated
        if str(one.predicate.value).endswith("sha256") and isinstance(one.object, Literal)
    } >= {digest}


def test_what_is_counted_is_what_the_dump_holds(folders: Mapping[str, Path], releases: Mapping[str, Release]) -> None:
    """Literals count as they are written, not as a store keeps them: 5 is one as an integer and one as a position."""
    dump = gzip.decompress((folders["liaoning"] / "dumps/graph.nq.gz").read_bytes())
    held = {quad.triple for quad in parse(input=dump, format=RdfFormat.N_QUADS)}
    stated = triples(folders["liaoning"] / "void.ttl")
    dataset = NamedNode(f"{releases['liaoning'].site}catalog.ttl#graph-2026-01-02")
    of = {one.predicate: one.object for one in stated if one.subject == dataset}
    for property, number in (
        (VOID.triples, len(held)),
        (VOID.distinctSubjects, len({one.subject for one in held})),
        (VOID.distinctObjects, len({one.object for one in held})),
        (VOID.properties, len({one.predicate for one in held})),
    ):
        assert of[property] == Literal(number), property


def test_the_forms_that_are_stated_are_those_of_the_files(folders: Mapping[str, Path]) -> None:
    forms = {one.object for one in triples(folders["small"] / "void.ttl") if one.predicate == VOID.feature}
    assert forms == {FORMATS[name] for name in ("Turtle", "N-Triples", "JSON-LD", "N-Quads", "TriG")}


def test_every_graph_has_a_name_in_both_languages(tmp_path: Path, small_build: Path) -> None:
    """One of a file without a title is told by the file, not by an empty one."""
    shutil.copytree(small_build, tmp_path / "build")
    (file,) = (tmp_path / "build").glob("report.json")
    said = json.loads(file.read_text(encoding="utf-8"))
    said["documents"][0]["title"] = ""
    file.write_text(json.dumps(said), encoding="utf-8")
    write_void(made_of(tmp_path / "build"), tmp_path)
    titles = {one.object for one in triples(tmp_path / "void.ttl") if one.predicate == DCTERMS.title}
    assert Literal("plan-a.txt 所写的", language="zh") in titles
    assert not any("《》" in one.value for one in titles if isinstance(one, Literal))


def test_graphs_that_several_plans_make_are_named() -> None:
    assert GRAPHS.keys() == {"authority", "documents", "keywords", "lineage", "shortcuts", "ties", "vocabulary"}


def test_the_endpoint_answers_from_the_graph(folders: Mapping[str, Path]) -> None:
    """The tables and the networks, with measures that no graph has, are files."""
    served = [one.object for one in triples(folders["endpoint"] / "catalog.ttl") if one.predicate == DCAT.servesDataset]
    assert served == [NamedNode("https://example.org/plan-graph/catalog.ttl#graph-2026-01-02")]
