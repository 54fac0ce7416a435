"""Grids and the characters in them → tables; one that goes on over pages is one table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from plan_graph.reading.assembly import Cell
from plan_graph.reading.pdf_grid import Grid, grids
from plan_graph.reading.pdf_lines import Line, join, lines
from plan_graph.reading.pdf_process import Glyph, Page

_SAME_COLUMN = 5.0  # points
_NUMBER = re.compile(r"[（(]?(?:\d{1,4}(?:\.\d{1,3})*|[一二三四五六七八九十百]{1,4})[)）.．、]?")
_ENDED = tuple("。！？!?")
_SUMS = ("合计", "总计", "小计", "共计", "备注", "注：")
_NAME_ENDS, _NAME_BEGINS = re.compile("[厅局委办院会署部]$"), re.compile("省|市|县|区|州|各|国家|有关|相关")
# 省财政厅, 大连海关, 县政府（办公室）, and not 社会 in 社会保障局 or 市委 in 市委组织部
_WHOLE_NAME = re.compile(
    r"(?:[^、，,；;。\s]{2}(?:[厅局办部院署行府室]|(?<![省市县区州旗党])委|(?<!社)会|总?社)|团[中央省市县区]{1,2}委?|海关|公司|集团|单位|部门|地区|机构"
    r"|企业|中心|[总支大]队|工商联|[妇残科侨文作]联|科协|[厅局委办部会府][）)])$"
)
_BEGINS = re.compile(
    "(?!员|有限|股份|办公|组织部|宣传部|统战部|政法|研究室|督查|机关|党组|.?[、，,；;。])[\u4e00-\u9fff]"
)
_COMMA = re.compile("[、，,；;]")
# within a list: after a comma, or in a name
_GOES_ON = re.compile("[、，,][^、，,。；\\s]{0,12}(?<![厅局委办部会院署行府室社司所站队心团业位门关区市县校港）)等])$")
_BROKEN = re.compile("[。；][^。；]*[^。；！？!?）)”]$")
_ITEM = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]")
_LONG = 3
_SEVERAL = 4  # columns
_SENTENCE = 15  # letters, at least
_ROOM, _UNEVEN = 0.98, 0.3  # of its size: what a letter needs, by how much lines that are full differ
_OPEN, _CLOSE = re.compile(r"[（(〔【《“]"), re.compile(r"[）)〕】》”]")


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of it on one page: its columns, rows and upper and lower edge, and the page it ends on.

    A cell merged over several places is one object in all of them. ``opened`` tells whether its first row has no line
    above it, and its last none below.
    """

    xs: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    top: float
    bottom: float
    page: int
    opened: tuple[bool, bool] = (False, False)

    @property
    def filled(self) -> list[Cell]:
        """Return the cells that say something, each once."""
        return list({id(cell): cell for row in self.rows for cell in row if cell.pieces}.values())


def tables(page: Page) -> tuple[list[PageTable], list[Glyph]]:
    """Give the tables of a page, and the characters outside them."""
    found: list[PageTable] = []
    outside = list(page.glyphs)
    for grid in sorted(grids(page), key=lambda g: (g.xs[-1] - g.xs[0]) * (g.ys[-1] - g.ys[0])):  # the innermost first
        held: dict[int, list[Glyph]] = {}
        rest: list[Glyph] = []
        for glyph in outside:
            region = grid.place(*glyph.centre)
            if region is None:
                rest.append(glyph)
            else:
                held.setdefault(region, []).append(glyph)
        if any(not glyph.text.isspace() for glyphs in held.values() for glyph in glyphs):
            found.append(_table(grid, held, page.number))
            outside = rest
    return found, outside


def _table(grid: Grid, held: dict[int, list[Glyph]], page: int) -> PageTable:
    place = f"page={page}"
    cells: dict[int, Cell] = {}
    inside = {region: lines(held.get(region, ()), page) for row in grid.regions for region in row}
    for column in zip(*grid.regions, strict=True):
        alone = {inside[region][0].text for region in column if len(inside[region]) == 1}
        for region in column:
            if region not in cells:
                texts = [line.text for line in inside[region]]
                text = "".join(_wrapped(texts, _short(inside[region], *grid.across(region)), alone))
                cells[region] = Cell(((text, place),)) if text else Cell()
    rows = tuple(tuple(cells[region] for region in row) for row in grid.regions)
    return PageTable(grid.xs, rows, grid.ys[0], grid.ys[-1], page, grid.opened)


