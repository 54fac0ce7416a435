"""The service, started as its users start it: a process of its own, spoken to over HTTP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright


class Served:
    """A running service."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process, self.url = process, url
        self.client = httpx.Client(base_url=url, timeout=60, follow_redirects=False)

    def query(self, query: str, accept: str = "application/sparql-results+json", **more: Any) -> httpx.Response:
        return self.client.post("/sparql", data={"query": query}, headers={"accept": accept}, **more)

    def value(self, query: str) -> str:
        """Give the one value that a query answers."""
        (row,) = self.query(query).json()["results"]["bindings"]
        (term,) = row.values()
        return str(term["value"])


Serve = Callable[..., Any]


@contextmanager
def serving(graph: Path, *options: str) -> Iterator[Served]:
    """Serve a graph while the block runs; afterwards nothing of it may be left."""
    command = [
        sys.executable,
        "-m",
        "plan_graph",
        "--lang",
        "en",
        "serve",
        "--port",
        "0",
        "--graph",
        str(graph),
        *options,
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None and process.stderr is not None
    found = re.search(r"http://\S+/", process.stdout.readline())
    assert found, process.stderr.read()
    served = Served(process, found[0])
    try:
        yield served
    finally:
        served.client.close()
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert "Traceback" not in said, said


@pytest.fixture(scope="session")
def served(built: Path) -> Iterator[Served]:
    """The plan, served for all tests that only ask."""
    with serving(built) as one:
        yield one


CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; where there is none its tests are skipped, in CI they fail."""
    if not CHROMIUM.is_file():
        missing = f"no browser at {CHROMIUM}; install chromium, or name another in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield made
        made.close()


def children(number: int) -> list[int]:
    """Give the processes below a process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            if parent == number:
                found += [int(entry.name), *children(int(entry.name))]
    return found


def alive(number: int) -> bool:
    """Tell whether a process runs."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
