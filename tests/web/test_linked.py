"""Every IRI of the graph at its address: as a page and as data, by suffix and by Accept; the dataset as a whole."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import httpx
import pytest
from click.testing import CliRunner
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from rdflib import Graph
from rdflib.query import ResultRow

from plan_graph.cli import main
from plan_graph.graph.queries import named_queries, run
from plan_graph.graph.store import open_store
from plan_graph.iri import _SHAPES, DEFAULT_BASE, Base, shorten
from plan_graph.web import addresses
from plan_graph.web.representation import ANSWERS, RDF

from .conftest import Served, serving

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"  # what browsers send
READERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
NAMING = ("#prefLabel", "#label", "/title")


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    """The graph that is served, read by the test itself."""
    return open_store(built)


@pytest.fixture(scope="module")
def kinds(store: Store) -> dict[str, str]:
    """One IRI of every kind there is, the first by its text; below the namespaces of concepts too."""
    made: dict[str, str] = {}
    found = {term.value for quad in store for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
    for iri in sorted(found):
        try:
            made.setdefault(Base().parse(iri)[0], iri)
        except ValueError:
            for address, namespace in addresses.NAMESPACES.items():
                if iri.startswith(namespace):
                    made.setdefault(address, iri)
    return made


def path_of(iri: str) -> str:
    """Give the address of a resource; the fragment of a passage is encoded, for it would not be sent."""
    address = addresses.local(DEFAULT_BASE, iri)
    assert address is not None
    return address.replace("#", "%23")


def triples(content: bytes, suffix: str) -> set[Triple]:
    return {quad.triple for quad in parse(content, format=FORMATS[suffix])}


def select(graph: Graph, query: str) -> list[dict[str, str]]:
    """Give the rows of a query of rdflib, values as text."""
    prefixes = {"sd": "http://www.w3.org/ns/sparql-service-description#", "void": "http://rdfs.org/ns/void#"}
    rows = cast("list[ResultRow]", list(graph.query(query, initNs=prefixes)))
    return [{str(name): str(value) for name, value in row.asdict().items()} for row in rows]


def test_there_is_a_resource_of_every_kind(kinds: dict[str, str]) -> None:
    missing = {*_SHAPES, *addresses.NAMESPACES} - kinds.keys()
    assert missing <= {"source", "name", "revision", "revision-change"}, "kinds that the plan has none of"


def test_every_kind_of_iri_answers_in_every_form(served: Served, kinds: dict[str, str]) -> None:
    for kind, iri in kinds.items():
        path = path_of(iri)
        page = served.client.get(path, headers={"accept": HTML})
        assert (kind, page.status_code, page.headers["content-type"]) == (kind, 200, "text/html; charset=utf-8")
        data = {}
        for suffix, media in RDF.items():
            by_suffix = served.client.get(f"{path}.{suffix}")
            assert (kind, suffix, by_suffix.status_code) == (kind, suffix, 200)
            assert by_suffix.headers["content-type"].partition(";")[0] == media
            by_accept = served.client.get(path, headers={"accept": media})
            assert by_accept.content == by_suffix.content
            assert by_accept.headers["content-location"] == f"{path}.{suffix}"
            assert "content-location" not in by_suffix.headers
            assert by_accept.headers["etag"] == by_suffix.headers["etag"]
            data[suffix] = triples(by_suffix.content, suffix)
        assert data["ttl"] == data["nt"] == data["jsonld"] == data["rdf"] != set(), kind


def test_descriptions_are_what_the_graph_says(served: Served, kinds: dict[str, str], store: Store) -> None:
    for kind, iri in kinds.items():
        node = NamedNode(iri)
        out = {quad.triple for quad in store.quads_for_pattern(node, None, None)}
        into = {quad.triple for quad in store.quads_for_pattern(None, None, node)}
        answer = served.client.get(f"{path_of(iri)}.nt")
        got = triples(answer.content, "nt")
        assert out <= got, kind
        told = answer.headers.get("plan-graph-incoming")
        if told is None:
            assert into <= got, kind
        else:
            assert told == f"1000 of {len(into)}", kind
            assert len(into & got) == 1000, kind
        around = {t.object for t in out} | {t.subject for t in into}
        passages = {t.subject for t in got if str(t.predicate.value).endswith("#referenceContext")}
        declared = iri.startswith(addresses.NAMESPACES["/ns#"])  # what the ontology says of a term
        for triple in got - out - into:
            assert declared or triple.subject in passages or triple.subject in around, (kind, triple)
            assert declared or triple.subject in passages or triple.predicate.value.endswith(NAMING), (kind, triple)
            assert declared or any(store.quads_for_pattern(triple.subject, triple.predicate, triple.object)), kind


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own, when it reads JSON-LD
@pytest.mark.parametrize("suffix", RDF)
def test_rdflib_reads_every_form(served: Served, suffix: str) -> None:
    content = served.client.get(f"/place/210100.{suffix}").content
    read = Graph().parse(data=content, format=READERS[suffix])
    assert len(read) == len(triples(content, suffix)) > 20


BODY = "/body/210000/czt"
# Accept → status and type at the address of a resource, and where /id/ sends on to
NEGOTIATION = {
    "": (200, "text/html", BODY),
    "*/*": (200, "text/html", BODY),
    HTML: (200, "text/html", BODY),
    "text/html": (200, "text/html", BODY),
    "text/turtle": (200, "text/turtle", f"{BODY}.ttl"),
    "application/ld+json": (200, "application/ld+json", f"{BODY}.jsonld"),
    "application/n-triples": (200, "application/n-triples", f"{BODY}.nt"),
    "application/rdf+xml": (200, "application/rdf+xml", f"{BODY}.rdf"),
    "TEXT/TURTLE": (200, "text/turtle", f"{BODY}.ttl"),
    "application/rdf+xml;q=0.5, text/turtle;q=0.9": (200, "text/turtle", f"{BODY}.ttl"),
    "text/html;q=0.4, application/n-triples;q=0.8": (200, "application/n-triples", f"{BODY}.nt"),
    "text/turtle;q=0, application/*": (200, "application/ld+json", f"{BODY}.jsonld"),
    "text/*;q=0.3, text/html;q=0": (200, "text/turtle", f"{BODY}.ttl"),
    "application/json": (200, "application/json", BODY),
    "application/json;q=0.5, text/html;q=0.4": (200, "application/json", BODY),
    "text/csv": (200, "text/csv", BODY),
    "image/png": (406, "text/plain", None),
    "text/turtle;q=0": (406, "text/plain", None),
}


@pytest.mark.parametrize(
    "address",
    [
        "/tasks?year=2016",
        "/bodies",
        "/places",
        "/network?year=2017",
        "/overlap",
        "/compare?a=210000/czt&b=210000/fgw",
        "/task/ln-2016-revitalisation/2016-057",
        "/tie/all/210000.czt/210000.fgw",
    ],
)
def test_what_a_page_shows_is_json_for_those_who_prefer_it(served: Served, address: str) -> None:
    path, _, query = address.partition("?")
    answer = served.client.get(address, headers={"accept": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json"), answer.text
    assert answer.headers["content-location"] == f"{path}.json" + (f"?{query}" if query else "")
    assert "Accept" in answer.headers["vary"].split(", ")
    assert answer.json() == served.client.get(answer.headers["content-location"]).json()
    page = served.client.get(address, headers={"accept": "text/html, */*;q=0.1"})
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["etag"] != answer.headers["etag"]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx"])
@pytest.mark.parametrize("address", ["/tasks?year=2016", "/network", "/overlap", BODY])
def test_what_a_page_shows_is_a_table_for_those_who_prefer_it(served: Served, address: str, suffix: str) -> None:
    path, _, query = address.partition("?")
    answer = served.client.get(address, headers={"accept": f"text/html;q=0.5, {ANSWERS[suffix]}"})
    itself = served.client.get(f"{path}.{suffix}?{query}".rstrip("?"))
    assert (answer.status_code, itself.status_code) == (200, 200)
    assert answer.headers["content-location"] == f"{path}.{suffix}" + (f"?{query}" if query else "")
    assert answer.headers["content-type"] == itself.headers["content-type"]
    assert suffix == "xlsx" or answer.content == itself.content


@pytest.mark.parametrize("page", ["/tasks", "/bodies", "/network", "/queries", "/search", "/compare-years"])
def test_a_stroke_too_many_leads_to_the_list(served: Served, page: str) -> None:
    sent = served.client.get(f"{page}/?year=2016")
    assert (sent.status_code, sent.headers["location"]) == (308, f"{page}?year=2016")
    assert served.client.get(f"{page}//").status_code == 404


@pytest.mark.parametrize(("address", "offered"), [("/tasks", "text/csv"), ("/plans", "text/html"), ("/", "text/html")])
def test_what_a_page_is_not_is_said(served: Served, address: str, offered: str) -> None:
    answer = served.client.get(f"{address}?year=2016", headers={"accept": "image/png"})
    assert (answer.status_code, answer.headers["plan-graph-reason"]) == (406, "not-acceptable")
    assert offered in answer.text
    assert answer.headers.get("link", "").startswith("</tasks.json?year=2016>") == (address == "/tasks")


@pytest.mark.parametrize("accept", NEGOTIATION)
def test_accept_chooses(served: Served, accept: str) -> None:
    status, media, location = NEGOTIATION[accept]
    answer = served.client.get(BODY, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (status, media)
    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", ")) or status == 406
    sent = served.client.get(f"/id{BODY}", headers={"accept": accept})
    assert (sent.status_code, sent.headers.get("location")) == ((303 if location else 406), location)
    assert "Accept" in sent.headers["vary"]
    if status == 406:
        assert f"<{BODY}.ttl>" in answer.headers["link"]


def test_id_keeps_suffix_and_parameters(served: Served) -> None:
    assert served.client.get(f"/id{BODY}.jsonld").headers["location"] == f"{BODY}.jsonld"
    assert served.client.get(f"/id{BODY}?lang=en").headers["location"] == f"{BODY}?lang=en"
    passage = "/id/text/x.txt%23char=0,5"
    asked = served.client.get(passage, headers={"accept": "text/turtle"})
    assert asked.headers["location"] == "/text/x.txt%23char=0,5.ttl"


def test_links_lead_to_every_form(served: Served) -> None:
    for address in (BODY, f"{BODY}.ttl"):
        link = served.client.get(address, headers={"accept": HTML}).headers["link"]
        for suffix, media in RDF.items():
            assert f'<{BODY}.{suffix}>; rel="alternate describedby"; type="{media}"' in link
        assert f'<{BODY}>; rel="canonical"' in link
        assert f'<{DEFAULT_BASE}{BODY[1:]}>; rel="describes"' in link
        assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in link


@pytest.mark.parametrize("path", [BODY, f"{BODY}.ttl", "/query/tasks.csv", "/void.ttl", "/dump.nq", "/sparql"])
def test_an_answer_that_is_known_is_not_sent_again(served: Served, path: str) -> None:
    first = served.client.get(path)
    mark = first.headers["etag"]
    assert re.fullmatch(r'"[^"]+"', mark), "a strong tag"
    for sent in (mark, f'"x", {mark}', f"W/{mark}"):
        again = served.client.get(path, headers={"if-none-match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark)
    assert served.client.get(path, headers={"if-none-match": '"x"'}).status_code == 200


@pytest.mark.parametrize("path", [BODY, f"{BODY}.ttl", f"/id{BODY}", "/query/tasks.csv", "/void.ttl", "/dump.nq"])
def test_head_says_what_get_says(served: Served, path: str) -> None:
    got, head = served.client.get(path), served.client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}


@pytest.mark.parametrize(
    ("path", "accept", "media"),
    [
        ("/body/999999/none", HTML, "text/html"),
        ("/body/999999/none.ttl", "*/*", "text/turtle"),
        ("/body/999999/none", "text/turtle", "text/turtle"),
        ("/body/999999/none", "application/ld+json", "application/ld+json"),
        ("/body/999999/none.rdf", "*/*", "application/rdf+xml"),
        ("/body/999999/none.nt", "*/*", "application/n-triples"),
        ("/body/%20%3C%3E", HTML, "text/html"),
        ("/ns%23NoSuchTerm.ttl", "*/*", "text/turtle"),
        ("/query/none.csv", "application/json", "application/json"),
        ("/query/none", HTML, "text/html"),
    ],
)
def test_what_is_not_there_is_said_in_the_form_asked_for(served: Served, path: str, accept: str, media: str) -> None:
    answer = served.client.get(path, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (404, media)
    suffix = next((suffix for suffix, one in RDF.items() if one == media), None)
    if suffix:
        stated = triples(answer.content, suffix)
        assert any(t.predicate.value.endswith("#statusCodeNumber") and t.object == Literal(404) for t in stated)


def test_the_vocabulary_is_the_ontology(served: Served) -> None:
    file = Path(__file__).parents[2] / "ontology" / "plan-graph.ttl"
    stated = {quad.triple for quad in open_store(file)}
    assert triples(served.client.get("/ns", headers={"accept": "text/turtle"}).content, "ttl") == stated
    page = served.client.get("/ns", headers={"accept": HTML, "accept-language": "en"}).text
    names = {t.subject.value.partition("#")[2] for t in stated if "#" in t.subject.value}
    assert all(f'id="{name}"' in page for name in names)


def test_every_term_has_a_name_in_both_languages(store: Store) -> None:
    from plan_graph.web.terms import labels

    ontology = open_store(Path(__file__).parents[2] / "ontology" / "plan-graph.ttl")
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    used = {quad.predicate.value for quad in store}
    used |= {quad.object.value for quad in store if quad.predicate.value == kind}
    named = labels(ontology)
    assert [shorten(iri) for iri in sorted(used) if iri not in named] == []


def test_a_text_is_the_file(served: Served, built: Path) -> None:
    path = "/text/ln-2016-revitalisation.txt"
    answer = served.client.get(path)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.content == (built / path[1:]).read_bytes()
    by_suffix = served.client.get(f"{path}.txt", headers={"accept": HTML})
    assert (by_suffix.headers["content-type"], by_suffix.content) == ("text/plain; charset=utf-8", answer.content)
    assert f'href="{path}.txt"' in served.client.get(path, headers={"accept": HTML}).text
    part = served.client.get(path, headers={"range": "bytes=0-99"})
    assert (part.status_code, part.content) == (206, answer.content[:100])
    assert served.client.get(path, headers={"accept": HTML}).headers["content-type"] == "text/html; charset=utf-8"
    assert served.client.get("/text/..%2Freport.json").status_code == 404


# --- another graph ----------------------------------------------------------------------------------------------------

ELSEWHERE = "https://example.org/项目/"
ODD = {
    "caf%C3%A9": "caf%C3%A9",
    "中文": "%E4%B8%AD%E6%96%87",
    "a/b%2Fc": "a/b%2Fc",
    "q?x=1": "q%3Fx=1",
    "it's(1)": "it's(1)",
    "notes.ttl": "notes.ttl",
}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A graph of other IRIs with blank nodes, and an earlier build of it that had one resource more."""
    folder = tmp_path_factory.mktemp("elsewhere")
    base = "https://example.org/id/"
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    made = Store()
    for name in ODD:
        made.add(Quad(NamedNode(base + name), label, Literal(name)))
    one, two = BlankNode("one"), BlankNode("two")
    made.add(Quad(NamedNode(base + "deep"), NamedNode(base + "has"), one))
    made.add(Quad(one, NamedNode(base + "has"), two))
    made.add(Quad(two, label, Literal("<script>alert(1)</script>")))
    made.add(Quad(NamedNode(base + "deep"), label, Literal("<script>alert(1)</script>")))
    called = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    made.add(Quad(NamedNode(base + "body/210000/new"), called, Literal("某办公室", language="zh")))
    made.dump(str(folder / "now.nq"), format=RdfFormat.N_QUADS)
    made.add(Quad(NamedNode(base + "body/210000/old"), called, Literal("某办公室", language="zh")))
    made.add(Quad(NamedNode(base + "gone"), label, Literal("was here")))
    made.dump(str(folder / "before.nq"), format=RdfFormat.N_QUADS)
    with serving(folder / "now.nq", "--base", base, "--licence", "", "--earlier", str(folder / "before.nq")) as served:
        yield served


