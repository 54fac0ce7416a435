from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from plan_graph.graph.tables import COLUMNS
from plan_graph.publish.networks import write_networks
from plan_graph.publish.release import Release
from plan_graph.publish.tables import METADATA, write_tables
from plan_graph.publish.words import COLUMN_WORDS, TABLE_WORDS


def test_every_table_and_column_has_a_name_in_both_languages() -> None:
    assert set(TABLE_WORDS) == set(COLUMNS)
    assert set(COLUMN_WORDS) == {column for table in COLUMNS.values() for column in table}


def test_csv_holds_the_rows_of_parquet(liaoning: Release, tmp_path: Path) -> None:
    made = write_tables(liaoning, tmp_path)
    assert len(made) == 2 * len(COLUMNS) + 1
    for name in COLUMNS:
        table = pq.read_table(tmp_path / f"tables/{name}.parquet")
        with (tmp_path / f"tables/{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == table.num_rows
        for column in table.column_names:
            wanted = ["" if value is None else str(value) for value in table[column].to_pylist()]
            assert [
                row[column].removeprefix("'") if row[column] != value else value
                for row, value in zip(rows, wanted, strict=True)
            ] == wanted


def _checked(folder: Path) -> list[str]:
    """Give what the csvw library holds against the tables: types, keys, titles, well-formed metadata."""
    import csvw

    found = csvw.CSVW(str(folder / METADATA), validate=True)
    try:
        return [] if found.is_valid else [str(one.message) for one in found.warnings] or ["not valid"]
    except ValueError as error:  # of a key
        return [str(error)]


@pytest.mark.filterwarnings("ignore")
def test_the_description_is_csv_on_the_web_and_true(small: Release, liaoning: Release, tmp_path: Path) -> None:
    for release in (small, liaoning):
        write_tables(release, tmp_path)
        assert _checked(tmp_path / "tables") == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("what", ["type", "key", "pointer"])
def test_what_is_wrong_in_a_table_is_found(small: Release, tmp_path: Path, what: str) -> None:
    """The check can fail: a word for a number, a task twice, a participation in no task."""
    write_tables(small, tmp_path)
    place = tmp_path / "tables"
    tasks, parts = place / "tasks.csv", place / "participations.csv"
    lines = tasks.read_text(encoding="utf-8").splitlines(keepends=True)
    if what == "type":
        tasks.write_text("".join([*lines[:-1], lines[-1].replace(",2017,", ",soon,")]), encoding="utf-8")
    elif what == "key":
        tasks.write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    else:
        parts.write_text(parts.read_text(encoding="utf-8").replace(",2017-001,", ",2017-009,"), encoding="utf-8")
    assert _checked(place) != []


def test_the_metadata_names_the_resources_of_rows(small: Release, tmp_path: Path) -> None:
    write_tables(small, tmp_path)
    metadata: dict[str, Any] = json.loads((tmp_path / "tables" / METADATA).read_text(encoding="utf-8"))
    about = {one["url"]: one["tableSchema"].get("aboutUrl") for one in metadata["tables"]}
    assert about["tasks.csv"] == small.base + "task/{document}/{task}"
    with (tmp_path / "tables/tasks.csv").open(encoding="utf-8", newline="") as file:
        iris = {about["tasks.csv"].format(**row) for row in csv.DictReader(file)}
    known = small.graph.read_text(encoding="utf-8")
    assert len(iris) == 6 and all(f"<{iri}> " in known for iri in iris)


def test_networks_of_each_layer(small: Release, tmp_path: Path) -> None:
    import networkx as nx

    made = {str(one) for one in write_networks(small, tmp_path)}
    for layer in ("any", "co-lead", "lead-support"):
        graph = nx.read_graphml(tmp_path / f"networks/{layer}.graphml")
        drawn = nx.read_gexf(tmp_path / f"networks/{layer}.gexf")
        assert set(graph) == set(drawn) and graph.number_of_edges() == drawn.number_of_edges()
        assert {f"networks/{layer}-bodies.csv", f"networks/{layer}.net", f"networks/{layer}.dl"} <= made
    assert graph.is_directed()


def test_a_graph_of_nobody_has_no_network(small_build: Path, tmp_path: Path) -> None:
    from .conftest import released

    shutil.copytree(small_build, tmp_path / "build")
    (tmp_path / "build/graph.nq").write_bytes(b"")
    assert write_networks(released(tmp_path / "build"), tmp_path) == []
