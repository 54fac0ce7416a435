"""plan-graph serve: the SPARQL endpoint and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from plan_graph.cli.resolve import authority_option
from plan_graph.cli.shared import graph_option, lang, main


@main.command("serve")
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on 监听地址.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port; 0 takes a free one 端口."
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=10.0,
    show_default=True,
    help="Seconds a query may take 查询时限（秒）.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    help="Processes that answer; default: the processors 进程数.",
)
@click.option("--memory", default="1G", show_default=True, help="Memory a query may take 单次查询的内存上限.")
@click.option(
    "--max-rows",
    type=click.IntRange(1),
    default=100_000,
    show_default=True,
    help="Rows an answer may have 结果行数上限.",
)
@click.option(
    "--cache",
    default="64M",
    show_default=True,
    help="Memory for answers that are asked for again; 0 for none 保留结果所用内存.",
)
@click.option(
    "--base",
    default=None,
    help="IRI below which the resources of the graph are 资源 IRI 的前缀.  [default: https://w3id.org/plan-graph/id/]",
)
@click.option(
    "--licence",
    default="https://creativecommons.org/licenses/by/4.0/",
    show_default=True,
    help="IRI of the licence the data is offered under; empty for none 数据许可的 IRI.",
)
@click.option(
    "--earlier",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="Earlier build or .nq file: what it had and this graph has not answers 410 Gone 早先的图谱.",
)
@authority_option
@click.option(
    "--read-from",
    metavar="ENDPOINT",
    default=None,
    help="SPARQL 1.1 endpoint to read instead of --graph 改从另一 SPARQL 端点读取.",
)
def serve_command(
    graph: Path,
    host: str,
    port: int,
    timeout: float,
    workers: int | None,
    memory: str,
    max_rows: int,
    cache: str,
    base: str | None,
    licence: str,
    earlier: tuple[Path, ...],
    authority: Path | None,
    read_from: str | None,
) -> None:
    """Serve a graph: a SPARQL endpoint that cannot be hurt, and pages.

    在本机提供服务：SPARQL 端点与网页。每个查询在独立进程中运行，超时即止，不读文件，不对外联网。

    \b
    Examples 示例:
      plan-graph serve
      plan-graph serve --graph build --port 8000 --timeout 5 --memory 512M
      plan-graph serve --read-from http://127.0.0.1:7878/query
      curl 'http://127.0.0.1:8080/sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+5'
    """
    from plan_graph.graph.store import graph_file
    from plan_graph.iri import DEFAULT_BASE, Base
    from plan_graph.web.limits import Limits, size_of
    from plan_graph.web.server import listen, serve

    if read_from is None:
        graph_file(graph)
    limits = Limits(
        timeout=timeout, memory=size_of(memory), max_rows=max_rows, kept=0 if cache == "0" else size_of(cache)
    )
    if workers is not None:
        limits = replace(limits, workers=workers)
    with listen(host, port) as listening:
        address, chosen = listening.getsockname()[:2]
        url = f"http://{f'[{address}]' if ':' in address else address}:{chosen}/"

        def ready(known: Mapping[str, Any]) -> None:
            zh = f"正在提供 {known['quads']:,} 条四元组：{url} （按 Ctrl-C 结束）"
            en = f"serving {known['quads']:,} quads at {url} (Ctrl-C ends it)"
            for line in {"zh": [zh], "en": [en]}.get(lang(), [zh, en]):
                click.echo(line)

        settings = {
            "graph": str(graph.absolute()),
            "authority": None if authority is None else str(authority.absolute()),
            "read_from": read_from,
            "base": Base(DEFAULT_BASE if base is None else base).base,
            "licence": licence,
            "earlier": [str(one.absolute()) for one in earlier],
        }
        serve(listening, settings, limits, ready)
