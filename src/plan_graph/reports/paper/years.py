"""T5: the years compared: at the same number of tasks, by QAP, and by who and which ties stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from plan_graph.analysis.measures.change import Turnover, flows
from plan_graph.analysis.measures.qap import Qap, qap
from plan_graph.analysis.measures.rarefaction import BUILT_IN, Rarefied, rarefy
from plan_graph.analysis.measures.undirected import projection
from plan_graph.analysis.network import Layer, network
from plan_graph.analysis.significance import benjamini_hochberg
from plan_graph.reports.paper.claims import LEVEL, apart, number, resolved, span
from plan_graph.reports.paper.grid import Cell, Part, Table, column
from plan_graph.reports.paper.study import Study
from plan_graph.reports.words import Words

_FIGURES = {
    "bodies": Words("机构", "bodies"),
    "ties": Words("连线", "ties"),
    "density": Words("密度", "density"),
    "degree": Words("平均度", "mean degree"),
    "strength": Words("平均强度", "mean strength"),
}
_COUNTS = ("bodies", "ties")
_OVER: dict[Literal["union", "common"], Words] = {
    "union": Words("任一年有任务的机构", "bodies of either"),
    "common": Words("两年都有任务的机构", "bodies of both"),
}
_ALL = Words("全部机构", "all bodies")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two networks compared by QAP: which, over which bodies, the result, and its q among all of the table."""

    what: Words
    over: Words
    result: Qap
    q: float | None


def make_years(study: Study) -> Part:
    """Compare the years; of a single year it says so, and only the layers are compared."""
    title = Words("年度与层次", "Years and layers")
    years = study.years
    alike = _alike(study)
    tables = [_qap_table(study, alike)]
    claims, undecided = _alike_claims(alike)
    if len(years) < 2:
        why = (
            Words(
                f"所选任务都是 {years[0]} 年的，没有年度可以比较。",
                f"All tasks are of {years[0]}: no years to compare.",
            )
            if years
            else Words("所选任务没有写明年度，没有年度可以比较。", "The tasks state no year: no years to compare.")
        )
        return Part(title, tuple(tables), (why,), claims, undecided)
    shown = rarefy(study.rows, draws=study.settings.subsets, seed=study.settings.seed)
    comparisons = len(BUILT_IN) * len(years) * (len(years) - 1) // 2
    wide = rarefy(study.rows, draws=study.settings.subsets, seed=study.settings.seed, level=1 - LEVEL / comparisons)
    tables = [_rarefied_table(study, shown, wide, comparisons), *tables, _change_table(study)]
    more, open_ = _rarefied_claims(wide)
    if not resolved(study.settings.subsets, LEVEL / comparisons / 2):
        few = f"{study.settings.subsets:,}"
        more, open_ = (
            (),
            (Words(f"抽取 {few} 次太少，不足以比较各年。", f"{few} draws are too few to compare the years."),),
        )
    return Part(title, tuple(tables), _text(study, shown), (*more, *claims), (*open_, *undecided), ("F5",))


