"""Bodies: the list of all that take part or may, and the dossier of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from plan_graph.analysis.choice import Choice
from plan_graph.analysis.dossier import Dossier, dossier
from plan_graph.errors import InputError, NotFoundError
from plan_graph.model.plan import Role
from plan_graph.reports.dossier import dossier_report
from plan_graph.reports.sections import ROLES, Cell, Column, Report, Section
from plan_graph.reports.words import Words
from plan_graph.web.pages import asked, reported
from plan_graph.web.pages.ego import ego
from plan_graph.web.pages.facts import Agent, Facts, address
from plan_graph.web.pages.filters import FILTERS, Option, Selection
from plan_graph.web.pages.list_files import files
from plan_graph.web.pages.tasks import PAGE, file, page_of, without
from plan_graph.web.pages.ties import tie_address
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

KIND, LEVEL = Words("类型", "Kind"), Words("层级", "Level")
_CELL, _FEW = 140, 80  # characters
_SHOWN = 20  # rows of a table of a dossier
_ONLY = ("year", "plan", "theme")
SORTS: Mapping[str, tuple[Words, Callable[[dict[str, Any]], tuple[Any, ...]]]] = {
    "tasks": (Words("任务多的在前", "most tasks first"), lambda row: (-row["tasks"],)),
    "led": (Words("牵头多的在前", "most led first"), lambda row: (-row["led"], -row["tasks"])),
    "supported": (Words("配合多的在前", "most supported first"), lambda row: (-row["supported"], -row["tasks"])),
    "partners": (Words("伙伴多的在前", "most partners first"), lambda row: (-row["partners"], -row["tasks"])),
    "name": (Words("按标识", "by id"), lambda row: (row["agent"].id,)),
}


def listed(site: Site, visit: Visit) -> Page:
    """Show the bodies that fit kind, level and words, with what they do in the tasks of a year, plan and theme."""
    rows, found = _rows(site, visit)
    page, pages = page_of(visit, len(rows))
    selection = found["selection"]
    return Page(
        "bodies.html",
        {
            "rows": rows[(page - 1) * PAGE : page * PAGE],
            "total": len(rows),
            "page": page,
            "pages": pages,
            "files": files(visit, "/bodies"),
            "sorts": [(key, name.of(visit.lang)) for key, (name, _) in SORTS.items()],
            "sort": visit.one("sort") or "tasks",
            "tasks": selection.mask.bit_count(),
            **found,
        },
    )


def download(site: Site, visit: Visit) -> File:
    """Give the same bodies as a file."""
    rows, _ = _rows(site, visit)
    facts = site.facts
    columns = (
        Column("id", Words("标识", "id")),
        Column("name", Words("全称", "full name")),
        Column("nameEn", Words("英文名称", "English name")),
        Column("short", Words("文件中的写法", "as written most often")),
        Column("kind", Words("类型", "kind")),
        Column("level", Words("层级", "level")),
        Column("tasks", Words("任务", "tasks")),
        *(Column(_KEYS[role], ROLES[role]) for role in Role),
        Column("partners", Words("伙伴", "partners")),
    )
    table = Section(
        "bodies",
        Words("机构", "Bodies"),
        columns,
        tuple(
            (
                row["agent"].id,
                row["agent"].name,
                row["agent"].name_en or None,
                row["agent"].short,
                facts.kinds[row["agent"].kind],
                facts.levels.get(row["agent"].level),
                row["tasks"],
                *(row[_KEYS[role]] for role in Role),
                row["partners"],
            )
            for row in rows
        ),
    )
    return file(table, visit, "bodies")


def resources(site: Site, visit: Visit) -> Iterator[str]:
    """Give the addresses of the same bodies."""
    return (row["agent"].address for row in _rows(site, visit)[0])


_KEYS = {Role.LEAD: "led", Role.SUPPORT: "supported", Role.RESPONSIBLE: "responsible", Role.GUIDE: "guided"}


def _rows(site: Site, visit: Visit) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Give the rows of the list in the order asked for, and the choices there are."""
    return _chosen(site, visit.path, visit.lang, visit.choice)


