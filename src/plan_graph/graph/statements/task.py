"""One task: its wording, participations, citations, places, targets and deadlines, each with its passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from plan_graph.iri import DCTERMS, ELI, ITSRDF, M8G, PG, PPLAN, PROV, QUDT, RDFS, ROLE, SCHEMA, UNIT, XSD
from plan_graph.model.plan import Citation, Clause, Mention, Metadata, Relation, Role, Target, Task
from plan_graph.model.text import Span

if TYPE_CHECKING:
    from plan_graph.graph.statements.document import Description

UNITS: dict[str, NamedNode] = {
    "亩": PG["unit-Mu"],
    "万亩": PG["unit-TenThousandMu"],
    "元": UNIT.CCY_CNY,
    "万元": PG["unit-TenThousandYuan"],
    "亿元": PG["unit-HundredMillionYuan"],
    "%": UNIT.PERCENT,
    "公里": UNIT.KiloM,
    "千米": UNIT.KiloM,
    "吨": UNIT.TON_Metric,
    **dict.fromkeys([*"个所家项人名户套条座件种辆台张头只株处间床", "人次"], UNIT.NUM),
}
SHORTCUTS = {
    Role.LEAD: PG.leadBy,
    Role.SUPPORT: PG.supportedBy,
    Role.RESPONSIBLE: PG.responsibleBy,
    Role.GUIDE: PG.guidedBy,
}
_VERBS = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.RESPONSIBLE: "负责", Role.GUIDE: "指导"}
_RELATIONS = {
    Relation.CITES: (ELI.cites,),
    Relation.IMPLEMENTS: (ELI.cites, ELI.based_on),
    Relation.PRODUCES: (PG.produces,),
    Relation.REVISES: (PG.revises,),
}


def documents_named(holder: Task | Metadata) -> Iterator[tuple[Citation, Span, Relation]]:
    """Give each document a task or preamble names or refers back to, where, and how it stands to it.

    A back reference that is open names none.
    """
    for one in holder.citations:
        yield one, one.span, one.relation
    for reference in holder.references:
        if not reference.reason:
            yield from ((one, reference.span, reference.relation) for one in reference.documents)


def describe_task(made: Description, task: Task) -> None:
    """Add a task and everything stated in it."""
    graph, base = made.graph, made.base
    text = made.plan.document.text
    iri = base.iri("task", document=made.id, task=task.id)
    graph.types(iri, PG.Task, PPLAN.Step)
    graph.add(iri, PPLAN.isStepOfPlan, made.plan_iri)
    graph.add(iri, DCTERMS.isPartOf, made.section(task.section))
    graph.string(iri, DCTERMS.identifier, task.id)
    graph.integer(iri, SCHEMA.position, task.number)
    graph.string(iri, PG.numberAsWritten, task.number_as_written)
    graph.label(iri, DCTERMS.description, "".join(s.of(text) for s in task.text_spans))
    graph.year(iri, PG.year, task.year)
    if task.year:
        graph.add(iri, DCTERMS.temporal, made.period(task.year, task.year))
    for span in task.text_spans:
        graph.add(iri, PROV.wasQuotedFrom, made.passage(span))
    numbers: Counter[Role] = Counter()
    for clause in task.governing:
        graph.add(iri, PG.clause, made.passage(clause.span))
        for mention in clause.mentions:
            numbers[mention.role] += 1
            _participation(made, task, iri, clause, mention, numbers[mention.role])
    for citation, span, how in documents_named(task):
        cited = made.cited(citation)
        made.passage(span, _holding(task, span), cited)
        for relation in _RELATIONS[how]:
            graph.add(iri, relation, cited)
    _places(made, task, iri)
    for number, target in enumerate(task.targets, start=1):
        _target(made, task, iri, target, number)
    for deadline in task.deadlines:
        graph.day(iri, PG.deadline, deadline.by)
        graph.label(iri, PG.deadlineAsWritten, deadline.written)
        wording = _holding(task, deadline.span)
        passage = made.passage(deadline.span, wording)
        graph.day(passage, PG.deadline, deadline.by)
        if wording is None:  # it stands in the clause, or in a cell of its own
            graph.add(iri, PG.deadlinePassage, passage)


def _participation(
    made: Description, task: Task, task_iri: NamedNode, clause: Clause, mention: Mention, number: int
) -> None:
    graph = made.graph
    name = f"{mention.role.value}-{number}"
    iri = made.base.iri("participation", document=made.id, task=task.id, role=mention.role.value, number=number)
    graph.add(task_iri, M8G.hasParticipation, iri)
    graph.types(iri, M8G.Participation)
    graph.add(iri, M8G.role, ROLE[mention.role.value])
    graph.add(iri, M8G.hasParticipant, made.participant(mention.name, mention.span))
    graph.label(iri, PG.nameAsWritten, mention.name)
    graph.label(iri, PG.roleAsWritten, mention.label)
    graph.integer(iri, SCHEMA.position, mention.position)
    graph.string(iri, DCTERMS.identifier, f"{made.id}/{task.id}/{name}")
    graph.label(iri, DCTERMS.description, f"{mention.name}{_VERBS[mention.role]}任务{task.id}")
    found = made.resolutions[mention.name]
    graph.string(iri, PG.resolutionRule, found.rule)
    if found.beside:
        graph.add(iri, PG.besideName, graph.base.iri("body", id=found.beside))
    graph.string(iri, PG.clauseRule, clause.rule)
    if mention.open:
        graph.add(iri, PG.openList, Literal("true", datatype=XSD.boolean))
    if mention.doubtful:
        graph.add(iri, PG.doubtful, Literal("true", datatype=XSD.boolean))
    graph.add(iri, PROV.wasQuotedFrom, made.passage(mention.span, clause.span))
    for basis in clause.basis:
        graph.add(iri, PG.roleBasis, made.passage(basis))


def _places(made: Description, task: Task, iri: NamedNode) -> None:
    graph = made.graph
    for place in task.places:
        nodes = [made.base.iri("place", code=code) for code in place.codes]
        passage = made.passage(place.span, _holding(task, place.span))
        if place.organisation is None:
            for node in nodes:
                graph.add(passage, ITSRDF.taIdentRef, node)
                graph.add(iri, DCTERMS.spatial, node)
            continue
        organisation = made.passage(place.organisation, _holding(task, place.span))
        graph.types(organisation, PG.OrganisationMention)
        for node in nodes:
            graph.add(organisation, PG.containsPlaceName, node)


def _target(made: Description, task: Task, task_iri: NamedNode, target: Target, number: int) -> None:
    graph = made.graph
    iri = made.base.iri("target", document=made.id, task=task.id, number=number)
    graph.add(task_iri, PG.hasTarget, iri)
    graph.types(iri, PG.Target, QUDT.QuantityValue)
    graph.string(iri, DCTERMS.identifier, f"{made.id}/{task.id}/{number}")
    graph.decimal(iri, QUDT.numericValue, target.value)
    if target.unit in UNITS:
        graph.add(iri, QUDT.unit, UNITS[target.unit])
    graph.label(iri, SCHEMA.unitText, target.unit)
    graph.label(iri, RDFS.label, target.counted or target.span.of(made.plan.document.text))
    if target.baseline is not None:
        graph.decimal(iri, PG.baselineValue, target.baseline)
    graph.string(iri, PG.comparator, target.comparator)
    graph.add(iri, PROV.wasQuotedFrom, made.passage(target.span, _holding(task, target.span)))


def _holding(task: Task, span: Span) -> Span | None:
    """Give the stretch of the task's wording that holds a span."""
    return next((s for s in task.text_spans if s.covers(span)), None)
