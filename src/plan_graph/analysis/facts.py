"""What a graph says of each task, as one frozen value a task: the input of every comparison of tasks.

All of it comes from the store by shipped queries (``plans``, ``tasks``, ``parties``, ``places-named``,
``documents-cited``, ``documents-produced``, ``targets``, ``deadlines``), so that whatever is found can be asked for
again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plan_graph.analysis.rows import local_id, plan_of
from plan_graph.graph.queries import bind, find, run
from plan_graph.iri import Base
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True)
class Party:
    """A participant of a task: its register id, official name, name as written, and where the name stands.

    ``collective`` marks a collective reference or a name nobody resolved.
    """

    role: Role
    body: str
    name: str
    written: str
    collective: bool
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place named in the text of a task (``code`` by GB/T 2260), and where."""

    code: str
    name: str
    written: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A policy document a task names: ``relation`` is cites, implements, produces or revises."""

    iri: str
    title: str
    number: str
    relation: str


@dataclass(frozen=True, slots=True)
class TaskTarget:
    """A quantified target: what is counted, the quote that states it, value and unit as written, and where."""

    counted: str
    quote: str
    value: float
    unit: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskDeadline:
    """A deadline as written, the day it means (ISO 8601), and where it stands."""

    written: str
    by: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One task with all that is stated of it.

    ``iri`` identifies it, ``plan`` is the id of its plan, ``id`` its identifier in the plan (``2016-026``); ``year``
    is ``None``, ``theme`` and ``issued`` (the day of the plan, ISO 8601) are "" where the document states none.
    ``text`` is the wording without the clause. ``order`` is its place among the tasks of its plan, from 0.
    """

    iri: str
    plan: str
    id: str
    order: int
    year: int | None
    theme: str
    text: str
    clause: str
    parties: tuple[Party, ...]
    places: tuple[NamedPlace, ...]
    documents: tuple[NamedDocument, ...]
    targets: tuple[TaskTarget, ...]
    deadlines: tuple[TaskDeadline, ...]
    issued: str = ""

    def bodies(self, *roles: Role) -> frozenset[str]:
        """Give the ids of its single bodies, in these roles or in any."""
        return frozenset(p.body for p in self.parties if not p.collective and (not roles or p.role in roles))

    @property
    def leads(self) -> frozenset[str]:
        """The single bodies that answer for it: who leads, or where nobody leads who is responsible."""
        return self.bodies(Role.LEAD) or self.bodies(Role.RESPONSIBLE)

    @property
    def memberships(self) -> list[Membership]:
        """Its rows for the network."""
        return [Membership(self.iri, self.year, p.role, p.body, p.name, p.collective) for p in self.parties]


