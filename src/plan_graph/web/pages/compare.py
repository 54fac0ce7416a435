"""/compare: two bodies side by side; /compare-years: two years of the network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plan_graph.analysis.choice import Choice
from plan_graph.analysis.names import Named, bearers, near
from plan_graph.analysis.network import Layer
from plan_graph.analysis.overlap import alone, common_partners, overlap
from plan_graph.analysis.scope import answers
from plan_graph.errors import InputError, NotFoundError
from plan_graph.model.plan import Role
from plan_graph.reports.compare import compare_report
from plan_graph.reports.measures.comparison import comparison
from plan_graph.reports.measures.population import LAYERS, Population
from plan_graph.reports.sections import Report
from plan_graph.web.coordination import Coordination
from plan_graph.web.pages import asked, reported
from plan_graph.web.pages.facts import address as task_address
from plan_graph.web.pages.list_files import files
from plan_graph.web.pages.ties import tie_address
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

_SEED = 0  # of the command line
_LAYER = {layer.value: layer for layer in Layer}


@dataclass(frozen=True, slots=True)
class _Asked:
    """Two bodies to compare, within a plan and a year."""

    left: Named
    right: Named
    plan: str | None
    year: int | None


def bodies(site: Site, visit: Visit) -> Page:
    """Show two bodies side by side, or ask for two."""
    coordination = site.coordination
    form = {
        "a": visit.one("a") or "",
        "b": visit.one("b") or "",
        "plan": visit.one("plan"),
        "years": coordination.years,
        "plans": coordination.plans,
        "choices": sorted({coordination.names[body].short for body in coordination.whole.bodies}),
    }
    if not form["a"] or not form["b"]:
        return Page("compare.html", {**form, "year": asked.year(visit), "report": None, "slips": [], "files": []})
    try:
        found = _bodies(coordination, visit)
    except NotFoundError as error:  # a slip in a name is mended in the form, or by a choice of names that come near
        slips = list(_slips(coordination, visit)) or [(visit.t(error.zh, str(error)), [])]
        return Page(
            "compare.html", {**form, "year": asked.year(visit), "report": None, "slips": slips, "files": []}, 404
        )
    form |= {"a": _called(coordination, found.left), "b": _called(coordination, found.right)}
    report = _report(coordination, found)
    scope = coordination.scope(found.plan, found.year)
    links: reported.Links = {
        "id": lambda row: site.local(str(row["task"])),
        "period": lambda row: _tie(found, str(row["period"])) if row["shared"] else None,
        "partner": lambda row: coordination.addresses.get(str(row["id"])),
    }
    sides = []
    for body in (found.left, found.right):
        own = [task for task in scope.facts if body.id in {party.body for party in task.parties}]
        sides.append(
            {
                "body": body,
                "address": coordination.addresses[body.id],
                "group": coordination.group(body.id),
                "tasks": len(own),
                "leads": sum(answers(task, body.id) for task in own),
                "supports": sum(
                    Role.SUPPORT in {party.role for party in task.parties if party.body == body.id} for task in own
                ),
            }
        )
    return Page(
        "compare.html",
        {
            **form,
            "year": found.year,
            "slips": [],
            "report": report,
            "sides": sides,
            "figures": reported.figures(report, visit.lang, ("a", "b")),
            "sections": {one.key: reported.shape(one, visit, links, at_most=reported.ROWS) for one in report.sections},
            "notes": [note.of(visit.lang) for note in report.notes],
            "swapped": visit.address(a=found.right.id, b=found.left.id),
            "files": files(visit, "/compare"),
        },
    )


def bodies_file(site: Site, visit: Visit) -> File:
    """Give the comparison as a file."""
    found = _bodies(site.coordination, visit)
    name = f"compare-{found.left.id}-{found.right.id}".replace("/", ".")
    return reported.file(_report(site.coordination, found), visit, name)


def bodies_resources(site: Site, visit: Visit) -> Iterator[str]:
    """Give the addresses of the two bodies, of their ties, and of the tasks they share."""
    coordination = site.coordination
    found = _bodies(coordination, visit)
    scope = coordination.scope(found.plan, found.year)
    two = {found.left.id, found.right.id}
    yield from (coordination.addresses[body.id] for body in (found.left, found.right))
    periods = ("all", *map(str, coordination.years)) if found.year is None else (str(found.year),)
    yield from (address for period in periods if (address := _tie(found, period)))
    for task in scope.facts:
        if two <= {party.body for party in task.parties}:
            yield task_address(task)


def years(site: Site, visit: Visit) -> Page:
    """Show who and what came and went between two years, and figures at equal size."""
    coordination = site.coordination
    known = coordination.years
    form = {"known": known, "plans": coordination.plans, "plan": visit.one("plan"), "layers": LAYERS}
    if len(known) < 2:
        return Page("compare-years.html", {**form, "report": None, "files": []})
    before, after, layer, _ = _years(coordination, visit)
    report = _years_report(coordination, visit)
    links: reported.Links = {
        "body": lambda row: coordination.addresses.get(str(row["id"])) if "id" in row else None,
        "bodyA": lambda row: coordination.addresses.get(str(row["a"])),
        "bodyB": lambda row: coordination.addresses.get(str(row["b"])),
    }
    return Page(
        "compare-years.html",
        {
            **form,
            "before": before,
            "after": after,
            "layer": layer,
            "report": report,
            "figures": reported.figures(report, visit.lang, ("layer",)),
            "sections": [reported.shape(one, visit, links) for one in report.sections],
            "files": files(visit, "/compare-years"),
        },
    )


def years_file(site: Site, visit: Visit) -> File:
    """Give the comparison of two years as ``plan-graph network --compare`` writes it."""
    before, after, *_ = _years(site.coordination, visit)
    return reported.file(_years_report(site.coordination, visit), visit, f"compare-{before}-{after}")


def years_resources(site: Site, visit: Visit) -> Iterator[str]:
    """Give the addresses of the bodies that entered or left, and of the ties that stayed, in both years."""
    coordination = site.coordination
    before, after, layer, plan = _years(coordination, visit)
    found = {one.key: one for one in _years_report(coordination, visit).sections}
    yield from (coordination.addresses[str(body)] for body, *_ in found["bodies"].rows)
    if plan is None:
        for one, other, *_ in found["ties"].rows:
            for year in (before, after):
                yield tie_address(Choice(year=year), layer is Layer.LEAD_SUPPORT, str(one), str(other))


def _bodies(site: Coordination, visit: Visit) -> _Asked:
    said = [visit.one("a"), visit.one("b")]
    if None in said:
        raise InputError("give two bodies as a and b", "请用 a、b 给出两个机构")
    left, right = (asked.body(site, str(one)) for one in said)
    if left.id == right.id:
        raise NotFoundError(
            f"{said[0]} and {said[1]} are the same body, {left.name} ({left.id}); name two",
            f"{said[0]} 与 {said[1]} 是同一个机构：{left.name}（{left.id}），请写两个机构",
        )
    return _Asked(left, right, visit.one("plan"), asked.year(visit))


def _slips(site: Coordination, visit: Visit) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give for each body that is not found what is said of it, and names that come near with the address for each."""
    for name in ("a", "b"):
        said = visit.one(name) or ""
        try:
            asked.body(site, said)
        except NotFoundError as error:
            meant = [(one.name, one.id) for one in sorted(bearers(site.names, said.strip()), key=lambda one: one.id)]
            close = meant or [(one, one) for one in near(said, site.names.values())]
            yield visit.t(error.zh, str(error)), [(one, visit.address(**{name: asks})) for one, asks in close]


