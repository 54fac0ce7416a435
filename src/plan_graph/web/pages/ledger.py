"""The ledger: what became of every character and every name of the documents, and what is left to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from plan_graph.authority.reasons import REASONS
from plan_graph.errors import NotFoundError
from plan_graph.web.pages.visit import Page, Visit
from plan_graph.web.site import Site

_IN_ENGLISH = dict(REASONS.values())  # the reasons of unresolved names: Chinese → English
Row = Mapping[str, Any]
A_PAGE = 50
# the parts of a text, in the order of the page: metric → Chinese, English
PARTS: Mapping[str, tuple[str, str]] = {
    "heading-code-points": ("标题", "Headings"),
    "preamble-code-points": ("正文之前", "Before the tasks"),
    "task-code-points": ("任务", "Tasks"),
    "clause-code-points": ("责任分工", "Clauses"),
    "unread-code-points": ("未读懂", "Not read"),
}


def ledger(site: Site, visit: Visit) -> Page:
    """Show the ledger of all documents, or of one plan."""
    chosen = visit.one("plan")
    asked = {"plan": chosen} if chosen else {}
    measured = site.ask("ledger", **asked)
    if chosen and not measured:
        raise NotFoundError("no plan of this name is in the graph", "图中没有这个计划")
    found = by_document(measured)
    pages = max(1, -(-len(found) // A_PAGE))
    page = visit.page(pages)
    unread = site.ask("unread", **asked)
    names = site.ask("unresolved-names", **asked)
    return Page(
        "ledger.html",
        {
            "chosen": chosen,
            "found": found[(page - 1) * A_PAGE : page * A_PAGE],
            "page": page,
            "pages": pages,
            "parts_of_text": PARTS,
            "totals": totals(found),
            "metrics": metrics(measured),
            "unread": unread[:A_PAGE],
            "unread_total": len(unread),
            "names": [
                {
                    **row,
                    "plan": row["task"].removeprefix(f"{site.base}task/").split("/")[0],
                    "reason": visit.t(row["reason"], _IN_ENGLISH.get(row["reason"], row["reason"])),
                }
                for row in names[:A_PAGE]
            ],
            "names_total": len(names),
        },
    )


def by_document(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Bring rows of the query ``ledger`` together, a value a document with its metrics; the least read first."""
    made: dict[str, dict[str, Any]] = {}
    for row in rows:
        one = made.setdefault(row["document"], {"document": row["document"], "title": row["title"], "values": {}})
        one["values"][row["metric"].rsplit("/", 1)[-1]] = row["value"]
    return sorted(made.values(), key=lambda one: (-one["values"]["unread-code-points"], one["title"], one["document"]))


def totals(found: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Add up each metric over documents."""
    made: dict[str, int] = {}
    for one in found:
        for metric, value in one["values"].items():
            made[metric] = made.get(metric, 0) + value
    return made


def metrics(rows: Iterable[Row]) -> dict[str, tuple[str, str]]:
    """Give the metrics that are counts of facts, with their names in Chinese and English."""
    names = {row["metric"].rsplit("/", 1)[-1]: (row["name"], row["nameEn"]) for row in rows}
    return {metric: words for metric, words in sorted(names.items()) if not metric.endswith("code-points")}
