"""Tables whose columns are aligned with spaces and whose rows no blank line parts, as ``pdftotext -layout`` gives them.

A table is read only where nothing in it is open: an empty gutter of two columns of the screen parts each head, and
what stands beneath it, from the next through all lines; or each line is cut by such gutters in as many cells as there
are heads, and all agree with them. Each row begins with its number, counting on, or is one line. Of the lines between
two numbers it must be plain which row each belongs to: a list that ends in 、 goes on, a short last line of a
sentence does not; where the words leave it open, it is what the other rows of the table show beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plan_graph.reading.table_columns import BODIES, NUMBER, TASK, column_kind, is_head, is_of_bodies, may_stand

Row = list[list[tuple[int, str]]]  # for each column its lines: which line of the text, and its words there

_BLANK = " \u3000\xa0"
_GUTTER = 2  # columns of the screen that part two cells
_COUNTED = re.compile(r"[0-9０-９]{1,3}[.．、]?")
_BEFORE_WORDS = re.compile(rf"[{_BLANK}]*[0-9０-９]{{1,3}}[.．、]?(?=[{_BLANK}])")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^，。；]{2,30}")
_PAGE = re.compile(r"\s*(?:[-—－–]+\s*\d{1,4}\s*[-—－–]+|第\s*\d+\s*页.{0,12})\s*")
_BARE_PAGE = re.compile(r"\s*\d{1,4}\s*")
_BEHIND = re.compile(
    rf"[{_BLANK}]*(?:注|备注|说明|附|[（(]?[一二三四五六七八九十]{{1,3}}[、）)]|[-—－–]+\s*\d|第\s*\d+\s*页)"
)
_TASKS = re.compile("任务|措施|事项|工作|内容|举措")
_COMMA = re.compile("[、，,；;]")
_BRACKETS = re.compile("[（(〔][^（）()〔〕]*(?:[）)〕]|$)|^[^（(〔]*[）)〕]")
_PARTED = re.compile(r"[、，,；;\s]+")
_NOBODY = ("/", "无", "—", "-", "－")
_ENDED = ("。", "；", ";", "！", "？", "”")
_OPEN_AT_END = ("、", "，", ",", "（", "(", "〔", "《")
_OPEN_AT_BEGIN = ("、", "，", ",", "。", "；", "）", ")", "〕", "》", "：")
_FEWEST = 2  # rows
_INDENT = 4  # columns by which a paragraph may be indented
_AHEAD = 20  # lines, over the end of a page
_LONGEST = 2000  # lines
_SLACK = 2  # columns that a full line may leave empty, for a mark of punctuation
_SURE = 2  # rows that show beyond doubt that all are set at the top
_MUST, _MAY, _NOT = "must", "may", "not"


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table in the lines ``first`` to before ``end``: its rows, the heads first."""

    first: int
    end: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    begin: int
    end: int
    words: str


def wide(character: str) -> int:
    """Say how many columns of the screen a character takes."""
    return 2 if ord(character) > 0x2000 else 1


def aligned(lines: Sequence[str], first: int) -> Aligned | None:
    """Read the table whose heads stand in a line, or give None where anything in it is open."""
    heads = _heads(lines[first], 2)
    if heads is None:
        return None
    kinds = [column_kind(head.words) for head in heads]
    cut = _by_gutters(lines, first, heads, 2)
    narrow = _heads(lines[first], 1)  # pdftotext may count a Han character as one column
    other = _by_gutters(lines, first, narrow, 1) if narrow and len(narrow) == len(heads) else {}
    if cut and narrow and any(other.get(at, cells) != cells for at, cells in cut.items()):
        inside = [lines[at] for at in cut]
        one, two = _in_line(inside, heads, 2), _in_line(inside, narrow, 1)
        if 2 * min(one, two) > max(one, two):
            return None
        cut = cut if one > two else other
    else:
        cut = cut or other
    for lines_cut in (cut, _by_count(lines, first, heads, kinds)):
        found = _rows(lines_cut, kinds) if lines_cut else None
        if found and all(_is_certain(row, kinds) for row in found):
            last = max(at for cell in found[-1] for at, _ in cell)
            if not _has_more(lines, last + 1, found[-1], kinds, heads):
                return Aligned(first, last + 1, ([[(first, head.words)] for head in heads], *found))
    return None


