"""Connections of clients, bounded: how many there are, how long a request or an answer may stall, how long a head is.

uvicorn itself waits for the rest of a request without end, and holds all of its head in memory.
"""

from __future__ import annotations

import asyncio
import re
import resource
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_RESERVED = 256  # descriptors that are not for connections: workers, the log, what Python opens
_EACH = 2  # descriptors that a connection may need: its own, and the file of its answer


class Bounded(HttpToolsProtocol):
    """HTTP over one connection.

    A request must be whole within ``patience`` seconds of its first byte, or of the connection where it is the first;
    a client that takes nothing of its answer for as long is let go. A head has at most ``longest`` bytes, the address
    in it 64 KiB, which is httptools' own bound: longer queries are posted. Beyond ``most`` connections a new one is
    closed at once. An address that is sent as it is written (``curl …?body=省农委``) is read as its UTF-8.
    """

    patience = 30.0
    longest = 1 << 18
    most = 4096

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._awaited: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._in_head, self._length = True, 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin; the first request is awaited."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.abort()
            return
        self._await()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        super().connection_lost(exc)
        self._disarm()
        self.resume_writing()

    def data_received(self, data: bytes) -> None:
        """Read on; a head that is too long ends the connection."""
        if self._in_head:
            data = data if self._length or data.isascii() else written(data)
            self._length += len(data)
        super().data_received(data)
        if self._in_head and self._length > self.longest:
            self._refuse(b"431 Request Header Fields Too Large", b"the head of the request is too long")

    def on_message_begin(self) -> None:
        """Await the rest of a request."""
        super().on_message_begin()
        self._await()

    def on_headers_complete(self) -> None:
        """Know that what follows is the body, whose length the application bounds."""
        self._in_head, self._length = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Know that the request is whole."""
        self._in_head = True
        self._disarm()
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Know that the client does not take what is sent."""
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(self.patience, self.transport.abort)

    def resume_writing(self) -> None:
        """Know that it does again."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _await(self) -> None:
        if self._awaited is None:
            self._awaited = self.loop.call_later(self.patience, self._late)

    def _disarm(self) -> None:
        if self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None

    def _late(self) -> None:
        self._refuse(b"408 Request Timeout", b"the request did not come in time")

    def _refuse(self, status: bytes, why: bytes) -> None:
        """Say why, unless an answer is being sent already, and close the connection."""
        self._disarm()
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            length = str(len(why) + 1).encode()
            head = b"HTTP/1.1 " + status + b"\r\nContent-Type: text/plain\r\nContent-Length: " + length
            self.transport.write(head + b"\r\nConnection: close\r\n\r\n" + why + b"\n")
        self.transport.close()


def written(data: bytes) -> bytes:
    """Give the beginning of a request with the address in its first line percent-encoded.

    >>> written("GET /tasks?body=省 HTTP/1.1\\r\\nHost: x".encode())
    b'GET /tasks?body=%E7%9C%81 HTTP/1.1\\r\\nHost: x'
    """
    line, end, rest = data.partition(b"\n")
    return re.sub(rb"[\x80-\xff]", lambda found: b"%%%02X" % found[0][0], line) + end + rest


def connections() -> int:
    """Take all descriptors that the system allows this process; give how many connections they are enough for."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        hard = 1 << 20
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    return max(1, min(Bounded.most, (hard - _RESERVED) // _EACH))
