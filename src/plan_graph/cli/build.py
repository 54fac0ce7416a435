"""``plan-graph build``: plans → graph, tables, ledger."""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plan_graph.cli.shared import DEFAULT_OUT, lang, main, say, shown_steps
from plan_graph.errors import InputError

if TYPE_CHECKING:
    from plan_graph.steps import Step

DEFAULT_RAW = Path("data") / "raw"


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
@click.option(
    "--time-limit",
    type=click.FloatRange(0),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="How long one document may take; 0 is without end 每份文件的处理时限（秒）.",
)
@click.option("--no-validate", is_flag=True, help="Skip the SHACL validation 不做校验.")
@click.option(
    "--draws",
    type=click.IntRange(0, 1_000_000),
    default=1000,
    show_default=True,
    help="Draws of the null model; 0 computes no ties 零模型抽样次数.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the null model 随机种子.")
@click.option(
    "--authority",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder of registers instead of those that travel with the tool 登记册文件夹.",
)
@click.option("--no-keywords", is_flag=True, help="Skip the keywords 不提取关键词.")
@click.option("--no-lineage", is_flag=True, help="Skip the links between tasks of different years 不推断任务沿革.")
@click.option("--no-cache", is_flag=True, help="Read every document again, also the unchanged 全部重读，不沿用.")
@click.option(
    "--strict",
    is_flag=True,
    help="Exit 1 if a name is unresolved, a passage that looks like responsibility unread, or a warning left "
    "有未确认名称、疑似未读或警告时退出码为 1.",
)
@click.option("--quiet", is_flag=True, help="Print nothing but errors 只输出错误.")
@click.option("--timings", is_flag=True, help="Say on standard error how long each step took 显示各步用时.")
def build_command(
    paths: tuple[Path, ...],
    out: Path,
    base: str | None,
    jobs: int,
    time_limit: float,
    no_validate: bool,
    draws: int,
    seed: int,
    authority: Path | None,
    no_keywords: bool,
    no_lineage: bool,
    no_cache: bool,
    strict: bool,
    quiet: bool,
    timings: bool,
) -> None:
    """Read plans and write their graph, tables and ledger.

    读取计划文件，写出知识图谱、数据表与读取台账。FILE is a text (UTF-8, UTF-16, GB18030), a web page (HTML), a
    Word document (DOCX), a PDF with a text layer, or a table of tasks (XLSX, CSV, TSV); DIR is a folder of such files;
    without either, data/raw in the current folder. Of several files one that cannot be built does not
    stop the others: it is named with the reason, and the exit code is 1.

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
        root = Base(DEFAULT_BASE if base is None else base)
    except ValueError as error:
        raise InputError(
            str(error), f"--base {base!r} 应是以 / 结尾的 http(s) 绝对 IRI，只用 ASCII 字符，不含空格和 ?"
        ) from error
    options = Options(
        base=root,
        jobs=check_jobs(jobs),
        validate=not no_validate,
        keywords=not no_keywords,
        lineage=not no_lineage,
        draws=draws,
        seed=seed,
        authority=authority,
        cache=not no_cache,
        seconds=time_limit,
    )
    steps: list[tuple[str, float]] = []
    with shown_steps(quiet) as show:

        def progress(step: Step) -> None:
            steps.append((step.doing, time.perf_counter()))
            show(step)

        outcome = build_corpus(paths, out, options, progress)
    if timings:
        _say_timings(steps)
    if quiet:
        for one in outcome.failed:
            say(one.en, one.zh)
    else:
        from plan_graph.terminal.build import show_build

        show_build(outcome, lang())
    left = _left(outcome.documents) if strict else None
    if left:
        say(*left)
    if left or outcome.failed:
        sys.exit(1)


def _left(documents: list[dict[str, Any]]) -> tuple[str, str] | None:
    """Say what was left open in documents, in English and Chinese; ``None`` if nothing was."""
    doubts, names, warnings = (
        sum(len(one[part]) for one in documents) for part in ("doubts", "unresolved", "warnings")
    )
    if not doubts + names + warnings:
        return None
    some = sum(bool(one["doubts"] or one["unresolved"] or one["warnings"]) for one in documents)
    return (
        f"--strict: {names} unresolved names, {doubts} passages that look like responsibility but were not read and "
        f"{warnings} warnings are left in {some} of {len(documents)} documents; see unresolved, doubts and warnings "
        "in report.json",
        f"--strict：{len(documents)} 份文件中有 {some} 份留有 {names} 个未确认名称、{doubts} 处疑似责任分工而未读的"
        f"文字、{warnings} 条警告，见 report.json 的 unresolved、doubts、warnings",
    )


def _say_timings(steps: list[tuple[str, float]]) -> None:
    """Say how many seconds each step took, repeated steps added up."""
    spent: dict[str, float] = {}
    for (name, at), (_, until) in pairwise([*steps, ("", time.perf_counter())]):
        spent[name] = spent.get(name, 0.0) + until - at
    for name, seconds in spent.items():
        click.echo(f"{name}\t{seconds:.3f}", err=True)
