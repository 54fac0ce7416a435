"""Many documents → one build folder: the documents in parallel, then what is computed from the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad

from plan_graph.authority.register import Register
from plan_graph.build import Built, build
from plan_graph.errors import ConformanceError, InputError
from plan_graph.graph.statements.derived import describe_keywords, describe_shortcuts, describe_ties, vocabulary
from plan_graph.graph.statements.registers import describe_registers, named
from plan_graph.graph.statements.writer import nquads
from plan_graph.graph.tables import COLUMNS, Row, write_tables
from plan_graph.iri import Base
from plan_graph.output import check_place, recover, replaced
from plan_graph.reading.sources import Source, sources
from plan_graph.report import entry, write_reports

if TYPE_CHECKING:
    from plan_graph.analysis.significance import TieTable
    from plan_graph.graph.validate import Report

KEYWORDS_PER_TASK = 6
KEYWORDS_PER_THEME = 12
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """How to build: base IRI, processes, what to leave out, draws of the null model (0: no ties), seed, registers."""

    base: Base = field(default_factory=Base)
    jobs: int = 1
    validate: bool = True
    keywords: bool = True
    draws: int = 1000
    seed: int = 0
    authority: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """What a build made: the ledger of each document as in report.json, the validation, the size of the graph."""

    out: Path
    documents: list[dict[str, Any]]
    report: Report | None
    quads: int
    ties: TieTable | None


def build_corpus(paths: Iterable[Path], out: Path, options: Options, progress: Progress = lambda _: None) -> Outcome:
    """Build the documents of files and folders into the folder ``out``, whole or not at all.

    ``progress`` is told what is being done. The same input gives the same bytes.

    :raises InputError: for input or an ``out`` that cannot be used; nothing is written.
    :raises ConformanceError: if the graph breaks a shape; nothing is written.
    :raises OutputError: if writing fails; an earlier build stays as it was.
    """
    todo = sources(paths)
    check_place(out)
    recover(out)
    register = Register.load(options.authority)
    built = list(_documents(todo, register, options, progress))
    base = options.base
    stated = [quad for one in built for quad in one.quads]
    progress("registers")
    authority = describe_registers(*named(((b.plan, b.resolutions.values()) for b in built), register), register, base)
    graphs = [authority, vocabulary(base), describe_shortcuts(stated, base)]
    tables: dict[str, list[Row]] = {name: [row for b in built for row in b.tables[name]] for name in COLUMNS}
    if options.keywords:
        progress("keywords")
        graphs.append(_keywords(built, register, base, tables))
    table = None
    if options.draws:
        progress("ties")
        from plan_graph.analysis.significance import ties

        table = ties([m for b in built for m in b.memberships], draws=options.draws, seed=options.seed)
        graphs.append(
            describe_ties(table.ties, table.directed, base, draws=table.draws, seed=table.seed, method=table.method)
        )
        _tie_rows(table, register, tables)
    quads = stated + [quad for graph in graphs for quad in graph.quads]
    report = _validated(quads, progress) if options.validate else None
    documents = [entry(b) for b in built]
    progress("writing")
    with replaced(out) as folder:
        lines = nquads(quads)
        (folder / "graph.nq").write_bytes(lines)
        (folder / "text").mkdir()
        for one in built:
            (folder / "text" / f"{one.plan.document.id}.txt").write_bytes(one.plan.document.text.encode())
        write_tables(tables, folder / "tables")
        write_reports(folder, documents, report, table, base)
    return Outcome(out, documents, report, lines.count(b"\n"), table)


def _documents(todo: list[Source], register: Register, options: Options, progress: Progress) -> Iterator[Built]:
    if options.jobs <= 1 or len(todo) <= 1:
        for number, one in enumerate(todo, start=1):
            progress(f"reading {number}/{len(todo)} {one.path.name}")
            yield build(one.path, one.id, register, options.base)
        return
    with ProcessPoolExecutor(min(options.jobs, len(todo))) as pool:
        made = pool.map(_one, ((one, options) for one in todo), chunksize=max(1, len(todo) // (options.jobs * 8)))
        for number, (one, result) in enumerate(zip(todo, made, strict=True), start=1):
            progress(f"reading {number}/{len(todo)} {one.path.name}")
            yield result


def _one(job: tuple[Source, Options]) -> Built:
    source, options = job
    return build(source.path, source.id, Register.load(options.authority), options.base)


def _keywords(built: list[Built], register: Register, base: Base, tables: dict[str, list[Row]]) -> Any:
    from plan_graph.extraction.keywords import cut, keywords, pooled, tokenizer

    words = tokenizer(register)
    tasks: dict[NamedNode, tuple[str, ...]] = {}
    rows = tables["tasks"]
    texts = [cut(words, row["text"], register.stop_words) for row in rows]
    for row, found in zip(rows, keywords(texts, KEYWORDS_PER_TASK), strict=True):
        tasks[base.iri("task", document=row["document"], task=row["task"])] = found
        tables["keywords"] += (
            {"document": row["document"], "task": row["task"], "rank": rank, "word": word}
            for rank, word in enumerate(found, start=1)
        )
    theme_of = _theme_iris(built)
    themes = pooled(
        (theme_of[row["document"], row["section"]], text)
        for row, text in zip(rows, texts, strict=True)
        if (row["document"], row["section"]) in theme_of
    )
    best = keywords(list(themes.values()), KEYWORDS_PER_THEME)
    return describe_keywords(tasks, {NamedNode(iri): w for iri, w in zip(themes, best, strict=True)}, base)


def _theme_iris(built: list[Built]) -> dict[tuple[str, str], str]:
    """Give the theme of each section: (document, section) → IRI, read back from the quads."""
    from plan_graph.iri import DCTERMS

    found: dict[tuple[str, str], str] = {}
    for one in built:
        for quad in one.quads:
            if (
                quad.predicate == DCTERMS.subject
                and isinstance(quad.subject, NamedNode)
                and isinstance(quad.object, NamedNode)
            ):
                path = quad.subject.value.split(f"/section/{one.plan.document.id}/", 1)[1]
                found[one.plan.document.id, path] = quad.object.value
    return found


def _tie_rows(table: TieTable, register: Register, tables: dict[str, list[Row]]) -> None:
    def name(body: str) -> str:
        return register.bodies[body].name

    for tie in table.ties:
        tables["ties"].append(
            {
                "left": tie.left,
                "left_name": name(tie.left),
                "right": tie.right,
                "right_name": name(tie.right),
                "year": tie.year,
                "shared_tasks": tie.shared,
                "co_lead_tasks": tie.co_lead,
                "lead_support_tasks": tie.lead_support,
                "newman_weight": tie.newman,
                "expected_tasks": tie.expected,
                "p": tie.p,
                "q": tie.q,
            }
        )
    for one in table.directed:
        tables["directed_ties"].append(
            {
                "lead": one.lead,
                "lead_name": name(one.lead),
                "support": one.support,
                "support_name": name(one.support),
                "year": one.year,
                "shared_tasks": one.shared,
            }
        )


def _validated(quads: list[Quad], progress: Progress) -> Report:
    progress("validating")
    from plan_graph.graph.validate import as_text, to_rdflib, validate

    report = validate(to_rdflib(quads))
    if not report.conforms:
        raise ConformanceError(
            f"the graph does not conform to its shapes ({len(report.findings)} found), so nothing was written",
            f"图谱有 {len(report.findings)} 处不符合形状约束，未写出任何文件；详见上列各条",
            as_text(report),
        )
    return report


def check_jobs(jobs: int) -> int:
    """Return the number of processes meant: 0 is one for each processor.

    :raises InputError: for a negative number.
    """
    import os

    if jobs < 0:
        raise InputError(
            f"--jobs {jobs} is negative; give 0 (one for each processor) or more",
            f"--jobs {jobs} 为负数，请给出 0（每个处理器一个进程）或更大的数",
        )
    return jobs or os.cpu_count() or 1