def _short(inside: Sequence[Line], left: float, right: float) -> list[bool]:
    """Tell of each line of a cell whether a letter more would have fitted on it, or it is not spread as others are."""
    padding = min((max(0.0, line.x0 - left) for line in inside), default=0.0)
    widest = max((line.x1 - line.x0 for line in inside), default=0.0)
    room = min(widest, right - left - 2 * padding)
    return [
        right - left - (line.x1 - line.x0) - 2 * padding > _ROOM * line.size
        or room - (line.x1 - line.x0) > _UNEVEN * line.size
        for line in inside
    ]


def _wrapped(texts: Sequence[str], short: Sequence[bool] = (), cells: Set[str] = frozenset()) -> list[str]:
    """Give the lines of a cell as they are to be joined; a space parts two names with nothing else between them.

    Narrow cells are often centred and broken by hand, so that a ``short`` line ends a paragraph only if it ends as a
    name does. A line that is full may go on whatever it ends in: there the next must begin as a name, or each of the
    two must be a cell of its own elsewhere in the column, one of ``cells``.

    >>> "".join(_wrapped(["省财政厅", "省卫生", "健康委"]))
    '省财政厅 省卫生健康委'
    >>> "".join(_wrapped(["商务", "部", "农业", "农村部"], [False, True, True, True]))
    '商务部 农业农村部'
    """
    made = join(texts)
    begin = 0
    ended = [bool(_NAME_ENDS.search(one) and _NAME_BEGINS.match(two)) for one, two in pairwise(texts)]
    names = _WHOLE_NAME.search("".join(texts).removesuffix("等"))  # a cell of names ends as one
    for at, (two, room) in enumerate(zip(texts[1:], short if names else (), strict=False)):
        whole = room and _WHOLE_NAME.search("".join(texts[begin : at + 1])) and _BEGINS.match(two)
        ended[at] = ended[at] or bool(whole)
        begin = at + 1 if ended[at] else begin
    if any(ended) and not _COMMA.search("".join(texts)):  # names under one another: a full line is one too
        for at, (one, two) in enumerate(pairwise(texts)):
            alone = (at == 0 or ended[at - 1]) and min(len(one), len(two)) > _LONG
            ended[at] = ended[at] or bool(alone and _WHOLE_NAME.search(one) and _BEGINS.match(two))
    begin = 0
    for at in range(len(ended)):
        one, two = "".join(texts[begin : at + 1]), texts[at + 1]
        ended[at] = ended[at] or (one in cells and two in cells and bool(_WHOLE_NAME.search(one)))
        begin = at + 1 if ended[at] else begin
    for at, ends in enumerate(ended):
        made[at] += " " if ends else ""
    return made


def continued(above: PageTable, below: PageTable) -> PageTable | None:
    """Make one table of two that stand at a page break, ``None`` if they are two.

    A head that is repeated is left out. A row that goes on is one row: where there is a column of numbers it has a
    number on one side of the break only. A cell merged over rows goes on into the empty one below the break.
    """
    xs = _columns(above.xs, below.xs) if below.page == above.page + 1 else None
    if xs is None:
        return None
    upper, lower = _spread(above, xs, 0), _spread(below, xs, below.xs[0] - above.xs[0])
    lower = lower[_repeated(upper, lower) :]
    pairs: list[tuple[Cell, Cell]] = []
    if lower and _row_goes_on(upper, lower, above.opened[1] or below.opened[0]):
        pairs, kept = list(zip(upper[-1], lower[0], strict=True)), lower[1:]
    else:
        pairs, kept = _merged_over_the_break(upper, lower) if lower else [], lower
    united = _united(pairs)
    rows = tuple(tuple(united.get(id(cell), cell) for cell in row) for row in (*upper, *kept))
    return PageTable(xs, rows, above.top, below.bottom, below.page, (above.opened[0], below.opened[1]))


Rows = Sequence[tuple[Cell, ...]]


def _columns(above: tuple[float, ...], below: tuple[float, ...]) -> tuple[float, ...] | None:
    """Give the columns of both: equal ones, or those of the one that has the other's and more."""
    moved = tuple(x - below[0] + above[0] for x in below)
    fewer, more = sorted((above, moved), key=len)
    same_width = abs(fewer[-1] - more[-1]) <= _SAME_COLUMN
    return more if same_width and all(any(abs(x - y) <= _SAME_COLUMN for y in more) for x in fewer) else None


