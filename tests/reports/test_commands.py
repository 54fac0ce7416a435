"""The commands report and figures as a user meets them."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plan_graph.reports.figures import NAMES

WHOLE = {"contents.json", "report.html", "report.xlsx"} | {
    f"figures/{name}.{form}" for name in NAMES for form in ("svg", "png")
}


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def reported(cli: Any, built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    out = tmp_path_factory.mktemp("reported") / "report"
    run = cli("report", "--graph", built, "--out", out)
    assert run.returncode == 0, run.stderr.decode()
    return out, run.stdout.decode()


def test_report_writes_what_it_says(reported: tuple[Path, str]) -> None:
    out, printed = reported
    assert files(out) == WHOLE
    assert "任务 193 项、机构 65 个" in printed
    for name in WHOLE - {"contents.json"}:
        assert str(out / name) in printed
    assert "没有画" not in printed
    listed = json.loads((out / "contents.json").read_text(encoding="utf-8"))["files"]
    assert listed == {n: hashlib.sha256((out / n).read_bytes()).hexdigest() for n in WHOLE - {"contents.json"}}
    assert [path.name for path in out.parent.iterdir()] == ["report"]


def test_figures_alone_are_those_of_the_report(
    cli: Any, built: Path, reported: tuple[Path, str], tmp_path: Path
) -> None:
    out = tmp_path / "f"
    run = cli("figures", "--graph", built, "--only", "flows", "--only", "load", "--format", "svg", "--out", out)
    assert run.returncode == 0, run.stderr.decode()
    assert files(out) == {"contents.json", "flows.svg", "load.svg"}
    for name in ("flows", "load"):
        assert (out / f"{name}.svg").read_bytes() == (reported[0] / "figures" / f"{name}.svg").read_bytes()
    run = cli("--lang", "en", "figures", "--graph", built, "--only", "flows", "--out", out)
    assert files(out) == {"contents.json", "flows.svg", "flows.png", "load.svg"}  # load stays
    assert "Bodies entering" in run.stdout.decode() and "进入" not in run.stdout.decode()


def test_a_body_and_a_year(cli: Any, built: Path, tmp_path: Path) -> None:
    run = cli("--lang", "zh", "report", "--graph", built, "--body", "省农委", "--year", "2016", "--out", tmp_path / "r")
    assert run.returncode == 0, run.stderr.decode()
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "r" / "report.xlsx").read_bytes()))
    years = {cell.value for (cell,) in book["任务"].iter_rows(min_row=2, min_col=2, max_col=2)}
    assert years == {2016}
    assert "blocks.svg" not in " ".join(files(tmp_path / "r"))
    assert "没有画“机构的进入、延续与退出：省农委”：任务没有写明两个以上的年度" in run.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "--graph", "nowhere"], "no graph at nowhere"),
        (["report", "--body", "省莫须有厅"], "no body of the graph is called '省莫须有厅'"),
        (["report", "--body", ""], "no body of the graph is called"),
        (["report", "--plan", "none"], "no task of the graph fits --plan none"),
        (["report", "--year", "1999"], "--year 1999"),
        (["report", "--year", "x"], "--year"),
        (["report", "--level", "town"], "--level"),
        (["report", "--out", "no/such"], "does not exist"),
        (["figures", "--only", "pie"], "pie"),
        (["figures", "--only", "flows", "--year", "2016"], "no figure can be drawn: the tasks state fewer than two"),
        (["figures", "--only", "blocks", "--body", "省农委"], "blocks are drawn of all bodies"),
        (["figures", "--format", "pdf"], "pdf"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_errors_are_a_sentence_and_write_nothing(
    cli: Any, built: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    graph = [] if "--graph" in arguments else ["--graph", built]
    run = cli(*arguments, *graph, cwd=tmp_path)
    assert run.returncode == 2
    assert said in run.stderr.decode()
    assert "Traceback" not in run.stderr.decode()
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_somebody_wrote_in_is_not_overwritten(cli: Any, built: Path, tmp_path: Path) -> None:
    out = tmp_path / "f"
    assert cli("figures", "--graph", built, "--only", "flows", "--format", "svg", "--out", out).returncode == 0
    (out / "flows.svg").write_bytes(b"mine")
    run = cli("figures", "--graph", built, "--only", "flows", "--format", "svg", "--out", out)
    assert run.returncode == 2
    assert "holds flows.svg" in run.stderr.decode()
    assert (out / "flows.svg").read_bytes() == b"mine"


@pytest.mark.parametrize("command", ["report", "figures"])
def test_help_has_an_example(cli: Any, command: str) -> None:
    text = cli(command, "--help").stdout.decode()
    assert f"plan-graph {command}" in text.split("Example 示例")[1]
