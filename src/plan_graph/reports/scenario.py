"""What would change if bodies were merged, abolished or a task moved, as a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plan_graph.analysis.names import Named
from plan_graph.analysis.network import Layer
from plan_graph.analysis.scenario import NONE, Abolish, Load, Merge, Move, Scenario, Step, Structure, TieChange
from plan_graph.analysis.scope import Scope
from plan_graph.reports.sections import PERIOD, ROLES, Cell, Column, Figure, Report, Section
from plan_graph.reports.words import Words, listed

TOP = 10
"""Bodies listed beside those touched: the strongest before and after."""
LAYERS = {
    Layer.ANY: Words("同在一项任务（任何角色）", "on the same task in any role"),
    Layer.CO_LEAD: Words("共同牵头", "both lead"),
    Layer.LEAD_SUPPORT: Words("牵头→配合（有向）", "lead → support (directed)"),
}
_BODY = Column("body", Words("机构", "body"))


def said(step: Step, known: Mapping[str, Named], task: str = "") -> Words:
    """Say what a step does; ``task`` is the id of the task that moves."""

    def name(body: str) -> str:
        return known[body].short if body in known else body.removeprefix("new/")

    into = name(step.lead if isinstance(step, Move) else step.into)
    if isinstance(step, Merge):
        listed = [name(body) for body in step.bodies]
        return Words(f"{'、'.join(listed)}合并为{into}", f"{', '.join(listed)} merge into {into}")
    if isinstance(step, Abolish):
        return Words(f"撤销{name(step.body)}，任务转给{into}", f"{name(step.body)} ends, {into} takes over its tasks")
    return Words(f"任务 {task} 改由{into}牵头", f"task {task} gets {into} as its lead")


def steps_said(scope: Scope, found: Scenario, known: Mapping[str, Named]) -> Words:
    """Say all steps in their order."""
    by_iri = {task.iri: task.id for task in scope.facts}
    each = [said(step, known, by_iri.get(step.task, "") if isinstance(step, Move) else "") for step in found.steps]
    return listed(each)


def population(scope: Scope, found: Scenario, layer: Layer, chosen: Mapping[str, str]) -> Words:
    """Say of what the figures are: tasks, bodies, what makes a tie, weights, and that nothing is random."""
    plans = len({task.plan for task in scope.facts})
    zh = [f"总体：{plans} 个计划的 {len(scope.facts)} 项任务"]
    en = [f"population: {len(scope.facts)} tasks of {plans} plan{'s' * (plans > 1)}"]
    if chosen:
        limits = ", ".join(f"{key} {value}" for key, value in chosen.items())
        zh[0], en[0] = f"{zh[0]}（{limits}）", f"{en[0]} ({limits})"
    before, after = found.before.summary.nodes, found.after.summary.nodes
    zh += [
        f"单一机构 {before}→{after} 个，集合称谓不计",
        f"关系：{LAYERS[layer].zh}",
        "权重：共同任务数，中介以其倒数为距离",
    ]
    en += [
        f"{before}→{after} single bodies, no collectives",
        f"tie: {LAYERS[layer].en}",
        "weight: shared tasks, their inverse as distance for betweenness",
    ]
    return Words("；".join([*zh, "无随机步骤，不用种子"]), "; ".join([*en, "nothing random, no seed"]))


def listed_bodies(found: Scenario) -> tuple[str, ...]:
    """Give the bodies touched, then the strongest ``TOP`` before or after, by falling strength."""

    def strongest(side: Structure) -> list[str]:
        return sorted(side.loads, key=lambda body: (-side.loads[body].strength, body))[:TOP]

    others = {*strongest(found.before), *strongest(found.after)} - set(found.touched)
    by_strength = sorted(others, key=lambda body: (-found.before.loads.get(body, NONE).strength, body))
    return (*found.touched, *by_strength)


def scenario_report(
    scope: Scope, found: Scenario, known: Mapping[str, Named], layer: Layer, chosen: Mapping[str, str]
) -> Report:
    """Report a scenario: the network, the bodies, the ties, who becomes a cut point, what was given up."""
    names = {body: known[body].short if body in known else label for body, label in found.labels.items()}
    unchanged = not found.touched
    notes = [population(scope, found, layer, chosen)]
    if unchanged:
        notes.append(Words("这些步骤没有改变任何参与关系", "these steps change no participation"))
    sections = (
        _network(found),
        _bodies(found, names),
        _ties(found, names),
        _cut_points(found, names),
        _dropped(scope, found, names),
    )
    return Report(
        Words("如果这样调整：协作网络前后对比", "What if: the network before and after"),
        (
            Figure("steps", Words("调整", "steps"), steps_said(scope, found, known)),
            Figure("period", Words("时期", "period"), PERIOD if scope.year is None else str(scope.year)),
            Figure("touched", Words("受影响的机构", "bodies touched"), len(found.touched)),
            Figure("lost", Words("消失的关系", "ties lost"), len(found.lost)),
            Figure("gained", Words("新增的关系", "ties gained"), len(found.gained)),
            Figure("internal", Words("变为内部的关系", "ties that become internal"), len(found.internal)),
            Figure("joined", Words("并成一条的关系", "ties that fall together"), found.joined),
        ),
        sections,
        "bodies",
        tuple(notes),
    )


def _network(found: Scenario) -> Section:
    def row(key: str, name: Words, before: float | int | None, after: float | int | None) -> tuple[Cell, ...]:
        change = None if before is None or after is None else round(after - before, 6)
        return key, name, before, after, change

    one, other = found.before.summary, found.after.summary
    return Section(
        "network",
        Words("网络整体", "The network as a whole"),
        (
            Column("key", Words("指标（程序用）", "key"), shown=False),
            Column("measure", Words("指标", "measure")),
            Column("before", Words("之前", "before")),
            Column("after", Words("之后", "after")),
            Column("change", Words("变化", "change")),
        ),
        (
            row("bodies", Words("机构", "bodies"), one.nodes, other.nodes),
            row("ties", Words("关系", "ties"), one.ties, other.ties),
            row("density", Words("密度", "density"), round(one.density, 6), round(other.density, 6)),
            row("isolates", Words("孤立机构", "isolates"), one.isolates, other.isolates),
            row("components", Words("连通分支", "components"), one.components, other.components),
            row("giant", Words("最大分支的机构", "bodies in the giant component"), one.giant, other.giant),
            row(
                "path",
                Words("最大分支的平均步数", "mean path in it"),
                _rounded(one.path_length),
                _rounded(other.path_length),
            ),
            row(
                "transitivity",
                Words("传递性", "transitivity"),
                _rounded(one.transitivity),
                _rounded(other.transitivity),
            ),
            row(
                "centralisation",
                Words("度中心势（Freeman）", "degree centralisation (Freeman)"),
                found.before.centralisation,
                found.after.centralisation,
            ),
            row(
                "cutPoints",
                Words("割点", "cut points"),
                len(found.before.cut_points),
                len(found.after.cut_points),
            ),
        ),
        whole=True,
    )


def _bodies(found: Scenario, names: Mapping[str, str]) -> Section:
    measures = (
        ("tasks", Words("任务", "tasks")),
        ("led", Words("牵头", "led")),
        ("supported", Words("配合", "supported")),
        ("degree", Words("度", "degree")),
        ("strength", Words("强度", "strength")),
        ("betweenness", Words("中介", "betweenness")),
        ("brokerage", Words("居间次数", "brokerage")),
    )
    before_after = (Words("前", "before"), Words("后", "after"))

    def row(body: str) -> tuple[Cell, ...]:
        one, other = found.before.loads.get(body), found.after.loads.get(body)
        touched = Words("是", "yes") if body in found.touched else Words("", "")
        cells = [_of(side, key) for key, _ in measures for side in (one, other)]
        return (names[body], touched, *cells, body)

    return Section(
        "bodies",
        Words(f"受影响的机构，和强度最大的 {TOP} 个机构", f"Bodies touched, and the {TOP} strongest"),
        (
            _BODY,
            Column("touched", Words("受影响", "touched")),
            *(
                Column(f"{key}{when.en.title()}", Words(f"{name.zh}{when.zh}", f"{name.en} {when.en}"))
                for key, name in measures
                for when in before_after
            ),
            Column("id", Words("机构标识", "id"), shown=False),
        ),
        tuple(map(row, listed_bodies(found))),
        (
            Words(
                "– 表示该机构还不存在或已不存在；度是关系数，强度是各关系的共同任务数之和",
                "– where a body is not there yet or no more; degree counts ties, strength adds up their shared tasks",
            ),
            Words(
                "居间次数：在牵头→配合的网络中居于两家之间的次数（Gould 与 Fernandez 1989，五种角色合计）",
                "brokerage: pairs of bodies it stands between in the network lead → support (Gould & Fernandez 1989, "
                "all five roles)",
            ),
        ),
    )


def _ties(found: Scenario, names: Mapping[str, str]) -> Section:
    kinds: tuple[tuple[Words, Iterable[TieChange]], ...] = (
        (Words("消失", "lost"), found.lost),
        (Words("新增", "gained"), found.gained),
        (Words("变为内部", "internal"), found.internal),
    )
    return Section(
        "ties",
        Words("消失、新增与变为内部的关系", "Ties lost, gained, and internal now"),
        (
            Column("kind", Words("变化", "change")),
            Column("left", Words("机构（有向时为牵头）", "body (lead where directed)")),
            Column("right", Words("机构（有向时为配合）", "body (support where directed)")),
            Column("shared", Words("共同任务", "shared tasks")),
        ),
        tuple((kind, names[one.left], names[one.right], one.shared) for kind, own in kinds for one in own),
        (
            Words(
                "之后的关系 = 之前 − 变为内部 − 并成一条 − 消失 + 新增",
                "ties after = before − internal − fallen together − lost + gained",
            ),
        ),
    )


def _cut_points(found: Scenario, names: Mapping[str, str]) -> Section:
    before, after = set(found.before.cut_points), set(found.after.cut_points)
    kinds = (
        (Words("成为割点", "becomes one"), after - before),
        (Words("仍是割点", "still one"), after & before),
        (Words("不再是割点", "no more one"), before - after),
    )
    return Section(
        "cutPoints",
        Words("割点：少了它，网络会断开", "Cut points: without them the network falls apart"),
        (Column("change", Words("变化", "change")), _BODY),
        tuple((kind, names[body]) for kind, bodies in kinds for body in sorted(bodies)),
    )


def _dropped(scope: Scope, found: Scenario, names: Mapping[str, str]) -> Section:
    by_iri = {task.iri: task for task in scope.facts}
    return Section(
        "dropped",
        Words("合并后不再重复的参与", "Participations given up by the mergers"),
        (
            Column("id", Words("编号", "id")),
            _BODY,
            Column("role", Words("原角色", "role it had")),
            Column("task", Words("任务（IRI）", "task (IRI)"), shown=False),
        ),
        tuple((by_iri[row.task].id, names[row.body], ROLES[row.role], row.task) for row in found.dropped),
        (
            Words(
                "合并的机构在一项任务上只留一个角色：牵头先于负责，负责先于配合，配合先于指导",
                "a merged body keeps one role on a task: lead before responsible before support before guide",
            ),
        ),
    )


def _of(load: Load | None, key: str) -> float | int | None:
    value = None if load is None else getattr(load, key)
    return value if isinstance(value, int | float) else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
