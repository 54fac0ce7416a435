"""What changed between two builds, or between a plan and its revision, as a report and as events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.revision import Change, Pair, Revision, known_as
from plan_graph.graph.statements.revision import Event
from plan_graph.iri import Base
from plan_graph.reports.alike import marked
from plan_graph.reports.sections import ROLES, Cell, Column, Figure, Report, Section, same
from plan_graph.reports.words import Words, listed

KINDS = {
    "added": Words("新增", "added"),
    "removed": Words("删去", "removed"),
    "changed": Words("有改动", "changed"),
    "moved": Words("仅编号变动", "only renumbered"),
    "same": Words("未变", "same"),
}
FIELDS = {
    "number": Words("编号", "number"),
    "year": Words("年度", "year"),
    "theme": Words("主题", "theme"),
    "text": Words("任务正文", "text"),
    "role": Words("角色", "role"),
    "party": Words("责任方", "party"),
    "clause": Words("责任分工原文", "clause"),
    "place": Words("地点", "place"),
    "document": Words("文件", "document"),
    "target": Words("目标", "target"),
    "deadline": Words("时限", "deadline"),
}
_OLD, _NEW = Words("原", "old"), Words("新", "new")
_CUT = Words("【】内是原文删去、新文添入的字", "in 【】: what was taken out of the old and put into the new")
_NOTHING = Words("没有", "none")


def revision_report(found: Revision) -> Report:
    """Report documents, tasks, each single change, and the bodies whose load changed."""
    kinds = Counter(pair.kind for pair in found.pairs)
    changed = [pair for pair in found.pairs if pair.kind != "same"]
    return Report(
        Words("两次之间的变化", "What changed"),
        (
            Figure("compared", Words("比较的文件", "documents compared"), len(found.compared)),
            Figure("onlyOld", Words("只在原有中的文件", "documents only in the old"), len(found.only_old)),
            Figure("onlyNew", Words("只在新版中的文件", "documents only in the new"), len(found.only_new)),
            *(Figure(kind, _tasks(kind), kinds[kind]) for kind in KINDS),
            Figure("bodies", Words("任务数有变的机构", "bodies whose load changed"), len(found.loads)),
        ),
        (
            _documents(found),
            Section(
                "tasks",
                Words("任务", "Tasks"),
                (
                    Column("kind", Words("变化", "change")),
                    Column("oldPlan", Words("原计划", "old plan"), shown=False),
                    Column("old", Words("原编号", "old number")),
                    Column("newPlan", Words("新计划", "new plan"), shown=False),
                    Column("new", Words("新编号", "new number")),
                    Column("fields", Words("改动之处", "what changed"), many=True),
                    Column("likeness", Words("措辞相似", "likeness of wording")),
                    Column("text", Words("任务正文", "text")),
                    Column("oldTask", Words("原任务（IRI）", "old task (IRI)"), shown=False),
                    Column("newTask", Words("新任务（IRI）", "new task (IRI)"), shown=False),
                ),
                tuple(_task(pair) for pair in changed),
                empty=_NOTHING,
            ),
            Section(
                "changes",
                Words("逐项改动", "Each change"),
                (
                    Column("old", Words("原编号", "old number")),
                    Column("new", Words("新编号", "new number")),
                    Column("field", Words("项目", "what")),
                    Column("was", _OLD),
                    Column("now", _NEW),
                    Column("body", Words("机构标识", "id of the body"), shown=False),
                    Column("oldTask", Words("原任务（IRI）", "old task (IRI)"), shown=False),
                    Column("newTask", Words("新任务（IRI）", "new task (IRI)"), shown=False),
                ),
                tuple(row for pair in found.pairs for row in _changes(pair)),
                (_CUT,),
                _NOTHING,
            ),
            Section(
                "bodies",
                Words("机构的任务数", "Loads of bodies"),
                (
                    Column("body", Words("机构", "body")),
                    Column("oldTasks", Words("原任务数", "old tasks")),
                    Column("newTasks", Words("新任务数", "new tasks")),
                    Column("oldLeads", Words("原牵头（负责）", "old: leads or responsible")),
                    Column("newLeads", Words("新牵头（负责）", "new: leads or responsible")),
                    Column("id", Words("机构标识", "id"), shown=False),
                ),
                tuple(
                    (one.name, one.old_tasks, one.new_tasks, one.old_leads, one.new_leads, one.body)
                    for one in found.loads
                ),
                empty=_NOTHING,
            ),
        ),
        "changes",
    )


def _tasks(kind: str) -> Words:
    return Words(f"{KINDS[kind].zh}的任务", f"tasks {KINDS[kind].en}")


def _documents(found: Revision) -> Section:
    rows: list[tuple[Cell, ...]] = [
        *((old, new, Words("比较", "compared")) for old, new in found.compared),
        *((old, None, Words("只在原有中", "only in the old")) for old in found.only_old),
        *((None, new, Words("只在新版中", "only in the new")) for new in found.only_new),
    ]
    columns = (Column("old", _OLD), Column("new", _NEW), Column("what", Words("处理", "what became of it")))
    return Section("documents", Words("文件", "Documents"), columns, tuple(rows))


def _task(pair: Pair) -> tuple[Cell, ...]:
    shown = pair.new or pair.old
    fields = dict.fromkeys(change.field for change in pair.changes)
    return (
        KINDS[pair.kind],
        pair.old.plan if pair.old else None,
        pair.old.id if pair.old else None,
        pair.new.plan if pair.new else None,
        pair.new.id if pair.new else None,
        listed((FIELDS[field] for field in fields), "、", ", ") if fields else None,
        round(pair.likeness, 3) if pair.old and pair.new else None,
        shown.text if shown else None,
        pair.old.iri if pair.old else None,
        pair.new.iri if pair.new else None,
    )


def _changes(pair: Pair) -> list[tuple[Cell, ...]]:
    if pair.old is None or pair.new is None:
        return []
    ids = (pair.old.id, pair.new.id)
    iris = (pair.old.iri, pair.new.iri)
    return [
        (*ids, FIELDS[one.field], *_sides(one), one.body or None, *iris)
        for one in pair.changes
        if one.field != "number"  # the two columns say it
    ]


def _sides(change: Change) -> tuple[Cell, Cell]:
    """Give what was and what is, as people read it."""
    if change.field in ("text", "clause"):
        return marked(change.old, [change.cut]) or None, marked(change.new, [change.put]) or None
    if change.field in ("role", "party"):
        sides = ((change.old, change.old_role), (change.new, change.new_role))
        was, now = (
            Words(f"{name}（{ROLES[role].zh}）", f"{name} ({ROLES[role].en})") if role else None for name, role in sides
        )
        return was, now
    return same(change.old) if change.old else None, same(change.new) if change.new else None


def revision_events(found: Revision, base: Base) -> list[Event]:
    """Give the changes as events of Activity Streams, in the order of the tasks, then bodies that came and went."""
    made: list[Event] = []
    for pair in found.pairs:
        if pair.old is not None and pair.new is not None:
            made += _events(pair, pair.old, pair.new, base)
        elif pair.new is not None:
            made.append(Event("Create", pair.new.iri))
        elif pair.old is not None:
            made.append(Event("Delete", pair.old.iri))
    for one in found.loads:
        if 0 in (one.old_tasks, one.new_tasks):
            made.append(Event("Add" if one.new_tasks else "Remove", base.iri("body", id=one.body).value, zh=one.name))
    return made


def _events(pair: Pair, old: TaskFacts, new: TaskFacts, base: Base) -> Iterator[Event]:
    if pair.moved:
        yield Event("Move", new.iri, origin=old.iri, target=new.iri, zh=f"{old.id} → {new.id}")
    for one in pair.changes:
        if one.field in ("role", "party"):
            if one.old_role:
                who = _participant(one, old, base)
                yield Event("Remove", who, origin=new.iri, role=one.old_role.value, zh=one.old)
            if one.new_role:
                who = _participant(one, new, base)
                yield Event("Add", who, target=new.iri, role=one.new_role.value, zh=one.new)
        elif one.field != "number":
            said, what = f"{one.old or '–'} → {one.new or '–'}", FIELDS[one.field]
            yield Event("Update", new.iri, zh=f"{what.zh}：{said}", en=f"{what.en}: {said}")


def _participant(change: Change, task: TaskFacts, base: Base) -> str:
    """Give the IRI of a body, a collective, or a name nobody knows, by the id that the task's facts have of it."""
    party = next(one for one in task.parties if known_as(one) == change.body)
    if not party.collective:
        return base.iri("body", id=party.body).value
    document, _, begin = party.body.partition("/char-")
    if begin:
        return base.iri("name", document=document, begin=begin).value
    return base.iri("collective", id=party.body).value
