"""Builds: the same bytes everywhere, whole or not at all, and what bad input gets."""

from __future__ import annotations

import json
import os
import resource as limits
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plan_graph.authority.register import Register
from plan_graph.build import resolve_names
from plan_graph.corpus import Options, build_corpus
from plan_graph.errors import InputError, OutputError
from plan_graph.extraction.tasks import extract
from plan_graph.iri import Base
from plan_graph.reading.text import decode

QUICK = ("--draws", "20", "--no-validate")
FAST = ("--draws", "0", "--no-keywords", "--no-lineage", "--no-validate")
PLAIN = Options(draws=0, validate=False, keywords=False, lineage=False)  # where only the files matter
CHECKED = Options(draws=0, keywords=False, lineage=False)


@pytest.fixture(scope="module")
def short_plan(tmp_path_factory: pytest.TempPathFactory, plan_file: Path) -> Path:
    """The head and the first twenty tasks of the plan: enough where only the files matter."""
    file = tmp_path_factory.mktemp("short") / plan_file.name
    file.write_text(plan_file.read_text(encoding="utf-8").partition("　　21．")[0], encoding="utf-8")
    return file


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_bytes_whatever_the_surroundings(cli: Any, tmp_path: Path, plan_file: Path) -> None:
    surroundings = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC", "OMP_NUM_THREADS": "1"},
        {"PYTHONHASHSEED": "77", "LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "random", "LC_ALL": "C.UTF-8", "TZ": "America/New_York"},
    ]
    made = []
    for number, env in enumerate(surroundings):
        where = tmp_path / f"cwd{number}"
        where.mkdir()
        source = plan_file if number else os.path.relpath(plan_file, where)
        run = cli("build", source, "--out", "b", *QUICK, cwd=where, env=env)
        assert run.returncode == 0, run.stderr.decode()
        made.append(contents(where / "b"))
    assert made[0] == made[1] == made[2]
    assert made[0]["graph.nq"].count(b"\n") > 30_000


