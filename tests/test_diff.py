"""``plan-graph diff`` on the real plan and a revision of it: what it finds, its RDF, its exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF

from plan_graph.cli import main
from plan_graph.corpus import Options, build_corpus

AS = Namespace("https://www.w3.org/ns/activitystreams#")
TASK = "https://w3id.org/plan-graph/id/task/ln-2016-revitalisation/"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", "diff", *map(str, arguments)], prog_name="plan-graph")


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory, plan_file: Path) -> Path:
    """The plan revised: task 4 is led by another, 6 reworded, 10 of 2016 left out, and what follows it renumbered."""
    folder = tmp_path_factory.mktemp("revised")
    lines = plan_file.read_text(encoding="utf-8").split("\n")
    at = {
        number: next(n for n, line in enumerate(lines) if line.strip().startswith(f"{number}．"))
        for number in (4, 6, 10)
    }
    lines[at[4]] = lines[at[4]].replace("牵头单位：省编委办", "牵头单位：省财政厅")
    lines[at[6]] = lines[at[6]].replace("制定国有股权", "研究制定国有股权")
    del lines[at[10]]
    number = 10
    for n in range(at[10], len(lines)):
        if found := re.match(r"(\s*)(\d+)．", lines[n]):
            if int(found[2]) != number + 1:
                break
            lines[n] = f"{found[1]}{number}．{lines[n][found.end() :]}"
            number += 1
    file = folder / plan_file.name
    file.write_text("\n".join(lines), encoding="utf-8")
    return build_corpus([file], folder / "build", Options(draws=0, validate=False, keywords=False, lineage=False)).out


def test_a_revision_of_the_plan(built: Path, revised: Path) -> None:
    said = json.loads(run(built, revised, "--format", "json").stdout)
    figures = said["figures"]
    assert {key: figures[key] for key in ("added", "removed", "changed")} == {"added": 0, "removed": 1, "changed": 2}
    assert figures["moved"] + figures["same"] == 190 and figures["moved"] > 90
    assert [(one["old"], one["field"], one["was"], one["now"]) for one in said["sections"]["changes"]] == [
        ("2016-004", "责任方", "省编委办（牵头）", None),
        ("2016-004", "责任方", None, "省财政厅（牵头）"),
        *[
            ("2016-006", "任务正文", one["was"], one["now"])
            for one in said["sections"]["changes"]
            if one["field"] == "任务正文" and one["now"].startswith("【研究】制定国有股权")
        ],
    ]
    assert [one["old"] for one in said["sections"]["tasks"] if one["kind"] == "删去"] == ["2016-010"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
def test_the_changes_as_rdf(built: Path, revised: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"changes.{suffix}" for suffix in ("ttl", "nt", "jsonld")]
    for file in files:
        assert run(built, revised, "-o", file).exit_code == 0
    graphs = [Graph().parse(file) for file in files]
    assert set(graphs[0]) == set(graphs[1]) == set(graphs[2])
    graph = graphs[0]
    (whole,) = graph.subjects(RDF.type, AS.Collection)
    assert int(str(graph.value(whole, AS.totalItems))) == len(set(graph.objects(whole, AS["items"])))
    assert graph.value(URIRef(TASK + "2016-012"), DCTERMS.isReplacedBy) == URIRef(TASK + "2016-011")
    (gone,) = graph.subjects(RDF.type, AS.Delete)
    assert graph.value(gone, AS.object) == URIRef(TASK + "2016-010")
    assert run(built, revised, "--format", "nt").stdout_bytes == files[1].read_bytes()


@pytest.mark.parametrize(
    ("more", "code"), [((), 0), (("--exit-code",), 0), (("--as", "x=y"), 2), (("--as", "x"), 2), (("--list", "x"), 2)]
)
def test_a_build_beside_itself(built: Path, more: tuple[str, ...], code: int) -> None:
    done = run(built, built, *more)
    assert done.exit_code == code
    if code == 2:
        assert done.stderr.strip()


def test_exit_code_tells_that_something_changed(built: Path, revised: Path) -> None:
    assert run(built, revised, "--exit-code", "--rows", "1").exit_code == 1


def test_what_is_no_graph_of_a_plan_is_refused(built: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.nq").write_text("", encoding="utf-8")
    for one in (tmp_path / "empty.nq", tmp_path / "nowhere"):
        assert run(built, one).exit_code == 2