@pytest.mark.parametrize("name", ODD)
def test_names_with_odd_characters(elsewhere: Served, name: str) -> None:
    for address in (f"/{ODD[name]}", f"/id/{ODD[name]}"):
        answer = elsewhere.client.get(address, headers={"accept": "application/n-triples"}, follow_redirects=True)
        form = "ttl" if name.endswith(".ttl") else "nt"  # a name that ends like a form is read as that form
        (triple,) = triples(answer.content, form)
        assert triple.object == Literal(name)
    page = elsewhere.client.get(f"/{ODD[name]}.ttl" if name == "notes.ttl" else f"/{ODD[name]}")
    assert page.status_code == 200


def test_blank_nodes_are_followed(elsewhere: Served) -> None:
    got = triples(elsewhere.client.get("/deep.nt").content, "nt")
    assert len(got) == 4


def test_what_a_graph_says_stays_text(elsewhere: Served) -> None:
    page = elsewhere.client.get("/deep", headers={"accept": HTML}).text
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("path", "accept", "media"),
    [("/gone", HTML, "text/html"), ("/gone.ttl", "*/*", "text/turtle"), ("/gone", "application/json", None)],
)
def test_what_an_earlier_build_had_is_gone(elsewhere: Served, path: str, accept: str, media: str | None) -> None:
    answer = elsewhere.client.get(path, headers={"accept": accept})
    if media is None:
        assert answer.status_code == 406
        return
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (410, media)


