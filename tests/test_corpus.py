"""Real documents of other conventions: read without loss, never misread, whatever is not read is said."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from plan_graph.authority.register import Register
from plan_graph.build import build
from plan_graph.corpus import Options, build_corpus
from plan_graph.iri import Base
from plan_graph.reading.file import ENDINGS


def test_a_folder_of_unlike_documents_becomes_one_valid_graph(shared: Path, tmp_path: Path) -> None:
    files = [p for p in (shared / "corpus").rglob("*.*") if p.suffix in ENDINGS and p.name != "INDEX.tsv"]
    assert len(files) >= 25
    made = build_corpus([shared / "corpus"], tmp_path / "b", Options(jobs=2, draws=20))
    assert [one.file for one in made.failed] == ["INDEX.tsv"]  # a table, but of no tasks
    assert sorted(d["file"] for d in made.documents) == sorted(file.name for file in files)
    assert made.report is not None and made.report.conforms
    parts: dict[str, list[tuple[int, int]]] = {}
    for part in pq.read_table(made.out / "tables" / "parts.parquet").to_pylist():
        parts.setdefault(part["document"], []).append((part["begin"], part["end"]))
    for document in made.documents:
        text = (made.out / "text" / f"{document['id']}.txt").read_bytes().decode()
        assert "".join(text[begin:end] for begin, end in parts[document["id"]]) == text
        for doubt in document["doubts"]:
            assert text[doubt["begin"] : doubt["end"]] == doubt["words"]


def test_names_of_other_provinces_are_not_resolved_to_liaoning(shared: Path, register: Register) -> None:
    (file,) = (shared / "corpus").glob("15-hubei-*.txt")
    built = build(file, "hubei", register, Base())
    assert built.plan.tasks
    places = {r.body.id[:2] for r in built.resolutions.values() if r.body}
    assert places == {"42"}


def test_a_document_without_clauses_gives_none(shared: Path, register: Register) -> None:
    (file,) = (shared / "corpus").glob("39-*negative*.txt")
    built = build(file, "negative", register, Base())
    assert built.counts["mentions"] == 0


def test_without_an_issuer_a_relative_name_stays_open(tmp_path: Path, register: Register) -> None:
    (tmp_path / "x.txt").write_text("（一）做好试点。（牵头单位：省教育厅）", encoding="utf-8")
    built = build(tmp_path / "x.txt", "x", register, Base())
    assert built.resolutions["省教育厅"].reason == "issuer-unknown"
