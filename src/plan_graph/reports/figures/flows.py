"""Flows from year to year: what stays, what comes and what goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from plan_graph.reports.figures.canvas import INK, SMALL, SOFT, TEXT, Legend, bare, inches, sheet

_HEIGHT = 4.4
_BAR = 0.16
_GAP = 0.09  # inches between two strata
_HEAD = 0.34
_READABLE = 0.11  # inches in which a number can stand


@dataclass(frozen=True, slots=True)
class Stratum:
    """What one column holds of one kind: ``key`` joins it to ribbons, ``colour`` paints it; hatched where ``away``."""

    key: str
    label: str
    count: int
    colour: str
    away: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A year with its strata, from top to bottom, and what stands above it."""

    label: str
    strata: tuple[Stratum, ...]


@dataclass(frozen=True, slots=True)
class Ribbon:
    """How much goes from a stratum of one column to one of the next: as many leave as ``left``, arrive as ``right``."""

    column: int
    source: str
    target: str
    left: int
    right: int


def draw(columns: Sequence[Column], ribbons: Sequence[Ribbon], legend: Legend) -> Figure:
    """Draw columns of strata with ribbons between them; the heights are numbers."""
    made = sheet(_HEIGHT, legend)
    axes = made.axes(0, 0, made.width, _HEIGHT)
    bare(axes)
    axes.set_xlim(0, made.width)
    axes.set_ylim(0, _HEIGHT)
    names = max(inches(_said(one), TEXT) for column in (columns[0], columns[-1]) for one in column.strata) + 0.1
    names = min(names, 1.7)
    most = max(len(column.strata) for column in columns)
    total = max(sum(one.count for one in column.strata) for column in columns) or 1
    unit = (_HEIGHT - _HEAD - _GAP * (most - 1) - 0.05) / total
    step = (made.width - 2 * names - _BAR) / max(1, len(columns) - 1)
    tops: list[dict[str, float]] = []
    for at, column in enumerate(columns):
        x = names + at * step
        axes.text(x + _BAR / 2, _HEIGHT - 0.02, column.label, size=TEXT, weight="bold", ha="center", va="top")
        tops.append(_column(axes, column, x, unit, at, len(columns)))
    leaving = [dict(each) for each in tops]
    arriving = [dict(each) for each in tops]
    colours = [{one.key: one for one in column.strata} for column in columns]
    place = [{one.key: n for n, one in enumerate(column.strata)} for column in columns]
    for ribbon in sorted(ribbons, key=lambda r: (r.column, place[r.column][r.source], place[r.column + 1][r.target])):
        x0, x1 = names + ribbon.column * step + _BAR, names + (ribbon.column + 1) * step
        y0, y1 = leaving[ribbon.column][ribbon.source], arriving[ribbon.column + 1][ribbon.target]
        h0, h1 = ribbon.left * unit, ribbon.right * unit
        leaving[ribbon.column][ribbon.source] -= h0
        arriving[ribbon.column + 1][ribbon.target] -= h1
        source, target = colours[ribbon.column][ribbon.source], colours[ribbon.column + 1][ribbon.target]
        faded = source.away or target.away
        colour = target.colour if source.away else source.colour
        axes.add_patch(_band(x0, x1, (y0, y0 - h0), (y1, y1 - h1), colour, 0.22 if faded else 0.5))
        if max(h0, h1) > _READABLE:
            said = f"{ribbon.left}" if ribbon.left == ribbon.right else f"{ribbon.left}→{ribbon.right}"
            axes.text(x0 + 0.06, y0 - h0 / 2, said, size=SMALL, va="center_baseline", ha="left", color=INK)
    return made.figure


def _said(one: Stratum) -> str:
    return f"{one.label} {one.count:,}"


def _column(axes: Axes, column: Column, x: float, unit: float, at: int, count: int) -> dict[str, float]:
    tops: dict[str, float] = {}
    y = _HEIGHT - _HEAD
    for one in column.strata:
        tall = one.count * unit
        tops[one.key] = y
        axes.add_patch(
            Rectangle(
                (x, y - tall),
                _BAR,
                tall,
                facecolor="white" if one.away else one.colour,
                hatch="////" if one.away else "",
                edgecolor=one.colour if one.away else "white",
                linewidth=0.5,
                zorder=3,
            )
        )
        side = -1 if at == 0 else 1
        if at in (0, count - 1):
            axes.text(
                x - 0.06 if side < 0 else x + _BAR + 0.06,
                y - tall / 2,
                _said(one),
                size=TEXT,
                ha="right" if side < 0 else "left",
                va="center_baseline",
                color=SOFT if one.away else INK,
            )
        elif tall > _READABLE:
            axes.text(
                x + _BAR / 2,
                y - tall / 2,
                f"{one.count:,}",
                size=SMALL,
                ha="center",
                va="center_baseline",
                zorder=4,
                color=INK if one.away else "white",
                weight="bold",
                **({"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.6}} if one.away else {}),
            )
        y -= tall + _GAP
    return tops


def _band(
    x0: float, x1: float, left: tuple[float, float], right: tuple[float, float], colour: str, alpha: float
) -> PathPatch:
    """Give a ribbon between two stretches, each from top to bottom, with its ends level."""
    mid = (x0 + x1) / 2
    corners = [
        (x0, left[0]),
        (mid, left[0]),
        (mid, right[0]),
        (x1, right[0]),
        (x1, right[1]),
        (mid, right[1]),
        (mid, left[1]),
        (x0, left[1]),
        (x0, left[0]),
    ]
    codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return PathPatch(Path(corners, codes), facecolor=colour, alpha=alpha, linewidth=0, zorder=2)
