"""What is measured, and the head and columns that every report of a measure has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import networkx as nx

from plan_graph.analysis.defaults import DRAWS
from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.network import Layer, left_out, network
from plan_graph.model.network import Membership, Tie
from plan_graph.reports.sections import Cell, Column, Figure, Report, Section
from plan_graph.reports.words import Words

if TYPE_CHECKING:
    from plan_graph.analysis.measures.groups import Group

LAYERS = {
    Layer.CO_LEAD: Words("共同牵头", "co-lead"),
    Layer.LEAD_SUPPORT: Words("牵头→配合", "lead → support"),
    Layer.ANY: Words("同在一项任务", "on the same task"),
}
RESAMPLES, GRAPH_RESAMPLES = 1000, 100


@dataclass(frozen=True)
class Population:
    """What is measured: participations of all years, the year asked for, a layer, and how bodies are called.

    ``facts`` are the chosen tasks with all that is stated of them, empty where bodies count by successor; ``groups``
    are needed for brokerage alone. ``resamples`` are of tasks; centralities that need a graph get a tenth of them;
    ``draws`` are those of the null model. ``chosen`` says which plans and theme the participations are of.
    """

    rows: tuple[Membership, ...]
    ties: tuple[Tie, ...]
    year: int | None
    layer: Layer
    collectives: bool
    seed: int
    short: Mapping[str, str]
    facts: tuple[TaskFacts, ...] = ()
    groups: Mapping[str, Group] | None = None
    resamples: int = RESAMPLES
    draws: int = DRAWS
    chosen: tuple[Words, ...] = ()

    @cached_property
    def counted(self) -> tuple[Membership, ...]:
        """The participations that the network counts, of all years; collectives among them count as bodies do."""
        if self.collectives:
            return tuple(replace(row, collective=False) for row in self.rows)
        return tuple(row for row in self.rows if not row.collective)

    @cached_property
    def of_year(self) -> tuple[Membership, ...]:
        """Those of the year asked for."""
        return tuple(row for row in self.counted if self.year in (None, row.year))

    @cached_property
    def graph(self) -> nx.Graph | nx.DiGraph:
        """The network measured."""
        return self.network(self.layer, self.year)

    def network(self, layer: Layer, year: int | None) -> nx.Graph | nx.DiGraph:
        """Give the network of a layer and a year."""
        return network(self.rows, layer, year=year, include_collectives=self.collectives, ties=self.ties)

    def name(self, body: str) -> str:
        """Give the name documents write most often."""
        return self.short.get(body, body)


def counted_as(about: Population) -> tuple[Figure, ...]:
    """Give the figures that say of which plans and theme all is, and whether collectives are counted."""
    omitted = left_out(about.rows, year=about.year)
    said = Words("计入", "counted in")
    if not about.collectives:
        said = Words(
            f"未计入（{omitted.collectives} 个，{omitted.participations} 次参与）",
            f"left out ({omitted.collectives} with {omitted.participations} participations)",
        )
    chosen = Words("，".join(one.zh for one in about.chosen), ", ".join(one.en for one in about.chosen))
    return (
        *((Figure("chosen", Words("所选", "chosen"), chosen),) * bool(about.chosen)),
        Figure("collectives", Words("集合称谓与未确认名称", "collectives and unresolved names"), said),
    )


def head(about: Population, weight: Words) -> tuple[Figure, ...]:
    """Give the figures that say what was counted, and with which weight."""
    return (
        *counted_as(about),
        Figure("layer", Words("关系层", "layer"), LAYERS[about.layer]),
        Figure(
            "period", Words("时期", "period"), Words("全部年度", "all years") if about.year is None else str(about.year)
        ),
        Figure("tasks", Words("任务", "tasks"), len({row.task for row in about.of_year})),
        Figure("bodies", Words("机构", "bodies"), about.graph.number_of_nodes()),
        Figure("ties", Words("关系", "ties"), about.graph.number_of_edges()),
        Figure("weight", Words("权重", "weight"), weight),
        Figure("seed", Words("种子", "seed"), about.seed),
    )


def tables(figures: Sequence[Figure], sections: Sequence[Section], *notes: Words) -> Report:
    """Give a report whose title and head come later."""
    return Report(Words("", ""), tuple(figures), tuple(sections), "", tuple(notes))


def body_columns() -> tuple[Column, ...]:
    """Give the columns that name a body."""
    return Column("id", Words("标识", "id"), shown=False), Column("body", Words("机构", "body"))


def who(about: Population, body: str) -> tuple[Cell, ...]:
    """Give the cells of :func:`body_columns`."""
    return body, about.name(body)


def rounded(value: float | None) -> float | None:
    """Give a value to four decimals, or none."""
    return None if value is None else round(value, 4)
