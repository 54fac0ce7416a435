"""Lists as RDF: exactly the resources that the page lists, with what the graph states of each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from plan_graph.web.listed import listed
from plan_graph.web.representation import RDF

from .conftest import Served, serving

BASE = "https://w3id.org/plan-graph/id/"
LABELS = {
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
}
PARTICIPATION = "http://data.europa.eu/m8g/hasParticipation"
COMPARED = "/compare.{}?a=210000/czt&b=210000/fgw"
# address → column of its CSV that names what is listed, and what stands before that in the IRI
LISTS = {
    "/tasks.{}": ("task", ""),
    "/tasks.{}?year=2017&theme=innovation&sort=deadline": ("task", ""),
    "/bodies.{}?kind=department": ("id", f"{BASE}body/"),
    "/places.{}?level=prefecture": ("key", f"{BASE}place/"),
    "/themes.{}": ("key", f"{BASE}theme/"),
    "/plans.{}": ("plan", ""),
    "/documents.{}?relation=produces": ("document", ""),
    "/search.{}?q=港口": ("resource", ""),
    "/query/tasks.{}?year=2018": ("task", ""),
}


def read(content: bytes, form: str) -> set[str]:
    known = {
        "ttl": RdfFormat.TURTLE,
        "jsonld": RdfFormat.JSON_LD,
        "nt": RdfFormat.N_TRIPLES,
        "rdf": RdfFormat.RDF_XML,
    }
    return {str(quad.triple) for quad in parse(content, known[form])}


def expected(store: Store, iris: Iterable[str]) -> set[str]:
    """Say what a list of resources states: all of each, all of its participations, names of what it links to."""
    made = set()
    for iri in iris:
        for quad in store.quads_for_pattern(NamedNode(iri), None, None, None):
            made.add(str(quad.triple))
            if isinstance(quad.object, NamedNode):
                for near in store.quads_for_pattern(quad.object, None, None, None):
                    if quad.predicate.value == PARTICIPATION or near.predicate.value in LABELS:
                        made.add(str(near.triple))
    return made


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    made = Store()
    made.bulk_load(path=str(built / "graph.nq"), format=RdfFormat.N_QUADS)
    return made


@pytest.mark.parametrize("form", RDF)
@pytest.mark.parametrize("address", LISTS)
def test_a_list_as_rdf_is_of_what_it_lists(served: Served, store: Store, address: str, form: str) -> None:
    column, before = LISTS[address]
    table = csv.DictReader(io.StringIO(served.client.get(address.format("csv")).text))
    iris = {before + row[column] for row in table}
    assert iris
    answer = served.client.get(address.format(form))
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == RDF[form]
    assert read(answer.content, form) == expected(store, iris)
    assert "plan-graph-truncated" not in answer.headers
    assert served.client.get(address.format(form)).content == answer.content


def ties(store: Store, period: str, kind: str = "tie") -> set[str]:
    begins = f"{BASE}{kind}/{period}/"
    return {quad.subject.value for quad in store if getattr(quad.subject, "value", "").startswith(begins)}


def test_a_network_is_its_bodies_and_ties(served: Served, store: Store) -> None:
    nodes = csv.DictReader(io.StringIO(served.client.get("/network.csv?list=nodes&year=2016").text))
    bodies = {f"{BASE}body/{row['body']}" for row in nodes}
    wanted = expected(store, bodies | ties(store, "2016"))
    assert read(served.client.get("/network.ttl?year=2016").content, "ttl") == wanted
    assert read(served.client.get("/overlap.nt?year=2016&value=ratio").content, "nt") == wanted
    directed = served.client.get("/network.nt?layer=lead-support").text
    assert ties(store, "all", "directed-tie") == {
        line.split(">")[0][1:] for line in directed.splitlines() if line.startswith(f"<{BASE}directed-tie/")
    }


def test_a_network_of_chosen_tasks_has_no_ties_of_the_graph(served: Served) -> None:
    found = served.client.get("/network.nt?theme=着力鼓励创新创业").text
    assert f"<{BASE}body/210000/kjt>" in found
    assert f"<{BASE}tie/" not in found


def test_two_bodies_are_told_with_what_they_share(served: Served, store: Store) -> None:
    shared = csv.DictReader(io.StringIO(served.client.get(COMPARED.format("csv")).text))
    iris = {row["task"] for row in shared} | {f"{BASE}body/210000/{one}" for one in ("czt", "fgw")}
    iris |= {f"{BASE}tie/{period}/210000.czt/210000.fgw" for period in ("all", 2016, 2017, 2018)}
    assert read(served.client.get(COMPARED.format("nt")).content, "nt") == expected(store, iris)


def test_two_years_are_told_by_who_came_and_went_and_which_ties_stayed(served: Served) -> None:
    listing = served.client.get("/compare-years.json?from=2016&to=2018").json()["sections"]
    found = served.client.get("/compare-years.nt?from=2016&to=2018").text
    subjects = {line.split(">")[0][1:] for line in found.splitlines()}
    for row in listing["bodies"]:
        assert f"{BASE}body/{row['id']}" in subjects
    for row in listing["ties"]:
        pair = "/".join(one.replace("/", ".") for one in (row["a"], row["b"]))
        assert {f"{BASE}tie/{year}/{pair}" for year in (2016, 2018)} <= subjects
    assert len([one for one in subjects if one.startswith(f"{BASE}tie/")]) == 2 * len(listing["ties"])


@pytest.mark.parametrize("path", ["/tasks", "/bodies", "/places", "/themes", "/plans", "/documents", "/network"])
@pytest.mark.parametrize("suffix", RDF)
def test_accept_gives_what_the_suffix_gives(served: Served, path: str, suffix: str) -> None:
    by_accept = served.client.get(f"{path}?year=2016", headers={"accept": RDF[suffix]})
    by_suffix = served.client.get(f"{path}.{suffix}?year=2016")
    assert by_accept.status_code == by_suffix.status_code == 200
    assert by_accept.content == by_suffix.content
    assert by_accept.headers["content-location"] == f"{path}.{suffix}?year=2016"


@pytest.mark.parametrize(
    ("page", "accept", "to"),
    [
        ("/", "text/turtle", "/void.ttl"),
        ("/", "application/ld+json", "/void.jsonld"),
        ("/ledger?plan=ln-2016-revitalisation", "text/csv", "/query/ledger.csv?plan=ln-2016-revitalisation"),
        ("/ledger", "text/turtle", "/query/ledger.ttl"),
    ],
)
def test_what_is_data_elsewhere_is_led_to(served: Served, page: str, accept: str, to: str) -> None:
    sent = served.client.get(page, headers={"accept": accept})
    assert (sent.status_code, sent.headers["location"], sent.headers["vary"]) == (303, to, "Accept")
    found = served.client.get(to)
    assert (found.status_code, found.headers["content-type"].partition(";")[0]) == (200, accept)
    refused = served.client.get(page, headers={"accept": "image/png"})
    assert refused.status_code == 406
    assert f"<{to.partition('.')[0]}." in refused.headers["link"]


PAGES = {
    "/": "/tasks.{}",
    "/tasks?year=2016": "/tasks.{}?year=2016",
    "/bodies": "/bodies.{}",
    "/places": "/places.{}",
    "/themes": "/themes.{}",
    "/plans": "/plans.{}",
    "/documents?relation=cites": "/documents.{}?relation=cites",
    "/network?year=2016": "/network.{}?year=2016",
    "/overlap?value=expected": "/overlap.{}?value=expected",
    COMPARED.replace(".{}", ""): "/compare.{}?a=210000%2Fczt&amp;b=210000%2Ffgw",
    "/compare-years": "/compare-years.{}",
    "/search?q=港口": "/search.{}?q=%E6%B8%AF%E5%8F%A3",
    "/ledger": "/query/ledger.{}",
    "/query/tasks?year=2016": "/query/tasks.{}?year=2016",
    "/plan/ln-2016-revitalisation": None,
    "/document/ln-2016-revitalisation": None,
    "/task/ln-2016-revitalisation/2016-057": None,
    "/body/210000/czt": None,
    "/place/210100": None,
    "/theme/innovation": None,
    "/tie/all/210000.czt/210000.fgw": None,
    "/ns": None,
}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_offers_its_downloads(served: Served, page: str) -> None:
    content = served.client.get(page, headers={"accept": "text/html"}).text
    offered = content[content.index('class="downloads"') :]
    offered = offered[: offered.index("</ul>")]
    for form, label in (("csv", "CSV"), ("xlsx", "Excel"), ("ttl", "Turtle"), ("jsonld", "JSON-LD")):
        assert f">{label}</a>" in offered
        if address := PAGES[page]:
            assert f'href="{address.format(form)}"' in offered
    for address in {part.split('"')[0].replace("&amp;", "&") for part in offered.split('href="')[1:]}:
        assert served.client.get(address).status_code == 200, address


def test_each_question_that_needs_no_answer_first_offers_its_downloads(served: Served) -> None:
    content = served.client.get("/queries", headers={"accept": "text/html"}).text
    offered = {link for link in re.findall(r'href="(/query/[^"]+)"', content) if "." in link}
    names = {link.partition(".")[0] for link in offered}
    assert len(names) > 30
    assert offered == {f"{name}.{form}" for name in names for form in ("csv", "xlsx", "ttl", "jsonld")}
    assert len(content.encode()) < 100_000
    for address in sorted(offered):
        assert served.client.get(address).status_code == 200, address


def test_the_vocabulary_is_a_table_too(served: Served) -> None:
    rows = list(csv.DictReader(io.StringIO(served.client.get("/ns.csv").text)))
    page = served.client.get("/ns", headers={"accept": "text/html"}).text
    assert len(rows) > 50
    assert all(f'id="{row["term"]}"' in page and row["label"] and row["commentEn"] for row in rows)
    task = next(row for row in rows if row["term"] == "leadBy")
    assert (task["kind"], task["iri"]) == ("ObjectProperty", "https://w3id.org/plan-graph/ns#leadBy")
    by_accept = served.client.get("/ns", headers={"accept": "text/csv"})
    assert by_accept.content == served.client.get("/ns.csv").content


def test_nothing_that_fits_is_an_empty_document(served: Served) -> None:
    answer = served.client.get("/tasks.ttl?year=1999")
    assert (answer.status_code, answer.text.strip()) == (200, "")
    assert served.client.get("/tasks.jsonld?year=1999").json()["@graph"] == []


def test_a_list_beyond_the_limit_is_refused_and_not_cut(built: Path) -> None:
    with serving(built, "--max-rows", "500") as one:
        for address in ("/tasks.nt", "/network.ttl", "/query/tasks.jsonld", "/search.nt?q=企业"):
            answer = one.client.get(address, headers={"accept": "text/plain"})
            assert (answer.status_code, "500" in answer.text, "dump.nq.gz" in answer.text) == (400, True, True), address
        assert len(one.client.get("/tasks.nt?body=210000/czt&year=2018&theme=innovation").text.splitlines()) <= 500


def test_a_form_there_is_not_is_said_in_words(served: Served) -> None:
    answer = served.client.get("/network.doc", headers={"accept": "text/plain"})
    assert answer.status_code == 404
    assert all(form in answer.text for form in ("graphml", "csv", "ttl"))


def test_what_is_no_iri_is_left_out(store: Store) -> None:
    site = SimpleNamespace(store=store, limits=SimpleNamespace(max_rows=10, max_bytes=1 << 20))
    assert listed(site, ["no iri", f"{BASE}nothing/here"], "nt")[0] == b""  # type: ignore[arg-type]
