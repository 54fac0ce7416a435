"""Every column of every named query has a name in zh and en, and no name is left over."""

from __future__ import annotations

import csv
from pathlib import Path

from plan_graph.graph.queries import Table, bind, column_labels, labelled, named_queries, run
from plan_graph.graph.store import open_store
from plan_graph.resources import resource

NEEDED = {"text": "x", "word": "x", "iri": "https://example.org/", "year": "2016", "integer": "1"}


def test_columns_have_names(built: Path) -> None:
    store = open_store(built)
    used: set[str] = set()
    for query in named_queries().values():
        values = {p.name: NEEDED[p.kind] for p in query.parameters if p.required}
        used |= set(run(store, bind(query, values)).columns)
    labels = column_labels()
    assert sorted(used - labels.keys()) == []
    added = {"answer", "planId"}  # of ASK queries; of answers about tasks of several plans
    assert sorted(labels.keys() - used - added) == []
    assert all(zh and en for zh, en in labels.values())


def test_labels_stand_once_and_sorted() -> None:
    with (resource("queries") / "columns.csv").open(encoding="utf-8", newline="") as file:
        names = [row["variable"] for row in csv.DictReader(file)]
    assert len(names) == len(set(names))


def test_links_go_last() -> None:
    table = labelled(Table(("body", "name", "mine"), (("https://example.org/a", "甲", 1), (None, "乙", 2))))
    assert table.columns == ("名称 name", "mine", "机构（IRI） body (IRI)")
    assert table.rows == (("甲", 1, "https://example.org/a"), ("乙", 2, None))
    assert labelled(Table(("body",), ())).columns == ("机构（IRI） body (IRI)",)
