"""The pool of worker processes: who answers, who waits, who is ended.

A question that is answered within half a second keeps its worker for the next one. One that takes longer goes to a
lower priority and to the long ones, of which there are at most twice as many as workers; a new worker
takes its place, so that short questions are answered as before. At the deadline, or when its client has gone, the
worker of a question is killed.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import IO, Any

from plan_graph.errors import InputError, PlanGraphError
from plan_graph.web.job import BURY, END, FORK, LENGTH, ORDER, Job, Reply
from plan_graph.web.joined import Joined
from plan_graph.web.kept import LONGEST, Kept, key_of
from plan_graph.web.limits import OUT_OF_MEMORY, Limits
from plan_graph.web.line import FullError, Line

HASTE = 0.5  # seconds after which a question is a long one
_WHY = {-signal.SIGABRT: "memory", -signal.SIGSEGV: "memory", -signal.SIGKILL: "memory", -signal.SIGXCPU: "timeout"}
_SEEN = 50  # questions, of which that is the moving mean
_LOWER = 10  # a tenth of the processor's time beside a question that is not long (sched(7))


class UnansweredError(PlanGraphError):
    """A question that was not answered: ``status`` and ``reason`` say why, ``retry`` after how many seconds to ask."""

    def __init__(self, status: int, reason: str, en: str, zh: str, retry: int | None = None) -> None:
        super().__init__(en, zh)
        self.status, self.reason, self.retry = status, reason, retry


@dataclass(slots=True)
class Answer:
    """What a worker answered: the body is ``content`` where it is short, else it stands in ``file``.

    The file is the receiver's to close, and is read by place (``os.pread``): those who asked the same share it.
    """

    reply: Reply
    content: bytes = b""
    file: IO[bytes] | None = None

    def share(self) -> Answer:
        """Give the same answer with a file of its own to close."""
        return self if self.file is None else Answer(self.reply, file=os.fdopen(os.dup(self.file.fileno()), "rb", 0))

    def close(self) -> None:
        """Close the file, if there is one."""
        if self.file is not None:
            self.file.close()


@dataclass(slots=True)
class _Worker:
    number: int
    channel: socket.socket


class Pool:
    """Worker processes over one graph."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.known: Mapping[str, Any] = {}
        self.ended: Counter[str] = Counter()
        self.busy = self.long = 0
        self._usual = 0.0  # seconds for which a question usually has a worker to itself
        self.kept = Kept(limits.kept)
        self._joined: Joined[Answer] = Joined(Answer.close)
        self._line: Line[_Worker] = Line(limits.waiting)
        self._order = asyncio.Lock()
        self._chores: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self, settings: Mapping[str, Any]) -> None:
        """Let the nursery read the graph, and fork the workers.

        :raises InputError: if the graph cannot be read.
        """
        self._control, theirs = socket.socketpair()
        command = [sys.executable, "-m", "plan_graph.web.nursery", str(theirs.fileno())]
        everything = json.dumps({**settings, "limits": asdict(self.limits)})
        self._nursery = subprocess.Popen([*command, everything], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        self._control.setblocking(False)
        try:
            self.known = json.loads(await _message(self._control))
        except (EOFError, ConnectionError) as error:
            raise InputError(
                "the process that reads the graph ended; is there memory enough for it?",
                "读取图谱的进程意外结束，请检查内存是否足够",
            ) from error
        if settings["read_from"]:
            self.kept = Kept(0)  # what is behind another endpoint may change
        if "error" in self.known:
            raise InputError(self.known["error"], self.known["zh"])
        self._control.setblocking(True)
        for _ in range(self.limits.workers):
            self._line.give(await self._fork())

    @property
    def waiting(self) -> int:
        """How many questions wait for a worker."""
        return self._line.waiting

    @property
    def workers(self) -> int:
        """How many worker processes there are."""
        return self._line.free + self.busy

    async def close(self) -> None:
        """End all workers and the nursery."""
        self._closed = True
        for chore in [*self._chores]:
            chore.cancel()
        self._control.close()
        await asyncio.to_thread(self._nursery.wait)

    async def ask(self, job: Job) -> Answer:
        """Have a job done, or give the answer that is kept or being made for somebody else.

        When all who asked it are cancelled, its worker is ended.

        :raises UnansweredError: if nobody is free for too long, or the job took too much time or memory.
        """
        key = key_of(job)
        if key is None:
            return await self._made(job)
        if found := self.kept.get(key):
            self.ended["kept"] += 1
            return Answer(*found)
        self.ended["joined"] += key in self._joined
        return await self._joined.wait(key, lambda: self._made(job, key), Answer.share)

    async def _made(self, job: Job, key: bytes | None = None) -> Answer:
        """Have a job done; what is short is taken out of its file, and kept."""
        reply, file = await self._done(job)
        if file.seek(0, os.SEEK_END) > LONGEST:
            return Answer(reply, file=file)
        with file:
            file.seek(0)
            content = file.read()
        if key is not None:
            self.kept.put(key, reply, content)
        return Answer(reply, content)

    async def _done(self, job: Job) -> tuple[Reply, IO[bytes]]:
        worker = await self._take()
        try:
            file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (the caller closes it)
        except OSError:  # no descriptor is left, or no room: the worker is not to be lost with the answer
            self._line.give(worker)
            raise
        begun = time.monotonic()
        shortest = min(HASTE, self.limits.timeout)
        self.busy += 1
        long = False
        talk = asyncio.create_task(_talk(worker, job, file))
        well = False
        try:
            done, _ = await asyncio.wait({talk}, timeout=shortest)
            if not done and self.limits.timeout > HASTE:
                if self.long >= self.limits.long:
                    raise self._unanswered("overload")
                self.long += 1
                long = True
                with suppress(ProcessLookupError):
                    lower = min(19, os.getpriority(os.PRIO_PROCESS, worker.number) + _LOWER)
                    os.setpriority(os.PRIO_PROCESS, worker.number, lower)
                self._later(self._replace())
                done, _ = await asyncio.wait({talk}, timeout=self.limits.timeout - HASTE)
            if not done:
                raise self._unanswered("timeout")
            reply = talk.result()
            well = True
            self.ended["answered" if reply.status < 400 else "refused"] += 1
            return reply, file
        except (EOFError, ConnectionError) as error:
            died = await asyncio.shield(self._later(self._end(worker, replace=not long, died=True)))
            worker.number = 0  # it is buried
            raise self._unanswered(_WHY.get(died, "failed")) from error
        except asyncio.CancelledError:
            self.ended["cancelled"] += 1
            raise
        finally:
            self.busy -= 1
            self.long -= long
            self._usual += (min(time.monotonic() - begun, HASTE) - self._usual) / _SEEN
            if not well:
                talk.cancel()
                file.close()
            if well and not long:
                self._line.give(worker)
            elif worker.number:
                self._later(self._end(worker, replace=not long))

    async def _take(self) -> _Worker:
        """Give a worker, after a wait in line.

        How long a question waits and how long it may run are two things: none is given up because others were there
        before it, as long as the line is short enough.
        """
        try:
            return await self._line.take(self.limits.patience)
        except (FullError, TimeoutError):
            raise self._unanswered("busy") from None

    def _unanswered(self, reason: str) -> UnansweredError:
        self.ended[reason] += 1
        seconds = f"{self.limits.timeout:g}"
        line = math.ceil(self.waiting * self._usual / self.limits.workers)  # seconds until it has gone
        status, en, zh, retry = {
            "busy": (
                429,
                "too many questions are waiting; ask again in a moment",
                "等待的查询过多，请稍后再试",
                max(1, min(line, math.ceil(self.limits.patience))),
            ),
            "overload": (
                503,
                "too many long queries are running; ask again, or ask for less",
                "正在运行的长查询过多，请稍后再试或缩小范围",
                5,
            ),
            "timeout": (
                504,
                f"the query took longer than {seconds} s, which is the limit here; ask for less, or take the dump",
                f"查询超过 {seconds} 秒的时限；请缩小范围，或下载全部数据",
                None,
            ),
            "memory": (503, *OUT_OF_MEMORY, None),
            "failed": (
                500,
                "the process that answered ended unexpectedly; ask again",
                "回答查询的进程意外结束，请再试一次",
                1,
            ),
        }[reason]
        return UnansweredError(status, reason, en, zh, retry)

    # --- the nursery --------------------------------------------------------------------------------------------------

    async def _fork(self) -> _Worker:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)

        def order() -> int:
            socket.send_fds(self._control, [ORDER.pack(FORK, 0)], [theirs.fileno()])
            return _number(self._control)

        async with self._order:
            number = await asyncio.to_thread(order)
        theirs.close()
        return _Worker(number, ours)

    async def _replace(self) -> None:
        self._line.give(await self._fork())

    async def _end(self, worker: _Worker, *, replace: bool, died: bool = False) -> int:
        def order() -> int:
            self._control.sendall(ORDER.pack(BURY if died else END, worker.number))
            return _number(self._control)

        async with self._order:
            code = await asyncio.to_thread(order)
        worker.channel.close()
        if replace:
            await self._replace()
        return code

    def _later(self, chore: Any) -> asyncio.Task[Any]:
        task = asyncio.create_task(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)
        return task


def _number(control: socket.socket) -> int:
    made = b""
    while len(made) < ORDER.size:
        piece = control.recv(ORDER.size - len(made))
        if not piece:
            raise EOFError
        made += piece
    return int(ORDER.unpack(made)[1])


async def _talk(worker: _Worker, job: Job, file: IO[bytes]) -> Reply:
    content = job.pack()
    socket.send_fds(worker.channel, [LENGTH.pack(len(content))], [file.fileno()])
    await asyncio.get_running_loop().sock_sendall(worker.channel, content)
    return Reply.unpack(await _message(worker.channel))


async def _message(channel: socket.socket) -> bytes:
    loop = asyncio.get_running_loop()

    async def exactly(length: int) -> bytes:
        made = b""
        while len(made) < length:
            piece = await loop.sock_recv(channel, length - len(made))
            if not piece:
                raise EOFError
            made += piece
        return made

    return await exactly(LENGTH.unpack(await exactly(LENGTH.size))[0])
