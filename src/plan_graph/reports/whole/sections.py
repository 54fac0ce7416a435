"""The sections of a printed report that count: summary, load, ties, years."""

from __future__ import annotations

from collections.abc import Sequence

from plan_graph.analysis.facts import TaskFacts
from plan_graph.model.network import Tie
from plan_graph.model.plan import Role
from plan_graph.reports.whole import flows as years_on
from plan_graph.reports.whole.content import ABOVE
from plan_graph.reports.whole.desk import Desk, cut
from plan_graph.reports.whole.explain import CAVEAT
from plan_graph.reports.whole.gaps import KINDS
from plan_graph.reports.whole.markup import both, paragraphs, table, text
from plan_graph.reports.words import ROLES, Words, percent, probability

_BODIES, _PAIRS, _OFTEN = 40, 60, 15


def make_summary(desk: Desk) -> str:
    """Write the numbers at a glance and what stands out, in sentences."""
    content, lang = desk.content, desk.lang
    ties = content.shown_ties()
    above = [tie for tie in ties if tie.q < ABOVE]
    count = {kind: sum(gap.kind == kind for gap in desk.gaps) for kind in KINDS}
    numbers = [
        (len(content.facts), Words("任务", "tasks")),
        (len(desk.rows), Words("机构", "bodies")),
        (len(ties), Words("机构对", "pairs")),
        (len(above), Words("显著多于预期的对", "pairs above expectation")),
        (count["no-support"], Words("没有配合单位的任务", "tasks without support")),
        (count["unresolved"], Words("未确认的名称", "unresolved names")),
    ]
    facts = "".join(f"<li><b>{number:,}</b>{both(words, lang)}</li>" for number, words in numbers)
    said: list[Words] = []
    if desk.rows and not content.body:
        top = desk.rows[0]
        said.append(
            Words(
                f"任务最多的是{top.short}：{top.tasks} 项，其中牵头 {top.led} 项、配合 {top.supported} 项。",
                f"Busiest is {top.short}: {top.tasks} tasks, of which it leads {top.led} and supports {top.supported}.",
            )
        )
    if content.body:
        mine = next(row for row in desk.rows if row.body == content.body)
        counts = {
            Role.LEAD: mine.led,
            Role.RESPONSIBLE: mine.responsible,
            Role.SUPPORT: mine.supported,
            Role.GUIDE: mine.guided,
        }
        does = [(ROLES[role], count) for role, count in counts.items() if count]
        said.append(
            Words(
                f"{mine.short}（{mine.name}）：{'、'.join(f'{words.zh} {count} 项' for words, count in does)}，"
                f"与 {mine.partners} 个机构有共同任务。",
                f"{mine.short} ({mine.name}): {', '.join(f'{words.en} {count}' for words, count in does)}; it shares "
                f"tasks with {mine.partners} bodies.",
            )
        )
    if ties:
        most = min(ties, key=lambda tie: (-tie.shared, tie.left, tie.right))
        one, other = content.name(most.left), content.name(most.right)
        verdict = Words("显著多于预期", "above") if most.q < ABOVE else Words("不多于任务量所能解释的", "no more than")
        said.append(
            Words(
                f"共同任务最多的是{one}与{other}：{most.shared} 项，预期 {most.expected:.1f} 项"
                f"（q {probability(most.q)}），{verdict.zh}。",
                f"Most tasks are shared by {one} and {other}: {most.shared}, {most.expected:.1f} expected "
                f"(q {probability(most.q)}), {verdict.en} what workloads explain.",
            )
        )
    if above:
        strong = "、".join(f"{content.name(tie.left)}—{content.name(tie.right)}" for tie in above[:5])
        said.append(
            Words(
                f"协作显著多于任务量所能解释的有 {len(above)} 对，最突出的是：{strong}。",
                f"{len(above)} pairs coordinate more than workloads explain, first of all: {strong}.",
            )
        )
    return f'<ul class="facts">{facts}</ul>' + "".join(paragraphs(words, lang) for words in [*said, CAVEAT])


