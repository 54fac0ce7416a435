"""Ties: two bodies in one period, how often they meet beside what their workloads predict, and the tasks behind it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from plan_graph.analysis.choice import Choice
from plan_graph.analysis.overlap import Meeting, SharedTask, overlap
from plan_graph.errors import NotFoundError
from plan_graph.model.plan import Role
from plan_graph.reports.overlap import verdict
from plan_graph.web.coordination import Coordination
from plan_graph.web.pages import reported
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site


@dataclass(frozen=True, slots=True)
class _Tie:
    """A tie as its page shows it; of a directed one ``left`` leads and ``right`` supports."""

    period: str
    left: str
    right: str
    directed: bool
    meeting: Meeting
    tasks: tuple[SharedTask, ...]
    others: tuple[Meeting, ...]

    @property
    def count(self) -> int:
        """The tasks that make it."""
        return self.meeting.left_leads if self.directed else self.meeting.shared

    def iri(self, period: str | None = None) -> str:
        """Give its IRI, or that of the same two in another period, without the base."""
        kind = "directed-tie" if self.directed else "tie"
        return f"{kind}/{period or self.period}/{self.left.replace('/', '.')}/{self.right.replace('/', '.')}"


def tie_address(choice: Choice, directed: bool, source: str, target: str) -> str:
    """Give the page of a tie; where tasks were chosen, whose ties the graph does not hold, that of the two bodies."""
    if choice.plan is not None or choice.theme is not None:
        asked_for = {"a": source, "b": target, "plan": choice.plan, "year": choice.year}
        return f"/compare?{urlencode({key: value for key, value in asked_for.items() if value is not None})}"
    period = "all" if choice.year is None else choice.year
    return f"/{'directed-tie' if directed else 'tie'}/{period}/{source.replace('/', '.')}/{target.replace('/', '.')}"


def tie(site: Site, visit: Visit) -> Page:
    """Show who shares which tasks in a period, and whether that is more than chance."""
    return _page(site, visit, _read(site.coordination, visit, directed=False))


def directed_tie(site: Site, visit: Visit) -> Page:
    """Show which tasks one body leads with the support of another."""
    return _page(site, visit, _read(site.coordination, visit, directed=True))


def tie_data(site: Site, visit: Visit) -> File:
    """Give a tie as JSON."""
    return _data(site, _read(site.coordination, visit, directed=False))


def directed_tie_data(site: Site, visit: Visit) -> File:
    """Give a directed tie as JSON."""
    return _data(site, _read(site.coordination, visit, directed=True))


def _read(site: Coordination, visit: Visit, *, directed: bool) -> _Tie:
    left, right = (_body(visit.arguments[side]) for side in ("left", "right"))
    found = _found(site, visit.arguments["period"], left, right, directed)
    if found is not None:
        return found
    raise NotFoundError(
        f"the graph has no tie {visit.path}; {_hint(site, left, right, 'en')}",
        f"图中没有关系 {visit.path}；{_hint(site, left, right, 'zh')}",
    )


@lru_cache(maxsize=8)  # a page is asked for in both languages, and as data
def _found(site: Coordination, period: str, left: str, right: str, directed: bool) -> _Tie | None:
    known = ["all", *map(str, site.years)]
    if {left, right} <= site.whole.bodies and left != right and period in known:
        found = overlap(site.whole, left, right)
        year = None if period == "all" else int(period)
        meeting = next((one for one in found.meetings if one.year == year), None)
        tasks = tuple(
            one
            for one in found.tasks
            if year in (None, one.task.year) and (not directed or (Role.LEAD in one.left and Role.SUPPORT in one.right))
        )
        collective = site.names[left].collective or site.names[right].collective
        if meeting is not None and tasks and not collective and (directed or left < right):
            return _Tie(period, left, right, directed, meeting, tasks, found.meetings)
    return None


def _hint(site: Coordination, left: str, right: str, lang: str) -> str:
    unknown = [body for body in (left, right) if body not in site.names]
    if unknown:
        return f"no body has the id {unknown[0]}" if lang == "en" else f"没有标识为 {unknown[0]} 的机构"
    both = f"{site.names[left].short}, {site.names[right].short}"
    return f"see /network for those of {both}" if lang == "en" else f"{both} 的关系见 /network"


def _page(site: Site, visit: Visit, found: _Tie) -> Page:
    coordination = site.coordination
    left, right = coordination.names[found.left], coordination.names[found.right]
    reverse = _Tie(found.period, found.right, found.left, True, found.meeting, (), ())
    forward = _Tie(found.period, found.left, found.right, True, found.meeting, (), ())
    return Page(
        "tie.html",
        {
            "tie": found,
            "left": left,
            "right": right,
            "addresses": coordination.addresses,
            "verdict": verdict(found.meeting).of(visit.lang),
            "method": coordination.method,
            "periods": [
                (one, f"/{found.iri(str(one.year or 'all'))}") for one in found.others if _count(one, found.directed)
            ],
            "forward": f"/{forward.iri()}" if found.meeting.left_leads else None,
            "reverse": f"/{reverse.iri()}" if found.meeting.right_leads else None,
            "whole": f"/{_undirected(found)}",
            "tasks": [(one, site.local(one.task.iri)) for one in found.tasks],
            "rows": reported.ROWS,
            "several": len(coordination.plans) > 1,
        },
    )


def _data(site: Site, found: _Tie) -> File:
    meeting, names = found.meeting, site.coordination.names
    method = site.coordination.method
    content: dict[str, Any] = {
        "iri": site.base + found.iri(),
        "page": f"/{found.iri()}",
        "directed": found.directed,
        "year": meeting.year,
        "bodies": [
            {
                "id": body,
                "name": names[body].name,
                "short": names[body].short,
                "page": site.coordination.addresses[body],
            }
            for body in (found.left, found.right)
        ],
        "workloads": [meeting.left_tasks, meeting.right_tasks],
        "shared": found.count,
        "in_any_role": {
            "shared": meeting.shared,
            "expected": meeting.expected,
            "ratio": None if meeting.ratio is None else round(meeting.ratio, 4),
            "p": meeting.p,
            "q": meeting.q,
            "newman": meeting.newman,
        },
        "left_leads": meeting.left_leads,
        "right_leads": meeting.right_leads,
        "co_led": meeting.co_led,
        "computed": None if method is None else {"draws": method[0], "seed": method[1], "method": method[2]},
        "tasks": [_task(site, one) for one in found.tasks],
    }
    return File((json.dumps(content, ensure_ascii=False) + "\n").encode(), "application/json")


def _task(site: Site, one: SharedTask) -> dict[str, Any]:
    return {
        "iri": one.task.iri,
        "page": site.local(one.task.iri),
        "plan": one.task.plan,
        "id": one.task.id,
        "year": one.task.year,
        "theme": one.task.theme or None,
        "text": one.task.text,
        "roles": [_roles(one.left), _roles(one.right)],
        "clauses": [{"words": quote.words, "begin": quote.begin, "end": quote.end} for quote in one.quotes],
    }


def _roles(roles: Sequence[Role]) -> list[str]:
    return [role.value for role in roles]


def _count(meeting: Meeting, directed: bool) -> int:
    return meeting.left_leads if directed else meeting.shared


def _undirected(found: _Tie) -> str:
    left, right = sorted((found.left, found.right))
    return _Tie(found.period, left, right, False, found.meeting, (), ()).iri()


def _body(word: str) -> str:
    return word.replace(".", "/", 1)
