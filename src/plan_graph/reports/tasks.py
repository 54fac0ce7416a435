"""The columns that say of a task which it is, and the quotes it was read from."""

from __future__ import annotations

from collections.abc import Iterable

from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.scope import Passage, Scope
from plan_graph.reports.sections import Cell, Column
from plan_graph.reports.words import Words

IRI = Column("task", Words("任务（IRI）", "task (IRI)"), shown=False)
QUOTE = (
    Column("clause", Words("责任分工原文", "clause")),
    Column("where", Words("原文位置（第几字）", "place in the text (characters)")),
)
TEXT = Column("text", Words("任务正文", "text"))


def task_columns(scope: Scope) -> tuple[Column, ...]:
    """Give plan, year, id, theme; the plan is shown where there are several."""
    return (
        Column("plan", Words("计划标识", "plan id"), shown=len({task.plan for task in scope.facts}) > 1),
        Column("year", Words("年度", "year"), shown=bool(scope.years)),
        Column("id", Words("编号", "id")),
        Column("theme", Words("主题", "theme"), shown=any(task.theme for task in scope.facts)),
    )


def task_cells(task: TaskFacts) -> tuple[Cell, ...]:
    """Give the cells of :func:`task_columns`."""
    return task.plan, task.year, task.id, task.theme or None


def quote_cells(quotes: Iterable[Passage]) -> tuple[Cell, ...]:
    """Give the cells of ``QUOTE``."""
    found = tuple(quotes)
    return " ".join(one.words for one in found) or None, where((one.begin, one.end) for one in found) or None


def where(spans: Iterable[tuple[int, int]]) -> str:
    """Write places in the text: begin–end, half-open, in characters from 0."""
    return "、".join(f"{begin}–{end}" for begin, end in spans)


def ids(scope: Scope, tasks: Iterable[TaskFacts]) -> str:
    """List the ids of tasks, with the plan where there are several."""
    several = len({task.plan for task in scope.facts}) > 1
    return "、".join(f"{task.plan}/{task.id}" if several else task.id for task in tasks)
