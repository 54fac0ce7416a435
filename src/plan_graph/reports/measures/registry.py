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
FROM_FACTS = frozenset({"places", "sensitivity", "themes"})
"""Measures of what tasks state beside their parties: not to be had by successor."""


def measure(name: str, about: Population) -> Report:
    """Give the report of one of ``MEASURES``; brokerage is of the layer lead → support whatever was asked for."""
    title, found = MEASURES[name]
    if name == "brokerage":
        about = replace(about, layer=Layer.LEAD_SUPPORT)
    report = found(about)
    return Report(title, (*head(about), *report.figures), report.sections, report.sections[0].key, report.notes)
