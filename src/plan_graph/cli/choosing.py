"""The options by which a command chooses tasks of a graph: plan, issuer, level, theme, year, whose bodies."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

LEVEL = ("state", "province", "prefecture", "county")

_OPTIONS = (
    click.option("--plan", default=None, metavar="ID", help="One plan only, by its id 只看一个计划（标识）."),
    click.option("--issuer", default=None, metavar="NAME", help="Plans of one issuing body 只看一个发文机关的计划."),
    click.option(
        "--level",
        type=click.Choice(LEVEL),
        default=None,
        help="Plans of issuing bodies of one level 只看某一层级机关发布的计划.",
    ),
    click.option(
        "--theme", default=None, metavar="THEME", help="Tasks of one theme only, by its heading 只看一个主题的任务."
    ),
    click.option("--year", type=int, default=None, help="One year only 只看一个年度."),
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
    return chosen
