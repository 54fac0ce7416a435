"""The page on which SPARQL queries are written, and the page of their answers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, BinaryIO
from urllib.parse import urlencode

from pyoxigraph import QueryBoolean, QuerySolutions

from plan_graph.errors import InputError
from plan_graph.graph.queries import value_of
from plan_graph.web.answers import named
from plan_graph.web.job import Reply
from plan_graph.web.pages.queries import Shown, shown
from plan_graph.web.pages.templates import frame, template
from plan_graph.web.pages.visit import Page, Visit
from plan_graph.web.shipped import question
from plan_graph.web.site import Site
from plan_graph.web.sparql.evaluate import QueryError, answered
from plan_graph.web.sparql.tokens import in_order

ROWS = 1000  # of an answer that a page shows
_ADDRESS = 6000  # characters of an address that every browser and proxy takes
_TABLES = (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML"))
_TRIPLES = (("ttl", "Turtle"), ("nt", "N-Triples"), ("jsonld", "JSON-LD"), ("rdf", "RDF/XML"))


def editor(site: Site, visit: Visit) -> Page:
    """Show the editor, with the named query ``example`` in it if one is asked for.

    :raises NotFoundError: if there is no such query.
    """
    example = visit.one("example")
    text = named(site, example).sparql if example else _without_head(question("first").sparql)
    return Page("sparql.html", {**_values(site, visit, text), "example": example})


def result(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the page of the answer to ``asked['query']``; an error is part of it, at its place in the query."""
    visit = Visit(asked["path"], {}, [(name, value) for name, value in asked["parameters"]], asked["lang"])
    values = _values(site, visit, asked["query"])
    status = 200
    try:
        values |= {"result": _result(site, asked, visit)}
    except InputError as error:
        status = 400
        place = (error.line, error.column) if isinstance(error, QueryError) else (None, None)
        values |= {"error": visit.t(error.zh, str(error)), "line": place[0], "column": place[1]}
    page = {**frame(visit, site.build), "site": site, "example": None, **values}
    out.write(template("sparql.html", visit.lang).render(page).encode())
    return Reply(status, "text/html; charset=utf-8")


def _values(site: Site, visit: Visit, text: str) -> dict[str, Any]:
    examples = [(name, query.title[visit.lang]) for name, query in site.queries.items()]
    return {"query": text, "examples": examples, "result": None, "error": None, "line": None, "column": None}


def _result(site: Site, asked: Mapping[str, Any], visit: Visit) -> dict[str, Any]:
    """Give what the page shows of an answer: a word, or the first rows and how many there are."""
    with answered(site, asked) as answer:
        if isinstance(answer, QueryBoolean):
            return {
                "answer": bool(answer),
                "table": None,
                "total": 1,
                "cut": False,
                **_downloads(visit, asked, _TABLES),
            }
        limit = site.limits.max_rows
        if isinstance(answer, QuerySolutions):
            names = in_order(asked["query"], [variable.value for variable in answer.variables])
            rows = (tuple(value_of(row[name]) for name in names) for row in answer)
            forms = _TABLES
        else:
            names = ["subject", "predicate", "object"]
            rows = (tuple(map(value_of, triple)) for triple in answer)
            forms = _TRIPLES
        first = list(islice(rows, ROWS))
        total = len(first) + sum(1 for _ in islice(rows, max(0, limit - len(first))))
        cut = total >= limit and next(rows, None) is not None
    table: Shown = shown(site, names, first, visit, whole=True)
    return {"answer": None, "table": table, "total": total, "cut": cut, **_downloads(visit, asked, forms)}


def _downloads(visit: Visit, asked: Mapping[str, Any], forms: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Give the addresses of an answer in its formats; a query too long for an address is posted by a form."""
    sent = [("query", asked["query"])]
    sent += [("default-graph-uri", one) for one in asked.get("default") or []]
    sent += [("named-graph-uri", one) for one in asked.get("named") or []]
    address = f"{visit.path}?{urlencode(sent)}"
    if len(address) > _ADDRESS:
        return {"links": [], "posted": sent, "forms": forms}
    return {"links": [(label, f"{address}&format={form}") for form, label in forms], "posted": [], "forms": ()}


def _without_head(text: str) -> str:
    """Leave out the comments at the head of a query."""
    lines = text.splitlines(keepends=True)
    begin = next(at for at, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    return "".join(lines[begin:])
