"""One task: its words with all that was read from them, who takes part, what became of it, and what is like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from plan_graph.analysis.facts import TaskFacts
from plan_graph.authority.reasons import RULES
from plan_graph.errors import NotFoundError
from plan_graph.model.plan import Role
from plan_graph.reports.sections import Column, Section
from plan_graph.reports.words import LINKS, Words
from plan_graph.web.pages.excerpts import excerpt
from plan_graph.web.pages.facts import Facts, Step, address
from plan_graph.web.pages.filters import plan_of
from plan_graph.web.pages.marking import Mark, highlighted
from plan_graph.web.pages.tasks import file
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

MARKS: Mapping[str, Words] = {  # classes of marked text and what they mean, as in the legend
    "clause": Words("责任分工", "clause"),
    "lead": Words("牵头", "leads"),
    "responsible": Words("负责", "responsible"),
    "support": Words("配合", "supports"),
    "guide": Words("指导", "guides"),
    "place": Words("地点", "place"),
    "target": Words("量化目标", "target"),
    "deadline": Words("时限", "deadline"),
    "citation": Words("文件", "document"),
    "party": Words("名称含地名的机构", "organisation with a place in its name"),
}
_KINDS = {"document": "citation", "organisation": "party"}
RELATIONS = {
    "produces": Words("制定", "produces"),
    "revises": Words("修订", "revises"),
    "cites": Words("引用", "cites"),
    "implements": Words("贯彻落实", "carries out"),
}
_SHORT = 90


def find(facts: Facts, visit: Visit) -> TaskFacts:
    """Give the task that the address names.

    :raises NotFoundError: if there is none.
    """
    plan, key = visit.arguments["document"], visit.arguments["task"]
    task = facts.by_address.get(f"/task/{plan}/{key}")
    if task is None:
        raise NotFoundError(
            f"there is no task {key} in a plan {plan} here; the list of tasks has them all",
            f"这里没有计划 {plan} 的任务 {key}；全部任务见任务列表",
        )
    return task


def shown(site: Site, visit: Visit) -> Page:
    """Show a task."""
    facts = site.facts
    task = find(facts, visit)
    passages = site.ask("task-passages", task=task.iri)
    text, kinds = marked(site, passages)
    before, after = history(facts, task)
    return Page(
        "task.html",
        {
            "task": task,
            "plan": plan_of(facts, task),
            "themes": [facts.themes[key] for key in facts.themes_of.get(task.iri, ())],
            "text": text,
            "legend": [(kind, words.of(visit.lang)) for kind, words in MARKS.items() if kind in kinds],
            "evidence": evidence(site, passages),
            "parties": parties(site, task, visit.lang),
            "places": list({place.code: facts.places.get(place.code) for place in task.places}.values()),
            "keywords": facts.keywords_of.get(task.iri, ()),
            "relations": {key: words.of(visit.lang) for key, words in RELATIONS.items()},
            "before": [step(facts, one, one.earlier, visit.lang) for one in before],
            "after": [step(facts, one, one.later, visit.lang) for one in after],
            "alike": [
                (address(one.task), one.task, excerpt(one.task.text, one.keywords, _SHORT), one.keywords, one.bits)
                for one in facts.alike(task)
            ],
            "previous": neighbour(facts, task, -1),
            "next": neighbour(facts, task, 1),
        },
    )


def download(site: Site, visit: Visit) -> File:
    """Give the parties of a task as a table."""
    task = find(site.facts, visit)
    return file(table(site, task), visit, f"task-{task.plan}-{task.id}")


def marked(site: Site, passages: Sequence[Mapping[str, Any]]) -> tuple[Markup, set[str]]:
    """Give the wording and the clauses of a task with all that was read in them, and the kinds of marks there are.

    Passages that follow each other without a gap make one paragraph.
    """
    paragraphs: list[tuple[int, str]] = []
    for begin, quote in sorted({(row["begin"], row["quote"]) for row in passages if row["what"] in ("text", "clause")}):
        if paragraphs and begin <= paragraphs[-1][0] + len(paragraphs[-1][1]):
            first, so_far = paragraphs[-1]
            paragraphs[-1] = (first, so_far + quote[first + len(so_far) - begin :])
        else:
            paragraphs.append((begin, quote))
    named: dict[tuple[int, int, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in passages:
        if row["what"] != "text":
            named[row["begin"], row["end"], _KINDS.get(row["what"], row["what"])].append(row)
    marks: list[Mark] = []
    before = 0  # characters of the paragraphs so far, their line ends included
    for begin, quote in paragraphs:
        shift = before - begin
        marks += [
            Mark(first + shift, last + shift, kind, *_said(site, rows))
            for (first, last, kind), rows in named.items()
            if begin <= first and last <= begin + len(quote)
        ]
        before += len(quote) + 1
    return highlighted("\n".join(quote for _, quote in paragraphs), marks), {one.kind for one in marks}


def _said(site: Site, rows: Sequence[Mapping[str, Any]]) -> tuple[str | None, str]:
    """Give where a mark leads, and what it says of itself."""
    names = "、".join(dict.fromkeys(str(row["objectName"]) for row in rows if row["objectName"]))
    if rows[0]["what"] in ("target", "clause", "deadline", "organisation"):
        return None, names
    return next((found for row in rows if row["object"] and (found := site.address(row["object"]))), None), names


def evidence(site: Site, passages: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, int, int, list[str]]]:
    """Give for wording and clauses: what, its place in the whole text, its characters, its places in the original."""
    found: dict[str, tuple[str, str, int, int, list[str]]] = {}
    for row in passages:
        if row["what"] in ("text", "clause"):
            one = found.setdefault(
                row["passage"],
                (row["what"], site.address(row["passage"]) or row["passage"], row["begin"], row["end"], []),
            )
            if row["location"]:
                one[4].append(row["location"])
    return list(found.values())


def parties(site: Site, task: TaskFacts, lang: str) -> list[dict[str, Any]]:
    """Give the parties of a task, each with how its name was resolved."""
    made = []
    for row in site.ask("task-parties", task=task.iri):
        rule = RULES.get(row["rule"])
        reason = row["reasonEn"] if lang == "en" and row["reasonEn"] else row["reason"]
        notes = [
            Words("对象不限于所列", "an open list").of(lang) if row["openList"] else "",
            Words("读法存疑", "doubtful reading").of(lang) if row["doubtful"] else "",
            Words(f"同时写作 {row['beside']}", f"beside {row['beside']}").of(lang) if row["beside"] else "",
        ]
        made.append(
            {
                **row,
                "address": site.address(row["participant"]),
                "place": site.address(row["passage"]),
                "how": Words(*rule).of(lang) if rule and not reason else reason or row["rule"],
                "notes": [note for note in notes if note],
            }
        )
    return made


def table(site: Site, task: TaskFacts) -> Section:
    """Give the parties of a task as a table, a row each."""
    keys = ("role", "roleWritten", "written", "name", "collective", "rule", "reason", "clauseRule", "begin", "end")
    names = (
        Words("角色", "role"),
        Words("角色原文", "role as written"),
        Words("名称原文", "name as written"),
        Words("名称", "name"),
        Words("集合称谓", "collective"),
        Words("认定规则", "rule"),
        Words("未认定的原因", "why not resolved"),
        Words("分工句式", "form of the clause"),
        Words("起", "begin"),
        Words("止", "end"),
    )
    more = (("id", Words("任务", "task")), ("participant", Words("参与方（IRI）", "participant (IRI)")))
    rows = [
        (*(row[key] for key in keys), task.id, row["participant"]) for row in site.ask("task-parties", task=task.iri)
    ]
    columns = tuple(Column(key, name) for key, name in (*zip(keys, names, strict=True), *more))
    return Section("parties", Words("责任方", "Parties"), columns, tuple(rows))


def history(facts: Facts, task: TaskFacts) -> tuple[list[Step], list[Step]]:
    """Give the links that lead to a task, and those that lead on from it: each task once, by the fewest steps."""
    return _chain(task, facts.earlier, lambda one: one.earlier), _chain(task, facts.later, lambda one: one.later)


def _chain(task: TaskFacts, steps: Mapping[str, Sequence[Step]], far: Callable[[Step], str]) -> list[Step]:
    found: list[Step] = []
    reached = [task.iri]
    for iri in reached:  # grows while it is gone through
        for one in steps.get(iri, ()):
            if far(one) not in reached:
                reached.append(far(one))
                found.append(one)
    return found


def step(facts: Facts, one: Step, other: str, lang: str) -> dict[str, Any]:
    """Give a link as the page shows it: the other task, the kind, the score, the wording both have."""
    near = facts.by_iri[one.later if other == one.earlier else one.earlier]
    far = facts.by_iri[other]
    return {
        "task": far,
        "address": address(far),
        "near": near,
        "near_address": address(near),
        "kind": LINKS[one.kind].of(lang),
        "key": one.kind,
        "score": one.score,
        "wording": one.wording,
        "text": excerpt(far.text, one.wording, 2 * _SHORT),
        "leads": [party.written for party in far.parties if party.role in (Role.LEAD, Role.RESPONSIBLE)],
    }


def neighbour(facts: Facts, task: TaskFacts, by: int) -> TaskFacts | None:
    """Give the task before or behind another in its plan."""
    at = facts.places_in_order[task.iri] + by
    found = facts.tasks[at] if 0 <= at < len(facts.tasks) else None
    return found if found and found.plan == task.plan else None
