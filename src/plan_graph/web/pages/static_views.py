"""Which view makes which page of those that a published site has too: of resources, and the lists of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plan_graph.web.pages import (
    bodies,
    documents,
    home,
    ledger,
    places,
    plans,
    resource,
    search,
    task,
    tasks,
    ties,
    vocabulary,
)
from plan_graph.web.pages.visit import Page, Visit
from plan_graph.web.site import Site

# by the names of the addresses in ``registry``
STATIC_VIEWS: Mapping[str, Callable[[Site, Visit], Page]] = {
    "home": home.home,
    "tie": ties.tie,
    "directed-tie": ties.directed_tie,
    "tasks": tasks.listed,
    "task": task.shown,
    "bodies": bodies.listed,
    **dict.fromkeys(("body", "collective", "name"), bodies.shown),
    "places": places.places,
    "place": places.place,
    "themes": places.themes,
    "theme-scheme": resource.resource,
    "theme": places.theme,
    "search": search.results,
    "plans": plans.plans,
    "plan": plans.plan,
    "documents": documents.documents,
    "document": documents.document,
    "ledger": ledger.ledger,
    "vocabulary": vocabulary.vocabulary,
    "resource": resource.resource,
}
