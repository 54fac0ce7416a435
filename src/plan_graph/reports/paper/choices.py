"""T7: what hangs on our choices."""

from __future__ import annotations

from plan_graph.analysis.measures.sensitivity import LONG_LIST, Choice, sensitivity
from plan_graph.reports.paper.claims import listed, number
from plan_graph.reports.paper.grid import Cell, Part, Table, column
from plan_graph.reports.paper.study import Study
from plan_graph.reports.words import Words

CHOICES = {
    Choice.DEFAULT: Words("本文的做法", "as here"),
    Choice.NO_GUIDE: Words("不计指导单位", "without bodies that guide"),
    Choice.LEAD_ONLY: Words("只计牵头（无牵头则负责）单位", "only who leads, or is responsible"),
    Choice.COLLECTIVES: Words("集合称谓与未确认名称也算节点", "collectives and unresolved names as nodes"),
    Choice.AS_WRITTEN: Words("名称照原文，不合并", "names as written, not resolved"),
    Choice.NEWMAN: Words("一项任务计 1/(k−1)", "a task counts 1/(k−1)"),
    Choice.NO_LONG_LISTS: Words(f"去掉机构多于 {LONG_LIST} 个的任务", f"without tasks of more than {LONG_LIST} bodies"),
}
_FIRST = 5


def make_choices(study: Study) -> Part:
    """Show the figures under one other choice at a time; the table is descriptive."""
    found = sensitivity(study.content.population, first=_FIRST)
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        figures = one.figures
        rows.append(
            (
                *(CHOICES[one.choice], int(figures["bodies"]), int(figures["ties"]), figures["density"]),
                *(int(figures["components"]), figures["transitivity"], figures["strength"]),
                *(None if one.choice is Choice.DEFAULT else one.tau, one.common),
                "、".join(study.names(one.first)),
            )
        )
    table = Table(
        "T7",
        Words("换一种做法", "Other choices"),
        (
            column("做法", "choice"),
            column("机构", "bodies"),
            column("连线", "ties"),
            column("密度", "density", 3),
            column("连通分量", "components"),
            column("传递性", "transitivity", 3),
            column("平均强度", "mean strength", 1),
            column("τ", "τ", 3),
            column("共有机构", "common bodies"),
            column(f"强度前 {_FIRST} 位", f"first {_FIRST} by strength"),
        ),
        tuple(rows),
        (
            study.population(),
            Words(
                "网络：同在一项任务，全部年度；每行只换一种做法。τ：与本文做法的机构强度的 Kendall τ-b，只计共有机构。"
                "强度按共同任务数，“1/(k−1)”一行按 Newman 权重。没有抽样。",
                "Network of any role, all years; one choice changed in each row. τ: Kendall's τ-b of the strengths "
                "with "
                "those found here, over the common bodies. Strength by shared tasks, in the row 1/(k−1) by Newman's "
                "weight. Nothing is drawn.",
            ),
        ),
    )
    others = [one for one in found if one.choice is not Choice.DEFAULT]
    taus = [(one.tau, one.choice) for one in others if one.tau is not None]
    said: list[Words] = []
    if taus:
        low, least = min(taus, key=lambda one: one[0])
        high, most = max(taus, key=lambda one: one[0])
        said.append(
            Words(
                f"机构强度的次序与本文做法的 τ 在 {number(low)}（“{CHOICES[least].zh}”）到 {number(high)}"
                f"（“{CHOICES[most].zh}”）之间。",
                f"The order of bodies by strength agrees with the one found here at τ from {number(low)} "
                f"(“{CHOICES[least].en}”) to {number(high)} (“{CHOICES[most].en}”).",
            )
        )
    first = found[0].first[:1]
    if first:
        other = [one for one in others if one.first[:1] != first and one.choice is not Choice.AS_WRITTEN]
        name = study.name(first[0])
        if other:
            named_zh = listed([f"“{CHOICES[one.choice].zh}”" for one in other]).zh
            named_en = listed([f"“{CHOICES[one.choice].en}”" for one in other]).en
            said.append(
                Words(
                    f"强度最大的机构不总是{name}：改为{named_zh}时不是它。",
                    f"{name} does not have the highest strength under every choice: not under {named_en}.",
                )
            )
        else:
            said.append(
                Words(
                    f"除名称照原文外，各种做法下强度最大的都是{name}。",
                    f"Under every choice but names as written {name} has the highest strength.",
                )
            )
    said.append(
        Words(
            "这张表说明数字随做法变动多少，不是误差范围。",
            "The table shows how far figures move with the choices; it is no margin of error.",
        )
    )
    return Part(Words("换一种做法", "Other choices"), (table,), tuple(said))
