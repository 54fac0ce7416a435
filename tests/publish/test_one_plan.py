"""What is asked of one plan is answered from its own graph and the shared ones, as it would be from all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from plan_graph.publish.making import site_of
from plan_graph.web.pages import plans
from plan_graph.web.site import Site

from .made import BASE, made, released

ASKED = sorted(set(re.findall(r'ask_of\(name, "([a-z-]+)"\)', Path(plans.__file__).read_text(encoding="utf-8"))))
ALPHA, BETA = (NamedNode(f"{BASE}graph/{name}") for name in ("alpha", "beta"))


def as_built(quad: Quad) -> Quad:
    return quad


def in_one_graph(quad: Quad) -> Quad:
    """Two plans of one file are in one graph."""
    return _moved(quad, ALPHA) if quad.graph_name == BETA else quad


def in_no_graph(quad: Quad) -> Quad:
    return _moved(quad, DefaultGraph())


def _moved(quad: Quad, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take two plans for many."""
    monkeypatch.setattr("plan_graph.web.site._FEW", -1)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module", params=[as_built, in_one_graph, in_no_graph])
def site(build: Path, request: pytest.FixtureRequest) -> Site:
    moved: Callable[[Quad], Quad] = request.param
    whole = site_of(released(build))
    store = Store()
    store.extend(map(moved, whole.store))
    return replace(whole, store=store, graphs=frozenset(graph.value for graph in store.named_graphs()))


def test_there_are_queries_about_one_plan() -> None:
    assert {"plans", "tasks-by-body", "ledger"} <= set(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_is_that_of_the_whole_graph(site: Site, name: str) -> None:
    for plan in ("alpha", "beta"):
        rows = site.ask_of(plan, name)
        assert rows == site.ask(name, plan=plan)
        assert rows or name == "plan-rests-on"  # neither rests on a document
    assert site.ask_of("none", name) == []


def test_another_plan_is_not_looked_at(build: Path) -> None:
    whole = site_of(released(build))
    assert whole.apart == {ALPHA.value: {"alpha"}, BETA.value: {"beta"}}
    without = Store()
    without.extend(quad for quad in whole.store if quad.graph_name != BETA)
    alone = replace(whole, store=without, graphs=whole.graphs - {BETA.value})
    for name in ASKED:
        assert alone.ask_of("alpha", name) == whole.ask_of("alpha", name)
