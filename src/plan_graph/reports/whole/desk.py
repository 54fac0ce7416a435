"""What the sections of a printed report are written from, and how they point to tasks and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plan_graph.analysis.facts import TaskFacts
from plan_graph.reports.figures.gallery import Plate
from plan_graph.reports.whole.bodies import BodyRow
from plan_graph.reports.whole.content import Content
from plan_graph.reports.whole.gaps import Gap
from plan_graph.reports.whole.markup import figure, paragraphs, text
from plan_graph.reports.words import Words

_IDS = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """What the sections are written from; ``cited`` collects the tasks that the evidence must hold."""

    content: Content
    rows: Sequence[BodyRow]
    gaps: Sequence[Gap]
    plates: dict[str, Plate]
    lang: str
    number: dict[str, int]
    cited: set[str] = field(default_factory=set)

    def task(self, task: TaskFacts) -> str:
        """Write the id of a task, leading to its words; a task not reported on has none here."""
        if task.iri not in self.number:
            return text(self.content.task_id(task))
        self.cited.add(task.iri)
        return f'<a class="t" href="#task-{self.number[task.iri]}">{text(self.content.task_id(task))}</a>'

    def tasks(self, tasks: Sequence[TaskFacts]) -> str:
        """Write the ids of tasks, of a long list the first."""
        more = f" … +{len(tasks) - _IDS}" if len(tasks) > _IDS else ""
        return "、".join(self.task(one) for one in tasks[:_IDS]) + more

    def plate(self, name: str) -> str:
        """Write a figure, or why there is none."""
        plate = self.plates.get(name)
        if plate is None:
            return ""
        if plate.missing is not None:
            why = Words(
                f"没有画“{plate.title.zh}”：{plate.missing.zh}。",
                f"“{plate.title.en}” was not drawn: {plate.missing.en}.",
            )
            return f'<div class="small">{paragraphs(why, self.lang)}</div>'
        caption = paragraphs(plate.reading, self.lang)
        return figure(plate.files["svg"], f"fig-{name}", plate.title.of(self.lang), caption)


def cut(desk: Desk, whole: int, shown: int) -> str:
    """Say how many rows of a table are shown, where not all are."""
    if whole <= shown:
        return ""
    said = Words(
        f"只列前 {shown} 行，共 {whole:,} 行，其余见工作簿。", f"First {shown} of {whole:,} rows; see the workbook."
    )
    return f'<div class="small">{paragraphs(said, desk.lang)}</div>'
