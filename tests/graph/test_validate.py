"""Validation reports, and the shapes of others on our graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Graph, URIRef
from rdflib.namespace import FOAF, RDF

from plan_graph.graph.store import read_quads
from plan_graph.graph.validate import as_html, as_json, as_text, to_rdflib, validate
from plan_graph.iri import M8G, PG


@pytest.fixture(scope="module")
def data(built: Path) -> Graph:
    return to_rdflib(read_quads(built))


def test_the_build_conforms(data: Graph) -> None:
    report = validate(data)
    assert report.conforms
    assert report.findings == ()
    assert report.triples == len(data) > 30_000


def test_the_conversion_keeps_every_triple(built: Path, data: Graph) -> None:
    parsed = Graph()
    for line in (built / "graph.nq").read_text(encoding="utf-8").splitlines():
        assert line.endswith("> .")
    triples = "".join(
        line.rsplit(" <", 1)[0] + " .\n" for line in (built / "graph.nq").read_text(encoding="utf-8").splitlines()
    )
    parsed.parse(data=triples, format="nt")
    assert set(parsed) == set(data)


def test_a_finding_quotes_the_clause(built: Path) -> None:
    kept = [
        q for q in read_quads(built) if not (q.predicate == PG.roleAsWritten and "2016-041/lead-2" in str(q.subject))
    ]
    report = validate(to_rdflib(kept))
    assert not report.conforms
    (finding,) = report.findings
    assert finding.zh and finding.en and finding.zh != finding.en
    assert "大连市人民政府" in finding.quote
    assert finding.focus.endswith("2016-041/lead-2")
    for text in (as_text(report), as_json(report), as_html(report)):
        assert finding.zh in text
        assert "大连市人民政府" in text
    assert json.loads(as_json(report))["findings"][0]["path"].endswith("roleAsWritten")
    assert "ValidationReport" in report.turtle


def test_the_html_report_escapes_what_it_quotes() -> None:
    task = NamedNode("https://example.org/task/1")
    quads = [
        Quad(task, NamedNode(str(RDF.type)), PG.Task),
        Quad(task, PG.numberAsWritten, Literal("<script>alert(1)</script>")),
        Quad(task, PG.numberAsWritten, Literal("2")),
    ]
    page = as_html(validate(to_rdflib(quads)))
    assert "<script>" not in page


CPSV = "cpsv-ap-3.2.0/cpsv-ap-SHACL.ttl"


@pytest.mark.parametrize("target", [M8G.Participation.value, M8G.PublicOrganisation.value, str(FOAF.Agent)])
def test_cpsv_ap_shapes_pass(data: Graph, shared: Path, target: str) -> None:
    """CPSV-AP 3.2.0 (SEMIC): Participation, PublicOrganisation, Agent."""
    file = shared / "external" / CPSV
    assert (None, RDF.type, URIRef(target)) in data, "there is something to check"
    report = validate(data, file)
    assert report.conforms, as_text(report)


def test_cpsv_ap_shapes_would_notice(built: Path, shared: Path) -> None:
    file = shared / "external" / CPSV

    def spoiled(quad: Any) -> bool:
        return bool(quad.predicate == M8G.role and "2016-041" in str(quad.subject))

    report = validate(to_rdflib(q for q in read_quads(built) if not spoiled(q)), file)
    assert not report.conforms
