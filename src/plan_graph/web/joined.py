"""Questions asked while the same one is being answered: they wait for that answer, and cost no worker of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


@dataclass(slots=True, eq=False)
class _Flight(Generic[Made]):
    task: asyncio.Task[Made]
    waiting: int = 0


class Joined(Generic[Made]):
    """Work that is going on, by the key of what it makes; ``release`` lets go of a result that nobody waits for."""

    def __init__(self, release: Callable[[Made], None]) -> None:
        self._release = release
        self._going: dict[bytes, _Flight[Made]] = {}

    def __contains__(self, key: bytes) -> bool:
        """Tell whether work of this key goes on."""
        return key in self._going

    async def wait(
        self, key: bytes, work: Callable[[], Coroutine[Any, Any, Made]], share: Callable[[Made], Made]
    ) -> Made:
        """Give a share of what the work of this key makes; it is begun unless it goes on already.

        Whoever is cancelled leaves the others waiting; when the last one has gone the work itself is cancelled.
        What the work raises is raised to all who wait for it.
        """
        flight = self._going.get(key)
        if flight is None:
            flight = self._going[key] = _Flight(asyncio.create_task(work()))
            flight.task.add_done_callback(lambda _: self._land(key, flight))
        flight.waiting += 1
        try:
            return share(await asyncio.shield(flight.task))
        finally:
            flight.waiting -= 1
            if not flight.waiting:
                self._land(key, flight)
                if not flight.task.done():
                    flight.task.cancel()
                elif not flight.task.cancelled() and flight.task.exception() is None:
                    self._release(flight.task.result())

    def _land(self, key: bytes, flight: _Flight[Made]) -> None:
        """Let nobody join any more."""
        if self._going.get(key) is flight:
            del self._going[key]