@pytest.mark.parametrize(
    ("suffix", "accept", "said"),
    [
        ("", HTML, '<a href="/body/210000/new">某办公室</a>'),
        ("", "application/json", '"replaced_by": ["https://example.org/id/body/210000/new"]'),
        (
            ".nt",
            "*/*",
            "<https://example.org/id/body/210000/old> <http://purl.org/dc/terms/isReplacedBy> "
            "<https://example.org/id/body/210000/new>",
        ),
    ],
)
def test_what_took_the_place_of_what_is_gone_is_said(elsewhere: Served, suffix: str, accept: str, said: str) -> None:
    answer = elsewhere.client.get(f"/body/210000/old{suffix}", headers={"accept": accept})
    assert answer.status_code == 410
    assert said in answer.text
    assert answer.headers["link"] == '</body/210000/new>; rel="successor-version"'


def test_without_a_licence_none_is_named(elsewhere: Served) -> None:
    assert "license" not in elsewhere.client.get("/deep.ttl").headers["link"]


def test_files_of_pages_are_no_resources(served: Served) -> None:
    answer = served.client.get("/task/ln-2016-revitalisation/2016-057.csv", headers={"accept": "text/csv"})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/csv")


def test_another_endpoint_answers_alike(served: Served, built: Path) -> None:
    with serving(built, "--read-from", f"{served.url}sparql") as remote:
        for path in (
            "/place/210100.nt",
            "/ns%23Task.nt",
            "/role/lead.nt",
            "/query/tasks-by-year.csv",
            "/query/plans.srj",
        ):
            assert remote.client.get(path).content == served.client.get(path).content, path
        for path in ("/place/210100", "/query/plans", "/sparql", "/queries"):
            assert remote.client.get(path, headers={"accept": HTML}).status_code == 200, path
        assert remote.client.get("/none.ttl").status_code == 404
        assert remote.client.get("/dump.nq").status_code == 404
        here, there = (
            {
                triple.object
                for triple in triples(one.client.get("/void.ttl").content, "ttl")
                if "#triples" in str(triple)
            }
            for one in (served, remote)
        )
        assert here == there


