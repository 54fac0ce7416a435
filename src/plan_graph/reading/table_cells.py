"""Tables in plain text of which each cell is a line, or a word of one long line: as a page or a program gives them.

Neither merged nor empty cells leave anything. A table is its heads, one of bodies among them, and rows that count
1, 2, 3; or, where the first head is no number, rows that each have a cell for every head and agree with them all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from plan_graph.model.text import Span, Table
from plan_graph.reading.table_columns import (
    BODIES,
    GROUP,
    NUMBER,
    TASK,
    TIME,
    agree,
    column_kind,
    fitted,
    is_head,
    is_of_bodies,
)

_BLANK = " \u3000\xa0"
_HEAD_OF_BODIES = re.compile(
    rf"(?:^|[{_BLANK}\n])(?:[^\s，。；：、|]{{0,10}}(?:单位|部门|主体|机构|科室)|牵头|责任|配合)(?=[{_BLANK}\n]|$)"
)
_ONE_LINE = re.compile(r"[^\n]*(?:序号|编号)[^\n]{60,}")
_WORD = re.compile(rf"[^{_BLANK}\t\n]+")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^。；\n]{2,40}")
_NUMERAL = re.compile("[一二三四五六七八九十]{1,3}")
_COMMON_HEAD = re.compile(r".*(?:分工|责任|单位|部门|职责|主体)")
_PAGE = re.compile(r"[-—－–]+\s*\d{1,4}\s*[-—－–]+|第\s*\d+\s*页.*")
_MOST = 12  # heads
_FURTHEST = 40  # lines of one row
_GOES_ON = ("、", "，", ",")


def tables_of_cells(text: str) -> Iterator[Table]:
    """Find the tables of which each cell is a line; an empty cell is an empty span."""
    if not _HEAD_OF_BODIES.search(text):
        return
    lines = [
        Span(hit.start() + len(hit[0]) - len(hit[0].lstrip(_BLANK)), hit.start() + len(hit[0].rstrip(_BLANK)))
        for hit in re.finditer(r"[^\n]+", text)
        if hit[0].strip(_BLANK) not in ("", "|", "\uff5c")  # a page may put a bar between its cells
    ]
    yield from _Reader(text, lines).tables()
    for line in _ONE_LINE.finditer(text):
        yield from _Reader(text, [Span(*hit.span()) for hit in _WORD.finditer(text, *line.span())]).tables()


class _Reader:
    """Reads tables from a sequence of cells."""

    def __init__(self, text: str, cells: Sequence[Span]) -> None:
        self.text = text
        self.cells = cells
        self.words = [cell.of(text) for cell in cells]

    def tables(self) -> Iterator[Table]:
        at = 0
        while at < len(self.cells):
            heads = self._heads(at)
            if not heads:
                at += 1
                continue
            columns = self._columns(heads)
            kinds = [column_kind(self.words[c]) for c in columns]
            if kinds[0] == NUMBER:
                rows = self._counted(heads, kinds)
            else:
                rows = self._alike(heads, kinds) or self._beside_numbers(heads, kinds)
            if len(rows) > 1:
                rows.insert(0, tuple(self.cells[c] for c in columns))
                last = max(cell.end for cell in rows[-1])
                yield Table(Span(self.cells[at].begin, last), tuple(rows), filled=True)
                at = bisect_left(self.cells, last, key=lambda cell: cell.begin)
            elif kinds[0] != NUMBER:
                at += 1  # the line above the heads may read as one: 任务表
                continue
            at = max(at, heads.stop)

    def _heads(self, at: int) -> range:
        """Give the lines of the heads of a table that begins at a line, or an empty range."""
        first = column_kind(self.words[at]) if is_head(self.words[at]) else ""
        if first not in (NUMBER, TASK, GROUP):
            return range(0)
        for end in range(at + 1, min(len(self.words), at + _MOST + 2)):
            if first == NUMBER and end - at > 2 and self._counts(end + self._section(end, 0), 1):
                break
            if not is_head(self.words[end]):
                if first == NUMBER:
                    return range(0)
                break
        else:
            return range(0)
        if first == NUMBER:
            heads = range(at, end)
        else:  # the last known head ends them, for what follows may be as short
            known = [k for k in range(at, end) if column_kind(self.words[k]) in (BODIES, TIME)]
            heads = range(at, known[-1] + 1 if len(known) > 1 else at)
            if [k for k in heads if k < (known or [0])[0] and column_kind(self.words[k]) == NUMBER]:
                return range(0)
        if len({self.words[k] for k in heads if column_kind(self.words[k]) == NUMBER}) < sum(
            column_kind(self.words[k]) == NUMBER for k in heads
        ):
            return range(0)  # heads over heads: the lower row has them all
        return (
            heads if 2 < len(heads) <= _MOST and any(column_kind(self.words[k]) == BODIES for k in heads) else range(0)
        )

    def _columns(self, heads: range) -> list[int]:
        """Give the heads in the order of the columns: those under a common head come last, and take its place."""
        columns = list(heads)
        below = 0
        while below < len(columns) and column_kind(self.words[columns[-1 - below]]) == BODIES:
            below += 1
        common = [c for c in columns[: len(columns) - below] if _COMMON_HEAD.fullmatch(self.words[c])]
        if below < 2 or not common or "分工" not in self.words[common[-1]]:
            return columns
        place = columns.index(common[-1])
        return [*columns[:place], *columns[-below:], *columns[place + 1 : -below]]

    def _section(self, at: int, number: int) -> int:
        """Count the lines of a heading in a table, or give 0: 一、甲类, or 一 and 甲类, before the next number or 1."""
        if at >= len(self.words):
            return 0
        lines = 1 if _SECTION.fullmatch(self.words[at]) else 2 if _NUMERAL.fullmatch(self.words[at]) else 0
        return lines if lines and (self._counts(at + lines, 1) or self._counts(at + lines, number + 1)) else 0

    def _counts(self, at: int, number: int) -> bool:
        """Tell whether a cell is a number of a row."""
        return at < len(self.words) and self.words[at].rstrip(".、．") == str(number)

    def _counted(self, heads: range, kinds: Sequence[str]) -> list[tuple[Span, ...]]:
        """Read rows that begin with numbers; the last is as long as fits."""
        found: list[list[int]] = []
        at, number = heads.stop, 0
        again = [self.words[k] for k in heads]
        while at < len(self.words):
            section = self._section(at, number)
            if section:
                at += section
                number = int(re.sub(r"\D", "", self.words[at])) - 1
            if not self._counts(at, number + 1):
                break
            number += 1
            ahead = range(at + 1, min(len(self.words), at + _FURTHEST))
            end = next((k for k in ahead if self._counts(k, number + 1) or self._section(k, number)), None)
            longest = max([len(kinds), *map(len, found)])
            row = list(range(at, end or min(len(self.words), at + longest)))
            for k in range(at, row[-1] + 1):
                if self.words[k : k + len(again)] == again:  # heads repeated on the next page
                    row = [one for one in row if not k <= one < k + len(again)]
            found.append([k for k in row if not _PAGE.fullmatch(self.words[k])])
            if end is None:
                break
            at = end
        if not found:
            return []
        loose = any(self._more_bodies_than(kinds.count(BODIES), row) for row in found[:-1])
        rows: list[tuple[Span, ...]] = []
        for index, row in enumerate(found):
            lengths = (
                range(len(row), 1, -1) if index == len(found) - 1 else (len(row),)
            )  # the last ends where it fits best
            fits = [fitted(self.text, [self.cells[k] for k in row[:n]], kinds, loose) for n in lengths]
            best = min((one for one in fits if one is not None), key=lambda one: one[0], default=None)
            fit = best[1] if best else [self.cells[k] for k in row]
            if best is None and len(row) != len(kinds):
                break
            above = rows[-1] if rows else None
            empty = Span(self.cells[row[0]].begin, self.cells[row[0]].begin)
            rows.append(
                tuple(cell or (above[c] if above and kinds[c] == GROUP else empty) for c, cell in enumerate(fit))
            )
        return rows

    def _more_bodies_than(self, columns: int, row: Sequence[int]) -> bool:
        named = 0
        for k in row[1:]:
            goes_on = self.words[k - 1].endswith(_GOES_ON)
            named += is_of_bodies(self.words[k]) and not goes_on
        return named > columns

    def _beside_numbers(self, heads: range, kinds: Sequence[str]) -> list[tuple[Span, ...]]:
        """Read rows that count 1, 2, 3 beneath heads of which none is of the numbers.

        The first head then may stand over the numbers and a column of groups, of which each has a cell once.
        """
        rows: list[tuple[Span, ...]] = []
        at, group = heads.stop, None
        while at < len(self.words):
            if self._counts(at + 1, len(rows) + 1) and not self._counts(at, len(rows) + 1):
                group, at = self.cells[at], at + 1
            if not self._counts(at, len(rows) + 1):
                break
            wide = len(kinds) - (group is not None)
            own = self.cells[at + 1 : at + 1 + wide]
            if len(own) < wide or not agree(self.text, own, kinds[-wide:]):
                break
            rows.append((group, *own) if group else tuple(own))
            at += 1 + wide
        return rows if len({len(row) for row in rows}) == 1 else []

    def _alike(self, heads: range, kinds: Sequence[str]) -> list[tuple[Span, ...]]:
        """Read rows without numbers: each has a line for every head, and all agree with them."""
        rows: list[tuple[Span, ...]] = []
        at = heads.stop
        while at + len(kinds) <= len(self.words):
            row = self.cells[at : at + len(kinds)]
            if not agree(self.text, row, kinds):
                break
            rows.append(tuple(row))
            at += len(kinds)
        return rows
