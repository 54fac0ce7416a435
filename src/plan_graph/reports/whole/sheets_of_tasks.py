"""The sheets with a row for each task, participation, body and source."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from plan_graph.analysis.facts import TaskFacts
from plan_graph.model.plan import Role
from plan_graph.reports.whole.book import Book, column
from plan_graph.reports.whole.gaps import KINDS
from plan_graph.reports.whole.sheets import Kind, Page
from plan_graph.reports.words import ROLES, Words


def tasks_page(book: Book) -> Page:
    """Give the sheet of tasks, each with all that is stated of it."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for gap in book.gaps:
        if gap.task is not None:
            kinds[gap.task.iri].append(KINDS[gap.kind].of(book.lang))
    columns = (
        column("编号", "id", Kind.TEXT, 13),
        column("年度", "year", Kind.YEAR, 8),
        column("主题", "theme", Kind.LONG, 16),
        column("任务正文", "text", Kind.LONG, 58),
        column("牵头", "lead", Kind.LONG, 20),
        column("负责", "responsible", Kind.LONG, 13),
        column("配合", "support", Kind.LONG, 26),
        column("指导", "guide", Kind.LONG, 10),
        column("缺口", "gaps", Kind.LONG, 16),
        column("点名机构数", "bodies named", Kind.WHOLE, 11),
        column("地点", "places", Kind.LONG, 16),
        column("引用文件", "documents", Kind.LONG, 28),
        column("量化目标", "targets", Kind.LONG, 24),
        column("时限", "deadline", Kind.LONG, 14),
        column("最迟日期", "due", Kind.DAY, 12),
        column("责任分工原文", "clause", Kind.LONG, 46),
        column("计划", "plan", Kind.TEXT, 24),
        column("任务 IRI", "task IRI", Kind.TEXT, 30),
    )
    rows = tuple(
        (
            book.content.task_id(task),
            task.year,
            task.theme or None,
            task.text,
            book.names(task, Role.LEAD) or None,
            book.names(task, Role.RESPONSIBLE) or None,
            book.names(task, Role.SUPPORT) or None,
            book.names(task, Role.GUIDE) or None,
            "；".join(dict.fromkeys(kinds[task.iri])) or None,
            len(task.bodies()),
            "、".join(dict.fromkeys(place.written for place in task.places)) or None,
            "；".join(dict.fromkeys(f"《{document.title}》" for document in task.documents)) or None,
            "；".join(dict.fromkeys(target.quote for target in task.targets)) or None,
            "；".join(dict.fromkeys(deadline.written for deadline in task.deadlines)) or None,
            _due(task),
            task.clause or None,
            task.plan,
            task.iri,
        )
        for task in book.content.facts
    )
    return Page("tasks", Words("任务", "tasks"), columns, rows, printed=9)


def _due(task: TaskFacts) -> date | None:
    """Give the last day of the deadlines of a task."""
    days = [one.by for one in task.deadlines if one.by]
    return date.fromisoformat(max(days)) if days else None


def participations_page(book: Book) -> Page:
    """Give the sheet of participations, each with its place in the text."""
    columns = (
        column("任务", "task", Kind.TEXT, 13),
        column("年度", "year", Kind.YEAR, 8),
        column("角色", "role", Kind.TEXT, 16),
        column("机构", "body", Kind.TEXT, 34),
        column("原文写法", "as written", Kind.TEXT, 24),
        column("是什么", "what it is", Kind.TEXT, 24),
        column("文本", "text file", Kind.TEXT, 32),
        column("起始字符", "begin", Kind.WHOLE, 9),
        column("结束字符", "end", Kind.WHOLE, 9),
        column("任务 IRI", "task IRI", Kind.TEXT, 30),
    )
    unknown = {one.body for one in book.content.unresolved}
    kinds = (
        Words("机构", "body").of(book.lang),
        Words("集合称谓", "collective").of(book.lang),
        Words("未确认的名称", "unresolved name").of(book.lang),
    )
    rows = tuple(
        (
            book.task(task),
            task.year,
            ROLES[party.role].of(book.lang),
            book.body(party.body, party.name),
            party.written,
            kinds[0 if not party.collective else 2 if party.body in unknown else 1],
            f"text/{task.plan}.txt",
            party.begin,
            party.end,
            task.iri,
        )
        for task in book.content.facts
        for party in task.parties
    )
    return Page("participations", Words("参与", "participations"), columns, rows, printed=9)


def bodies_page(book: Book) -> Page:
    """Give the sheet of bodies: load, share, place in the network."""
    columns = (
        column("机构", "body", Kind.TEXT, 36),
        column("原文写法", "as written", Kind.TEXT, 24),
        column("类别", "kind", Kind.TEXT, 16),
        column("任务", "tasks", Kind.WHOLE, 8),
        column("牵头", "led", Kind.WHOLE, 8),
        column("负责", "responsible", Kind.WHOLE, 11),
        column("配合", "supported", Kind.WHOLE, 10),
        column("指导", "guided", Kind.WHOLE, 8),
        column("牵头占比", "lead share", Kind.SHARE, 10),
        column("伙伴", "partners", Kind.WHOLE, 9),
        column("强度", "strength", Kind.WHOLE, 9),
        column("深度", "depth", Kind.DECIMAL, 8),
        column("中介", "betweenness", Kind.PROBABILITY, 12),
        column("接近", "closeness", Kind.PROBABILITY, 10),
        column("约束", "constraint", Kind.PROBABILITY, 10),
        column("社群", "community", Kind.WHOLE, 11),
        column("断开机构", "cuts off", Kind.WHOLE, 10),
        column("编号", "id", Kind.TEXT, 18),
    )
    rows = tuple(
        (
            row.name,
            row.short,
            row.kind or None,
            row.tasks,
            row.led,
            row.responsible,
            row.supported,
            row.guided,
            row.lead_share,
            row.partners,
            row.strength,
            row.depth,
            row.betweenness,
            row.closeness,
            row.constraint,
            row.community,
            row.cuts,
            row.body,
        )
        for row in book.rows
    )
    return Page("bodies", Words("机构", "bodies"), columns, rows, printed=17)


def sources_page(book: Book) -> Page:
    """Give the sheet of plans and the files they were read from."""
    columns = (
        column("计划标识", "plan id", Kind.TEXT, 26),
        column("标题", "title", Kind.LONG, 44),
        column("文号", "number", Kind.TEXT, 18),
        column("发文机关", "issuer", Kind.TEXT, 24),
        column("发布日期", "issued", Kind.DAY, 12),
        column("任务", "tasks", Kind.WHOLE, 8),
        column("文件", "file", Kind.TEXT, 28),
        column("SHA-256", "SHA-256", Kind.TEXT, 66),
    )
    tasks: dict[str, int] = defaultdict(int)
    for task in book.content.population:
        tasks[task.plan] += 1
    rows = tuple(
        (
            one.plan,
            one.title,
            one.number or None,
            one.issuer or None,
            one.issued,
            tasks[one.plan],
            one.file,
            one.sha256,
        )
        for one in book.content.sources
    )
    return Page("sources", Words("来源", "sources"), columns, rows)
