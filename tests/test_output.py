"""A folder is written whole or not at all, and nothing in it is lost that plan-graph did not write itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from plan_graph import output
from plan_graph.errors import InputError, OutputError
from plan_graph.output import LIST, check_listed, write_folder

FILES = {"a.txt": b"a", "in/b.txt": b"b", "in/deep/c.txt": b"c"}


def there(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(folder: Path, files: dict[str, bytes] | None = None, **options: bool) -> dict[str, bytes]:
    write_folder(folder, FILES if files is None else files, "test 1", **options)
    return {name: content for name, content in there(folder).items() if name != LIST}


def test_a_new_folder(tmp_path: Path) -> None:
    assert written(tmp_path / "out") == FILES
    assert json.loads((tmp_path / "out" / LIST).read_text(encoding="utf-8")) == {
        "software": "test 1",
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(FILES.items())},
    }
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_earlier_folder_is_replaced_and_an_empty_one_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert written(tmp_path / "out") == FILES
    assert written(tmp_path / "out", {"a.txt": b"A"}) == {"a.txt": b"A"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_is_not_written_anew_stays_if_asked(tmp_path: Path) -> None:
    written(tmp_path / "out")
    assert written(tmp_path / "out", {"a.txt": b"A"}, keep=True) == {**FILES, "a.txt": b"A"}
    assert written(tmp_path / "out", {}, keep=True) == {**FILES, "a.txt": b"A"}  # and is still listed


def _edit(folder: Path) -> str:
    (folder / "in" / "b.txt").write_bytes(b"mine")
    return "in/b.txt"


def _add(folder: Path) -> str:
    (folder / "in" / "note.txt").write_bytes(b"mine")
    return "in/note.txt"


def _add_folder(folder: Path) -> str:
    (folder / "mine").mkdir()
    return "mine"


def _unlist(folder: Path) -> str:
    (folder / LIST).unlink()
    return "a.txt"


def _spoil(folder: Path) -> str:
    (folder / LIST).write_text("[]", encoding="utf-8")
    return "a.txt"


def _link(folder: Path) -> str:
    (folder / "link").symlink_to(folder / "in")
    return "link"


@pytest.mark.parametrize("change", [_edit, _add, _add_folder, _unlist, _spoil, _link])
def test_a_folder_somebody_changed_is_left_alone(tmp_path: Path, change: Callable[[Path], str]) -> None:
    written(tmp_path / "out")
    name = change(tmp_path / "out")
    before = there(tmp_path / "out")
    for attempt in (lambda: check_listed(tmp_path / "out"), lambda: written(tmp_path / "out", {"a.txt": b"A"})):
        with pytest.raises(InputError, match=f"holds {name}") as caught:
            attempt()
        assert name in caught.value.zh
    assert there(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_somebody_removed_is_no_obstacle(tmp_path: Path) -> None:
    written(tmp_path / "out")
    (tmp_path / "out" / "a.txt").unlink()
    assert written(tmp_path / "out") == FILES


@pytest.mark.parametrize(("place", "said"), [("no/out", "does not exist"), ("file", "is a file")])
def test_a_place_where_no_folder_can_be(tmp_path: Path, place: str, said: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match=said):
        written(tmp_path / place)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_disk_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "out")
    before = there(tmp_path / "out")

    def fail(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "_sync", fail)
    with pytest.raises(OutputError, match="no space left"):
        written(tmp_path / "out", {"a.txt": b"A"})
    assert there(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_run_that_was_killed_between_its_two_renames(tmp_path: Path) -> None:
    written(tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / ".out.old")
    assert written(tmp_path / "out", {"z.txt": b"z"}) == {"z.txt": b"z"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_a_build_is_no_folder_of_a_report(built: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(built, tmp_path / "build")
    before = there(tmp_path / "build")
    with pytest.raises(InputError, match="did not write"):
        written(tmp_path / "build")
    assert there(tmp_path / "build") == before
