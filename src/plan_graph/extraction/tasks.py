"""A Document → Plan: sections, tasks with clauses and mentions, and a part for every code point."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from plan_graph.authority.issuer import issuing_place
from plan_graph.authority.register import Register
from plan_graph.errors import UnreadableError
from plan_graph.extraction.bare_lists import with_bare_lists
from plan_graph.extraction.citations import short_titles, with_full_titles
from plan_graph.extraction.clause import Reading
from plan_graph.extraction.clause_rules import BY_BODY, DUTIES, TABLE
from plan_graph.extraction.document_rules import Says, Statement
from plan_graph.extraction.duties import (
    duties_beside_headings,
    duties_by_form,
    duties_of_title,
    duties_under_lines,
    duty_readings,
    headed_by_bodies,
    unread_duties,
    with_lines,
)
from plan_graph.extraction.finding import find
from plan_graph.extraction.markers import label_kind
from plan_graph.extraction.metadata import metadata
from plan_graph.extraction.numbering import ANNEX
from plan_graph.extraction.outline import Block, Outline, fold, heading_year, outline, unnumbered
from plan_graph.extraction.parts import NO_TASK_TABLE, closed, overlay
from plan_graph.extraction.persons import names_a_person
from plan_graph.extraction.places import place_finder
from plan_graph.extraction.references import with_references
from plan_graph.extraction.reports import disorder, governed_note, no_title
from plan_graph.extraction.roles import inherited, settle
from plan_graph.extraction.several import several_issuers
from plan_graph.extraction.task_rows import Row
from plan_graph.extraction.task_tables import TaskTable, task_tables
from plan_graph.extraction.titles import collected, own_titles
from plan_graph.extraction.traditional import as_written, is_traditional
from plan_graph.extraction.walk import Walk
from plan_graph.extraction.without_colons import with_colons
from plan_graph.extraction.wrapping import in_original, through_view, view
from plan_graph.model.plan import Clause, Doubt, Metadata, Plan, Role, Section, Task
from plan_graph.model.text import Document, Note, Part, PartKind, Span
from plan_graph.reading.radicals import characters
from plan_graph.script import simplified

TEXT = "text/plain"  # other kinds are read without the breaks of their lines
# small and other forms of punctuation, as converters and input methods write it
_FORMS = str.maketrans("∶\ufe30﹕﹔﹐﹑﹙﹚﹝﹞｡､", "：：：；，、（）〔〕。、")
_ODD_FORMS = re.compile("[∶\ufe30﹕﹔﹐﹑﹙﹚﹝﹞｡､]")
# 【牵头单位】甲局: a label in brackets instead of before a colon
_LABEL_IN_BRACKETS = re.compile(
    r"(?:(?<=[\n。；;，,、 \u3000）)〕])|^)[【［\[](?P<label>[^【】［］\[\]\n：:]{2,10})[】］\]](?P<colon>[：:]?)"
)
_NOTE = re.compile(r"[ \t\u3000]*[（(]?(?:备注|注|说明)[：:\d]")
_NOTES = re.compile(r"\s*(?P<note>(?:备注|注|说明)[：:][^\n]*(?:\n[ \t\u3000]*[2-9][.．、][^\n]*)*)")
_NOTE_LENGTH = 200
_QUOTED = 60  # characters of a line that a message quotes
_PARTED = re.compile(r"[、，,；;\s]+")


def extract(document: Document, register: Register) -> Plan:
    """Read a document's outline, tables, clauses and mentions.

    :raises UnreadableError: if the document holds neither a numbered item nor a table of tasks.
    """
    if is_traditional(document.text):
        simple = simplified(document.text)
        plan = as_written(extract(replace(document, text=simple), register), simple, document.text)
        return replace(plan, document=document)
    text = characters(document.text)  # as long as the text is
    text = text.translate(_FORMS) if _ODD_FORMS.search(text) else text
    text = _LABEL_IN_BRACKETS.sub(_with_a_colon, text) if _LABEL_IN_BRACKETS.search(text) else text
    as_read = replace(document, text=with_colons(text))
    through = view(as_read.text, document.tables) if document.media_type == TEXT else None
    if through is None:
        return replace(_extract(as_read, register), document=document)
    return in_original(_extract(through_view(as_read, through), register), document, through)


def _duties(text: str, blocks: tuple[Block, ...], title: str) -> dict[int, Reading]:
    """Read the lists by body of every form: begin of the line → the bodies whose duty it is."""
    duties = duties_by_form(text, blocks) | duties_under_lines(text, blocks)
    for block, above in _headings(blocks):
        duties |= duty_readings(text, block, above)
    return duties | duties_of_title(text, blocks, title)


def _preamble(title: Span | None, preamble: Span) -> list[Part]:
    """Give the parts of what stands before the first number: the title, if it is there, and what is around it."""
    if title is None or title.begin >= preamble.end:
        return [Part(PartKind.PREAMBLE, preamble)]
    return [
        Part(PartKind.PREAMBLE, Span(0, title.begin)),
        Part(PartKind.HEADING, title),
        Part(PartKind.PREAMBLE, Span(title.end, preamble.end)),
    ]


def _with_a_colon(label: re.Match[str]) -> str:
    """Write 【牵头单位】 as `` 牵头单位：``, as long as it was, if that is a label of a clause."""
    if label_kind(label["label"]) is None:
        return label[0]
    return f" {label['label']} {label['colon']}" if label["colon"] else f" {label['label']}："


def _extract(document: Document, register: Register) -> Plan:
    text = document.text
    whole = Span(0, len(text))
    tables = task_tables(document)
    spans = sorted(table.span for table in document.tables)
    found = find(text, whole, spans)
    stops = sorted([*(r.span for r in found.readings), *spans, *(note for one in spans if (note := _note(text, one)))])
    if number := collected(text):
        stops.insert(0, number)
    lines = outline(text, whole, stops)
    if plans := own_titles(text, lines.preamble):  # a notice with several plans
        lines = outline(text, whole, stops, plans)
    if not lines.blocks and not tables:
        lines = unnumbered(text, whole, [r.span for r in found.readings])
    found, bare = (found, []) if tables else with_bare_lists(text, lines.blocks, found)
    blocks, governed = fold(
        text,
        lines.blocks,
        [r.span for r in found.readings],
        [d.span for d in found.doubts if d.kind == "clause"],
    )
    blocks = with_lines(text, blocks)
    about = metadata(text, Span(0, min([lines.preamble.end, *(table.span.begin for table in tables)])))
    place = issuing_place(register, about.issuer, about.title, on=about.issued).code
    reading = Walk(document, place_finder(register, place))
    reading.tables = spans
    reading.year = _plan_year(about)
    reading.tail = _tail(text, about, lines)
    headed = sorted(headed_by_bodies(text, blocks, about.title), key=lambda h: h[0].span)
    duties = _duties(text, blocks, about.title) | duties_beside_headings(text, headed, blocks)
    in_rows = [row.reading for table in tables for row in table.rows if row.reading]
    everything = _settled([*found.readings, *duties.values(), *in_rows], found.loose, tables, text)
    at_rows = {id(r): c for c, r in everything if r.rule.form == TABLE}
    reading.settle(c for c, r in everything if r.rule.form != TABLE)
    reading.parts += _preamble(about.title_span, lines.preamble)
    reading.walk(blocks, None)
    for table in document.tables:
        if all(table.span != one.span for one in tables):
            reading.tabled.append(Part(PartKind.UNREAD, table.span, NO_TASK_TABLE))
    for one in tables:
        reading.table(one, [(row, at_rows.get(id(row.reading))) for row in one.rows])
    if not reading.tasks:
        raise _without_tasks(document.name, text, found.doubts)
    tasks = _inheriting(reading.tasks, [s for r in found.readings for s in r.statements], found.loose)
    tasks = _beneath_bodies(tasks, headed)
    warnings = [*disorder(blocks), *bare, *(governed_note(text, block) for block in governed), *reading.warnings]
    warnings += _of_one_clause(text, everything)
    begin = blocks[0].span.begin if blocks else lines.preamble.end
    warnings += several_issuers(text, about, begin, spans, register.place_names, place)
    if not about.title:
        warnings.insert(0, no_title())
    if shorts := short_titles(text):
        about = replace(about, citations=with_full_titles(about.citations, shorts))
        tasks = [replace(t, citations=with_full_titles(t.citations, shorts)) if t.citations else t for t in tasks]
    about, tasks = with_references(text, about, lines.preamble, tasks, reading.sections)
    return Plan(
        document,
        about,
        tuple(_themes(reading.sections, tasks)),
        tuple(_named(tasks)),
        tuple(closed(_laid(reading), text)),
        tuple(warnings),
        tuple(
            sorted(
                {
                    *found.doubts,
                    *(doubt for table in tables for row in table.rows for doubt in _of_row(text, row)),
                    *unread_duties(text, tasks),
                },
                key=_order,
            )
        ),
    )


def _of_row(text: str, row: Row) -> Iterable[Doubt]:
    """Give what a person should look at in a row: cells that hold something else, bodies with a person behind."""
    yield from (Doubt(cell, "clause") for cell in row.odd)
    for party in row.reading.parties if row.reading else ():
        if names_a_person(party.name.name):
            yield Doubt(party.name.span, "person")
    for cell in row.reading.persons if row.reading else ():
        if any(names_a_person(one) for one in _PARTED.split(cell.of(text))):
            yield Doubt(cell, "person")


def _without_tasks(name: str, text: str, doubts: Sequence[Doubt]) -> UnreadableError:
    """Say that nothing was read as a task, and how many lines name bodies all the same, as those of a table do."""
    zh = f"{name} 中没有编号的任务（没有以 一、（一）或 1．开头的行），请确认是否为计划文件"
    en = f"{name} holds no numbered task (no line begins with 一、, （一）or 1．); is it a plan?"
    if lines := [doubt.span.of(text).split("\n", 1)[0].strip() for doubt in doubts if doubt.kind == "clause"]:
        zh += f"；有 {len(lines)} 处像表格中写单位的行而未能读入，第一处：{lines[0][:_QUOTED]}"
        en += (
            f" Lines that look like those of a table with bodies and could not be read: {len(lines)}, "
            f"the first: {lines[0][:_QUOTED]}"
        )
    return UnreadableError(en, zh)


def _order(doubt: Doubt) -> tuple[Span, str]:
    return doubt.span, doubt.kind  # of one passage there may be two


def _headings(blocks: tuple[Block, ...], above: Block | None = None) -> Iterable[tuple[Block, Block | None]]:
    for block in blocks:
        if block.children:
            yield block, above
            yield from _headings(block.children, block)


def _settled(
    readings: Sequence[Reading], loose: Sequence[Statement], tables: Sequence[TaskTable], text: str
) -> list[tuple[Clause, Reading]]:
    """Give every reading its roles; a statement in a table's head holds for that table, a note for the whole."""
    noted = [s for s in loose if s.says is not Says.ALSO and _in_a_note(text, s.span)] or _behind_all(readings, loose)
    stated = {s.span: s for table in tables for s in table.statements}
    of_bodies = [r for r in readings if r.rule.form == DUTIES or r.rule.name == BY_BODY]  # no statement speaks of them
    in_tables = [r for t in tables for row in t.rows if (r := row.reading) and t.statements and r.rule.name != BY_BODY]
    apart = {id(r) for r in [*in_tables, *of_bodies]}
    settled = settle(
        [r for r in readings if id(r) not in apart],
        [s for s in loose if s not in noted and s.span not in stated],
        noted[-1] if noted else None,
        text,
    )
    settled += settle(of_bodies)
    own = {id(r) for r in in_tables}
    for table in tables:
        settled += settle(
            [row.reading for row in table.rows if row.reading and id(row.reading) in own],
            table.statements,
            text=text,
        )
    return settled


