"""Labels that a blank or a line end parts from what they hold, as forms have them (牵头单位    市教育局).

A text of a form has no colon behind its labels. Such a label is given one in place of the blank behind it, so that
it is read as any other: only where bodies, or for a time a time, stand behind it and no other label does.
"""

from __future__ import annotations

import re

from plan_graph.extraction.markers import LABEL, is_time, label_kind
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
# 做好甲。责任单位　市甲局: such a label behind a sentence
_BEHIND = re.compile(
    rf"(?<=[。；;）)])(?P<left>[{_BLANK}]{{0,4}})(?P<label>(?:牵头|责任|配合|协办|主办|主责)(?:单位|部门))(?P<gap>[{_BLANK}]{{1,4}})"
    r"(?=[省市县区州旗国中各][^\n。；;：:]{0,80}?(?:[局厅委办部]|政府|公司|单位|部门)(?:[。；;、，,\n]|$))"
)
_HEAD = re.compile(
    "(?:序号|[\u4e00-\u9fff]{0,4}(?:任务|事项|措施|举措|内容|工作|项目|目标|领域|类别|名称|备注|[1-9]))?"
)
_CELL = re.compile(rf"[^{_BLANK}]+(?: [^{_BLANK}]+)*")
_WORD = re.compile(rf"[^{_BLANK}]+")
_SHORTEST, _LONGEST = 3, 8  # characters of a label
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")


def with_colons(text: str) -> str:
    """Write a colon behind the labels that a blank parts from their names; the text stays as long as it is.

    >>> with_colons("牵头单位    市教育局\\n配合单位 市财政局、市科技局\\n牵头单位    配合单位")
    '牵头单位：   市教育局\\n配合单位：市财政局、市科技局\\n牵头单位    配合单位'
    """
    text = _FIRST.sub(_written, text) if _FIRST.search(text) else text
    text = _ALONE.sub(_joined, text) if _ALONE.search(text) else text
    if not _BEHIND.search(text):
        return text
    return _BEHIND.sub(lambda hit: f"{hit['left']}{hit['label']}：{hit['gap'][1:]}", text)


def _joined(line: re.Match[str]) -> str:
    """Write a colon where a label's line ends and what it holds is the next line, unless it may be a head."""
    kind, before = _kind(line["label"]), _line_before(line.string, line.start())
    held = line["held"].strip()
    if kind is None or not _may_hold(kind, held) or _kind(before) or _HEAD.fullmatch(before):
        return line[0]
    return f"{line['left']}{line['label']}：{line['gap'][1:]}{line['held']}"


def _line_before(text: str, at: int) -> str:
    """Give the last line before a place that is not blank, without looking at the lines above it."""
    while at and text[at - 1].isspace():
        at -= 1
    return text[text.rfind("\n", 0, at) + 1 : at].strip()


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
