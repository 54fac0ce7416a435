"""A Document → Plan: sections, tasks with clauses and mentions, and a part for every code point."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from plan_graph.authority.register import Register
from plan_graph.errors import UnreadableError
from plan_graph.extraction.citations import citations
from plan_graph.extraction.clause import clauses
from plan_graph.extraction.metadata import metadata
from plan_graph.extraction.outline import Block, heading_count, heading_title, heading_year, outline
from plan_graph.extraction.places import PlaceFinder
from plan_graph.extraction.quantities import deadlines, targets
from plan_graph.model import Clause, Document, Note, Part, PartKind, Plan, Section, Span, Task

_AFTER_TITLE = re.compile(r"[ \u3000]*(?:[（(]\d{1,4}项[）)])?[。\s]*")
AFTER_CLAUSE = "paragraph after the clause, outside any numbered task"
UNDER_HEADING = "prose under a heading, not a numbered task"
BARE_NUMBER = "a number without any wording"


class _Reading:
    """What one pass over the outline gathers; used by :func:`extract` alone."""

    def __init__(self, text: str, places: PlaceFinder) -> None:
        self.text = text
        self.places = places
        self.sections: list[Section] = []
        self.paths: set[tuple[int, ...]] = set()
        self.tasks: list[Task] = []
        self.parts: list[Part] = []
        self.warnings: list[Note] = []

    def part(self, kind: PartKind, begin: int, end: int, reason: str = "") -> None:
        """Add a part; white space between parts goes to the one before it."""
        if begin == end:
            return
        if self.parts and not self.text[begin:end].strip():
            last = self.parts[-1]
            self.parts[-1] = replace(last, span=Span(last.span.begin, end))
        else:
            self.parts.append(Part(kind, Span(begin, end), reason))

    def walk(self, blocks: tuple[Block, ...], above: Section | None) -> None:
        for position, block in enumerate(blocks, start=1):
            if self.bare(block):
                self.unread(block)
                continue
            if all(self.bare(child) for child in block.children):
                self.task(block, above)
                for child in block.children:
                    self.unread(child)
                continue
            section = self.section(block, above, position)
            before = len(self.tasks)
            self.walk(block.children, section)
            held = len(self.tasks) - before
            if section.stated_tasks is not None and section.stated_tasks != held:
                self.warnings.append(
                    Note(
                        f"标题“{section.number}{section.title}”写明 {section.stated_tasks} 项，"
                        f"实有 {held} 项，请与原文核对",
                        f"heading {section.number}{section.title} states {section.stated_tasks} tasks "
                        f"but holds {held}; compare with the original",
                    )
                )

    def bare(self, block: Block) -> bool:
        """Tell whether a block is numbers without any wording."""
        return not block.body.of(self.text).strip() and all(self.bare(child) for child in block.children)

    def unread(self, block: Block) -> None:
        """Leave a bare block and what is beneath it unread."""
        self.part(PartKind.UNREAD, block.span.begin, block.span.end, BARE_NUMBER)
        for child in block.children:
            self.unread(child)

    def section(self, block: Block, above: Section | None, position: int) -> Section:
        title = heading_title(self.text, block.body)
        read, doubtful = clauses(self.text, block.body)
        if read and read[0].span.begin < title.end:
            title = Span(title.begin, max(title.begin, read[0].span.begin))
        tail = _AFTER_TITLE.match(self.text, title.end, block.span.end)
        end = tail.end() if tail else title.end
        words = self.text[title.begin : end]
        year = heading_year(words) or (above.year if above else None)
        # A year part is numbered by its year, so that a part added before it shifts nothing.
        parent = above.path if above else ()
        path = (*parent, year) if year and (above is None or above.year is None) else (*parent, position)
        if path in self.paths:  # a second part of the same year
            path = (*parent, position)
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
        self.part(PartKind.HEADING, block.span.begin, end)
        self.part(PartKind.UNREAD, end, block.span.end, UNDER_HEADING)
        self.doubt(doubtful)
        for clause in read:
            words = clause.span.of(self.text)[:60]
            self.warnings.append(
                Note(
                    f"第 {clause.span.begin}–{clause.span.end} 字的责任分工在标题之下，未归入任务：{words}",
                    f"characters {clause.span.begin}–{clause.span.end} are a responsibility clause under a heading, "
                    f"given to no task: {words}",
                )
            )
        return section

    def task(self, block: Block, above: Section | None) -> None:
        text = self.text
        read, doubtful = clauses(text, block.body)
        self.doubt(doubtful)
        end = block.body.end
        if read:  # a later paragraph without a clause of its own is not this task's
            line = text.find("\n", read[-1].span.end, end)
            end = line if line >= 0 else end
        spans = _wording(text, Span(block.body.begin, end), read)
        year = above.year if above else None
        own_text = [s for s in spans if s.begin < s.end]
        self.tasks.append(
            Task(
                id="",
                number=block.number,
                number_as_written=block.mark.of(text),
                year=year,
                section=above.path if above else (),
                span=Span(block.span.begin, end),
                text_spans=tuple(own_text or (c.span for c in read)),  # where the clause is all there is
                clauses=read,
                citations=tuple(c for s in own_text for c in citations(text, s)),
                places=tuple(p for s in own_text for p in self.places.find(text, s)),
                targets=tuple(t for s in own_text for t in targets(text, s)),
                deadlines=tuple(d for s in own_text for d in deadlines(text, s, year)),
            )
        )
        at = block.span.begin
        for clause in read:
            self.part(PartKind.TASK, at, clause.span.begin)
            self.part(PartKind.CLAUSE, clause.span.begin, clause.span.end)
            at = clause.span.end
        self.part(PartKind.TASK, at, end)
        self.part(PartKind.UNREAD, end, block.span.end, AFTER_CLAUSE)

    def doubt(self, spans: tuple[Span, ...]) -> None:
        for span in spans:
            words = span.of(self.text)[:60]
            self.warnings.append(
                Note(
                    f"第 {span.begin}–{span.end} 字像是责任分工，但没有规则能读：{words}",
                    f"characters {span.begin}–{span.end} look like a responsibility clause "
                    f"but no rule reads them: {words}",
                )
            )


def extract(document: Document, register: Register) -> Plan:
    """Read a document's outline, clauses and mentions.

    :raises UnreadableError: if the document holds no numbered task at all.
    """
    text = document.text
    found = outline(text)
    reading = _Reading(text, PlaceFinder(register))
    about = metadata(text, found.preamble)
    if about.title_span and about.title_span.begin < found.preamble.end:
        reading.part(PartKind.PREAMBLE, 0, about.title_span.begin)
        reading.part(PartKind.HEADING, about.title_span.begin, about.title_span.end)
        reading.part(PartKind.PREAMBLE, about.title_span.end, found.preamble.end)
    else:
        reading.part(PartKind.PREAMBLE, 0, found.preamble.end)
    at = found.preamble.end
    for block in found.blocks:
        assert block.span.begin >= at
        at = block.span.end
    reading.walk(found.blocks, None)
    if not reading.tasks:
        raise UnreadableError(
            f"{document.name} holds no numbered task (no line begins with 一、, （一）or 1．); is it a plan?",
            f"{document.name} 中没有编号的任务（没有以 一、（一）或 1．开头的行），请确认是否为计划文件",
        )
    warnings = [*_series(found.blocks), *reading.warnings]
    if not about.title:
        warnings.insert(
            0,
            Note(
                "第一个编号之前没有找到标题，以文件名代替",
                "no title found before the first numbered block; the file name stands in for it",
            ),
        )
    return Plan(
        document,
        about,
        tuple(_themes(reading.sections, reading.tasks)),
        tuple(_named(reading.tasks)),
        tuple(_closed(reading.parts, len(text))),
        tuple(warnings),
    )


def render(parts: tuple[Part, ...], text: str) -> str:
    """Give the text back from its parts; equal to ``text`` exactly when the parts cover it once, in order."""
    return "".join(part.span.of(text) for part in parts)


def _wording(text: str, body: Span, read: tuple[Clause, ...]) -> list[Span]:
    spans: list[Span] = []
    at = body.begin
    for clause in read:
        spans.append(_trim(text, at, clause.span.begin))
        at = clause.span.end
    rest = _trim(text, at, body.end)
    if rest.of(text).strip("。；;."):
        spans.append(rest)
    return spans


def _trim(text: str, begin: int, end: int) -> Span:
    piece = text[begin:end]
    begin += len(piece) - len(piece.lstrip(" \t\n\u3000"))
    return Span(
        min(begin, end), max(begin, begin + len(piece.strip(" \t\n\u3000"))) if piece.strip() else min(begin, end)
    )


def _closed(parts: list[Part], length: int) -> list[Part]:
    """Make the parts meet: white space no block claimed goes to the part before it."""
    closed: list[Part] = []
    for index, part in enumerate(parts):
        end = parts[index + 1].span.begin if index + 1 < len(parts) else length
        closed.append(replace(part, span=Span(closed[-1].span.end if closed else 0, end)))
    return closed


def _themes(sections: list[Section], tasks: list[Task]) -> list[Section]:
    """Mark the sections that hold tasks directly: their headings are the themes that years share."""
    holding = {task.section for task in tasks}
    return [replace(s, theme=s.title) if s.path in holding and not heading_year(s.title) else s for s in sections]


def _named(tasks: list[Task]) -> list[Task]:
    """Give each task its id: year and number where that is unique in the document, else with its section."""
    short = Counter((task.year, task.number) for task in tasks)
    named: list[Task] = []
    seen: Counter[str] = Counter()
    for task in tasks:
        if task.year and short[task.year, task.number] == 1:
            name = f"{task.year}-{task.number:03d}"
        else:
            name = "-".join([*(str(n) for n in task.section), f"{task.number:03d}"])
        seen[name] += 1
        if seen[name] > 1:  # the source numbers two tasks alike: both are kept
            name = f"{name}-{seen[name]}"
        named.append(replace(task, id=name))
    return named


def _series(blocks: tuple[Block, ...]) -> list[Note]:
    """Report numbers that are missing or stand twice.

    Beside each other, blocks of one style count up; under the next heading they run on or begin again.
    """
    warnings: list[Note] = []
    last: dict[int, int] = {}

    def follow(level: tuple[Block, ...]) -> None:
        beside: set[int] = set()
        for block in level:
            before, number = last.get(block.rank), block.number
            if before is None:
                if number > 1:
                    warnings.append(
                        Note(
                            f"编号从 {number} 开始：缺 {number - 1} 项",
                            f"the numbers begin with {number}: {number - 1} missing",
                        )
                    )
            elif number != before + 1 and (block.rank in beside or number != 1):
                zh, en = "编号重复或次序有误", "a number stands twice or out of order"
                if number > before:
                    zh, en = f"缺 {number - before - 1} 项", f"{number - before - 1} missing"
                warnings.append(
                    Note(f"第 {before} 项之后是第 {number} 项：{zh}", f"{before} is followed by {number}: {en}")
                )
            last[block.rank] = number
            beside.add(block.rank)
            follow(block.children)

    follow(blocks)
    return warnings
