"""Load and balance of roles: how many tasks each body leads and supports, and which share it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from plan_graph.model.plan import Role
from plan_graph.reports.figures import keys
from plan_graph.reports.figures.canvas import SMALL, SOFT, TEXT, Legend, inches, sheet, steps
from plan_graph.reports.words import ROLES, Words

_ROW = 0.165
_FILLS = {
    Role.LEAD: ("#0B4F86", ""),
    Role.RESPONSIBLE: ("#5E9CC7", "////"),
    Role.SUPPORT: ("#F0C97A", ""),
    Role.GUIDE: ("#D9D9D9", "...."),
}


@dataclass(frozen=True, slots=True)
class Load:
    """A body's tasks by role, and the share of its tasks that it answers for, from 0 to 1."""

    body: str
    counts: tuple[tuple[Role, int], ...]
    share: float


def draw(loads: Sequence[Load], legend: Legend) -> Figure:
    """Draw a bar a body, with the tasks by role end to end, and beside it a dot at the share it answers for."""
    roles = [role for role in _FILLS if any(dict(load.counts).get(role) for load in loads)]
    key = [[keys.swatch(ROLES[role].of(legend.lang), *_FILLS[role], edge="white") for role in roles]]
    below = keys.height(key, 7.0) + 0.3
    made = sheet(_ROW * len(loads) + below + 0.2, legend)
    keys.draw(made, key)
    names = max(inches(load.body, TEXT) for load in loads) + 0.08
    wide = (made.width - names) * 0.68
    bars = made.axes(names, below, wide - 0.15, _ROW * len(loads))
    dots = made.axes(names + wide + 0.1, below, made.width - names - wide - 0.25, _ROW * len(loads))
    for at, load in enumerate(loads):
        left = 0
        for role in roles:
            count = dict(load.counts).get(role, 0)
            colour, hatch = _FILLS[role]
            bars.barh(at, count, left=left, height=0.72, color=colour, hatch=hatch, edgecolor="white", linewidth=0.4)
            left += count
        bars.text(left, at, f" {_counts(load, roles)}", size=SMALL, va="center_baseline", ha="left", color=SOFT)
        dots.plot([0, load.share], [at, at], color="#BBD3E6", linewidth=1.0, zorder=1)
        dots.plot([load.share], [at], marker="o", markersize=4, color="#0B4F86", zorder=2)
    widest = max(sum(count for _, count in load.counts) for load in loads)
    ticks = steps(widest)
    bars.set_xlim(0, widest * 1.16)
    bars.set_xticks([tick for tick in ticks if tick <= widest * 1.16])
    bars.set_yticks(range(len(loads)), [load.body for load in loads])
    dots.set_xlim(-0.03, 1.03)
    dots.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
    dots.set_yticks([])
    dots.axvline(0.5, color="#D9D9D9", linewidth=0.6, zorder=0)
    for axes, words in (
        (bars, Words("任务数（按角色）", "tasks by role")),
        (dots, Words("牵头占比", "lead share")),
    ):
        axes.set_ylim(len(loads) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0, labelsize=TEXT)
        axes.tick_params(axis="x", labelsize=SMALL)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.set_title(words.of(legend.lang), size=TEXT, weight="bold", loc="left", pad=4)
    dots.spines["left"].set_visible(True)
    return made.figure


def _counts(load: Load, roles: Sequence[Role]) -> str:
    counts = dict(load.counts)
    return " + ".join(f"{counts.get(role, 0):,}" for role in roles)
