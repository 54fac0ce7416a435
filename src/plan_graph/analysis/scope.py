"""What one question looks at: the tasks chosen, the clauses they were read from, and the ties of their bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from plan_graph.analysis.facts import TaskFacts, task_facts
from plan_graph.analysis.rows import ties as stored_ties
from plan_graph.graph.queries import bind, find, run
from plan_graph.model import Membership, Role, Tie

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
    these plans alone and not of the whole graph.
    """

    facts: tuple[TaskFacts, ...]
    clauses: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    ties: Mapping[tuple[str, str, int | None], Tie] = field(default_factory=dict)
    year: int | None = None
    computed: bool = False

    @property
    def years(self) -> tuple[int, ...]:
        """The years that tasks state, rising."""
        return tuple(sorted({one.year for one in self.facts if one.year is not None}))

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
        return frozenset(party.body for one in self.facts for party in one.parties)

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
    """Read the tasks of the chosen plans (plan, issuer, level, year), their clauses and the ties of their bodies.

    The ties are those of the graph. Where plans are chosen they are computed for these alone, with the draws and seed
    of a build: O(draws · tasks · bodies² / 64).
    """
    facts = tuple(task_facts(store, chosen))
    clauses: dict[str, list[Passage]] = defaultdict(list)
    for task, _, _, words, begin, end in run(store, bind(find("clauses"), chosen)).rows:
        clauses[str(task)].append(Passage(str(words), int(str(begin)), int(str(end))))
    year = int(chosen["year"]) if "year" in chosen else None
    read = Scope(facts, {task: tuple(found) for task, found in clauses.items()}, {}, year, bool(set(chosen) - {"year"}))
    if read.computed:
        from plan_graph.analysis.significance import ties, ties_within

        found = list(ties(read.rows).ties) if year is None else ties_within(read.rows, year)
    else:
        found = [tie for period in read.periods for tie in stored_ties(store, period)]
    return replace(read, ties={(tie.left, tie.right, tie.year): tie for tie in found})


def roles_of(task: TaskFacts, body: str) -> tuple[Role, ...]:
    """Give the roles of a body on a task, in the order of ``Role``."""
    own = {party.role for party in task.parties if party.body == body}
    return tuple(role for role in Role if role in own)


def answers(task: TaskFacts, body: str) -> bool:
    """Tell whether a body answers for a task: it leads, or is responsible (a role given only where nobody leads)."""
    return not {Role.LEAD, Role.RESPONSIBLE}.isdisjoint(roles_of(task, body))
