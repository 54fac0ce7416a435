"""Tables of a paper, and the parts it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from plan_graph.reports.words import Words

Interval = tuple[float, float]
Cell = str | int | float | Interval | Words | None
"""``None`` is what has no meaning or was not computed; an interval is two columns in a CSV."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, the decimals of its numbers, whether they are p or q, and whether cells are intervals."""

    name: Words
    digits: int = 2
    chance: bool = False
    interval: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the paper: ``key`` is T1 or T5a; of many rows the paper shows the first ``shown``, the CSV all."""

    key: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Words, ...]
    shown: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the results: description, then what the rules allow to claim and what they do not.

    ``claims`` are differences that the intervals or q support, ``undecided`` what the data do not tell apart; both
    come again in the summary. ``figures`` are the keys of the figures that stand in it.
    """

    title: Words
    tables: tuple[Table, ...]
    text: tuple[Words, ...]
    claims: tuple[Words, ...] = ()
    undecided: tuple[Words, ...] = ()
    figures: tuple[str, ...] = ()


def column(zh: str, en: str, digits: int = 2, *, chance: bool = False, interval: bool = False) -> Column:
    """Give a column, its head in Chinese and English."""
    return Column(Words(zh, en), digits, chance, interval)