def _in_line(lines: Sequence[str], heads: Sequence[_Piece], han: int) -> int:
    """Count the cells that begin right under the beginning of a head."""
    begins = {head.begin for head in heads[1:]}
    return sum(piece.begin in begins for line in lines for piece in _pieces(line, han))


def cells_of(line: str, han: int = 2) -> list[str]:
    """Cut a line where a gutter parts its words.

    >>> cells_of("1  推进甲工作。   市财政局、 市教育局")
    ['1', '推进甲工作。', '市财政局、 市教育局']
    """
    return [piece.words for piece in _pieces(line, han)]


def _pieces(line: str, han: int) -> list[_Piece]:
    """Give the words of a line that a gutter parts; a number at the beginning is parted by any blank."""
    numbered = _BEFORE_WORDS.match(line)
    found: list[_Piece] = []
    at = 0
    begin = end = -1
    words = ""
    for index, character in enumerate(line):
        size = wide(character) if han > 1 else 1
        if character not in _BLANK and character not in "\f\r\t":
            if words and at - end < _GUTTER and not (numbered and end == _screen(line[: numbered.end()], han)):
                words += line[index - 1] * (at > end) + character
            else:
                if words:
                    found.append(_Piece(begin, end, words))
                begin, words = at, character
            end = at + size
        at += size
    if words:
        found.append(_Piece(begin, end, words))
    return found


def _screen(words: str, han: int) -> int:
    return sum(wide(c) if han > 1 else 1 for c in words)


def _heads(line: str, han: int) -> list[_Piece] | None:
    """Give the heads of a table that a line holds, or None: a head may be spaced (序　号)."""
    heads: list[_Piece] = []
    for piece in _pieces(line, han):
        last = heads[-1] if heads else None
        if last and len(piece.words) == 1 and column_kind(last.words + piece.words) != TASK:
            heads[-1] = _Piece(last.begin, piece.end, last.words + piece.words)
        else:
            heads.append(piece)
    kinds = [column_kind(head.words) for head in heads]
    named = BODIES in kinds and all(is_head(head.words) for head in heads)
    two = kinds == [TASK, BODIES] and bool(_TASKS.search(heads[0].words))
    return heads if named and TASK in kinds and (len(heads) > _FEWEST or two) else None


def _by_gutters(lines: Sequence[str], first: int, heads: Sequence[_Piece], han: int) -> dict[int, list[str]]:
    """Cut the lines beneath heads where the same gutters part all of them."""
    taken = [(head.begin, head.end) for head in heads]
    held: dict[int, list[_Piece]] = {}
    sections: dict[int, str] = {}
    said = [head.words for head in heads]
    for at in range(first + 1, min(len(lines), first + _LONGEST)):
        pieces = _pieces(lines[at], han)
        beyond = bool(pieces) and pieces[0].begin >= heads[0].end
        if not pieces or _PAGE.fullmatch(lines[at]) or (beyond and _BARE_PAGE.fullmatch(lines[at])):
            continue
        if [piece.words for piece in pieces] == said:  # the heads again, on the next page
            continue
        if len(pieces) == 1 and _SECTION.fullmatch(pieces[0].words):
            sections[at] = pieces[0].words
            continue
        more = _over(taken, [(piece.begin, piece.end) for piece in pieces])
        if len(more) < len(heads):
            break
        taken = more
        held[at] = pieces
    if len(taken) != len(heads):  # what stands under no head may belong to the column before or behind
        return {}
    cut: dict[int, list[str]] = {}
    for line, pieces in held.items():
        cut[line] = [" ".join(piece.words for piece in pieces if begin <= piece.begin < end) for begin, end in taken]
    for line, words in sections.items():
        cut[line] = [words] * len(heads)
    return dict(sorted(cut.items()))


