"""Work that several wait for: done once, shared, and ended only when nobody waits any more."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Coroutine
from typing import Any

import pytest

from plan_graph.web.job import Reply
from plan_graph.web.joined import Joined
from plan_graph.web.pool import Answer

from .loops import alone


class Bench:
    """Work that ends when it is told to, and all that became of it."""

    def __init__(self) -> None:
        self.begun = self.shared = 0
        self.cancelled = False
        self.released: list[str] = []
        self.end: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.joined: Joined[str] = Joined(self.released.append)

    async def work(self) -> str:
        self.begun += 1
        try:
            return await asyncio.shield(self.end)
        except asyncio.CancelledError:
            self.cancelled = True
            raise

    def share(self, made: str) -> str:
        self.shared += 1
        return made

    def ask(self, key: bytes = b"k") -> asyncio.Task[str]:
        return asyncio.create_task(self.joined.wait(key, self.work, self.share))


def run(test: Coroutine[Any, Any, None]) -> None:
    alone(test)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_the_same_is_made_once_and_another_by_itself() -> None:
    async def test() -> None:
        bench = Bench()
        asking = [bench.ask(), bench.ask(), bench.ask(), bench.ask(b"other")]
        await settle()
        assert bench.begun == 2
        assert b"k" in bench.joined
        bench.end.set_result("made")
        assert await asyncio.gather(*asking) == ["made"] * 4
        assert bench.shared == 4
        assert bench.released == ["made"] * 2
        assert b"k" not in bench.joined
        assert await bench.ask() == "made"  # what has ended is not joined
        assert bench.begun == 3

    run(test())


@pytest.mark.parametrize("goes", [0, 1, 2])
def test_who_goes_leaves_the_others_waiting(goes: int) -> None:
    async def test() -> None:
        bench = Bench()
        asking = [bench.ask() for _ in range(3)]
        await settle()
        asking[goes].cancel()
        await settle()
        assert not bench.cancelled
        bench.end.set_result("made")
        found = await asyncio.gather(*asking, return_exceptions=True)
        assert [one == "made" for one in found] == [at != goes for at in range(3)]
        assert bench.released == ["made"]

    run(test())


def test_when_all_have_gone_the_work_ends_and_is_begun_anew() -> None:
    async def test() -> None:
        bench = Bench()
        asking = [bench.ask(), bench.ask()]
        await settle()
        for one in asking:
            one.cancel()
        await settle()
        assert bench.cancelled
        assert bench.released == []
        again = bench.ask()
        bench.end.set_result("made")
        assert await again == "made"
        assert bench.begun == 2

    run(test())


def test_what_it_raises_is_raised_to_all() -> None:
    async def test() -> None:
        bench = Bench()
        asking = [bench.ask(), bench.ask()]
        await settle()
        bench.end.set_exception(ValueError("no"))
        found = await asyncio.gather(*asking, return_exceptions=True)
        assert [str(one) for one in found] == ["no", "no"]
        assert bench.released == []

    run(test())


def test_a_result_that_comes_as_the_last_one_goes_is_released() -> None:
    async def test() -> None:
        bench = Bench()
        asking = bench.ask()
        await settle()
        bench.end.set_result("made")
        await asyncio.sleep(0)  # the work has what it waited for
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        assert bench.released == ["made"]

    run(test())


def test_those_who_share_a_file_read_all_of_it_and_close_their_own() -> None:
    with tempfile.TemporaryFile(buffering=0) as file:
        file.write(b"0123456789")
        first, second = (Answer(Reply(), file=file).share() for _ in range(2))
    assert first.file is not None and second.file is not None
    assert os.pread(first.file.fileno(), 4, 0) == b"0123"
    first.close()
    assert os.pread(second.file.fileno(), 20, 0) == b"0123456789"
    second.close()
    short = Answer(Reply(), b"short")
    assert short.share() is short
