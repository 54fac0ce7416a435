"""The nursery: a process that reads the graph once and forks workers from itself.

A worker forked here has the graph at once, whatever its size, and shares its memory with the others until it writes.
The nursery serves one control socket: ``F`` with a descriptor forks a worker that serves it, ``E``
with a process number ends that worker, ``B`` waits for one that has closed its channel; both say how it ended. It is
the parent of the workers, so a number means that worker until the nursery itself has waited for it. When the server
goes, the socket ends, and the workers with it. While nothing is ordered it makes, in short steps, what is likely to be
asked and takes a worker long.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from networkx import NetworkXException

from plan_graph.errors import PlanGraphError
from plan_graph.web.job import BURY, FORK, LENGTH, ORDER
from plan_graph.web.site import Site
from plan_graph.web.worker import prepare, serve, served_file

_PATIENCE = 1.0  # seconds
# what a measure of an odd network may end with: it must not end the service, for which it was only made ahead of time
_FAILURES = (PlanGraphError, NetworkXException, ArithmeticError, LookupError, OSError, ValueError)
_QUIET = 10.0  # seconds without an order after which what is likely to be asked is made


def main() -> int:
    """Serve the control socket whose descriptor is the first argument; the second says what to serve, as JSON."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = json.loads(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server ends us
    with control, tempfile.TemporaryDirectory(prefix="plan-graph-") as folder:
        try:
            return _serve(control, settings, Path(folder))
        except (BrokenPipeError, ConnectionResetError):  # the server went: while the graph was read, or an order done
            return 0


def _serve(control: socket.socket, settings: Mapping[str, Any], folder: Path) -> int:
    try:
        file = served_file(settings)
        site = prepare(settings, folder)
    except PlanGraphError as error:
        _say(control, {"error": str(error), "zh": error.zh})
        return 2
    _say(control, {**settings, **file, "quads": site.quads, "graphs": sorted(site.graphs), "build": site.build})
    workers: set[int] = set()
    steps = site.coordination.foresee()
    try:
        while True:
            _while_quiet(control, steps)
            head, descriptors, _, _ = socket.recv_fds(control, ORDER.size, 1)
            if len(head) < ORDER.size:
                return 0
            order, number = ORDER.unpack(head)
            if order == FORK:
                worker = _forked(site, control, descriptors[0])
                os.close(descriptors[0])
                workers.add(worker)
                control.sendall(ORDER.pack(order, worker))
            else:
                if order == BURY:
                    _wait(number)
                control.sendall(ORDER.pack(order, _end(number)))
                workers.discard(number)
    finally:
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)


def _while_quiet(control: socket.socket, steps: Iterator[None]) -> None:
    """Take one step after another until something is ordered or there is no more to do."""
    quiet = _QUIET
    while not select.select((control,), (), (), quiet)[0]:
        try:
            next(steps)
        except StopIteration:
            return
        except _FAILURES:  # a worker makes it when it is asked, and says what is wrong
            traceback.print_exc()
            return
        quiet = 0.0


def _forked(site: Site, control: socket.socket, channel: int) -> int:
    """Fork a worker that serves a channel, and give its number.

    It is forked by a thread of its own. The store has a random generator for each thread, which a fork copies as it
    is: workers forked by one thread that has drawn from it would all give the same UUID(). A new thread has none yet.
    """
    made: list[int] = []

    def fork() -> None:
        worker = os.fork()
        if worker == 0:
            code = 1
            try:
                control.close()
                serve(site, socket.socket(fileno=channel))
                code = 0
            finally:
                if code:
                    traceback.print_exc()
                os._exit(code)
        made.append(worker)

    thread = threading.Thread(target=fork)
    thread.start()
    thread.join()
    return made[0]


def _wait(worker: int) -> None:
    """Wait until a worker that is dying has died: its channel is closed before that."""
    last = time.monotonic() + _PATIENCE
    with suppress(ChildProcessError):
        while time.monotonic() < last and os.waitid(os.P_PID, worker, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            time.sleep(0.002)


def _end(worker: int) -> int:
    """End a worker; give its exit code, or the negative number of the signal that ended it before we did."""
    try:
        gone, status = os.waitpid(worker, os.WNOHANG)
    except ChildProcessError:  # it has been ended before
        return 0
    if not gone:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        return 0
    return os.waitstatus_to_exitcode(status)


def _say(control: socket.socket, message: object) -> None:
    content = json.dumps(message).encode()
    control.sendall(LENGTH.pack(len(content)) + content)


if __name__ == "__main__":
    sys.exit(main())
