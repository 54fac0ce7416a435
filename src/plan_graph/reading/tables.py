"""Tables in plain text: lines with the same number of tabs or of the bars of Markdown, of two columns only where the
heads are those of tasks and of bodies; from a page, a line for each cell; or rows whose cells are parted by spaces.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from plan_graph.model.text import Document, Span, Table
from plan_graph.reading.table_cells import tables_of_cells
from plan_graph.reading.table_rows import tables_of_rows
from plan_graph.script import simplified

_BLANK = " \u3000\xa0"
_BARRED = re.compile(rf"(?m)^[{_BLANK}]*\|[^\n]*\|[{_BLANK}]*$")
_RULED = re.compile(r":?-{2,}:?|")  # | --- | :--: |
_TRADITIONAL = re.compile("責任|牽頭|負責|單位|部門")  # heads in traditional characters
_HEAD_OF_BODIES = re.compile(r"(?:责任|牵头|配合|负责|参与|协同)[^\n]{0,6}(?:单位|部门)")
# 序号 工 作 任 务 牵头单位: the heads of a table whose cells are parted by spaces
_SPACED_HEADS = re.compile(
    rf"(?m)^[{_BLANK}]*序[{_BLANK}]*号[{_BLANK}]+(?P<rest>[^\n，。；、]{{2,60}}?)[{_BLANK}]*$(?=\n+[{_BLANK}]*1[{_BLANK}])"
)
_SPACED_ROW = re.compile(rf"[{_BLANK}]*(?P<n>\d{{1,3}})[{_BLANK}]+(?P<cells>[^\n]*[^\n{_BLANK}])[{_BLANK}]*(?:\n+|$)")
# of a table of two columns, which may be anything: names and telephones
_TASKS = re.compile(
    r"[^，。；：、]{0,6}(?:任务|措施|举措|事项|工作|内容|项目|要求|目标|重点|要点|分工)[^，。；：、]{0,4}"
)
_GOES_ON_BELOW = re.compile(rf"[{_BLANK}]*\n(?: {{5,}}|\u3000{{3,}})[{_BLANK}]*\S")  # a cell of several lines
# the heads of a table by body: 部门, 职责
_A_BODY = re.compile(r"(?:成员|有关|相关|职能|政府|各)?(?:部门|单位)(?:名称|[、和或及](?:单位|部门))?")
_ITS_DUTY = re.compile(r"[^，。；：、]{0,8}(?:职责|任务|分工|重点领域)(?:[与和及]?(?:职责|任务|分工))?")
_BODY = re.compile(r"(?![^、，]{13})[^\d]*[局厅委办部会院署行府司]")


def text_tables(text: str) -> tuple[Table, ...]:
    """Find the tables of a text; an empty cell is an empty span.

    >>> text = "任务表\\n序号\\t任务\\t单位\\n1\\t甲\\t\\n"
    >>> [[cell.of(text) for cell in row] for table in text_tables(text) for row in table.rows]
    [['序号', '任务', '单位'], ['1', '甲', '']]
    """
    if _TRADITIONAL.search(text):
        text = simplified(text)  # as long as it was
    found = list(tables_of_rows(text))
    for more in (_tabbed(text), _barred(text), tables_of_cells(text), _by_spaces(text)):
        found += [one for one in more if all(_apart(one.span, other.span) for other in found)]
    return tuple(sorted(found, key=lambda table: table.span))


def with_text_tables(document: Document) -> Document:
    """Add to a document's tables those that stand in its text as in a plain one, such as a cell a line."""
    own = document.tables
    more = [one for one in text_tables(document.text) if all(_apart(one.span, other.span) for other in own)]
    return replace(document, tables=tuple(sorted([*own, *more], key=lambda table: table.span))) if more else document


def _apart(one: Span, other: Span) -> bool:
    return one.end <= other.begin or other.end <= one.begin


def _tabbed(text: str) -> tuple[Table, ...]:
    """Find what stands in columns: lines with the same number of tabs."""
    if "\t" not in text:
        return ()
    found: list[Table] = []
    run: list[tuple[int, str]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        tabs = line.count("\t")
        if run and tabs != run[0][1].count("\t"):
            _close(run, found)
            run = []
        if tabs:
            run.append((at, line))
        at += len(line) + 1
    return tuple(found)


def _close(run: list[tuple[int, str]], found: list[Table]) -> None:
    if len(run) < 2 or not any(line.strip("\t" + _BLANK) for _, line in run):
        return
    if run[0][1].count("\t") == 1:
        heads = [at for at, (_, line) in enumerate(run) if _two_heads(*line.split("\t"))]
        run = run[heads[0] :] if heads else []
        if len(run) < 2:
            return
    rows = tuple(tuple(_cells(begin, line)) for begin, line in run)
    last, line = run[-1]
    found.append(Table(Span(run[0][0], last + len(line)), rows))


def _two_heads(one: str, other: str) -> bool:
    """Tell whether two cells head tasks and those responsible, in either order, or bodies and their duties."""
    if _A_BODY.fullmatch(one.strip(_BLANK)) and _ITS_DUTY.fullmatch(other.strip(_BLANK)):
        return True
    bodies, tasks = sorted((one.strip(_BLANK), other.strip(_BLANK)), key=lambda head: not _HEAD_OF_BODIES.search(head))
    return bool(_HEAD_OF_BODIES.fullmatch(bodies) and _TASKS.fullmatch(tasks) and not _HEAD_OF_BODIES.search(tasks))


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
            found += _of_rows(text, run)
            run = []
        if not all(_RULED.fullmatch(cell.of(text)) for cell in cells):
            run.append(cells)
        end = line.end()
    return (*found, *_of_rows(text, run))


def _within(text: str, begin: int, end: int) -> Span:
    cell = text[begin:end]
    left = begin + len(cell) - len(cell.lstrip(_BLANK))
    return Span(left, begin + len(cell.rstrip(_BLANK))) if cell.strip(_BLANK) else Span(begin, begin)


def _of_rows(text: str, rows: list[tuple[Span, ...]]) -> list[Table]:
    last = max((cell.end for row in rows[-1:] for cell in row), default=0)
    wide = len(rows[0]) if len(rows) > 1 else 0
    good = wide > 2 or (wide == 2 and _two_heads(*(cell.of(text) for cell in rows[0])))
    return [Table(Span(rows[0][0].begin, last), tuple(rows))] if good else []


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
        end = rows[-1][-1].end
        if len(rows) > 2 and text[end - 1] not in "、，," and not _GOES_ON_BELOW.match(text, end):
            found.append(Table(Span(rows[0][0].begin, rows[-1][-1].end), tuple(rows)))
    return tuple(found)
