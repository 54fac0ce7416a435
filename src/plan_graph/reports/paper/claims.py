"""The rules by which sentences are written: when a difference may be claimed, and how names and numbers are put."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plan_graph.reports.paper.grid import Interval
from plan_graph.reports.words import Words, probability

LEVEL = 0.05
LEAST_TASKS = 20
"""Tasks below which resampling them says too little of what else might have been written: a convention."""
_NAMED = 6


def apart(one: Interval, other: Interval) -> bool:
    """Tell whether two intervals have no point in common.

    >>> apart((1, 2), (2.5, 3)), apart((1, 2), (2, 3))
    (True, False)
    """
    return one[1] < other[0] or other[1] < one[0]


def least_found(draws: int, tests: int, sides: int = 1) -> int:
    """Give how many of ``tests`` must reach the smallest p that ``draws`` allow before any has q below ``LEVEL``.

    By Benjamini–Hochberg k tests at p = sides / (draws + 1) have q = p · tests / k.

    >>> least_found(1000, 417), least_found(99, 5), least_found(10, 5), least_found(99, 5, sides=2)
    (9, 2, 10, 3)
    """
    return math.floor(sides * tests / ((draws + 1) * LEVEL)) + 1


def listed(names: Sequence[str], most: int = _NAMED) -> Words:
    """List names, of many the first and how many more.

    >>> listed(["甲", "乙", "丙"], 2)
    Words(zh='甲、乙等 3 个', en='甲, 乙 and 1 more')
    """
    first, rest = list(names[:most]), len(names) - most
    if rest <= 0:
        return Words("、".join(first), ", ".join(first))
    return Words(f"{'、'.join(first)}等 {len(names)} 个", f"{', '.join(first)} and {rest} more")


def short(names: Sequence[str], most: int) -> str:
    """List names in a cell, of many the first and how many more.

    >>> short(["甲", "乙", "丙"], 2)
    '甲、乙 +1'
    """
    return "、".join(names[:most]) + (f" +{len(names) - most}" if len(names) > most else "")


def resolved(draws: int, tail: float) -> bool:
    """Tell whether draws reach so far that an interval which leaves ``tail`` on each side means anything.

    >>> resolved(40, 0.025), resolved(39, 0.025)
    (True, False)
    """
    return draws * tail >= 1


def number(value: float | None, digits: int = 2) -> str:
    """Write a number with so many decimals, or a dash where there is none.

    >>> number(1234.5, 1), number(None), number(-0.001)
    ('1,234.5', '–', '0.00')
    """
    if value is None or math.isnan(value):
        return "–"
    said = f"{value:,.{digits}f}"
    return said.removeprefix("-") if not float(said.replace(",", "")) else said


def q_is(value: float) -> str:
    """Write a q with its sign.

    >>> q_is(0.0004), q_is(0.0421)
    ('q < 0.001', 'q = 0.042')
    """
    said = probability(value)
    return f"q < {said[1:]}" if said.startswith("<") else f"q = {said}"


def span(interval: Interval, digits: int = 2) -> str:
    """Write an interval in brackets.

    >>> span((1, 2.345))
    '[1.00, 2.35]'
    """
    return f"[{number(interval[0], digits)}, {number(interval[1], digits)}]"


def plural(count: int, one: str, many: str = "") -> str:
    """Write a number with its noun in English.

    >>> plural(1, "body", "bodies"), plural(2, "pair")
    ('1 body', '2 pairs')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
