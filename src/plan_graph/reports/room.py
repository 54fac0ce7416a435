"""Who should be in the room, as a report."""

from __future__ import annotations

from collections.abc import Mapping

from plan_graph.analysis.names import Named
from plan_graph.analysis.room import Invitee, PlaceGap, Regular, Room, Unnamed, Usual
from plan_graph.analysis.scope import Scope
from plan_graph.model.plan import Role
from plan_graph.reports.overlap import method
from plan_graph.reports.sections import Cell, Column, Figure, Report, Section, roles
from plan_graph.reports.tasks import IRI, QUOTE, TEXT, ids, quote_cells, task_cells, task_columns, where
from plan_graph.reports.words import Words, listed

_RULES = {
    "all": Words("全部成员", "all members"),
    "some": Words("部分成员，未点名", "some members, not named"),
    "unresolved": Words("成员不明", "members unknown"),
    "name": Words("名称未确认", "a name nobody resolved"),
}
_STANDING = {
    "all": Words("“{collective}”已含{government}", "{collective} includes {government}"),
    "some": Words("“{collective}”可能含{government}，须点名", "{collective} may include {government}: name it"),
    "party": Words("{government}是责任方", "{government} is a party"),
}
EMPTY = Words("没有符合全部条件的任务", "no task fits all that was asked")


def room_report(scope: Scope, found: Room, known: Mapping[str, Named], asked: Words) -> Report:
    """Report who should be invited for the tasks; ``asked`` says how they were chosen."""
    nobody = sum(not gap.standing and not gap.outside for gap in found.places)
    figures = (
        Figure("asked", Words("选取", "chosen by"), asked),
        Figure("tasks", Words("任务", "tasks"), len(found.tasks)),
        Figure("invited", Words("点名的机构", "bodies named"), len(found.invited)),
        Figure(
            "leads",
            Words("其中牵头或负责", "of these leading or responsible"),
            sum(bool(i.leads) for i in found.invited),
        ),
        Figure("unnamed", Words("须落实的称谓", "collectives and names to resolve"), len(found.unnamed)),
        Figure("places", Words("点名而无人代表的市县", "places named for which nobody stands"), nobody),
        Figure(
            "missing",
            Words("没有点名、或应考虑的机构", "bodies not named that might be missed"),
            len({one.body for one in found.usual} | {one.body for one in found.regulars}),
        ),
    )
    sections = (
        _invited(scope, found, known),
        _reasons(scope, found, known),
        _cover(scope, found, known),
        _unnamed(scope, found),
        _places(scope, found),
        _usual(scope, found, known),
        _regulars(scope, found, known),
        Section(
            "tasks",
            Words("所选任务", "The tasks"),
            (*task_columns(scope), TEXT, Column("clause", Words("责任分工原文", "clause")), IRI),
            tuple((*task_cells(task), task.text, task.clause or None, task.iri) for task in found.tasks),
            empty=EMPTY,
        ),
    )
    return Report(
        Words("这些任务应请谁到会", "Who should be in the room"),
        figures,
        sections,
        "invited",
        () if found.tasks else (EMPTY,),
    )


