"""Some tasks of a scope: by theme, place, id and words, all of which must fit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.scope import Scope
from plan_graph.errors import NotFoundError
from plan_graph.graph.queries import bind, find, run

if TYPE_CHECKING:
    from pyoxigraph import Store

_NEAR = 5


def select(
    scope: Scope,
    *,
    theme: str = "",
    ids: Sequence[str] = (),
    words: str = "",
    within: Collection[str] | None = None,
) -> tuple[TaskFacts, ...]:
    """Give the tasks that fit all that is asked; none may, which is an answer too.

    ``theme`` is a heading or a part that one heading alone holds; ``ids`` are ids of tasks, ``PLAN/ID`` where several
    plans have one; all of ``words`` must stand in the text or the clause; ``within`` are the IRIs to choose from.

    :raises NotFoundError: for a theme or an id that the scope does not have, or that means several.
    """
    heading = _theme(scope, theme) if theme else ""
    asked = {_task(scope, one).iri for one in ids}
    return tuple(
        task
        for task in scope.facts
        if (not theme or task.theme == heading)
        and (not ids or task.iri in asked)
        and all(word in task.text or word in task.clause for word in words.split())
        and (within is None or task.iri in within)
    )


def tasks_in_place(store: Store, place: str) -> frozenset[str]:
    """Ask the query ``tasks`` for the IRIs of all tasks of a graph that name a place or a part of it.

    :raises NotFoundError: if no place of the graph bears the name.
    """
    found = frozenset(str(row[0]) for row in run(store, bind(find("tasks"), {"place": place})).rows)
    if not found:
        known = {str(other): str(name) for _, _, name, other in run(store, bind(find("place-names"), {})).rows}
        if place not in known:
            raise _unknown("place", "地点", place, [known[one] for one in _near(place, known)])
    return found


def _theme(scope: Scope, asked: str) -> str:
    themes = sorted({task.theme for task in scope.facts} - {""})
    if not themes:
        raise NotFoundError(
            "no task of the chosen plans states a theme; choose by --place, --tasks or --text",
            "所选计划的任务没有主题，请改用 --place、--tasks 或 --text",
        )
    found = [theme for theme in themes if theme == asked] or [theme for theme in themes if asked in theme]
    if len(found) != 1:
        raise _unknown("theme", "主题", asked, found or _near(asked, themes) or themes[:_NEAR])
    return found[0]


def _task(scope: Scope, asked: str) -> TaskFacts:
    found = [task for task in scope.facts if asked in (task.id, f"{task.plan}/{task.id}", task.iri)]
    if len(found) == 1:
        return found[0]
    if found:
        listed = [f"{task.plan}/{task.id}" for task in found]
        raise NotFoundError(
            f"task {asked} is in several plans; write {' or '.join(listed)}, or choose one by --plan",
            f"几个计划都有任务 {asked}，请写作 {'、'.join(listed)} 之一，或用 --plan 选定计划",
        )
    raise _unknown("task", "任务", asked, _near(asked, {task.id for task in scope.facts}))


def _unknown(what: str, zh: str, asked: str, near: Sequence[str]) -> NotFoundError:
    close = list(dict.fromkeys(near))[:_NEAR]
    return NotFoundError(
        f"no {what} of the chosen plans is called {asked!r}"
        + (f"; did you mean {', '.join(close)}?" if close else "; check how it is written"),
        f"所选计划中没有{zh}“{asked}”" + (f"，是不是 {'、'.join(close)}？" if close else "，请核对写法"),
    )


def _near(asked: str, known: Collection[str]) -> list[str]:
    return get_close_matches(asked, sorted(known), _NEAR, 0.5)
