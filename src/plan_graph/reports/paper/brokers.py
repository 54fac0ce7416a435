"""T6c: which groups of bodies stand between others, beside networks of the same groups and density."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from plan_graph.analysis.measures.brokerage import Brokerage, BrokerRole, brokerage
from plan_graph.analysis.measures.groups import Group
from plan_graph.analysis.network import Layer
from plan_graph.analysis.significance import benjamini_hochberg
from plan_graph.reports.paper.claims import LEVEL, least_found, number
from plan_graph.reports.paper.grid import Cell, Part, Table, column
from plan_graph.reports.paper.study import Study
from plan_graph.reports.words import Words

Floats = npt.NDArray[np.float64]

GROUPS = {
    Group.PROVINCIAL_DEPARTMENT: Words("省级政府部门", "provincial departments"),
    Group.CENTRAL_BRANCH: Words("中央驻地方机构", "central branches"),
    Group.CENTRAL_DEPARTMENT: Words("国务院部门", "central departments"),
    Group.GOVERNMENT: Words("各级政府及其下级部门", "governments and local departments"),
    Group.PARTY: Words("党的机关", "party organs"),
    Group.FIRM: Words("企业和银行", "firms and banks"),
    Group.OTHER: Words("其他", "others"),
}
ROLES = {
    BrokerRole.COORDINATOR: Words("协调（同组之内）", "coordinator (within the group)"),
    BrokerRole.ITINERANT: Words("顾问（他组之内）", "itinerant (within another group)"),
    BrokerRole.REPRESENTATIVE: Words("代表（本组向外）", "representative (out of the group)"),
    BrokerRole.GATEKEEPER: Words("守门（外组向内）", "gatekeeper (into the group)"),
    BrokerRole.LIAISON: Words("联络（三组之间）", "liaison (between two other groups)"),
    BrokerRole.TOTAL: Words("合计", "total"),
}
_WHOLE = Words("全部机构", "all bodies")
_CAUTION = Words(
    "中间人的零模型只保留组别与密度，不保留哪些机构牵头多、配合多：偏离它，只说明连线不是随意散布的；"
    "牵头少的组别次数自然少，既牵头又配合得多的机构次数自然多。",
    "The null model of brokerage keeps groups and density but not who leads and supports much: to differ from it means "
    "only that arcs are not scattered at random; groups that seldom lead broker less by that alone, and bodies that "
    "both lead and support much broker more.",
)
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Count:
    """How often a group (or all bodies) plays a role; ``expected`` is exact, deviation and p are of random digraphs."""

    group: Words
    bodies: int
    role: BrokerRole
    count: int
    expected: float
    z: float | None
    p: float
    q: float


def make_brokers(study: Study) -> Part:
    """Compare counts of roles with digraphs of the same density whose arcs are scattered at random."""
    title = Words("中间人角色", "Brokerage")
    graph = study.networks[Layer.LEAD_SUPPORT]
    if not graph.number_of_edges():
        why = Words("“牵头→配合”网络没有连线，没有中间人。", "The network lead → support has no ties: nobody brokers.")
        return Part(title, (), (why,))
    found = counts(graph, study.groups, study.settings.digraphs, study.settings.seed)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.group, one.bodies, ROLES[one.role], one.count, one.expected, one.z, one.p, one.q) for one in found
    )
    table = Table(
        "T6c",
        Words("中间人角色（按机构组别）", "Brokerage by group"),
        (
            column("组别", "group"),
            column("机构", "bodies"),
            column("角色", "role"),
            column("次数", "count"),
            column("预期", "expected", 1),
            column("z", "z", 1),
            column("p", "p", chance=True),
            column("q", "q", chance=True),
        ),
        rows,
        (
            study.population(),
            Words(
                "网络：牵头→配合，不加权；组别由登记册的类别与层级得出。j 在 i→j→k 而无 i→k 时为中间人一次。",
                "Network lead → support, not weighted; groups by the kind and level in the registers. A body j brokers "
                "once where i → j → k and not i → k.",
            ),
            Words(
                f"预期：组别与密度相同、连线各自独立的有向网络；标准差与双侧 p 由 {study.settings.digraphs:,} 个这样的"
                f"网络得出，种子 {study.settings.seed}；q 对 {len(found)} 个检验作 Benjamini–Hochberg 校正。"
                "预期为 0、不可能出现的角色没有列出。",
                "Expected: digraphs of the same groups and density with independent arcs; deviation and two-sided p "
                f"from {study.settings.digraphs:,} of them, seed {study.settings.seed}; q by Benjamini–Hochberg over "
                f"{len(found)} tests. Roles that cannot occur are not listed.",
            ),
        ),
    )
    both = {body for body in graph if graph.in_degree(body) and graph.out_degree(body)}
    able = {GROUPS[study.groups[body]] for body in both}
    text, claims, undecided = _said(found, able, study.settings.digraphs)
    return Part(title, (table,), text, claims, undecided)


def counts(graph: nx.DiGraph, groups: Mapping[str, Group], draws: int, seed: int) -> list[Count]:
    """Give each group's counts by role, then those of all bodies.

    Random digraphs have each arc with the chance of the density, as in Gould & Fernandez (1989, Sociological
    Methodology 19:89–126). p is twice the smaller tail, (1 + digraphs as far out) / (draws + 1), at most 1.
    O(draws · nodes³).
    """
    found = brokerage(graph, groups)
    there = [group for group in Group if group in found.sizes]
    observed = _by_group(found, groups, there)
    expected = _by_group(found, groups, there, expected=True)
    nodes = list(graph)
    generator = np.random.default_rng(seed)
    drawn: list[Floats] = []
    for _ in range(draws):
        arcs = generator.random((len(nodes), len(nodes))) < found.density
        made = nx.DiGraph()
        made.add_nodes_from(nodes)
        made.add_edges_from((nodes[a], nodes[b]) for a, b in np.argwhere(arcs).tolist() if a != b)
        drawn.append(_by_group(brokerage(made, groups), groups, there))
    values = np.array(drawn)
    deviation = values.std(axis=0)
    above, below = 1 + (values >= observed - _SAME).sum(axis=0), 1 + (values <= observed + _SAME).sum(axis=0)
    p = np.minimum(1.0, 2 * np.minimum(above, below) / (draws + 1))
    possible = expected > _SAME
    q = np.full(p.shape, np.nan)
    q[possible] = benjamini_hochberg(p[possible])
    made_: list[Count] = []
    for row in range(len(there) + 1):
        whole = row == len(there)
        for at, role in enumerate(BrokerRole):
            if not possible[row, at]:
                continue
            spread = float(deviation[row, at])
            made_.append(
                Count(
                    _WHOLE if whole else GROUPS[there[row]],
                    len(nodes) if whole else found.sizes[there[row]],
                    role,
                    round(observed[row, at]),
                    float(expected[row, at]),
                    float((observed[row, at] - expected[row, at]) / spread) if spread else None,
                    float(p[row, at]),
                    float(q[row, at]),
                )
            )
    return made_


def _by_group(
    found: Brokerage, groups: Mapping[str, Group], there: Sequence[Group], *, expected: bool = False
) -> Floats:
    """Return the counts or their expected values, (groups and all, roles)."""
    made = np.zeros((len(there) + 1, len(BrokerRole)))
    row = {group: at for at, group in enumerate(there)}
    for body, scores in found.bodies.items():
        values = [scores[role].expected if expected else scores[role].count for role in BrokerRole]
        made[row[groups[body]]] += values
        made[-1] += values
    return made


def _said(
    found: Sequence[Count], able: Set[Words], draws: int
) -> tuple[tuple[Words, ...], tuple[Words, ...], tuple[Words, ...]]:
    """Say what differs from the null model: by role of all bodies, and in total of groups that can broker at all.

    ``able`` are the groups with a body that both leads and supports; of others 0 is no finding.
    """
    text: list[Words] = []
    groups = list(dict.fromkeys(one.group for one in found if one.group is not _WHOLE))
    if idle := [group for group in groups if group not in able]:
        text.append(
            Words(
                f"没有既牵头又配合的机构的组别不可能当中间人，次数为 0 不是发现：{'、'.join(g.zh for g in idle)}。",
                "Groups without a body that both leads and supports cannot broker, so that their counts of 0 are no "
                f"finding: {', '.join(g.en for g in idle)}.",
            )
        )
    looked = [one for one in found if one.group is _WHOLE or (one.group in able and one.role is BrokerRole.TOTAL)]
    claims: list[Words] = []
    for above in (True, False):
        some = [one for one in looked if one.q < LEVEL and (one.count > one.expected) is above]
        if some:
            claims.append(
                Words(
                    f"当中间人的次数{'多于' if above else '少于'}零模型预期（括号内；q < {LEVEL}）："
                    f"{'；'.join(_count(one).zh for one in some)}。",
                    f"Brokerage {'above' if above else 'below'} what the null model expects (in brackets; q below "
                    f"{LEVEL}): {'; '.join(_count(one).en for one in some)}.",
                )
            )
    if claims:
        claims.append(_CAUTION)
    undecided: list[Words] = []
    if rest := [one for one in looked if one.q >= LEVEL]:
        undecided.append(
            Words(
                f"当中间人的次数与零模型分辨不开：{'；'.join(_count(one).zh for one in rest)}。",
                f"Brokerage that cannot be told from the null model: {'; '.join(_count(one).en for one in rest)}.",
            )
        )
    if least_found(draws, len(found), sides=2) > len(found):
        undecided.append(
            Words(
                f"{draws:,} 个随机网络太少，任何次数的 q 都不可能小于 {LEVEL}。",
                f"{draws:,} random digraphs are too few for any count to have q below {LEVEL}.",
            )
        )
    return tuple(text), tuple(claims), tuple(undecided)


def _count(one: Count) -> Words:
    role = ROLES[one.role]
    return Words(
        f"{one.group.zh}·{role.zh} {one.count:,}（{number(one.expected, 1)}）",
        f"{one.group.en}, {role.en} {one.count:,} ({number(one.expected, 1)})",
    )
