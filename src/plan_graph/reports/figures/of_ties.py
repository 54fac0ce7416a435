"""The figures of ties: network, breadth and depth, blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from plan_graph.analysis.measures.breadth import breadth_depth as measured
from plan_graph.analysis.measures.communities import stability
from plan_graph.analysis.network import Layer, network
from plan_graph.reports.figures import blocks, breadth_depth, network_map
from plan_graph.reports.figures.desk import Desk, Made, first
from plan_graph.reports.whole import blocks as block_model
from plan_graph.reports.whole.kinds import GROUPS
from plan_graph.reports.words import Words

_NODES, _POINTS, _MATRIX = 80, 120, 70
_RUNS, _FEW = 100, 300  # runs of Louvain with up to so many bodies; with more a tenth


def make_network(desk: Desk, title: Words) -> Made:
    """Draw who shares tasks with whom: all bodies, or one with its partners."""
    content = desk.content
    near = {body for tie in content.ties if content.body in (tie.left, tie.right) for body in (tie.left, tie.right)}
    some = [row for row in desk.everyone if not content.body or row.body in near]
    some = sorted(some, key=lambda row: (row.body != content.body, -row.strength, row.body))
    kept = some[:_NODES]
    there = {row.body for row in kept}
    lines = [
        network_map.Line(tie.left, tie.right, tie.shared, tie.expected, tie.q)
        for tie in content.ties
        if {tie.left, tie.right} <= there
    ]
    if not lines:
        return Words("没有两个机构有共同任务", "no two bodies share a task")
    strong = sum(line.strong for line in lines)
    legend = desk.legend(
        title,
        Words(
            f"连线：同在一项任务，{len(lines):,} 对，其中 {strong:,} 对显著多于预期。",
            f"Lines: on the same task, {len(lines):,} pairs, {strong:,} of them above expectation.",
        ),
        desk.null_model(),
        *first(len(kept), len(some), "强度", "strength"),
        desk.omitted(),
        Words(f"位置只表示远近，种子 {desk.seed}。", f"Places show nearness only, seed {desk.seed}."),
    )
    nodes = [network_map.Node(row.body, row.short, row.strength, row.group, row.body == content.body) for row in kept]
    return network_map.draw(nodes, lines, legend, desk.seed)


def make_breadth_depth(desk: Desk, title: Words) -> Made:
    """Draw partners by shared tasks a partner."""
    tied = [row for row in desk.everyone if row.partners]
    if len(tied) < 3:
        return Words("有共同任务的机构不足三个", "fewer than three bodies share tasks")
    shown = sorted(tied, key=lambda row: (row.body != desk.content.body, -row.strength, row.body))[:_POINTS]
    kinds = measured(desk.content.memberships)
    breadth, depth = kinds.breadth_line, kinds.depth_line
    legend = desk.legend(
        title,
        Words(
            f"虚线：有伙伴的机构的平均数（广度 {breadth:.1f}，深度 {depth:.2f}）；坐标为对数；同点的机构并排。",
            f"Dashed: means of bodies with partners (breadth {breadth:.1f}, depth {depth:.2f}); log axes; bodies of "
            "one place side by side.",
        ),
        *first(len(shown), len(tied), "强度", "strength"),
        desk.omitted(),
    )
    field = breadth_depth.Field(
        tuple(
            breadth_depth.Position(row.short, row.partners, row.depth, row.group, row.body == desk.content.body)
            for row in shown
        ),
        breadth,
        depth,
        (
            Words("主导型（广而深）", "leading: broad, deep"),
            Words("关键型（窄而深）", "key: narrow, deep"),
            Words("关键型（广而浅）", "key: broad, shallow"),
            Words("辅助型（窄而浅）", "auxiliary: narrow, shallow"),
        ),
    )
    return breadth_depth.draw(field, legend)


def make_blocks(desk: Desk, title: Words) -> Made:
    """Draw the matrix in the order of communities."""
    groups = {row.body: row.community for row in desk.rows if row.partners}
    how = Words(f"社群：Louvain，种子 {desk.seed}。", f"Communities: Louvain, seed {desk.seed}.")
    runs = _RUNS if len(groups) <= _FEW else _RUNS // 10
    agreement = stability(network(desk.content.memberships, Layer.ANY), runs, desk.seed).agreement if groups else None
    if agreement is not None:
        how = Words(
            f"{how.zh}换种子重算 {runs} 次，各次划分的一致程度 {agreement:.2f}（调整兰德指数）。",
            f"{how.en} Over {runs} seeds the divisions agree by {agreement:.2f} (adjusted Rand index).",
        )
    return _in_blocks(
        desk,
        title,
        groups,
        sorted(set(groups.values())),
        lambda key, count: (f"{Words('社群', 'community').of(desk.lang)} {key} ({count})", str(key)),
        how,
    )


def make_blocks_by_kind(desk: Desk, title: Words) -> Made:
    """Draw the matrix in the order of kinds of bodies."""
    named = {group.key: group.words for group in GROUPS}
    groups = {row.body: row.group.key for row in desk.rows if row.partners}
    order = [group.key for group in GROUPS if group.key in groups.values()]

    def name(key: object, count: int) -> tuple[str, str]:
        letter = "ABCDEFG"[order.index(str(key))]
        return f"{letter} {named[str(key)].of(desk.lang)} ({count})", letter

    return _in_blocks(desk, title, groups, order, name, Words("分组：机构类别。", "Blocks: kinds of bodies."))


def _in_blocks(
    desk: Desk,
    title: Words,
    groups: Mapping[str, int] | Mapping[str, str],
    order: Sequence[object],
    name: Callable[[object, int], tuple[str, str]],
    how: Words,
) -> Made:
    tied = sorted((row for row in desk.rows if row.body in groups), key=lambda row: (-row.strength, row.body))
    if len(tied) < 3:
        return Words("有共同任务的机构不足三个", "fewer than three bodies share tasks")
    kept = tied[:_MATRIX]
    number = block_model.numbered({row.body: groups[row.body] for row in kept}, order)
    kept = sorted(kept, key=lambda row: (number[row.body], -row.strength, row.body))
    block = tuple(number[row.body] for row in kept)
    there = [one for one in order if one in {groups[row.body] for row in kept}]
    said = [name(one, block.count(at)) for at, one in enumerate(there)]
    shared = block_model.shared_matrix([row.body for row in kept], desk.content.ties)
    density, strength = block_model.densities(shared, block)
    legend = desk.legend(
        title,
        Words("格：两机构的共同任务数。", "Cells: tasks two bodies share."),
        how,
        *first(len(kept), len(tied), "强度", "strength"),
        desk.omitted(),
    )
    return blocks.draw(
        blocks.Blocks(
            tuple(row.short for row in kept),
            block,
            tuple(long for long, _ in said),
            tuple(short for _, short in said),
            shared,
            density,
            strength,
        ),
        legend,
    )
