"""Measures of the network: centralisation, structural holes, core, brokerage, communities."""

from __future__ import annotations

import networkx as nx

from plan_graph.analysis.network import Layer
from plan_graph.reports.measures.population import Population, body_columns, rounded, tables, who
from plan_graph.reports.sections import Column, Figure, Report, Section
from plan_graph.reports.words import Words


def centralisation_report(about: Population) -> Report:
    """Report centralisation."""
    from plan_graph.analysis.measures.centralisation import centralisation

    found = centralisation(about.graph, about.seed)
    named = (
        ("degree", Words("度", "degree"), found.degree),
        ("in-degree", Words("入度", "in-degree"), found.in_degree),
        ("out-degree", Words("出度", "out-degree"), found.out_degree),
        ("betweenness", Words("中介", "betweenness"), found.betweenness),
        ("closeness", Words("接近", "closeness"), found.closeness),
    )
    rows = tuple((key, name, rounded(value)) for key, name, value in named if value is not None)
    columns = (
        Column("key", Words("代号", "key"), shown=False),
        Column("measure", Words("中心性", "centrality")),
        Column("centralisation", Words("中心势", "centralisation")),
    )
    return tables(
        (),
        (Section("centralisation", Words("中心势", "Centralisation"), columns, rows),),
        Words(
            f"Freeman（1979）：0 为人人相同，1 为星形；接近只就最大连通分支的 {found.closeness_nodes} 个机构",
            f"Freeman (1979): 0 where all are alike, 1 for a star; closeness on the {found.closeness_nodes} bodies of "
            "the giant component",
        ),
    )


def holes_report(about: Population) -> Report:
    """Report holes."""
    from plan_graph.analysis.measures.holes import structural_holes

    found = structural_holes(about.graph)
    rows = [
        (
            *who(about, body),
            one.contacts,
            *map(rounded, (one.constraint, one.effective_size, one.efficiency, one.hierarchy)),
        )
        for body, one in found.items()
        if one is not None
    ]
    columns = (
        *body_columns(),
        Column("contacts", Words("伙伴", "contacts")),
        Column("constraint", Words("约束", "constraint")),
        Column("effectiveSize", Words("有效规模", "effective size")),
        Column("efficiency", Words("效率", "efficiency")),
        Column("hierarchy", Words("等级度", "hierarchy")),
    )
    rows.sort(key=lambda row: (float(str(row[3])), str(row[0])))
    return tables(
        (),
        (
            Section(
                "holes",
                Words("结构洞（约束由低到高）", "Structural holes (least constrained first)"),
                columns,
                tuple(rows),
            ),
        ),
        Words(
            "Burt（1992）；以共同任务数为权重；孤立机构不列", "Burt (1992), weighted by shared tasks; isolates left out"
        ),
    )


def core_report(about: Population) -> Report:
    """Report core."""
    from plan_graph.analysis.measures.core_periphery import core_periphery
    from plan_graph.analysis.measures.coreness import coreness

    parts, degrees = core_periphery(about.graph, seed=about.seed), coreness(about.graph, seed=about.seed)
    known = degrees.fit is not None  # without it any other split of a tie is as good
    rows = [
        (
            *who(about, body),
            Words("核心", "core") if body in parts.core else Words("外围", "periphery"),
            rounded(value) if known else None,
        )
        for body, value in sorted(degrees.coreness.items(), key=lambda item: (-item[1], item[0]))
    ]
    columns = (*body_columns(), Column("part", Words("位置", "part")), Column("coreness", Words("核心度", "coreness")))
    return tables(
        (
            Figure("fit", Words("离散模型的拟合 r", "fit of the discrete model, r"), rounded(parts.fit)),
            Figure("corenessFit", Words("连续模型的拟合 r", "fit of the continuous model, r"), rounded(degrees.fit)),
            Figure("core", Words("核心机构", "bodies in the core"), len(parts.core)),
        ),
        (Section("core", Words("核心与外围", "Core and periphery"), columns, tuple(rows)),),
        Words(
            "Borgatti 与 Everett（1999）：r 是与理想型的相关系数，低则不宜说有核心"
            + ("" if parts.exact else "；离散划分由多起点搜索得到，未必最优"),
            "Borgatti & Everett (1999): r is the correlation with the ideal pattern; where it is low there is no core "
            "to speak of"
            + ("" if parts.exact else "; the discrete partition was searched from many starts, not proven best"),
        ),
    )


def brokerage_report(about: Population) -> Report:
    """Report brokerage."""
    from plan_graph.analysis.measures.brokerage import BrokerRole, brokerage
    from plan_graph.reports.measures.words import BROKERS, GROUPS

    graph = about.network(Layer.LEAD_SUPPORT, about.year)
    groups = {body: (about.groups or {})[body].value for body in graph}
    found = brokerage(nx.DiGraph(graph), groups)
    network = [
        (BROKERS[role.value], one.count, rounded(one.expected), rounded(one.deviation), rounded(one.z))
        for role, one in found.network.items()
    ]
    score = (
        Column("count", Words("次数", "count")),
        Column("expected", Words("预期", "expected")),
        Column("deviation", Words("标准差", "standard deviation")),
        Column("z", Words("z", "z")),
    )
    bodies = [
        (
            *who(about, body),
            GROUPS[groups[body]],
            BROKERS[role.value],
            one.count,
            rounded(one.expected),
            rounded(one.deviation),
            rounded(one.z),
        )
        for body, own in sorted(found.bodies.items(), key=lambda item: (-item[1][BrokerRole.TOTAL].count, item[0]))
        for role, one in own.items()
        if one.count
    ]
    return tables(
        (),
        (
            Section(
                "network",
                Words("整体", "The whole network"),
                (Column("role", Words("角色", "role")), *score),
                tuple(network),
            ),
            Section(
                "bodies",
                Words("各机构", "Bodies"),
                (*body_columns(), Column("group", Words("组", "group")), Column("role", Words("角色", "role")), *score),
                tuple(bodies),
            ),
        ),
        Words(
            "Gould 与 Fernandez（1989），按牵头→配合的有向网络；预期与标准差：各组规模与密度不变时的随机网络",
            "Gould & Fernandez (1989) on the directed network lead → support; expected and deviation: random networks "
            "of the same groups and density",
        ),
    )


def communities_report(about: Population) -> Report:
    """Report communities."""
    from plan_graph.analysis.measures.communities import stability

    found = stability(about.graph, seed=about.seed)
    rows = [
        (*who(about, body), group, rounded(found.consensus.get(body)))
        for body, group in sorted(found.community.items(), key=lambda item: (item[1], item[0]))
    ]
    columns = (
        *body_columns(),
        Column("community", Words("社群", "community")),
        Column("consensus", Words("一致比例", "consensus")),
    )
    return tables(
        (
            Figure("runs", Words("次数", "runs"), found.runs),
            Figure(
                "agreement", Words("两两一致（ARI 平均）", "agreement of runs (mean ARI)"), rounded(found.agreement)
            ),
            Figure("modularity", Words("最好的模块度", "best modularity"), rounded(found.modularity)),
            Figure("lowest", Words("最差的模块度", "lowest modularity"), rounded(found.lowest_modularity)),
            Figure("communities", Words("社群数", "communities"), f"{found.fewest}–{found.most}"),
        ),
        (Section("communities", Words("社群", "Communities"), columns, tuple(rows)),),
        Words(
            "Louvain，取模块度最好的一次；一致比例：各次划分中与本社群成员同在一处的比例",
            "Louvain, the run of best modularity; consensus: how often a body stands with the members of its community",
        ),
    )
