"""``plan-graph evaluate``: a build against hand annotation."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plan_graph.cli.shared import form_of, lang, main, output_option, say, write
from plan_graph.errors import InputError

if TYPE_CHECKING:
    from plan_graph.evaluate.scores import Evaluation

FORMATS = ("table", "json", "csv")


@main.command(name="evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("build", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="Form of the answer 结果格式.  [default: table, or what the ending of --output says]",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json 同 --format json.")
@click.option(
    "--list",
    "what",
    type=click.Choice(["scores", "errors"]),
    default=None,
    help="What the CSV lists CSV 的内容.  [default: scores]",
)
@click.option(
    "--min-f1",
    type=click.FloatRange(0, 1),
    default=None,
    metavar="F1",
    help="Exit 1 if the F1 of parties over all documents is below 责任方总体 F1 低于此值时退出码为 1.",
)
@click.option(
    "--rows", type=click.IntRange(0), default=20, show_default=True, help="Errors a table shows; 0 is all 显示错误数."
)
@output_option
def evaluate_command(
    gold: Path,
    build: Path,
    form: str | None,
    as_json: bool,
    what: str | None,
    min_f1: float | None,
    rows: int,
    output: Path | None,
) -> None:
    """Score a build against hand annotation: precision, recall, F1 per document and field, and every error.

    用人工标注检验生成结果：逐文件、逐项的精确率、召回率、F1，并列出全部差异。GOLD is a gold file or a folder of
    them, BUILD a folder that plan-graph build wrote. Documents are matched by SHA-256, else by document number 文号,
    by id, or by title. docs/how-to/gold.md describes the format of the gold and what each field counts.

    \b
    Example 示例:
      plan-graph evaluate data/gold/plans build
      plan-graph evaluate data/gold/plans build --json --min-f1 0.99
    """
    from plan_graph.evaluate.scores import HEADLINE, evaluate
    from plan_graph.evaluate.scores import as_json as values

    if as_json and form not in (None, "json"):
        raise InputError(f"--json and --format {form} exclude each other", f"--json 与 --format {form} 不能同时使用")
    form = form_of("json" if as_json else form, output, FORMATS)
    if what is not None and form != "csv":
        raise InputError("--list goes with --format csv", "--list 只用于 --format csv")
    found = evaluate(gold, build)
    if form == "json":
        write((json.dumps(values(found), ensure_ascii=False, indent=2) + "\n").encode(), output)
    elif form == "csv":
        write(_csv(found, what or "scores"), output)
    else:
        from plan_graph.terminal.evaluate import show_evaluation

        show_evaluation(found, lang(), rows)
    if found.missing and form != "table":
        ids = ", ".join(one.id for one in found.missing)
        say(f"not in the build, so not scored: {ids}", f"生成结果中没有下列已标注文件，未计分：{ids}")
    reached = found.micro()[HEADLINE].f1 if HEADLINE in found.micro() else None
    if min_f1 is None:
        return
    if reached is None:
        raise InputError("--min-f1 is of parties, which this gold does not annotate", "--min-f1 需要标注了责任方的文件")
    if reached < min_f1:
        say(f"the F1 of parties is {reached:.4f}, below {min_f1:g}", f"责任方 F1 为 {reached:.4f}，低于 {min_f1:g}")
        sys.exit(1)


def _csv(found: Evaluation, what: str) -> bytes:
    from plan_graph.evaluate.scores import error_rows, score_rows
    from plan_graph.graph.formats import as_csv
    from plan_graph.graph.queries import Table

    columns, rows = (score_rows if what == "scores" else error_rows)(found)
    return as_csv(Table(columns, rows))
