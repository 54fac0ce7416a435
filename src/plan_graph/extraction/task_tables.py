"""Tables of tasks: one row a task, the heads of the columns are the labels.

A table is read if a head names those who lead, support or are responsible and another holds the tasks. A cell
merged over rows holds for all of them; a group cell with a clause in it (``医疗健康（牵头单位：…）``) too. A task
merged over several rows is one task. A table of two columns may be a card for each task instead. A table by body
(部门, 职责) is a list by body: each row is the task of the body it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plan_graph.extraction.document_rules import Statement, statements
from plan_graph.extraction.task_cards import cards_of, row_of_card
from plan_graph.extraction.task_heads import head_by_body, head_of
from plan_graph.extraction.task_rows import Columns, Row, row_of, words_of
from plan_graph.model.text import Document, Span, Table

_WITHOUT_MERGES = frozenset({"text/plain", "text/csv", "text/tab-separated-values"})
_TOTAL = re.compile(r"[合总小共][\s\u3000]*计")
_DITTO = re.compile(r"同上|同前|〃|″")


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table of tasks: its stretch, its caption or head, the rows with a task, and what its head states."""

    span: Span
    caption: Span
    head: Span
    rows: tuple[Row, ...]
    statements: tuple[Statement, ...] = ()


def task_tables(document: Document) -> list[TaskTable]:
    """Give the tables of a document that hold tasks, in order."""
    plain = document.media_type in _WITHOUT_MERGES
    found = [_read(document.text, table, plain) for table in document.tables]
    return [one for one in found if one is not None]


def _read(text: str, table: Table, plain: bool) -> TaskTable | None:
    if records := cards_of(text, table):
        begin = Span(table.span.begin, table.span.begin)
        cards = tuple(row for record in records if (row := row_of_card(text, record)))
        return TaskTable(table.span, _caption(text, table), begin, cards) if cards else None
    head, columns = head_of(text, table)
    if columns is None:
        head, columns = head_by_body(text, table)
    if columns is None:
        return None
    body: Sequence[tuple[Span, ...]] = table.rows[head + 1 :]
    body = _filled(text, body, columns) if plain and not table.filled else body
    line = _line(table.rows[head], table)
    stated = tuple(s for at in range(head + 1) for s in statements(text, _line(table.rows[at], table)))
    heads = {words_of(text, cell) for cell in table.rows[head]}
    rows: list[Row] = []
    above: Sequence[Span] = ()
    for cells in _repeated(text, body, columns):
        first = next((words_of(text, cell) for cell in cells if cell.begin < cell.end), "")
        if _TOTAL.fullmatch(first):
            continue
        own = {words_of(text, cell) for cell in cells}
        if own <= heads or _is_heading(text, cells, columns) or _is_head(cells, table.rows[head], columns):
            continue  # a head repeated on the next page; a heading inside the table; a second row of the head
        if row := row_of(text, cells, columns, _previous(rows, table)):
            if rows and _of_one_task(text, above, cells, columns):
                rows[-1] = _joined(rows[-1], row)
            else:
                rows.append(row)
            above = cells
    if not rows:
        return None
    return TaskTable(table.span, _caption(text, table), line, tuple(rows), stated)


def _is_heading(text: str, cells: Sequence[Span], columns: Columns) -> bool:
    """Tell whether a row is one cell, or one beside a number, merged from the tasks over those who do them."""
    filled = {at: cell for at, cell in enumerate(cells) if cell.begin < cell.end}
    tasks = {filled[at] for at in columns.words if at in filled}
    return (
        len({words_of(text, cell) for cell in filled.values()}) < 2  # once, or again in every place it covers
        or any(filled[at] in tasks for at in columns.kinds if at in filled)
    )


def _is_head(cells: Sequence[Span], head: Sequence[Span], columns: Columns) -> bool:
    """Tell whether the label of a column is merged into a row below it."""
    return any(at < len(cells) and cells[at] == head[at] and head[at].begin < head[at].end for at in columns.kinds)


