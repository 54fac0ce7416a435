"""Making the pieces: in this process, or in several side by side; one bad document does not stop the others."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from plan_graph.authority.register import Register
from plan_graph.build import Built, build
from plan_graph.corpus.deadline import within
from plan_graph.corpus.options import Options
from plan_graph.corpus.piece import is_intact, key_of, pack
from plan_graph.errors import ConformanceError, PlanGraphError
from plan_graph.graph.statements.derived import describe_shortcuts, vocabulary
from plan_graph.graph.statements.registers import describe_registers, named
from plan_graph.iri import Base
from plan_graph.reading.sources import Source
from plan_graph.report import Failure

if TYPE_CHECKING:
    from plan_graph.graph.validate import Report

# what a defect of ours, or of a library, may raise over one document; it is reported with the file, not hidden
_DEFECTS = (
    *(ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, ImportError, LookupError, MemoryError),
    *(NameError, OSError, RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error),
)
_WATCH_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be made into the file ``new``, or taken from ``old`` if that is a piece of the same bytes."""

    source: Source
    new: Path
    old: Path | None
    options: Options
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a job: taken over or made anew, or why not."""

    job: Job
    taken: bool = False
    failure: Failure | None = None


def make(job: Job, say: Callable[[str], None] = lambda _: None) -> Made:
    """Make the piece of one document, or take it over.

    :raises InputError: if the document cannot be used.
    :raises ConformanceError: if its graph breaks a shape.
    :raises OSError: if the piece cannot be written.
    """
    if _is_known(job):
        return _take(job)
    job.new.write_bytes(_content(job, say))
    return Made(job)


def attempt(job: Job) -> Made:
    """Make a piece; a document that cannot be used, or that trips the software, becomes a failure with its reason.

    :raises OSError: if the piece cannot be written.
    """
    if _is_known(job):
        return _take(job)
    try:
        content = _content(job)
    except PlanGraphError as error:
        return Made(job, failure=_failure(job, str(error), error.zh or str(error), error))
    except _DEFECTS as error:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        name = job.source.path.name
        en = f"{name} could not be built for a fault in plan-graph ({what}); please report it with the file"
        zh = f"{name} 未能生成，是 plan-graph 的缺陷（{what}），请连同文件一并报告"
        return Made(job, failure=_failure(job, en, zh))
    job.new.write_bytes(content)
    return Made(job)


def _is_known(job: Job) -> bool:
    if job.old is None or not job.old.is_file():
        return False
    return is_intact(job.old, _key(job, _sha256(job.source.path)))


def _take(job: Job) -> Made:
    assert job.old is not None
    shutil.copyfile(job.old, job.new)
    return Made(job, taken=True)


def _content(job: Job, say: Callable[[str], None] = lambda _: None) -> bytes:
    with within(job.options.seconds, job.source.path.name):
        return _made(job, say)


def _made(job: Job, say: Callable[[str], None]) -> bytes:
    options, source = job.options, job.source
    register = _register(options.authority, job.fingerprint)
    built = build(source.path, source.id, register, options.base)
    shortcuts = describe_shortcuts(built.quads, options.base).quads
    if options.validate:
        say("validating")
        report = checked(built, shortcuts, register, options.base)
        if not report.conforms:
            raise _refused(source.path.name, report)
    return pack(_key(job, built.plan.document.sha256), built, shortcuts, register, options.base)


def _key(job: Job, sha256: str) -> str:
    options, source = job.options, job.source
    return key_of(sha256, source.id, source.path.name, options.base, options.validate, job.fingerprint)


def make_all(jobs: list[Job], processes: int) -> Iterator[Made]:
    """Make all pieces and give each as it is done, in any order.

    Of processes that die, the documents are tried again one at a time; one that ends its process again has failed.
    """
    if processes <= 1 or len(jobs) <= 1:
        yield from map(attempt, jobs)
        return
    left = {job.source.id: job for job in jobs}
    for made in _side_by_side(jobs, processes):
        del left[made.job.source.id]
        yield made
    for job in list(left.values()):
        alone = list(_side_by_side([job], 1))
        yield alone[0] if alone else Made(job, failure=_failure(job, *_died(job.source.path.name)))


def _died(name: str) -> tuple[str, str]:
    return (
        f"{name} ended the process that read it, perhaps for lack of memory; split the file, or build it alone",
        f"{name} 使读取进程意外终止，可能是内存不足，请拆分文件或单独生成",
    )


def _side_by_side(jobs: list[Job], processes: int) -> Iterator[Made]:
    """Give what is made until all is, or until a process dies."""
    others = set(active_children())
    pool = ProcessPoolExecutor(min(processes, len(jobs)), initializer=_begin, initargs=(os.getpid(),))
    done = False
    try:
        futures: list[Future[Made]] = [pool.submit(attempt, job) for job in jobs]
        for future in as_completed(futures):
            if not isinstance(future.exception(), BrokenProcessPool):
                yield future.result()
        done = True
    finally:
        if not done:  # an interrupt, or a full disk: what the processes are at is not wanted any more
            for process in set(active_children()) - others:
                process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(parent: int) -> None:
    """Prepare a process: an interrupt is the parent's to handle; without a parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@cache
def _register(authority: Path | None, fingerprint: str) -> Register:  # noqa: ARG001 - other contents, other register
    return Register.load(authority)


def _sha256(path: Path) -> str:
    """Hash a file; "" if it cannot be read: reading it will say why."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def checked(built: Built, derived: list[Quad], register: Register, base: Base) -> Report:
    """Validate what one document states, and what was derived of it alone, beside the records it needs."""
    from plan_graph.graph.validate import to_rdflib, validate

    around = describe_registers(named([(built.plan, built.resolutions.values())], register), register, base)
    return validate(to_rdflib([*built.quads, *derived, *around.quads, *vocabulary(base).quads]))


def _refused(name: str, report: Report) -> ConformanceError:
    from plan_graph.graph.validate import as_text

    count = len(report.findings)
    return ConformanceError(
        f"the graph of {name} does not conform to its shapes ({count} found), so it was not written",
        f"{name} 的图谱有 {count} 处不符合形状约束，未写出；详见上列各条",
        as_text(report),
    )


def _failure(job: Job, en: str, zh: str, error: PlanGraphError | None = None) -> Failure:
    """Name the file by its name alone: where it lies is no part of what a build says."""
    source = job.source
    if isinstance(error, ConformanceError):
        first = next((line for line in error.report.splitlines() if line.startswith("✗")), "")
        en, zh = f"{en}: {first.removeprefix('✗ ')}", f"{zh.split('；', maxsplit=1)[0]}：{first.removeprefix('✗ ')}"
    made = Failure(source.id, source.path.name, _sha256(source.path), zh, en)
    at = str(source.path)
    return replace(made, zh=zh.replace(at, source.path.name), en=en.replace(at, source.path.name))