def _called(site: Coordination, body: Named) -> str:
    """Give what the form says of a body: the name that documents write, or its id where others have that name too."""
    return (
        body.short
        if sum(body.short in (one.short, one.name, *one.others) for one in site.names.values()) == 1
        else body.id
    )


def _report(site: Coordination, found: _Asked) -> Report:
    scope = site.scope(found.plan, found.year)
    left, right = found.left.id, found.right.id
    return compare_report(
        scope,
        overlap(scope, left, right),
        (alone(scope, left, right), alone(scope, right, left)),
        common_partners(scope, left, right),
        site.names,
    )


def _tie(found: _Asked, period: str) -> str | None:
    if found.left.collective or found.right.collective or found.plan is not None:
        return None
    left, right = sorted((found.left.id, found.right.id))
    year = int(period) if period.isdecimal() else None
    return tie_address(Choice(year=year), False, left, right)


def _years(site: Coordination, visit: Visit) -> tuple[int, int, Layer, str | None]:
    known = site.years
    before, after = asked.year(visit, "from"), asked.year(visit, "to")
    before = known[0] if before is None else before
    after = known[-1] if after is None else after
    if before == after or not {before, after} <= set(known):
        listed, listed_zh = ", ".join(map(str, known)), "、".join(map(str, known))
        raise InputError(
            f"two different years are needed that tasks state, not {before} and {after}; there are {listed}",
            f"需要任务写明的两个不同年度，而不是 {before} 与 {after}；年度有 {listed_zh}",
        )
    return before, after, asked.one(visit, "layer", _LAYER, Layer.ANY.value), visit.one("plan")


def _years_report(site: Coordination, visit: Visit) -> Report:
    before, after, layer, plan = _years(site, visit)
    chosen = site.chosen(Choice(plan))
    about = Population(chosen.rows, chosen.ties, None, layer, False, _SEED, site.short)
    return comparison(about, before, after)
