"""Listening: the socket, the pool, and the HTTP server, from start to end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping
from typing import Any

import uvicorn

from plan_graph.errors import InputError
from plan_graph.web.app import application
from plan_graph.web.connection import Bounded, connections
from plan_graph.web.limits import Limits
from plan_graph.web.pool import Pool


def listen(host: str, port: int) -> socket.socket:
    """Open the socket to serve on; port 0 takes a free one.

    :raises InputError: if the address is taken or is none of this machine.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # connections inherit it: else head and body of an answer wait for each other, 40 ms on one that is kept open
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(
            f"{host} port {port} cannot be listened on ({why}); choose another with --host and --port",
            f"无法监听 {host} 端口 {port}（{why}）；请用 --host、--port 另选",
        ) from error
    return listening


def serve(
    listening: socket.socket, settings: Mapping[str, Any], limits: Limits, ready: Callable[[Mapping[str, Any]], None]
) -> None:
    """Serve a graph until the process is told to end; ``ready`` is called with what is served.

    :raises InputError: if the graph cannot be read.
    """
    asyncio.run(_serve(listening, settings, limits, ready))


async def _serve(
    listening: socket.socket, settings: Mapping[str, Any], limits: Limits, ready: Callable[[Mapping[str, Any]], None]
) -> None:
    pool = Pool(limits)
    try:
        await pool.start(settings)
        Bounded.most = connections()
        config = uvicorn.Config(
            application(pool),
            http=Bounded,
            ws="none",
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_keep_alive=15,
            timeout_graceful_shutdown=3,
            backlog=2048,
        )
        server = uvicorn.Server(config)
        ready(pool.known)
        await server.serve(sockets=[listening])
    finally:
        await pool.close()
