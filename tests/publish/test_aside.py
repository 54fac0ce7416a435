"""Work in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from itertools import repeat

import pytest

from plan_graph.errors import InputError, OutputError
from plan_graph.publish.aside import aside, ends_in_order


def test_what_is_made_comes_in_order_from_another_process() -> None:
    with aside(lambda: ((number, os.getpid()) for number in range(5))) as made:
        found = list(made)
    assert [number for number, _ in found] == list(range(5))
    assert {process for _, process in found}.isdisjoint({os.getpid()})


@pytest.mark.parametrize(
    "error", [InputError("wrong", "错"), OSError(28, "No space left on device", "a.ttl")], ids=repr
)
def test_what_is_raised_is_raised_where_it_is_awaited(error: Exception) -> None:
    def work() -> Iterator[int]:
        yield 1
        raise error

    with aside(work) as made:
        assert next(made) == 1
        with pytest.raises(type(error)) as raised:
            next(made)
    assert raised.value.args == error.args
    assert getattr(raised.value, "zh", "") == getattr(error, "zh", "")


def test_a_process_that_is_killed_is_told() -> None:
    def work() -> Iterator[int]:
        os._exit(9)

    with aside(work) as made, pytest.raises(OutputError, match="ended from outside"):
        next(made)


def test_nothing_goes_on_after_the_block() -> None:
    def work() -> Iterator[int]:
        return repeat(0)

    with aside(work) as made:
        assert next(made) == 0
    assert multiprocessing.active_children() == []


def test_a_process_that_is_stopped_clears_up() -> None:
    before = signal.getsignal(signal.SIGTERM)
    done: list[str] = []
    with pytest.raises(SystemExit) as raised, ends_in_order():
        try:
            with aside(lambda: repeat(0)) as made:
                assert next(made) == 0
                signal.raise_signal(signal.SIGTERM)
        finally:
            done.append("cleared")
    assert raised.value.code == 143
    assert done == ["cleared"]
    assert multiprocessing.active_children() == []
    assert signal.getsignal(signal.SIGTERM) is before