def make_load(desk: Desk) -> str:
    """Write the figure of load and the table of bodies."""
    roles = [
        (name, words)
        for name, words in (
            ("led", ROLES[Role.LEAD]),
            ("responsible", ROLES[Role.RESPONSIBLE]),
            ("supported", ROLES[Role.SUPPORT]),
            ("guided", ROLES[Role.GUIDE]),
        )
        if any(getattr(row, name) for row in desk.rows)
    ]
    heads = [
        (Words("机构", "body"), ""),
        (Words("类别", "kind"), "k"),
        (Words("任务", "tasks"), "n"),
        *((words, "n") for _, words in roles),
        (Words("牵头占比", "lead share"), "n"),
        (Words("伙伴", "partners"), "n"),
        (Words("强度", "strength"), "n"),
        (Words("中介", "betweenness"), "n"),
        (Words("约束", "constraint"), "n"),
    ]
    cells = [
        [
            text(row.short),
            text(row.kind),
            f"{row.tasks:,}",
            *(f"{getattr(row, name):,}" for name, _ in roles),
            percent(row.lead_share),
            f"{row.partners:,}",
            f"{row.strength:,}",
            f"{row.betweenness:.3f}",
            "–" if row.constraint is None else f"{row.constraint:.3f}",
        ]
        for row in desk.rows[:_BODIES]
    ]
    return desk.plate("load") + table(heads, cells, desk.lang) + cut(desk, len(desk.rows), _BODIES)


def make_ties(desk: Desk) -> str:
    """Write the network, the pairs above expectation and the pairs that share most; of one body all its partners."""
    content = desk.content
    ties = content.shown_ties()
    kept = ties if content.body else [tie for tie in ties if tie.q < ABOVE]
    made = desk.plate("network")
    if not ties:
        return made
    on: dict[str, list[TaskFacts]] = {}
    for task in content.facts:
        for body in task.bodies():
            on.setdefault(body, []).append(task)
    title = (
        Words("全部伙伴", "All partners")
        if content.body
        else Words("共同任务显著多于预期的机构对（q < 0.05）", "Pairs above expectation (q < 0.05)")
    )
    made += f"<h3>{both(title, desk.lang)}</h3>"
    made += _pairs(desk, kept[:_PAIRS], on) or f"<p>{both(Words('没有', 'none'), desk.lang)}</p>"
    made += cut(desk, len(kept), _PAIRS)
    if not content.body:
        often = sorted(ties, key=lambda tie: (-tie.shared, tie.left, tie.right))[:_OFTEN]
        title = Words("共同任务最多的机构对，不论是否多于预期", "Pairs that share most tasks, above expectation or not")
        made += f"<h3>{both(title, desk.lang)}</h3>" + _pairs(desk, often, on)
    return made


def _pairs(desk: Desk, ties: Sequence[Tie], on: dict[str, list[TaskFacts]]) -> str:
    """Write a table of ties: both bodies, or of the ties of one body its partners."""
    content = desk.content
    heads = [
        *([(Words("伙伴", "partner"), "")] if content.body else [(Words("机构", "body"), "")] * 2),
        (Words("共同任务", "shared"), "n"),
        (Words("预期", "expected"), "n"),
        (Words("p", "p"), "n"),
        (Words("q", "q"), "n"),
        (Words("任务", "tasks"), "wide"),
    ]
    rows: list[list[str]] = []
    for tie in ties:
        theirs = {task.iri for task in on.get(tie.right, ())}
        shared = [task for task in on.get(tie.left, ()) if task.iri in theirs]
        rows.append(
            [
                *(text(content.name(body)) for body in (tie.left, tie.right) if body != content.body),
                f"{tie.shared:,}",
                f"{tie.expected:.1f}",
                text(probability(tie.p)),
                text(probability(tie.q)),
                desk.tasks(shared),
            ]
        )
    return table(heads, rows, desk.lang, "pairs")


def make_years(desk: Desk) -> str:
    """Write the flows and who enters and leaves."""
    years = desk.content.years
    made = desk.plate("flows")
    found = years_on.changes(years_on.states(desk.content.facts, years), years)

    def names(bodies: Sequence[str]) -> str:
        return text("、".join(desk.content.name(body) for body in bodies)) or "–"

    heads = [
        (Words("年度", "years"), "k"),
        (Words("延续", "staying"), "n"),
        (Words("进入", "entering"), ""),
        (Words("退出", "leaving"), ""),
    ]
    rows = [
        [
            f"{one.earlier}→{one.later}",
            f"{len(one.staying)}",
            f"<b>{len(one.entering)}</b> {names(one.entering)}",
            f"<b>{len(one.leaving)}</b> {names(one.leaving)}",
        ]
        for one in found
    ]
    return made + table(heads, rows, desk.lang)
