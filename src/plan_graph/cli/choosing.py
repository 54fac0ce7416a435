"""The options by which a command chooses tasks of a graph: plan, issuer, level, theme, year, whose bodies."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from plan_graph.cli.choice import plan_options

_OPTIONS = (
    click.option(
        "--theme", default=None, metavar="THEME", help="Tasks of one theme only, by its heading 只看一个主题的任务."
    ),
    click.option(
        "--by-successor",
        is_flag=True,
        help="Count bodies that a reform ended as their successors 改革前的机构计入后继机构.",
    ),
)


def choosing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options; it gets what they say as one ``choice``."""

    @functools.wraps(command)
    def chosen(
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

    for option in reversed(_OPTIONS):
        chosen = option(chosen)
    return plan_options(chosen)
