"""What is left to settle: tasks nobody supports, names nobody knows, bodies on which the network hangs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_graph.analysis.facts import TaskFacts
from plan_graph.model.plan import Role
from plan_graph.reports.whole.bodies import BodyRow
from plan_graph.reports.whole.content import Content
from plan_graph.reports.words import Words

KINDS = {
    "no-named-body": Words("没有点名的机构", "no body named"),
    "no-support": Words("没有配合单位", "no support"),
    "collective-support": Words("配合方只有集合称谓", "support by a collective only"),
    "unresolved": Words("未确认的名称", "unresolved name"),
    "only-supports": Words("只配合的机构", "body that only supports"),
    "cut-body": Words("断开点", "cut body"),
}
"""The kinds of gaps, in the order of a report; the first four are of tasks, the others of bodies."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing left: of a task or of a body (""), with what is to be known of it and the words of the text."""

    kind: str
    task: TaskFacts | None
    body: str
    note: Words
    quote: str


def gaps(content: Content, rows: Sequence[BodyRow]) -> list[Gap]:
    """Give all gaps of the tasks and bodies reported on, by kind, then in the order of tasks and bodies.

    The kinds of tasks are those of the queries ``tasks-without-support``, ``tasks-with-collective-support-only``,
    ``tasks-without-named-body`` and ``unresolved-names``; a body only supports where it has no other role on the tasks
    chosen; a cut body is an articulation point of the network of shared tasks.
    """
    unknown = {one.body for one in content.unresolved}
    found = [gap for task in content.facts for gap in _of_task(task, unknown)]
    by_iri = {task.iri: task for task in content.facts}
    for name in content.unresolved:
        if name.task in by_iri:
            near = Words(f"；疑为 {name.suspected}", f"; perhaps {name.suspected}") if name.suspected else Words("", "")
            note = Words(f"“{name.written}”：{name.reason}{near.zh}", f"“{name.written}”{near.en}")
            found.append(Gap("unresolved", by_iri[name.task], "", note, by_iri[name.task].clause))
    for row in rows:
        if content.body in ("", row.body) and _only_supports(content, row.body):
            note = Words(f"配合 {row.supported} 项", f"supports {row.supported} tasks")
            found.append(Gap("only-supports", None, row.body, note, ""))
        if content.body in ("", row.body) and row.cuts:
            note = Words(
                f"没有它，{row.cuts} 个机构与其余机构不再相连",
                f"without it {row.cuts} bodies lose their connection to the rest",
            )
            found.append(Gap("cut-body", None, row.body, note, ""))
    order = list(KINDS)
    return sorted(found, key=lambda gap: order.index(gap.kind))


def _of_task(task: TaskFacts, unknown: set[str]) -> list[Gap]:
    roles = {party.role for party in task.parties}
    support = [party for party in task.parties if party.role is Role.SUPPORT]
    found: list[str] = []
    if not task.bodies():
        found.append("no-named-body")
    if not support and roles & {Role.LEAD, Role.RESPONSIBLE}:
        found.append("no-support")
    if support and all(party.collective and party.body not in unknown for party in support):
        found.append("collective-support")
    names = "、".join(dict.fromkeys(party.written for party in task.parties))
    return [Gap(kind, task, "", Words(names, ""), task.clause) for kind in found]


def _only_supports(content: Content, body: str) -> bool:
    """Tell whether a body supports and does nothing else, on any task of the population."""
    roles = {party.role for task in content.population for party in task.parties if party.body == body}
    return roles == {Role.SUPPORT}
