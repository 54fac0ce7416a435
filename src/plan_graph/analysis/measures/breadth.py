"""Breadth × depth: with how many a body works, and how often with each.

Cheng, Zheng, Xiong & Lin (2022, Healthcare 10:590) place agencies that issue documents jointly in a matrix of breadth
and depth and tell leading, key and auxiliary agencies apart. Where their lines run is not in the abstract, which is
all of the paper that was at hand; the rule here is this project's own and stands at ``breadth_depth``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from statistics import fmean, median

from plan_graph.analysis.network import Layer, network, projection
from plan_graph.model.network import Membership


class Kind(Enum):
    """What a body is by breadth and depth."""

    LEADING = "leading"  # 主导型: both above the line
    KEY = "key"  # 关键型: one above the line
    AUXILIARY = "auxiliary"  # 辅助型: neither


class Line(Enum):
    """Which value of the bodies divides high from low."""

    MEAN = "mean"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class BodyBreadth:
    """One body: ``breadth`` partners, ``strength`` shared tasks added up, ``depth`` = strength / breadth.

    ``depth`` is 0 for a body without a partner.
    """

    body: str
    label: str
    breadth: int
    strength: int
    depth: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class BreadthDepth:
    """All bodies, leading first, then by breadth, depth and id; and the lines that divide them."""

    bodies: tuple[BodyBreadth, ...]
    breadth_line: float
    depth_line: float


def breadth_depth(
    rows: Iterable[Membership], *, layer: Layer = Layer.ANY, year: int | None = None, line: Line = Line.MEAN
) -> BreadthDepth:
    """Classify the single bodies of one layer in one period.

    The lines are the mean (or median) of breadth and of depth over the bodies that have a partner. A body is leading
    if it is above both, key if above exactly one, auxiliary if above none. On the line is not above. A body without
    a partner is auxiliary. In the directed layer partners and tasks count whichever way they go.
    """
    graph = projection(network(rows, layer, year=year))
    strength = dict(graph.degree(weight="shared"))
    tied = [(n, strength[body] / n) for body, n in graph.degree if n]
    middle = fmean if line is Line.MEAN else median
    breadth_line = float(middle([n for n, _ in tied])) if tied else 0.0
    depth_line = float(middle([depth for _, depth in tied])) if tied else 0.0
    found: list[BodyBreadth] = []
    for body, label in graph.nodes(data="label"):
        breadth = graph.degree[body]
        depth = strength[body] / breadth if breadth else 0.0
        above = (breadth > breadth_line) + (depth > depth_line)
        kind = (Kind.AUXILIARY, Kind.KEY, Kind.LEADING)[above]
        found.append(BodyBreadth(body, label, breadth, strength[body], depth, kind))
    order = list(Kind)
    found.sort(key=lambda one: (order.index(one.kind), -one.breadth, -one.depth, one.body))
    return BreadthDepth(tuple(found), breadth_line, depth_line)
