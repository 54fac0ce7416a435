"""The page of a search: a box, the kinds with their counts, hits with the passages that hold what was asked."""

from __future__ import annotations

from urllib.parse import urlencode

from plan_graph.web.pages.list_files import FORM_NAMES
from plan_graph.web.pages.visit import Page, Visit
from plan_graph.web.search.jobs import page_number
from plan_graph.web.search.media import MEDIA
from plan_graph.web.search.results import KINDS, LABELS, PAGE, page, search
from plan_graph.web.site import Site


def results(site: Site, visit: Visit) -> Page:
    """Show what was found.

    :raises InputError: for a kind or page that there is not, or a question that is too long.
    """
    found = search(site.index, visit.one("q") or "", visit.one("kind") or "")
    number = page_number(visit.one("page") or "1", found.pages)
    kept = urlencode([(name, value) for name, value in (("q", found.asked), ("kind", found.kind)) if value])
    values = {
        "found": found,
        "hits": page(site.index, found, number),
        "page": number,
        "first": (number - 1) * PAGE + 1,
        "every": sum(found.kinds.values()),
        "kinds": KINDS,
        "fields": LABELS,
        "formats": [(FORM_NAMES[name], f"/search.{name}?{kept}") for name in MEDIA if name in FORM_NAMES],
    }
    return Page("search.html", values)
