"""The ontology's own page: terms with examples of the graph, concepts, shapes, and a diagram."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from plan_graph.graph.store import open_store
from plan_graph.iri import PREFIXES
from plan_graph.resources import resource
from plan_graph.web.pages.diagram import LINE, WIDE, diagram, layers

from .conftest import Served

SKOS, SH = PREFIXES["skos"], "http://www.w3.org/ns/shacl#"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_has_every_concept_and_shape_and_where_terms_are_used(served: Served, lang: str) -> None:
    page = served.client.get("/ns", headers={"accept": "text/html", "accept-language": lang}).text
    tree = html.fromstring(page)
    said = " ".join(tree.text_content().split())
    for file, kind in (("schemes.ttl", "definition"), ("shapes.ttl", "message")):
        for quad in open_store(resource("ontology", file)):
            if quad.predicate.value in (SKOS + kind, SH + kind) and quad.object.language == lang:
                assert " ".join(quad.object.value.split()) in said
    examples = tree.xpath("//dt[@id='leadBy']/following-sibling::dd[1]//a/@href")
    assert [one for one in examples if one.startswith("/task/")] and [
        one for one in examples if one.startswith("/body/")
    ]
    for address in {one for one in tree.xpath("//dl//a/@href") if one.startswith("/")}:
        assert served.client.get(address, headers={"accept": "text/html"}).status_code == 200, address


def test_the_diagram_has_every_object_property_with_both_ends(served: Served) -> None:
    tree = html.fromstring(served.client.get("/ns", headers={"accept": "text/html"}).text)
    drawn = set(tree.xpath("//figure//tspan/text()"))
    listed = {
        re.sub(r"^pg:", "", one) for one in tree.xpath("//h2[@id='part-2']/following-sibling::dl[1]//dt//code/text()")
    }
    assert drawn == listed


ENDS = st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda ends: ends[0] < ends[1])


@given(st.dictionaries(ENDS.map(lambda ends: (str(ends[0]), str(ends[1]))), st.just(["a"]), max_size=12))
def test_arrows_lead_to_the_right_and_boxes_stand_apart(edges: dict[tuple[str, str], list[str]]) -> None:
    columns = layers(edges)
    assert all(columns[start] < columns[end] for start, end in edges)
    made = diagram(edges)
    assert len(made.arrows) == len(edges)
    assert len({(box.x, box.y) for box in made.boxes}) == len(made.boxes) == len(columns)
    assert all(0 <= box.x <= made.width - WIDE and 0 <= box.y <= made.height for box in made.boxes)


def test_what_leads_in_a_circle_is_left_out() -> None:
    made = diagram({("a", "b"): ["p"], ("b", "a"): ["q"], ("c", "d"): ["r"]})
    assert [arrow.properties for arrow in made.arrows] == [("r",)]


def test_labels_do_not_stand_on_each_other() -> None:
    edges = {(start, end): [f"{start}{end}1", f"{start}{end}2"] for start in "abc" for end in "xy"}
    heights = sorted(arrow.y for arrow in diagram(edges).arrows)
    assert len(heights) == 6
    assert all(below - above >= 2 * LINE for above, below in pairwise(heights))
