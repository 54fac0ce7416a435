"""Texts that draw their tables: cells stand side by side, each over several lines, ruled or parted by spaces.

So write pandoc (grid and multi-line tables), programs that draw boxes, and ``pdftotext -layout``. What stands in one
cell is no one stretch of such a text, so the document's text is written anew as for a PDF: a row a line, its cells
parted by tabs, with the lines of the file each came from (``line=3,5``, RFC 5147) as its origin. Where the lines do
not show beyond doubt which column a word stands in, or where a row ends, the text is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from plan_graph.model.text import Document, Note, Origin, Span, Table
from plan_graph.reading.aligned import aligned
from plan_graph.reading.screen import over, wide
from plan_graph.reading.table_columns import BODIES, NUMBER, column_kind, is_head, is_of_bodies
from plan_graph.reading.tables import with_text_tables
from plan_graph.reading.text import decode

_BAR = "|\uff5c│┃║"
_CORNER = "+┼├┤┌┐└┘┬┴╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋"
_DASH = "-─═=━:"
_RULED = re.compile(rf"[{_CORNER}{_BAR}].*[{_DASH}]{{3,}}.*[{_CORNER}{_BAR}]")
_CONTENT = re.compile(rf"[{_BAR}].*[{_BAR}]")
_A_RULE = re.compile(rf"[{_DASH}]+")
_CUT = re.compile(f"[{_BAR}{_CORNER}]")
_DASHES = re.compile(r"\s*-{3,}(?: +-{2,}){2,}\s*")
_FULL = re.compile(r"\s*-{10,}\s*")
_COUNTED = re.compile(r"[0-9０-９]{1,3}[.．、]?")
_BODY_LIKE = re.compile("单位|部门|主体|牵头|责任")
_WORD = re.compile(r"[^ \u3000\xa0]+(?: (?=[A-Za-z0-9])[^ \u3000\xa0]+)*")
_NAMES = re.compile("[、，,；;]")
_COLUMNS = 3  # at least
_BLANKS = re.compile("[ \u3000\xa0]")
_LONGEST = 2000  # lines of a table whose end only spaces show
_TRIES = 3
_RULES = 3  # above the heads, below them and at the end


@dataclass(eq=False, slots=True)
class _Cell:
    """A cell as it is gathered: its lines, and the numbers of these; ``words`` where it is known how they go on."""

    lines: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    words: str = ""

    def add(self, line: str, at: int) -> None:
        if line.strip():
            self.lines.append(line.strip())
            self.at.append(at)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A table drawn in the lines ``first`` to before ``end``."""

    first: int
    end: int
    rows: list[list[_Cell]]


def read(raw: bytes, document_id: str, name: str) -> Document:
    """Read a text file, with the tables drawn in it as tables.

    :raises UnreadableError: as ``text.decode``.
    """
    document = decode(raw, document_id, name)
    lines = document.text.split("\n")
    drawn = list(_drawn(lines))
    return _written(document, lines, drawn) if drawn else document


def _drawn(lines: Sequence[str]) -> Iterator[_Drawn]:
    at = 0
    failed: Counter[str] = Counter()  # heads of which no table was made: not tried for ever
    rules = 0  # directly beneath others, of which no table was made
    while at < len(lines):
        line = lines[at].strip()
        found = None
        above = lines[at - 1].strip() if at else ""
        if _begins_ruled(line) and not _CONTENT.fullmatch(above):
            rules = rules + 1 if _begins_ruled(above) else 0
            found = _ruled(lines, at) if rules < _TRIES else None
        elif _DASHES.fullmatch(lines[at]):
            found = _dashed(lines, at)
        elif _BLANKS.search(line) and _BODY_LIKE.search(line) and failed[line] < _TRIES:
            found = _spaced(lines, at)
            failed[line] += found is None
        if found:
            rules = 0
            yield found
        at = max(at + 1, found.end if found else 0)


def _begins_ruled(line: str) -> bool:
    return line[:1] != "" and line[0] in _CORNER + _BAR and _RULED.fullmatch(line) is not None


