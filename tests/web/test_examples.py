"""The examples run as they stand, against what is published and served, and say what the graph holds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from plan_graph.corpus import Options, build_corpus
from plan_graph.publish.dumps import write_dumps
from plan_graph.publish.release import release
from plan_graph.publish.tables import write_tables

from .conftest import Served

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def settings(built: Path, served: Served, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    site = tmp_path_factory.mktemp("site")
    made = release(built)
    write_dumps(made, site)
    write_tables(made, site)
    return {**os.environ, "PLAN_GRAPH_SITE": str(site), "PLAN_GRAPH_ENDPOINT": f"{served.url}sparql"}


@pytest.fixture(scope="module")
def several(settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Two plans of one city that number their tasks alike: one body leads the first task of each."""
    folder = tmp_path_factory.mktemp("several")
    for name, work in (("a", "修建道路"), ("b", "植树造林")):
        text = f"沈阳市{work}方案\n\n1．{work}。（牵头单位：市财政局；配合单位：市水利局）\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    build_corpus(sorted(folder.glob("*.txt")), folder / "build", Options(draws=0))
    made = release(folder / "build")
    write_dumps(made, folder / "site")
    write_tables(made, folder / "site")
    return {**settings, "PLAN_GRAPH_SITE": str(folder / "site")}


def said_by(command: list[str], settings: dict[str, str]) -> str:
    run = subprocess.run(command, capture_output=True, encoding="utf-8", env=settings, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_the_notebook_runs(settings: dict[str, str]) -> None:
    """Its cells are run one after the other in one process, as a kernel does; a notebook is kept without results."""
    import nbformat

    validate: Any = nbformat.validate
    notebook: dict[str, Any] = json.loads((EXAMPLES / "plan-graph.ipynb").read_text(encoding="utf-8"))
    validate(notebook)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    said = said_by([sys.executable, "-W", "error", "-c", _source(notebook)], settings)
    assert "participations 736" in said
    assert "tasks by year {2016: 106, 2017: 57, 2018: 30}" in said
    assert "tasks in the graph 193" in said
    table = pq.read_table(Path(settings["PLAN_GRAPH_SITE"], "tables", "participations.parquet")).to_pylist()
    leads = Counter(
        name for name, _ in {(one["participant_name"], one["task"]) for one in table if one["role"] == "lead"}
    )
    assert said.splitlines()[-3:] == [
        f"{name} {tasks}" for name, tasks in sorted(leads.items(), key=lambda one: (-one[1], one[0]))[:3]
    ]


def _source(notebook: dict[str, Any]) -> str:
    return "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")


def test_the_notebook_tells_the_tasks_of_several_plans_apart(several: dict[str, str]) -> None:
    notebook = json.loads((EXAMPLES / "plan-graph.ipynb").read_text(encoding="utf-8"))
    said = said_by([sys.executable, "-c", _source(notebook).split("tasks = pd")[0]], several)
    assert said.splitlines()[-1].split() == ["沈阳市财政局", "2"]


def test_the_script_in_r_tells_them_apart(several: dict[str, str]) -> None:
    if shutil.which("Rscript") is None:
        assert not os.environ.get("CI"), "CI has R"
        pytest.skip("R is not installed here")
    said = said_by(["Rscript", str(EXAMPLES / "plan-graph.R")], {**several, "LC_ALL": "C.UTF-8"})
    assert "沈阳市财政局 2 " in said


def test_the_script_in_r_runs(settings: dict[str, str]) -> None:
    if shutil.which("Rscript") is None:
        assert not os.environ.get("CI"), "CI has R"
        pytest.skip("R is not installed here")
    said = said_by(["Rscript", str(EXAMPLES / "plan-graph.R")], {**settings, "LC_ALL": "C.UTF-8"})
    assert "participations 736" in said
    assert [line.split()[-2:] for line in said.splitlines()[-3:]] == [["2016", "106"], ["2017", "57"], ["2018", "30"]]
