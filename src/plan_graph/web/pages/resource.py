"""A resource that has no page of its own kind: all that the graph says of it, with names and links."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from plan_graph.iri import PG, shorten
from plan_graph.web.describe import resolve
from plan_graph.web.pages.naming import Names
from plan_graph.web.pages.visit import Page, Visit
from plan_graph.web.representation import encoded
from plan_graph.web.shipped import labels, rows
from plan_graph.web.site import Site

Row = dict[str, Any]
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# properties that say what a resource is called or is come first, in this order
_FIRST = (
    _TYPE,
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/terms/identifier",
    "http://www.w3.org/2004/02/skos/core#definition",
    "http://www.w3.org/2000/01/rdf-schema#comment",
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf",
)


def resource(site: Site, visit: Visit) -> Page:
    """Show the statements of the resource at an address, and those that have it as value."""
    iri = resolve(site, visit.arguments["sent"])
    stated, incoming, named = _read(site, iri)
    names = Names(site, named, visit.lang)
    return Page(
        "resource.html",
        {
            "iri": iri,
            "name": names.known(iri),
            "short": shorten(iri, site.base).strip("<>"),
            "kinds": [row["value"] for row in stated if row["property"] == _TYPE],
            "groups": _groups(stated),
            "incoming": incoming,
            "graphs": sorted({row["graph"] for row in stated}),
            "content": site.sizes[iri] if iri in site.graphs else 0,
            "names": names,
            "shorten": shorten,
            "text": site.folder is not None and iri.startswith(f"{site.base}text/") and "#" not in iri,
            "data": encoded(visit.arguments["sent"]),
        },
    )


@lru_cache(maxsize=8)  # a page is asked for in both languages
def _read(site: Site, iri: str) -> tuple[list[Row], list[Row], Mapping[str, Mapping[str, str]]]:
    """Give the statements of a resource, those that have it as value, and what is called what in them."""
    stores = [site.store, site.ontology] if iri.startswith(PG.namespace) else [site.store]
    stated = [row for store in stores for row in rows(store, "outgoing", resource=iri)]
    totals = [row for store in stores for row in rows(store, "incoming-totals", resource=iri)]
    incoming = [
        {**row, "subjects": [one["subject"] for one in _subjects(stores, iri, row["property"])]} for row in totals
    ]
    seen = {row["value"] for row in stated if row["kind"] == "iri"}
    seen |= {row["property"] for row in (*stated, *incoming)} | {one for row in incoming for one in row["subjects"]}
    return stated, incoming, labels(site.store, {iri, *seen})


def _subjects(stores: list[Any], iri: str, of: str) -> list[Row]:
    return [row for store in stores for row in rows(store, "incoming", resource=iri, property=of)]


def _groups(stated: list[Row]) -> list[tuple[str, list[Row]]]:
    """Give statements by property; the same statement of several graphs once."""

    def place(row: Row) -> tuple[int, str]:
        return (_FIRST.index(row["property"]) if row["property"] in _FIRST else len(_FIRST), row["property"])

    made = []
    for (_, of), group in groupby(sorted(stated, key=place), place):
        once = {(row["value"], row["language"], row["type"]): row for row in group}
        made.append((of, [*once.values()]))
    return made
