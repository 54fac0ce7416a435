"""All that a report is made of, taken from a graph once and by shipped queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from plan_graph.analysis.defaults import DRAWS, SEED
from plan_graph.analysis.evidence import Candidate, Link
from plan_graph.analysis.facts import TaskFacts, task_facts
from plan_graph.analysis.names import names, one_of
from plan_graph.analysis.rows import drawn, local_id, plans, ties, written_names
from plan_graph.analysis.significance import ties_within
from plan_graph.errors import InputError, NotFoundError
from plan_graph.graph.queries import bind, find, run
from plan_graph.model.network import Membership, Tie
from plan_graph.reports.words import Words

if TYPE_CHECKING:
    from pyoxigraph import Store

ABOVE = 0.05
"""The q below which two bodies share more tasks than their workloads explain."""
_LISTED = 10


@dataclass(frozen=True, slots=True)
class Source:
    """A plan and the file it was read from; ``issued`` is ``None`` and texts are "" where nothing is stated."""

    plan: str
    title: str
    number: str
    issuer: str
    issued: date | None
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name nobody resolved: the reason, and the body it may be a slip for ("" if none), on the task ``task``."""

    task: str
    body: str
    written: str
    reason: str
    suspected: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Content:
    """What one report is about.

    ``population`` are the tasks chosen by ``chosen`` (plan, issuer, level, year), on which ties and every measure of
    the network rest; ``facts`` are those reported on: the same, or with ``body`` only those it takes part in.
    ``ties`` are of the population, with the ``draws`` and ``seed`` of their null model. ``names`` are those that
    documents write most often, ``kinds`` the Chinese labels of kinds, by register id. ``duplicates`` and ``lineage``
    are ``None`` where nobody looked for them.
    """

    population: tuple[TaskFacts, ...]
    facts: tuple[TaskFacts, ...]
    ties: tuple[Tie, ...]
    draws: int
    seed: int
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    sources: tuple[Source, ...]
    unresolved: tuple[Unresolved, ...]
    chosen: Mapping[str, str]
    body: str = ""
    duplicates: tuple[Candidate, ...] | None = None
    lineage: tuple[Link, ...] | None = None

    @property
    def memberships(self) -> list[Membership]:
        """The rows of the population."""
        return [row for one in self.population for row in one.memberships]

    @property
    def year(self) -> int | None:
        """The year asked for, if one was."""
        return int(self.chosen["year"]) if "year" in self.chosen else None

    @property
    def years(self) -> list[int]:
        """The years of the tasks reported on."""
        return sorted({one.year for one in self.facts if one.year is not None})

    def name(self, body: str) -> str:
        """Give the name of a participant as documents write it."""
        return self.names.get(body, body)

    def task_id(self, task: TaskFacts) -> str:
        """Give the id a reader sees: that of the plan before that of the task where there are several plans."""
        return task.id if len(self.sources) < 2 else f"{task.plan}/{task.id}"

    def title(self) -> Words:
        """Give the report a title."""
        if self.body:
            return Words(f"责任关系报告：{self.name(self.body)}", f"Report on responsibilities: {self.name(self.body)}")
        if len(self.sources) == 1:
            return Words(f"责任关系报告：{self.sources[0].title}", "Report on responsibilities")
        return Words(
            f"责任关系报告：{len(self.sources)} 个计划", f"Report on responsibilities: {len(self.sources)} plans"
        )

    def shown_ties(self) -> list[Tie]:
        """Give the ties reported on, strongest evidence first: all, or those of the body."""
        kept = [tie for tie in self.ties if self.body in ("", tie.left, tie.right)]
        return sorted(kept, key=lambda tie: (tie.q, -tie.shared, tie.expected, tie.left, tie.right))

    def shown_duplicates(self) -> list[Candidate] | None:
        """Give the possible duplicates with a task reported on, highest score first."""
        if self.duplicates is None:
            return None
        there = {one.iri for one in self.facts}
        kept = [one for one in self.duplicates if {one.left.iri, one.right.iri} & there]
        return sorted(kept, key=lambda one: (-one.score, one.left.iri, one.right.iri))

    def shown_lineage(self) -> list[Link] | None:
        """Give the lineage of the tasks reported on, in the order of the later task."""
        if self.lineage is None:
            return None
        there = {one.iri for one in self.facts}
        kept = [one for one in self.lineage if {one.earlier.iri, one.later.iri} & there]
        return sorted(kept, key=lambda one: (one.later.plan, one.later.order, one.earlier.iri))

    def wording(self) -> Words:
        """Say which tasks are counted: plans, choice, numbers."""
        bodies = {party.body for one in self.population for party in one.parties if not party.collective}
        tasks = len(self.population)
        if len(self.sources) == 1:
            one = self.sources[0]
            when = f"，{one.issued.isoformat()}" if one.issued else ""
            of = Words(
                f"{one.issuer}《{one.title}》{when}", f"{one.plan}{', ' + str(one.issued) if one.issued else ''}"
            )
        else:
            of = Words(f"{len(self.sources)} 个计划", f"{len(self.sources)} plans")
        zh, en = [of.zh], [of.en]
        for key, words in _CHOICES.items():
            if key in self.chosen and not (key == "plan" and len(self.sources) == 1):
                zh.append(f"{words.zh} {self.chosen[key]}")
                en.append(f"{words.en} {self.chosen[key]}")
        zh.append(f"任务 {tasks:,} 项、机构 {len(bodies):,} 个")
        en.append(f"{tasks:,} tasks, {len(bodies):,} bodies")
        if self.body:
            zh.append(f"其中{self.name(self.body)}参与 {len(self.facts):,} 项")
            en.append(f"{len(self.facts):,} of them with {self.name(self.body)}")
        return Words("；".join(zh), "; ".join(en))


