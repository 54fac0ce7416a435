"""Unchanged documents are not read again, and what was taken over is never wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from plan_graph.authority.register import Register
from plan_graph.build import Built
from plan_graph.build import build as really_build
from plan_graph.corpus import Options, build_corpus
from plan_graph.corpus.fingerprint import fingerprint
from plan_graph.iri import Base
from plan_graph.resources import resource

QUICK = Options(draws=20, validate=False, lineage=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that were read, in this process."""
    seen: list[str] = []

    def noted(path: Path, document_id: str, register: Register, base: Base) -> Built:
        seen.append(document_id)
        return really_build(path, document_id, register, base)

    monkeypatch.setattr("plan_graph.corpus.workers.build", noted)
    return seen


def test_what_did_not_change_is_not_read_again(plans: Path, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "b"
    assert build_corpus([plans], out, QUICK).taken == 0
    before = contents(out)
    assert read == ["alpha", "beta", "gamma"]
    again = build_corpus([plans], out, QUICK)
    assert (again.taken, len(read)) == (3, 3)
    assert contents(out) == before
    every = build_corpus([plans], out, replace(QUICK, cache=False))
    assert (every.taken, len(read)) == (0, 6)
    assert contents(out) == before


def test_a_change_is_read_and_gives_what_a_fresh_build_gives(plans: Path, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "b"
    build_corpus([plans], out, QUICK)
    text = (plans / "beta.txt").read_text(encoding="utf-8")
    (plans / "beta.txt").write_text(text.replace("省农委", "省教育厅"), encoding="utf-8")
    (plans / "gamma.txt").rename(plans / "delta.txt")
    read.clear()
    made = build_corpus([plans], out, QUICK)
    assert read == ["beta", "delta"]
    assert made.taken == 1
    fresh = build_corpus([plans], tmp_path / "fresh", QUICK)
    assert contents(out) == contents(fresh.out)


@pytest.mark.parametrize(
    "other",
    [replace(QUICK, base=Base("https://example.org/id/")), replace(QUICK, validate=True)],
    ids=["base", "validate"],
)
def test_other_options_mean_reading_again(plans: Path, tmp_path: Path, read: list[str], other: Options) -> None:
    build_corpus([plans], tmp_path / "b", QUICK)
    read.clear()
    assert build_corpus([plans], tmp_path / "b", other).taken == 0
    assert len(read) == 3


def test_other_draws_and_keywords_do_not(plans: Path, tmp_path: Path) -> None:
    build_corpus([plans], tmp_path / "b", QUICK)
    other = replace(QUICK, draws=0, keywords=False, seed=1)
    assert build_corpus([plans], tmp_path / "b", other).taken == 3
    assert contents(tmp_path / "b") == contents(build_corpus([plans], tmp_path / "c", other).out)


def test_other_registers_mean_reading_again(plans: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(resource("data", "authority"), own)
    assert fingerprint(own) == fingerprint(None)
    options = replace(QUICK, authority=own)
    build_corpus([plans], tmp_path / "b", options)
    assert build_corpus([plans], tmp_path / "b", QUICK).taken == 3
    with (own / "bodies.csv").open("a", encoding="utf-8") as file:
        file.write("210000/moxuyou,辽宁省莫须有厅,省莫须有厅,,department,province,210000,210000,,,,,,,made up\n")
    assert fingerprint(own) != fingerprint(None)
    made = build_corpus([plans], tmp_path / "b", options)
    assert made.taken == 0
    assert [u["name"] for u in made.documents[2]["unresolved"]] == []


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def unlinked(file: Path) -> None:
    file.unlink()


def foldered(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "flipped": flipped,
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-7]),
    "empty": lambda file: file.write_bytes(b""),
    "another": lambda file: file.write_bytes((file.parent / "alpha.gz").read_bytes()),
    "no gzip": lambda file: file.write_bytes(b"cd0aa9856147b6c5b4ff2b7dfee5da20aa38253099ef1b4a64aced233c9afe29\nx"),
    "gone": unlinked,
    "folder": foldered,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_is_read_again(plans: Path, tmp_path: Path, read: list[str], damage: str) -> None:
    out = tmp_path / "b"
    build_corpus([plans], out, QUICK)
    before = contents(out)
    DAMAGE[damage](out / "cache" / "beta.gz")
    read.clear()
    assert build_corpus([plans], out, QUICK).taken == 2
    assert read == ["beta"]
    assert contents(out) == before


def test_a_document_that_failed_has_no_entry(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "b"
    build_corpus([plans], out, QUICK)
    (plans / "beta.txt").write_bytes(b"")
    made = build_corpus([plans], out, QUICK)
    assert [f.file for f in made.failed] == ["beta.txt"]
    assert sorted(p.name for p in (out / "cache").iterdir()) == ["alpha.gz", "gamma.gz"]
    assert build_corpus([plans], out, QUICK).taken == 2
