"""While a build or a site is made: how many documents or pages of how many, which, or what else is being done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from plan_graph.steps import Progress as Tell
    from plan_graph.steps import Step

DOING = {
    "reading": "读取 reading",
    "registers": "登记册 registers",
    "keywords": "关键词 keywords",
    "ties": "协作关系 ties",
    "lineage": "任务沿革 lineage",
    "validating": "校验 validating",
    "writing": "写出 writing",
    "graph": "载入图谱 the graph",
    "pages": "网页 pages",
    "parts": "数据与元数据 data and metadata",
}


@contextmanager
def shown(console: Console | None = None) -> Iterator[Tell]:
    """Give a function that shows each step on standard error; what it showed is gone when the block ends."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}", markup=False),
        console=console or Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("…", total=None, count="", name="")

        def show(step: Step) -> None:
            bar.update(
                task,
                description=DOING.get(step.doing, step.doing),
                completed=step.done,
                total=step.total or None,
                count=f"{step.done}/{step.total}" if step.total else "",
                name=step.name,
            )

        yield show
