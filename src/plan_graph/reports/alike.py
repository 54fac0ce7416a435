"""Pairs of tasks with what they share, as reports: lineage, and possible duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from plan_graph.analysis.evidence import Candidate, Evidence, Link, Span
from plan_graph.analysis.facts import TaskFacts
from plan_graph.reports.sections import Cell, Column, Figure, Report, Section
from plan_graph.reports.tasks import IRI, TEXT
from plan_graph.reports.words import LINKS, WHY, Words, listed

_BESIDE = {
    "lead": Words("同一牵头", "same lead"),
    "theme": Words("同一主题", "same theme"),
    "place": Words("同一地点", "same place"),
    "document": Words("同一文件", "same document"),
    "target": Words("同一目标", "same target"),
}
_INFERRED = Words(
    "由软件推断，供人判断：得分是模型认为成立的可能性；依据与可信程度见 docs/similarity.md",
    "inferred by the software, for a person to judge: the score is how likely the model holds it; what it rests on and "
    "how well it does is in docs/similarity.md",
)
_MARKED = Words("【】内是两项任务共有的措辞", "in 【】: the wording both tasks share")
_EVIDENCE = (
    Column("wording", Words("共同措辞", "shared wording")),
    Column("beside", Words("其他依据", "other evidence")),
)


def lineage_report(tasks: Sequence[TaskFacts], links: Sequence[Link], year: int | None) -> Report:
    """Report links between tasks; ``year`` narrows the later tasks, for which alone it is said which are new."""
    several = len({task.plan for task in tasks}) > 1
    times = sorted({task.year for task in tasks if task.year is not None})
    later = [task for task in tasks if (task.year == year if year else task.year is None or task.year != times[0])]
    earlier = [task for task in tasks if task.year is not None and task.year < (year or times[-1])]
    taken_up, going_on = {link.later.iri for link in links}, {link.earlier.iri for link in links}
    new = [task for task in later if task.iri not in taken_up]
    ended = [task for task in earlier if task.iri not in going_on]
    kinds = Counter((link.earlier.year, link.later.year, link.kind) for link in links)
    return Report(
        Words("任务沿革", "Lineage of tasks"),
        (
            Figure("links", Words("承接关系", "links"), len(links)),
            Figure("new", Words("未见来历的任务", "tasks without an origin"), len(new)),
            Figure("ended", Words("未见下文的任务", "tasks without a sequel"), len(ended)),
        ),
        (
            Section(
                "links",
                Words("承接关系", "Links"),
                (
                    *_side("earlier", Words("在先", "earlier"), several),
                    *_side("later", Words("在后", "later"), several),
                    Column("kind", Words("方式", "kind")),
                    Column("score", Words("得分", "score")),
                    *_EVIDENCE,
                    Column("earlierText", Words("在先任务正文", "text of the earlier task")),
                    Column("laterText", Words("在后任务正文", "text of the later task")),
                    Column("earlierTask", Words("在先任务（IRI）", "earlier task (IRI)"), shown=False),
                    Column("laterTask", Words("在后任务（IRI）", "later task (IRI)"), shown=False),
                ),
                tuple(
                    (
                        *_which(link.earlier),
                        *_which(link.later),
                        LINKS[link.kind],
                        link.score,
                        *_evidence(link.evidence),
                        marked(link.earlier.text, [one.left for one in link.evidence]),
                        marked(link.later.text, [one.right for one in link.evidence]),
                        link.earlier.iri,
                        link.later.iri,
                    )
                    for link in links
                ),
                (_INFERRED, _MARKED),
                Words("没有得分够高的承接关系", "no link scores high enough"),
            ),
            Section(
                "kinds",
                Words("各年度之间的承接方式", "Kinds of links between years"),
                (
                    Column("from", Words("从", "from")),
                    Column("to", Words("到", "to")),
                    Column("kind", Words("方式", "kind")),
                    Column("links", Words("条数", "links")),
                ),
                tuple(
                    (_year(a), _year(b), LINKS[kind], count)
                    for (a, b, kind), count in sorted(kinds.items(), key=lambda item: str(item[0]))
                ),
            ),
            _listed("new", Words("未见来历的任务", "Tasks without an origin"), new, several),
            _listed("ended", Words("未见下文的任务", "Tasks without a sequel"), ended, several),
        ),
        "links",
    )


def duplicates_report(tasks: Sequence[TaskFacts], found: Sequence[Candidate]) -> Report:
    """Report pairs of tasks that may overlap, the likeliest first."""
    several = len({task.plan for task in tasks}) > 1
    return Report(
        Words("可能重复、交叉的任务", "Tasks that may duplicate or overlap"),
        (
            Figure("tasks", Words("任务", "tasks"), len(tasks)),
            Figure("pairs", Words("对数", "pairs"), len(found)),
        ),
        (
            Section(
                "pairs",
                Words("任务对", "Pairs"),
                (
                    Column("score", Words("得分", "score")),
                    Column("why", Words("不同之处", "what differs")),
                    *_side("left", Words("甲", "A"), several),
                    Column("leftLead", Words("甲的牵头", "lead of A")),
                    *_side("right", Words("乙", "B"), several),
                    Column("rightLead", Words("乙的牵头", "lead of B")),
                    *_EVIDENCE,
                    Column("leftText", Words("甲的正文", "text of A")),
                    Column("rightText", Words("乙的正文", "text of B")),
                    Column("leftTask", Words("甲（IRI）", "A (IRI)"), shown=False),
                    Column("rightTask", Words("乙（IRI）", "B (IRI)"), shown=False),
                ),
                tuple(
                    (
                        one.score,
                        listed(WHY[why] for why in one.why) if one.why else None,
                        *_which(one.left),
                        _leads(one.left),
                        *_which(one.right),
                        _leads(one.right),
                        *_evidence(one.evidence),
                        marked(one.left.text, [e.left for e in one.evidence]),
                        marked(one.right.text, [e.right for e in one.evidence]),
                        one.left.iri,
                        one.right.iri,
                    )
                    for one in found
                ),
                (_INFERRED, _MARKED),
                Words("没有得分够高的任务对", "no pair scores high enough"),
            ),
        ),
        "pairs",
    )


def marked(text: str, spans: Iterable[Sequence[Span]]) -> str:
    """Put 【】 around the stretches of a text, those that touch or overlap as one.

    >>> marked("推进大连跨境电商综试区建设", [[(2, 4)], [(4, 11)]])
    '推进【大连跨境电商综试区】建设'
    """
    taken = sorted(span for own in spans for span in own)
    joined: list[list[int]] = []
    for begin, end in taken:
        if joined and begin <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([begin, end])
    parts: list[str] = []
    at = 0
    for begin, end in joined:
        parts += [text[at:begin], "【", text[begin:end], "】"]
        at = end
    return "".join([*parts, text[at:]])


def _side(key: str, name: Words, several: bool) -> tuple[Column, ...]:
    return (
        Column(f"{key}Plan", Words(f"{name.zh}计划", f"plan {name.en}"), shown=several),
        Column(f"{key}Year", Words(f"{name.zh}年度", f"year {name.en}"), shown=False),
        Column(f"{key}Id", Words(f"{name.zh}任务", f"task {name.en}")),
    )


def _which(task: TaskFacts) -> tuple[Cell, ...]:
    return task.plan, task.year, task.id


def _evidence(found: Iterable[Evidence]) -> tuple[Cell, Cell]:
    kept = list(found)
    wording = "、".join(one.value for one in kept if one.kind in ("phrase", "word", "synonym"))
    beside = [
        Words(f"{_BESIDE[one.kind].zh}：{one.value}", f"{_BESIDE[one.kind].en}: {one.value}")
        for one in kept
        if one.kind in _BESIDE
    ]
    return wording or None, listed(beside) if beside else None


def _leads(task: TaskFacts) -> str | None:
    return "、".join(dict.fromkeys(one.written for one in task.parties if one.body in task.leads)) or None


def _year(year: int | None) -> str:
    return "–" if year is None else str(year)


def _listed(key: str, title: Words, tasks: Iterable[TaskFacts], several: bool) -> Section:
    return Section(
        key,
        title,
        (
            Column("plan", Words("计划标识", "plan id"), shown=several),
            Column("year", Words("年度", "year")),
            Column("id", Words("编号", "id")),
            Column("theme", Words("主题", "theme")),
            TEXT,
            IRI,
        ),
        tuple((task.plan, task.year, task.id, task.theme or None, task.text, task.iri) for task in tasks),
    )
