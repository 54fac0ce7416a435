"""How far figures can be trusted: both null models, intervals, other choices, years at equal size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plan_graph.reports.measures.population import Population, body_columns, rounded, tables, who
from plan_graph.reports.sections import Column, Figure, Report, Section, same
from plan_graph.reports.words import Words

if TYPE_CHECKING:
    from plan_graph.analysis.measures.bootstrap import BodyInterval

_INTERVAL = Words("区间为 95%", "intervals are 95 %")


def backbone_report(about: Population) -> Report:
    """Report backbone."""
    from plan_graph.analysis.measures.backbone import agreement, fdsm, sdsm

    fast, drawn = sdsm(about.of_year), fdsm(about.of_year, draws=about.draws, seed=about.seed)
    compared = agreement(drawn, fast)
    closed = {(one.left, one.right): one for one in fast.pairs()}
    rows = []
    for one in sorted(drawn.pairs(), key=lambda one: (one.q, -one.shared, one.left, one.right)):
        other = closed[one.left, one.right]
        rows.append(
            (
                one.left,
                one.right,
                about.name(one.left),
                about.name(one.right),
                one.shared,
                rounded(one.expected),
                one.p,
                one.q,
                rounded(other.expected),
                other.p,
                other.q,
                other.q_all,
            )
        )
    columns = (
        Column("a", Words("标识甲", "id A"), shown=False),
        Column("b", Words("标识乙", "id B"), shown=False),
        Column("bodyA", Words("机构", "body")),
        Column("bodyB", Words("机构", "body")),
        Column("shared", Words("共同任务", "shared")),
        Column("expected", Words("预期（抽样）", "expected (FDSM)")),
        Column("p", Words("p（抽样）", "p (FDSM)")),
        Column("q", Words("q（抽样）", "q (FDSM)")),
        Column("expectedSdsm", Words("预期（闭式）", "expected (SDSM)")),
        Column("pSdsm", Words("p（闭式）", "p (SDSM)")),
        Column("qSdsm", Words("q（闭式）", "q (SDSM)")),
        Column("qAllSdsm", Words("q（就全部机构对）", "q (over all pairs)"), shown=False),
    )
    return tables(
        (
            Figure("both", Words("两者都显著（q<0.05）", "by both (q<0.05)"), compared.both),
            Figure("fdsmOnly", Words("只抽样显著", "by FDSM only"), compared.first_only),
            Figure("sdsmOnly", Words("只闭式显著", "by SDSM only"), compared.second_only),
            Figure("correlation", Words("两种 p 的相关", "correlation of the two p"), rounded(compared.correlation)),
        ),
        (Section("backbone", Words("骨干关系", "Backbone"), columns, tuple(rows)),),
        Words(
            f"抽样：固定度序列（FDSM），{about.draws:,} 次；闭式：SDSM；"
            "两者都保持每个计划的行列和；收入有共同任务的各对",
            f"FDSM: {about.draws:,} draws with fixed margins; SDSM: closed form; both keep the margins of each plan; "
            "the pairs that share a task",
        ),
    )


def bootstrap_report(about: Population) -> Report:
    """Report bootstrap."""
    from plan_graph.analysis.measures.bootstrap import betweenness, bootstrap, closeness
    from plan_graph.reports.measures.words import CENTRALITIES

    found = bootstrap(
        about.of_year,
        centralities={"betweenness": betweenness, "closeness": closeness},
        resamples=about.resamples,
        graph_resamples=max(1, about.resamples // 10),
        seed=about.seed,
    )
    rows = [
        (
            CENTRALITIES.get(one.measure, same(one.measure)),
            *who(about, one.body),
            rounded(one.observed),
            *_interval(one),
            one.rank,
            one.rank_low,
            one.rank_high,
            rounded(one.top),
            one.resamples,
        )
        for one in sorted(found, key=lambda one: (one.measure, one.rank, one.body))
    ]
    columns = (
        Column("measure", Words("指标", "measure")),
        *body_columns(),
        Column("observed", Words("观测值", "observed")),
        Column("low", Words("下限", "low")),
        Column("high", Words("上限", "high")),
        Column("rank", Words("名次", "rank")),
        Column("rankLow", Words("名次下限", "best rank")),
        Column("rankHigh", Words("名次上限", "worst rank")),
        Column("top", Words("进入前十的比例", "share in the top ten")),
        Column("resamples", Words("重抽次数", "resamples"), shown=False),
    )
    return tables(
        (),
        (Section("bootstrap", Words("各指标的区间", "Intervals of measures"), columns, tuple(rows)),),
        _INTERVAL,
        Words(
            f"把任务有放回地重抽 {about.resamples} 次（中介、接近 {max(1, about.resamples // 10)} 次）；"
            "只见一次的关系在重抽中会丢失，度、中介因此偏移：百分位区间不含观测值的，"
            "改列 BCa 区间，也没有的记“–”，只看名次",
            f"tasks drawn again with replacement, {about.resamples} times (betweenness and closeness "
            f"{max(1, about.resamples // 10)}); ties seen once get lost in resamples, which moves degree and "
            "betweenness: where the percentile interval misses the observed value the BCa interval stands instead, "
            "or – where there is none either, and only ranks are to be read",
        ),
    )


def _interval(one: BodyInterval) -> tuple[float | None, float | None]:
    """Give the percentile interval, the BCa interval where that misses the value itself, or none."""
    if one.low <= one.observed <= one.high:
        return rounded(one.low), rounded(one.high)
    return rounded(one.bca_low), rounded(one.bca_high)


def sensitivity_report(about: Population) -> Report:
    """Report sensitivity."""
    from plan_graph.analysis.measures.sensitivity import sensitivity
    from plan_graph.reports.measures.words import CHOICES

    found = sensitivity(about.facts, year=about.year)
    figures = list(found[0].figures) if found else []
    rows = [
        (
            CHOICES.get(one.choice.value, same(one.choice.value)),
            *(rounded(one.figures[name]) for name in figures),
            rounded(one.tau),
            one.common,
            "、".join(map(about.name, one.first)),
        )
        for one in found
    ]
    columns = (
        Column("choice", Words("取法", "choice")),
        *(Column(name, same(name)) for name in figures),
        Column("tau", Words("名次相关 τ", "rank correlation, tau")),
        Column("common", Words("共有机构", "bodies in common")),
        Column("first", Words("前几名", "first")),
    )
    return tables(
        (),
        (Section("sensitivity", Words("换一种取法", "Other choices"), columns, tuple(rows)),),
        Words("τ：与默认取法的机构名次的 Kendall 相关", "tau: Kendall's correlation with the ranks of the default"),
    )


def rarefaction_report(about: Population) -> Report:
    """Report rarefaction."""
    from plan_graph.analysis.measures.rarefaction import rarefy
    from plan_graph.reports.measures.words import FIGURES

    found = rarefy(about.counted, seed=about.seed, draws=about.resamples)
    rows = [
        (
            str(one.year),
            FIGURES.get(one.figure, same(one.figure)),
            one.tasks,
            one.size,
            rounded(one.observed),
            rounded(one.mean),
            rounded(one.low),
            rounded(one.high),
            rounded(one.closed),
        )
        for one in found
    ]
    columns = (
        Column("year", Words("年度", "year")),
        Column("figure", Words("指标", "figure")),
        Column("tasks", Words("任务", "tasks")),
        Column("size", Words("抽取任务", "tasks drawn")),
        Column("observed", Words("原值", "observed")),
        Column("mean", Words("同等规模下", "at equal size")),
        Column("low", Words("下限", "low")),
        Column("high", Words("上限", "high")),
        Column("closed", Words("公式值", "by formula")),
    )
    return tables(
        (),
        (
            Section(
                "rarefaction",
                Words("各年度在同等规模下比较", "Years at the same number of tasks"),
                columns,
                tuple(rows),
                empty=Words("不足两个年度，无从比较", "fewer than two years: nothing to compare"),
            ),
        ),
        _INTERVAL,
    )