_CHOICES = {
    "plan": Words("计划", "plan"),
    "issuer": Words("发文机关", "issuer"),
    "level": Words("层级", "level"),
    "year": Words("年度", "year"),
}


def gather(store: Store, chosen: Mapping[str, str] | None = None, body: str | None = None) -> Content:
    """Take from a graph what a report needs: of all tasks, or of those of a plan, issuer, level or year.

    Ties of the graph are taken as published; where the choice is narrower than a year, or the graph has none, they
    are computed anew over the chosen tasks, with the standard draws and seed.

    :raises InputError: if nothing fits the choice, or ``body`` is on none of the tasks.
    """
    values = dict(chosen or {})
    population = tuple(task_facts(store, values))
    if not population:
        raise _nothing(store, values)
    rows = [row for one in population for row in one.memberships]
    year = int(values["year"]) if "year" in values else None
    published = [] if values.keys() - {"year"} else ties(store, year)
    draws, seed = (published and drawn(store)) or (DRAWS, SEED)
    single = any(not row.collective for row in rows)
    found = Content(
        population=population,
        facts=population,
        ties=tuple(published or (ties_within(rows, year) if single else ())),
        draws=draws,
        seed=seed,
        names=_names(written_names(store), population),
        kinds={local_id(row[0]): str(row[4]) for row in run(store, bind(find("bodies"), {})).rows},
        sources=_sources(store, values),
        unresolved=_unresolved(store, values),
        chosen=values,
    )
    return found if body is None else _about(found, store, body)


def _names(written: Mapping[str, str], tasks: tuple[TaskFacts, ...]) -> dict[str, str]:
    """Give the name of each participant that documents write most often, or the full one where several bear it."""
    full = {party.body: party.name for one in tasks for party in one.parties}
    bearers = Counter(written.get(body, name) for body, name in full.items())
    return {
        body: name if bearers[written.get(body, name)] > 1 else written.get(body, name) for body, name in full.items()
    }


def _sources(store: Store, values: Mapping[str, str]) -> tuple[Source, ...]:
    """Give the file of each plan; the query has a row for each of the bodies that issued it together."""
    found: dict[tuple[str, str], Source] = {}
    for _, plan, title, number, issuer, issued, file, sha256 in run(store, bind(find("sources"), values)).rows:
        one = Source(
            plan=str(plan),
            title=str(title),
            number=str(number or ""),
            issuer=str(issuer or ""),
            issued=date.fromisoformat(str(issued)) if issued else None,
            file=str(file),
            sha256=str(sha256),
        )
        before = found.setdefault((one.plan, one.file), one)
        issuers = sorted({*before.issuer.split("、"), one.issuer})  # the graph holds them in no order
        found[one.plan, one.file] = replace(before, issuer="、".join(issuers))
    return tuple(found.values())


def _unresolved(store: Store, values: Mapping[str, str]) -> tuple[Unresolved, ...]:
    return tuple(
        Unresolved(
            task=str(task),
            body=local_id(name),
            written=str(written),
            reason=str(reason),
            suspected=str(suspected or ""),
            begin=int(str(begin)),
            end=int(str(end)),
        )
        for name, written, reason, _, suspected, task, _, _, begin, end in run(
            store, bind(find("unresolved-names"), values)
        ).rows
    )


def _about(content: Content, store: Store, asked: str) -> Content:
    """Narrow a report to the tasks of one body, named by id or by any of its names."""
    bodies = {party.body for one in content.population for party in one.parties if not party.collective}
    body = one_of(names(store), asked, bodies)
    if body.id not in bodies:
        raise NotFoundError(
            f"{body.name} ({body.id}) is no single body on any of the chosen tasks; plan-graph query tasks-by-body "
            "lists those that are",
            f"{body.name}（{body.id}）不是所选任务中的单个机构；plan-graph query tasks-by-body 可列出全部",
        )
    return replace(content, facts=tuple(one for one in content.population if body.id in one.bodies()), body=body.id)


def _nothing(store: Store, values: Mapping[str, str]) -> InputError:
    listed = plans(store)
    more = "" if len(listed) <= _LISTED else " …"
    if not listed or not values:
        return InputError(
            "the graph holds no tasks; build it from a plan with numbered tasks",
            "图谱中没有任务，请用有编号任务的计划文件生成",
        )
    asked = ", ".join(f"--{name} {value}" for name, value in values.items())
    return InputError(
        f"no task of the graph fits {asked}; its plans are {', '.join(listed[:_LISTED])}{more} "
        "(plan-graph query plans)",
        f"图中没有符合 {asked} 的任务；图中的计划有 {'、'.join(listed[:_LISTED])}{more}（见 plan-graph query plans）",
    )
