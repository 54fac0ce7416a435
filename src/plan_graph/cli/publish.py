"""plan-graph publish: linked open data as a folder that any static host serves."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from plan_graph.cli.shared import DEFAULT_OUT, lang, main, say, shown_steps

_NAMED = 20  # broken links that are named


@main.command("publish")
@click.option(
    "--graph", type=click.Path(path_type=Path), default=DEFAULT_OUT, show_default=True, help="Build folder 图谱位置."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Folder to write 输出文件夹.",
)
@click.option("--base", default="", metavar="IRI", help="Base of the resource IRIs; that of the build IRI 前缀.")
@click.option(
    "--site",
    default="",
    metavar="ADDRESS",
    help="Address of the published folder, ending in / 网站地址，以 / 结尾.  [default: the base]",
)
@click.option("--version", "version", default="", metavar="WORD", help="Version; the date of release 版本.")
@click.option(
    "--date",
    "issued",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Date of release 发布日期.  [default: of the build]",
)
@click.option("--previous", default="", metavar="ADDRESS", help="Address of the release before 上一版本的地址.")
@click.option("--title", nargs=2, default=None, metavar="ZH EN", help="What the data is called 数据集名称（中、英）.")
@click.option("--publisher", nargs=2, default=None, metavar="ZH EN", help="Who publishes 发布者（中、英）.")
@click.option(
    "--publisher-kind", default="", metavar="KIND", help="Kind of publisher, of the ADMS vocabulary 发布者类型."
)
@click.option("--publisher-address", default="", metavar="ADDRESS", help="Page of the publisher 发布者网址.")
@click.option("--contact", default="", metavar="ADDRESS", help="How to reach them: mailto: or a page 联系方式.")
@click.option("--licence", default=None, metavar="IRI", help="Licence; empty for none 数据许可.  [default: CC BY 4.0]")
@click.option("--endpoint", default="", metavar="ADDRESS", help="SPARQL endpoint over the same data 同一数据的端点.")
@click.option(
    "--earlier",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="Earlier build: what it had and this one has not is said to be gone 早先的图谱.",
)
@click.option("--check", is_flag=True, help="Follow every link of the site; exit 1 if one is broken 检查链接.")
@click.option("--jobs", type=click.IntRange(0), default=0, metavar="N", help="Processes; 0: one a processor 进程数.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors 只输出错误.")
def publish_command(
    graph: Path,
    out: Path,
    base: str,
    site: str,
    version: str,
    issued: datetime | None,
    previous: str,
    title: tuple[str, str] | None,
    publisher: tuple[str, str] | None,
    publisher_kind: str,
    publisher_address: str,
    contact: str,
    licence: str | None,
    endpoint: str,
    earlier: tuple[Path, ...],
    check: bool,
    jobs: int,
    quiet: bool,
) -> None:
    """Publish a build as a folder of files: a page and data for every resource.

    把图谱发布为静态网站：每个资源有中英文网页和 RDF 数据，任何静态主机都能提供。

    \b
    Examples 示例:
      plan-graph publish
      plan-graph publish --graph build --out site --site https://example.org/plans/
    """
    from plan_graph.publish.check import broken
    from plan_graph.publish.record import preceding, settled
    from plan_graph.publish.release import LICENCE, TITLE, Publisher, release
    from plan_graph.publish.whole import publish
    from plan_graph.reports.words import Words

    who = Publisher()
    address, before = preceding(earlier, previous)
    made = release(
        graph,
        base=base,
        site=site,
        version=version,
        issued=issued.date() if issued else None,
        title=Words(*title) if title else TITLE,
        publisher=Publisher(
            Words(*publisher) if publisher else who.name, publisher_kind or who.kind, publisher_address, contact
        ),
        licence=LICENCE if licence is None else licence,
        previous=address,
        previous_version=before,
        endpoint=endpoint,
        earlier=earlier,
    )
    made = settled(made, out, named=bool(version))
    with shown_steps(quiet) as tell:
        done = publish(made, out, jobs or os.cpu_count() or 1, tell)
    if not quiet:
        zh = (
            f"{out}：{done.resources:,} 个资源，{done.files:,} 个文件，{done.bytes / 1e6:,.1f} MB；"
            f"写出 {done.written:,} 个，去除 {done.removed:,} 个"
        )
        en = (
            f"{out}: {done.resources:,} resources, {done.files:,} files, {done.bytes / 1e6:,.1f} MB; "
            f"{done.written:,} written, {done.removed:,} removed"
        )
        for line in {"zh": [zh], "en": [en]}.get(lang(), [zh, en]):
            click.echo(line)
    if check and (left := list(broken(out, made.site))):
        for one in left[:_NAMED]:
            click.echo(f"{one.file}: {one.link}", err=True)
        say(f"{len(left)} links of the site lead nowhere", f"网站中有 {len(left)} 个失效链接")
        sys.exit(1)
