"""Measured comparisons: each a ratio of medians against a named peer, in one run.

    python benchmarks/run.py [--runs 5] [--json FILE]

Whole processes are timed from outside, ours and the peer's in turn, so that a drift of the machine falls on both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "data" / "raw" / "ln-2016-revitalisation.txt"
LIMITS = {
    "build without ties and keywords, validated": 1.5,
    "ties, 1,000 draws, four periods": 2.0,
    "keywords": 1.0,
    "plan-graph --help": 0.15,
    "plan-graph query tasks-by-body": 0.4,
}
PARAMETERS = {
    "shared-tasks": {"a": "省财政厅", "b": "省农委"},
    "body-dossier": {"body": "省农委"},
    "body-partners": {"body": "省农委"},
    "tasks-in-place": {"place": "大连"},
    "text-search": {"word": "棚户区"},
    "evidence": {"subject": "https://w3id.org/plan-graph/id/task/ln-2016-revitalisation/2016-057"},
}


def clocked(command: Sequence[str]) -> tuple[float, str]:
    """Run a command to its end; give the seconds by the wall clock and what it said on standard error."""
    begin = time.perf_counter()
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - begin, run.stderr


def median_of(action: Callable[[], object], runs: int) -> float:
    """Give the median seconds of a call within this process, after one call that is not counted."""
    action()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def builds(runs: int, folder: Path) -> dict[str, object]:
    """Time whole builds: the steps of one with everything, and one without ties and keywords against the script."""
    tool = [sys.executable, "-m", "plan_graph", "build", str(PLAN), "--out", str(folder / "b"), "--quiet", "--timings"]
    bare = [*tool, "--draws", "0", "--no-keywords"]
    peer = [sys.executable, str(ROOT / "benchmarks" / "straightforward.py"), str(PLAN), str(folder / "peer.nq")]
    steps: dict[str, list[float]] = {}
    ours: list[float] = []
    theirs: list[float] = []
    whole: list[float] = []
    for number in range(runs + 1):
        a, _ = clocked(bare)
        b, _ = clocked(peer)
        c, said = clocked(tool)
        if number == 0:
            continue  # the first run fills the file cache
        ours.append(a)
        theirs.append(b)
        whole.append(c)
        spent = {name: float(seconds) for name, seconds in (line.split("\t") for line in said.splitlines())}
        for name, seconds in {"start-up": c - sum(spent.values()), **spent}.items():
            steps.setdefault(name, []).append(seconds)
    return {
        "build without ties and keywords, validated": statistics.median(ours),
        "straightforward script": statistics.median(theirs),
        "ratio": statistics.median(t / o for t, o in zip(theirs, ours, strict=True)),
        "build with everything": statistics.median(whole),
        "steps": {name: statistics.median(seconds) for name, seconds in steps.items()},
    }


def queries(runs: int, folder: Path) -> list[dict[str, object]]:
    """Time each named query on Oxigraph and on rdflib's own store, loaded with the same graph."""
    from rdflib import Dataset

    from plan_graph.graph.queries import bind, named_queries, run
    from plan_graph.graph.store import open_store

    store = open_store(folder / "b")
    dataset = Dataset(default_union=True)
    dataset.parse(folder / "b" / "graph.nq", format="nquads")
    rows: list[dict[str, object]] = []
    for query in named_queries().values():
        sparql = bind(query, PARAMETERS.get(query.name, {}))
        ours = median_of(lambda s=sparql: run(store, s), runs)  # type: ignore[misc]
        theirs = median_of(lambda s=sparql: list(dataset.query(s)), min(runs, 3))  # type: ignore[misc]
        rows.append({"query": query.name, "oxigraph": ours, "rdflib": theirs, "ratio": theirs / ours})
    return rows


def starts(runs: int, folder: Path) -> dict[str, float]:
    """Time cold starts of the command line."""
    tool = [sys.executable, "-m", "plan_graph"]
    commands = {
        "plan-graph --help": [*tool, "--help"],
        "plan-graph query tasks-by-body": [*tool, "query", "tasks-by-body", "--graph", str(folder / "b")],
        "python -c pass": [sys.executable, "-c", "pass"],
    }
    return {n: statistics.median(clocked(c)[0] for _ in range(runs + 1)) for n, c in commands.items()}


def show(found: dict[str, object]) -> None:
    """Print the figures beside what was promised of them."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 110)
    table = Table("measure", "median s", "promised s", "", title="Whole processes, wall clock")
    for name, seconds in found["figures"].items():  # type: ignore[attr-defined]
        limit = LIMITS.get(name)
        mark = "" if limit is None else "ok" if seconds <= limit else "over"
        table.add_row(name, f"{seconds:.3f}", "" if limit is None else f"{limit:g}", mark)
    console.print(table)
    table = Table("step of a build with everything", "median s", "share")
    steps = found["steps"]
    total = sum(steps.values())  # type: ignore[attr-defined]
    for name, seconds in steps.items():  # type: ignore[attr-defined]
        table.add_row(name, f"{seconds:.3f}", f"{seconds / total:.0%}")
    console.print(table)
    table = Table("query", "Oxigraph ms", "rdflib ms", "rdflib / Oxigraph", title="Named queries, warm, same graph")
    for row in found["queries"]:  # type: ignore[attr-defined]
        table.add_row(
            row["query"], f"{row['oxigraph'] * 1000:.1f}", f"{row['rdflib'] * 1000:.1f}", f"{row['ratio']:.1f}"
        )
    console.print(table)
    ratios = [row["ratio"] for row in found["queries"]]  # type: ignore[attr-defined]
    console.print(f"median ratio over {len(ratios)} queries: {statistics.median(ratios):.1f}")
    console.print(f"straightforward rdflib script / plan-graph build: {found['build ratio']:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each (default 5)")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = builds(arguments.runs, folder)
        steps = built.pop("steps")
        ratio = built.pop("ratio")
        assert isinstance(steps, dict)
        figures = {
            **built,
            "ties, 1,000 draws, four periods": steps.get("ties", 0.0),
            "keywords": steps.get("keywords", 0.0),
            **starts(arguments.runs, folder),
        }
        found: dict[str, object] = {
            "figures": figures,
            "steps": steps,
            "build ratio": ratio,
            "queries": queries(arguments.runs, folder),
        }
    show(found)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
