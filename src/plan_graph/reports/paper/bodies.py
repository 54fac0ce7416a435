"""T4: how central each body is, with intervals from tasks drawn again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx

from plan_graph.analysis.measures.bootstrap import BodyInterval, bootstrap
from plan_graph.analysis.measures.paths import paths
from plan_graph.analysis.network import Layer, measures
from plan_graph.reports.paper.claims import LEAST_TASKS, LEVEL, apart, listed, number, plural, resolved, span
from plan_graph.reports.paper.grid import Cell, Interval, Part, Table, column
from plan_graph.reports.paper.study import Study
from plan_graph.reports.whole.bodies import body_rows
from plan_graph.reports.words import Words

_SHOWN = 20
_TOP = 10
Found = Mapping[tuple[str, str], BodyInterval]


def make_bodies(study: Study) -> Part:
    """Give the bodies by strength; only strength, which resampling leaves unbiased, is compared between bodies."""
    settings = study.settings
    found: Found = {
        (one.measure, one.body): one
        for one in bootstrap(
            study.rows,
            centralities={"betweenness": _betweenness},
            resamples=settings.resamples,
            graph_resamples=settings.graphs,
            top=_TOP,
            seed=settings.seed,
        )
    }
    constraint = {one.body: one.constraint for one in measures(study.networks[Layer.ANY], settings.seed)}
    of_body = {row.body: row for row in body_rows(study.content, settings.seed)}
    order = [body for measure, body in found if measure == "strength"]
    rows: list[tuple[Cell, ...]] = []
    with_bca = any(_bca(found["degree", body]) for body in order[:_SHOWN])
    for body in order:
        strength, degree, between = (found[name, body] for name in ("strength", "degree", "betweenness"))
        row = of_body[body]
        rows.append(
            (
                *(strength.rank, study.name(body), row.tasks, row.lead_share, row.answers / row.tasks),
                *(int(strength.observed), _inside(strength), (strength.rank_low, strength.rank_high)),
                *(int(degree.observed), *((_bca(degree),) * with_bca), (degree.rank_low, degree.rank_high)),
                *(between.observed, _holding(between), (between.rank_low, between.rank_high)),
                constraint[body],
            )
        )
    table = Table(
        "T4",
        Words("机构的中心性", "Centrality of bodies"),
        (
            column("位次", "rank"),
            column("机构", "body"),
            column("任务", "tasks"),
            column("牵头占比", "lead share"),
            column("主责占比", "answers for"),
            column("强度", "strength"),
            column("强度 95% 区间", "strength, 95 %", 0, interval=True),
            column("强度位次区间", "rank by strength, 95 %", 0, interval=True),
            column("度", "degree"),
            *((column("度 95% 区间（BCa）", "degree, 95 % (BCa)", 0, interval=True),) * with_bca),
            column("度位次区间", "rank by degree, 95 %", 0, interval=True),
            column("中介", "betweenness", 3),
            column("中介 95% 区间", "betweenness, 95 %", 3, interval=True),
            column("中介位次区间", "rank by betweenness, 95 %", 0, interval=True),
            column("约束", "constraint", 3),
        ),
        tuple(rows),
        (
            study.population(),
            Words(
                "网络：同在一项任务，任何角色，全部年度；权重：共同任务数；中介的距离为 1/共同任务数。"
                "牵头占比：牵头任务数除以任务数；主责占比：未写牵头的任务，负责单位也计入。约束和占比没有区间，只作描述。",
                "Network of any role, all years; weights: shared tasks; betweenness over distance = 1/shared. Lead "
                "share: tasks led over tasks; answers for: the same, and where nobody leads, who is responsible. "
                "Constraint and shares have no intervals and are described only.",
            ),
            Words(
                f"区间：对任务有放回重抽 {settings.resamples:,} 次（中介 {settings.graphs:,} 次），"
                f"种子 {settings.seed}；强度、中介为百分位区间，不含实际值的记“–”；"
                f"度{'为 BCa 区间，算不出的记“–”' if with_bca else '算不出可用的区间，只给位次区间'}。"
                "重抽的网络缺一部分任务，度偏小，中介也有偏，故机构之间只比强度。区间逐个机构给出，不是联合区间。",
                f"Intervals: tasks resampled {plural(settings.resamples, 'time')} with replacement "
                f"({settings.graphs:,} for betweenness), seed {settings.seed}; percentile for strength and "
                "betweenness, – where it does not hold the value itself; "
                f"{'BCa for degree, – where there is none' if with_bca else 'none is sound for degree, only ranks'}. "
                "A resample lacks some tasks, which makes degree too small and biases betweenness, so bodies are "
                "compared by strength alone. Intervals are of each body by itself, not simultaneous.",
            ),
        ),
        _SHOWN,
    )
    text, claims, undecided = _compared(study, found, order)
    return Part(Words("机构", "Bodies"), (table,), text, claims, undecided, ("F2", "F3"))


def _betweenness(graph: nx.Graph) -> Mapping[str, float]:
    return paths(graph).betweenness


def _inside(one: BodyInterval) -> Interval:
    return one.low, one.high


def _holding(one: BodyInterval) -> Interval | None:
    """Give the percentile interval, or nothing where bias has moved it off the value itself."""
    return _inside(one) if one.low <= one.observed <= one.high else None


def _bca(one: BodyInterval) -> Interval | None:
    return None if one.bca_low is None or one.bca_high is None else (one.bca_low, one.bca_high)


def _compared(
    study: Study, found: Found, order: Sequence[str]
) -> tuple[tuple[Words, ...], tuple[Words, ...], tuple[Words, ...]]:
    """Say which bodies the first is told apart from, and whose place among the first is sure."""
    strength = {body: found["strength", body] for body in order}
    if len(order) < 2 or not strength[order[0]].observed:
        return (Words("没有可以比较的机构。", "There are no bodies to compare."),), (), ()
    first = order[0]
    mine = _inside(strength[first])
    near = [body for body in order[1:] if not apart(mine, _inside(strength[body]))]
    far = len(order) - 1 - len(near)
    name = study.name(first)
    text = [
        Words(
            f"强度最大的是{name}：{int(strength[first].observed):,}，95% 区间 {span(mine, 0)}。",
            f"{name} has the highest strength: {int(strength[first].observed):,}, 95 % interval {span(mine, 0)}.",
        )
    ]
    claims: list[Words] = []
    undecided: list[Words] = []
    tasks = len({row.task for row in study.rows})
    if tasks < LEAST_TASKS or not resolved(study.settings.resamples, LEVEL / 2):
        few = Words(
            f"任务 {tasks:,} 项、重抽 {study.settings.resamples:,} 次，太少，不比较机构。",
            f"With {plural(tasks, 'task')} and {plural(study.settings.resamples, 'resample')} bodies are not compared: "
            "these are too few.",
        )
        return tuple(text), (), (few,)
    if far:
        claims.append(
            Words(
                f"{name}的强度区间高于其余 {len(order) - 1:,} 个机构中{f' {far:,} 个' if near else '每一个'}的区间，"
                "没有重叠。",
                f"The interval of the strength of {name} lies above those of {f'{far:,} of the' if near else 'all'} "
                f"{plural(len(order) - 1, 'other body', 'other bodies')}, without overlap.",
            )
        )
    if near:
        named = listed(study.names(near))
        undecided.append(
            Words(
                f"{name}与{named.zh}的强度区间重叠，谁的强度更大，数据分辨不出。",
                f"The intervals of {name} and of {named.en} overlap: the data do not tell whose strength is higher.",
            )
        )
    if len(order) > _TOP:
        sure = [body for body in order if strength[body].rank_high <= _TOP]
        maybe = [body for body in order if strength[body].rank_low <= _TOP < strength[body].rank_high]
        if sure:
            named = listed(study.names(sure), _TOP)
            claims.append(
                Words(
                    f"强度位次的 95% 区间全在前 {_TOP} 名以内的机构有 {len(sure)} 个：{named.zh}。",
                    f"The 95 % interval of the rank by strength lies within the first {_TOP} for "
                    f"{plural(len(sure), 'body', 'bodies')}: {named.en}.",
                )
            )
        if maybe:
            undecided.append(
                Words(
                    f"另有 {len(maybe)} 个机构的位次区间跨过第 {_TOP} 名，是否在前 {_TOP} 名，数据分辨不出。",
                    f"For {len(maybe)} more the interval of the rank crosses {_TOP}: whether they are among the first "
                    f"{_TOP} the data do not tell.",
                )
            )
    between = sorted((found["betweenness", body] for body in order), key=lambda one: (one.rank, one.body))[0]
    if between.observed > 0:
        text.append(
            Words(
                f"中介最大的是{study.name(between.body)}（{number(between.observed, 3)}）；重抽对中介有偏，"
                "不据此比较机构。",
                f"{study.name(between.body)} has the highest betweenness ({number(between.observed, 3)}); as resamples "
                "are biased in it, bodies are not compared by it.",
            )
        )
    return tuple(text), tuple(claims), tuple(undecided)
