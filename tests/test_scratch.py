"""The folder for what can be made again: kept between processes, and never another's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from plan_graph.scratch import scratch


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    scratch.cache_clear()
    yield tmp_path / f"plan-graph-{os.getuid()}"
    scratch.cache_clear()


def test_it_is_made_for_this_user_alone_and_found_again(temporary: Path) -> None:
    assert scratch() == temporary
    assert temporary.stat().st_mode & 0o777 == 0o700
    scratch.cache_clear()
    assert scratch() == temporary


@pytest.mark.parametrize("what", ["open to all", "a link", "a file"])
def test_what_somebody_else_may_have_put_there_is_not_used(temporary: Path, tmp_path: Path, what: str) -> None:
    if what == "open to all":
        temporary.mkdir()
        temporary.chmod(0o777)
    elif what == "a link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        temporary.symlink_to(tmp_path / "elsewhere")
    else:
        temporary.write_text("")
    assert scratch() != temporary
    assert scratch().is_dir()
    assert scratch().stat().st_mode & 0o777 == 0o700
