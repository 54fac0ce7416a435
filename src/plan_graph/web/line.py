"""A line of those who wait for something there is a limited number of: whoever came first has it first."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class FullError(Exception):
    """As many wait as may."""


class Line(Generic[Thing]):
    """Things that are free, and those who wait for one: at most ``most``.

    ``asyncio.Queue`` lets whoever comes take what has just been put there for somebody that waits, who then waits
    behind all others: in a crowd a few would have to wait for ever.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._free: deque[Thing] = deque()
        self._turns: deque[asyncio.Future[Thing]] = deque()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._turns)

    @property
    def free(self) -> int:
        """How many things are free."""
        return len(self._free)

    def give(self, thing: Thing) -> None:
        """Give a thing to who waits longest, or keep it for who comes next."""
        while self._turns:
            turn = self._turns.popleft()
            if not turn.done():
                turn.set_result(thing)
                return
        self._free.append(thing)

    async def take(self, patience: float) -> Thing:
        """Take a thing, after waiting for it no more seconds than these.

        :raises FullError: at once, if as many wait as may.
        :raises TimeoutError: if it was not one's turn in time.
        """
        if self._free:
            return self._free.popleft()
        if len(self._turns) >= self.most:
            raise FullError
        turn: asyncio.Future[Thing] = asyncio.get_running_loop().create_future()
        self._turns.append(turn)
        try:
            async with asyncio.timeout(patience):
                return await turn
        except (TimeoutError, asyncio.CancelledError):
            if turn.done() and not turn.cancelled():  # its turn came as it went
                self.give(turn.result())
            else:
                self._turns.remove(turn)
            raise
