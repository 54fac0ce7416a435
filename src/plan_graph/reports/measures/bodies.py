"""Bodies beside their partners, themes and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plan_graph.analysis.facts import TaskFacts
from plan_graph.model.plan import Role
from plan_graph.reports.measures.population import Population, body_columns, rounded, tables, who
from plan_graph.reports.sections import Cell, Column, Figure, Report, Section
from plan_graph.reports.words import Words

if TYPE_CHECKING:
    from plan_graph.analysis.measures.twomode import TwoMode


def breadth_report(about: Population) -> Report:
    """Report breadth."""
    from plan_graph.analysis.measures.breadth import breadth_depth
    from plan_graph.reports.measures.words import BREADTH

    found = breadth_depth(about.of_year, layer=about.layer)
    rows = [
        (*who(about, one.body), one.breadth, one.strength, rounded(one.depth), BREADTH[one.kind.value])
        for one in sorted(found.bodies, key=lambda one: (-one.breadth, one.body))
    ]
    columns = (
        *body_columns(),
        Column("breadth", Words("广度（伙伴数）", "breadth (partners)")),
        Column("strength", Words("强度", "strength")),
        Column("depth", Words("深度（每个伙伴的任务）", "depth (tasks a partner)")),
        Column("kind", Words("类型", "kind")),
    )
    return tables(
        (
            Figure("breadthLine", Words("广度分界（平均）", "line of breadth (mean)"), rounded(found.breadth_line)),
            Figure("depthLine", Words("深度分界（平均）", "line of depth (mean)"), rounded(found.depth_line)),
        ),
        (Section("breadth", Words("广度与深度", "Breadth and depth"), columns, tuple(rows)),),
    )


def _two_mode(key: str, title: Words, table: TwoMode, about: Population) -> Report:
    rows: list[tuple[Cell, ...]] = []
    for i, row in enumerate(table.row_labels):
        for j, body in enumerate(table.bodies):
            if table.tasks[i, j]:
                rows.append(
                    (
                        row,
                        *who(about, body),
                        int(table.tasks[i, j]),
                        int(table.lead[i, j]),
                        int(table.support[i, j]),
                        rounded(float(table.expected[i, j])),
                        rounded(float(table.residuals[i, j])),
                    )
                )
    rows.sort(key=lambda cells: (-abs(float(str(cells[7]))), str(cells[0]), str(cells[1])))
    columns = (
        Column("row", title),
        *body_columns(),
        Column("tasks", Words("任务", "tasks")),
        Column("lead", Words("牵头", "lead")),
        Column("support", Words("配合", "support")),
        Column("expected", Words("独立时的预期", "expected if independent")),
        Column("residual", Words("Pearson 残差", "Pearson residual")),
    )
    section = Section(
        key,
        Words(f"{title.zh}与机构（按残差大小）", f"{title.en} and bodies (largest residual first)"),
        columns,
        tuple(rows),
    )
    return tables(
        (Figure("without", Words("没有此项的任务", "tasks without any"), table.without),),
        (section,),
        Words("残差绝对值大于 2 才值得注意", "only residuals beyond 2 in size call for attention"),
    )


def themes_report(about: Population) -> Report:
    """Report themes."""
    from plan_graph.analysis.measures.twomode import theme_body

    return _two_mode("themes", Words("主题", "theme"), theme_body(_of_year(about), tuple(Role)), about)


def places_report(about: Population) -> Report:
    """Report places."""
    from plan_graph.analysis.measures.twomode import place_body

    return _two_mode("places", Words("地点", "place"), place_body(_of_year(about), tuple(Role)), about)


def _of_year(about: Population) -> list[TaskFacts]:
    return [one for one in about.facts if about.year in (None, one.year)]
