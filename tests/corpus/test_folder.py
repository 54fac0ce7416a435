"""A folder of plans: one bad file stops no other, the same bytes whatever the order, nothing lost by an interrupt."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from plan_graph.authority.register import Register
from plan_graph.build import Built
from plan_graph.build import build as really_build
from plan_graph.corpus import Options, Step, build_corpus
from plan_graph.errors import ConformanceError, InputError, OutputError
from plan_graph.iri import Base

QUICK = Options(draws=20, validate=False, lineage=False)
WHOLE = Options(draws=20)
PLANS = ("alpha", "beta", "gamma")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def in_processes(options: Options, jobs: int) -> Options:
    from dataclasses import replace

    return replace(options, jobs=jobs)


def test_one_bad_file_does_not_stop_the_others(cli: Any, plans: Path, tmp_path: Path) -> None:
    (plans / "empty.txt").write_bytes(b"")
    (plans / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    run = cli("build", plans, "--out", tmp_path / "b", "--draws", "20", "--jobs", "2")
    assert run.returncode == 1, run.stderr.decode()
    said = run.stdout.decode()
    for wanted in ("empty.txt 是空文件", "empty.txt is empty", "PNG image", "alpha", "beta", "gamma", "合计 in all"):
        assert wanted in said
    report = json.loads((tmp_path / "b" / "report.json").read_text(encoding="utf-8"))
    assert [d["id"] for d in report["documents"]] == list(PLANS)
    assert [(f["id"], f["file"]) for f in report["failed"]] == [("empty", "empty.txt"), ("picture", "picture.txt")]
    for one in report["failed"]:
        assert len(one["sha256"]) == 64
        assert one["reason"]["zh"] and one["reason"]["en"]
        assert str(tmp_path) not in one["reason"]["zh"] + one["reason"]["en"]
    quiet = cli("--lang", "en", "build", plans, "--out", tmp_path / "b", "--draws", "20", "--quiet")
    assert quiet.returncode == 1
    assert quiet.stdout == b""
    assert "empty.txt is empty" in quiet.stderr.decode()


def test_nothing_is_written_if_every_file_is_bad(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "plans" / name).write_bytes(b"")
    run = cli("build", "plans", "--out", "b", cwd=tmp_path)
    assert run.returncode == 2
    assert "a.txt is empty" in run.stderr.decode()
    assert "b.txt is empty" in run.stderr.decode()
    assert [p.name for p in tmp_path.iterdir()] == ["plans"]


@pytest.mark.parametrize("error", [KeyError("x"), ValueError("x"), RecursionError(), MemoryError(), OSError("x")])
def test_a_fault_of_ours_over_one_document_is_said(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def faulty(path: Path, document_id: str, register: Register, base: Base) -> Built:
        if document_id == "beta":
            raise error
        return really_build(path, document_id, register, base)

    monkeypatch.setattr("plan_graph.corpus.workers.build", faulty)
    made = build_corpus([plans], tmp_path / "b", QUICK)
    (failed,) = made.failed
    assert failed.file == "beta.txt"
    assert type(error).__name__ in failed.en
    assert "beta.txt 未能生成" in failed.zh
    assert [d["id"] for d in made.documents] == ["alpha", "gamma"]


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="the patch reaches forked processes only")
def test_a_document_that_ends_its_process_stops_no_other(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadly(path: Path, document_id: str, register: Register, base: Base) -> Built:
        if document_id == "beta":
            os._exit(9)
        return really_build(path, document_id, register, base)

    monkeypatch.setattr("plan_graph.corpus.workers.build", deadly)
    made = build_corpus([plans], tmp_path / "b", in_processes(QUICK, 2))
    (failed,) = made.failed
    assert failed.file == "beta.txt"
    assert "ended the process" in failed.en
    assert [d["id"] for d in made.documents] == ["alpha", "gamma"]


def test_a_document_that_breaks_a_shape_is_left_out(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plan_graph.graph.statements.writer import Graph

    original = Graph.label

    def lose_names(self: Graph, subject: Any, predicate: Any, zh: str, en: str = "") -> None:
        if predicate.value.endswith("nameAsWritten") and zh == "省农委":
            return
        original(self, subject, predicate, zh, en)

    monkeypatch.setattr(Graph, "label", lose_names)
    made = build_corpus([plans], tmp_path / "b", WHOLE)
    (failed,) = made.failed
    assert failed.file == "beta.txt"
    assert "does not conform" in failed.en
    assert made.report is not None and made.report.conforms
    with pytest.raises(ConformanceError, match="does not conform"):
        build_corpus([plans / "beta.txt"], tmp_path / "c", WHOLE)
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_same_bytes_whatever_the_processes_and_the_order(plans: Path, tmp_path: Path, jobs: int) -> None:
    whole = contents(build_corpus([plans], tmp_path / "whole", QUICK).out)
    files = sorted(plans.iterdir())
    random.Random(jobs).shuffle(files)
    made = build_corpus(files, tmp_path / "b", in_processes(QUICK, jobs))
    assert [d["id"] for d in made.documents] == list(PLANS)
    assert contents(made.out) == whole
    assert made.quads == whole["graph.nq"].count(b"\n")


def test_tables_hold_the_documents_in_order(plans: Path, tmp_path: Path) -> None:
    made = build_corpus([plans], tmp_path / "b", QUICK)
    for name in ("documents", "tasks", "participations", "parts", "keywords"):
        rows = pq.read_table(made.out / "tables" / f"{name}.parquet").column("document").to_pylist()
        assert list(dict.fromkeys(rows)) == list(PLANS)
        assert rows == sorted(rows)


def test_the_count_of_triples_is_that_of_the_graph(plans: Path, tmp_path: Path) -> None:
    from plan_graph.graph.store import read_quads
    from plan_graph.graph.validate import to_rdflib, validate

    made = build_corpus([plans], tmp_path / "b", WHOLE)
    whole = validate(to_rdflib(read_quads(made.out)))
    assert made.report == whole


def test_each_step_is_told(plans: Path, tmp_path: Path) -> None:
    steps: list[Step] = []
    build_corpus([plans], tmp_path / "b", in_processes(WHOLE, 2), steps.append)
    reading = [s for s in steps if s.doing == "reading"]
    assert [(s.done, s.total) for s in reading] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert {s.name for s in reading[1:]} == {f"{name}.txt" for name in PLANS}
    assert {s.doing for s in steps} == {"reading", "registers", "keywords", "lineage", "ties", "validating", "writing"}


def test_progress_is_drawn() -> None:
    import io

    from rich.console import Console

    from plan_graph.terminal.progress import shown

    drawn = io.StringIO()
    console = Console(file=drawn, force_terminal=True, width=120)
    with shown(console) as show:
        for done in range(4):
            show(Step("reading", done, 3, f"[{done}].txt"))
    assert "3/3" in drawn.getvalue()
    assert "[3].txt" in drawn.getvalue()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_is_no_fault_of_a_document(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    import errno

    if jobs > 1 and multiprocessing.get_start_method() != "fork":
        pytest.skip("the patch reaches forked processes only")
    build_corpus([plans], tmp_path / "b", QUICK)
    before = contents(tmp_path / "b")
    original = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == "beta.gz":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return original(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="no space left"):
        build_corpus([plans], tmp_path / "b", Options(draws=20, jobs=jobs, cache=False))
    assert contents(tmp_path / "b") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b", "plans"]


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX systems")
def test_an_interrupt_changes_nothing(plans: Path, plan_file: Path, tmp_path: Path) -> None:
    """The interrupt comes once a document has been made; no clock decides what is asserted."""
    out = tmp_path / "b"
    build_corpus([plans], out, QUICK)
    before = contents(out)
    text = plan_file.read_text(encoding="utf-8")
    for number in range(8):
        (plans / f"long-{number}.txt").write_text(text.replace("省农委", "省教育厅", number), encoding="utf-8")
    command = [sys.executable, "-m", "plan_graph", "build", str(plans), "--out", str(out), "--jobs", "2"]
    heed = partial(signal.signal, signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed)  # noqa: PLW1509
    while process.poll() is None and not list(tmp_path.glob(".b.new-*/cache/*.gz")):
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate()
    assert process.returncode == 130, error.decode()
    assert "未作改动" in error.decode()
    assert b"Traceback" not in error
    assert contents(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b", "plans"]


def test_strict_says_what_is_left(cli: Any, plans: Path, tmp_path: Path) -> None:
    run = cli("--lang", "en", "build", plans, "--out", tmp_path / "b", "--draws", "0", "--quiet", "--strict")
    assert run.returncode == 1
    assert "--strict: 1 unresolved names, 0 passages" in run.stderr.decode()
    assert "in 1 of 3 documents" in run.stderr.decode()
    assert (tmp_path / "b" / "graph.nq").is_file()
    (plans / "gamma.txt").unlink()
    clean = cli("build", plans, "--out", tmp_path / "b", "--draws", "0", "--quiet", "--strict")
    assert clean.returncode == 0, clean.stderr.decode()
    assert clean.stderr == b""


def test_doubts_are_listed_with_their_words(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from click.testing import CliRunner

    from plan_graph.cli import main
    from plan_graph.model.plan import Doubt
    from plan_graph.model.text import Span

    def doubtful(path: Path, document_id: str, register: Register, base: Base) -> Built:
        built = really_build(path, document_id, register, base)
        begin = built.plan.document.text.index("（牵头单位")
        return replace(built, plan=replace(built.plan, doubts=(Doubt(Span(begin, begin + 5), "clause"),)))

    monkeypatch.setattr("plan_graph.corpus.workers.build", doubtful)
    command = ["--lang", "en", "build", str(plans / "alpha.txt"), "--out", str(tmp_path / "b"), "--draws", "0"]
    run = CliRunner().invoke(main, [*command, "--strict"])
    assert run.exit_code == 1
    assert "1 passage looks like responsibility but was not read" in run.stdout
    assert "（牵头单位" in run.stdout
    assert "1 passages that look like responsibility" in run.stderr
    (document,) = json.loads((tmp_path / "b" / "report.json").read_text(encoding="utf-8"))["documents"]
    (doubt,) = document["doubts"]
    assert doubt["words"] == "（牵头单位"
    assert doubt["kind"] == "clause"
    assert doubt["end"] - doubt["begin"] == 5


def test_a_single_bad_file_of_a_folder_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.txt").write_bytes(b"")
    with pytest.raises(InputError, match="is empty"):
        build_corpus([tmp_path / "plans"], tmp_path / "b", QUICK)
    assert not (tmp_path / "b").exists()
