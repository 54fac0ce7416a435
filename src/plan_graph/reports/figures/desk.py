"""What is at hand while the figures of a report are made: its content, its bodies, and what a caption says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from plan_graph.analysis.network import left_out
from plan_graph.reports.figures.canvas import Legend
from plan_graph.reports.whole.bodies import BodyRow
from plan_graph.reports.whole.content import Content
from plan_graph.reports.words import Words

Made = Figure | Words
"""A figure, or why there is none."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is at hand while figures are drawn: ``rows`` are of the tasks reported on, ``everyone`` of all."""

    content: Content
    rows: Sequence[BodyRow]
    everyone: Sequence[BodyRow]
    lang: str
    seed: int

    def legend(self, title: Words, *notes: Words) -> Legend:
        """Give title and caption: the population first, then how the figure counts."""
        said = Words(f"范围：{self.content.wording().zh}。", f"Population: {self.content.wording().en}.")
        zh, en = "".join(n.zh for n in notes), " ".join(n.en for n in notes)
        return Legend(title, (said, Words(zh, en)), self.lang)

    def scope(self) -> tuple[Words, ...]:
        """Say that only the tasks of the one body are counted, where the report is about one."""
        return (Words("只计这些任务。", "Only these tasks are counted."),) * bool(self.content.body)

    def null_model(self) -> Words:
        """Say where expected numbers come from."""
        c = self.content
        return Words(
            f"预期、q：行列和固定的零模型，抽样 {c.draws:,} 次，种子 {c.seed}。",
            f"Expected, q: null model with fixed margins, {c.draws:,} draws, seed {c.seed}.",
        )

    def omitted(self) -> Words:
        """Say what is no node."""
        out = left_out(self.content.memberships)
        return Words(
            f"集合称谓与未确认名称 {out.collectives} 个（参与 {out.participations:,} 次）未计入。",
            f"{out.collectives} collectives and unresolved names ({out.participations:,} participations) left out.",
        )


def first(shown: int, whole: int, zh: str, en: str) -> tuple[Words, ...]:
    """Say how many bodies of all are drawn, where not all are."""
    return (
        Words(f"只画前 {shown} 个机构（共 {whole} 个，按{zh}）。", f"First {shown} of {whole} bodies by {en}."),
    ) * (shown < whole)


def own_first(desk: Desk) -> list[BodyRow]:
    """Give the bodies, busiest first, the one the report is about before all."""
    return sorted(desk.rows, key=lambda row: row.body != desk.content.body)
