"""Tables in plain text: lines with the same number of tabs, at least two; or, from a page, a line for each cell."""

from __future__ import annotations

import re

from plan_graph.model import Span, Table

_BLANK = " \u3000\xa0"
_FIRST_HEAD = re.compile(r"序[ \u3000]*号")
_HEAD_OF_BODIES = re.compile(r"(?:责任|牵头|配合|负责|参与|协同)[^\n]{0,6}(?:单位|部门)")
_REMARKS = re.compile(r"备[ \u3000]*注|说[ \u3000]*明")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^。；\n]{2,40}")
_HEADS = 8  # columns of a table of tasks, at most
_HEAD = 14  # characters of a head, at most


def text_tables(text: str) -> tuple[Table, ...]:
    """Find the tables of a text; an empty cell is an empty span.

    >>> text = "任务表\\n序号\\t任务\\t单位\\n1\\t甲\\t\\n"
    >>> [[cell.of(text) for cell in row] for table in text_tables(text) for row in table.rows]
    [['序号', '任务', '单位'], ['1', '甲', '']]
    """
    if "\t" not in text:
        return _cell_by_cell(text)
    found: list[Table] = []
    run: list[tuple[int, str]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        tabs = line.count("\t")
        if run and tabs != run[0][1].count("\t"):
            _close(run, found)
            run = []
        if tabs >= 2:
            run.append((at, line))
        at += len(line) + 1
    return tuple(found)


def _close(run: list[tuple[int, str]], found: list[Table]) -> None:
    if len(run) < 2 or not any(line.strip("\t" + _BLANK) for _, line in run):
        return
    rows = tuple(tuple(_cells(begin, line)) for begin, line in run)
    last, line = run[-1]
    found.append(Table(Span(run[0][0], last + len(line)), rows))


def _cells(begin: int, line: str) -> list[Span]:
    cells: list[Span] = []
    for cell in line.split("\t"):
        left = len(cell) - len(cell.lstrip(_BLANK))
        stripped = cell.strip(_BLANK)
        cells.append(Span(begin + left, begin + left + len(stripped)) if stripped else Span(begin, begin))
        begin += len(cell) + 1
    return cells


def _cell_by_cell(text: str) -> tuple[Table, ...]:
    """Find tables of which each cell stands on a line: heads from 序号 on, then rows that count 1, 2, 3.

    A row that does not have as many lines as there are heads ends the table, for no one can tell which cell goes on.
    """
    if not _FIRST_HEAD.search(text):
        return ()
    lines = [
        Span(hit.start() + len(hit[0]) - len(hit[0].lstrip(_BLANK)), hit.start() + len(hit[0].rstrip(_BLANK)))
        for hit in re.finditer(r"[^\n]+", text)
        if hit[0].strip(_BLANK)
    ]
    found: list[Table] = []
    at = 0
    while at < len(lines):
        heads = _heads(text, lines, at)
        if not heads:
            at += 1
            continue
        rows = [tuple(lines[at : at + heads])]
        at += heads
        at += lines[at].of(text) != "1"  # a section of the table before its first row
        remarks = bool(_REMARKS.fullmatch(rows[0][-1].of(text)))
        while lines[at : at + 1] and lines[at].of(text) == str(len(rows)):
            following = str(len(rows) + 1)
            ahead = range(at + 1, min(len(lines), at + heads + 2))
            after = next((other for other in ahead if lines[other].of(text) == following), None)
            filled = sum(cell.begin < cell.end for cell in rows[-1])  # the last row is as wide as the one before
            row = lines[at : after or at + filled]
            if after and len(row) > heads - remarks and _SECTION.fullmatch(row[-1].of(text)):
                row = row[:-1]
            if remarks and len(row) == heads - 1:  # remarks are mostly empty
                row = [*row, Span(row[-1].end, row[-1].end)]
            if len(row) != heads:
                break
            rows.append(tuple(row))
            at = after or at + filled
            if after is None:
                break
        if len(rows) > 2:
            found.append(Table(Span(rows[0][0].begin, rows[-1][-1].end), tuple(rows)))
    return tuple(found)


def _heads(text: str, lines: list[Span], at: int) -> int:
    """Count the heads of a table that begins at a line, or give 0: 序号, others, one of bodies, and then a 1."""
    if not _FIRST_HEAD.fullmatch(lines[at].of(text)):
        return 0
    for heads in range(3, _HEADS + 1):
        words = [line.of(text) for line in lines[at : at + heads + 1]]
        if len(words) <= heads or len(words[heads - 1]) > _HEAD:
            return 0
        first = heads + 1 if _SECTION.fullmatch(words[heads]) else heads
        if lines[at + first : at + first + 1] and lines[at + first].of(text) == "1":
            return heads if any(_HEAD_OF_BODIES.search(word) for word in words[:heads]) else 0
    return 0
