"""The ledger: what became of every code point, task and name of one document."""

from __future__ import annotations

from collections.abc import Mapping

from plan_graph.model.plan import Plan, Role
from plan_graph.model.register import Resolution
from plan_graph.model.text import PartKind


def ledger(plan: Plan, resolutions: Mapping[str, Resolution]) -> dict[str, int]:
    """Count what was read; the keys are the metrics of ontology/schemes.ttl.

    The five ``…-code-points`` of the parts add up to ``code-points``. ``stated-tasks`` is left out when no
    heading states a count.
    """
    mentions = [m for t in plan.tasks for c in t.governing for m in c.mentions]
    names = {m.name for m in mentions}
    points = dict.fromkeys(PartKind, 0)
    for part in plan.parts:
        points[part.kind] += part.span.end - part.span.begin
    stated = [s.stated_tasks for s in plan.sections if s.stated_tasks is not None]
    counts = {
        "tasks": len(plan.tasks),
        "sections": len(plan.sections),
        "clauses": sum(len(t.clauses) for t in plan.tasks),
        "mentions": len(mentions),
        "leads": sum(m.role is Role.LEAD for m in mentions),
        "supports": sum(m.role is Role.SUPPORT for m in mentions),
        "bodies": sum(resolutions[n].body is not None for n in names),
        "collectives": sum(resolutions[n].collective is not None for n in names),
        "unresolved-names": sum(resolutions[n].rule == "none" for n in names),
        "citations": sum(len(t.citations) for t in plan.tasks),
        "documents": len({c.title for t in plan.tasks for c in t.citations}),
        "places": sum(1 for t in plan.tasks for p in t.places if not p.inside),
        "targets": sum(len(t.targets) for t in plan.tasks),
        "deadlines": sum(len(t.deadlines) for t in plan.tasks),
        "tasks-without-clause": sum(not t.governing for t in plan.tasks),
        "tasks-without-support": sum(
            not any(m.role is Role.SUPPORT for c in t.governing for m in c.mentions) for t in plan.tasks
        ),
        "warnings": len(plan.warnings),
        "code-points": len(plan.document.text),
        "heading-code-points": points[PartKind.HEADING],
        "preamble-code-points": points[PartKind.PREAMBLE],
        "task-code-points": points[PartKind.TASK],
        "clause-code-points": points[PartKind.CLAUSE],
        "unread-code-points": points[PartKind.UNREAD],
    }
    if stated:
        counts["stated-tasks"] = sum(stated)
    return counts
