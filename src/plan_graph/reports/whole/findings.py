"""The sections of a printed report that list tasks: gaps, duplicates, lineage, and the words of the tasks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from plan_graph.analysis.evidence import Evidence
from plan_graph.reports.whole.desk import Desk, cut
from plan_graph.reports.whole.gaps import KINDS
from plan_graph.reports.whole.markup import both, paragraphs, table, text
from plan_graph.reports.words import EVIDENCE, LINKS, ROLES, WHY, Words

_GAPS, _PAIRED = 60, 40
_NOT_COMPUTED = Words("尚未计算。", "Not computed.")


def make_gaps(desk: Desk) -> str:
    """Write what is left to settle, a table a kind."""
    made = ""
    full = {row.body: row.short for row in desk.rows}
    for kind, words in KINDS.items():
        some = [gap for gap in desk.gaps if gap.kind == kind]
        if not some:
            continue
        made += f"<h3>{both(words, desk.lang)}：{len(some)}</h3>"
        if some[0].task is None:
            heads = [(Words("机构", "body"), "k"), (Words("说明", "note"), "")]
            rows = [[text(full[gap.body]), both(gap.note, desk.lang)] for gap in some[:_GAPS]]
        else:
            noted = kind == "unresolved"
            heads = [
                (Words("任务", "task"), "k"),
                *([(Words("说明", "note"), "")] if noted else []),
                (Words("任务正文", "text"), "wide"),
                (Words("责任分工原文", "clause"), ""),
            ]
            rows = [
                [
                    desk.task(gap.task),
                    *([both(gap.note, desk.lang)] if noted else []),
                    text(gap.task.text),
                    text(gap.quote),
                ]
                for gap in some[:_GAPS]
                if gap.task
            ]
        made += table(heads, rows, desk.lang) + cut(desk, len(some), _GAPS)
    return made or paragraphs(Words("没有发现缺口。", "No gaps were found."), desk.lang)


def _said(desk: Desk, evidence: Iterable[Evidence]) -> str:
    ordered = sorted(evidence, key=lambda one: (-one.weight, one.kind, one.value))
    return text(
        "；".join(f"{EVIDENCE.get(one.kind, Words(one.kind, one.kind)).of(desk.lang)} “{one.value}”" for one in ordered)
    )


def make_duplicates(desk: Desk) -> str:
    """Write the possible duplicates with what each two have in common."""
    found = desk.content.shown_duplicates()
    if not found:
        words = (
            _NOT_COMPUTED if found is None else Words("没有发现可能重复的任务。", "No possible duplicates were found.")
        )
        return paragraphs(words, desk.lang)
    heads = [
        (Words("甲", "A"), "k"),
        (Words("乙", "B"), "k"),
        (Words("相似分", "score"), "n"),
        (Words("为何要看", "why"), "k"),
        (Words("共同之处", "evidence"), ""),
    ]
    rows = [
        [
            desk.task(one.left),
            desk.task(one.right),
            f"{one.score:.2f}",
            "<br />".join(both(WHY.get(why, Words(why, why)), desk.lang) for why in one.why),
            _said(desk, one.evidence),
        ]
        for one in found[:_PAIRED]
    ]
    return table(heads, rows, desk.lang) + cut(desk, len(found), _PAIRED)


def make_lineage(desk: Desk) -> str:
    """Write which task takes up which, with the reasons."""
    found = desk.content.shown_lineage()
    if not found:
        words = _NOT_COMPUTED if found is None else Words("没有发现任务的沿革。", "No lineage was found.")
        return paragraphs(words, desk.lang)
    heads = [
        (Words("前期任务", "earlier"), "k"),
        (Words("后续任务", "later"), "k"),
        (Words("关系", "relation"), "k"),
        (Words("把握", "score"), "n"),
        (Words("依据", "evidence"), ""),
    ]
    rows = [
        [
            desk.task(one.earlier),
            desk.task(one.later),
            both(LINKS.get(one.kind, Words(one.kind, one.kind)), desk.lang),
            f"{one.score:.2f}",
            _said(desk, one.evidence),
        ]
        for one in found[:_PAIRED]
    ]
    return desk.plate("task-flows") + table(heads, rows, desk.lang) + cut(desk, len(found), _PAIRED)


def make_evidence(desk: Desk) -> str:
    """Write the words of the tasks cited so far, each with its clause and its place in the text."""
    content = desk.content
    cited = [task for task in content.facts if task.iri in desk.cited]
    made = ""
    for task in cited:
        year = f"{task.year}" if task.year is not None else ""
        about = " · ".join(part for part in (year, task.theme) if part)
        begins = [party.begin for party in task.parties]
        where = f"text/{task.plan}.txt {min(begins)}–{max(p.end for p in task.parties)}" if begins else ""
        own = ""
        if content.body:
            roles = {party.role for party in task.parties if party.body == content.body}
            own = " · " + " ".join(both(words, desk.lang) for role, words in ROLES.items() if role in roles)
        made += (
            f'<article id="task-{desk.number[task.iri]}"><h4>{text(content.task_id(task))}'
            f'<span class="small"> {text(about)}{own}</span></h4><p>{text(task.text)}</p>'
            + (f"<blockquote>{text(task.clause)}</blockquote>" if task.clause else "")
            + (f'<div class="small">{text(where)}</div>' if where else "")
            + "</article>"
        )
    words = Words(
        "本报告提到的任务，附责任分工原文及其各名称在文本中的起止字符（从 0 计）。",
        "The tasks this report mentions, each with its clause and where the names of its parties stand in the text, in "
        "characters from 0.",
    )
    hidden = sum(unicodedata.category(c) == "Co" for task in cited for c in task.text + task.clause)
    if hidden:
        words = Words(
            f"{words.zh}其中 {hidden} 个私用区字符没有字形，未予显示。",
            f"{words.en} {hidden} private-use characters, which no font shows, were left out.",
        )
    return paragraphs(words, desk.lang) + made if made else ""