def _ruled(lines: Sequence[str], first: int) -> _Drawn | None:
    """Read a table with rules between its rows; where a rule is broken, a cell goes on below it."""
    end, rules = first, 0
    while end < len(lines) and (_RULED.fullmatch(lines[end].strip()) or _CONTENT.fullmatch(lines[end].strip())):
        rules += bool(_RULED.fullmatch(lines[end].strip()))
        end += 1
    columns = len(_CUT.findall(lines[first])) - 1
    if rules < _RULES or columns < _COLUMNS:
        return None
    cells = [_Cell() for _ in range(columns)]
    rows: list[list[_Cell]] = []
    filled = False
    for at in range(first, end):
        line = lines[at].strip()
        pieces = _CUT.split(line)[1:-1] if _RULED.fullmatch(line) else re.split(f"[{_BAR}]", line)[1:-1]
        dashed = [bool(_A_RULE.fullmatch(piece.strip())) for piece in pieces]
        if _RULED.fullmatch(line) and all(one or not piece.strip() for one, piece in zip(dashed, pieces, strict=True)):
            if filled:
                rows.append(list(cells))
            ended = dashed if len(pieces) == columns else [True] * columns
            cells = [_Cell() if ends else cell for ends, cell in zip(ended, cells, strict=True)]
            filled = False
            continue
        if _RULED.fullmatch(line) and len(pieces) == columns and any(dashed):  # beside a rule a cell goes on
            rows += [list(cells)] if filled else []
            cells = [_Cell() if ends else cell for ends, cell in zip(dashed, cells, strict=True)]
        if len(pieces) == 1:  # a heading over all columns
            cells = [cells[0]] * columns
            cells[0].add(pieces[0], at)
        elif len(pieces) == columns:
            for cell, ends, piece in zip(cells, dashed, pieces, strict=True):
                cell.add("" if ends else piece, at)
        else:
            return None
        filled = True
    if filled:
        rows.append(list(cells))
    return _Drawn(first, end, rows) if len(rows) > 1 else None


def _cut(line: str, places: Sequence[tuple[int, int]], han: int) -> list[str]:
    """Cut a line at columns of the screen; ``han`` is how many of them a Han character takes."""
    made = [""] * len(places)
    at = 0
    for character in line:
        column = next((c for c, (begin, end) in enumerate(places) if begin <= at < end), None)
        if column is not None:
            made[column] += character
        at += wide(character) if han > 1 else 1
    return made


def _dashed(lines: Sequence[str], dashes: int) -> _Drawn | None:
    """Read a table of pandoc: hyphens below the heads show the columns, a blank line ends a row of several lines."""
    above = [at for at in range(max(0, dashes - 6), dashes) if _FULL.fullmatch(lines[at])]
    first = above[-1] + 1 if above else dashes - 1
    begins = [hit.start() for hit in re.finditer("-+", lines[dashes])]
    places = list(zip(begins, [*begins[1:], 10**6], strict=True))
    heads = [_Cell() for _ in places]
    for at in range(first, dashes):
        for cell, piece in zip(heads, _cut(lines[at], places, 2), strict=True):
            cell.add(piece, at)
    if not any(column_kind("".join(cell.lines)) == BODIES for cell in heads):
        return None
    rows = [heads]
    at = dashes + 1
    cells = [_Cell() for _ in places]
    last = min(len(lines), dashes + _LONGEST)
    while at < last and not _FULL.fullmatch(lines[at]) and (above or lines[at].strip()):
        for cell, piece in zip(cells, _cut(lines[at], places, 2), strict=True):
            cell.add(piece, at)
        if (not lines[at].strip() or not above) and any(cell.lines for cell in cells):
            rows.append(cells)
            cells = [_Cell() for _ in places]
        at += 1
    if any(cell.lines for cell in cells):
        rows.append(cells)
    ends = at < last and bool(_FULL.fullmatch(lines[at]))
    return _Drawn(first - bool(above), at + ends, rows) if len(rows) > 1 and (ends or not above) else None


def _spaced(lines: Sequence[str], first: int) -> _Drawn | None:
    """Read a table whose columns are parted by spaces and whose rows by blank lines, each row with its number."""
    for han in (2, 1):
        found = _in_columns(lines, first, han)
        if found:
            return found
    dense = aligned(lines, first)
    if dense is None:
        return None
    made = {  # a heading is one cell in all columns
        id(held): _Cell([words for _, words in held], [at for at, _ in held], "".join(words for _, words in held))
        for row in dense.rows
        for held in row
    }
    return _Drawn(dense.first, dense.end, [[made[id(held)] for held in row] for row in dense.rows])


