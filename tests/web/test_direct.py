"""What a store in memory looks up is what the question of that name answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from plan_graph.graph.queries import bind, run
from plan_graph.graph.store import open_store
from plan_graph.web import direct, shipped


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    return open_store(built)


def asked(store: Store, name: str, **values: str) -> list[dict[str, Any]]:
    table = run(store, bind(shipped.question(name), values))
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def resources(store: Store) -> Iterator[str]:
    """Give a few resources of every kind, and all values that are IRIs of none."""
    kinds: dict[str, int] = {}
    for iri in sorted({quad.subject.value for quad in store} | {quad.predicate.value for quad in store}):
        kind = iri.rsplit("/id/", 1)[-1].split("/")[0]
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] < 9:
            yield iri


def test_rows_are_those_of_the_question(store: Store) -> None:
    answered = dict.fromkeys(direct.ROWS, 0)
    for iri in resources(store):
        for of in {"", *(row["property"] for row in asked(store, "incoming-totals", resource=iri))}:
            for name in ("incoming",) if of else ("outgoing", "incoming-totals"):
                values = {"resource": iri, **({"property": of} if of else {})}
                found = direct.ROWS[name](store, **values)
                answered[name] += found is not None
                assert found is None or found == asked(store, name, **values), (name, values)
    assert all(count > 50 for count in answered.values())  # and not left to the query every time


def test_descriptions_and_names_are_those_of_the_question(store: Store) -> None:
    answered = 0
    for iri in resources(store):
        found = direct.description(store, iri)
        query = bind(shipped.question("description"), {"resource": iri})
        whole: Any = store.query(query, use_default_graph_as_union=True)
        assert found is None or found == set(whole), iri
        answered += found is not None
        names: dict[str, dict[str, str]] = {}
        for row in asked(store, "labels", resource=iri):
            names.setdefault(row["resource"], {}).setdefault(row["language"], row["label"])
        assert direct.labels(store, [iri]) == names
        assert direct.known(store, iri) in (None, True)
    assert answered > 50


@pytest.mark.parametrize("object", ["_:b", '"a"@zh, "b"@zh'])
def test_what_only_a_query_sorts_is_left_to_it(object: str) -> None:
    store = Store()
    store.update(f"INSERT DATA {{ GRAPH <https://e.org/g> {{ <https://e.org/a> <https://e.org/p> {object} }} }}")
    assert direct.outgoing(store, "https://e.org/a") is None


def test_of_very_many_statements_a_query_gives_the_first() -> None:
    store = Store()
    many = " ".join(f"<https://e.org/{at}> <https://e.org/p> <https://e.org/a> ." for at in range(1001))
    store.update(f"INSERT DATA {{ {many} }}")
    assert direct.incoming(store, "https://e.org/a", "https://e.org/p") is None
    assert direct.description(store, "https://e.org/a") is None
    assert len(shipped.triples(store, "description", resource="https://e.org/a")) == 1000
