"""The dossier of one body (机构卷宗): what it leads and supports, with whom, by when, on what it depends."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plan_graph.analysis.facts import NamedDocument, Party, TaskDeadline, TaskFacts, TaskTarget
from plan_graph.analysis.overlap import Partner, partners, with_collectives
from plan_graph.analysis.rows import local_id
from plan_graph.analysis.scope import Passage, Scope, answers, roles_of
from plan_graph.graph.queries import bind, find, run
from plan_graph.model.plan import Role

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task of the body: its roles, whether it answers for the task (``scope.answers``), the clauses that name it."""

    task: TaskFacts
    roles: tuple[Role, ...]
    answers: bool
    quotes: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """The body's tasks of one year, theme or place (``key``, "" where none is stated), by role.

    A task with two roles counts in both, and once in ``tasks``. ``of`` are all tasks of the scope with the key.
    """

    key: str
    led: int
    supported: int
    other: int
    tasks: int
    of: int


@dataclass(frozen=True, slots=True)
class OwnTarget:
    """A quantified target of a task, and whether the body answers for it or supports it."""

    task: TaskFacts
    answers: bool
    target: TaskTarget


@dataclass(frozen=True, slots=True)
class OwnDeadline:
    """A deadline of a task, and whether the body answers for it or supports it."""

    task: TaskFacts
    answers: bool
    deadline: TaskDeadline


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A document a task names, and whether the body answers for the task or supports it."""

    task: TaskFacts
    answers: bool
    document: NamedDocument


@dataclass(frozen=True, slots=True)
class Dependence:
    """A task whose outcome hangs on parties nobody has named: collectives, or names that were not resolved."""

    task: TaskFacts
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class BodyChange:
    """What happened to a body: ``kind`` is renamed, merged, split, moved, founded or abolished, ``what`` says it.

    ``when`` is the day, or the span ``first/last`` in which it was, or "". ``before`` and ``after`` are full names.
    """

    kind: str
    what: str
    when: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a graph says of one body, by its id.

    ``produces`` are documents its tasks must make or revise, ``rests_on`` those they cite or carry out. Of the tasks
    the body answers for: ``unsupported`` have no support, ``collective_support`` only that of collectives,
    ``collective_lead`` are led by a collective too, ``unmeasured`` state neither target nor deadline.
    ``unresolved`` are names on its tasks that nobody resolved, ``absent`` the years in which it has no task: of the
    plans that name it, or of all where none does. ``changes`` is what became of it, ``origins`` what it came from.
    """

    body: str
    tasks: tuple[OwnTask, ...]
    partners: tuple[Partner, ...]
    collectives: tuple[tuple[str, int], ...]
    years: tuple[Share, ...]
    themes: tuple[Share, ...]
    places: tuple[Share, ...]
    targets: tuple[OwnTarget, ...]
    deadlines: tuple[OwnDeadline, ...]
    produces: tuple[OwnDocument, ...]
    rests_on: tuple[OwnDocument, ...]
    unsupported: tuple[TaskFacts, ...]
    collective_support: tuple[Dependence, ...]
    collective_lead: tuple[Dependence, ...]
    unmeasured: tuple[TaskFacts, ...]
    unresolved: tuple[Dependence, ...]
    absent: tuple[int, ...]
    changes: tuple[BodyChange, ...] = ()
    origins: tuple[BodyChange, ...] = ()

    def count(self, role: Role) -> int:
        """Count its tasks in one role."""
        return sum(role in one.roles for one in self.tasks)


def dossier(scope: Scope, body: str, changes: Iterable[BodyChange] = (), origins: Iterable[BodyChange] = ()) -> Dossier:
    """Give the dossier of a body; of one without tasks it is empty. O(tasks + partners · their tasks)."""
    own = tuple(
        OwnTask(task, roles, answers(task, body), scope.quotes(task, (body,)))
        for task in scope.of_body(body)
        if (roles := roles_of(task, body))
    )
    lead = [one.task for one in own if one.answers]
    documents = [OwnDocument(one.task, one.answers, document) for one in own for document in one.task.documents]
    return Dossier(
        body=body,
        tasks=own,
        partners=partners(scope, body),
        collectives=tuple(with_collectives(scope, body).items()),
        years=tuple(
            sorted(
                _shares(scope, own, "year"),
                key=lambda share: (not share.key, share.key),
            )
        ),
        themes=_shares(scope, own, "theme"),
        places=_shares(scope, own, "place"),
        targets=tuple(OwnTarget(one.task, one.answers, target) for one in own for target in one.task.targets),
        deadlines=tuple(OwnDeadline(one.task, one.answers, day) for one in own for day in one.task.deadlines),
        produces=tuple(one for one in documents if one.document.relation in ("produces", "revises")),
        rests_on=tuple(one for one in documents if one.document.relation in ("cites", "implements")),
        unsupported=tuple(task for task in lead if not _parties(task, Role.SUPPORT)),
        collective_support=tuple(
            Dependence(task, found)
            for task in lead
            if (found := _parties(task, Role.SUPPORT)) and all(party.collective for party in found)
        ),
        collective_lead=tuple(
            Dependence(task, found)
            for task in lead
            if (found := tuple(p for p in _parties(task, Role.LEAD) if p.collective and p.body != body))
        ),
        unmeasured=tuple(task for task in lead if not task.targets and not task.deadlines),
        unresolved=tuple(
            Dependence(one.task, found)
            for one in own
            if (found := tuple(p for p in one.task.parties if unresolved(p) and p.body != body))
        ),
        absent=_absent(scope, own),
        changes=tuple(changes),
        origins=tuple(origins),
    )


