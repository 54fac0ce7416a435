"""``plan-graph brief``: the dossier of one body."""

from __future__ import annotations

from pathlib import Path

import click

from plan_graph.cli.answer import checked_form, deliver, report_options
from plan_graph.cli.choice import plan_options, read_scope
from plan_graph.cli.shared import graph_option, main

SECTIONS = (
    *("led", "supported", "gaps", "partners", "years", "themes", "places", "targets", "deadlines", "produces"),
    *("restsOn", "dependences", "unsupported", "changes"),
)


@main.command(name="brief")
@click.argument("body")
@graph_option
@plan_options
@report_options(*SECTIONS)
def brief_command(
    body: str,
    graph: Path,
    plan: str | None,
    issuer: str | None,
    level: str | None,
    year: int | None,
    form: str | None,
    what: str | None,
    rows: int,
    bom: bool,
    output: Path | None,
) -> None:
    """Put together the dossier of one body: tasks, partners, targets, papers, gaps, what became of it.

    机构卷宗：牵头与配合的任务、协作伙伴、量化目标与时限、须制定的文件、缺口、后来的变动。
    With -o brief.html it is a page to print on A4, with -o brief.xlsx a workbook with a sheet for each table.

    \b
    Example 示例:
      plan-graph brief 省农委
      plan-graph brief 省农委 -o brief.html
      plan-graph brief 省农委 --format csv --list targets
    """
    from plan_graph.analysis.dossier import body_changes, dossier
    from plan_graph.analysis.names import names, one_of
    from plan_graph.reports.dossier import dossier_report

    form = checked_form(form, what, output)
    store, scope, _ = read_scope(graph, plan, issuer, level, year)
    known = names(store)
    found = one_of(known, body, scope.bodies)
    later, earlier = body_changes(store, found.id)
    report = dossier_report(scope, dossier(scope, found.id, later, earlier), found, known)
    deliver(report, form, what, rows, bom, output)
