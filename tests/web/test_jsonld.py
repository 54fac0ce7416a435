"""Compact JSON-LD: whatever is written reads back as the same triples, by two programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from plan_graph.graph.statements.service import SERVICE_PREFIXES
from plan_graph.graph.store import open_store
from plan_graph.iri import PG, PREFIXES
from plan_graph.resources import resource
from plan_graph.web.jsonld import Terms, compact, terms
from plan_graph.web.shipped import triples

from .conftest import Served

TASK = "https://w3id.org/plan-graph/id/task/ln-2016-revitalisation/2016-057"
XSD = "http://www.w3.org/2001/XMLSchema#"
EXAMPLES = "SELECT (SAMPLE(?s) AS ?one) { ?s a ?class } GROUP BY ?class ORDER BY ?class"


@pytest.fixture(scope="module")
def known() -> Terms:
    ontology = Store()
    ontology.bulk_load(path=str(resource("ontology", "plan-graph.ttl")), format=RdfFormat.TURTLE)
    return terms(ontology, SERVICE_PREFIXES)


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    return open_store(built)


def read(document: bytes) -> set[Triple]:
    return {quad.triple for quad in parse(document, RdfFormat.JSON_LD)}


def test_every_resource_of_the_build_reads_back(store: Store, known: Terms) -> None:
    every = {quad.triple for quad in store}
    assert read(compact(every, known)) == every


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own, in its reader
def test_another_program_reads_a_resource_of_each_class_alike(store: Store, known: Terms) -> None:
    answer: Any = store.query(EXAMPLES, use_default_graph_as_union=True)
    ones = [row[0].value for row in answer]
    assert len(ones) > 15
    for iri in ones:
        wanted = rdflib.Graph()
        for triple in (described := triples(store, "description", resource=iri)):
            wanted.parse(data=f"{triple} .", format="nt")
        found = rdflib.Graph().parse(data=compact(described, known, iri), format="json-ld")
        assert set(found) == set(wanted), iri


names = st.sampled_from(["leads", "year", "Task", "supports", "order", "nothing", "a-b", "1x", "", "x/y", "中"])
iris = st.builds(
    lambda start, name: NamedNode(start + name),
    st.sampled_from(
        [PG.namespace, PREFIXES["skos"], PREFIXES["schema"], "schema:", "org:", "urn:x:", "https://x.example/"]
    ),
    names,
)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6)
literals = (
    st.builds(Literal, texts)
    | st.builds(lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(["zh", "en", "zh-hans"]))
    | st.builds(
        lambda text, kind: Literal(text, datatype=kind),
        texts | st.sampled_from(["1", "-0", "007", "+1", "1.0", "true", "1e3", "12345678901234567890", "2016"]),
        st.sampled_from(
            [NamedNode(XSD + one) for one in ("integer", "boolean", "decimal", "double", "gYear", "string")]
        )
        | iris,
    )
)


@settings(deadline=None, max_examples=300)
@given(made=st.sets(st.builds(Triple, iris, iris, iris | literals), max_size=6))
def test_whatever_is_written_reads_back(made: set[Triple], known: Terms) -> None:
    document = compact(made, known)
    assert read(document) == made
    assert compact(sorted(made, key=hash), known) == document


def test_a_document_is_short_and_says_what_its_names_are(served: Served) -> None:
    answer = served.client.get(f"/task/{TASK.partition('/task/')[2]}.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    made = answer.json()
    node = made["@graph"][0]
    assert node["@id"] == TASK
    assert "Task" in node["@type"]
    assert isinstance(node["year"], str | int)
    whole = served.client.get("/context.jsonld").json()["@context"]
    assert made["@context"].items() <= whole.items()
    assert json.dumps(node).count("http://www.w3.org") == 0
    turtle = served.client.get(f"/task/{TASK.partition('/task/')[2]}.ttl").content
    assert read(answer.content) == {quad.triple for quad in parse(turtle, RdfFormat.TURTLE)}


@pytest.mark.parametrize("address", ["/void.jsonld", "/sparql", "/ns.jsonld", "/role/lead.jsonld"])
def test_all_descriptions_are_the_same_in_both_forms(served: Served, address: str) -> None:
    found = {
        media: served.client.get(
            address if address == "/sparql" else address.replace("jsonld", suffix), headers={"accept": media}
        )
        for media, suffix in (("application/ld+json", "jsonld"), ("text/turtle", "ttl"))
    }
    turtle = {quad.triple for quad in parse(found["text/turtle"].content, RdfFormat.TURTLE)}
    assert len(turtle) > 3
    assert len(read(found["application/ld+json"].content)) == len(turtle)
