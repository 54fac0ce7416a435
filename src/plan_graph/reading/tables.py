"""Tables in plain text: lines that follow one another with the same number of tabs, at least two."""

from __future__ import annotations

from plan_graph.model import Span, Table

_BLANK = " \u3000\xa0"


def text_tables(text: str) -> tuple[Table, ...]:
    """Find the tables of a text; an empty cell is an empty span.

    >>> text = "任务表\\n序号\\t任务\\t单位\\n1\\t甲\\t\\n"
    >>> [[cell.of(text) for cell in row] for table in text_tables(text) for row in table.rows]
    [['序号', '任务', '单位'], ['1', '甲', '']]
    """
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
