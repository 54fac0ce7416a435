"""T1: what the plans name, by year: tasks, bodies, participations by role, and what is left out of the networks."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from plan_graph.analysis.facts import Party, TaskFacts
from plan_graph.model.plan import Role
from plan_graph.reports.paper.claims import number, plural
from plan_graph.reports.paper.grid import Cell, Part, Table, column
from plan_graph.reports.paper.study import Study
from plan_graph.reports.words import ROLES, Words

Tasks = Sequence[TaskFacts]


def make_corpus(study: Study) -> Part:
    """Describe the tasks chosen; nothing is tested."""
    tasks = study.content.population
    years = sorted({one.year for one in tasks if one.year is not None})
    some = [[one for one in tasks if one.year == year] for year in years]
    heads = [column(f"{year} 年", f"{year}") for year in years]
    if undated := [one for one in tasks if one.year is None]:
        some.append(undated)
        heads.append(column("未写年度", "no year stated"))
    if len(some) > 1:
        some.append(list(tasks))
        heads.append(column("合计", "all"))
    unresolved = {one.body for one in study.content.unresolved}
    rows = tuple((words, *(count(own) for own in some)) for words, count in _lines(unresolved))
    table = Table(
        "T1",
        Words("语料", "The corpus"),
        (column("项目", "item"), *heads),
        rows,
        (
            study.population(),
            Words(
                "参与：一项任务、一个机构、一种角色。一个机构在几年都有任务的，各年都计，合计只计一次。",
                "Participation: one task, one body, one role. A body with tasks in several years counts in each, and "
                "once in all.",
            ),
            Words("未加权；没有抽样。", "No weights; nothing is drawn."),
        ),
    )
    return Part(Words("语料", "The corpus"), (table,), _text(study, unresolved))


def _single(tasks: Tasks) -> list[Party]:
    return [party for one in tasks for party in one.parties if not party.collective]


def _open(tasks: Tasks, unresolved: set[str], wanted: bool) -> list[Party]:
    """Give the parties that are no single body: names nobody resolved, or collective references."""
    return [p for one in tasks for p in one.parties if p.collective and (p.body in unresolved) is wanted]


def _lines(unresolved: set[str]) -> list[tuple[Words, Callable[[Tasks], Cell]]]:
    def of_role(role: Role) -> Callable[[Tasks], Cell]:
        return lambda tasks: sum(party.role is role for party in _single(tasks))

    def sizes(tasks: Tasks) -> list[int]:
        return [len(one.bodies()) for one in tasks if one.bodies()]

    def middle(tasks: Tasks) -> Cell:
        return float(statistics.median(sizes(tasks))) if sizes(tasks) else None

    def mean(tasks: Tasks) -> Cell:
        return float(statistics.fmean(sizes(tasks))) if sizes(tasks) else None

    return [
        (Words("任务", "tasks"), len),
        (Words("　点名单个机构的", "  that name a single body"), lambda tasks: len(sizes(tasks))),
        (
            Words("　只写集合称谓或未确认名称的", "  that name only collectives or unresolved names"),
            lambda tasks: sum(bool(one.parties) and not one.bodies() for one in tasks),
        ),
        (Words("　没有写明责任单位的", "  that name nobody"), lambda tasks: sum(not one.parties for one in tasks)),
        (Words("机构", "bodies"), lambda tasks: len({party.body for party in _single(tasks)})),
        (Words("单个机构的参与", "participations of single bodies"), lambda tasks: len(_single(tasks))),
        *((Words(f"　{words.zh}", f"  {words.en}"), of_role(role)) for role, words in ROLES.items()),
        (Words("每项任务的机构数，平均", "bodies on a task, mean"), mean),
        (Words("每项任务的机构数，中位", "bodies on a task, median"), middle),
        (Words("每项任务的机构数，最多", "bodies on a task, most"), lambda tasks: max(sizes(tasks), default=None)),
        (
            Words("未计入网络的集合称谓", "collectives left out"),
            lambda tasks: len({party.body for party in _open(tasks, unresolved, False)}),
        ),
        (
            Words("　其参与", "  their participations"),
            lambda tasks: len(_open(tasks, unresolved, False)),
        ),
        (
            Words("未计入网络的未确认名称", "unresolved names left out"),
            lambda tasks: len({party.body for party in _open(tasks, unresolved, True)}),
        ),
        (Words("　其参与", "  their participations"), lambda tasks: len(_open(tasks, unresolved, True))),
    ]


def _text(study: Study, unresolved: set[str]) -> tuple[Words, ...]:
    tasks = study.content.population
    bodies = len(study.groups)
    single = _single(tasks)
    left = [p for one in tasks for p in one.parties if p.collective]
    share = len(left) / (len(left) + len(single))
    found = [
        Words(
            f"语料有任务 {len(tasks):,} 项、单个机构 {bodies:,} 个、参与 {len(single):,} 次。",
            f"The corpus has {plural(len(tasks), 'task')}, {plural(bodies, 'single body', 'single bodies')} and "
            f"{plural(len(single), 'participation')}.",
        ),
        Words(
            f"另有 {len(left):,} 次参与（占全部的 {share:.1%}）写的是集合称谓或未确认的名称，不是网络中的节点；"
            f"其中未确认的名称 {len(_open(tasks, unresolved, True)):,} 次。",
            f"{len(left):,} more ({share:.1%} of all) are by collectives or unresolved names, which are no nodes "
            f"(by unresolved names: {len(_open(tasks, unresolved, True)):,}).",
        ),
    ]
    sizes = sorted((len(one.bodies()) for one in tasks), reverse=True)
    if sizes[0] > 2:
        pairs = sum(size * (size - 1) // 2 for size in sizes)
        longest = sizes[0] * (sizes[0] - 1) // 2
        found.append(
            Words(
                f"最长的名单有 {sizes[0]} 个机构，这样一条就产生 {longest:,} 个共同任务的机构对"
                f"（全部任务合计 {pairs:,} 个，占 {number(100 * longest / pairs, 1)}%）。",
                f"A list of {sizes[0]} bodies, the longest, makes {longest:,} meetings of two bodies by itself "
                f"({number(100 * longest / pairs, 1)}% of the {pairs:,} that all tasks make).",
            )
        )
    if len(years := study.years) > 1:
        counts = [sum(one.year == year for one in tasks) for year in years]
        if min(counts) != max(counts):
            zh = "、".join(f"{year} 年 {count:,}" for year, count in zip(years, counts, strict=True))
            en = ", ".join(f"{year}: {count:,}" for year, count in zip(years, counts, strict=True))
            found.append(
                Words(
                    f"各年任务数不同（{zh}），原值不能跨年比较，见表 T5a。",
                    f"The years differ in tasks ({en}), so raw values are not compared between them; see table T5a.",
                )
            )
    return tuple(found)
