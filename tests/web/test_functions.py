"""Full-text search in SPARQL: pg-fn:matches and pg-fn:score, asked over HTTP."""

from __future__ import annotations

import pytest

from .conftest import Served

HEAD = """PREFIX pg-fn: <https://w3id.org/plan-graph/fn#> PREFIX pg: <https://w3id.org/plan-graph/ns#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> """


def column(served: Served, query: str, name: str) -> list[str]:
    answer = served.query(HEAD + query)
    assert answer.status_code == 200, answer.text
    return [row[name]["value"] for row in answer.json()["results"]["bindings"]]


def value(served: Served, expression: str) -> str | None:
    """Give what an expression comes to, or nothing for an error."""
    (row,) = served.query(f"{HEAD} SELECT ?v {{ BIND ({expression} AS ?v) }}").json()["results"]["bindings"]
    return row["v"]["value"] if row else None


def test_tasks_by_words_are_those_of_the_search(served: Served) -> None:
    query = """SELECT ?id { ?task a pg:Task ; dcterms:identifier ?id . FILTER (pg-fn:matches(?task, "省財政廳 补贴"))
               BIND (pg-fn:score(?task, "省财政厅 补贴") AS ?score) } ORDER BY DESC(?score)"""
    found = served.client.get("/search.json", params={"q": "省财政厅 补贴", "kind": "task"}).json()
    assert column(served, query, "id") == [one["name"] for one in found["results"]]
    assert found["total"] == 3


def test_a_phrase_is_the_letters_as_they_stand(served: Served) -> None:
    words = """SELECT ?id { ?task a pg:Task ; dcterms:identifier ?id ; dcterms:description ?text .
               FILTER (pg-fn:matches(?task, '"水利工程"')) } ORDER BY ?id"""
    letters = words.replace("pg-fn:matches(?task, '\"水利工程\"')", 'CONTAINS(?text, "水利工程")')
    assert column(served, words, "id") == column(served, letters, "id") != []


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('pg-fn:matches("推进农业补贴", "农业 补贴")', "true"),
        ('pg-fn:matches("推进农业补贴"@zh, "農業")', "true"),
        ('pg-fn:matches("推进对外交流", "外交")', "false"),
        ('pg-fn:matches("推进对外交流", \'"外交"\')', "true"),
        ('pg-fn:matches("水", "水")', "true"),
        ('pg-fn:matches(2016, "2016")', "true"),
        ('pg-fn:matches("水", "")', "false"),
        ('pg-fn:matches("水", "。，")', "false"),
        ('pg-fn:matches("水", "\\"")', "false"),
        ('pg-fn:matches(<https://example.org/none>, "水")', "false"),
        ('pg-fn:score(<https://example.org/none>, "水")', "0"),
        ('DATATYPE(pg-fn:score("水", "水")) = xsd:double && pg-fn:score("水", "水") > 0', "true"),
        ('pg-fn:score("水电 水", "水") > pg-fn:score("水 电 电 电 电 电 电 电 电", "水")', "true"),
        # errors: what is asked must be a text, there are two arguments
        ("pg-fn:matches(1, <https://example.org/>)", None),
        ('pg-fn:matches("水")', None),
        ('pg-fn:score("水", "水", "水")', None),
        ("pg-fn:score()", None),
        ('pg-fn:matches(BNODE(), "水")', None),
        ('pg-fn:nothing("水", "水")', None),
    ],
)
def test_values(served: Served, expression: str, expected: str | None) -> None:
    if "pg-fn:nothing" in expression:
        assert served.query(f"{HEAD} SELECT ?v {{ BIND ({expression} AS ?v) }}").status_code in (200, 400)
        return
    assert value(served, expression) == expected


def test_no_file_and_no_time_is_lost_to_a_hostile_query(served: Served) -> None:
    """A question as long as a query may be; texts that differ in every row."""
    long = "水" * 40_000
    assert value(served, f'pg-fn:matches("{long}", "{long}")') == "true"
    query = """SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t a pg:Task
               FILTER (pg-fn:matches(CONCAT(STR(?s), STR(?t), STR(RAND())), STR(?s))) }"""
    assert served.query(HEAD + query).status_code in (200, 503, 504)
    assert value(served, 'pg-fn:matches("水", "水")') == "true"


def test_the_service_says_which_functions_it_has(served: Served) -> None:
    described = served.client.get("/sparql", headers={"accept": "application/n-triples"}).text
    said = "<http://www.w3.org/ns/sparql-service-description#extensionFunction> <https://w3id.org/plan-graph/fn#{}>"
    assert all(said.format(name) in described for name in ("matches", "score"))
