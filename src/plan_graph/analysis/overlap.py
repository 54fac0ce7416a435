"""Where the work of bodies overlaps: of two the tasks they share, of one its partners, of all a matrix.

A count never stands alone: beside it is what the two workloads predict, with p and q (``significance``), and Newman's
weight (2001, Physical Review E 64:016132), in which a task of k bodies counts 1/(k - 1).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.scope import Passage, Scope, answers, roles_of
from plan_graph.model.plan import Role


@dataclass(frozen=True, slots=True)
class SharedTask:
    """A task of both bodies, the roles of each, and the clauses that name either."""

    task: TaskFacts
    left: tuple[Role, ...]
    right: tuple[Role, ...]
    quotes: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """How often two bodies meet in a period (``year`` None: all years).

    ``left_tasks``, ``right_tasks`` are their workloads, ``shared`` the tasks of both. ``left_leads`` are tasks the
    left leads and the right supports, ``right_leads`` the other way, ``co_led`` those both lead. ``expected``, ``p``
    and ``q`` are ``None`` where nothing was tested: no shared task, no ties in the graph, or a collective.
    """

    year: int | None
    left_tasks: int
    right_tasks: int
    shared: int
    expected: float | None
    p: float | None
    q: float | None
    newman: float
    left_leads: int
    right_leads: int
    co_led: int

    @property
    def ratio(self) -> float | None:
        """Shared over expected."""
        return self.shared / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two bodies by their ids: the tasks they share, in the order of the plan, and how often they meet by period."""

    left: str
    right: str
    tasks: tuple[SharedTask, ...]
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """A body that shares tasks with another, and how often they meet in one period; the other is the left."""

    body: str
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class CommonPartner:
    """A body that works with both of two: how often it meets either (as the right), and on how many tasks both."""

    body: str
    left: Meeting
    right: Meeting
    together: int


class Value(Enum):
    """What a cell of the matrix holds."""

    SHARED = "shared"  # tasks both are on; a body with itself: its tasks
    EXPECTED = "expected"  # what the two workloads predict
    RATIO = "ratio"  # shared over expected


@dataclass(frozen=True, slots=True)
class Matrix:
    """Bodies × bodies, symmetric, busiest first; ``None`` where a value has no meaning. ``tasks`` are workloads."""

    bodies: tuple[str, ...]
    tasks: tuple[int, ...]
    value: Value
    cells: tuple[tuple[float | int | None, ...], ...]


def overlap(scope: Scope, left: str, right: str) -> Overlap:
    """Give the tasks two bodies share and how often they meet; mirrored if the bodies are exchanged. O(tasks).

    :raises ValueError: if it is one body.
    """
    if left == right:
        raise ValueError(f"{left} does not overlap with itself")
    theirs = {task.iri for task in scope.of_body(right)}
    tasks = [
        SharedTask(task, roles_of(task, left), roles_of(task, right), scope.quotes(task, (left, right)))
        for task in scope.of_body(left)
        if task.iri in theirs
    ]
    meetings = [_meeting(scope, _period(scope, year), left, right) for year in scope.periods]
    return Overlap(left, right, tuple(tasks), tuple(meetings))


def partners(scope: Scope, body: str) -> tuple[Partner, ...]:
    """Give the single bodies that share tasks with one, most surprising first.

    That is by q, then by shared over expected, then by shared; those without a test last. The period is the year
    chosen, or all years.
    """
    others = set().union(*(task.bodies() for task in scope.of_body(body))) - {body}
    period = _period(scope, scope.year)
    found = [Partner(other, _meeting(scope, period, body, other)) for other in sorted(others)]
    return tuple(sorted(found, key=lambda one: (*surprise(one.meeting), one.body)))


def alone(scope: Scope, body: str, other: str) -> tuple[TaskFacts, ...]:
    """Give the tasks that one body answers for and another has no part in, in the order of the plan."""
    return tuple(
        task for task in scope.facts if answers(task, body) and other not in {party.body for party in task.parties}
    )


