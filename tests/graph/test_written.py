from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse

from plan_graph.graph.statements.written import Written
from plan_graph.graph.store import open_store

XSD = "http://www.w3.org/2001/XMLSchema#"
QUADS = f"""
<urn:a> <urn:from> "5"^^<{XSD}nonNegativeInteger> <urn:g> .
<urn:a> <urn:number> "5"^^<{XSD}integer> <urn:g> .
<urn:a> <urn:share> "1.0"^^<{XSD}decimal> <urn:g> .
<urn:b> <urn:share> "1.00"^^<{XSD}decimal> <urn:g> .
<urn:c> <urn:share> "1"^^<{XSD}decimal> <urn:g> .
<urn:c> <urn:text> "1.0" <urn:g> .
<urn:c> <urn:text> "1.0"@en <urn:g> .
<urn:c> <urn:year> "2016"^^<{XSD}gYear> <urn:g> .
<urn:c> <urn:day> "2016-05-01"^^<{XSD}date> <urn:g> .
"""


def test_every_triple_of_a_store_is_written_as_in_the_graph(tmp_path: Path) -> None:
    """Also where one property writes a value in several forms."""
    graph = tmp_path / "graph.nq"
    graph.write_text(QUADS, encoding="utf-8")
    held = {quad.triple for quad in parse(input=QUADS, format=RdfFormat.N_QUADS)}
    kept = {quad.triple for quad in open_store(graph)}
    written = Written(graph)
    assert {written.triple(one) for one in kept} == held != kept


def test_literals_that_a_store_takes_for_one_are_counted(tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    graph.write_text(QUADS, encoding="utf-8")
    written = Written(graph)
    assert written.more == 3, "5 as a position, and two ways to write 1"
    assert written.more_of == {"urn:share": 2}
