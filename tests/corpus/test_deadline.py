"""One document may not hold up a folder."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from plan_graph.build import build as really_build
from plan_graph.corpus import Options, build_corpus
from plan_graph.corpus.deadline import within
from plan_graph.errors import UnreadableError


def endless() -> None:
    while True:
        pass


def test_what_does_not_end_is_ended() -> None:
    with pytest.raises(UnreadableError, match=r"^x\.txt took more than 0\.05 seconds") as raised, within(0.05, "x.txt"):
        endless()
    assert "--time-limit" in str(raised.value)
    assert raised.value.zh is not None and "0.05 秒" in raised.value.zh


def test_a_handler_on_the_way_does_not_take_it_for_a_fault() -> None:
    def tries() -> None:
        try:
            endless()
        except Exception:  # noqa: BLE001 - what a library may do
            pytest.fail("the end of time was swallowed")

    with pytest.raises(UnreadableError), within(0.05, "x.txt"):
        tries()


def test_what_ends_in_time_leaves_no_alarm() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with within(60, "x.txt"):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_zero_and_other_threads_have_no_limit() -> None:
    seen: list[float] = []

    def look() -> None:
        with within(60, "x.txt"):
            seen.append(signal.getitimer(signal.ITIMER_REAL)[0])

    with within(0, "x.txt"):
        seen.append(signal.getitimer(signal.ITIMER_REAL)[0])
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [0, 0]


def test_the_others_of_a_folder_are_built(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(path: Path, *rest: Any) -> Any:
        return endless() if path.name == "beta.txt" else really_build(path, *rest)

    monkeypatch.setattr("plan_graph.corpus.workers.build", stuck)
    made = build_corpus([plans], tmp_path / "out", Options(draws=0, keywords=False, seconds=3, validate=False))
    assert [one.file for one in made.failed] == ["beta.txt"]
    assert made.failed[0].en.startswith("beta.txt took more than 3 seconds")
    assert [one["file"] for one in made.documents] == ["alpha.txt", "gamma.txt"]