def _invited(scope: Scope, found: Room, known: Mapping[str, Named]) -> Section:
    def row(at: int, one: Invitee) -> tuple[Cell, ...]:
        lead = [reason.task for reason in one.reasons if one.body in reason.task.leads]
        rest = [reason.task for reason in one.reasons if one.body not in reason.task.leads]
        with_lead = None if one.tie is None else one.tie.left if one.tie.right == one.body else one.tie.right
        return (
            at,
            known[one.body].short,
            known[one.body].name,
            one.leads,
            sum(Role.SUPPORT in reason.roles for reason in one.reasons),
            len(one.reasons),
            ids(scope, lead) or None,
            ids(scope, rest) or None,
            None if with_lead is None else known[with_lead].short,
            None if one.tie is None else one.tie.q,
            one.body,
        )

    return Section(
        "invited",
        Words("应邀机构", "Bodies to invite"),
        (
            Column("order", Words("序", "no.")),
            Column("body", Words("机构", "body")),
            Column("name", Words("全称", "full name"), shown=False),
            Column("leads", Words("牵头或负责", "leads")),
            Column("supports", Words("配合", "supports")),
            Column("tasks", Words("任务", "tasks")),
            Column("leadIds", Words("牵头或负责的任务", "tasks it leads"), many=True),
            Column("otherIds", Words("其他任务", "other tasks"), many=True),
            Column("with", Words("关系最紧的牵头机构", "closest lead")),
            Column("q", Words("q 值", "q")),
            Column("id", Words("机构标识", "id"), shown=False),
        ),
        tuple(row(at, one) for at, one in enumerate(found.invited, start=1)),
        (
            Words(
                "排序：先按牵头（没有牵头的按负责）的任务数，再按任务数，再按与牵头机构关系的意外程度（q，再按倍数）",
                "order: tasks it leads (or is responsible for where nobody leads), then tasks, then surprise of its "
                "tie with a lead (q, then ratio)",
            ),
            method(scope),
        ),
        Words("所选任务没有点名任何单一机构", "the tasks name no single body"),
    )


def _reasons(scope: Scope, found: Room, known: Mapping[str, Named]) -> Section:
    return Section(
        "reasons",
        Words("邀请的依据", "Why they are invited"),
        (
            Column("order", Words("序", "no.")),
            Column("body", Words("机构", "body")),
            *task_columns(scope),
            Column("role", Words("角色", "role")),
            *QUOTE,
            IRI,
        ),
        tuple(
            (
                at,
                known[one.body].short,
                *task_cells(reason.task),
                roles(reason.roles),
                *quote_cells(reason.quotes),
                reason.task.iri,
            )
            for at, one in enumerate(found.invited, start=1)
            for reason in one.reasons
        ),
    )


def _cover(scope: Scope, found: Room, known: Mapping[str, Named]) -> Section:
    by_iri = {task.iri: task for task in found.tasks}
    notes = [
        Words("已证明没有更小的一组；同样大小的可能还有别的", "proven smallest; there may be others of this size")
        if found.cover.exact
        else Words(
            "用贪心法加有限次搜索得到，没有证明是最小的一组",
            "found greedily and by a search cut short: not proven smallest",
        )
    ]
    if found.cover.untouched:
        left = ids(scope, [by_iri[one] for one in found.cover.untouched])
        notes.append(Words(f"没有单一机构可请的任务：{left}", f"tasks without any single body: {left}"))
    return Section(
        "cover",
        Words("最少请哪几家：每项任务至少有一家到会", "The fewest bodies: one of each task is there"),
        (
            Column("body", Words("机构", "body")),
            Column("count", Words("任务", "tasks")),
            Column("taskIds", Words("涉及的任务", "tasks it is on"), many=True),
            Column("id", Words("机构标识", "id"), shown=False),
        ),
        tuple(
            (known[body].short, len(own), ids(scope, [by_iri[one] for one in own]), body)
            for body, own in zip(found.cover.bodies, found.cover.tasks, strict=True)
        ),
        tuple(notes) if found.tasks else (),
    )


def _unnamed(scope: Scope, found: Room) -> Section:
    def row(one: Unnamed) -> tuple[Cell, ...]:
        return (
            *task_cells(one.task),
            one.party.written,
            _RULES.get(one.rule, Words(one.rule, one.rule)),
            one.members or None,
            "、".join(one.candidates.values()) or None,
            "、".join(dict.fromkeys(place.written for place in one.task.places)) or None,
            one.task.clause or None,
            where([(one.party.begin, one.party.end)]),
            one.task.iri,
        )

    return Section(
        "unnamed",
        Words("须由综合处室落实到具体单位的称谓", "Collectives and names the office must turn into bodies"),
        (
            *task_columns(scope),
            Column("written", Words("称谓", "as written")),
            Column("rule", Words("成员范围", "members")),
            Column("members", Words("可能成员数", "possible members")),
            Column("candidates", Words("按任务点名的地方提出的候选", "candidates at the places named")),
            Column("places", Words("任务点名的地方", "places named")),
            Column("clause", Words("责任分工原文", "clause")),
            Column("where", Words("称谓位置（第几字）", "place in the text (characters)"), shown=False),
            IRI,
        ),
        tuple(map(row, found.unnamed)),
        (
            Words(
                "候选只按任务正文点名的市县提出，没有点名的不猜",
                "candidates are proposed only for cities and counties the text names; nothing is guessed",
            ),
        ),
    )


