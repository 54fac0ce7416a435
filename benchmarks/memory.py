"""Memory and time of a folder of plans: copies of the Liaoning plan, each with changes of its own.

    python benchmarks/memory.py [--sizes 50 200] [--draws 0] [--jobs 0] [--json FILE]

For each size: a first build, a second one in which nothing changed, and one with ``--no-cache``; the highest memory
of any process of each (resident, as the system counts it) and the seconds by the wall clock. Memory is flat if the
last column, megabytes for each further document, is small beside what one document takes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "data" / "raw" / "ln-2016-revitalisation.txt"
NAMES = ("省农委", "省教育厅", "省商务厅", "省科技厅", "省水利厅", "省卫生计生委")


class Run(NamedTuple):
    """One build: seconds, highest resident memory of a process in MiB."""

    seconds: float
    memory: float


def copies(folder: Path, count: int) -> None:
    """Write copies of the plan that differ: bodies change places, some tasks are left out."""
    text = PLAN.read_text(encoding="utf-8")
    tasks = re.compile(r"^\u3000\u3000\d+．.*\n", re.M)
    for number in range(count):
        one, other = NAMES[number % 6], NAMES[(number // 6 + number + 1) % 6]
        made = text.replace(one, "\0").replace(other, one).replace("\0", other)
        made = tasks.sub(lambda m, n=number: "" if m.start() % 97 == n % 97 else m[0], made)  # type: ignore[misc]
        (folder / f"plan-{number:04}.txt").write_text(made + f"\n（附{number}）\n", encoding="utf-8")


def build(folder: Path, out: Path, *more: str) -> Run:
    """Build a folder in a process of its own and watch it."""
    command = [sys.executable, "-m", "plan_graph", "build", str(folder), "--out", str(out), "--quiet", *more]
    begin = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the build of {folder} ended with {status}")
    return Run(time.perf_counter() - begin, used.ru_maxrss / 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 200], help="documents (default 50 200)")
    parser.add_argument("--draws", default="0", help="draws of the null model (default 0: no ties)")
    parser.add_argument("--jobs", default="0", help="processes (default one for each processor)")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    arguments = parser.parse_args()
    options = ("--draws", arguments.draws, "--jobs", arguments.jobs)
    found: dict[int, dict[str, Run]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for size in arguments.sizes:
            folder, out = Path(temporary) / str(size), Path(temporary) / f"build-{size}"
            folder.mkdir()
            copies(folder, size)
            found[size] = {
                "first build": build(folder, out, *options),
                "nothing changed": build(folder, out, *options),
                "--no-cache": build(folder, out, *options, "--no-cache"),
            }
    print(f"{'documents':>9}  {'build':<16}  {'seconds':>8}  {'MiB':>6}  {'MiB a further document':>22}")
    smallest = min(found)
    for size, runs in found.items():
        for name, run in runs.items():
            more = "" if size == smallest else f"{(run.memory - found[smallest][name].memory) / (size - smallest):.2f}"
            print(f"{size:>9}  {name:<16}  {run.seconds:>8.1f}  {run.memory:>6.0f}  {more:>22}")
    if arguments.json:
        text = json.dumps({size: {n: r._asdict() for n, r in runs.items()} for size, runs in found.items()}, indent=2)
        arguments.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
