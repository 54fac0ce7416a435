"""The first page: what is served, and where to begin."""

from __future__ import annotations

from plan_graph.web.pages.visit import Page, Visit
from plan_graph.web.site import Site


def home(site: Site, _: Visit) -> Page:
    """Show the plans there are."""
    return Page("home.html", {"plans": site.ask("plans")})
