"""The dossier of a body (机构卷宗) as a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plan_graph.analysis.dossier import BodyChange, Dependence, Dossier, OwnDocument, OwnTask, Share
from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.names import Named
from plan_graph.analysis.scope import SIGNIFICANT, Scope
from plan_graph.model.plan import Role
from plan_graph.reports.overlap import idle, partners_section
from plan_graph.reports.sections import PERIOD, Cell, Column, Figure, Report, Section, roles
from plan_graph.reports.tasks import IRI, QUOTE, TEXT, ids, quote_cells, task_cells, task_columns, where
from plan_graph.reports.words import Words

_ANSWERS = Words("牵头或负责", "answers for it")
_SUPPORTS = Words("配合", "supports")
_PART = Column("part", Words("本机构", "the body"))
_RELATIONS = {
    "produces": Words("制定", "produces"),
    "revises": Words("修订", "revises"),
    "cites": Words("引用", "cites"),
    "implements": Words("贯彻落实", "carries out"),
}
_KINDS = {
    "renamed": Words("更名", "renamed"),
    "merged": Words("合并", "merged"),
    "split": Words("分设", "split"),
    "moved": Words("划转", "moved"),
    "founded": Words("新设", "founded"),
    "abolished": Words("撤销", "abolished"),
}


def dossier_report(scope: Scope, found: Dossier, body: Named, known: Mapping[str, Named]) -> Report:
    """Report a dossier: its figures and gaps first, then tasks, partners, years, themes, places, targets, papers."""
    surprising = [
        known[one.body].short for one in found.partners if one.meeting.q is not None and one.meeting.q < SIGNIFICANT
    ]
    figures = (
        Figure("body", Words("机构", "body"), f"{body.name}（{body.id}）"),
        Figure("period", Words("时期", "period"), PERIOD if scope.year is None else str(scope.year)),
        Figure("tasks", Words("任务", "tasks"), len(found.tasks)),
        Figure("led", Words("牵头", "led"), found.count(Role.LEAD)),
        Figure("supported", Words("配合", "supported"), found.count(Role.SUPPORT)),
        Figure("responsible", Words("负责", "responsible"), found.count(Role.RESPONSIBLE)),
        Figure("guided", Words("指导", "guided"), found.count(Role.GUIDE)),
        Figure("partners", Words("协作伙伴", "partners"), len(found.partners)),
        Figure(
            "surprising",
            Words("明显多于预期的伙伴", "partners clearly above expectation"),
            "、".join(surprising) or None,
        ),
        Figure(
            "successor",
            Words("后来", "went on as"),
            "、".join(dict.fromkeys(n for change in found.changes for n in change.after if n != body.name)) or None,
        ),
    )
    sections = (
        _gaps(scope, found),
        _tasks(scope, found.tasks, answering=True),
        _tasks(scope, found.tasks, answering=False),
        partners_section(found.partners, known, scope),
        _shares("years", Words("按年度", "By year"), found.years),
        _shares("themes", Words("按主题", "By theme"), found.themes),
        _shares("places", Words("按地点", "By place"), found.places),
        _targets(scope, found),
        _deadlines(scope, found),
        _documents(scope, "produces", Words("须制定、修订的文件", "Documents to produce or revise"), found.produces),
        _documents(scope, "restsOn", Words("任务依据的文件", "Documents its tasks rest on"), found.rests_on),
        _dependences(scope, found),
        _plain_tasks(scope, "unsupported", Words("没有配合单位的任务", "Tasks without support"), found.unsupported),
        _changes(found),
    )
    return Report(
        Words(f"{body.short}卷宗", f"Dossier of {body.short}"),
        figures,
        sections,
        "led",
        () if found.tasks else (idle(scope, body),),
    )


def _gaps(scope: Scope, found: Dossier) -> Section:
    """Give each kind of gap with how many tasks it has, and which."""
    kinds: tuple[tuple[Words, Iterable[TaskFacts]], ...] = (
        (Words("没有配合单位", "no support"), found.unsupported),
        (
            Words("配合方只有集合称谓或未确认名称", "support by collectives or unresolved names alone"),
            (one.task for one in found.collective_support),
        ),
        (
            Words("集合称谓或未确认名称一同牵头", "a collective or unresolved name leads beside it"),
            (one.task for one in found.collective_lead),
        ),
        (Words("没有量化目标，也没有时限", "neither target nor deadline"), found.unmeasured),
        (Words("有未确认的名称", "a name that nobody resolved"), (one.task for one in found.unresolved)),
    )
    rows: list[tuple[Cell, ...]] = []
    for name, tasks in kinds:
        own = tuple(tasks)
        rows.append((name, len(own), ids(scope, own) or None))
    if scope.years:
        rows.append(
            (
                Words("没有任务的年度", "years without a task"),
                len(found.absent),
                "、".join(map(str, found.absent)) or None,
            )
        )
    return Section(
        "gaps",
        Words("缺口", "Gaps"),
        (
            Column("gap", Words("缺口", "gap")),
            Column("count", Words("数目", "count")),
            Column("which", Words("任务或年度", "tasks or years"), many=True),
        ),
        tuple(rows) if found.tasks else (),
        (
            Words(
                "前四项只数本机构牵头或负责的任务",
                "the first four are of tasks the body leads or is responsible for",
            ),
        ),
        whole=True,
    )


def _tasks(scope: Scope, tasks: Iterable[OwnTask], *, answering: bool) -> Section:
    return Section(
        "led" if answering else "supported",
        Words("牵头或负责的任务", "Tasks it leads or is responsible for")
        if answering
        else Words("配合或指导的任务", "Tasks it supports or guides"),
        (*task_columns(scope), Column("role", Words("角色", "role")), TEXT, *QUOTE, IRI),
        tuple(
            (*task_cells(one.task), roles(one.roles), one.task.text, *quote_cells(one.quotes), one.task.iri)
            for one in tasks
            if one.answers is answering
        ),
    )


def _shares(key: str, title: Words, found: Iterable[Share]) -> Section:
    return Section(
        key,
        title,
        (
            Column("value", Words("分组", "group")),
            Column("led", Words("牵头", "led")),
            Column("supported", Words("配合", "supported")),
            Column("other", Words("负责或指导", "responsible or guided")),
            Column("tasks", Words("任务", "tasks")),
            Column("of", Words("该组全部任务", "all tasks of the group")),
        ),
        tuple(
            (one.key or Words("（未写明）", "(not stated)"), one.led, one.supported, one.other, one.tasks, one.of)
            for one in found
        ),
    )


def _targets(scope: Scope, found: Dossier) -> Section:
    return Section(
        "targets",
        Words("量化目标", "Quantified targets"),
        (
            *task_columns(scope),
            _PART,
            Column("counted", Words("计量对象", "what is counted")),
            Column("value", Words("数值", "value")),
            Column("unit", Words("单位", "unit")),
            Column("quote", Words("原文", "quote")),
            Column("where", Words("原文位置（第几字）", "place in the text (characters)")),
            IRI,
        ),
        tuple(
            (
                *task_cells(one.task),
                _part(one.answers),
                one.target.counted,
                one.target.value,
                one.target.unit,
                one.target.quote,
                where([(one.target.begin, one.target.end)]),
                one.task.iri,
            )
            for one in sorted(found.targets, key=lambda one: not one.answers)
        ),
    )


def _deadlines(scope: Scope, found: Dossier) -> Section:
    return Section(
        "deadlines",
        Words("时限", "Deadlines"),
        (
            *task_columns(scope),
            _PART,
            Column("by", Words("最迟日期", "by")),
            Column("written", Words("原文写法", "as written")),
            Column("where", Words("原文位置（第几字）", "place in the text (characters)")),
            TEXT,
            IRI,
        ),
        tuple(
            (
                *task_cells(one.task),
                _part(one.answers),
                one.deadline.by,
                one.deadline.written,
                where([(one.deadline.begin, one.deadline.end)]),
                one.task.text,
                one.task.iri,
            )
            for one in sorted(found.deadlines, key=lambda one: (not one.answers, one.deadline.by))
        ),
    )


def _documents(scope: Scope, key: str, title: Words, found: Iterable[OwnDocument]) -> Section:
    return Section(
        key,
        title,
        (
            *task_columns(scope),
            _PART,
            Column("relation", Words("关系", "relation")),
            Column("title", Words("标题", "title")),
            Column("number", Words("文号", "document number"), shown=any(one.document.number for one in found)),
            IRI,
        ),
        tuple(
            (
                *task_cells(one.task),
                _part(one.answers),
                _RELATIONS[one.document.relation],
                one.document.title,
                one.document.number or None,
                one.task.iri,
            )
            for one in sorted(found, key=lambda one: not one.answers)
        ),
    )


def _dependences(scope: Scope, found: Dossier) -> Section:
    """Give the tasks that hang on parties nobody has named, by kind."""
    kinds: tuple[tuple[Words, tuple[Dependence, ...]], ...] = (
        (Words("配合方只有它", "the only support"), found.collective_support),
        (Words("一同牵头", "leads beside it"), found.collective_lead),
        (Words("未确认的名称", "an unresolved name"), found.unresolved),
    )
    return Section(
        "dependences",
        Words("依赖集合称谓或未确认名称的任务", "Tasks that hang on collectives or unresolved names"),
        (
            *task_columns(scope),
            Column("kind", Words("情形", "case")),
            Column("parties", Words("称谓", "name")),
            Column("clause", Words("责任分工原文", "clause")),
            TEXT,
            IRI,
        ),
        tuple(
            (
                *task_cells(one.task),
                kind,
                "、".join(dict.fromkeys(party.written for party in one.parties)),
                one.task.clause,
                one.task.text,
                one.task.iri,
            )
            for kind, own in kinds
            for one in own
        ),
    )


def _plain_tasks(scope: Scope, key: str, title: Words, found: Iterable[TaskFacts]) -> Section:
    return Section(
        key,
        title,
        (*task_columns(scope), TEXT, Column("clause", Words("责任分工原文", "clause")), IRI),
        tuple((*task_cells(task), task.text, task.clause or None, task.iri) for task in found),
    )


def _changes(found: Dossier) -> Section:
    def row(which: Words, one: BodyChange) -> tuple[Cell, ...]:
        kind = _KINDS.get(one.kind, Words(one.kind, one.kind))
        return which, kind, one.what, one.when or None, "、".join(one.before), "、".join(one.after) or None, one.source

    return Section(
        "changes",
        Words("机构变动", "What became of the body"),
        (
            Column("direction", Words("先后", "direction")),
            Column("kind", Words("类型", "kind")),
            Column("what", Words("变动", "what happened")),
            Column("when", Words("时间", "when")),
            Column("before", Words("变动前", "before")),
            Column("after", Words("变动后", "after")),
            Column("source", Words("依据", "source"), shown=False),
        ),
        (
            *(row(Words("后来", "later"), one) for one in found.changes),
            *(row(Words("先前", "earlier"), one) for one in found.origins),
        ),
        empty=Words("登记册没有它的变动记录", "the registers record no change of it"),
    )


def _part(answers: bool) -> Words:
    return _ANSWERS if answers else _SUPPORTS
