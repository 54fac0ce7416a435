"""The measures that can be asked for by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from plan_graph.analysis.network import Layer
from plan_graph.reports.measures.bodies import breadth_report, places_report, themes_report
from plan_graph.reports.measures.doubt import backbone_report, bootstrap_report, rarefaction_report, sensitivity_report
from plan_graph.reports.measures.population import Population, head
from plan_graph.reports.measures.structure import (
    brokerage_report,
    centralisation_report,
    communities_report,
    core_report,
    holes_report,
)
from plan_graph.reports.sections import Report
from plan_graph.reports.words import Words

MEASURES: Mapping[str, tuple[Words, Callable[[Population], Report]]] = {
    "backbone": (Words("骨干关系：抽样与闭式", "Backbone: by draws and in closed form"), backbone_report),
    "bootstrap": (Words("指标与名次的区间", "Intervals of measures and ranks"), bootstrap_report),
    "breadth": (Words("广度与深度", "Breadth and depth"), breadth_report),
    "brokerage": (Words("中介角色", "Brokerage"), brokerage_report),
    "centralisation": (Words("中心势", "Centralisation"), centralisation_report),
    "communities": (Words("社群及其稳定性", "Communities and how stable they are"), communities_report),
    "core": (Words("核心与外围", "Core and periphery"), core_report),
    "holes": (Words("结构洞", "Structural holes"), holes_report),
    "places": (Words("地点与机构", "Places and bodies"), places_report),
    "rarefaction": (Words("同等规模下的各年度", "Years at equal size"), rarefaction_report),
    "sensitivity": (Words("换一种取法", "Sensitivity to choices"), sensitivity_report),
    "themes": (Words("主题与机构", "Themes and bodies"), themes_report),
}
_SHARED = Words("共同任务数", "shared tasks")
WEIGHTS: Mapping[str, Words] = {
    "backbone": _SHARED,
    "bootstrap": Words("共同任务数；中介、接近以其倒数为距离", "shared tasks; their inverse as distance"),
    "breadth": _SHARED,
    "brokerage": Words("不加权", "none"),
    "centralisation": Words("不加权", "none"),
    "communities": _SHARED,
    "core": _SHARED,
    "holes": _SHARED,
    "places": Words("任务数", "tasks"),
    "rarefaction": Words("强度按共同任务数", "strength by shared tasks"),
    "sensitivity": Words("强度按共同任务数", "strength by shared tasks"),
    "themes": Words("任务数", "tasks"),
}
OF_ANY_ROLE = frozenset({"backbone", "bootstrap", "places", "rarefaction", "sensitivity", "themes"})
"""Measures of who is on a task, whatever the layer asked for."""
OF_SINGLE_BODIES = frozenset({"backbone", "places", "sensitivity", "themes"})
"""Measures in which collectives have no part, or one of their own."""
FROM_FACTS = frozenset({"places", "sensitivity", "themes"})
"""Measures of what tasks state beside their parties: not to be had by successor."""


def measure(name: str, about: Population) -> Report:
    """Give the report of one of ``MEASURES``, whose head says what was counted.

    Brokerage is of the layer lead → support whatever was asked for; see ``OF_ANY_ROLE``, ``OF_SINGLE_BODIES``.
    """
    title, found = MEASURES[name]
    if name == "brokerage":
        about = replace(about, layer=Layer.LEAD_SUPPORT)
    elif name in OF_ANY_ROLE:
        about = replace(about, layer=Layer.ANY)
    if name in OF_SINGLE_BODIES:
        about = replace(about, collectives=False)
    report = found(about)
    return Report(
        title, (*head(about, WEIGHTS[name]), *report.figures), report.sections, report.sections[0].key, report.notes
    )
