"""Who should be in the room for some tasks: who is named, why, in which order; who is not named and might be missed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plan_graph.analysis.cover import Cover, cover
from plan_graph.analysis.facts import NamedPlace, Party, TaskFacts
from plan_graph.analysis.rows import local_id
from plan_graph.analysis.scope import SIGNIFICANT, Passage, Scope, roles_of
from plan_graph.graph.queries import bind, find, run
from plan_graph.model.network import Tie
from plan_graph.model.plan import Role

if TYPE_CHECKING:
    from pyoxigraph import Store

MOST = 0.5
"""A body is usual in a theme where it is on more than this share of the theme's other tasks."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collective stands for: ``rule`` is all, some or unresolved; its possible members, id → full name."""

    rule: str
    members: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a body is invited: its roles on a task, and the clauses that name it."""

    task: TaskFacts
    roles: tuple[Role, ...]
    quotes: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Invitee:
    """A single body that the tasks name: how many it answers for, its reasons in the order of the plan.

    ``tie`` is its most surprising tie with a body that answers for one of the tasks, ``None`` where it has none.
    """

    body: str
    leads: int
    reasons: tuple[Reason, ...]
    tie: Tie | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Who may speak for a place: its government, or for a county that of its city (``government``, full name).

    ``rule`` is party where that government is one; all or some where it is a member of ``collective``, and all or
    only some members are meant.
    """

    rule: str
    government: str
    collective: str = ""


