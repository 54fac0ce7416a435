"""Labels that spaces part from what they hold, as forms have them (牵头单位    市教育局), and tables of spaces.

A text of a form has no colon behind its labels. Such a label is given one in place of the blank behind it, so that
it is read as any other: only where bodies, or for a time a time, stand behind it on its line and no other label does.
Of a table whose columns are aligned with spaces, and which is not read as one, each line with bodies is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plan_graph.extraction.markers import LABEL, is_time, label_kind
from plan_graph.model import Span
from plan_graph.reading.table_columns import is_of_bodies

_BLANK = " \u3000\xa0"
_FIRST = re.compile(
    rf"(?m)^[{_BLANK}]*(?:[（(]?(?:[一二三四五六七八九十]{{1,3}}|[0-9０-９]{{1,2}})[）)、.．][{_BLANK}]*)?"
    rf"(?=[\u4e00-\u9fff]{{0,6}}(?:单位|部门|机构|主体|[科处股]室|时限|时间|期限|领导|人)[{_BLANK}])(?P<rest>[^\n\t|：:]+)$"
)
_CELL = re.compile(rf"[^{_BLANK}]+(?: [^{_BLANK}]+)*")
_WORD = re.compile(rf"[^{_BLANK}]+")
_SHORTEST, _LONGEST = 3, 8  # characters of a label
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")
_GUTTER = re.compile(rf"[{_BLANK}]{{2,}}|[\u3000\t|\uff5c]")
# a place or a part of a sea (长乐东部) is none of those who are to do it
_A_BODY = re.compile(
    r"(?:[局厅委办会院署府行]|公司|集团|中心|部门|单位|(?<![东西南北中内外局全])部|[县市区]级)(?:等|\W)*$"
)
_SINGLE = 6  # lines of one cell after each other end a table
_FURTHEST = 400  # lines of a table


def with_colons(text: str) -> str:
    """Write a colon behind the labels that a blank parts from their names; the text stays as long as it is.

    >>> with_colons("牵头单位    市教育局\\n配合单位 市财政局、市科技局\\n牵头单位    配合单位")
    '牵头单位：   市教育局\\n配合单位：市财政局、市科技局\\n牵头单位    配合单位'
    """
    return _FIRST.sub(_written, text)


def _written(line: re.Match[str]) -> str:
    """Write the colons of one line: a label and what it holds, once or again (牵头单位  甲局  配合单位  乙局)."""
    begin = line.start("rest") - line.start()
    cells = [(begin + cell.start(), begin + cell.end()) for cell in _CELL.finditer(line["rest"])]
    words = line[0]
    if len(cells) == 1:  # 牵头单位 市教育局
        first = _WORD.match(words, begin)
        end = first.end() if first else begin
        cells = [(begin, end), (end + 1, cells[0][1])]
    labels = [_kind(words[one:end]) for one, end in cells]
    colons: list[int] = []
    for at, kind in enumerate(labels):
        if kind is None:
            continue
        following = next((k for k in range(at + 1, len(cells)) if labels[k] is not None), len(cells))
        held = [words[one:end] for one, end in cells[at + 1 : following]]
        if not held or not all(_may_hold(kind, one) for one in held):
            return words
        colons.append(cells[at][1])
    if labels[0] is None:
        return words
    return "".join("：" if at in colons else character for at, character in enumerate(words))


def _may_hold(kind: str, words: str) -> bool:
    if kind == "T":
        return is_time(words)
    return bool(_PERSON.fullmatch(words)) if kind == "P" else is_of_bodies(words)


def _kind(words: str) -> str | None:
    """Give the kind of a label, and of nothing that only holds one (各责任单位)."""
    return label_kind(words) if _SHORTEST <= len(words) <= _LONGEST and LABEL.fullmatch(words + "：") else None


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
