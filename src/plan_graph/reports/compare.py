"""Two bodies side by side as a report: what they share, what each answers for without the other, their partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.names import Named
from plan_graph.analysis.overlap import CommonPartner, Overlap
from plan_graph.analysis.scope import Scope
from plan_graph.reports.overlap import overlap_report
from plan_graph.reports.sections import Column, Report, Section
from plan_graph.reports.tasks import IRI, QUOTE, TEXT, quote_cells, task_cells, task_columns
from plan_graph.reports.words import Words


def compare_report(
    scope: Scope,
    found: Overlap,
    alone: tuple[Sequence[TaskFacts], Sequence[TaskFacts]],
    common: Sequence[CommonPartner],
    known: Mapping[str, Named],
) -> Report:
    """Report the overlap of two bodies, then the tasks each answers for without the other, and common partners."""
    report = overlap_report(scope, found, known)
    left, right = known[found.left], known[found.right]
    return replace(
        report,
        sections=(
            *report.sections,
            _alone(
                "aloneA",
                Words(f"{left.short}（甲）单独负责", f"Answered for by A alone: {left.short}"),
                left.id,
                scope,
                alone[0],
            ),
            _alone(
                "aloneB",
                Words(f"{right.short}（乙）单独负责", f"Answered for by B alone: {right.short}"),
                right.id,
                scope,
                alone[1],
            ),
            _partners(common, known),
        ),
    )


def _alone(key: str, title: Words, body: str, scope: Scope, tasks: Iterable[TaskFacts]) -> Section:
    return Section(
        key,
        title,
        (*task_columns(scope), TEXT, *QUOTE, IRI),
        tuple((*task_cells(task), task.text, *quote_cells(scope.quotes(task, (body,))), task.iri) for task in tasks),
        (
            Words(
                "本机构牵头（或负责）而另一机构不在其中的任务",
                "tasks that the body leads (or is responsible for) and the other has no part in",
            ),
        ),
        Words("没有这样的任务", "there is no such task"),
    )


def _partners(common: Sequence[CommonPartner], known: Mapping[str, Named]) -> Section:
    return Section(
        "common",
        Words("共同的协作伙伴", "Common partners"),
        (
            Column("partner", Words("机构", "body")),
            Column("name", Words("全称", "full name"), shown=False),
            Column("withA", Words("与甲共同任务", "shared with A")),
            Column("ratioA", Words("与甲倍数", "ratio with A")),
            Column("qA", Words("与甲 q 值", "q with A")),
            Column("withB", Words("与乙共同任务", "shared with B")),
            Column("ratioB", Words("与乙倍数", "ratio with B")),
            Column("qB", Words("与乙 q 值", "q with B")),
            Column("all", Words("三方同在", "tasks of all three")),
            Column("id", Words("机构标识", "id"), shown=False),
        ),
        tuple(
            (
                known[one.body].short,
                known[one.body].name,
                one.left.shared,
                _rounded(one.left.ratio),
                one.left.q,
                one.right.shared,
                _rounded(one.right.ratio),
                one.right.q,
                one.together,
                one.body,
            )
            for one in common
        ),
        (Words("倍数 = 共同任务 ÷ 预期任务", "ratio: shared over expected"),),
        Words("没有共同的协作伙伴", "the two have no partner in common"),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