def _places(scope: Scope, found: Room) -> Section:
    def standing(gap: PlaceGap) -> Words:
        said = [
            Words(*(text.format(collective=one.collective, government=one.government) for text in _STANDING[one.rule]))
            for one in gap.standing
        ]
        if not said:
            return Words("外省，通常不请", "outside the province") if gap.outside else Words("没有", "nobody")
        return listed(said)

    return Section(
        "places",
        Words("任务点名、其政府却不是责任方的市县", "Cities and counties named whose government is no party"),
        (
            *task_columns(scope),
            Column("place", Words("地方", "place")),
            Column("written", Words("原文写法", "as written")),
            Column("government", Words("政府", "government")),
            Column("standing", Words("谁可代表", "who may stand for it")),
            TEXT,
            Column("where", Words("地名位置（第几字）", "place in the text (characters)"), shown=False),
            IRI,
        ),
        tuple(
            (
                *task_cells(gap.task),
                gap.place.name,
                gap.place.written,
                gap.government,
                standing(gap),
                gap.task.text,
                where([(gap.place.begin, gap.place.end)]),
                gap.task.iri,
            )
            for gap in sorted(found.places, key=lambda gap: (bool(gap.standing), gap.outside))
        ),
    )


def _usual(scope: Scope, found: Room, known: Mapping[str, Named]) -> Section:
    def row(one: Usual) -> tuple[Cell, ...]:
        tie = one.tie
        return (
            known[one.body].short,
            known[one.lead].short,
            tie.shared,
            round(tie.expected, 4),
            round(tie.shared / tie.expected, 4) if tie.expected else None,
            tie.q,
            ids(scope, one.tasks),
            one.body,
        )

    return Section(
        "usual",
        Words("没有点名、但与牵头机构经常同行的机构（q < 0.05）", "Not named, but goes with a lead (q < 0.05)"),
        (
            Column("body", Words("机构", "body")),
            Column("lead", Words("牵头机构", "lead")),
            Column("shared", Words("共同任务", "shared")),
            Column("expected", Words("预期任务数", "expected")),
            Column("ratio", Words("倍数", "ratio")),
            Column("q", Words("q 值", "q")),
            Column("taskIds", Words("依据：两家的共同任务", "evidence: the tasks both are on"), many=True),
            Column("id", Words("机构标识", "id"), shown=False),
        ),
        tuple(map(row, found.usual)),
        () if scope.ties else (method(scope),),
    )


def _regulars(scope: Scope, found: Room, known: Mapping[str, Named]) -> Section:
    def row(one: Regular) -> tuple[Cell, ...]:
        return known[one.body].short, one.theme, len(one.tasks), one.of, ids(scope, one.tasks), one.body

    return Section(
        "regulars",
        Words(
            "没有点名、但在同一主题其余任务中过半的机构",
            "Not named, but on more than half of the theme's other tasks",
        ),
        (
            Column("body", Words("机构", "body")),
            Column("theme", Words("主题", "theme")),
            Column("tasks", Words("其余任务中的任务", "of the other tasks")),
            Column("of", Words("其余任务", "other tasks")),
            Column("taskIds", Words("依据：任务", "evidence: tasks"), many=True),
            Column("id", Words("机构标识", "id"), shown=False),
        ),
        tuple(map(row, found.regulars)),
    )
