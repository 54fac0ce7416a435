"""Which plans and which year a command looks at: the options, and what they choose."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pyoxigraph import Store

    from plan_graph.analysis.scope import Scope

LEVEL = ("state", "province", "prefecture", "county", "township")
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


_COUNTED = (
    click.option(
        "--theme", default=None, metavar="THEME", help="Tasks of one theme only, by its heading 只看一个主题的任务."
    ),
    click.option(
        "--by-successor",
        is_flag=True,
        help="Count bodies that a reform ended as their successors 改革前的机构计入后继机构.",
    ),
)


def plan_options(command: _Command) -> _Command:
    """Add --plan, --issuer, --level and --year."""
    return plan_options_without_year(_YEAR(command))


def plan_options_without_year(command: _Command) -> _Command:
    """Add --plan, --issuer and --level."""
    for option in reversed(_PLANS):
        command = option(command)
    return command


def choosing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options; it gets what they say as one ``choice``."""

    @functools.wraps(command)
    def told(
        *,
        plan: str | None,
        issuer: str | None,
        level: str | None,
        theme: str | None,
        year: int | None,
        by_successor: bool,
        **others: Any,
    ) -> None:
        from plan_graph.analysis.choice import Choice

        command(choice=Choice(plan, issuer, level, theme, year, by_successor), **others)

    for option in reversed(_COUNTED):
        told = option(told)
    return plan_options(told)


def read_scope(
    graph: Path, plan: str | None, issuer: str | None, level: str | None, year: int | None, *, tested: bool = True
) -> tuple[Store, Scope, dict[str, str]]:
    """Open a graph and read the tasks chosen; give the store, the scope and the parameters that chose it.

    ``tested`` says whether ties with expected counts are wanted, which take time where plans are chosen.

    :raises InputError: for a choice without participations, or a year without tasks.
    """
    from plan_graph.analysis.choice import Choice, check
    from plan_graph.analysis.scope import in_year, read, with_ties
    from plan_graph.graph.store import open_store

    store = open_store(graph)
    choice = Choice(plan, issuer, level, year=year)
    asked = choice.parameters
    found = read(store, asked)
    check(store, choice, found.bodies, found.years, graph)
    if year is not None:
        asked["year"] = str(year)
        found = in_year(found, year)
    return store, with_ties(store, found) if tested else found, asked
