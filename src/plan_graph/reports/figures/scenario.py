"""The figure of a scenario: tasks, strength and betweenness of the bodies touched and the strongest, before → after."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from plan_graph.analysis.scenario import Load, Scenario
from plan_graph.reports.figures import fonts
from plan_graph.reports.scenario import listed_bodies
from plan_graph.reports.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("svg", "png")
_DPI = 200
_WIDTH = 11.0  # inches
_BEFORE, _AFTER, _TOUCHED = "#888888", "#0072b2", "#b34700"
_PANELS = (
    ("tasks", Words("任务数", "tasks")),
    ("strength", Words("强度：共同任务数之和", "strength: shared tasks")),
    ("betweenness", Words("中介", "betweenness")),
)


def scenario_figure(
    found: Scenario, names: Mapping[str, str], title: Words, population: Words, form: str, lang: str
) -> bytes:
    """Draw a scenario as SVG with real text, or PNG of 200 dpi; the same scenario and fonts give the same bytes.

    :raises InputError: if no font has Chinese.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    bodies = listed_bodies(found)
    font = fonts.chinese_font()
    head = [*_lines(title, lang, 13, "#000000"), *_lines(population, lang, 7.5, "#444444")]
    top = 0.15 + sum(1.4 * size / 72 for _, size, _ in head) + 0.35  # inches above the panels
    height = top + 0.3 * len(bodies) + 0.7
    with mpl.rc_context():
        mpl.rcParams["font.family"] = [font]
        mpl.rcParams["axes.unicode_minus"] = False
        mpl.rcParams["text.parse_math"] = False
        mpl.rcParams["svg.fonttype"] = "none"
        mpl.rcParams["svg.hashsalt"] = "plan-graph"
        figure = Figure(figsize=(_WIDTH, height), facecolor="white")
        axes = figure.subplots(1, len(_PANELS), sharey=True, squeeze=False)[0]
        for panel, (key, name) in zip(axes, _PANELS, strict=True):
            _panel(panel, found, bodies, key)
            panel.set_title(name.of(lang), fontsize=10)
        _names(axes[0], found, bodies, names, lang)
        figure.subplots_adjust(left=0.2, right=0.98, top=1 - top / height, bottom=0.65 / height, wspace=0.08)
        at = 0.15
        for line, size, color in head:
            figure.text(0.01, 1 - at / height, line, fontsize=size, color=color, va="top")
            at += 1.4 * size / 72
        _legend(figure, lang)
        out = io.BytesIO()
        fixed = {"Date": None, "Creator": "plan-graph"} if form == "svg" else {"Software": None}
        figure.savefig(out, format=form, dpi=_DPI, metadata=fixed)
    drawn = out.getvalue()
    if form == "svg":  # where the font is not installed, a reader's own takes its place
        drawn = drawn.replace(f"'{font}'".encode(), f"'{font}', {fonts.CSS}".encode())
    return drawn


def _lines(words: Words, lang: str, size: float, color: str) -> list[tuple[str, float, str]]:
    """Break a wording into lines as wide as the figure, each language on its own."""
    fits = int((_WIDTH - 0.4) * 72 / size * 2)  # a Han character is as wide as the size, a Latin one about half
    said = [words.of(one) for one in (("zh", "en") if lang == "both" else (lang,))]
    return [(line, size, color) for text in dict.fromkeys(said) for line in _wrapped(text, fits)]


def _panel(panel: Axes, found: Scenario, bodies: Sequence[str], key: str) -> None:
    for at, body in enumerate(bodies):
        before, after = (_value(side.loads.get(body), key) for side in (found.before, found.after))
        if before is not None and after is not None:
            panel.plot([before, after], [at, at], color="#bbbbbb", linewidth=2, zorder=1)
        if before is not None:
            panel.plot(before, at, "o", color=_BEFORE, markerfacecolor="white", markersize=7, zorder=2)
        if after is not None:
            panel.plot(after, at, "o", color=_AFTER, markersize=5, zorder=3)
    panel.set_ylim(len(bodies) - 0.5, -0.5)
    panel.margins(x=0.08)
    panel.set_xlim(left=min(0.0, panel.get_xlim()[0]))
    panel.grid(axis="x", color="#eeeeee")
    panel.set_axisbelow(True)
    panel.tick_params(axis="y", length=0)
    panel.spines[["top", "right", "left"]].set_visible(False)


def _names(panel: Axes, found: Scenario, bodies: Sequence[str], names: Mapping[str, str], lang: str) -> None:
    def name(body: str) -> str:
        if body not in found.after.loads:
            return names[body] + Words("（不再）", "(gone)").of(lang)
        return names[body] + (Words("（新）", "(new)").of(lang) if body not in found.before.loads else "")

    panel.set_yticks(range(len(bodies)), [name(body) for body in bodies], fontsize=9)
    for label, body in zip(panel.get_yticklabels(), bodies, strict=True):
        label.set_color(_TOUCHED if body in found.touched else "#222222")


def _legend(figure: Figure, lang: str) -> None:
    from matplotlib.lines import Line2D

    before = Line2D([], [], marker="o", color=_BEFORE, markerfacecolor="white", markersize=7, linestyle="")
    after = Line2D([], [], marker="o", color=_AFTER, markersize=5, linestyle="")
    touched = Line2D([], [], marker="s", color=_TOUCHED, markersize=5, linestyle="")
    said = (Words("之前", "before"), Words("之后", "after"), Words("名称为此色：受影响", "names so: touched"))
    figure.legend(
        [before, after, touched], [one.of(lang) for one in said], loc="lower right", ncols=3, fontsize=8, frameon=False
    )


def _value(load: Load | None, key: str) -> float | None:
    return None if load is None else float(getattr(load, key))


def _wrapped(text: str, width: int) -> list[str]:
    """Break a line where it is wider than ``width`` Latin characters; a Han character counts two, words stay whole."""
    lines = [""]
    for piece in re.findall(r" ?[!-~]+|.", text):
        if _width(lines[-1] + piece) > width and lines[-1]:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return lines


def _width(text: str) -> int:
    return sum(1 + (ord(c) > 0x2E7F) for c in text)
