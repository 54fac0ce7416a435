"""Work in a process of its own that begins at once, while the one that asked for it goes on; how processes end."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from plan_graph.errors import OutputError, PlanGraphError

T = TypeVar("T")


@contextmanager
def aside(work: Callable[[], Iterable[T]]) -> Iterator[Iterator[T]]:
    """Begin what ``work`` does, and give what it yields, each as it comes.

    The process has all that is in memory when it begins. It is none of a pool: a pool has threads, and a process that
    has threads should not fork, as its caller will. When the block ends, so does the process.

    :raises OutputError: where something is awaited of a process that was ended from outside. What the work raises of
        the errors of this project and of the system is raised as it is; of others the process tells on its own.
    """
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=_work, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()  # so that nothing is awaited of a process that is no more
    try:
        yield _received(ours)
    finally:
        process.terminate()
        process.join()
        ours.close()


def _work(work: Callable[[], Iterable[Any]], out: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the one that waits, who ends this process
    ends_at_once()
    with suppress(BrokenPipeError):  # nobody waits any more
        try:
            for made in work():
                out.send((made, None))
            out.send(None)
        except (PlanGraphError, OSError) as error:
            out.send((None, error))


def _received(ours: Connection) -> Iterator[Any]:
    try:
        while (got := ours.recv()) is not None:
            made, error = got
            if error is not None:
                raise error
            yield made
    except EOFError:
        raise ended() from None


@contextmanager
def ends_in_order() -> Iterator[None]:
    """Within the block, let SIGTERM, by which services and containers are stopped, end this process as an exit does.

    What is half made is then removed. Signals are for the main thread alone; in another one nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def ends_at_once() -> None:
    """Let SIGTERM end this process as it does where nobody said otherwise: it has nothing of its own to remove."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def ended() -> OutputError:
    """Give what is said where a process was ended from outside."""
    return OutputError(
        "a process that made pages was ended from outside, perhaps for want of memory; nothing was changed: "
        "try again with --jobs 1",
        "一个生成网页的进程被外部终止（可能内存不足），未作任何改动，请加 --jobs 1 再试",
    )
