"""The W3C's tests of the SPARQL 1.1 Protocol, those of the query side, against the service over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from .conftest import Served, serving

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SUITE = Path(__file__).parents[3] / "shared" / "external" / "sparql11-protocol"
GRAPHS = "http://kasei.us/2009/09/sparql/data/"
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ),
    "RDF": ("application/rdf+xml", "text/turtle", "application/n-triples"),
}


def _tests() -> list[str]:
    if not SUITE.is_dir():
        return []
    manifest = Graph().parse(SUITE / "manifest.ttl")
    (entries,) = manifest.objects(predicate=MF.entries)
    names = [str(entry).rpartition("#")[2] for entry in Collection(manifest, entries)]
    return [name for name in names if "update" not in name]


@pytest.fixture(scope="module")
def suite(shared: Path) -> Graph:
    return Graph().parse(shared / "external" / "sparql11-protocol" / "manifest.ttl")


@pytest.fixture(scope="module")
def endpoint(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The data of the suite: each file in the graph that its tests name."""
    lines = []
    for number in (1, 2, 3):
        text = (shared / "external" / "sparql11-protocol" / f"data{number}.nt").read_text()
        lines += [
            line.rstrip().removesuffix(".") + f"<{GRAPHS}data{number}.rdf> ."
            for line in text.splitlines()
            if line.strip()
        ]
    graph = tmp_path_factory.mktemp("protocol") / "data.nq"
    graph.write_text("\n".join(lines) + "\n")
    with serving(graph) as one:
        yield one


def test_the_suite_has_twenty_tests_of_the_query_side() -> None:
    if SUITE.is_dir():
        assert len(_tests()) == 20


def _one(graph: Graph, subject: Node, predicate: Node) -> Any:
    return graph.value(subject, predicate)


@pytest.mark.parametrize("name", _tests())
def test_query_side(name: str, suite: Graph, endpoint: Served) -> None:
    tests = [test for test in suite.subjects(RDF.type, MF.ProtocolTest) if str(test).endswith(f"#{name}")]
    (test,) = tests
    action = _one(suite, test, MF.action)
    for request in Collection(suite, _one(suite, action, HT.requests)):
        path = str(_one(suite, request, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
        headers = {}
        if listed := _one(suite, request, HT.headers):
            headers = {
                str(_one(suite, one, HT.fieldName)): str(_one(suite, one, HT.fieldValue))
                for one in Collection(suite, listed)
            }
        body = _one(suite, request, HT.body)
        content = None
        if body is not None:
            encoding = str(_one(suite, body, CNT.characterEncoding) or "utf-8")
            content = str(_one(suite, body, CNT.chars)).encode(encoding)
        answer = endpoint.client.request(
            str(_one(suite, request, HT.methodName)), path, headers=headers, content=content
        )
        _check(suite, _one(suite, request, HT.resp), answer)


def _check(suite: Graph, expected: Node, answer: httpx.Response) -> None:
    statuses = [str(status)[-3] for status in suite.objects(expected, MF.expectedStatus)]
    assert str(answer.status_code)[0] in statuses, answer.text
    form = _one(suite, expected, MF.expectedFormat)
    if form is not None:
        assert answer.headers["content-type"].split(";")[0] in FORMATS[str(form)]
    boolean = _one(suite, expected, MF.expectedBoolean)
    if boolean is not None:
        assert answer.json()["boolean"] is bool(boolean)
