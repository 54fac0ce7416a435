"""What the sheets of a workbook are made of, and how their cells lead to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_graph.analysis.facts import TaskFacts
from plan_graph.model.plan import Role
from plan_graph.reports.whole.bodies import BodyRow
from plan_graph.reports.whole.content import Content
from plan_graph.reports.whole.gaps import Gap
from plan_graph.reports.whole.sheets import Column, Go, Kind, Value
from plan_graph.reports.words import ROLES, Words


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets are made of, and in which row of its sheet each task and body stands."""

    content: Content
    rows: Sequence[BodyRow]
    gaps: Sequence[Gap]
    task_rows: dict[str, int]
    body_rows: dict[str, int]
    lang: str

    def task(self, task: TaskFacts) -> Value:
        """Give the id of a task, with a link to its row."""
        id_ = self.content.task_id(task)
        return Go(id_, "tasks", self.task_rows[task.iri]) if task.iri in self.task_rows else id_

    def body(self, body: str, shown: str) -> Value:
        """Give the name of a body, with a link to its row."""
        return Go(shown, "bodies", self.body_rows[body]) if body in self.body_rows else shown

    def names(self, task: TaskFacts, *roles: Role) -> str:
        """Give the names of the parties of a task in some roles, as written."""
        return "、".join(dict.fromkeys(party.written for party in task.parties if party.role in roles))

    def roles(self, task: TaskFacts, body: str) -> str:
        """Give the roles of a body on a task."""
        found = {party.role for party in task.parties if party.body == body}
        return "、".join(words.of(self.lang) for role, words in ROLES.items() if role in found)


def column(zh: str, en: str, kind: Kind = Kind.TEXT, width: float = 12) -> Column:
    """Give a column: its head in Chinese and English, what it holds, its width."""
    return Column(Words(zh, en), kind, width)
