"""Reading and extraction alone, on one core, against a bare scan of the same text and against decoding it.

    python benchmarks/extraction.py [--runs 7] [FILE...]

The texts are the Liaoning plan and, where they are at hand, those of ../shared/corpus. The bare scan is one regular
expression that finds brackets with a word of responsibility in them: the least any reader of clauses must do.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from plan_graph.authority.register import Register
from plan_graph.extraction.finding import find
from plan_graph.extraction.tasks import extract
from plan_graph.model.text import Span
from plan_graph.reading.text import decode

ROOT = Path(__file__).parent.parent
_SCAN = re.compile(r"[（(〔][^（()）〔〕]*(?:牵头|责任|负责|配合)[^（()）〔〕]*[）)〕]")


def main() -> None:
    """Print seconds, MB/s and ratios."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("files", nargs="*", type=Path)
    given = options.parse_args()
    files = given.files or [
        ROOT / "data" / "raw" / "ln-2016-revitalisation.txt",
        *sorted((ROOT.parent / "shared" / "corpus").glob("*.txt")),
    ]
    raw = [(path.name, path.read_bytes()) for path in files]
    size = sum(len(octets) for _, octets in raw)
    register = Register.load()
    texts = [decode(octets, "d", name) for name, octets in raw]
    clauses = sum(len(t.clauses) for d in texts for t in extract(d, register).tasks)
    work: dict[str, Callable[[], object]] = {
        "decode": lambda: [octets.decode() for _, octets in raw],
        "bare scan": lambda: [sum(1 for _ in _SCAN.finditer(d.text)) for d in texts],
        "clauses alone": lambda: [find(d.text, Span(0, len(d.text))) for d in texts],
        "read and extract": lambda: [extract(decode(octets, "d", name), register) for name, octets in raw],
    }
    print(f"{len(raw)} texts, {size:,} bytes, {clauses:,} clauses; medians of {given.runs} runs, one core")
    spent: dict[str, float] = {}
    for name, action in work.items():
        times = []
        for _ in range(given.runs):
            begin = time.perf_counter()
            action()
            times.append(time.perf_counter() - begin)
        spent[name] = statistics.median(times)
    for name, seconds in spent.items():
        ratio = seconds / spent["bare scan"]
        print(f"{name:<18} {seconds * 1000:8.1f} ms {size / seconds / 1e6:8.1f} MB/s {ratio:8.1f} × the bare scan")


if __name__ == "__main__":
    main()