# --- named queries ----------------------------------------------------------------------------------------------------

QUERIES = named_queries()


def parameters(name: str) -> dict[str, str]:
    """Give the values that a query cannot do without, by the examples of its head."""
    made = {}
    for one in QUERIES[name].parameters:
        if one.required:
            example = re.search(r"\(([^()]+)\)\s*$", one.en)
            assert example or one.kind == "iri", f"{name} has no example of {one.name}"
            made[one.name] = example[1] if example else f"{DEFAULT_BASE}task/ln-2016-revitalisation/2016-057"
    return made


@pytest.mark.parametrize("name", QUERIES)
def test_every_named_query_answers_in_every_form(served: Served, name: str, store: Store) -> None:
    values = parameters(name)
    counts = set()
    for form, media in ANSWERS.items():
        answer = served.client.get(f"/query/{name}.{form}", params=values)
        assert (form, answer.status_code) == (form, 200), answer.text[:300]
        assert answer.headers["content-type"].partition(";")[0] == media
        if "plan-graph-rows" in answer.headers:
            counts.add(int(answer.headers["plan-graph-rows"]))
        if form == "rq":
            assert len(run(store, answer.text).rows) in counts
    assert len(counts) == 1
    page = served.client.get(f"/query/{name}", params=values, headers={"accept": HTML, "accept-language": "en"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    total = counts.pop()
    assert (f"{total:,} rows" in page.text) == bool(total)


@pytest.mark.parametrize("media", ANSWERS.values())
def test_a_named_query_is_negotiated_too(served: Served, media: str) -> None:
    answer = served.client.get("/query/plans", headers={"accept": media})
    suffix = next(suffix for suffix, one in ANSWERS.items() if one == media)
    assert answer.headers["content-location"] == f"/query/plans.{suffix}"
    assert answer.content == served.client.get(f"/query/plans.{suffix}").content


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/query/tasks.csv?foo=1", "takes no parameter 'foo'"),
        ("/query/tasks?foo=1", "takes no parameter 'foo'"),
        ("/query/tasks.csv?year=abc", "is not of type year"),
        ("/query/tasks.csv?year=2016&year=2017", "given twice"),
        ("/query/body-dossier.csv", "needs the parameter body"),
        ("/query/tasks?page=0", "no number of a page"),
    ],
)
def test_parameters_that_cannot_be_used(served: Served, path: str, said: str) -> None:
    answer = served.client.get(path)
    assert answer.status_code == 400
    assert said in answer.text.splitlines()[0]


