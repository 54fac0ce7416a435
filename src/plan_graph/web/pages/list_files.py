"""The files of lists: tables as their own views write them, and as RDF what the graph states of what is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from plan_graph.web.listed import listed
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.representation import RDF
from plan_graph.web.site import Site

Download = Callable[[Site, Visit], Page | File]
Resources = Callable[[Site, Visit], Iterable[str]]
"""What a visit lists, as addresses (``/body/210000/czt``)."""
FORM_NAMES = {
    "csv": "CSV",
    "tsv": "TSV",
    "xlsx": "Excel",
    "json": "JSON",
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "graphml": "GraphML",
    "gexf": "GEXF",
    "net": "Pajek",
    "dl": "UCINET",
    "r": "R",
}
"""What forms are called where they are offered, by suffix."""
_FORMS = ("csv", "xlsx", "json", "ttl", "jsonld")


def described(name: str, download: Download, resources: Resources) -> Download:
    """Make the view of the files of a list: ``download`` writes tables, ``resources`` says what is described as RDF."""

    def view(site: Site, visit: Visit) -> Page | File:
        form = visit.arguments["form"]
        if form not in RDF:
            return download(site, visit)
        content, media, headers = listed(site, (site.base + one[1:] for one in resources(site, visit)), form)
        return File(content, media, f"{name}.{form}", headers)

    return view


def files(visit: Visit, path: str, forms: Iterable[str] = _FORMS) -> list[tuple[str, str]]:
    """Give what a list can be taken as, with the filters of the visit: (label, address) pairs."""
    query = urlencode([(key, value) for key, value in visit.parameters if value and key not in ("page", "lang")])
    return [(FORM_NAMES[form], f"{path}.{form}" + (f"?{query}" if query else "")) for form in forms]
