"""The wheel alone: installed in an empty folder it does everything, without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (made,) = out.glob("*.whl")
    return made


def test_the_wheel_holds_what_the_tool_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for wanted in (
        "plan_graph/py.typed",
        "plan_graph/resources/ontology/shapes.ttl",
        "plan_graph/resources/ontology/plan-graph.ttl",
        "plan_graph/resources/queries/tasks-by-body.rq",
        "plan_graph/resources/data/authority/bodies.csv",
        "plan_graph/resources/data/raw/manifest.csv",
    ):
        assert wanted in names
    assert not [n for n in names if "/gold/" in n or n.startswith("tests")]


def test_the_wheel_works_in_an_empty_folder(wheel: Path, tmp_path: Path, plan_file: Path, built: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    env = {**os.environ, "PYTHONPATH": str(site)}

    def tool(*args: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "plan_graph", *args]
        return subprocess.run(command, cwd=work, env=env, capture_output=True, check=True)

    where = "import plan_graph, sys; sys.stdout.write(plan_graph.__file__)"
    found = subprocess.run([sys.executable, "-c", where], cwd=work, env=env, capture_output=True, check=True)
    assert found.stdout.decode().startswith(str(site))
    (work / plan_file.name).write_bytes(plan_file.read_bytes())
    tool("build", plan_file.name)
    assert (work / "build" / "graph.nq").read_bytes() == (built / "graph.nq").read_bytes()
    tool("validate", "build")
    assert len(json.loads(tool("queries", "--format", "json").stdout)) >= 20
    assert tool("query", "tasks-by-year", "--format", "csv").stdout.count(b"\n") == 4
    tool("network", "--format", "graphml", "-o", "net.graphml")
    assert (work / "net.graphml").stat().st_size > 10_000