def test_a_query_page_asks_for_what_is_missing(served: Served) -> None:
    page = served.client.get("/query/body-dossier", headers={"accept": HTML, "accept-language": "en"})
    assert page.status_code == 200
    assert "Fill in what is marked" in page.text


@pytest.mark.parametrize(
    ("name", "values", "form", "bom"),
    [
        ("tasks", {"year": "2016"}, "csv", True),
        ("body-dossier", {"body": "省财政厅"}, "csv", False),
        ("tasks-by-body", {}, "json", False),
        ("tasks", {"year": "2016"}, "xlsx", False),
    ],
)
def test_the_bytes_are_those_of_the_command_line(
    served: Served, built: Path, name: str, values: dict[str, str], form: str, bom: bool
) -> None:
    given = [part for key, value in values.items() for part in ("--param", f"{key}={value}")]
    command = ["query", name, "--graph", str(built), "--format", form, *given, *(["--bom"] if bom else [])]
    made = CliRunner().invoke(main, command, env={"PLAN_GRAPH_LANG": "both"})
    assert made.exit_code == 0
    got = served.client.get(f"/query/{name}.{form}", params={**values, "bom": "1" if bom else ""})
    assert got.content == made.stdout_bytes
    assert len(got.content) > 1000


def test_csv_for_excel_runs_nothing(served: Served) -> None:
    plain = served.client.get("/query/tasks.csv?year=2016").content
    excel = served.client.get("/query/tasks.csv?year=2016&bom=1").content
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert excel == b"\xef\xbb\xbf" + plain, "no cell of these begins like a formula"


