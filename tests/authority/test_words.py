"""The dictionary that words are cut with is kept between processes: what is read back is what would be made."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest

from plan_graph.authority import words
from plan_graph.authority.register import Register

TEXT = "省发展改革委会同沈阳市人民政府推进沈抚新区建设"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(words, "scratch", lambda: tmp_path)
    return tmp_path


def _kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("words-*"))


def test_what_is_kept_is_what_was_made(folder: Path, register: Register) -> None:
    made = words.tokenizer(register)
    assert len(_kept(folder)) == 1
    read = words.tokenizer(register)
    assert (read.FREQ, read.total) == (made.FREQ, made.total)
    assert read.lcut(TEXT, HMM=False) == made.lcut(TEXT, HMM=False)


@pytest.mark.parametrize("damage", [b"", b"no dictionary", marshal.dumps(1), marshal.dumps((1, 2, 3))])
def test_a_damaged_file_is_made_again(folder: Path, register: Register, damage: bytes) -> None:
    words.tokenizer(register)
    [file] = _kept(folder)
    whole = marshal.loads(file.read_bytes())
    file.write_bytes(damage)
    assert "沈阳市人民政府" in words.tokenizer(register).lcut(TEXT, HMM=False)
    assert marshal.loads(file.read_bytes()) == whole


def test_other_names_have_another_dictionary(folder: Path, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    words.tokenizer(register)
    monkeypatch.setattr(words, "_names", lambda _: ["沈抚新区建设"])
    assert "沈抚新区建设" in words.tokenizer(register).lcut(TEXT, HMM=False)
    assert len(_kept(folder)) == 2


def test_what_cannot_be_kept_leaves_nothing(folder: Path, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert "沈阳市人民政府" in words.tokenizer(register).lcut(TEXT, HMM=False)
    assert [file for file in folder.iterdir() if not file.name.startswith("jieba")] == []


def test_no_more_than_a_few_are_kept(folder: Path) -> None:
    for number in range(9):
        (folder / f"words-{number}").touch()
    words._prune(folder)
    assert len(_kept(folder)) == words._KEPT
