"""Options that choose plans: --plan, --issuer, --level, --year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

LEVELS = ("state", "province", "prefecture", "county")
_OPTIONS = (
    click.option("--plan", default=None, metavar="ID", help="One plan only, by its id 只看一个计划（标识）."),
    click.option("--issuer", default=None, metavar="NAME", help="Plans of one issuing body 只看一个发文机关的计划."),
    click.option(
        "--level",
        type=click.Choice(LEVELS),
        default=None,
        help="Plans of issuing bodies of one level 只看某一层级机关发布的计划.",
    ),
    click.option("--year", type=click.IntRange(0, 9999), default=None, help="One year only 只看一个年度."),
)


def choice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the four options; it takes them as plan, issuer, level, year."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen(plan: str | None, issuer: str | None, level: str | None, year: int | None) -> dict[str, str]:
    """Give those that were given as parameters of queries."""
    values = {"plan": plan, "issuer": issuer, "level": level, "year": None if year is None else f"{year:04}"}
    return {name: value for name, value in values.items() if value is not None}
