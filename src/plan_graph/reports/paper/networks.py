"""T2: the three networks as wholes, and the one of any role beside networks of the same workloads and lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plan_graph.analysis.measures.centralisation import Centralisation, centralisation
from plan_graph.analysis.network import Layer, Summary, describe
from plan_graph.reports.paper.claims import LEVEL, least_found, number, plural, q_is, span
from plan_graph.reports.paper.grid import Cell, Part, Table, column
from plan_graph.reports.paper.randomised import Against
from plan_graph.reports.paper.study import LAYERS, Study
from plan_graph.reports.words import Words

_LABELS = {
    "ties": Words("连线", "ties"),
    "path": Words("平均路径长度", "mean path length"),
    "transitivity": Words("传递性", "transitivity"),
    "centralisation": Words("度中心势", "degree centralisation"),
    "modularity": Words("模块度", "modularity"),
}


def make_networks(study: Study, tested: Mapping[str, Against]) -> Part:
    """Describe the networks; claims are of the network of any role against the null model alone."""
    found = {layer: describe(graph) for layer, graph in study.networks.items()}
    central = {layer: centralisation(graph, study.settings.seed) for layer, graph in study.networks.items()}
    rows: list[tuple[Cell, ...]] = []
    for key, label, value in _figures(found, central):
        test = tested.get(key)
        null: tuple[Cell, ...] = (test.mean, (test.low, test.high), test.q) if test else (None, None, None)
        rows.append((label, *(value(layer) for layer in LAYERS), *null))
    draws = study.settings.matrices
    table = Table(
        "T2",
        Words("三个网络", "The three networks"),
        (
            column("指标", "figure"),
            *(column(words.zh, words.en, 3) for words in LAYERS.values()),
            column("零模型均值（同在一项任务）", "null mean (any role)", 3),
            column("零模型 95% 区间", "null 95 % interval", 3, interval=True),
            column("q", "q", chance=True),
        ),
        tuple(rows),
        (
            study.population(),
            Words(
                "节点是所选任务中的全部单个机构，含该网络中的孤立点。牵头→配合为有向网络，连线按有向计，"
                "连通、路径、传递性、中介与接近中心势在其无向投影上计算；路径与接近中心势只在最大连通分量上计算。"
                "指标均不加权。",
                "Nodes are all single bodies of the tasks, isolates of a network included. Lead → support is directed "
                "and its ties are arcs; its components, paths, transitivity, betweenness and closeness centralisation "
                "are of the undirected projection. Paths and closeness are of the largest component alone. Nothing is "
                "weighted.",
            ),
            Words(
                f"零模型：行和与列和固定的任务×机构矩阵 {draws:,} 个，种子 {study.settings.seed}；p 双侧，q "
                "对所比指标作 Benjamini–Hochberg 校正。",
                f"Null model: {draws:,} matrices of tasks × bodies with row and column sums fixed, seed "
                f"{study.settings.seed}; p two-sided, q by Benjamini–Hochberg over the figures compared.",
            ),
        ),
    )
    claims, undecided = _against(study, tested)
    return Part(Words("三个网络", "The three networks"), (table,), _text(found), claims, undecided, ("F1",))


def _figures(
    found: Mapping[Layer, Summary], central: Mapping[Layer, Centralisation]
) -> list[tuple[str, Words, Callable[[Layer], Cell]]]:
    """Give each figure: its key among those tested (or ""), its name, and its value by layer."""
    return [
        ("", Words("节点", "nodes"), lambda layer: found[layer].nodes),
        ("", Words("孤立点", "isolates"), lambda layer: found[layer].isolates),
        ("ties", _LABELS["ties"], lambda layer: found[layer].ties),
        ("", Words("密度", "density"), lambda layer: float(found[layer].density)),
        ("", Words("连通分量", "components"), lambda layer: found[layer].components),
        ("", Words("最大连通分量的节点", "nodes of the largest component"), lambda layer: found[layer].giant),
        ("path", _LABELS["path"], lambda layer: found[layer].path_length),
        ("transitivity", _LABELS["transitivity"], lambda layer: found[layer].transitivity),
        ("", Words("互惠性", "reciprocity"), lambda layer: found[layer].reciprocity),
        ("centralisation", _LABELS["centralisation"], lambda layer: central[layer].degree),
        ("", Words("入度中心势", "indegree centralisation"), lambda layer: central[layer].in_degree),
        ("", Words("出度中心势", "outdegree centralisation"), lambda layer: central[layer].out_degree),
        ("", Words("中介中心势", "betweenness centralisation"), lambda layer: central[layer].betweenness),
        ("", Words("接近中心势", "closeness centralisation"), lambda layer: central[layer].closeness),
    ]


def _text(found: Mapping[Layer, Summary]) -> tuple[Words, ...]:
    said: list[Words] = []
    for layer, words in LAYERS.items():
        one = found[layer]
        arcs = Words("有向连线", "arcs") if one.directed else _LABELS["ties"]
        if not one.ties:
            said.append(Words(f"“{words.zh}”网络没有连线。", f"The network “{words.en}” has no ties."))
            continue
        said.append(
            Words(
                f"“{words.zh}”网络有{arcs.zh} {one.ties:,} 条，密度 {number(one.density, 3)}，孤立点 "
                f"{one.isolates:,} 个，最大连通分量 {one.giant:,} 个节点。",
                f"The network “{words.en}” has {one.ties:,} {arcs.en}, density {number(one.density, 3)}, "
                f"{plural(one.isolates, 'isolate')} and a largest component of {plural(one.giant, 'node')}.",
            )
        )
    reciprocity = found[Layer.LEAD_SUPPORT].reciprocity
    if reciprocity is not None:
        said.append(
            Words(
                f"“牵头→配合”的有向连线中，{reciprocity:.1%} 有反向的连线。",
                f"Of the arcs from lead to support {reciprocity:.1%} are answered by one the other way.",
            )
        )
    said.append(
        Words(
            "三个网络由同一批任务按不同的规则得出，规则不同，连线数自然不同，其间的差别不作检验；"
            "名单上的机构两两相连，传递性有一部分由此而来，所以与同样取自名单的零模型相比，而不与 0 相比。",
            "The three are made from the same tasks by different rules and differ by these; no difference between them "
            "is tested. All bodies of a list are tied to each other, which by itself closes triples; so transitivity "
            "is compared with a null model that has lists too, and not with 0.",
        )
    )
    return tuple(said)


def _against(study: Study, tested: Mapping[str, Against]) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Say of each figure whether it lies off what workloads and lists alone give."""
    if not tested:
        return (), ()
    claims: list[Words] = []
    undecided: list[Words] = []
    for key, one in tested.items():
        if key == "modularity":
            continue  # said with the communities
        label, digits = _LABELS[key], 0 if key == "ties" else 3
        noun = "number of ties" if key == "ties" else label.en
        beside = f"{number(one.mean, digits)} {span((one.low, one.high), digits)}"
        zh = f"{label.zh}{'数' if key == 'ties' else ''} {number(one.observed, digits)}"
        en = f"The {noun}, {number(one.observed, digits)},"
        if one.q < LEVEL:
            way = one.observed > one.mean
            claims.append(
                Words(
                    f"{zh}，{'高于' if way else '低于'}仅凭任务量与名单长度得出的 {beside}（{q_is(one.q)}）。",
                    f"{en} is {'above' if way else 'below'} what workloads and list lengths alone give, "
                    f"{beside} ({q_is(one.q)}).",
                )
            )
        else:
            undecided.append(
                Words(
                    f"{zh}，与仅凭任务量与名单长度得出的 {beside} 分辨不开（{q_is(one.q)}）。",
                    f"{en} cannot be told from what workloads and list lengths alone give, {beside} ({q_is(one.q)}).",
                )
            )
    if len(claims) > 1:
        claims.append(
            Words(
                "这些指标彼此相关，不是各自独立的发现。",
                "These figures depend on each other and are no independent findings.",
            )
        )
    if least_found(study.settings.matrices, len(tested), sides=2) > len(tested):
        undecided.append(
            Words(
                f"{study.settings.matrices:,} 个矩阵太少，任何指标的 q 都不可能小于 {LEVEL}。",
                f"{study.settings.matrices:,} matrices are too few for any figure to have q below {LEVEL}.",
            )
        )
    return tuple(claims), tuple(undecided)
