"""``plan-graph network``: the coordination network."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plan_graph.cli.choice import choosing
from plan_graph.cli.shared import form_of, graph_option, lang, main, output_option, write
from plan_graph.errors import InputError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from plan_graph.analysis.choice import Choice
    from plan_graph.analysis.facts import TaskFacts
    from plan_graph.analysis.network import Layer
    from plan_graph.reports.sections import Report
    from plan_graph.reports.words import Words

LISTS = ("csv", "parquet")  # one row a tie, or a body
WHOLE = ("graphml", "gexf", "net", "paj", "dl", "r")  # analysis.export.WRITERS
REPORTED = ("table", "csv", "tsv", "json", "xlsx", "html")  # of --measure and --compare
FORMATS = ("table", *LISTS, *WHOLE, *REPORTED[2:])
MEASURES = (
    "backbone",
    "bootstrap",
    "breadth",
    "brokerage",
    "centralisation",
    "communities",
    "core",
    "holes",
    "places",
    "rarefaction",
    "sensitivity",
    "themes",
)


@main.command(name="network")
@graph_option
@choosing
@click.option(
    "--layer",
    type=click.Choice(["co-lead", "lead-support", "any"]),
    default="any",
    show_default=True,
    help="Which relation makes a tie 关系层.",
)
@click.option(
    "--measure", type=click.Choice(MEASURES), default=None, help="Show one measure instead 只看一种指标，附区间或检验."
)
@click.option(
    "--compare", type=int, nargs=2, default=None, metavar="YEAR YEAR", help="Compare two years instead 比较两个年度."
)
@click.option("--include-collectives", is_flag=True, help="Count collectives as nodes 把集合称谓也作为节点.")
@click.option(
    "--draws",
    type=click.IntRange(0, 1_000_000),
    default=None,
    help="Compute expected, p and q anew from so many draws; 0: not at all 重新计算预期数、p、q 的抽样次数.  "
    "[default: 1000 for chosen tasks and the backbone; else those of the graph]",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Seed of communities, resamples, searches 社群划分、重抽与搜索的随机种子.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="Form of the answer 结果格式: net, paj for Pajek, dl for UCINET, r for R (statnet).  "
    "[default: table, or what the ending of --output says]",
)
@click.option(
    "--list",
    "what",
    type=click.Choice(["ties", "nodes"]),
    default=None,
    help="What a CSV or Parquet lists CSV、Parquet 的内容.  [default: ties]",
)
@click.option("--bom", is_flag=True, help="Begin a CSV with a byte order mark, for Excel 供 Excel 打开.")
@click.option(
    "--rows", type=click.IntRange(0), default=15, show_default=True, help="Rows a table shows; 0 is all 表格显示行数."
)
@output_option
def network_command(
    graph: Path,
    choice: Choice,
    layer: str,
    measure: str | None,
    compare: tuple[int, int] | None,
    include_collectives: bool,
    draws: int | None,
    seed: int,
    form: str | None,
    what: str | None,
    bom: bool,
    rows: int,
    output: Path | None,
) -> None:
    """Show the coordination network: measures of bodies, ties with expected counts.

    协作网络：各机构的网络指标，机构对的共同任务数与预期数、p、q。 With --plan, --issuer, --level, --theme or
    --by-successor the measures, expected counts, p and q are computed for the chosen participations alone.

    \b
    Example 示例:
      plan-graph network --year 2016 --layer lead-support
      plan-graph network --issuer 辽宁省人民政府
      plan-graph network --theme 着力完善体制机制 --by-successor
      plan-graph network --measure bootstrap --year 2016
      plan-graph network --compare 2016 2017
      plan-graph network --format gexf -o network.gexf
    """
    from plan_graph.analysis.choice import choose
    from plan_graph.analysis.export import WRITERS, edge_table, node_table, to_parquet, with_kinds
    from plan_graph.analysis.network import Layer, left_out, network
    from plan_graph.analysis.rows import kinds
    from plan_graph.graph.formats import as_csv
    from plan_graph.graph.store import open_store

    form = form_of(form, output, FORMATS)
    if what is not None and form not in LISTS:
        raise InputError("--list goes with --format csv or parquet", "--list 只用于 --format csv 或 parquet")
    if bom and form != "csv":
        raise InputError("--bom goes with --format csv", "--bom 只用于 --format csv")
    reported = measure is not None or compare is not None
    if form in REPORTED[2:] and not reported:
        raise InputError(
            f"--format {form} goes with --measure or --compare; for a network take one of {', '.join(WHOLE)} or csv",
            f"--format {form} 只用于 --measure 或 --compare；网络可用 {'、'.join(WHOLE)} 或 csv",
        )
    if reported and (form not in REPORTED or what is not None):
        raise InputError(
            f"--measure and --compare give tables, as {', '.join(REPORTED)}, without --list",
            f"--measure、--compare 的结果是表格，可用 {'、'.join(REPORTED)}，不用 --list",
        )
    store = open_store(graph)
    if reported:
        from plan_graph.cli.answer import deliver

        report = _report(store, graph, choice, Layer(layer), measure, compare, include_collectives, draws, seed)
        deliver(report, form, None, rows, bom, output)
        return
    chosen = choose(store, choice, draws=draws, place=graph)
    made = network(
        chosen.rows, Layer(layer), year=choice.year, include_collectives=include_collectives, ties=chosen.ties
    )
    made = with_kinds(made, kinds(store))
    made.graph.update(chosen.about)
    if form == "table":
        from plan_graph.terminal.network import show_network

        omitted = None if include_collectives else left_out(chosen.rows, year=choice.year)
        most = rows or len(made.edges) + len(made)
        show_network(made, store, Layer(layer), chosen, omitted, seed, lang(), most)
    elif form in LISTS:
        listed = node_table(made, seed=seed) if what == "nodes" else edge_table(made)
        mark = codecs.BOM_UTF8 if bom else b""
        write(to_parquet(listed) if form == "parquet" else mark + as_csv(listed), output)
    else:
        write(WRITERS[form](made, seed), output)


def _report(
    store: Store,
    place: Path,
    choice: Choice,
    layer: Layer,
    measure: str | None,
    compare: tuple[int, int] | None,
    collectives: bool,
    draws: int | None,
    seed: int,
) -> Report:
    """Give the report of a measure or of two years."""
    from plan_graph.analysis.choice import choose
    from plan_graph.analysis.defaults import DRAWS
    from plan_graph.analysis.facts import task_facts
    from plan_graph.analysis.measures.groups import body_groups
    from plan_graph.analysis.rows import written_names
    from plan_graph.reports.measures.comparison import comparison
    from plan_graph.reports.measures.population import Population
    from plan_graph.reports.measures.registry import FROM_FACTS
    from plan_graph.reports.measures.registry import measure as measured

    if measure is not None and compare is not None:
        raise InputError("give --measure or --compare, not both", "--measure 与 --compare 只能用一个")
    if measure in FROM_FACTS and choice.by_successor:
        raise InputError(
            f"--measure {measure} counts bodies as named; leave out --by-successor",
            f"--measure {measure} 按原有机构统计，请去掉 --by-successor",
        )
    if draws is not None and measure != "backbone":
        raise InputError(
            "--draws goes with a network, or with --measure backbone", "--draws 只用于网络，或 --measure backbone"
        )
    if compare is not None and choice.year is not None:
        raise InputError("--compare names its years; leave out --year", "--compare 已写明年度，请去掉 --year")
    chosen = choose(store, choice, draws=0, place=place)  # measures need no p of ties
    if compare is not None:
        years = {row.year for row in chosen.rows}
        _check_years(compare, sorted(year for year in years if year is not None))
    facts: tuple[TaskFacts, ...] = ()
    if measure in FROM_FACTS:
        asked = {name: value for name, value in choice.parameters.items() if name != "theme"}
        facts = tuple(one for one in task_facts(store, asked) if choice.theme in (None, one.theme))
    groups = body_groups(store, {row.body for row in chosen.rows}) if measure == "brokerage" else None
    about = Population(
        chosen.rows,
        (),
        choice.year,
        layer,
        collectives,
        seed,
        written_names(store),
        facts,
        groups,
        draws=DRAWS if draws is None else draws,
        chosen=_said(choice),
    )
    if compare is not None:
        return comparison(about, *compare)
    assert measure is not None
    return measured(measure, about)


def _said(choice: Choice) -> tuple[Words, ...]:
    """Say which plans and theme a choice means, and as whose their bodies count."""
    from plan_graph.reports.words import Words

    said = [Words(value, value) for value in choice.parameters.values()]
    return (*said, *((Words("按后继机构", "by successor"),) * choice.by_successor))


def _check_years(asked: tuple[int, int], years: list[int]) -> None:
    listed, listed_zh = ", ".join(map(str, years)) or "none", "、".join(map(str, years)) or "（无）"
    if asked[0] == asked[1] or not set(asked) <= set(years):
        raise InputError(
            f"--compare {asked[0]} {asked[1]}: two different years are needed that tasks state; there are {listed}",
            f"--compare {asked[0]} {asked[1]}：需要任务写明的两个不同年度；年度有 {listed_zh}",
        )
