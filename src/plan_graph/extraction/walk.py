"""One pass over an outline: sections, tasks with what is stated in them, and the parts they cover."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from plan_graph.extraction.citations import citations
from plan_graph.extraction.numbering import ANNEX
from plan_graph.extraction.outline import Block, heading_count, heading_title, heading_year
from plan_graph.extraction.parts import (
    AFTER_CLAUSE,
    ANNEX_TEXT,
    BARE_NUMBER,
    SIGNATURE,
    TABLE_REST,
    UNDER_HEADING,
    minus,
    overlay,
)
from plan_graph.extraction.places import PlaceFinder
from plan_graph.extraction.quantities import clause_deadlines, deadlines, targets
from plan_graph.extraction.reports import heading_alone, wrong_count
from plan_graph.extraction.task_rows import Row, row_number
from plan_graph.extraction.task_tables import TaskTable
from plan_graph.model.plan import Clause, Deadline, Section, Task
from plan_graph.model.text import Document, Note, Part, PartKind, Span

_AFTER_TITLE = re.compile(r"[ \u3000]*(?:[（(]\d{1,4}项[）)])?[。\s]*")
_SPACE = " \t\n\u3000"


class Walk:
    """What one pass over an outline gathers: :meth:`settle` the clauses first, then :meth:`walk` the blocks."""

    def __init__(self, document: Document, places: PlaceFinder) -> None:
        self.document = document
        self.text = document.text
        self.places = places
        self.sections: list[Section] = []
        self.paths: set[tuple[int, ...]] = set()
        self.tasks: list[Task] = []
        self.parts: list[Part] = []
        self.headed: list[Part] = []  # laid over the parts: tasks that are headings too,
        self.tabled: list[Part] = []  # then tables, then clauses
        self.claused: list[Part] = []
        self.warnings: list[Note] = []
        self.clauses: list[Clause] = []
        self.begins: list[int] = []
        self.tables: list[Span] = []
        self.year: int | None = None  # of the plan, for a month without one
        self.tail = len(self.text)

    def settle(self, clauses: Iterable[Clause]) -> None:
        """Take the clauses outside tables, with their roles."""
        self.clauses = sorted(clauses, key=lambda c: c.span)
        self.begins = [c.span.begin for c in self.clauses]

    def held(self, span: Span) -> tuple[Clause, ...]:
        """Give the clauses that begin in a stretch."""
        return tuple(self.clauses[bisect_left(self.begins, span.begin) : bisect_left(self.begins, span.end)])

    def walk(self, blocks: tuple[Block, ...], above: Section | None) -> None:
        """Go through blocks: those that hold others are sections, the others tasks."""
        for position, block in enumerate(blocks, start=1):
            if self.bare(block):
                self.unread(block)
                continue
            if block.rank <= ANNEX and not block.children and not self.held(block.span):
                self.parts.append(Part(PartKind.UNREAD, block.span, ANNEX_TEXT))
                continue
            if all(self.bare(child) for child in block.children):
                self.task(block, above)
                for child in block.children:
                    self.unread(child)
                continue
            section = self.section(block, above, position)
            before = len(self.tasks)
            own = self.held(block.span)
            if own:  # a heading with a clause of its own is a task too
                self.task(block, above, heading=True)
                before += 1
            self.walk(block.children, section)
            held = len(self.tasks) - before
            if own and own[0].span.end <= block.children[0].span.begin and held > 1:
                beneath = any(task.clauses for task in self.tasks[before:])
                self.warnings += [] if beneath else [heading_alone(section)]
            if section.stated_tasks is not None and section.stated_tasks != held:
                self.warnings.append(wrong_count(section, held))

    def bare(self, block: Block) -> bool:
        """Tell whether a block is numbers without any wording but that of tables, which are read for themselves."""
        worded = any(part.of(self.text).strip() for part in self.outside(block.body))
        return not worded and all(self.bare(child) for child in block.children)

    def unread(self, block: Block) -> None:
        """Leave a bare block and what is beneath it unread."""
        self.parts.append(Part(PartKind.UNREAD, block.span, BARE_NUMBER))
        for child in block.children:
            self.unread(child)

    def section(self, block: Block, above: Section | None, position: int) -> Section:
        """Add the section of a block that holds others."""
        title = heading_title(self.text, block.body)
        read = self.held(block.span)
        if read and read[0].span.begin < title.end:
            title = Span(title.begin, max(title.begin, read[0].span.begin))
        if title.begin == title.end:  # an annex, or a number, without any words of its own
            title = block.mark
        tail = _AFTER_TITLE.match(self.text, title.end, block.span.end)
        end = tail.end() if tail else title.end
        words = self.text[title.begin : end]
        year = heading_year(words) or (above.year if above else None)
        # A year part is numbered by its year, so that a part added before it shifts nothing.
        parent = above.path if above else ()
        path = (*parent, year) if year and (above is None or above.year is None) else (*parent, position)
        if path in self.paths:  # a second part of the same year
            path = (*parent, position)
        while path in self.paths:
            path = (*parent, path[-1] + 100)
        self.paths.add(path)
        section = Section(
            path=path,
            title=title.of(self.text),
            number=block.mark.of(self.text),
            span=block.span,
            title_span=title,
            year=year,
            stated_tasks=heading_count(words),
        )
        self.sections.append(section)
        self.parts.append(Part(PartKind.HEADING, Span(block.span.begin, end)))
        self.parts.append(Part(PartKind.UNREAD, Span(end, block.span.end), UNDER_HEADING))
        return section

    def task(self, block: Block, above: Section | None, heading: bool = False) -> None:
        """Add the task of a block; ``heading`` if it is a section as well, for it has a clause of its own."""
        text = self.text
        read = self.held(block.span)
        end = block.body.end
        duty = bool(read) and read[0].rule == "G1"
        beneath = duty and text[read[-1].span.end : read[-1].span.end + 1] == "\n"  # a body, and what it does below it
        if beneath and block.span.begin < self.tail:
            end = min(end, self.tail)
        elif read and read[-1].span.end < end:  # a later paragraph without a clause of its own is not this task's
            line = text.find("\n", read[-1].span.end, end)
            if line >= 0:
                end = line
            elif not duty and not block.line and block.span.end >= len(text.rstrip(_SPACE)):
                end = read[-1].span.end  # of a text on one line: what follows its last clause closes the document
        elif not read and block.span.begin < self.tail:
            end = max(block.mark.end, min(end, self.tail))
        spans = [
            part
            for piece in _wording(text, Span(block.body.begin, end), () if duty else read)
            for part in self.outside(piece)
        ]
        self.add(
            number=block.number,
            written=block.mark.of(text),
            above=above,
            span=Span(block.span.begin, end),
            spans=spans,
            read=read,
        )
        if heading:  # its title is a heading already
            begin = self.sections[-1].title_span.end
            self.headed.append(Part(PartKind.TASK, Span(min(begin, end), end)))
        else:
            self.parts.append(Part(PartKind.TASK, Span(block.span.begin, end)))
            reason = SIGNATURE if end >= self.tail else AFTER_CLAUSE
            self.parts.append(Part(PartKind.UNREAD, Span(end, block.span.end), reason))
        self.claused += [Part(PartKind.CLAUSE, clause.span) for clause in read]

    def outside(self, span: Span) -> list[Span]:
        """Give what of a stretch lies outside tables."""
        return [_trim(self.text, s.begin, s.end) for s in minus(span, self.tables)] if self.tables else [span]

    def add(
        self,
        *,
        number: int,
        written: str,
        above: Section | None,
        span: Span,
        spans: Sequence[Span],
        read: Sequence[Clause],
        also: Sequence[Clause] = (),
        times: Sequence[Deadline] = (),
    ) -> None:
        """Add a task with all that is stated in it; ``also`` and ``times`` hold for it and stand elsewhere."""
        text = self.text
        year = above.year if above else None
        own_text = [s for s in spans if s.of(text).strip()]
        found: list[Deadline] = [d for s in own_text for d in deadlines(text, s, year or self.year)]
        read = tuple(self.timed(clause, year) for clause in read)
        elsewhere = [d for time in times for d in clause_deadlines(text, time.span, year or self.year)]
        for stated in (*(clause.deadlines for clause in (*read, *also)), elsewhere):
            found += [d for d in stated if d not in found]
        self.tasks.append(
            Task(
                id="",
                number=number,
                number_as_written=written,
                year=year,
                section=above.path if above else (),
                span=span,
                text_spans=tuple(own_text or (c.span for c in read)),  # where the clause is all there is
                clauses=tuple(read),
                citations=tuple(c for s in own_text for c in citations(text, s)),
                places=tuple(p for s in own_text for p in self.places.find(text, s)),
                targets=tuple(t for s in own_text for t in targets(text, s)),
                deadlines=tuple(sorted(found, key=lambda d: d.span)),
                inherited=tuple(also),
            )
        )

    def timed(self, clause: Clause, year: int | None) -> Clause:
        """Give a clause with its times read as deadlines; a month without a year takes the plan's."""
        if not clause.deadlines:
            return clause
        times = tuple(d for c in clause.deadlines for d in clause_deadlines(self.text, c.span, year or self.year))
        return replace(clause, deadlines=times)

    def table(self, table: TaskTable, read: Sequence[tuple[Row, Clause | None]]) -> None:
        """Add the section and the tasks of a table."""
        text = self.text
        position = 1 + max((p[0] for p in self.paths if len(p) == 1 and p[0] < 1900), default=0)
        path = (position,)
        self.paths.add(path)
        title = table.caption
        words = title.of(text)
        section = Section(
            path=path,
            title=re.sub(r"\s+", "", words),
            number="",
            span=table.span,
            title_span=title,
            year=heading_year(words),
        )
        self.sections.append(section)
        if title.end <= table.span.begin:
            self.tabled.append(Part(PartKind.HEADING, title))
        rows: list[Part] = [Part(PartKind.HEADING, table.head)]
        clauses: list[Part] = []
        for at, (row, clause) in enumerate(read, start=1):
            own, also = _by_cell(clause, row) if clause else ((), ())
            stated = [d for one in own for d in one.deadlines]
            times = [d for d in clause.deadlines if d not in stated] if clause else ()
            own = tuple(sorted(own, key=lambda c: c.span))
            self.add(
                number=row_number(text, row, at),
                written=row.number.of(text).strip(),
                above=section,
                span=row.line,
                spans=row.words,
                read=own,
                also=tuple(self.timed(c, section.year) for c in also),
                times=times,
            )
            rows.append(Part(PartKind.TASK, row.line))
            clauses += [Part(PartKind.CLAUSE, c.span) for c in own]
        self.tabled += overlay(overlay([Part(PartKind.UNREAD, table.span, TABLE_REST)], rows), clauses)


