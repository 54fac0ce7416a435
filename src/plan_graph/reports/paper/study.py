"""What is at hand while the parts of a paper are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from plan_graph.analysis.measures.groups import Group, body_groups
from plan_graph.analysis.network import Layer, network
from plan_graph.errors import InputError
from plan_graph.model.network import Membership
from plan_graph.reports.paper.settings import Settings
from plan_graph.reports.whole.content import Content, gather
from plan_graph.reports.words import Words

if TYPE_CHECKING:
    from pyoxigraph import Store

LAYERS = {
    Layer.CO_LEAD: Words("共同牵头", "co-lead"),
    Layer.LEAD_SUPPORT: Words("牵头→配合", "lead → support"),
    Layer.ANY: Words("同在一项任务", "any role"),
}
_CHOSEN = {"issuer": Words("发文机关", "issuer"), "level": Words("层级", "level")}


@dataclass(frozen=True, slots=True)
class Study:
    """The tasks chosen, the rows the networks are made of, the three networks of all years, the groups of bodies."""

    content: Content
    rows: Sequence[Membership]
    networks: Mapping[Layer, nx.Graph | nx.DiGraph]
    groups: Mapping[str, Group]
    settings: Settings

    @property
    def years(self) -> list[int]:
        """The years of tasks that name somebody."""
        return sorted({row.year for row in self.rows if row.year is not None})

    def name(self, body: str) -> str:
        """Give the name of a body as documents write it."""
        return self.content.name(body)

    def names(self, bodies: Sequence[str]) -> list[str]:
        """Give the names of bodies."""
        return [self.name(body) for body in bodies]

    def population(self) -> Words:
        """Say which tasks and bodies are counted, as a sentence of a caption."""
        content = self.content
        plans = [one.plan for one in content.sources]
        tasks, bodies = len(content.population), len(self.groups)
        zh, en = (plans[0], plans[0]) if len(plans) == 1 else (f"{len(plans)} 个计划", f"{len(plans)} plans")
        for name, value in content.chosen.items():
            if name != "plan":
                zh, en = f"{zh}，{_CHOSEN[name].zh} {value}", f"{en}, {_CHOSEN[name].en} {value}"
        return Words(
            f"范围：{zh}，任务 {tasks:,} 项、机构 {bodies:,} 个。",
            f"Population: {en}, {tasks:,} tasks, {bodies:,} bodies.",
        )

    def seed(self) -> Words:
        """Say the seed."""
        return Words(f"种子 {self.settings.seed}。", f"Seed {self.settings.seed}.")

    def fixed_margins(self) -> Words:
        """Say what the null model of pairs is, and from how many draws."""
        c = self.content
        return Words(
            f"零模型 FDSM：任务×机构矩阵，行和与列和固定，抽样 {c.draws:,} 次，种子 {c.seed}。",
            f"Null model FDSM: tasks × bodies with row and column sums fixed, {c.draws:,} draws, seed {c.seed}.",
        )


def study(store: Store, chosen: Mapping[str, str], settings: Settings) -> Study:
    """Read from a graph what a paper is about.

    :raises InputError: if no task fits the choice, or none names a single body.
    """
    content = gather(store, chosen)
    rows = tuple(content.memberships)
    networks = {layer: network(rows, layer) for layer in Layer}
    bodies = list(networks[Layer.ANY])
    if not bodies:
        raise InputError(
            "none of the chosen tasks names a single body, so there is no network to analyse; choose other plans, or "
            "build the graph from a plan with responsibility clauses",
            "所选任务都没有点名单个机构，没有网络可以分析，请另选计划，或用写明责任分工的计划文件生成图谱",
        )
    return Study(content, rows, networks, body_groups(store, bodies), settings)
