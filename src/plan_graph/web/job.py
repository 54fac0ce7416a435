"""What the server asks of workers and their nursery, and their answers: short ones by socket, long ones in a file.

A request is eight bytes of length, sent together with the descriptor of the file to write into, then as many bytes of
JSON. The answer is the same without a descriptor; what is to be sent to the client stands in the file.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LENGTH = struct.Struct("!Q")
# what the server orders of the nursery (see there), with the number of a process
ORDER = struct.Struct("!cq")
FORK, END, BURY = b"F", b"E", b"B"


@dataclass(frozen=True, slots=True)
class Job:
    """One question: which function of ``work`` is to answer it, with what, and whether the answer is compressed."""

    kind: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    packed: bool = False

    def pack(self) -> bytes:
        """Give the bytes of a request, without its length."""
        return json.dumps([self.kind, self.arguments, self.packed], ensure_ascii=False).encode()

    @classmethod
    def unpack(cls, content: bytes) -> Job:
        """Read the bytes of a request."""
        kind, arguments, packed = json.loads(content)
        return cls(kind, arguments, packed)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be sent: status, media type and headers; the body is in the file."""

    status: int = 200
    media_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)

    def pack(self) -> bytes:
        """Give the bytes of an answer, without its length."""
        return json.dumps([self.status, self.media_type, dict(self.headers)]).encode()

    @classmethod
    def unpack(cls, content: bytes) -> Reply:
        """Read the bytes of an answer."""
        status, media_type, headers = json.loads(content)
        return cls(status, media_type, headers)


def receive(channel: socket.socket, length: int) -> bytes:
    """Read exactly so many bytes of a blocking socket.

    :raises EOFError: if the other side has gone.
    """
    made = bytearray()
    while len(made) < length:
        piece = channel.recv(length - len(made))
        if not piece:
            raise EOFError
        made += piece
    return bytes(made)
