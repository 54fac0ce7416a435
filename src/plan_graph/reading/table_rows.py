"""Tables in plain text of which a row is a line: cells parted by tabs, or by bars with or without those at the ends.

The heads tell how many columns there are. A row may have fewer cells: what is merged with the row above is missing
where the text was copied from a page, and where a cell has several lines the row has as many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plan_graph.model.text import Span, Table
from plan_graph.reading.table_columns import BODIES, GROUP, NUMBER, REMARK, TASK, column_kind, fitted, is_head

_BLANK = " \u3000\xa0"
_BAR = "|\uff5c│┃"
_RULE = re.compile(rf"[\s{_BAR}:：+┼├┤┌┐└┘┬┴=═─━-]*(?:-{{2,}}|[─━═=]{{2,}})[\s{_BAR}:：+┼├┤┌┐└┘┬┴=═─━-]*")
_COMMON_HEAD = re.compile(r".*(?:分工|责任|单位|部门|职责|主体)")
_COUNTED = re.compile(r"[0-9０-９]{1,3}[.．、]?")
_MOST = 12  # columns
_ABOVE = 3  # rows of the same width above the heads: a title, heads over heads
_LONGEST_HEADING = 40
_FURTHEST = 30  # lines of one row


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    cells: tuple[Span, ...]

    @property
    def blank(self) -> bool:
        return all(cell.begin == cell.end for cell in self.cells)


def tables_of_rows(text: str) -> Iterator[Table]:
    """Find the tables of a text whose heads name those who are responsible; an empty cell is an empty span."""
    for marks in ("\t", _BAR):
        if any(mark in text for mark in marks):
            lines = [
                line for line in _lines(text, marks) if not (marks == _BAR and _RULE.fullmatch(line.span.of(text)))
            ]
            yield from _Reader(text, lines, joins=marks == "\t").tables()


def _lines(text: str, marks: str) -> Iterator[_Line]:
    parting = re.compile(f"[{marks}]")
    found = list(re.finditer(r"[^\n]+", text))
    barred = [hit[0].strip(_BLANK) for hit in found if marks == _BAR and parting.search(hit[0])]
    bounded = 2 * sum(one[0] in marks for one in barred) > len(barred)  # bars at both ends too
    behind = set() if bounded or not barred else _ended(found, marks)
    for hit in found:
        begin, end = hit.span()
        if bounded or begin in behind:
            said = hit[0].strip(_BLANK)
            begin += len(hit[0]) - len(hit[0].lstrip(_BLANK))
            end = begin + len(said)
            begin += bounded and said[:1] in marks
            end -= said[-1:] in marks and end > begin
        cuts = [begin - 1, *(cut.start() for cut in parting.finditer(text, begin, end)), end]
        yield _Line(
            Span(*hit.span()),
            tuple(_stripped(text, one + 1, other) for one, other in pairwise(cuts)),
        )


def _ended(lines: Sequence[re.Match[str]], marks: str) -> set[int]:
    """Give where lines begin of tables with a bar behind every cell: all their lines, the heads too, end in one."""
    found: set[int] = set()
    run: list[re.Match[str]] = []
    for line in (*lines, None):
        if line and any(mark in line[0] for mark in marks):
            run.append(line)
            continue
        if all(one[0].rstrip(_BLANK)[-1:] in marks for one in run):
            found.update(one.start() for one in run)
        run = []
    return found


def _stripped(text: str, begin: int, end: int) -> Span:
    cell = text[begin:end]
    said = cell.strip(_BLANK)
    left = begin + len(cell) - len(cell.lstrip(_BLANK))
    return Span(left, left + len(said)) if said else Span(begin, begin)


class _Reader:
    """Reads tables from lines that are cut into cells."""

    def __init__(self, text: str, lines: Sequence[_Line], joins: bool) -> None:
        self.text = text
        self.lines = lines
        self.joins = joins  # cells may go on in the next line
        self.kinds: list[str] = []
        self.ragged = False  # rows lack what is merged

    def tables(self) -> Iterator[Table]:
        at = 0
        while at < len(self.lines):
            heads, body = self._heads(at)
            if not heads:
                at += 1
                continue
            rows, end = self._rows(heads, body)
            if rows:
                above = self._above(at, len(heads))
                everything = (*above, tuple(heads), *rows)
                last = max(cell.end for cell in rows[-1])
                yield Table(Span(min(c.begin for c in everything[0]), last), everything, self.ragged)
            at = max(end, at + 1)

    def _words(self, cell: Span) -> str:
        return cell.of(self.text).strip()

    def _heads(self, at: int) -> tuple[list[Span], int]:
        """Give the heads that a line holds and the line after them, or none."""
        cells = list(self.lines[at].cells)
        if not 3 <= len(cells) <= _MOST or not any(
            "\u4e00" <= c <= "\u9fff" for c in self.lines[at].span.of(self.text)
        ):
            return [], at
        if not all(cell.begin == cell.end or is_head(self._words(cell)) for cell in cells):
            return [], at
        above = self.lines[at - 1].cells if at else ()
        words = [
            self._words(cell) or (self._words(above[c]) if len(above) == len(cells) else "")
            for c, cell in enumerate(cells)
        ]
        self.kinds = [column_kind(one) for one in words]
        body = at + 1
        below = self.lines[body].cells if body < len(self.lines) else ()
        of_below = [column_kind(self._words(cell)) for cell in below]
        if 1 < len(below) < len(cells) and set(of_below) <= {BODIES, TASK} and BODIES in of_below:
            # heads under a common head: 责任分工 over 牵头单位 and 配合单位
            common = [c for c, one in enumerate(words) if _COMMON_HEAD.fullmatch(one)]
            if common and all(is_head(self._words(cell)) for cell in below):
                cells[common[-1] : common[-1] + 1] = below
                self.kinds[common[-1] : common[-1] + 1] = of_below
                body += 1
        elif (
            len(below) == len(cells)
            and of_below.count(BODIES)
            and all(c.begin == c.end or is_head(self._words(c)) for c in below)
        ):
            return [], at  # the lower of two rows of heads has them
        if BODIES not in self.kinds or not {TASK, GROUP, NUMBER} & set(self.kinds):
            return [], at
        return cells, body

    def _above(self, at: int, width: int) -> tuple[tuple[Span, ...], ...]:
        first = at
        while first > 0 and at - first < _ABOVE and len(self.lines[first - 1].cells) == width:
            first -= 1
        return tuple(line.cells for line in self.lines[first:at])

    def _rows(self, heads: Sequence[Span], at: int) -> tuple[list[tuple[Span, ...]], int]:
        """Read rows from a line on; give them and the line after the last."""
        width = len(heads)
        self.ragged = False
        rows: list[tuple[Span, ...]] = []
        said = [self._words(cell) for cell in heads]
        while at < len(self.lines):
            line = self.lines[at]
            count = len(line.cells)
            if (
                count == width
                and at > 0
                and [self._words(c) for c in line.cells] != said
                and self._heads_another(at, said)
            ):
                break
            if count > width:
                break
            if count == width:
                cells, at = self._with_lines_of_the_last(line.cells, at + 1)
                rows.append(cells)
                continue
            if count == 1:
                if not self._is_heading(at, width):
                    break
                rows.append(tuple(line.cells[0] for _ in heads))
                at += 1
                continue
            joined = self._joined(at, width) if self.joins else None
            if joined:
                cells, at = self._with_lines_of_the_last(*joined)
                rows.append(cells)
                continue
            fit = fitted(self.text, [c for c in line.cells if c.begin < c.end], self.kinds, single=True)
            if fit is None or not rows:
                break
            self.ragged = True
            empty = Span(line.span.begin, line.span.begin)
            above = rows[-1]
            rows.append(
                tuple(
                    cell or (above[c] if self.kinds[c] not in (NUMBER, REMARK) else empty)
                    for c, cell in enumerate(fit[1])
                )
            )
            at += 1
        while rows and len(set(rows[-1])) == 1:
            rows.pop()  # a heading of what follows the table
        return rows, at

    def _heads_another(self, at: int, said: Sequence[str]) -> bool:
        """Tell whether a line holds the heads of another table."""
        words = [self._words(cell) for cell in self.lines[at].cells]
        return (
            all(one and is_head(one) for one in words)
            and sum(column_kind(one) == BODIES for one in words) > 0
            and not any(_COUNTED.fullmatch(one) for one in words)
            and set(words) != set(said)
            and column_kind(words[0]) == NUMBER
        )

    def _is_heading(self, at: int, width: int) -> bool:
        """Tell whether a line of one cell heads rows of the table: it is short, and rows go on below it."""
        words = self._words(self.lines[at].cells[0])
        if len(words) > _LONGEST_HEADING or words[-1:] in ("。", "；", "：", ":") or at + 1 >= len(self.lines):
            return False
        after = self.lines[at + 1]
        return 1 < len(after.cells) <= width and not after.blank

    def _begins_a_row(self, at: int) -> bool:
        if at >= len(self.lines) or len(self.lines[at].cells) < 2:
            return False
        return NUMBER not in self.kinds or bool(_COUNTED.fullmatch(self._words(self.lines[at].cells[0])))

    def _joined(self, at: int, width: int) -> tuple[tuple[Span, ...], int] | None:
        """Join lines to a row where the lines of its cells are lines of the text."""
        cells = list(self.lines[at].cells)
        after = at + 1
        numbered = NUMBER in self.kinds
        while len(cells) < width and after < min(len(self.lines), at + _FURTHEST):
            more = self.lines[after].cells
            if numbered and len(more) > 1 and _COUNTED.fullmatch(self._words(more[0])):
                return None
            last = cells.pop()
            first = more[0]
            cells += [Span(last.begin if last.begin < last.end else first.begin, max(last.end, first.end)), *more[1:]]
            after += 1
        return (tuple(cells), after) if len(cells) == width and after > at + 1 else None

    def _with_lines_of_the_last(self, cells: tuple[Span, ...], at: int) -> tuple[tuple[Span, ...], int]:
        """Add the lines that a row's last cell goes on in, where another row follows them."""
        if not self.joins or NUMBER not in self.kinds or self.kinds[-1] not in (BODIES, REMARK, TASK):
            return cells, at
        after = at
        while after < len(self.lines) and after - at < _FURTHEST and len(self.lines[after].cells) == 1:
            after += 1
        more = [self.lines[k].cells[0] for k in range(at, after)]
        if not more or not self._begins_a_row(after) or cells[-1].begin == cells[-1].end:
            return cells, at
        if fitted(self.text, more, [self.kinds[-1]]) is None:
            return cells, at
        return (*cells[:-1], Span(cells[-1].begin, more[-1].end)), after
