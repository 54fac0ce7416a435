"""Who and which ties come, go and stay from one year to another, and over all years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from plan_graph.analysis.network import Layer, network
from plan_graph.model.network import Membership

Member = TypeVar("Member", str, tuple[str, str])
Tied = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Turnover(Generic[Member]):
    """Bodies or ties of two years, each list sorted.

    ``jaccard`` is stayed / (entered + left + stayed), ``kept`` the share of the earlier year's that stay, ``new`` the
    share of the later year's that were not there before; each ``None`` where it would divide by nothing.
    """

    before: int
    after: int
    entered: tuple[Member, ...]
    left: tuple[Member, ...]
    stayed: tuple[Member, ...]

    @property
    def jaccard(self) -> float | None:
        """How alike the two years are, from 0 to 1."""
        return _share(len(self.stayed), len(self.entered) + len(self.left) + len(self.stayed))

    @property
    def kept(self) -> float | None:
        """The share of the earlier year's that stay."""
        return _share(len(self.stayed), len(self.left) + len(self.stayed))

    @property
    def new(self) -> float | None:
        """The share of the later year's that have entered."""
        return _share(len(self.entered), len(self.entered) + len(self.stayed))


@dataclass(frozen=True, slots=True)
class YearChange:
    """The bodies and the ties of two years of one layer."""

    bodies: Turnover[str]
    ties: Turnover[Tied]


@dataclass(frozen=True, slots=True)
class Flow(Generic[Member]):
    """Bodies or ties that are there in just these of the years looked at (2016 and 2018: gone and back)."""

    years: tuple[int, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Flows:
    """Over several years: what changed from each to the next, and all ways through them that anyone took.

    Ways are sorted: those that begin earliest and stay longest first.
    """

    years: tuple[int, ...]
    steps: tuple[YearChange, ...]
    bodies: tuple[Flow[str], ...]
    ties: tuple[Flow[Tied], ...]


def change(rows: Iterable[Membership], before: int, after: int, *, layer: Layer = Layer.ANY) -> YearChange:
    """Compare the single bodies with a task, and the ties of one layer, in two years; a year may be empty.

    A directed tie is the two ids from lead to support, another the smaller id first.
    """
    kept = list(rows)
    (some, ties), (others, other_ties) = (_year(kept, year, layer) for year in (before, after))
    return YearChange(_turnover(before, after, some, others), _turnover(before, after, ties, other_ties))


def flows(rows: Iterable[Membership], years: Sequence[int] | None = None, *, layer: Layer = Layer.ANY) -> Flows:
    """Follow bodies and ties through ``years`` (default: all that ``rows`` have, rising)."""
    kept = list(rows)
    chosen = tuple(sorted({row.year for row in kept if row.year is not None}) if years is None else years)
    seen = [_year(kept, year, layer) for year in chosen]
    steps = tuple(
        YearChange(
            _turnover(chosen[at], chosen[at + 1], one[0], other[0]),
            _turnover(chosen[at], chosen[at + 1], one[1], other[1]),
        )
        for at, (one, other) in enumerate(pairwise(seen))
    )
    return Flows(
        chosen, steps, _ways(chosen, [bodies for bodies, _ in seen]), _ways(chosen, [ties for _, ties in seen])
    )


def _year(rows: list[Membership], year: int, layer: Layer) -> tuple[set[str], set[Tied]]:
    graph = network(rows, layer, year=year)
    ties = {(a, b) if graph.is_directed() else (min(a, b), max(a, b)) for a, b in graph.edges}
    return set(graph), ties


def _turnover(before: int, after: int, some: set[Member], others: set[Member]) -> Turnover[Member]:
    return Turnover(
        before, after, tuple(sorted(others - some)), tuple(sorted(some - others)), tuple(sorted(some & others))
    )


def _ways(years: tuple[int, ...], seen: list[set[Member]]) -> tuple[Flow[Member], ...]:
    found: dict[tuple[bool, ...], list[Member]] = defaultdict(list)
    for member in set().union(*seen):
        found[tuple(member in there for there in seen)].append(member)
    return tuple(
        Flow(tuple(year for year, there in zip(years, way, strict=True) if there), tuple(sorted(members)))
        for way, members in sorted(found.items(), reverse=True)
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
