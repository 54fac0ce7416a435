"""``plan-graph overlap``: where the work of bodies overlaps."""

from __future__ import annotations

from pathlib import Path

import click

from plan_graph.cli.answer import checked_form, deliver, report_options
from plan_graph.cli.choice import plan_options, read_scope
from plan_graph.cli.shared import graph_option, main
from plan_graph.errors import InputError

_ON_SCREEN = 12  # bodies of a matrix


@main.command(name="overlap")
@click.argument("bodies", nargs=-1, metavar="[BODY [BODY]]")
@graph_option
@plan_options
@click.option(
    "--value",
    type=click.Choice(["shared", "expected", "ratio"]),
    default="shared",
    show_default=True,
    help="What the matrix holds 矩阵的内容.",
)
@click.option(
    "--top",
    type=click.IntRange(0),
    default=None,
    help="Busiest bodies in the matrix; 0 is all 矩阵列入的机构数.  [default: 12 on the screen, all in a file]",
)
@report_options("tasks", "years", "partners", "matrix")
def overlap_command(
    bodies: tuple[str, ...],
    graph: Path,
    plan: str | None,
    issuer: str | None,
    level: str | None,
    year: int | None,
    value: str,
    top: int | None,
    form: str | None,
    what: str | None,
    rows: int,
    bom: bool,
    output: Path | None,
) -> None:
    """Show what two bodies share, with whom one works, or the matrix of all.

    两个机构：共同任务、各自角色、原文，以及与预期相比是多是少；一个机构：协作伙伴，按意外程度排列；不写机构：机构×机构矩阵。
    A body is given by its full or short name, as documents write it, or by its id.

    \b
    Example 示例:
      plan-graph overlap 省财政厅 省农委
      plan-graph overlap 省农委 --year 2016 -o partners.xlsx
      plan-graph overlap --value ratio --top 20
    """
    from plan_graph.analysis.names import names, one_of
    from plan_graph.analysis.overlap import Value, matrix, overlap, partners, with_collectives
    from plan_graph.reports.overlap import matrix_report, overlap_report, partners_report

    form = checked_form(form, what, output)
    if len(bodies) > 2:
        raise InputError(
            f"overlap takes two bodies at most, {len(bodies)} are given; put a name with spaces into quotes",
            f"overlap 最多比较两个机构，给出了 {len(bodies)} 个；名称中有空格的请加引号",
        )
    if bodies and (top is not None or value != "shared"):
        raise InputError(
            "--top and --value are for the matrix; leave out the body", "--top、--value 只用于矩阵，请去掉机构"
        )
    store, scope, _ = read_scope(graph, plan, issuer, level, year)
    known = names(store)
    found = [one_of(known, body, scope.bodies) for body in bodies]
    if len(found) == 2:
        left, right = found
        if left.id == right.id:
            raise InputError(
                f"{bodies[0]} and {bodies[1]} are the same body, {left.name} ({left.id}); name two",
                f"{bodies[0]} 与 {bodies[1]} 是同一个机构：{left.name}（{left.id}），请写两个机构",
            )
        report = overlap_report(scope, overlap(scope, left.id, right.id), known)
    elif found:
        body = found[0]
        report = partners_report(scope, body, partners(scope, body.id), with_collectives(scope, body.id), known)
    else:
        every = len(set().union(*(task.bodies() for task in scope.facts)))
        most = top if top is not None else _ON_SCREEN if form == "table" else 0
        report = matrix_report(scope, matrix(scope, Value(value), most), known, every)
        rows = 0
    deliver(report, form, what, rows, bom, output)
