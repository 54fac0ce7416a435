"""``plan-graph paper``: the analysis of a graph in the form of a paper."""

from __future__ import annotations

from pathlib import Path

import click

from plan_graph import __version__
from plan_graph.cli.choice import plan_options_without_year
from plan_graph.cli.shared import graph_option, lang, main


@main.command(name="paper")
@graph_option
@plan_options_without_year
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Seed of all that is drawn but the null model of pairs 随机种子（机构对的零模型除外）.",
)
@click.option(
    "--resamples",
    type=click.IntRange(1, 100_000),
    default=1000,
    show_default=True,
    help="Resamples of tasks, and with them all other draws 重抽次数，其他抽样随之增减.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("paper"),
    show_default=True,
    help="Folder to write, whole or not at all 写入的文件夹.",
)
def paper_command(
    graph: Path, plan: str | None, issuer: str | None, level: str | None, seed: int, resamples: int, out: Path
) -> None:
    """Write an analysis like a paper: seven tables, five figures, and a text that claims what the data support.

    写出论文式的分析：七组表、五幅图，正文由规则从结果生成，只说区间和 q 支持的话。Years are compared with each
    other, so there is no --year. It takes a minute or two for 200 tasks. A folder that holds anything plan-graph did
    not write, or that was changed since, is not touched.

    \b
    Example 示例:
      plan-graph paper
      plan-graph paper --plan ln-2016-revitalisation --out liaoning
      plan-graph paper --resamples 100 --seed 1
    """
    from plan_graph.analysis.choice import Choice
    from plan_graph.graph.store import open_store
    from plan_graph.output import check_listed, write_folder
    from plan_graph.reports.paper.settings import Settings
    from plan_graph.reports.paper.whole import paper
    from plan_graph.terminal.paper import show_paper

    check_listed(out)
    made = paper(open_store(graph), Choice(plan, issuer, level).parameters, Settings(seed, resamples), lang())
    write_folder(out, made.files, f"plan-graph {__version__}")
    show_paper(out, made, lang())