def _of_one_clause(text: str, settled: Sequence[tuple[Clause, Reading]]) -> list[Note]:
    """Point out the one rule of a document that holds for its own clause only, for it does not say 下同.

    Whoever wrote it may have meant the clauses below too, in which nobody leads.
    """
    stated = [(s, r) for _, r in settled for s in r.statements if s.says not in (Says.ALSO, Says.ALL_LEAD)]
    if len(stated) != 1 or stated[0][0].wide:
        return []
    rule, own = stated[0]
    below = sum(
        clause.span > own.span and len(clause.mentions) > 1 and {m.role for m in clause.mentions} == {Role.RESPONSIBLE}
        for clause, _ in settled
    )
    said = rule.span.of(text)
    return (
        [
            Note(
                f"“{said}”没有写“下同”，只用于所在的一条；其后有 {below} 条没有牵头单位，请核对",
                f"“{said}” does not say 下同 and was applied to its own clause only; {below} clauses below it have "
                "no lead, check them",
            )
        ]
        if below
        else []
    )


def _behind_all(readings: Sequence[Reading], loose: Sequence[Statement]) -> list[Statement]:
    """Give the one statement of who leads that stands behind all clauses: it can only mean those above it."""
    stated = [s for s in (*loose, *(s for r in readings for s in r.statements)) if s.says is not Says.ALSO]
    if len(stated) != 1 or stated[0] not in loose:
        return []
    last = max((r.span.end for r in readings if r.rule.form != TABLE), default=len(readings) and stated[0].span.end + 1)
    return stated if last <= stated[0].span.begin else []