def _rarefied_table(study: Study, shown: Sequence[Rarefied], wide: Sequence[Rarefied], comparisons: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, label in _FIGURES.items():
        for one, other in zip(shown, wide, strict=True):
            if one.figure == name:
                interval = None if one.size == one.tasks else (one.low, one.high)
                wider = None if one.size == one.tasks else (other.low, other.high)
                whole = int(one.observed) if name in _COUNTS else one.observed
                rows.append((label, str(one.year), one.tasks, whole, one.mean, interval, wider))
    size = shown[0].size
    return Table(
        "T5a",
        Words(f"各年抽取同样多的任务（{size} 项）", f"The years at the same number of tasks ({size})"),
        (
            column("指标", "figure"),
            column("年度", "year"),
            column("任务", "tasks"),
            column("全部任务", "of all tasks"),
            column(f"{size} 项任务的平均", f"mean at {size} tasks"),
            column("95% 区间", "95 % interval", interval=True),
            column("多重比较区间", "interval for comparisons", interval=True),
        ),
        tuple(rows),
        (
            study.population(),
            Words(
                f"从每一年无放回抽取 {size} 项任务（任务最少一年的项数，写明参与者的才计），抽 "
                f"{study.settings.subsets:,} 次，种子 {study.settings.seed}；网络：同在一项任务，"
                "强度按共同任务数加权。",
                f"{size} tasks (as many as the smallest year has, counting those with a participant) drawn from each "
                f"year without replacement, {study.settings.subsets:,} draws, seed {study.settings.seed}; network of "
                "any role, strength weighted by shared tasks.",
            ),
            Words(
                f"多重比较区间的水平为 1 − {LEVEL}/{comparisons}（Bonferroni，{comparisons} 个比较），断言只据此作出。"
                "全部抽到的年度没有区间：与它比较，只问它像不像从另一年抽出的同样多的任务。",
                f"The interval for comparisons is at the level 1 − {LEVEL}/{comparisons} (Bonferroni, {comparisons} "
                "comparisons), and claims rest on it alone. A year drawn whole has no interval: compared with it, the "
                "question is only whether it looks like as many tasks drawn from the other year.",
            ),
        ),
    )


def _rarefied_claims(wide: Sequence[Rarefied]) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    claims: list[Words] = []
    same: list[tuple[str, str, Words]] = []
    for name, label in _FIGURES.items():
        of_year = [one for one in wide if one.figure == name]
        for one, other in combinations(of_year, 2):
            if not apart((one.low, one.high), (other.low, other.high)):
                same.append((str(one.year), str(other.year), label))
                continue
            more = one.mean > other.mean
            verb = ("are more" if more else "are fewer") if name in _COUNTS else ("is higher" if more else "is lower")
            claims.append(
                Words(
                    f"同为 {one.size} 项任务，{label.zh}在 {one.year} 年{'高于' if more else '低于'} {other.year} 年："
                    f"{_said(one)} 与 {_said(other)}。",
                    f"At {one.size} tasks {label.en} {verb} in {one.year} than in {other.year}: {_said(one)} and "
                    f"{_said(other)}.",
                )
            )
    pairs: dict[tuple[str, str], list[Words]] = {}
    for before, after, label in same:
        pairs.setdefault((before, after), []).append(label)
    undecided = tuple(
        Words(
            f"同为 {wide[0].size} 项任务，{before} 年与 {after} "
            f"年的{'、'.join(label.zh for label in labels)}分辨不开。",
            f"At {wide[0].size} tasks {before} and {after} cannot be told apart by {', '.join(w.en for w in labels)}.",
        )
        for (before, after), labels in pairs.items()
    )
    return tuple(claims), undecided


def _said(one: Rarefied) -> str:
    if one.size == one.tasks:
        return number(one.mean)
    return f"{number(one.mean)} {span((one.low, one.high))}"


def _alike(study: Study) -> list[Alike]:
    settings = study.settings
    found: list[tuple[Words, Words, Qap]] = []
    networks = {year: network(study.rows, Layer.ANY, year=year) for year in study.years}
    for before, after in combinations(study.years, 2):
        for over, words in _OVER.items():
            result = qap(
                networks[before], networks[after], over=over, permutations=settings.permutations, seed=settings.seed
            )
            found.append((Words(f"{before} 与 {after}", f"{before} and {after}"), words, result))
    layers = Words("共同牵头与牵头→配合（无向）", "co-lead and lead → support (undirected)")
    result = qap(
        study.networks[Layer.CO_LEAD],
        projection(study.networks[Layer.LEAD_SUPPORT]),
        permutations=settings.permutations,
        seed=settings.seed,
    )
    found.append((layers, _ALL, result))
    tested = [result.p_high for *_, result in found if result.p_high is not None]
    q = iter(benjamini_hochberg(tested).tolist())
    return [Alike(what, over, result, None if result.p_high is None else next(q)) for what, over, result in found]


def _qap_table(study: Study, alike: Sequence[Alike]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.what, one.over, one.result.nodes, one.result.correlation, one.result.mean),
            *(one.result.deviation, one.result.p_high, one.q),
        )
        for one in alike
    ]
    settings = study.settings
    return Table(
        "T5b",
        Words("QAP 相关", "QAP correlations"),
        (
            column("网络", "networks"),
            column("机构范围", "over"),
            column("机构数", "bodies"),
            column("相关系数", "correlation", 3),
            column("置换均值", "mean of permutations", 3),
            column("置换标准差", "their deviation", 3),
            column("p", "p", chance=True),
            column("q", "q", chance=True),
        ),
        tuple(rows),
        (
            study.population(),
            Words(
                f"权重：共同任务数；置换 {settings.permutations:,} 次，种子 {settings.seed}；p 单侧（相关不低于实际），"
                f"q 对表中 {sum(one.q is not None for one in alike)} 个检验作 Benjamini–Hochberg 校正；“–”："
                "有一个网络处处相同。“同在一项任务”包含另两个网络的连线，与它们的相关由定义而来，不作检验。",
                f"Weights: shared tasks; {settings.permutations:,} permutations, seed {settings.seed}; p one-sided (at "
                f"least so high), q by Benjamini–Hochberg over the {sum(one.q is not None for one in alike)} tests of "
                "the table; – where a network is the same for all pairs. Any role contains the ties of the two other "
                "networks, so its correlation with them is by definition and not tested.",
            ),
        ),
    )


