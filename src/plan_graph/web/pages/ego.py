"""The network around one body, drawn on the server: itself in the middle, its closest partners around it.

Coordinates only: what is drawn, and in which colours, is said by the template and the style sheet.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from plan_graph.analysis.overlap import Partner
from plan_graph.analysis.scope import SIGNIFICANT
from plan_graph.web.pages.facts import Facts

WIDTH, HEIGHT = 720, 420
MOST = 14
_RADIUS_X, _RADIUS_Y = 210.0, 160.0


@dataclass(frozen=True, slots=True)
class Node:
    """A partner: where it stands, on which side its name does, how thick its line is (1 to 6), what it says."""

    x: float
    y: float
    anchor: str
    label_x: float
    label: str
    title: str
    address: str
    width: int
    surprising: bool
    shared: int


@dataclass(frozen=True, slots=True)
class Ego:
    """The drawing; ``left_out`` are the partners for whom there is no room."""

    label: str
    nodes: tuple[Node, ...]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def middle(self) -> tuple[int, int]:
        """Where the body itself stands."""
        return self.width // 2, self.height // 2


def ego(facts: Facts, body: str, partners: Sequence[Partner]) -> Ego | None:
    """Draw the partners of a body who share most tasks with it, or nothing where there are none."""
    ranked = sorted(partners, key=lambda one: (-one.meeting.shared, one.body))[:MOST]
    if not ranked:
        return None
    most = ranked[0].meeting.shared
    nodes = []
    for at, one in enumerate(ranked):
        angle = 2 * math.pi * at / len(ranked) - math.pi / 2
        x, y = WIDTH / 2 + _RADIUS_X * math.cos(angle), HEIGHT / 2 + _RADIUS_Y * math.sin(angle)
        side = "middle" if abs(math.cos(angle)) < 0.2 else "start" if math.cos(angle) > 0 else "end"
        agent = facts.agents[one.body]
        nodes.append(
            Node(
                round(x, 1),
                round(y, 1),
                side,
                round(x + {"middle": 0, "start": 12, "end": -12}[side], 1),
                agent.short,
                agent.name,
                agent.address,
                max(1, round(6 * one.meeting.shared / most)),
                one.meeting.q is not None and one.meeting.q < SIGNIFICANT,
                one.meeting.shared,
            )
        )
    return Ego(facts.agents[body].short, tuple(nodes), len(partners) - len(ranked))
