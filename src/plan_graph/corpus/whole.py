"""The whole: pieces → graph, tables, texts and report of one build folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad

from plan_graph.analysis.facts import TaskFacts, facts_of_rows
from plan_graph.authority.register import Register
from plan_graph.authority.words import Words
from plan_graph.corpus.documents import Documents
from plan_graph.corpus.fingerprint import fingerprint, registers
from plan_graph.corpus.keywords import Keywords
from plan_graph.corpus.merge import Lines, merge, write_lines
from plan_graph.corpus.options import Options, Outcome
from plan_graph.corpus.piece import lines, read_piece
from plan_graph.corpus.shared import Shared
from plan_graph.corpus.workers import Job, Made, make, make_all
from plan_graph.errors import ConformanceError, InputError
from plan_graph.graph.statements.derived import (
    describe_keywords,
    describe_lineage,
    describe_same,
    describe_ties,
    vocabulary,
)
from plan_graph.graph.statements.registers import Records, describe_registers
from plan_graph.graph.statements.writer import nquads
from plan_graph.graph.tables import Row, TableWriter
from plan_graph.model.network import Membership
from plan_graph.output import CACHE, check_place, recover, replaced
from plan_graph.reading.sources import Source, sources
from plan_graph.report import write_reports
from plan_graph.steps import Progress, Step

if TYPE_CHECKING:
    from plan_graph.analysis.significance import TieTable
    from plan_graph.graph.validate import Report

_QUADS_AT_ONCE = 20_000  # keywords validated and written in one go


def build_corpus(paths: Iterable[Path], out: Path, options: Options, progress: Progress = lambda _: None) -> Outcome:
    """Build the documents of files and folders into the folder ``out``, whole or not at all.

    The same documents give the same bytes, whatever their order, the number of processes, and what was taken over
    from an earlier build. Of several documents those that cannot be built are left out and named in
    ``Outcome.failed``. ``progress`` is told what is being done.

    :raises InputError: for input or an ``out`` that cannot be used, also if no document could be built.
    :raises ConformanceError: if the graph breaks a shape.
    :raises OutputError: if writing fails; after any error an earlier build stays as it was.
    """
    todo = sorted(sources(paths), key=lambda one: one.id)
    check_place(out)
    recover(out)
    register = Register.load(options.authority)
    with replaced(out) as folder:
        made = _pieces(todo, out, folder, options, progress)
        return _Whole(folder, register, options, progress).write(made, out)


def _pieces(todo: list[Source], out: Path, folder: Path, options: Options, progress: Progress) -> list[Made]:
    """Make the pieces of all documents in ``folder``/cache, in the order of ``todo``."""
    (folder / CACHE).mkdir()
    mark = fingerprint(options.authority)
    old = out / CACHE if options.cache else None
    jobs = [
        Job(one, folder / CACHE / f"{one.id}.gz", old / f"{one.id}.gz" if old else None, options, mark) for one in todo
    ]
    total = len(jobs)
    if total == 1:
        progress(Step("reading", 0, 1, todo[0].path.name))
        return [make(jobs[0], lambda doing: progress(Step(doing)))]
    progress(Step("reading", 0, total))
    made: dict[str, Made] = {}
    for one in make_all(jobs, options.jobs):
        made[one.job.source.id] = one
        progress(Step("reading", len(made), total, one.job.source.path.name))
    if all(one.failure for one in made.values()):
        said = [one.failure for _, one in sorted(made.items()) if one.failure]
        raise InputError(
            f"none of the {total} documents could be built: " + "; ".join(one.en for one in said),
            f"{total} 份文件都未能生成：" + "；".join(one.zh for one in said),
        )
    return [made[one.id] for one in todo]


class _Whole:
    """One build folder in the making; what is held here grows with registers, parties and tasks, not with the quads."""

    def __init__(self, folder: Path, register: Register, options: Options, progress: Progress) -> None:
        self.folder = folder
        self.spare = folder / ".spare"
        self.register = register
        self.options = options
        self.base = options.base
        self.progress = progress
        self.records = Records()
        self.parts: list[Lines] = []
        self.reports: list[Report] = []

    def write(self, made: list[Made], out: Path) -> Outcome:
        """Write all files; ``out`` is where they will be in the end."""
        pieces = [one.job.new for one in made if not one.failure]
        failed = tuple(one.failure for one in made if one.failure)
        self.spare.mkdir()
        with TableWriter(self.folder / "tables") as tables:
            self.progress(Step("keywords" if self.options.keywords else "registers"))
            words = Words(self.register) if self.options.keywords or self.options.lineage else None
            counted = None
            if words is not None and self.options.keywords:
                counted = Keywords(words, self.register, self.base, self.spare / "words")
            shared = Shared()
            facts: list[TaskFacts] = []
            documents, parties, around = self._collect(pieces, tables, counted, shared, facts)
            if counted is not None:
                self._keywords(counted, tables)
            if words is not None and self.options.lineage:
                self._lineage(facts, words, tables)
            table = self._ties(parties, tables, around)
        if self.options.validate and (report := shared.check(around)) is not None:
            self.reports.append(report)
        report = self._validated()
        self.progress(Step("writing"))
        size = merge(self.parts, self.folder / "graph.nq", self.spare)
        if report is not None:
            report = replace(report, triples=size.triples)
        shutil.rmtree(self.spare)
        used = registers(self.options.authority)
        write_reports(self.folder, documents, failed, report, table, self.base, used)
        return Outcome(out, documents, report, size.quads, table, failed, sum(one.taken for one in made))

    def _collect(
        self, pieces: list[Path], tables: TableWriter, words: Keywords | None, shared: Shared, facts: list[TaskFacts]
    ) -> tuple[list[dict[str, Any]], list[Membership], list[Quad]]:
        """Go through the pieces once; give the report's entries, the rows for ties, registers and concept schemes.

        ``facts`` takes what the tasks state, if lineage is asked for.
        """
        (self.folder / "text").mkdir()
        documents: list[dict[str, Any]] = []
        parties: list[Membership] = []
        records = self.records
        named = Documents()
        for path in pieces:
            piece = read_piece(path)
            documents.append(piece.entry)
            parties += piece.parties
            records.add(piece.records)
            named.add(piece.documents)
            shared.add(piece.outside)
            tables.add(piece.tables)
            (self.folder / "text" / f"{piece.id}.txt").write_bytes(piece.text.encode())
            self.parts.append(partial(lines, path))
            if words is not None:
                words.add(piece)
            if self.options.lineage:
                facts += facts_of_rows(piece.tables, self.base)
        self.progress(Step("registers"))
        around = [
            *describe_registers(records, self.register, self.base).quads,
            *vocabulary(self.base).quads,
        ]
        self._state(around)
        if same := named.same():
            stated = describe_same(same, self.base).quads
            self._check(stated)
            self._state(stated)
        return documents, parties, around

    def _keywords(self, words: Keywords, tables: TableWriter) -> None:
        self.progress(Step("keywords"))
        waiting: list[Quad] = []
        for document, tasks, themes in words.ranked():
            subjects = {self.base.iri("task", document=document, task=task): found for task, found in tasks.items()}
            graph = describe_keywords(subjects, {NamedNode(iri): found for iri, found in themes.items()}, self.base)
            waiting += graph.quads
            rows = [
                {"document": document, "task": task, "rank": rank, "word": word}
                for task, found in tasks.items()
                for rank, word in enumerate(found, start=1)
            ]
            tables.add({"keywords": rows})
            if len(waiting) > _QUADS_AT_ONCE:
                self._check(waiting)
                self._state(waiting)
                waiting = []
        self._check(waiting)
        self._state(waiting)

    def _lineage(self, facts: list[TaskFacts], words: Words, tables: TableWriter) -> None:
        """Infer which task takes up which, and state it."""
        self.progress(Step("lineage"))
        from plan_graph.analysis.lineage import METHOD, links, stated

        found = [stated(link) for link in links(facts, words)]
        quads = describe_lineage(found, self.base, method=METHOD).quads
        self._check(quads)
        self._state(quads)
        tables.add({"lineage": [asdict(one) | {"wording": "|".join(one.wording)} for one in found]})

    def _ties(self, parties: list[Membership], tables: TableWriter, around: list[Quad]) -> TieTable | None:
        """Compute the ties and state them; validate them together with the registers they point to."""
        if not self.options.draws:
            self._check(around)
            return None
        self.progress(Step("ties"))
        from plan_graph.analysis.significance import ties

        table = ties(parties, draws=self.options.draws, seed=self.options.seed)
        stated = describe_ties(
            table.ties, table.directed, self.base, draws=table.draws, seed=table.seed, method=table.method
        ).quads
        self._check([*around, *stated])
        self._state(stated)
        tables.add(tie_rows(table, lambda body: self.records.body(body, self.register).name))
        return table

    def _state(self, quads: list[Quad]) -> None:
        """Keep quads for the graph, in a file."""
        self.parts.append(write_lines(nquads(quads), self.spare / f"part-{len(self.parts)}"))

    def _check(self, quads: list[Quad]) -> None:
        if self.options.validate:
            self.progress(Step("validating"))
            from plan_graph.graph.validate import to_rdflib, validate

            self.reports.append(validate(to_rdflib(quads)))

    def _validated(self) -> Report | None:
        """Give the report on the whole.

        :raises ConformanceError: if there is any finding.
        """
        if not self.reports:
            return None
        findings = sorted(
            {finding for report in self.reports for finding in report.findings},
            key=lambda one: (one.focus, one.path, one.value, one.en),
        )
        whole = replace(self.reports[0], findings=tuple(findings), conforms=not findings)
        if findings:
            from plan_graph.graph.validate import as_text

            raise ConformanceError(
                f"the graph does not conform to its shapes ({len(findings)} found), so nothing was written",
                f"图谱有 {len(findings)} 处不符合形状约束，未写出任何文件；详见上列各条",
                as_text(whole),
            )
        return whole


def tie_rows(table: TieTable, name: Callable[[str], str]) -> dict[str, list[Row]]:
    """Give the rows of the tables ``ties`` and ``directed_ties``; ``name`` gives the full name of a body."""
    return {
        "ties": [
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
            for tie in table.ties
        ],
        "directed_ties": [
            {
                "lead": one.lead,
                "lead_name": name(one.lead),
                "support": one.support,
                "support_name": name(one.support),
                "year": one.year,
                "shared_tasks": one.shared,
            }
            for one in table.directed
        ],
    }
