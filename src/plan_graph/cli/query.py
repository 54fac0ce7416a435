"""``plan-graph queries`` and ``plan-graph query``: the questions and their answers."""

from __future__ import annotations

import codecs
import signal
from pathlib import Path

import click

from plan_graph.cli.shared import form_of, graph_option, lang, main, output_option, write
from plan_graph.errors import InputError

FORMATS = ("table", "csv", "tsv", "json", "xlsx", "parquet")


@main.command(name="queries")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Form of the list 列表格式.",
)
def queries_command(form: str) -> None:
    """List the named queries with their questions and parameters.

    列出全部内置查询：问题与参数。

    \b
    Example 示例:
      plan-graph queries
    """
    from plan_graph.terminal.answers import show_queries

    show_queries(form, lang())


@main.command(name="query")
@click.argument("name", metavar="NAME|FILE.rq")
@graph_option
@click.option("--param", multiple=True, metavar="KEY=VALUE", help="A parameter of the query 查询参数; may be repeated.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="Form of the answer 结果格式.  [default: table, or what the ending of --output says]",
)
@output_option
@click.option("--bom", is_flag=True, help="Begin a CSV or TSV with a byte order mark, for Excel 供 Excel 打开.")
@click.option(
    "--rows", type=click.IntRange(0), default=50, show_default=True, help="Rows a table shows; 0 is all 表格显示行数."
)
def query_command(
    name: str, graph: Path, param: tuple[str, ...], form: str | None, output: Path | None, bom: bool, rows: int
) -> None:
    """Ask a named query, or the SPARQL in a file.

    运行内置查询，或文件中的 SPARQL 查询。

    \b
    Example 示例:
      plan-graph query shared-tasks --param a=省财政厅 --param b=省农委
      plan-graph query tasks-by-body --param year=2016 --format xlsx -o bodies.xlsx
    """
    from plan_graph.analysis.rows import plans, with_plans
    from plan_graph.graph.formats import FORMATS as WRITERS
    from plan_graph.graph.queries import bind, find, labelled, run
    from plan_graph.graph.store import open_store

    values: dict[str, str] = {}
    for one in param:
        key, found, value = one.partition("=")
        if not found or not key:
            raise InputError(f"--param {one!r} is not KEY=VALUE", f"--param {one!r} 应写作 名称=取值")
        if key in values:
            raise InputError(f"--param {key} is given twice; give it once", f"--param {key} 给了两次，请只给一次")
        values[key] = value
    form = form_of(form, output, FORMATS)
    query = find(name)
    sparql = bind(query, values)
    store = open_store(graph)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Oxigraph does not come back to Python until it has the answer
    table = run(store, sparql)
    from plan_graph.terminal.answers import hint, show_table

    if form in ("table", "xlsx"):  # the forms people read; the others keep the columns of the query
        table = with_plans(table, len(plans(store)) > 1)
    if form == "table":
        show_table(query, table, bool(values), rows, lang())
    else:
        if not table.rows and (why := hint(query, bool(values), lang())):
            click.echo(why, err=True)
        mark = codecs.BOM_UTF8 if bom and form in ("csv", "tsv") else b""
        write(mark + WRITERS[form](labelled(table, lang()) if form == "xlsx" else table), output)
