"""The command line: thin; the only module that knows where folders are, prints, and ends the process.

Exit codes: 0 done, 1 ran and found something wrong, 2 input or usage that cannot be used.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import click

from plan_graph import __version__
from plan_graph.errors import ConformanceError, InputError, NotFoundError, PlanGraphError

HERE = Path()
DEFAULT_OUT = HERE / "build"
DEFAULT_RAW = HERE / "data" / "raw"
FORMATS = ("table", "csv", "tsv", "json", "xlsx", "parquet")


class _Group(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error of ours becomes one sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except ConformanceError as error:
            click.echo(error.report, err=True)
            _fail(error, 1)
        except PlanGraphError as error:
            _fail(error, 2)
        except BrokenPipeError:
            sys.stderr.close()  # the reader (head, less) has gone: nothing is left to say
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("interrupted; nothing was changed 已中断，未作改动", err=True)
            sys.exit(130)


def _fail(error: PlanGraphError, code: int) -> NoReturn:
    lang = _lang()
    said = [str(error)] if lang == "en" or not error.zh else [error.zh] if lang == "zh" else [error.zh, str(error)]
    for line in said:
        click.echo(f"plan-graph: {line}", err=True)
    sys.exit(code)


def _lang() -> str:
    ctx = click.get_current_context(silent=True)
    return str((ctx.find_root().params if ctx else {}).get("lang") or "both")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="plan-graph")
@click.option(
    "--lang",
    type=click.Choice(["zh", "en", "both"]),
    default="both",
    envvar="PLAN_GRAPH_LANG",
    help="Language of what is printed 输出语言.  [default: both]",
)
def main(lang: str) -> None:  # noqa: ARG001 read from the context by _lang, also when a command fails
    """Government plans as a validated graph of responsibilities.

    把政府计划文件变成经过校验的责任关系图：谁牵头，谁配合，谁真正在协作。

    \b
    Example 示例:
      plan-graph build data/raw        read the plans, write the graph into build/
      plan-graph queries               list the questions that can be asked
      plan-graph query tasks-by-body   ask one of them
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show Chinese shows ? instead of failing
            stream.reconfigure(errors="replace")


_output_option = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=None,
    help="File to write instead of the screen 写入文件.",
)
_graph_option = click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=DEFAULT_OUT,
    show_default=True,
    help="Build folder or RDF file 图谱位置.",
)


@main.command(name="build")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|DIR]...")
@click.option(
    "--out", type=click.Path(path_type=Path), default=DEFAULT_OUT, show_default=True, help="Folder to write 输出文件夹."
)
@click.option(
    "--base",
    default=None,
    metavar="IRI",
    help="Base of the resource IRIs 资源 IRI 的前缀.  [default: https://w3id.org/plan-graph/id/]",
)
@click.option("--jobs", type=int, default=0, metavar="N", help="Processes; 0 is one for each processor 进程数.")
@click.option("--no-validate", is_flag=True, help="Skip the SHACL validation 不做校验.")
@click.option(
    "--draws",
    type=click.IntRange(0, 1_000_000),
    default=1000,
    show_default=True,
    help="Draws of the null model; 0 computes no ties 零模型抽样次数.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the null model 随机种子.")
