"""The sheets with a row for each pair of bodies or of tasks, and the sheet of gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from plan_graph.analysis.evidence import Evidence
from plan_graph.analysis.facts import TaskFacts
from plan_graph.model.plan import Role
from plan_graph.reports.whole.book import Book, column
from plan_graph.reports.whole.content import ABOVE
from plan_graph.reports.whole.gaps import KINDS
from plan_graph.reports.whole.sheets import Column, Go, Kind, Page, Value
from plan_graph.reports.words import EVIDENCE, LINKS, WHY, Words

_NOT_COMPUTED = Words("尚未计算", "not computed")


def shared_page(book: Book) -> tuple[Page, dict[tuple[str, str], int]]:
    """Give the sheet of tasks that two bodies share, and the first row of each pair."""
    columns = (
        column("机构甲", "body A", Kind.TEXT, 24),
        column("机构乙", "body B", Kind.TEXT, 24),
        column("任务", "task", Kind.TEXT, 13),
        column("年度", "year", Kind.YEAR, 8),
        column("甲的角色", "role of A", Kind.TEXT, 13),
        column("乙的角色", "role of B", Kind.TEXT, 13),
        column("任务正文", "text", Kind.LONG, 60),
        column("责任分工原文", "clause", Kind.LONG, 46),
    )
    content = book.content
    on: dict[str, set[int]] = defaultdict(set)
    for at, task in enumerate(content.facts):
        for body in task.bodies():
            on[body].add(at)
    rows: list[tuple[Value, ...]] = []
    firsts: dict[tuple[str, str], int] = {}
    for tie in content.shown_ties():
        firsts[tie.left, tie.right] = len(rows)
        for at in sorted(on[tie.left] & on[tie.right]):
            task = content.facts[at]
            rows.append(
                (
                    book.body(tie.left, content.name(tie.left)),
                    book.body(tie.right, content.name(tie.right)),
                    book.task(task),
                    task.year,
                    book.roles(task, tie.left),
                    book.roles(task, tie.right),
                    task.text,
                    task.clause or None,
                )
            )
    return Page("shared", Words("共同任务", "shared tasks"), columns, tuple(rows), frozen=2), firsts


def ties_page(book: Book, firsts: dict[tuple[str, str], int]) -> Page:
    """Give the sheet of ties, those above expectation shaded; the number leads to the tasks shared."""
    columns = (
        column("机构甲", "body A", Kind.TEXT, 24),
        column("机构乙", "body B", Kind.TEXT, 24),
        column("共同任务", "shared", Kind.WHOLE, 10),
        column("预期任务", "expected", Kind.DECIMAL, 10),
        column("倍数", "ratio", Kind.DECIMAL, 8),
        column("p", "p", Kind.PROBABILITY, 9),
        column("q", "q", Kind.PROBABILITY, 9),
        column("显著多于预期", "above expectation", Kind.TEXT, 14),
        column("共同牵头", "co-lead", Kind.WHOLE, 10),
        column("牵头—配合", "lead–support", Kind.WHOLE, 12),
        column("Newman 权重", "Newman weight", Kind.DECIMAL, 14),
    )
    yes, no = Words("是", "yes").of(book.lang), Words("否", "no").of(book.lang)
    found = book.content.shown_ties()
    rows = tuple(
        (
            book.body(tie.left, book.content.name(tie.left)),
            book.body(tie.right, book.content.name(tie.right)),
            Go(tie.shared, "shared", firsts[tie.left, tie.right]),
            tie.expected,
            tie.shared / tie.expected if tie.expected else None,
            tie.p,
            tie.q,
            yes if tie.q < ABOVE else no,
            tie.co_lead,
            tie.lead_support,
            tie.newman,
        )
        for tie in found
    )
    marked = frozenset(at for at, tie in enumerate(found) if tie.q < ABOVE)
    return Page("ties", Words("关系", "ties"), columns, rows, frozen=2, marked=marked)


def _pair(zh: str, en: str) -> tuple[Column, ...]:
    return (
        column(f"{zh}任务", f"{en} task", Kind.TEXT, 13),
        column("年度", "year", Kind.YEAR, 8),
        column("牵头", "lead", Kind.LONG, 15),
        column("任务正文", "text", Kind.LONG, 38),
    )


def _half(book: Book, task: TaskFacts) -> tuple[Value, ...]:
    return book.task(task), task.year, book.names(task, Role.LEAD, Role.RESPONSIBLE) or None, task.text


def _said(book: Book, evidence: Iterable[Evidence]) -> str:
    """Write evidence, the rarest first: kind, what both have, how rare in bits."""
    ordered = sorted(evidence, key=lambda one: (-one.weight, one.kind, one.value))
    return "；".join(
        f"{EVIDENCE.get(one.kind, Words(one.kind, one.kind)).of(book.lang)} “{one.value}” ({one.weight:.1f})"
        for one in ordered
    )


def duplicates_page(book: Book) -> Page:
    """Give the sheet of possible duplicates."""
    columns = (
        column("相似分", "score", Kind.DECIMAL, 9),
        *_pair("甲", "A"),
        *_pair("乙", "B"),
        column("为何要看", "why", Kind.LONG, 16),
        column("共同之处（稀有程度，比特）", "evidence (bits)", Kind.LONG, 50),
    )
    found = book.content.shown_duplicates()
    rows = tuple(
        (
            one.score,
            *_half(book, one.left),
            *_half(book, one.right),
            "；".join(WHY.get(why, Words(why, why)).of(book.lang) for why in one.why),
            _said(book, one.evidence),
        )
        for one in found or ()
    )
    empty = _NOT_COMPUTED if found is None else Words("没有发现可能重复的任务", "no possible duplicates were found")
    return Page("duplicates", Words("重复", "duplicates"), columns, rows, empty, 2)


def lineage_page(book: Book) -> Page:
    """Give the sheet of lineage."""
    columns = (
        column("关系", "relation", Kind.TEXT, 16),
        *_pair("前期", "earlier"),
        *_pair("后续", "later"),
        column("把握", "score", Kind.DECIMAL, 9),
        column("依据（稀有程度，比特）", "evidence (bits)", Kind.LONG, 50),
    )
    found = book.content.shown_lineage()
    rows = tuple(
        (
            LINKS.get(one.kind, Words(one.kind, one.kind)).of(book.lang),
            *_half(book, one.earlier),
            *_half(book, one.later),
            one.score,
            _said(book, one.evidence),
        )
        for one in found or ()
    )
    empty = _NOT_COMPUTED if found is None else Words("没有发现任务的沿革", "no lineage was found")
    return Page("lineage", Words("沿革", "lineage"), columns, rows, empty, 2)


def gaps_page(book: Book) -> Page:
    """Give the sheet of what is left to settle."""
    columns = (
        column("类别", "kind", Kind.LONG, 18),
        column("任务", "task", Kind.TEXT, 13),
        column("机构", "body", Kind.LONG, 28),
        column("年度", "year", Kind.YEAR, 8),
        column("说明", "note", Kind.LONG, 38),
        column("任务正文", "text", Kind.LONG, 48),
        column("责任分工原文", "clause", Kind.LONG, 40),
    )
    full = {row.body: row.name for row in book.rows}
    rows = tuple(
        (
            KINDS[gap.kind].of(book.lang),
            book.task(gap.task) if gap.task else None,
            book.body(gap.body, full[gap.body]) if gap.body else None,
            gap.task.year if gap.task else None,
            gap.note.of(book.lang),
            gap.task.text if gap.task else None,
            gap.quote or None,
        )
        for gap in book.gaps
    )
    return Page("gaps", Words("缺口", "gaps"), columns, rows)