def _filled(text: str, rows: Sequence[tuple[Span, ...]], columns: Columns) -> list[tuple[Span, ...]]:
    """Repeat down the columns what a text copied from merged cells has once: groups, and who leads.

    An empty cell of those who support is empty: nobody does.
    """
    leading = "L" if "L" in columns.kinds.values() else "R"
    down = {c for c, kind in columns.kinds.items() if kind == leading}
    last: dict[int, Span] = {}
    made: list[tuple[Span, ...]] = []
    for cells in rows:
        filled = list(cells)
        if sum(cell.begin < cell.end for cell in cells) > 1:
            for column, cell in enumerate(cells):
                group = column not in columns.kinds and column != columns.number and column not in columns.words
                if not (group or column in down):
                    continue
                if words_of(text, cell):
                    last[column] = cell
                elif column in last:
                    filled[column] = last[column]
        made.append(tuple(filled))
    return made


def _repeated(text: str, rows: Sequence[tuple[Span, ...]], columns: Columns) -> Iterator[tuple[Span, ...]]:
    """Put the cell above where a cell says 同上."""
    above: tuple[Span, ...] = ()
    for cells in rows:
        above = tuple(
            above[at] if at < len(above) and at in columns.kinds and _DITTO.fullmatch(words_of(text, cell)) else cell
            for at, cell in enumerate(cells)
        )
        yield above


def _of_one_task(text: str, above: Sequence[Span], cells: Sequence[Span], columns: Columns) -> bool:
    """Tell whether the cells that say what is to be done, and the number, are merged with those of the row above."""
    said = [at for at in (*columns.words, columns.number) if 0 <= at < len(cells)]
    alike = all(at < len(above) and (above[at] == cells[at] or not words_of(text, cells[at])) for at in said)
    return alike and not columns.by_body and any(words_of(text, cells[at]) for at in columns.words if at < len(cells))


def _joined(row: Row, below: Row) -> Row:
    """Join a row to the one above it whose task it shares; a cell merged over both counts once."""
    reading = row.reading or below.reading
    if row.reading and below.reading:
        known = {party.name.span for party in row.reading.parties}
        reading = replace(
            row.reading,
            span=Span(row.reading.span.begin, max(row.reading.span.end, below.reading.span.end)),
            parties=(*row.reading.parties, *(p for p in below.reading.parties if p.name.span not in known)),
            times=tuple(dict.fromkeys((*row.reading.times, *below.reading.times))),
            statements=tuple(dict.fromkeys((*row.reading.statements, *below.reading.statements))),
            persons=tuple(dict.fromkeys((*row.reading.persons, *below.reading.persons))),
        )
    return replace(
        row,
        line=Span(row.line.begin, max(row.line.end, below.line.end)),
        reading=reading,
        cells=tuple(dict.fromkeys((*row.cells, *below.cells))),
        odd=tuple(dict.fromkeys((*row.odd, *below.odd))),
    )


def _previous(rows: list[Row], table: Table) -> int:
    return rows[-1].line.end if rows else table.span.begin


def _line(cells: Sequence[Span], table: Table) -> Span:
    filled = [cell for cell in cells if cell.begin < cell.end]
    if not filled:
        return Span(table.span.begin, table.span.begin)
    return Span(min(c.begin for c in filled), max(c.end for c in filled))


def _caption(text: str, table: Table) -> Span:
    """Give the line before the table, if it is short and no sentence; else the head's first cell."""
    end = table.span.begin
    while end > 0 and text[end - 1] in "\n \u3000\t":
        end -= 1
    begin = text.rfind("\n", 0, end) + 1
    begin += len(text[begin:end]) - len(text[begin:end].lstrip(" \u3000\t"))
    if 1 < end - begin <= 60 and text[end - 1] not in "。；：:，）" and "\t" not in text[begin:end]:
        return Span(begin, end)
    return _line(table.rows[0], table)
