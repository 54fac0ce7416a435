"""The lines of an aligned table put together to rows: which line belongs to which, and where a cell goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from plan_graph.reading.screen import width
from plan_graph.reading.table_columns import BODIES, NUMBER, TASK, TIME, is_of_bodies, may_stand

Row = list[list[tuple[int, str]]]  # for each column its lines: which line of the text, and its words there

COUNTED = re.compile(r"[0-9０-９]{1,3}[.．、]?")
_COMMA = re.compile("[、，,；;]")
_BRACKETS = re.compile("[（(〔][^（）()〔〕]*(?:[）)〕]|$)|^[^（(〔]*[）)〕]")
_PARTED = re.compile(r"[、，,；;\s]+")
_NOBODY = ("/", "无", "—", "-", "－")
_ENDED = ("。", "；", ";", "！", "？", "”")
_OPEN_AT_END = ("、", "，", ",", "（", "(", "〔", "《")
_OPEN_AT_BEGIN = ("、", "，", ",", "。", "；", "）", ")", "〕", "》", "：")
_FEWEST = 2  # rows
_SLACK = 2  # columns that a full line may leave empty, for a mark of punctuation
_SURE = 2  # rows that show beyond doubt that all are set at the top
_MUST, _MAY, _NOT = "must", "may", "not"


def rows_of(cut: Mapping[int, list[str]], kinds: Sequence[str]) -> list[Row] | None:
    """Put lines together to rows, or give None where one may belong to the row above or to that below."""
    return _counted(cut, kinds) if kinds[0] == NUMBER else _one_a_line(cut, kinds)


def _one_a_line(cut: Mapping[int, list[str]], kinds: Sequence[str]) -> list[Row] | None:
    """Read rows without numbers: each is one line, in which no cell goes on or begins in the middle."""
    rows: list[Row] = []
    task = kinds.index(TASK)
    lead = kinds.index(BODIES)
    widest = max(width(cells[task], 2) for cells in cut.values())
    full = 0
    for at, cells in cut.items():
        if len(set(cells)) == 1:
            rows.append([[(at, cells[0])]] * len(kinds))
            continue
        whole = not any(one.endswith(_OPEN_AT_END) or one.startswith(_OPEN_AT_BEGIN) for one in cells)
        if not whole or not cells[task] or not cells[lead]:
            break
        dated = all(_says_when(one) for one, kind in zip(cells, kinds, strict=True) if kind == TIME)
        complete = TIME in kinds and dated and all(cells)  # a line that goes on has no time of its own
        full += width(cells[task], 2) >= widest - _SLACK and not cells[task].endswith(_ENDED) and not complete
        rows.append([[(at, one)] if one else [] for one in cells])
    while rows and _is_section(rows[-1]):
        rows.pop()
    whole = len([row for row in rows if not _is_section(row)]) > _FEWEST and full <= 1
    return rows if whole else None


def _says_when(words: str) -> bool:
    """Tell whether a cell is a whole time: one that a line broke ends in a number."""
    return may_stand(TIME, words) and not words[-1].isdigit() and words[-1] != "年"


def _counted(cut: Mapping[int, list[str]], kinds: Sequence[str]) -> list[Row] | None:
    """Read rows that begin with numbers."""
    starts: list[int] = []
    sections: list[int] = []
    number = 0
    kept: list[int] = []
    for at, cells in cut.items():
        if len(set(cells)) == 1:
            sections.append(at)
        elif COUNTED.fullmatch(cells[0]):
            value = int(re.sub(r"\D", "", cells[0]))
            if value != number + 1 and not (value == 1 and sections and sections[-1] > max(starts, default=-1)):
                break
            number = value
            starts.append(at)
        elif cells[0]:
            break
        kept.append(at)
    if len(starts) < _FEWEST:
        return None
    table = _Lines({at: cut[at] for at in kept}, kinds, starts)
    return table.rows(sections)


class _Lines:
    """The lines of a table with the numbers of its rows: which line belongs to which row."""

    def __init__(self, cut: Mapping[int, list[str]], kinds: Sequence[str], starts: Sequence[int]) -> None:
        self.cut = cut
        self.kinds = kinds
        self.starts = starts
        own = [cells for cells in cut.values() if len(set(cells)) > 1]
        self.widest = [max(width(cells[c], 2) for cells in own) for c in range(len(kinds))]
        self.commas = [any(_COMMA.search(_BRACKETS.sub("", cells[c])) for cells in own) for c in range(len(kinds))]
        self.stops = any(cells[c].endswith("。") for cells in own for c, kind in enumerate(kinds) if kind == TASK)

    def rows(self, sections: Sequence[int]) -> list[Row] | None:
        """Give the rows and the headings between them, or None where one does not end beyond doubt."""
        own = [at for at in self.cut if at not in sections]
        ends = self._ends(own, sections)
        if ends is None:
            return None
        made: list[Row] = []
        begin = own[0]
        for start, stop in zip(self.starts, ends, strict=True):
            made += [[[(at, self.cut[at][0])]] * len(self.kinds) for at in sections if begin <= at < start]
            mine = [at for at in own if begin <= at < stop]
            row: Row = []
            for column in range(len(self.kinds)):
                cell = self._cell(column, [(at, self.cut[at][column]) for at in mine if self.cut[at][column]])
                if cell is None:
                    return None
                row.append(cell)
            made.append(row)
            begin = stop
        return made

    def _ends(self, own: Sequence[int], sections: Sequence[int]) -> list[int] | None:
        """Give the line before which each row ends, or None where that is open."""
        found: list[int] = []
        top = tall = other_ways = several = 0  # rows plainly set at the top, of several lines, or not; rows left open
        for one, other in pairwise(self.starts):
            between = [at for at in own if one < at < other]
            parted = [at for at in sections if one < at < other]
            if parted:
                ways = [] if any(at > parted[0] for at in between) else [parted[0]]
            else:
                ways = [end for end in (*between, other) if self._parts(one, end, other)]
            if not ways or (len(ways) > 1 and other not in ways):
                return None
            found.append(ways[0] if len(ways) == 1 else other)
            several += len(ways) > 1
            if len(ways) == 1 and between and not parted:
                top += ways[0] == other
                tall += ways[0] == other and len(between) > 1  # set in the middle its number stood lower
                other_ways += ways[0] != other
        above = [at for at in own if at < self.starts[0]]
        if several and (above or other_ways or top < _SURE or not tall):
            return None
        if above and not self._holds([*above, self.starts[0]]):
            return None
        return [*found, self._last(self.starts[-1], [at for at in own if at > self.starts[-1]])]

    def _cell(self, column: int, held: Sequence[tuple[int, str]]) -> list[tuple[int, str]] | None:
        """Give the lines of a cell, with a blank before a line that begins another name, or None if that is open."""
        made = list(held[:1])
        for (_, one), (at, other) in pairwise(held):
            parted = False
            if self.kinds[column] == BODIES and self._goes_on(column, one, other) == _MAY:
                parted = not self._full(column, one)
                whole = is_of_bodies(_last_name(one))
                if parted != whole and (parted or not self.commas[column]):
                    return None
            parted = parted or (one[-1].isascii() and other[0].isascii() and one[-1].isalnum() and other[0].isalnum())
            made.append((at, " " * parted + other))
        return made

    def _last(self, start: int, after: Sequence[int]) -> int:
        """Give where the last row ends: it goes on in lines of which every cell goes on with the one above."""
        mine = [start]
        for at in after:
            if at - mine[-1] > 1 or not self._holds([*mine, at], strict=True):
                break
            mine.append(at)
        return mine[-1] + 1

    def _parts(self, one: int, end: int, other: int) -> bool:
        """Tell whether one row may end before a line that lies between its number and the next."""
        between = [at for at in self.cut if one <= at <= other]
        upper, lower = [at for at in between if at < end], [at for at in between if at >= end]
        if not (self._holds(upper) and self._holds(lower)):
            return False
        for c in range(len(self.kinds)):
            last = next((self.cut[at][c] for at in reversed(upper) if self.cut[at][c]), "")
            following = next((self.cut[at][c] for at in lower if self.cut[at][c]), "")
            if last and following and self._goes_on(c, last, following) == _MUST:
                return False
            if last.endswith(_OPEN_AT_END) or following.startswith(_OPEN_AT_BEGIN):
                return False
        return True

    def _holds(self, lines: Sequence[int], strict: bool = False) -> bool:
        """Tell whether lines may be of one row; ``strict`` asks that what is under nothing is not."""
        for c in range(1, len(self.kinds)):
            said = [(at, self.cut[at][c]) for at in lines if self.cut[at][c]]
            if strict and self.cut[lines[-1]][c] and len(said) == 1:
                return False
            for (_, one), (_, other) in pairwise(said):
                if self._goes_on(c, one, other) == _NOT:
                    return False
        return True

    def _full(self, column: int, words: str) -> bool:
        return width(words, 2) >= self.widest[column] - _SLACK

    def _goes_on(self, column: int, one: str, other: str) -> str:
        """Tell whether a line of a cell must, may or cannot go on in another."""
        kind = self.kinds[column]
        opened = sum(map(one.count, "（(〔《")) > sum(map(one.count, "）)〕》"))
        if opened or one.endswith(_OPEN_AT_END) or other.startswith(_OPEN_AT_BEGIN):
            return _MUST
        full = self._full(column, one)
        if kind == BODIES:
            return _MAY if is_of_bodies(_last_name(one)) or not full else _MUST
        if kind != TASK:
            return _MAY
        if one.endswith(_ENDED):
            return _MAY if full else _NOT
        return _NOT if not full else _MUST if self.stops else _MAY


def _last_name(words: str) -> str:
    return _PARTED.split(words)[-1]


def _is_section(row: Row) -> bool:
    return all(cell is row[0] for cell in row)


def is_certain(row: Row, kinds: Sequence[str]) -> bool:
    """Tell whether the cells of a row hold what their heads say; who leads may be merged with the row above."""
    if _is_section(row):
        return True
    lead = kinds.index(BODIES)
    for cell, kind in zip(row, kinds, strict=True):
        words = "".join(one for _, one in cell)
        if kind == BODIES and words and words not in _NOBODY and not (_names(words) or words.startswith("同")):
            return False
        if kind == TASK and not words and kinds.count(TASK) == 1:
            return False
    return bool(row[lead])


def _names(words: str) -> bool:
    """Tell whether a cell names bodies, from its beginning to its end."""
    whole = sum(map(words.count, "（(〔《")) == sum(map(words.count, "）)〕》"))
    return whole and is_of_bodies(words) and not words.endswith(_OPEN_AT_END) and not words.startswith(_OPEN_AT_BEGIN)
