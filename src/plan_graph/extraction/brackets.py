"""Bracket groups of a text, at any depth, and masks in which what is nested is blanked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plan_graph.model.text import Span

OPEN, CLOSE = "（〔(［[【{\uff5b「『", "）〕)］]】}\uff5d」』"
_BRACKET = re.compile(f"[{re.escape(OPEN + CLOSE)}\n]")
_ANGLES_OPEN, _ANGLES_CLOSE = "〈<", "〉>"
_ANY_BRACKET = re.compile(f"[{re.escape(OPEN + CLOSE + _ANGLES_OPEN + _ANGLES_CLOSE)}\n]")
# 〈责任单位：甲局〉: brackets of titles round a clause
_CLAUSE = re.compile(r"(?:牵头|责任|主责|配合|主办|承办|协办|负责|落实|实施)(?:单位|部门|科室)[：:]")
_LINE_ENDS = re.compile(r"[。；;]?[ \t\u3000]*(?:\n|$)")
_FURTHEST = 1500  # a clause is shorter; an open bracket further back was never closed
_ITEM = re.compile(
    r"[ \t\u3000]*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[0-9０-９]+[．﹒、.]"
    r"|第[一二三四五六七八九十]+[章节条部])"
)
# 各县〈市、区〉, 各县<市、区>, 各区〈含功能区〉: brackets of titles, used for round ones
_ANGLED = re.compile(
    r"[〈<][市县区州旗盟镇乡街道、，,]{1,8}[〉>]|(?<=[市县区州旗盟府会委局办厅部处院])〈[^《》〈〉\n]{1,60}〉"
)
BLANK = "\x00"  # stands for a character inside nested brackets: no pattern asks for it


@dataclass(frozen=True, slots=True)
class Group:
    """A bracket group at the outermost level, brackets included, and the mask of its inside."""

    span: Span
    mask: str


def groups(text: str, within: Span) -> Iterator[Group]:
    """Give the outermost bracket groups in order; a bracket that is never closed opens no group.

    Linear: each bracket is pushed and popped once. A group ends no later than the next numbered line.
    """
    for span in _matched(text, within)[0]:
        yield Group(span, mask(text[span.begin + 1 : span.end - 1]))


def unclosed(text: str, within: Span) -> Iterator[Group]:
    """Give the brackets that are never closed, with all others of their lines closed, as groups to the line's end."""
    for begin in _matched(text, within)[1]:
        end = text.find("\n", begin, within.end)
        span = Span(begin, within.end if end < 0 else end)
        if span.end - span.begin <= _FURTHEST:
            yield Group(span, mask(text[span.begin + 1 : span.end]))


def _matched(text: str, within: Span) -> tuple[list[Span], list[int]]:
    """Give the outermost groups, and where a bracket stands alone that is never closed."""
    opened: list[int] = []
    outermost: list[Span] = []
    alone: list[int] = []
    titles = 0  # brackets of titles that are open in this line
    for hit in _ANY_BRACKET.finditer(text, within.begin, within.end):
        at, char = hit.start(), hit[0]
        if char in _ANGLES_OPEN and not _CLAUSE.match(text, at + 1, within.end):
            titles += 1
            continue
        if char in _ANGLES_CLOSE:
            if titles:
                titles -= 1
                continue
            if not opened or not _LINE_ENDS.match(text, at + 1, within.end):
                continue  # the wrong mark is one that closes where a line ends: （责任单位：甲局〉
        if char == "\n":
            titles = 0
            if opened and _ITEM.match(text, at + 1, within.end):
                alone += opened if len(opened) == 1 else []
                opened.clear()
        elif char in OPEN or char in _ANGLES_OPEN:
            opened.append(at)
        else:
            while opened and at - opened[-1] > _FURTHEST:
                opened.pop()
            if not opened:
                continue
            begin = opened.pop()
            while outermost and outermost[-1].begin > begin:
                outermost.pop()
            outermost.append(Span(begin, at + 1))
    alone += opened if len(opened) == 1 else []
    return outermost, alone


def mask(inside: str) -> str:
    """Blank out everything in brackets, brackets included; the length stays.

    >>> mask("各县（市、区）政府").replace(BLANK, "_")
    '各县_____政府'
    """
    if "〈" in inside or "<" in inside:
        inside = _ANGLED.sub(lambda hit: BLANK * len(hit[0]), inside)
    if not _BRACKET.search(inside):
        return inside
    masked: list[str] = []
    depth = at = 0
    for hit in _BRACKET.finditer(inside):
        if hit[0] == "\n":
            continue
        if hit[0] in OPEN:
            if depth == 0:
                masked.append(inside[at : hit.start()])
                at = hit.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                masked.append(BLANK * (hit.end() - at))
                at = hit.end()
    masked.append(BLANK * (len(inside) - at) if depth else inside[at:])
    return "".join(masked)
