"""Who waits for a worker, and whose turn it is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from plan_graph.web.line import FullError, Line

from .loops import alone

LONG = 60.0  # seconds nobody waits for


async def _begun(line: Line[str], names: str) -> dict[str, asyncio.Task[str]]:
    tasks = {}
    for name in names:
        tasks[name] = asyncio.create_task(line.take(LONG))
        await asyncio.sleep(0)
    return tasks


async def _who_has(tasks: dict[str, asyncio.Task[str]]) -> dict[str, str]:
    for _ in range(5):
        await asyncio.sleep(0)
    return {name: task.result() for name, task in tasks.items() if task.done() and not task.cancelled()}


def test_the_first_to_come_is_the_first_to_have_one_even_if_others_come_in_the_same_moment() -> None:
    async def story() -> None:
        line: Line[str] = Line(10)
        tasks = await _begun(line, "ab")
        line.give("one")  # a has not run yet when c comes
        tasks |= {"c": asyncio.create_task(line.take(LONG))}
        assert await _who_has(tasks) == {"a": "one"}
        line.give("two")
        line.give("three")
        line.give("four")
        assert await _who_has(tasks) == {"a": "one", "b": "two", "c": "three"}
        assert (line.waiting, line.free, await line.take(0)) == (0, 1, "four")

    alone(story())


@pytest.mark.parametrize("turn_came", [False, True])
def test_who_goes_leaves_the_line_and_what_was_meant_for_it_to_the_next(turn_came: bool) -> None:
    async def story() -> None:
        line: Line[str] = Line(10)
        tasks = await _begun(line, "ab")
        if turn_came:
            line.give("one")
        tasks["a"].cancel()
        await asyncio.wait({tasks["a"]})
        if not turn_came:
            assert line.waiting == 1
            line.give("one")
        assert await _who_has({"b": tasks["b"]}) == {"b": "one"}
        assert (line.waiting, line.free) == (0, 0)

    alone(story())


@pytest.mark.parametrize(("most", "patience", "error"), [(0, LONG, FullError), (1, 0.0, TimeoutError)])
def test_a_line_is_bounded_in_number_and_in_time(most: int, patience: float, error: type[Exception]) -> None:
    async def story() -> Any:
        line: Line[str] = Line(most)
        with pytest.raises(error):
            await line.take(patience)
        line.give("one")
        return await line.take(0), line.waiting

    assert alone(story()) == ("one", 0)