def _note(text: str, table: Span) -> Span | None:
    """Give the notes right beneath a table (说明：1.…2.…), whose numbers are no items, or None."""
    hit = _NOTES.match(text, table.end)
    return Span(*hit.span("note")) if hit else None


def _in_a_note(text: str, span: Span) -> bool:
    """Tell whether a statement stands in a note (注：…), which holds for what is above it too."""
    first = max(0, span.begin - _NOTE_LENGTH)
    line = text.rfind("\n", first, span.begin) + 1
    return (line > 0 or first == 0) and bool(_NOTE.match(text, line, span.begin + 4))


def _inheriting(tasks: list[Task], within: Sequence[Statement], loose: Sequence[Statement]) -> list[Task]:
    """Add the parties of 以下均需…，不再列出 to every later task that has a clause and does not name them itself."""
    stated = sorted((s for s in (*within, *loose) if s.says is Says.ALSO), key=lambda s: s.span)
    if not stated:
        return tasks
    clauses = sorted((c for task in tasks for c in task.clauses), key=lambda c: c.span)
    begins = [c.span.begin for c in clauses]
    ends = [s.span.end for s in stated]
    made: list[Task] = []
    for task in tasks:
        before = bisect_right(ends, task.span.begin)
        inside = bisect_right(ends, task.span.end)
        before = inside if inside > before and stated[inside - 1].here else before
        also: tuple[Clause, ...] = ()
        if before and task.governing:
            one = stated[before - 1]
            at = bisect_right(begins, one.span.begin)
            more = inherited(one, [c for c in clauses[max(0, at - 1) : at] if c.span.covers(one.span)], task.clauses)
            own = {mention.name for clause in task.governing for mention in clause.mentions}
            left = tuple(mention for mention in more.mentions if mention.name not in own)
            also = (replace(more, mentions=left),) if left else ()
        made.append(replace(task, inherited=task.inherited + also))
    return made