def _in_columns(lines: Sequence[str], first: int, han: int) -> _Drawn | None:
    """Read such a table where a Han character is ``han`` columns wide."""
    heads = [hit[0] for hit in _WORD.finditer(lines[first])]
    if not (len(heads) >= _COLUMNS and all(map(is_head, heads)) and BODIES in map(column_kind, heads)):
        return None
    if column_kind(heads[0]) != NUMBER:
        return None
    taken = _taken(lines[first], han)
    blocks: list[list[int]] = [[first]]
    at = first + 1
    while at < min(len(lines), first + _LONGEST):
        if not lines[at].strip():
            blocks.append([])
        else:
            more = over(taken, _taken(lines[at], han), gap=0)
            if len(more) < len(heads) and not blocks[-1]:
                break
            if len(more) < len(heads) or blocks[-1] == [first]:
                return None  # a row of which a line fits into no columns; heads that may go on in another line
            taken = more
            blocks[-1].append(at)
        at += 1
    own = _taken(lines[first], han)
    taken = [one for one in taken if any(one[0] <= begin < one[1] for begin, _ in own)]  # names parted by spaces
    if len(taken) != len(heads):
        return None
    places = list(
        zip([0, *(begin for begin, _ in taken[1:])], [*(begin for begin, _ in taken[1:]), 10**6], strict=True)
    )
    rows: list[list[_Cell]] = []
    for block in filter(None, blocks):
        row = _row(lines, block, places, han, heads)
        if row is None:
            return None
        rows.append(row)
    while rows and len(set(map(id, rows[-1]))) == 1:
        rows.pop()  # what follows the table
    end = max((line for row in rows for cell in row for line in cell.at), default=first) + 1
    return _Drawn(first, end, rows) if len(rows) > _COLUMNS - 1 else None


def _row(
    lines: Sequence[str], block: Sequence[int], places: Sequence[tuple[int, int]], han: int, heads: Sequence[str]
) -> list[_Cell] | None:
    """Read a row, a heading over all columns or the heads again from lines between blank ones; None if it is none."""
    cells = [_Cell() for _ in places]
    for line in block:
        for cell, piece in zip(cells, _cut(lines[line], places, han), strict=True):
            cell.add(piece, line)
    filled = [cell for cell in cells if cell.lines]
    if len(cells[0].lines) == 1 and _COUNTED.fullmatch(cells[0].lines[0]):
        return cells
    if len(filled) == 1:
        return [filled[0]] * len(cells)
    return cells if ["".join(cell.lines) for cell in cells] == heads else None


def _taken(line: str, han: int) -> list[tuple[int, int]]:
    """Give the stretches of a line that hold anything, in columns of the screen."""
    made: list[tuple[int, int]] = []
    at = 0
    for character in line:
        columns = wide(character) if han > 1 else 1
        if character not in " \u3000\xa0":
            if made and made[-1][1] == at:
                made[-1] = (made[-1][0], at + columns)
            else:
                made.append((at, at + columns))
        at += columns
    return made


def _said(cell: _Cell, kind: str) -> str:
    """Put the lines of a cell together: names of bodies of which each fills lines are parted, words go on."""
    made = ""
    for line in cell.lines:
        gap = ""
        if made:
            last, following = _NAMES.split(made)[-1].split(" ")[-1], _NAMES.split(line)[0]
            two = (
                kind == BODIES
                and len(last) > 2
                and len(following) > 2
                and is_of_bodies(last)
                and is_of_bodies(following)
            )
            latin = made[-1].isascii() and line[0].isascii() and made[-1].isalnum() and line[0].isalnum()
            gap = " " if two or latin else ""
        made += gap + line
    return made


def _written(document: Document, lines: Sequence[str], drawn: Sequence[_Drawn]) -> Document:
    """Write the text anew, the drawn tables as rows of cells."""
    text: list[str] = []
    length = 0
    origins: list[Origin] = []
    tables: list[Table] = []

    def put(words: str, first: int, end: int) -> Span:
        nonlocal length
        span = Span(length, length + len(words))
        if words:
            text.append(words)
            length += len(words)
            if words.strip("\n\t"):
                origins.append(Origin(span, f"line={first},{end}"))
        return span

    at = 0
    for table in drawn:
        put("".join(line + "\n" for line in lines[at : table.first]), at, table.first)
        begin = length
        kinds = [column_kind("".join(cell.lines)) for cell in table.rows[0]]
        written: dict[int, Span] = {}
        rows: list[tuple[Span, ...]] = []
        for row in table.rows:
            spans: list[Span] = []
            for column, cell in enumerate(row):
                if column:
                    put("\t", 0, 0)
                if id(cell) not in written:
                    of = (cell.at[0], cell.at[-1] + 1) if cell.at else (0, 0)
                    written[id(cell)] = put(cell.words or _said(cell, kinds[column]), *of)
                spans.append(written[id(cell)])
            put("\n", 0, 0)
            rows.append(tuple(spans))
        tables.append(Table(Span(begin, length - 1), tuple(rows)))
        at = table.end
    put("\n".join(lines[at:]), at, len(lines))
    note = Note(
        f"{len(drawn)} 个以线条或空格画出的表格改写为每行一条",
        f"{len(drawn)} tables drawn with lines or spaces were written a row a line",
    )
    return with_text_tables(
        replace(
            document,
            text="".join(text),
            line_ends=(),
            notes=(*document.notes, note),
            tables=tuple(tables),
            origins=tuple(origins),
        )
    )