def _over(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lay stretches over each other; those between which no gutter is left become one."""
    made: list[tuple[int, int]] = []
    for begin, end in sorted([*one, *other]):
        if made and begin < made[-1][1] + 1:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((begin, end))
    return made


def _by_count(lines: Sequence[str], first: int, heads: Sequence[_Piece], kinds: Sequence[str]) -> dict[int, list[str]]:
    """Cut lines that are not aligned: each must have a cell for every head, and each cell agree with its head."""
    cut: dict[int, list[str]] = {}
    for at in range(first + 1, min(len(lines), first + _LONGEST)):
        cells = cells_of(lines[at])
        if not cells or _PAGE.fullmatch(lines[at]):
            continue
        if len(cells) != len(heads) or not all(may_stand(kind, one) for kind, one in zip(kinds, cells, strict=True)):
            break
        cut[at] = cells
    return cut


def _rows(cut: Mapping[int, list[str]], kinds: Sequence[str]) -> list[Row] | None:
    """Put lines together to rows, or give None where one may belong to the row above or to that below."""
    return _counted(cut, kinds) if kinds[0] == NUMBER else _one_a_line(cut, kinds)


def _one_a_line(cut: Mapping[int, list[str]], kinds: Sequence[str]) -> list[Row] | None:
    """Read rows without numbers: each is one line, in which no cell goes on or begins in the middle."""
    rows: list[Row] = []
    task = kinds.index(TASK)
    lead = kinds.index(BODIES)
    widest = max(_screen(cells[task], 2) for cells in cut.values())
    full = 0
    for at, cells in cut.items():
        if len(set(cells)) == 1:
            rows.append([[(at, cells[0])]] * len(kinds))
            continue
        whole = not any(one.endswith(_OPEN_AT_END) or one.startswith(_OPEN_AT_BEGIN) for one in cells)
        if not whole or not cells[task] or not cells[lead]:
            break
        full += _screen(cells[task], 2) >= widest - _SLACK and not cells[task].endswith(_ENDED)
        rows.append([[(at, one)] if one else [] for one in cells])
    while rows and _is_section(rows[-1]):
        rows.pop()
    whole = len([row for row in rows if not _is_section(row)]) > _FEWEST and full <= 1
    return rows if whole else None


def _counted(cut: Mapping[int, list[str]], kinds: Sequence[str]) -> list[Row] | None:
    """Read rows that begin with numbers."""
    starts: list[int] = []
    sections: list[int] = []
    number = 0
    kept: list[int] = []
    for at, cells in cut.items():
        if len(set(cells)) == 1:
            sections.append(at)
        elif _COUNTED.fullmatch(cells[0]):
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
        self.widest = [max(_screen(cells[c], 2) for cells in own) for c in range(len(kinds))]
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
        return _screen(words, 2) >= self.widest[column] - _SLACK

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


def _is_certain(row: Row, kinds: Sequence[str]) -> bool:
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


def _has_more(lines: Sequence[str], at: int, row: Row, kinds: Sequence[str], heads: Sequence[_Piece]) -> bool:
    """Tell whether what stands behind a table may be another of its lines, or of its rows on the next page."""
    beyond = [line for line in lines[at : at + _AHEAD] if line.strip() and not _PAGE.fullmatch(line)]
    direct = at < len(lines) and lines[at].strip() and not _BEHIND.match(lines[at])
    if kinds[0] != NUMBER:
        return bool(direct) or (bool(beyond) and len(cells_of(beyond[0])) > 1)
    number = int(re.sub(r"\D", "", row[0][0][1])) + 1
    for cells in map(cells_of, beyond):
        if len(cells) > 1 and _COUNTED.fullmatch(cells[0]) and int(re.sub(r"\D", "", cells[0])) == number:
            return True
    if not direct:
        return False
    pieces = _pieces(lines[at], 2)
    return len(pieces) > 1 or pieces[0].begin > heads[0].begin + _INDENT or pieces[0].end <= heads[-1].begin
