"""The figures of tasks: load and roles, themes, years, lineage."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np

from plan_graph.model.plan import Role
from plan_graph.reports.figures import flows, load, theme_body
from plan_graph.reports.figures.desk import Desk, Made, first, own_first
from plan_graph.reports.whole import flows as years_on
from plan_graph.reports.words import NO_THEME, Words

_ROWS, _BARS, _THEMES = 36, 45, 8


def make_load(desk: Desk, title: Words) -> Made:
    """Draw the tasks of each body by role."""
    rows = own_first(desk)[:_BARS]
    if not rows:
        return Words("任务没有点名的机构", "no body is named on the tasks")
    legend = desk.legend(
        title,
        *desk.scope(),
        Words(
            "同一任务兼两种角色的，各计一次；未写牵头的任务，负责单位计入牵头占比。",
            "A body in two roles of a task counts in each; where nobody leads, who is responsible counts in the share.",
        ),
        *first(len(rows), len(desk.rows), "任务数", "tasks"),
    )
    loads = [
        load.Load(
            row.short,
            (
                (Role.LEAD, row.led),
                (Role.RESPONSIBLE, row.responsible),
                (Role.SUPPORT, row.supported),
                (Role.GUIDE, row.guided),
            ),
            row.answers / row.tasks,
        )
        for row in rows
    ]
    return load.draw(loads, legend)


def make_theme_body(desk: Desk, title: Words) -> Made:
    """Draw bodies by themes."""
    facts = desk.content.facts
    tasks = Counter(one.theme for one in facts)
    if not any(tasks):
        return Words("任务没有主题（计划没有分主题的标题）", "the tasks have no themes (the plan has no such headings)")
    themes = [theme for theme, _ in sorted(tasks.items(), key=lambda item: (not item[0], -item[1], item[0]))]
    kept, rest = themes[:_THEMES], themes[_THEMES:]
    rows = own_first(desk)[:_ROWS]
    at = {row.body: number for number, row in enumerate(rows)}
    answers = np.zeros((len(rows), len(kept)), np.intp)
    supports = np.zeros_like(answers)
    for one in facts:
        if one.theme in kept:
            column = kept.index(one.theme)
            for counts, bodies in ((answers, one.leads), (supports, one.bodies(Role.SUPPORT))):
                for body in bodies & at.keys():
                    counts[at[body], column] += 1
    notes = (Words(f"另有 {len(rest)} 个主题未画。", f"{len(rest)} more themes not drawn."),) * bool(rest)
    legend = desk.legend(
        title,
        *desk.scope(),
        Words(
            "数字：任务数；未写牵头的任务，负责单位计入牵头。",
            "Numbers: tasks; where nobody leads, who is responsible counts as lead.",
        ),
        *first(len(rows), len(desk.rows), "任务数", "tasks"),
        *notes,
    )
    names = tuple(theme or NO_THEME.of("zh" if desk.lang != "en" else "en") for theme in kept)
    return theme_body.draw(theme_body.Matrix(tuple(row.short for row in rows), names, answers, supports), legend)


_STATES = (
    (years_on.LEADS, Words("有牵头任务", "leads"), "#0B4F86"),
    (years_on.SUPPORTS, Words("只配合", "supports"), "#E69F00"),
    (years_on.AWAY, Words("没有任务", "no task"), "#8C8C8C"),
)


def make_flows(desk: Desk, title: Words) -> Made:
    """Draw which bodies enter, stay and leave."""
    years = desk.content.years
    if len(years) < 2:
        return Words("任务没有写明两个以上的年度", "the tasks state fewer than two years")
    found = years_on.states(desk.content.facts, years)
    columns = [
        flows.Column(
            Words(f"{year}年", f"{year}").of("zh" if desk.lang == "zh" else "en"),
            tuple(
                flows.Stratum(
                    key, words.of(desk.lang), sum(s[at] == key for s in found.values()), colour, key == years_on.AWAY
                )
                for key, words, colour in _STATES
            ),
        )
        for at, year in enumerate(years)
    ]
    ribbons = [
        flows.Ribbon(at, source, target, count, count)
        for at in range(len(years) - 1)
        for (source, target), count in sorted(Counter((s[at], s[at + 1]) for s in found.values()).items())
    ]
    sizes = Counter(one.year for one in desk.content.facts)
    legend = desk.legend(
        title,
        *desk.scope(),
        *_undated(desk),
        Words("高度：机构数。", "Heights: bodies."),
        Words(
            f"各年任务数不同（{'、'.join(f'{y} 年 {sizes[y]}' for y in years)}），任务少的年度机构自然也少。",
            f"Years differ in tasks ({', '.join(f'{y}: {sizes[y]}' for y in years)}): fewer tasks name fewer bodies.",
        ),
    )
    return flows.draw(columns, ribbons, legend)


def _undated(desk: Desk) -> tuple[Words, ...]:
    """Say how many tasks have no place between years, because they state none."""
    without = sum(one.year is None for one in desk.content.facts)
    said = Words(
        f"没有写明年度的任务（{without:,} 项）不在图中。", f"Tasks that state no year ({without:,}) are not drawn."
    )
    return (said,) * bool(without)


_THEME_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#6E6E6E", "#8C6D1F")


def make_task_flows(desk: Desk, title: Words) -> Made:
    """Draw which tasks carry on, by theme."""
    years = desk.content.years
    if desk.content.lineage is None:
        return Words("尚未计算任务的沿革", "lineage of tasks was not computed")
    there = {one.iri for one in desk.content.facts if one.year is not None}
    links = [link for link in desk.content.lineage if {link.earlier.iri, link.later.iri} <= there]
    if len(years) < 2 or not links:
        return Words("没有从一年到下一年的任务沿革", "no task carries on from one year to the next")
    tasks = Counter((one.year, one.theme) for one in desk.content.facts)
    themes = sorted(
        {theme for _, theme in tasks}, key=lambda t: (-sum(n for (_, other), n in tasks.items() if other == t), t)
    )
    colour = {theme: _THEME_COLOURS[min(at, len(_THEME_COLOURS) - 1)] for at, theme in enumerate(themes)}
    none = NO_THEME.of("zh" if desk.lang != "en" else "en")
    columns = [
        flows.Column(
            str(year),
            tuple(
                flows.Stratum(theme, theme or none, tasks[year, theme], colour[theme])
                for theme in themes
                if tasks[year, theme]
            ),
        )
        for year in years
    ]
    ribbons: list[flows.Ribbon] = []
    for at, (earlier, later) in enumerate(pairwise(years)):
        leaving, arriving = years_on.carried(links, earlier, later)
        for source, target in sorted(leaving.keys() | arriving.keys()):
            ribbons.append(flows.Ribbon(at, source, target, leaving[source, target], arriving[source, target]))
    legend = desk.legend(
        title,
        *desk.scope(),
        *_undated(desk),
        Words(
            f"高度：任务数；带：有沿革联系的任务（共 {len(links):,} 条联系，每项任务按最强的一条计一次）。",
            f"Heights: tasks; ribbons: tasks with a link ({len(links):,} links; a task counts once, by its best).",
        ),
    )
    return flows.draw(columns, ribbons, legend)