def _by_cell(clause: Clause, row: Row) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    """Part the clause of a row into the cells it stands in: those of the row's own line, and merged ones above.

    The first of its own has the times that its line states.
    """
    own: list[Clause] = []
    above: list[Clause] = []
    for cell in row.cells:
        mentions = tuple(m for m in clause.mentions if cell.covers(m.span))
        if not mentions:
            continue
        one = replace(clause, span=cell, mentions=mentions, deadlines=())
        (own if row.line.covers(cell) else above).append(one)
    times = tuple(time for time in clause.deadlines if row.line.covers(time.span))
    if own:
        own[0] = replace(own[0], deadlines=times)
    return tuple(own), tuple(above)


def _wording(text: str, body: Span, read: Sequence[Clause]) -> list[Span]:
    spans: list[Span] = []
    at = body.begin
    for clause in read:
        spans.append(_trim(text, at, clause.span.begin))
        at = clause.span.end
    rest = _trim(text, at, max(at, body.end))
    if rest.of(text).strip("。；;."):
        spans.append(rest)
    return spans


def _trim(text: str, begin: int, end: int) -> Span:
    piece = text[begin:end]
    begin += len(piece) - len(piece.lstrip(_SPACE))
    return Span(min(begin, end), max(begin, begin + len(piece.strip(_SPACE))) if piece.strip() else min(begin, end))