def _absent(scope: Scope, own: Sequence[OwnTask]) -> tuple[int, ...]:
    plans = {one.task.plan for one in own}
    years = {year for plan in plans for year in scope.years_of(plan)} if own else set(scope.years)
    return tuple(sorted(years - {one.task.year for one in own}))


def unresolved(party: Party) -> bool:
    """Tell whether a party is a name nobody resolved: its id is the place of the name in a document."""
    return party.collective and "/char-" in party.body


@dataclass(frozen=True, slots=True)
class Events:
    """What happened to bodies, by the IRI of each event: what it was, and the ids of the bodies before and after."""

    read: Mapping[str, BodyChange]
    before: Mapping[str, set[str]]
    after: Mapping[str, set[str]]

    def of(self, body: str) -> tuple[tuple[BodyChange, ...], tuple[BodyChange, ...]]:
        """Give what became of a body, and what it came from, event by event."""
        later = _reached(body, self.before, self.after)
        earlier = [iri for iri in _reached(body, self.after, self.before) if iri not in later]
        return tuple(self.read[iri] for iri in later), tuple(self.read[iri] for iri in earlier)


def body_events(store: Store) -> Events:
    """Ask the query ``body-changes`` what happened to bodies."""
    events: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in run(store, bind(find("body-changes"), {})).rows:
        events[str(row[0])].append(row)
    return Events(
        {iri: _change(rows) for iri, rows in events.items()},
        {iri: {local_id(row[6]) for row in rows} for iri, rows in events.items()},
        {iri: {local_id(row[8]) for row in rows if row[8] is not None} for iri, rows in events.items()},
    )


def body_changes(store: Store, body: str) -> tuple[tuple[BodyChange, ...], tuple[BodyChange, ...]]:
    """Ask the query ``body-changes`` what became of a body, and what it came from, event by event."""
    return body_events(store).of(body)


def _change(rows: Sequence[tuple[object, ...]]) -> BodyChange:
    _, kind, what, date, first, last, *_, source = rows[0]
    return BodyChange(
        kind=str(kind),
        what=str(what),
        when=str(date or "") or "/".join(str(day) for day in (first, last) if day is not None),
        before=tuple(dict.fromkeys(str(row[7]) for row in rows)),
        after=tuple(dict.fromkeys(str(row[9]) for row in rows if row[9] is not None)),
        source=str(source),
    )


def _reached(body: str, out_of: Mapping[str, set[str]], into: Mapping[str, set[str]]) -> list[str]:
    """Give the events that lead on from a body, nearest first."""
    bodies, events = {body}, []
    todo = sorted(out_of)
    while found := [event for event in todo if out_of[event] & bodies]:
        events += found
        bodies |= set().union(*(into[event] for event in found))
        todo = [event for event in todo if event not in found]
    return events


def _parties(task: TaskFacts, role: Role) -> tuple[Party, ...]:
    return tuple(party for party in task.parties if party.role is role)


_KEYS: Mapping[str, Callable[[TaskFacts], Iterable[str]]] = {
    "year": lambda task: ("" if task.year is None else str(task.year),),
    "theme": lambda task: (task.theme,),
    "place": lambda task: dict.fromkeys(place.name for place in task.places),
}


def _every(scope: Scope, of: str) -> Counter[str]:
    """Count all tasks of a scope by year, theme or place; once for the dossiers of all bodies."""
    if ("every", of) not in scope.kept:
        scope.kept["every", of] = Counter(key for task in scope.facts for key in _KEYS[of](task))
    found: Counter[str] = scope.kept["every", of]
    return found


def _shares(scope: Scope, own: Iterable[OwnTask], of: str) -> tuple[Share, ...]:
    """Count a body's tasks by year, theme or place, most first; those without one last of equals."""
    every, keys = _every(scope, of), _KEYS[of]
    found: dict[str, list[OwnTask]] = defaultdict(list)
    for one in own:
        for key in keys(one.task):
            found[key].append(one)
    shares = [
        Share(
            key,
            sum(Role.LEAD in one.roles for one in tasks),
            sum(Role.SUPPORT in one.roles for one in tasks),
            sum(bool({Role.RESPONSIBLE, Role.GUIDE} & set(one.roles)) for one in tasks),
            len(tasks),
            every[key],
        )
        for key, tasks in found.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-share.tasks, not share.key, share.key)))
