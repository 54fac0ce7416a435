"""Tables in plain text: lines with the same number of tabs, at least two; or, from a page, a line for each cell."""

from __future__ import annotations

import re

from plan_graph.model import Span, Table

_BLANK = " \u3000\xa0"
_FIRST_HEAD = re.compile(r"序[ \u3000]*号")
_HEAD_OF_BODIES = re.compile(r"(?:责任|牵头|配合|负责|参与|协同)[^\n]{0,6}(?:单位|部门)")
_BODY = re.compile(r"[局委办厅部院会府处科室队所站社心团司位门道镇乡校行企]\W*$")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^。；\n]{2,40}")
_NUMERAL = re.compile("[一二三四五六七八九十]{1,3}")
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

    A row that does not have as many lines as there are heads ends the table, for no one can tell which cell goes on;
    but its last cell may be empty, where it is none of bodies and the cells of bodies read as such without it.
    """
    if not _FIRST_HEAD.search(text):
        return ()
    lines = [
        Span(hit.start() + len(hit[0]) - len(hit[0].lstrip(_BLANK)), hit.start() + len(hit[0].rstrip(_BLANK)))
        for hit in re.finditer(r"[^\n]+", text)
        if hit[0].strip(_BLANK)
    ]
    words = [line.of(text) for line in lines]
    found: list[Table] = []
    at = 0
    while at < len(lines):
        heads = _heads(words, at)
        if not heads:
            at += 1
            continue
        rows = _rows(lines, words, at, heads)
        if len(rows) > 2:
            found.append(Table(Span(lines[at].begin, rows[-1][-1].end), tuple(rows)))
        at += heads
    return tuple(found)


def _rows(lines: list[Span], words: list[str], at: int, heads: int) -> list[tuple[Span, ...]]:
    """Give the rows of a table whose heads begin at a line, the heads first."""
    rows = [tuple(lines[at : at + heads])]
    of_bodies = [column for column in range(heads) if _HEAD_OF_BODIES.search(words[at + column])]
    at += heads
    number = 0
    while at < len(lines):
        section = _section(words, at, number)
        if section:
            at += section
            number = int(words[at]) - 1
        if words[at] != str(number + 1):
            break
        number += 1
        ahead = range(at + 1, min(len(lines), at + heads + 1))
        end = next((k for k in ahead if words[k] == str(number + 1) or _section(words, k, number)), None)
        filled = sum(cell.begin < cell.end for cell in rows[-1])  # the last row is as wide as the one before
        row = lines[at : end or at + filled]
        empty = heads - 1 not in of_bodies and all(_BODY.search(words[at + c]) for c in of_bodies if c < len(row))
        if len(row) == heads - 1 and empty:
            row = [*row, Span(row[-1].end, row[-1].end)]
        if len(row) != heads:
            break
        rows.append(tuple(row))
        if end is None:
            break
        at = end
    return rows


def _section(words: list[str], at: int, number: int) -> int:
    """Count the lines of a heading in a table, or give 0: 一、甲类, or 一 and 甲类, before the next number or a 1."""
    lines = 1 if _SECTION.fullmatch(words[at]) else 2 if _NUMERAL.fullmatch(words[at]) else 0
    after = words[at + lines] if lines and at + lines < len(words) else ""
    return lines if after in ("1", str(number + 1)) else 0


def _heads(words: list[str], at: int) -> int:
    """Count the heads of a table that begins at a line, or give 0: 序号, others, one of bodies, and then a 1."""
    if not _FIRST_HEAD.fullmatch(words[at]):
        return 0
    for heads in range(3, _HEADS + 1):
        first = at + heads
        if len(words) <= first or len(words[first - 1]) > _HEAD:
            return 0
        if words[first + _section(words, first, 0)] == "1":
            return heads if any(_HEAD_OF_BODIES.search(word) for word in words[at:first]) else 0
    return 0