@dataclass(frozen=True, slots=True)
class PlaceGap:
    """A city or county that a task names, whose government is no party of it; ``standing`` may be empty.

    ``outside`` tells that no party of the task is of the place's province.
    """

    task: TaskFacts
    place: NamedPlace
    government: str
    standing: tuple[Standing, ...]
    outside: bool


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A collective, or a name nobody resolved, that the office must turn into names.

    ``rule`` is all, some, unresolved, or name (of one body, not resolved). ``candidates`` are members at places the
    task names, id → full name, without those that are parties themselves; ``members`` counts all possible members.
    """

    task: TaskFacts
    party: Party
    rule: str
    members: int
    candidates: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Usual:
    """A body that the tasks do not name, though it goes with one of their leads more than workloads explain.

    ``tasks`` are those the two share elsewhere.
    """

    body: str
    lead: str
    tie: Tie
    tasks: tuple[TaskFacts, ...]


@dataclass(frozen=True, slots=True)
class Regular:
    """A body that the tasks do not name, though it is on most other tasks of their theme: ``tasks`` out of ``of``."""

    body: str
    theme: str
    tasks: tuple[TaskFacts, ...]
    of: int


@dataclass(frozen=True, slots=True)
class Room:
    """The answer for some tasks; ``invited`` in order of importance, ``cover`` a smallest set that touches all."""

    tasks: tuple[TaskFacts, ...]
    invited: tuple[Invitee, ...]
    places: tuple[PlaceGap, ...]
    unnamed: tuple[Unnamed, ...]
    usual: tuple[Usual, ...]
    regulars: tuple[Regular, ...]
    cover: Cover


def room(scope: Scope, tasks: Sequence[TaskFacts], collectives: Mapping[str, Collected]) -> Room:
    """Say who should be invited for some tasks of a scope.

    Bodies are ordered by the tasks they answer for (lead, or responsible where nobody leads), then by the tasks they
    are on, then by the surprise of their tie with a body that answers (q, then shared over expected), then by id.
    O(bodies · tasks) but for the cover.
    """
    invited = _invited(scope, tasks)
    return Room(
        tasks=tuple(tasks),
        invited=invited,
        places=tuple(gap for task in tasks for gap in _places(task, collectives)),
        unnamed=tuple(one for task in tasks for one in _unnamed(task, collectives)),
        usual=_usual(scope, tasks),
        regulars=_regulars(scope, tasks),
        cover=cover({task.iri: sorted(task.bodies()) for task in tasks}, [one.body for one in invited]),
    )


def collected(store: Store) -> dict[str, Collected]:
    """Ask the query ``collective-members`` what each collective of a graph may stand for."""
    rules: dict[str, str] = {}
    members: dict[str, dict[str, str]] = defaultdict(dict)
    for iri, _, rule, member, name in run(store, bind(find("collective-members"), {})).rows:
        rules[local_id(iri)] = str(rule)
        if member is not None:
            members[local_id(iri)][local_id(member)] = str(name)
    return {one: Collected(rule, members[one]) for one, rule in rules.items()}


def surprise(tie: Tie | None) -> tuple[float, float]:
    """Give a key that sorts ties by surprise: by q, then by shared over expected; no tie last."""
    if tie is None:
        return math.inf, 0.0
    return tie.q, -(tie.shared / tie.expected if tie.expected else 0.0)


def _leads(tasks: Iterable[TaskFacts]) -> list[str]:
    return sorted(set().union(*(task.leads for task in tasks)))


def _invited(scope: Scope, tasks: Sequence[TaskFacts]) -> tuple[Invitee, ...]:
    leads = _leads(tasks)
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for task in tasks:
        for body in task.bodies():
            reasons[body].append(Reason(task, roles_of(task, body), scope.quotes(task, (body,))))
    found = [
        Invitee(
            body,
            sum(body in one.task.leads for one in own),
            tuple(own),
            min((scope.tie(body, lead, scope.year) for lead in leads if lead != body), key=surprise, default=None),
        )
        for body, own in reasons.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.leads, -len(one.reasons), *surprise(one.tie), one.body)))


def _city(code: str) -> str:
    return code[:4] + "00"


def _places(task: TaskFacts, collectives: Mapping[str, Collected]) -> list[PlaceGap]:
    """Give the cities and counties a task names whose government is no party; a province or the country is left out.

    The full name of a government is that of the place and 人民政府; its register id begins with the place's code.
    """
    parties = {(_code(party.body), party.name) for party in task.parties}
    provinces = {code[:2] for code, _ in parties}
    gaps = []
    for place in {place.code: place for place in reversed(task.places)}.values():
        government = f"{place.name}人民政府"
        if place.code.endswith("0000") or (place.code, government) in parties:
            continue
        standing = [
            Standing("all" if collectives[party.body].rule == "all" else "some", name, party.name)
            for party in task.parties
            if party.body in collectives
            for member, name in collectives[party.body].members.items()
            if (_code(member), name) == (place.code, government) or _is_city_of(place.code, member, name)
        ]
        standing += [Standing("party", name) for code, name in sorted(parties) if _is_city_of(place.code, code, name)]
        gaps.append(PlaceGap(task, place, government, tuple(dict.fromkeys(standing)), place.code[:2] not in provinces))
    return sorted(gaps, key=lambda gap: (gap.place.begin, gap.place.code))


def _code(body: str) -> str:
    """Give the code of the place in a register id: 210100/szf → 210100."""
    return body.partition("/")[0]


def _is_city_of(county: str, body: str, name: str) -> bool:
    """Tell whether a body is the government of the city that a county (not the city itself) lies in."""
    return county != _city(county) == _code(body) and name.endswith("市人民政府")


def _unnamed(task: TaskFacts, collectives: Mapping[str, Collected]) -> list[Unnamed]:
    codes = {place.code for place in task.places} | {_city(place.code) for place in task.places}
    own = task.bodies()
    found = []
    for party in {party.body: party for party in task.parties if party.collective}.values():
        known = collectives.get(party.body, Collected("name", {}))
        candidates = {
            member: name
            for member, name in sorted(known.members.items())
            if _code(member) in codes and member not in own
        }
        found.append(Unnamed(task, party, known.rule, len(known.members), candidates))
    return found


def _usual(scope: Scope, tasks: Sequence[TaskFacts]) -> tuple[Usual, ...]:
    present = set().union(*(task.bodies() for task in tasks))
    own = {lead: [task for task in scope.facts if lead in task.bodies()] for lead in _leads(tasks)}
    found = []
    for (left, right, year), tie in scope.ties.items():
        if year != scope.year or tie.q >= SIGNIFICANT:
            continue
        for lead, other in ((left, right), (right, left)):
            if lead in own and other not in present:
                found.append(Usual(other, lead, tie, tuple(task for task in own[lead] if other in task.bodies())))
    return tuple(sorted(found, key=lambda one: (*surprise(one.tie), one.body, one.lead)))


def _regulars(scope: Scope, tasks: Sequence[TaskFacts]) -> tuple[Regular, ...]:
    asked = {task.iri for task in tasks}
    present = set().union(*(task.bodies() for task in tasks))
    found = []
    for theme in sorted({task.theme for task in tasks} - {""}):
        others = [task for task in scope.facts if task.theme == theme and task.iri not in asked]
        on: dict[str, list[TaskFacts]] = defaultdict(list)
        for task in others:
            for body in task.bodies() - present:
                on[body].append(task)
        found += [
            Regular(body, theme, tuple(own), len(others)) for body, own in on.items() if len(own) > MOST * len(others)
        ]
    return tuple(sorted(found, key=lambda one: (-len(one.tasks) / one.of, one.theme, one.body)))
