"""/overlap: bodies × bodies, by how many tasks they share or by how far that surprises."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from plan_graph.analysis.choice import Choice
from plan_graph.analysis.measures.communities import louvain
from plan_graph.analysis.measures.undirected import projection
from plan_graph.analysis.network import Layer, network
from plan_graph.analysis.overlap import Matrix, Value, matrix
from plan_graph.analysis.scope import SIGNIFICANT, Scope
from plan_graph.reports.overlap import matrix_report, method
from plan_graph.reports.sections import number_text
from plan_graph.reports.whole.kinds import GROUPS
from plan_graph.web.coordination import Coordination
from plan_graph.web.pages import asked, reported
from plan_graph.web.pages.list_files import files
from plan_graph.web.pages.tables import division
from plan_graph.web.pages.ties import tie_address
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

TOP = 30  # bodies shown where nobody asks for more
_MOST = 300  # bodies shown at all: more are for a file
_FILLED, _EMPTY = 45, 9  # bytes of a cell, the address it leads to aside
_VALUES = {value.value: value for value in Value}
_SEED = 0


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its text, how dark it is (0–5), whether the pair is above expectation, where it leads."""

    text: str
    shade: int
    strong: bool
    href: str | None


def matrix_page(site: Site, visit: Visit) -> Page:
    """Show the matrix of the busiest bodies, or of as many as a page is good for; many rows are over pages."""
    coordination = site.coordination
    plan, year, value, top, order = _asked(visit)
    scope = coordination.scope(plan, year)
    found = matrix(scope, value, min(top or _MOST, _MOST))
    at = _ORDERS[order](coordination, scope, found)
    choice = Choice(plan, year=year)
    top_value = _top(found)
    groups = [coordination.group(found.bodies[n]) for n in at]
    rows = [[_cell(scope, found, choice, row, column, top_value) for column in at] for row in at]
    pages = division(map(_length, rows), len(rows))
    page = visit.page(len(pages))
    shown = pages[page - 1]
    return Page(
        "overlap.html",
        {
            "scope": scope,
            "value": value.value,
            "order": order,
            "top": top,
            "plan": plan,
            "year": year,
            "years": coordination.years,
            "plans": coordination.plans,
            "names": coordination.names,
            "addresses": coordination.addresses,
            "every": len(_bodies(scope)),
            "bodies": [(found.bodies[n], found.tasks[n]) for n in at],
            "groups": groups,
            "keys": [group for group in GROUPS if group in groups],
            "rows": rows,
            "shown": shown,
            "page": page,
            "pages": len(pages),
            "most": _MOST,
            "method": method(scope).of(visit.lang),
            "files": files(visit, "/overlap"),
        },
    )


def download(site: Site, visit: Visit) -> File:
    """Give the matrix as ``plan-graph overlap`` writes it: of all bodies where ``top`` does not say how many."""
    coordination = site.coordination
    plan, year, value, _, _ = _asked(visit)
    scope = coordination.scope(plan, year)
    found = matrix(scope, value, asked.whole(visit, "top", 0))
    report = matrix_report(scope, found, coordination.names, len(_bodies(scope)))
    return reported.file(report, visit, f"overlap-{value.value}-{year or 'all'}")


def resources(site: Site, visit: Visit) -> Iterator[str]:
    """Give the addresses of the bodies of the same matrix, then of the ties between them."""
    coordination = site.coordination
    plan, year, value, _, _ = _asked(visit)
    scope = coordination.scope(plan, year)
    found = matrix(scope, value, asked.whole(visit, "top", 0))
    yield from (coordination.addresses[body] for body in found.bodies)
    if plan is None:
        for one, other in combinations(sorted(found.bodies), 2):
            if scope.tie(one, other, year):
                yield tie_address(Choice(year=year), False, one, other)


def _asked(visit: Visit) -> tuple[str | None, int | None, Value, int, str]:
    return (
        visit.one("plan"),
        asked.year(visit),
        asked.one(visit, "value", _VALUES, Value.SHARED.value),
        asked.whole(visit, "top", TOP),
        asked.one(visit, "order", {name: name for name in _ORDERS}, "strength"),
    )


def _bodies(scope: Scope) -> frozenset[str]:
    return frozenset().union(*(task.bodies() for task in scope.facts))


def _cell(scope: Scope, found: Matrix, choice: Choice, row: int, column: int, top: float) -> _Cell | None:
    value = found.cells[row][column]
    if not value:
        return None
    one, other = found.bodies[row], found.bodies[column]
    text = number_text(round(value, 1)) if isinstance(value, float) else str(value)
    if row == column:
        return _Cell(text, 0, False, None)
    tie = scope.tie(one, other, scope.year)
    shade = math.ceil(5 * math.log1p(value) / math.log1p(top))
    left, right = sorted((one, other))
    return _Cell(text, shade, tie is not None and tie.q < SIGNIFICANT, tie_address(choice, False, left, right))


def _length(row: Sequence[_Cell | None]) -> int:
    return sum(_EMPTY if cell is None else _FILLED + len(cell.href or "") for cell in row)


def _top(found: Matrix) -> float:
    return (
        max((value or 0 for at, row in enumerate(found.cells) for n, value in enumerate(row) if n != at), default=1)
        or 1
    )


def _by_strength(_: Coordination, __: Scope, found: Matrix) -> list[int]:
    return list(range(len(found.bodies)))


def _by_kind(site: Coordination, _: Scope, found: Matrix) -> list[int]:
    number = {group.key: at for at, group in enumerate(GROUPS)}
    return sorted(range(len(found.bodies)), key=lambda n: (number[site.group(found.bodies[n]).key], n))


def _by_cluster(_: Coordination, scope: Scope, found: Matrix) -> list[int]:
    community = louvain(projection(network(scope.rows, Layer.ANY, year=scope.year)), _SEED)
    return sorted(range(len(found.bodies)), key=lambda n: (community[found.bodies[n]], n))


_ORDERS: Mapping[str, Callable[[Coordination, Scope, Matrix], list[int]]] = {
    "strength": _by_strength,
    "kind": _by_kind,
    "cluster": _by_cluster,
}
