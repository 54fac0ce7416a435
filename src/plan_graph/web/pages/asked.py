"""What the address of a page asks for: years, plans, bodies, numbers, each checked, so that a slip is said in words."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import TypeVar

from plan_graph.analysis.names import Named, one_of
from plan_graph.errors import InputError, NotFoundError
from plan_graph.web.coordination import Coordination
from plan_graph.web.pages.visit import Visit
from plan_graph.web.representation import RDF

Found = TypeVar("Found")


def year(visit: Visit, name: str = "year") -> int | None:
    """Give the year of a parameter; ``all`` and nothing are all years.

    :raises InputError: for what is no year.
    """
    said = visit.one(name)
    if said in (None, "all"):
        return None
    if len(said) == 4 and said.isdecimal():
        return int(said)
    raise InputError(f"{name}={said} is not a year such as 2016", f"{name}={said} 不是年份，应如 2016")


def whole(visit: Visit, name: str, default: int, least: int = 0) -> int:
    """Give a whole number that is not below ``least``.

    :raises InputError: for anything else.
    """
    said = visit.one(name)
    if said is None:
        return default
    if said.isdecimal() and len(said) < 9 and int(said) >= least:
        return int(said)
    raise InputError(f"{name}={said} is not a whole number from {least}", f"{name}={said} 应是不小于 {least} 的整数")


def share(visit: Visit, name: str) -> float | None:
    """Give a number from 0 to 1, or nothing where none is asked.

    :raises InputError: for anything else.
    """
    said = visit.one(name)
    if said is None:
        return None
    try:
        value = float(said)
    except ValueError:
        value = math.nan
    if 0 <= value <= 1:
        return value
    raise InputError(f"{name}={said} is not a number from 0 to 1", f"{name}={said} 应是 0 到 1 之间的数")


def one(visit: Visit, name: str, known: Mapping[str, Found], default: str) -> Found:
    """Give what a word of a short list stands for.

    :raises InputError: for a word that is not in it.
    """
    said = visit.one(name) or default
    if said in known:
        return known[said]
    listed = ", ".join(known)
    raise InputError(f"{name}={said} is not one of {listed}", f"{name}={said} 应是 {listed} 之一")


def some(visit: Visit, name: str, known: Collection[str]) -> tuple[str, ...]:
    """Give those words of a short list that are asked for.

    :raises InputError: for a word that is not in it.
    """
    said = visit.every(name)
    for word in said:
        if word not in known:
            listed = ", ".join(known)
            raise InputError(f"{name}={word} is not one of {listed}", f"{name}={word} 应是 {listed} 之一")
    return tuple(said)


def body(site: Coordination, said: str) -> Named:
    """Give the body meant by an id or any of its names.

    :raises NotFoundError: if no body, or several, are called so.
    """
    return one_of(site.names, said, site.whole.bodies)


def form(visit: Visit, known: Mapping[str, Found]) -> Found:
    """Give what the ending of the address stands for; that it may be one of RDF is seen to before.

    :raises NotFoundError: for an ending that this page is not given in.
    """
    ending = visit.arguments["form"]
    if ending in known:
        return known[ending]
    listed = ", ".join((*known, *RDF))
    raise NotFoundError(
        f"this page is not given as {ending}; there are {listed}", f"此页没有 {ending} 格式，可用 {listed}"
    )
