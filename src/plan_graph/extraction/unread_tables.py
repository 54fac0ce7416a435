"""Lines that name bodies in a table that is not read as one: they are reported, so that a person looks at them.

Its columns are aligned with spaces, and something in it is open (``reading.aligned``); or each cell is a line, and no
heads say who of those named leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plan_graph.model.text import Span
from plan_graph.reading.table_columns import is_of_bodies

_BLANK = " \u3000\xa0"
_NUMBER = re.compile(rf"(?m)^[{_BLANK}]*([1-9][0-9]{{0,2}})[{_BLANK}]*$")
_FEWEST, _CELLS = 2, 12  # rows, and lines of one, of a table without heads
_GUTTER = re.compile(rf"[{_BLANK}]{{2,}}|[\u3000\t|\uff5c]")
# a place or a part of a sea (长乐东部) is none of those who are to do it
_A_BODY = re.compile(
    r"(?:[局厅委办会院署府行]|公司|集团|中心|部门|单位|(?<![东西南北中内外局全])部|[县市区]级)(?:等|\W)*$"
)
_ITEM = re.compile("(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
_FAR = 600  # characters of the last row, at most
_SINGLE = 6  # lines of one cell after each other end a table
_FURTHEST = 400  # lines of a table


def cells_of_bodies(text: str, begin: int, end: int) -> Iterator[Span]:
    """Give the lines that are names of bodies in rows that have a cell a line and no heads: 1, what is to be done, who.

    Who of them leads such a table does not say.
    """
    rows: list[list[Span]] = []
    after = 0
    for number in _NUMBER.finditer(text, begin, end):
        if int(number[1]) != len(rows) + 1 or (rows and text.count("\n", after, number.start()) > _CELLS):
            yield from _of_rows(rows)
            rows = []
            if number[1] != "1":
                continue
        after = number.end()
        following = _NUMBER.search(text, after, end)
        lines = re.finditer(r"[^\n]+", text[after : following.start() if following else min(end, after + _FAR)])
        own = [Span(after + one.start(), after + one.end()) for one in lines if one[0].strip()][:_CELLS]
        rows.append([_stripped(text, one) for one in own])
        last = next((at for at, one in enumerate(rows[-1]) if _ITEM.match(text, one.begin)), len(rows[-1]))
        del rows[-1][last:]
        rows[-1] = [one for one in rows[-1][1:] if _A_BODY.search(one.of(text)) and is_of_bodies(one.of(text))]
    yield from _of_rows(rows)


def _of_rows(rows: list[list[Span]]) -> Iterator[Span]:
    if len(rows) >= _FEWEST and all(rows):
        for row in rows:
            yield from row


def _stripped(text: str, line: Span) -> Span:
    words = line.of(text)
    return Span(line.begin + len(words) - len(words.lstrip()), line.begin + len(words.rstrip()))


def lines_of_bodies(text: str, begin: int, end: int) -> Iterator[Span]:
    """Give the lines that name bodies in one of their cells, from where the heads of a table end.

    A table ends where some lines after each other have one cell alone.
    """
    single = 0
    at = text.find("\n", begin, end) + 1
    for _ in range(_FURTHEST):
        if not 0 < at < end or single > _SINGLE:
            return
        stop = text.find("\n", at, end)
        stop = stop if stop >= 0 else end
        cells = [one.strip() for one in _GUTTER.split(text[at:stop]) if one.strip()]
        single = 0 if len(cells) > 1 else single + bool(cells)
        if (len(cells) > 1 or text[at] in _BLANK) and any(_A_BODY.search(one) and is_of_bodies(one) for one in cells):
            left = len(text[at:stop]) - len(text[at:stop].lstrip())
            yield Span(at + left, at + len(text[at:stop].rstrip()))
        at = stop + 1
