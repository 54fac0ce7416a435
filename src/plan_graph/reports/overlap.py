"""The overlap of bodies as a report: of two, of one with its partners, of all."""

from __future__ import annotations

from collections.abc import Mapping

from plan_graph.analysis.names import Named
from plan_graph.analysis.overlap import Matrix, Meeting, Overlap, Partner, Value
from plan_graph.analysis.scope import SIGNIFICANT, Scope
from plan_graph.reports.sections import PERIOD, Cell, Column, Figure, Report, Section, roles, same
from plan_graph.reports.tasks import IRI, QUOTE, TEXT, quote_cells, task_cells, task_columns
from plan_graph.reports.words import Words

TESTED = (
    Column("expected", Words("预期任务数", "expected")),
    Column("ratio", Words("倍数", "ratio")),
    Column("p", Words("p 值", "p")),
    Column("q", Words("q 值", "q")),
    Column("newman", Words("Newman 权重", "Newman weight")),
)
_UNTESTED = Words("没有共同任务的时期不作检验，记作 –", "a period without shared tasks is not tested: –")


def idle(scope: Scope, body: Named) -> Words:
    """Say that a body of the graph has no task in what was chosen."""
    when = "" if scope.year is None else f"（{scope.year} 年）"
    return Words(
        f"{body.short}在所选计划{when}中没有任务",
        f"{body.short} has no task in the chosen plans{when and f' in {scope.year}'}",
    )


def method(scope: Scope) -> Words:
    """Say how expected, p and q were found, or that the graph holds none."""
    if not scope.ties:
        return Words(
            "图谱不含预期数（以 --draws 0 生成，或没有共同任务）；重新生成后可得预期、p、q",
            "the graph holds no expected counts (built with --draws 0, or no shared tasks); build it again for them",
        )
    zh = "预期、p、q：保持各机构在每个计划的任务数与各任务机构数的零模型；q 小于 0.05 才算明显多于工作量所能解释的"
    en = (
        "expected, p, q: a null model that keeps how many tasks each body has in each plan and how many bodies each "
        "task has; only q below 0.05 is clearly more than workloads explain"
    )
    how = Words(f"{zh}；集合称谓不计", f"{en}; collectives are left out")
    if scope.computed:
        how = Words(f"{how.zh}；只就所选计划计算", f"{how.en}; computed for the chosen plans alone")
    if scope.drawn is None:
        return how
    draws, seed = scope.drawn
    return Words(f"{how.zh}（{draws:,} 次抽样，种子 {seed}）", f"{how.en} ({draws:,} draws, seed {seed})")


def verdict(meeting: Meeting) -> Words:
    """Say in words what a count means beside what was expected."""
    if not meeting.shared:
        return Words("没有共同任务", "no shared task")
    if meeting.q is None or meeting.expected is None:
        return Words("未作检验", "not tested")
    if meeting.q < SIGNIFICANT:
        return Words("明显多于工作量所能解释的", "clearly more than the workloads explain")
    return Words("没有超出工作量所能解释的", "no more than the workloads explain")


def overlap_report(scope: Scope, found: Overlap, known: Mapping[str, Named]) -> Report:
    """Report the overlap of two bodies: A is the first, B the second."""
    left, right = known[found.left], known[found.right]
    whole = found.meetings[0]
    collective = left.collective or right.collective
    tasks = Section(
        "tasks",
        Words("共同任务", "Shared tasks"),
        (
            *task_columns(scope),
            Column("roleA", Words("甲的角色", "role of A")),
            Column("roleB", Words("乙的角色", "role of B")),
            TEXT,
            *QUOTE,
            IRI,
        ),
        tuple(
            (
                *task_cells(one.task),
                roles(one.left),
                roles(one.right),
                one.task.text,
                *quote_cells(one.quotes),
                one.task.iri,
            )
            for one in found.tasks
        ),
        empty=Words("两家没有共同任务", "the two share no task"),
    )
    years = Section(
        "years",
        Words("各年度", "By year"),
        (
            Column("period", Words("时期", "period")),
            Column("tasksA", Words("甲的任务", "tasks of A")),
            Column("tasksB", Words("乙的任务", "tasks of B")),
            Column("shared", Words("共同任务", "shared")),
            *TESTED,
            Column("leadsA", Words("甲牵头乙配合", "A leads, B supports")),
            Column("leadsB", Words("乙牵头甲配合", "B leads, A supports")),
            Column("coLed", Words("共同牵头", "both lead")),
        ),
        tuple(
            (PERIOD if one.year is None else str(one.year), one.left_tasks, one.right_tasks, *_counts(one))
            for one in found.meetings
        ),
        (
            Words("集合称谓与未确认名称不作检验", "collectives and unresolved names are not tested")
            if collective
            else method(scope),
            *([_UNTESTED] if scope.ties and any(not one.shared for one in found.meetings) else []),
        ),
        whole=True,
    )
    return Report(
        Words(f"{left.short}（甲）与{right.short}（乙）的交叉", f"Overlap of {left.short} (A) and {right.short} (B)"),
        (
            Figure("a", Words("甲", "A"), f"{left.name}（{left.id}）"),
            Figure("b", Words("乙", "B"), f"{right.name}（{right.id}）"),
            Figure("shared", Words("共同任务", "shared tasks"), whole.shared),
            Figure("expected", Words("仅凭任务量的预期", "expected from workloads alone"), _rounded(whole.expected)),
            Figure("q", Words("q 值", "q"), whole.q),
            Figure("verdict", Words("判断", "reading"), verdict(whole)),
        ),
        (years, tasks),
        "tasks",
        tuple(idle(scope, body) for body in (left, right) if body.id not in scope.bodies),
    )


