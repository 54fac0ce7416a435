"""The command line: thin; the only place that knows where folders are, prints, and ends the process.

Exit codes: 0 done, 1 ran and found something wrong, 2 input or usage that cannot be used.
"""

from plan_graph.cli import (
    alike,
    brief,
    build,
    diff,
    evaluate,
    network,
    overlap,
    paper,
    publish,
    query,
    report,
    resolve,
    room,
    serve,
    validate,
    what_if,
)
from plan_graph.cli.shared import main

__all__ = [
    "alike",
    "brief",
    "build",
    "diff",
    "evaluate",
    "main",
    "network",
    "overlap",
    "paper",
    "publish",
    "query",
    "report",
    "resolve",
    "room",
    "serve",
    "validate",
    "what_if",
]
