"""Scores of a build against gold: measures per document and field, then the errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from plan_graph.evaluate.fields import FIELDS, NAMES
from plan_graph.terminal.drawing import console, grid, pick

if TYPE_CHECKING:
    from plan_graph.evaluate.measures import Measures
    from plan_graph.evaluate.scores import Evaluation


def show_evaluation(found: Evaluation, lang: str, limit: int) -> None:
    """Show F1 per document and field, the averages, precision and recall of the whole, and the errors."""
    out = console()
    micro, macro = found.micro(), found.macro()
    fields = [field for field in FIELDS if field in micro]
    heads = [(NAMES[field][0], NAMES[field][1], True) for field in fields]
    title = pick("F1（逐文件、逐项）", "F1 per document and field", lang)
    made = grid([("文件", "document", False), ("任务数", "tasks", True), *heads], lang, title)
    for one in found.documents:
        cells = [_cell(one.scores.get(field)) for field in fields]
        made.add_row(Text(one.match.gold.id), str(len(one.match.gold.items)), *cells)
    made.add_section()
    whole = [
        (pick("总体（合并计数）", "micro", lang), {field: micro[field].f1 for field in fields}),
        (pick("平均（各文件）", "macro", lang), macro),
        (pick("精确率", "precision", lang), {field: micro[field].precision for field in fields}),
        (pick("召回率", "recall", lang), {field: micro[field].recall for field in fields}),
    ]
    tasks = sum(len(one.match.gold.items) for one in found.documents)
    for at, (name, measures) in enumerate(whole):
        cells = [f"{measures[field]:.3f}" if any(micro[field].counts) else "–" for field in fields]
        made.add_row(Text(name), str(tasks) if at == 0 else "", *cells)
    out.print(made)
    out.print(Text(pick("– 未标注，或双方都没有", "– not annotated, or neither has any", lang), style="dim"))
    if found.missing:
        ids = ", ".join(one.id for one in found.missing)
        said = pick(f"生成结果中没有，未计分：{ids}", f"not in the build, so not scored: {ids}", lang)
        out.print(Text(said, style="yellow"))
    _show_errors(found, lang, limit)


def _show_errors(found: Evaluation, lang: str, limit: int) -> None:
    out = console()
    errors = [error for one in found.documents for error in one.errors]
    if not errors:
        out.print(Text(pick("没有差异", "no differences", lang), style="bold"))
        return
    columns = [
        ("文件", "document", False),
        ("任务", "task", False),
        ("项", "field", False),
        ("标注", "gold", False),
        ("生成结果", "build", False),
        ("原文", "passage", False),
    ]
    made = grid(columns, lang, pick("差异", "Differences", lang))
    shown = errors[: limit or None]
    for e in shown:
        field = pick(NAMES[e.field][0], NAMES[e.field][1], lang)
        at = f"{e.number} @{e.begin}"
        readings = ("\n".join(reading) or "–" for reading in (e.gold, e.build))
        made.add_row(*map(Text, (e.document, at, field, *readings, e.passage)))
    out.print(made)
    said = pick(f"{len(errors)} 处差异", f"{len(errors)} difference{'s' * (len(errors) > 1)}", lang)
    if len(shown) < len(errors):
        said += " " + pick(
            f"（显示前 {len(shown)} 处，--rows 0 显示全部）", f"(first {len(shown)} shown; --rows 0 shows all)", lang
        )
    out.print(Text(said, style="dim"))


def _cell(score: Measures | None) -> str:
    return "–" if score is None or not any(score.counts) else f"{score.f1:.3f}"