def test_a_rebuild_changes_no_byte(cli: Any, tmp_path: Path, short_plan: Path) -> None:
    cli("build", short_plan, "--out", tmp_path / "b", "--draws", "20")
    before = contents(tmp_path / "b")
    assert cli("build", short_plan, "--out", tmp_path / "b", "--draws", "20").returncode == 0
    assert contents(tmp_path / "b") == before
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def test_the_graph_is_canonical_n_quads(built: Path) -> None:
    lines = (built / "graph.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))
    assert not [line for line in lines if line.startswith(b"_:") or b" _:" in line]


def test_offsets_count_the_published_text(built: Path) -> None:
    import pyarrow.parquet as pq

    text = (built / "text" / "ln-2016-revitalisation.txt").read_bytes().decode()
    wrong = [
        (table, row)
        for table, column in (
            ("citations", "title"),
            ("places", "written"),
            ("deadlines", "written"),
            ("tasks", "text"),
        )
        for row in pq.read_table(built / "tables" / f"{table}.parquet").to_pylist()
        if row[column] not in text[row["begin"] : row["end"]]
    ]
    assert wrong == []
    parts = pq.read_table(built / "tables" / "parts.parquet").to_pylist()
    assert "".join(text[p["begin"] : p["end"]] for p in parts) == text


def test_many_documents_in_processes_make_the_same_bytes(tmp_path: Path, plan_file: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    text = plan_file.read_text(encoding="utf-8")
    (folder / "first.txt").write_text(text, encoding="utf-8")
    (folder / "second.txt").write_text(text.replace("省财政厅", "省审计厅"), encoding="utf-8")
    (folder / "读我.txt").write_text("（一）做好试点。（牵头单位：省教育厅）\n", encoding="utf-8")
    one = build_corpus([folder], tmp_path / "one", Options(jobs=1, draws=20, validate=False, lineage=False))
    two = build_corpus([folder], tmp_path / "two", Options(jobs=3, draws=20, validate=False, lineage=False))
    ids = ["du-wo", "ln-2016-revitalisation", "second"]  # in their order; first.txt is known by its SHA-256
    assert [d["id"] for d in one.documents] == ids
    assert contents(one.out) == contents(two.out)


def test_wording_that_goes_on_after_its_clause_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("1．做好试点。（牵头单位：甲厅）总结经验。（牵头单位：乙厅；配合单位：丙局）\n", encoding="utf-8")
    made = build_corpus([file], tmp_path / "b", CHECKED)
    assert made.report is not None and made.report.conforms
    (document,) = made.documents
    assert (document["counts"]["tasks"], document["counts"]["clauses"]) == (1, 2)
    assert "做好试点。总结经验。" in (made.out / "graph.nq").read_text(encoding="utf-8")


def test_numbers_without_wording_are_unread_and_clauses_alone_are_tasks(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("1．\n2．（牵头单位：甲厅）\n3．做好试点。（牵头单位：乙厅）\n", encoding="utf-8")
    made = build_corpus([file], tmp_path / "b", CHECKED)
    assert made.report is not None and made.report.conforms
    counts = made.documents[0]["counts"]
    assert (counts["tasks"], counts["clauses"], counts["unread-code-points"]) == (2, 2, 3)


def test_base_iri_is_a_parameter(tmp_path: Path, short_plan: Path) -> None:
    made = build_corpus([short_plan], tmp_path / "b", replace(PLAIN, base=Base("https://data.example.org/plans/")))
    text = (made.out / "graph.nq").read_text(encoding="utf-8")
    assert "<https://data.example.org/plans/task/ln-2016-revitalisation/2016-007>" in text
    assert "w3id.org/plan-graph/id/" not in text


# --- bad input -------------------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
BAD: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "is empty"),
    ("blank.txt", b" \n\n\t\n", "is empty"),
    ("picture.txt", PNG, "PNG image"),
    ("cut.txt", "推进改革。（牵头单位：省财政厅）".encode() * 40 + "省".encode()[:2], "cut off"),
    ("prose.txt", "今天天气很好。\n没有任务。\n".encode(), "no numbered task"),
    ("binary.txt", bytes(range(256)) * 8, "binary"),
]


@pytest.mark.parametrize(("name", "content", "said"), BAD, ids=[b[0] for b in BAD])
def test_bad_files_get_one_sentence_and_change_nothing(
    cli: Any, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    run = cli("--lang", "en", "build", name, "--out", "b", *QUICK, cwd=tmp_path)
    error = run.stderr.decode()
    assert run.returncode == 2
    assert said in error
    assert name in error
    assert len(error.strip().splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_the_summary_speaks_of_the_bodies_of_the_build(cli: Any, tmp_path: Path) -> None:
    text = (
        "工作安排\n\n辽宁省人民政府\n2017年1月10日\n\n1．修路。（牵头单位：省商务厅、省银河厅；配合单位：省财政厅）\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = cli("--lang", "zh", "build", "a.txt", "--out", "b", "--draws", "20", "--no-keywords", cwd=tmp_path)
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "牵头任务最多的机构（共 2 个）" in "".join(said.split("\n"))  # not the first 10 of 2
    assert "! 未确认: 省银河厅 ×1 (登记册中没有这个名称" in said
    assert "plan-graph overlap 省商务厅 --graph b" in said  # a question that has an answer
    assert "省农委" not in said
    assert said.rstrip().splitlines()[-1].endswith("network --graph b")
    assert "（q<0.05，0对）" in "".join(said.split())  # and no table without rows
    assert said.count("共同任务") == 2


def test_an_empty_folder(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    run = cli("build", "plans", cwd=tmp_path)
    assert run.returncode == 2
    assert "plans" in run.stderr.decode()
    assert [p.name for p in tmp_path.iterdir()] == ["plans"]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_other_encodings_are_decoded_and_said(cli: Any, tmp_path: Path, plan_file: Path, encoding: str) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes(plan_file.read_bytes().decode().encode(encoding))
    run = cli("--lang", "en", "build", file, "--out", tmp_path / "b", *FAST)
    assert run.returncode == 0, run.stderr.decode()
    report = json.loads((tmp_path / "b" / "report.json").read_text(encoding="utf-8"))
    (document,) = report["documents"]
    assert document["counts"]["tasks"] == 193
    assert document["notes"], "the encoding is said"
    assert (tmp_path / "b" / "text" / "plan.txt").read_bytes() == plan_file.read_bytes()
    assert document["notes"][0]["en"] in run.stdout.decode()


def test_a_heading_that_states_another_count_is_a_warning(cli: Any, tmp_path: Path, plan_file: Path) -> None:
    lines = plan_file.read_text(encoding="utf-8").split("\n")
    gone = next(i for i, line in enumerate(lines) if line.startswith("　　57．"))
    file = tmp_path / "plan.txt"
    file.write_text("\n".join(lines[:gone] + lines[gone + 1 :]), encoding="utf-8")
    run = cli("build", file, "--out", tmp_path / "b", *FAST)
    assert run.returncode == 0
    assert "106" in run.stdout.decode()
    assert "✗" in run.stdout.decode()
    report = json.loads((tmp_path / "b" / "report.json").read_text(encoding="utf-8"))
    said = " ".join(w["en"] for w in report["documents"][0]["warnings"])
    assert "states 106 tasks but holds 105" in said
    assert "56 is followed by 58" in said


def test_places_that_cannot_be_written(cli: Any, tmp_path: Path, short_plan: Path) -> None:
    assert cli("build", short_plan, "--out", tmp_path / "no" / "b", *QUICK).returncode == 2
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert cli("build", short_plan, "--out", tmp_path / "file", *QUICK).returncode == 2
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    own = tmp_path / "own"
    own.mkdir()
    (own / "thesis.docx").write_text("mine", encoding="utf-8")
    run = cli("--lang", "en", "build", short_plan, "--out", own, *QUICK)
    assert run.returncode == 2
    assert "which no build wrote" in run.stderr.decode()
    assert [p.name for p in own.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("name", ["我的任务.xlsx", "text/notes.txt", "tables/mine.csv", "mine/notes.txt"])
def test_a_file_put_into_a_build_is_never_lost(tmp_path: Path, short_plan: Path, name: str) -> None:
    out = tmp_path / "b"
    build_corpus([short_plan], out, PLAIN)
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="which no build wrote"):
        build_corpus([short_plan], out, PLAIN)
    assert (out / name).read_text(encoding="utf-8") == "mine"


def test_a_folder_with_any_report_json_is_not_taken_for_a_build(tmp_path: Path, short_plan: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "report.json").write_text("{}", encoding="utf-8")
    (own / "plan.txt").write_bytes(short_plan.read_bytes())
    with pytest.raises(InputError):
        build_corpus([own / "plan.txt"], own, Options(draws=0))
    assert (own / "plan.txt").read_bytes() == short_plan.read_bytes()


def test_a_folder_that_looks_like_an_old_build_is_kept(tmp_path: Path, short_plan: Path) -> None:
    old = tmp_path / ".b.old"
    old.mkdir()
    (old / "precious").write_text("mine", encoding="utf-8")
    build_corpus([short_plan], tmp_path / "b", PLAIN)
    assert (old / "precious").read_text(encoding="utf-8") == "mine"


def test_a_link_is_followed(tmp_path: Path, short_plan: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    for _ in range(2):
        build_corpus([short_plan], tmp_path / "link", PLAIN)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target" / "graph.nq").is_file()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "target"]


def test_a_full_disk_leaves_the_old_build_whole(tmp_path: Path, plan_file: Path) -> None:
    out = tmp_path / "b"
    build_corpus([plan_file], out, PLAIN)
    before = contents(out)

    def small_disk() -> None:  # no file may grow beyond 1 MB: writing fails as it does on a full disk
        limits.setrlimit(limits.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    run = subprocess.run(
        [sys.executable, "-B", "-m", "plan_graph", "--lang", "en", "build", str(plan_file), "--out", str(out), *QUICK],
        preexec_fn=small_disk,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 2
    assert "no space left" in run.stderr.decode()
    assert contents(out) == before
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


@pytest.mark.parametrize("code", ["ENOSPC", "EACCES"])
def test_an_error_while_writing_leaves_nothing(
    tmp_path: Path, short_plan: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    import errno

    out = tmp_path / "b"
    build_corpus([short_plan], out, PLAIN)
    before = contents(out)

    def fail(*_: object, **__: object) -> None:
        raise OSError(getattr(errno, code), os.strerror(getattr(errno, code)))

    monkeypatch.setattr("plan_graph.corpus.whole.write_reports", fail)
    with pytest.raises(OutputError, match="nothing was changed"):
        build_corpus([short_plan], out, PLAIN)
    assert contents(out) == before
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def test_a_kill_in_the_middle_leaves_the_old_build_whole(tmp_path: Path, plan_file: Path) -> None:
    """Kill at many moments, each when a folder beside the output has been begun; no clock decides what is asserted."""
    out = tmp_path / "b"
    build_corpus([plan_file], out, PLAIN)
    before = contents(out)
    command = [sys.executable, "-m", "plan_graph", "build", str(plan_file), "--out", str(out), *FAST]

    def staged() -> int:
        """Count the files of the folder being made; -1 while there is none, or while it is renamed under our eyes."""
        try:
            return max((sum(1 for _ in folder.rglob("*")) for folder in tmp_path.glob(".b.new-*")), default=-1)
        except FileNotFoundError:
            return -1

    for files in (0, 1, 3, 9):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while process.poll() is None:
            if staged() >= files:
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.001)
        process.wait()
        assert out.is_dir() or (tmp_path / ".b.old").is_dir()
        assert contents(out if out.is_dir() else tmp_path / ".b.old") == before
    again = build_corpus([plan_file], out, PLAIN)
    assert contents(again.out) == before
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def test_a_kill_between_the_two_renames_is_mended_by_the_next_run(tmp_path: Path, short_plan: Path) -> None:
    out = tmp_path / "b"
    build_corpus([short_plan], out, PLAIN)
    before = contents(out)
    out.rename(tmp_path / ".b.old")
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(InputError):
        build_corpus([tmp_path / "empty.txt"], out, Options())
    assert contents(out) == before  # the old build is back although the new one failed
    shutil.rmtree(out)


def test_a_graph_that_breaks_a_shape_is_not_written(
    tmp_path: Path, plan_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plan_graph.errors import ConformanceError
    from plan_graph.graph.statements.writer import Graph

    original = Graph.label

    def lose_names(self: Graph, subject: Any, predicate: Any, zh: str, en: str = "") -> None:
        if predicate.value.endswith("nameAsWritten") and zh == "省维稳办":
            return
        original(self, subject, predicate, zh, en)

    monkeypatch.setattr(Graph, "label", lose_names)
    with pytest.raises(ConformanceError) as caught:
        build_corpus([plan_file], tmp_path / "b", Options(draws=0))
    assert "省维稳办" in caught.value.report, "the report quotes the clause"
    assert list(tmp_path.iterdir()) == []


def test_a_province_is_that_of_the_other_issuer_where_the_first_has_none() -> None:
    text = (
        "重庆市甲局 四川省乙厅关于推进甲的通知\n各单位：\n"
        "一、推进甲。（责任单位：市财政局、省财政厅、县财政局）\n二、推进乙。\n"
    )
    plan = extract(decode(text.encode(), "d", "d.txt"), Register.load())
    assert [one.name for one in plan.metadata.issuers] == ["重庆市甲局", "四川省乙厅"]
    found = {name: one.body and one.body.id for name, one in resolve_names(plan, Register.load()).items()}
    assert found["市财政局"] == "500000/czj"
    assert found["省财政厅"] == "510000/czt"
    assert found["县财政局"] is None  # of which county neither says
