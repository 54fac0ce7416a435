"""Connections that stall, or come in crowds: ended, and others served meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import resource
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from plan_graph.web.connection import Bounded, connections

from .loops import alone

WHOLE = b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer with the length of the body, or at /long with a great deal."""
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    pieces = 10_000 if scope["path"] == "/long" else 0
    for _ in range(pieces):
        await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": True})
    await send({"type": "http.response.body", "body": str(length).encode()})


def serving(patience: float, most: int, test: Callable[[Callable[[], Awaitable[Streams]]], Awaitable[None]]) -> None:
    class Small(Bounded):
        longest = 4096

    Small.patience, Small.most = patience, most

    async def run() -> None:
        config = uvicorn.Config(app, lifespan="off", ws="none")
        config.load()
        state = ServerState()
        server = await asyncio.get_running_loop().create_server(lambda: Small(config, state, {}), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            await asyncio.wait_for(test(lambda: asyncio.open_connection("127.0.0.1", port)), 30)

    alone(run())


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: ",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
        WHOLE + b"GET /",
    ],
)
def test_a_request_that_does_not_come_is_given_up(begun: bytes) -> None:
    async def test(connect: Callable[[], Awaitable[Streams]]) -> None:
        reader, writer = await connect()
        writer.write(begun)
        said = await reader.read()  # to the end: the connection is closed
        assert (b" 200 " in said) == begun.startswith(WHOLE)
        assert b"HTTP/1.1 408 Request Timeout" in said
        writer.close()

    serving(0.3, 10, test)


def test_a_request_that_comes_in_pieces_is_answered_and_the_next_one_too() -> None:
    async def test(connect: Callable[[], Awaitable[Streams]]) -> None:
        reader, writer = await connect()
        for at in range(len(WHOLE)):
            writer.write(WHOLE[at : at + 1])
            await writer.drain()
        assert b" 200 " in await reader.readuntil(b"\r\n\r\n")
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9000\r\n\r\n" + b"x" * 9000)
        assert b"9000" in await reader.read()  # a body is not the head
        writer.close()

    serving(20, 10, test)


@pytest.mark.parametrize(
    "begun", [b"GET /" + b"x" * 9000, WHOLE[:-2] + b"X: " + b"x" * 9000, WHOLE[:-2] + b"A: b\r\n" * 2000]
)
def test_a_head_without_end_is_refused(begun: bytes) -> None:
    async def test(connect: Callable[[], Awaitable[Streams]]) -> None:
        reader, writer = await connect()
        writer.write(begun)
        assert (await reader.read()).startswith(b"HTTP/1.1 431 ")
        writer.close()

    serving(20, 10, test)


def test_a_client_that_takes_nothing_is_let_go() -> None:
    async def test(connect: Callable[[], Awaitable[Streams]]) -> None:
        reader, writer = await connect()
        writer.write(WHOLE.replace(b"/x", b"/long"))
        await asyncio.sleep(1)
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await reader.readexactly(10_000 * 65_536)
        writer.close()

    serving(0.3, 10, test)


def test_beyond_so_many_connections_a_new_one_is_closed_and_the_others_go_on() -> None:
    async def test(connect: Callable[[], Awaitable[Streams]]) -> None:
        first = [await connect() for _ in range(3)]
        for reader, writer in first:
            writer.write(WHOLE)
            assert b" 200 " in await reader.readuntil(b"\r\n\r\n")
        late, writer = await connect()
        with contextlib.suppress(ConnectionError):
            assert await late.read() == b""
        writer.close()
        reader, writer = first[0]
        writer.write(WHOLE)
        await reader.readuntil(b"0\r\n\r\n")
        for _, writer in first:
            writer.close()

    serving(20, 3, test)


def test_there_are_descriptors_for_all_of_them() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        assert 1 <= connections() <= Bounded.most
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert soft in (hard, 1 << 20)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
