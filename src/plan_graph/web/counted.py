"""What is counted of a dataset once, when a service starts."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pyoxigraph import Store

from plan_graph.graph.statements.service import Statistics, Use
from plan_graph.iri import PREFIXES, shorten
from plan_graph.web.shipped import labels, rows


def count(store: Store) -> Statistics:
    """Count a dataset; property by property, so that no question holds all of its triples at once."""
    properties = {row["property"]: _use(store, row["property"]) for row in rows(store, "properties")}
    (whole,) = rows(store, "totals")
    return Statistics(
        Use(sum(one.triples for one in properties.values()), whole["subjects"], whole["objects"]),
        {row["class"]: row["entities"] for row in rows(store, "classes")},
        properties,
        {row["graph"]: row["triples"] for row in rows(store, "graphs")},
        {(row["property"], row["target"]): row["triples"] for row in rows(store, "linksets")},
        {row["class"]: row["example"] for row in rows(store, "example")},
    )


def _use(store: Store, iri: str) -> Use:
    (row,) = rows(store, "property-use", property=iri)
    return Use(row["triples"], row["subjects"], row["objects"])


def words(store: Store, counted: Statistics, named: Mapping[str, tuple[str, str]]) -> bytes:
    """Give the words that an editor completes, as JSON: prefixes, and terms with names and how often they are used.

    ``named`` are the names of terms of vocabularies, in Chinese and English.
    """
    found: list[tuple[str, str, int | None]] = [("class", iri, number) for iri, number in counted.classes.items()]
    found += [("property", iri, use.triples) for iri, use in counted.properties.items()]
    found += [("graph", iri, number) for iri, number in counted.graphs.items()]
    found += [("concept", row["concept"], None) for row in rows(store, "concepts")]
    called = labels(store, [iri for _, iri, _ in found])
    terms = []
    for kind, iri, number in found:
        zh, en = named.get(iri, ("", ""))
        names = called.get(iri, {})
        terms.append(
            {
                "kind": kind,
                "iri": iri,
                "short": _short(iri),
                "zh": names.get("zh", zh),
                "en": names.get("en", en),
                "count": number,
            }
        )
    return json.dumps({"prefixes": PREFIXES, "terms": terms}, ensure_ascii=False).encode()


def _short(iri: str) -> str | None:
    """Give the short form of an IRI where that can be written in a query as it is."""
    short = shorten(iri)
    name = short.partition(":")[2]
    return short if short != iri and name and all(c.isalnum() or c in "_-" for c in name) else None