def _alike_claims(alike: Sequence[Alike]) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    found = [(one, one.q) for one in alike if one.q is not None]
    above, rest = ([one for one, q in found if (q < LEVEL) is yes] for yes in (True, False))
    claims: list[Words] = []
    if above:
        said = _correlations(above)
        claims.append(
            Words(
                f"连线强度的相关高于随意调换机构时（q < {LEVEL}）：{said.zh}。置换不保留哪些机构任务多："
                "同一些机构在两边任务都多，相关就会高，不必是同一些机构对一再同列。",
                f"Strengths of ties correlate more than those of permuted bodies (q below {LEVEL}): {said.en}. "
                "Permutation does not keep which bodies are busy: the same bodies being busy in both is enough for a "
                "high correlation, without the same pairs being named again.",
            )
        )
    if not rest:
        return tuple(claims), ()
    said = _correlations(rest)
    return tuple(claims), (
        Words(
            f"连线强度的相关与随意调换机构时分辨不开：{said.zh}。",
            f"Correlations of the strengths of ties that cannot be told from those of permuted bodies: {said.en}.",
        ),
    )


def _correlations(some: Sequence[Alike]) -> Words:
    return Words(
        "；".join(f"{one.what.zh}（{one.over.zh}）{number(one.result.correlation, 3)}" for one in some),
        "; ".join(f"{one.what.en} ({one.over.en}) {number(one.result.correlation, 3)}" for one in some),
    )


def _change_table(study: Study) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for step in flows(study.rows).steps:
        for label, turn in ((_FIGURES["bodies"], _counts(step.bodies)), (_FIGURES["ties"], _counts(step.ties))):
            rows.append((f"{step.bodies.before}–{step.bodies.after}", label, *turn))
    return Table(
        "T5c",
        Words("机构与连线的延续", "Bodies and ties that stay"),
        (
            column("年度", "years"),
            column("对象", "of"),
            column("前一年", "before"),
            column("后一年", "after"),
            column("延续", "stayed"),
            column("进入", "entered"),
            column("退出", "left"),
            column("Jaccard", "Jaccard", 3),
            column("两年数目下最大可能", "largest possible", 3),
        ),
        tuple(rows),
        (
            study.population(),
            Words(
                "网络：同在一项任务；连线不加权。最大可能：较小的数目除以较大的。没有抽样，只作描述："
                "任务少的年度点到的机构和连线自然也少。",
                "Network of any role; ties not weighted. Largest possible: the smaller number over the larger. Nothing "
                "is drawn and nothing tested: a year with fewer tasks names fewer bodies and ties.",
            ),
        ),
    )


def _counts(turn: Turnover[str] | Turnover[tuple[str, str]]) -> tuple[Cell, ...]:
    stayed, entered, left = len(turn.stayed), len(turn.entered), len(turn.left)
    before, after = stayed + left, stayed + entered
    most = min(before, after) / max(before, after) if before and after else None
    return before, after, stayed, entered, left, turn.jaccard, most


def _text(study: Study, shown: Sequence[Rarefied]) -> tuple[Words, ...]:
    whole = [str(one.year) for one in shown if one.figure == "bodies" and one.size == one.tasks]
    said = [
        Words(
            f"各年都抽取 {shown[0].size} 项任务来比较；{'、'.join(whole)} 年的任务全部抽到。",
            f"All years are compared at {shown[0].size} tasks, which is all there are of {', '.join(whole)}.",
        )
    ]
    for step in flows(study.rows).steps:
        one, ties = step.bodies, step.ties
        said.append(
            Words(
                f"{one.before} 年到 {one.after} 年，延续的机构 {len(one.stayed):,} 个，进入 {len(one.entered):,} 个，"
                f"退出 {len(one.left):,} 个；延续的连线 {len(ties.stayed):,} 条，新出现 {len(ties.entered):,} 条，"
                f"不再出现 {len(ties.left):,} 条。",
                f"From {one.before} to {one.after} {len(one.stayed):,} bodies stay, {len(one.entered):,} enter and "
                f"{len(one.left):,} leave; {len(ties.stayed):,} ties stay, {len(ties.entered):,} are new and "
                f"{len(ties.left):,} are gone.",
            )
        )
    said.append(
        Words(
            "这些数目没有就任务数作校正，不作检验。",
            "These numbers are not corrected for the numbers of tasks, and nothing is tested.",
        )
    )
    return tuple(said)
