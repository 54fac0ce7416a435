"""Which view answers which address. A view is a function of site and visit that gives a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.convertors import StringConvertor, register_url_convertor

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
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site


class _Table(StringConvertor):
    """The ending of an address that gives a table as a file; ids may have dots, so others are no ending."""

    regex = "csv|tsv|json|xlsx"


register_url_convertor("table", _Table())
View = Callable[[Site, Visit], Page | File]
# name → address (as Starlette writes them) and view; the order matters where addresses are alike
ADDRESSES: Mapping[str, tuple[str, View]] = {
    "home": ("/", home.home),
    "network": ("/network", network.explorer),
    "network-file": ("/network.{form}", network.download),
    "tie-data": ("/tie/{period}/{left}/{right}.json", ties.tie_data),
    "tie": ("/tie/{period}/{left}/{right}", ties.tie),
    "directed-tie-data": ("/directed-tie/{period}/{left}/{right}.json", ties.directed_tie_data),
    "directed-tie": ("/directed-tie/{period}/{left}/{right}", ties.directed_tie),
    "overlap": ("/overlap", matrix.matrix_page),
    "overlap-file": ("/overlap.{form}", matrix.download),
    "compare": ("/compare", compare.bodies),
    "compare-file": ("/compare.{form}", compare.bodies_file),
    "compare-years": ("/compare-years", compare.years),
    "compare-years-file": ("/compare-years.{form}", compare.years_file),
    "tasks": ("/tasks", tasks.listed),
    "tasks-file": ("/tasks.{form:table}", tasks.download),
    "task-file": ("/task/{document}/{task}.{form:table}", task.download),
    "task": ("/task/{document}/{task}", task.shown),
    "bodies": ("/bodies", bodies.listed),
    "bodies-file": ("/bodies.{form:table}", bodies.download),
    **{
        f"{kind}{'-file' if ending else ''}": (f"/{kind}/{{area}}/{{id}}{ending}", view)
        for kind in ("body", "collective", "name")
        for ending, view in ((".{form:table}", bodies.download_one), ("", bodies.shown))
    },
    "places": ("/places", places.places),
    "places-file": ("/places.{form:table}", places.places_file),
    "place-file": ("/place/{code}.{form:table}", places.place_file),
    "place": ("/place/{code}", places.place),
    "themes": ("/themes", places.themes),
    "themes-file": ("/themes.{form:table}", places.themes_file),
    "theme-file": ("/theme/{key:path}.{form:table}", places.theme_file),
    "theme": ("/theme/{key:path}", places.theme),
    "search": ("/search", search.results),
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