@lru_cache(maxsize=2)  # the pages of a list are asked for one after another
def _chosen(
    site: Site, path: str, lang: str, choice: tuple[tuple[str, str], ...]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    visit = Visit(path, {}, choice, lang)
    facts, index = site.facts, site.choices
    selection = Selection(index, visit, only=_ONLY)
    kinds = asked.some(visit, "kind", facts.kinds)
    levels = asked.some(visit, "level", facts.levels)
    words = " ".join(visit.every("q")).split()
    if len(words) > 20 or any(len(word) > 200 for word in words):
        raise InputError("too many words to look for; give fewer", "检索词过多，请减少")
    everybody = []
    for agent in facts.agents.values():
        if all(any(word in name for name in (agent.id, agent.name, agent.name_en, *agent.others)) for word in words):
            mask = selection.mask & index.role(agent.id, Role)
            if mask or selection.empty:
                everybody.append((agent, mask))

    def fits(agent: Agent, *, kind: bool = True, level: bool = True) -> bool:
        return (not kind or not kinds or agent.kind in kinds) and (not level or not levels or agent.level in levels)

    partners = _partners(site, selection.mask)
    rows: list[dict[str, Any]] = [
        {
            "agent": agent,
            "tasks": mask.bit_count(),
            **{key: (selection.mask & index.role(agent.id, (role,))).bit_count() for role, key in _KEYS.items()},
            "partners": len(partners.get(agent.id, ())),
        }
        for agent, mask in everybody
        if fits(agent)
    ]
    _, key = asked.one(visit, "sort", SORTS, "tasks")
    rows.sort(key=lambda row: (*key(row), row["agent"].id))

    def count(name: str, chosen: tuple[str, ...], labels: Mapping[str, Words]) -> list[Option]:
        found: dict[str, int] = {}
        for agent, _ in everybody:
            if fits(agent, kind=name != "kind", level=name != "level") and (own := getattr(agent, name)):
                found[own] = found.get(own, 0) + 1
        keys = dict.fromkeys([*sorted(found, key=lambda one: -found[one]), *chosen])
        return [Option(one, labels[one].of(visit.lang), found.get(one, 0), one in chosen) for one in keys]

    facets = [
        ("kind", KIND.of(visit.lang), count("kind", kinds, facts.kinds), 0),
        ("level", LEVEL.of(visit.lang), count("level", levels, facts.levels), 0),
        *_task_facets(selection, visit),
    ]
    made = [
        (name.of(visit.lang), labels[one].of(visit.lang), without(visit, key, one))
        for key, name, labels, chosen in (("kind", KIND, facts.kinds, kinds), ("level", LEVEL, facts.levels, levels))
        for one in chosen
    ]
    made += [
        (FILTERS[one.filter].of(visit.lang), selection.label(one), without(visit, one.filter, one.asked))
        for one in selection.chosen
    ]
    if words:
        made.append((FILTERS["q"].of(visit.lang), " ".join(words), without(visit, "q")))
    return rows, {"facets": facets, "chips": made, "selection": selection, "words": words}


def _task_facets(selection: Selection, visit: Visit) -> list[tuple[str, str, list[Option], int]]:
    """Give the filters of tasks beside those of bodies; the counts are of tasks."""
    made = []
    for name, most in (("year", 12), ("plan", 8)):
        options = selection.options(name)
        if len(options) > 1:
            kept = [one for at, one in enumerate(options) if at < most or one.chosen]
            made.append((name, FILTERS[name].of(visit.lang), kept, len(options) - len(kept)))
    return made


def _partners(site: Site, mask: int) -> dict[str, set[str]]:
    """Give the single bodies that share one of these tasks with each participant."""
    found: dict[str, set[str]] = {}
    for task in site.choices.tasks(mask):
        singles = task.bodies()
        for party in task.parties:
            found.setdefault(party.body, set()).update(singles)
    return {body: others - {body} for body, others in found.items()}


def find(facts: Facts, visit: Visit) -> Agent:
    """Give whom the address names: ``/body/AREA/ID``, ``/collective/AREA/ID`` or ``/name/DOCUMENT/char-BEGIN``.

    :raises NotFoundError: if there is none.
    """
    agent = facts.agents.get(f"{visit.arguments['area']}/{visit.arguments['id']}")
    if agent is None or not visit.path.startswith(agent.address):
        raise NotFoundError(
            "nobody here has this id; the list of bodies has them all, with their names",
            "这里没有这个标识的机构；机构列表列有全部机构及其名称",
        )
    return agent


@lru_cache(maxsize=2)  # a page is asked for in both languages, and as data
def report(site: Site, agent: Agent) -> tuple[Report, Dossier]:
    """Put together the dossier of a body, as ``plan-graph brief`` does."""
    facts = site.facts
    later, earlier = site.events.of(agent.id)
    found = dossier(facts.scope, agent.id, later, earlier)
    return dossier_report(facts.scope, found, facts.named[agent.id], facts.named), found


def shown(site: Site, visit: Visit) -> Page:
    """Show the dossier of a body, a collective or an unresolved name."""
    facts = site.facts
    agent = find(facts, visit)
    whole, found = report(site, agent)
    links: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
        "id": lambda row: address(facts.by_iri[row["task"]]) if "task" in row else None,
        "partner": lambda row: facts.agents[row["id"]].address,
        "shared": lambda row: _shared(site, agent, facts.agents[row["id"]]),
    }
    sections = {
        one.key: reported.shape(_first(one), visit, links, leave=("theme", "where") if "task" in _columns(one) else ())
        for one in whole.sections
    }
    return Page(
        "body.html",
        {
            "agent": agent,
            "kind": facts.kinds[agent.kind].of(visit.lang),
            "level": facts.levels[agent.level].of(visit.lang) if agent.level else "",
            "found": found,
            "figures": _figures(found, visit.lang),
            "sections": sections,
            "totals": {one.key: len(one.rows) for one in whole.sections},
            "notes": [note.of(visit.lang) for note in whole.notes],
            "ego": ego(facts, agent.id, found.partners),
            "members": [facts.agents[one] for one in agent.members if one in facts.agents],
            "collectives": [(facts.agents[one], count) for one, count in found.collectives],
            "years": found.years,
            "themes": [(share, facts.themes_by_name.get(share.key)) for share in found.themes],
            "places": [(share, facts.places_by_name.get(share.key)) for share in found.places],
            "filter": "body" if agent.single else "collective",
        },
    )


