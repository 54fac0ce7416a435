"""Tables whose columns are aligned with spaces and whose rows no blank line parts, as ``pdftotext -layout`` gives them.

A table is read only where nothing in it is open: an empty gutter of two columns of the screen parts each head, and
what stands beneath it, from the next through all lines; or each line is cut by such gutters in as many cells as there
are heads, and all agree with them. Each row begins with its number, counting on, or is one line. Of the lines between
two numbers it must be plain which row each belongs to: a list that ends in 、 goes on, a short last line of a
sentence does not; where the words leave it open, it is what the other rows of the table show beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plan_graph.reading.aligned_rows import COUNTED, Row, is_certain, rows_of
from plan_graph.reading.screen import over, wide, width
from plan_graph.reading.table_columns import BODIES, NUMBER, TASK, column_kind, is_head, may_stand

_BLANK = " \u3000\xa0"
_GUTTER = 2  # columns of the screen that part two cells
_BEFORE_WORDS = re.compile(rf"[{_BLANK}]*[0-9０-９]{{1,3}}[.．、]?(?=[{_BLANK}])")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^，。；]{2,30}")
_PAGE = re.compile(r"\s*(?:[-—－–]+\s*\d{1,4}\s*[-—－–]+|第\s*\d+\s*页.{0,12})\s*")
_BARE_PAGE = re.compile(r"\s*\d{1,4}\s*")
_BEHIND = re.compile(
    rf"[{_BLANK}]*(?:注|备注|说明|附|[（(]?[一二三四五六七八九十]{{1,3}}[、）)]|[-—－–]+\s*\d|第\s*\d+\s*页)"
)
_TASKS = re.compile("任务|措施|事项|工作|内容|举措")
_FEWEST = 2  # columns
_INDENT = 4  # columns by which a paragraph may be indented
_AHEAD = 20  # lines, over the end of a page
_LONGEST = 2000  # lines


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
        found = rows_of(lines_cut, kinds) if lines_cut else None
        if found and all(is_certain(row, kinds) for row in found):
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
            if words and at - end < _GUTTER and not (numbered and end == width(line[: numbered.end()], han)):
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
        more = over(taken, [(piece.begin, piece.end) for piece in pieces])
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


def _has_more(lines: Sequence[str], at: int, row: Row, kinds: Sequence[str], heads: Sequence[_Piece]) -> bool:
    """Tell whether what stands behind a table may be another of its lines, or of its rows on the next page."""
    beyond = [line for line in lines[at : at + _AHEAD] if line.strip() and not _PAGE.fullmatch(line)]
    direct = at < len(lines) and lines[at].strip() and not _BEHIND.match(lines[at])
    if kinds[0] != NUMBER:
        return bool(direct) or (bool(beyond) and len(cells_of(beyond[0])) > 1)
    number = int(re.sub(r"\D", "", row[0][0][1])) + 1
    for cells in map(cells_of, beyond):
        if len(cells) > 1 and COUNTED.fullmatch(cells[0]) and int(re.sub(r"\D", "", cells[0])) == number:
            return True
    if not direct:
        return False
    pieces = _pieces(lines[at], 2)
    return len(pieces) > 1 or pieces[0].begin > heads[0].begin + _INDENT or pieces[0].end <= heads[-1].begin
