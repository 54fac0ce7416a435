"""Scores of what was extracted from a plan against its gold annotation, kind of fact by kind of fact.

The gold says what two careful readers found (data/gold/GUIDELINES.md). Facts are compared as multisets, so
a fact found twice but annotated once is one hit and one false find.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from plan_graph.model import Place, Plan, Relation, Resolution, Role, Task

Fact = tuple[str, ...]  # the task's id first

KINDS = (
    *("tasks", "themes", "wording", "labels", "roles", "bodies"),
    *("citations", "places", "organisations", "targets", "deadlines"),
)
_EDGE = 8  # the gold keeps the first and the last eight characters of a task's wording
_RELATIONS = {Relation.CITES: "cites", Relation.IMPLEMENTS: "cites"}  # the gold does not tell these two apart


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold annotation: one record a task, and the register id behind every name ("" where there is none)."""

    tasks: tuple[Mapping[str, Any], ...]
    participants: Mapping[str, str]

    @classmethod
    def load(cls, path: Path) -> Gold:
        """Read ``<document>.jsonl`` and the ``<document>.bodies.csv`` beside it."""
        lines = path.read_text(encoding="utf-8").splitlines()
        with path.with_suffix(".bodies.csv").open(encoding="utf-8", newline="") as file:
            participants = {row["name"]: row["participant"] for row in csv.DictReader(file)}
        return cls(tuple(json.loads(line, parse_float=Decimal) for line in lines), participants)


@dataclass(frozen=True, slots=True)
class Score:
    """How well one kind of fact was found, with every miss and every false find for a report.

    >>> one = Score("tasks", 3, missed=(("2016-004",),), false=())
    >>> one.precision, one.recall, round(one.f1, 3)
    (1.0, 0.75, 0.857)
    """

    kind: str
    hits: int
    missed: tuple[Fact, ...]
    false: tuple[Fact, ...]

    @property
    def precision(self) -> float:
        """Share of the facts found that are in the gold; 1 where nothing was found."""
        found = self.hits + len(self.false)
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold's facts that were found; 1 where the gold has none."""
        wanted = self.hits + len(self.missed)
        return self.hits / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        wrong = len(self.missed) + len(self.false)
        return 2 * self.hits / (2 * self.hits + wrong) if self.hits or wrong else 1.0


@dataclass(frozen=True, slots=True)
class Scores:
    """One score for each of ``KINDS``, in that order."""

    kinds: tuple[Score, ...]

    def __getitem__(self, kind: str) -> Score:
        return next(score for score in self.kinds if score.kind == kind)


def score(plan: Plan, resolutions: Mapping[str, Resolution], gold: Gold, places: Mapping[str, Place]) -> Scores:
    """Compare a plan with its gold; ``places`` gives the full names of the codes of place mentions.

    A citation counts as right with its title and with whether the task cites, produces or revises it; a target
    with value, unit, comparator, baseline, and a phrase that holds the phrase of the gold.
    """
    wanted = _gold_facts(gold)
    found = _found_facts(plan, resolutions, places)
    found["targets"] = _loosely(found["targets"], wanted["targets"])
    scores: list[Score] = []
    for kind in KINDS:
        have, want = Counter(found[kind]), Counter(wanted[kind])
        scores.append(Score(kind, (have & want).total(), _sorted(want - have), _sorted(have - want)))
    return Scores(tuple(scores))


def _found_facts(
    plan: Plan, resolutions: Mapping[str, Resolution], places: Mapping[str, Place]
) -> dict[str, list[Fact]]:
    facts: dict[str, list[Fact]] = {kind: [] for kind in KINDS}
    themes = {section.path: section.theme for section in plan.sections}
    for task in plan.tasks:
        words = "".join(span.of(plan.document.text) for span in task.text_spans)
        mentions = [(m.role.value, m.label, m.name) for clause in task.clauses for m in clause.mentions]
        _add(facts, "tasks", task.id, [()])
        _add(facts, "themes", task.id, [(themes.get(task.section, ""),)])
        _add(facts, "wording", task.id, [(words[:_EDGE], words[-_EDGE:])])
        _add(facts, "labels", task.id, dict.fromkeys((role, label) for role, label, _ in mentions))
        _add(facts, "roles", task.id, [(role, name) for role, _, name in mentions])
        _add(facts, "bodies", task.id, [(role, _participant(resolutions[name])) for role, _, name in mentions])
        _add(facts, "citations", task.id, _documents(task))
        _add(facts, "places", task.id, {(places[c].name,) for p in task.places if not p.inside for c in p.codes})
        _add(facts, "organisations", task.id, dict.fromkeys((p.inside,) for p in task.places if p.inside))
        _add(
            facts,
            "targets",
            task.id,
            [(_number(t.value), t.unit, t.comparator, _number(t.baseline), t.counted) for t in task.targets],
        )
        _add(facts, "deadlines", task.id, [(d.written, d.by.isoformat()) for d in task.deadlines])
    return facts


def _gold_facts(gold: Gold) -> dict[str, list[Fact]]:
    facts: dict[str, list[Fact]] = {kind: [] for kind in KINDS}
    for task in gold.tasks:
        named = [(role.value, name) for role in (Role.LEAD, Role.SUPPORT) for name in task[role.value]]
        labels = [(role.value, task[f"{role.value}_label"]) for role in (Role.LEAD, Role.SUPPORT)]
        own = task["task"]
        _add(facts, "tasks", own, [()])
        _add(facts, "themes", own, [(task["theme"],)])
        _add(facts, "wording", own, [(task["first"], task["last"])])
        _add(facts, "labels", own, [(role, label) for role, label in labels if label])
        _add(facts, "roles", own, named)
        _add(facts, "bodies", own, [(role, gold.participants.get(name, "")) for role, name in named])
        _add(facts, "citations", own, [(how, title) for how in ("cites", "produces", "revises") for title in task[how]])
        _add(facts, "places", own, [(name,) for name in task["places"]])
        _add(facts, "organisations", own, [(name,) for name in task["organisations"]])
        _add(
            facts,
            "targets",
            own,
            [
                (_number(t["value"]), t["unit"], t["comparator"], _number(t["baseline"]), t["of"])
                for t in task["targets"]
            ],
        )
        _add(facts, "deadlines", own, [(d["written"], d["date"]) for d in task["deadlines"]])
    return facts


def _add(facts: dict[str, list[Fact]], kind: str, task: str, rest: Iterable[Fact]) -> None:
    facts[kind] += [(task, *fact) for fact in rest]


def _documents(task: Task) -> list[Fact]:
    return [(_RELATIONS.get(c.relation, c.relation.value), c.title) for c in task.citations]


def _participant(resolution: Resolution) -> str:
    record = resolution.body or resolution.collective
    return record.id if record else ""


def _number(value: Any) -> str:
    return "" if value is None else f"{Decimal(value).normalize():f}"


def _loosely(found: list[Fact], wanted: list[Fact]) -> list[Fact]:
    """Give the found targets, a phrase that holds the one the gold has for the same quantity replaced by it."""
    left = list(wanted)
    fitted: list[Fact] = []
    for fact in found:
        match = next((w for w in left if w[:-1] == fact[:-1] and w[-1] in fact[-1]), None)
        if match:
            left.remove(match)
        fitted.append(match or fact)
    return fitted


def _sorted(facts: Counter[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts.elements()))
