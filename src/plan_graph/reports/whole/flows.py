"""Who enters, stays and leaves from year to year, and which themes carry on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plan_graph.analysis.evidence import Link
from plan_graph.analysis.facts import TaskFacts

LEADS, SUPPORTS, AWAY = "leads", "supports", "away"


@dataclass(frozen=True, slots=True)
class Change:
    """From one year to the next: bodies on tasks of both, only of the later, only of the earlier."""

    earlier: int
    later: int
    staying: tuple[str, ...]
    entering: tuple[str, ...]
    leaving: tuple[str, ...]


def states(tasks: Iterable[TaskFacts], years: Sequence[int]) -> dict[str, tuple[str, ...]]:
    """Give for each single body what it does in each year: leads (answers for a task), only supports, or is away."""
    lead: set[tuple[str, int]] = set()
    there: set[tuple[str, int]] = set()
    for task in tasks:
        if task.year is not None:
            lead |= {(body, task.year) for body in task.leads}
            there |= {(body, task.year) for body in task.bodies()}
    return {
        body: tuple(LEADS if (body, y) in lead else SUPPORTS if (body, y) in there else AWAY for y in years)
        for body in sorted({body for body, _ in there})
    }


def changes(found: Mapping[str, tuple[str, ...]], years: Sequence[int]) -> list[Change]:
    """Give the bodies that stay, enter and leave between each two years that follow each other."""
    made: list[Change] = []
    for at in range(len(years) - 1):
        kinds: dict[tuple[bool, bool], list[str]] = {}
        for body, states_ in found.items():
            kinds.setdefault((states_[at] != AWAY, states_[at + 1] != AWAY), []).append(body)
        made.append(
            Change(
                earlier=years[at],
                later=years[at + 1],
                staying=tuple(kinds.get((True, True), ())),
                entering=tuple(kinds.get((False, True), ())),
                leaving=tuple(kinds.get((True, False), ())),
            )
        )
    return made


def carried(
    links: Iterable[Link], earlier: int, later: int
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Count what links carry from themes of one year to themes of another: earlier tasks, and later tasks.

    A task counts once, in the direction of its best link.
    """
    best_of: dict[str, Link] = {}
    best_to: dict[str, Link] = {}
    for link in sorted(links, key=lambda one: (-one.score, one.earlier.iri, one.later.iri)):
        if (link.earlier.year, link.later.year) == (earlier, later):
            best_of.setdefault(link.earlier.iri, link)
            best_to.setdefault(link.later.iri, link)
    leaving = Counter((link.earlier.theme, link.later.theme) for link in best_of.values())
    arriving = Counter((link.earlier.theme, link.later.theme) for link in best_to.values())
    return leaving, arriving
