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
# a label on a line of its own, and the next line
_ALONE = re.compile(
    rf"(?m)^(?P<left>[{_BLANK}]*)(?P<label>[\u4e00-\u9fff]{{0,6}}(?:单位|部门|机构|主体|[科处股]室|时限|时间|期限))"
    rf"(?P<gap>[{_BLANK}]*\n\s{{0,6}})(?P<held>[^\n\t|：:]{{2,200}})$"
)
_HEAD = re.compile(
    "(?:序号|[\u4e00-\u9fff]{0,4}(?:任务|事项|措施|举措|内容|工作|项目|目标|领域|类别|名称|备注|[1-9]))?"
)
_NUMBER = re.compile(rf"(?m)^[{_BLANK}]*([1-9][0-9]{{0,2}})[{_BLANK}]*$")
_FEWEST, _CELLS = 2, 12  # rows, and lines of one, of a table without heads
_CELL = re.compile(rf"[^{_BLANK}]+(?: [^{_BLANK}]+)*")
_WORD = re.compile(rf"[^{_BLANK}]+")
_SHORTEST, _LONGEST = 3, 8  # characters of a label
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")
_GUTTER = re.compile(rf"[{_BLANK}]{{2,}}|[\u3000\t|\uff5c]")
# a place or a part of a sea (长乐东部) is none of those who are to do it
_A_BODY = re.compile(
    r"(?:[局厅委办会院署府行]|公司|集团|中心|部门|单位|(?<![东西南北中内外局全])部|[县市区]级)(?:等|\W)*$"
)
_ITEM = re.compile("(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
_FAR = 600  # characters of the last row, at most
_SINGLE = 6  # lines of one cell after each other end a table
_FURTHEST = 400  # lines of a table


def with_colons(text: str) -> str:
    """Write a colon behind the labels that a blank parts from their names; the text stays as long as it is.

    >>> with_colons("牵头单位    市教育局\\n配合单位 市财政局、市科技局\\n牵头单位    配合单位")
    '牵头单位：   市教育局\\n配合单位：市财政局、市科技局\\n牵头单位    配合单位'
    """
    text = _FIRST.sub(_written, text) if _FIRST.search(text) else text
    return _ALONE.sub(_joined, text) if _ALONE.search(text) else text


def _joined(line: re.Match[str]) -> str:
    """Write a colon where a label's line ends and what it holds is the next line, unless it may be a head."""
    kind, before = _kind(line["label"]), line.string[: line.start()].rstrip().rpartition("\n")[2].strip()
    held = line["held"].strip()
    if kind is None or not _may_hold(kind, held) or _kind(before) or _HEAD.fullmatch(before):
        return line[0]
    return f"{line['left']}{line['label']}：{line['gap'][1:]}{line['held']}"


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
