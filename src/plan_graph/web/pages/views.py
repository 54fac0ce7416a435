"""Which view makes which page. A view is a function of site and visit that gives a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plan_graph.web.pages import (
    bodies,
    compare,
    documents,
    editor,
    home,
    ledger,
    matrix,
    network,
    places,
    plans,
    queries,
    resource,
    search,
    task,
    tasks,
    ties,
    vocabulary,
)
from plan_graph.web.pages.list_files import described
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

View = Callable[[Site, Visit], Page | File]
# by the names of the addresses in ``registry``, and ``sparql``, which is at an address that answers other requests too
VIEWS: Mapping[str, View] = {
    "home": home.home,
    "network": network.explorer,
    "network-file": described("network", network.download, network.resources),
    "tie-data": ties.tie_data,
    "tie": ties.tie,
    "directed-tie-data": ties.directed_tie_data,
    "directed-tie": ties.directed_tie,
    "overlap": matrix.matrix_page,
    "overlap-file": described("overlap", matrix.download, matrix.resources),
    "compare": compare.bodies,
    "compare-file": described("compare", compare.bodies_file, compare.bodies_resources),
    "compare-years": compare.years,
    "compare-years-file": described("compare-years", compare.years_file, compare.years_resources),
    "tasks": tasks.listed,
    "tasks-file": described("tasks", tasks.download, tasks.resources),
    "task-file": task.download,
    "task": task.shown,
    "bodies": bodies.listed,
    "bodies-file": described("bodies", bodies.download, bodies.resources),
    **{
        f"{kind}{ending}": view
        for kind in ("body", "collective", "name")
        for ending, view in (("-file", bodies.download_one), ("", bodies.shown))
    },
    "places": places.places,
    "places-file": described("places", places.places_file, places.places_resources),
    "place-file": places.place_file,
    "place": places.place,
    "themes": places.themes,
    "themes-file": described("themes", places.themes_file, places.themes_resources),
    "theme-scheme": resource.resource,
    "theme-file": places.theme_file,
    "theme": places.theme,
    "search": search.results,
    "plans": plans.plans,
    "plans-file": described("plans", plans.download, plans.resources),
    "plan": plans.plan,
    "documents": documents.documents,
    "documents-file": described("documents", documents.download, documents.resources),
    "document": documents.document,
    "ledger": ledger.ledger,
    "queries": queries.queries,
    "query": queries.query_page,
    "vocabulary": vocabulary.vocabulary,
    "vocabulary-file": vocabulary.download,
    "resource": resource.resource,
    "sparql": editor.editor,
}