def partners_section(found: tuple[Partner, ...], known: Mapping[str, Named], scope: Scope) -> Section:
    """Give the table of partners, most surprising first."""
    return Section(
        "partners",
        Words("协作伙伴（按意外程度）", "Partners by surprise"),
        (
            Column("partner", Words("机构", "body")),
            Column("name", Words("全称", "full name"), shown=False),
            Column("shared", Words("共同任务", "shared")),
            *TESTED,
            Column("bodyLeads", Words("本机构牵头、对方配合", "the body leads")),
            Column("partnerLeads", Words("对方牵头、本机构配合", "the partner leads")),
            Column("coLed", Words("共同牵头", "both lead")),
            Column("tasks", Words("对方任务数", "tasks of the partner")),
            Column("id", Words("机构标识", "id"), shown=False),
        ),
        tuple(
            (
                known[one.body].short,
                known[one.body].name,
                *_counts(one.meeting),
                one.meeting.right_tasks,
                one.body,
            )
            for one in found
        ),
        (
            Words(
                "排序：先按 q，再按倍数（共同任务÷预期），再按共同任务数",
                "ordered by q, then ratio (shared over expected), then shared tasks",
            ),
            method(scope),
        ),
        Words("没有与它同在一项任务的机构", "no body shares a task with it"),
    )


def partners_report(
    scope: Scope, body: Named, found: tuple[Partner, ...], collectives: Mapping[str, int], known: Mapping[str, Named]
) -> Report:
    """Report the partners of one body, and the collectives beside it."""
    beside = "、".join(f"{known[one].short} {count}" for one, count in collectives.items())
    surprising = sum(one.meeting.q is not None and one.meeting.q < SIGNIFICANT for one in found)
    return Report(
        Words(f"{body.short}的协作伙伴", f"Partners of {body.short}"),
        (
            Figure("body", Words("机构", "body"), f"{body.name}（{body.id}）"),
            Figure("period", Words("时期", "period"), PERIOD if scope.year is None else str(scope.year)),
            Figure("tasks", Words("任务", "tasks"), sum(body.id in {p.body for p in t.parties} for t in scope.facts)),
            Figure("partners", Words("伙伴", "partners"), len(found)),
            Figure("surprising", Words("明显多于预期的", "clearly more than expected"), surprising),
            Figure(
                "collectives",
                Words("同任务的集合称谓与未确认名称", "collectives and unresolved names on its tasks"),
                beside or None,
            ),
        ),
        (partners_section(found, known, scope),),
        "partners",
        () if body.id in scope.bodies else (idle(scope, body),),
    )


def matrix_report(scope: Scope, found: Matrix, known: Mapping[str, Named], bodies: int) -> Report:
    """Report the matrix; ``bodies`` counts all single bodies of the scope. Columns are numbered as the rows are."""
    what = {
        Value.SHARED: Words("共同任务数", "shared tasks"),
        Value.EXPECTED: Words("预期任务数", "expected tasks"),
        Value.RATIO: Words("倍数（共同÷预期）", "ratio (shared over expected)"),
    }[found.value]
    section = Section(
        "matrix",
        Words(f"机构×机构：{what.zh}", f"Bodies × bodies: {what.en}"),
        (
            Column("number", Words("序", "no.")),
            Column("body", Words("机构", "body")),
            Column("id", Words("机构标识", "id"), shown=False),
            *(Column(body, same(f"{at} {known[body].short}")) for at, body in enumerate(found.bodies, start=1)),
        ),
        tuple(
            (at, known[body].short, body, *row)
            for at, (body, row) in enumerate(zip(found.bodies, found.cells, strict=True), start=1)
        ),
        (
            Words("对角线是该机构的任务数", "the diagonal is the number of tasks of the body")
            if found.value is Value.SHARED
            else method(scope),
        ),
        Words("没有可确认的单一机构", "there is no single body"),
    )
    return Report(
        Words("机构交叉矩阵", "Matrix of overlaps"),
        (
            Figure("period", Words("时期", "period"), PERIOD if scope.year is None else str(scope.year)),
            Figure("tasks", Words("任务", "tasks"), len(scope.facts)),
            Figure("bodies", Words("机构", "bodies"), bodies),
            Figure("shown", Words("列入", "in the matrix"), len(found.bodies)),
        ),
        (section,),
        "matrix",
    )


def _counts(one: Meeting) -> tuple[Cell, ...]:
    return (
        one.shared,
        _rounded(one.expected),
        _rounded(one.ratio),
        one.p,
        one.q,
        one.newman,
        one.left_leads,
        one.right_leads,
        one.co_led,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
