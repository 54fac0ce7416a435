"""What one question looks at: the tasks chosen, the clauses they were read from, and the ties of their bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from plan_graph.analysis.defaults import DRAWS, SEED
from plan_graph.analysis.facts import TaskFacts, task_facts
from plan_graph.analysis.rows import drawn
from plan_graph.analysis.rows import ties as stored_ties
from plan_graph.graph.queries import bind, find, run
from plan_graph.model.network import Membership, Tie
from plan_graph.model.plan import Role

if TYPE_CHECKING:
    from pyoxigraph import Store

SIGNIFICANT = 0.05
"""A pair meets more often than its workloads explain where q is below this."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the published text, and where they stand: half-open, in code points."""

    words: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Scope:
    """The tasks of the chosen plans and year, with what is known beside them.

    ``clauses`` has for each task (by IRI) the passages that name its parties. ``ties`` are of all periods known,
    keyed by the two ids in rising order and the year (``None``: all years). ``computed`` tells that the ties are of
    these plans alone and not of the whole graph; ``drawn`` from how many draws they are, and which seed.
    """

    facts: tuple[TaskFacts, ...]
    clauses: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    ties: Mapping[tuple[str, str, int | None], Tie] = field(default_factory=dict)
    year: int | None = None
    computed: bool = False
    drawn: tuple[int, int] | None = None
    kept: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What functions over a scope found out of it and keep for the next question."""

    def of_body(self, body: str) -> tuple[TaskFacts, ...]:
        """Give the tasks on which a body or collective takes part, in the order of the plan."""
        if "of_body" not in self.kept:
            found: dict[str, list[TaskFacts]] = defaultdict(list)
            for task in self.facts:
                for one in dict.fromkeys(party.body for party in task.parties):
                    found[one].append(task)
            self.kept["of_body"] = {one: tuple(tasks) for one, tasks in found.items()}
        tasks: tuple[TaskFacts, ...] = self.kept["of_body"].get(body, ())
        return tasks

    @property
    def years(self) -> tuple[int, ...]:
        """The years that tasks state, rising."""
        if "years" not in self.kept:
            self.kept["years"] = tuple(sorted({one.year for one in self.facts if one.year is not None}))
        found: tuple[int, ...] = self.kept["years"]
        return found

    def years_of(self, plan: str) -> frozenset[int]:
        """Give the years that tasks of a plan state."""
        if "years_of" not in self.kept:
            found: dict[str, set[int]] = defaultdict(set)
            for task in self.facts:
                if task.year is not None:
                    found[task.plan].add(task.year)
            self.kept["years_of"] = {one: frozenset(years) for one, years in found.items()}
        years: frozenset[int] = self.kept["years_of"].get(plan, frozenset())
        return years

    @property
    def periods(self) -> tuple[int | None, ...]:
        """The periods to compare: all years and each of several; the one year where one is chosen."""
        return (self.year,) if self.year is not None else (None, *(self.years if len(self.years) > 1 else ()))

    @property
    def rows(self) -> list[Membership]:
        """The rows for the network."""
        return [row for one in self.facts for row in one.memberships]

    @property
    def bodies(self) -> frozenset[str]:
        """The ids of all that take part, collectives among them."""
        if "bodies" not in self.kept:
            self.kept["bodies"] = frozenset(party.body for one in self.facts for party in one.parties)
        found: frozenset[str] = self.kept["bodies"]
        return found

    def tie(self, one: str, other: str, year: int | None) -> Tie | None:
        """Give the tie of two bodies in a period, ``None`` where they share no task or nothing was tested."""
        return self.ties.get((min(one, other), max(one, other), year))

    def quotes(self, task: TaskFacts, bodies: Iterable[str]) -> tuple[Passage, ...]:
        """Give the clauses of a task that name any of the bodies."""
        wanted = set(bodies)
        places = [(p.begin, p.end) for p in task.parties if p.body in wanted]
        return tuple(
            one
            for one in self.clauses.get(task.iri, ())
            if any(one.begin <= begin and end <= one.end for begin, end in places)
        )


def scope(store: Store, chosen: Mapping[str, str]) -> Scope:
    """Read the tasks chosen by plan, issuer, level and year, their clauses and the ties of their bodies."""
    year = chosen.get("year")
    found = read(store, {key: value for key, value in chosen.items() if key != "year"})
    return with_ties(store, found if year is None else in_year(found, int(year)))


def read(store: Store, chosen: Mapping[str, str]) -> Scope:
    """Read the tasks of the chosen plans (plan, issuer, level) and their clauses, without ties.

    The query ``plans`` says which plans an issuer or a level has: to ask it of every single fact would take seconds.
    """
    one = {"plan": chosen["plan"]} if "plan" in chosen else {}
    facts = task_facts(store, one)
    if set(chosen) - {"plan"}:
        plans = {str(row[1]) for row in run(store, bind(find("plans"), chosen)).rows}
        facts = [task for task in facts if task.plan in plans]
    clauses: dict[str, list[Passage]] = defaultdict(list)
    for task, _, _, words, begin, end in run(store, bind(find("clauses"), one)).rows:
        clauses[str(task)].append(Passage(str(words), int(str(begin)), int(str(end))))
    return Scope(tuple(facts), {task.iri: tuple(clauses[task.iri]) for task in facts}, computed=bool(chosen))


def in_year(found: Scope, year: int) -> Scope:
    """Keep the tasks of one year."""
    return replace(found, facts=tuple(task for task in found.facts if task.year == year), year=year)


def with_ties(store: Store, found: Scope) -> Scope:
    """Add the ties of the bodies: those of the graph, or where plans are chosen those computed for these alone.

    Computed with the draws and the seed of a build: O(draws · tasks · bodies² / 64).
    """
    if found.computed:
        from plan_graph.analysis.significance import ties, ties_within  # numpy takes long to load

        draws: tuple[int, int] | None = (DRAWS, SEED)
        tested = list(ties(found.rows).ties) if found.year is None else ties_within(found.rows, found.year)
    else:
        draws = drawn(store)
        tested = [tie for period in found.periods for tie in stored_ties(store, period)]
    return replace(found, drawn=draws, ties={(tie.left, tie.right, tie.year): tie for tie in tested})


def roles_of(task: TaskFacts, body: str) -> tuple[Role, ...]:
    """Give the roles of a body on a task, in the order of ``Role``."""
    own = {party.role for party in task.parties if party.body == body}
    return tuple(role for role in Role if role in own)


def answers(task: TaskFacts, body: str) -> bool:
    """Tell whether a body answers for a task: it leads, or is responsible (a role given only where nobody leads)."""
    return not {Role.LEAD, Role.RESPONSIBLE}.isdisjoint(roles_of(task, body))
