"""The first page: what is served, and where to begin."""

from __future__ import annotations

from plan_graph.web.pages.documents import listed
from plan_graph.web.pages.plans import together
from plan_graph.web.pages.visit import Page, Visit
from plan_graph.web.site import Site

MOST = 6


def home(site: Site, _: Visit) -> Page:
    """Show the plans there are, in figures and by name, and what can be done with them."""
    found = together(site.ask("plans"))
    busiest = site.ask("tasks-by-body")
    return Page(
        "home.html",
        {
            "plans": found[:MOST],
            "several": len(found),
            "tasks": sum(one["tasks"] for one in found),
            "bodies": len(busiest),
            "busiest": busiest[0] if busiest else None,
            "documents": len(listed(site.ask("documents"))),
        },
    )
