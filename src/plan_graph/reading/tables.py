"""Tables in plain text: lines with the same number of tabs, at least two, or of the bars of Markdown; from a page, a
line for each cell; or rows whose cells are parted by spaces.
"""

from __future__ import annotations

import re
from itertools import pairwise

from plan_graph.model import Span, Table

_BLANK = " \u3000\xa0"
_BARRED = re.compile(rf"(?m)^[{_BLANK}]*\|[^\n]*\|[{_BLANK}]*$")
_RULED = re.compile(r":?-{2,}:?|")  # | --- | :--: |
_FIRST_HEAD = re.compile(r"序[ \u3000]*号")
_HEAD_OF_BODIES = re.compile(r"(?:责任|牵头|配合|负责|参与|协同)[^\n]{0,6}(?:单位|部门)")
# 序号 工 作 任 务 牵头单位: the heads of a table whose cells are parted by spaces
_SPACED_HEADS = re.compile(
    rf"(?m)^[{_BLANK}]*序[{_BLANK}]*号[{_BLANK}]+(?P<rest>[^\n，。；、]{{2,60}}?)[{_BLANK}]*$(?=\n+[{_BLANK}]*1[{_BLANK}])"
)
_SPACED_ROW = re.compile(rf"[{_BLANK}]*(?P<n>\d{{1,3}})[{_BLANK}]+(?P<cells>[^\n]*[^\n{_BLANK}])[{_BLANK}]*(?:\n+|$)")
_BODY = re.compile(r"(?![^、，]{13})[^\d]*[局厅委办部会院署行府司]")
_ENDS_AS_A_BODY = re.compile(r"[局委办厅部院会府处科室队所站社心团司位门道镇乡校行企]\W*$")
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
        return _barred(text) or _cell_by_cell(text) or _by_spaces(text)
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


def _barred(text: str) -> tuple[Table, ...]:
    """Find tables in Markdown: lines that begin and end with a bar, and have as many as the first."""
    found: list[Table] = []
    run: list[tuple[Span, ...]] = []
    end = 0
    for line in _BARRED.finditer(text):
        bars = [line.start() + at for at, character in enumerate(line[0]) if character == "|"]
        cells = tuple(_within(text, one + 1, other) for one, other in pairwise(bars))
        if run and (text[end : line.start()].strip() or len(cells) != len(run[0])):
            found += _of_rows(run)
            run = []
        if not all(_RULED.fullmatch(cell.of(text)) for cell in cells):
            run.append(cells)
        end = line.end()
    return (*found, *_of_rows(run))


def _within(text: str, begin: int, end: int) -> Span:
    cell = text[begin:end]
    left = begin + len(cell) - len(cell.lstrip(_BLANK))
    return Span(left, begin + len(cell.rstrip(_BLANK))) if cell.strip(_BLANK) else Span(begin, begin)


def _of_rows(rows: list[tuple[Span, ...]]) -> list[Table]:
    last = max((cell.end for row in rows[-1:] for cell in row), default=0)
    return [Table(Span(rows[0][0].begin, last), tuple(rows))] if len(rows) > 1 and len(rows[0]) > 2 else []


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


def _by_spaces(text: str) -> tuple[Table, ...]:
    """Find tables of which a row is a line: a number, the task, and for each further head one word, the bodies.

    A line that does not count on ends the table, and so does one whose task ends in what may be a name too.
    """
    found: list[Table] = []
    for head in _SPACED_HEADS.finditer(text):
        labels = [hit.span() for hit in re.finditer(rf"[^{_BLANK}]+", head["rest"])]
        words = [head["rest"][begin:end] for begin, end in labels]
        bodies = next((at for at, word in enumerate(words) if _HEAD_OF_BODIES.search(word)), 0)
        if not bodies or (bodies > 1 and any(len(word) > 1 for word in words[:bodies])):
            continue  # 工 作 任 务 is one head, 工作任务 时限 are two
        last = len(words) - bodies  # columns after the task
        start = head.start("rest")
        own = [Span(start + begin, start + end) for begin, end in labels]
        task = Span(own[0].begin, own[bodies - 1].end)
        first = head[0][: start - head.start()]
        number = Span(start - len(first.lstrip(_BLANK)), head.start() + len(first.rstrip(_BLANK)))
        rows = [(number, task, *own[bodies:])]
        at = head.end()
        while row := _SPACED_ROW.match(text, at + len(text[at : at + 2]) - len(text[at : at + 2].lstrip("\n"))):
            cells = [hit.span() for hit in re.finditer(rf"[^{_BLANK}]+", row["cells"])]
            if int(row["n"]) != len(rows) or len(cells) <= last:
                break
            places = [Span(row.start("cells") + begin, row.start("cells") + end) for begin, end in cells]
            if len(places) > last + 1 and _BODY.fullmatch(places[-last - 1].of(text)):
                break
            rows.append((Span(*row.span("n")), Span(places[0].begin, places[-last - 1].end), *places[-last:]))
            at = row.end() - (row[0][-1:] == "\n")
        if len(rows) > 2:
            found.append(Table(Span(rows[0][0].begin, rows[-1][-1].end), tuple(rows)))
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
        empty = heads - 1 not in of_bodies and all(
            _ENDS_AS_A_BODY.search(words[at + c]) for c in of_bodies if c < len(row)
        )
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
