"""Plans: all of them, and one with its tasks by year and theme and the bodies it charges most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plan_graph.errors import NotFoundError
from plan_graph.reports.sections import Column, Section
from plan_graph.reports.words import Words
from plan_graph.web.pages.list_files import files
from plan_graph.web.pages.tasks import file
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

Row = Mapping[str, Any]
A_PAGE = 50
MOST = 15


def plans(site: Site, visit: Visit) -> Page:
    """List the plans, the newest first; by issuer."""
    issuers = sorted({row["issuerName"] for row in site.ask("plans") if row["issuer"]})
    found = _fitting(site, visit)
    pages = max(1, -(-len(found) // A_PAGE))
    page = visit.page(pages)
    return Page(
        "plans.html",
        {
            "found": found[(page - 1) * A_PAGE : page * A_PAGE],
            "total": len(found),
            "tasks": sum(one["tasks"] for one in found),
            "page": page,
            "pages": pages,
            "issuers": issuers,
            "issuer": visit.one("issuer"),
            "files": files(visit, "/plans"),
        },
    )


def _fitting(site: Site, visit: Visit) -> list[dict[str, Any]]:
    found, issuer = together(site.ask("plans")), visit.one("issuer")
    return [one for one in found if issuer is None or issuer in {name for _, name in one["issuers"]}]


def download(site: Site, visit: Visit) -> File:
    """Give the same plans as a table."""
    columns = (
        Column("id", Words("计划标识", "plan id")),
        Column("title", Words("标题", "title")),
        Column("number", Words("文号", "number")),
        Column("issuers", Words("发文机关", "issuers"), many=True),
        Column("issued", Words("日期", "date")),
        Column("period", Words("时期", "years")),
        Column("tasks", Words("任务", "tasks")),
        Column("plan", Words("计划（IRI）", "plan (IRI)")),
    )
    cells = tuple(
        (
            one["id"],
            one["title"],
            one["number"] or None,
            "、".join(name for _, name in one["issuers"]) or None,
            one["issued"] or None,
            one["period"] or None,
            one["tasks"],
            one["plan"],
        )
        for one in _fitting(site, visit)
    )
    return file(Section("plans", Words("计划", "Plans"), columns, cells), visit, "plans")


def resources(site: Site, visit: Visit) -> Iterator[str]:
    """Give the addresses of the same plans."""
    return (site.local(one["plan"]) or "" for one in _fitting(site, visit))


def together(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Bring rows of the query ``plans`` together, a value a plan with all its issuers, the newest first."""
    made: dict[str, dict[str, Any]] = {}
    for row in rows:
        one = made.setdefault(row["plan"], {**row, "issuers": []})
        if row["issuer"] and (row["issuer"], row["issuerName"]) not in one["issuers"]:
            one["issuers"].append((row["issuer"], row["issuerName"]))
    return sorted(made.values(), key=lambda one: (one["issued"] or "", one["id"]), reverse=True)


def plan(site: Site, visit: Visit) -> Page:
    """Show a plan: what it is, how its tasks are spread, whom it charges, on which documents it rests."""
    name = visit.arguments["id"]
    found = together(site.ask_of(name, "plans"))
    if not found:
        raise NotFoundError("no plan of this name is in the graph", "图中没有这个计划")
    themes = site.ask_of(name, "tasks-by-theme")
    bodies = site.ask_of(name, "tasks-by-body")
    return Page(
        "plan.html",
        {
            "about": found[0],
            "source": next(iter(site.ask_of(name, "sources")), None),
            "years": years(site.ask_of(name, "tasks-by-year")),
            "themes": spread(themes),
            "columns": sorted({row["year"] for row in themes if row["year"]}),
            "bodies": bodies[:MOST],
            "several": len(bodies),
            "rests": site.ask_of(name, "plan-rests-on"),
            "ledger": {row["metric"].rsplit("/", 1)[-1]: row["value"] for row in site.ask_of(name, "ledger")},
        },
    )


def years(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Give tasks by year beside what headings state; none where the plan states no years."""
    made: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row["year"]:
            one = made.setdefault(row["year"], {"year": row["year"], "tasks": row["tasks"], "stated": row["stated"]})
            one["tasks"] = max(one["tasks"], row["tasks"])
    return list(made.values())


def spread(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Give tasks by theme, and each theme by year, in the order of the themes' sizes; tasks under none come last."""
    made: dict[object, dict[str, Any]] = {}
    for row in rows:
        one = made.setdefault(
            row["concept"], {"concept": row["concept"], "theme": row["theme"], "years": defaultdict(int), "tasks": 0}
        )
        one["years"][row["year"]] += row["tasks"]
        one["tasks"] += row["tasks"]
    return sorted(made.values(), key=lambda one: (one["concept"] is None, -one["tasks"], one["theme"]))
