"""The time one document may take: past it the document is refused, so that one file cannot hold up a folder."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from plan_graph.errors import UnreadableError

SECONDS = 600.0  # a plan takes a tenth of one; the largest text allowed some minutes, most of it validation


class _Over(BaseException):
    """Time is over; no ``except`` on the way takes it for a fault of its own."""


@contextmanager
def within(seconds: float, name: str) -> Iterator[None]:
    """Run a block for at most so many seconds of the clock; 0 is without end.

    The alarm of the process is used (``setitimer``), so where the system has none, or outside the main thread,
    there is no limit.

    :raises UnreadableError: when time is over.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(*_: object) -> None:
        raise _Over

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _Over as error:
        raise UnreadableError(
            f"{name} took more than {seconds:g} seconds; split it into documents, or allow more with --time-limit",
            f"{name} 处理超过 {seconds:g} 秒，请拆分文件，或用 --time-limit 放宽",
        ) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
