"""What most tests share: the plan, its extraction, its gold, and one build of it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest
from click.testing import CliRunner
from hypothesis import settings

from plan_graph.authority.register import Register
from plan_graph.cli import main
from plan_graph.corpus import Options, Outcome, build_corpus
from plan_graph.extraction.tasks import extract
from plan_graph.model.plan import Plan
from plan_graph.reading.text import read

# examples are the same in every run, and none fails for being slow on a busy machine
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("repeatable")

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
PLAN_ID = "ln-2016-revitalisation"
PLAN_FILE = ROOT / "data" / "raw" / f"{PLAN_ID}.txt"


@pytest.fixture(scope="session")
def register() -> Register:
    return Register.load()


@pytest.fixture(scope="session")
def plan(register: Register) -> Plan:
    """The Liaoning plan, extracted."""
    return extract(read(PLAN_FILE, PLAN_ID), register)


@pytest.fixture(scope="session")
def gold() -> list[dict[str, Any]]:
    """The gold annotation of the plan, a task each."""
    lines = (ROOT / "data" / "gold" / f"{PLAN_ID}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """One build of the plan with everything: validation, keywords, ties of 1,000 draws.

    Processes of one run of the tests share it: the first to need it builds, the others wait and read.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield build_corpus([PLAN_FILE], tmp_path_factory.mktemp("built") / "build", Options())
        return
    folder = tmp_path_factory.getbasetemp().parent
    kept = folder / "outcome"
    with (folder / "outcome.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_file():
            kept.write_bytes(pickle.dumps(build_corpus([PLAN_FILE], folder / "build", Options())))
    found: Outcome = pickle.loads(kept.read_bytes())
    yield found


@pytest.fixture(scope="session")
def built(outcome: Outcome) -> Path:
    """The folder of that build."""
    return outcome.out


@pytest.fixture(scope="session")
def plan_file() -> Path:
    return PLAN_FILE


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of external suites and real documents: where it is absent its tests are skipped, in CI they fail."""
    if not SHARED.is_dir():
        missing = f"no folder {SHARED.name} beside the checkout: it holds suites that are not ours to copy"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return SHARED


class Cli(Protocol):
    """Runs plan-graph with arguments, in a folder."""

    def __call__(
        self, *args: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]: ...


@pytest.fixture(scope="session")
def cli() -> Cli:
    """Runs the command here, or in a process of its own where variables of the environment are given."""

    def run(
        *args: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        words = list(map(str, args))
        if env is not None:
            command = [sys.executable, "-m", "plan_graph", *words]
            return subprocess.run(
                command, cwd=cwd, env={**os.environ, **env}, capture_output=True, check=False, timeout=300
            )
        with contextlib.chdir(cwd or Path.cwd()):
            done = CliRunner().invoke(main, words, prog_name="plan-graph")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout_bytes, done.stderr_bytes)

    return run