@click.option("--no-keywords", is_flag=True, help="Skip the keywords 不提取关键词.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors 只输出错误.")
@click.option("--timings", is_flag=True, help="Say on standard error how long each step took 显示各步用时.")
def build_command(
    paths: tuple[Path, ...],
    out: Path,
    base: str | None,
    jobs: int,
    no_validate: bool,
    draws: int,
    seed: int,
    no_keywords: bool,
    quiet: bool,
    timings: bool,
) -> None:
    """Read plans and write their graph, tables and ledger.

    读取计划文件，写出知识图谱、数据表与读取台账。FILE is a text file (UTF-8, UTF-16, GB18030), DIR a folder of
    .txt files; without either, data/raw in the current folder.

    \b
    Example 示例:
      plan-graph build data/raw/ln-2016-revitalisation.txt --out build
    """
    from plan_graph.corpus import Options, build_corpus, check_jobs
    from plan_graph.iri import DEFAULT_BASE, Base

    if not paths:
        if not DEFAULT_RAW.is_dir():
            raise InputError(
                f"no file was named and there is no folder {DEFAULT_RAW} here; name a file: plan-graph build FILE",
                f"没有指定文件，当前位置也没有文件夹 {DEFAULT_RAW}；请指定文件：plan-graph build FILE",
            )
        paths = (DEFAULT_RAW,)
    try:
        root = Base(base or DEFAULT_BASE)
    except ValueError as error:
        raise InputError(str(error), f"--base {base!r} 应是以 / 或 # 结尾的 http(s) 绝对 IRI") from error
    options = Options(root, check_jobs(jobs), not no_validate, not no_keywords, draws, seed)
    steps: list[tuple[str, float]] = []
    with _progress(quiet) as show:

        def progress(doing: str) -> None:
            steps.append((doing.split(maxsplit=1)[0], time.perf_counter()))
            show(doing)

        outcome = build_corpus(paths, out, options, progress)
    if timings:
        _say_timings(steps)
    if not quiet:
        from plan_graph.terminal import show_build

        show_build(outcome, _lang())


def _say_timings(steps: list[tuple[str, float]]) -> None:
    """Say how many seconds each step took, repeated steps added up."""
    spent: dict[str, float] = {}
    for (name, at), (_, until) in pairwise([*steps, ("", time.perf_counter())]):
        spent[name] = spent.get(name, 0.0) + until - at
    for name, seconds in spent.items():
        click.echo(f"{name}\t{seconds:.3f}", err=True)


@main.command(name="validate")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl", "html"]),
    default="text",
    show_default=True,
    help="Form of the report 报告格式.",
)
@click.option("--shapes", type=click.Path(path_type=Path), default=None, help="Other shapes (Turtle) 其他形状文件.")
@_output_option
def validate_command(graph: Path, form: str, shapes: Path | None, output: Path | None) -> None:
    """Check a graph against the SHACL shapes; exit 1 if it breaks one.

    用 SHACL 形状校验图谱；不符合时退出码为 1。GRAPH is a build folder or an RDF file (.nq .nt .ttl .trig .jsonld .rdf).

    \b
    Example 示例:
      plan-graph validate build --format html -o report.html
    """
    from plan_graph.graph.store import read_quads
    from plan_graph.graph.validate import as_html, as_json, as_text, as_turtle, to_rdflib, validate

    if shapes is not None and not shapes.is_file():
        raise NotFoundError(f"no shapes file at {shapes}; check the path", f"没有形状文件 {shapes}，请检查路径")
    report = validate(to_rdflib(read_quads(graph)), shapes)
    forms = {"text": as_text, "json": as_json, "html": as_html, "ttl": as_turtle}
    _write(forms[form](report).encode(), output)
    if not report.conforms:
        sys.exit(1)


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
    from plan_graph.terminal import show_queries

    show_queries(form, _lang())


@main.command(name="query")
@click.argument("name", metavar="NAME|FILE.rq")
@_graph_option
@click.option("--param", multiple=True, metavar="KEY=VALUE", help="A parameter of the query 查询参数; may be repeated.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="Form of the answer 结果格式.",
)
@_output_option
@click.option(
    "--rows", type=click.IntRange(0), default=50, show_default=True, help="Rows a table shows; 0 is all 表格显示行数."
)
def query_command(name: str, graph: Path, param: tuple[str, ...], form: str, output: Path | None, rows: int) -> None:
    """Ask a named query, or the SPARQL in a file.

    运行内置查询，或文件中的 SPARQL 查询。

    \b
    Example 示例:
      plan-graph query shared-tasks --param a=省财政厅 --param b=省农委
      plan-graph query tasks-by-body --param year=2016 --format xlsx -o bodies.xlsx
    """
    from plan_graph.graph.formats import FORMATS as WRITERS
    from plan_graph.graph.queries import bind, find, run
    from plan_graph.graph.store import open_store

    values: dict[str, str] = {}
    for one in param:
        key, found, value = one.partition("=")
        if not found or not key:
            raise InputError(f"--param {one!r} is not KEY=VALUE", f"--param {one!r} 应写作 名称=取值")
        values[key] = value
    query = find(name)
    sparql = bind(query, values)
    table = run(open_store(graph), sparql)
    if form == "table":
        from plan_graph.terminal import show_table

        show_table(query, table, rows, _lang())
    else:
        _write(WRITERS[form](table), output)


