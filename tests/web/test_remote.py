"""Named queries ask other engines over HTTP and get what the embedded store gives."""

from __future__ import annotations

import http.server
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import Store

from plan_graph.errors import InputError
from plan_graph.graph.queries import Query, bind, named_queries, run
from plan_graph.graph.remote import EndpointError, Remote, accept
from plan_graph.graph.store import open_store
from plan_graph.web.shipped import statements

from .conftest import Served, serving
from .engines import VIRTUOSO, oxigraph, virtuoso

QUERIES = named_queries()
SECONDS, MOST = 120.0, 1 << 27


def example(query: Query) -> str:
    """Fill in what a query must have, with the examples of its head."""
    values = {}
    for parameter in query.parameters:
        if parameter.required:
            shown = re.search(r"[(（]([^()（）]+)[)）]", parameter.en)
            values[parameter.name] = shown[1] if shown else "x"
            if parameter.kind == "iri" and not values[parameter.name].startswith("http"):
                values[parameter.name] = "https://w3id.org/plan-graph/id/task/ln-2016-revitalisation/2016-057"
    return bind(query, values)


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    return open_store(built)


@pytest.fixture(scope="module")
def by_oxigraph(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    with oxigraph(built / "graph.nq", tmp_path_factory.mktemp("oxigraph")) as address:
        remote = Remote(address, SECONDS, MOST)
        yield remote
        remote.close()


@pytest.fixture(scope="module")
def by_virtuoso(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    if VIRTUOSO is None:
        missing = "Virtuoso (virtuoso-opensource) is not installed"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with virtuoso(built / "graph.nq", tmp_path_factory.mktemp("virtuoso")) as address:
        remote = Remote(address, SECONDS, MOST)
        yield remote
        remote.close()


@pytest.mark.parametrize("name", QUERIES)
def test_oxigraph_answers_the_same(name: str, store: Store, by_oxigraph: Remote) -> None:
    sparql = example(QUERIES[name])
    assert run(by_oxigraph, sparql) == run(store, sparql)


def plainly(value: object) -> object:
    """Take away what Virtuoso does not keep: booleans, digits, and of values put together in one order and marks between."""
    if isinstance(value, bool | int | float):
        return round(float(value), 4)
    return "".join(sorted(re.sub(r"[?、；]", "", value))) if isinstance(value, str) else value


@pytest.mark.parametrize("name", QUERIES)
def test_virtuoso_answers_the_same(name: str, store: Store, by_virtuoso: Remote) -> None:
    sparql = example(QUERIES[name])
    theirs, ours = run(by_virtuoso, sparql), run(store, sparql)
    assert theirs.columns == ours.columns
    assert sorted(repr([plainly(v) for v in row]) for row in theirs.rows) == sorted(
        repr([plainly(v) for v in row]) for row in ours.rows
    )


@pytest.mark.parametrize("name", ["plans", "sources", "tasks-by-year", "tasks-by-theme", "plan-rests-on", "ledger"])
def test_virtuoso_answers_for_one_plan(name: str, store: Store, by_virtuoso: Remote) -> None:
    """What the page of a plan asks: with a plan given Virtuoso may choose another way through a query, one without end."""
    sparql = bind(QUERIES[name], {"plan": "ln-2016-revitalisation"})
    theirs, ours = run(by_virtuoso, sparql), run(store, sparql)
    assert len(theirs.rows) == len(ours.rows) > 0


def test_graphs_and_quads_are_counted(store: Store, by_oxigraph: Remote) -> None:
    assert set(by_oxigraph.named_graphs()) == set(store.named_graphs())
    assert len(by_oxigraph) == len(store)


def test_a_query_that_is_refused_is_said_so(by_oxigraph: Remote) -> None:
    with pytest.raises(InputError, match="the query cannot be run"):
        run(by_oxigraph, "SELECT * {")


@pytest.mark.parametrize("declared", ["", "base <http://example.org/>"])
def test_relative_iris_have_their_base_whatever_words_a_query_holds(by_oxigraph: Remote, declared: str) -> None:
    query = f'{declared} ASK {{ FILTER("database" = "database" && STR(<x>) = "http://example.org/x") }}'
    assert by_oxigraph.query(query, base_iri="http://example.com/" if declared else "http://example.org/")


class _Answers(http.server.BaseHTTPRequestHandler):
    """Answers by address: /STATUS/TYPE/BODY."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        status, kind, body = self.path.strip("/").split("/", 2)
        self.send_response(int(status))
        self.send_header("Content-Type", kind.replace("_", "/"))
        self.end_headers()
        self.wfile.write(body.encode() if body != "long" else b"x" * 2_000_000)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def strange() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("500/text_plain/no", "status 500: no"),
        ("302/text_plain/no", "status 302"),
        ("200/text_html/page", "answered as text/html"),
        ("200/application_sparql-results+json/{", "cannot be read"),
        ("200/application_sparql-results+json/long", "more than 1,000,000 bytes"),
    ],
)
def test_what_is_no_endpoint_is_said_so(strange: str, address: str, why: str) -> None:
    with pytest.raises(EndpointError, match=re.escape(why)):
        Remote(strange + address, 5, 1_000_000)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("SELECT * { ?s ?p ?o }", "application/sparql-results+json"),
        (
            "PREFIX select: <x:DESCRIBE> # CONSTRUCT\nASK { ?describe select:construct ?o }",
            "application/sparql-results+json",
        ),
        ("PREFIX c: <x:#SELECT>\nconstruct { ?s ?p ?o } { SELECT * { ?s ?p ?o } }", "application/n-triples"),
        ("BASE <x:> DESCRIBE<a>", "application/n-triples"),
        ("nothing of the kind", "application/sparql-results+json"),
    ],
)
def test_what_is_asked_for_first(query: str, first: str) -> None:
    assert accept(query).split(",")[0] == first


def test_nobody_there() -> None:
    with pytest.raises(EndpointError, match="check --read-from"):
        Remote("http://127.0.0.1:9/", 5, 1_000_000)


# --- pages over another engine ----------------------------------------------------------------------------------------


def test_virtuoso_states_the_same_of_a_list(store: Store, by_virtuoso: Remote) -> None:
    subjects = sorted({quad.subject.value for quad in store})
    for kind in ("task", "tie", "body"):
        some = [iri for iri in subjects if f"/id/{kind}/" in iri][:60]
        ours = {str(triple) for triple in statements(store, some)}
        assert {str(triple) for triple in statements(cast(Store, by_virtuoso), some)} == ours
        assert len(ours) > 300


PAGES = (
    "/",
    "/plan/ln-2016-revitalisation",
    "/tasks?year=2016&body=210000/czt",
    "/task/ln-2016-revitalisation/2016-057",
    "/body/210000/czt",
    "/place/210100",
    "/documents",
    "/document/fagaizhenxing-2016-1772",
    "/network.json",
    "/tie/all/210000.czt/210000.fgw",
    "/ledger",
    "/search?q=财政",
    "/query/tasks-by-body.csv",
    "/body/210000/czt.ttl",
    "/task/ln-2016-revitalisation/2016-057.jsonld",
    "/tasks.ttl?body=210000/czt",
    "/network.jsonld?q=0.05",
    "/query/plans.ttl",
)


def test_pages_over_another_engine_are_the_same(built: Path, served: Served, by_oxigraph: Remote) -> None:
    with serving(built, "--read-from", by_oxigraph.endpoint) as one:
        for address in PAGES:
            theirs, ours = (
                each.client.get(address, headers={"accept": "text/html, */*;q=0.1"}) for each in (one, served)
            )
            assert theirs.status_code == ours.status_code == 200, address
            assert plain(theirs.text) == plain(ours.text), address
        assert one.value("SELECT (COUNT(*) AS ?n) { ?s a ?c }") == served.value("SELECT (COUNT(*) AS ?n) { ?s a ?c }")
        assert one.client.get("/dump.nq").status_code == 404  # it is there


def plain(page: str) -> str:
    """Take away what names the build."""
    return re.sub(r"\b\d+\.\d+\.\d+-[0-9a-f]{12}\b", "BUILD", page)