def task_facts(store: Store, chosen: Mapping[str, str] | None = None) -> list[TaskFacts]:
    """Give all tasks of a graph, in the order of plan and task.

    ``chosen`` narrows them by parameters of the queries: plan, issuer, level, year. ``order`` counts within what is
    chosen. O(facts).
    """
    values = dict(chosen or {})
    parties: dict[str, dict[tuple[Role, str], Party]] = defaultdict(dict)
    for task, role, _, who, name, written, open_, begin, end in _rows(store, "parties", values):
        one = Party(Role(role), local_id(who), str(name), str(written), bool(open_), _int(begin), _int(end))
        parties[str(task)].setdefault((one.role, one.body), one)
    places: dict[str, list[NamedPlace]] = defaultdict(list)
    for task, _, _, _, code, name, written, begin, end in _rows(store, "places-named", values):
        places[str(task)].append(NamedPlace(str(code), str(name), str(written), _int(begin), _int(end)))
    documents: dict[str, dict[tuple[str, str], NamedDocument]] = defaultdict(dict)
    for iri, title, number, task, _, _, implements in _rows(store, "documents-cited", values):
        relation = "implements" if implements else "cites"
        documents[str(task)].setdefault(
            (str(iri), relation), NamedDocument(str(iri), str(title), str(number or ""), relation)
        )
    for iri, title, action, task, *_ in _rows(store, "documents-produced", values):
        relation = str(action).rpartition(" ")[2]
        documents[str(task)].setdefault((str(iri), relation), NamedDocument(str(iri), str(title), "", relation))
    targets: dict[str, list[TaskTarget]] = defaultdict(list)
    for _, task, _, _, counted, _, _, value, unit, quote, begin, end in _rows(store, "targets", values):
        targets[str(task)].append(
            TaskTarget(str(counted), str(quote), float(str(value)), str(unit), _int(begin), _int(end))
        )
    deadlines: dict[str, list[TaskDeadline]] = defaultdict(list)
    for task, _, _, by, written, begin, end, _ in _rows(store, "deadlines", values):
        deadlines[str(task)].append(TaskDeadline(str(written), str(by), _int(begin), _int(end)))
    issued = {str(id_): str(day or "") for _, id_, _, _, _, _, day, *_ in _rows(store, "plans", values)}
    found: dict[str, TaskFacts] = {}
    count: dict[str, int] = defaultdict(int)
    for iri, id_, year, theme, text, clause in sorted(
        _rows(store, "tasks", values), key=lambda row: _natural(str(row[0]))
    ):
        task = str(iri)
        if task in found:  # a task under two headings has one row for each; the first is its own
            continue
        plan = plan_of(task)
        found[task] = TaskFacts(
            iri=task,
            plan=plan,
            id=str(id_),
            order=count[plan],
            year=None if year is None else _int(year),
            theme=str(theme or ""),
            text=str(text),
            clause=str(clause or ""),
            parties=tuple(parties[task].values()),
            places=tuple(places[task]),
            documents=tuple(documents[task].values()),
            targets=tuple(targets[task]),
            deadlines=tuple(deadlines[task]),
            issued=issued.get(plan, ""),
        )
        count[plan] += 1
    return list(found.values())


def facts_of_rows(tables: Mapping[str, Sequence[Mapping[str, Any]]], base: Base) -> list[TaskFacts]:
    """Give the same of one document from its rows for the tables, before there is a graph.

    Only the IRIs of the documents named are not in the rows; they stay empty.
    """
    of_task: dict[str, dict[str, list[Mapping[str, Any]]]] = {
        name: _by_task(tables[name]) for name in ("participations", "places", "citations", "targets", "deadlines")
    }
    issued = {row["document"]: row["issued"] for row in tables["documents"]}
    found: list[TaskFacts] = []
    for row in tables["tasks"]:
        task = row["task"]
        own = {name: rows.get(task, []) for name, rows in of_task.items()}
        parties: dict[tuple[Role, str], Party] = {}
        for one in own["participations"]:
            body = one["participant"] or f"name:{one['name_as_written']}"
            party = Party(
                Role(one["role"]),
                body,
                one["participant_name"],
                one["name_as_written"],
                one["participant_kind"] != "body",
                one["begin"],
                one["end"],
            )
            parties.setdefault((party.role, body), party)
        day = issued.get(row["document"])
        found.append(
            TaskFacts(
                iri=base.iri("task", document=row["document"], task=task).value,
                plan=row["document"],
                id=task,
                order=len(found),
                year=row["year"],
                theme=row["theme"] or "",
                text=row["text"],
                clause=row["clause"],
                parties=tuple(parties.values()),
                places=tuple(
                    NamedPlace(one["code"], one["name"], one["written"], one["begin"], one["end"])
                    for one in own["places"]
                    if not one["inside"]  # a place inside the name of an organisation is not named for itself
                ),
                documents=tuple(
                    NamedDocument("", one["title"], one["number"] or "", one["relation"]) for one in own["citations"]
                ),
                targets=tuple(
                    TaskTarget(one["counted"], "", float(one["value"]), one["unit"], one["begin"], one["end"])
                    for one in own["targets"]
                ),
                deadlines=tuple(
                    TaskDeadline(one["written"], str(one["by"]), one["begin"], one["end"]) for one in own["deadlines"]
                ),
                issued=day.isoformat() if day else "",
            )
        )
    return found


def _by_task(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["task"]].append(row)
    return found


def _natural(iri: str) -> tuple[tuple[int, str], ...]:
    """Give a key by which 1-2 comes before 1-10."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", iri))


def _rows(store: Store, query: str, values: Mapping[str, str]) -> Sequence[tuple[object, ...]]:
    return run(store, bind(find(query), values)).rows


def _int(value: object) -> int:
    return int(str(value))
