"""The list of tasks, with filters that combine, and the same tasks as a file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from plan_graph.analysis.facts import Party, TaskFacts
from plan_graph.errors import InputError
from plan_graph.graph.formats import as_csv, as_json, as_tsv, as_xlsx
from plan_graph.model.plan import Role
from plan_graph.reports.sections import ROLES, Column, Section, plain, readable
from plan_graph.reports.words import Words
from plan_graph.web.pages import asked
from plan_graph.web.pages.excerpts import excerpt
from plan_graph.web.pages.facts import Facts, address
from plan_graph.web.pages.filters import FILTERS, Option, Selection, plan_of
from plan_graph.web.pages.list_files import files
from plan_graph.web.pages.reported import XLSX
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

PAGE = 50
_SHOWN = {"year": 12, "theme": 8, "body": 10, "place": 10, "collective": 6, "plan": 8}
_NAMED = 120  # names offered while one is typed
_PARTIES = 6
_TEXT = 140
SORTS: Mapping[str, tuple[Words, Callable[[TaskFacts], str | int]]] = {
    "plan": (Words("按计划中的次序", "in the order of the plan"), lambda _: 0),
    "newest": (Words("年度新的在前", "latest year first"), lambda task: -(task.year or 0)),
    "deadline": (
        Words("时限早的在前", "earliest deadline first"),
        lambda task: min((one.by for one in task.deadlines), default="9"),
    ),
    "parties": (Words("参与方多的在前", "most parties first"), lambda task: -len({one.body for one in task.parties})),
}


def listed(site: Site, visit: Visit) -> Page:
    """Show the tasks that fit the filters, fifty a page, and what each further choice would leave."""
    selection, found, choices = _chosen(site, visit.lang, visit.choice)
    page, pages = page_of(visit, len(found))
    shown = found[(page - 1) * PAGE : page * PAGE]
    return Page(
        "tasks.html",
        {
            "total": len(found),
            "every": len(site.facts.tasks),
            "rows": [row(site.facts, task, selection.words) for task in shown],
            "first": (page - 1) * PAGE + 1,
            "page": page,
            "pages": pages,
            **choices,
            "chips": chips(selection, visit),
            "selection": selection,
            "sorts": [(key, name.of(visit.lang)) for key, (name, _) in SORTS.items()],
            "sort": visit.one("sort") or "plan",
            "files": files(visit, "/tasks"),
            "several": len(site.facts.plans) > 1,
        },
    )


@lru_cache(maxsize=2)  # the pages of a list are asked for one after another
def _chosen(
    site: Site, lang: str, choice: tuple[tuple[str, str], ...]
) -> tuple[Selection, list[TaskFacts], Mapping[str, Any]]:
    """Give what all pages of the list have in common: the tasks in their order, and the further choices there are."""
    visit = Visit("/tasks", {}, choice, lang)
    selection = Selection(site.choices, visit)
    choices = {"facets": facets(selection, visit), "names": selection.options("body")[:_NAMED]}
    return selection, ordered(selection.tasks, visit), choices


def download(site: Site, visit: Visit) -> File:
    """Give the tasks that fit the filters as CSV, TSV, JSON or Excel, in the order asked for."""
    tasks = ordered(Selection(site.choices, visit).tasks, visit)
    return file(section(site.facts, tasks), visit, "tasks")


def resources(site: Site, visit: Visit) -> Iterator[str]:
    """Give the addresses of the same tasks."""
    return map(address, ordered(Selection(site.choices, visit).tasks, visit))


def file(table: Section, visit: Visit, name: str) -> File:
    """Write a table in the form of the address: for people with names of columns, for programs with keys that stay.

    :raises NotFoundError: for a form there is not.
    """
    forms: Mapping[str, tuple[Callable[[], bytes], str]] = {
        "csv": (lambda: as_csv(plain(table)), "text/csv; charset=utf-8"),
        "tsv": (lambda: as_tsv(plain(table)), "text/tab-separated-values; charset=utf-8"),
        "json": (lambda: as_json(plain(table)), "application/json"),
        "xlsx": (lambda: as_xlsx(readable(table, visit.lang, every=True)), XLSX),
    }
    write, media = asked.form(visit, forms)
    return File(write(), media, f"{name}.{visit.arguments['form']}")


def ordered(tasks: Iterable[TaskFacts], visit: Visit) -> list[TaskFacts]:
    """Sort tasks as the visit asks.

    :raises InputError: for an order there is not.
    """
    key: Callable[[TaskFacts], Any] = asked.one(visit, "sort", SORTS, "plan")[1]
    return sorted(tasks, key=key)


def page_of(visit: Visit, rows: int) -> tuple[int, int]:
    """Give the page asked for and how many there are.

    :raises InputError: for a page beyond the last.
    """
    page, pages = asked.whole(visit, "page", 1, 1), max(1, math.ceil(rows / PAGE))
    if page > pages:
        raise InputError(
            f"there are {pages} pages of this list, not {page}; take page={pages} or fewer",
            f"这个列表只有 {pages} 页，没有第 {page} 页",
        )
    return page, pages


def facets(selection: Selection, visit: Visit) -> list[tuple[str, str, list[Option], int]]:
    """Give each filter with its name, its first options (chosen ones always), and how many more there are."""
    made = []
    for name, words in FILTERS.items():
        if name == "q" or (name == "plan" and len(selection.index.facts.plans) < 2):
            continue
        options = selection.options(name)
        most = _SHOWN.get(name, 20)
        kept = [one for at, one in enumerate(options) if at < most or one.chosen]
        if kept:
            made.append((name, words.of(visit.lang), kept, len(options) - len(kept)))
    return made


def chips(selection: Selection, visit: Visit) -> list[tuple[str, str, str]]:
    """Give each filter that is set: its name, its value, and the address of the page without it."""
    made = [
        (FILTERS[one.filter].of(visit.lang), selection.label(one), without(visit, one.filter, one.asked))
        for one in selection.chosen
    ]
    made += [
        (FILTERS["role"].of(visit.lang), ROLES[role].of(visit.lang), without(visit, "role", role.value))
        for role in selection.roles
    ]
    if selection.words:
        made.append((FILTERS["q"].of(visit.lang), " ".join(selection.words), without(visit, "q")))
    return made


def without(visit: Visit, name: str, value: str | None = None) -> str:
    """Give the address of this page without one value of a parameter, or any, and from the first page."""
    kept = [
        (key, said)
        for key, said in visit.parameters
        if key != "page" and said and not (key == name and value in (None, said.strip()))
    ]
    return f"{visit.path}?{urlencode(kept)}" if kept else visit.path


def row(facts: Facts, task: TaskFacts, words: Sequence[str] = ()) -> dict[str, object]:
    """Give a task as lists show it."""
    return {
        "address": address(task),
        "id": task.id,
        "year": task.year,
        "plan": plan_of(facts, task),
        "themes": [facts.themes[key] for key in facts.themes_of.get(task.iri, ())],
        "text": excerpt(task.text, words, _TEXT),
        "parties": parties(facts, task),
        "places": list(dict.fromkeys(place.name for place in task.places)),
        "targets": task.targets,
        "deadlines": task.deadlines,
        "earlier": len(facts.earlier.get(task.iri, ())),
        "later": len(facts.later.get(task.iri, ())),
    }


def parties(facts: Facts, task: TaskFacts) -> list[tuple[str, list[tuple[str, str, str]], int]]:
    """Give by role the parties as written, with full name and page, the first few, and how many more."""
    made = []
    for role in Role:
        own = [party for party in task.parties if party.role is role]
        if own:
            named = [(party.written, party.name, facts.agents[party.body].address) for party in own[:_PARTIES]]
            made.append((role.value, named, len(own) - len(named)))
    return made


_COLUMNS = (
    Column("plan", Words("计划标识", "plan id")),
    Column("year", Words("年度", "year")),
    Column("id", Words("编号", "id")),
    Column("theme", Words("主题", "theme")),
    Column("text", Words("任务正文", "text")),
    Column("clause", Words("责任分工原文", "clause")),
    *(Column(role.value, ROLES[role], many=True) for role in Role),
    Column("places", Words("地点", "places"), many=True),
    Column("targets", Words("量化目标", "targets"), many=True),
    Column("deadlines", Words("时限", "deadlines"), many=True),
    Column("documents", Words("文件", "documents"), many=True),
    Column("task", Words("任务（IRI）", "task (IRI)")),
)


def section(facts: Facts, tasks: Iterable[TaskFacts]) -> Section:
    """Give tasks as a table with all that is stated of each, lists with 、 between."""

    def cells(task: TaskFacts) -> tuple[str | int | None, ...]:
        themes = "、".join(facts.themes[key].name for key in facts.themes_of.get(task.iri, ()))
        return (
            task.plan,
            task.year,
            task.id,
            themes or None,
            task.text,
            task.clause or None,
            *(_names(task.parties, role) for role in Role),
            "、".join(dict.fromkeys(place.name for place in task.places)) or None,
            "、".join(f"{one.counted} {one.quote}" for one in task.targets) or None,
            "、".join(f"{one.written}（{one.by}）" for one in task.deadlines) or None,
            "、".join(f"《{one.title}》" for one in task.documents) or None,
            task.iri,
        )

    return Section("tasks", Words("任务", "Tasks"), _COLUMNS, tuple(map(cells, tasks)))


def _names(found: Iterable[Party], role: Role) -> str | None:
    return "、".join(dict.fromkeys(party.name for party in found if party.role is role)) or None
