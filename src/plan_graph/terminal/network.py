"""A network: as a whole, its bodies, its ties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.text import Text

from plan_graph.analysis.rows import written_names
from plan_graph.terminal.drawing import console, grid, pick, significance

if TYPE_CHECKING:
    from plan_graph.analysis.choice import Chosen
    from plan_graph.analysis.network import Layer, LeftOut


def show_network(
    graph: Any,
    store: Any,
    layer: Layer,
    chosen: Chosen,
    omitted: LeftOut | None,
    seed: int,
    lang: str,
    top: int,
) -> None:
    """Show a network made from what was chosen of a store: as a whole, its bodies by strength, its ties.

    ``omitted`` is what was left out of it; ``seed`` is Louvain's.
    """
    from plan_graph.analysis.export import edge_rows
    from plan_graph.analysis.network import describe, measures

    names = {
        "co-lead": ("共同牵头", "co-lead"),
        "lead-support": ("牵头→配合（有向）", "lead → support (directed)"),
        "any": ("同在一项任务", "on the same task in any role"),
    }
    whole = describe(graph)
    short = written_names(store)
    tested = any("p" in own or "pair_p" in own for _, _, own in graph.edges(data=True))
    out = console()
    choice = chosen.choice
    when = str(choice.year) if choice.year else pick("全部年度", "all years", lang)
    heading = [pick("协作网络", "Coordination network", lang), pick(*names[layer.value], lang), when]
    heading += choice.parameters.values()
    if choice.by_successor:
        heading.append(pick("按后继机构", "by successor", lang))
    out.print(Text(" · ".join(heading), style="bold"))
    path = "–" if whole.path_length is None else f"{whole.path_length:.2f}"
    facts = [
        (pick("机构", "bodies", lang), whole.nodes),
        (pick("关系", "ties", lang), whole.ties),
        (pick("孤立", "isolates", lang), whole.isolates),
        (pick("密度", "density", lang), f"{whole.density:.3f}"),
        (pick("连通分支", "components", lang), whole.components),
        (pick("最大分支的平均步数", "mean path in the giant component", lang), path),
        (pick("传递性", "transitivity", lang), f"{whole.transitivity:.3f}"),
    ]
    out.print(" · ".join(f"{name} [bold]{value}[/]" for name, value in facts))
    if omitted is None:
        said = pick("集合称谓与未确认名称已计入", "collectives and unresolved names are counted in", lang)
    else:
        said = pick(
            f"未计入的集合称谓与未确认名称：{omitted.collectives} 个，{omitted.participations} 次参与",
            f"left out: {omitted.collectives} collectives and unresolved names "
            f"with {omitted.participations} participations",
            lang,
        )
    out.print(Text(said, style="dim"))
    found = measures(graph, seed)
    made = grid(
        [
            ("机构", "body", False),
            ("度", "degree", True),
            ("强度", "strength", True),
            *([("出", "out", True), ("入", "in", True)] if whole.directed else []),
            ("中介", "betweenness", True),
            ("接近", "closeness", True),
            ("约束", "constraint", True),
            ("社群", "community", True),
        ],
        lang,
        pick(f"机构（按强度，前 {min(top, len(found))} 名）", f"Bodies by strength (top {min(top, len(found))})", lang),
    )
    for one in found[:top]:
        made.add_row(
            short.get(one.body, one.label),
            str(one.degree),
            str(one.strength),
            *([str(one.out_strength), str(one.in_strength)] if whole.directed else []),
            f"{one.betweenness:.3f}",
            f"{one.closeness:.3f}",
            "–" if one.constraint is None else f"{one.constraint:.3f}",
            str(one.community),
        )
    out.print(made)
    rows = sorted(edge_rows(graph), key=lambda r: (-int(str(r["shared"])), str(r["source"]), str(r["target"])))
    prefix = "" if layer.value == "any" else "pair_"
    shown = min(top, len(rows))
    made = grid(
        [
            ("机构" if not whole.directed else "牵头", "body" if not whole.directed else "lead", False),
            ("机构" if not whole.directed else "配合", "body" if not whole.directed else "support", False),
            ("共同任务", "shared", True),
            ("Newman", "Newman", True),
            *([("同组任务", "pair shared", True)] if prefix and tested else []),
            *([("预期", "expected", True), ("p", "p", True), ("q", "q", True)] if tested else []),
        ],
        lang,
        pick(f"关系（按共同任务，前 {shown} 条）", f"Ties by shared tasks (top {shown})", lang),
    )
    for row in rows[:top]:
        cells = [
            short.get(str(row["source"]), str(row["source_name"])),
            short.get(str(row["target"]), str(row["target_name"])),
            str(row["shared"]),
            f"{row['newman']:.2f}",
        ]
        if tested:
            if prefix:
                cells.append("–" if row["pair_shared"] is None else str(row["pair_shared"]))
            expected = row[f"{prefix}expected"]
            cells += (
                ["–", "–", "–"]
                if expected is None
                else [f"{expected:.1f}", significance(row[f"{prefix}p"]), significance(row[f"{prefix}q"])]
            )
        made.add_row(*cells)
    out.print(made)
    for note in _notes(chosen, seed, bool(prefix), tested, lang):
        out.print(Text(note, style="dim"))


def _notes(chosen: Chosen, seed: int, in_pairs: bool, tested: bool, lang: str) -> Iterator[str]:
    """Say what was computed from what."""
    yield pick(
        f"中介、接近以 1/共同任务数 为距离；社群：Louvain，种子 {seed}",
        f"betweenness and closeness take 1/shared tasks as distance; communities: Louvain, seed {seed}",
        lang,
    )
    if chosen.choice.by_successor:
        yield _successors(chosen, lang)
    if chosen.draws == 0:
        yield pick("未计算预期、p、q（--draws 0）", "expected, p, q were not computed (--draws 0)", lang)
    if not tested:
        return
    if in_pairs:
        yield pick("预期、p、q 指两机构任何角色的共同任务", "expected, p, q are of tasks shared in any role", lang)
    if chosen.draws is None:
        draws, drawn_with = chosen.published or (0, 0)
        yield pick(
            f"预期、p、q 取自图谱：生成时就全部计划计算（零模型 {draws:,} 次抽样，种子 {drawn_with}）",
            f"expected, p, q are those of the graph, computed at the build over all its plans "
            f"({draws:,} draws, seed {drawn_with})",
            lang,
        )
    elif chosen.choice.parameters:
        yield pick(
            f"预期、p、q 只就所选任务计算（零模型 {chosen.draws:,} 次抽样，种子 {chosen.seed}）",
            f"expected, p, q are computed for the chosen tasks alone ({chosen.draws:,} draws, seed {chosen.seed})",
            lang,
        )
    else:
        yield pick(
            f"预期、p、q 为重新计算（零模型 {chosen.draws:,} 次抽样，种子 {chosen.seed}）",
            f"expected, p, q are computed anew ({chosen.draws:,} draws, seed {chosen.seed})",
            lang,
        )


def _successors(chosen: Chosen, lang: str) -> str:
    ended, split = len(chosen.ended), len(chosen.split)
    zh = f"原文中 {ended} 个机构按后继机构计"
    en = f"{ended} bodies of the text count as their successors"
    if split:
        zh += f"，其中分设的 {split} 个计入各后继机构，后继机构之间的共同任务因此而来"
        en += f"; those that were split ({split}) count for each, which alone makes their successors share these tasks"
    return pick(zh, en, lang)
