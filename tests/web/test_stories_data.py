"""Stories: a researcher goes from a body to the words of its ties and takes an answer along; a publisher takes Turtle."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import Browser, expect
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF, SKOS

from plan_graph.graph.queries import bind, find, run
from plan_graph.graph.store import open_store

from .browsing import opened
from .conftest import Served

FINANCE = "https://w3id.org/plan-graph/id/body/210000/czt"
M8G = Namespace("http://data.europa.eu/m8g/")


def test_a_researcher_goes_from_a_body_to_clauses_and_takes_an_answer_along(
    browser: Browser, served: Served, built: Path, tmp_path: Path
) -> None:
    with opened(browser, served) as page:
        page.goto("/")
        page.locator("form.search input[name=q]").fill("省财政厅")
        page.get_by_role("button", name="搜索").click()
        page.wait_for_url("**/search?q=**")
        page.get_by_role("link", name="辽宁省财政厅").click()
        page.wait_for_url("**/body/210000/czt")
        page.get_by_role("link", name="伙伴", exact=True).click()
        page.wait_for_url("**/body/210000/czt#partners")
        row = page.get_by_role("row").filter(has=page.get_by_role("link", name="省农委", exact=True)).first
        shared = row.locator("a[href^='/tie/']").first
        count = int(shared.inner_text())
        shared.click()
        page.wait_for_url("**/tie/all/210000.czt/210000.nw")
        clauses = page.locator("mark.clause, .mark.clause")
        expect(clauses).to_have_count(count)
        assert all("省财政厅" in words and "省农委" in words for words in clauses.all_inner_texts())

        page.goto("/query/body-dossier")
        page.get_by_label("机构名称").fill("省财政厅")
        page.get_by_role("button", name="问").click()
        page.wait_for_url("**/query/body-dossier?**")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="CSV", exact=True).click()
        file = tmp_path / "answer.csv"
        waiting.value.save_as(file)
    with file.open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    table = run(open_store(built), bind(find("body-dossier"), {"body": "省财政厅"}))
    assert head == list(table.columns)
    assert [row[0] for row in rows] == [row[0] for row in table.rows] != []


def test_a_publisher_takes_the_turtle_of_a_body(browser: Browser, served: Served, tmp_path: Path) -> None:
    with opened(browser, served) as page:
        page.goto("/body/210000/czt")
        assert page.locator(f"code:text-is('{FINANCE.removeprefix('https://w3id.org/plan-graph/id/body/')}')").count()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Turtle").click()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
    assert file.suffix == ".ttl"
    asked = served.client.get(FINANCE.replace("https://w3id.org/plan-graph/", "/"), headers={"accept": "text/turtle"})
    assert asked.status_code == 303
    answer = served.client.get(asked.headers["location"], headers={"accept": "text/turtle"})
    assert answer.headers["content-type"].startswith("text/turtle")
    for graph in (Graph().parse(file, format="turtle"), Graph().parse(data=answer.text, format="turtle")):
        names = {str(name) for name in graph.objects(URIRef(FINANCE), SKOS.prefLabel)}
        assert "辽宁省财政厅" in names
        assert (URIRef(FINANCE), RDF.type, M8G.PublicOrganisation) in graph
    assert file.read_bytes() == answer.content