def common_partners(scope: Scope, left: str, right: str) -> tuple[CommonPartner, ...]:
    """Give the single bodies that share tasks with both of two, those first that share most with the one it meets less.

    The period is the year chosen, or all years.
    """
    ours, theirs = ({one.body: one.meeting for one in partners(scope, body)} for body in (left, right))
    together = Counter(
        body for task in scope.facts if {left, right} <= {p.body for p in task.parties} for body in task.bodies()
    )
    found = [
        CommonPartner(body, ours[body], theirs[body], together[body])
        for body in ours.keys() & theirs.keys() - {left, right}
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -min(one.left.shared, one.right.shared),
                -one.left.shared - one.right.shared,
                one.body,
            ),
        )
    )


def surprise(meeting: Meeting) -> tuple[float, float, int]:
    """Give a key that sorts meetings by surprise: by q, by shared over expected, by shared."""
    q = math.inf if meeting.q is None else meeting.q
    return q, -(meeting.ratio or 0.0), -meeting.shared


def matrix(scope: Scope, value: Value = Value.SHARED, top: int = 0) -> Matrix:
    """Give the matrix of the ``top`` busiest single bodies, or of all (0). O(tasks · parties² + bodies²)."""
    tasks = Counter(body for task in scope.facts for body in task.bodies())
    bodies = sorted(tasks, key=lambda body: (-tasks[body], body))[: top or None]
    shared = Counter(pair for task in scope.facts for pair in combinations(sorted(task.bodies()), 2))

    def cell(one: str, other: str) -> float | int | None:
        if value is Value.SHARED:
            return tasks[one] if one == other else shared[min(one, other), max(one, other)]
        tie = scope.tie(one, other, scope.year)
        if tie is None:
            return None
        return (
            tie.expected if value is Value.EXPECTED else round(tie.shared / tie.expected, 4) if tie.expected else None
        )

    cells = tuple(tuple(cell(one, other) for other in bodies) for one in bodies)
    return Matrix(tuple(bodies), tuple(tasks[body] for body in bodies), value, cells)


def with_collectives(scope: Scope, body: str) -> dict[str, int]:
    """Count the tasks a body shares with each collective or unresolved name, most first."""
    found: Counter[str] = Counter()
    for task in scope.of_body(body):
        found.update({party.body for party in task.parties if party.collective and party.body != body})
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


@dataclass(frozen=True, slots=True)
class _Period:
    """The tasks of one period: the roles of each body on each of its tasks, and the single bodies of each task."""

    year: int | None
    roles: dict[str, dict[str, set[Role]]]
    bodies: dict[str, frozenset[str]]


def _period(scope: Scope, year: int | None) -> _Period:
    found: _Period = scope.kept.get(("period", year)) or scope.kept.setdefault(("period", year), _read(scope, year))
    return found


def _read(scope: Scope, year: int | None) -> _Period:
    tasks = [task for task in scope.facts if year is None or task.year == year]
    roles: dict[str, dict[str, set[Role]]] = defaultdict(dict)
    for task in tasks:
        for party in task.parties:
            roles[party.body].setdefault(task.iri, set()).add(party.role)
    return _Period(year, roles, {task.iri: task.bodies() for task in tasks})


def _meeting(scope: Scope, period: _Period, left: str, right: str) -> Meeting:
    ours, theirs = period.roles.get(left, {}), period.roles.get(right, {})
    both = sorted(ours.keys() & theirs.keys())
    tie = scope.tie(left, right, period.year)
    return Meeting(
        year=period.year,
        left_tasks=len(ours),
        right_tasks=len(theirs),
        shared=len(both),
        expected=tie.expected if tie else None,
        p=tie.p if tie else None,
        q=tie.q if tie else None,
        newman=round(math.fsum(1 / (len(period.bodies[one] | {left, right}) - 1) for one in both), 4),
        left_leads=sum(Role.LEAD in ours[one] and Role.SUPPORT in theirs[one] for one in both),
        right_leads=sum(Role.SUPPORT in ours[one] and Role.LEAD in theirs[one] for one in both),
        co_led=sum(Role.LEAD in ours[one] and Role.LEAD in theirs[one] for one in both),
    )
