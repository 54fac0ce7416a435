"""Real documents of other conventions: read without loss, never misread, whatever is not read is said."""

from __future__ import annotations

from pathlib import Path

from plan_graph.authority.register import Register
from plan_graph.build import build
from plan_graph.errors import UnreadableError
from plan_graph.extraction.tasks import render
from plan_graph.graph.statements.derived import vocabulary
from plan_graph.graph.statements.registers import describe_registers, named
from plan_graph.graph.validate import as_text, to_rdflib, validate
from plan_graph.iri import Base

READ = 10  # documents of several lines; those on one line are refused with a sentence


def test_real_documents_become_valid_graphs_or_are_refused(shared: Path, register: Register) -> None:
    files = sorted((shared / "corpus").glob("*.txt"))
    assert len(files) >= 18
    base = Base()
    read = 0
    for file in files:
        try:
            built = build(file, "sample", register, base)
        except UnreadableError as refused:
            assert "no numbered task" in str(refused)
            continue
        read += 1
        plan = built.plan
        assert render(plan.parts, plan.document.text) == plan.document.text
        found = named([(plan, built.resolutions.values())], register)
        quads = [*built.quads, *describe_registers(*found, register, base).quads, *vocabulary(base).quads]
        report = validate(to_rdflib(quads))
        assert report.conforms, f"{file.name}: {as_text(report)}"
    assert read >= READ


def test_names_of_other_provinces_are_not_resolved_to_liaoning(shared: Path, register: Register) -> None:
    (file,) = (shared / "corpus").glob("15-hubei-*.txt")
    built = build(file, "hubei", register, Base())
    assert built.plan.tasks
    assert not [r for r in built.resolutions.values() if r.body is not None]


def test_a_document_without_clauses_gives_none(shared: Path, register: Register) -> None:
    (file,) = (shared / "corpus").glob("39-*negative*.txt")
    built = build(file, "negative", register, Base())
    assert built.counts["mentions"] == 0


def test_without_an_issuer_a_relative_name_stays_open(tmp_path: Path, register: Register) -> None:
    (tmp_path / "x.txt").write_text("（一）做好试点。（牵头单位：省教育厅）", encoding="utf-8")
    built = build(tmp_path / "x.txt", "x", register, Base())
    assert built.resolutions["省教育厅"].reason == "issuer-unknown"
