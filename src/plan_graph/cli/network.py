"""``plan-graph network``: the coordination network."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plan_graph.cli.choosing import choosing
from plan_graph.cli.shared import form_of, graph_option, lang, main, output_option, write
from plan_graph.errors import InputError

if TYPE_CHECKING:
    from plan_graph.analysis.choice import Choice

LISTS = ("csv", "parquet")  # one row a tie, or a body
WHOLE = ("graphml", "gexf", "net", "paj", "dl", "r")  # analysis.export.WRITERS
FORMATS = ("table", *LISTS, *WHOLE)


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
@click.option("--include-collectives", is_flag=True, help="Count collectives as nodes 把集合称谓也作为节点.")
@click.option(
    "--draws",
    type=click.IntRange(0, 1_000_000),
    default=None,
    help="Compute expected, p and q anew from so many draws; 0: not at all 重新计算预期数、p、q 的抽样次数.  "
    "[default: 1000 for chosen tasks; else those of the graph]",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Seed of the Louvain communities 社群划分的随机种子.",
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
    store = open_store(graph)
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
