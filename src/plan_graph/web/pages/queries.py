"""The named queries: all of them with their questions, and each with its answer, its text and how to cite it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from plan_graph.errors import InputError
from plan_graph.graph.queries import Parameter, Query
from plan_graph.web.answers import named, table, values_of
from plan_graph.web.pages.naming import Names
from plan_graph.web.pages.tables import division
from plan_graph.web.pages.visit import Page, Visit
from plan_graph.web.site import Site

ROWS = 100  # of a page at most
_CELL = 60  # bytes of a cell without its text: its class, and the label it bears on narrow screens
_SHORT, _LONG = 12, 40  # characters: what is not broken over lines, and what needs a wide column
_EXAMPLE = re.compile(r"\s*[（(]([^（()）]+)[)）]\s*$")
_LABELS = {
    "csv": "CSV",
    "tsv": "TSV",
    "json": "JSON",
    "xlsx": "Excel",
    "parquet": "Parquet",
    "srj": "SPARQL JSON",
    "srx": "SPARQL XML",
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
}
_CHOICES = re.compile(r"[：:]\s*state.*$")
_LEVELS = (
    ("state", "中央", "State"),
    ("province", "省级", "Province"),
    ("prefecture", "地市级", "Prefecture"),
    ("county", "县级", "County"),
    ("township", "乡镇级", "Township"),
)
_FILTERS = ("plan", "issuer", "level", "year")  # taken by most queries: which plans are meant


def queries(site: Site, visit: Visit) -> Page:
    """List the named queries."""
    listed = [
        {
            "name": query.name,
            "title": query.title[visit.lang],
            "question": query.question[visit.lang],
            "fields": [field(one, visit) for one in query.parameters if one.name not in _FILTERS],
            "filtered": any(one.name in _FILTERS for one in query.parameters),
        }
        for query in site.queries.values()
    ]
    return Page("queries.html", {"queries": listed})


def field(parameter: Parameter, visit: Visit, given: str = "") -> dict[str, Any]:
    """Give what a form shows of a parameter: its meaning, an example, its value."""
    meaning = visit.t(parameter.zh, parameter.en)
    example = _EXAMPLE.search(parameter.en)
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "required": parameter.required,
        "meaning": _CHOICES.sub("", _EXAMPLE.sub("", meaning)),
        "example": example[1] if example else "",
        "value": given,
        "choices": [(key, visit.t(zh, en)) for key, zh, en in _LEVELS] if parameter.name == "level" else [],
    }


def query_page(site: Site, visit: Visit) -> Page:
    """Show a named query with its answer to the parameters that are given.

    :raises NotFoundError: if there is none of this name.
    :raises InputError: for parameters that cannot be used.
    """
    query = named(site, visit.arguments["name"])
    values = values_of(query, visit.parameters)
    missing = [one for one in query.parameters if one.required and one.name not in values]
    found = None if missing else table(site, query, values)
    number = _page_number(visit)
    pages = division(map(_length, found.rows), ROWS) if found else []
    if found and number > len(pages):
        raise InputError(f"there is no page {number} of this answer", f"此结果没有第 {number} 页")
    part = [found.rows[at] for at in pages[number - 1]] if found else []
    terms = urlencode(list(values.items()))
    return Page(
        "query.html",
        {
            "query": query,
            "title": query.title[visit.lang],
            "question": query.question[visit.lang],
            "fields": [field(one, visit, values.get(one.name, "")) for one in query.parameters],
            "missing": missing,
            "total": len(found.rows) if found else 0,
            "shown": shown(site, found.columns, part, visit) if found else None,
            "page": number,
            "pages": len(pages),
            "terms": f"?{terms}" if terms else "",
            "more": f"&{terms}" if terms else "",
            "forms": _forms(query, terms) if not missing else [],
            "text": query.sparql,
            "dated": _dated(site),
        },
    )


def _length(row: Sequence[object]) -> int:
    """Tell about how many bytes a row is on the page: Chinese characters have three, others one, both are common."""
    return _CELL * len(row) + 2 * sum(map(len, map(str, row)))


def _page_number(visit: Visit) -> int:
    said = visit.one("page") or "1"
    if not re.fullmatch(r"[1-9]\d{0,6}", said):
        raise InputError(f"page={said} is no number of a page", f"page={said} 不是页码")
    return int(said)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown of a value: its text, where it leads, whether it is a number."""

    text: str
    address: str | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as a page shows it: heads with their classes, and rows of cells."""

    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Cell]]


def shown(
    site: Site, names: Sequence[str], rows: Sequence[Sequence[object]], visit: Visit, *, whole: bool = False
) -> Shown:
    """Give the cells of rows, IRIs as links with names.

    Unless the ``whole`` table is wanted, with variables as heads, a column of IRIs whose names another column has is
    left out, and that one leads where it led.
    """
    called = Names.of(site, {str(value) for row in rows for value in row if _is_iri(value)}, visit.lang)
    lines = [[_cell(site, value, called) for value in row] for row in rows]
    kept = list(range(len(names)))
    for at in range(0 if whole else len(names)):
        if lines and all(line[at].address for line in lines):
            same = (
                other for other in kept if other != at and all(line[other] == Cell(line[at].text) for line in lines)
            )
            if (named_by := next(same, None)) is not None:
                for line in lines:
                    line[named_by] = line[at]
                kept.remove(at)
    heads = [
        (names[at] if whole else _head(site, names[at], visit), _kind(names[at], [line[at] for line in lines]))
        for at in kept
    ]
    return Shown(heads, [[line[at] for at in kept] for line in lines])


def _head(site: Site, name: str, visit: Visit) -> str:
    return re.sub(r"（IRI）| \(IRI\)", "", site.columns.get(name, (name, name))[visit.lang == "en"])


def _kind(name: str, column: Sequence[Cell]) -> str:
    filled = [cell for cell in column if cell.text]
    if filled and name != "year" and all(cell.number for cell in filled):
        return "num"
    longest = max((len(cell.text) for cell in filled), default=0)
    return "date" if longest <= _SHORT else "wide" if longest > _LONG else ""


def _cell(site: Site, value: object, called: Names) -> Cell:
    if isinstance(value, str) and _is_iri(value):
        return Cell(called(value), site.address(value) or value)
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return Cell(text, number=numeric)


def _is_iri(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://")) and not re.search(r"\s", value)


def _forms(query: Query, terms: str) -> list[tuple[str, str]]:
    address = f"/query/{query.name}."
    return [(label, address + form + (f"?{terms}" if terms else "")) for form, label in _LABELS.items()]


def _dated(site: Site) -> tuple[str, str] | None:
    """Give the first and the last date of the documents that the plans are, if any is known."""
    dates = sorted(str(row["issued"]) for row in site.plans if row["issued"])
    return (dates[0], dates[-1]) if dates else None
