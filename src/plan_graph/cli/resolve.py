"""``plan-graph resolve`` and ``plan-graph unresolved``: whose name it is, and the names nobody knows."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click

from plan_graph.cli.shared import form_of, graph_option, lang, main, output_option, write
from plan_graph.errors import InputError

FORMATS = ("table", "json", "csv")
authority_option = click.option(
    "--authority",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder of registers instead of those that travel with the tool 登记册文件夹.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="Form of the answer 结果格式.  [default: table, or what the ending of --output says]",
)


@main.command(name="resolve")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--issuer",
    default="",
    metavar="ISSUER",
    help="Who issued the document, by name or by the code of its place 发文机关或行政区划代码.",
)
@click.option("--date", "on", default="", metavar="DATE", help="When it was issued, YYYY-MM-DD 发文日期.")
@authority_option
@format_option
@output_option
def resolve_command(
    names: tuple[str, ...], issuer: str, on: str, authority: Path | None, form: str | None, output: Path | None
) -> None:
    """Say which body a name means, by which rule, and what became of it; exit 1 if a name resolves to nothing.

    判断一个机构名称指的是哪一个机构：依据哪条规则、何时存在、后来如何变动；有名称无法确认时退出码为 1。
    A name alone is read without an issuer, so 省财政厅 needs --issuer. NAME - reads names from standard input,
    one a line.

    \b
    Example 示例:
      plan-graph resolve 市发改委 --issuer 广安市人民政府 --date 2021-06-01
      plan-graph resolve 省工商局 --issuer 210000 --date 2016-10-30 --format json
    """
    from plan_graph.authority.answer import answer, answer_rows
    from plan_graph.authority.register import Register

    form = form_of(form, output, FORMATS)
    day = _day(on)
    asked = [line for name in names for line in (_lines() if name == "-" else [name.strip()]) if line]
    if not asked:
        raise InputError("no name was given; write one, or one a line on standard input", "没有给出名称")
    register = Register.load(authority)
    found = answer(register, asked, issuer.strip(), day)
    if form == "json":
        write((json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode(), output)
    elif form == "csv":
        from plan_graph.graph.formats import as_csv
        from plan_graph.graph.queries import Table

        write(as_csv(Table(*answer_rows(found))), output)
    else:
        from plan_graph.terminal.resolve import show_answer

        show_answer(found, lang())
    if any(one["rule"] == "none" for one in found["names"]):
        sys.exit(1)


@main.command(name="unresolved")
@graph_option
@format_option
@click.option(
    "--rows", "as_rows", is_flag=True, help="CSV with the columns of bodies.csv, to fill in 按登记册的列输出."
)
@output_option
def unresolved_command(graph: Path, form: str | None, as_rows: bool, output: Path | None) -> None:
    """List the names of a build that nobody knows, most frequent first, with the reason and where they stand.

    列出生成结果中未能确认的机构名称，按出现次数排序，并说明原因与出处，供补充登记。With --rows the answer is a CSV
    with the columns of bodies.csv: complete it, add it to your registers, and build again with --authority.

    \b
    Example 示例:
      plan-graph unresolved --graph build
      plan-graph unresolved --graph build --rows -o new-bodies.csv
    """
    from plan_graph.graph.formats import as_csv
    from plan_graph.graph.queries import Table
    from plan_graph.unresolved import body_rows, name_rows, unresolved

    if as_rows and form not in (None, "csv"):
        raise InputError(f"--rows is CSV; leave out --format {form}", f"--rows 只输出 CSV，请去掉 --format {form}")
    form = "csv" if as_rows else form_of(form, output, FORMATS)
    found = unresolved(graph)
    if form == "json":
        columns, rows = name_rows(found)
        values = [dict(zip(columns, row, strict=True)) for row in rows]
        write((json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode(), output)
    elif form == "csv":
        write(as_csv(Table(*(body_rows if as_rows else name_rows)(found))), output)
    else:
        from plan_graph.terminal.resolve import show_unresolved

        show_unresolved(found, lang())


def _lines() -> list[str]:
    """Give the lines of standard input."""
    raw = sys.stdin.buffer.read()
    try:
        return [line.strip() for line in raw.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError as error:
        raise InputError(
            f"standard input is not UTF-8 (byte {error.start}); save the names as UTF-8",
            f"标准输入不是 UTF-8 编码（第 {error.start} 字节），请把名称另存为 UTF-8",
        ) from error


def _day(words: str) -> date | None:
    if not words:
        return None
    try:
        return datetime.strptime(words, "%Y-%m-%d").date()
    except ValueError as error:
        raise InputError(
            f"--date {words} is no date; write it like 2018-10-31", f"--date {words} 不是日期，请写成 2018-10-31 的样子"
        ) from error
