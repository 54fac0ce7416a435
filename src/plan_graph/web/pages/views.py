"""Which view makes which page. A view is a function of site and visit that gives a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plan_graph.web.pages import (
    bodies,
    compare,
    documents,
    editor,
    matrix,
    network,
    places,
    plans,
    queries,
    task,
    tasks,
    ties,
    vocabulary,
)
from plan_graph.web.pages.list_files import described
from plan_graph.web.pages.static_views import STATIC_VIEWS
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

View = Callable[[Site, Visit], Page | File]
# by the names of the addresses in ``registry``, and ``sparql``, which is at an address that answers other requests too
VIEWS: Mapping[str, View] = {
    **STATIC_VIEWS,
    "network": network.explorer,
    "network-file": described("network", network.download, network.resources),
    "tie-data": ties.tie_data,
    "directed-tie-data": ties.directed_tie_data,
    "overlap": matrix.matrix_page,
    "overlap-file": described("overlap", matrix.download, matrix.resources),
    "compare": compare.bodies,
    "compare-file": described("compare", compare.bodies_file, compare.bodies_resources),
    "compare-years": compare.years,
    "compare-years-file": described("compare-years", compare.years_file, compare.years_resources),
    "tasks-file": described("tasks", tasks.download, tasks.resources),
    "task-file": task.download,
    "bodies-file": described("bodies", bodies.download, bodies.resources),
    **dict.fromkeys(("body-file", "collective-file", "name-file"), bodies.download_one),
    "places-file": described("places", places.places_file, places.places_resources),
    "place-file": places.place_file,
    "themes-file": described("themes", places.themes_file, places.themes_resources),
    "theme-file": places.theme_file,
    "plans-file": described("plans", plans.download, plans.resources),
    "documents-file": described("documents", documents.download, documents.resources),
    "queries": queries.queries,
    "query": queries.query_page,
    "vocabulary-file": vocabulary.download,
    "sparql": editor.editor,
}
