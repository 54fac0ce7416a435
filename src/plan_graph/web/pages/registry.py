"""Which view answers which address. A view is a function of site and visit that gives a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plan_graph.web.pages import documents, editor, home, ledger, plans, queries, resource, vocabulary
from plan_graph.web.pages.visit import Page, Visit
from plan_graph.web.site import Site

View = Callable[[Site, Visit], Page]
# name → address (as Starlette writes them) and view; the order matters where addresses are alike
ADDRESSES: Mapping[str, tuple[str, View]] = {
    "home": ("/", home.home),
    "plans": ("/plans", plans.plans),
    "plan": ("/plan/{id}", plans.plan),
    "documents": ("/documents", documents.documents),
    "document": ("/document/{id:path}", documents.document),
    "ledger": ("/ledger", ledger.ledger),
    "queries": ("/queries", queries.queries),
    "query": ("/query/{name}", queries.query_page),
    "vocabulary": ("/ns", vocabulary.vocabulary),
    "resource": ("/{local:path}", resource.resource),  # what has no page of its own kind: the last
}
# pages at addresses that answer other requests too
ELSEWHERE: Mapping[str, View] = {"sparql": editor.editor}
VIEWS: Mapping[str, View] = {**{name: view for name, (_, view) in ADDRESSES.items()}, **ELSEWHERE}
