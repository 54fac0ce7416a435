"""What the pages of tasks, bodies, places and themes share: read once, by shipped queries, and looked up by key."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pyoxigraph import Store

from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.names import Named, names
from plan_graph.analysis.rows import local_id
from plan_graph.analysis.scope import Scope
from plan_graph.graph.queries import bind, find, run
from plan_graph.reports.words import Words

COLLECTIVE, UNRESOLVED = "collective", "unresolved"
KINDS = {  # beside the kinds of bodies, which the graph names
    COLLECTIVE: Words("集合称谓", "collective"),
    UNRESOLVED: Words("未确认的名称", "unresolved name"),
}


@dataclass(frozen=True, slots=True)
class Agent:
    """Whoever takes part in a task, or may: a body, a collective reference, or a name nobody resolved.

    ``id`` is that of ``analysis.names``, ``address`` the page, ``short`` the form documents write most often, ``kind``
    and ``level`` are keys of ``Facts.kinds`` and ``Facts.levels``; a collective and an unresolved name have no level.
    ``written`` are the forms documents write and how often, ``members`` the ids of whom a collective may include.
    """

    id: str
    name: str
    short: str
    address: str
    kind: str
    level: str = ""
    name_en: str = ""
    seat: str = ""
    valid_from: str = ""
    valid_until: str = ""
    source: str = ""
    others: tuple[str, ...] = ()
    written: tuple[tuple[str, int], ...] = ()
    members: tuple[str, ...] = ()

    @property
    def single(self) -> bool:
        """Whether it is one body."""
        return self.kind not in KINDS


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its code; ``within`` are the codes of the places that hold it, nearest first."""

    code: str
    name: str
    name_en: str
    level: str
    parent: str
    within: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/place/{self.code}"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme by the key in its IRI."""

    key: str
    name: str
    name_en: str
    keywords: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/theme/{self.key}"


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan by its id: what it is called, who issued it and when (ISO 8601, or "")."""

    id: str
    title: str
    issuer: str
    issued: str

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/plan/{self.id}"


@dataclass(frozen=True, slots=True)
class Step:
    """A link between an earlier and a later task, by their IRIs, with the wording both have."""

    earlier: str
    later: str
    kind: str
    score: float
    wording: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """A task that has keywords in common with another, and how rare these are together, in bits."""

    task: TaskFacts
    keywords: tuple[str, ...]
    bits: float


@dataclass(frozen=True)
class Facts:
    """All that is stated of the tasks of a graph, and of whom and what they name.

    ``themes_of`` has the keys of the themes of each task, ``keywords_of`` its keywords, ``earlier`` and ``later`` the
    links to what it takes up and to what takes it up, each by the IRI of the task.
    """

    scope: Scope
    agents: Mapping[str, Agent]
    places: Mapping[str, Place]
    themes: Mapping[str, Theme]
    plans: Mapping[str, PlanFacts]
    kinds: Mapping[str, Words]
    levels: Mapping[str, Words]
    themes_of: Mapping[str, tuple[str, ...]]
    keywords_of: Mapping[str, tuple[str, ...]]
    earlier: Mapping[str, tuple[Step, ...]]
    later: Mapping[str, tuple[Step, ...]]

    def preload(self) -> None:
        """Make what is made once."""
        _ = self.by_iri, self.by_address, self.places_in_order, self.named, self.children, self.having
        _ = self.themes_by_name, self.places_by_name

    @property
    def tasks(self) -> tuple[TaskFacts, ...]:
        """All tasks, by plan and place in it."""
        return self.scope.facts

    @cached_property
    def by_iri(self) -> dict[str, TaskFacts]:
        """Give each task by its IRI."""
        return {task.iri: task for task in self.tasks}

    @cached_property
    def places_in_order(self) -> dict[str, int]:
        """Give where each task stands among all, by its IRI."""
        return {task.iri: at for at, task in enumerate(self.tasks)}

    @cached_property
    def by_address(self) -> dict[str, TaskFacts]:
        """Give each task by the address of its page."""
        return {address(task): task for task in self.tasks}

    @cached_property
    def themes_by_name(self) -> dict[str, str]:
        """Give the key of the first theme of each name."""
        return {theme.name: theme.key for theme in reversed(tuple(self.themes.values()))}

    @cached_property
    def places_by_name(self) -> dict[str, str]:
        """Give the code of the first place of each name."""
        return {place.name: place.code for place in reversed(tuple(self.places.values()))}

    @cached_property
    def named(self) -> dict[str, Named]:
        """Give the agents as the reports of ``reports`` take them."""
        return {one.id: Named(one.id, one.name, one.short, one.others, not one.single) for one in self.agents.values()}

    @cached_property
    def children(self) -> dict[str, tuple[Place, ...]]:
        """Give the places directly in each place, by code."""
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self.places.values():
            if place.parent:
                found[place.parent].append(place)
        return {code: tuple(inside) for code, inside in found.items()}

    @cached_property
    def having(self) -> dict[str, tuple[str, ...]]:
        """Give the tasks with each keyword, by their IRIs."""
        found: dict[str, list[str]] = defaultdict(list)
        for task, words in self.keywords_of.items():
            for word in words:
                found[word].append(task)
        return {word: tuple(tasks) for word, tasks in found.items()}

    def alike(self, task: TaskFacts, at_most: int = 8) -> list[Alike]:
        """Give the tasks with the rarest keywords in common with one, most first; two keywords or more."""
        shared: dict[str, list[str]] = defaultdict(list)
        bits: dict[str, float] = defaultdict(float)
        for word in self.keywords_of.get(task.iri, ()):
            having = self.having[word]
            for other in having:
                if other != task.iri:
                    shared[other].append(word)
                    bits[other] += math.log2(len(self.tasks) / len(having))
        ranked = sorted((other for other in shared if len(shared[other]) > 1), key=lambda one: (-bits[one], one))
        return [Alike(self.by_iri[other], tuple(shared[other]), round(bits[other], 1)) for other in ranked[:at_most]]


def address(task: TaskFacts) -> str:
    """Give the address of the page of a task."""
    return f"/task/{task.plan}/{task.id}"


def read(store: Store, base: str, found: Scope) -> Facts:
    """Read what is stated beside the tasks of a graph, the IRIs of which are below ``base``. O(facts)."""
    kinds, levels = dict(KINDS), dict[str, Words]()
    themes_of, themes = _themes(store, base)
    keywords: dict[str, list[str]] = defaultdict(list)
    for iri, _, _, word in _rows(store, "keywords"):
        keywords[str(iri)].append(str(word))
    earlier, later = _lineage(store)
    return Facts(
        scope=found,
        agents=_agents(store, kinds, levels),
        places=_places(store, levels),
        themes={
            key: Theme(key, zh, en, tuple(keywords.get(f"{base}theme/{key}", ()))) for key, (zh, en) in themes.items()
        },
        plans={
            str(id_): PlanFacts(str(id_), str(title), str(issuer or ""), str(issued or ""))
            for _, id_, title, _, _, issuer, issued, *_ in _rows(store, "plans")
        },
        kinds=kinds,
        levels=levels,
        themes_of=themes_of,
        keywords_of={task.iri: tuple(keywords.get(task.iri, ())) for task in found.facts},
        earlier=earlier,
        later=later,
    )


def _agents(store: Store, kinds: dict[str, Words], levels: dict[str, Words]) -> dict[str, Agent]:
    records: dict[str, Agent] = {}
    for body, _, name, name_en, kind, level, seat, begin, end, source, kind_id, level_id in _rows(store, "bodies"):
        kinds.setdefault(str(kind_id), Words(str(kind), str(kind_id).replace("-", " ")))
        levels.setdefault(str(level_id), Words(str(level), str(level_id)))
        own = local_id(body)
        records.setdefault(
            own,
            Agent(
                own,
                str(name),
                "",
                f"/body/{own}",
                str(kind_id),
                str(level_id),
                name_en=str(name_en or ""),
                seat=str(seat),
                valid_from=str(begin or ""),
                valid_until=str(end or ""),
                source=str(source or ""),
            ),
        )
    written: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for iri, _, said_so, mentions in _rows(store, "names-as-written"):
        written[local_id(iri)].append((str(said_so), int(str(mentions))))
    members: dict[str, list[str]] = defaultdict(list)
    for iri, _, _, member, _ in _rows(store, "collective-members"):
        if member:
            members[local_id(iri)].append(local_id(member))
    found: dict[str, Agent] = {}
    for one in names(store).values():
        known = records.get(one.id)
        if known is None:
            unresolved = "/char-" in one.id
            kind = UNRESOLVED if unresolved else COLLECTIVE if one.collective else "body"
            place = "name" if unresolved else COLLECTIVE if one.collective else "body"
            kinds.setdefault(kind, Words("机构", "body"))
            known = Agent(one.id, one.name, "", f"/{place}/{one.id}", kind)
        found[one.id] = replace(
            known,
            short=one.short,
            others=one.others,
            written=tuple(written[one.id]),
            members=tuple(members[one.id]),
        )
    return found


def _places(store: Store, levels: dict[str, Words]) -> dict[str, Place]:
    others: dict[str, list[str]] = defaultdict(list)
    for _, code, _, other in _rows(store, "place-names"):
        others[str(code)].append(str(other))
    rows: dict[str, tuple[str, str, str, str]] = {}
    code_of: dict[str, str] = {}
    for iri, code, name, name_en, level, level_id, parent in _rows(store, "places"):
        if level_id:
            levels.setdefault(str(level_id), Words(str(level), str(level_id)))
        code_of[str(iri)] = str(code)
        rows.setdefault(str(code), (str(name), str(name_en or ""), str(level_id or ""), str(parent or "")))
    parents = {code: code_of.get(row[3], "") for code, row in rows.items()}
    return {
        code: Place(code, row[0], row[1], row[2], parents[code], _chain(code, parents), tuple(others[code]))
        for code, row in rows.items()
    }


def _chain(code: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    made: list[str] = []
    while (code := parents.get(code, "")) and code not in made:
        made.append(code)
    return tuple(made)


def _themes(store: Store, base: str) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, str]]]:
    """Give the keys of the themes of each task, and the names of each theme."""
    of_task: dict[str, list[str]] = defaultdict(list)
    themes: dict[str, tuple[str, str]] = {}
    for task, concept, name, name_en in _rows(store, "task-themes"):
        key = str(concept).removeprefix(f"{base}theme/")
        themes.setdefault(key, (str(name), str(name_en or "")))
        of_task[str(task)].append(key)
    return {task: tuple(dict.fromkeys(keys)) for task, keys in of_task.items()}, themes


def _lineage(store: Store) -> tuple[dict[str, tuple[Step, ...]], dict[str, tuple[Step, ...]]]:
    earlier: dict[str, list[Step]] = defaultdict(list)
    later: dict[str, list[Step]] = defaultdict(list)
    for before, _, _, after, _, _, kind, score, wording, *_ in _rows(store, "lineage"):
        words = tuple(part for part in str(wording or "").split("、") if part)
        step = Step(str(before), str(after), str(kind), float(str(score)), words)
        earlier[step.later].append(step)
        later[step.earlier].append(step)
    return _frozen(earlier), _frozen(later)


def _frozen(found: Mapping[str, Iterable[Step]]) -> dict[str, tuple[Step, ...]]:
    return {key: tuple(sorted(steps, key=lambda one: -one.score)) for key, steps in found.items()}


def _rows(store: Store, query: str) -> Iterable[tuple[object, ...]]:
    return run(store, bind(find(query), {})).rows
