"""``plan-graph network``: the coordination network."""

from __future__ import annotations

from pathlib import Path

import click

from plan_graph.cli.choice import check_plans, check_year, chosen, plan_options
from plan_graph.cli.shared import form_of, graph_option, lang, main, output_option, write
from plan_graph.errors import InputError

FORMATS = ("table", "csv", "graphml", "gexf")


@main.command(name="network")
@graph_option
@plan_options
@click.option(
    "--layer",
    type=click.Choice(["co-lead", "lead-support", "any"]),
    default="any",
    show_default=True,
    help="Which relation makes a tie 关系层.",
)
@click.option("--include-collectives", is_flag=True, help="Count collectives as nodes 把集合称谓也作为节点.")
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
    help="Form of the answer 结果格式.  [default: table, or what the ending of --output says]",
)
@click.option(
    "--list",
    "what",
    type=click.Choice(["ties", "nodes"]),
    default=None,
    help="What the CSV lists CSV 的内容.  [default: ties]",
)
@click.option(
    "--rows", type=click.IntRange(0), default=15, show_default=True, help="Rows a table shows; 0 is all 表格显示行数."
)
@output_option
def network_command(
    graph: Path,
    plan: str | None,
    issuer: str | None,
    level: str | None,
    year: int | None,
    layer: str,
    include_collectives: bool,
    seed: int,
    form: str | None,
    what: str | None,
    rows: int,
    output: Path | None,
) -> None:
    """Show the coordination network: measures of bodies, ties with expected counts.

    协作网络：各机构的网络指标，机构对的共同任务数与预期数、p、q。 With --plan, --issuer or --level the measures,
    expected counts, p and q are computed for the participations of those plans alone.

    \b
    Example 示例:
      plan-graph network --year 2016 --layer lead-support
      plan-graph network --issuer 辽宁省人民政府
      plan-graph network --format gexf -o network.gexf
    """
    from plan_graph.analysis.export import edge_rows, node_rows, to_gexf, to_graphml
    from plan_graph.analysis.network import Layer, left_out, network
    from plan_graph.analysis.rows import memberships, ties
    from plan_graph.analysis.significance import ties_within
    from plan_graph.graph.formats import as_csv
    from plan_graph.graph.queries import Table
    from plan_graph.graph.store import open_store

    form = form_of(form, output, FORMATS)
    if what is not None and form != "csv":
        raise InputError("--list goes with --format csv", "--list 只用于 --format csv")
    store = open_store(graph)
    asked = chosen(plan, issuer, level)
    parties = memberships(store, asked)
    check_plans(store, graph, asked, parties)
    check_year(year, {row.year for row in parties if row.year is not None})
    found = ties_within(parties, year) if asked else ties(store, year)
    made = network(parties, Layer(layer), year=year, include_collectives=include_collectives, ties=found)
    made.graph.update(asked)
    if form == "table":
        from plan_graph.terminal.network import show_network

        omitted = None if include_collectives else left_out(parties, year=year)
        most = rows or len(made.edges) + len(made)
        show_network(made, store, Layer(layer), year, omitted, seed, lang(), most, asked)
        return
    if form == "csv":
        listed = node_rows(made, seed=seed) if what == "nodes" else edge_rows(made)
        columns = tuple(listed[0]) if listed else ()
        write(as_csv(Table(columns, tuple(tuple(row.values()) for row in listed))), output)
        return
    write((to_graphml if form == "graphml" else to_gexf)(made, seed=seed), output)
