"""What a build is told, what it says while it runs, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plan_graph.corpus.deadline import SECONDS
from plan_graph.errors import InputError
from plan_graph.iri import Base
from plan_graph.report import Failure

if TYPE_CHECKING:
    from plan_graph.analysis.significance import TieTable
    from plan_graph.graph.validate import Report


@dataclass(frozen=True)
class Options:
    """How to build: base IRI, processes, what to leave out, draws of the null model (0: no ties), seed, registers.

    ``cache`` says whether documents that did not change since the build that stands in ``out`` are taken over,
    ``seconds`` how long one document may take (0: without end), ``lineage`` whether links between tasks are inferred.
    """

    base: Base = field(default_factory=Base)
    jobs: int = 1
    validate: bool = True
    keywords: bool = True
    draws: int = 1000
    seed: int = 0
    authority: Path | None = None
    cache: bool = True
    seconds: float = SECONDS
    lineage: bool = True


@dataclass(frozen=True)
class Outcome:
    """What a build made: the entry of each document as in report.json, what failed, the validation, the size.

    ``taken`` counts the documents that did not change and were taken over from the earlier build.
    """

    out: Path
    documents: list[dict[str, Any]]
    report: Report | None
    quads: int
    ties: TieTable | None
    failed: tuple[Failure, ...] = ()
    taken: int = 0


def check_jobs(jobs: int) -> int:
    """Return the number of processes meant: 0 is one for each processor.

    :raises InputError: for a negative number.
    """
    import os

    if jobs < 0:
        raise InputError(
            f"--jobs {jobs} is negative; give 0 (one for each processor) or more",
            f"--jobs {jobs} 为负数，请给出 0（每个处理器一个进程）或更大的数",
        )
    return jobs or os.cpu_count() or 1
