"""Places and themes: the lists of them, and of each one its tasks, who works on them, and what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from plan_graph.analysis.facts import TaskFacts
from plan_graph.errors import NotFoundError
from plan_graph.model.plan import Role
from plan_graph.reports.sections import ROLES, Column, Section
from plan_graph.reports.words import Words
from plan_graph.web.pages import asked
from plan_graph.web.pages.facts import Facts
from plan_graph.web.pages.filters import FILTERS, NO_YEAR, Option, Selection
from plan_graph.web.pages.list_files import files
from plan_graph.web.pages.tasks import PAGE, file, ordered, page_of, row, section, without
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

LEVEL = Words("层级", "Level")
_SHOWN = 20
_BODIES = 15


@dataclass(frozen=True, slots=True)
class Kind:
    """What the lists of places and of themes differ in."""

    filter: str
    title: Words
    other: tuple[str, ...]  # filters of tasks the list can be narrowed by


PLACES = Kind("place", Words("地区", "Places"), ("year", "theme", "plan"))
THEMES = Kind("theme", Words("主题", "Themes"), ("year", "place", "plan"))


def places(site: Site, visit: Visit) -> Page:
    """List places with how many tasks name them."""
    return _list(site, visit, PLACES)


def themes(site: Site, visit: Visit) -> Page:
    """List themes with how many tasks stand under them."""
    return _list(site, visit, THEMES)


def places_file(site: Site, visit: Visit) -> File:
    """Give the list of places as a file."""
    return _list_file(site, visit, PLACES)


def themes_file(site: Site, visit: Visit) -> File:
    """Give the list of themes as a file."""
    return _list_file(site, visit, THEMES)


SORTS: Mapping[str, tuple[Words, Callable[[dict[str, Any]], tuple[object, ...]]]] = {
    "tasks": (Words("任务多的在前", "most tasks first"), lambda one: (-one["tasks"],)),
    "key": (Words("按代码、标识", "by code or key"), lambda _: ()),
}


def _list(site: Site, visit: Visit, kind: Kind) -> Page:
    rows, selection = _rows(site, visit, kind)
    page, pages = page_of(visit, len(rows))
    facts = site.facts
    levels = asked.some(visit, "level", facts.levels) if kind is PLACES else ()
    facets = [(name, FILTERS[name].of(visit.lang), *_some(selection, name)) for name in kind.other]
    if kind is PLACES:
        counts: dict[str, int] = {}
        for one in _rows(site, visit, kind, by_level=False)[0]:
            counts[one["level"]] = counts.get(one["level"], 0) + 1
        keys = [key for key in facts.levels if counts.get(key) or key in levels]
        options = [Option(key, facts.levels[key].of(visit.lang), counts.get(key, 0), key in levels) for key in keys]
        facets.insert(0, ("level", LEVEL.of(visit.lang), options, 0))
    chips = [
        (FILTERS[one.filter].of(visit.lang), selection.label(one), without(visit, one.filter, one.asked))
        for one in selection.chosen
    ]
    chips += [(LEVEL.of(visit.lang), facts.levels[one].of(visit.lang), without(visit, "level", one)) for one in levels]
    if visit.one("q"):
        chips.append((Words("名称", "Name").of(visit.lang), visit.one("q") or "", without(visit, "q")))
    years = [key for key in sorted(site.choices.masks["year"]) if key != NO_YEAR]
    return Page(
        "places.html",
        {
            "kind": kind.filter,
            "heading": kind.title.of(visit.lang),
            "rows": rows[(page - 1) * PAGE : page * PAGE],
            "total": len(rows),
            "tasks": selection.mask.bit_count(),
            "page": page,
            "pages": pages,
            "facets": [one for one in facets if one[2]],
            "chips": chips,
            "unknown": selection.unknown,
            "years": years if len(years) <= 6 else [],
            "files": files(visit, f"/{kind.filter}s"),
            "narrowed": urlencode([(one.filter, one.asked) for one in selection.chosen]),
            "sorts": [(key, name.of(visit.lang)) for key, (name, _) in SORTS.items()],
            "sort": visit.one("sort") or "tasks",
        },
    )


def _some(selection: Selection, name: str) -> tuple[list[Option], int]:
    options = selection.options(name)
    if len(options) < 2 and not any(one.chosen for one in options):
        return [], 0
    kept = [one for at, one in enumerate(options) if at < 10 or one.chosen]
    return kept, len(options) - len(kept)


def places_resources(site: Site, visit: Visit) -> Iterator[str]:
    """Give the addresses of the places of the list."""
    return (f"/place/{row['key']}" for row in _rows(site, visit, PLACES)[0])


def themes_resources(site: Site, visit: Visit) -> Iterator[str]:
    """Give the addresses of the themes of the list."""
    return (f"/theme/{row['key']}" for row in _rows(site, visit, THEMES)[0])


def _list_file(site: Site, visit: Visit, kind: Kind) -> File:
    rows, _ = _rows(site, visit, kind)
    years = [key for key in sorted(site.choices.masks["year"]) if key != NO_YEAR]
    columns = (
        Column("key", Words("代码、标识", "code or key")),
        Column("name", Words("名称", "name")),
        Column("nameEn", Words("英文名称", "English name")),
        *((Column("level", Words("层级", "level")), Column("parent", Words("隶属于", "in"))) if kind is PLACES else ()),
        Column("tasks", Words("任务", "tasks")),
        *(Column(year, Words(year, year)) for year in years),
        Column("bodies", Words("机构", "bodies")),
    )
    cells = tuple(
        (
            one["key"],
            one["name"],
            one["name_en"] or None,
            *((site.facts.levels.get(one["level"]), one["parent"] or None) if kind is PLACES else ()),
            one["tasks"],
            *(one["by_year"].get(year, 0) for year in years),
            one["bodies"],
        )
        for one in rows
    )
    return file(Section(kind.filter, kind.title, columns, cells), visit, f"{kind.filter}s")


def _rows(site: Site, visit: Visit, kind: Kind, *, by_level: bool = True) -> tuple[list[dict[str, Any]], Selection]:
    """Give the places or themes that fit words and level, with what the chosen tasks have of them."""
    return _chosen(site, kind, visit.lang, visit.choice, by_level)


@lru_cache(maxsize=4)  # the pages of a list are asked for one after another
def _chosen(
    site: Site, kind: Kind, lang: str, choice: tuple[tuple[str, str], ...], by_level: bool
) -> tuple[list[dict[str, Any]], Selection]:
    visit = Visit("", {}, choice, lang)
    facts, index = site.facts, site.choices
    selection = Selection(index, visit, only=kind.other)
    words = " ".join(visit.every("q")).split()[:20]
    levels = asked.some(visit, "level", facts.levels) if kind is PLACES and by_level else ()
    years = index.masks["year"]
    made = []
    for key, whole in index.masks[kind.filter].items():
        name, name_en, others, level, parent, where = _described(facts, kind, key)
        mask = whole & selection.mask
        if not mask or (levels and level not in levels):
            continue
        if not all(any(word in one for one in (key, name, name_en, *others)) for word in words):
            continue
        made.append(
            {
                "key": key,
                "address": where,
                "name": name,
                "name_en": name_en,
                "level": level,
                "level_name": facts.levels[level].of(visit.lang) if level in facts.levels else "",
                "parent": parent,
                "tasks": mask.bit_count(),
                "by_year": {year: (mask & own).bit_count() for year, own in years.items()},
                "bodies": len({body for task in index.tasks(mask) for body in task.bodies()}),
            }
        )
    _, order = asked.one(visit, "sort", SORTS, "tasks")
    return sorted(made, key=lambda one: (*order(one), one["key"])), selection


def _described(facts: Facts, kind: Kind, key: str) -> tuple[str, str, tuple[str, ...], str, str, str]:
    if kind is THEMES:
        theme = facts.themes[key]
        return theme.name, theme.name_en, (), "", "", theme.address
    place = facts.places.get(key)
    if place is None:
        return key, "", (), "", "", f"/place/{key}"
    parent = facts.places.get(place.parent)
    return place.name, place.name_en, place.others, place.level, parent.name if parent else "", place.address


def place(site: Site, visit: Visit) -> Page:
    """Show a place: what it lies in, what lies in it, its tasks with who works on them and what is due there."""
    facts = site.facts
    found = facts.places.get(visit.arguments["code"])
    if found is None:
        raise _missing("place", visit.arguments["code"])
    within = [facts.places[code] for code in reversed(found.within) if code in facts.places]
    own = [task for task in facts.tasks if any(one.code == found.code for one in task.places)]
    return Page(
        "place.html",
        {
            **_profile(site, visit, "place", found.code),
            "place": found,
            "level": facts.levels[found.level].of(visit.lang) if found.level in facts.levels else "",
            "within": within,
            "children": [
                (one, site.choices.masks["place"].get(one.code, 0).bit_count())
                for one in facts.children.get(found.code, ())
            ],
            "direct": len(own),
            "seated": [
                agent
                for agent in facts.agents.values()
                if agent.single and agent.id.startswith(f"{found.code}/") and site.choices.role(agent.id, Role)
            ],
        },
    )


def theme(site: Site, visit: Visit) -> Page:
    """Show a theme: its tasks, who works on them, where, and what is due."""
    found = site.facts.themes.get(visit.arguments["key"])
    if found is None:
        raise _missing("theme", visit.arguments["key"])
    return Page("theme.html", {**_profile(site, visit, "theme", found.key), "theme": found})


def place_file(site: Site, visit: Visit) -> File:
    """Give the tasks of a place as a file."""
    code = visit.arguments["code"]
    if code not in site.facts.places:
        raise _missing("place", code)
    tasks = site.choices.tasks(site.choices.masks["place"].get(code, 0))
    return file(section(site.facts, tasks), visit, f"place-{code}")


def theme_file(site: Site, visit: Visit) -> File:
    """Give the tasks of a theme as a file."""
    key = visit.arguments["key"]
    if key not in site.facts.themes:
        raise _missing("theme", key)
    tasks = site.choices.tasks(site.choices.masks["theme"].get(key, 0))
    return file(section(site.facts, tasks), visit, f"theme-{key.replace('/', '-')}")


def _missing(kind: str, key: str) -> NotFoundError:
    zh = {"place": "地区", "theme": "主题"}[kind]
    return NotFoundError(
        f"there is no {kind} {key} in this graph; the list of {kind}s has them all",
        f"图中没有{zh} {key}；{zh}列表列有全部",
    )


def _profile(site: Site, visit: Visit, name: str, key: str) -> dict[str, Any]:
    """Say of a set of tasks what there is: by year, theme and place, who works on it, targets, deadlines."""
    facts, index = site.facts, site.choices
    mask = index.masks[name].get(key, 0)
    tasks = ordered(index.tasks(mask), visit)

    def shares(of: str) -> list[tuple[str, str, int]]:
        found = [(one, (own & mask).bit_count()) for one, own in index.masks[of].items()]
        ranked = sorted((one for one in found if one[1]), key=lambda one: (-one[1], one[0]))
        return [(one, index.label(of, one, visit.lang), count) for one, count in ranked]

    bodies = [
        (facts.agents[one], count, {role.value: (index.role(one, (role,)) & mask).bit_count() for role in Role})
        for one, _, count in shares("body")
    ]
    years = sorted(shares("year"))
    due: list[tuple[TaskFacts, Any]] = sorted(
        ((task, one) for task in tasks for one in task.deadlines), key=lambda one: one[1].by
    )
    return {
        "total": len(tasks),
        "rows": [row(facts, task) for task in tasks[:_SHOWN]],
        "years": years,
        "by_theme": shares("theme")[:_BODIES] if name != "theme" else [],
        "by_place": [one for one in shares("place") if one[0] != key][:_BODIES] if name != "place" else [],
        "bodies": bodies[:_BODIES],
        "bodies_total": len(bodies),
        "roles": [
            (role.value, ROLES[role].of(visit.lang)) for role in Role if any(one[2][role.value] for one in bodies)
        ],
        "collectives": [(facts.agents[one], count) for one, _, count in shares("collective") if one in facts.agents],
        "deadlines": due,
        "targets": [(task, one) for task in tasks for one in task.targets][:_SHOWN],
        "filter": name,
        "key": key,
    }