def _beneath_bodies(tasks: list[Task], headed: Sequence[tuple[Block, Reading]]) -> list[Task]:
    """Add the body of a heading to the tasks beneath it that name no other who leads or is responsible."""
    begins = [block.span.begin for block, _ in headed]
    theirs = [tuple(clause for clause, _ in settle([reading])) for _, reading in headed]
    made: list[Task] = []
    for task in tasks:
        at = bisect_left(begins, task.span.begin) - 1
        roles = {mention.role for clause in task.governing for mention in clause.mentions}
        beneath = at >= 0 and task.span.begin < headed[at][0].end
        also = theirs[at] if beneath and not roles & {Role.LEAD, Role.RESPONSIBLE} else ()
        made.append(replace(task, inherited=task.inherited + also) if also else task)
    return made


def _plan_year(about: Metadata) -> int | None:
    stated = re.search(r"[〔\[（(](20\d\d)[〕\]）)]", about.number)
    return heading_year(about.title) or (about.issued.year if about.issued else int(stated[1]) if stated else None)


def _tail(text: str, about: Metadata, lines: Outline) -> int:
    """Give where signature and date begin, if they stand at the end of the text or only annexes follow them."""
    spans = [s for s in (about.issuer_span, about.issued_span) if s and s.begin > lines.preamble.end]
    if not spans:
        return len(text)
    begin = min(s.begin for s in spans)
    closing = all(block.rank <= ANNEX for block in lines.blocks if block.span.begin > begin)
    return begin if closing or begin > len(text) // 2 else len(text)


def _laid(reading: Walk) -> list[Part]:
    """Lay the parts over each other: tables over what holds them, clauses over all."""
    parts = overlay(reading.parts, reading.headed)
    for layer in (reading.tabled, reading.claused):
        parts = overlay(parts, layer)
    return parts


def _themes(sections: list[Section], tasks: list[Task]) -> list[Section]:
    """Mark the sections that hold tasks directly: their headings are the themes that years share."""
    holding = {task.section for task in tasks}
    return [
        replace(s, theme=s.title) if s.path in holding and s.title and not heading_year(s.title) else s
        for s in sections
    ]


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
