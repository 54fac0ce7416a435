"""Which plans and which year a command looks at: the options, and what they choose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from plan_graph.errors import InputError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from plan_graph.analysis.scope import Scope

LEVEL = ("state", "province", "prefecture", "county")
_LISTED = 10
_Command = TypeVar("_Command", bound=Callable[..., Any])


_PLANS = (
    click.option("--plan", default=None, metavar="ID", help="One plan only, by its id 只看一个计划（标识）."),
    click.option("--issuer", default=None, metavar="NAME", help="Plans of one issuing body 只看一个发文机关的计划."),
    click.option(
        "--level",
        type=click.Choice(LEVEL),
        default=None,
        help="Plans of issuing bodies of one level 只看某一层级机关发布的计划.",
    ),
)
_YEAR = click.option("--year", type=int, default=None, help="One year only 只看一个年度.")


def plan_options(command: _Command) -> _Command:
    """Add --plan, --issuer, --level and --year."""
    return plan_options_without_year(_YEAR(command))


def plan_options_without_year(command: _Command) -> _Command:
    """Add --plan, --issuer and --level."""
    for option in reversed(_PLANS):
        command = option(command)
    return command


def chosen(plan: str | None, issuer: str | None, level: str | None) -> dict[str, str]:
    """Give the parameters that queries take for the plans asked for."""
    return {k: v for k, v in (("plan", plan), ("issuer", issuer), ("level", level)) if v is not None}


def check_plans(store: Store, graph: Path, asked: Mapping[str, str], found: Collection[object]) -> None:
    """Refuse a choice of plans in which nobody takes part in anything.

    :raises InputError: if ``found``, what was read of the chosen plans, is empty.
    """
    if found:
        return
    if asked:
        from plan_graph.analysis.rows import plans

        said = ", ".join(f"--{name} {value}" for name, value in asked.items())
        listed = plans(store)
        more = "" if len(listed) <= _LISTED else " …"
        raise InputError(
            f"no plan of the graph with participations fits {said}; its plans are "
            f"{', '.join(listed[:_LISTED])}{more} (plan-graph query plans)",
            f"图中没有符合 {said} 且写明参与关系的计划；图中的计划有 {'、'.join(listed[:_LISTED])}{more}"
            "（见 plan-graph query plans）",
        )
    raise InputError(
        f"the graph at {graph} holds no participations; build it from a plan with responsibility clauses",
        f"{graph} 处的图谱没有参与关系，请用写明责任分工的计划文件生成",
    )


def check_year(year: int | None, years: Collection[int]) -> None:
    """Refuse a year that no chosen task states.

    :raises InputError: with the years there are.
    """
    if year is not None and year not in years:
        listed = sorted(years)
        raise InputError(
            f"the graph has no tasks of {year}; its years are {', '.join(map(str, listed)) or 'not stated'}",
            f"图中没有 {year} 年的任务；年度有 {'、'.join(map(str, listed)) or '（未写明）'}",
        )


def read_scope(
    graph: Path, plan: str | None, issuer: str | None, level: str | None, year: int | None, *, tested: bool = True
) -> tuple[Store, Scope, dict[str, str]]:
    """Open a graph and read the tasks chosen; give the store, the scope and the parameters that chose it.

    ``tested`` says whether ties with expected counts are wanted, which take time where plans are chosen.

    :raises InputError: for a choice without participations, or a year without tasks.
    """
    from plan_graph.analysis.scope import in_year, read, with_ties
    from plan_graph.graph.store import open_store

    store = open_store(graph)
    asked = chosen(plan, issuer, level)
    found = read(store, asked)
    check_plans(store, graph, asked, found.bodies)
    check_year(year, found.years)
    if year is not None:
        asked["year"] = str(year)
        found = in_year(found, year)
    return store, with_ties(store, found) if tested else found, asked
