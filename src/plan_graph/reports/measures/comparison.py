"""Two years of a network compared as a report: who came and went, and figures at equal size."""

from __future__ import annotations

from collections.abc import Iterable

from plan_graph.analysis.measures.change import Turnover, change
from plan_graph.analysis.measures.qap import qap
from plan_graph.analysis.measures.rarefaction import rarefy
from plan_graph.model.network import Membership
from plan_graph.reports.measures.population import LAYERS, Population, counted_as, rounded
from plan_graph.reports.measures.words import FIGURES
from plan_graph.reports.sections import Cell, Column, Figure, Report, Section, same
from plan_graph.reports.words import Words


def comparison(about: Population, before: int, after: int) -> Report:
    """Compare two years in the layer of a population: turnover, QAP correlation, figures rarefied to the smaller year.

    The QAP correlation is over the bodies of both years, by shared tasks.
    """
    found = change(about.counted, before, after, layer=about.layer)
    one, other = about.network(about.layer, before), about.network(about.layer, after)
    common = qap(one, other, over="common", seed=about.seed)
    rows = [row for row in about.counted if row.year in (before, after)]
    return Report(
        Words(f"{before} 年与 {after} 年的协作网络", f"Coordination networks of {before} and {after}"),
        (
            *counted_as(about),
            Figure("layer", Words("关系层", "layer"), LAYERS[about.layer]),
            Figure("tasks", Words("任务", "tasks"), "→".join(f"{_tasks(rows, year):,}" for year in (before, after))),
            Figure("weight", Words("权重", "weight"), Words("共同任务数", "shared tasks")),
            Figure("qap", Words("QAP 相关", "QAP correlation"), rounded(common.correlation)),
            Figure("qapP", Words("QAP 上尾 p", "QAP p, upper tail"), rounded(common.p_high)),
            Figure("qapBodies", Words("两年都有的机构", "bodies of both years"), common.nodes),
            Figure("permutations", Words("置换次数", "permutations"), common.permutations),
            Figure("seed", Words("种子", "seed"), about.seed),
        ),
        (
            Section(
                "turnover",
                Words("进入、退出、延续", "Entry, exit, persistence"),
                (
                    Column("what", Words("对象", "what")),
                    Column("before", same(str(before))),
                    Column("after", same(str(after))),
                    Column("entered", Words("进入", "entered")),
                    Column("left", Words("退出", "left")),
                    Column("stayed", Words("延续", "stayed")),
                    Column("kept", Words("留存率", "kept")),
                    Column("new", Words("新进率", "new")),
                    Column("jaccard", Words("Jaccard", "Jaccard")),
                ),
                (
                    (Words("机构", "bodies"), *_turnover(found.bodies)),
                    (Words("关系", "ties"), *_turnover(found.ties)),
                ),
                (
                    Words(
                        "任务少的年度机构和关系自然也少，见下表", "a year of fewer tasks has fewer of both: see below"
                    ),
                ),
            ),
            _rarefied(about, rows),
            Section(
                "bodies",
                Words("进入与退出的机构", "Bodies that entered or left"),
                (Column("id", Words("标识", "id"), shown=False), Column("body", Words("机构", "body")), _HOW),
                (*_bodies(about, found.bodies.entered, _ENTERED), *_bodies(about, found.bodies.left, _LEFT)),
            ),
            Section(
                "ties",
                Words("延续的关系", "Ties that stayed"),
                (
                    Column("a", Words("标识甲", "id A"), shown=False),
                    Column("b", Words("标识乙", "id B"), shown=False),
                    Column("bodyA", Words("机构", "body")),
                    Column("bodyB", Words("机构", "body")),
                    Column("before", same(str(before))),
                    Column("after", same(str(after))),
                ),
                tuple(
                    (a, b, about.name(a), about.name(b), one.edges[a, b]["shared"], other.edges[a, b]["shared"])
                    for a, b in sorted(
                        found.ties.stayed, key=lambda tie: (-one.edges[tie]["shared"] - other.edges[tie]["shared"], tie)
                    )
                ),
            ),
        ),
        "turnover",
    )


def _tasks(rows: Iterable[Membership], year: int) -> int:
    return len({row.task for row in rows if row.year == year})


_ENTERED, _LEFT = Words("进入", "entered"), Words("退出", "left")
_HOW = Column("how", Words("变化", "change"))


def _turnover(found: Turnover[str] | Turnover[tuple[str, str]]) -> tuple[Cell, ...]:
    entered, left, stayed = len(found.entered), len(found.left), len(found.stayed)
    shares = rounded(found.kept), rounded(found.new), rounded(found.jaccard)
    return left + stayed, entered + stayed, entered, left, stayed, *shares


def _rarefied(about: Population, rows: Iterable[Membership]) -> Section:
    found = rarefy(rows, seed=about.seed, draws=about.resamples)
    return Section(
        "rarefied",
        Words("抽取同样多任务时的指标", "Figures at the same number of tasks"),
        (
            Column("figure", Words("指标", "figure")),
            Column("year", Words("年度", "year")),
            Column("tasks", Words("任务", "tasks")),
            Column("size", Words("抽取任务", "tasks drawn")),
            Column("observed", Words("原值", "observed")),
            Column("mean", Words("同等规模下", "at equal size")),
            Column("low", Words("下限", "low")),
            Column("high", Words("上限", "high")),
        ),
        tuple(
            (
                FIGURES.get(one.figure, same(one.figure)),
                str(one.year),
                one.tasks,
                one.size,
                rounded(one.observed),
                rounded(one.mean),
                rounded(one.low),
                rounded(one.high),
            )
            for one in sorted(found, key=lambda one: (one.figure, one.year))
        ),
        (
            Words(
                "区间为 95%，指抽到哪些任务；两年的区间重叠时，不能说两年有别；任务少的一年全部抽到，没有区间。"
                "不论关系层，都看同在一项任务",
                "intervals of 95 %, of which tasks are drawn; where they overlap no difference can be claimed; the "
                "year of fewer tasks is drawn whole and has no interval. On the same task, whatever the layer",
            ),
        ),
    )


def _bodies(about: Population, bodies: Iterable[str], how: Words) -> list[tuple[Cell, ...]]:
    return [(body, about.name(body), how) for body in bodies]