@main.command(name="network")
@_graph_option
@click.option("--year", type=int, default=None, help="One year only 只看一个年度.")
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
    type=click.Choice(["table", "csv", "graphml", "gexf"]),
    default="table",
    show_default=True,
    help="Form of the answer 结果格式.",
)
@click.option(
    "--list",
    "what",
    type=click.Choice(["ties", "nodes"]),
    default="ties",
    show_default=True,
    help="What the CSV lists CSV 的内容.",
)
@_output_option
def network_command(
    graph: Path,
    year: int | None,
    layer: str,
    include_collectives: bool,
    seed: int,
    form: str,
    what: str,
    output: Path | None,
) -> None:
    """Show the coordination network: measures of bodies, ties with expected counts.

    协作网络：各机构的网络指标，机构对的共同任务数与预期数、p、q。

    \b
    Example 示例:
      plan-graph network --year 2016 --layer lead-support
      plan-graph network --format gexf -o network.gexf
    """
    from plan_graph.analysis.export import edge_rows, node_rows, to_gexf, to_graphml
    from plan_graph.analysis.network import Layer, left_out, network
    from plan_graph.analysis.rows import memberships, ties
    from plan_graph.graph.formats import as_csv
    from plan_graph.graph.queries import Table
    from plan_graph.graph.store import open_store

    store = open_store(graph)
    rows = memberships(store)
    years = sorted({row.year for row in rows if row.year is not None})
    if year is not None and year not in years:
        raise InputError(
            f"the graph has no tasks of {year}; its years are {', '.join(map(str, years)) or 'not stated'}",
            f"图中没有 {year} 年的任务；年度有 {'、'.join(map(str, years)) or '（未写明）'}",
        )
    if not rows:
        raise InputError(
            f"the graph at {graph} holds no participations; build it from a plan with responsibility clauses",
            f"{graph} 处的图谱没有参与关系，请用写明责任分工的计划文件生成",
        )
    found = ties(store, year)
    made = network(rows, Layer(layer), year=year, include_collectives=include_collectives, ties=found)
    if form == "table":
        from plan_graph.terminal import show_network

        omitted = None if include_collectives else left_out(rows, year=year)
        show_network(made, store, Layer(layer), year, omitted, seed, _lang())
        return
    if form == "csv":
        listed = edge_rows(made) if what == "ties" else node_rows(made, seed=seed)
        columns = tuple(listed[0]) if listed else ()
        _write(as_csv(Table(columns, tuple(tuple(row.values()) for row in listed))), output)
        return
    _write((to_graphml if form == "graphml" else to_gexf)(made, seed=seed), output)


def _write(content: bytes, output: Path | None) -> None:
    """Write to a file, or to standard output."""
    if output is None:
        if sys.stdout.isatty() and b"\x00" in content[:4096]:
            raise InputError(
                "this format is binary; name a file with --output, or redirect",
                "该格式是二进制；请用 --output 指定文件",
            )
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        from plan_graph.output import write_file

        write_file(output, content)


@contextmanager
def _progress(quiet: bool) -> Iterator[Any]:
    """Show what is being done on a terminal; stay silent in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("…") as status:
        yield status.update


if __name__ == "__main__":
    main()
