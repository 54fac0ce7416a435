"""What the pool does with its workers where an answer cannot even be begun."""

from __future__ import annotations

import errno
import socket
import tempfile

import pytest

from plan_graph.web import pool as module
from plan_graph.web.job import Job
from plan_graph.web.limits import Limits
from plan_graph.web.pool import Pool

from .loops import alone


def test_a_worker_is_not_lost_where_no_file_can_be_made_for_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.EMFILE, "too many open files")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        pool = Pool(Limits(workers=1))
        pool._line.give(module._Worker(1, ours))
        for _ in range(3):
            with pytest.raises(OSError, match="too many open files"):
                alone(pool.ask(Job("page")))
        assert (pool.busy, pool.workers, pool.waiting) == (0, 1, 0)
