"""T6a and T6b: core and periphery, and communities with their stability."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from statistics import fmean

from plan_graph.analysis.measures.communities import Stability, stability
from plan_graph.analysis.measures.core_periphery import core_periphery
from plan_graph.analysis.measures.coreness import coreness
from plan_graph.analysis.network import Layer
from plan_graph.reports.paper.claims import LEVEL, number, plural, q_is, short, span
from plan_graph.reports.paper.grid import Cell, Part, Table, column
from plan_graph.reports.paper.randomised import Against
from plan_graph.reports.paper.study import LAYERS, Study
from plan_graph.reports.words import Words

_NAMED = 10


def make_structure(study: Study, tested: Mapping[str, Against]) -> Part:
    """Describe core and communities; only the modularity is compared with a null model."""
    core, core_text = _core(study)
    found = stability(study.networks[Layer.ANY], study.settings.runs, study.settings.seed)
    text = [*core_text]
    if found.modularity is None:
        text.append(Words("没有连线，不划分社群。", "Without ties there are no communities."))
        return Part(Words("核心与社群", "Core and communities"), (core,), tuple(text))
    many = len(set(found.community.values()))
    text.append(
        Words(
            f"{found.runs} 次 Louvain 得到 {found.fewest}–{found.most} 个社群，两两之间的调整 Rand 指数平均 "
            f"{number(found.agreement)}；模块度最高的一次有 {many} 个社群，模块度 {number(found.modularity, 3)}"
            f"（最低 {number(found.lowest_modularity, 3)}）。",
            f"{plural(found.runs, 'run')} of Louvain give {found.fewest} to {found.most} communities with a mean "
            f"adjusted Rand index of {number(found.agreement)} between runs; the run of highest modularity has {many}, "
            f"modularity {number(found.modularity, 3)} (lowest {number(found.lowest_modularity, 3)}).",
        )
    )
    if unsure := sum(value < 0.5 for value in found.consensus.values()):
        text.append(
            Words(
                f"有 {unsure:,} 个机构与其社群成员同组的次数平均不到一半，归属不定。",
                f"{plural(unsure, 'body is', 'bodies are')} put together with the rest of the community in less than "
                "half of the runs on average: where they belong is open.",
            )
        )
    claims, undecided = _modularity(tested.get("modularity"))
    tables = (core, _communities(study, found))
    return Part(Words("核心与社群", "Core and communities"), tables, tuple(text), claims, undecided, ("F4",))


def _core(study: Study) -> tuple[Table, tuple[Words, ...]]:
    rows: list[tuple[Cell, ...]] = []
    said: list[Words] = []
    seed = study.settings.seed
    for layer, words in LAYERS.items():
        graph = study.networks[layer]
        best, smooth = core_periphery(graph, seed=seed), coreness(graph, seed=seed)
        strength = dict(graph.degree(weight="shared"))
        members = sorted(best.core, key=lambda body: (-strength[body], body))
        named = short(study.names(members), _NAMED)
        searched = Words("穷举", "every division") if best.exact else Words("搜索", "search")
        rows.append((words, len(graph), len(members), best.fit, searched, smooth.fit, named if members else None))
        if best.fit is not None and layer is Layer.ANY:
            said.append(
                Words(
                    f"“{words.zh}”网络的核心有 {len(members)} 个机构，拟合 {number(best.fit, 3)}；连续核心度的拟合 "
                    f"{number(smooth.fit, 3)}。拟合是相关系数，没有检验，不说明核心之外没有别的结构。",
                    f"The core of the network “{words.en}” has {plural(len(members), 'body', 'bodies')} with a fit of "
                    f"{number(best.fit, 3)}; the continuous coreness fits at {number(smooth.fit, 3)}. A fit is a "
                    "correlation; it is not tested, and other structure may fit as well.",
                )
            )
            if len(members) == 1:
                said.append(
                    Words(
                        f"核心只有{study.name(members[0])}一个机构，理想型即为星形。",
                        f"With {study.name(members[0])} alone in the core, the ideal network is a star.",
                    )
                )
    table = Table(
        "T6a",
        Words("核心与边缘", "Core and periphery"),
        (
            column("网络", "network"),
            column("节点", "nodes"),
            column("核心机构", "bodies in the core"),
            column("离散拟合", "discrete fit", 3),
            column("求法", "found by"),
            column("连续拟合", "continuous fit", 3),
            column("核心（按强度）", "core (by strength)"),
        ),
        tuple(rows),
        (
            study.population(),
            Words(
                f"权重：共同任务数；孤立点计入；有向网络按有序对比较。搜索的随机起点种子 {seed}，可能还有更好的划分。",
                f"Weights: shared tasks; isolates counted; directed networks over ordered pairs. Seed of the random "
                f"starts {seed}; a search may miss a better division.",
            ),
        ),
    )
    return table, tuple(said)


def _communities(study: Study, found: Stability) -> Table:
    members: dict[int, list[str]] = defaultdict(list)
    for body, number_ in found.community.items():
        members[number_].append(body)
    strength = dict(study.networks[Layer.ANY].degree(weight="shared"))
    rows: list[tuple[Cell, ...]] = []
    for community, bodies in sorted(members.items()):
        ordered = sorted(bodies, key=lambda body: (-strength[body], body))
        consensus = [found.consensus[body] for body in ordered]
        named = short(study.names(ordered), _NAMED)
        rows.append((str(community), len(bodies), fmean(consensus), min(consensus), named))
    return Table(
        "T6b",
        Words("社群", "Communities"),
        (
            column("社群", "community"),
            column("机构", "bodies"),
            column("一致度，平均", "consensus, mean"),
            column("一致度，最低", "consensus, least"),
            column("成员（按强度）", "members (by strength)"),
        ),
        tuple(rows),
        (
            study.population(),
            Words(
                f"网络：同在一项任务；权重：共同任务数。Louvain {found.runs} 次，种子 {study.settings.seed} 起；"
                "列出模块度最高的一次；孤立点各为一个社群。一致度：各次运行把该机构与同社群其他成员分在一起的比例的平均。",
                f"Network of any role; weights: shared tasks. {plural(found.runs, 'run')} of Louvain, seeds from "
                f"{study.settings.seed}; the run of highest modularity is shown, in which each isolate is a "
                "community. Consensus: the mean share of runs that put a body together with each other member.",
            ),
        ),
    )


def _modularity(test: Against | None) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    if test is None:
        return (), ()
    beside = f"{number(test.mean, 3)} {span((test.low, test.high), 3)}"
    value, q = number(test.observed, 3), q_is(test.q)
    if test.q < LEVEL:
        way = test.observed > test.mean
        return (
            Words(
                f"单次 Louvain 的模块度 {value}，{'高于' if way else '低于'}仅凭任务量与名单长度得出的 {beside}"
                f"（每个矩阵也运行一次；{q}）。",
                f"The modularity of one Louvain run, {value}, is {'above' if way else 'below'} what workloads and list "
                f"lengths alone give, {beside} (one run for each matrix too; {q}).",
            ),
        ), ()
    return (), (
        Words(
            f"单次 Louvain 的模块度 {value}，与仅凭任务量与名单长度得出的 {beside} 分辨不开（{q}）。",
            f"The modularity of one Louvain run, {value}, cannot be told from what workloads and list lengths alone "
            f"give, {beside} ({q}).",
        ),
    )