def _spread(table: PageTable, xs: Sequence[float], shift: float) -> Rows:
    own = [x - shift for x in table.xs]
    at = [max(0, min(sum(1 for x in own if x <= (left + right) / 2) - 1, len(own) - 2)) for left, right in pairwise(xs)]
    return [tuple(row[column] for column in at) for row in table.rows]


def _repeated(upper: Rows, lower: Rows) -> int:
    """Count the rows of a repeated head; above the first one there may be a title in the table."""
    for begin in range(min(3, len(upper))):
        same = 0
        for one, two in zip(upper[begin:], lower, strict=False):
            if _says(one) != _says(two) or not any(_says(one)):
                break
            same += 1
        if same:
            return same
    return 0


def _says(row: Iterable[Cell]) -> tuple[str, ...]:
    return tuple("".join(cell.text.split()) for cell in row)


def _row_goes_on(upper: Rows, lower: Rows, opened: bool) -> bool:
    """Tell whether a row is broken over two pages; ``opened`` says that no line is drawn at the break."""
    last, first = upper[-1], lower[0]
    texts = [(one.text, two.text) for one, two in zip(last, first, strict=True)]
    cut = any(one and two and not one.endswith(_ENDED) for one, two in texts)
    if not (cut or opened) or any(two.startswith(_SUMS) for _, two in texts):
        return False
    numbers = _numbers((*upper, *lower))
    if numbers is None:
        broken = _broken_off(texts) and not _anew(upper, lower)
        return opened or broken or not (texts[0][1] or _spans(upper, lower, 0))
    one, two = texts[numbers]
    return not (one and two) and not _spans(upper, lower, numbers)


def _anew(upper: Rows, lower: Rows) -> bool:
    """Tell whether the row below a break has every cell that the one above has: of a broken row short cells end above.

    In tables of a few columns all of them may go on.
    """
    own = [
        (one.text, two.text)
        for column, (one, two) in enumerate(zip(upper[-1], lower[0], strict=True))
        if not _spans(upper, lower, column)
    ]
    filled = [two for one, two in own if one]
    return len(filled) >= _SEVERAL and all(filled)


def _broken_off(texts: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a cell above a page break ends within a list, or within one of its sentences."""
    return any(
        two and not _ITEM.match(two) and (_GOES_ON.search(one) or (len(one) > _SENTENCE and _BROKEN.search(one)))
        for one, two in texts
    )


def _numbers(rows: Rows) -> int | None:
    """Give the column that numbers the rows, one of the first two."""
    for column in range(min(2, len(rows[0]))):
        texts = [text for cell in {id(row[column]): row[column] for row in rows}.values() if (text := cell.text)]
        numbers = sum(1 for text in texts if _NUMBER.fullmatch(text))
        if numbers > 1 and numbers >= 0.6 * len(texts):
            return column
    return None


def _spans(upper: Rows, lower: Rows, column: int, both: bool = False) -> bool:
    """Tell whether the cell above or below the break, or each of them, is merged over rows."""
    above = len(upper) > 1 and upper[-2][column] is upper[-1][column]
    below = len(lower) > 1 and lower[1][column] is lower[0][column]
    return (above and below) if both else (above or below)


def _merged_over_the_break(upper: Rows, lower: Rows) -> list[tuple[Cell, Cell]]:
    found = []
    for column, (one, two) in enumerate(zip(upper[-1], lower[0], strict=True)):
        # an empty cell may also say that there is nobody: only what is seen to be merged is taken for it
        empty = one.text and not two.text and _spans(upper, lower, column, both=column > 2)
        if empty or (_open(one.text) > 0 and _open(two.text) < 0):
            found.append((one, two))
    return found


def _open(text: str) -> int:
    """Count the brackets that are opened and not closed; negative if more are closed."""
    return len(_OPEN.findall(text)) - len(_CLOSE.findall(text))


def _united(pairs: Iterable[tuple[Cell, Cell]]) -> dict[int, Cell]:
    """Give the cells that take the place of each pair, by the ``id`` of those they replace."""
    united: dict[int, Cell] = {}
    for one, two in pairs:
        above, below = united.get(id(one), one), united.get(id(two), two)
        if above is below:
            continue
        pieces = [*above.pieces, *below.pieces]
        texts = _wrapped([text for text, _ in pieces])
        made = Cell(tuple((text, place) for text, (_, place) in zip(texts, pieces, strict=True)))
        united = {key: made if cell in (above, below) else cell for key, cell in united.items()}
        united[id(one)] = united[id(two)] = made
    return united
