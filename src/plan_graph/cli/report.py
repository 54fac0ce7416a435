"""``plan-graph report`` and ``plan-graph figures``: what an office prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plan_graph import __version__
from plan_graph.cli.choice import plan_options
from plan_graph.cli.shared import graph_option, lang, main
from plan_graph.errors import InputError
from plan_graph.reports.figures import NAMES

if TYPE_CHECKING:
    from plan_graph.reports.whole.content import Content

_SOFTWARE = f"plan-graph {__version__}"
body_option = click.option(
    "--body",
    default=None,
    metavar="NAME",
    help="About one body: full or short name, or id 只就一个机构（全称、简称或编号）.",
)
seed_option = click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Seed of layout and communities 布局与社群划分的随机种子.",
)


def _content(graph: Path, values: dict[str, str], body: str | None, *, lineage: bool, duplicates: bool) -> Content:
    """Take from the graph what is asked for; lineage is looked for among the tasks of all years."""
    from dataclasses import replace

    from plan_graph.analysis.duplicates import candidates
    from plan_graph.analysis.facts import task_facts
    from plan_graph.analysis.lineage import links
    from plan_graph.authority.register import Register
    from plan_graph.authority.words import Words
    from plan_graph.graph.store import open_store
    from plan_graph.reports.whole.content import gather

    store = open_store(graph)
    content = gather(store, values, body)
    if not (lineage or duplicates):
        return content
    others = {name: value for name, value in values.items() if name != "year"}
    every = task_facts(store, others) if "year" in values else list(content.population)
    words = Words(Register.load())
    return replace(
        content,
        duplicates=tuple(candidates(content.population, words)) if duplicates else None,
        lineage=tuple(links(every, words)) if lineage else None,
    )


@main.command(name="report")
@graph_option
@body_option
@plan_options
@seed_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("report"),
    show_default=True,
    help="Folder to write, whole or not at all 写入的文件夹.",
)
def report_command(
    graph: Path,
    body: str | None,
    plan: str | None,
    issuer: str | None,
    level: str | None,
    year: int | None,
    seed: int,
    out: Path,
) -> None:
    """Write a report: an Excel workbook, an HTML page to print, and the figures.

    写出报告：Excel 工作簿（任务、参与、机构、关系、缺口等表）、可打印的网页、各图。Expected counts, p and q are those
    of the graph; with --plan, --issuer or --level they are computed for these plans alone. A folder with
    anything else in it, or changed since, is not touched.

    \b
    Example 示例:
      plan-graph report
      plan-graph report --body 省农委 --out 省农委
      plan-graph report --year 2016 --out report-2016
    """
    from plan_graph.output import check_listed, write_folder
    from plan_graph.reports.figures.gallery import plates
    from plan_graph.reports.whole.html import page
    from plan_graph.reports.whole.workbook import workbook
    from plan_graph.terminal.report import show_report

    check_listed(out)
    content = _content(graph, _asked(plan, issuer, level, year), body, lineage=True, duplicates=True)
    drawn = plates(content, lang(), seed=seed)
    files = {
        "report.xlsx": workbook(content, lang(), seed),
        "report.html": page(content, drawn, lang(), seed),
    } | {f"figures/{one.name}.{form}": made for one in drawn for form, made in one.files.items()}
    write_folder(out, files, _SOFTWARE)
    show_report(out, content, drawn, lang())


@main.command(name="figures")
@graph_option
@body_option
@plan_options
@click.option(
    "--only", type=click.Choice(NAMES), multiple=True, help="Only this figure; may be repeated 只画这一幅，可重复."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["svg", "png", "both"]),
    default="both",
    show_default=True,
    help="SVG with real text, or PNG at 200 dpi SVG（文字可编辑）或 PNG（200 dpi）.",
)
@seed_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("figures"),
    show_default=True,
    help="Folder to write 写入的文件夹.",
)
def figures_command(
    graph: Path,
    body: str | None,
    plan: str | None,
    issuer: str | None,
    level: str | None,
    year: int | None,
    only: tuple[str, ...],
    form: str,
    seed: int,
    out: Path,
) -> None:
    """Draw the figures: load, network, themes, breadth and depth, blocks, flows.

    作图：任务量与角色、协作网络、主题与机构、广度与深度、社群、年度流动。Each figure says its population, weights and
    seeds; the same graph gives the same files. With --only, figures that an earlier run left in the folder stay. A font
    with Chinese must be installed.

    \b
    Example 示例:
      plan-graph figures
      plan-graph figures --only network --format svg --year 2016
      plan-graph --lang en figures --body 省财政厅 --out finance
    """
    from plan_graph.output import check_listed, write_folder
    from plan_graph.reports.figures.gallery import plates
    from plan_graph.terminal.report import show_figures

    check_listed(out)
    wanted = only or NAMES
    content = _content(graph, _asked(plan, issuer, level, year), body, lineage="task-flows" in wanted, duplicates=False)
    drawn = plates(content, lang(), ("svg", "png") if form == "both" else (form,), wanted, seed)
    files = {f"{one.name}.{kind}": made for one in drawn for kind, made in one.files.items()}
    if not files:
        raise _none(drawn[0].missing if drawn else None)
    write_folder(out, files, _SOFTWARE, keep=bool(only))
    show_figures(out, drawn, lang())


def _none(why: tuple[str, str] | None) -> InputError:
    if why is None:
        return InputError("blocks are drawn of all bodies; leave out --body", "社群图只就全部机构画，请去掉 --body")
    zh, en = why
    return InputError(f"no figure can be drawn: {en}; choose other figures or tasks", f"无法作图：{zh}，请另选图或任务")


def _asked(plan: str | None, issuer: str | None, level: str | None, year: int | None) -> dict[str, str]:
    from plan_graph.analysis.choice import Choice

    return Choice(plan, issuer, level).parameters | ({} if year is None else {"year": f"{year:04}"})
