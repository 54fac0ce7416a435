"""Filters of tasks that combine: which tasks are left, and how many each further choice would leave.

Sets of tasks are integers, a bit for each task in the order of ``Facts.tasks``: to combine two is one operation, and a
count is exact however many filters there are. Several values of one filter mean any of them, but for bodies,
collectives and what a task has, where they mean all: two bodies give the tasks they share.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plan_graph.analysis.facts import TaskFacts
from plan_graph.errors import InputError
from plan_graph.model.plan import Role
from plan_graph.reports.sections import ROLES, same
from plan_graph.reports.words import Words
from plan_graph.web.pages.facts import UNRESOLVED, Facts, PlanFacts
from plan_graph.web.pages.visit import Visit

ANY = "any"
FILTERS: Mapping[str, Words] = {
    "q": Words("文字", "Text"),
    "year": Words("年度", "Year"),
    "theme": Words("主题", "Theme"),
    "body": Words("机构", "Body"),
    "role": Words("角色", "Role"),
    "place": Words("地区", "Place"),
    "collective": Words("集合称谓", "Collective"),
    "has": Words("写明", "States"),
    "plan": Words("计划", "Plan"),
}
_ALL_OF = frozenset({"body", "collective", "has"})
HAS: Mapping[str, Words] = {
    "target": Words("有量化目标", "a quantified target"),
    "deadline": Words("有时限", "a deadline"),
    "produces": Words("须制定、修订文件", "a document to produce or revise"),
    "cites": Words("引用文件", "a document it cites"),
    "earlier": Words("承接此前任务", "an earlier task it takes up"),
    "later": Words("后有任务承接", "a later task that takes it up"),
    "nosupport": Words("没有配合单位", "no support"),
    UNRESOLVED: Words("有未确认的名称", "an unresolved name"),
}
NO_YEAR = "none"
_MOST_VALUES, _MOST_TEXT = 20, 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value of a filter as asked for, and the keys it means; none where the graph has nothing of that name."""

    filter: str
    asked: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter: how many tasks would be left with it, and whether it is chosen."""

    key: str
    label: str
    count: int
    chosen: bool


class Index:
    """Which tasks have which value of which filter."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.every = (1 << len(facts.tasks)) - 1
        kept = [name for name in FILTERS if name not in ("q", "role")]
        self.masks: dict[str, dict[str, int]] = {name: defaultdict(int) for name in kept}
        self.roles: dict[tuple[str, Role], int] = defaultdict(int)
        for at, task in enumerate(facts.tasks):
            for name, key in self.values(task):
                self.masks[name][key] |= 1 << at
            for party in task.parties:
                keys = (ANY, party.body) if party.collective else (party.body,)
                for key in keys:
                    self.roles[key, party.role] |= 1 << at

    def values(self, task: TaskFacts) -> Iterator[tuple[str, str]]:
        """Give all that a task is chosen by, as (filter, key); a key may come twice."""
        facts = self.facts
        yield "plan", task.plan
        yield "year", NO_YEAR if task.year is None else str(task.year)
        for key in facts.themes_of.get(task.iri, ()):
            yield "theme", key
        for place in task.places:
            yield "place", place.code
            if place.code in facts.places:
                yield from (("place", code) for code in facts.places[place.code].within)
        for party in task.parties:
            yield "collective" if party.collective else "body", party.body
            if party.collective:
                yield "collective", ANY
        yield from (("has", key) for key in _has(facts, task))

    def role(self, key: str, roles: Iterable[Role]) -> int:
        """Give the tasks a body or collective has one of these roles on."""
        mask = 0
        for role in roles:
            mask |= self.roles.get((key, role), 0)
        return mask

    @cached_property
    def any_role(self) -> dict[Role, int]:
        """Give the tasks on which anybody has each role."""
        found: dict[Role, int] = dict.fromkeys(Role, 0)
        for (_, role), mask in self.roles.items():
            found[role] |= mask
        return found

    @cached_property
    def names(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Give for each filter what names stand for: the keys themselves, and every name there is."""
        facts = self.facts
        found: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in self.masks}
        for one in facts.agents.values():
            for name in {one.name, one.short, *one.others}:
                found["body" if one.single else "collective"][name].append(one.id)
        for place in facts.places.values():
            for name in {place.name, *place.others}:
                found["place"][name].append(place.code)
        for theme in facts.themes.values():
            for name in {theme.name, theme.name_en} - {""}:
                found["theme"][name].append(theme.key)
        made = {name: {word: tuple(keys) for word, keys in words.items()} for name, words in found.items()}
        made["collective"][ANY] = (ANY,)
        for name, keys in (
            ("body", (one.id for one in facts.agents.values() if one.single)),
            ("collective", (one.id for one in facts.agents.values() if not one.single)),
            ("place", facts.places),
            ("theme", facts.themes),
            ("plan", facts.plans),
            ("year", self.masks["year"]),
            ("has", HAS),
        ):
            made[name] |= {key: (key,) for key in keys}
        return made

    def preload(self) -> None:
        """Make what is made once."""
        _ = self.names, self.any_role
        self.facts.preload()

    def tasks(self, mask: int) -> list[TaskFacts]:
        """Give the tasks of a set, in their order."""
        return [self.facts.tasks[at] for at in places_of(mask)]

    def label(self, name: str, key: str, lang: str) -> str:
        """Name a value of a filter; one the graph has no name for is its key."""
        return self._labels(key).get(name, Words(key, key)).of(lang)

    def _labels(self, key: str) -> dict[str, Words]:
        facts = self.facts
        found: dict[str, Words] = {}
        if key in facts.agents:
            found["body"] = found["collective"] = same(facts.agents[key].short)
        if key in facts.places:
            found["place"] = Words(facts.places[key].name, facts.places[key].name_en or facts.places[key].name)
        if key in facts.themes:
            found["theme"] = Words(facts.themes[key].name, facts.themes[key].name_en or facts.themes[key].name)
        if key in facts.plans:
            found["plan"] = same(facts.plans[key].title)
        if key in HAS:
            found["has"] = HAS[key]
        if key == ANY:
            found["collective"] = Words("任何集合称谓或未确认名称", "any collective or unresolved name")
        if key == NO_YEAR:
            found["year"] = Words("未写明年度", "no year stated")
        return found


def _has(facts: Facts, task: TaskFacts) -> Iterator[str]:
    relations = {one.relation for one in task.documents}
    roles = {party.role for party in task.parties}
    for key, there in (
        ("target", bool(task.targets)),
        ("deadline", bool(task.deadlines)),
        ("produces", not relations.isdisjoint({"produces", "revises"})),
        ("cites", not relations.isdisjoint({"cites", "implements"})),
        ("earlier", task.iri in facts.earlier),
        ("later", task.iri in facts.later),
        ("nosupport", Role.SUPPORT not in roles),
        (UNRESOLVED, any("/char-" in party.body for party in task.parties)),
    ):
        if there:
            yield key


def places_of(mask: int) -> list[int]:
    """Give the bits that are set, rising. O(bits set + bytes of the set).

    >>> places_of(0b1000_0000_0101)
    [0, 2, 11]
    """
    held = mask.to_bytes((mask.bit_length() + 7) // 8, "little")
    return [8 * found.start() + bit for found in _ANY.finditer(held) for bit in _BITS[held[found.start()]]]


_ANY = re.compile(rb"[^\0]")
_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


class Selection:
    """The tasks that a visit asks for.

    :raises InputError: for a role, or something a task has, that there is not, and for more or longer values than a
        person would give.
    """

    def __init__(self, index: Index, visit: Visit, *, only: Sequence[str] = tuple(FILTERS)) -> None:
        self.index = index
        self.lang = visit.lang
        self.words = tuple(" ".join(visit.every("q")).split()) if "q" in only else ()
        self.roles = tuple(_role(value) for value in visit.every("role")) if "role" in only else ()
        self.chosen = [
            Chosen(name, value, self._means(name, value))
            for name in index.masks
            if name in only
            for value in visit.every(name)
        ]
        if len(self.chosen) + len(self.roles) + len(self.words) > _MOST_VALUES or any(
            len(value) > _MOST_TEXT for value in (*self.words, *(one.asked for one in self.chosen))
        ):
            raise InputError(
                f"at most {_MOST_VALUES} filters of {_MOST_TEXT} characters can be set; take some away",
                f"最多可设 {_MOST_VALUES} 个条件，每个不超过 {_MOST_TEXT} 字，请减少条件",
            )

    def _means(self, name: str, value: str) -> tuple[str, ...]:
        if name == "has" and value not in HAS:
            listed = ", ".join(HAS)
            raise InputError(f"has={value} is not known; it can be {listed}", f"没有 has={value}；可用的有 {listed}")
        return self.index.names[name].get(value, ())

    def label(self, one: Chosen) -> str:
        """Name a value that is chosen; one that means several things, or none, as it was asked for."""
        return self.index.label(one.filter, one.keys[0], self.lang) if len(one.keys) == 1 else one.asked

    @property
    def unknown(self) -> list[Chosen]:
        """The values that mean nothing here."""
        return [one for one in self.chosen if not one.keys]

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.chosen or self.roles or self.words)

    @cached_property
    def mask(self) -> int:
        """Give the tasks that fit all filters."""
        return self.without()

    @cached_property
    def tasks(self) -> list[TaskFacts]:
        """Give these tasks in the order of plan and place."""
        return self.index.tasks(self.mask)

    def without(self, *left_out: str) -> int:
        """Give the tasks that fit all filters but some."""
        mask = self.index.every if "q" in left_out else self._text
        for name in self.index.masks:
            if name not in left_out:
                mask &= self._of(name)
        if "role" not in left_out and not self._roles_are_of_bodies:
            mask &= self._anybody(self.roles)
        return mask

    @property
    def _roles_are_of_bodies(self) -> bool:
        return any(one.filter in ("body", "collective") for one in self.chosen)

    def _anybody(self, roles: Sequence[Role]) -> int:
        mask = 0 if roles else self.index.every
        for role in roles:
            mask |= self.index.any_role[role]
        return mask

    def _of(self, name: str) -> int:
        values = [self._one(name, one.keys, self.roles) for one in self.chosen if one.filter == name]
        if not values:
            return self.index.every
        mask = self.index.every if name in _ALL_OF else 0
        for value in values:
            mask = mask & value if name in _ALL_OF else mask | value
        return mask

    def _one(self, name: str, keys: Iterable[str], roles: Sequence[Role]) -> int:
        mask = 0
        for key in keys:
            whole = self.index.masks[name].get(key, 0)
            mask |= self.index.role(key, roles) if roles and name in ("body", "collective") else whole
        return mask

    @cached_property
    def _text(self) -> int:
        if not self.words:
            return self.index.every
        mask = 0
        for at, task in enumerate(self.index.facts.tasks):
            if all(word in task.text or word in task.clause for word in self.words):
                mask |= 1 << at
        return mask

    def options(self, name: str) -> list[Option]:
        """Give the values of a filter that would leave a task, with how many, most first, and those chosen."""
        index = self.index
        if name == "role":
            return self._role_options()
        chosen = {key for one in self.chosen if one.filter == name for key in one.keys}
        base = self.mask if name in _ALL_OF else self.without(name)
        found = []
        for key in index.masks[name]:
            count = (base & self._one(name, (key,), self.roles)).bit_count()
            if count or key in chosen:
                found.append(Option(key, index.label(name, key, self.lang), count, key in chosen))
        if name == "has":
            return sorted(found, key=lambda one: list(HAS).index(one.key))
        if name == "year":
            return sorted(found, key=lambda one: one.key)
        return sorted(found, key=lambda one: (-one.count, one.label, one.key))

    def _role_options(self) -> list[Option]:
        base = self.without("role", "body", "collective")
        found = []
        for role in Role:
            mask = base & self._anybody((role,)) if not self._roles_are_of_bodies else base
            if self._roles_are_of_bodies:
                for one in self.chosen:
                    if one.filter in ("body", "collective"):
                        mask &= self._one(one.filter, one.keys, (role,))
            if mask or role in self.roles:
                found.append(Option(role.value, ROLES[role].of(self.lang), mask.bit_count(), role in self.roles))
        return found


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError as error:
        listed = ", ".join(role.value for role in Role)
        raise InputError(
            f"role={value} is not known; it can be {listed}", f"没有 role={value}；可用的有 {listed}"
        ) from error


def plan_of(facts: Facts, task: TaskFacts) -> PlanFacts:
    """Give the plan of a task."""
    return facts.plans.get(task.plan) or PlanFacts(task.plan, task.plan, "", "")
