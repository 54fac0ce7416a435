"""Which page is at which address; the server knows no more of pages than this, ``views`` makes them in workers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.convertors import CONVERTOR_TYPES, StringConvertor, register_url_convertor

from plan_graph.web.representation import ANSWERS, JSON, RDF


class _Table(StringConvertor):
    """The ending of an address that gives a table as a file; ids may have dots, so others are no ending."""

    regex = "csv|tsv|json|xlsx"


class _Listed(StringConvertor):
    """The ending of an address that gives a list as a file: as a table, or as RDF."""

    regex = f"{_Table.regex}|{'|'.join(RDF)}"


register_url_convertor("table", _Table())
register_url_convertor("listed", _Listed())
# name of a view → address (as Starlette writes them); the order matters where addresses are alike
ADDRESSES: Mapping[str, str] = {
    "home": "/",
    "network": "/network",
    "network-file": "/network.{form}",
    "tie-data": "/tie/{period}/{left}/{right}.json",
    "tie": "/tie/{period}/{left}/{right}",
    "directed-tie-data": "/directed-tie/{period}/{left}/{right}.json",
    "directed-tie": "/directed-tie/{period}/{left}/{right}",
    "overlap": "/overlap",
    "overlap-file": "/overlap.{form}",
    "compare": "/compare",
    "compare-file": "/compare.{form}",
    "compare-years": "/compare-years",
    "compare-years-file": "/compare-years.{form}",
    "tasks": "/tasks",
    "tasks-file": "/tasks.{form:listed}",
    "task-file": "/task/{document}/{task}.{form:table}",
    "task": "/task/{document}/{task}",
    "bodies": "/bodies",
    "bodies-file": "/bodies.{form:listed}",
    **{
        f"{kind}{name}": f"/{kind}/{{area}}/{{id}}{ending}"
        for kind in ("body", "collective", "name")
        for name, ending in (("-file", ".{form:table}"), ("", ""))
    },
    "places": "/places",
    "places-file": "/places.{form:listed}",
    "place-file": "/place/{code}.{form:table}",
    "place": "/place/{code}",
    "themes": "/themes",
    "themes-file": "/themes.{form:listed}",
    "theme-scheme": "/theme/",  # the list of concepts that themes are
    "theme-file": "/theme/{key:path}.{form:table}",
    "theme": "/theme/{key:path}",
    "search": "/search",
    "plans": "/plans",
    "plans-file": "/plans.{form:listed}",
    "plan": "/plan/{id}",
    "documents": "/documents",
    "documents-file": "/documents.{form:listed}",
    "document": "/document/{id:path}",
    "ledger": "/ledger",
    "queries": "/queries",
    "query": "/query/{name}",
    "vocabulary": "/ns",
    "vocabulary-file": "/ns.{form:table}",
    "resource": "/{local:path}",  # what has no page of its own kind: the last
}
_PARAMETER = re.compile(r"\{(\w+)(?::(\w+))?\}")


def pattern(address: str) -> re.Pattern[str]:
    """Give what fits an address of ``ADDRESSES``: the one Starlette makes, whose routing takes long to load.

    >>> pattern("/place/{code}.{form:table}").pattern
    '^/place/(?P<code>[^/]+)\\\\.(?P<form>csv|tsv|json|xlsx)$'
    """
    made, end = "", 0
    for found in _PARAMETER.finditer(address):
        name, kind = found.groups("str")
        made += f"{re.escape(address[end : found.start()])}(?P<{name}>{CONVERTOR_TYPES[kind].regex})"
        end = found.end()
    return re.compile(f"^{made}{re.escape(address[end:])}$")


# as which a page that shows tables is given, and as which a list is: suffix → media type
TABLES: Mapping[str, str] = {suffix: ANSWERS[suffix] for suffix in ("json", "csv", "tsv", "xlsx")}
LISTS: Mapping[str, str] = {**TABLES, **RDF}
_LISTED = {"network", "overlap", "compare", "compare-years"}
_LISTED |= {name.removesuffix("-file") for name, address in ADDRESSES.items() if address.endswith(":listed}")}


# what is data of its own elsewhere: the page's name → the address of that, and in which forms it is there
ELSEWHERE: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "home": ("/void", RDF),
    "ledger": ("/query/ledger", LISTS),
}


def data_of(name: str | None) -> tuple[str, Mapping[str, str]]:
    """Give the name of the address at which what a page shows is given as data, and in which forms: suffix → type.

    That is the page's own address with the suffix; a page may have none. The RDF of a resource is not of its page.
    """
    if f"{name}-data" in ADDRESSES:
        return f"{name}-data", {"json": JSON}
    return (f"{name}-file", LISTS if name in _LISTED else TABLES) if f"{name}-file" in ADDRESSES else ("", {})
