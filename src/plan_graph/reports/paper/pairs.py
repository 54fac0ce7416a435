"""T3: the most frequent and the most surprising pairs, each beside two null models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from plan_graph.analysis.measures.backbone import Agreement, Backbone, PairResult, agreement, sdsm
from plan_graph.model.network import Tie
from plan_graph.reports.paper.claims import LEVEL, least_found, listed, number, plural, q_is
from plan_graph.reports.paper.grid import Cell, Part, Table, column
from plan_graph.reports.paper.study import Study
from plan_graph.reports.words import Words

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Pairs:
    """The ties by both models: by pair the tie as published and the result of SDSM, and how far these agree.

    ``every`` is the agreement where q is taken over all pairs of bodies, those that share no task included.
    """

    ties: Sequence[Tie]
    closed: dict[tuple[str, str], PairResult]
    agreement: Agreement
    every: Agreement


def compare_pairs(study: Study) -> Pairs:
    """Set the ties of the graph beside SDSM of the same rows."""
    closed = sdsm(study.rows)
    other = {(one.left, one.right): one for one in closed.pairs()}
    tied = {(tie.left, tie.right): tie for tie in study.content.ties}
    own = [
        tied[closed.bodies[a], closed.bodies[b]]
        for a, b in zip(closed.left.tolist(), closed.right.tolist(), strict=True)
    ]
    q = np.array([tie.q for tie in own], np.float64)
    bodies = len(closed.bodies)
    drawn = Backbone(
        "fdsm",
        closed.bodies,
        closed.left,
        closed.right,
        closed.shared,
        np.array([tie.expected for tie in own], np.float64),
        np.array([tie.p for tie in own], np.float64),
        q,
        np.minimum(q * (bodies * (bodies - 1) / 2 / max(1, q.size)), 1.0),
    )
    return Pairs(
        sorted(own, key=lambda tie: (tie.q, tie.p, other[tie.left, tie.right].p, tie.left, tie.right)),
        other,
        agreement(drawn, closed, LEVEL),
        agreement(drawn, closed, LEVEL, every_pair=True),
    )


def make_pairs(study: Study) -> Part:
    """Say which pairs share more tasks than their workloads and the lengths of lists predict."""
    found = compare_pairs(study)
    often = sorted(found.ties, key=lambda tie: (-tie.shared, tie.left, tie.right))[:_SHOWN]
    lists = (
        (Words("共同任务最多", "most frequent"), often),
        (Words("最出乎预期", "most surprising"), found.ties[:_SHOWN]),
    )
    rows: list[tuple[Cell, ...]] = []
    for name, ties in lists:
        for rank, tie in enumerate(ties, start=1):
            other = found.closed[tie.left, tie.right]
            rows.append(
                (
                    *(name, rank, study.name(tie.left), study.name(tie.right), tie.shared),
                    *(tie.expected, tie.p, tie.q, other.expected, other.p, other.q),
                )
            )
    pairs = len(study.groups) * (len(study.groups) - 1) // 2
    table = Table(
        "T3",
        Words("机构对：实际与预期的共同任务", "Pairs: tasks shared and expected"),
        (
            column("排列", "list"),
            column("位次", "rank"),
            column("机构甲", "body A"),
            column("机构乙", "body B"),
            column("共同任务", "shared"),
            column("预期（FDSM）", "expected (FDSM)", 1),
            column("p（FDSM）", "p (FDSM)", chance=True),
            column("q（FDSM）", "q (FDSM)", chance=True),
            column("预期（SDSM）", "expected (SDSM)", 1),
            column("p（SDSM）", "p (SDSM)", chance=True),
            column("q（SDSM）", "q (SDSM)", chance=True),
        ),
        tuple(rows),
        (
            study.population(),
            Words(
                "权重：共同任务数，任何角色，全部年度。p 单侧，只检验多于预期；"
                f"q 对有共同任务的 {len(found.ties):,} 对作 Benjamini–Hochberg 校正（机构两两组合共 {pairs:,} 对）。",
                "Weights: tasks shared in any role, all years. p is one-sided: only more than expected is tested; q is "
                f"by Benjamini–Hochberg over the {plural(len(found.ties), 'pair')} that share a task (of {pairs:,} "
                "pairs of bodies).",
            ),
            study.fixed_margins(),
            Words(
                "SDSM：行和与列和只在平均上保持，p 用泊松二项分布算出，没有抽样。",
                "SDSM: the same sums kept on average, p by the Poisson binomial distribution, nothing drawn.",
            ),
            Words(
                "“最出乎预期”按 FDSM 的 q、p 排列，相同的按 SDSM 的 p 排列。",
                "Most surprising: by q and p of FDSM, of equals by p of SDSM.",
            ),
        ),
    )
    claims, undecided = _claims(study, found, often)
    return Part(Words("机构对", "Pairs of bodies"), (table,) if rows else (), _text(study, found), claims, undecided)


def _text(study: Study, found: Pairs) -> tuple[Words, ...]:
    if not found.ties:
        return (Words("没有两个机构有共同任务，本节没有表。", "No two bodies share a task, so there is no table."),)
    one, every = found.agreement, found.every
    draws = study.content.draws
    tests = len(found.ties)
    pairs = len(study.groups) * (len(study.groups) - 1) // 2
    said = [
        Words(
            f"有共同任务的机构对 {one.pairs:,} 对。q < {LEVEL} 的：FDSM {one.both + one.first_only:,} 对，"
            f"SDSM {one.both + one.second_only:,} 对，两者都有的 {one.both:,} 对，只有 FDSM 的 {one.first_only:,} 对，"
            f"只有 SDSM 的 {one.second_only:,} 对。",
            f"{plural(one.pairs, 'pair')} share a task. With q below {LEVEL} FDSM has {one.both + one.first_only:,}, "
            f"SDSM {one.both + one.second_only:,}; {one.both:,} are in both, {one.first_only:,} in FDSM alone and "
            f"{one.second_only:,} in SDSM alone.",
        ),
    ]
    if one.correlation is not None:
        said.append(
            Words(
                f"两个模型的 p 相关系数 {number(one.correlation, 3)}。",
                f"The p of the two models correlate at {number(one.correlation, 3)}.",
            )
        )
    said += [
        Words(
            f"只取有共同任务的机构对，是由数据选出要检验的假设；若对全部 {pairs:,} 对校正，"
            f"q < {LEVEL} 的 FDSM 有 {every.both + every.first_only:,} 对，SDSM 有 "
            f"{every.both + every.second_only:,} 对。",
            f"To test only pairs that share a task lets the data choose the hypotheses; corrected over all {pairs:,} "
            f"pairs, FDSM has {every.both + every.first_only:,} with q below {LEVEL} and SDSM "
            f"{every.both + every.second_only:,}.",
        ),
        Words(
            f"FDSM 抽样 {draws:,} 次，p 不小于 1/{draws + 1:,}：要有 {least_found(draws, tests):,} 对同时达到这一下限，"
            f"才有 q < {LEVEL}（对全部机构对校正时要 {least_found(draws, pairs):,} 对）；SDSM 没有这一下限。",
            f"With {draws:,} draws p of FDSM is never below 1/{draws + 1:,}: {least_found(draws, tests):,} pairs must "
            f"reach it before any has q below {LEVEL} ({least_found(draws, pairs):,} where all pairs are corrected "
            "for); SDSM has no such limit.",
        ),
    ]
    return tuple(said)


def _grouped(study: Study, sure: Sequence[Tie]) -> Words:
    """Say how the pairs hang together: bodies that are often on one list make many pairs at once."""
    graph = nx.Graph((tie.left, tie.right) for tie in sure)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    largest = graph.subgraph(parts[0])
    members = sorted(parts[0], key=lambda body: (-largest.degree[body], body))
    named = listed(study.names(members), _SHOWN)
    ties = largest.number_of_edges()
    return Words(
        f"这些机构对不是各自独立的发现，同一批名单会一次产生许多对：它们连成 {len(parts)} 组，"
        f"最大的一组有 {len(parts[0])} 个机构、{ties} 对（{named.zh}）。",
        "These pairs are no independent findings, as the same lists make many at once: they hang together in "
        f"{plural(len(parts), 'group')}, the largest with {len(parts[0])} bodies and {plural(ties, 'pair')} "
        f"({named.en}).",
    )


def _claims(study: Study, found: Pairs, often: Sequence[Tie]) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    claims: list[Words] = []
    undecided: list[Words] = []

    def both(ties: Sequence[Tie]) -> Words:
        return listed([f"{study.name(one.left)}–{study.name(one.right)}" for one in ties])

    def above(tie: Tie) -> int:
        return (tie.q < LEVEL) + (found.closed[tie.left, tie.right].q < LEVEL)

    sure, one_only = ([tie for tie in found.ties if above(tie) == count] for count in (2, 1))
    if sure:
        named = both(sure)
        claims.append(
            Words(
                f"两个零模型都判为多于预期（q < {LEVEL}）的机构对有 {len(sure):,} 对：{named.zh}。",
                f"By both null models {plural(len(sure), 'pair')} share more tasks than expected (q below {LEVEL}): "
                f"{named.en}.",
            )
        )
        if len(sure) > 1:
            claims.append(_grouped(study, sure))
    elif found.ties:
        undecided.append(
            Words(
                f"没有一对机构被两个零模型都判为多于预期（q < {LEVEL}）。",
                f"No pair shares more tasks than expected by both null models (q below {LEVEL}).",
            )
        )
    if one_only:
        named = both(one_only)
        undecided.append(
            Words(
                f"只被一个零模型判为多于预期的有 {len(one_only):,} 对（{named.zh}），两个模型不一致，不作断言。",
                f"The models disagree on {plural(len(one_only), 'pair')} ({named.en}): one finds more than expected, "
                "the other does not, and nothing is claimed.",
            )
        )
    plain = [tie for tie in often if not above(tie)]
    if plain:
        top = plain[0]
        named = both(plain)
        pair = f"{study.name(top.left)}–{study.name(top.right)}"
        undecided.append(
            Words(
                f"共同任务最多的 {len(often)} 对中，有 {len(plain)} 对在两个零模型下都与预期分辨不开：{named.zh}。"
                f"其中{pair}共同任务 {top.shared:,} 项，FDSM 预期 {number(top.expected, 1)} 项（{q_is(top.q)}）。",
                f"Of the {len(often)} most frequent pairs {len(plain)} cannot be told from expectation by either "
                "model: "
                f"{named.en}. {pair} share {plural(top.shared, 'task')} where FDSM expects {number(top.expected, 1)} "
                f"({q_is(top.q)}).",
            )
        )
    return tuple(claims), tuple(undecided)
