"""Which files are documents, and the id each gets: from a manifest or from its name."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.errors import InputError, NotFoundError, UnreadableError
from plan_graph.iri import Base
from plan_graph.reading import sources as module
from plan_graph.reading.sources import MANIFEST, Source, slug, sources

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)


def put(folder: Path, name: str, text: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or name, encoding="utf-8")
    return path


def manifest(folder: Path, *rows: tuple[str, Path], encoding: str = "utf-8") -> Path:
    lines = ["id,sha256", *(f"{id},{hashlib.sha256(path.read_bytes()).hexdigest()}" for id, path in rows)]
    path = folder / MANIFEST
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def ids(*paths: Path) -> list[str]:
    return [source.id for source in sources(paths)]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("plan", "plan"),
        ("Plan 2016_final", "plan-2016-final"),
        ("2016.10.30", "2016-10-30"),
        ("--plan--", "plan"),
        ("计划", "ji-hua"),
        ("辽宁2016计划", "liao-ning-2016-ji-hua"),
        ("计划（修订稿）", "ji-hua-xiu-ding-gao"),
        ("été", "t"),
        ("。。。", "document"),  # nothing left
        ("", "document"),
        ("a" * 200, "a" * 120),
        ("a" * 119 + "-b", "a" * 119),
    ],
)
def test_slugs(name: str, made: str) -> None:
    assert slug(name) == made


@EXACT
@given(st.text(max_size=40))
def test_every_slug_is_an_id_and_stays(name: str) -> None:
    made = slug(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert slug(made) == made
    Base().iri("document", id=made)


def test_a_file_is_known_by_what_it_holds(plan_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "another name.txt"
    other.write_bytes(plan_file.read_bytes())
    assert ids(plan_file) == ids(other) == ["ln-2016-revitalisation"]  # from the manifest that travels along


def test_a_changed_file_is_another_document(plan_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "plan.txt"
    other.write_bytes(plan_file.read_bytes() + b"\n")
    assert ids(other) == ["plan"]


def test_a_manifest_beside_the_file(tmp_path: Path) -> None:
    one, two = put(tmp_path, "一.txt"), put(tmp_path, "二.txt")
    manifest(tmp_path, ("own-id", one))
    assert ids(one, two) == ["own-id", "er"]


def test_the_nearer_manifest_counts(plan_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "plan.txt"
    other.write_bytes(plan_file.read_bytes())
    manifest(tmp_path, ("my-plan", other), encoding="utf-8-sig")  # as a spreadsheet saves it
    assert ids(other) == ["my-plan"]


def test_without_any_manifest_the_name_counts(plan_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def none(*parts: str) -> Path:
        raise NotFoundError("/".join(parts))

    monkeypatch.setattr(module, "resource", none)
    other = tmp_path / "计划.txt"
    other.write_bytes(plan_file.read_bytes())
    assert ids(other) == ["ji-hua"]


def test_rows_without_id_or_sum_are_passed_over(tmp_path: Path) -> None:
    one = put(tmp_path, "一.txt")
    (tmp_path / MANIFEST).write_text("id,sha256\n,abc\nown-id,\n", encoding="utf-8")
    assert ids(one) == ["yi"]


def test_a_folder_is_searched_at_any_depth_and_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.TXT", "a/d.text", "a/e.md", "a/f.txt.bak"):
        put(tmp_path, name)
    (tmp_path / "g.txt").mkdir()
    found = sources([tmp_path])
    assert found == [
        Source(tmp_path / "a/c.TXT", "c"),
        Source(tmp_path / "a/d.text", "d"),
        Source(tmp_path / "b.txt", "b"),
    ]


def test_a_named_file_needs_no_ending_and_counts_once(tmp_path: Path) -> None:
    one = put(tmp_path, "plan.md")
    assert ids(one, one) == ["plan"]
    two = put(tmp_path, "other.txt")
    assert ids(tmp_path, two) == ["other"]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["a/plan.txt", "b/Plan.txt"], r"b/Plan\.txt and .*a/plan\.txt would both be document plan; rename one"),
        (["甲.txt", "jia.txt"], r"甲\.txt and .*jia\.txt would both be document jia; rename one"),
    ],
)
def test_two_files_with_one_id(tmp_path: Path, names: list[str], message: str) -> None:
    for name in names:
        put(tmp_path, name)
    with pytest.raises(InputError, match=message) as error:
        sources([tmp_path])
    assert "文件标识都是" in error.value.zh


def test_two_files_with_one_text_are_one_document(tmp_path: Path) -> None:
    one, two = put(tmp_path, "a.txt", "甲"), put(tmp_path, "b.txt", "甲")
    assert ids(one, two) == ["a", "b"]  # without a manifest nobody can say
    manifest(tmp_path, ("own-id", one))
    with pytest.raises(InputError, match="would both be document own-id"):
        sources([one, two])


def test_a_folder_without_texts(tmp_path: Path) -> None:
    put(tmp_path, "plan.jpg")
    with pytest.raises(
        InputError,
        match=r"holds no file of a kind that is read \(.txt.*\); name a folder or file with the text of a plan$",
    ) as error:
        sources([tmp_path])
    assert str(tmp_path) in str(error.value)
    assert str(tmp_path) in error.value.zh


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"does not exist; check the path$") as error:
        sources([tmp_path / "none.txt"])
    assert "不存在" in error.value.zh


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableError, match="is not a plain file"):
        sources([tmp_path / "pipe.txt"])
    with pytest.raises(InputError, match=r"holds no file of a kind that is read"):
        sources([tmp_path])


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "plan.txt")
    opened = Path.open

    def refuse(self: Path, mode: str = "r", **rest: str) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, mode, **rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableError, match=r"plan\.txt cannot be read \(Permission denied\)"):
        sources([path])


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("id,sha256\n甲,乙\n".encode("gb18030"), "is not a CSV file in UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "is not a CSV file in UTF-8"),
    ],
)
def test_a_bad_manifest(tmp_path: Path, raw: bytes, message: str) -> None:
    path = put(tmp_path, "plan.txt")
    (tmp_path / MANIFEST).write_bytes(raw)
    with pytest.raises(InputError, match=message) as error:
        sources([path])
    assert str(tmp_path / MANIFEST) in str(error.value)
    assert MANIFEST in error.value.zh


@pytest.mark.parametrize("id", ["Plan", "计划", "a b", "a--b", "-a", "../a"])
def test_a_manifests_id_must_be_an_id(tmp_path: Path, id: str) -> None:
    path = put(tmp_path, "plan.txt")
    manifest(tmp_path, (id, path))
    with pytest.raises(InputError, match=r"id .* for plan\.txt is not lower-case ASCII with hyphens; correct it$"):
        sources([path])
