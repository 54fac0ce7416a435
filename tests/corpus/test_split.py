"""What the whole is put together from: merged lines, shared resources, words, tables; and memory."""

from __future__ import annotations

import random
import tracemalloc
from decimal import Decimal
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from plan_graph.authority.register import Register
from plan_graph.authority.words import cut, tokenizer
from plan_graph.build import Built, build
from plan_graph.corpus import Options, build_corpus
from plan_graph.corpus.merge import Size, merge, write_lines
from plan_graph.corpus.shared import Shared, outside
from plan_graph.corpus.workers import checked
from plan_graph.errors import ConformanceError
from plan_graph.extraction.keywords import keywords, pooled
from plan_graph.graph.statements.derived import vocabulary
from plan_graph.graph.statements.registers import describe_registers, named
from plan_graph.graph.tables import COLUMNS, TableWriter
from plan_graph.graph.validate import to_rdflib, validate
from plan_graph.iri import DCTERMS, ELI, Base

CITED = "《关于全面振兴东北地区等老工业基地的若干意见》"


@pytest.mark.parametrize("parts", [0, 1, 2, 63, 64, 65, 300])
def test_merging_is_sorting(tmp_path: Path, parts: int) -> None:
    draw = random.Random(parts)
    groups = [
        [f'<s{draw.randrange(40)}> <p> "{"x <" * draw.randrange(3)}" <g{draw.randrange(9)}> .\n' for _ in range(30)]
        for _ in range(parts)
    ]
    sources = [
        write_lines("".join(sorted(set(lines))).encode(), tmp_path / f"part-{n}") for n, lines in enumerate(groups)
    ]
    size = merge(sources, tmp_path / "out", tmp_path)
    every = {line for lines in groups for line in lines}
    assert (tmp_path / "out").read_text() == "".join(sorted(every))
    assert size == Size(len(every), len({line.rsplit(" ", 2)[0] for line in every}))


def test_tables_in_pieces_hold_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"document": "a", "task": f"1-{n}", "rank": n, "word": "词"} for n in range(10)]
    with TableWriter(tmp_path / "whole") as tables:
        tables.add({"keywords": rows})
    monkeypatch.setattr("plan_graph.graph.tables._ROWS_AT_ONCE", 3)
    with TableWriter(tmp_path / "pieces") as tables:
        for row in rows:
            tables.add({"keywords": [row]})
    whole, pieces = (pq.read_table(tmp_path / place / "keywords.parquet") for place in ("whole", "pieces"))
    assert whole == pieces
    assert whole.to_pylist() == rows
    assert sorted(p.stem for p in (tmp_path / "pieces").iterdir()) == sorted(COLUMNS)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("180", "180"),
        ("-3.5", "-3.5"),
        ("3.14159265", "3.141593"),
        ("0.0000001", "0"),
        ("999999999999999998.5", "999999999999999998.5"),
        ("999999999999999999.9999999", None),
        ("1000000000000000000", None),  # too large for the column
    ],
)
def test_numbers_are_rounded_to_what_a_table_holds(tmp_path: Path, written: str, kept: str | None) -> None:
    with TableWriter(tmp_path / "tables") as tables:
        tables.add({"targets": [{"document": "a", "task": "1-1", "value": Decimal(written), "baseline": None}]})
    (row,) = pq.read_table(tmp_path / "tables" / "targets.parquet").to_pylist()
    assert row["value"] == (None if kept is None else Decimal(kept))


# --- validation by document is validation of the whole ----------------------------------------------------------


def citing(folder: Path, register: Register, name: str, number: str, more: str = "") -> Built:
    """Build a document that cites another by title and number."""
    task = f"1．落实{CITED}（{number}）{more}。（牵头单位：省农委；配合单位：省财政厅）"
    text = f"辽宁省人民政府\n2017年5月1日\n\n{name}计划\n\n{task}\n"
    file = folder / f"{name}.txt"
    file.write_text(text, encoding="utf-8")
    return build(file, name, register, Base())


def renumber(built: Built) -> str:
    """Let a document state another number for what it cites; give the IRI of that."""
    quad = next(q for q in built.quads if q.predicate == ELI.id_local)
    other = Literal("中发〔2016〕8号")
    assert isinstance(quad.subject, NamedNode)
    built.quads[built.quads.index(quad)] = Quad(quad.subject, quad.predicate, other, quad.graph_name)
    return quad.subject.value