def _shared(site: Site, one: Agent, other: Agent) -> str:
    """Give where the tasks of two are read: with their clauses on the page of their tie, if both are single bodies.

    A graph that was built without draws has no ties.
    """
    if one.single and other.single and f"{site.base}graph/ties" in site.graphs:
        left, right = sorted((one.id, other.id))
        return tie_address(Choice(), False, left, right)
    return "/tasks?" + urlencode([("body", one.id), ("body", other.id)])


def download_one(site: Site, visit: Visit) -> File:
    """Give the dossier as a file: all tables as Excel or JSON, one of them as CSV or TSV (``list=targets``)."""
    agent = find(site.facts, visit)
    whole, _ = report(site, agent)
    return reported.file(whole, visit, agent.address.strip("/").replace("/", "-"))


def _figures(found: Dossier, lang: str) -> list[tuple[str, int]]:
    made = [(Words("任务", "tasks"), len(found.tasks))]
    made += [(ROLES[role], found.count(role)) for role in Role if found.count(role)]
    made += [
        (Words("协作伙伴", "partners"), len(found.partners)),
        (Words("量化目标", "targets"), len(found.targets)),
        (Words("时限", "deadlines"), len(found.deadlines)),
    ]
    return [(name.of(lang), value) for name, value in made]


def _first(section: Section) -> Section:
    """Keep as many rows, and as much of long texts, as a page has room for."""

    most = _FEW if section.key == "gaps" else _CELL

    def cut(cell: Cell) -> Cell:
        return f"{cell[:most]}…" if type(cell) is str and len(cell) > most else cell

    return replace(section, rows=tuple(tuple(map(cut, row)) for row in section.rows[:_SHOWN]))


def _columns(section: Section) -> set[str]:
    return {column.key for column in section.columns}
