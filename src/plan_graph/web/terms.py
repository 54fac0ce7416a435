"""What terms of vocabularies are called in Chinese and English: our own by the ontology, others by web/terms.csv."""

from __future__ import annotations

import csv
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from plan_graph.iri import PREFIXES
from plan_graph.resources import resource
from plan_graph.web import addresses
from plan_graph.web.shipped import rows

_PREFIXES = {**PREFIXES, "owl": "http://www.w3.org/2002/07/owl#", "vann": "http://purl.org/vocab/vann/"}
TABLE = Path(__file__).parent / "terms.csv"


def ontology(file: str = "plan-graph.ttl") -> Store:
    """Load the terms of the project's own vocabulary, or its shapes, as the graph whose name is the vocabulary's."""
    store = Store()
    path = str(resource("ontology", file))
    store.bulk_load(path=path, format=RdfFormat.TURTLE, to_graph=NamedNode(addresses.ONTOLOGY))
    return store


def labels(ontology: Store) -> dict[str, tuple[str, str]]:
    """Give the names of terms: IRI → (zh, en)."""
    found: dict[str, dict[str, str]] = {}
    for row in rows(ontology, "term-labels"):
        found.setdefault(row["term"], {})[row["language"]] = row["label"]
    made = {iri: (names["zh"], names["en"]) for iri, names in found.items() if {"zh", "en"} <= names.keys()}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            prefix, _, name = row["term"].partition(":")
            made[_PREFIXES[prefix] + name] = (row["zh"], row["en"])
    return made
