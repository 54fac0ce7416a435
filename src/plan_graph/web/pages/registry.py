"""Which view answers which address. A view is a function of site and visit that gives a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plan_graph.web.pages import compare, documents, home, ledger, matrix, network, plans, ties
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

View = Callable[[Site, Visit], Page | File]
# name → address (as Starlette writes them) and view; the order matters where addresses are alike
ADDRESSES: Mapping[str, tuple[str, View]] = {
    "home": ("/", home.home),
    "plans": ("/plans", plans.plans),
    "plan": ("/plan/{id}", plans.plan),
    "documents": ("/documents", documents.documents),
    "document": ("/document/{id:path}", documents.document),
    "ledger": ("/ledger", ledger.ledger),
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
}
VIEWS: Mapping[str, View] = {name: view for name, (_, view) in ADDRESSES.items()}