def test_queries_are_listed(served: Served) -> None:
    page = served.client.get("/queries", headers={"accept": HTML}).text
    assert [name for name in QUERIES if f'href="/query/{name}"' not in page] == []


# --- the dataset as a whole -------------------------------------------------------------------------------------------


def test_the_dump_is_the_graph(served: Served, built: Path) -> None:
    content = (built / "graph.nq").read_bytes()
    answer = served.client.get("/dump.nq")
    assert (answer.headers["content-type"], answer.content) == ("application/n-quads", content)
    part = served.client.get("/dump.nq", headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(content)}"
    fresh = served.client.get("/dump.nq", headers={"range": "bytes=0-9", "if-range": answer.headers["etag"]})
    assert fresh.status_code == 206
    other = served.client.get("/dump.nq", headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert (other.status_code, other.content) == (200, content)
    assert gzip.decompress(served.client.get("/dump.nq.gz").content) == content


@pytest.mark.parametrize("path", ["/.well-known/void", "/void", "/void.ttl"])
def test_void_is_true(served: Served, path: str, store: Store) -> None:
    answer = served.client.get(path)
    assert answer.headers["content-type"].partition(";")[0] == "text/turtle"
    void = Graph().parse(data=answer.text, format="turtle")
    triples_of = {(q.subject, q.predicate, q.object) for q in store}
    (row,) = select(
        void,
        """SELECT * WHERE {
          ?d void:triples ?triples ; void:distinctSubjects ?subjects ; void:distinctObjects ?objects ;
            void:sparqlEndpoint ?endpoint ; void:dataDump ?dump ; void:uriSpace ?space ; void:properties ?properties
          FILTER (STRENDS(STR(?dump), ".nq")) }""",
    )
    assert int(row["triples"]) == len(triples_of)
    assert int(row["subjects"]) == len({one[0] for one in triples_of})
    assert int(row["objects"]) == len({one[2] for one in triples_of})
    assert int(row["properties"]) == len({one[1] for one in triples_of})
    assert (row["endpoint"], row["dump"]) == (f"{served.url}sparql", f"{served.url}dump.nq")
    assert row["space"] == DEFAULT_BASE
    parts = select(void, "SELECT ?p ?n WHERE { ?part void:property ?p ; void:triples ?n }")
    assert {part["p"]: int(part["n"]) for part in parts} == Counter(one[1].value for one in triples_of)
    for found in select(void, "SELECT ?e WHERE { ?d void:exampleResource ?e }"):
        assert served.client.get(path_of(found["e"])).status_code == 200


def test_the_service_description_is_true(served: Served, store: Store) -> None:
    answer = served.client.get("/sparql")
    assert answer.headers["content-type"].partition(";")[0] == "text/turtle"
    said = Graph().parse(data=answer.text, format="turtle")
    named = select(said, "SELECT ?n ?t WHERE { ?g a sd:NamedGraph ; sd:name ?n ; sd:graph/void:triples ?t }")
    assert {row["n"]: int(row["t"]) for row in named} == {
        str(graph.value): sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
        for graph in store.named_graphs()
    }
    (row,) = select(said, "SELECT ?e ?t WHERE { ?s sd:endpoint ?e . ?d sd:defaultGraph/void:triples ?t }")
    assert row["e"] == f"{served.url}sparql"
    for function in select(said, "SELECT ?f WHERE { ?s sd:extensionFunction ?f }"):
        assert served.query(f"ASK {{ BIND (<{function['f']}>(1, 1) AS ?x) }}").status_code == 200
    assert int(row["t"]) == len({quad.triple for quad in store})
    assert served.client.get("/sparql", headers={"accept": "application/sparql-results+json"}).status_code == 400


def test_words_to_complete_are_those_of_the_data(served: Served, store: Store) -> None:
    words = json.loads(served.client.get("/sparql/vocabulary.json").content)
    properties = {term["iri"] for term in words["terms"] if term["kind"] == "property"}
    assert properties == {quad.predicate.value for quad in store}
    assert all(term["zh"] and term["en"] for term in words["terms"] if term["kind"] in ("class", "property"))


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("SELECT ?s WHERE { ?s a ?c } LIMIT 3", 200, "3 rows"),
        ("ASK { ?s ?p ?o }", 200, "Yes"),
        ("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 2", 200, "2 rows"),
        ("SELECT ?s WHERE { ?s a <x:none> }", 200, "No results"),
        ("SELECT ?s WHERE {\n  ?s ?p }", 400, 'data-line="2" data-column="10"'),
        ("SELECT * WHERE { SERVICE <http://x/> { ?s ?p ?o } }", 400, 'data-line="1" data-column="18"'),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_answers_have_pages(served: Served, query: str, status: int, said: str, method: str) -> None:
    where = {"params": {"query": query}} if method == "GET" else {"data": {"query": query}}
    headers = {"accept": HTML, "accept-language": "en"}
    answer: httpx.Response = served.client.request(method, "/sparql", headers=headers, **where)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert said in answer.text