def test_what_documents_break_together_is_found(tmp_path: Path, register: Register) -> None:
    base = Base()
    built = [citing(tmp_path, register, "one", "中发〔2016〕7号"), citing(tmp_path, register, "two", "中发〔2016〕7号")]
    cited = renumber(built[1])
    for one in built:
        assert checked(one, [], register, base).conforms
    records = named(((one.plan, one.resolutions.values()) for one in built), register)
    around = [*describe_registers(records, register, base).quads, *vocabulary(base).quads]
    shared = Shared()
    for one in built:
        shared.add(outside(one.quads, one.plan.document.id, base))
    found = shared.check(around)
    whole = validate(to_rdflib([*built[0].quads, *built[1].quads, *around]))
    assert found is not None
    assert found.findings == whole.findings
    assert [f.focus for f in whole.findings] == [cited]


def test_documents_that_say_the_same_need_no_second_look(tmp_path: Path, register: Register) -> None:
    shared = Shared()
    for name in ("one", "two"):
        built = citing(tmp_path, register, name, "中发〔2016〕7号")
        shared.add(outside(built.quads, name, Base()))
    assert shared.conflicts() == {}
    assert shared.check([]) is None


def test_findings_by_document_are_those_of_the_whole(tmp_path: Path, register: Register) -> None:
    base = Base()
    built = [citing(tmp_path, register, name, "中发〔2016〕7号", "，在大连试点") for name in ("one", "two")]
    lost = [DCTERMS.identifier, DCTERMS.title]
    for one, predicate in zip(built, lost, strict=True):
        own = f"/{one.plan.document.id}"
        one.quads[:] = [q for q in one.quads if q.predicate != predicate or own not in str(q.subject)]
    found = {f for one in built for f in checked(one, [], register, base).findings}
    records = named(((one.plan, one.resolutions.values()) for one in built), register)
    around = [*describe_registers(records, register, base).quads, *vocabulary(base).quads]
    whole = validate(to_rdflib([*built[0].quads, *built[1].quads, *around]))
    assert found == set(whole.findings)
    assert len(found) > 4


def test_a_corpus_that_contradicts_itself_is_not_written(
    tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One document states another number for what both cite; each by itself conforms."""
    for name in ("one", "two"):
        citing(tmp_path, register, name, "中发〔2016〕7号")

    def other_number(path: Path, document_id: str, register: Register, base: Base) -> Built:
        built = build(path, document_id, register, base)
        if document_id == "two":
            renumber(built)
        return built

    monkeypatch.setattr("plan_graph.corpus.workers.build", other_number)
    with pytest.raises(ConformanceError, match="1 found") as caught:
        build_corpus([tmp_path / "one.txt", tmp_path / "two.txt"], tmp_path / "b", Options(draws=0))
    assert "文号" in caught.value.report
    assert not (tmp_path / "b").exists()


# --- words ----------------------------------------------------------------------------------------------------------


def test_words_counted_by_document_rank_as_words_at_hand(plans: Path, tmp_path: Path, register: Register) -> None:
    base = Base()
    made = build_corpus([plans], tmp_path / "b", Options(draws=0, validate=False))
    rows = pq.read_table(made.out / "tables" / "tasks.parquet").to_pylist()
    words = tokenizer(register)
    texts = [cut(words, row["text"], register.stop_words) for row in rows]
    wanted = {
        (row["document"], row["task"], rank, word)
        for row, found in zip(rows, keywords(texts, 6), strict=True)
        for rank, word in enumerate(found, start=1)
    }
    kept = pq.read_table(made.out / "tables" / "keywords.parquet").to_pylist()
    assert {(r["document"], r["task"], r["rank"], r["word"]) for r in kept} == wanted
    themes = pooled((base.iri("theme", key="institutions").value, text) for text in texts)
    assert len(themes) == 1


# --- memory ---------------------------------------------------------------------------------------------------------


def test_memory_grows_slowly_with_documents(tmp_path: Path, plan_file: Path) -> None:
    """Four times the documents, changed copies, take far less than twice the memory at its highest."""
    lines = plan_file.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(lines[: len(lines) // 3])
    # jieba's dictionary, the same for any number of documents, would hide what grows
    options = Options(draws=0, validate=False, keywords=False, lineage=False)
    peaks: list[int] = []
    for count in (6, 24):
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            (folder / f"plan-{number}.txt").write_text(f"{text}\n{number}．做好第{number}项。\n", encoding="utf-8")
        build_corpus([folder / "plan-0.txt"], tmp_path / "first", options)  # dictionaries and registers are loaded
        tracemalloc.start()
        build_corpus([folder], tmp_path / f"b{count}", options)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    print(f"peak of 6 and 24 documents: {peaks[0] / 2**20:.1f} and {peaks[1] / 2**20:.1f} MiB")  # noqa: T201
    assert peaks[1] < 2 * peaks[0]


def test_parts_can_be_gone_through_twice(tmp_path: Path) -> None:
    part = write_lines(b"<a> <b> <c> <g> .\n", tmp_path / "part")
    assert list(part()) == list(partial(part)())
