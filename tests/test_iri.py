"""IRIs: closed vocabularies that agree with the ontology, a base that is one, every kind printed and parsed."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from plan_graph.iri import (
    _SHAPES,
    CHINESE,
    DEFAULT_BASE,
    KIND,
    LEVEL,
    METRIC,
    PG,
    PREFIXES,
    ROLE,
    SCHEMA,
    Base,
    Terms,
    shorten,
)
from plan_graph.model.plan import Role
from plan_graph.model.text import Span
from plan_graph.resources import resource

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=100)


@cache
def subjects(name: str) -> set[str]:
    """Return the IRIs that a file of the ontology says something about."""
    quads = pyoxigraph.parse(path=resource("ontology", f"{name}.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


# --- terms -----------------------------------------------------------------------------------------------------------


def test_a_term_is_an_attribute_or_an_item() -> None:
    terms = Terms("https://example.org/ns#", "Task from unit-Mu")
    assert terms.Task == terms["Task"] == NamedNode("https://example.org/ns#Task")
    assert terms.from_.value == "https://example.org/ns#from"
    assert terms["unit-Mu"].value == "https://example.org/ns#unit-Mu"
    assert list(terms) == ["Task", "from", "unit-Mu"]
    assert "Task" in terms


@pytest.mark.parametrize("name", ["task", "Tasks", "Tas", "", "unit", "unit-Mu ", "namespace_"])
def test_an_unknown_term_is_an_error_at_once(name: str) -> None:
    terms = Terms("https://example.org/ns#", "Task unit-Mu")
    with pytest.raises(AttributeError, match=r"no term .* in https://example\.org/ns#"):
        terms[name]
    with pytest.raises(AttributeError, match="no term"):
        getattr(terms, name)


def test_the_namespace_is_the_ontologys() -> None:
    declared = {iri for iri in subjects("plan-graph") if iri.startswith(PG.namespace)}
    assert declared == {PG[name].value for name in PG}


@pytest.mark.parametrize("terms", [ROLE, KIND, LEVEL, METRIC], ids=lambda terms: terms.namespace.split("/")[-2])
def test_the_concepts_are_the_schemes(terms: Terms) -> None:
    concepts = {iri for iri in subjects("schemes") if iri.startswith(terms.namespace)} - {terms.namespace}
    assert concepts == {terms[name].value for name in terms}


def test_roles_are_those_of_the_model() -> None:
    assert set(ROLE) == {role.value for role in Role}


# --- the base --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "base",
    [
        DEFAULT_BASE,
        "http://example.org/",
        "https://example.org:8443/a/b-c/",
        "http://localhost:8000/id/",
        "http://127.0.0.1/",
        "http://[::1]:8000/",
        "https://example.org/%E8%AE%A1%E5%88%92/",
    ],
)
def test_bases(base: str) -> None:
    made = Base(base)
    iri = made.iri("task", document="d", task="2016-001")
    assert iri.value == f"{base}task/d/2016-001"
    assert made.parse(iri.value) == ("task", {"document": "d", "task": "2016-001"})
    assert made.passage("d", Span(0, 3)).value == f"{base}text/d.txt#char=0,3"


@pytest.mark.parametrize(
    "base",
    [
        "",
        "example.org/",
        "//example.org/",
        "ftp://example.org/",
        "urn:example/",
        "http://example.org",
        "http://example.org/id",
        "http://example.org/#",  # a passage's IRI has a fragment of its own
        "http://example.org/?id=/",
        "http:///",
        "http:////",
        "http://example.org//",
        "http://exa mple.org/",
        "http://example.org/a b/",
        "http://example.org/\n",
        "http://example.org/<b>/",
        'http://example.org/"/',
        "http://example.org/{id}/",
        "http://example.org/a\\b/",
        "http://example.org/%zz/",
        "http://example.org/计划/",
        "http://例子.org/",
        "http://[::1/",
        "http://user@example.org/",
    ],
)
def test_bad_bases(base: str) -> None:
    with pytest.raises(
        ValueError, match=r"^base IRI .* must be an absolute http or https IRI in ASCII that ends in /$"
    ):
        Base(base)


# --- resources -------------------------------------------------------------------------------------------------------

EXAMPLES: dict[str, tuple[dict[str, str | int], str]] = {
    "document": ({"id": "ln-2016"}, "document/ln-2016"),
    "source": ({"document": "ln-2016"}, "source/ln-2016"),
    "text": ({"document": "ln-2016"}, "text/ln-2016.txt"),
    "passage": ({"document": "ln-2016", "begin": 0, "end": 12}, "text/ln-2016.txt#char=0,12"),
    "plan": ({"document": "ln-2016"}, "plan/ln-2016"),
    "section": ({"document": "ln-2016", "path": "2016/1"}, "section/ln-2016/2016/1"),
    "theme": ({"key": "innovation"}, "theme/innovation"),
    "themes": ({}, "theme/"),
    "period": ({"span": "2016-2018"}, "period/2016-2018"),
    "task": ({"document": "ln-2016", "task": "2016-057"}, "task/ln-2016/2016-057"),
    "participation": (
        {"document": "ln-2016", "task": "2016-057", "role": "lead", "number": 1},
        "participation/ln-2016/2016-057/lead-1",
    ),
    "target": ({"document": "ln-2016", "task": "2016-057", "number": 1}, "target/ln-2016/2016-057/1"),
    "name": ({"document": "ln-2016", "begin": 7}, "name/ln-2016/char-7"),
    "quality": ({"document": "ln-2016", "metric": "tasks"}, "quality/ln-2016/tasks"),
    "body": ({"id": "210000/fgw"}, "body/210000/fgw"),
    "collective": ({"id": "210000/ge-shi-zf"}, "collective/210000/ge-shi-zf"),
    "change": ({"id": "210000/2018-market"}, "change/210000/2018-market"),
    "place": ({"code": "210100"}, "place/210100"),
    "tie": ({"period": "all", "left": "210000.czt", "right": "210000.fgw"}, "tie/all/210000.czt/210000.fgw"),
    "directed-tie": (
        {"period": "2016", "lead": "210000.czt", "support": "210000.fgw"},
        "directed-tie/2016/210000.czt/210000.fgw",
    ),
    "lineage": (
        {"later_document": "ln-2016", "later": "2017-004", "earlier_document": "ln-2016", "earlier": "2016-057"},
        "lineage/ln-2016/2017-004/ln-2016/2016-057",
    ),
    "revision": ({"name": "0a1b-2c3d"}, "revision/0a1b-2c3d"),
    "revision-change": ({"name": "0a1b-2c3d", "number": 3}, "revision/0a1b-2c3d#change-3"),
    "graph": ({"name": "registers"}, "graph/registers"),
    "activity": ({"name": "build"}, "activity/build"),
    "software": ({"name": "plan-graph"}, "software/plan-graph"),
}


def test_every_kind_has_an_example() -> None:
    assert EXAMPLES.keys() == _SHAPES.keys()


@pytest.mark.parametrize("kind", _SHAPES)
def test_a_kind_is_printed_and_parsed(kind: str) -> None:
    fields, local = EXAMPLES[kind]
    iri = Base().iri(kind, **fields)
    assert iri.value == DEFAULT_BASE + local
    assert Base().parse(iri.value) == (kind, {name: str(value) for name, value in fields.items()})


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("task", {"document": "d"}, "a task IRI takes ['document', 'task'], not ['document']"),
        ("place", {"code": "210100", "name": "a"}, "a place IRI takes ['code'], not ['code', 'name']"),
        ("place", {"code": "2101"}, "'2101' is not a code of a place IRI"),
        ("place", {"code": "２１０１００"}, "'２１０１００' is not a code of a place IRI"),  # ASCII digits alone
        ("body", {"id": "fgw"}, "'fgw' is not a id of a body IRI"),
        ("body", {"id": "210000/发改委"}, "'210000/发改委' is not a id of a body IRI"),
        ("document", {"id": "A"}, "'A' is not a id of a document IRI"),
        ("document", {"id": ""}, "'' is not a id of a document IRI"),
        ("document", {"id": "a/b"}, "'a/b' is not a id of a document IRI"),
        ("document", {"id": "a\n"}, "'a\\n' is not a id of a document IRI"),
        ("document", {"id": "../a"}, "'../a' is not a id of a document IRI"),
        ("document", {"id": "a b"}, "'a b' is not a id of a document IRI"),
        ("passage", {"document": "d", "begin": -1, "end": 2}, "-1 is not a begin of a passage IRI"),
        ("period", {"span": "2016-18"}, "'2016-18' is not a span of a period IRI"),
        (
            "participation",
            {"document": "d", "task": "t", "role": "head", "number": 1},
            "'head' is not a role of a participation IRI",
        ),
    ],
)
def test_a_field_that_is_not_of_its_kind(kind: str, fields: dict[str, str | int], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Base().iri(kind, **fields)


@pytest.mark.parametrize(
    "iri",
    [
        "https://example.org/task/d/t",
        DEFAULT_BASE,
        DEFAULT_BASE + "task/d",
        DEFAULT_BASE + "task/d/t/x",
        DEFAULT_BASE + "task/d/t ",
        DEFAULT_BASE + "place/21010",
        DEFAULT_BASE + "place/２１０１００",
        DEFAULT_BASE + "unknown/d",
        "",
    ],
)
def test_what_is_no_resource(iri: str) -> None:
    with pytest.raises(ValueError, match="is not a resource below"):
        Base().parse(iri)


def test_a_passage_is_the_kind_of_its_name() -> None:
    iri = Base().passage("ln-2016", Span(3, 9))
    assert iri == Base().iri("passage", document="ln-2016", begin=3, end=9)


ASCII = st.characters(codec="ascii")
RESOURCES = st.sampled_from(sorted(_SHAPES)).flatmap(
    lambda kind: st.tuples(
        st.just(kind),
        st.fixed_dictionaries(
            {name: st.from_regex(pattern, fullmatch=True, alphabet=ASCII) for name, pattern in _SHAPES[kind][1].items()}
        ),
    )
)


@EXACT
@given(RESOURCES)
def test_whatever_is_printed_is_parsed_back(one: tuple[str, dict[str, str]]) -> None:
    kind, fields = one
    iri = Base().iri(kind, **fields)
    assert Base().parse(iri.value) == (kind, fields)
    assert iri.value.isascii()


@EXACT
@given(st.sampled_from(sorted(_SHAPES)), st.text(max_size=20))
def test_any_other_text_is_refused_or_comes_back(kind: str, text: str) -> None:
    names = list(_SHAPES[kind][1])
    fields: dict[str, str | int] = {**EXAMPLES[kind][0], **dict.fromkeys(names[:1], text)}
    try:
        iri = Base().iri(kind, **fields)
    except ValueError:
        return
    assert Base().parse(iri.value) == (kind, {name: str(value) for name, value in fields.items()})


# --- for people ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("iri", "base", "short"),
    [
        (PG.Task.value, "", "pg:Task"),
        (PG["unit-Mu"].value, "", "pg:unit-Mu"),
        (ROLE.lead.value, "", "pgrole:lead"),
        (SCHEMA.position.value, "", "schema:position"),
        ("http://purl.org/dc/terms/title", "", "dcterms:title"),
        (CHINESE.value, "", CHINESE.value),  # no prefix
        (DEFAULT_BASE + "task/d/t", DEFAULT_BASE, "<task/d/t>"),
        (DEFAULT_BASE + "task/d/t", "", DEFAULT_BASE + "task/d/t"),
        ("https://example.org/", "", "https://example.org/"),
    ],
)
def test_shorten(iri: str, base: str, short: str) -> None:
    assert shorten(iri, base) == short


def test_no_prefix_hides_another() -> None:
    namespaces = list(PREFIXES.values())
    assert len(set(namespaces)) == len(namespaces)
    assert [(a, b) for a in namespaces for b in namespaces if a != b and b.startswith(a)] == []
    assert [name for name, namespace in PREFIXES.items() if DEFAULT_BASE.startswith(namespace)] == []
