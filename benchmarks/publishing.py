"""Publishing: seconds, processor time and memory by the number of plans, beside what the files alone take.

    python benchmarks/publishing.py [--sizes 1 10] [--runs 3] [--folder DIR] [--json FILE]

The first size is the Liaoning plan, larger ones are copies of it, each with changes of its own (as for memory.py). For
each: publishing into an empty folder, publishing again with nothing changed, and, as the limit, hashing and writing the
bytes of the same files and no more. Medians of the runs; memory is the highest of any one process, resident.

The named peer is rdflib, which writes the data that stand beside a page: Turtle, JSON-LD and N-Triples of the same
descriptions of 100 resources, drawn with a seed that is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import rdflib
from memory import PLAN, build, copies

from plan_graph.iri import PREFIXES
from plan_graph.publish.making import site_of
from plan_graph.publish.pages import Job, jobs
from plan_graph.publish.release import release

SEED, DRAWN = 20161001, 100
MIB = 1 << 20


class Run(NamedTuple):
    """One run: seconds by the clock and of processors, highest resident memory of a process in MiB."""

    seconds: float
    processor: float
    memory: float


def publish(graph: Path, out: Path) -> Run:
    """Publish a build in a process of its own and watch it."""
    command = [sys.executable, "-m", "plan_graph", "publish", "--graph", str(graph), "--out", str(out)]
    begin = time.perf_counter()
    child = os.posix_spawn(
        sys.executable,
        command,
        {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        file_actions=[(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)],
    )
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"publishing {graph} ended with {status}")
    return Run(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def limit(site: Path, out: Path) -> Run:
    """Hash and write the bytes of a site's files anew."""
    held = [(file.relative_to(site), file.read_bytes()) for file in site.rglob("*") if file.is_file()]
    begin, used = time.perf_counter(), time.process_time()
    made: set[Path] = set()
    for name, content in held:
        hashlib.sha256(content).hexdigest()
        if name.parent not in made:
            (out / name.parent).mkdir(parents=True, exist_ok=True)
            made.add(name.parent)
        (out / name).write_bytes(content)
    return Run(time.perf_counter() - begin, time.process_time() - used, 0)


def median(runs: Sequence[Run]) -> Run:
    """Give the median of each figure."""
    return Run(*(statistics.median(figure) for figure in zip(*runs, strict=True)))


def measured(graph: Path, folder: Path, runs: int) -> tuple[dict[str, Run], int, int]:
    """Give the runs by name, how many files a site has, and their bytes."""
    site, bare = folder / "site", folder / "bare"
    found: dict[str, list[Run]] = {"publish": [], "nothing changed": [], "files alone": []}
    for _ in range(runs):
        shutil.rmtree(site, ignore_errors=True)
        found["publish"].append(publish(graph, site))
        found["nothing changed"].append(publish(graph, site))
        found["files alone"].append(limit(site, bare))
        shutil.rmtree(bare)
    sizes = [file.stat().st_size for file in site.rglob("*") if file.is_file()]
    return {name: median(of) for name, of in found.items()}, len(sizes), sum(sizes)


def beside(graph: Path, runs: int) -> tuple[float, float]:
    """Give the seconds of processor time in which the data of some resources are written here and by rdflib."""
    site = site_of(release(graph))
    drawn: list[Job] = random.Random(SEED).sample([job for job in jobs(site) if job.iri.startswith(site.base)], DRAWN)
    described = [dict(site.beside.forms(job.iri, job.parts))["nt"].decode() for job in drawn]
    graphs = [rdflib.Graph(bind_namespaces="none").parse(data=lines, format="nt") for lines in described]
    for one in graphs:
        for prefix, namespace in PREFIXES.items():
            one.bind(prefix, namespace)

    def ours() -> None:
        site.__dict__.pop("beside", None)  # with nothing at hand
        for job in drawn:
            list(site.beside.forms(job.iri, job.parts))

    def theirs() -> None:
        for one in graphs:
            for form in ("turtle", "json-ld", "nt"):
                one.serialize(format=form, auto_compact=True) if form == "json-ld" else one.serialize(format=form)

    return _least(ours, runs), _least(theirs, runs)


def _least(work: Callable[[], None], runs: int) -> float:
    found = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return min(found)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10], help="plans (default 1 10)")
    parser.add_argument("--runs", type=int, default=3, help="runs of which the median is shown (default 3)")
    parser.add_argument("--folder", type=Path, help="where to write (default the system's folder for temporary files)")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    arguments = parser.parse_args()
    figures: dict[str, dict[str, Run]] = {}
    print(f"{'plans':>5}  {'':<16}  {'seconds':>8}  {'processor':>9}  {'MiB':>5}  {'× files alone':>13}")
    with tempfile.TemporaryDirectory(dir=arguments.folder) as temporary:
        for size in arguments.sizes:
            folder = Path(temporary) / str(size)
            (folder / "plans").mkdir(parents=True)
            if size == 1:
                shutil.copy(PLAN, folder / "plans")
            else:
                copies(folder / "plans", size)
            build(folder / "plans", folder / "build")
            runs, files, octets = measured(folder / "build", folder, arguments.runs)
            figures[str(size)] = runs
            for name, run in runs.items():
                ratio = run.seconds / runs["files alone"].seconds
                memory = f"{run.memory:.0f}" if run.memory else ""
                print(f"{size:>5}  {name:<16}  {run.seconds:>8.2f}  {run.processor:>9.2f}  {memory:>5}  {ratio:>13.1f}")
            print(f"       {files:,} files, {octets / MIB:,.1f} MiB")
            if size == arguments.sizes[0]:
                ours, theirs = beside(folder / "build", arguments.runs)
    print(f"Turtle, JSON-LD and N-Triples of {DRAWN} resources (seed {SEED}), processor seconds, least of the runs:")
    print(f"plan-graph {ours:.3f}, rdflib {theirs:.3f}: rdflib takes {theirs / ours:.1f} × as long")
    if arguments.json:
        made = {size: {name: run._asdict() for name, run in runs.items()} for size, runs in figures.items()}
        arguments.json.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
