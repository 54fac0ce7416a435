"""Scores of a plan in memory against a gold that has every kind of fact, resolved bodies too.

The gold says what two careful readers found (data/gold/GUIDELINES.md). Facts are compared as multisets, so
a fact found twice but annotated once is one hit and one false find.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from plan_graph.evaluate.annotation import Item
from plan_graph.evaluate.fields import decimal, loosely
from plan_graph.evaluate.gold import FORMAT, TARGET, load
from plan_graph.evaluate.measures import Fact, Score, compare
from plan_graph.model.plan import Plan, Relation, Role, Task
from plan_graph.model.register import Place, Resolution

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
        """Read a gold file that has all of these facts, or ``<document>.jsonl`` with a ``.bodies.csv`` beside it."""
        lines = path.read_text(encoding="utf-8").splitlines()
        if json.loads(lines[0]).get("format") == FORMAT:
            return cls._from_items(path)
        with path.with_suffix(".bodies.csv").open(encoding="utf-8", newline="") as file:
            participants = {row["name"]: row["participant"] for row in csv.DictReader(file)}
        return cls(tuple(json.loads(line, parse_float=Decimal) for line in lines), participants)

    @classmethod
    def _from_items(cls, path: Path) -> Gold:
        items = load(path).items
        named = {p.name: p.participant or "" for item in items for p in item.parties or ()}
        return cls(tuple(map(_record, items)), named)


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
    found["targets"] = loosely(found["targets"], wanted["targets"])
    return Scores(tuple(compare(kind, wanted[kind], found[kind]) for kind in KINDS))


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
            [(decimal(t.value), t.unit, t.comparator, decimal(t.baseline), t.counted) for t in task.targets],
        )
        _add(facts, "deadlines", task.id, [(d.written, d.by.isoformat() if d.by else "") for d in task.deadlines])
    return facts


def _record(item: Item) -> dict[str, Any]:
    """Give a task of a gold file as one mapping, the parties and citations sorted by what they are."""
    parties, cited = item.parties or (), list(zip(item.citations or (), item.relations, strict=True))
    named = {role: [p for p in parties if p.role == role] for role in (Role.LEAD.value, Role.SUPPORT.value)}
    return {
        "task": item.task,
        "theme": item.theme,
        "first": item.first,
        "last": item.last,
        **{role: [p.name for p in found] for role, found in named.items()},
        **{f"{role}_label": found[0].label if found else None for role, found in named.items()},
        **{how: [title for title, relation in cited if relation == how] for how in ("cites", "produces", "revises")},
        "places": list(item.places or ()),
        "organisations": list(item.organisations or ()),
        "targets": [{key: getattr(t, key) for key in TARGET} for t in item.targets or ()],
        "deadlines": [{"written": d, "date": by} for d, by in zip(item.deadlines or (), item.by, strict=True)],
    }


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
                (decimal(t["value"]), t["unit"], t["comparator"], decimal(t["baseline"]), t["of"])
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
